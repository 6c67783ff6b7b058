"""XLIFF 1.2 and 2, and TMX 1.4, to a text: units of an original and its translation, which stay opposite each other.

The text has all originals, then all translations, a paragraph or more for each unit; which belong together is said by their
numbers, and is not guessed again (``alignment/given_links.py``). Sides are told by the languages that the file names, whichever
of them it calls the source; where it names none, by what is written. Codes of the program that made the text (``ph``,
``bpt`` …) are left out, text inside of marks stays. Proposals of a memory (``alt-trans``) and notes are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collation.errors import Message, UnreadableInput
from collation.languages import pair_of
from collation.reading.blocks import Block, Blocks
from collation.reading.composed import FileText, Use
from collation.reading.zones import Side, counter, side_of_code
from collation.system.untrusted import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_CODES = frozenset({"bpt", "ept", "ph", "it", "ut", "x", "bx", "ex", "sc", "ec", "sub"})
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SIDES: tuple[Side, Side] = ("original", "translation")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A unit: the texts that it has, by the codes of their languages as the file writes them, and its path."""

    texts: tuple[tuple[str, str], ...]
    path: str


def read_xliff(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of an XLIFF file. Raises NotRead or UnreadableInput when it is none that can be read."""
    root = parse_xml(data)
    blocks = Blocks()
    blocks.told["comments-left-out"] = sum(_name(element) == "note" for element in root.iter())
    return _composed(list(_xliff_units(root)), blocks, "xliff", label)


def read_tmx(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text of a translation memory. Raises NotRead or UnreadableInput when it is none that can be read."""
    root = parse_xml(data)
    blocks = Blocks()
    blocks.told["comments-left-out"] = sum(_name(element) == "note" for element in root.iter())
    return _composed(list(_tmx_units(root)), blocks, "tmx", label)


def _xliff_units(root: _Element) -> Iterator[_Unit]:
    later = root.get("srcLang") is not None or str(root.get("version", "")).startswith("2")
    for file in (element for element in root.iter() if _name(element) == "file"):
        codes = (root.get("srcLang"), root.get("trgLang")) if later else (
            file.get("source-language"), file.get("target-language"),
        )  # fmt: skip
        for unit in (element for element in file.iter() if _name(element) in ("trans-unit", "segment")):
            texts: list[tuple[str, str]] = []
            for name, code in zip(("source", "target"), codes, strict=True):
                own = next((child for child in unit if _name(child) == name), None)
                texts.append((str(code or f"?{name}"), _text(own) if own is not None else ""))
            parent = unit.getparent()
            known = unit.get("id") or (parent.get("id") if parent is not None and later else None)
            yield _Unit(tuple(texts), f"//{'unit' if later else 'trans-unit'}[@id='{known}']" if known else "//unit")


def _tmx_units(root: _Element) -> Iterator[_Unit]:
    for count, unit in enumerate((element for element in root.iter() if _name(element) == "tu"), 1):
        texts: list[tuple[str, str]] = []
        for variant in (child for child in unit if _name(child) == "tuv"):
            segment = next((child for child in variant if _name(child) == "seg"), None)
            code = str(variant.get(_LANG) or variant.get("lang") or "")
            if segment is not None:
                texts.append((code or f"?{len(texts)}", _text(segment)))
        known = unit.get("tuid")
        yield _Unit(tuple(texts), f"//tu[@tuid='{known}']" if known else f"//tu[{count}]")


def _composed(units: list[_Unit], blocks: Blocks, kind: str, label: str) -> FileText:
    sides = _sides(units, label)
    for number, unit in enumerate(units, 1):
        taken: set[Use] = set()
        for code, text in unit.texts:
            side = sides.get(code)
            if side is not None and side not in taken and text:
                taken.add(side)
                blocks.add(Block(text, "unit", (number,), unit.path, side))
    return blocks.composed(kind, label=label)


def _sides(units: list[_Unit], label: str) -> dict[str, Side]:
    """The side of each language that a file names; where it names none of ours and says nothing, by its letters.

    Raises UnreadableInput when the languages that it names are others.
    """
    codes = list(dict.fromkeys(code for unit in units for code, _ in unit.texts))
    sides: dict[str, Side] = {code: side for code in codes if (side := side_of_code(code)) is not None}
    unnamed = [code for code in codes if code.startswith("?")]
    if not sides and codes and not unnamed:
        raise UnreadableInput(Message("bilingual-languages", found=", ".join(codes)), path=label)
    count = counter(pair_of(""))
    for code in unnamed:
        own, other = count(" ".join(text for unit in units for its, text in unit.texts if its == code))
        sides[code] = "original" if own >= other else "translation"
    return sides


def _text(element: _Element) -> str:
    """The text of an element without the codes of a program in it, blanks run together."""
    pieces = [str(element.text or "")]
    for child in element:
        if _name(child) == "cp":
            pieces.append(_character(str(child.get("hex", ""))))
        elif _name(child) not in _CODES:
            pieces.append(_text(child))
        pieces.append(str(child.tail or ""))
    return "".join(pieces) if _name(element) in ("g", "mrk", "pc", "hi") else " ".join("".join(pieces).split())


def _character(code: str) -> str:
    """A character that XML cannot have: a blank for those that part words, else nothing."""
    return " " if code.strip("0").lower() in ("9", "a", "b", "c", "d") else ""


def _name(element: _Element) -> str:
    return str(element.tag).rpartition("}")[2]
