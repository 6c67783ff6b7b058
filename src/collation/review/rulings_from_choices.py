"""From what an editor chooses to a ruling.

Pure: the name of the editor, the time and the version are given. Terminal and web page make their rulings here, so
that the same choice is the same record. A choice that changes nothing, or that cannot be carried out, is refused in
a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from collation.decisions.log_lines import with_id
from collation.decisions.relocate import anchor_at, change_at
from collation.decisions.ruling import Anchor, Change, Ruling, Scope, Shown, Verdict
from collation.errors import BadRuling, Message
from collation.model import Edit, Entry, Place, Reading, Source
from collation.model.hypothesis import Side

_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"
_LATEST = "2099-12-31T23:59:59"


@dataclass(frozen=True, slots=True)
class Choice:
    """What an editor chose: the verdict, which of the readings or an own one, and on which side it is to be written.

    ``side`` None is the side that the verdict means by itself; ``exclusions`` are places that a wide scope leaves out.
    """

    verdict: Verdict
    reading: int = 0
    own: str | None = None
    side: Side | None = None
    note: str = ""
    reasons: tuple[str, ...] = ()
    checked: bool = False
    scope: Scope = "once"
    exclusions: tuple[Anchor, ...] = ()


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
    if entry.undecided and entry.other_readings:
        return Choice("needs-scan")
    if entry.side != "original":
        return Choice("accept")
    if entry.ruling == "emend":
        return Choice("accept") if entry.readings and entry.tier == "emend" else Choice("needs-scan")
    return Choice(entry.ruling)


def make_ruling(source: Source, entry: Entry, choice: Choice, signature: Signature) -> Ruling:
    """The ruling on an entry. Raises BadRuling when the choice cannot be carried out."""
    place, side = _subject(source, entry, choice)
    changes = _changes(source, entry, choice, place)
    if choice.scope != "once" and (side != entry.side or choice.verdict == "other-side" or len(changes) > 1):
        raise BadRuling(Message("ruling-not-wide"))
    return with_id(
        Ruling(
            id="",
            document=source.id,
            digest=source.digest,
            side=side,
            anchor=anchor_at(source.text, place),
            verdict=choice.verdict,
            editor=signature.editor,
            time=signature.time,
            changes=changes,
            scope=choice.scope,
            exclusions=choice.exclusions if choice.scope != "once" else (),
            shown=shown_entry(entry),
            note=choice.note.strip(),
            reasons=choice.reasons,
            checked=choice.checked,
            batch=signature.batch,
            version=signature.version,
        )
    )


def make_finding(source: Source, place: Place, side: Side, choice: Choice, signature: Signature) -> Ruling:
    """A finding that the machine missed, with a reading or without."""
    text = place.of(source.text)
    if not text.strip():
        raise BadRuling(Message("words-unselected"))
    if choice.own == text:
        raise BadRuling(Message("reading-there-already"))
    changes = () if choice.own is None else (change_at(source.text, place, choice.own),)
    return with_id(
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


def make_follow_up(
    ruling: Ruling, signature: Signature, *, verdict: Verdict | None = None, choice: Choice | None = None
) -> Ruling:
    """A ruling on the place of another one: the same, or with another verdict; with its own note when one is given."""
    said = choice or Choice(ruling.verdict, note=ruling.note, reasons=ruling.reasons, checked=ruling.checked)
    silent = verdict in ("reject", "stands", "needs-scan")
    return with_id(
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


def make_undo(targets: Sequence[Ruling], signature: Signature) -> Ruling:
    """The record that takes rulings back; of a group action, all at once."""
    if not targets:
        raise BadRuling(Message("nothing-to-undo"))
    last = targets[-1]
    return with_id(
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


def shown_entry(entry: Entry) -> Shown:
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
        witnesses=tuple(" ".join(r.witnesses) for r in entry.readings)
        if any(r.witnesses for r in entry.readings)
        else (),
    )


def stamp(now: datetime, history: Iterable[Ruling]) -> str:
    """The time of the next ruling: now, but always after what is in the log, whatever the clocks of others say.

    A log that ends with the last second which a ruling can have is not followed: the ruling is made now.
    """
    time = now.strftime(_STAMP)
    latest = max((r.moment for r in history if r.moment < _LATEST), default="")
    if time > latest:
        return time
    return (datetime.strptime(latest, _STAMP) + timedelta(microseconds=1)).strftime(_STAMP)


def _subject(source: Source, entry: Entry, choice: Choice) -> tuple[Place, Side]:
    """What the ruling is about: the entry's own place, or its counterpart when an own reading goes there."""
    if choice.side is None or choice.side == entry.side or choice.verdict == "other-side":
        return entry.place, entry.side
    return _counterpart(entry), choice.side


def _counterpart(entry: Entry) -> Place:
    found = (*entry.places[1:], *entry.opposite)
    if not found:
        raise BadRuling(Message("counterpart-missing"))
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
            raise BadRuling(Message("verdict-impossible", verdict=choice.verdict))


def _picked(readings: Sequence[Reading], index: int) -> tuple[Edit, ...]:
    if not readings and index == 0:
        return ()
    if not 0 <= index < len(readings):
        raise BadRuling(Message("no-such-reading"))
    return readings[index].edits


def _edited(source: Source, edits: tuple[Edit, ...]) -> tuple[Change, ...]:
    return tuple(change_at(source.text, edit.place, edit.text) for edit in edits)


def _own(source: Source, place: Place, choice: Choice) -> tuple[Change, ...]:
    if choice.own is None:
        raise BadRuling(Message("own-reading-empty"))
    if choice.own == place.of(source.text):
        raise BadRuling(Message("reading-keeps-text"))
    return (change_at(source.text, place, choice.own),)
