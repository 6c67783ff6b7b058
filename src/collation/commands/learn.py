"""`collation learn`: a language model of one's own prose, translation probabilities of one's own collection."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.documents import read_inputs
from collation.commands.failures import Failures
from collation.commands.options import ByWhom, JobsCount, Scheduler, chosen_jobs
from collation.errors import CollationError
from collation.system.console import say

if TYPE_CHECKING:
    from collation.learning.sentence_pairs import Bag
    from collation.project.jobs import Jobs
    from collation.reading import DocumentBytes


def learn_from_texts(
    russian: Annotated[
        list[Path] | None,
        typer.Option(help="Russian prose to learn the language model from: text files, plain or packed as .xz."),
    ] = None,
    parallel: Annotated[
        list[Path] | None,
        typer.Option(
            help="Documents with their translation, or exactly two long files of chapters, the original first, "
            "to learn translation probabilities from."
        ),
    ] = None,
    leave_out: Annotated[
        list[Path] | None,
        typer.Option(
            help="Texts, or folders of them, that the language model must not have read: those you measure on. "
            "Stretches of the prose that run like them are left out."
        ),
    ] = None,
    out: Annotated[Path, typer.Option(help="The file to write.")] = Path("learned"),
    jobs: JobsCount = None,
    executor: ByWhom = "processes",
    scheduler: Scheduler = "",
) -> None:
    """Learn from your own texts; nothing leaves this computer.

    With --russian a counts file is written, to be named as language_model in the settings; with --parallel a table of
    translation probabilities, to be named as translations. The same texts give the same file.
    """
    if bool(russian) == bool(parallel):
        raise typer.BadParameter("name texts with --russian or with --parallel, one of the two")
    if russian:
        from collation.learning import ngram_counts

        exclude = ngram_counts.six_grams_of(_files(leave_out or []))
        facts = ngram_counts.learn_language_model(
            russian, out, description=", ".join(p.name for p in russian), exclude=exclude
        )
        left = f", {facts['left_out']} left out" if exclude else ""
        say(f"{out}: {facts['words']} words and marks counted{left}, {out.stat().st_size // 1024} KB")
        return
    if leave_out:
        raise typer.BadParameter(
            "--leave-out goes with --russian: translation probabilities are learned from all texts named"
        )
    from collation.languages.knowledge import knowledge_for
    from collation.learning import translation

    by = chosen_jobs(jobs, executor, scheduler, shared=False)
    found = list(_bags(parallel or [], by))
    table = translation.induce(found, knowledge_for().lexicon)
    count = translation.write_translations(table, out, description=", ".join(p.name for p in parallel or []))
    say(f"{out}: {count} pairs of words from {len(found)} sentence pairs")


def _bags(paths: list[Path], jobs: Jobs) -> Iterator[Bag]:
    """The words of each sentence pair, in the order of the documents. Leaves with 2 when one cannot be read."""
    from collation.learning import parallel, translation
    from collation.project.jobs import load_alignment
    from collation.reading.part_files import Groups

    if len(paths) == 2 and all(p.is_file() and p.stat().st_size > 200_000 for p in paths):
        for _, aligned in parallel.aligned_chapters(*paths):
            yield from translation.bags(aligned.pairs)
        return
    failures, files = Failures(), _files(paths)
    outcomes = jobs.mapped(bags_of_document, read_inputs(files, Groups()), len(files), load_alignment)
    for path, outcome in zip(files, outcomes, strict=True):
        yield from failures.value(outcome, path) or ()
    failures.leave()


def bags_of_document(item: DocumentBytes) -> list[Bag] | CollationError:
    """The words of each sentence pair of a document, or why there are none."""
    from collation.alignment.align import align
    from collation.languages.knowledge import knowledge_for
    from collation.learning import translation
    from collation.reading import read_payload

    try:
        return translation.bags(align(read_payload(item), knowledge_for()).pairs)
    except CollationError as error:
        return error


def _files(paths: list[Path]) -> list[Path]:
    """The files named, and the text files of the folders named."""
    return [f for p in paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
