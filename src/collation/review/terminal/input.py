"""What an editor types: single keys at a terminal that allows it, else lines, as from a pipe or for a screen
reader.

Both give the same commands. A text to be mended is filled in already where the terminal can do that; one that
is only likely is a press of the up arrow away, because what is typed behind it would be saved with it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import locale
import os
import sys
from collections.abc import Iterator
from typing import Protocol

from collation.review.keys import Command, command_of, key_of

_ESCAPE = "\x1b"
_PATIENCE = 0.5


class Typing(Protocol):
    """Where commands and words come from. ``asks`` says whether somebody is there to answer what need not be
    asked, ``recalls`` whether the up arrow brings a text.
    """

    asks: bool
    recalls: bool

    def command(self, prompt: str) -> Command | None:
        """The next command; None when there is none on the line or key. Raises EOFError at the end."""

    def words(self, prompt: str, given: str = "", *, recalled: str = "") -> str:
        """A line of words; ``given`` is filled in to be changed, the up arrow brings ``recalled``. Raises EOFError
        at the end.
        """


class Lines:
    """One command a line. What follows a key on its line answers the question that the key would ask."""

    recalls = False

    def __init__(self) -> None:
        self.asks = sys.stdin.isatty()

    def command(self, prompt: str) -> Command | None:
        """The command on the next line."""
        return command_of(self._line(prompt))

    def words(self, prompt: str, given: str = "", *, recalled: str = "") -> str:
        """The next line; an empty one is what was given."""
        return self._line(f"{prompt} [{given}]" if given else prompt).strip() or given

    def _line(self, prompt: str) -> str:
        """A line. What comes from a pipe is not echoed, so the prompt ends its own line there."""
        if self.asks:
            return input(f"{prompt} ")
        sys.stdout.write(f"{prompt}\n")
        sys.stdout.flush()
        return input()


class Keys:
    """One command a key."""

    asks = True
    recalls = importlib.util.find_spec("readline") is not None

    def command(self, prompt: str) -> Command | None:
        """The command of the next key."""
        sys.stdout.write(f"{prompt} ")
        sys.stdout.flush()
        pressed = read_key()
        sys.stdout.write("\n")
        key = key_of(pressed)
        return None if key is None else Command(key)

    def words(self, prompt: str, given: str = "", *, recalled: str = "") -> str:
        """A line that is typed, with ``given`` on it to be changed. Where the line editor has no such letters, ``given`` is shown
        before it and an empty line keeps it."""
        if not editable(given + recalled):
            return input(f"{prompt} [{given}] " if given else f"{prompt} ").strip() or given
        with _line(given, recalled):
            return input(f"{prompt} ").strip()


def typing(*, plain: bool) -> Typing:
    """Keys where a person sits at a terminal, else lines."""
    alone = not plain and sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") != "dumb"
    return Keys() if alone and _can_read_keys() else Lines()


def _can_read_keys() -> bool:
    """Whether this system gives single keys. What reads them is imported now and not behind the prompt: Python can
    lose an interrupt that comes while a module is imported.
    """
    try:
        if os.name == "nt":
            import msvcrt  # noqa: F401
        else:
            import select  # noqa: F401
            import termios  # noqa: F401
            import tty  # noqa: F401
    except ImportError:
        return False
    return True


def read_key() -> str:
    """One key from the terminal: a character, or the whole sequence of an arrow. Raises EOFError."""
    return _read_key_windows() if sys.platform == "win32" else _read_key_posix()


def _read_key_windows() -> str:  # pragma: no cover
    import msvcrt

    pressed = str(msvcrt.getwch())  # type: ignore[attr-defined, unused-ignore]
    if pressed in ("\x00", "\xe0"):
        arrows = {"H": "A", "P": "B", "K": "D", "M": "C"}
        return f"{_ESCAPE}[{arrows.get(str(msvcrt.getwch()), '?')}"  # type: ignore[attr-defined, unused-ignore]
    return pressed


def _read_key_posix() -> str:
    import select
    import termios
    import tty

    file = sys.stdin.fileno()
    before = termios.tcgetattr(file)
    try:
        tty.setcbreak(file, termios.TCSADRAIN)
        while not select.select([file], [], [], _PATIENCE)[0]:
            pass  # an interrupt just before a read without end would be noticed at the next key only
        first = os.read(file, 1)
        if not first:
            raise EOFError
        data = first + _rest(file, first[0])
    finally:
        termios.tcsetattr(file, termios.TCSADRAIN, before)
    return data.decode("utf-8", "replace")


def _rest(file: int, first: int) -> bytes:
    """The bytes that belong to the first: of a letter in UTF-8, or of an arrow's sequence, if any follow at
    once.
    """
    import select

    if first == 0x1B:
        ready, _, _ = select.select([file], [], [], 0.05)
        return os.read(file, 2) if ready else b""
    more = 3 if first >= 0xF0 else 2 if first >= 0xE0 else 1 if first >= 0xC0 else 0
    found = b""
    while len(found) < more:
        found += os.read(file, more - len(found))
    return found


def editable(text: str) -> bool:
    """Whether the line editor can hold a text: in the locale "POSIX" it has no Cyrillic letters."""
    try:
        text.encode(locale.getpreferredencoding(False))
    except UnicodeEncodeError:
        return False
    return True


@contextlib.contextmanager
def _line(given: str, recalled: str) -> Iterator[None]:
    """The line editor with a text on its line and another behind the up arrow, where there is a line editor."""
    try:
        import readline
    except ImportError:
        yield
        return
    readline.clear_history()
    if recalled:
        readline.add_history(recalled)
    readline.set_startup_hook(lambda: readline.insert_text(given))
    try:
        yield
    finally:
        readline.set_startup_hook(None)
