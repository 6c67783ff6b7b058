"""`collation explain`: everything that was weighed on a line of a document."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from collation.commands.documents import groups_for, put_text, read_with_pages, settings_for
from collation.commands.failures import Failures
from collation.commands.options import Encoding, OutputLang, Pages, Translation, Witnesses, named_witnesses, one_of
from collation.errors import BadQuestion, Message, UnreadableInput

if TYPE_CHECKING:
    from collation.evidence.context import Context
    from collation.model import Document
    from collation.writers.phrases import Lang

_LONGEST_NUMBER = 9


def explain_line(
    place: Annotated[
        str, typer.Argument(help="A file and one of its lines, such as letter.txt:53.", metavar="FILE:LINE")
    ],
    lang: OutputLang = "en",
    translation: Translation = None,
    witness: Witnesses = None,
    pages: Pages = None,
    ask: Annotated[
        str,
        typer.Option(
            help="Ask the image of the page whether a word of the line reads otherwise: топорь=теперь.",
            metavar="WORD=READING",
        ),
    ] = "",
    encoding: Encoding = None,
) -> None:
    """Show everything that was weighed on a line.

    What was proposed there, for which reasons, how it was weighed, and what was not shown and why.
    """
    from collation.judge.account import account
    from collation.judge.weights import load_weights
    from collation.pipeline import trail
    from collation.system.files import resolved
    from collation.writers.phrases import in_quotes, sentence
    from collation.writers.trail import explain_text

    language = one_of(lang, ("en", "ru"), "--lang")
    name, _, number = place.rpartition(":")
    if not name or not number.isdecimal() or len(number) > _LONGEST_NUMBER or int(number) < 1:
        raise typer.BadParameter("a file and a line are expected, such as letter.txt:53", param_hint="FILE:LINE")
    failures = Failures()
    with failures.noted():
        groups = groups_for([name], translation, named_witnesses(witness), pages)
        document, unread = read_with_pages(Path(name), encoding, groups)
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
        text += "".join(f"\n{in_quotes(sentence(u.says, u.values, language), language)}\n" for u in unread)
        if ask and (document.pages or not unread):
            text += _asked(weighed.context, document, lines[int(number) - 1], ask, language)
        put_text(text)
    failures.leave()


def _asked(context: Context, document: Document, row: int, ask: str, lang: Lang) -> str:
    """What the page says of a reading of a word on a line, as lines. Raises BadQuestion when the word is not there."""
    from collation.evidence.page_witness import witness_of
    from collation.judge.page import ask as ask_page
    from collation.model import Edit, Place
    from collation.writers.trail import page_sentences

    word, sign, reading = (part.strip() for part in ask.partition("="))
    starts = [match.start() for match in re.finditer(re.escape(word), document.text)] if word else []
    within = [p for p in starts if document.file.row(document.offsets.starts[p] if document.offsets else p) == row]
    if not sign or not within:
        raise BadQuestion(Message("ask-no-word", asked=ask))
    found = ask_page(witness_of(context), Edit(Place.at(within[0], within[0] + len(word)), reading))
    return "\n" + "\n".join(page_sentences(found.reasons, lang, figures=found.ratio is not None)) + "\n"
