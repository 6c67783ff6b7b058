"""`collation learn`: what one's own texts and rulings teach.

A language model of prose, translation probabilities of a collection, the words of its documents, and the rulings on them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.documents import check_out, read_inputs
from collation.commands.failures import Failures, leave_if_failed, leaving_on_failure
from collation.commands.options import ByWhom, JobsCount, Scheduler, chosen_jobs
from collation.errors import CollationError
from collation.system.console import say

if TYPE_CHECKING:
    from collation.learning.from_collection import Counted
    from collation.learning.sentence_pairs import Bag
    from collation.project.jobs import Jobs
    from collation.reading import DocumentBytes


_COPIES = 20  # pairs of copies that are named


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
    rulings: Annotated[
        list[Path] | None,
        typer.Option(help="Documents or folders whose rulings are to teach the judge."),
    ] = None,
    collection: Annotated[
        list[Path] | None,
        typer.Option(
            help="Documents or folders whose rare words and their translations, formulae, and numbers with their dates are to be "
            "evidence for each other."
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

    With --russian a counts file is written, to be named as language-model in the settings; with --parallel a table of
    translation probabilities, to be named as translations; with --rulings how far the judge was off where editors ruled, to
    be named as recalibration; with --collection what the documents of a collection know of each other, to be named as collection. The same texts and
    rulings give the same file.
    """
    if sum(map(bool, (russian, parallel, rulings, collection))) != 1:
        raise typer.BadParameter("name texts with --russian, --parallel, --rulings or --collection, one of the four")
    if leave_out and not russian:
        raise typer.BadParameter("--leave-out goes with --russian: all else is learned from all texts named")
    by = chosen_jobs(jobs, executor, scheduler, shared=False)
    _check_texts(out, *(russian or ()), *(parallel or ()), *(leave_out or ()))
    if rulings:
        _learn_rulings(rulings, out, by)
        return
    if collection:
        _learn_collection(collection, out, by)
        return
    if russian:
        from collation.learning import ngram_counts

        exclude = ngram_counts.six_grams_of(_files(leave_out or []))
        facts = ngram_counts.learn_language_model(
            russian, out, description=", ".join(p.name for p in russian), exclude=exclude
        )
        left = f", {facts['left_out']} left out" if exclude else ""
        say(f"{out}: {facts['words']} words and marks counted{left}, {out.stat().st_size // 1024} KB")
        return
    from collation.languages.knowledge import knowledge_for
    from collation.learning import translation

    found = list(_bags(parallel or [], by))
    table = translation.induce(found, knowledge_for().lexicon)
    count = translation.write_translations(table, out, description=", ".join(p.name for p in parallel or []))
    say(f"{out}: {count} pairs of words from {len(found)} sentence pairs")


def _check_texts(out: Path, *paths: Path) -> None:
    """Raise BadParameter where the file to be written is one of the texts, or lies in a folder of them under the name of one."""
    from collation.reading.part_files import Groups

    check_out(out, _files([*paths]), Groups())


def _learn_rulings(paths: list[Path], out: Path, by: Jobs) -> None:
    """Examine the documents without what was learned before, and learn from the rulings on what is found."""
    from collation.judge.recalibration import learned, written
    from collation.learning.from_rulings import cases
    from collation.project.opening import open_project, open_run
    from collation.system.console import progress_bar
    from collation.system.files import write_whole

    with leaving_on_failure():
        project = open_project(None)
        project = replace(project, settings=replace(project.settings, recalibration=None))
        names = [str(path) for path in paths]
        run = open_run(project, encoding=None, names=names, jobs=by)
        found = run.find(names)
        check_out(out, found, run.groups)
        with progress_bar(len(found)) as step:
            ruled = [list(cases(apparatus, rulings)) for apparatus, rulings in run.documents(found, step)]
        taught = learned(case for own in ruled for case in own)
        write_whole(out, written(taught).encode("utf-8"))
        accepted = sum(case.accepted for own in ruled for case in own)
        say(
            f"{out}: learned from {taught.rulings} rulings in {sum(map(bool, ruled))} documents ({accepted} accepted, "
            f"{taught.rulings - accepted} rejected); name it in collation.toml: recalibration = "
            f'"{out.name}"'
        )
        for notice in run.notices:
            say(f"collation: {notice}", err=True)
        leave_if_failed(run)


def _learn_collection(paths: list[Path], out: Path, by: Jobs) -> None:
    """Count what each document gives to its collection; one text under two names counts once."""
    from collation.knowledge.collection import merged, written
    from collation.project.jobs import load_alignment
    from collation.project.opening import open_project, open_run
    from collation.reading.part_files import Groups
    from collation.system.files import write_whole

    failures = Failures()
    with leaving_on_failure():
        project = open_project(None)
        run = open_run(project, encoding=None, names=[str(path) for path in paths], jobs=by)
        files = run.find([str(path) for path in paths])
        check_out(out, files, run.groups)
        outcomes = by.mapped(
            words_of_document, read_inputs(files, Groups(project.documents)), len(files), load_alignment
        )
        found = [failures.value(outcome, path) for path, outcome in zip(files, outcomes, strict=True)]
        known = merged(own.words for own in found if own is not None)
        write_whole(out, written(known).encode("utf-8"))
        say(
            f"{out}: {len(known.forms)} rare words in {len(known.texts)} documents, {sum(map(len, known.series.values()))} numbers with their "
            "dates; name it in collation.toml: "
            f'collection = "{out.name}"'
        )
        _say_copies({name: own.sketch for own in found if own is not None for name in own.words.texts.values()})
    failures.leave()


def _say_copies(sketches: dict[str, tuple[str, ...]]) -> None:
    """Name the documents that are copies of one text."""
    from collation.learning.near_copies import near_copies

    copies = near_copies(sketches)
    for copy in copies[:_COPIES]:
        say(f"copies of one text: {copy.left} and {copy.right} ({copy.share:.0%} of their passages alike)")
    if len(copies) > _COPIES:
        say(f"and {len(copies) - _COPIES} more such pairs")


def words_of_document(item: DocumentBytes) -> Counted | CollationError:
    """The words of a document and its sketch, or why there are none."""
    from collation.learning.from_collection import counted
    from collation.reading import read_payload

    try:
        return counted(read_payload(item))
    except CollationError as error:
        return error


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
