"""The rulings that a letter makes: from what an editor did in Word to records for the log, and what is only told.

Nothing is guessed. A change of which a half was accepted, a place inside a longer change, an answer without a decision and
a comment that belongs to no place are told, and nothing is written for them. A letter that is read again makes nothing that
is in the log already, even where it was taken back there since.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from collation.decisions.placing import Book, Placed
from collation.decisions.ruling import Ruling, reader
from collation.errors import BadRuling, Message
from collation.model import Apparatus, Entry, Place, Reading, Source
from collation.model.hypothesis import Side
from collation.review.rulings_from_choices import Choice, Signature, make_finding, make_ruling
from collation.review.word.letter_comments import PlaceComments, read_comments
from collation.review.word.outcomes import Outcome, SlotOutcome, pair_cells, read_cell
from collation.review.word.returned import Returned
from collation.review.word.segments import canonical
from collation.review.word.typed_text import TypedText, Unplaced
from collation.writers.word.cells import TableCell, in_xml
from collation.writers.word.letter import LetterSlot, SentCell

_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"


@dataclass(frozen=True, slots=True)
class LetterContext:
    """What a letter is read beside: the document as it is examined now, the rulings on it, and who brings it when."""

    apparatus: Apparatus
    book: Book
    history: Sequence[Ruling]
    editor: str
    now: datetime
    version: str
    batch: str

    @property
    def source(self) -> Source:
        return self.apparatus.source


@dataclass(frozen=True, slots=True)
class ToldPlace:
    """Something that is told and not written, with its place where it has one."""

    message: Message
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class LetterRulings:
    """What a letter comes to: rulings to be written, what is only told, how many are in the log already, and how many
    places were left as they were.
    """

    made: tuple[Ruling, ...]
    told: tuple[ToldPlace, ...]
    known: int
    open: int


@dataclass(frozen=True, slots=True)
class _Wish:
    """A ruling that an editor wishes: on an entry, or with a place of its own as a finding."""

    choice: Choice
    author: str
    date: str
    entry: Entry | None = None
    place: Place | None = None
    side: Side = "original"
    seen: tuple[str, ...] = ()


def rulings_of_letter(returned: Returned, context: LetterContext) -> LetterRulings:
    """The rulings of a letter. Raises ValueError for a letter whose cells or slots are not in the text."""
    letter = returned.letter
    told: list[ToldPlace] = []
    outcomes: dict[int, list[SlotOutcome]] = defaultdict(list)
    wishes: list[_Wish] = []
    for side, item in _read(returned, context.source):
        match item:
            case SlotOutcome():
                outcomes[item.slot.slot.number].append(item)
            case TypedText():
                choice = Choice("added", own=item.text)
                seen = tuple(i for slot in item.slots for i in slot.rulings)
                wishes.append(_Wish(choice, item.author, item.date, place=item.place, side=side, seen=seen))
            case Unplaced():
                told.append(ToldPlace(Message("letter-unplaced", text=item.text)))
    comments, loose = read_comments(returned)
    told += [ToldPlace(Message("letter-comment", author=c.author or "?", text=c.text)) for c in loose]
    for slot in letter.slots:
        outcomes.setdefault(slot.slot.number, [SlotOutcome(slot, "open")])
    untouched = 0
    for number, found in sorted(outcomes.items()):
        said = comments.get(number, PlaceComments())
        newly = said.resolved and number not in letter.resolved
        wish = _decided(found, said, context, resolved=newly)
        if isinstance(wish, _Wish):
            wishes.append(wish)
        elif wish is not None:
            told.append(wish)
        else:
            untouched += 1
    return _made(wishes, told, untouched, returned, context)


def _read(returned: Returned, source: Source) -> Iterator[tuple[Side, SlotOutcome | TypedText | Unplaced]]:
    """What became of every cell, with the side it is on."""
    sent: list[str | TableCell] = [c if isinstance(c, str) else c.shown(source.text) for c in returned.letter.cells]
    slots = [slot for slot in returned.letter.slots if slot.slot.kind != "none"]
    for own, cell, back in zip(returned.letter.cells, sent, pair_cells(sent, returned.cells), strict=True):
        if isinstance(cell, str) or not isinstance(own, SentCell):
            continue
        here = [s for s in slots if any(b.holds(s.slot.start, s.slot.stop) for b in cell.blocks)]
        slots = [s for s in slots if s not in here]
        for item in read_cell(cell, back, here):
            yield own.side, item
    if slots:
        raise ValueError("slot outside of all cells")


def _decided(
    outcomes: Sequence[SlotOutcome], said: PlaceComments, context: LetterContext, *, resolved: bool
) -> _Wish | ToldPlace | None:
    """What the state of an entry's slots and its comment come to."""
    slot = outcomes[0].slot
    place = Place.at(slot.start, slot.stop)
    entry = entry_of_slot(slot, context.apparatus)
    touched = [o for o in outcomes if o.outcome != "open" and (o.slot.slot.kind, o.outcome) != ("ruled", "proposed")]
    seen = tuple(dict.fromkeys(i for o in outcomes for i in o.slot.rulings))
    if any(o.outcome in ("half", "wide", "lost") for o in touched):
        worst = next(o for o in touched if o.outcome in ("half", "wide", "lost"))
        return ToldPlace(_undecided(worst.outcome, _shown(slot.lemma)), place)
    if touched:
        choice = _choice(outcomes, touched, entry, said.note)
        if choice is None:
            return ToldPlace(Message("letter-part", lemma=_shown(slot.lemma)), place)
        last = max(touched, key=lambda o: o.date)
        return _wish(choice, last, entry, seen)
    if resolved and entry is not None:
        if any(o.slot.slot.kind == "change" for o in outcomes):
            return ToldPlace(Message("letter-resolved-change", lemma=_shown(slot.lemma)), place)
        answer = max(said.answers, key=lambda c: c.date, default=None)
        author, date = (answer.author, answer.date) if answer else ("", "")
        return _Wish(Choice("stands", note=said.note), author, date, entry, seen=seen)
    if said.answers:
        return ToldPlace(Message("letter-answer", lemma=_shown(slot.lemma), text=said.note), place)
    return None


def _undecided(outcome: Outcome, lemma: str) -> Message:
    """Why the state of a slot decides nothing."""
    match outcome:
        case "half":
            return Message("letter-half", lemma=lemma)
        case "wide":
            return Message("letter-wide", lemma=lemma)
        case _:
            return Message("letter-lost", lemma=lemma)


def _wish(choice: Choice, last: SlotOutcome, entry: Entry | None, seen: tuple[str, ...]) -> _Wish | ToldPlace | None:
    if entry is not None:
        return _Wish(choice, last.author, last.date, entry, seen=seen)
    slot = last.slot
    place = Place.at(slot.slot.start, slot.slot.stop)
    if choice.verdict == "reject" or slot.slot.start == slot.slot.stop:
        return ToldPlace(Message("letter-entry-gone", lemma=_shown(slot.lemma)), place)
    side: Side = next(s for s in ("original", "translation", "catalogue") if s == slot.side)
    own = choice.own if choice.own is not None else last.text
    return _Wish(Choice("added", own=own, note=choice.note), last.author, last.date, None, place, side, seen)


def _choice(
    outcomes: Sequence[SlotOutcome], touched: Sequence[SlotOutcome], entry: Entry | None, note: str
) -> Choice | None:
    """The choice that the touched slots of an entry make together, None where they make none."""
    changes = [o for o in outcomes if o.slot.slot.kind == "change"]
    own = [o for o in touched if not o.slot.slot.other]
    if changes and all(o in touched for o in changes) and len(touched) == len(changes):
        verdicts = {o.outcome for o in changes}
        if verdicts == {"proposed"}:
            return Choice("other-side" if changes[0].slot.slot.other else "accept", note=note)
        if verdicts == {"kept"}:
            return Choice("reject", note=note)
    if len(touched) != 1:
        return None
    [only] = touched
    if only.outcome == "kept":
        return Choice("reject", note=note)
    readings = () if entry is None else entry.readings if own else entry.other_readings
    index = _reading(only, readings)
    if index is not None:
        return Choice("accept" if own else "other-side", reading=index, note=note)
    text = "" if not only.text.strip() else only.text
    return Choice("emend" if own else "other-side", own=text, note=note)


def _reading(outcome: SlotOutcome, readings: Sequence[Reading]) -> int | None:
    """Which of the proposed readings was typed, word for word."""
    for index, reading in enumerate(readings):
        if len(reading.edits) == 1 and canonical(in_xml(reading.edits[0].text)) == canonical(outcome.text):
            place = reading.edits[0].place
            if (place.start, place.stop) == (outcome.slot.slot.start, outcome.slot.slot.stop):
                return index
    return None


def entry_of_slot(slot: LetterSlot, apparatus: Apparatus) -> Entry | None:
    """The entry of a slot as it is found now: at the same place, of the same rule if there are several."""
    here = [
        e
        for e in apparatus.entries
        if slot.code
        and (e.side, e.place.start, e.place.stop, e.lemma) == (slot.side, slot.start, slot.stop, slot.lemma)
    ]
    return min(here, key=lambda e: e.code != slot.code, default=None)


def _made(
    wishes: Sequence[_Wish], told: list[ToldPlace], untouched: int, returned: Returned, context: LetterContext
) -> LetterRulings:
    """The rulings that are not in the log yet."""
    made: list[Ruling] = []
    known = 0
    for wish in wishes:
        editor = wish.author.strip() or context.editor
        try:
            ruling = _ruling(wish, editor, _time(wish.date or returned.saved, context.now), context)
        except BadRuling as error:
            told.append(ToldPlace(error.message, wish.place or (wish.entry.place if wish.entry else None)))
            continue
        own = [r for r in _on(ruling, context.book) if r.reader == reader(editor)]
        latest = max(own, key=lambda r: (r.moment, r.id), default=None)
        if _is_known(ruling, latest, context.history):
            known += 1
        elif latest is not None and latest.id not in wish.seen:
            told.append(ToldPlace(Message("letter-ruled-since", editor=editor, lemma=_shown(ruling.anchor.exact)),
                                  ruling.anchor.place()))  # fmt: skip
        else:
            if latest is not None and ruling.moment <= latest.moment:
                ruling = _ruling(wish, editor, _after(latest.moment), context)
            made.append(ruling)
    return LetterRulings(tuple(made), tuple(told), known, untouched)


def _ruling(wish: _Wish, editor: str, time: str, context: LetterContext) -> Ruling:
    signature = Signature(editor, time, context.version, context.batch)
    if wish.entry is not None:
        return make_ruling(context.source, wish.entry, wish.choice, signature)
    assert wish.place is not None
    return make_finding(context.source, wish.place, wish.side, wish.choice, signature)


def _on(ruling: Ruling, book: Book) -> Iterator[Ruling]:
    """The rulings that hold or dispute the place of a ruling."""
    place = ruling.anchor.place()
    groups: tuple[Sequence[Placed], ...] = (*(m.placed for m in book.entries), book.others)
    for group in groups:
        for placed in group:
            if placed.place == place and placed.standing.subject.side == ruling.side:
                yield from placed.standing.rulings


def _is_known(ruling: Ruling, latest: Ruling | None, history: Sequence[Ruling]) -> bool:
    """Whether the editor has ruled so already, or a ruling of this very letter was written before."""
    if latest is not None and _same(latest, ruling):
        return True
    return any(r.batch == ruling.batch and r.reader == ruling.reader and _same(r, ruling) for r in history)


def _same(one: Ruling, other: Ruling) -> bool:
    same = (one.document, one.side, one.anchor.words, one.outcome) == (
        other.document, other.side, other.anchor.words, other.outcome,
    )  # fmt: skip
    return same and (one.note == other.note or not other.note)


def _time(text: str, now: datetime) -> str:
    """A time as Word writes it, as a ruling has it; now where it is none or has not come yet."""
    try:
        found = datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        found = now
    found = (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    return (found if datetime(2000, 1, 1, tzinfo=UTC) <= found <= now else now).strftime(_STAMP)


def _after(moment: str) -> str:
    """The moment after another."""
    return (datetime.strptime(moment, _STAMP) + timedelta(microseconds=1)).strftime(_STAMP)


def _shown(words: str) -> str:
    return " ".join(words.split()) or "‹…›"
