"""Letters read for figures: "6ОО", "45 ООО", "З0", "1О", and Roman numerals in Cyrillic letters: "ХУП", "ХГХ", "1У".

A scanner takes 0 for О, 3 for З, 1 for l; where the letters touch figures, or fill a group of three behind figures, they
are read as the figures they stand for. A numeral that Latin X, V and I make is often set or read in the Cyrillic letters
of like shape; it is read where the word beside it is one that is numbered so ("съезд", "век") or a ruler's name. What
could be a word or an abbreviation as well ("ЗО", "l", "П") is unsure: it may answer a number of the other side, no more.
A б is read for 6 where what follows is counted or is the rest of a date ("5б лет", "2б мая", "193б г."); elsewhere it
may be the letter of a class or a flat, and the number is read either way. Blind to letters for figures in the middle of
a word and to numerals above 39.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import regex

from collation.knowledge.letters import fold
from collation.knowledge.values.numerals import numerals, roman
from collation.knowledge.words import morphology
from collation.model import Place, Token
from collation.model.document import TokenKind

_FIGURE_OF = str.maketrans("ОоOoЗзlIІі|б", "000033111116")
_LETTERS = "ОоOoЗзlIІі|"
_TOUCHING = regex.compile(
    rf"(?P<body>[1-9{_LETTERS[4:]}](?:[\d{_LETTERS}]|(?<=\d)б(?=\d))*(?:[.,:][\d{_LETTERS}]+)*)(?P<suffix>-\p{{Ll}}{{1,3}})?"
)
_GROUP = regex.compile(r"[ОоOo]{3}|[ОоOo0]{3}")
_ALONE = regex.compile(r"З[ОO]{1,2}(?P<suffix>-\p{Ll}{1,3})?")
_NUMERAL_OF = {"Х": "X", "X": "X", "У": "V", "V": "V", "П": "II", "Ш": "III"} | dict.fromkeys("ГІI1l", "I")
_NUMERAL = regex.compile(r"(?P<body>[ХXУVПШГІI1l]{1,7})(?P<suffix>-\p{Ll}{1,3})?")
_NUMBERED = frozenset(
    "съезд век столетие том глава часть раздел сессия созыв пленум конференция конгресс квартал класс курс степень группа "
    "категория интернационал дума армия корпус отдел отделение управление династия тысячелетие партсъезд выпуск книга акт "
    "этап тур разряд сорт очередь ранг".split()
)
_NUMBERED_IN_ENGLISH = frozenset(
    "congress century chapter part session plenum plenary conference quarter army corps dynasty millennium volume convention "
    "international duma".split()
)
_SIX = regex.compile(r"(?P<body>\d*б\d*)(?P<suffix>-\p{Ll}{1,3})?")
_LETTER_OF_SIX, _YEAR_FIGURES = "б", 4
_OF_A_YEAR = frozenset("г гг год года году годом годах годов".split())
_CUTS = 6  # tokens that one misread number may be cut into


@dataclass(frozen=True, slots=True)
class Misread:
    """Tokens that are a number in letters: as one token, as they should read, what hangs on them, and how surely."""

    token: Token
    width: int
    read: str
    suffix: str = ""
    unsure: bool = False


def misread_at(tokens: Sequence[Token], i: int, language: str) -> Misread | None:
    """What the tokens from i on are, if letters stand for figures in them."""
    found = _figures(tokens, i) or _group(tokens, i)
    if found is None and language == "ru":
        found = _six(tokens, i) or _numeral(tokens, i) or _alone(tokens, i)
    return found


def _figures(tokens: Sequence[Token], i: int) -> Misread | None:
    """ "6ОО", "З0", "1О-го": figures and letters that touch."""
    if i and tokens[i - 1].stop == tokens[i].start and tokens[i - 1].kind != "mark":
        return None
    for width in range(_touching(tokens, i), 0, -1):
        text = "".join(t.text for t in tokens[i : i + width])
        match = _TOUCHING.fullmatch(text)
        if match and _is_mixed(match["body"]):
            read = match["body"].translate(_FIGURE_OF)
            return Misread(_one(tokens[i : i + width], text), width, read, match["suffix"] or "")
    return None


def _six(tokens: Sequence[Token], i: int) -> Misread | None:
    """ "5б лет", "193б г.", "б5": the letter for the figure, before what is counted or behind no figure."""
    if i and tokens[i - 1].stop == tokens[i].start and tokens[i - 1].kind != "mark":
        return None
    width = _touching(tokens, i)
    while width and tokens[i + width - 1].kind == "mark":
        width -= 1
    text = "".join(t.text for t in tokens[i : i + width])
    match = _SIX.fullmatch(text)
    if match is None or not any(char.isdigit() for char in match["body"]):
        return None
    read = match["body"].replace(_LETTER_OF_SIX, "6")
    first = text.startswith(_LETTER_OF_SIX)
    if not first and not match["suffix"] and not _goes_on_with_number(tokens, i + width, len(read)):
        return None
    return Misread(_one(tokens[i : i + width], text), width, read, match["suffix"] or "", unsure=first)


def _goes_on_with_number(tokens: Sequence[Token], i: int, figures: int) -> bool:
    """Whether the word behind a number that ends in six is counted by it, is the month of a date, or marks a year."""
    if i < len(tokens) and _GROUP.fullmatch(tokens[i].text.replace("0", "О")) and _is_behind(tokens, i):
        return True
    if i >= len(tokens) or tokens[i].kind != "word":
        return False
    word = fold(tokens[i].text)
    if figures == _YEAR_FIGURES and word in _OF_A_YEAR:
        return True
    known = morphology.parses(word) if morphology.is_known(word) else ()
    months = any(n.kind == "month" for n in numerals(word, "ru"))
    wanted = ("gent", "sing") if months else ("gent", "plur")
    return bool(known) and known[0].pos in {"NOUN", "ADJF"} and any((p.case, p.number) == wanted for p in known)


def with_six(figures: Token, letter: Token) -> Token | None:
    """One token of figures and the б that hangs on them, which may be a letter or a 6: "№ 4б"; None for others."""
    hangs = letter.start == figures.stop and letter.text == _LETTER_OF_SIX and figures.text.isdecimal()
    return _one((figures, letter), figures.text + letter.text) if hangs else None


def _is_mixed(body: str) -> bool:
    """Whether there are figures and letters in it, and each part between points has a figure or is a group of zeros."""
    letters = [char for char in body if not char.isdigit() and char not in ".,:"]
    if not letters or not any(char.isdigit() for char in body) or letters == ["о"]:
        return False
    parts = regex.split(r"[.,:]", body)
    return all(any(c.isdigit() for c in part) or _GROUP.fullmatch(part) for part in parts)


def _touching(tokens: Sequence[Token], i: int) -> int:
    width = 1
    while width < _CUTS and i + width < len(tokens) and tokens[i + width].start == tokens[i + width - 1].stop:
        width += 1
    return width


def _one(tokens: Sequence[Token], text: str, kind: TokenKind = "number") -> Token:
    return tokens[0] if len(tokens) == 1 else Token(text, Place.cover([t.place for t in tokens]), kind)


def _group(tokens: Sequence[Token], i: int) -> Misread | None:
    """ "ООО" behind one to three figures, or behind such a group."""
    if not i or not _GROUP.fullmatch(tokens[i].text) or tokens[i].text.isdigit() or not _is_behind(tokens, i):
        return None
    k = i - 1
    while k and _GROUP.fullmatch(tokens[k].text) and _is_behind(tokens, k):
        k -= 1
    first = tokens[k].text
    if not first.translate(_FIGURE_OF).isdecimal() or not any(c.isdigit() for c in first) or len(first) > 3:
        return None
    return Misread(tokens[i], 1, "000")


def _is_behind(tokens: Sequence[Token], i: int) -> bool:
    return tokens[i].start - tokens[i - 1].stop == 1


def _alone(tokens: Sequence[Token], i: int) -> Misread | None:
    """ "ЗО человек", "l килограмм", "б мешков": letters alone, before a small Russian word."""
    following = tokens[i + 1] if i + 1 < len(tokens) else None
    if following is None or following.kind != "word" or not following.text.islower():
        return None
    token = tokens[i]
    if token.text == _LETTER_OF_SIX and _goes_on_with_number(tokens, i + 1, 1):
        return Misread(token, 1, "6", unsure=True)
    match = _ALONE.fullmatch(token.text)
    if match is None and token.text != "l":
        return None
    suffix = match["suffix"] or "" if match else ""
    read = token.text.removesuffix(suffix).translate(_FIGURE_OF)
    return Misread(token, 1, read, suffix, unsure=True)


def _numeral(tokens: Sequence[Token], i: int) -> Misread | None:
    """ "ХУ съезд", "ХГХ века", "Александр П"."""
    for width in range(min(3, _touching(tokens, i)), 0, -1):
        text = "".join(t.text for t in tokens[i : i + width])
        match = _NUMERAL.fullmatch(text)
        if match is None or text.isdigit() or (i and tokens[i - 1].stop == tokens[i].start):
            continue
        read = "".join(_NUMERAL_OF[char] for char in match["body"])
        plain = match["body"].translate(str.maketrans("ХІ", "XI"))
        if roman(read) is None or plain == read:
            continue
        numbered = _is_numbered(tokens, i + width)
        if not numbered and not _is_ruler(tokens, i, width):
            continue
        unsure = not numbered or len(match["body"]) == 1
        token = _one(tokens[i : i + width], text, "word")
        return Misread(token, width, read, match["suffix"] or "", unsure)
    return None


def _is_numbered(tokens: Sequence[Token], i: int) -> bool:
    """Whether a word follows that Roman numerals count, an adjective passed over ("ХУ партийный съезд")."""
    for token in tokens[i : i + 2]:
        if token.kind != "word":
            return False
        if counts_in_roman(token.text, "ru"):
            return True
    return False


def counts_in_roman(word: str, language: str) -> bool:
    """Whether Roman numerals number what a word of either language means: congresses, centuries, chapters."""
    folded = fold(word)
    if language != "ru":
        return folded in _NUMBERED_IN_ENGLISH
    return bool(_NUMBERED.intersection(morphology.lemmas(folded) if morphology.is_known(folded) else ()))


def _is_ruler(tokens: Sequence[Token], i: int, width: int) -> bool:
    """Whether a name precedes and no name follows: "при Александре П."."""
    if not i or tokens[i - 1].kind != "word" or not tokens[i - 1].text.istitle() or len(tokens[i - 1].text) < 3:
        return False
    following = tokens[i + width] if i + width < len(tokens) else None
    initial = following is not None and following.text == "." and i + width + 1 < len(tokens)
    return not (initial and tokens[i + width + 1].text[:1].isupper())
