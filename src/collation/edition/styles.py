"""How a ruling looks in print: three house styles.

*plain*: the text as emended, nothing added. *brackets*: every emendation shows, restored letters as
«когд[а]», other words whole as «[теперь]»; an error of the original is followed by «[так в документе]».
*notes*: the text as emended, a number behind every place, the note under that number in the list. In no style
is a name, a number or a date emended silently: in *plain* it is printed in brackets.
"""

from __future__ import annotations

from typing import Literal, get_args

from collation.decisions.delicate_words import touches_name_or_number
from collation.decisions.ruling import Ruling
from collation.model.hypothesis import Side

Style = Literal["plain", "brackets", "notes"]
STYLES: tuple[Style, ...] = get_args(Style)
_NEVER_SILENT = {"name", "value"}
_SIC = {"original": "[так в документе]", "translation": "[sic]", "catalogue": "[sic]"}


def delicate(ruling: Ruling, lemma: str, reading: str) -> bool:
    """Whether a ruling is about a name, a number or a date, which no style emends silently.

    The entry's own word counts, and so do figures and capitals whatever the entry said; only where the entry
    saw no name is the capital of a sentence's first word no sign of one.
    """
    if ruling.shown is not None and ruling.shown.harm in _NEVER_SILENT:
        return True
    return touches_name_or_number(lemma, reading, ruling.anchor.before if ruling.shown is not None else None)


def printed(lemma: str, reading: str, style: Style, *, shows: bool, number: int) -> str:
    """What is printed for an emended place. ``shows`` asks for a visible form in the plain style too."""
    if style == "notes":
        return f"{reading}{noted(number)}"
    if style == "brackets" or shows:
        return bracketed(lemma, reading) if reading.strip() or not shows else "[]"
    return reading


def bracketed(lemma: str, reading: str) -> str:
    """The reading with what the editors put in brackets; a reading that has brackets of its own is left as it
    is.
    """
    if not reading.strip() or "[" in reading:
        return reading
    start, stop = _common(lemma, reading)
    restored = reading[start : len(reading) - stop]
    only_added = len(lemma) == start + stop
    inside_word = restored and not any(c.isspace() for c in restored)
    return (
        f"{reading[:start]}[{restored}]{reading[len(reading) - stop :]}"
        if only_added and inside_word
        else f"[{reading}]"
    )


def _common(one: str, other: str) -> tuple[int, int]:
    """How many characters two texts begin and end with alike, without counting any twice."""
    shorter = min(len(one), len(other))
    start = next((i for i in range(shorter) if one[i] != other[i]), shorter)
    rest = shorter - start
    stop = next((i for i in range(rest) if one[-1 - i] != other[-1 - i]), rest)
    return start, stop


def noted(number: int) -> str:
    """What leads from a place to its note, behind every place that has one."""
    return f"[{number}]"


def standing(side: Side, style: Style) -> str:
    """What is printed behind a place that is left as in the document, in a style without numbers."""
    return f" {_SIC[side]}" if style == "brackets" else ""
