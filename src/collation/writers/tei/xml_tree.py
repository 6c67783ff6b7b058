"""Elements of TEI, and text in them of which no character is lost.

XML 1.0 has no place for most control characters, for halves of characters and for U+FFFE and U+FFFF, not even escaped.
TEI's way is ``g``: each of them is written as ``<g ref="#u000C"/>`` and declared in the header (``charDecl``), so that it
can be read back. In attributes, where no element can be, they are shown as escapes (``\\u000c``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from lxml import etree

TEI = "http://www.tei-c.org/ns/1.0"
XML = "http://www.w3.org/XML/1998/namespace"
Element = etree._Element

_HOSTILE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_OF_NAMES = {"id": f"{{{XML}}}id", "lang": f"{{{XML}}}lang", "space": f"{{{XML}}}space", "from_": "from"}


def node(parent: Element | None, tag: str, text: str = "", /, **attributes: str) -> Element:
    """A new element of TEI at the end of another, with its text; empty attributes are left out.

    ``id``, ``lang`` and ``space`` are those of XML; ``from_`` is ``from``.
    """
    made: Element
    if parent is None:
        made = etree.Element(f"{{{TEI}}}{tag}", nsmap={None: TEI})
    else:
        made = etree.SubElement(parent, f"{{{TEI}}}{tag}")
    for name, value in attributes.items():
        if value:
            made.set(_OF_NAMES.get(name, name), in_attribute(value))
    put(made, text)
    return made


def put(parent: Element, text: str) -> None:
    """Add text to an element, behind what it has."""
    at = 0
    for match in _HOSTILE.finditer(text):
        _add(parent, text[at : match.start()])
        node(parent, "g", ref=f"#{character_id(match[0])}")
        at = match.end()
    _add(parent, text[at:])


def _add(parent: Element, text: str) -> None:
    if not text:
        return
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def character_id(character: str) -> str:
    """The id under which a character that XML cannot hold is declared: "u000C"."""
    return f"u{ord(character):04X}"


def in_attribute(value: str) -> str:
    """A value without what XML cannot hold: such characters are shown as escapes."""
    return _HOSTILE.sub(lambda match: f"\\u{ord(match[0]):04x}", value)


def characters_used(trees: Iterable[Element]) -> list[str]:
    """The ids of the characters that trees name by ``g``, each once, in order."""
    found = {reference for tree in trees for g in tree.iter(f"{{{TEI}}}g") if (reference := str(g.get("ref", "")))}
    return sorted(reference.removeprefix("#") for reference in found)


def serialise(root: Element) -> str:
    """The document as text, with a declaration that says UTF-8, for that is how it is to be saved."""
    body = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{body}\n'
