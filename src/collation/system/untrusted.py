"""XML and packed files from anybody, read without harm.

A file may name entities that grow to gigabytes, addresses that would be fetched, members that lead out of their folder or
unpack to more than the memory holds. Here XML is parsed without entities, without a DTD and without a network, and of a
ZIP only the members asked for are unpacked, in memory, up to a limit. Nothing is ever written to the disk.

What is refused is a ``NotRead`` with a key, whose sentence in both languages is in ``errors/messages.tsv``;
``errors.refusal`` makes a message of it. The libraries are loaded when they are needed, and named with the command that
installs them where they are missing.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from types import ModuleType
from typing import TYPE_CHECKING

from collation.system.files import size_in_words

if TYPE_CHECKING:
    from lxml.etree import _Element

MOST_XML = 32_000_000
"""Bytes of one XML: eight times the text of the longest document that is read."""
DEEPEST = 200  # elements inside one another; documents have some thirty
MOST_MEMBERS = 5_000  # of a ZIP; documents have some hundred
MOST_UNPACKED = 512_000_000  # bytes that all members may claim to be, images included
MOST_RATIO = 250  # times that a member may be larger than packed; texts in XML come to some sixty
SMALL = 1_000_000  # bytes that a member may have whatever its ratio
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.I)
_DECLARED = re.compile(rb"<!ENTITY", re.I)
_LEADS_OUT = re.compile(r"^[/\\]|^[A-Za-z]:|(^|[/\\])\.\.([/\\]|$)|\x00")
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
KEYS = frozenset({
    "extra-missing", "image-broken", "image-huge", "image-large", "image-pages", "image-pixels", "image-small", "no-page-model", "pdf-broken", "pdf-pages", "xml-broken", "xml-deep", "xml-entities", "xml-large", "zip-bomb", "zip-encrypted", "zip-large",
    "zip-many", "zip-member-damaged", "zip-member-missing", "zip-member-twice", "zip-path",
})  # fmt: skip
"""The keys of all refusals."""


class NotRead(ValueError):
    """Content that is not read: the key of the sentence that says why, and what is filled in."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key, values)
        self.key = key
        self.values = values


def library(name: str, *, extra: str) -> ModuleType:
    """A module of a library that comes with an extra of collation. Raises NotRead, with the command that installs it."""
    try:
        return import_module(name)
    except ImportError as error:
        command = f'python -m pip install "collation[{extra}]"'
        raise NotRead("extra-missing", library=name.partition(".")[0], command=command) from error


def parse_xml(data: bytes, *, most: int = MOST_XML, deepest: int = DEEPEST, extra: str = "tei") -> _Element:
    """The root element of an XML; comments and processing instructions are left out.

    ``extra`` is the extra of collation that is named when lxml is missing. Raises NotRead for what is too large or too
    deep, for what is no well-formed XML (with its line), and for entities of its own: none is ever expanded, and
    nothing that the XML names is fetched. A document type that only gives the address of a DTD is passed over.
    """
    etree = library("lxml.etree", extra=extra)
    if len(data) > most:
        raise NotRead("xml-large", size=size_in_words(len(data)), most=size_in_words(most))
    plain = data.replace(b"\0", b"")  # of UTF-16 and UTF-32 too
    if _DOCTYPE.search(plain) and _DECLARED.search(plain):
        raise NotRead("xml-entities")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, attribute_defaults=False,
        huge_tree=False, recover=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        root: _Element = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError, LookupError) as error:
        line = getattr(error, "lineno", None) or 1
        raise NotRead("xml-broken", line=line, reason=getattr(error, "msg", None) or error) from error
    declared = root.getroottree().docinfo.internalDTD
    if (declared is not None and any(True for _ in declared.iterentities())) or next(
        root.iter(etree.Entity), None
    ) is not None:
        raise NotRead("xml-entities")
    _check_depth(root, deepest)
    return root


def parse_html(
    data: bytes, *, most: int = MOST_XML, deepest: int = DEEPEST, extra: str = "tei", encoding: str | None = None
) -> _Element:
    """The root element of a web page, read as browsers read what is no well-formed XML. Raises NotRead for what is too
    large, too deep or declares entities; nothing is fetched.
    """
    html = library("lxml.html", extra=extra)
    if len(data) > most:
        raise NotRead("xml-large", size=size_in_words(len(data)), most=size_in_words(most))
    if _DECLARED.search(data.replace(b"\0", b"")):
        raise NotRead("xml-entities")
    parser = html.HTMLParser(encoding=encoding, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root: _Element = html.document_fromstring(data, parser=parser)
    except (html.etree.ParserError, html.etree.XMLSyntaxError, ValueError, LookupError) as error:
        raise NotRead("xml-broken", line=1, reason=error) from error
    _check_depth(root, deepest)
    return root


def _check_depth(root: _Element, deepest: int) -> None:
    """Raise NotRead where elements lie too deep in one another."""
    layer, depth = [root], 1
    while layer := [child for element in layer for child in element]:
        depth += 1
        if depth > deepest:
            raise NotRead("xml-deep", most=deepest)


@dataclass(frozen=True, slots=True)
class Package:
    """A ZIP in memory, such as a document of Word or LibreOffice; ``names`` are its members."""

    names: frozenset[str]
    _zip: zipfile.ZipFile

    def read(self, name: str, *, most: int = MOST_XML) -> bytes:
        """A member unpacked. Raises NotRead when it is missing, encrypted or damaged, or grows beyond its limits."""
        if name not in self.names:
            raise NotRead("zip-member-missing", name=name)
        info = self._zip.getinfo(name)
        if info.flag_bits & _ENCRYPTED:
            raise NotRead("zip-encrypted")
        if info.compress_type not in _METHODS:
            raise NotRead("zip-member-damaged", name=name)
        try:
            with self._zip.open(name=info, mode="r") as member:
                data = member.read(most + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
            ValueError,
        ) as error:
            raise NotRead("zip-member-damaged", name=name) from error
        if len(data) > most:
            raise NotRead("zip-large", name=name, most=size_in_words(most))
        if len(data) > max(SMALL, MOST_RATIO * info.compress_size):
            raise NotRead("zip-bomb", name=name)
        return data

    def xml(self, name: str, *, extra: str = "office") -> _Element:
        """A member parsed as XML. Raises NotRead as ``read`` and ``parse_xml`` do."""
        return parse_xml(self.read(name), extra=extra)


def open_package(data: bytes) -> Package:
    """The ZIP in these bytes. Raises NotRead when it cannot be listed, or claims what no document has: too many
    members, too much when unpacked, one name twice, a name that leads out of the package. Nothing is unpacked yet.
    """
    try:
        packed = zipfile.ZipFile(BytesIO(data))
        members = packed.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError) as error:
        raise NotRead("zip-member-damaged", name="ZIP") from error
    if len(members) > MOST_MEMBERS:
        raise NotRead("zip-many", count=len(members), most=MOST_MEMBERS)
    if sum(member.file_size for member in members) > MOST_UNPACKED:
        raise NotRead("zip-large", name="ZIP", most=size_in_words(MOST_UNPACKED))
    names = [member.filename for member in members]
    if outside := next((name for name in names if _LEADS_OUT.search(name)), None):
        raise NotRead("zip-path", name=outside)
    if len(set(names)) < len(names):
        raise NotRead("zip-member-twice", name=next(name for name in names if names.count(name) > 1))
    return Package(frozenset(names), packed)
