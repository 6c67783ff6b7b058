"""A file's text as it reads: signs that nobody sees left out, every letter in one code point.

Soft hyphens, zero-width signs, word joiners, direction marks and byte order marks (Unicode's default ignorable
code points) are nothing inside a line; a soft hyphen at the end of a line is a hyphen. Decomposed letters (й as и
with a breve) are composed (NFC). The offsets lead from each character back to the file.
"""

from __future__ import annotations

import unicodedata

import regex

from collation.model.offsets import Offsets

_INVISIBLE = regex.compile(r"\p{Default_Ignorable_Code_Point}+")
_AT_LINE_END = regex.compile(
    r"(?<=[\p{L}\p{M}])\p{Default_Ignorable_Code_Point}*?(?P<hyphen>\u00ad)\p{Default_Ignorable_Code_Point}*(?=[ \t]*[\r\n])"
)
_LETTER = regex.compile(r"\P{M}?\p{M}+|.", regex.DOTALL)
HYPHEN = "¬"


def read_visible(text: str) -> tuple[str, Offsets | None]:
    """The text as read and where its characters are in the file; None when it is the file's text itself."""
    if unicodedata.is_normalized("NFC", text) and not _INVISIBLE.search(text):
        return text, None
    chars, at = _without_invisible(text)
    read: list[str] = []
    starts: list[int] = []
    stops: list[int] = []
    for match in _LETTER.finditer("".join(chars)):
        composed = unicodedata.normalize("NFC", match.group())
        first, last = at[match.start()], at[match.end() - 1] + 1
        own = [first, *range(max(first, last - len(composed) + 1), last)][: len(composed)]
        read.append(composed)
        starts += own
        stops += [*own[1:], last]
    return "".join(read), Offsets((*starts, len(text)), tuple(stops))


def _without_invisible(text: str) -> tuple[list[str], list[int]]:
    """The characters that are seen and their offsets; a soft hyphen at a line end is seen."""
    hyphens = {match.start("hyphen") for match in _AT_LINE_END.finditer(text)}
    hidden = {i for match in _INVISIBLE.finditer(text) for i in range(*match.span())} - hyphens
    at = [i for i in range(len(text)) if i not in hidden]
    return [HYPHEN if i in hyphens else text[i] for i in at], at
