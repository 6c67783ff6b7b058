"""A Word file as it came back: the cells of its tables with every piece of text, its comments, and what it was made of.

Nothing is taken from bookmarks or from the order of elements: other programs move both. A piece of text knows whether it was
put in or taken out and by whom; a comment knows between which characters of which cell it is anchored.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from lxml import etree

from collation.errors import Message, UnreadableInput, refusal
from collation.system.untrusted import NotRead, Package, open_package
from collation.writers.word.letter import ReturnedLetter, read_letter
from collation.writers.word.package import MADE
from collation.writers.word.word_elements import W14, W15, q

PieceKind = Literal["plain", "in", "out", "gone"]
_W16 = "http://schemas.microsoft.com/office/word/2023/wordml/word16du"
_SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011", "softHyphen": "\u00ad"}
_SKIPPED = {"pPr", "rPr", "instrText", "txbxContent", "Fallback", "tbl"}
_CORE = "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
_TERMS = "http://purl.org/dc/terms/"


@dataclass(frozen=True, slots=True)
class TextPiece:
    """A piece of text. *in* was put in, *out* taken out, *gone* put in and taken out again, by ``author`` at ``date``."""

    text: str
    kind: PieceKind = "plain"
    author: str = ""
    date: str = ""


@dataclass(slots=True)
class ReturnedCell:
    """A cell: its pieces, paragraphs parted by line ends, and the anchors of comments as numbers of characters."""

    pieces: list[TextPiece] = field(default_factory=list)
    anchors: dict[str, list[int]] = field(default_factory=dict)

    @property
    def length(self) -> int:
        return sum(len(piece.text) for piece in self.pieces)

    def text(self, *kinds: PieceKind) -> str:
        """The text of the pieces of some kinds."""
        return "".join(piece.text for piece in self.pieces if piece.kind in kinds)

    @property
    def base(self) -> str:
        """The text with all changes rejected."""
        return self.text("plain", "out")


@dataclass(frozen=True, slots=True)
class ReturnedComment:
    """A comment; ``parent`` is the id of the one that it answers, where the program said so."""

    id: str
    author: str
    date: str
    text: str
    resolved: bool = False
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Returned:
    """A letter that came back. ``saved_by`` and ``saved`` are who saved it last and when, empty where nobody did."""

    letter: ReturnedLetter
    cells: tuple[ReturnedCell, ...]
    comments: tuple[ReturnedComment, ...]
    saved_by: str
    saved: str


def read_returned(data: bytes, path: Path) -> Returned:
    """A letter from its bytes. Raises UnreadableInput for what is damaged, and for a file that is no letter of ours."""
    try:
        package = open_package(data)
        body = package.xml("word/document.xml")
        letter = _letter(package)
        if letter is None:
            raise UnreadableInput(Message("letter-foreign"), path=path)
        saved_by, saved = _saved(package)
        return Returned(letter, tuple(_cells(body)), tuple(_comments(package)), saved_by, saved)
    except NotRead as error:
        raise UnreadableInput(Message("letter-damaged", reason=refusal(error)), path=path) from error
    except (ValueError, KeyError, TypeError) as error:
        raise UnreadableInput(Message("letter-damaged", reason=str(error)), path=path) from error


def _letter(package: Package) -> ReturnedLetter | None:
    for name in sorted(package.names):
        if name.startswith("customXml/") and name.endswith(".xml") and "/_rels/" not in name:
            found = read_letter(package.xml(name))
            if found is not None:
                return found
    return None


def _cells(body: etree._Element) -> Iterator[ReturnedCell]:
    """The cells of all tables, top to bottom; a table inside a cell is left out."""
    for table in body.iter(q("tbl")):
        if any(parent.tag == q("tc") for parent in table.iterancestors()):
            continue
        for cell in table.iter(q("tc")):
            if next(cell.iterancestors(q("tbl"))) is table:
                yield _cell(cell)


def _cell(element: etree._Element) -> ReturnedCell:
    found = ReturnedCell()
    paragraphs = [p for p in element.iter(q("p")) if next(p.iterancestors(q("tc"))) is element]
    for index, paragraph in enumerate(paragraphs):
        if index:
            found.pieces.append(TextPiece("\n"))
        _walk(paragraph, TextPiece(""), found)
    return found


def _walk(element: etree._Element, within: TextPiece, found: ReturnedCell) -> None:
    """Add what an element holds, in order."""
    for child in element:
        name = _local(child)
        if name in _SKIPPED:
            continue
        if name in ("t", "delText") or name in _SIGNS:
            text = _SIGNS.get(name) or child.text or ""
            if text:
                found.pieces.append(replace(within, text=text))
        elif name in ("commentRangeStart", "commentRangeEnd", "commentReference"):
            found.anchors.setdefault(child.get(q("id"), ""), []).append(found.length)
        elif name in ("ins", "moveTo"):
            _walk(child, _changed(child, "in", within), found)
        elif name in ("del", "moveFrom"):
            _walk(child, _changed(child, "out", within), found)
        else:
            _walk(child, within, found)


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _changed(element: etree._Element, kind: PieceKind, within: TextPiece) -> TextPiece:
    """The look of pieces inside a change: what is both put in and taken out is nowhere."""
    date = element.get(f"{{{_W16}}}dateUtc") or element.get(q("date")) or ""
    own = TextPiece("", kind, element.get(q("author"), ""), date)
    if within.kind == "plain" or within.kind == kind:
        return own
    return replace(own if kind == "out" else within, kind="gone")


def _comments(package: Package) -> Iterator[ReturnedComment]:
    if "word/comments.xml" not in package.names:
        return
    states = _states(package)
    names: dict[str, str] = {}
    listed = []
    for comment in package.xml("word/comments.xml").iter(q("comment")):
        paragraphs = list(comment.iter(q("p")))
        text = "\n".join("".join(t.text or "" for t in p.iter(q("t"))) for p in paragraphs)
        name = paragraphs[-1].get(f"{{{W14}}}paraId", "") if paragraphs else ""
        if name:
            names[name] = comment.get(q("id"), "")
        date = comment.get(q("date"), "")
        listed.append(
            (name, ReturnedComment(comment.get(q("id"), ""), comment.get(q("author"), ""), date, text.strip()))
        )
    for name, found in listed:
        done, parent = states.get(name, (False, ""))
        yield replace(found, resolved=done, parent=names.get(parent, ""))  # a comment without a name answers none


def _states(package: Package) -> dict[str, tuple[bool, str]]:
    """Of each comment, by the name of its last paragraph, whether it is resolved and which one it answers."""
    if "word/commentsExtended.xml" not in package.names:
        return {}
    found = {}
    for state in package.xml("word/commentsExtended.xml").iter(f"{{{W15}}}commentEx"):
        done = state.get(f"{{{W15}}}done", "0") in ("1", "true", "on")
        found[state.get(f"{{{W15}}}paraId", "")] = done, state.get(f"{{{W15}}}paraIdParent", "")
    return found


def _saved(package: Package) -> tuple[str, str]:
    """Who saved the file last and when; nothing for a file that only collation has written."""
    if "docProps/core.xml" not in package.names:
        return "", ""
    root = package.xml("docProps/core.xml")
    by = (root.findtext(f"{{{_CORE}}}lastModifiedBy") or "").strip()
    at = (root.findtext(f"{{{_TERMS}}}modified") or "").strip()
    if at.startswith(f"{MADE:%Y-%m-%dT%H:%M:%S}"):
        return "", ""
    return ("" if by == "collation" else by), at
