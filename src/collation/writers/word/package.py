"""A Word file as a package: the parts that are made here put into the template of python-docx.

The same parts give the same bytes: times in the ZIP and in the properties are fixed.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from docx import Document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.shared import Pt
from lxml import etree

from collation.writers.word.word_elements import W, q, to_xml, w

MADE = datetime(2000, 1, 1, tzinfo=UTC)
"""The time in the properties of every file, so that a later one is that of an editor's own program."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"


@dataclass(frozen=True, slots=True)
class WordPart:
    """A part beside the document: its name, its content type, the kind of the relation to it and its bytes."""

    name: str
    content_type: str
    relation: str
    data: bytes


def comments_part(root: etree._Element) -> WordPart:
    return WordPart("/word/comments.xml", f"{_WORD}.comments+xml", f"{_OFFICE}/relationships/comments", to_xml(root))


def footnotes_part(root: etree._Element) -> WordPart:
    return WordPart("/word/footnotes.xml", f"{_WORD}.footnotes+xml", f"{_OFFICE}/relationships/footnotes", to_xml(root))


def extended_comments_part(root: etree._Element) -> WordPart:
    """Which comments are resolved."""
    relation = "http://schemas.microsoft.com/office/2011/relationships/commentsExtended"
    return WordPart("/word/commentsExtended.xml", f"{_WORD}.commentsExtended+xml", relation, to_xml(root))


def custom_part(root: etree._Element) -> WordPart:
    """Data of our own, which Word and LibreOffice keep."""
    return WordPart("/customXml/item9.xml", "application/xml", f"{_OFFICE}/relationships/customXml", to_xml(root))


def package(
    body: Sequence[etree._Element],
    parts: Sequence[WordPart],
    *,
    title: str,
    landscape: bool = False,
    track: bool = False,
    lang: str = "ru-RU",
) -> bytes:
    """The bytes of a file with this body; with ``track`` the changes that are made in it are kept as such."""
    document = Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by = title, "collation", "collation"
    properties.comments = ""
    properties.created = properties.modified = MADE
    _set_page(document, landscape=landscape, lang=lang)
    content = document.element.body
    section = content.find(q("sectPr"))
    for child in list(content):
        if child is not section:
            content.remove(child)
    for element in body:
        section.addprevious(element)
    if track:
        _track(document.settings.element)
    for part in parts:
        made = Part(PackURI(part.name), part.content_type, part.data, document.part.package)
        document.part.relate_to(made, part.relation)
    out = io.BytesIO()
    document.save(out)
    return _settled(out.getvalue())


def _set_page(document: Any, *, landscape: bool, lang: str) -> None:
    section = document.sections[0]
    width, height = 11906 * 635, 16838 * 635  # A4, in English metric units
    section.page_width, section.page_height = (height, width) if landscape else (width, height)
    if landscape:
        section._sectPr.find(q("pgSz")).set(q("orient"), "landscape")
    margin = 1134 * 635
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = margin
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(11)
    normal.paragraph_format.space_after = Pt(4)
    fonts = normal.element.rPr
    fonts.append(w("lang", val=lang))
    for name in ("Heading 1", "Heading 2"):
        style = document.styles[name]
        style.font.name = "Times New Roman"
        font = style.element.rPr.find(q("rFonts"))
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            font.attrib.pop(q(theme), None)
        font.set(q("cs"), "Times New Roman")


def _track(settings: etree._Element) -> None:
    """Ask the editor's program to keep changes as changes; the element has its place in the order of the schema."""
    before = {"writeProtection", "view", "zoom", "removePersonalInformation", "removeDateAndTime",
              "doNotDisplayPageBoundaries", "displayBackgroundShape", "printPostScriptOverText",
              "printFractionalCharacterWidth", "printFormsData", "embedTrueTypeFonts", "embedSystemFonts",
              "saveSubsetFonts", "saveFormsData", "mirrorMargins", "alignBordersAndEdges",
              "bordersDoNotSurroundHeader", "bordersDoNotSurroundFooter", "gutterAtTop", "hideSpellingErrors",
              "hideGrammaticalErrors", "activeWritingStyle", "proofState", "formsDesign", "attachedTemplate",
              "linkStyles", "stylePaneFormatFilter", "stylePaneSortMethod", "documentType", "mailMerge",
              "revisionView"}  # fmt: skip
    at = 0
    for index, child in enumerate(settings, 1):
        if isinstance(child.tag, str) and child.tag.removeprefix(f"{{{W}}}") in before:
            at = index
    settings.insert(at, w("trackRevisions"))


def _settled(data: bytes) -> bytes:
    """The package with fixed times, without the picture that the template has."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as settled:
        for name in made.namelist():
            settled.writestr(zipfile.ZipInfo(name, _ZIP_TIME), made.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()
