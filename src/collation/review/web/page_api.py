"""What the page asks of the images of a document's pages: what they say of readings, those typed or those proposed.

``POST /api/documents/{key}/ask`` with ``place`` (the anchor of an entry of the original) and ``readings`` (texts; none of them
asks about those that are proposed) answers ``word``, what the text has, and ``answers``, one for each reading: ``reading``,
``number`` (of the proposed reading that it is, from 1, else null), ``ratio`` (the natural log-ratio against the text, null
where the page cannot be asked) and ``says``, sentences in both languages with the ``value`` of each. Nothing is written, and no
name is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from collation.errors import BadQuestion, Message
from collation.project.page_questions import asked_edits
from collation.review.web.requests import Asked, answering
from collation.writers.phrases import LANGS
from collation.writers.trail import page_sentences
from collation.writers.wording import one_line

if TYPE_CHECKING:
    from collation.judge.page import PageAnswer


@answering
def post_question(asked: Asked) -> dict[str, Any]:
    """What the pages say of some readings of a place."""
    opened, ask = asked.opened, asked.workspace.ask_page
    if ask is None:
        raise BadQuestion(Message("ask-no-pages"))
    entry = opened.item(asked.text("place")).entry
    edits = asked_edits(entry, asked.names("readings"))
    shown = [reading.text for reading in entry.readings]
    answers = ask(opened.path, opened.source, edits)
    return {"word": one_line(entry.lemma), "answers": [_view(answer, shown) for answer in answers]}


def _view(answer: PageAnswer, shown: list[str]) -> dict[str, Any]:
    said = {lang: page_sentences(answer.reasons, lang, figures=False) for lang in LANGS}
    return {
        "reading": one_line(answer.reading),
        "number": shown.index(answer.reading) + 1 if answer.reading in shown else None,
        "ratio": answer.ratio,
        "says": [
            {**{lang: said[lang][n] for lang in LANGS}, "value": None if answer.ratio is None else reason.value}
            for n, reason in enumerate(answer.reasons)
        ],
    }
