"""How the terminal shows a place: whole lines in a fixed order, readable aloud, without drawing or moving
about.

Colour only repeats what words and signs say. The text of a document is untrusted: whatever could move the
cursor, ring or reverse the direction of writing is shown as a sign of its own.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rich.text import Text

from collation.decisions.ruling import Ruling
from collation.model import Entry, Place
from collation.model.hypothesis import Side
from collation.review.labels import page_label as page_word
from collation.review.rulings_from_choices import Choice, proposed
from collation.review.session import Item, ReviewSession
from collation.writers.layout import FacingRow, Layout, excerpt
from collation.writers.phrases import LANGS, Lang, table, without_marks
from collation.writers.summary import title
from collation.writers.wording import Wording, in_words, one_line, where

_TABLE = str(Path(__file__).with_name("terminal.tsv"))
_OPPOSITE = 200


def terminal_label(key: str, lang: Lang, **values: object) -> str:
    """A line of the terminal; else a word of the review page or the report."""
    found = table(_TABLE).get(key)
    text = found[LANGS.index(lang)] if found else page_word(key, lang)
    return text.format(**values) if values else text


def clean(text: str) -> str:
    """Text that only shows: signs for control characters and for those that turn the direction of writing."""
    return "".join("�" if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Co") else c for c in text)


@dataclass(frozen=True, slots=True)
class View:
    """The documents as they are shown, in one language."""

    layouts: tuple[Layout, ...]
    lang: Lang

    def words_of(self, item: Item) -> Wording:
        """The entry of a place in words."""
        layout = self.layouts[item.document]
        return in_words(layout.item(item.entry), layout, self.lang)

    def place(self, session: ReviewSession, item: Item) -> list[Text]:
        """Everything about a place, line by line."""
        layout, said = self.layouts[item.document], self.words_of(item)
        number = self._say("of", n=session.at + 1, all=len(session.items))
        head = f"[{number}] {clean(title(layout))} · {said.where} · {said.kind} · {said.certainty} ({said.figure})"
        lines = [Text(head, style="bold"), *self._texts(item, layout), self._lemma(said)]
        lines += [Text(line) for line in self._reasons(said, item)]
        lines += [Text(line, style="magenta") for line in self._ruled(item)]
        lines.append(Text(self._say("proposed", ruling=self.proposal(item)), style="green"))
        return lines

    def proposal(self, item: Item) -> str:
        """What Enter would do, in words."""
        return self.choice(item, proposed(item.entry))

    def choice(self, item: Item, choice: Choice) -> str:
        """A choice in words: "accept: теперь"."""
        entry = item.entry
        if choice.own is not None:
            return f"{terminal_label('do.own', self.lang)}: {self._quoted(choice.own)}"
        key = "scan" if choice.verdict == "needs-scan" else choice.verdict
        doing = terminal_label(f"do.{key}", self.lang)
        readings = entry.readings if choice.verdict == "accept" else ()
        if choice.verdict == "other-side":
            readings = entry.other_readings
        if choice.reading < len(readings):
            doing += f": {self._quoted(readings[choice.reading].text)}"
        return doing

    def ruling(self, ruling: Ruling) -> str:
        """A ruling in words: "топорь → теперь"."""
        lemma = clean(one_line(ruling.anchor.exact)) or "‹…›"
        if ruling.changes:
            return "; ".join(f"{clean(one_line(c.anchor.exact))} → {self._quoted(c.text)}" for c in ruling.changes)
        return f"{lemma}: {terminal_label(f'verdict.{ruling.verdict}', self.lang)}"

    def preview(self, items: Sequence[Item]) -> Iterator[str]:
        """The places of a group action, numbered, each with its line."""
        for number, item in enumerate(items, 1):
            layout = self.layouts[item.document]
            before, at, after = (clean(part) for part in excerpt(layout, item.entry.place, 30))
            reading = f" → {self._quoted(item.entry.readings[0].text)}" if item.entry.readings else ""
            yield f"  {number}. {before}⟦{at}⟧{after}{reading} ({where(item.entry.place, layout, self.lang)})"

    def side_of(self, document: int, place: Place) -> Side:
        """The side of a place in a document."""
        row = self.layouts[document].row_of(place)
        if row is None:
            return "catalogue"
        on_original = any(b.span.start <= place.start <= b.span.stop for b in row.original)
        return "original" if on_original else "translation"

    def _texts(self, item: Item, layout: Layout) -> Iterator[Text]:
        """The line of the place and what is opposite it, both with their words marked."""
        entry = item.entry
        yield self._line(entry.side, excerpt(layout, entry.place))
        other: Side = "translation" if entry.side == "original" else "original"
        marked = (*entry.places[1:], *entry.opposite)
        if marked:
            yield self._line(other, excerpt(layout, marked[0]))
        else:
            row = layout.row_of(entry.place)
            near = _opposite_text(row, entry, layout) if row and entry.side != "catalogue" else ""
            if near:
                yield self._line(other, (near, "", ""))

    def _line(self, side: Side, parts: tuple[str, str, str]) -> Text:
        before, at, after = (clean(part) for part in parts)
        line = Text(f"{terminal_label(f'side.{side}', self.lang)}  {before}")
        if at or not after:
            line.append(f"⟦{at}⟧" if at else "", style="bold yellow")
        return line.append(after)

    def _lemma(self, said: Wording) -> Text:
        gloss = f" ({clean(said.gloss)})" if said.gloss else ""
        line = Text(clean(without_marks(said.setting)), style="bold")
        return line.append(f" ] {clean(without_marks(said.proposal))}{gloss}", style="not bold")

    def _reasons(self, said: Wording, item: Item) -> Iterator[str]:
        if said.readings:
            listed = "   ".join(f"{n} {clean(text) or '∅'} ({p})" for n, (text, p) in enumerate(said.readings, 1))
            yield self._say("readings", text=listed)
        if said.other_side:
            yield clean(without_marks(said.other_side))
        why = [clean(without_marks(argument.sentence)) for argument in said.why]
        if why:
            yield self._say("why", text=" ".join(why))
        against = " ".join(clean(without_marks(argument.sentence)) for argument in said.against)
        yield self._say("against", text=against) if against else self._say("nothing-against")
        yield self._say("probably", hand=said.hand)

    def _ruled(self, item: Item) -> Iterator[str]:
        """What editors have ruled on the place."""
        rulings = [r for p in item.matched.placed for r in p.standing.rulings]
        if item.matched.wide is not None:
            rulings.append(item.matched.wide)
        if item.status == "conflict":
            yield self._say("conflict")
        for ruling in rulings:
            note = f" ({clean(ruling.note)})" if ruling.note else ""
            yield self._say("ruled", text=f"{clean(ruling.editor)}: {self.ruling(ruling)}{note}")
        if item.matched.renewed:
            yield self._say("renewed")

    def _quoted(self, text: str) -> str:
        return clean(one_line(text)) or "∅"

    def _say(self, key: str, **values: object) -> str:
        return terminal_label(key, self.lang, **values)


def _opposite_text(row: FacingRow, entry: Entry, layout: Layout) -> str:
    """What is opposite a place without a marked counterpart: the part of the paragraph at the same share
    of it.
    """
    own, there = (row.original, row.translation) if entry.side == "original" else (row.translation, row.original)
    text = " ".join(" ".join(b.span.of(layout.source.text).split()) for b in there if not b.dim)
    if not text or not own or len(text) <= _OPPOSITE:
        return text
    first, last = own[0].span.start, own[-1].span.stop
    middle = int(len(text) * (entry.place.start - first) / max(1, last - first))
    start = max(0, min(middle - _OPPOSITE // 2, len(text) - _OPPOSITE))
    piece = text[start : start + _OPPOSITE]
    head = f"…{piece.split(' ', 1)[-1]}" if start else piece
    return head if start + _OPPOSITE >= len(text) else f"{head.rsplit(' ', 1)[0]}…"
