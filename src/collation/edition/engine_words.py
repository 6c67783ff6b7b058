"""How hOCR, ALTO and PAGE write a word: the changes that give one of their elements another text, box or id.

What the engine said of the old word goes: its confidence, the boxes of its letters. ALTO says of a changed word that it was
corrected (``CS``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from collation.edition.xml_spans import Change, Node, XmlBytes, escaped, with_attributes
from collation.model import Box, OnPage
from collation.reading.page_lines import number

_BBOX = re.compile(r"bbox\s+\S+\s+\S+\s+\S+\s+[^\s;]+")
_CONFIDENCE = re.compile(r"\s*;?\s*x_wconf\s+[^\s;]+")
WriteWord = Callable[[XmlBytes, Node, str, Box | None, str | None], list[Change]]


def write_string(xml: XmlBytes, node: Node, text: str, box: Box | None, name: str | None) -> list[Change]:
    """A String of ALTO, without the hyphen at the end of its line."""
    values: dict[str, str | None] = {"CONTENT": text, "WC": None, "CC": None}
    if box is not None:
        left, top, right, bottom = box
        values |= {"SUBS_TYPE": None, "SUBS_CONTENT": None}
        values |= dict(
            zip(("HPOS", "VPOS", "WIDTH", "HEIGHT"), map(shown, (left, top, right - left, bottom - top)), strict=True)
        )
    if name is not None:
        values["ID"] = name
    root = xml.nodes[0]
    if any("/alto/ns-v" in value and "ns-v1" not in value for value in root.attributes.values()):
        values["CS"] = "true"
    inner = [(glyph.start, glyph.stop, "") for glyph in node.children]
    return [*with_attributes(xml, node, values), *inner]


def write_word(xml: XmlBytes, node: Node, text: str, box: Box | None, name: str | None) -> list[Change]:
    """A Word or a TextLine of PAGE: its reading; a changed box is a rectangle, without a baseline."""
    changes = write_reading(xml, node, text)
    changes += [(glyph.start, glyph.stop, "") for glyph in node.children if glyph.name == "Glyph"]
    coords = node.child("Coords")
    if box is not None and coords is not None:
        left, top, right, bottom = map(shown, box)
        points = f"{left},{top} {right},{top} {right},{bottom} {left},{bottom}"
        changes += with_attributes(xml, coords, {"points": points})
        changes += [(old.start, old.stop, "") for old in coords.children if old.name == "Point"]
        changes += [(line.start, line.stop, "") for line in node.children if line.name == "Baseline"]
    if name is not None:
        changes += with_attributes(xml, node, {"id": name})
    return changes


def write_reading(xml: XmlBytes, node: Node, text: str) -> list[Change]:
    """The reading of an element of PAGE that counts; blanks around it stay."""
    readings = [child for child in node.children if child.name == "TextEquiv"]
    best = min(readings, key=lambda child: number(child.attributes.get("index")) or 0, default=None)
    plain = best.child("Unicode") if best is not None else None
    if best is None or plain is None:
        return []
    changes = with_attributes(xml, best, {"conf": None})
    if xml.data[plain.inner - 2 : plain.inner] == b"/>":
        tag = xml.text(plain.start, plain.inner)
        return [*changes, (plain.start, plain.stop, f"{tag[:-2]}>{escaped(text)}</{tag[1:-2].split()[0]}>")]
    stop = xml.content_stop(plain)
    old = xml.text(plain.inner, stop)
    start = plain.inner + len(old[: len(old) - len(old.lstrip())].encode())
    return [*changes, (start, start + len(old.strip().encode()), escaped(text))]


def write_hocr_word(xml: XmlBytes, node: Node, text: str, box: Box | None, name: str | None) -> list[Change]:
    """A word or a line of hOCR. Bold and italic type of the whole word stay."""
    title = _CONFIDENCE.sub("", node.attributes.get("title", ""))
    if box is not None:
        title = _BBOX.sub("bbox " + " ".join(map(shown, box)), title)
    values: dict[str, str | None] = {"title": title} if "title" in node.attributes else {}
    if name is not None:
        values["id"] = name
    inside = node
    while len(inside.children) == 1 and xml.text(inside.children[0].start, inside.children[0].stop).strip() == (
        xml.text(inside.inner, xml.content_stop(inside)).strip()
    ):
        inside = inside.children[0]
    return [*with_attributes(xml, node, values), (inside.inner, xml.content_stop(inside), escaped(text))]


WRITERS: dict[str, WriteWord] = {"alto": write_string, "page": write_word, "hocr": write_hocr_word}
"""How each kind of file writes a word."""


def shown(value: float) -> str:
    """A measure as files have it."""
    return str(int(value)) if value == int(value) else f"{value:.2f}"


def around(items: Sequence[OnPage]) -> Box | None:
    """The box around those of some words."""
    boxes = [item.box for item in items if item.box is not None]
    if not boxes:
        return None
    return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


def divided(box: Box | None, words: Sequence[str]) -> list[Box | None]:
    """A box divided among words by their length, with a blank between two."""
    if box is None:
        return [None] * len(words)
    left, top, right, bottom = box
    unit = (right - left) / (sum(map(len, words)) + len(words) - 1)
    found: list[Box | None] = []
    at = left
    for word in words:
        found.append((float(round(at)), top, float(round(at + unit * len(word))), bottom))
        at += unit * (len(word) + 1)
    return found
