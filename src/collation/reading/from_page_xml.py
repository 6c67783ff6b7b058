"""PAGE XML to its text: regions in their reading order, lines and words, each with its box and the engine's confidence.

The order is that of ``ReadingOrder``, groups in groups; where there is none, Transkribus' ``custom`` attribute says it, else
the file. The words of a line are taken where together they are the line; where somebody mended the line and left its words,
the line is the text. Of several readings of one element the one with the lowest index counts. Headers, footers and page
numbers are furniture; regions inside of tables and other regions are read where these are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from collation.model import Box
from collation.reading.composed import FileText
from collation.reading.page_lines import PageLines, ReadWord, box, number, share
from collation.system.untrusted import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_FURNITURE = frozenset({"header", "footer", "page-number", "signature-mark", "catch-word"})
_REFERENCES = frozenset({"RegionRef", "RegionRefIndexed", "OrderedGroupIndexed", "UnorderedGroupIndexed"})
_INDEX = re.compile(r"readingOrder\s*\{\s*index\s*:\s*(\d{1,9})")
_FAR = 10**9


def read_page_xml(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of a PAGE file. Raises NotRead or UnreadableInput when it is none that can be read."""
    root = parse_xml(data)
    said = ("".join(e.itertext()).strip() for e in root.iter() if _name(e) == "Creator")
    return _Reader(root).read().composed("page", label=label, engine=next(said, ""))


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.root = root
        self.lines = PageLines()
        self.kept = [element for element in root.iter() if _name(element) in ("TextLine", "Word")]
        self.numbers: dict[int, int] = {}
        for tag in ("TextLine", "Word"):
            own = (element for element in self.kept if _name(element) == tag)
            self.numbers.update((id(element), n) for n, element in enumerate(own, 1))

    def read(self) -> PageLines:
        for page in (element for element in self.root.iter() if _name(element) == "Page"):
            width, height = number(page.get("imageWidth")) or 0, number(page.get("imageHeight")) or 0
            self.lines.begin_page(width, height, str(page.get("imageFilename", "")))
            for region in _regions(page):
                self._region(region)
        return self.lines

    def _region(self, region: _Element) -> None:
        self.lines.begin_paragraph()
        furniture = str(region.get("type", "")) in _FURNITURE
        for line in _by_custom([child for child in region if _name(child) == "TextLine"]):
            path = f"//TextLine[@id='{line.get('id')}']" if line.get("id") else "//TextLine"
            self.lines.add_line(self._words(line), path, furniture=furniture)

    def _words(self, line: _Element) -> list[ReadWord]:
        """The words of a line; the line as one where it has no words, or others than its text."""
        words = [self._word(child) for child in line if _name(child) == "Word"]
        whole = self._word(line)
        text = " ".join(" ".join(word.text for word in words).split())
        return words if text and text == (whole.text or text) else [whole]

    def _word(self, element: _Element) -> ReadWord:
        text, confidence = _reading(element)
        tag = _name(element)
        return ReadWord(
            text, tag, self.numbers[id(element)], str(element.get("id", "")), _box(element), share(confidence)
        )


def _reading(element: _Element) -> tuple[str, float | None]:
    """The text of an element with the confidence in it: the reading of the lowest index."""
    readings = [child for child in element if _name(child) == "TextEquiv"]
    if not readings:
        return "", None
    best = min(readings, key=lambda reading: number(reading.get("index")) or 0)
    text = next((str(child.text or "") for child in best if _name(child) == "Unicode"), "")
    return " ".join(text.split()), number(best.get("conf"))


def _box(element: _Element) -> Box | None:
    """The rectangle around the outline of an element."""
    outline = next((child for child in element if _name(child) == "Coords"), None)
    if outline is None:
        return None
    pairs = [pair.partition(",") for pair in str(outline.get("points", "")).split()]
    points = [(number(x), number(y)) for x, _, y in pairs]
    points += [(number(point.get("x")), number(point.get("y"))) for point in outline if _name(point) == "Point"]
    across = [x for x, y in points if x is not None and y is not None]
    down = [y for x, y in points if x is not None and y is not None]
    return box(min(across), min(down), max(across), max(down)) if across else None


def _regions(page: _Element) -> list[_Element]:
    """The regions of text on a page as they are to be read, each once."""
    texts = [element for element in page.iter() if _name(element) == "TextRegion"]
    by_id = {str(region.get("id")): region for region in reversed(list(page.iter())) if region.get("id")}
    order = next((child for child in page if _name(child) == "ReadingOrder"), None)
    named = [by_id[ref] for ref in _references(order) if ref in by_id] if order is not None else []
    found: dict[int, _Element] = {}
    for region in [*named, *_by_custom(texts)]:
        for own in (element for element in region.iter() if _name(element) == "TextRegion"):
            found.setdefault(id(own), own)
    return list(found.values())


def _references(group: _Element) -> Iterator[str]:
    """The ids of regions in the order of a group, those of its groups where they stand."""
    children = [child for child in group if isinstance(child.tag, str)]
    indexed = all(number(child.get("index")) is not None for child in children if _name(child) in _REFERENCES)
    if indexed and "Unordered" not in _name(group):
        children.sort(key=lambda child: number(child.get("index")) or 0)
    for child in children:
        if child.get("regionRef"):
            yield str(child.get("regionRef"))
        yield from _references(child)


def _by_custom(elements: list[_Element]) -> list[_Element]:
    """Elements in the order of their ``custom`` attributes; those without one stay behind the others."""
    found = [_INDEX.search(str(element.get("custom", ""))) for element in elements]
    places = {id(e): int(match[1]) if match else _FAR for e, match in zip(elements, found, strict=True)}
    return sorted(elements, key=lambda element: places[id(element)])


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
