"""What an editor types: keys read whole from a terminal, one command each, and lines from a pipe."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator

import pytest

from collation.review.keys import Command
from collation.review.terminal.input import Keys, Lines, editable, read_key, typing

pytestmark = pytest.mark.skipif(os.name == "nt", reason="these are terminals of POSIX")


class Terminal:
    """The two ends of a terminal, of which the nearer is standard input."""

    def __init__(self) -> None:
        self.far, self.near = os.openpty()

    def fileno(self) -> int:
        return self.near

    def isatty(self) -> bool:
        return True

    def type(self, text: str) -> None:
        os.write(self.far, text.encode())


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> Iterator[Terminal]:
    found = Terminal()
    monkeypatch.setattr(sys, "stdin", found)
    yield found
    os.close(found.far)
    os.close(found.near)


@pytest.mark.parametrize("key", ["a", "ф", "€", "😀", "\x1b[A"])
def test_a_key_is_read_whole_and_nothing_behind_it(terminal: Terminal, key: str) -> None:
    terminal.type(key + "b")
    assert [read_key(), read_key()] == [key, "b"]


def test_escape_alone_is_a_key(terminal: Terminal) -> None:
    terminal.type("\x1b")
    assert read_key() == "\x1b"


def test_at_the_end_of_input_the_terminal_is_as_it_was(terminal: Terminal, monkeypatch: pytest.MonkeyPatch) -> None:
    import termios

    before = termios.tcgetattr(terminal.near)
    terminal.type("a\n")
    monkeypatch.setattr(os, "read", lambda file, count: b"")
    with pytest.raises(EOFError):
        read_key()
    assert termios.tcgetattr(terminal.near) == before


@pytest.mark.parametrize(("pressed", "command"), [("a", Command("a")), ("ф", Command("a")), ("\x1b[B", Command("j"))])
def test_a_key_is_a_command(
    terminal: Terminal, capsys: pytest.CaptureFixture[str], pressed: str, command: Command
) -> None:
    terminal.type(pressed)
    assert Keys().command("accept?") == command
    assert capsys.readouterr().out == "accept? \n"


def test_a_key_without_meaning_is_no_command(terminal: Terminal) -> None:
    terminal.type("§")
    assert Keys().command("accept?") is None


def test_lines_of_a_pipe_are_commands_with_their_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("e теперь\n\n  \nсвоё\n"))
    lines = Lines()
    assert not lines.asks
    assert lines.command("accept?") == Command("e", "теперь")
    assert lines.command("accept?") == Command("")
    assert lines.words("reading", "топор") == "топор"
    assert lines.words("reading", "топор") == "своё"
    with pytest.raises(EOFError):
        lines.command("accept?")
    assert capsys.readouterr().out.splitlines() == ["accept?"] * 2 + ["reading [топор]"] * 2 + ["accept?"]


@pytest.mark.parametrize(
    ("plain", "screen", "kind"),
    [(False, "xterm", Keys), (True, "xterm", Lines), (False, "dumb", Lines)],
    ids=["terminal", "plain", "dumb"],
)
def test_keys_are_for_who_sits_at_a_terminal(
    terminal: Terminal, monkeypatch: pytest.MonkeyPatch, plain: bool, screen: str, kind: type
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("TERM", screen)
    assert isinstance(typing(plain=plain), kind)


def test_a_pipe_gives_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.StringIO("q\n"))
    monkeypatch.setenv("TERM", "xterm")
    assert isinstance(typing(plain=False), Lines)


def test_the_line_editor_has_the_text_on_the_line_and_the_other_behind_the_arrow(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    readline = pytest.importorskip("readline")
    if not editable("топор"):
        pytest.skip("a locale without Cyrillic letters")
    hooks: list[Callable[[], None] | None] = []
    inserted: list[str] = []
    recalled: list[str | None] = []

    def line(prompt: str) -> str:
        hook = hooks[-1]
        assert hook is not None
        hook()
        recalled.extend(readline.get_history_item(i + 1) for i in range(readline.get_current_history_length()))
        return f" {inserted[-1]} и ещё "

    monkeypatch.setattr(readline, "set_startup_hook", hooks.append)
    monkeypatch.setattr(readline, "insert_text", inserted.append)
    monkeypatch.setattr("builtins.input", line)
    assert Keys().words("reading", "теперь", recalled="топор") == "теперь и ещё"
    assert recalled == ["топор"]
    assert hooks[-1] is None
    readline.clear_history()


@pytest.mark.parametrize(("typed", "kept"), [("", "теперь"), (" потом ", "потом")])
def test_what_the_line_editor_cannot_hold_is_shown_before_it(
    monkeypatch: pytest.MonkeyPatch, typed: str, kept: str
) -> None:
    prompts: list[str] = []
    monkeypatch.setattr("locale.getpreferredencoding", lambda do_setlocale=True: "ANSI_X3.4-1968")
    monkeypatch.setattr("builtins.input", lambda prompt: prompts.append(prompt) or typed)
    assert Keys().words("reading", "теперь", recalled="топор") == kept
    assert prompts == ["reading [теперь] "]
