"""The keys of the review, on the Latin and on the Russian layout alike: what counts is the key, not its
letter.

One key is one command; what follows it on a line is its argument, so that the same words work from a pipe:
``e теперь`` is an own reading, ``3`` the third one, an empty line the proposed ruling.
"""

from __future__ import annotations

from dataclasses import dataclass

_RUSSIAN = "йцукенгшщзхъфывапролджэячсмитьбю.ёЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,Ё"
_LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm,./`QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?~"
_SAME_KEY = dict(zip(_RUSSIAN, _LATIN, strict=True))
_OTHER_NAMES = {
    "\r": "", "\n": "", "x": "r", "\x7f": "u", "\b": "u", " ": "j",
    "\x1b[A": "k", "\x1b[B": "j", "\x1b[D": "k", "\x1b[C": "j", "\x1bOA": "k", "\x1bOB": "j",
    "\x03": "q", "\x04": "q",
}  # fmt: skip
KEYS = ("", *"arstednopmukjgwWARP/?q", *"123456789")
"""Every key of the review; "" is Enter. They are explained by the labels ``key.…``."""

KEYS_AT_END = ("", *"u/?q")
"""Those that do something in the terminal when no place is open any more; Enter leaves then."""


@dataclass(frozen=True, slots=True)
class Command:
    """A key and the words that came with it."""

    key: str
    words: str = ""


def key_of(pressed: str) -> str | None:
    """The key that was pressed, by its place on the keyboard; None when it means nothing here."""
    latin = _SAME_KEY.get(pressed, pressed)
    key = _OTHER_NAMES.get(latin, latin)
    return key if key in KEYS else None


def command_of(line: str) -> Command | None:
    """The command on a line, or None when it begins with no key."""
    stripped = line.strip()
    if not stripped:
        return Command("")
    head, _, words = stripped.partition(" ")
    if len(head) > 1 and head[0] == "/":
        head, words = "/", stripped[1:]
    key = key_of(head) if len(head) == 1 else None
    return None if key is None else Command(key, words.strip())
