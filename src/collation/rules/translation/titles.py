"""Ranks, offices and titles that differ on the two sides: "Colonel Petrov" for генерал Петров."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from collation.evidence.context import Context
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Token

_APART = 0.25  # how far apart in their sentences, of 1, two titles may be


@dataclass(frozen=True, slots=True)
class TitleSlip:
    """A Russian title and an English one of another rank at the same place, and the English of the Russian one."""

    russian: Token
    english: Token
    reading: str


@lru_cache(maxsize=1)
def _titles() -> dict[str, tuple[str, ...]]:
    rows = dictionaries.rows("titles.tsv", columns=2)
    return {fold(row[0]): tuple(dictionaries.cell_list(row[1])) for row in rows}


@lru_cache(maxsize=1)
def _english() -> frozenset[str]:
    return frozenset(word for words in _titles().values() for word in words)


def title_slips(context: Context) -> Iterator[TitleSlip]:
    """The titles of a pair that answer each other's place and not each other."""
    for pair in context.pairs:
        ours = [(i, lemma) for i, t in enumerate(pair.original) if (lemma := _title_of(t))]
        theirs = [
            (j, t.text.lower().removesuffix("s"))
            for j, t in enumerate(pair.translation)
            if _is_title(t) and _is_before_name(pair.translation, j)
        ]
        linked = {link.original for link in pair.words if link.score >= 0.5}
        claimed = {link.translation for link in pair.words if link.score >= 0.5}
        left = [
            (i, lemma) for i, lemma in ours if i not in linked and not any(w in _titles()[lemma] for _, w in theirs)
        ]
        right = [(j, w) for j, w in theirs if j not in claimed and not any(w in _titles()[lemma] for _, lemma in ours)]
        n, m = max(1, len(pair.original)), max(1, len(pair.translation))
        if len(left) == len(right) == 1 and abs(left[0][0] / n - right[0][0] / m) <= _APART:
            (i, lemma), (j, _) = left[0], right[0]
            yield TitleSlip(pair.original[i], pair.translation[j], _titles()[lemma][0])


def _is_before_name(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a name follows at once: "Colonel Petrov", not "the colonels of the staff"."""
    after = tokens[index + 1 : index + 2]
    return bool(after) and after[0].kind == "word" and after[0].text[0].isupper()


def _title_of(token: Token) -> str:
    if token.kind != "word":
        return ""
    return next((lemma for lemma in morphology.lemmas(fold(token.text))[:1] if lemma in _titles()), "")


def _is_title(token: Token) -> bool:
    low = token.text.lower()
    return token.kind == "word" and (low in _english() or low.removesuffix("s") in _english())
