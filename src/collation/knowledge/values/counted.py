"""A number with what it counts: the unit behind or before it, adjectives passed over ("5 квадратных верст", "$40")."""

from __future__ import annotations

from collation.knowledge.values.atoms import Scan
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.values.units_of_measure import sizes, unit_of
from collation.knowledge.words import morphology

_SQUARE = frozenset("кв квадратный square sq".split())
_SHORT_ONLY = frozenset("г гр л м т ц ч".split())  # letters that are units behind figures only
_BEFORE = "$€£"


def number_of(run: Scan, i: int, after: int, pieces: list[NumberPiece], *, loose: bool = False) -> Value:
    """The number of these pieces, which fill the atoms from i to ``after``, with its unit."""
    last = pieces[-1].token
    end = next(a.end for a in run.atoms[i:after][::-1] if a.token is last)
    unit = unit_before(run, i) or unit_after(run, after)
    return Value("number", tuple(pieces), run.atoms[i].index, end, run.language, unit, loose=loose)


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
        if found:
            return f"square {found}" if square and f"square {found}" in sizes() else found
        if (atom.token.kind == "mark" and word not in '-"«“.') or (word == "." and not square):
            return ""
    return ""


def unit_before(run: Scan, i: int) -> str:
    """ "№", "No.", "$" before a number."""
    before = run.word(i - 2) if run.word(i - 1) in {".", "°"} else run.word(i - 1)
    if before in {"№", "n", "no", "nos", "nr", "номер", "number"}:
        return "number"
    return unit_of(before, run.language) if before and before in _BEFORE else ""
