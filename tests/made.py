"""Rulings and entries for the tests, made in one line each."""

from __future__ import annotations

import hashlib
from typing import Any

from collation.decisions.log_lines import with_id
from collation.decisions.relocate import anchor_at, change_at
from collation.decisions.ruling import Ruling
from collation.model import Edit, Entry, Place, Reading, Source
from collation.reading.lines import line_starts


def at(text: str, words: str, nth: int = 0) -> Place:
    """The place of the nth occurrence of some words."""
    start = -1
    for _ in range(nth + 1):
        start = text.index(words, start + 1)
    return Place.at(start, start + len(words))


def moment(n: int) -> str:
    """The nth second of a day, as rulings write it."""
    return f"2025-03-01T{n // 3600:02}:{n // 60 % 60:02}:{n % 60:02}Z"


def source_of(text: str, document: str = "d1", encoding: str = "utf-8") -> Source:
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Source(document, f"{document}.txt", text, digest, encoding, line_starts=line_starts(text))


def rule(text: str, place: Place, reading: str | None = None, *, n: int = 0, **values: Any) -> Ruling:
    """A signed ruling; with a reading it emends, without one it rejects, unless a verdict is given."""
    verdict = values.pop("verdict", "reject" if reading is None else "emend")
    fields: dict[str, Any] = {
        "id": "",
        "document": "d1",
        "digest": source_of(text).digest,
        "side": "original",
        "anchor": anchor_at(text, place),
        "verdict": verdict,
        "editor": "anna",
        "time": moment(n),
        "changes": () if reading is None else (change_at(text, place, reading),),
    }
    return with_id(Ruling(**{**fields, **values}))


def undo(*rulings: Ruling, n: int, editor: str = "anna") -> Ruling:
    first = rulings[0]
    return with_id(
        Ruling(
            id="",
            document=first.document,
            digest=first.digest,
            side=first.side,
            anchor=first.anchor,
            verdict="undo",
            editor=editor,
            time=moment(n),
            undoes=tuple(r.id for r in rulings),
        )
    )


def entry(text: str, place: Place, *readings: str, number: int = 1, **values: Any) -> Entry:
    """An entry that proposes these readings at a place."""
    fields: dict[str, Any] = {
        "id": f"e{number}",
        "code": "LEX101",
        "family": "LEX",
        "side": "original",
        "places": (place,),
        "lemma": place.of(text),
        "probability": 0.9,
        "tier": "emend" if readings else "query",
        "harm": "spelling",
        "hand": "scanner",
        "ruling": "emend" if readings else "needs-scan",
        "readings": tuple(Reading((Edit(place, r),), "conjecture", 0.8 / (i + 1)) for i, r in enumerate(readings)),
        "features": (),
    }
    return Entry(**{**fields, **values})
