"""Office files as text, so that tests can compare them and look for words in them.

An office file is a ZIP of XML parts. Fonts, styles and the like are of a library's template and are left out.
"""

from __future__ import annotations

import io
import re
import zipfile

from lxml import etree

_OF_THE_TEMPLATE = re.compile(
    r"(^|/)(styles|stylesWithEffects|theme\d*|fontTable|numbering|webSettings)\.xml$|thumbnail"
)


def parts(data: bytes) -> dict[str, bytes]:
    """The parts of an office file by their names, in the order of the names."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in sorted(file.namelist())}


def as_text(content: str | bytes) -> str:
    """What a writer gave, as text: of an office file the parts that hold its content, laid out."""
    if isinstance(content, str):
        return content
    shown = []
    for name, part in parts(content).items():
        if _OF_THE_TEMPLATE.search(name):
            continue
        is_xml = name.endswith((".xml", ".rels"))
        shown.append(f"=== {name}\n{_laid_out(part) if is_xml else f'{len(part)} bytes'}\n")
    return "\n".join(shown)


def _laid_out(part: bytes) -> str:
    root = etree.fromstring(part, etree.XMLParser(remove_blank_text=True, resolve_entities=False))
    return str(etree.tostring(root, pretty_print=True, encoding="unicode"))
