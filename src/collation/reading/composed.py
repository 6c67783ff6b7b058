"""The text of a document put together: from one file that is no plain text, or from the files of its texts.

What a reader of a kind of file gives is a ``FileText``: the text with its elements, and which stretches of it are a text,
a note or furniture. The texts of the files are joined by a blank line, in the order in which they are given; each may begin
with a catalogue header. Nothing is put into the text of a file and nothing left out of it.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from collation.model import Element, OnPage, PageSize, Part, Place, Source, Testimony, Told
from collation.model.offsets import Offsets
from collation.model.parts import PartRole
from collation.reading.lines import line_starts

Use = Literal["original", "translation", "note", "furniture", "heading"]
GAP = "\n\n"
"""What is put between the texts of two files."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of a text that is not left to its content: a side, a note (``about`` the words before an offset), furniture."""

    place: Place
    use: Use
    about: Place | None = None


@dataclass(frozen=True, slots=True)
class FileText:
    """What was read from a file: its text, where it decides what stretches are, and what is told of the rest.

    ``kind`` is "text" where the text is the bytes of the file decoded in ``encoding``.
    """

    text: str
    encoding: str = "utf-8"
    kind: str = "text"
    elements: tuple[Element, ...] = ()
    stretches: tuple[Stretch, ...] = ()
    told: tuple[Told, ...] = ()
    testimony: tuple[Testimony, ...] = ()
    on_page: tuple[OnPage, ...] = ()
    pages: tuple[PageSize, ...] = ()
    engine: str = ""


@dataclass(frozen=True, slots=True)
class PartText:
    """The text of a file with its path, what is said of it, and the digest of its bytes."""

    label: str
    read: FileText
    digest: str
    role: PartRole = ""
    siglum: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Composed:
    """A text put together. Places in ``parts``, ``stretches`` and ``testimony`` are of this text."""

    text: str
    digest: str
    encoding: str
    parts: tuple[Part, ...]
    stretches: tuple[Stretch, ...]
    line_starts: tuple[int, ...]
    testimony: tuple[Testimony, ...] = ()


def compose(texts: Sequence[PartText]) -> Composed:
    """The texts of files put together in this order. One plain text without a role is itself, and has no parts."""
    if len(texts) == 1 and texts[0].read.kind == "text" and not texts[0].role:
        only = texts[0].read
        return Composed(only.text, texts[0].digest, only.encoding, (), only.stretches, line_starts(only.text))
    pieces: list[str] = []
    parts: list[Part] = []
    stretches: list[Stretch] = []
    starts: list[int] = []
    testimony: list[Testimony] = []
    at = 0
    for text in texts:
        shift = Offsets(
            tuple(range(at, at + len(text.read.text) + 1)), tuple(range(at + 1, at + len(text.read.text) + 1))
        )
        place = Place.at(at, at + len(text.read.text))
        parts.append(_part(text, place, shift))
        stretches += shift.moved(text.read.stretches)
        testimony += shift.moved(text.read.testimony)
        if text.role in ("original", "translation") and not _sides(text.read):
            stretches.append(Stretch(place, text.role))
        starts += [at + start for start in line_starts(text.read.text)]
        pieces.append(text.read.text)
        at += len(text.read.text) + len(GAP)
    encodings = {text.read.encoding for text in texts}
    encoding = encodings.pop() if len(encodings) == 1 else "utf-8"
    digest = digest_of_parts([(text.role, text.siglum, text.language, text.digest) for text in texts])
    return Composed(GAP.join(pieces), digest, encoding, tuple(parts), tuple(stretches), tuple(starts), tuple(testimony))


def _part(text: PartText, place: Place, shift: Offsets) -> Part:
    read = text.read
    return Part(
        label=text.label, place=place, digest=text.digest, kind=read.kind, role=text.role, siglum=text.siglum,
        language=text.language, encoding=read.encoding, elements=shift.moved(read.elements), told=read.told,
        on_page=shift.moved(read.on_page), pages=read.pages, engine=read.engine,
    )  # fmt: skip


def _sides(read: FileText) -> bool:
    """Whether a file says itself which of its stretches are of which side."""
    return any(stretch.use in ("original", "translation") for stretch in read.stretches)


def digest_of_parts(parts: Sequence[tuple[str, str, str, str]]) -> str:
    """The digest of a document of files, given the role, siglum, language and digest of each: that of its only file, or
    one of all that is said.
    """
    if len(parts) == 1:
        return parts[0][-1]
    return hashlib.sha256("\n".join("\0".join(part) for part in parts).encode()).hexdigest()


def seen(composed: Composed, offsets: Offsets | None) -> Composed:
    """The same with every place in the text as read, which has no invisible signs."""
    if offsets is None:
        return composed

    def there(place: Place) -> Place:
        start = bisect_left(offsets.starts, place.start)
        return Place.at(start, max(start, bisect_left(offsets.starts, place.stop)))

    parts = tuple(
        replace(
            part,
            place=there(part.place),
            elements=tuple(replace(element, place=there(element.place)) for element in part.elements),
            on_page=tuple(replace(item, place=there(item.place)) for item in part.on_page),
        )
        for part in composed.parts
    )
    stretches = tuple(
        replace(stretch, place=there(stretch.place), about=there(stretch.about) if stretch.about else None)
        for stretch in composed.stretches
    )
    testimony = tuple(
        replace(item, place=there(item.place), about=there(item.about) if item.about else None)
        for item in composed.testimony
    )
    return replace(composed, parts=parts, stretches=stretches, testimony=testimony)


def starts_seen(source: Source, offsets: Offsets | None, composed: Composed) -> tuple[int, ...]:
    """Where the lines of the text as read begin: as those of the files do."""
    if not composed.parts:
        return line_starts(source.text)
    if offsets is None:
        return composed.line_starts
    return tuple(dict.fromkeys(bisect_left(offsets.starts, start) for start in composed.line_starts))
