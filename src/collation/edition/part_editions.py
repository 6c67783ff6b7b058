"""An edition file by file: a document of several files is written as several.

A file whose form cannot be written back (Word, OpenDocument, TEI) is given as its text.
"""

from __future__ import annotations

from dataclasses import dataclass

from collation.edition.edit import Edition, Printed


@dataclass(frozen=True, slots=True)
class PartEdition:
    """The text of one file before and after, how it is encoded, and what was printed in it.

    ``digest`` is that of the file's bytes; ``kind`` "text" says that they are the text itself.
    """

    label: str
    before: str
    after: str
    encoding: str
    digest: str
    kind: str
    printed: tuple[Printed, ...]

    @property
    def is_text(self) -> bool:
        return self.kind == "text"


def by_file(edition: Edition) -> tuple[PartEdition, ...]:
    """The files of an edition, in the order of the text."""
    source = edition.source
    if not source.parts:
        return (
            PartEdition(
                source.label, source.text, edition.text, source.encoding, source.digest, "text", edition.printed
            ),
        )
    found = []
    for part in source.parts:
        own = tuple(p for p in edition.printed if source.part(p.old.start) is part)
        pieces, at = [], part.place.start
        for piece in sorted((p for p in own if p.changes), key=lambda p: p.old):
            pieces += [source.text[at : piece.old.start], piece.text]
            at = piece.old.stop
        after = "".join([*pieces, source.text[at : part.place.stop]])
        before = part.place.of(source.text)
        found.append(PartEdition(part.label, before, after, part.encoding, part.digest, part.kind, own))
    return tuple(found)
