"""From a key to a choice: what has to be asked is asked here, in the words of the editor's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace

from collation.decisions.relocate import bare_anchor
from collation.decisions.ruling import REASONS
from collation.errors import BadRuling, Message
from collation.model import Place
from collation.review.keys import Command
from collation.review.rulings_from_choices import Choice, proposed
from collation.review.session import Item, ReviewSession, alike_items, leave_out, places_of_words
from collation.review.terminal.input import Typing
from collation.review.terminal.view import View, clean, terminal_label
from collation.writers.layout import excerpt
from collation.writers.phrases import Lang
from collation.writers.wording import finished_note, one_line

_NOTHING = '""'


def choice_of(command: Command, item: Item, typing: Typing, view: View, *, note: str) -> Choice | None:
    """The choice that a key means; None when the editor thinks better of it. Raises BadRuling."""
    match command.key:
        case "":
            return proposed(item.entry)
        case "a":
            return Choice("accept")
        case "r":
            return Choice("reject")
        case "d":
            return Choice("needs-scan")
        case "s":
            return _stands(command.words, item, typing, view.lang, note)
        case "t":
            return _other_side(command.words, item, typing, view)
        case "e":
            return _own(command.words, item, typing, view.lang)
        case digit:
            number = int(digit) - 1
            if number >= len(item.entry.readings):
                raise BadRuling(Message("no-such-reading"))
            return Choice("accept", reading=number)


def _stands(words: str, item: Item, typing: Typing, lang: Lang, note: str) -> Choice:
    """Thus in the document. The finished note is not stored: the edition words it in either language."""
    given = note or finished_note(replace(item.entry, ruling="stands"), lang)
    said = words or (typing.words(terminal_label("ask.stands", lang), given) if typing.asks else given)
    return Choice("stands", note="" if said == given and not note else said)


def _other_side(words: str, item: Item, typing: Typing, view: View) -> Choice:
    """The translation is wrong: its entry is accepted, or what is opposite is to be mended, with what this side has of it
    filled in where a value in figures differs.
    """
    lang = view.lang
    translated = item.entry.side != "original"
    if not words and translated and item.entry.readings:
        return Choice("accept")
    if not words and item.entry.other_readings:
        return Choice("other-side")
    value = clean(one_line(item.entry.lemma))
    given = value if item.entry.harm == "value" and not translated and not re.search(r"[^\W\d_]", value) else ""
    own = words or typing.words(terminal_label("ask.other", lang), given)
    if translated and own:
        return Choice("emend", own=_read(own))
    return Choice("other-side", own=_read(own) if own else None)


def _own(words: str, item: Item, typing: Typing, lang: Lang) -> Choice | None:
    best = item.entry.readings[0].text if item.entry.readings else one_line(item.entry.lemma)
    question = terminal_label("ask.own-again" if typing.recalls else "ask.own", lang)
    own = words or typing.words(question, recalled=clean(best))
    return Choice("emend", own=_read(own)) if own else None


def ask_group(
    items: Sequence[Item], words: str, typing: Typing, view: View, say: Callable[[str], None]
) -> tuple[Item, ...] | None:
    """The places of a group that are to be ruled, after a look; None when the group is left alone."""
    for line in view.preview(items):
        say(line)
    answer = words or typing.words(terminal_label("ask.group", view.lang))
    if not re.fullmatch(r"[\d\s,;]*", answer):
        return None
    return leave_out(items, (int(n) for n in re.findall(r"\d+", answer)))


def ask_reach(
    item: Item, choice: Choice, session: ReviewSession, typing: Typing, view: View, say: Callable[[str], None]
) -> Choice | None:
    """A choice of wide scope with the places that it leaves out; None when the editor thinks better of it."""
    others = [i for i in alike_items(session, item) if i.key != item.key]
    if choice.scope == "document":
        others = [i for i in others if i.document == item.document]
    say(terminal_label("reach" if others else "reach-none", view.lang, count=len(others)))
    kept = ask_group(others, "", typing, view, say) if others else ()
    if kept is None:
        return None
    left_out = tuple(bare_anchor(i.source.text, i.entry.place) for i in others if i not in kept)
    return replace(choice, exclusions=left_out)


def ask_note(words: str, typing: Typing, lang: Lang, *, given: str) -> tuple[tuple[str, ...], str]:
    """The canned reasons, given by numbers at the head of the line, and the note."""
    names = ", ".join(f"{n} {terminal_label(f'reason.{reason}', lang)}" for n, reason in enumerate(REASONS, 1))
    line = words or typing.words(terminal_label("ask.note", lang, reasons=names), given)
    head = re.match(r"(?:[1-9](?!\d)(?:[\s,]+|$))*", line)
    numbers = [int(n) for n in re.findall(r"\d", head.group())] if head else []
    reasons = tuple(REASONS[n - 1] for n in numbers if n <= len(REASONS))
    return reasons, line[head.end() if head else 0 :].strip()


def ask_finding(
    words: str, item: Item, typing: Typing, view: View, say: Callable[[str], None]
) -> tuple[Place, str | None] | None:
    """Words that the program missed, and what is to be written there: "words => reading". None when there are
    none.
    """
    line = words or typing.words(terminal_label("ask.add", view.lang))
    asked, arrow, reading = (part.strip() for part in line.partition("=>"))
    place = _pick(places_of_words(item.source, asked), item, typing, view, say) if asked else None
    if place is None:
        return None
    if not arrow and typing.asks:
        reading = typing.words(terminal_label("ask.add-reading", view.lang))
    return place, _read(reading) if reading else None


def _pick(places: Sequence[Place], item: Item, typing: Typing, view: View, say: Callable[[str], None]) -> Place | None:
    """The place that is meant among several."""
    if not places:
        say(terminal_label("none-found", view.lang))
    if len(places) < 2:
        return next(iter(places), None)
    for number, place in enumerate(places, 1):
        before, at, after = (clean(part) for part in excerpt(view.layouts[item.document], place, 30))
        say(f"  {number}. {before}⟦{at}⟧{after}")
    answer = typing.words(terminal_label("ask.which", view.lang))
    if answer.isdecimal() and 1 <= int(answer) <= len(places):
        return places[int(answer) - 1]
    if answer:
        raise BadRuling(Message("no-such-number", number=answer))
    return None


def _read(words: str) -> str:
    """The reading that was typed; two quotation marks stand for none at all."""
    return "" if words == _NOTHING else words
