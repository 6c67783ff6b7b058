"""`collation align` and `collation collate`: what is opposite what, and how Russian texts of one document differ."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collation.commands.documents import put_text, read_document
from collation.commands.failures import Failures
from collation.commands.options import Encoding, one_of

if TYPE_CHECKING:
    from collation.model import Document

Format = Annotated[
    str, typer.Option("--format", help="Write text for reading or json for programs.", metavar="text,json")
]
File = Annotated[Path, typer.Argument(help="The document.", metavar="FILE")]


def show_alignment(file: File, form: Format = "text", encoding: Encoding = None) -> None:
    """Show which paragraphs, sentences and words of a document and its translation answer each other."""
    from collation.alignment.align import align
    from collation.languages.knowledge import knowledge_for
    from collation.writers.as_alignment import align_json, align_text

    write = {"text": align_text, "json": align_json}[one_of(form, ("text", "json"), "--format")]
    failures = Failures()
    with failures.noted():
        put_text(write(align(read_document(file, encoding), knowledge_for())))
    failures.leave()


def compare_texts(
    files: Annotated[list[Path], typer.Argument(help="Two or more Russian texts of one document.", metavar="A B [C…]")],
    form: Format = "text",
    encoding: Encoding = None,
) -> None:
    """Compare several Russian texts of one document word by word and class their differences.

    The first text is the one from which the others are said to differ.
    """
    from collation.alignment.witnesses import collate
    from collation.writers.as_table import to_text, write_table

    write = {"text": to_text, "json": write_table}[one_of(form, ("text", "json"), "--format")]
    if len(files) < 2:
        raise typer.BadParameter("name two texts at least", param_hint="A B [C…]")
    failures = Failures()
    documents: list[Document] = []
    for file in files:
        with failures.noted():
            documents.append(read_document(file, encoding))
    if not failures.count:
        sigla = _sigla([document.source.label for document in documents])
        put_text(write(collate([(s, _tokens(d)) for s, d in zip(sigla, documents, strict=True)])))
    failures.leave()


def _tokens(document: Document) -> Any:
    original = document.original
    return document.in_file(tuple(t for s in original.segments for t in s.tokens)) if original else ()


def _sigla(labels: list[str]) -> list[str]:
    """The names of the files, or their paths where two have one name; numbered where one is named twice."""
    stems = [Path(label).stem for label in labels]
    names = stems if len(set(stems)) == len(stems) else labels
    return [name if name not in names[:i] else f"{name} ({i + 1})" for i, name in enumerate(names)]
