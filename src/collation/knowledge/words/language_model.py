"""A language model of the period: how usual words and endings are in their surroundings.

Word, lemma and tag n-gram counts learned from Russian prose (``learning/ngram_counts.py``), in one mapped file. A word's
probability backs off from trigram to bigram to single word by the rule of MacKay and Peto (1995),
P(w|h) = (c(hw) + K P(w|h')) / (c(h) + K). Tags are parts of speech with case, number and gender; prepositions and the
commonest conjunctions are tags of their own, so that government is learned.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from collation.errors import BadSettings, Message
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.count_tables import Counts

START = "<s>"
NUMBER = "#"
UNKNOWN = "?"
_K1, _K2, _K3 = 2_000_000.0, 60.0, 20.0
_KT = 8.0
_OWN_TAG = frozenset("и а но или что чтобы как если когда чем то же ли бы не ни ведь даже только".split())
_READINGS = 5
_LEAST_SHARE = 0.03  # of the likeliest tag's
_ROWS = 20_000  # pairs of tags whose followers are kept at hand
_LEAST_MASS = 0.002  # tag paths below this share are given up


@lru_cache(maxsize=4)
def load(path: Path | None = None) -> Counts | None:
    """The model of a path, or the shipped one; None when none is shipped."""
    path = path or dictionaries.data_file("period.counts")
    return Counts(path) if path.is_file() else None


def tag_of(lemma: str, pos: str, parse: morphology.Parse) -> str:
    """The tag of one analysis."""
    if pos in {"PREP", "PRCL", "CONJ"} and (pos == "PREP" or lemma in _OWN_TAG):
        return f"{pos}:{lemma}"
    if pos in {"NOUN", "NPRO", "NUMR", "ADJF", "PRTF"}:
        short = {"NOUN": "N", "NPRO": "P", "NUMR": "M", "ADJF": "A", "PRTF": "A"}[pos]
        return f"{short}:{parse.case}:{parse.number}:{parse.gender if parse.number == 'sing' else ''}"
    if pos in {"ADJS", "PRTS"}:
        return f"S:{parse.number}:{parse.gender}"
    if pos == "VERB":
        person = next((g for g in ("1per", "2per", "3per") if g in parse.grammemes), parse.gender)
        tense = next((g for g in ("past", "pres", "futr", "impr") if g in parse.grammemes), "")
        return f"V:{tense}:{parse.number}:{person}"
    return pos or UNKNOWN


@lru_cache(maxsize=30_000)
def tags(word: str) -> tuple[tuple[str, float], ...]:
    """The tags a word may have, with their shares."""
    if word in {START, NUMBER, ","}:
        return ((word, 1.0),)
    found: dict[str, float] = {}
    listed = morphology.parses(word)[: 2 * _READINGS]
    for parse in listed:
        tag = tag_of(parse.lemma, parse.pos, parse)
        found[tag] = found.get(tag, 0.0) + max(parse.score, 0.01)
    best = sorted(found.items(), key=lambda item: -item[1])[:_READINGS]
    best = [(tag, score) for tag, score in best if score >= _LEAST_SHARE * best[0][1]]
    total = sum(score for _, score in best)
    return tuple((tag, score / total) for tag, score in best) if best else ((UNKNOWN, 1.0),)


@dataclass(frozen=True, slots=True)
class _Row:
    """Two tags, how often they are seen side by side, and what is known so far of the tags behind them."""

    first: str
    second: str
    seen: float
    chances: dict[str, float] = field(default_factory=dict)


_ByLast = dict[str, list[tuple[float, _Row, dict[str, float]]]]
"""Tag paths by their last tag: the mass of each, and the row of its last two."""
TagStates = tuple[_ByLast, float]


class LanguageModel:
    """Probabilities from one counts file."""

    def __init__(self, counts: Counts) -> None:
        self._words1, self._words2, self._words3 = (counts.tables[f"w{n}"] for n in (1, 2, 3))
        self._tags1, self._tags2, self._tags3 = (counts.tables[f"t{n}"] for n in (1, 2, 3))
        self._lemmas2 = counts.tables["l2"]
        self._tag_count = lru_cache(maxsize=2_000)(self._tags1.count)
        self._word_pairs = lru_cache(maxsize=20_000)(self._words2.count)
        self._total = float(str(counts.facts["words"]))
        self._single = lru_cache(maxsize=20_000)(self._single_uncached)
        self._pair = lru_cache(maxsize=30_000)(self._pair_uncached)
        self._after = lru_cache(maxsize=20_000)(self._after_uncached)
        self._share = lru_cache(maxsize=2_000)(self._share_uncached)
        self._lifts = lru_cache(maxsize=5_000)(self._lifts_uncached)
        self._rows: dict[tuple[str, str], _Row] = {}
        self.count = lru_cache(maxsize=20_000)(self._words1.count)

    def _single_uncached(self, word: str) -> float:
        prior = 10 ** (wordlist.zipf(word) - 9) if word not in {START, ",", NUMBER} else 0.02
        floor = 2e-8 if morphology.is_known(word) else 1e-9
        return (self._words1.count(word) + _K1 * max(prior, floor)) / (self._total + _K1)

    def _pair_uncached(self, left: str, word: str) -> float:
        seen = self.count(left)
        if not seen:
            return self._single(word)
        return (self._word_pairs(left, word) + _K2 * self._single(word)) / (seen + _K2)

    def word(self, first: str, second: str, word: str) -> float:
        """P(word | first second)."""
        seen = self._word_pairs(first, second)
        if not seen:
            return self._pair(second, word)
        return (self._words3.count(first, second, word) + _K3 * self._pair(second, word)) / (seen + _K3)

    def words(self, sequence: list[str], start: int, stop: int) -> float:
        """The natural logarithm of the probability of ``sequence[start:stop]`` after its two predecessors."""
        padded = [START, START, *sequence]
        return sum([math.log(self.word(padded[i], padded[i + 1], padded[i + 2])) for i in range(start, stop)])

    def _row(self, pair: tuple[str, str]) -> _Row:
        """What is known so far of the tags after two others, to be filled as it is asked for."""
        row = self._rows.get(pair)
        if row is None:
            if len(self._rows) >= _ROWS:
                self._rows.clear()
            row = self._rows[pair] = _Row(*pair, self._tags2.count(*pair))
        return row

    def _tag(self, row: _Row, tag: str) -> float:
        """P(tag | two before), entered in their row."""
        chance = self._after(row.second, tag)
        if row.seen:
            chance = (self._tags3.count(row.first, row.second, tag) + _KT * chance) / (row.seen + _KT)
        row.chances[tag] = chance
        return chance

    def _after_uncached(self, second: str, tag: str) -> float:
        return (self._tags2.count(second, tag) + _KT * self._share(tag)) / (self._tag_count(second) + _KT)

    def _share_uncached(self, tag: str) -> float:
        """P(tag)."""
        return (self._tag_count(tag) + 1.0) / (self._total + 500.0)

    def tag_states(self, sequence: list[str]) -> TagStates:
        """Where the tag paths of a sequence have come to, to be gone on from with ``tagged``."""
        paths, shift = self._grouped({(START, START): 1.0}, 1.0), 0.0
        for word in sequence:
            following = self._follow(paths, word)
            total = sum(following.values())
            shift += math.log(total)
            paths = self._grouped(following, total)
        return paths, shift

    def tagged(self, sequence: list[str], states: TagStates | None = None) -> float:
        """How well a short sequence of words fits together by its tags, after ``states`` or a sentence's beginning.

        The natural logarithm of the sum over all tag paths of the product of P(tag | two before) P(tag | word) / P(tag).
        """
        paths, shift = states or self.tag_states([])
        last = len(sequence) - 1
        for number, word in enumerate(sequence):
            following = self._follow(paths, word)
            total = sum(following.values())
            shift += math.log(total)
            if number < last:
                paths = self._grouped(following, total)
        return shift

    def _follow(self, paths: _ByLast, word: str) -> dict[tuple[str, str], float]:
        """The mass of the paths that go on with each tag of a word, by their last two tags."""
        following: dict[tuple[str, str], float] = {}
        for tag, lift in self._lifts(word):
            for last, rows in paths.items():
                total = 0.0
                for mass, row, chances in rows:
                    chance = chances.get(tag)
                    if chance is None:
                        chance = self._tag(row, tag)
                    total += mass * lift * chance
                following[last, tag] = total
        return following

    def _grouped(self, masses: dict[tuple[str, str], float], total: float) -> _ByLast:
        """The shares of paths that are not given up, by their last tag."""
        least = _LEAST_MASS * total
        found: _ByLast = {}
        for pair, mass in masses.items():
            if mass >= least:
                row = self._rows.get(pair) or self._row(pair)
                found.setdefault(pair[1], []).append((mass / total, row, row.chances))
        return found

    def _lifts_uncached(self, word: str) -> tuple[tuple[str, float], ...]:
        """The tags of a word with P(tag | word) / P(tag)."""
        return tuple((tag, share / self._share(tag)) for tag, share in tags(word))

    def collocation(self, left: str, right: str) -> float:
        """How much oftener two lemmas occur side by side than by chance: ln of the ratio, 0 when unseen."""
        seen = self._lemmas2.count(left, right)
        if not seen:
            return 0.0
        return max(0.0, math.log(seen * self._total / max(1.0, self._lemmas2.count(left) * self._lemmas2.count(right))))


@lru_cache(maxsize=4)
def _model(path: Path | None) -> LanguageModel | None:
    counts = load(path)
    return LanguageModel(counts) if counts else None


def opened(path: Path | None = None) -> LanguageModel | None:
    """The language model of a path or the shipped one, each read once; None where none is shipped.

    Raises BadSettings when the path is not there, DamagedDictionary when it is no counts file.
    """
    if path is not None and not path.is_file():
        raise BadSettings(Message("language-model-missing"), path=path)
    return _model(path)


def unit(text: str, kind: str) -> str | None:
    """What a token is to the model: a folded word, a number, a comma, a sentence boundary, or None for other marks."""
    if kind == "word":
        return fold(text)
    if kind == "number":
        return NUMBER
    if text == ",":
        return ","
    return START if text[0] in ".!?…;:" else None
