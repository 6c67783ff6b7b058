"""The files of persons, places, organisations, given names and abbreviations, each row read as a name."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate

from collation.errors import DamagedDictionary, Message
from collation.knowledge import dictionaries


@dataclass(frozen=True, slots=True)
class Name:
    """A person, place or body: Russian head, Latin spellings (most usual first), other Russian spellings,
    derived adjectives, code names, what it is."""

    head: str
    english: tuple[str, ...]
    variants: tuple[str, ...]
    adjectives: tuple[str, ...]
    kind: str
    note: str
    given: str = ""
    code_names: tuple[str, ...] = ()

    @property
    def spellings(self) -> tuple[str, ...]:
        return (self.head, *self.variants)

    @property
    def attested(self) -> tuple[str, ...]:
        """The spellings without the code names, which are other words for the bearer."""
        return tuple(s for s in self.spellings if s not in self.code_names)

    @property
    def animate(self) -> bool:
        return self.kind in {"person", "given"}


def _person(head: str, given: str, english: str, variants: str, adjectives: str, code: str, note: str) -> Name:
    codes = [part.partition("=") for part in dictionaries.cell_list(code)]
    latin = tuple(right.strip() for _, _, right in codes if right.strip())
    russian = tuple(left.strip() for left, _, _ in codes)
    return _name(head, english, variants, adjectives, "person", note, given, russian, latin)


def _place(head: str, english: str, variants: str, adjectives: str, note: str) -> Name:
    return _name(head, english, variants, adjectives, "place", note)


def _given(russian: str, english: str, sex: str) -> Name:
    return _name(russian, english, "", "", "given", sex)


def _body(_russian: str, english: str, abbreviation: str, note: str) -> Name | None:
    """An organisation by its abbreviation; None where it has none of one word."""
    short = dictionaries.cell_list(abbreviation)
    if not short or " " in short[0]:
        return None
    return _name(short[0], english, ";".join(short[1:]), "", "body", note)


def _abbreviated(short: str, _meaning: str, english: str, note: str) -> Name | None:
    """What an abbreviation in capitals stands for; None where it is no name with an English spelling."""
    if not (english and 2 <= len(short) <= 6 and short.isalpha() and short.isupper()):
        return None
    return _name(short, english, "", "", "body", note)


_READ: tuple[tuple[str, int, Callable[..., Name | None]], ...] = (
    ("persons.tsv", 7, _person),
    ("places.tsv", 5, _place),
    ("given_names.tsv", 3, _given),
    ("organisations.tsv", 4, _body),
    ("abbreviations.tsv", 4, _abbreviated),
)
"""The files in the order of their names, how many columns each has, and what makes a name of its row."""


class NameRows:
    """The rows of the files, each read as a name when it is asked for. Raises DamagedDictionary."""

    def __init__(self) -> None:
        paths = [dictionaries.folder() / name for name, _, _ in _READ]
        texts = [dictionaries.read_bytes(path) + b"\n" if path.is_file() else b"" for path in paths]
        self.text = b"".join(texts)
        self._ends = list(accumulate(map(len, texts)))

    def starts(self) -> Iterator[tuple[int, Name]]:
        """Where each row begins that is a name, and the name."""
        start = 0
        for line in self.text.split(b"\n"):
            if line.strip() and not line.startswith(b"#") and (name := self.at(start)):
                yield start, name
            start += len(line) + 1

    def at(self, start: int) -> Name | None:
        """The name of the row that begins there; None where it is none."""
        file, columns, read = _READ[bisect_right(self._ends, start)]
        line = self.text[start : self.text.index(b"\n", start)].decode("utf-8")
        cells = [cell.strip() for cell in line.split("\t")]
        if len(cells) > columns:
            raise DamagedDictionary(
                Message("cells-expected", count=len(cells), expected=columns), path=dictionaries.folder() / file
            )
        return read(*cells, *[""] * (columns - len(cells)))


def _name(
    head: str,
    english: str,
    variants: str,
    adjectives: str,
    kind: str,
    note: str,
    given: str = "",
    codes: tuple[str, ...] = (),
    latin_codes: tuple[str, ...] = (),
) -> Name:
    cells = dictionaries.cell_list
    pairs = [v.partition("=") for v in cells(variants)]
    latin = tuple(right.strip() for _, _, right in pairs if right.strip())
    russian = tuple(left.strip() for left, _, _ in pairs)
    return Name(
        head,
        (*cells(english), *latin, *latin_codes),
        (*russian, *codes),
        tuple(cells(adjectives)),
        kind,
        note,
        given,
        codes,
    )
