"""The gate: an apparatus, the rulings on it, the limits and the baseline come to findings that count or do not.

Pure. An error is what the judge would emend, a warning what it asks about, a note the rest; a project may set other
levels. A finding is settled once an editor's ruling holds and the text says what was ruled: rejected, kept as in
the original, the other side's fault, or mended, on whichever side. Accepted and not yet applied, waiting for the scan
or for a second reader, and in dispute are all undecided. What the baseline knows does not count. The gate mends nothing.
"""

from __future__ import annotations

import fnmatch
import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from collation.decisions.in_force import State
from collation.decisions.placing import Book, Matched, Placed, match
from collation.decisions.relocate import Applied, bare_anchor
from collation.decisions.ruling import Ruling
from collation.gate.baseline import BaselineFinding, placed_findings
from collation.gate.limits import EVERYTHING, Limits
from collation.model import Apparatus, Entry, Source
from collation.model.rule import FAMILIES
from collation.model.verdict import (
    LEFT_OUT,
    LEVELS,
    Cause,
    Finding,
    JudgedDocument,
    Judgement,
    Level,
    Remark,
    RemarkKind,
    Status,
)

_BY_TIER: dict[str, Level] = {"emend": "error", "query": "warning", "note": "note"}
_PIN_LEVEL: Level = "warning"
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Rulings:
    """The folded rulings of a folder and the texts they were made on, by digest."""

    state: State
    reviewed: Mapping[str, str]


def judge_document(
    apparatus: Apparatus,
    rulings: Rulings,
    limits: Limits,
    baseline: Iterable[BaselineFinding] = (),
    *,
    since: Mapping[str, str] | None = None,
) -> JudgedDocument:
    """One document at the gate. ``since`` says in which rule set a rule appeared."""
    source = apparatus.source
    book = match(apparatus, rulings.state, rulings.reviewed)
    entries = [m for m in book.entries if counted(m.entry, source.label, limits)]
    entries.sort(key=lambda m: (m.entry.place.start, m.entry.place.stop, m.entry.code, m.entry.id))
    known, stale = known_here(book, rulings, source, tuple(baseline))
    prints = fingerprints(source, [m.entry for m in entries])
    findings = tuple(
        _finding(m, known.get(m.entry.id), prints[m.entry.id], source, limits, since or {}) for m in entries
    )
    remarks = (*_left_out(apparatus), *_remarks(book, source), *(_stale(item, source) for item in stale))
    return JudgedDocument(source, findings, remarks)


def known_here(
    book: Book, rulings: Rulings, source: Source, baseline: Sequence[BaselineFinding]
) -> tuple[dict[str, BaselineFinding], tuple[BaselineFinding, ...]]:
    """Which unruled entries of a document the baseline knows, by id; and which of its findings are gone."""
    changes = tuple(c for s in rulings.state.on(source) for r in s.rulings for c in r.changes)
    return placed_findings(baseline, source, [m.entry for m in book.entries if not m.ruling], changes)


def counted(entry: Entry, label: str, limits: Limits) -> bool:
    """Whether an entry is reported at all: its rule is asked for, and it is certain enough."""
    code = entry.code
    if limits.select and not named(code, limits.select):
        return False
    if named(code, limits.ignore) or entry.probability < limits.min_confidence:
        return False
    return not any(named(code, codes) and fits(label, pattern) for pattern, codes in limits.per_file)


def named(code: str, names: Iterable[str]) -> bool:
    """Whether a rule is among those named by code, by the beginning of a code, or all together."""
    return any(name == EVERYTHING or code.startswith(name) for name in names)


def fits(label: str, pattern: str) -> bool:
    """Whether a path fits a pattern: as a whole, or by its last parts, as patterns of paths usually do."""
    path = PurePosixPath(label)
    return fnmatch.fnmatchcase(label, pattern) or path.match(pattern)


def level_of(entry: Entry, limits: Limits) -> Level:
    """The level of an entry: that of the longest name that a project has set, else that of its tier, no graver than its
    family's."""
    asked = [(0 if key == EVERYTHING else len(key), level) for key, level in limits.levels if named(entry.code, (key,))]
    if asked:
        return max(asked, key=lambda pair: pair[0])[1]
    return max(_BY_TIER[entry.tier], FAMILIES[entry.family].gravest, key=LEVELS.index)


def is_newer(code: str, since: Mapping[str, str], pin: str) -> bool:
    """Whether a rule appeared after the pinned rule set."""
    return bool(pin) and code in since and _set_number(since[code]) > _set_number(pin)


def _set_number(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in name.split("."))


def _finding(
    matched: Matched,
    known: BaselineFinding | None,
    prints: tuple[str, str],
    source: Source,
    limits: Limits,
    since: Mapping[str, str],
) -> Finding:
    entry = matched.entry
    newer = is_newer(entry.code, since, limits.rules)
    level = level_of(entry, limits)
    if newer:
        level = max(level, _PIN_LEVEL, key=LEVELS.index)
    status = status_of(matched)
    if known is not None and status == "open":
        status = "known"
    causes = () if newer else _causes(entry, level, status, limits)
    ruling = matched.ruling
    return Finding(entry, level, status, causes, newer, *prints, _judgement(ruling) if ruling else None)


def _causes(entry: Entry, level: Level, status: Status, limits: Limits) -> tuple[Cause, ...]:
    if status in ("settled", "known"):
        return ()
    found: list[Cause] = ["conflict"] if status == "conflict" else []
    if LEVELS.index(level) <= LEVELS.index(limits.fail_on):
        found.append("level")
    if any(named(entry.code, (key,)) and entry.probability >= p for key, p in limits.ceilings):
        found.append("ceiling")
    return tuple(found)


def status_of(matched: Matched) -> Status:
    """What became of an entry."""
    ruling = matched.ruling
    if ruling is None:
        return "open"
    if matched.status in ("conflict", "second-reader"):
        return "conflict" if matched.status == "conflict" else "second-reader"
    if ruling.verdict == "needs-scan":
        return "needs-scan"
    if not matched.placed:
        return "unapplied" if ruling.changes else "settled"
    return "settled" if all(_done(p) for p in matched.placed) else "unapplied"


def _done(placed: Placed) -> bool:
    """Whether the text says what was ruled. A ruling that changes nothing, such as the other side's fault that is only
    named, is settled by naming it.
    """
    return all(isinstance(location, Applied) for _, location in placed.changes)


def _judgement(ruling: Ruling) -> Judgement:
    return Judgement(ruling.verdict, ruling.editor, ruling.note)


def _left_out(apparatus: Apparatus) -> list[Remark]:
    """The passages that are no modern Russian, once for each reason, with the beginning of the first."""
    found = []
    for told in apparatus.unexamined:
        for kind in LEFT_OUT:
            if told.says == kind and told.place:
                words = " ".join(told.place.of(apparatus.source.text).split())
                begins = words if len(words) <= _SHOWN else words[:_SHOWN].rsplit(" ", 1)[0] + " …"
                start = told.place.start
                found.append(Remark(kind, apparatus.source.label_at(start), begins, apparatus.source.line(start)))
    return found


def _remarks(book: Book, source: Source) -> list[Remark]:
    """What is to be reported of rulings without an entry or without a place."""
    found = [_remark("orphan", placed, source) for placed in book.orphans]
    for placed in book.others:
        if placed.standing.status == "conflict":
            found.append(_remark("conflict", placed, source))
        elif placed.standing.ruling.changes and not _done(placed):
            found.append(_remark("unapplied", placed, source))
        elif not placed.standing.ruling.changes and not placed.standing.missed:
            found.append(_remark("stale-ruling", placed, source))
    return found


def _remark(kind: RemarkKind, placed: Placed, source: Source) -> Remark:
    ruling = placed.standing.ruling
    line = source.line(placed.place.start) if placed.place else 0
    code = ruling.shown.code if ruling.shown else ""
    name = source.label_at(placed.place.start) if placed.place else source.label
    return Remark(kind, name, ruling.anchor.exact, line, ruling.editor, code)


def _stale(item: BaselineFinding, source: Source) -> Remark:
    return Remark("stale-baseline", source.label, item.anchor.exact, code=item.code)


def fingerprints(source: Source, entries: Iterable[Entry]) -> dict[str, tuple[str, str]]:
    """Two names for each entry, by its id: its words in their document, and its words in their surroundings.

    The first is counted among equals, so it stays when neighbours are mended or lines are put in above; the second
    tells a copied passage apart. Neither knows lines or probabilities.
    """
    own_id = source.digest.startswith(source.id)
    document = PurePosixPath(source.label).name if own_id else source.id
    seen: Counter[tuple[str, ...]] = Counter()
    found = {}
    for entry in entries:
        anchor = bare_anchor(source.text, entry.place)
        key = (entry.code, document, entry.side, " ".join(anchor.exact.split()))
        seen[key] += 1
        around = (" ".join(side.split()) for side in (anchor.before, anchor.after))
        found[entry.id] = _print(*key, str(seen[key])), _print(*key, *around)
    return found


def _print(*parts: str) -> str:
    """A digest of texts, each with its length before it, so that no two lists of texts run together."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()[:32]
