"""Signs without a blank between two words: "и`тем", "наступления.В", "раскат,прозвучал", "кричит\"Ура".

Dirt in the place of a blank is taken out. A stop, a comma or a quotation mark belongs to the text: it is kept and the
blank is put in on its proper side. Between small letters a stop is dirt ("дать.место"), since no sentence begins there.
Abbreviations, initials and brackets inside a word ("ВКП(б)") are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collation.knowledge import authority
from collation.knowledge.letters import fold, script
from collation.model import Feature, Hypothesis, Token
from collation.proposers.base import Proposer, replace
from collation.proposers.context import Context, is_attested

CODE = "LEX106"
_DIRT = frozenset("`|_^~°•·*")
_APOSTROPHES = frozenset("'’‘")
_STOPS = frozenset(".,:;!?")
_OPENING, _CLOSING = frozenset("«„"), frozenset("»”")
_QUOTES = frozenset('"“') | _OPENING | _CLOSING | _APOSTROPHES
_MOST_MARKS = 3
_DIRTY, _APOSTROPHE, _SENTENCE, _SIGN = 4.0, 3.0, 2.0, 1.5
_LOOSE = {",": -1.0, ";": -1.0, ":": -1.5}  # log-odds: one of these may also be dirt, or be read for another sign


@dataclass(frozen=True, slots=True)
class Joint:
    """Signs between two words: the half-open range of their tokens, what should stand there, whether they are kept."""

    start: int
    stop: int
    text: str
    kept: bool
    worth: float


def propose(context: Context) -> Iterator[Hypothesis]:
    """Signs without blanks between two words: a lost blank beside a stop or a quotation mark, or dirt instead of a blank.

    Read by paragraphs, since a lost blank behind a stop stands between two sentences.
    """
    original = context.document.original
    for segment in original.segments if original else ():
        for chain in _chains(segment.tokens):
            yield _hypothesis(segment.tokens, chain)


def _chains(tokens: tuple[Token, ...]) -> list[list[Joint]]:
    """The joints, those together that have a word in common: 'кричит"Ура".Работаем' is one place."""
    chains: list[list[Joint]] = []
    for start, stop in _touching(tokens):
        joint = _joint(tokens, start, stop)
        if joint is None:
            continue
        if chains and chains[-1][-1].stop == joint.start - 1:
            chains[-1].append(joint)
        else:
            chains.append([joint])
    return chains


def _hypothesis(tokens: tuple[Token, ...], chain: list[Joint]) -> Hypothesis:
    reading = tokens[chain[0].start - 1].text + "".join(joint.text + tokens[joint.stop].text for joint in chain)
    features = [Feature("glued", float(all(joint.kept for joint in chain)))]
    words = [tokens[i].text for joint in chain for i in (joint.start - 1, joint.stop)]
    if all(joint.kept for joint in chain) and all(len(word) > 1 and is_attested(word) for word in words):
        features.append(Feature("strength", max(_LOOSE.get(_signs(tokens[j.start : j.stop]), 0.0) for j in chain)))
    for joint in chain:
        marks = tokens[joint.start : joint.stop]
        says = "sign-glued" if joint.kept else "lost-blank"
        features.append(Feature("speck", joint.worth, (marks[0].place,), "", says, (("mark", _signs(marks)),)))
    return replace(CODE, tokens[chain[0].start - 1 : chain[-1].stop + 1], reading, tuple(features))


def _signs(marks: tuple[Token, ...]) -> str:
    return "".join(mark.text for mark in marks)


def _touching(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """The half-open ranges of one to three marks that touch the words on both sides of them."""
    start = 0
    for i in range(1, len(tokens)):
        if tokens[i].kind == "mark" and tokens[i - 1].kind != "mark":
            start = i
        if tokens[i].kind != "word" or tokens[i - 1].kind != "mark" or not 0 < i - start <= _MOST_MARKS or not start:
            continue
        run = tokens[start - 1 : i + 1]
        if run[0].kind == "word" and all(a.stop == b.start for a, b in zip(run, run[1:], strict=False)):
            yield start, i


def _joint(tokens: tuple[Token, ...], start: int, stop: int) -> Joint | None:
    left, signs, right = tokens[start - 1], _signs(tokens[start:stop]), tokens[stop]
    initial = len(right.text) == 1 and stop + 1 < len(tokens) and tokens[stop + 1].text == "."
    if initial or (len(left.text) == 1 and left.text.isupper()) or script(left.text) != "cyrillic":
        return None
    capital = right.text[0].isupper()
    if signs == "." and (authority.is_abbreviation(fold(left.text)) or (capital and not _may_end(left, right))):
        return None
    if capital if signs == "." else _is_kept(tokens, start, stop):
        at = _blank(tokens, start, stop)
        return Joint(start, stop, f"{signs[:at]} {signs[at:]}", True, _worth(signs, right))
    if signs in _DIRT | _APOSTROPHES | {"."}:
        return Joint(start, stop, " ", False, _worth(signs, right))
    return None


def _may_end(left: Token, right: Token) -> bool:
    """Whether a sentence may end between two words that a stop parts, the second with a capital."""
    return len(left.text) >= 3 and (len(right.text) == 1 or right.text[1:].islower())


def _is_kept(tokens: tuple[Token, ...], start: int, stop: int) -> bool:
    """Whether signs between two words are the text's own, and no dirt."""
    signs = {t.text for t in tokens[start:stop]}
    if not signs <= _STOPS | _QUOTES:
        return False
    return not signs & _APOSTROPHES or (tokens[stop].text[0].isupper() and _is_closed(tokens, stop, signs))


def _is_closed(tokens: tuple[Token, ...], stop: int, signs: set[str]) -> bool:
    """Whether an apostrophe opens a quotation: another one behind a word and before a blank or a sign ends it."""
    marks = [i for i in range(stop + 1, len(tokens)) if tokens[i].text in _APOSTROPHES & (signs | {"’"})]
    return any(tokens[i - 1].stop == tokens[i].start and not _touches_word(tokens, i) for i in marks)


def _touches_word(tokens: tuple[Token, ...], i: int) -> bool:
    return i + 1 < len(tokens) and tokens[i + 1].kind != "mark" and tokens[i + 1].start == tokens[i].stop


def _blank(tokens: tuple[Token, ...], start: int, stop: int) -> int:
    """Before which of the signs the blank belongs: behind what closes, before what opens a quotation."""
    for i in range(start, stop):
        if tokens[i].text in _QUOTES and _opens(tokens, start, i, stop):
            return sum(len(t.text) for t in tokens[start:i])
    return sum(len(t.text) for t in tokens[start:stop])


def _opens(tokens: tuple[Token, ...], start: int, at: int, stop: int) -> bool:
    """Whether a quotation mark opens: by its form, by the signs beside it, else by the number of those before it."""
    sign = tokens[at].text
    if sign in _OPENING | _CLOSING:
        return sign in _OPENING
    if sign in _APOSTROPHES or at > start:
        return True
    if at + 1 < stop:
        return False
    if sign == "“":
        return sum(t.text == "„" for t in tokens[:at]) <= sum(t.text == "“" for t in tokens[:at])
    return sum(t.text == sign for t in tokens[:at]) % 2 == 0


def _worth(signs: str, right: Token) -> float:
    if signs in _DIRT:
        return _DIRTY
    if signs in _APOSTROPHES:
        return _APOSTROPHE
    return _SENTENCE if signs[-1] == "." and right.text[0].isupper() else _SIGN


PROPOSER = Proposer(CODE, "lost blank", propose)
