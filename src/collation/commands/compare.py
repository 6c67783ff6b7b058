"""`collation align` and `collation collate`: what is opposite what, and how Russian texts of one document differ."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from collation.commands.documents import check_out, groups_for, put_text, read_document, read_inputs, write_file
from collation.commands.failures import Failures
from collation.commands.options import ByWhom, Encoding, JobsCount, Scheduler, Translation, chosen_jobs, one_of
from collation.errors import CollationError

if TYPE_CHECKING:
    from collation.model import Document
    from collation.reading import DocumentBytes

Format = Annotated[
    str, typer.Option("--format", help="Write text for reading or json for programs.", metavar="text,json")
]
AlignmentFormat = Annotated[
    str,
    typer.Option(
        "--format",
        help="Write text for reading, json for programs, or tmx: a translation memory.",
        metavar="text,json,tmx",
    ),
]


def show_alignment(
    paths: Annotated[
        list[str],
        typer.Argument(help="The document, or several: files, folders, patterns.", metavar="PATH…", show_default=False),
    ],
    form: AlignmentFormat = "text",
    out: Annotated[
        Path | None, typer.Option(help="Write into this file instead of the terminal.", metavar="FILE")
    ] = None,
    jobs: JobsCount = None,
    executor: ByWhom = "processes",
    scheduler: Scheduler = "",
    translation: Translation = None,
    encoding: Encoding = None,
) -> None:
    """Show which paragraphs, sentences and words of a document and its translation answer each other.

    Several documents follow one another, as text under their names, as JSON one a line, as TMX in one memory.
    """
    from collation.project.jobs import load_alignment
    from collation.reading.inputs import find_inputs
    from collation.writers.as_tmx import tmx_memory

    one_of(form, ("text", "json", "tmx"), "--format")
    by = chosen_jobs(jobs, executor, scheduler, shared=False)
    failures = Failures()
    groups = groups_for(paths, translation)
    inputs = list(failures.drop(find_inputs(paths, groups=groups)))
    check_out(out, inputs, groups)
    work: Callable[[DocumentBytes], str | CollationError] = partial(
        aligned_text, form=form, encoding=encoding, among=len(inputs) > 1
    )
    outcomes = by.mapped(work, read_inputs(inputs, groups), len(inputs), load_alignment)
    texts = (failures.value(outcome, path) for path, outcome in zip(inputs, outcomes, strict=True))
    made = (text for text in texts if text is not None)
    pieces = iter((tmx_memory(made),)) if form == "tmx" else made
    if out is None:
        for piece in pieces:
            put_text(piece)
    else:
        with failures.noted():
            write_file(out, "".join(pieces))
    failures.leave()


def aligned_text(item: DocumentBytes, *, form: str, encoding: str | None, among: bool) -> str | CollationError:
    """The alignment of a document as it is printed, or why there is none; ``among`` others it has its name."""
    from collation.alignment.align import align
    from collation.languages.knowledge import knowledge_for
    from collation.reading import read_payload
    from collation.writers.as_alignment import align_json, align_text
    from collation.writers.as_tmx import tmx_units

    label = item.labels[0]
    try:
        aligned = align(read_payload(item, encoding=encoding), knowledge_for())
    except CollationError as error:
        return error
    if form == "tmx":
        return tmx_units(aligned)
    if form == "json":
        text = align_json(aligned)
        return json.dumps(json.loads(text), ensure_ascii=False) + "\n" if among else text
    return f"== {label} ==\n\n{align_text(aligned)}\n" if among else align_text(aligned)


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
