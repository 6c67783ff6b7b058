"""What a TEI file said when it was written, kept in it (``xenoData``) to be compared with what comes back.

A file that an editor worked on says what it says now; what was decided in it is only seen beside what it said before.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from collation.errors import BadRuling, Message

FORMAT = "collation-tei"
VERSION = 1
TYPE = "collation-state"
"""The type of the element that holds it."""
AS_IT_IS = ("rejected", "stands", "other-side")
"""The decisions by which the text of the document stays."""


@dataclass(frozen=True, slots=True)
class WrittenUnit:
    """A place as it was written: its side's siglum, where in the file, the decision and its text, and the proposals with
    their certainty in a word.
    """

    side: str
    span: tuple[int, int]
    decision: str
    lemma: str | None
    proposals: tuple[str, ...]
    cert: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WrittenState:
    """All places of a file, by the ids of their elements, and the document it was made from."""

    form: str
    document: str
    digest: str
    units: Mapping[str, WrittenUnit]

    def to_json(self) -> str:
        """The state in one line of ASCII."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, ensure_ascii=True, sort_keys=True)


def read_state(text: str) -> WrittenState:
    """The state in a JSON text. Raises BadRuling when it is none, or of a later version."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT or data["version"] > VERSION:
            raise ValueError(f"version {data['version']} of {data['format']}")
        units = {str(name): _unit(unit) for name, unit in data["units"].items()}
        return WrittenState(str(data["form"]), str(data["document"]), str(data["digest"]), units)
    except (AttributeError, KeyError, TypeError, ValueError, RecursionError) as error:
        raise BadRuling(Message("tei-state-unreadable", reason=error)) from error


def _unit(data: dict[str, object]) -> WrittenUnit:
    start, stop = _listed(data["span"])
    if not isinstance(start, int) or not isinstance(stop, int):
        raise TypeError("a place is two numbers")
    lemma = data["lemma"]
    return WrittenUnit(
        side=str(data["side"]),
        span=(start, stop),
        decision=str(data["decision"]),
        lemma=None if lemma is None else str(lemma),
        proposals=tuple(map(str, _listed(data["proposals"]))),
        cert=tuple(map(str, _listed(data["cert"]))),
    )


def _listed(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TypeError("a list is missing")
    return value
