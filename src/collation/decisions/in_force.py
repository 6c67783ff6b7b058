"""What holds: a pure fold of all logs, whatever files they are in and in whatever order they are read.

An undo takes a ruling back and can itself be taken back, so the state of any moment can be had again. Of an
editor's rulings on one place the last that is not undone holds; two editors who come to different outcomes
are in conflict, and nothing is printed there until one of them gives way or a ruling is undone. With a second
reader, a ruling holds when two editors agree.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from collation.decisions.log_lines import content_id
from collation.decisions.ruling import Anchor, Ruling, reader
from collation.errors import DamagedLog, Message
from collation.model import Source
from collation.model.hypothesis import Side

Status = Literal["holds", "conflict", "second-reader"]


@dataclass(frozen=True, slots=True)
class Subject:
    """What a ruling is about: the words and their surroundings on one side of one document."""

    document: str
    side: Side
    words: tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What editors say of one place: the last live ruling of each, by time. ``missed``: an editor found the
    place, not the machine.
    """

    subject: Subject
    rulings: tuple[Ruling, ...]
    status: Status
    missed: bool = False

    @property
    def ruling(self) -> Ruling:
        """The latest ruling; what holds, when the status says that something does."""
        return self.rulings[-1]

    @property
    def anchor(self) -> Anchor:
        return self.ruling.anchor

    @property
    def holds(self) -> bool:
        return self.status == "holds"


@dataclass(frozen=True, slots=True)
class State:
    """All standings, and the live rulings of wide scope, which reach places nobody has looked at.

    ``live`` are the live rulings by the name of the document under which they were made.
    """

    standings: tuple[Standing, ...]
    wide: tuple[Ruling, ...]
    history: tuple[Ruling, ...]
    live: Mapping[str, tuple[Ruling, ...]]
    second_reader: bool = False

    def of(self, document: str) -> tuple[Standing, ...]:
        """The standings of one document, under this name alone."""
        return _standings(self.live.get(document, ()), second_reader=self.second_reader)

    def on(self, source: Source) -> tuple[Standing, ...]:
        """The standings of a document, under whatever names it had; all of them are about its name of today."""
        names = dict.fromkeys((source.id, *source.former))
        own = [r for name in names for r in self.live.get(name, ()) if source.is_named(name, r.digest)]
        named = (r if r.document == source.id else replace(r, document=source.id) for r in own)
        return _standings(sorted(named, key=_order), second_reader=self.second_reader)

    @property
    def conflicts(self) -> tuple[Standing, ...]:
        return tuple(s for s in self.standings if s.status == "conflict")


def fold_rulings(rulings: Iterable[Ruling], *, second_reader: bool = False) -> State:
    """The state that these rulings come to. Raises DamagedLog when two different ones have the same id."""
    history = in_order(rulings)
    live = [r for r in still_live(history) if r.verdict != "undo"]
    by_document: dict[str, list[Ruling]] = defaultdict(list)
    for ruling in live:
        by_document[ruling.document].append(ruling)
    standings = _standings(live, second_reader=second_reader)
    own = {name: tuple(rulings) for name, rulings in by_document.items()}
    return State(standings, tuple(r for r in live if r.scope != "once"), history, own, second_reader)


def _standings(live: Iterable[Ruling], *, second_reader: bool) -> tuple[Standing, ...]:
    """What live rulings come to, given by time."""
    by_subject: dict[Subject, list[Ruling]] = defaultdict(list)
    for ruling in live:
        by_subject[subject_of(ruling)].append(ruling)
    return tuple(standing_of(s, own, second_reader=second_reader) for s, own in by_subject.items())


def _order(ruling: Ruling) -> tuple[str, str]:
    return ruling.moment, ruling.id


def in_order(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """All rulings once each, by time; the same record in two files is one."""
    named: dict[str, Ruling] = {}
    for ruling in rulings:
        if named.setdefault(ruling.id, ruling) != ruling:
            raise DamagedLog(Message("id-twice", id=ruling.id))
    return tuple(sorted(named.values(), key=_order))


def still_live(history: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """The rulings and undos that no live undo takes back.

    An id is made from the content, so an undo can only name what was there before it: the undos of undos end
    somewhere, and one that is named by no other is live. They are settled from there on, without regard to
    anybody's clock.
    """
    listed = tuple(history)
    named = {r.id: r for r in listed}
    elsewhere = _by_content(listed) if any(i not in named for r in listed for i in r.undoes) else {}
    undone_by: dict[str, list[str]] = defaultdict(list)
    for ruling in listed:
        for target in ruling.undoes:
            undone_by[target if target in named else elsewhere.get(target, target)].append(ruling.id)
    live: dict[str, bool] = {}
    for ruling in listed:
        waiting = [ruling.id]
        while waiting:
            unsettled = [i for i in undone_by[waiting[-1]] if i not in live]
            if unsettled:
                waiting.append(unsettled[0])
            else:
                last = waiting.pop()
                live[last] = not any(live[i] for i in undone_by[last])
    return tuple(named[r.id] for r in listed if live[r.id])


def _by_content(rulings: Iterable[Ruling]) -> dict[str, str]:
    """The ids of rulings by those that they had before they were written: a notebook names them so."""
    return {content_id(r): r.id for r in rulings if r.after}


def subject_of(ruling: Ruling) -> Subject:
    """What a ruling is about."""
    return Subject(ruling.document, ruling.side, ruling.anchor.words)


def standing_of(subject: Subject, live: Iterable[Ruling], *, second_reader: bool = False) -> Standing:
    """What the live rulings on one place come to; they are given by time."""
    listed = tuple(live)
    last = {r.reader: r for r in listed}
    rulings = tuple(r for r in listed if last[r.reader] is r)
    missed = any(r.verdict == "added" for r in listed)
    return Standing(subject, rulings, _status(rulings, second_reader), missed)


def _status(rulings: tuple[Ruling, ...], second_reader: bool) -> Status:
    if len({r.outcome for r in rulings}) > 1:
        return "conflict"
    return "second-reader" if second_reader and len(rulings) < 2 else "holds"


def undo_targets(state: State, editor: str) -> tuple[Ruling, ...]:
    """What this editor's next undo takes back: the last live ruling, or the whole group action that it
    belongs to.
    """
    name = reader(editor)
    own = [r for r in still_live(state.history) if r.reader == name and r.verdict != "undo"]
    if not own:
        return ()
    last = own[-1]
    return tuple(r for r in own if r is last or (last.batch and r.batch == last.batch))
