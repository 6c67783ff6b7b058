"""What the page saves: the text of a document as the rulings on it have it, in one of the forms that ``apply`` writes.

``POST /api/documents/{key}/edition`` with ``form`` (a format of ``apply``, or "note" for the note on the text with its
errata) and ``style`` answers a file as an attachment, its name percent-encoded in ``X-Name`` as well; ``X-Emended`` and
``X-Left`` say how many rulings were carried out and how many were left. It is made by the code of ``apply`` in a folder of
its own that is gone afterwards, and never beside the documents. Where that gives several files (the two of a pair, a text
with the notes that its numbers point to), they are one archive.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import quote

from starlette.responses import Response

from collation.edition.edition_writers import EDITION_WRITERS
from collation.edition.errata_and_notes import counts
from collation.edition.styles import STYLES
from collation.errors import BadRuling, Message
from collation.model import Source
from collation.review.applying import EditionFolder, ReadEdition
from collation.review.web.requests import Asked, answering, language
from collation.writers.phrases import Lang

NOTE = "note"
"""The form that is no format of ``apply``, but what it writes beside every one."""
_KINDS = {
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".md": "text/markdown",
    ".xml": "application/xml",
    ".zip": "application/zip",
}


def forms_of(source: Source) -> list[str]:
    """The forms in which a document can be saved: a format for files of some kinds only where it has such files."""
    kinds = {part.kind for part in source.parts}
    return [*(name for name, writer in EDITION_WRITERS.items() if not writer.kinds or writer.kinds & kinds), NOTE]


@answering
def post_edition(asked: Asked) -> Response:
    """The text as ruled, as a file."""
    opened, form = asked.opened, asked.text("form")
    style = next((s for s in STYLES if s == asked.text("style")), None)
    if style is None or form not in forms_of(opened.source):
        raise BadRuling(Message("no-such-form"))
    lang = language(asked.request)
    made = asked.workspace.edition_of(opened, style)
    with TemporaryDirectory(prefix="collation-") as name:
        files = _written(made, Path(name), form, lang)
        if not files:
            raise BadRuling(Message("nothing-ruled"))
        target, data = _as_one(files, made.files.path.stem)
    found = counts(made.edition)
    return Response(
        data,
        media_type=_KINDS.get(Path(target).suffix.lower(), "application/octet-stream"),
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(target, safe='')}",
            "X-Name": quote(target, safe=""),
            "X-Emended": str(found["emended"]),
            "X-Left": str(found["left"]),
        },
    )


def _written(made: ReadEdition, folder: Path, form: str, lang: Lang) -> list[Path]:
    """The files of a form, written by ``apply`` into an empty folder; a text with numbers comes with what they point to."""
    writer = EditionFolder(folder, diff=False, formats=("text" if form == NOTE else form,), lang=lang)
    targets = list(writer.add(made.edition, made.read, made.files))
    note = folder / f"{made.files.path.stem}.note.{lang}.md"
    notes = [note] if note.is_file() else []
    if form == NOTE:
        return notes
    return [*targets, *notes] if made.edition.style == "notes" and form == "text" else targets


def _as_one(files: Sequence[Path], stem: str) -> tuple[str, bytes]:
    """One file with its name; several as an archive."""
    if len(files) == 1:
        return files[0].name, files[0].read_bytes()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for file in files:
            archive.write(file, file.name)
    return f"{stem}.zip", packed.getvalue()
