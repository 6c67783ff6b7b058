"""Text that occurs twice.

A transcriber returns to the wrong line, or two scans of a sheet overlap: a line, or some words running, are doubled at
once or across a page break. Doubted is the second copy when the translation does not have it twice as well. Refrains and
lists, which repeat on purpose, have their English twice. Blind to a copy that is far from its model.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from collation.evidence.context import Context, Word
from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.rule import Rule

CODE = "LAC703"
_RUN = 6  # words of the shortest run that is a copy,
_LONGEST = 60  # and of the longest
_LINE = 3  # words of the shortest line that is a copy,
_LETTERS = 14  # and its letters
_ALIKE = 0.92  # likeness of two lines, 0 to 1 by Levenshtein
_TWICE = 0.7  # share of the words of both copies that the translation answers where it has both
_WITH_ENGLISH, _WITHOUT = 0.6, -0.3  # log-odds: a translation that has it once; none
_EACH_WORD, _MOST_WORDS = 0.1, 10  # log-odds of each word beyond the shortest line, and how many count


def propose(context: Context) -> Iterator[Hypothesis]:
    """Second copies: of some words running, and of a whole line."""
    words = tuple(w for w in context.words if w.token.kind != "mark")
    reached = -1
    for first, second in sorted(
        [*_runs(words), *_lines(context, words)], key=lambda c: (c[1][0].token.start, -len(c[1]))
    ):
        if second[0].token.start < reached or _has_twice(context, first, second):
            continue
        reached = second[-1].token.stop
        yield _hypothesis(context, first, second)


Copies = tuple[tuple[Word, ...], tuple[Word, ...]]


def _runs(words: tuple[Word, ...]) -> Iterator[Copies]:
    """Six words and more that occur twice in a row, the longest such run at each place."""
    texts = [w.folded for w in words]
    start = 0
    while start < len(texts):
        length = next((n for n in range(_LONGEST, _RUN - 1, -1) if _doubled(texts, start, n)), 0)
        if length:
            yield words[start : start + length], words[start + length : start + 2 * length]
        start += max(1, 2 * length)


def _doubled(texts: list[str], start: int, length: int) -> bool:
    middle = start + length
    if middle + length > len(texts) or texts[start] != texts[middle]:
        return False
    return texts[start:middle] == texts[middle : middle + length] and len(set(texts[start:middle])) > length // 2


def _lines(context: Context, words: tuple[Word, ...]) -> Iterator[Copies]:
    """Neighbouring lines of three words and more that read the same, or nearly."""
    for first, second in pairwise(_by_line(context, words)):
        if min(len(first), len(second)) < _LINE:
            continue
        left, right = (" ".join(w.folded for w in line) for line in (first, second))
        digits = [[w.text for w in line if w.token.kind == "number"] for line in (first, second)]
        alike = Levenshtein.normalized_similarity(left, right, score_cutoff=_ALIKE)
        if len(left) >= _LETTERS and alike >= _ALIKE and digits[0] == digits[1]:
            yield first, second


def _by_line(context: Context, words: tuple[Word, ...]) -> list[tuple[Word, ...]]:
    lines: dict[int, list[Word]] = {}
    for word in words:
        lines.setdefault(context.document.source.row(word.token.start), []).append(word)
    return [tuple(lines[number]) for number in sorted(lines)]


def _has_twice(context: Context, first: tuple[Word, ...], second: tuple[Word, ...]) -> bool:
    """Whether the translation answers both copies and not one between them."""
    content = [w for w in (*first, *second) if len(w.text) > 2]
    answered = sum(w.index in context.answered[w.pair] for w in content)
    return bool(content) and answered >= _TWICE * len(content)


def _hypothesis(context: Context, first: tuple[Word, ...], second: tuple[Word, ...]) -> Hypothesis:
    place = Place.cover([w.place for w in second])
    model = Place.cover([w.place for w in first])
    english = context.aligned.parallel
    strength = (_WITH_ENGLISH if english else _WITHOUT) + _EACH_WORD * min(_MOST_WORDS, len(second) - _LINE)
    shown = " ".join(model.of(context.text).split())
    features = [Feature("strength", strength, (model,), "", "stands-twice", (("word", _shortened(shown)),))]
    if english:
        features.append(Feature("once", 1.0, (place,), "", "once-in-translation"))
    return Hypothesis(CODE, (place,), (Edit(place, ""),), tuple(features), "original", "attested")


def _shortened(text: str) -> str:
    words = text.split()
    return text if len(words) <= 8 else " ".join([*words[:4], "…", *words[-3:]])


RULE = Rule(
    code=CODE,
    family="LAC",
    name="dittography",
    propose=propose,
    harm="loss",
    prior=0.4,
    passage=True,
    since="2026.11",
    says=("once-in-translation", "stands-twice"),
)
