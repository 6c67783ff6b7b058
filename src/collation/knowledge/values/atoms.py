"""Tokens cut where numbers need it: the parts of "mid-October" and "пяти-шести", the figures of "38-ю".

An atom points into its token. Words are cut at hyphens only when a part is a number word or a month.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

import regex

from collation.knowledge.letters import fold
from collation.knowledge.values.letters_as_figures import Misread, misread_at
from collation.knowledge.values.numerals import Numeral, numerals
from collation.knowledge.values.quantities import Form, NumberPiece, Role
from collation.model import Token
from collation.model.language import Language

_FIGURES = regex.compile(r"(?P<figures>\d+(?:[.,:]\d+)*)(?P<suffix>.*)")
_LABEL, _FEW_FIGURES = regex.compile(r"\p{Lu}{1,2}"), regex.compile(r"\d{1,3}")  # B6, G7, ТУ134
_NUMBER_SIGNS = frozenset({"n", "no", "nr"})
_SMALL_WORDS = frozenset("в с к о у и а я от до из за по на не но".split())
MOST_FIGURES = 40  # a row of more is no number: sums of states have fifteen, and Python refuses 4,301
_CUT = frozenset({"cardinal", "ordinal", "month", "fraction"})


def whole_number(figures: str) -> int | None:
    """The number of these figures; None when they are more than any number of a document has, or no figures."""
    return int(figures) if len(figures) <= MOST_FIGURES and figures.isdecimal() else None


_HOURS = ("noon", "mid", "полд", "полно", "полов", "четверт")  # how the words begin that name an hour or a part of it


@dataclass(frozen=True, slots=True)
class Atom:
    """A word, the figures of a number, or a mark; ``index`` is the token's, ``suffix`` what hangs on the figures.

    Where letters stand for figures ``read`` has the figures, and ``width`` tokens are one atom. The figures of a ``label`` hang
    on a letter or two: B6, G7.
    """

    index: int
    token: Token
    start: int
    stop: int
    suffix: str = ""
    named: bool = False
    width: int = 1
    read: str = ""
    unsure: bool = False
    label: bool = False

    @property
    def text(self) -> str:
        """What it reads, letters for figures read as figures."""
        return self.read or self.token.text[self.start : self.stop]

    @property
    def end(self) -> int:
        """The index of the token behind it."""
        return self.index + self.width

    @property
    def folded(self) -> str:
        return fold(self.text)

    @property
    def figures(self) -> bool:
        return not self.named and (self.token.kind == "number" if not self.read else self.read[0].isdecimal())

    def piece(self, role: Role, *values: int | Fraction, form: Form = "digits", ordinal: bool = False) -> NumberPiece:
        """A piece that fills the atom."""
        own = frozenset(map(Fraction, values))
        return NumberPiece(role, own, self.token, self.start, self.stop, form, ordinal, self.read)

    def part(self, role: Role, start: int, stop: int, *values: int) -> NumberPiece:
        """A piece that fills a part of the atom's figures."""
        own = frozenset(map(Fraction, values))
        read = self.read[start:stop]
        return NumberPiece(role, own, self.token, self.start + start, self.start + stop, "digits", read=read)


@dataclass(frozen=True, slots=True)
class Scan:
    """The atoms of a run of tokens, with the questions that the grammars ask of them."""

    atoms: tuple[Atom, ...]
    language: str
    months: tuple[str, ...] = ()

    def at(self, i: int) -> Atom | None:
        return self.atoms[i] if 0 <= i < len(self.atoms) else None

    def word(self, i: int) -> str:
        """The folded text of an atom; empty beyond the ends."""
        return self.atoms[i].folded if 0 <= i < len(self.atoms) else ""

    def numerals(self, i: int, *kinds: str) -> tuple[Numeral, ...]:
        """What the word at i counts, of these classes."""
        atom = self.at(i)
        if atom is None or atom.token.kind != "word" or atom.read:
            return ()
        found = numerals(atom.text, self.language)
        if not found and "month" in kinds and atom.folded in self.months:
            return (Numeral(Fraction(self.months.index(atom.folded) + 1), "month", atom.folded),)
        return tuple(n for n in found if n.kind in kinds) if found else ()

    def tells(self, i: int) -> bool:
        """Whether the atom at i by itself says that a value may be there: figures, or a word that counts or names a month or an
        hour."""
        atom, word = self.atoms[i], self.word(i)
        if atom.figures or atom.read or word in self.months or word.startswith(_HOURS):
            return True
        return bool(numerals(atom.text, self.language))

    def figures_at(self, i: int) -> bool:
        """Whether the atom at i is figures."""
        atom = self.at(i)
        return atom is not None and atom.figures

    def whole(self, i: int) -> int | None:
        """The whole number in figures at i, without points or commas."""
        atom = self.at(i)
        return whole_number(atom.text) if atom and atom.figures else None

    def adjacent(self, i: int) -> bool:
        """Whether nothing is between the atoms i - 1 and i."""
        left, right = self.at(i - 1), self.at(i)
        return left is not None and right is not None and left.token.stop == right.token.start

    def figures_near(self, i: int) -> bool:
        """Whether figures are beside the atom at i, a comma or point passed over."""
        after = i + 2 if self.word(i + 1) in {",", "."} else i + 1
        before = i - 2 if self.word(i - 1) == "of" else i - 1
        return any((atom := self.at(j)) is not None and atom.figures for j in (before, after))

    def hyphened(self, i: int) -> bool:
        """Whether the atoms i - 1 and i are parts of one token."""
        left, right = self.at(i - 1), self.at(i)
        return left is not None and right is not None and left.index == right.index


def scan(tokens: Sequence[Token], written: Language) -> Scan:
    """The atoms of these tokens. Figures that hang on an English word ("newstest2019") are part of its name,
    those on a letter or two are read."""
    found: list[Atom] = []
    language = written.code
    index = 0
    while index < len(tokens):
        misread = misread_at(tokens, index, language)
        made = (_misread(misread, index),) if misread else tuple(_atoms(tokens, index, language))
        found += made
        index = made[-1].end
    return Scan(tuple(found), language, written.months)


def _misread(misread: Misread, index: int) -> Atom:
    stop = len(misread.token.text) - len(misread.suffix)
    hangs = misread.suffix.lstrip("-").lower()
    return Atom(index, misread.token, 0, stop, hangs, False, misread.width, misread.read, misread.unsure)


def _atoms(tokens: Sequence[Token], index: int, language: str) -> Iterator[Atom]:
    """The atoms of one token."""
    token = tokens[index]
    hangs = index > 0 and tokens[index - 1].kind == "word" and tokens[index - 1].stop == token.start
    label = hangs and _is_label(tokens, index)
    named = hangs and language == "en" and not label
    match = _FIGURES.fullmatch(token.text) if token.kind == "number" and not named else None
    if match:
        yield Atom(index, token, 0, match.end("figures"), match.group("suffix").lstrip("-").lower(), label=label)
    elif token.kind == "word" and "-" in token.text and _counts(token.text, language):
        yield from (Atom(index, token, m.start(), m.end()) for m in regex.finditer(r"[^-]+", token.text))
    else:
        yield Atom(index, token, 0, len(token.text), named=bool(named))


def _is_label(tokens: Sequence[Token], index: int) -> bool:
    """Whether figures make a name with the letter or two before them; a word behind them would make a small word of a Russian
    letter that lost its blank: "В10 часов"."""
    letters, figures = tokens[index - 1].text, tokens[index].text
    if fold(letters) in _NUMBER_SIGNS or not _LABEL.fullmatch(letters) or not _FEW_FIGURES.fullmatch(figures):
        return False
    followed = index + 1 < len(tokens) and tokens[index + 1].kind == "word"
    return not followed or fold(letters) not in _SMALL_WORDS


def _counts(text: str, language: str) -> bool:
    parts = text.split("-")
    if len(parts) == 2 and language == "ru" and parts[1].lower() in {"то", "ка", "нибудь"}:
        return False
    return any(n.kind in _CUT for part in parts for n in numerals(part, language))
