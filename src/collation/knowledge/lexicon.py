"""The English–Russian lexicon: what a Russian word may stand for, in degrees.

Built from ``dictionaries/glossary/*.tsv`` (equivalents in order of sense, related words behind a bar) and, where one
is found or named, an installed dictd dictionary. A translation's weight falls with its place in the order of senses.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import lru_cache

from collation.knowledge import dictionaries, families, morphology
from collation.knowledge.english import lemma_candidates
from collation.knowledge.letters import fold

_RELATED = 0.6
_PHRASE_PART = 0.55
_RANK = 0.12
_EXACT = 2  # the lemma and the word itself are looked up together, guesses only when both are missing
_FUNCTION = frozenset("в на к с у о от из за по под над до при для без и а но же ли бы не ни себя быть".split())


@dataclass(frozen=True)
class Lexicon:
    """``heads`` maps an English lemma to its Russian lemmas with weights in (0, 1]; ``phrases`` likewise for
    English phrases, keyed by their words; ``retroversions`` to whole Russian phrases of several words."""

    heads: dict[str, dict[str, float]] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], dict[str, float]] = field(default_factory=dict)
    retroversions: dict[tuple[str, ...], tuple[str, ...]] = field(default_factory=dict)
    phrase_starts: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def equivalents(self, word: str) -> dict[str, float]:
        """The Russian lemmas of an English word with their weights; empty when the lexicon lacks it."""
        found: dict[str, float] = {}
        for number, candidate in enumerate(lemma_candidates(word)):
            if number >= _EXACT and found:
                break
            for russian, weight in self.heads.get(candidate, {}).items():
                found[russian] = max(weight, found.get(russian, 0.0))
        return found

    def phrases_at(self, words: list[str], start: int) -> list[tuple[int, dict[str, float]]]:
        """The phrases that begin at an index of a list of lemmas: their length and equivalents."""
        found = []
        for phrase in self.phrase_starts.get(words[start], ()):
            if tuple(words[start : start + len(phrase)]) == phrase:
                found.append((len(phrase), self.phrases[phrase]))
        return found

    def weight(self, english: str, russian: str) -> float:
        """How well a Russian lemma translates an English word: listed weight, or through its family."""
        return translation_weight(self, english, russian)


def _cells(cell: str) -> tuple[list[str], list[str]]:
    main, _, related = cell.partition("|")
    return dictionaries.cell_list(main), dictionaries.cell_list(related)


@lru_cache(maxsize=1)
def load() -> Lexicon:
    """The built-in lexicon, read once."""
    heads: dict[str, dict[str, float]] = defaultdict(dict)
    phrases: dict[tuple[str, ...], dict[str, float]] = defaultdict(dict)
    retro: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for path in sorted((dictionaries.folder() / "glossary").glob("*.tsv")):
        for english, _, cell in dictionaries.read_rows(path, columns=3):
            key = tuple(english.lower().split())
            target = heads[key[0]] if len(key) == 1 else phrases[key]
            main, related = _cells(cell)
            for rank, item in enumerate(main):
                _add(target, item, 1.0 / (1.0 + _RANK * rank))
                if " " in item or len(key) > 1:
                    retro[key].append(item.split("/")[0])
            for rank, item in enumerate(related):
                _add(target, item, _RELATED / (1.0 + _RANK * rank))
    starts: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    for phrase in phrases:
        starts[phrase[0]].append(phrase)
    return Lexicon(
        dict(heads),
        dict(phrases),
        {k: tuple(v) for k, v in retro.items()},
        {k: tuple(sorted(v, key=len, reverse=True)) for k, v in starts.items()},
    )


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


@lru_cache(maxsize=400_000)
def _weight(english: str, russian: str) -> float:
    equivalents = load().equivalents(english)
    direct = equivalents.get(russian, 0.0)
    if direct or not equivalents:
        return direct
    return max((w * families.kinship(russian, other) for other, w in equivalents.items()), default=0.0)


def translation_weight(lexicon: Lexicon, english: str, russian: str) -> float:
    """The weight of one pair; families stand in for what the list lacks."""
    return _weight(english, russian)
