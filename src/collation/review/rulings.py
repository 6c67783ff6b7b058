"""From what an editor chooses to a ruling, and from the rulings back to the entries they are about.

Pure: the name of the editor, the time and the version are given. Terminal and web page make their rulings here, so
that the same choice is the same record. A choice that changes nothing, or that cannot be carried out, is refused in
a sentence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collation.decisions.fold import Standing
from collation.decisions.records import sign
from collation.decisions.relocate import Applied, Found, Location, anchor_at, change_at, relocate
from collation.decisions.ruling import Change, Ruling, Scope, Shown, Verdict
from collation.decisions.trace import trace
from collation.errors import BadRuling
from collation.model import Edit, Entry, Place, Reading, Source
from collation.model.evidence import Side

_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor chose: the verdict, which of the readings or an own one, and on which side it is to stand.

    ``side`` None is the side that the verdict means by itself.
    """

    verdict: Verdict
    reading: int = 0
    own: str | None = None
    side: Side | None = None
    note: str = ""
    reasons: tuple[str, ...] = ()
    checked: bool = False
    scope: Scope = "once"


@dataclass(frozen=True, slots=True)
class Signature:
    """Who rules, when, with which version; ``batch`` names the group action that the ruling belongs to."""

    editor: str
    time: str
    version: str = ""
    batch: str = ""


def proposed(entry: Entry) -> Choice:
    """The ruling that the entry proposes, as the page words it."""
    if entry.ruling == "stands":
        return Choice("stands")
    if entry.side != "original":
        return Choice("accept")
    if entry.ruling == "emend":
        return Choice("accept") if entry.readings and entry.tier == "emend" else Choice("needs-scan")
    return Choice(entry.ruling)


def rule(source: Source, entry: Entry, choice: Choice, signature: Signature) -> Ruling:
    """The ruling on an entry. Raises BadRuling when the choice cannot be carried out."""
    place, side = _subject(source, entry, choice)
    return sign(
        Ruling(
            id="",
            document=source.id,
            digest=source.digest,
            side=side,
            anchor=anchor_at(source.text, place),
            verdict=choice.verdict,
            editor=signature.editor,
            time=signature.time,
            changes=_changes(source, entry, choice, place),
            scope=choice.scope,
            shown=shown(entry),
            note=choice.note.strip(),
            reasons=choice.reasons,
            checked=choice.checked,
            batch=signature.batch,
            version=signature.version,
        )
    )


def add(source: Source, place: Place, side: Side, choice: Choice, signature: Signature) -> Ruling:
    """A finding that the machine missed, with a reading or without."""
    text = place.of(source.text)
    if not text.strip():
        raise BadRuling("select the words that you mean")
    if choice.own == text:
        raise BadRuling("the reading is what stands in the text already")
    changes = () if choice.own is None else (change_at(source.text, place, choice.own),)
    return sign(
        Ruling(
            id="",
            document=source.id,
            digest=source.digest,
            side=side,
            anchor=anchor_at(source.text, place),
            verdict="added",
            editor=signature.editor,
            time=signature.time,
            changes=changes,
            note=choice.note.strip(),
            reasons=choice.reasons,
            checked=choice.checked,
            batch=signature.batch,
            version=signature.version,
        )
    )


def follow(
    ruling: Ruling, signature: Signature, *, verdict: Verdict | None = None, choice: Choice | None = None
) -> Ruling:
    """A ruling on the place of another one: the same, or with another verdict; with its own note when one is given."""
    said = choice or Choice(ruling.verdict, note=ruling.note, reasons=ruling.reasons, checked=ruling.checked)
    silent = verdict in ("reject", "stands", "needs-scan")
    return sign(
        replace(
            ruling,
            id="",
            verdict=verdict or ruling.verdict,
            changes=() if silent else ruling.changes,
            editor=signature.editor,
            time=signature.time,
            version=signature.version,
            batch=signature.batch,
            note=said.note.strip(),
            reasons=said.reasons,
            checked=said.checked,
        )
    )


def undo(targets: Sequence[Ruling], signature: Signature) -> Ruling:
    """The record that takes rulings back; of a group action, all at once."""
    if not targets:
        raise BadRuling("there is nothing to undo")
    last = targets[-1]
    return sign(
        Ruling(
            id="",
            document=last.document,
            digest=last.digest,
            side=last.side,
            anchor=last.anchor,
            verdict="undo",
            editor=signature.editor,
            time=signature.time,
            undoes=tuple(r.id for r in targets),
            batch=signature.batch,
            version=signature.version,
        )
    )


def shown(entry: Entry) -> Shown:
    """The entry as the editor sees it."""
    return Shown(
        code=entry.code,
        family=entry.family,
        harm=entry.harm,
        tier=entry.tier,
        hand=entry.hand,
        lemma=entry.lemma,
        probability=entry.probability,
        proposed=entry.ruling,
        readings=tuple(r.text for r in entry.readings),
    )


def stamp(now: datetime, history: Iterable[Ruling]) -> str:
    """The time of the next ruling: now, but always after what is in the log, whatever the clocks of others say."""
    latest = max((r.time for r in history), default="")
    time = now.strftime(_STAMP)
    if time > latest:
        return time
    form = _STAMP if "." in latest else "%Y-%m-%dT%H:%M:%SZ"
    return (datetime.strptime(latest, form) + timedelta(microseconds=1)).strftime(_STAMP)


def _subject(source: Source, entry: Entry, choice: Choice) -> tuple[Place, Side]:
    """What the ruling is about: the entry's own place, or its counterpart when an own reading goes there."""
    if choice.side is None or choice.side == entry.side or choice.verdict == "other-side":
        return entry.place, entry.side
    return _counterpart(entry), choice.side


def _counterpart(entry: Entry) -> Place:
    found = (*entry.places[1:], *entry.opposite)
    if not found:
        raise BadRuling("nothing on the other side is marked as its counterpart; select the words there instead")
    return found[0]


def _changes(source: Source, entry: Entry, choice: Choice, place: Place) -> tuple[Change, ...]:
    match choice.verdict:
        case "accept":
            return _edited(source, _picked(entry.readings, choice.reading))
        case "emend":
            return _own(source, place, choice)
        case "other-side" if choice.own is not None:
            return _own(source, _counterpart(entry), choice)
        case "other-side":
            return _edited(source, _picked(entry.other_readings, choice.reading))
        case "reject" | "stands" | "needs-scan":
            return ()
        case _:
            raise BadRuling(f"an entry cannot be ruled “{choice.verdict}”")


def _picked(readings: Sequence[Reading], index: int) -> tuple[Edit, ...]:
    if not readings and index == 0:
        return ()
    if not 0 <= index < len(readings):
        raise BadRuling("there is no reading of that number")
    return readings[index].edits


def _edited(source: Source, edits: tuple[Edit, ...]) -> tuple[Change, ...]:
    return tuple(change_at(source.text, edit.place, edit.text) for edit in edits)


def _own(source: Source, place: Place, choice: Choice) -> tuple[Change, ...]:
    if choice.own is None:
        raise BadRuling("an own reading says what is to stand")
    if choice.own == place.of(source.text):
        raise BadRuling("the reading is what stands in the text already; to keep the text, reject the entry")
    return (change_at(source.text, place, choice.own),)


# From rulings to entries.


@dataclass(frozen=True, slots=True)
class Settled:
    """A standing with the place that it has in this text now, and the entry of this run that it answers."""

    standing: Standing
    location: Location
    entry: Entry | None = None

    @property
    def place(self) -> Place | None:
        """Where it stands; None for an orphan, which an editor has to see."""
        return self.location.place if isinstance(self.location, Found | Applied) else None


def settle(
    source: Source, entries: Sequence[Entry], standings: Sequence[Standing], kept: Callable[[str], str | None]
) -> tuple[Settled, ...]:
    """The standings of a document, each with its place and its entry. ``kept`` gives a reviewed text by digest."""
    changes = [(s, c) for s in standings if s.holds for c in s.ruling.changes]
    found = []
    for standing in standings:
        others = [change for owner, change in changes if owner is not standing]
        item = Settled(standing, _locate(source, standing, others, kept))
        found.append(replace(item, entry=_entry_of(item, entries)))
    return tuple(found)


def _locate(source: Source, standing: Standing, others: list[Change], kept: Callable[[str], str | None]) -> Location:
    ruling, text = standing.ruling, source.text
    place = ruling.anchor.place()
    if ruling.digest == source.digest and place.stop <= len(text) and place.of(text) == ruling.anchor.exact:
        return Found(place)
    own = next((c for c in ruling.changes if c.anchor.words == ruling.anchor.words), None)
    reviewed = kept(ruling.digest)
    if reviewed is None:
        return relocate(ruling.anchor, text, masked=others, change=own)
    return trace(ruling.anchor, text, reviewed=reviewed, masked=others, change=own)


def _entry_of(item: Settled, entries: Sequence[Entry]) -> Entry | None:
    """The entry at the place of a standing: the very place, else the one that shares most of it."""
    place, side = item.place, item.standing.subject.side
    if place is None:
        return None
    own = [e for e in entries if any(p == place and s == side for p, s in sides(e))]
    if own:
        return min(own, key=lambda e: (e.place != place, not _as_shown(e, item.standing.ruling)))
    near = [(shared(e.place, place), e) for e in entries if e.side == side]
    best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= 0.5 else None


def _as_shown(entry: Entry, ruling: Ruling) -> bool:
    return ruling.shown is not None and (entry.code, entry.lemma) == (ruling.shown.code, ruling.shown.lemma)


def sides(entry: Entry) -> list[tuple[Place, Side]]:
    """The places of an entry that can be ruled, with their sides."""
    other: Side = "translation" if entry.side == "original" else "original"
    return [(entry.place, entry.side), *((p, other) for p in (*entry.places[1:2], *entry.opposite[:1]))]


def shared(one: Place, other: Place) -> float:
    """The share of the longer place that both have, 0 to 1."""
    common = min(one.stop, other.stop) - max(one.start, other.start)
    longer = max(one.stop - one.start, other.stop - other.start)
    return max(0.0, common / longer) if longer else 0.0
