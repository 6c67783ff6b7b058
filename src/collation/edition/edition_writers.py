"""The formats in which an edition is written: one function and one line each.

What an edition says is settled when it is made (``edit``); a writer only gives it a form. One that needs a library which
not everybody installs is imported when it writes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from collation.edition.edit import Edition
from collation.edition.engine_files import write_engine_file
from collation.edition.engine_words import WRITERS
from collation.edition.patch import encoded
from collation.errors.extras import need_extra
from collation.model import Document, Part
from collation.writers.phrases import Lang


class _WriteEdition(Protocol):
    def __call__(self, edition: Edition, document: Document, *, lang: Lang = "en") -> str | bytes: ...


class _WriteFile(Protocol):
    def __call__(self, edition: Edition, part: Part, data: bytes) -> bytes: ...


@dataclass(frozen=True, slots=True)
class EditionWriter:
    """A format: the suffix of its files, empty where the edition keeps the name of its document; and its function.

    A format that only some kinds of files have is written file by file, under their names: ``write_file`` makes one of the
    bytes of a file of these ``kinds``.
    ``libraries`` are modules that it needs and that only the extra ``extra`` installs.
    """

    suffix: str
    write: _WriteEdition
    libraries: tuple[str, ...] = ()
    extra: str = "office"
    write_file: _WriteFile | None = None
    kinds: frozenset[str] = frozenset()


def _as_its_document(edition: Edition, document: Document, *, lang: Lang = "en") -> bytes:
    """The text in the encoding of the document, byte for byte the same outside the changed places."""
    return encoded(edition)


def _as_word(edition: Edition, document: Document, *, lang: Lang = "en") -> bytes:
    from collation.edition.as_word import write_word_edition

    return write_word_edition(edition, document, lang=lang)


def _as_tei(edition: Edition, document: Document, *, lang: Lang = "en") -> str:
    from collation.edition.as_xml import write_tei_edition

    return write_tei_edition(edition, document, lang=lang)


def _as_tei_choice(edition: Edition, document: Document, *, lang: Lang = "en") -> str:
    from collation.edition.as_xml import write_tei_choice_edition

    return write_tei_choice_edition(edition, document, lang=lang)


EDITION_WRITERS: dict[str, EditionWriter] = {
    "text": EditionWriter("", _as_its_document),
    "docx": EditionWriter(".docx", _as_word, libraries=("docx",)),
    "engine": EditionWriter("", _as_its_document, write_file=write_engine_file, kinds=frozenset(WRITERS)),
    "tei": EditionWriter(".edition.xml", _as_tei),
    "tei-choice": EditionWriter(".edition-choice.xml", _as_tei_choice),
}


def edition_writer(name: str) -> EditionWriter:
    """The writer of a format of the list. Raises CollationError, with what to install, when a library is missing."""
    found = EDITION_WRITERS[name]
    need_extra(found.extra, found.libraries, form=name)
    return found
