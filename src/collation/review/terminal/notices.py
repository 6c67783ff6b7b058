"""What the review in the terminal says beside its places: the greeting, the heads of group actions, the help."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from collation.decisions.history import History
from collation.project.rulings_folders import astray
from collation.review.keys import KEYS, KEYS_AT_END
from collation.review.logs import Logs, strays
from collation.review.session import Item, ReviewSession
from collation.review.terminal.view import View, clean, terminal_label
from collation.writers.phrases import Lang
from collation.writers.wording import one_line


def greeting(session: ReviewSession, logs: Logs, history: History, view: View) -> Iterator[tuple[str, str]]:
    """The lines before the first place, each with its style: what is wrong with the logs, then what there is to do."""
    for path in history.torn:
        yield terminal_label("torn", view.lang, path=path), ""
    for error in history.damaged:
        yield terminal_label("damaged", view.lang, log=clean(error.text(view.lang))), "red"
    for missing in history.missing:
        yield clean(missing.message.text(view.lang)), "red"
    for place, home in strays(logs, history):
        yield clean(astray(place, home).text(view.lang)), ""
    places, documents, editor = len(session.items), len(session.documents), clean(session.editor)
    counts = {"places": places, "documents": documents, "open": session.waiting, "editor": editor}
    yield terminal_label("intro", view.lang, **counts), ""
    if session.orphans:
        yield terminal_label("orphans", view.lang, count=len(session.orphans)), ""
        yield from (("  " + view.ruling(placed.standing.ruling), "") for _, placed in session.orphans)


def group_heading(name: str, items: Sequence[Item], lang: Lang) -> str:
    """What a group action (accept, reject, plain) would do to some places."""
    entry = items[0].entry
    reading = entry.readings[0].text if entry.readings else entry.lemma
    values = {"count": len(items), "lemma": clean(one_line(entry.lemma)), "reading": clean(one_line(reading))}
    return terminal_label(f"group.{name}", lang, **values)


def help_lines(lang: Lang, *, at_end: bool = False) -> Iterator[str]:
    """A line for each key; ``at_end``, where no place is open, for those that mean something there."""
    for key in KEYS_AT_END if at_end else KEYS:
        if key == "" or not key.isdecimal() or key == "1":
            name = "Enter" if key == "" else "1–9" if key == "1" else key
            does = "q" if at_end and key == "" else key
            yield f"  {name:6}{terminal_label(f'help.{does}', lang)}"
