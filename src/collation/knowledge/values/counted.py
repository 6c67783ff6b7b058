"""A number with what it counts: the unit behind or before it, adjectives passed over ("5 квадратных верст", "$40").

Russian says "about" by putting the noun first: "версты три", "лет пять", "верстах в десяти". Such a noun is the unit of a
number that has none behind it.
"""

from __future__ import annotations

from collation.knowledge.values.atoms import Scan
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.values.units_of_measure import sizes, unit_of
from collation.knowledge.words import morphology

_SQUARE = frozenset("кв квадратный square sq".split())
_SHORT_ONLY = frozenset("г гр л м т ц ч".split())  # letters that are units behind figures only
_BEFORE = "$€£"
_BETWEEN = frozenset("в во на за до через с со по под к".split())  # what may stand between: "верст на пять"
_EXCESS = frozenset("лишним лишком небольшим хвостиком гаком".split())
_FAHRENHEIT = "fahrenheit"
_TO_SCALE = 3  # words behind "degrees" within which their scale is named
_COMPLETE = frozenset("годовщина anniversary".split())  # the third of them is when three years are over
_PAUCAL = frozenset({2, 3, 4})


def number_of(run: Scan, i: int, after: int, pieces: list[NumberPiece], *, loose: bool = False) -> Value:
    """The number of these pieces, which fill the atoms from i to ``after``, with its unit."""
    last = pieces[-1].token
    end = next(a.end for a in run.atoms[i:after][::-1] if a.token is last)
    behind = past_excess(run, after)
    unit = unit_before(run, i) or unit_after(run, behind) or _unit_in_front(run, i, behind, pieces[-1])
    under_way = pieces[-1].ordinal and not _counts_complete(run, behind)
    return Value("number", tuple(pieces), run.atoms[i].index, end, run.language, unit, loose=loose, under_way=under_way)


def past_excess(run: Scan, i: int) -> int:
    """The place behind what says that a Russian number is exceeded: "14 с лишним тысяч", "300 с небольшим"."""
    return i + 2 if run.language == "ru" and run.word(i) == "с" and run.word(i + 1) in _EXCESS else i


def _counts_complete(run: Scan, i: int) -> bool:
    """Whether what an ordinal counts is over when it is reached: "третья годовщина"."""
    words = (run.word(i), run.word(i + 1))
    return any(w in _COMPLETE or not _COMPLETE.isdisjoint(morphology.lemmas(w)[:1]) for w in words if w.isalpha())


def _unit_in_front(run: Scan, i: int, after: int, last: NumberPiece) -> str:
    """The unit whose noun is put before a Russian number to say "about", none that a number of its own counts."""
    if run.language != "ru" or last.ordinal or run.word(after) in {"час", "часа", "часов"}:
        return ""
    j = i - 2 if run.word(i - 1) in _BETWEEN else i - 1
    atom = run.at(j)
    if atom is None or atom.token.kind != "word" or run.figures_at(j - 1) or run.numerals(j - 1, "cardinal"):
        return ""
    unit = unit_of(atom.folded, "ru")
    return unit if unit and is_counted(atom.folded, last, between=j == i - 2) else ""


def is_counted(noun: str, last: NumberPiece, *, between: bool = False) -> bool:
    """Whether a noun has the form in which the number counts it: версты три, верст пять; верстах в десяти."""
    few = last.value is not None and last.value % 10 in _PAUCAL and last.value not in range(12, 15)
    forms = [(p.case, p.number) for p in morphology.parses(noun) if p.pos in {"NOUN", "NUMR"}]
    return ("gent", "sing" if few else "plur") in forms or (between and ("loct", "plur") in forms)


def unit_after(run: Scan, i: int) -> str:
    """The unit of a number that ends before i: the next word, or the one behind an adjective."""
    square = False
    for j in (i, i + 1, i + 2):
        atom = run.at(j)
        if atom is None or (j == i + 2 and not square):
            return ""
        word = atom.folded
        if word == "per" and run.word(j + 1) in {"cent", "mille", "thousand"}:
            return "percent" if run.word(j + 1) == "cent" else "per mille"
        if word in _SQUARE or (run.language == "ru" and _SQUARE & {*morphology.lemmas(word)[:1]}):
            square = True
            continue
        short = word in _SHORT_ONLY and not (j == i and run.at(i - 1) is not None and run.atoms[i - 1].figures)
        found = "" if short or (word == "г" and run.word(j + 1) == ".") else unit_of(word, run.language)
        if found == "degree":
            return _degree(run, j + 1)
        if found:
            return f"square {found}" if square and f"square {found}" in sizes() else found
        if (atom.token.kind == "mark" and word not in '-"«“.') or (word == "." and not square):
            return ""
    return ""


def _degree(run: Scan, i: int) -> str:
    """The degrees whose word ends before i: "86° F", "five degrees below zero Fahrenheit", "86 градусов по Фаренгейту"."""
    said = any(unit_of(run.word(j), run.language) == _FAHRENHEIT for j in range(i, i + _TO_SCALE))
    return _FAHRENHEIT if said or run.word(i) == "f" else "degree"


def unit_before(run: Scan, i: int) -> str:
    """ "№", "No.", "$" before a number."""
    before = run.word(i - 2) if run.word(i - 1) in {".", "°"} else run.word(i - 1)
    if before in {"№", "n", "no", "nos", "nr", "номер", "number"}:
        return "number"
    return unit_of(before, run.language) if before and before in _BEFORE else ""
