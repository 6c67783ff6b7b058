"""``collation review``: one place after the other, one key a ruling, everything saved at once.

The queue and the choices are in ``session``, the lines in ``view``, the keys in ``input``;
here they meet the logs. Before a ruling is written the logs are read again: where somebody has ruled since
the place was shown, nothing is written, the other ruling is shown, and the same key rules all the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.text import Text

from collation.decisions.in_force import undo_targets
from collation.decisions.ruling import SCOPES, Ruling, Scope
from collation.errors import BadRuling, CollationError, Message
from collation.model import Apparatus
from collation.project.page_questions import AskPage
from collation.project.word_list import WordLists
from collation.review import rulings_from_choices
from collation.review.keys import Command
from collation.review.listing import Listing
from collation.review.logs import Logs, SeenRulings
from collation.review.rulings_from_choices import Choice, Signature, stamp
from collation.review.session import (
    Item,
    ReviewSession,
    alike_items,
    back_to,
    decide_all,
    filtered,
    plain_spellings,
    renewed,
    reordered,
    ruling_for,
    step,
)
from collation.review.terminal import beside
from collation.review.terminal.choices import ask_group, ask_reach, choice_of
from collation.review.terminal.input import Typing
from collation.review.terminal.notices import greeting, group_heading, help_lines
from collation.review.terminal.view import View, clean, terminal_label
from collation.writers.wording import one_line


@dataclass
class Terminal:
    """A review that is going on. ``note``, ``reasons``, ``checked`` and ``scope`` go with the next ruling on the
    current place; ``ask_page`` asks the images of a document's pages; ``words`` are the word lists and ``examine_again`` examines a document anew once its list has changed;
    ``acts`` are what was done here, a word listed or (None) a ruling; ``unsaved`` are the places on which a ruling could not be written and none was since.
    """

    session: ReviewSession
    view: View
    logs: Logs
    console: Console
    typing: Typing
    now: Callable[[], datetime]
    version: str = ""
    scan: str = ""
    done: int = 0
    note: str = ""
    reasons: tuple[str, ...] = ()
    checked: bool = False
    scope: Scope = "once"
    examine_again: Callable[[int], Apparatus] | None = None
    words: WordLists = field(default_factory=WordLists)
    paths: tuple[Path, ...] = ()
    ask_page: AskPage | None = None
    acts: list[Listing | None] = field(default_factory=list)
    unsaved: set[tuple[int, tuple[str, str, str]]] = field(default_factory=set)
    seen: SeenRulings = field(default_factory=SeenRulings)
    told: set[Message] = field(default_factory=set)
    _shown: tuple[object, ...] = field(default=(), repr=False)

    def run(self) -> None:
        """Review until everything is ruled or the editor leaves."""
        began = self.session.filters
        history = self.logs.history()
        self.seen.lost(history)
        for line, style in greeting(self.session, self.logs, history, self.view):
            self.say(line, style=style)
        try:
            while self._turn():
                pass
        except (EOFError, KeyboardInterrupt):
            self.say("")
        waiting = filtered(self.session, began).waiting  # a search narrows what is shown, not what there is to do
        if self.unsaved:
            words = "; ".join(f"“{clean(one_line(exact))}”" for _, (exact, _, _) in sorted(self.unsaved))
            self.say(self.word("bye-unsaved", count=len(self.unsaved), words=words), style="red")
        self.say(self.word("bye-done" if self.unsaved else "bye", done=self.done, open=waiting))

    def say(self, line: str | Text, style: str = "") -> None:
        """A line to the terminal, broken between words; whole where a program or a screen reader takes it."""
        text = line if isinstance(line, Text) else Text(line, style=style)
        whole = self.console.no_color or not self.console.is_terminal
        self.console.print(text, soft_wrap=whole, highlight=False)

    def word(self, key: str, **values: object) -> str:
        return terminal_label(key, self.view.lang, **values)

    def _turn(self) -> bool:
        """Show the place, read a command, carry it out; False when the editor leaves."""
        item = self.session.current
        if item is None:
            done = bool(self.session.items) and not self.session.waiting
            self.say(self.word("all-done", all=len(self.session.items)) if done else self.word("nothing-open"))
        self._show(item)
        prompt = self.word("prompt", proposed=self.view.proposal(item)) if item else self.word("prompt-end")
        command = self.typing.command(prompt)
        if command is None:
            self.say(self.word("unknown"))
            return True
        if command.key == "q" or (item is None and command.key == ""):
            return False
        try:
            self._carry_out(command, item)
        except CollationError as error:
            self.say(error.text(self.view.lang), style="red")
        return True

    def _show(self, item: Item | None) -> None:
        """The place, unless it is shown already."""
        sight = () if item is None else (item.key, item.seen, self.session.by_line, self.session.filters)
        if item is not None and sight != self._shown:
            self.say("")
            for line in self.view.place(self.session, item):
                self.say(line)
        self._shown = sight

    # Commands.

    def _carry_out(self, command: Command, item: Item | None) -> None:
        match command.key:
            case "u":
                self._undo()
            case "g":
                self.session = reordered(self.session)
                self.say(self.word("order.line" if self.session.by_line else "order.harm"))
            case "/":
                words = command.words or self.typing.words(self.word("ask.search"))
                self.move(filtered(self.session, replace(self.session.filters, words=words)))
            case "?":
                for line in help_lines(self.view.lang, at_end=item is None):
                    self.say(line)
            case "k":
                self.move(step(self.session, -1))
            case "P":
                self._group(plain_spellings(self.session), Choice("accept"), "plain", command.words)
            case _ if item is None:
                self.say(self.word("unknown"))
            case _:
                self._on_place(command, item)

    def _on_place(self, command: Command, item: Item) -> None:
        """The commands that need a place."""
        match command.key:
            case "j":
                self.move(step(self.session, 1, skip=True))
            case "n":
                beside.note(self, command.words)
            case "o":
                beside.show_scan(self, item)
            case "p":
                beside.ask_about(self, command.words, item)
            case "W":
                beside.list_words(self, command.words, item)
            case "w":
                self.scope = SCOPES[(SCOPES.index(self.scope) + 1) % len(SCOPES)]
                self.say(self.word(f"scope.{self.scope}"))
            case "m":
                beside.add_finding(self, command.words, item)
            case "A":
                self._group(alike_items(self.session, item), Choice("accept"), "accept", command.words)
            case "R":
                self._group(alike_items(self.session, item), Choice("reject"), "reject", command.words)
            case _:
                choice = choice_of(command, item, self.typing, self.view, note=self.note)
                if choice is None:
                    self.say(self.word("cancelled"))
                else:
                    self._rule(item, choice)

    # What is written.

    def signature(self, batch: str = "") -> Signature:
        time = stamp(self.now(), self.session.state.history)
        return Signature(self.session.editor, time, self.version, batch)

    def _rule(self, item: Item, choice: Choice) -> None:
        """Write a ruling on a place and go on to the next."""
        if self._overtaken([item]):
            return
        note = choice.note or self.note
        full = replace(choice, note=note, reasons=self.reasons, checked=self.checked, scope=self.scope)
        wide = full if self.scope == "once" else ask_reach(item, full, self.session, self.typing, self.view, self.say)
        if wide is None:
            self.say(self.word("cancelled"))
            return
        ruling = ruling_for(item, wide, self.signature())
        self.write([(item.document, ruling)])
        self.say(self.word("saved", text=self.view.ruling(ruling)), style="blue")
        self.renew()
        self.move(step(self.session, 1))

    def write(self, made: Sequence[tuple[int, Ruling]]) -> None:
        """Write rulings; whatever stops it, they count as not saved until they are."""
        places = {(number, ruling.anchor.words) for number, ruling in made}
        self.unsaved |= places
        self.logs.write(made)
        self.unsaved -= places
        self.done += len(made)
        self.acts += [None] if made[0][1].verdict != "undo" else []

    def _overtaken(self, items: Sequence[Item]) -> bool:
        """Whether somebody has ruled on one of the places since it was shown; then it is shown again."""
        before = {item.key: item.seen for item in items}
        self.renew()
        books = self.session.books
        for (number, entry), seen in before.items():
            matched = next(m for m in books[number].entries if m.entry.id == entry)
            if any(r.id not in seen for p in matched.placed for r in p.standing.rulings):
                self.say(self.word("late"), style="red")
                return True
        return False

    def renew(self) -> None:
        history = self.logs.history()
        for lost in self.seen.lost(history):
            if lost not in self.told:
                self.told.add(lost)
                self.say(clean(lost.text(self.view.lang)), style="red")
        self.session = renewed(self.session, history.state, self.logs.reviewed(history))

    def move(self, session: ReviewSession) -> None:
        """Another place: what was noted for the last one does not go with it."""
        before = self.session.current.key if self.session.current else None
        after = session.current.key if session.current else None
        self.session = session
        if before != after:
            self.note, self.reasons, self.checked, self.scope = "", (), False, "once"
        if before == after or after is None:
            self._shown = ()

    def _undo(self) -> None:
        """Take back the last ruling or group action, in every folder that it was written to, or the last word listed."""
        self.renew()
        if self.acts and (last := self.acts.pop()) is not None:
            beside.take_word_back(self, last)
            return
        targets = undo_targets(self.session.state, self.session.editor)
        by_folder = self.logs.by_folder(targets)
        known = [t for t in targets if any(t in own for _, own in by_folder)]
        if not known:
            raise BadRuling(Message("nothing-of-yours-to-undo"))
        signature = self.signature()
        self.write([(number, rulings_from_choices.make_undo(own, signature)) for number, own in by_folder])
        self.done = max(0, self.done - len(by_folder) - len(known))
        self.renew()
        text = "; ".join(self.view.ruling(t) for t in known[:3]) + (" …" if len(known) > 3 else "")
        self.say(self.word("undone", count=len(known), text=text), style="blue")
        self.move(back_to(self.session, known[0]))

    # Groups.

    def _group(self, items: Sequence[Item], choice: Choice, heading: str, words: str) -> None:
        """Rule a whole group after a look, without the places that are left out."""
        if not items:
            self.say(self.word("group-none"))
            return
        self.say(group_heading(heading, items, self.view.lang))
        chosen = ask_group(items, words, self.typing, self.view, self.say)
        if chosen is None:
            self.say(self.word("cancelled"))
        if not chosen or self._overtaken(chosen):
            return
        name = hashlib.sha256("\0".join((self.session.editor, self.signature().time)).encode()).hexdigest()[:12]
        made = decide_all(chosen, choice, self.signature(name))
        self.write([(item.document, ruling) for item, ruling in made])
        self.say(self.word("saved-group", count=len(made)), style="blue")
        self.renew()
        current = self.session.current
        self.move(step(self.session, 0 if current is not None and current.status == "open" else 1))
