"""What an editor does in the terminal beside ruling: a note, a look at the scan, a question to the page, a finding of one's
own, the word list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from collation.decisions.ruling import Ruling
from collation.errors import BadQuestion, BadRuling, Message
from collation.model import Apparatus
from collation.project.page_questions import AskPage, asked_edits
from collation.project.word_list import WordLists
from collation.review import rulings_from_choices
from collation.review.keys import key_of
from collation.review.listing import Listing, Reach, list_word, may_hold, words_of
from collation.review.rulings_from_choices import Choice, Signature
from collation.review.session import Item, ReviewSession, reexamined
from collation.review.terminal.choices import ask_finding, ask_note
from collation.review.terminal.input import Typing
from collation.review.terminal.view import View, clean
from collation.writers.layout import lay_out
from collation.writers.trail import page_sentences
from collation.writers.wording import one_line


class Reviewing(Protocol):
    """The review that is going on, as far as it is needed here (``loop.Terminal``)."""

    session: ReviewSession
    view: View
    typing: Typing
    scan: str
    note: str
    reasons: tuple[str, ...]
    checked: bool
    examine_again: Callable[[int], Apparatus] | None
    words: WordLists
    paths: tuple[Path, ...]
    ask_page: AskPage | None
    acts: list[Listing | None]

    @property
    def now(self) -> Callable[[], datetime]: ...
    def say(self, line: str, style: str = "") -> None: ...
    def word(self, key: str, **values: object) -> str: ...
    def signature(self) -> Signature: ...
    def write(self, made: Sequence[tuple[int, Ruling]]) -> None: ...
    def renew(self) -> None: ...
    def move(self, session: ReviewSession) -> None: ...


def note(terminal: Reviewing, words: str) -> None:
    """A note and reasons that go with the next ruling here."""
    terminal.reasons, terminal.note = ask_note(words, terminal.typing, terminal.view.lang, given=terminal.note)
    terminal.say(terminal.word("noted"))


def show_scan(terminal: Reviewing, item: Item) -> None:
    """The address of the scan; the next ruling here is marked as checked with it."""
    layout = terminal.view.layouts[item.document]
    if terminal.scan:
        sheet = layout.sheet(item.entry.place)
        terminal.say(terminal.scan.replace("{id}", item.source.id).replace("{sheet}", sheet))
    else:
        terminal.say(terminal.word("no-scan"))
    terminal.checked = not terminal.checked
    terminal.say(terminal.word("checked" if terminal.checked else "unchecked"))


def ask_about(terminal: Reviewing, words: str, item: Item) -> None:
    """What the images of the pages say of readings that are typed, or of those proposed; nothing is ruled."""
    if terminal.ask_page is None:
        raise BadQuestion(Message("ask-no-pages"))
    if item.entry.side != "original":
        raise BadQuestion(Message("ask-other-side"))
    path = terminal.paths[item.document]
    terminal.ask_page(path, item.source, ())  # before anything is typed: whether there is a page that can be asked
    typed = words or (terminal.typing.words(terminal.word("ask.page")) if terminal.typing.asks else "")
    edits = asked_edits(item.entry, typed.split(";"))
    for answer in terminal.ask_page(path, item.source, edits):
        said = page_sentences(answer.reasons, terminal.view.lang, figures=answer.ratio is not None)
        terminal.say(clean(f"{one_line(answer.reading) or '∅'}: {' '.join(said)}"))


def add_finding(terminal: Reviewing, words: str, item: Item) -> None:
    """A finding that the program missed, in the document of the current place."""
    found = ask_finding(words, item, terminal.typing, terminal.view, terminal.say)
    if found is None:
        return
    place, own = found
    choice = Choice("added", own=own, note=terminal.note, reasons=terminal.reasons, checked=terminal.checked)
    side = terminal.view.side_of(item.document, place)
    ruling = rulings_from_choices.make_finding(item.source, place, side, choice, terminal.signature())
    terminal.write([(item.document, ruling)])
    terminal.say(terminal.word("saved", text=terminal.view.ruling(ruling)), style="blue")
    terminal.renew()


def list_words(terminal: Reviewing, words: str, item: Item) -> None:
    """The words of the place into the word list, after a question for how far; then what they concern is examined anew."""
    if terminal.examine_again is None:
        raise BadRuling(Message("words-closed"))
    asked = terminal.word("ask.listed", word=clean(words_of(item.entry)))
    answer = words or (terminal.typing.words(asked) if terminal.typing.asks else "")
    key = key_of(answer.strip()) if answer.strip() else ""
    if key not in ("", "d"):
        terminal.say(terminal.word("cancelled"))
        return
    reach: Reach = "document" if key == "d" else "everywhere"
    path = terminal.paths[item.document]
    made = list_word(terminal.words, path, item.entry, reach, editor=terminal.session.editor, now=terminal.now())
    terminal.acts += [made] if made.added else []
    said = "listed" if made.added else "listed-before"
    terminal.say(terminal.word(said, word=clean(made.listed.word), path=made.path), style="blue")
    _examine_again(terminal, made)
    if any(entry.place == item.entry.place for entry in terminal.session.documents[item.document].entries):
        terminal.say(terminal.word("listed-still"))


def take_word_back(terminal: Reviewing, made: Listing) -> None:
    """Take a word that was listed here out of the list."""
    gone = made.take_back()
    terminal.say(terminal.word("unlisted" if gone else "unlisted-before", word=clean(made.listed.word)), style="blue")
    _examine_again(terminal, made)


def _examine_again(terminal: Reviewing, made: Listing) -> None:
    """The documents that a listed word may be in, examined anew."""
    session, examine = terminal.session, terminal.examine_again
    for number, apparatus in enumerate(terminal.session.documents):
        text = apparatus.source.text
        if examine is not None and may_hold(text, made.listed.word) and _concerns(terminal, made, number):
            session = reexamined(session, number, examine(number))
    layouts = zip(session.documents, terminal.session.documents, terminal.view.layouts, strict=True)
    shown = tuple(known if new is old else lay_out(new) for new, old, known in layouts)
    terminal.view = replace(terminal.view, layouts=shown)
    terminal.move(session)


def _concerns(terminal: Reviewing, made: Listing, number: int) -> bool:
    path = terminal.paths[number]
    return terminal.words.path_for(path) == made.path and made.listed.is_for(terminal.words.names_of(path, made.path))
