"""Numbers in figures and in words, of either language, from atoms.

Figures know the marks of their language (1,000 and 3.5; 1 000, 1.000 and 3,5), words are summed as long as they fit ("сто
двадцать пять", "three hundred and five"), and a sum goes on behind a scale in figures or words ("5 тыс. 400", "1 million
850 thousand"). What does not fit begins a number of its own, but two parts of one English word that do not fit
("twelve-two") are a broken number. A Russian scale may follow on "с лишним", or stand before its number to say "about":
"14 с лишним тысяч", "тысяч пять". Vague plurals and what is more often no number are loose.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import regex

from collation.knowledge.values import parts_of_one
from collation.knowledge.values.atoms import MOST_FIGURES, Scan
from collation.knowledge.values.counted import is_counted, number_of, past_excess
from collation.knowledge.values.letters_as_figures import with_six
from collation.knowledge.values.numerals import Numeral
from collation.knowledge.values.quantities import LABEL, NumberPiece, Value
from collation.knowledge.words import morphology

Found = tuple[Value, int]
_SHORT = frozenset("тыс млн млрд трлн".split())
_GROUPS = {
    "ru": regex.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"),
    "en": regex.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?"),
}
_BLANKED = regex.compile(r"(?P<group>\d{3})(?P<rest>[.,]\d{1,2})?")
_DECIMAL = regex.compile(r"\d+[.,]\d+")
_EITHER = {"ru": regex.compile(r"\d{1,3},\d{3}"), "en": regex.compile(r"\d{1,3}\.\d{3}")}
_MONEY = {"m": 10**6, "mn": 10**6, "mln": 10**6, "bn": 10**9, "b": 10**9, "k": 10**3, "tn": 10**12}
_ABOUT = frozenset("около до более свыше с порядка менее почти одной".split())
_YEAR_MARKS = frozenset("г гг год года году годах годов годы".split())
_ROUND = frozenset({"сотня", "десяток"})
_HUNDREDS = range(100, 1000, 100)
_THOUSAND = 1000


def read_figures(run: Scan, i: int) -> Found | None:
    """A number in figures at i, with the groups, fractions, scale words and further sums that follow."""
    atom = run.at(i)
    if atom is None or not atom.figures:
        return parts_of_one.vulgar(run, i)
    number = figures_of(atom.text, run.language)
    if number is None:
        return None
    if atom.label:
        return Value("number", (atom.piece("amount", number),), atom.index, atom.end, run.language, LABEL), i + 1
    if divided := parts_of_one.divided(run, i):
        return divided
    pieces, after = _groups(run, i) or ([atom.piece("amount", number, ordinal=bool(atom.suffix))], i + 1)
    pieces, after = parts_of_one.with_part(run, after, pieces)
    pieces, after = _summed(run, _excess_to_scale(run, after), pieces)
    value = number_of(run, i, after, pieces, loose=atom.unsure)
    if after == i + 1 and (six := _with_six(run, i, value)):
        return replace(value, others=(six,)), after
    return _either(value, atom.text, run.language), after


def _with_six(run: Scan, i: int, value: Value) -> Value | None:
    """The number as it is if the letter behind it is a 6: "№ 4б"."""
    letter = run.at(i + 1)
    joined = with_six(run.atoms[i].token, letter.token) if letter and run.language == "ru" else None
    if (
        joined is None
        or not run.atoms[i].text.isdecimal()
        or (run.adjacent(i + 2) and run.atoms[i + 2].token.kind != "mark")
    ):
        return None
    read = joined.text[:-1] + "6"
    number = frozenset({Fraction(int(read))})
    piece = replace(value.pieces[0], values=number, token=joined, stop=len(joined.text), read=read)
    return replace(value, pieces=(piece,), last=value.last + 1)


def figures_of(text: str, language: str) -> Fraction | None:
    """The number that figures with their points and commas are in a language."""
    if len(text) > MOST_FIGURES:
        return None
    if text.isdecimal():
        return Fraction(int(text))
    if _GROUPS[_marks(language)].fullmatch(text):
        mark = "," if language == "en" else "."
        return Fraction(text.replace(mark, "").replace(",", "."))
    return Fraction(text.replace(",", ".")) if _DECIMAL.fullmatch(text) else None


def _marks(language: str) -> str:
    """The language by whose marks figures are read: the point and comma of Russian are those of the continent."""
    return "en" if language == "en" else "ru"


def _either(value: Value, text: str, language: str) -> Value:
    """The value with its other sense where a point or comma could mark thousands as well: "1,234" in Russian."""
    if not _EITHER[_marks(language)].fullmatch(text):
        return value
    first = replace(value.pieces[0], values=frozenset({Fraction(regex.sub(r"\D", "", text))}))
    return replace(value, others=(replace(value, pieces=(first, *value.pieces[1:])),))


def _groups(run: Scan, i: int) -> tuple[list[NumberPiece], int] | None:
    """ "1 850 000", "1 234,5": groups of three behind blanks; in English only where they are surely groups."""
    first = run.atoms[i]
    if not first.text.isdigit() or len(first.text) > 3 or first.suffix or first.text.startswith("0"):
        return None
    groups, j = [first.text], i + 1
    rest = ""
    while not rest and (match := _group_at(run, j)) is not None:
        groups.append(match["group"])
        rest = (match["rest"] or "").replace(",", ".")
        j += 1
    sure = run.language == "ru" or len(groups) > 2 or groups[-1] == "000"
    if len(groups) == 1 or not sure:
        return None
    amounts = [int(group) * _THOUSAND ** (len(groups) - 1 - k) for k, group in enumerate(groups)]
    last = amounts[-1] + Fraction("0" + rest if rest else 0)
    listed = [run.atoms[i + k].piece("amount", n) for k, n in enumerate([*amounts[:-1], last])]
    return listed, j


def _group_at(run: Scan, j: int) -> regex.Match[str] | None:
    left, right = run.at(j - 1), run.at(j)
    if left is None or right is None or not right.figures or right.suffix:
        return None
    return _BLANKED.fullmatch(right.text) if right.token.start - left.token.stop == 1 else None


def _summed(run: Scan, i: int, pieces: list[NumberPiece]) -> tuple[list[NumberPiece], int]:
    """The pieces with the scale words at i and the smaller sums behind them."""
    if pack := parts_of_one.pack(run, i):
        return [*pieces, pack], i + 1
    if money := _money(run, i, pieces):
        return [*pieces, money], i + 1
    scales, after = _scales(run, i, pieces)
    if not scales:
        return pieces, i
    found = [*pieces, *scales]
    if half := parts_of_one.and_a_half(run, after, scales[-1]):
        return [*found, half[0]], half[1]
    more = _rest(run, after, scales[-1].value or Fraction(0))
    return ([*found, *more[0]], more[1]) if more else (found, after)


def _scales(run: Scan, i: int, pieces: list[NumberPiece]) -> tuple[list[NumberPiece], int]:
    """Thousand, million … at i and after."""
    found: list[NumberPiece] = []
    while True:
        big = [n for n in run.numerals(i, "cardinal") if n.value >= 1000 or (run.language == "en" and n.value == 100)]
        if not big or (found and run.language == "ru"):
            return found, i
        found.append(run.atoms[i].piece("scale", big[0].value, form="word"))
        i = past_word(run, i)


def _excess_to_scale(run: Scan, i: int) -> int:
    """The place of the scale word that "с лишним" parts from its number, or i."""
    after = past_excess(run, i)
    return after if any(n.value >= _THOUSAND for n in run.numerals(after, "cardinal")) else i


def past_word(run: Scan, i: int) -> int:
    """The place behind a number word, the point of "тыс." passed over."""
    return i + 2 if run.word(i) in _SHORT and run.word(i + 1) == "." else i + 1


def _money(run: Scan, i: int, pieces: list[NumberPiece]) -> NumberPiece | None:
    """ "$10m", "£5k": a scale letter that touches a sum of money."""
    letter = _MONEY.get(run.word(i), 0) if run.language == "en" and run.adjacent(i) else 0
    before = run.at(i - 2)
    if not letter or len(pieces) > 1 or before is None or before.text not in "$€£":
        return None
    return run.atoms[i].piece("scale", letter, form="word")


def _rest(run: Scan, i: int, scale: Fraction) -> tuple[list[NumberPiece], int] | None:
    """A smaller sum behind a scale: "850 тысяч", "400", "five hundred thousand"."""
    if scale < _THOUSAND:
        return None
    j = i + 1 if run.language == "en" and run.word(i) == "and" else i
    found = read_figures(run, j) if run.at(j) is not None and run.atoms[j].figures else read_words(run, j)
    if found is None or found[0].loose or found[0].broken or found[0].others:
        return None
    value, after = found
    amount, first = value.amount, value.pieces[0]
    if amount is None or not 1 <= amount < scale or amount.denominator != 1 or value.ordinal or first.form == "roman":
        return None
    scaled = value.pieces[-1].role == "scale"
    year = len(first.text) == 4 and run.word(after) in _YEAR_MARKS
    close = scale == _THOUSAND or scaled or amount >= _THOUSAND
    return (list(value.pieces), after) if close and not year and (j == i or scaled) else None


def read_words(run: Scan, i: int) -> Found | None:
    """A number in words at i."""
    half = parts_of_one.half_of(run, i) or _scale_in_front(run, i)
    if half:
        return half
    pieces, j = _word_pieces(run, i)
    if not pieces:
        return parts_of_one.loose_word(run, i)
    first = _fitting(run, i, [])
    loose = first is not None and first.loose and len(pieces) == 1 and not _counts_next(run, j, first)
    if run.language == "en" and _misfit(run, j, pieces):
        pieces.append(run.atoms[j].piece("amount", run.numerals(j, "cardinal", "ordinal")[0].value, form="word"))
        return replace(number_of(run, i, j + 1, pieces), broken=True), j + 1
    if year := _spoken_year(run, i, j, pieces):
        return year
    if counted := parts_of_one.counted_part(run, i, j, pieces, read_words):
        return counted
    longer, j = parts_of_one.with_part(run, j, pieces)
    if longer[-1].role == "scale" and run.figures_at(j) and (more := _rest(run, j, longer[-1].value or Fraction(0))):
        longer, j = [*longer, *more[0]], more[1]
    elif longer is not pieces or (len(pieces) == 1 and pieces[0].value and pieces[0].value.denominator != 1):
        longer, j = _summed(run, j, longer)
        loose = loose and longer[-1].role != "scale"
    elif pieces[-1].role == "scale" and (half_more := parts_of_one.and_a_half(run, j, pieces[-1])):
        longer, j = [*pieces, half_more[0]], half_more[1]
    return number_of(run, i, j, longer, loose=loose or _vague(run, i, longer)), j


def _scale_in_front(run: Scan, i: int) -> Found | None:
    """ "тысяч пять", "миллиона два", "сотни три": the scale before its number says "about"."""
    big = [n for n in run.numerals(i, "cardinal", "collective") if n.value >= _THOUSAND or n.lemma in _ROUND]
    if run.language != "ru" or not big:
        return None
    number, after = run.whole(i + 1), i + 2
    pieces = [run.atoms[i + 1].piece("amount", number)] if number else []
    if not pieces:
        pieces, after = _word_pieces(run, i + 1)
    fits = pieces and all(p.role == "amount" and p.value is not None and not p.ordinal for p in pieces)
    if not fits or sum(p.value or 0 for p in pieces) >= _THOUSAND or not is_counted(run.word(i), pieces[-1]):
        return None
    found = number_of(run, i, after, [run.atoms[i].piece("scale", big[0].value, form="word"), *pieces])
    return replace(found, pieces=(*pieces, found.pieces[0])), after


def _counts_next(run: Scan, j: int, numeral: Numeral) -> bool:
    """Whether a collective number is a plain one, by the noun behind it: трое солдат, but вдвоём, из двоих."""
    if numeral.kind != "collective" or run.at(j) is None:
        return False
    return any(p.pos == "NOUN" and p.case == "gent" and p.number == "plur" for p in morphology.parses(run.word(j)))


def _word_pieces(run: Scan, i: int) -> tuple[list[NumberPiece], int]:
    """The number words from i on that fit each other, and where they end."""
    pieces: list[NumberPiece] = []
    j = i
    while (numeral := _fitting(run, j, pieces)) is not None:
        role = "scale" if numeral.value >= 1000 or (run.language == "en" and numeral.value == 100) else "amount"
        pieces.append(
            run.atoms[j].piece(role, numeral.value, form="word", ordinal=numeral.kind == "ordinal")  # type: ignore[arg-type]
        )
        j = _excess_to_scale(run, past_word(run, j))
        if numeral.kind in {"ordinal", "collective", "multiplier", "fraction"} and not _fitting_scale(run, j, numeral):
            break
        if pack := parts_of_one.pack(run, j):
            pieces.append(pack)
            j += 1
            break
        j += _and(run, j, pieces)
    return pieces, j


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


def _spoken_year(run: Scan, i: int, j: int, pieces: list[NumberPiece]) -> Found | None:
    """ "nineteen fifty-one": an English year in two halves."""
    century = pieces[0].value
    if run.language != "en" or len(pieces) > 1 or century not in {16, 17, 18, 19, 20} or pieces[0].ordinal:
        return None
    rest, after = _word_pieces(run, j)
    if not rest or any(p.role == "scale" or p.ordinal for p in rest):
        return None
    years = sum((p.value or Fraction(0) for p in rest), Fraction(0))
    if not 10 <= years < 100:
        return None
    hundreds = replace(pieces[0], values=frozenset({(century or 0) * Fraction(100)}))
    return number_of(run, i, after, [hundreds, *rest], loose=True), after


def _vague(run: Scan, i: int, pieces: list[NumberPiece]) -> bool:
    """ "тысячи людей", "hundreds": a plural without a count."""
    if run.language == "en" or len(pieces) > 1 or pieces[0].role != "scale" or run.word(i).startswith(("тыс.", "мл")):
        return False
    plural = any(p.number == "plur" for p in morphology.parses(run.word(i)))
    return plural and run.word(i - 1) not in _ABOUT
