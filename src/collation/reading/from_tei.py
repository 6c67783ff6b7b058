"""An edition in TEI XML to its text: the document as it was found, and what its editors say of it as testimony.

Of a ``choice`` the ``sic``, ``orig`` or ``abbr`` is the text, of an ``app`` its ``lem``; corrections and other readings are
testimony, and so are ``unclear``, ``supplied`` and ``gap`` (which is seen in the text as a bracket, as editors of plain texts
write it) and the notes. Which text is the translation is said by ``xml:lang`` on ``text``, ``div``, ``ab`` or below; where
nothing says it, what is written decides. The header becomes the catalogue. A word broken by ``lb break="no"`` is whole.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import regex

from collation.errors import Message, UnreadableInput
from collation.model.document import TestimonyKind
from collation.reading.blocks import Block, Blocks, Said
from collation.reading.composed import FileText, Use
from collation.reading.tei_edition import is_ours, read_edition
from collation.reading.zones import side_of_code
from collation.system.untrusted import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_BLOCKS = frozenset({
    "p", "ab", "head", "l", "item", "label", "opener", "closer", "dateline", "salute", "signed", "address", "addrLine",
    "postscript", "byline", "trailer", "epigraph", "titlePart", "docTitle", "docAuthor", "docDate", "docImprint", "speaker",
    "stage", "u", "argument", "figDesc",
})  # fmt: skip
_SILENT = frozenset({"del", "figDesc", "certainty", "index", "teiHeader", "graphic"})
_BACK = frozenset({"listApp", "linkGrp", "listBibl", "listPerson", "listPlace", "standOff", "spanGrp", "interpGrp"})
_OF_CHOICE = ("sic", "orig", "abbr")
_LOST = regex.compile(r"lost|damage|tear|torn|hole|missing|утра", regex.I)
_BLANKS = regex.compile(r"\s+")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def read_tei(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of an edition; of one that this program wrote, the text of the file that it was made of. Raises NotRead or
    UnreadableInput when it is none that can be read, BadRuling when it is ours and damaged.
    """
    root = parse_xml(data)
    if _name(root).lower() == "teicorpus":
        raise UnreadableInput(Message("tei-corpus"), path=label)
    if is_ours(root):
        return FileText(read_edition(data).text, kind="tei")
    reader = _Reader()
    for part in root:
        if _name(part) == "text":
            reader.text(part, "text", None)
    reader.notes_last()
    return reader.blocks.composed("tei", label=label, head=_head(root))


@dataclass
class _Line:
    """The characters of a paragraph as they are gathered, blanks run together, and what is said of stretches of it."""

    text: str = ""
    said: list[Said] = field(default_factory=list)
    notes: list[tuple[_Element, int]] = field(default_factory=list)

    def add(self, text: str | None) -> None:
        """More characters; a blank behind a blank is none."""
        found = _BLANKS.sub(" ", text or "")
        self.text += found.lstrip(" ") if not self.text or self.text[-1] in " \n" else found

    def break_line(self) -> None:
        """The end of a line of the page."""
        self.text = self.text.rstrip(" ") + "\n"

    def say(self, kind: TestimonyKind, start: int, content: str) -> None:
        """Something that is said of what was added since."""
        if start < len(self.text):
            self.said.append(Said(kind, start, len(self.text), content))


class _Reader:
    def __init__(self) -> None:
        self.blocks = Blocks()
        self.tables = 0
        self._notes: list[tuple[_Element, int, int, Use | None]] = []

    def text(self, parent: _Element, path: str, side: Use | None) -> None:
        """The paragraphs in a division, whatever is around them."""
        side = _side(parent) or side
        counts: dict[str, int] = {}
        for child in parent:
            name = _name(child)
            counts[name] = counts.get(name, 0) + 1
            where = f"{path}/{name}[{counts[name]}]"
            if name in _BACK or not name:
                continue
            if name == "table":
                self.tables += 1
                rows = [
                    [[self._line(cell).text.strip()] for cell in row if _name(cell) == "cell"]
                    for row in child
                    if _name(row) == "row"
                ]
                self.blocks.add_table([row for row in rows if row], self.tables, where)
            elif name == "note":
                self._notes.append((child, -1, 0, side))
            elif name == "fw":
                self.blocks.add(Block(self._line(child).text.strip(), "xml", (), where, "furniture"))
            elif name in _BLOCKS and not any(_name(inner) in _BLOCKS or _name(inner) == "table" for inner in child):
                self._paragraph(child, where, side)
            else:
                self.text(child, where, side)

    def _paragraph(self, element: _Element, path: str, side: Use | None) -> None:
        side = _side(element) or side
        line = self._line(element)
        number = len(self.blocks.running)
        self._notes += [(note, number, at, side) for note, at in line.notes]
        kept = tuple(said for said in line.said if said.start < len(line.text.rstrip()))
        self.blocks.add(Block(line.text.rstrip(), "xml", (), path, side, said=kept, heading=_name(element) == "head"))

    def _line(self, element: _Element) -> _Line:
        line = _Line()
        self._gather(element, line)
        return line

    def _gather(self, element: _Element, line: _Line) -> None:
        line.add(element.text)
        for child in element:
            self._inline(child, _name(child), line)
            line.add(child.tail)

    def _inline(self, child: _Element, name: str, line: _Line) -> None:
        start = len(line.text)
        if name == "lb":
            if child.get("break") != "no":
                line.break_line()
            else:
                line.text = line.text.rstrip()
        elif name == "choice":
            self._choice(child, line)
        elif name == "app":
            self._app(child, line)
        elif name == "gap":
            line.add(_gap(child))
        elif name in ("note", "fw"):
            line.notes.append((child, start))
        elif name in ("unclear", "supplied"):
            self._gather(child, line)
            kind: TestimonyKind = "illegible" if name == "unclear" else "restored"
            line.say(kind, start, str(child.get("reason", "")) or line.text[start:])
        elif name == "sic":
            self._gather(child, line)
            line.say("sic", start, "")
        elif name not in _SILENT:
            self._gather(child, line)

    def _choice(self, element: _Element, line: _Line) -> None:
        """A choice: what was found is the text, what is put in its place is said of it."""
        own = next((e for e in element if _name(e) in _OF_CHOICE), None)
        if own is None:
            own = next(iter(element), None)
        if own is None:
            return
        start = len(line.text)
        self._gather(own, line)
        for other in element:
            if other is not own and (content := _plain(other)):
                line.say("sic" if _name(other) == "corr" else "gloss", start, content)

    def _app(self, element: _Element, line: _Line) -> None:
        readings = [e for e in element.iter() if _name(e) in ("lem", "rdg")]
        own = next((e for e in readings if _name(e) == "lem"), readings[0] if readings else None)
        if own is None:
            return
        start = len(line.text)
        self._gather(own, line)
        for other in readings:
            if other is not own:
                witness = str(other.get("wit", "")).replace("#", "")
                line.say("gloss", start, " ".join(filter(None, (_plain(other) or "∅", witness))))
        for note in (e for e in element if _name(e) == "note"):
            line.notes.append((note, len(line.text)))

    def notes_last(self) -> None:
        """The notes, in the order of the text, behind it."""
        for count, (note, block, at, _) in enumerate(self._notes, 1):
            text = " ".join(self._line(note).text.split())
            if not text:
                continue
            furniture = _name(note) == "fw"
            about = (block, at) if block >= 0 else None
            self.blocks.add(
                Block(text, "xml", (), f"//{_name(note)}[{count}]", "furniture" if furniture else "note", about)
            )
            self.blocks.told["page-heads-apart" if furniture else "notes-apart"] += 1


def _head(root: _Element) -> str:
    """The catalogue of the header, in the form in which archives give it; empty where the header says nothing."""
    header = next((e for e in root if _name(e) == "teiHeader"), None)
    if header is None:
        return ""
    rows = [
        ("Date", _first(header, ("creation", "date"), ("origDate",), ("sourceDesc", "date"))),
        ("Title", _first(header, ("titleStmt", "title"))),
        ("Citation", _first(header, ("msIdentifier",), ("sourceDesc", "bibl"), ("sourceDesc", "p"))),
        ("Summary", _first(header, ("abstract",))),
    ]
    lines = [f"{name}: {value}" for name, value in rows if value]
    return "\n\n".join([*lines, "Contents:"]) if lines else ""


def _first(header: _Element, *paths: tuple[str, ...]) -> str:
    """The words of the first element of one of some paths, its parts with commas between them."""
    for path in paths:
        found: list[_Element] = [header]
        for name in path:
            found = [e for parent in found for e in parent.iter() if _name(e) == name and e is not parent]
        for element in found:
            inner = [" ".join("".join(e.itertext()).split()) for e in element] if len(element) else []
            words = ", ".join(filter(None, inner)) if inner and not (element.text or "").strip() else ""
            said = words or " ".join("".join(element.itertext()).split()) or str(element.get("when", ""))
            if said:
                return said
    return ""


def _gap(element: _Element) -> str:
    """A gap as a bracket that says what is missing."""
    reason = str(element.get("reason", ""))
    word = "missing" if _LOST.search(reason) else "illegible"
    extent = element.get("extent") or " ".join(
        filter(None, (str(element.get("quantity", "")), str(element.get("unit", ""))))
    )
    return f"[{word}, {extent}]" if extent else f"[{word}]"


def _plain(element: _Element) -> str:
    return " ".join("".join(element.itertext()).split())


def _side(element: _Element) -> Use | None:
    """The side that an element says it is of, by its language."""
    return side_of_code(str(element.get(_LANG, "")))


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
