"""What became of the planted errors: how many were doubted at all and how many can be mended, by collection and by kind.

What no rule doubts, no judge can find; the table says where rules are missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from collation.learning.examples import Example, PlantedError
from collation.learning.material import collection_of

Counts = dict[str, dict[str, int]]
COLUMNS = ("doubts", "wrong", "planted", "doubted", "mendable")


def count_planted(examples: Iterable[Example], errors: Iterable[PlantedError]) -> dict[str, Counts]:
    """By collection and by kind: doubts (sound ones too, before they are thinned), those that are wrong, errors planted, those
    doubted at all, those for which the right reading is proposed. Sound doubts have no kind."""
    tallies: dict[str, dict[str, Counter[str]]] = {"collection": {}, "kind": {}}

    def tally(document: str, kind: str, columns: Iterable[str]) -> None:
        for by, name in (("collection", collection_of(document)), ("kind", kind)):
            if name:
                tallies[by].setdefault(name, Counter()).update(columns)

    for e in examples:
        tally(e.document, e.kind, ("doubts", "wrong") if e.wrong else ("doubts",))
    for error in errors:
        said = [name for name, so in (("doubted", error.doubted), ("mendable", error.mendable)) if so]
        tally(error.document, error.kind, ["planted", *said])
    return {
        by: {name: {c: counter[c] for c in COLUMNS} for name, counter in sorted(rows.items())}
        for by, rows in tallies.items()
    }


def table_of(counted: Mapping[str, Counts]) -> str:
    """The counts as lines of text, with the shares of the planted errors that were doubted and can be mended."""
    lines = []
    for by, rows in counted.items():
        lines.append(f"{'by ' + by:<14}" + "".join(f"{c:>10}" for c in (*COLUMNS, "doubted %", "mended %")))
        for name, row in rows.items():
            shares = [f"{100 * row[c] / row['planted']:.0f}" if row["planted"] else "-" for c in COLUMNS[3:]]
            lines.append(f"{name:<14}" + "".join(f"{cell:>10}" for cell in (*(row[c] for c in COLUMNS), *shares)))
    return "\n".join(lines)
