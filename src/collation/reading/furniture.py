"""Page furniture: what belongs to the sheet and not to the sentence.

Page numbers, sheet headings, running heads, copy lines, stamps and archive lines are recognised by their whole line,
kept with their offsets, and never glued into sentences. Sheet headings and page numbers begin a sheet.
"""

from __future__ import annotations

import regex

_NUMBER = regex.compile(r"[-–—\s\[(]*(?P<number>\d{1,4})(?:\s*об\.?)?[-–—\s\])]*")
_TWO_NUMBERS = regex.compile(r"\d{1,3}(?:[.)]\s+|\s{3,})\d{1,3}\.?")  # "2.   5": the document's page and the file's
_SHEET = regex.compile(
    r"(?:Лист|Стр(?:аница|\.)?|Sheet|Page|p\.)\s*(?:№|N°?|No\.?)?\s*(?P<number>\d{1,4})\s*[.:]?", regex.I
)
_RUNNING_HEAD = regex.compile(r"(?:Продолжение|Continuation)\b.{0,60}\d.{0,20}", regex.I)
_NUMBER_IN_DASHES = r"[-–—]\s*(?P<number>\d{1,3})\s*[-–—]"
_HEAD_IN_CAPITALS = r"(?=(?:\P{Lu}*\p{Lu}){3})[^\p{Ll}\d]{3,60}"  # three capitals at least, no small letter
_NUMBERED_HEAD = regex.compile(rf"{_HEAD_IN_CAPITALS}\s{_NUMBER_IN_DASHES}|{_NUMBER_IN_DASHES}\s{_HEAD_IN_CAPITALS}")
_COPYING = regex.compile(
    r"(?:Снятие\s+копий\s+воспрещается|Подлежит\s+возврату.{0,80}|Для\s+отметок|Рассекречено|Declassified"
    r"|Экз(?:емпляр|\.)\s*(?:№|N)\s*[\d_ ]+|Copy\s+(?:No\.?|N°?)\s*\d+)",
    regex.I,
)
_ARCHIVE = regex.compile(
    r"(?:Архив\b.{0,200}|(?:АПРФ|АВП\s*РФ|РГАСПИ|ЦАМО|ГАРФ|APRF|RGASPI|AVP\s*RF|TsAMO)\b.{0,200}"
    r"|(?:Фонд|Ф\.)\s*(?:N|№)?\s*\d.{0,200})",
    regex.I,
)
_SHORT_NUMBERED = regex.compile(r"(?:N|№|N°)\s*\d{1,5}\s*,?\s*(?:I{1,3}|[IVX]{1,4})?\s*\.?")
_STRAY = regex.compile(r"\W*\w?\W*")


def sheet_number(line: str) -> str | None:
    """The number of the sheet that a line begins, or None."""
    match = _SHEET.fullmatch(line.strip())
    if match is None:
        match = regex.fullmatch(_NUMBER_IN_DASHES, line.strip()) or _NUMBERED_HEAD.fullmatch(line.strip())
    return match.group("number") if match else None


def is_furniture(line: str) -> bool:
    """Whether the whole line belongs to the sheet."""
    stripped = line.strip()
    if not stripped:
        return False
    return any(
        p.fullmatch(stripped)
        for p in (
            _NUMBER,
            _TWO_NUMBERS,
            _SHEET,
            _RUNNING_HEAD,
            _NUMBERED_HEAD,
            _COPYING,
            _ARCHIVE,
            _SHORT_NUMBERED,
            _STRAY,
        )
    )
