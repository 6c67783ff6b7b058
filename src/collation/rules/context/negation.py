"""Negation and contrast: an unmatched polarity inverts the sense ("Конечно, но следует" against "we should not").

The negations of both sides are matched one by one, each Russian one with the English one nearest to the counterpart of
the word it governs; several negations in a sentence do not hide each other. An English negation left over beside a
Russian word that a misreading makes of не, and a Russian one left over where the English has none, are doubts. Blind
where the English turns a negation round ("fail to", "unless") beyond the short list here. And никогда or никто denies nothing
by itself: where nothing else of its sentence does, "прощает никогда" has lost its не.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, Word
from collation.evidence.denials import denies_in_russian, is_weak
from collation.evidence.negated_verbs import before_which, denied
from collation.evidence.polarity import (
    free_negations,
    mapped,
    polarity_gain,
)
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.model import Feature, Hypothesis, Token
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX202"
LOST = "CTX205"
_PLAIN = frozenset({"not", "cannot"})
_LINKED = 0.8  # score of the link of a verb that an English negation governs
_REACH = 4  # English words from the negation to its verb
_VERBAL = frozenset({"VERB", "INFN"})
# Words with which Russian denies the verb too; those behind which they stand alone (теперь или никогда)
_WANTS_NOT = frozenset({"никогда", "нигде", "никуда", "ниоткуда", "никто", "нисколько", "ничуть", "отнюдь"})
_ALONE_BEHIND = frozenset({"или", "либо", "чем", "как", "и"})
_WANTED = 1.2  # log-odds: of 1,068 sound sentences with such a word five had no negation; one is a slip, three stand behind the words above
_READS_NOT = ("не", "но", "ни", "на", "же", "ее", "он")


def misread(context: Context) -> Iterator[Hypothesis]:
    """не for a word that looks like it where an English negation is left over."""
    for word in context.words:
        if word.token.kind != "word" or word.folded not in _READS_NOT or word.folded in context.language.negations:
            continue
        if polarity_gain(context, word.pair, word.index, word.text, "не") > 0:
            english = _nearest(context, word)
            if not _is_answered(context, word, english):
                yield _hypothesis(word, context.pairs[word.pair].translation[english])


def _nearest(context: Context, word: Word) -> int:
    """The negation of the translation, left over, that is nearest to where a word belongs."""
    at = mapped(context, word.pair, word.index)
    return min(free_negations(context, word.pair)[1], key=lambda j: abs(at - j))


def _is_answered(context: Context, word: Word, english: int) -> bool:
    """Whether a word that denies in another way, and no other English word answers, is at least as near to an English
    negation: "отсутствуют", has no."""
    apart = abs(mapped(context, word.pair, word.index) - english)
    own, answers = context.language.negations, context.answered[word.pair]
    return any(
        i != word.index
        and fold(token.text) not in own
        and denies_in_russian(token)
        and answers.get(i, english) == english
        and (i in answers or abs(mapped(context, word.pair, i) - english) <= apart)
        for i, token in enumerate(context.pairs[word.pair].original)
    )


def lost(context: Context) -> Iterator[Hypothesis]:
    """не where a plain English negation is left over and the Russian denies nothing, and where никогда wants it."""
    for pair in range(len(context.pairs)):
        yield from _lost(context, pair)
        yield from _wanted(context, pair)


def _lost(context: Context, number: int) -> Iterator[Hypothesis]:
    """не put before a verb that answers an English verb behind "not", where nothing in the Russian denies at all."""
    pair = context.pairs[number]
    free = free_negations(context, number)[1]
    if not free or any(denies_in_russian(t) or is_weak(t) for t in pair.original):
        return
    claims = {link.translation: link for link in pair.words if link.score >= _LINKED}
    for j in sorted(free):
        if pair.translation[j].text.lower() not in _PLAIN and not pair.translation[j].text.lower().endswith(
            ("n't", "n’t")
        ):
            continue
        verb = next(
            (k for k in range(j + 1, min(len(pair.translation), j + _REACH)) if context.calls[number][k].content), None
        )
        link = claims.get(verb) if verb is not None else None
        if link is None or (verb is not None and _excepts(pair.translation, j, verb)):
            continue
        at = before_which(context, number, link.original)
        token = pair.original[at]
        before = pair.original[at - 1] if at else None
        if not any(p.pos in _VERBAL for p in morphology.parses(token.text)) or (
            before and fold(before.text) in _READS_NOT
        ):
            continue
        english = pair.translation[j]
        says = (("english", english.text), ("word", token.text))
        features = (BY_PRIOR, Feature("lost", 1.0, (english.place,), "", "negation-lost", says))
        yield with_reading(LOST, (token,), denied(token.text), features, basis="retroversion")


def _wanted(context: Context, number: int) -> Iterator[Hypothesis]:
    """не put before what a word such as никогда denies, where nothing else of the sentence denies."""
    tokens = context.pairs[number].original
    words = [fold(t.text) for t in tokens]
    if any(w not in _WANTS_NOT and denies_in_russian(t) for w, t in zip(words, tokens, strict=True)):
        return
    for i, word in enumerate(words):
        if word not in _WANTS_NOT or (i and words[i - 1] in _ALONE_BEHIND):
            continue
        straight = word == "отнюдь" and i + 1 < len(tokens) and tokens[i + 1].kind == "word"
        verb = i + 1 if straight else _verb_beside(tokens, i)
        if verb is None:
            continue
        token = tokens[before_which(context, number, verb)]
        says = (("negation", tokens[i].text),)
        features = (Feature("strength", _WANTED), Feature("lost", 1.0, (tokens[i].place,), "", "negation-wanted", says))
        yield with_reading(LOST, (token,), denied(token.text), features)


def _verb_beside(tokens: tuple[Token, ...], index: int) -> int | None:
    """The verb nearest to a word on either side, no mark between them; the one behind of two equally near."""
    found: list[tuple[int, int]] = []
    for step in (1, -1):
        k = index + step
        while 0 <= k < len(tokens) and tokens[k].kind == "word":
            if [p.pos for p in morphology.parses(tokens[k].text)][:1] == ["VERB"]:
                found.append((abs(k - index), k))
                break
            k += step
    return min(found, key=lambda f: f[0])[1] if found else None


def _excepts(tokens: tuple[Token, ...], first: int, last: int) -> bool:
    """Whether "not" is no denial of the verb: not only, not yet, not until, not so much."""
    between = {t.text.lower() for t in tokens[first + 1 : last + 1]}
    return bool(
        between
        & {"only", "yet", "until", "so", "just", "merely", "even", "all", "every", "but", "mind", "fail", "long", "?"}
    )


def _hypothesis(word: Word, token: Token) -> Hypothesis:
    features = (
        Feature(
            "polarity", 1.0, (token.place,), "", "negation-unmatched", (("english", token.text), ("word", word.text))
        ),
        Feature("real_word", 1.0, (word.place,)),
    )
    return with_reading(CODE, (word.token,), like("не", word.text), features, basis="retroversion")


RULE = Rule(
    code=CODE,
    family="CTX",
    name="negation lost or inserted",
    propose=misread,
    needs_translation=True,
    needs=("morphology", "negations", "glossary"),
    harm="sense",
    learned=True,
    prior=1.0,
    since="2026.11",
    says=("negation-unmatched",),
)
LOST_RULE = Rule(
    code=LOST,
    family="CTX",
    name="negation omitted",
    propose=lost,
    needs_translation=True,
    needs=("morphology", "negations", "glossary"),
    harm="sense",
    prior=0.4,
    since="2026.11",
    says=("negation-lost", "negation-wanted"),
)
