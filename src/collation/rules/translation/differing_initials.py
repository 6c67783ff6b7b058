"""Initials that differ before or behind one surname on the two sides: А. П. Иванов, "A. M. Ivanov".

No list knows whose initials they are, and one letter is easily misread, mistyped or exchanged with its neighbour. Where one side
writes the first names out, their first letters are compared. Ways of transliterating and of anglicising a name are no difference,
nor is an initial that only one side has. Blind to initials beside a surname that the other side has not, or has with other
initials as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from collation.evidence.context import Context
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.initials import (
    LATIN_INITIALS,
    RUSSIAN_INITIALS,
    latin_initial,
    may_be_one,
    russian_initial,
)
from collation.knowledge.names.sound import EQUAL
from collation.knowledge.names.sound_of_forms import sound_of_form
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words import morphology
from collation.model import Edit, Place, Token

Writing = Literal["cyrillic", "latin"]
_LEAST = 3  # letters of a surname
_MOST = 3  # initials or first names
_PARTICLES = frozenset("де ди да фон ван дер ла ле de di da du von van der la le del".split())
_GIVEN = frozenset({"Name", "Patr"})
_PATRONYMIC = ("vich", "vna", "ichna")


@dataclass(frozen=True, slots=True)
class _Bearer:
    """A surname with what is beside it: initials, or first names where ``written`` out."""

    surname: Token
    names: tuple[Token, ...]
    written: bool
    stopped: bool

    @property
    def place(self) -> Place:
        """The initials with the last stop where they have stops, or the first names."""
        return Place.at(self.names[0].start, self.names[-1].stop + self.stopped)


@dataclass(frozen=True, slots=True)
class FacingInitials:
    """The initials, or first names, of one surname on either side, whether they ``differ``, and if so what each side should read,
    where that can be said."""

    russian: Place
    english: Place
    differ: bool
    russian_edit: Edit | None = None
    english_edit: Edit | None = None


def facing_initials(context: Context) -> Iterator[FacingInitials]:
    """The surnames that both sides of a sentence have, with initials on one side at least; they differ where none of the other
    side's agrees."""
    for pair in context.pairs:
        ours, theirs = list(_bearers(pair.original, "cyrillic")), list(_bearers(pair.translation, "latin"))
        for one in ours:
            facing = [other for other in theirs if _is_one_surname(one.surname.text, other.surname.text)]
            facing = [other for other in facing if not (one.written and other.written) and _is_comparable(one, other)]
            if not facing:
                continue
            if agreeing := next((other for other in facing if not _differing(one, other)), None):
                yield FacingInitials(one.place, agreeing.place, differ=False)
                continue
            same = [b for b in ours if _is_one_surname(b.surname.text, facing[0].surname.text)]
            other = facing[min(same.index(one), len(facing) - 1)]
            yield _slip(context, one, other, _differing(one, other))


def _is_one_surname(russian: str, english: str) -> bool:
    word = without_possessive(english)
    return max(sound_of_form(russian, word), authority.same_name(russian, word)) >= EQUAL


def _is_comparable(one: _Bearer, other: _Bearer) -> bool:
    """Whether letters without stops are as many as the initials of the other side: else they may be an abbreviation (UN)."""
    return other.stopped or other.written or (one.stopped and len(one.names) == len(other.names))


def _differing(one: _Bearer, other: _Bearer) -> list[int]:
    """Which of the initials differ: of as many on both sides all are compared, else the first."""
    count = len(one.names) if len(one.names) == len(other.names) else 1
    return [k for k in range(count) if not _agree(one, other, k)]


def _agree(one: _Bearer, other: _Bearer, number: int) -> bool:
    ours, theirs = one.names[number].text, other.names[number].text
    if may_be_one(ours, theirs):
        return True
    if other.written:  # Екатерина is Catherine, Фёдор Theodore
        return any(fold(n.head)[0] == fold(ours)[0] for n in authority.by_english(plain_latin(theirs)))
    if one.written:
        return any(s[0].lower() == theirs[0].lower() for n in authority.borne_by(fold(ours)) for s in n.english)
    return False


def _bearers(tokens: tuple[Token, ...], writing: Writing) -> Iterator[_Bearer]:
    """The surnames of a sentence that have initials or first names beside them."""
    taken: set[int] = set()
    for index, token in enumerate(tokens):
        if not _may_be_surname(token, writing):
            continue
        before = _before(tokens, index, writing)
        if before:
            taken.update(t.start for t in before)
            yield _Bearer(token, before, written=False, stopped=True)
            continue
        if letters := _letters_before(tokens, index, writing):
            yield _Bearer(token, letters, written=False, stopped=False)
            continue
        named = _written_before(tokens, index, writing)
        if named:
            yield _Bearer(token, named, written=True, stopped=False)
            continue
        behind = _behind(tokens, index, writing)
        if behind and behind[0].start not in taken:
            yield _Bearer(token, behind, written=False, stopped=True)


def _may_be_surname(token: Token, writing: Writing) -> bool:
    return (
        token.kind == "word" and len(token.text) >= _LEAST and token.text[0].isupper() and script(token.text) == writing
    )


def _is_initial(tokens: tuple[Token, ...], index: int, writing: Writing) -> bool:
    """Whether a token is an initial: one letter, or two that are one, before a stop."""
    token = tokens[index]
    if token.kind != "word" or not token.text[0].isupper():
        return False
    known = RUSSIAN_INITIALS if writing == "cyrillic" else LATIN_INITIALS
    if len(token.text) > 1 and fold(token.text) not in known:
        return False
    if script(token.text) != writing:
        return False
    return index + 1 < len(tokens) and tokens[index + 1].text == "." and tokens[index + 1].start == token.stop


def _before(tokens: tuple[Token, ...], index: int, writing: Writing) -> tuple[Token, ...]:
    found: list[Token] = []
    at = _before_particles(tokens, index)
    while at >= 1 and tokens[at].text == "." and _is_initial(tokens, at - 1, writing):
        found.insert(0, tokens[at - 1])
        at -= 2
        if at >= 0 and tokens[at].text == "-":
            return ()  # Ж.-П.: one name of two
    return tuple(found) if len(found) <= _MOST else ()


def _before_particles(tokens: tuple[Token, ...], index: int) -> int:
    at = index - 1
    while at >= 0 and tokens[at].text.lower() in _PARTICLES:
        at -= 1
    return at


def _letters_before(tokens: tuple[Token, ...], index: int, writing: Writing) -> tuple[Token, ...]:
    """Initials written together before an English surname: FW de Klerk."""
    at = _before_particles(tokens, index)
    if writing != "latin" or at < 0 or len(tokens[at].place.spans) > 1:
        return ()
    word = tokens[at]
    if not (word.kind == "word" and word.text.isupper() and 2 <= len(word.text) <= _MOST and word.text.isalpha()):
        return ()
    return tuple(Token(x, Place.at(word.start + k, word.start + k + 1), "word") for k, x in enumerate(word.text))


def _behind(tokens: tuple[Token, ...], index: int, writing: Writing) -> tuple[Token, ...]:
    found: list[Token] = []
    at = index + 1
    while at < len(tokens) and _is_initial(tokens, at, writing):
        found.append(tokens[at])
        at += 2
    is_next = at < len(tokens) and _may_be_surname(tokens[at], writing)
    return tuple(found) if 2 <= len(found) <= _MOST and not is_next else ()


def _written_before(tokens: tuple[Token, ...], index: int, writing: Writing) -> tuple[Token, ...]:
    """The first names directly before a surname."""
    found: list[Token] = []
    at = index - 1
    while at >= 0 and len(found) < _MOST and _is_first_name(tokens[at], writing):
        found.insert(0, tokens[at])
        at -= 1
    return tuple(found)


def _is_first_name(token: Token, writing: Writing) -> bool:
    if not _may_be_surname(token, writing):
        return False
    if writing == "cyrillic":
        parses = morphology.parses(token.text) if morphology.is_known(token.text) else ()
        return bool(parses) and bool(_GIVEN & parses[0].grammemes)
    plain = plain_latin(token.text)
    return plain.endswith(_PATRONYMIC) or any(name.kind == "given" for name in authority.by_english(plain))


def _slip(context: Context, one: _Bearer, other: _Bearer, differing: list[int]) -> FacingInitials:
    russian = None if one.written else _edit(context, one, {k: _in_russian(one, other, k) for k in differing})
    english = None if other.written else _edit(context, other, {k: latin_initial(one.names[k].text) for k in differing})
    return FacingInitials(one.place, other.place, True, russian, english)


def _in_russian(one: _Bearer, other: _Bearer, number: int) -> str:
    """An English initial in Russian: that of a known bearer of the surname, where it may be it (J. Stalin is И.), else as it is
    mostly written."""
    latin = other.names[number].text
    for name in authority.borne_by(fold(one.surname.text)):
        given = name.given.split()
        if len(given) >= len(one.names) and may_be_one(given[number][0], latin):
            return given[number][0]
    return russian_initial(latin)


def _edit(context: Context, bearer: _Bearer, changed: dict[int, str]) -> Edit | None:
    """The initials with some of them written otherwise, what is between them kept."""
    if "?" in changed.values():
        return None
    written, reached = "", bearer.place.start
    for number, token in enumerate(bearer.names):
        written += context.text[reached : token.start] + changed.get(number, token.text)
        reached = token.stop
    return Edit(bearer.place, written + context.text[reached : bearer.place.stop])
