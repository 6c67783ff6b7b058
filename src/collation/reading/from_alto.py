"""ALTO XML, versions 1 to 4, to its text: the strings in their lines, each with its box and the engine's confidence.

Blocks follow one another as ``ReadingOrder`` or ``IDNEXT`` says, else as they stand. What is in the margins of a page is
furniture, unless the page has nothing else. A word broken over a line end stays broken, as it is on the page; where the
file says so without a hyphen (``SUBS_TYPE`` alone) the end of the line gets a soft one. Alternatives are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from collation.reading.composed import FileText
from collation.reading.page_lines import PageLines, ReadWord, box, number, share
from collation.system.untrusted import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_MARGINS = frozenset({"TopMargin", "BottomMargin", "LeftMargin", "RightMargin"})
_SOFT_HYPHEN = "\u00ad"


def read_alto(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of an ALTO file. Raises NotRead or UnreadableInput when it is none that can be read."""
    root = parse_xml(data)
    return _Reader(root).read().composed("alto", label=label, engine=_engine(root))


def _engine(root: _Element) -> str:
    """What read the pages, as the head of the file says: its name and its version."""
    for software in _all(root, "processingSoftware"):
        said = [
            "".join(e.itertext()).strip() for name in ("softwareName", "softwareVersion") for e in _all(software, name)
        ]
        return " ".join(said)
    return ""


class _Reader:
    def __init__(self, root: _Element) -> None:
        self.root = root
        self.lines = PageLines()
        self.strings = list(_all(root, "String"))
        self.numbers = {id(string): n for n, string in enumerate(self.strings, 1)}

    def read(self) -> PageLines:
        image = next(("".join(e.itertext()).strip() for e in _all(self.root, "fileName")), "")
        order = [str(e.get("REF", "")) for found in _all(self.root, "ReadingOrder") for e in _all(found, "ElementRef")]
        for page in _all(self.root, "Page"):
            self.lines.begin_page(number(page.get("WIDTH")) or 0, number(page.get("HEIGHT")) or 0, image)
            inside = [e for area in page if _name(area) not in _MARGINS for e in _all(area, "String")]
            for area in page:
                self._area(area, order, furniture=bool(inside) and _name(area) in _MARGINS)
        return self.lines

    def _area(self, area: _Element, order: list[str], *, furniture: bool) -> None:
        for block in _in_order(list(_all(area, "TextBlock")), order):
            self.lines.begin_paragraph()
            for line in _all(block, "TextLine"):
                path = f"//TextLine[@ID='{line.get('ID')}']" if line.get("ID") else "//TextLine"
                self.lines.add_line(list(self._words(line)), path, furniture=furniture)

    def _words(self, line: _Element) -> Iterator[ReadWord]:
        own = [child for child in line if _name(child) in ("String", "SP", "HYP")]
        spaced = any(_name(child) == "SP" for child in own)
        before = ""
        for index, child in enumerate(own):
            name = _name(child)
            if name == "String":
                following = own[index + 1] if index + 1 < len(own) else None
                yield self._word(child, following, glued=spaced and before == "String")
            before = name

    def _word(self, string: _Element, following: _Element | None, *, glued: bool) -> ReadWord:
        text = str(string.get("CONTENT", ""))
        left, top = number(string.get("HPOS")), number(string.get("VPOS"))
        width, height = number(string.get("WIDTH")), number(string.get("HEIGHT"))
        right = None if left is None or width is None else left + width
        bottom = None if top is None or height is None else top + height
        return ReadWord(
            text, "String", self.numbers[id(string)], str(string.get("ID", "")), box(left, top, right, bottom),
            share(number(string.get("WC"))), glued, _hyphen(string, following, text),
        )  # fmt: skip


def _hyphen(string: _Element, following: _Element | None, text: str) -> str:
    """What is put behind a word that is broken at the end of its line."""
    if following is not None and _name(following) == "HYP":
        return " ".join(str(following.get("CONTENT", "-")).split())
    broken = string.get("SUBS_TYPE") == "HypPart1" and following is None and not text.endswith(("-", "¬", _SOFT_HYPHEN))
    return _SOFT_HYPHEN if broken else ""


def _in_order(blocks: list[_Element], order: list[str]) -> list[_Element]:
    """The blocks as they are to be read, each once: those named in an order, then along ``IDNEXT``, then the others."""
    by_id = {str(block.get("ID")): block for block in reversed(blocks) if block.get("ID")}
    named = [by_id[ref] for ref in order if ref in by_id]
    following = {str(block.get("IDNEXT")) for block in blocks if block.get("IDNEXT") in by_id}
    heads = [block for block in blocks if block.get("ID") not in following]
    found: dict[int, _Element] = {}
    for head in [*named, *heads, *blocks]:
        block: _Element | None = head
        while block is not None and id(block) not in found:
            found[id(block)] = block
            block = by_id.get(str(block.get("IDNEXT"))) if not named else None
    return list(found.values())


def _all(root: _Element, name: str) -> Iterator[_Element]:
    return (element for element in root.iter() if _name(element) == name)


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
