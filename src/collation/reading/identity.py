"""What a document is called: the archive's own number, else its reference with date and title, else its digest.

The name is made from the file alone. Two documents of one file unit may come to the same name, and an edited file
without a number or reference comes to another one; which document in the logs a file is, is settled by ``identity``
above, where the logs are known.
"""

from __future__ import annotations

import regex

from collation.model import Catalogue

PARTS = " · "
MARK = " #"
"""Precedes the digest of the text as first seen, where a name alone does not tell two documents apart."""
_NUMBER = regex.compile(r"/document/(\d+)")
_REFERENCE = regex.compile(r"\b(?:fond|f\.)\s*\S+.{3,80}", regex.I)
_UNIT = regex.compile(r".*?\b(?:d|delo|file|item)\b\.?\s*\d+", regex.I)
_LONGEST = 120


def name_of(catalogue: Catalogue, digest: str) -> str:
    """The name of a document."""
    citation = catalogue.value("citation")
    if number := _NUMBER.search(citation):
        return str(number.group(1))
    if reference := _REFERENCE.search(citation):
        parts = (reference.group().rstrip(". "), catalogue.value("date"), catalogue.value("title")[:_LONGEST])
        return PARTS.join(" ".join(part.split()) for part in parts if part.strip())
    return digest[:16]


def is_number(name: str) -> bool:
    """Whether a name is the archive's own number."""
    return name.split(MARK)[0].isdecimal() and len(name.split(MARK)[0]) < 13


def is_digest(name: str) -> bool:
    """Whether a name is the beginning of a digest, the document having neither number nor reference."""
    return regex.fullmatch(r"[0-9a-f]{16}", name) is not None


def reference_of(name: str) -> str:
    """The reference in a name, or its number; up to version 0.1 that was the whole name."""
    return name.split(MARK)[0].split(PARTS)[0]


def unit_of(name: str) -> str:
    """The file unit in a name, without leaves: what is left of the reference when leaves are put in or mended."""
    reference = reference_of(name)
    found = _UNIT.match(reference)
    return found.group() if found else reference


def heading_of(name: str) -> str:
    """Date and title in a name; empty where it has none."""
    return PARTS.join(name.split(MARK)[0].split(PARTS)[1:])
