"""Strings that have lost their blanks: "Собраниепостановилопередатьделовсуд.Протоколподписалсекретарь."

A bad scan or a copied page runs whole lines together. What has no blank is reported once, and all its words are parted
by ``knowledge/words/segmentation``; the halves of a single word are ``division``'s. A misread word can be cut into short words
too ("вымужденного"), and so can a compound ("противоснайперских"): a string counts when its words are long and usual
enough for its length and no word of the dictionary is like it. Blind to a string with a misreading in it that leaves
more than a few letters unexplained.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import regex

from collation.evidence.context import Context, is_attested
from collation.knowledge.words.confusions import EDIT
from collation.knowledge.words.search import similar
from collation.knowledge.words.segmentation import Division, divide_words
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.lexical.joints import Joint, joints

CODE = "LEX108"
_LEAST, _LEAST_BESIDE = 10, 5  # letters of a token; of one beside another that has lost its blanks
_PRICE = {2: 0.7, 3: 0.75}  # by the number of words: the most that a division may cost for each letter
_PRICE_OF_MANY = 0.95  # the same, of more words
_CONTENT = 4  # letters of a word that says something
_UNKNOWN = 0.05  # the share of the letters that may stay unexplained
_SEARCHED = 24  # a longer string is like no word
_PARTS = regex.compile(r"\p{L}+|\p{N}+|[^\p{L}\p{N}]+")
_TAGS = frozenset("#@")
_SHOWN = 60  # characters of a string that are shown whole


@dataclass(frozen=True, slots=True)
class UnspacedRun:
    """Tokens without a blank between them, what they read with their blanks, and how many blanks that puts in."""

    tokens: tuple[Token, ...]
    reading: str
    blanks: int


def propose(context: Context) -> Iterator[Hypothesis]:
    """All words of a line, or of what is left of one without blanks, for a string in which two blanks or more are lost."""
    for run in context.once(runs):
        string = "".join(token.text for token in run.tokens)
        shown = string if len(string) <= _SHOWN else string[: _SHOWN // 2] + "…" + string[-_SHOWN // 4 :]
        says = (("word", shown), ("count", str(run.blanks)))
        features = (Feature("spaces", float(run.blanks), (), "wordfreq", "spaces-lost", says),)
        yield with_reading(CODE, run.tokens, run.reading, features)


def runs(context: Context) -> tuple[UnspacedRun, ...]:
    """The strings of a document that have lost two blanks or more, one of them inside a word."""
    original = context.document.original
    found = []
    for segment in original.segments if original else ():
        between = {joint.start: joint for joint in joints(segment.tokens)}
        for start, stop in _touching(segment.tokens):
            run = _parted(segment.tokens, start, stop, between)
            if run is not None:
                found.append(run)
    return tuple(found)


def unspaced_tokens(context: Context) -> frozenset[int]:
    """Where the tokens of these strings begin: other rules leave them alone."""
    return frozenset(token.start for run in context.once(runs) for token in run.tokens)


def _touching(tokens: tuple[Token, ...]) -> Iterator[tuple[int, int]]:
    """The longest ranges of tokens without a blank between them, that begin and end with a word or a number; a tag
    ("#поэтвроссии") has none by custom."""
    start = 0
    for i in range(1, len(tokens) + 1):
        if i < len(tokens) and tokens[i - 1].stop == tokens[i].start:
            continue
        first, last = start, i
        while first < last and tokens[first].kind == "mark":
            first += 1
        while last > first and tokens[last - 1].kind == "mark":
            last -= 1
        if first < last and not (first > start and tokens[first - 1].text in _TAGS):
            yield first, last
        start = i


def _parted(tokens: tuple[Token, ...], start: int, stop: int, between: dict[int, Joint]) -> UnspacedRun | None:
    inner = [_words(token.text) if token.kind == "word" else None for token in tokens[start:stop]]
    if any(inner):
        inner = [words or _words_beside(t.text) for words, t in zip(inner, tokens[start:stop], strict=True)]
    lost = sum(len(words) - 1 for words in inner if words)
    inside = [joint for i, joint in between.items() if start < i < stop]
    if not lost or lost + len(inside) < 2:
        return None
    reading, i = "", start
    while i < stop:
        if i in between:
            reading += between[i].text
            i = between[i].stop
            continue
        words = inner[i - start]
        beside = i > start and {tokens[i - 1].kind, tokens[i].kind} == {"word", "number"}
        reading += " " * beside + (" ".join(words) if words else tokens[i].text)
        i += 1
    return UnspacedRun(tokens[start:stop], reading, lost + len(inside))


@lru_cache(maxsize=5_000)
def _words(text: str) -> tuple[str, ...] | None:
    """The words of one token that has lost its blanks, or None. Figures in it are words of their own."""
    if len(text) < _LEAST or is_attested(text):
        return None
    parts = _PARTS.findall(text)
    if len(parts) > 1 and any(not part[0].isalnum() for part in parts):
        return None
    found: list[str] = []
    likely = False
    for part in parts:
        if not part[0].isalpha() or is_attested(part):
            found.append(part)
            continue
        division = divide_words(part)
        own = _is_likely(part, division)
        if not own and (division.unknown or len(parts) == 1):
            return None
        likely = likely or own
        found.extend(division.words)
    return tuple(found) if likely else None


def _words_beside(text: str) -> tuple[str, ...] | None:
    """The words of a token that touches one that has lost its blanks: whatever words explain all of it."""
    if not text.isalpha() or len(text) < _LEAST_BESIDE or is_attested(text):
        return None
    division = divide_words(text)
    return division.words if len(division.words) > 1 and not division.unknown else None


def _is_likely(text: str, division: Division) -> bool:
    """Whether a division is likelier than a misread word or a compound of its length."""
    words = division.words
    content = sum(len(word) >= _CONTENT for word in words)
    if (
        division.unknown > _UNKNOWN * len(text)
        or content < min(2, len(words) - 1, 5 - len(words))
        or words[-2:] == ("с", "я")
    ):
        return False
    if division.price > _PRICE.get(len(words), _PRICE_OF_MANY) * len(text) or (len(words) == 3 and words[1] == "о"):
        return False
    return not _is_like_a_word(text)


def _is_like_a_word(text: str) -> bool:
    return len(text) <= _SEARCHED and bool(similar(text, EDIT + EDIT // 2))


RULE = Rule(
    code=CODE,
    family="LEX",
    name="missing word spaces",
    propose=propose,
    needs=("morphology", "search"),
    harm="spelling",
    prior=2.0,
    about_word=True,
    since="2026.11",
    says=("spaces-lost",),
)
