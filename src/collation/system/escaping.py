"""Foreign text made harmless to look at: words of documents, names of files and notes may be anybody's.

A control character can move the cursor of a terminal, a bidirectional one can turn the order of what is read, half a
character cannot be written at all, and a line that begins with two colons or holds ``##[`` is a command to the programs
that run checks (GitHub reads ``::`` after any blanks and ``##[`` anywhere in a line). All of them are shown as escapes
of JSON, so that a text in JSON stays the same value.
"""

from __future__ import annotations

import re

_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_OF_LINES = re.compile(r"[\t\n]")
_COMMAND = re.compile(r"^([^\S\n]*[\s\u180e\u200b\ufeff]*):(?=:)", re.M)
_OLD_COMMAND = re.compile(r"(##[\w-]*)\[")


def visible(text: str) -> str:
    """A text in which whatever is not seen is shown as an escape; line ends and tabs stay, CR LF is one line end."""
    return _UNSEEN.sub(_escape, text.replace("\r\n", "\n"))


def visible_line(text: str) -> str:
    """The same on one line: line ends and tabs are escapes too. For names."""
    return _OF_LINES.sub(_escape, _UNSEEN.sub(_escape, text))


def inert(text: str) -> str:
    """A visible text of which no line is a command to the program that runs a check."""
    return _COMMAND.sub(r"\1\\u003a", _OLD_COMMAND.sub(r"\1\\u005b", visible(text)))


def pictured(text: str) -> str:
    """A text of the same length, in which a sign is shown for each character that is not seen."""
    return _UNSEEN.sub(_picture, text)


def _escape(match: re.Match[str]) -> str:
    return f"\\u{ord(match[0]):04x}"


def _picture(match: re.Match[str]) -> str:
    sign = match[0]
    if sign in "\r\v\f\x85\u2028\u2029":
        return sign  # blanks on a page
    return chr(0x2400 + ord(sign)) if sign < " " else "\N{REPLACEMENT CHARACTER}"
