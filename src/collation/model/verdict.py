"""What the gate says: each doubtful place with its level and what became of it, and remarks about the rulings.

A finding is an entry seen by the gate. It is *open* until an editor has ruled, and it stays in the verdict when it
does not count, so that a report can mark it and need not drop it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from collation.model.apparatus import Entry
from collation.model.document import Source

Level = Literal["error", "warning", "note"]
LEVELS: tuple[Level, ...] = get_args(Level)
"""The gravest first."""
Status = Literal["open", "conflict", "second-reader", "needs-scan", "unapplied", "settled", "known"]
Cause = Literal["level", "ceiling", "conflict"]
RemarkKind = Literal[
    "orphan", "conflict", "unapplied", "stale-ruling", "stale-baseline", "other-language", "old-spelling", "latin-for-cyrillic",
    "original-in-translation",
]  # fmt: skip
LEFT_OUT: tuple[RemarkKind, ...] = ("other-language", "old-spelling", "latin-for-cyrillic", "original-in-translation")


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an editor ruled on a finding, as far as a report gives it."""

    verdict: str
    editor: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """An entry with its level, what became of it and why it makes the check fail, if it does.

    ``newer`` marks a rule newer than the pinned rule set: it only warns. ``fingerprint`` names the doubted words in
    their document and stays when their neighbours are mended; ``surroundings`` names them with what is around.
    """

    entry: Entry
    level: Level
    status: Status
    causes: tuple[Cause, ...] = ()
    newer: bool = False
    fingerprint: str = ""
    surroundings: str = ""
    judgement: Judgement | None = None

    @property
    def fails(self) -> bool:
        return bool(self.causes)

    @property
    def counts(self) -> bool:
        """Whether somebody still has to do something about it."""
        return self.status not in ("settled", "known")


@dataclass(frozen=True, slots=True)
class Remark:
    """What is to be reported of a ruling or of a line of the baseline that has no finding, or of a passage that was not
    examined; ``fails`` when it blocks.
    """

    kind: RemarkKind
    document: str
    words: str
    line: int = 0
    editor: str = ""
    code: str = ""

    @property
    def fails(self) -> bool:
        return self.kind in ("orphan", "conflict")


@dataclass(frozen=True, slots=True)
class JudgedDocument:
    """One document at the gate: its findings in the order of the text."""

    source: Source
    findings: tuple[Finding, ...]
    remarks: tuple[Remark, ...] = ()

    @property
    def fails(self) -> bool:
        return any(f.fails for f in self.findings) or any(r.fails for r in self.remarks)


@dataclass(frozen=True, slots=True)
class RuleNote:
    """A rule as reports show it: its name, what it doubts in a sentence, and its full description."""

    code: str
    name: str
    what: str
    about: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All documents, what could not be examined, and what follows from it.

    ``failures`` are sentences on what could not be read; ``pin`` is the pinned rule set, empty when none is.
    """

    documents: tuple[JudgedDocument, ...]
    failures: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    fail_on: Level = "error"
    pin: str = ""
    version: str = ""
    rules: tuple[RuleNote, ...] = ()

    def findings(self) -> tuple[tuple[Source, Finding], ...]:
        """Every finding with its document, by document and place."""
        return tuple((d.source, f) for d in self.documents for f in d.findings)

    def all_remarks(self) -> tuple[Remark, ...]:
        """The remarks of all documents, then those of none."""
        return (*(r for d in self.documents for r in d.remarks), *self.remarks)

    def exit_code(self, *, exit_zero: bool = False) -> int:
        """0 clean, 1 something counts, 2 something could not be examined; 2 beats 1, and only 1 can be waived."""
        if self.failures:
            return 2
        fails = any(d.fails for d in self.documents) or any(r.fails for r in self.remarks)
        return 1 if fails and not exit_zero else 0
