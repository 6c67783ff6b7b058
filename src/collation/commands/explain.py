"""`collation explain`: everything that was weighed on a line of a document."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from collation.commands.documents import groups_for, put_text, read_document, settings_for
from collation.commands.failures import Failures
from collation.commands.options import Encoding, OutputLang, Pages, Translation, Witnesses, named_witnesses, one_of
from collation.errors import Message, UnreadableInput

_LONGEST_NUMBER = 9


def explain_line(
    place: Annotated[
        str, typer.Argument(help="A file and one of its lines, such as letter.txt:53.", metavar="FILE:LINE")
    ],
    lang: OutputLang = "en",
    translation: Translation = None,
    witness: Witnesses = None,
    pages: Pages = None,
    encoding: Encoding = None,
) -> None:
    """Show everything that was weighed on a line.

    What was proposed there, for which reasons, how it was weighed, and what was not shown and why.
    """
    from collation.judge.account import account
    from collation.judge.weights import load_weights
    from collation.pipeline import trail
    from collation.reading.inputs import resolved
    from collation.writers.trail import explain_text

    language = one_of(lang, ("en", "ru"), "--lang")
    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal() or len(number) > _LONGEST_NUMBER or int(number) < 1:
        raise typer.BadParameter("a file and a line are expected, such as letter.txt:53", param_hint="FILE:LINE")
    failures = Failures()
    with failures.noted():
        groups = groups_for([name], translation, named_witnesses(witness), pages)
        document = read_document(Path(name), encoding, groups)
        meant = resolved(Path(name))  # a table may name the file by another path
        lines = document.file.rows_of(
            next((p.label for p in document.file.parts if resolved(Path(p.label)) == meant), "")
        )
        if int(number) > len(lines):
            raise UnreadableInput(Message("no-such-line", count=len(lines)), path=name)
        settings = settings_for(Path(name))
        weighed = trail(document, settings=settings)
        weights = load_weights(settings.weights)
        text = explain_text(
            document.file,
            document.in_file(weighed.verdicts),
            lines[int(number) - 1],
            emend=settings.emend,
            query=settings.query,
            lang=language,
            left_alone=document.in_file(weighed.left_alone),
            accounts=lambda verdict: account(verdict, weights),
        )
        put_text(text)
    failures.leave()
