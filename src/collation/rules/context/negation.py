"""Negation and contrast: an unmatched polarity inverts the sense ("Конечно, но следует" against "we should not").

The negations of both sides are matched one by one, each Russian one with the English one nearest to the counterpart of
the word it governs; several negations in a sentence do not hide each other. An English negation left over beside a
Russian word that a misreading makes of не, and a Russian one left over where the English has none, are doubts. Blind
where the English turns a negation round ("fail to", "unless") beyond the short list here.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from collation.alignment.affinity import FUNCTION_RU
from collation.evidence.context import Context, Word
from collation.knowledge.letters import fold, like
from collation.model import Feature, Hypothesis, SentencePair
from collation.rules.base import Proposer, replace

CODE = "CTX202"
NEGATIONS_RU = frozenset("не ни нет нельзя никто ничто ничего никогда никакой никак нигде никуда незачем некому невозможно".split())
NEGATIONS_EN = frozenset("not no never none nobody nothing neither nor cannot nowhere unable fail refuse impossible".split())
_READS_NOT = ("не", "но", "ни", "на", "же", "ее", "он")
_WINDOW = 4
_APART = 24


@lru_cache(maxsize=4_000)
def free_negations(pair: SentencePair) -> tuple[frozenset[int], frozenset[int]]:
    """The negations that answer none: indices of Russian and of English tokens."""
    russian = [i for i, t in enumerate(pair.original) if fold(t.text) in NEGATIONS_RU]
    english = [j for j, t in enumerate(pair.translation) if _negates(t.text)]
    distances = sorted(
        (abs(mapped(pair, i) - j), i, j) for i in russian for j in english if abs(mapped(pair, i) - j) <= _APART
    )
    left, right = set(russian), set(english)
    for _, i, j in distances:
        if i in left and j in right:
            left.discard(i)
            right.discard(j)
    return frozenset(left), frozenset(right)


def _negates(word: str) -> bool:
    lowered = word.lower().replace("’", "'")
    return lowered in NEGATIONS_EN or lowered.endswith("n't")


def mapped(pair: SentencePair, index: int) -> float:
    """Where in the translation a word of the original belongs: at the counterpart of the content word it governs.

    The word's own link is not asked, since any "not" answers any не.
    """
    links = {link.original: link.translation for link in pair.words}
    near = sorted(
        (abs(i - index) + (0.0 if i > index else 1.5), j)
        for i, j in links.items()
        if i != index and fold(pair.original[i].text) not in FUNCTION_RU
    )
    if not near:
        return index * len(pair.translation) / max(1, len(pair.original))
    return float(near[0][1])


def polarity_gain(pair: SentencePair, index: int, observed: str, reading: str) -> float:
    """What a reading does to the match of negations: 1 it mends it, -1 it breaks it, 0 it leaves it."""
    was, will = fold(observed) in NEGATIONS_RU, fold(reading) in NEGATIONS_RU
    if was == will or not pair.translation:
        return 0.0
    russian, english = free_negations(pair)
    if will:
        return 1.0 if any(abs(mapped(pair, index) - j) <= _WINDOW for j in english) else -1.0
    return 1.0 if index in russian else -1.0


def propose(context: Context) -> Iterator[Hypothesis]:
    """не for a word that looks like it where an English negation is left over."""
    for word in context.words:
        if word.token.kind != "word" or word.folded not in _READS_NOT or word.folded in NEGATIONS_RU:
            continue
        pair = context.pairs[word.pair]
        if polarity_gain(pair, word.index, word.text, "не") > 0:
            yield _hypothesis(context, word, pair)


def _hypothesis(context: Context, word: Word, pair: SentencePair) -> Hypothesis:
    near = min(free_negations(pair)[1], key=lambda j: abs(mapped(pair, word.index) - j))
    token = pair.translation[near]
    features = (
        Feature("polarity", 1.0, (token.place,), "", "negation-unmatched", (("english", token.text), ("word", word.text))),
        Feature("real_word", 1.0, (word.place,)),
    )
    return replace(CODE, (word.token,), like("не", word.text), features, basis="retroversion")


PROPOSER = Proposer(CODE, "sense inverted", propose, why="with-translation", prior=1.0, learned=True)
