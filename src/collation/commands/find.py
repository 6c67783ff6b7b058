"""`collation find`: a word in all documents, with what is opposite it and what is doubted there."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.baseline import Paths
from collation.commands.failures import leave_if_failed, leaving_on_failure
from collation.commands.options import Config, Decisions, Encoding, JobsCount, UseCache, chosen_jobs, one_of
from collation.system.console import put, say

if TYPE_CHECKING:
    from collation.project.concordance import DocumentText
    from collation.project.run import DocumentRun


def find_word(
    word: Annotated[str, typer.Argument(help="The word, Russian or English.", metavar="WORD")],
    paths: Paths = None,
    lemma: Annotated[bool, typer.Option("--lemma", help="All forms of the word, not this one alone.")] = False,
    form: Annotated[str, typer.Option("--format", help="How to list what is found.", metavar="text|json|csv")] = "text",
    store: Annotated[
        Path | None,
        typer.Option(help="The store to look in; without it collation.sqlite, where it is there.", metavar="FILE"),
    ] = None,
    decisions: Decisions = None,
    config: Config = None,
    cache: UseCache = None,
    jobs: JobsCount = None,
    encoding: Encoding = None,
) -> None:
    """Find a word in documents: each place with its line, what the other side has there, and what is doubted.

    The store (collation store) is asked when it has all the documents that are meant; else they are examined, or taken from
    the results of earlier runs.
    """
    from collation.project.concordance import find_in, matcher
    from collation.project.concordance_formats import FORMATS
    from collation.project.opening import open_project, open_run

    write, by = FORMATS[one_of(form, tuple(FORMATS), "--format")], chosen_jobs(jobs, "processes", "", shared=False)
    with leaving_on_failure():
        names = paths or ["."]
        run = open_run(open_project(config), cache=cache, encoding=encoding, names=names, decisions=decisions, jobs=by)
        documents = _documents(run, names, store, word, by_lemma=lemma)
        is_wanted = matcher(word, by_lemma=lemma)
        for piece in write(found for document in documents for found in find_in(document, is_wanted)):
            put(piece)
        for notice in run.notices:
            say(f"collation: {notice}", err=True)
        leave_if_failed(run)


def _documents(
    run: DocumentRun, names: list[str], named: Path | None, word: str, *, by_lemma: bool
) -> Iterator[DocumentText]:
    """The documents to look through: those of the store that have the word, else all."""
    from collation.decisions.placing import match
    from collation.project.concordance import text_of
    from collation.project.store import NAME, opened_store

    path = named or Path(NAME)
    paths = run.find(names)
    labels = {run.label(p): p for p in paths}
    if named or path.is_file():
        with opened_store(path, must_be=True) as store:
            if labels.keys() <= set(store.labels()):
                for digest, document in store.texts_with(word, by_lemma=by_lemma):
                    if document.label in labels:
                        _note_change(run, labels[document.label], digest, path)
                        yield document
                return
    for apparatus, rulings in run.documents(paths):
        yield text_of(apparatus, match(apparatus, rulings.state, rulings.reviewed))


def _note_change(run: DocumentRun, path: Path, digest: str, store: Path) -> None:
    """Report a document that is not the one in the store any more."""
    from collation.errors import CollationError, Message
    from collation.reading import bytes_of

    with run.isolated(run.label(path)):
        if hashlib.sha256(bytes_of(path, label=run.label(path))).hexdigest() != digest:
            run.notices.append(str(CollationError(Message("store-behind", store=store), path=run.label(path))))
