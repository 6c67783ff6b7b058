"""Graded translation: P(Russian lemma | English lemma) by IBM model 1 with the lexicon as prior.

Brown et al. (1993), model 1: every English word of a sentence pair may be the source of every Russian word. The first
table is the lexicon's weights over a small floor, and the lexicon keeps its say as pseudo-counts in every round, so that
a few hundred pages refine it and cannot overturn it. Written as a TSV of the pairs worth keeping.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from collation.knowledge.words import morphology
from collation.knowledge.words.english import english_lemma
from collation.knowledge.words.lexicon import Lexicon
from collation.languages.ru import RUSSIAN
from collation.model import SentencePair
from collation.system.files import write_whole

Bag = tuple[list[str], list[str]]
_NULL = ""
_PSEUDO = 2.0
_FLOOR = 0.02
_LEAST_COUNT = 1.5
_LEAST_SHARE = 0.008
_LONGEST = 90


def bags(pairs: Iterable[SentencePair], *, literal: float = 0.3) -> list[Bag]:
    """The lemmas of both sides of the sentence pairs that are literal enough."""
    found = []
    for pair in pairs:
        if pair.literal < literal or len(pair.original) > _LONGEST or len(pair.translation) > _LONGEST:
            continue
        russian = [
            morphology.lemmas(t.text)[0] for t in pair.original if t.kind == "word" and morphology.lemmas(t.text)
        ]
        english = [english_lemma(t.text) for t in pair.translation if t.kind == "word" and len(t.text) > 0]
        if russian and english:
            found.append((russian, english))
    return found


def induce(texts: list[Bag], lexicon: Lexicon, *, rounds: int = 5) -> dict[str, dict[str, tuple[float, float]]]:
    """For each English lemma its Russian lemmas with probability and expected count, the improbable left out."""
    table: dict[str, dict[str, float]] = {}
    seen: dict[str, set[str]] = defaultdict(set)
    for russian, english in texts:
        for e in (*set(english), _NULL):
            seen[e].update(russian)
    for e, candidates in seen.items():
        table[e] = {
            r: _FLOOR + (lexicon.weight(e, r) if e else (0.3 if r in RUSSIAN.function_words else 0.0))
            for r in candidates
        }
        _normalise(table[e])
    prior = {e: dict(row) for e, row in table.items()}
    counts: dict[str, dict[str, float]] = {}
    for _ in range(rounds):
        counts = {e: defaultdict(float) for e in table}
        for russian, english in texts:
            sources = [*english, _NULL]
            for r in russian:
                shares = [table[e].get(r, 1e-9) for e in sources]
                total = sum(shares)
                for e, share in zip(sources, shares, strict=True):
                    counts[e][r] += share / total
        for e, row in counts.items():
            table[e] = {r: n + _PSEUDO * prior[e].get(r, 0.0) for r, n in row.items()}
            _normalise(table[e])
    return {e: _worth_keeping(table[e], counts[e]) for e in sorted(table) if e}


def _normalise(row: dict[str, float]) -> None:
    total = sum(row.values()) or 1.0
    for r in row:
        row[r] /= total


def _worth_keeping(row: dict[str, float], counts: dict[str, float]) -> dict[str, tuple[float, float]]:
    return {
        r: (p, counts[r])
        for r, p in sorted(row.items(), key=lambda item: -item[1])
        if p >= _LEAST_SHARE and counts[r] >= _LEAST_COUNT
    }


def write_translations(table: dict[str, dict[str, tuple[float, float]]], out: Path, *, description: str) -> int:
    """Write the table; returns the number of pairs."""
    lines = [
        "# what: translation probabilities P(Russian lemma | English lemma), IBM model 1 with the glossary as prior",
        f"# source: {description}",
        "# columns: english, russian, probability, expected count",
    ]
    rows = [f"{e}\t{r}\t{p:.3f}\t{n:.1f}" for e, row in sorted(table.items()) for r, (p, n) in row.items()]
    write_whole(out, "\n".join([*lines, *rows]) + "\n")
    return len(rows)
