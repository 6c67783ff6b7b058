"""Where the elements of an XML are in its bytes, so that some of them can be changed and all else stays byte for byte.

A parser that makes a tree forgets how a file was written: quotes, blanks inside tags, comments. Here expat only says where
an element begins and ends; what is changed are stretches of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.parsers import expat

_TAG = re.compile(rb"<[^\s/>]+(?:\s+[^\s=>]+\s*=\s*(?:\"[^\"]*\"|'[^']*'))*\s*/?>")
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([A-Za-z][\w.-]*)[\"']")
_MARKS = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
Change = tuple[int, int, str]
"""Where a stretch of the bytes begins and stops, and what is written in its place."""


@dataclass(eq=False)
class Node:
    """An element: its local name and attributes, and where it begins and stops in the bytes. Its start tag ends at ``inner``."""

    name: str
    attributes: dict[str, str]
    start: int
    stop: int = 0
    inner: int = 0
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    def child(self, name: str) -> Node | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def beside(self, step: int) -> Node | None:
        """The element before (-1) or behind (1) this one in its parent."""
        around = self.parent.children if self.parent else [self]
        index = around.index(self) + step
        return around[index] if 0 <= index < len(around) else None


@dataclass(frozen=True)
class XmlBytes:
    """An XML as UTF-8, with the encoding that it is written in, and its elements in the order in which they begin."""

    data: bytes
    encoding: str
    nodes: tuple[Node, ...]

    def text(self, start: int, stop: int) -> str:
        return self.data[start:stop].decode()

    def content_stop(self, node: Node) -> int:
        """Where the end tag of an element begins."""
        return max(node.inner, self.data.rfind(b"</", node.inner, node.stop)) if node.inner < node.stop else node.stop

    def changed(self, changes: Iterable[Change], start: int = 0, stop: int | None = None) -> str:
        """A stretch of the text with changes made in it. Raises ValueError where two of them meet."""
        pieces, at = [], start
        for first, last, text in sorted(changes):
            if first < at:
                raise ValueError("two changes of one stretch")
            pieces += [self.text(at, first), text]
            at = last
        return "".join([*pieces, self.text(at, len(self.data) if stop is None else stop)])

    def encoded(self, text: str) -> bytes:
        """A text in the encoding of the file; what it cannot have is written as a character reference."""
        return text.encode(self.encoding, "xmlcharrefreplace")


def read_spans(data: bytes) -> XmlBytes:
    """The elements of an XML with their places. Raises ValueError when it is not well-formed or its encoding not known."""
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if not encoding:
        found = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
        encoding = found[1].decode() if found else "utf-8"
    try:
        plain = data.decode(encoding).encode()
        nodes = _nodes(plain)
    except (LookupError, expat.ExpatError) as error:
        raise ValueError(str(error)) from error
    return XmlBytes(plain, encoding, tuple(nodes))


def _nodes(data: bytes) -> list[Node]:
    parser = expat.ParserCreate("utf-8")
    found: list[Node] = []
    opened: list[Node] = []

    def begin(name: str, attributes: dict[str, str]) -> None:
        node = Node(name.rpartition(":")[2], attributes, parser.CurrentByteIndex, parent=opened[-1] if opened else None)
        tag = _TAG.match(data, node.start)
        node.inner = tag.end() if tag else node.start
        if opened:
            opened[-1].children.append(node)
        opened.append(node)
        found.append(node)

    def end(_: str) -> None:
        node = opened.pop()
        at = parser.CurrentByteIndex
        empty = data[node.inner - 2 : node.inner] == b"/>"
        node.stop = node.inner if empty else data.index(b">", at) + 1

    parser.StartElementHandler = begin
    parser.EndElementHandler = end
    parser.Parse(data, True)
    return found


def with_attributes(xml: XmlBytes, node: Node, values: dict[str, str | None]) -> list[Change]:
    """The changes that give an element's start tag attributes of these values, and take out those that are None."""
    tag = xml.data[node.start : node.inner]
    changes: list[Change] = []
    end = len(tag) - (2 if tag.endswith(b"/>") else 1)
    for name, value in values.items():
        found = re.search(rb"(\s+)" + re.escape(name.encode()) + rb"\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", tag)
        written = "" if value is None else f'{name}="{escaped(value)}"'
        if found is None:
            if value is not None:
                at = node.start + len(tag[:end].rstrip())
                changes.append((at, at, f" {written}"))
        elif value is None:
            changes.append((node.start + found.start(), node.start + found.end(), ""))
        else:
            group = 2 if found[2] is not None else 3
            quote = escaped(value)
            changes.append((node.start + found.start(group), node.start + found.end(group), quote))
    return changes


def escaped(text: str) -> str:
    """A text as XML has it, in an attribute of either quotes too."""
    for sign, reference in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&apos;")):
        text = text.replace(sign, reference)
    return text
