"""`collation apply`: the accepted rulings carried out, in new files in another folder."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from collation.commands.failures import leave_if_failed, leaving_on_failure
from collation.commands.options import Decisions, Encoding, OutputLang, Translation, Witnesses, named_witnesses, one_of
from collation.commands.review import examine_one
from collation.errors import Message
from collation.system.console import say

Paths = Annotated[list[str], typer.Argument(help="Files, folders or patterns.", metavar="PATH…", show_default=False)]


def apply_rulings(
    paths: Paths,
    out: Annotated[Path, typer.Option(help="The folder in which the editions are written.", metavar="FOLDER")],
    diff: Annotated[
        bool, typer.Option("--diff", help="Write a patch instead of the whole text; other formats are written whole.")
    ] = False,
    style: Annotated[
        str, typer.Option(help="How emendations are printed: plain, brackets or notes.", metavar="STYLE")
    ] = "plain",
    formats: Annotated[
        str,
        typer.Option(
            "--format",
            help="What to write: {editions}, or several joined by commas; text keeps the form of the document, engine that of an OCR program's file.",
            metavar="{editions}",
        ),
    ] = "text",
    decisions: Decisions = None,
    lang: OutputLang = "en",
    translation: Translation = None,
    witness: Witnesses = None,
    encoding: Encoding = None,
) -> None:
    """Carry the accepted rulings out: write each text as emended, or a patch, with its errata and a note on
    the text.

    The documents themselves are never touched. Only what holds is carried out; what editors disagree about,
    and what has no certain place any more, is left and named in the note. Encoding, line ends and everything
    outside the accepted places stay byte for byte.
    """
    from collation.edition.edition_writers import EDITION_WRITERS
    from collation.edition.errata_and_notes import counts
    from collation.edition.styles import STYLES
    from collation.project.opening import open_project, open_run
    from collation.review.applying import EditionFolder, make_edition

    chosen = next((s for s in STYLES if s == style), None)
    if chosen is None:
        raise typer.BadParameter(f"“{style}” is none of {', '.join(STYLES)}", param_hint="--style")
    language = one_of(lang, ("en", "ru"), "--lang")
    written = [one_of(name, tuple(EDITION_WRITERS), "--format") for name in formats.split(",") if name]
    if diff and "text" not in written:
        listed = ", ".join(written)
        raise typer.BadParameter(f"a patch is of the text; {listed} is written whole: add text", param_hint="--format")
    with leaving_on_failure():
        project = open_project(None)
        run = open_run(
            project,
            encoding=encoding,
            names=paths,
            decisions=decisions,
            translation=translation,
            witnesses=named_witnesses(witness),
        )
        found_paths = run.find(paths)
        run.identities.expect(found_paths, run.groups)
        with EditionFolder(out, diff=diff, formats=written, lang=language) as made:
            for path in found_paths:
                with run.isolated(run.label(path)):
                    history = run.history(path)
                    if history is None:
                        continue
                    one = make_edition(run, path, history, style=chosen, examine=partial(examine_one, run, path))
                    targets, found = made.add(one.edition, one.read, one.files), counts(one.edition)
                    name = ", ".join(map(str, targets)) or f"{run.label(path)}: nothing to patch"
                    say(f"{name}: emended: {found['emended']}, not carried out: {found['left']}")
                    for part in one.edition.source.parts:
                        if part.kind != "text" and "text" in written:
                            say(f"collation: {Message('edition-as-text', file=part.label)}", err=True)
        leave_if_failed(run)
