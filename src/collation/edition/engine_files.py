"""An edition in the form of the file that an OCR program wrote: hOCR, ALTO or PAGE with the rulings carried out in it.

Only the elements of ruled words are written anew, everything else is the file byte for byte. A word that was parted divides
its box by the length of the parts, words that were joined have the box around them; a word that was put in takes the room
between its neighbours, or a part of the box of one. Where a line or a region has its text once more, that follows.
"""

from __future__ import annotations

import hashlib
import html
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from collation.edition.edit import Edition
from collation.edition.engine_words import WRITERS, around, divided, shown, write_reading
from collation.edition.fit import HYPHENS, fit_reading
from collation.edition.xml_spans import Change, Node, XmlBytes, read_spans, with_attributes
from collation.errors import BadRuling, Message
from collation.model import Box, Part, Span
from collation.reading.from_hocr import LINES, counted_class

_WHOLE_LINES = frozenset({"TextLine", *LINES})

_Written = tuple[Span, str]
"""A stretch of the text and what is written in its place: readings alone, no brackets and no numbers of notes."""


def write_engine_file(edition: Edition, part: Part, data: bytes) -> bytes:
    """A file of a document with what the edition changes in it; ``data`` are its bytes. Raises BadRuling when it is no
    longer the file that was read, or cannot be written back.
    """
    if hashlib.sha256(data).hexdigest() != part.digest:
        raise BadRuling(Message("engine-file-changed"), path=part.label)
    try:
        xml = read_spans(data)
        return _Writing(edition, part, xml).written()
    except ValueError as error:
        raise BadRuling(Message("engine-file-not-xml", reason=error), path=part.label) from error


@dataclass(frozen=True, slots=True)
class _Block:
    """Words of a line, numbers of ``on_page``, and the words that are written in their place."""

    items: tuple[int, ...]
    words: tuple[str, ...]


class _Writing:
    def __init__(self, edition: Edition, part: Part, xml: XmlBytes) -> None:
        self.edition, self.part, self.xml = edition, part, xml
        self.text = edition.source.text
        self.items = part.on_page
        self.write = WRITERS[part.kind]
        self.ids = {value for node in xml.nodes for name, value in node.attributes.items() if name.lower() == "id"}
        by_tag: dict[str, list[Node]] = {}
        for node in xml.nodes:
            name = counted_class(node.attributes.get("class", "").split()) if part.kind == "hocr" else node.name
            by_tag.setdefault(name, []).append(node)
        self.nodes = [by_tag[item.tag][item.number - 1] for item in self.items]
        self.changes: list[Change] = []
        self.written_words: dict[int, list[str]] = {}

    def written(self) -> bytes:
        """The file as emended."""
        changed = [
            (p.old, fit_reading(self.text, p.place, p.reading))
            for p in self.edition.changed
            if p.kind == "emended" and p.reading is not None and self.edition.source.part(p.old.start) is self.part
        ]
        if not changed or not self.items:
            return self.xml.encoded(self.xml.changed([]))
        for first, last, own in self._ranges(changed):
            for block in self._blocks(first, last, own):
                self._block(block)
        self._broken_words()
        self._lines_again()
        return self.xml.encoded(self.xml.changed(self.changes))

    # Which words are concerned.

    def _ranges(self, changed: Sequence[_Written]) -> Iterator[tuple[int, int, list[_Written]]]:
        """Runs of words that changes meet, first and last, with their changes."""
        starts = [item.place.start for item in self.items]
        stops = [item.place.stop for item in self.items]
        found: list[tuple[int, int, list[_Written]]] = []
        for change in changed:
            span, _ = change
            old = span.of(self.text)
            touching = old != old.strip() or not old
            first = bisect_left(stops, span.start) if touching else bisect_right(stops, span.start)
            last = (bisect_right(starts, span.stop) if touching else bisect_left(starts, span.stop)) - 1
            if last < first:
                first = last = min(max(0, last), len(self.items) - 1)
            first, last = self._with_halves(first, last)
            if found and first <= found[-1][1]:
                before = found.pop()
                found.append((before[0], max(last, before[1]), [*before[2], change]))
            else:
                found.append((first, last, [change]))
        yield from found

    def _with_halves(self, first: int, last: int) -> tuple[int, int]:
        """The run with both halves of words that ALTO says are broken."""
        if first and self.nodes[first].attributes.get("SUBS_TYPE") == "HypPart2":
            first -= 1
        if last + 1 < len(self.items) and _is_first_half(self.nodes[last]):
            last += 1
        return first, last

    def _blocks(self, first: int, last: int, changed: list[_Written]) -> Iterator[_Block]:
        """What becomes of the words of a run, line by line."""
        start = min(self.items[first].place.start, changed[0][0].start)
        stop = max(self.items[last].place.stop, changed[-1][0].stop)
        pieces, at = [], start
        for span, text in changed:
            pieces += [self.text[at : span.start], text]
            at = span.stop
        new = "".join([*pieces, self.text[at:stop]]).split("\n")
        old = self.text[start:stop].split("\n")
        if len(new) != len(old):
            new, old = [line for line in new if line.strip()], [line for line in old if line.strip()]
        lines = self._by_line(range(first, last + 1))
        kept = [line for line, was in zip(new, old, strict=False) if was.strip()]
        if len(new) > len(old):
            kept[-1:] = [" ".join([*kept[-1:], *new[len(old) :]])]
        for number, items in enumerate(lines):
            words = kept[number].split() if number < len(kept) else []
            yield from self._line(items, words)

    def _by_line(self, items: range) -> list[list[int]]:
        lines: list[list[int]] = []
        for item in items:
            if lines and "\n" not in self.text[self.items[item - 1].place.stop : self.items[item].place.start]:
                lines[-1].append(item)
            else:
                lines.append([item])
        return lines

    def _line(self, items: list[int], words: list[str]) -> Iterator[_Block]:
        if self.items[items[0]].tag in _WHOLE_LINES:
            yield _Block((items[0],), (" ".join(words),))
            return
        was = [self.items[item].place.of(self.text) for item in items]
        if len(was) == len(words):
            yield from (
                _Block((item,), (word,)) for item, old, word in zip(items, was, words, strict=True) if old != word
            )
            return
        for kind, a, b, c, d in SequenceMatcher(None, was, words, autojunk=False).get_opcodes():
            if kind == "insert":  # a word that nothing stands for: with its neighbour
                a, c = (a - 1, c - 1) if a else (a, c)
                b, d = (b, d) if a < b else (b + 1, d + 1)
            if kind != "equal":
                yield _Block(tuple(items[a:b]), tuple(words[c:d]))

    # What is written.

    def _block(self, block: _Block) -> None:
        words = self._without_hyphen(block)
        one_by_one = len(block.items) == len(words)
        for number, item in enumerate(block.items):
            self.written_words[item] = [block.words[number]] if one_by_one else [] if number else list(block.words)
        first, last = self.nodes[block.items[0]], self.nodes[block.items[-1]]
        if one_by_one:
            for item, word in zip(block.items, words, strict=True):
                self.changes += self.write(self.xml, self.nodes[item], word, None, None)
        elif not words:
            self._take_out([self.nodes[item] for item in block.items])
        else:
            boxes = divided(around([self.items[item] for item in block.items]), words)
            elements: list[str] = []
            for number, (word, box) in enumerate(zip(words, boxes, strict=True)):
                name = self._new_id(self.items[block.items[0]].id, number) if number else None
                own = self.write(self.xml, first, word, box, name)
                elements.append(self.xml.changed(own, first.start, first.stop))
            if first.parent is not last.parent:
                raise ValueError(f"<{first.name}> … <{last.name}>")
            self.changes.append((first.start, last.stop, self._joined(first, elements, boxes)))

    def _without_hyphen(self, block: _Block) -> list[str]:
        """The words of a block without the hyphen that ALTO writes in another element; it goes where none is left."""
        words, node = list(block.words), self.nodes[block.items[-1]]
        hyphen = node.beside(1)
        if self.part.kind != "alto" or ((hyphen is None or hyphen.name != "HYP") and not _is_first_half(node)):
            return words
        if words and words[-1].endswith(tuple(HYPHENS)):
            words[-1] = words[-1][:-1]
        elif hyphen is not None and hyphen.name == "HYP":
            self.changes.append((hyphen.start, hyphen.stop, ""))
        return words

    def _take_out(self, nodes: list[Node]) -> None:
        """Words that go, with the blank of ALTO before or behind them; those of several elements (type in bold) one by one."""
        first, last = nodes[0], nodes[-1]
        if any(node.parent is not first.parent for node in nodes):
            self.changes += [(node.start, node.stop, "") for node in nodes]
            return
        start, stop = first.start, last.stop
        before, behind = first.beside(-1), last.beside(1)
        if before is not None and before.name == "SP":
            start = before.start
        elif behind is not None and behind.name == "SP":
            stop = behind.stop
        self.changes.append((start, stop, ""))

    def _joined(self, first: Node, elements: list[str], boxes: list[Box | None]) -> str:
        """The elements that stand for one, with the blanks that the file puts between two."""
        before = first.parent.inner if first.parent else 0
        space = self.xml.text(before, first.start).rpartition("\n")
        between = f"\n{space[2]}" if space[1] and not space[2].strip() else " "
        if self.part.kind != "alto":
            return between.join(elements)
        written = elements[0]
        for element, left, right in zip(elements[1:], boxes, boxes[1:], strict=False):
            blank = self.xml.text(first.start, first.inner)[1:].split()[0].replace("String", "SP")
            sides = (
                f' WIDTH="{shown(right[0] - left[2])}" VPOS="{shown(left[1])}" HPOS="{shown(left[2])}"'
                if left and right
                else ""
            )
            written += f"<{blank}{sides}/>{between}{element}"
        return written

    def _new_id(self, name: str, number: int) -> str | None:
        if not name:
            return None
        while f"{name}_{number}" in self.ids:
            number += 1
        self.ids.add(f"{name}_{number}")
        return f"{name}_{number}"

    def _broken_words(self) -> None:
        """What ALTO says of the halves of a broken word: the whole word, or nothing where it is whole now."""
        halves = [item for item in range(len(self.items) - 1) if _is_first_half(self.nodes[item])]
        for item in halves if self.part.kind == "alto" else ():
            if item not in self.written_words and item + 1 not in self.written_words:
                continue
            left, right = self._words(item), self._words(item + 1)
            broken = len(left) == len(right) == 1 and left[0].endswith(tuple(HYPHENS))
            said = {"SUBS_CONTENT": left[0][:-1] + right[0]} if broken else {"SUBS_TYPE": None, "SUBS_CONTENT": None}
            for half, words in ((item, left), (item + 1, right)):
                if len(words) == 1 and "SUBS_TYPE" in self.nodes[half].attributes:
                    self.changes += with_attributes(self.xml, self.nodes[half], dict(said))

    def _words(self, item: int) -> list[str]:
        return self.written_words.get(item, [self.items[item].place.of(self.text)])

    def _lines_again(self) -> None:
        """The texts that lines and regions of PAGE have beside those of their words."""
        lines: dict[Node, tuple[list[str], list[str]]] = {}
        for item in range(len(self.items)) if self.part.kind == "page" else ():
            node = self.nodes[item] if self.items[item].tag == "TextLine" else self.nodes[item].parent
            if node is not None:
                old, new = lines.setdefault(node, ([], []))
                old.append(self.items[item].place.of(self.text))
                new += self._words(item)
        regions: dict[Node, list[tuple[str, str]]] = {}
        for line, (was, words) in lines.items():
            if was != words and line.child("Word") is not None and self.items[0].tag != "TextLine":
                self.changes += write_reading(self.xml, line, " ".join(words))
            if line.parent is not None:
                regions.setdefault(line.parent, []).append((" ".join(was), " ".join(words)))
        for region, pairs in regions.items():
            if any(was != now for was, now in pairs):
                self.changes += self._region(region, pairs)

    def _region(self, region: Node, pairs: list[tuple[str, str]]) -> list[Change]:
        """The text of a region, where it is that of its lines."""
        equivalent = region.child("TextEquiv")
        plain = equivalent.child("Unicode") if equivalent is not None else None
        if plain is None or "".join(_plain(self.xml, plain).split()) != "".join(
            "".join(was.split()) for was, _ in pairs
        ):
            return []
        return write_reading(self.xml, region, "\n".join(now for _, now in pairs if now))


def _is_first_half(node: Node) -> bool:
    return node.attributes.get("SUBS_TYPE") == "HypPart1"


def _plain(xml: XmlBytes, node: Node) -> str:
    return html.unescape(xml.text(node.inner, xml.content_stop(node)))
