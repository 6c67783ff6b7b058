"""What the gate lets pass: levels, ceilings, and the rules that are left out."""

from __future__ import annotations

from dataclasses import dataclass

from collation.model.verdict import Level

EVERYTHING = "all"


@dataclass(frozen=True, slots=True)
class Limits:
    """What the gate lets pass.

    ``levels`` gives rules or families another level; ``ceilings`` are probabilities from which an undecided finding
    fails whatever its level; ``per_file`` are patterns of paths with the rules that are left out there; ``rules`` is
    the pinned rule set. Rules are named by their code or its beginning, ``all`` names them all.
    """

    fail_on: Level = "error"
    min_confidence: float = 0.0
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    levels: tuple[tuple[str, Level], ...] = ()
    ceilings: tuple[tuple[str, float], ...] = ()
    per_file: tuple[tuple[str, tuple[str, ...]], ...] = ()
    rules: str = ""
