"""Elements of WordprocessingML, made one call each. Text goes in with its line ends and tabs; what XML refuses is an escape."""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

from collation.writers.word.cells import in_xml

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
W14 = "http://schemas.microsoft.com/office/word/2010/wordml"
W15 = "http://schemas.microsoft.com/office/word/2012/wordml"
MC = "http://schemas.openxmlformats.org/markup-compatibility/2006"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_PIECES = re.compile(r"[\t\n]|[^\t\n]+")


def q(name: str) -> str:
    """A name of the main namespace as lxml writes it."""
    return f"{{{W}}}{name}"


def w(name: str, *children: etree._Element | None, **attributes: object) -> etree._Element:
    """An element with its children and attributes, all of the main namespace; None among the children is left out."""
    made = etree.Element(q(name), {q(key): str(value) for key, value in attributes.items()}, nsmap={"w": W})
    made.extend(child for child in children if child is not None)
    return made


def run(
    text: str, *, bold: bool = False, italic: bool = False, grey: bool = False, style: str = "", deleted: bool = False
) -> etree._Element:
    """A run of text; deleted text has an element of its own."""
    looks = [
        w("rStyle", val=style) if style else None,
        w("b") if bold else None,
        w("i") if italic else None,
        w("color", val="7F7F7F") if grey else None,
    ]
    properties = w("rPr", *looks) if any(look is not None for look in looks) else None
    return w("r", properties, *_texts(text, "delText" if deleted else "t"))


def _texts(text: str, name: str) -> Iterable[etree._Element]:
    for piece in _PIECES.findall(in_xml(text)):
        if piece in "\t\n":
            yield w("tab" if piece == "\t" else "br")
            continue
        made = w(name)
        made.text = piece
        made.set(XML_SPACE, "preserve")
        yield made


def paragraph(*content: etree._Element, style: str = "", properties: Iterable[etree._Element] = ()) -> etree._Element:
    """A paragraph of a style; ``properties`` follow it in the order of the schema."""
    own = [w("pStyle", val=style)] if style else []
    own += properties
    return w("p", w("pPr", *own) if own else None, *content)


def deletion(number: int, author: str, date: str, *content: etree._Element) -> etree._Element:
    """Words that are to be taken out."""
    return w("del", *content, id=number, author=in_xml(author), **_dated(date))


def insertion(number: int, author: str, date: str, *content: etree._Element) -> etree._Element:
    """Words that are to be put in."""
    return w("ins", *content, id=number, author=in_xml(author), **_dated(date))


def _dated(date: str) -> dict[str, str]:
    return {"date": date} if date else {}


def table(rows: Iterable[etree._Element], widths: Iterable[int]) -> etree._Element:
    """A table with lines between its rows and columns of the given widths, in twentieths of a point."""
    listed = list(widths)
    lines = [w(name, val="single", sz=4, space=0, color="BFBFBF") for name in ("top", "bottom", "insideH", "insideV")]
    properties = w(
        "tblPr",
        w("tblW", w=sum(listed), type="dxa"),
        w("tblBorders", *lines),
        w("tblLayout", type="fixed"),
        w("tblCellMar", w("left", w=110, type="dxa"), w("right", w=110, type="dxa")),
    )
    return w("tbl", properties, w("tblGrid", *(w("gridCol", w=width) for width in listed)), *rows)


def table_row(cells: Iterable[tuple[int, Iterable[etree._Element]]], *, head: bool = False) -> etree._Element:
    """A row of cells, each with its width and its paragraphs; a head is printed on every page."""
    made = w("tr", w("trPr", w("tblHeader")) if head else None)
    for width, paragraphs in cells:
        content = list(paragraphs) or [w("p")]
        made.append(w("tc", w("tcPr", w("tcW", w=width, type="dxa")), *content))
    return made


def to_xml(root: etree._Element) -> bytes:
    """A part of a package."""
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
