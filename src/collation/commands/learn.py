"""`collation learn`: a language model of one's own prose, translation probabilities of one's own collection."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collation.system.console import say


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

    found = list(_bags(parallel or []))
    table = translation.induce(found, knowledge_for().lexicon)
    count = translation.write_translations(table, out, description=", ".join(p.name for p in parallel or []))
    say(f"{out}: {count} pairs of words from {len(found)} sentence pairs")


def _bags(paths: list[Path]) -> list[tuple[list[str], list[str]]]:
    from collation.alignment.align import align
    from collation.languages.knowledge import knowledge_for
    from collation.learning import parallel, translation
    from collation.reading import read_file

    if len(paths) == 2 and all(p.is_file() and p.stat().st_size > 200_000 for p in paths):
        return [b for _, aligned in parallel.aligned_chapters(*paths) for b in translation.bags(aligned.pairs)]
    return [b for f in _files(paths) for b in translation.bags(align(read_file(f), knowledge_for()).pairs)]


def _files(paths: list[Path]) -> list[Path]:
    """The files named, and the text files of the folders named."""
    return [f for p in paths for f in (sorted(p.rglob("*.txt")) if p.is_dir() else [p])]
