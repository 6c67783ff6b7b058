"""Word alignment: sentences whose right alignment is known, and the same counts each time."""

from __future__ import annotations

import random

import numpy as np
import pytest

from collation.knowledge.words import lexicon
from collation.learning import translation, word_alignment
from collation.learning.sentence_pairs import bag, sentence_pairs
from collation.learning.word_alignment import SentenceIds, WordPairs, align_words


def nothing_known(rights: word_alignment.Numbers, lefts: word_alignment.Numbers) -> word_alignment.Real:
    return np.zeros(len(rights), dtype=np.float32)


def made(number: int = 300, words: int = 40) -> list[SentenceIds]:
    """Sentences in which word k of the right is word k of the left; the left has a particle more, the right an article
    before every word, and one pair of neighbours stands the other way round."""
    chance = random.Random(5)
    found = []
    for _ in range(number):
        left = [chance.randrange(1, words) for _ in range(chance.randrange(3, 9))]
        right = [w for k in left for w in (0, k)]
        right[1], right[3] = right[3], right[1]
        found.append(SentenceIds(tuple([*left, 0] if chance.random() < 0.5 else left), tuple(right)))
    return found


def best(pairs: WordPairs) -> dict[int, int]:
    found: dict[int, tuple[float, int]] = {}
    for left, right, count in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.counts.tolist(), strict=True):
        found[right] = max(found.get(right, (0.0, -1)), (count, left))
    return {right: left for right, (_, left) in found.items()}


def test_words_find_their_own_and_the_counts_are_their_sights() -> None:
    sentences = made()
    pairs = align_words(sentences, nothing_known)
    own = best(pairs)
    assert all(own[k] == k for k in range(1, 40))
    sure = pairs.counts[(pairs.left == pairs.right) & (pairs.left > 0)].sum()
    sights = sum(w > 0 for s in sentences for w in s.left)
    assert 0.9 * sights < sure <= sights + 1e-3
    assert pairs.counts.sum() - sure < 0.1 * sights


def test_order_decides_between_words_that_always_come_together() -> None:
    # 1 and 2 are always together, so only their places tell them apart; the middle says that order is kept
    sentences = [SentenceIds((k, 1, 2, k + 20), (k, 1, 2, k + 20)) for k in range(3, 20)] * 3
    pairs = align_words(sentences, nothing_known)
    counts = {(a, b): n for a, b, n in zip(pairs.left, pairs.right, pairs.counts, strict=True)}
    assert counts[1, 1] > 5 * counts[1, 2] and counts[2, 2] > 5 * counts[2, 1]


def test_the_prior_decides_where_the_texts_do_not() -> None:
    def known(rights: word_alignment.Numbers, lefts: word_alignment.Numbers) -> word_alignment.Real:
        return np.asarray(rights + lefts == 1, dtype=np.float32)

    pairs = align_words([SentenceIds((0, 1), (0, 1))] * 2, known)
    assert best(pairs) == {0: 1, 1: 0}


def test_the_same_sentences_give_the_same_counts() -> None:
    first, second = (align_words(made(60), nothing_known) for _ in range(2))
    assert first.counts.tobytes() == second.counts.tobytes()


def test_how_sentences_are_put_together_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    together = align_words(made(60), nothing_known)
    monkeypatch.setattr(word_alignment, "_CELLS", 1)  # each by itself, without padding
    alone = align_words(made(60), nothing_known)
    assert np.allclose(together.counts, alone.counts, atol=0.02)


def test_an_empty_sentence_is_refused() -> None:
    with pytest.raises(ValueError, match="needs words"):
        align_words([SentenceIds((1,), ())], nothing_known)
    with pytest.raises(ValueError, match="some"):
        align_words([], nothing_known)


def test_a_line_is_cut_into_sentences_that_answer_each_other() -> None:
    original = "Утром пришёл врач. Он осмотрел рану, и потом он долго писал письмо. Солдаты молчали."
    english = (
        "The doctor came in the morning. He examined the wound. Then for a long time he wrote a letter. "
        "The soldiers kept silent."
    )
    found = [bag(pair) for pair in sentence_pairs(original, english, lexicon.opened(learned=False))]
    assert [(r[-1], e[-1]) for r, e in found] == [("врач", "morning"), ("письмо", "letter"), ("молчать", "silent")]


def test_a_rare_rendering_of_a_common_word_counts_by_the_other_direction_but_is_not_the_first() -> None:
    texts = [(["бакен"], ["grumbet"])] * 40 + [(["котел"], ["grumbet"])] * 4
    table = translation.induce(texts, lexicon.opened(learned=False))
    assert list(table["grumbet"]) == ["бакен", "котел"]
    assert 4 / 44 < table["grumbet"]["котел"][0] <= 0.2 < table["grumbet"]["бакен"][0]


def test_names_and_guessed_lemmas_are_left_out() -> None:
    texts = [(["иванов", "видеть", "гмыжик"], ["ivanov", "see", "grumbet"]), (["каменеть"], ["kamenev"])] * 9
    table = translation.induce(texts, lexicon.opened(learned=False))
    assert {e: list(row) for e, row in table.items() if row} == {"see": ["видеть"]}
