"""Parts of one: fractions in figures and words, halves, packs, and words that begin with a number.

"1/3", "2 1/2", "½", "две трети", "three fifths", "пять десятых", "два с половиной", "half a million", "полчаса", "six dozen",
"полтора десятка", "двадцатипятилетний". A fraction is an amount and a *share*, by which it is divided.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

from collation.knowledge.letters import fold
from collation.knowledge.values.atoms import Scan
from collation.knowledge.values.counted import number_of
from collation.knowledge.values.letters_as_figures import counts_in_roman
from collation.knowledge.values.numerals import compound, numerals, roman
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.values.units_of_measure import unit_of
from collation.knowledge.words import morphology

Found = tuple[Value, int]
Reader = Callable[[Scan, int], Found | None]
_PACKS = frozenset(
    "десяток десятилетие дюжина сотня dozen decade score столетие пара pair pairs couple couples".split()
)
_MOST_DIVISOR = 100
_HALF = Fraction(1, 2)
_WITH_HALF = {"ru": (("с", "половиной"),), "en": (("and", "half"), ("and", "a", "half"), ("and", "one", "half"))}


def pack(run: Scan, i: int) -> NumberPiece | None:
    """Dozens, tens, decades and hundreds that are counted: "два десятка", "three dozen"."""
    packs = [n for n in run.numerals(i, "collective") if n.lemma in _PACKS]
    return run.atoms[i].piece("scale", packs[0].value, form="word") if packs else None


def vulgar(run: Scan, i: int) -> Found | None:
    """ "½" by itself."""
    share = _vulgar_at(run, i)
    if share is None:
        return None
    pieces = [run.atoms[i].piece("amount", share, form="word")]
    return number_of(run, i, i + 1, pieces, loose=True), i + 1


def _vulgar_at(run: Scan, i: int) -> Fraction | None:
    atom = run.at(i)
    if atom is None or len(atom.text) != 1 or unicodedata.category(atom.text) != "No":
        return None
    value = unicodedata.numeric(atom.text, 0.0)
    return Fraction(value).limit_denominator(_MOST_DIVISOR) if 0 < value < 1 else None


def divided(run: Scan, i: int) -> Found | None:
    """ "1/3": figures divided by figures, and nothing that is a number of a file or a date."""
    share = _divided_at(run, i)
    if share is None or run.word(i - 1) in {"№", "/", "no", "д", "дом", "стр", "п"}:
        return None
    return number_of(run, i, i + 3, list(share)), i + 3


def _divided_at(run: Scan, i: int) -> tuple[NumberPiece, NumberPiece] | None:
    above, below = run.whole(i), run.whole(i + 2)
    touching = run.word(i + 1) in {"/", "⁄"} and run.adjacent(i + 1) and run.adjacent(i + 2)
    if not touching or above is None or below is None or not 0 < above < below <= _MOST_DIVISOR or above > 9:
        return None
    if run.word(i + 3) == "/" or run.numerals(i + 3, "month") or run.atoms[i + 2].suffix:
        return None
    return run.atoms[i].piece("amount", above), run.atoms[i + 2].piece("share", below)


def with_part(run: Scan, j: int, pieces: list[NumberPiece]) -> tuple[list[NumberPiece], int]:
    """The pieces with a half or a fraction at j: "2 1/2", "2½", "два с половиной", "two and a half"."""
    whole = pieces[-1].value
    if whole is None or whole.denominator != 1 or whole >= 1000 or pieces[-1].ordinal:
        return pieces, j
    if (share := _vulgar_at(run, j)) is not None:
        return [*pieces, run.atoms[j].piece("amount", share, form="word")], j + 1
    if pieces[-1].form == "digits" and (two := _divided_at(run, j)) is not None and not run.adjacent(j):
        return [*pieces, *two], j + 3
    half = _half_at(run, j)
    return ([*pieces, half[0]], half[1]) if half and whole < 100 else (pieces, j)


def _half_at(run: Scan, j: int) -> tuple[NumberPiece, int] | None:
    """ "с половиной", "and a half" at j."""
    for words in _WITH_HALF.get(run.language, ()):
        if all(run.word(j + k) == word for k, word in enumerate(words)):
            last = j + len(words) - 1
            return run.atoms[last].piece("amount", _HALF, form="word"), last + 1
    return None


def and_a_half(run: Scan, j: int, scale: NumberPiece) -> tuple[NumberPiece, int] | None:
    """ "a million and a half": half of the scale word before."""
    half = _half_at(run, j)
    if half is None or run.language != "en" or scale.value is None:
        return None
    return replace(half[0], values=frozenset({scale.value / 2})), half[1]


def counted_part(run: Scan, i: int, j: int, pieces: list[NumberPiece], read: Reader) -> Found | None:
    """ "две трети", "three fifths", "пять десятых", "одна целая пять десятых": an amount and its share."""
    amount = sum((p.value or Fraction(0) for p in pieces), Fraction(0))
    if any(p.role == "scale" or p.ordinal for p in pieces) or not 0 <= amount < 100:
        return None
    if run.language == "ru" and run.word(j) in {"целых", "целая", "целой"}:
        return _decimal_words(run, i, j, pieces, read)
    share = _share_at(run, j, plural=amount != 1)
    if share is None or amount == 0:
        return None
    found = [*pieces, run.atoms[j].piece("share", 1 / share, form="word")]
    return number_of(run, i, j + 1, found, loose=amount == 1), j + 1


def _decimal_words(run: Scan, i: int, j: int, pieces: list[NumberPiece], read: Reader) -> Found | None:
    k = j + 2 if run.word(j + 1) == "и" else j + 1
    after = read(run, k)
    if after is None or not any(p.role == "share" for p in after[0].pieces):
        return None
    return number_of(run, i, after[1], [*pieces, *after[0].pieces], loose=True), after[1]


def _share_at(run: Scan, j: int, *, plural: bool) -> Fraction | None:
    """The share that a denominator at j names: thirds, четверти, пятых."""
    named = [n for n in run.numerals(j, "fraction") if n.value < 1]
    if named:
        return None if run.word(j) in {"second", "seconds"} else named[0].value
    ordinals = run.numerals(j, "ordinal") if run.language == "ru" and not run.hyphened(j) else ()
    ending = ("ых", "их", "ым", "ым", "ыми") if plural else ("ая", "ой", "ую")
    word = run.word(j)
    if not ordinals or ordinals[0].value <= 2 or not word.endswith(ending):
        return None
    decimal = ordinals[0].value in {10, 100, 1000} and plural
    alone = run.word(j + 1) in {"", ",", ".", "часть", "части", "частей", "доля", "доли", "долей"}
    return 1 / ordinals[0].value if decimal or alone else None


def half_of(run: Scan, i: int) -> Found | None:
    """ "half a million", "half a dozen", "half an hour", "полмиллиона", "полчаса", "полвека"."""
    if run.language == "ru":
        return _half_word(run, i)
    if run.word(i) != "half":
        return None
    j = i + 2 if run.word(i + 1) in {"a", "an"} else i + 1
    big = run.numerals(j, "cardinal", "collective")
    if big and big[0].value >= 12:
        pieces = [run.atoms[j].piece("amount", big[0].value / 2, form="word")]
        return number_of(run, i, j + 1, pieces, loose=big[0].value < 1000), j + 1
    if j == i + 2 and unit_of(run.word(j), "en"):
        pieces = [run.atoms[i].piece("amount", _HALF, form="word")]
        found = number_of(run, i, i + 1, pieces, loose=True)
        return replace(found, unit=unit_of(run.word(j), "en")), j + 1
    return None


def _half_word(run: Scan, i: int) -> Found | None:
    atom = run.at(i)
    if atom is None or atom.token.kind != "word" or atom.read or not atom.folded.startswith("пол"):
        return None
    rest = atom.folded.removeprefix("полу" if atom.folded.startswith("полу") else "пол").lstrip("-")
    if len(rest) < 3 or not any(p.case == "gent" for p in morphology.parses(rest)):
        return None
    big = [n for n in numerals(rest, "ru") if n.value >= 10 and n.kind in {"cardinal", "collective"}]
    unit = unit_of(rest, "ru")
    if not big and not unit:
        return None
    amount = big[0].value / 2 if big else _HALF
    found = number_of(run, i, i + 1, [atom.piece("amount", amount, form="word")], loose=amount < 1000)
    return replace(found, unit=unit) if unit and not big else found, i + 1


def loose_word(run: Scan, i: int) -> Found | None:
    """Roman numerals and Russian compounds that begin with a number."""
    atom = run.at(i)
    if atom is None or atom.token.kind != "word":
        return None
    text, _, tail = atom.text.partition("-") if not atom.read else (atom.text, "", "")
    number = roman(text) if text.isupper() and (len(text) > 1 or run.language == "ru") and len(tail) < 4 else None
    if number and (len(text) > 1 or atom.read or run.word(i + 1) not in {".", ""}):
        piece = replace(atom.piece("amount", number, form="roman", ordinal=True), stop=atom.start + len(text))
        piece = piece if not atom.read else replace(piece, stop=atom.stop)
        found = number_of(run, i, i + 1, [piece], loose=True)
        counted = found.unit == "century" or any(
            counts_in_roman(run.word(j), run.language) for j in (i - 1, i + 1, i + 2)
        )
        return replace(found, loose=not counted or bool(atom.read)), i + 1
    part = compound(fold(atom.text)) if run.language == "ru" else None
    if part is not None:
        number_value, rest = part
        found = number_of(run, i, i + 1, [atom.piece("amount", number_value, form="word")], loose=True)
        return replace(found, unit=_unit_within(rest) or found.unit), i + 1
    return None


def _unit_within(rest: str) -> str:
    """The unit in the second half of a compound: "дневный", "летний", "часовой"."""
    return next((unit for stem, unit in _STEMS.items() if rest.startswith(stem)), "")


_STEMS = {
    "летн": "year", "летие": "year", "лети": "year", "дневн": "day", "месячн": "month", "часов": "hour", "минутн": "minute",
    "недельн": "week", "процентн": "percent", "километров": "kilometre", "метров": "metre", "тонн": "ton", "векового": "century",
    "верстн": "verst", "пудов": "pood", "рублев": "ruble", "градусн": "degree",
}  # fmt: skip
