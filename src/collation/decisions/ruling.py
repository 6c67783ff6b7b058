"""What a ruling is: an editor's decision on one place, with everything needed to find that place again.

A ruling is never changed. Whoever thinks better of it rules again or writes an *undo*; what holds is worked
out by ``fold``. The id is a digest of the content: two rulings that say the same at the same moment are one,
an id names its record whatever file it is in, and a record that was altered afterwards no longer fits its
id.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, get_args

from collation.errors import BadRuling, Message
from collation.model import Place, Span
from collation.model.hypothesis import Side

Verdict = Literal["accept", "reject", "emend", "stands", "other-side", "needs-scan", "added", "undo"]
Scope = Literal["once", "document", "collection"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
SCOPES: tuple[Scope, ...] = get_args(Scope)
SIDES: tuple[Side, ...] = get_args(Side)
REASONS = ("ocr", "transcription", "original", "translator", "catalogue", "name-variant", "other")
CONTEXT = 32
DIGEST = re.compile(r"[0-9a-f]{16,128}")
_TIME = re.compile(r"20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Anchor:
    """Where a ruling belongs: the exact words with up to 32 characters on either side.

    ``exact`` joins the spans of the place, so a word broken over a line reads whole; ``gaps`` are what was
    between the spans, each with its offset in ``exact``. ``start`` is the offset in the very text that was
    ruled on and is used for that text alone. ``rival`` says how like this one the likeliest other place of
    that text was, 0 to 1: when this place is gone, that one must not be taken for it. Empty words mark a
    point between two characters.
    """

    exact: str
    before: str
    after: str
    start: int
    rival: float = 0.0
    gaps: tuple[tuple[int, str], ...] = ()

    def __post_init__(self) -> None:
        if self.start < 0 or not 0 <= self.rival <= 1:
            raise BadRuling(Message("anchor-out-of-range"))
        if any(not 0 < at < len(self.exact) for at, _ in self.gaps):
            raise BadRuling(Message("anchor-gaps"))

    @property
    def words(self) -> tuple[str, str, str]:
        """What distinguishes this place from others, whatever text it is in."""
        return self.exact, self.before, self.after

    def place(self) -> Place:
        """The place in the text that was ruled on."""
        spans, at, offset = [], self.start, 0
        for cut, gap in (*self.gaps, (len(self.exact), "")):
            spans.append(Span(at, at + cut - offset))
            at, offset = at + cut - offset + len(gap), cut
        return Place(tuple(spans))


@dataclass(frozen=True, slots=True)
class Change:
    """What is to be written at an anchor. ``rival`` says how like it a place of the ruled text was that read so
    already.
    """

    anchor: Anchor
    text: str
    rival: float = 0.0


@dataclass(frozen=True, slots=True)
class Shown:
    """The entry as the editor saw it: kept because a later run may show something else.

    ``witnesses`` are the sigla of the other texts that have each of the readings, joined by blanks; empty where no other text
    was read.
    """

    code: str
    family: str
    harm: str
    tier: str
    hand: str
    lemma: str
    probability: float
    proposed: str
    readings: tuple[str, ...] = ()
    witnesses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ruling:
    """One decision of one editor.

    ``changes`` are what is to be written where; ``reasons`` are canned (see ``REASONS``), ``note`` is free and is
    printed; ``checked`` says that the scan was looked at; ``batch`` names the group action that a ruling
    belongs to; ``undoes`` are the ids that an undo takes back; ``exclusions`` are places that a wide scope
    leaves out; ``after`` are the ids of the records that this one follows in its log.
    """

    id: str
    document: str
    digest: str
    side: Side
    anchor: Anchor
    verdict: Verdict
    editor: str
    time: str
    changes: tuple[Change, ...] = ()
    scope: Scope = "once"
    shown: Shown | None = None
    note: str = ""
    reasons: tuple[str, ...] = ()
    checked: bool = False
    batch: str = ""
    undoes: tuple[str, ...] = ()
    exclusions: tuple[Anchor, ...] = ()
    version: str = ""
    after: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _require(self.verdict in VERDICTS, Message("verdict-unknown", verdict=self.verdict))
        _require(self.scope in SCOPES, Message("scope-unknown", scope=self.scope))
        _require(self.side in SIDES, Message("side-unknown", side=self.side))
        _require(bool(self.document), Message("ruling-without-document"))
        _require(bool(self.editor.strip()), Message("ruling-without-editor"))
        _require(_is_time(self.time), Message("time-wrong", time=self.time[:40]))
        _require(DIGEST.fullmatch(self.digest) is not None, Message("not-a-text-digest", digest=self.digest[:40]))
        _require(
            bool(self.undoes) == (self.verdict == "undo"),
            Message("undo-names-nothing"),
        )
        _require(self.verdict != "emend" or bool(self.changes), Message("own-reading-empty"))
        silent = self.verdict in ("reject", "stands", "needs-scan", "undo")
        _require(not (silent and self.changes), Message("verdict-changes-nothing", verdict=self.verdict))

    @property
    def moment(self) -> str:
        """The time to the microsecond, so that texts of times are in the order of the times."""
        seconds, _, part = self.time[:-1].partition(".")
        return f"{seconds}.{part:0<6}Z"

    @property
    def reader(self) -> str:
        """Who rules, in the form in which editors are compared."""
        return reader(self.editor)

    @property
    def reading(self) -> str | None:
        """What is to be written, for showing; None when nothing changes."""
        return " … ".join(c.text for c in self.changes) if self.changes else None

    @property
    def replaced(self) -> str:
        """The words in place of which ``reading`` is to be written, for showing: where the other side is wrong, its own."""
        if self.verdict == "other-side" and self.changes:
            return " … ".join(c.anchor.exact for c in self.changes)
        return self.anchor.exact

    @property
    def witnesses(self) -> tuple[str, ...]:
        """The sigla of the other texts that have the reading, as the editor saw it, whether it was taken or typed."""
        if self.shown is None or not self.shown.witnesses or self.reading is None:
            return ()
        named = zip(self.shown.readings, self.shown.witnesses, strict=False)
        return tuple(next((sigla for text, sigla in named if text == self.reading), "").split())

    @property
    def outcome(self) -> tuple[str, tuple[tuple[str, str], ...]]:
        """What the ruling comes to, so that taking a reading and typing the same one agree."""
        kind = "emend" if self.changes else self.verdict
        return kind, tuple((c.anchor.exact, c.text) for c in self.changes)


def reader(name: str) -> str:
    """The name of an editor as it is compared: capitals, blanks, signs that nobody sees and the way in which letters
    are composed make no other person.
    """
    seen = "".join(
        c for c in unicodedata.normalize("NFKC", name) if unicodedata.category(c) not in ("Cf", "Cc") or c.isspace()
    )
    return unicodedata.normalize("NFC", " ".join(seen.split()).casefold())


def _is_time(text: str) -> bool:
    """Whether this is a moment of the years 2000 to 2099, written as rulings write it."""
    if _TIME.fullmatch(text) is None:
        return False
    try:
        datetime.fromisoformat(f"{text[:19]}+00:00")
    except ValueError:
        return False
    return True


def _require(condition: bool, message: Message) -> None:
    if not condition:
        raise BadRuling(message)


def signed(ruling: Ruling, digest: Callable[[Ruling], str]) -> Ruling:
    """The ruling under the id that its content gives it."""
    return replace(ruling, id=digest(ruling))
