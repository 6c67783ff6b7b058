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

from rich.console import Console
from rich.text import Text

from collation.decisions.in_force import undo_targets
from collation.decisions.ruling import SCOPES, Ruling, Scope
from collation.errors import BadRuling, CollationError, Message
from collation.review import rulings_from_choices
from collation.review.keys import Command
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
from collation.review.terminal.choices import ask_finding, ask_group, ask_note, ask_reach, choice_of
from collation.review.terminal.input import Typing
from collation.review.terminal.notices import greeting, group_heading, help_lines
from collation.review.terminal.view import View, clean, terminal_label
from collation.writers.wording import one_line


@dataclass
class Terminal:
    """A review that is going on. ``note``, ``reasons``, ``checked`` and ``scope`` go with the next ruling on the
    current place; ``unsaved`` are the places on which a ruling could not be written and none was since.
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
            self.say(self._word("bye-unsaved", count=len(self.unsaved), words=words), style="red")
        self.say(self._word("bye-done" if self.unsaved else "bye", done=self.done, open=waiting))

    def say(self, line: str | Text, style: str = "") -> None:
        """A line to the terminal, broken between words; whole where a program or a screen reader takes it."""
        text = line if isinstance(line, Text) else Text(line, style=style)
        whole = self.console.no_color or not self.console.is_terminal
        self.console.print(text, soft_wrap=whole, highlight=False)

    def _word(self, key: str, **values: object) -> str:
        return terminal_label(key, self.view.lang, **values)

    def _turn(self) -> bool:
        """Show the place, read a command, carry it out; False when the editor leaves."""
        item = self.session.current
        if item is None:
            done = bool(self.session.items) and not self.session.waiting
            self.say(self._word("all-done", all=len(self.session.items)) if done else self._word("nothing-open"))
        self._show(item)
        prompt = self._word("prompt", proposed=self.view.proposal(item)) if item else ">"
        command = self.typing.command(prompt)
        if command is None:
            self.say(self._word("unknown"))
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
                self.say(self._word("order.line" if self.session.by_line else "order.harm"))
            case "/":
                words = command.words or self.typing.words(self._word("ask.search"))
                self._move(filtered(self.session, replace(self.session.filters, words=words)))
            case "?":
                for line in help_lines(self.view.lang):
                    self.say(line)
            case "k":
                self._move(step(self.session, -1))
            case "P":
                self._group(plain_spellings(self.session), Choice("accept"), "plain", command.words)
            case _ if item is None:
                self.say(self._word("unknown"))
            case _:
                self._on_place(command, item)

    def _on_place(self, command: Command, item: Item) -> None:
        """The commands that need a place."""
        match command.key:
            case "j":
                self._move(step(self.session, 1, skip=True))
            case "n":
                self._note(command.words)
            case "o":
                self._scan(item)
            case "w":
                self.scope = SCOPES[(SCOPES.index(self.scope) + 1) % len(SCOPES)]
                self.say(self._word(f"scope.{self.scope}"))
            case "m":
                self._add(command.words, item)
            case "A":
                self._group(alike_items(self.session, item), Choice("accept"), "accept", command.words)
            case "R":
                self._group(alike_items(self.session, item), Choice("reject"), "reject", command.words)
            case _:
                choice = choice_of(command, item, self.typing, self.view, note=self.note)
                if choice is None:
                    self.say(self._word("cancelled"))
                else:
                    self._rule(item, choice)

    # What is written.

    def _signature(self, batch: str = "") -> Signature:
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
            self.say(self._word("cancelled"))
            return
        ruling = ruling_for(item, wide, self._signature())
        self._write([(item.document, ruling)])
        self.say(self._word("saved", text=self.view.ruling(ruling)), style="blue")
        self._renew()
        self._move(step(self.session, 1))

    def _write(self, made: Sequence[tuple[int, Ruling]]) -> None:
        """Write rulings; whatever stops it, they count as not saved until they are."""
        places = {(number, ruling.anchor.words) for number, ruling in made}
        self.unsaved |= places
        self.logs.write(made)
        self.unsaved -= places
        self.done += len(made)

    def _overtaken(self, items: Sequence[Item]) -> bool:
        """Whether somebody has ruled on one of the places since it was shown; then it is shown again."""
        before = {item.key: item.seen for item in items}
        self._renew()
        books = self.session.books
        for (number, entry), seen in before.items():
            matched = next(m for m in books[number].entries if m.entry.id == entry)
            if any(r.id not in seen for p in matched.placed for r in p.standing.rulings):
                self.say(self._word("late"), style="red")
                return True
        return False

    def _renew(self) -> None:
        history = self.logs.history()
        for lost in self.seen.lost(history):
            if lost not in self.told:
                self.told.add(lost)
                self.say(clean(lost.text(self.view.lang)), style="red")
        self.session = renewed(self.session, history.state, self.logs.reviewed(history))

    def _move(self, session: ReviewSession) -> None:
        """Another place: what was noted for the last one does not go with it."""
        before = self.session.current.key if self.session.current else None
        after = session.current.key if session.current else None
        self.session = session
        if before != after:
            self.note, self.reasons, self.checked, self.scope = "", (), False, "once"
        if before == after or after is None:
            self._shown = ()

    def _undo(self) -> None:
        """Take back the last ruling or group action, in every folder that it was written to."""
        self._renew()
        targets = undo_targets(self.session.state, self.session.editor)
        by_folder = self.logs.by_folder(targets)
        known = [t for t in targets if any(t in own for _, own in by_folder)]
        if not known:
            raise BadRuling(Message("nothing-of-yours-to-undo"))
        signature = self._signature()
        self._write([(number, rulings_from_choices.make_undo(own, signature)) for number, own in by_folder])
        self.done = max(0, self.done - len(by_folder) - len(known))
        self._renew()
        text = "; ".join(self.view.ruling(t) for t in known[:3]) + (" …" if len(known) > 3 else "")
        self.say(self._word("undone", count=len(known), text=text), style="blue")
        self._move(back_to(self.session, known[0]))

    # Groups.

    def _group(self, items: Sequence[Item], choice: Choice, heading: str, words: str) -> None:
        """Rule a whole group after a look, without the places that are left out."""
        if not items:
            self.say(self._word("group-none"))
            return
        self.say(group_heading(heading, items, self.view.lang))
        chosen = ask_group(items, words, self.typing, self.view, self.say)
        if chosen is None:
            self.say(self._word("cancelled"))
        if not chosen or self._overtaken(chosen):
            return
        name = hashlib.sha256("\0".join((self.session.editor, self._signature().time)).encode()).hexdigest()[:12]
        made = decide_all(chosen, choice, self._signature(name))
        self._write([(item.document, ruling) for item, ruling in made])
        self.say(self._word("saved-group", count=len(made)), style="blue")
        self._renew()
        current = self.session.current
        self._move(step(self.session, 0 if current is not None and current.status == "open" else 1))

    # Beside the rulings.

    def _note(self, words: str) -> None:
        self.reasons, self.note = ask_note(words, self.typing, self.view.lang, given=self.note)
        self.say(self._word("noted"))

    def _scan(self, item: Item) -> None:
        layout = self.view.layouts[item.document]
        if self.scan:
            sheet = layout.sheet(item.entry.place)
            self.say(self.scan.replace("{id}", item.source.id).replace("{sheet}", sheet))
        else:
            self.say(self._word("no-scan"))
        self.checked = not self.checked
        self.say(self._word("checked" if self.checked else "unchecked"))

    def _add(self, words: str, item: Item) -> None:
        """A finding that the program missed, in the document of the current place."""
        found = ask_finding(words, item, self.typing, self.view, self.say)
        if found is None:
            return
        place, own = found
        choice = Choice("added", own=own, note=self.note, reasons=self.reasons, checked=self.checked)
        ruling = rulings_from_choices.make_finding(
            item.source, place, self.view.side_of(item.document, place), choice, self._signature()
        )
        self._write([(item.document, ruling)])
        self.say(self._word("saved", text=self.view.ruling(ruling)), style="blue")
        self._renew()
