"""The rulings that an edited TEI file makes: what an editor changed in it since it was written, and what is only told.

What the file says now is compared with what it said when it was written, which it keeps. A proposal that became the
lemma, or a text that was typed as one, is a reading; the document's own reading as the lemma, and proposals that were
taken out, reject the doubt; ``sic`` lets the error stand. Nothing is guessed: two lemmas, a lemma that is gone and a
certainty that was changed without a lemma are told, and nothing is written for them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from collation.decisions.placing import Book
from collation.decisions.ruling import Ruling, reader
from collation.decisions.tei_state import AS_IT_IS, WrittenUnit
from collation.errors import BadRuling, Message
from collation.model import Apparatus, Entry, Place
from collation.model.hypothesis import Side
from collation.reading.tei_edition import EditedUnit, TeiEdition
from collation.review.rulings_from_choices import Choice, Signature, make_finding, make_ruling
from collation.writers.layout import lay_out

SIDES: dict[str, Side] = {"R": "original", "E": "translation", "C": "catalogue"}
_LONGEST = 200_000  # characters of a text in which typed words are looked for
_BY_TYPE = {"rejected": "reject", "stands": "stands", "needs-scan": "needs-scan"}
"""What an editor may say by the type of an element alone."""


@dataclass(frozen=True, slots=True)
class ToldOfTei:
    """Something that is told and not written, with its place where it has one."""

    message: Message
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class TeiRulings:
    """Rulings to be written, what is only told, how many are in the log already, how many places were left as they were."""

    made: tuple[Ruling, ...]
    told: tuple[ToldOfTei, ...]
    known: int
    open: int


@dataclass(frozen=True, slots=True)
class _Wish:
    """What an editor wishes for a place: a choice, for the entry or for the words themselves."""

    choice: Choice
    place: Place
    side: Side
    entry: Entry | None = None


def rulings_of_edition(
    edition: TeiEdition, apparatus: Apparatus, book: Book | None, signature: Signature
) -> TeiRulings:
    """The rulings of a file on the document it was made from. Raises BadRuling when the document is another now."""
    source = apparatus.source
    if edition.state.digest != source.digest:
        raise BadRuling(Message("tei-document-changed", document=edition.state.document))
    compared = _Compared(edition, apparatus)
    made: list[Ruling] = []
    told: list[ToldOfTei] = []
    known = untouched = 0
    for found in (*compared.written(), *compared.added(), *compared.typed()):
        if found is None:
            untouched += 1
        elif isinstance(found, ToldOfTei):
            told.append(found)
        else:
            try:
                ruling = _ruling(found, apparatus, signature)
            except BadRuling as error:
                told.append(ToldOfTei(error.message, found.place))
                continue
            if _is_known(ruling, book):
                known += 1
            else:
                made.append(ruling)
    return TeiRulings(tuple(made), tuple(told), known, untouched)


def _ruling(wish: _Wish, apparatus: Apparatus, signature: Signature) -> Ruling:
    if wish.entry is not None:
        return make_ruling(apparatus.source, wish.entry, wish.choice, signature)
    return make_finding(apparatus.source, wish.place, wish.side, wish.choice, signature)


def _is_known(ruling: Ruling, book: Book | None) -> bool:
    """Whether this editor has ruled the same there already."""
    placed = [*(p for m in book.entries for p in m.placed), *book.others] if book else []
    return any(
        (r.reader, r.side, r.anchor.words, r.outcome, r.note)
        == (reader(ruling.editor), ruling.side, ruling.anchor.words, ruling.outcome, ruling.note)
        for p in placed
        for r in p.standing.rulings
    )


class _Compared:
    """A file as it is beside what it was."""

    def __init__(self, edition: TeiEdition, apparatus: Apparatus) -> None:
        self.edition, self.source = edition, apparatus.source
        self.entries = {item.anchor: item.entry for item in lay_out(apparatus).items}
        self.now: dict[str, list[EditedUnit]] = {}
        for unit in edition.units:
            self.now.setdefault(unit.id, []).append(unit)
        same = edition.text == self.source.text
        fits = max(len(edition.text), len(self.source.text)) <= _LONGEST
        self.unread = not same and not fits
        opcodes = () if same or not fits else Levenshtein.opcodes(self.source.text, edition.text)
        self.edits: list[tuple[str, int, int, int, int]] = [
            (o.tag, o.src_start, o.src_end, o.dest_start, o.dest_end) for o in opcodes
        ]

    def written(self) -> Iterator[_Wish | ToldOfTei | None]:
        """For each place that was written: what an editor wishes, what is told, None where nothing was changed."""
        for name, unit in self.edition.state.units.items():
            place, there = Place.at(*unit.span), self.now.get(name, [])
            if len(there) > 1:
                yield ToldOfTei(Message("tei-place-twice", id=name), place)
            elif not there:
                yield self._gone(name, unit, place)
            else:
                yield self._changed(name, unit, there[0], place)

    def _gone(self, name: str, unit: WrittenUnit, place: Place) -> _Wish | ToldOfTei | None:
        """The element of a place was taken out: with its proposals, unless other words were typed there."""
        if any(tag != "equal" and start <= place.stop and place.start <= stop for tag, start, stop, _, _ in self.edits):
            return None  # typed words are found by themselves
        if unit.decision != "undecided" or not unit.proposals:
            return ToldOfTei(Message("tei-place-gone", id=name), place)
        return self._wish(name, unit, Choice("reject"))

    def _changed(self, name: str, unit: WrittenUnit, now: EditedUnit, place: Place) -> _Wish | ToldOfTei | None:
        note = " ".join(now.notes)
        if len(now.lemmas) + now.kept > 1:
            return ToldOfTei(Message("tei-lemmas", id=name), place)
        if now.lemmas:
            return self._lemma(name, unit, now, note)
        if now.kept:
            carried_out = unit.decision == "emended" and unit.lemma == place.of(self.source.text)
            if (unit.decision in AS_IT_IS or carried_out) and not note:
                return None
            stands = now.tag == "sic" or now.kind == "stands"
            return self._wish(name, unit, Choice("stands" if stands else "reject", note=note))
        if now.kind != unit.decision and now.kind in _BY_TYPE:
            return self._wish(name, unit, Choice(_BY_TYPE[now.kind], note=note))  # type: ignore[arg-type]
        if unit.lemma is not None and unit.decision not in AS_IT_IS and now.kind == unit.decision and now.tag != "seg":
            return ToldOfTei(Message("tei-lemma-gone", id=name), place)
        return self._without_lemma(name, unit, now, place, note)

    def _without_lemma(
        self, name: str, unit: WrittenUnit, now: EditedUnit, place: Place, note: str
    ) -> _Wish | ToldOfTei | None:
        wanted = {f"{name}.r{n}": cert for n, cert in enumerate(unit.cert, 1)}
        left = {i: cert for i, cert in now.readings if i in wanted}
        if unit.decision != "undecided" or not wanted:
            return ToldOfTei(Message("tei-note-alone", id=name), place) if note else None
        if not left:
            return self._wish(name, unit, Choice("reject", note=note))
        if len(left) < len(wanted):
            return ToldOfTei(Message("tei-readings-gone", id=name), place)
        if left != wanted:
            return ToldOfTei(Message("tei-certainty-alone", id=name), place)
        return ToldOfTei(Message("tei-note-alone", id=name), place) if note else None

    def _lemma(self, name: str, unit: WrittenUnit, now: EditedUnit, note: str) -> _Wish | None:
        """A lemma that was set, typed or given another certainty; the certainty of a decision is its note."""
        ((text, cert),) = now.lemmas
        if cert not in ("", "high"):
            note = f"{note} (cert: {cert})".strip()
        if unit.lemma == text and unit.decision == "emended" and not note:
            return None
        here = self.source.text[slice(*unit.span)]
        if text == here:
            return self._wish(name, unit, Choice("reject", note=note))
        entry = self.entries.get(name)
        if entry is not None and text in unit.proposals:
            index = self._reading(entry, unit.proposals.index(text), text)
            if index is not None:
                return self._wish(name, unit, Choice("accept", reading=index, note=note))
        return self._wish(name, unit, Choice("emend", own=text, note=note))

    def _reading(self, entry: Entry, index: int, text: str) -> int | None:
        """The number of the reading of an entry that a proposal was written from."""
        listed = [n for n, reading in enumerate(entry.readings) if reading.edits]
        if index < len(listed) and any(e.text in text for e in entry.readings[listed[index]].edits):
            return listed[index]
        return None

    def _wish(self, name: str, unit: WrittenUnit, choice: Choice) -> _Wish:
        """A choice for the entry of a place; an own reading reaches as far as the place that was written does."""
        entry, place, text = self.entries.get(name), Place.at(*unit.span), self.source.text
        side = SIDES.get(unit.side, "original")
        if entry is None or choice.verdict != "emend" or choice.own is None:
            return _Wish(choice if entry else replace(choice, verdict="added"), place, side, entry)
        before, after = text[place.start : entry.place.start], text[entry.place.stop : place.stop]
        fits = len(entry.place.spans) == 1 and len(choice.own) >= len(before) + len(after)
        if fits and choice.own.startswith(before) and choice.own.endswith(after):
            own = choice.own[len(before) : len(choice.own) - len(after)]
            return _Wish(replace(choice, own=own), entry.place, side, entry)
        return _Wish(replace(choice, verdict="added"), place, side)

    def added(self) -> Iterator[_Wish | ToldOfTei]:
        """Elements that an editor put in: a correction of words that nobody doubted."""
        for name, units in self.now.items():
            for unit in units if name not in self.edition.state.units else ():
                place = self._in_source(unit.start, unit.stop)
                if place is None or len(unit.lemmas) > 1:
                    yield ToldOfTei(Message("tei-element-unplaced", tag=unit.tag), place)
                elif unit.lemmas or unit.kept:
                    own = unit.lemmas[0][0] if unit.lemmas else None
                    note = " ".join(unit.notes) or ("sic" if unit.kept else "")
                    yield _Wish(Choice("added", own=own, note=note), place, self._side(unit.start))

    def typed(self) -> Iterator[_Wish | ToldOfTei]:
        """Words that an editor typed in the text itself, whole; blanks that were laid anew are none."""
        if self.unread:
            yield ToldOfTei(Message("tei-text-changed"))
        reached = -1
        for tag, start, stop, at, until in self.edits:
            if tag == "equal" or start < reached:
                continue
            old, new = self.source.text[start:stop], self.edition.text[at:until]
            if not (old + new).strip():
                continue
            left = _back(self.source.text, start, self.edition.text, at)
            first, last, end = start - left, stop, until
            for _, a, b, _, d in (e for e in self.edits if e[0] != "equal" and e[1] >= stop):
                if any(c.isspace() for c in self.source.text[last:a]):
                    break
                last, end = b, d  # another change of the same word
            while last < len(self.source.text) and not self.source.text[last].isspace():
                last, end = last + 1, end + 1
            reached = last
            text = self.edition.text[at - left : end]
            place = Place.at(first, last)
            yield self._typed_at(place, text, at)

    def _typed_at(self, place: Place, text: str, at: int) -> _Wish:
        entry = next((e for e in self.entries.values() if e.place == place), None)
        if entry is not None:
            readings = [r.text for r in entry.readings]
            choice = Choice("accept", reading=readings.index(text)) if text in readings else Choice("emend", own=text)
            return _Wish(choice, place, entry.side, entry)
        return _Wish(Choice("added", own=text), place, self._side(at))

    def _side(self, offset: int) -> Side:
        """The side of an offset of the file's text."""
        return next(
            (SIDES[s] for s, start, stop in self.edition.sides if start <= offset < stop and s in SIDES), "original"
        )

    def _in_source(self, start: int, stop: int) -> Place | None:
        """Where a stretch of the file's text is in the document, if it is there unchanged."""
        if not self.edits:
            return None if self.unread else Place.at(start, stop)
        for tag, a, _, c, d in self.edits:
            if tag == "equal" and c <= start and stop <= d:
                return Place.at(a + start - c, a + stop - c)
        return None


def _back(one: str, at: int, other: str, there: int) -> int:
    """How many characters before two points belong to the word that was changed."""
    count = 0
    while (
        count < min(at, there) and one[at - count - 1] == other[there - count - 1] and not one[at - count - 1].isspace()
    ):
        count += 1
    return count
