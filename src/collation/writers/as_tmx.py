"""The alignment of documents as TMX 1.4b, the exchange format of translation memories: a unit for each pair of sentences.

TMX has no place for a sentence without an answer, so these are left out. A sentence is a line: words broken over the lines
of the page are whole, and what XML cannot hold is shown as escapes (``\\u000c``). Every unit says which document it is from
and on which lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from collation.languages import pair_of_document
from collation.model import Aligned, SentencePair, Source, Token
from collation.model.witness_table import spaced
from collation.system.digest import library_versions
from collation.writers.tei.xml_tree import XML, in_attribute

_VERSION = "1.4"  # 1.4b is the second release of its text


def tmx_units(aligned: Aligned) -> str:
    """The units of one document, in the order of its links; to be put together by ``tmx_memory``."""
    aligned = aligned.in_file()
    languages = pair_of_document(aligned.document)
    codes = languages.original.code, languages.translation.code
    pairs = [p for p in aligned.pairs if p.original and p.translation]
    units = [_unit(pair, n, codes, aligned.document.source) for n, pair in enumerate(pairs, 1)]
    return "".join(etree.tostring(unit, encoding="unicode") + "\n" for unit in units)


def tmx_memory(units: Iterable[str], *, srclang: str = "ru") -> str:
    """A translation memory of the units of some documents, to be saved as UTF-8."""
    root = etree.Element("tmx", version=_VERSION)
    version = library_versions(["collation"])[0].removeprefix("collation ")
    facts = {
        "creationtool": "collation", "creationtoolversion": version, "o-tmf": "collation", "adminlang": "en",
        "segtype": "sentence", "srclang": srclang, "datatype": "plaintext",
    }  # fmt: skip
    etree.SubElement(root, "header", facts)
    etree.SubElement(root, "body").text = "\n"
    before, end, after = etree.tostring(root, encoding="unicode").partition("</body>")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{before}{"".join(units)}{end}{after}\n'


def _unit(pair: SentencePair, number: int, codes: tuple[str, str], source: Source) -> etree._Element:
    sides = (pair.original, pair.translation)
    unit = etree.Element("tu", tuid=f"{source.digest[:16]}-{number}", srclang=codes[0])
    lines = " = ".join(_lines(source, tokens) for tokens in sides)
    for name, value in (("document", source.id), ("file", source.label), ("lines", lines)):
        etree.SubElement(unit, "prop", type=f"x-collation-{name}").text = in_attribute(value)
    for code, tokens in zip(codes, sides, strict=True):
        variant = etree.SubElement(unit, "tuv", {f"{{{XML}}}lang": code})
        etree.SubElement(variant, "seg").text = in_attribute(" ".join(spaced(iter(tokens)).split()))
    return unit


def _lines(source: Source, tokens: Sequence[Token]) -> str:
    first, last = source.line(tokens[0].start), source.line(max(tokens[0].start, tokens[-1].stop - 1))
    return str(first) if first == last else f"{first}-{last}"
