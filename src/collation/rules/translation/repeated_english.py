"""A word or a sentence that the translation has twice, and a sentence translated from another place.

The translator's eye goes back to a line already done, a typist writes "of of", a paste lands on the wrong sentence. The
English reads well; its Russian shows it: it has the sentence once, or something else altogether. A sentence is held to be
from elsewhere when its words answer next to nothing of their own Russian and most of another sentence's. Refrains, and
whatever the Russian has twice as well, are left alone. Blind to sentences of a few words, and where a translation is so
free that its own sentence answers no better.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.alignment.affinity import affinity
from collation.evidence.context import Context
from collation.evidence.unanswered_runs import answers
from collation.knowledge.letters import fold
from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.rule import Rule
from collation.rules.translation.english_sentences import EnglishSentence, english_sentences
from collation.rules.translation.missing_passages import quoted

CODE = "TRN956"
_PRIOR = 0.8  # log-odds before anything is known of the word or the sentence
_OFTEN_TWICE = frozenset("had that is very no yes bye ha so well now far never more up on in".split())
_NEVER_TWICE = frozenset(
    "the a an of to and for with at by from as or but was were are has have will would its their his her this these which who "
    "into under over between than when if be been it he she they we".split()
)
_SMALL, _OTHER, _DOUBTFUL = 1.5, 0.0, -0.6  # log-odds of a small word, of another one, of one that may stand twice
_LEAST_WORDS = 4  # content words of a sentence
_ALIKE = 0.8  # share of words that two sentences have in common which are one
_OWN, _OTHERS = 0.34, 0.6  # share that its own Russian answers at most, and another sentence at least
_FOR_SHARE = 2.0  # log-odds of each further share that the other sentence answers
_ANSWERS = 0.5  # affinity from which a Russian word answers an English one
_PAIRS = 60  # sentence pairs on either side among which the true original is sought
_TWICE, _ELSEWHERE = 0.8, 0.2  # log-odds of a sentence twice, and of one from elsewhere
_LETTERS = 3  # a longer Russian word counts when two sentences are compared
_RUSSIAN_TWICE = 0.4  # share of common Russian words by which two pairs are held to say one thing
_FEW, _NEW = 5, 0.65  # more words than these say a thing twice if fewer than this share of them differ


def propose(context: Context) -> Iterator[Hypothesis]:
    """Words and sentences doubled in the translation, and sentences that answer another place."""
    if not context.aligned.parallel:
        return
    yield from _words(context)
    sentences = [s for s in english_sentences(context) if s.content >= _LEAST_WORDS]
    doubled = set()
    for hypothesis, number in _twice(context, sentences):
        doubled.add(number)
        yield hypothesis
    for number, sentence in enumerate(sentences):
        if number not in doubled and sentence.answered <= _OWN * sentence.content:
            yield from _from_elsewhere(context, sentence)


def _words(context: Context) -> Iterator[Hypothesis]:
    for pair in context.pairs:
        russian = [fold(t.text) for t in pair.original if t.kind == "word"]
        if any(a == b for a, b in zip(russian, russian[1:], strict=False)):
            continue
        for first, second in zip(pair.translation, pair.translation[1:], strict=False):
            low = first.text.lower()
            if first.kind != "word" or second.text.lower() != low or len(second.place.spans) > 1:
                continue
            if second.text[0].isupper() and low not in _NEVER_TWICE:
                continue  # Baden Baden
            odds = _SMALL if low in _NEVER_TWICE else _DOUBTFUL if low in _OFTEN_TWICE else _OTHER
            place = Place.at(first.stop, second.stop)
            features = (
                Feature("strength", odds),
                Feature("again", 1.0, (first.place,), "", "word-twice", (("english", second.text),)),
            )
            yield Hypothesis(CODE, (place,), (Edit(place, ""),), features, "translation", "attested")


def _twice(context: Context, sentences: list[EnglishSentence]) -> Iterator[tuple[Hypothesis, int]]:
    """The sentences that are nearly the same as another, where the Russian has nothing twice; of the two the worse answered."""
    seen: dict[str, list[int]] = {}
    for number, sentence in enumerate(sentences):
        for key in sentence.keys:
            seen.setdefault(key, []).append(number)
    met: set[tuple[int, int]] = set()
    for key in seen:
        group = seen[key]
        for left, right in zip(group, group[1:], strict=False):
            one, other = sentences[left], sentences[right]
            if (left, right) in met or _alike(one.words, other.words) < _ALIKE:
                continue
            met.add((left, right))
            if not _russian_is_twice(context, one, other):
                number = left if one.answered < other.answered else right
                yield _hypothesis_twice(sentences[number], sentences[left + right - number]), number


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / max(1, len(one | other))


def _russian_is_twice(context: Context, one: EnglishSentence, other: EnglishSentence) -> bool:
    """Whether the Russian words that answer the one recur opposite the other."""
    if one.pair == other.pair:
        words = [fold(t.text) for t in context.pairs[one.pair].original if t.kind == "word" and len(t.text) > _LETTERS]
        return len(words) > _FEW and len(set(words)) < _NEW * len(words)
    left, right = (
        {fold(t.text) for t in context.pairs[n].original if t.kind == "word" and len(t.text) > _LETTERS}
        for n in (one.pair, other.pair)
    )
    return len(left & right) >= _RUSSIAN_TWICE * min(len(left), len(right)) if left and right else False


def _hypothesis_twice(second: EnglishSentence, first: EnglishSentence) -> Hypothesis:
    place = Place.cover([t.place for t in second.tokens])
    model = Place.cover([t.place for t in first.tokens])
    features = (Feature("strength", _TWICE), Feature("again", 1.0, (model,), "", "sentence-twice"))
    return Hypothesis(CODE, (place,), (), features, "translation")


def _from_elsewhere(context: Context, sentence: EnglishSentence) -> Iterator[Hypothesis]:
    best, where = 0, -1
    for number in range(max(0, sentence.pair - _PAIRS), min(len(context.pairs), sentence.pair + _PAIRS + 1)):
        if abs(number - sentence.pair) > 1 and context.pairs[number].original:
            count = _answered_by(context, sentence, number)
            if count > best:
                best, where = count, number
    if where < 0 or best < _OTHERS * sentence.content or best < sentence.answered + 3:
        return
    place = Place.cover([t.place for t in sentence.tokens])
    russian = context.pairs[where].original
    other = Place.cover([t.place for t in russian])
    share = best / sentence.content
    features = (
        Feature("strength", _ELSEWHERE + _FOR_SHARE * (share - _OTHERS)),
        Feature("elsewhere", share, (other,), "glossary", "translated-from-elsewhere", (("russian", quoted(russian)),)),
    )
    yield Hypothesis(CODE, (place,), (), features, "translation")


def _answered_by(context: Context, sentence: EnglishSentence, number: int) -> int:
    """How many content words of a sentence the Russian of a pair answers."""
    own = [a for a in answers(context, number) if a.content or a.number]
    calls = context.calls[sentence.pair]
    return sum(
        any(affinity(a, calls[j]) >= _ANSWERS for a in own)
        for j in sentence.indices
        if calls[j].content or calls[j].number
    )


RULE = Rule(
    code=CODE,
    family="TRN",
    name="word or sentence doubled or misplaced in the translation",
    propose=propose,
    sides=("translation",),
    needs_translation=True,
    needs=("morphology", "glossary"),
    harm="loss",
    prior=_PRIOR,
    since="2026.12",
    says=("sentence-twice", "translated-from-elsewhere", "word-twice"),
)
