"""The English–Russian lexicon: what a Russian word may stand for, in degrees.

Built from ``dictionaries/glossary/*.tsv`` (equivalents in order of sense, related words behind a bar) and, where one
is found or named, an installed dictd dictionary. A translation's weight falls with its place in the order of senses.
Translation probabilities learned from parallel text (``learning/translation.py``) add what the glossary lacks.
Rows are kept as they are written and taken apart when their head is asked for (``knowledge/rows_by_head.py``). What a dictd dictionary adds weighs less
than any of our own entries: it lists rare and old senses beside the usual ones and says little of which is which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.errors import BadSettings, DamagedDictionary, Message
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.rows_by_head import RowsByHead
from collation.knowledge.words import dictd, families, morphology
from collation.knowledge.words.english import lemma_candidates, other_lemmas
from collation.knowledge.words.numbered import Numbered, in_order

LEARNED = "translation.tsv"
GLOSSARY, TRANSLATIONS = (
    "glossary.arrays",
    "translation.arrays",
)  # what is laid out of the glossary and of what was learned
LISTED, BEGINNINGS, LENGTHS = "listed-numbers", "beginning-numbers", "beginning-lengths"

_RELATED = 0.6
_PHRASE_PART = 0.55
_RANK = 0.12
_LEARNED, _LEARNED_MOST = 1.2, 0.85
_OUTSIDE_NEW, _OUTSIDE_MORE = 0.6, 0.35  # dictd: for a head that the glossary lacks, beside one that it has
_EXACT = 2  # the lemma and the word itself are looked up together, guesses only when they are missing
COLUMNS, _LEARNED_COLUMNS = 3, 4  # of the glossary, of what was learned
_PARTING = ";/|"
_HEAD_WORD = re.compile(r"[^\s']+(?:'[^\s']+)*|'")  # as a text's words are tokenised: "workers'" is a word and a mark
_FUNCTION = frozenset("в на к с у о от из за по под над до при для без и а но же ли бы не ни себя быть".split())


class Lexicon:
    """The glossary's rows by head, and what they say of a word or a phrase."""

    def __init__(
        self,
        glossary: RowsByHead | None = None,
        learned: LearnedWeights | Mapping[str, Mapping[str, float]] | None = None,
        outside: dictd.Dictd | None = None,
    ) -> None:
        self._glossary = RowsByHead((), columns=COLUMNS) if glossary is None else glossary
        self._learned = {} if learned is None else learned
        self._outside = outside
        self._entry = lru_cache(maxsize=20_000)(self._entry_uncached)
        self.equivalents = lru_cache(maxsize=20_000)(self._equivalents)

    def __len__(self) -> int:
        return len(self._glossary)

    @property
    def heads(self) -> frozenset[tuple[str, ...]]:
        """All English heads, as tuples of words."""
        return frozenset(tuple(head.split(" ")) for head in self._glossary)

    def _cells(self, words: tuple[str, ...]) -> list[str]:
        """The equivalents of a head as they are written, a cell a row."""
        return [cell for _, _, cell in self._glossary.rows(" ".join(words))]

    def _entry_uncached(self, key: tuple[str, ...]) -> dict[str, float]:
        found: dict[str, float] = {}
        for cell in self._cells(key):
            main, _, related = cell.partition("|")
            for rank, item in enumerate(dictionaries.cell_list(main)):
                _add(found, item, 1.0 / (1.0 + _RANK * rank))
            for rank, item in enumerate(dictionaries.cell_list(related)):
                _add(found, item, _RELATED / (1.0 + _RANK * rank))
        if self._outside and len(key) == 1:
            least = _OUTSIDE_MORE if found else _OUTSIDE_NEW
            for rank, item in enumerate(self._outside.equivalents(key[0])):
                _add(found, item, least / (1.0 + _RANK * rank))
        return found

    def _equivalents(self, word: str) -> dict[str, float]:
        """The Russian lemmas of an English word with weights in (0, 1]; empty when the lexicon lacks it."""
        found: dict[str, float] = {}
        candidates = lemma_candidates(word)
        exact = (*candidates[:_EXACT], *other_lemmas(word))
        for number, candidate in enumerate((*exact, *candidates[_EXACT:])):
            if number >= len(exact) and found:
                break
            for russian, weight in self._entry((candidate,)).items():
                found[russian] = max(weight, found.get(russian, 0.0))
            if number < len(exact):
                for russian, weight in self._learned.get(candidate, {}).items():
                    found[russian] = max(weight, found.get(russian, 0.0))
        return found

    def phrases_at(self, words: list[str], start: int) -> list[tuple[int, dict[str, float]]]:
        """The phrases that begin at an index of a list of words: their length and equivalents."""
        found = []
        for stop in range(start + 2, min(start + self._longest(words[start]), len(words)) + 1):
            phrase = tuple(words[start:stop])
            if (place := self._glossary.place(" ".join(phrase))) is not None:
                found.append((place, phrase))
        return [(len(phrase), self._entry(phrase)) for _, phrase in sorted(found)]

    def retroversions(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The Russian renderings of an English head as they are written, phrases included, best first."""
        found: list[str] = []
        for cell in self._cells(words):
            found.extend(item.split("/")[0] for item in dictionaries.cell_list(cell.partition("|")[0]))
        return tuple(dict.fromkeys(found))

    def weight(self, english: str, russian: str) -> float:
        """How well a Russian lemma translates an English word: its listed weight, or through its family."""
        equivalents = self.equivalents(english)
        direct = equivalents.get(russian, 0.0)
        if direct or not equivalents:
            return direct
        return max((w * families.kinship(russian, other) for other, w in equivalents.items()), default=0.0)

    @cached_property
    def _tables(self) -> Mapping[str, NDArray[Any]]:
        laid = self._glossary.laid
        return laid.arrays if laid else tables_of(self._glossary)

    @cached_property
    def _beginnings(self) -> Numbered:
        return Numbered(self._tables[BEGINNINGS])

    @cached_property
    def _listed(self) -> Numbered:
        return Numbered(self._tables[LISTED])

    def _longest(self, word: str) -> int:
        """How many words the longest phrase has that begins with a word, 0 where none does."""
        at = self._beginnings.place(word)
        return 0 if at is None else int(self._tables[LENGTHS][at])

    def lists(self, russian: str) -> bool:
        """Whether a folded Russian word occurs somewhere in the glossary."""
        return self._listed.place(russian) is not None


def tables_of(glossary: RowsByHead) -> dict[str, NDArray[Any]]:
    """The numbers of all Russian words that occur somewhere in a glossary; those of the words with which phrases among its heads
    begin, and how many words the longest phrase has; each sorted."""
    written = glossary.column(COLUMNS - 1)
    for mark in _PARTING:
        written = written.replace(mark, " ")
    lengths: dict[str, int] = {}
    for head in glossary:
        first, *others = head.split(" ")
        if others:
            lengths[first] = max(len(others) + 1, lengths.get(first, 0))
    beginnings, order = in_order(lengths)
    return {
        LISTED: in_order(set(fold.__wrapped__(written).split()))[0],
        BEGINNINGS: beginnings,
        LENGTHS: np.array(list(lengths.values()), dtype=np.uint8)[order],
    }


@lru_cache(maxsize=4)
def opened(outside: str = "", own: Path | None = None, *, learned: bool = True) -> Lexicon:
    """The built-in lexicon, with a dictd dictionary and a table learned by the user beside it where they are named;
    each read once.

    Raises BadSettings or DamagedDictionary when one of them is named and cannot be read. ``learned`` False leaves the
    shipped probabilities, counted over parallel text, out.
    """
    index = dictd.find(outside) if outside else None
    shipped = dictionaries.data_file(LEARNED)
    table: LearnedWeights | dict[str, dict[str, float]] = LearnedWeights(shipped) if learned else {}
    if own is not None:
        table = _learned(shipped) if learned else {}
        if not own.is_file():
            raise BadSettings(Message("translations-missing"), path=own)
        for english, found in _learned(own).items():
            known = table.setdefault(english, {})
            known.update({russian: max(weight, known.get(russian, 0.0)) for russian, weight in found.items()})
    return Lexicon(_glossary(), table, dictd.read_dictd(index) if index else None)


@lru_cache(maxsize=1)
def _glossary() -> RowsByHead:
    """The rows of the glossary by the words of their heads, with blanks between."""
    return RowsByHead(glossary_files(), columns=COLUMNS, key=head_of, laid=dictionaries.data_file(GLOSSARY))


def glossary_files() -> list[Path]:
    """The files of the glossary, in their order."""
    return sorted((dictionaries.folder() / "glossary").glob("*.tsv"))


def head_of(written: str) -> str:
    lowered = written.lower().strip()
    return " ".join(_HEAD_WORD.findall(lowered)) if "'" in lowered or "  " in lowered else lowered


class LearnedWeights:
    """Weights from the learned translation probabilities of a file, computed for the words that are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        own = [path] if path.is_file() else []
        self._rows = RowsByHead(own, columns=_LEARNED_COLUMNS, laid=dictionaries.data_file(TRANSLATIONS))

    def get(self, english: str, default: Mapping[str, float]) -> Mapping[str, float]:
        """The Russian lemmas of an English one with their weights. Raises DamagedDictionary for what is no probability."""
        rows = self._rows.rows(english)
        return _weights(rows, self._path).get(english, default) if rows else default


def _learned(path: Path) -> dict[str, dict[str, float]]:
    """The weights of all words of a file."""
    return _weights(dictionaries.read_rows(path, columns=_LEARNED_COLUMNS) if path.is_file() else [], path)


def _weights(rows: list[tuple[str, ...]], path: Path) -> dict[str, dict[str, float]]:
    """Weights from learned translation probabilities: the root of the probability, so that rare senses count a little."""
    found: dict[str, dict[str, float]] = defaultdict(dict)
    for english, russian, probability, _ in rows:
        try:
            weight = _LEARNED * min(1.0, max(0.0, float(probability))) ** 0.5
        except ValueError:
            raise DamagedDictionary(Message("not-a-probability", value=probability[:40]), path=path) from None
        if russian not in _FUNCTION:
            found[english][russian] = min(_LEARNED_MOST, weight)
    return dict(found)


def _add(target: dict[str, float], item: str, weight: float) -> None:
    for part in item.split("/"):
        words = part.split()
        for word in words:
            lemma = fold(word.strip(",.!?"))
            if len(words) > 1 and lemma in _FUNCTION:
                continue
            known = morphology.lemmas(lemma)
            if known and lemma not in known:
                lemma = known[0]
            value = weight if len(words) == 1 else weight * _PHRASE_PART
            if lemma:
                target[lemma] = max(value, target.get(lemma, 0.0))
