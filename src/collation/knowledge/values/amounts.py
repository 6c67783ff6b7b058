"""Numbers in figures and in words, of either language, from atoms.

Figures know the marks of their language (1,000 and 3.5; 1 000 and 3,5), words are summed as long as they fit ("сто
двадцать пять", "three hundred and five"); what does not fit begins a number of its own, but two parts of one English
word that do not fit ("twelve-two") are a broken number. Fractions, multipliers and vague plurals are loose.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import regex

from collation.knowledge.values.atoms import MOST_FIGURES, Atom, Scan
from collation.knowledge.values.numerals import Numeral, compound, roman
from collation.knowledge.values.quantities import NumberPiece, Value
from collation.knowledge.words import morphology

Found = tuple[Value, int]
_UNITS = {
    "percent": "% процент percent pct percentage процентный",
    "dollar": "$ доллар dollar",
    "ruble": "рубль руб ruble rouble",
    "euro": "€ евро euro",
    "pound": "£ фунт pound",
    "year": "год лет year летие anniversary годовщина",
    "month": "месяц month", "week": "неделя week", "day": "день сутки day", "hour": "час hour", "minute": "минута мин minute",
    "second": "секунда second", "century": "век столетие century", "kilometre": "километр км kilometer kilometre km",
    "mile": "миля mile", "metre": "метр meter metre", "foot": "фут foot feet", "inch": "дюйм inch", "ton": "тонна ton tonne",
    "verst": "верста verst", "pood": "пуд pood", "degree": "градус degree",
}  # fmt: skip
_UNIT_OF = {word: unit for unit, words in _UNITS.items() for word in words.split()}
_GROUPED = {"ru": regex.compile(r"\d{1,3}(?:\.\d{3})+"), "en": regex.compile(r"\d{1,3}(?:,\d{3})+")}
_ABOUT = frozenset("около до более свыше с порядка менее почти одной".split())
_PACKS = frozenset("десяток десятилетие дюжина сотня dozen decade".split())
_HUNDREDS = range(100, 1000, 100)


def read_figures(run: Scan, i: int) -> Found | None:
    """A number in figures at i, with the groups and scale words that follow."""
    atom = run.at(i)
    if atom is None or not atom.figures:
        return None
    number = _figures(atom.text, run.language)
    if number is None:
        return None
    pieces, after = [atom.piece("amount", number, ordinal=bool(atom.suffix))], i + 1
    if atom.text.isdigit() and len(atom.text) <= 3 and not atom.suffix and _group_follows(run, i):
        joined = run.atoms[i + 1]
        pieces = [atom.piece("amount", number * 1000), joined.piece("amount", int(joined.text))]
        after = i + 2
    scales, after = _scales(run, after)
    return _number(run, i, after, [*pieces, *scales], loose=False), after


def _figures(text: str, language: str) -> Fraction | None:
    if len(text) > MOST_FIGURES:
        return None
    if text.isdecimal():
        return Fraction(int(text))
    if _GROUPED[language].fullmatch(text):
        return Fraction(int(regex.sub(r"\D", "", text)))
    if regex.fullmatch(r"\d+[.,]\d+", text):
        return Fraction(text.replace(",", "."))
    return None


def _group_follows(run: Scan, i: int) -> bool:
    left, right = run.atoms[i], run.at(i + 1)
    if right is None or not right.figures or len(right.text) != 3 or not right.text.isdigit() or right.suffix:
        return False
    return run.language == "ru" and right.token.start - left.token.stop == 1


def _scales(run: Scan, i: int) -> tuple[list[NumberPiece], int]:
    """Thousand, million … at i and after."""
    pack = _pack(run, i)
    if pack:
        return [pack], i + 1
    found: list[NumberPiece] = []
    while True:
        big = [n for n in run.numerals(i, "cardinal") if n.value >= 1000 or (run.language == "en" and n.value == 100)]
        if not big or (found and run.language == "ru"):
            return found, i
        found.append(run.atoms[i].piece("scale", big[0].value, form="word"))
        i += 2 if run.word(i) in {"тыс", "млн", "млрд"} and run.word(i + 1) == "." else 1


def read_words(run: Scan, i: int) -> Found | None:
    """A number in words at i."""
    half = _half_of(run, i)
    if half:
        return half
    pieces: list[NumberPiece] = []
    first = _fitting(run, i, [])
    loose = first is not None and first.loose
    j = i
    broken = False
    while (numeral := _fitting(run, j, pieces)) is not None:
        role = "scale" if numeral.value >= 1000 or (run.language == "en" and numeral.value == 100) else "amount"
        pieces.append(
            run.atoms[j].piece(role, numeral.value, form="word", ordinal=numeral.kind == "ordinal")  # type: ignore[arg-type]
        )
        j += 2 if run.word(j) in {"тыс", "млн", "млрд"} and run.word(j + 1) == "." else 1
        if numeral.kind in {"ordinal", "collective", "multiplier", "fraction"} and not _fitting_scale(run, j, numeral):
            break
        if pack := _pack(run, j):
            pieces.append(pack)
            j += 1
            break
        j += _and(run, j, pieces)
    if not pieces:
        return _loose_word(run, i)
    if run.language == "en" and _misfit(run, j, pieces):
        pieces.append(run.atoms[j].piece("amount", run.numerals(j, "cardinal", "ordinal")[0].value, form="word"))
        j, broken = j + 1, True
    value = _number(run, i, j, pieces, loose=(loose and len(pieces) == 1) or _vague(run, i, pieces))
    if broken:
        return replace(value, broken=True), j
    return _fraction(run, j, value)


def _pack(run: Scan, i: int) -> NumberPiece | None:
    """Dozens, tens, decades and hundreds that are counted: "два десятка", "three dozen"."""
    packs = [n for n in run.numerals(i, "collective") if n.lemma in _PACKS]
    return run.atoms[i].piece("scale", packs[0].value, form="word") if packs else None


def _fitting(run: Scan, i: int, pieces: list[NumberPiece]) -> Numeral | None:
    """The numeral at i if it goes on with the number of the pieces."""
    kinds = ("cardinal", "ordinal") if pieces else ("cardinal", "ordinal", "collective", "multiplier", "fraction")
    options = run.numerals(i, *kinds)
    options = tuple(sorted(options, key=lambda n: kinds.index(n.kind)))
    if not options:
        return None
    numeral = options[0]
    if not pieces:
        return numeral
    last = pieces[-1].value
    if last is None or pieces[-1].ordinal:
        return None
    return numeral if _fits(last, numeral.value, pieces[-1].role, run.language) else None


def _fits(last: Fraction, value: Fraction, role: str, language: str) -> bool:
    if value >= 1000:
        return last < value
    if language == "en" and value == 100:
        return last < 100 and role == "amount"
    if role == "scale":
        return value < last
    if last in _HUNDREDS:
        return value < 100
    return last >= 20 and last % 10 == 0 and last < 100 and value < 10


def _fitting_scale(run: Scan, i: int, numeral: Numeral) -> bool:
    return numeral.kind in {"collective", "fraction"} and any(n.value >= 1000 for n in run.numerals(i, "cardinal"))


def _and(run: Scan, j: int, pieces: list[NumberPiece]) -> int:
    """1 when an English "and" goes on with the number."""
    goes_on = run.language == "en" and run.word(j) == "and" and pieces[-1].role == "scale"
    return 1 if goes_on and _fitting(run, j + 1, pieces) else 0


def _misfit(run: Scan, j: int, pieces: list[NumberPiece]) -> bool:
    last = pieces[-1].value
    teen = len(pieces) == 1 and last is not None and 10 <= last < 20
    return teen and run.hyphened(j) and any(n.value < 10 for n in run.numerals(j, "cardinal", "ordinal"))


def _vague(run: Scan, i: int, pieces: list[NumberPiece]) -> bool:
    """ "тысячи людей", "hundreds": a plural without a count."""
    if run.language == "en" or len(pieces) > 1 or pieces[0].role != "scale" or run.word(i).startswith(("тыс.", "мл")):
        return False
    plural = any(p.number == "plur" for p in morphology.parses(run.word(i)))
    return plural and run.word(i - 1) not in _ABOUT


def _fraction(run: Scan, j: int, value: Value) -> Found:
    """ "две трети", "two-thirds", "два с половиной": loose, with the denominator's piece."""
    amount = value.amount
    if amount is None or amount >= 20 or value.ordinal:
        return value, j
    share = _share(run, j)
    if share is not None:
        piece = run.atoms[j].piece("amount", amount * share, form="word")
        return _loosened(run, value, (piece,), j), j + 1
    middle = {"ru": ("с", "половиной"), "en": ("and", "half")}[run.language]
    end = j + 2 if run.language == "en" and run.word(j + 1) == "a" else j + 1
    if run.word(j) == middle[0] and run.word(end) == middle[1]:
        piece = run.atoms[end].piece("amount", Fraction(1, 2), form="word")
        return _loosened(run, value, (*value.pieces, piece), end), end + 1
    return value, j


def _share(run: Scan, j: int) -> Fraction | None:
    """The share that a denominator at j names: thirds, четверти, пятых."""
    named = [n for n in run.numerals(j, "fraction") if n.value < 1]
    if named:
        return named[0].value
    ordinals = run.numerals(j, "ordinal") if run.language == "ru" and not run.hyphened(j) else ()
    shaped = run.word(j).endswith(("ых", "ая", "ой")) and run.word(j + 1) in {"", ",", ".", "часть", "части", "частей"}
    return 1 / ordinals[0].value if ordinals and shaped and ordinals[0].value > 2 else None


def _loosened(run: Scan, value: Value, pieces: tuple[NumberPiece, ...], j: int) -> Value:
    return Value("number", pieces, value.first, run.atoms[j].index + 1, run.language, loose=True)


def _half_of(run: Scan, i: int) -> Found | None:
    """ "half a million", "half a dozen"."""
    if run.language != "en" or run.word(i) != "half":
        return None
    j = i + 2 if run.word(i + 1) == "a" else i + 1
    big = run.numerals(j, "cardinal", "collective")
    if not big or big[0].value < 12:
        return None
    return _number(run, i, j + 1, [run.atoms[j].piece("amount", big[0].value / 2, form="word")], loose=True), j + 1


def _loose_word(run: Scan, i: int) -> Found | None:
    """Roman numerals and Russian compounds that begin with a number."""
    atom = run.at(i)
    if atom is None or atom.token.kind != "word":
        return None
    number = roman(atom.text) if atom.text.isupper() and (len(atom.text) > 1 or run.language == "ru") else None
    if number and (len(atom.text) > 1 or run.word(i + 1) not in {".", ""}):
        piece = atom.piece("amount", number, form="roman", ordinal=True)
        return _number(run, i, i + 1, [piece], loose=_unit_after(run, i + 1) != "century"), i + 1
    part = compound(atom.text) if run.language == "ru" else None
    if part is not None:
        return _number(run, i, i + 1, [atom.piece("amount", part, form="word")], loose=True), i + 1
    return None


def _number(run: Scan, i: int, after: int, pieces: list[NumberPiece], *, loose: bool) -> Value:
    last = pieces[-1].token
    index = next(a.index for a in run.atoms[i:after][::-1] if a.token is last)
    unit = _unit_before(run, i) or _unit_after(run, after)
    return Value("number", tuple(pieces), run.atoms[i].index, index + 1, run.language, unit, loose=loose)


def _unit_after(run: Scan, i: int) -> str:
    for j in (i, i + 1):
        atom: Atom | None = run.at(j)
        if atom is None:
            return ""
        word = atom.folded
        if word == "per" and run.word(j + 1) == "cent":
            return "percent"
        if word in _UNIT_OF:
            return _UNIT_OF[word]
        lemmas = (
            morphology.lemmas(word)[:1] if run.language == "ru" else (word.removesuffix("s"), word.removesuffix("es"))
        )
        found = next((_UNIT_OF[x] for x in lemmas if x in _UNIT_OF), "")
        if found:
            return found
        if atom.token.kind == "mark" and word not in '-"«“':
            return ""
    return ""


def _unit_before(run: Scan, i: int) -> str:
    before = run.word(i - 2) if run.word(i - 1) in {".", "°"} else run.word(i - 1)
    return (
        "number"
        if before in {"№", "n", "no", "номер", "number"}
        else _UNIT_OF.get(before, "")
        if before in "$€£"
        else ""
    )
