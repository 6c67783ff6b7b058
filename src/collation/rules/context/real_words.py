"""Real words that the translation contradicts.

A modern reader puts fluent words in the place of others ("топорь" for теперь, "вместо" for вместе, "штурмовой" for
внушительной): no dictionary sees it, but an English word stays unanswered, and the Russian word answers none. The
readings are forms of what the English calls for, near in shape or of the same grammatical form. Unanswered alone never
raises a doubt; where the translation is free the judge gives this little weight.
"""

from __future__ import annotations

from collections.abc import Iterator
from heapq import merge
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from collation.evidence.context import Context, Word, is_attested
from collation.evidence.kinship import is_kin
from collation.evidence.tag_fit import tag_gain
from collation.evidence.translated_places import gains
from collation.evidence.vouching import is_vouched
from collation.evidence.wanted import answered_but_for_prefix, in_shape_of, wanted_forms, wanted_lemmas
from collation.knowledge.letters import like
from collation.knowledge.values.numerals import numerals
from collation.knowledge.words import families, morphology, wordlist
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX201"
_NEAR = 0.5  # likeness in letters, 0 to 1 by Levenshtein, of a wanted form
_MOST = 8  # readings of a word
_LINKED = 0.8  # score of a link by lexicon or name that settles a word
_LEAST_GAIN = 2.5  # by which a word that is kin must suit the place better, in natural logarithms
_RARE = 3.0  # Zipf frequency below which the models hardly know a word
_EACH_LETTER = 0.5  # edits for each letter of the wanted form, at least one, that a misreading may cost
# A wanted word of the same shape and other letters
# Of the word; score below which it is not linked; weight of what is wanted
_LEAST_LETTERS, _UNLINKED, _WANTED = 5, 0.3, 0.6
_UNLIKE = 4.0  # edits that other letters count as

Ranked = tuple[float, str, int]
"""What a form costs in edits less what it is wanted, the form, the index of the English word: the least is the likeliest."""


def propose(context: Context) -> Iterator[Hypothesis]:
    """Readings for attested words whose place in the translation calls for another word."""
    if not context.aligned.parallel:
        return
    for word in context.words:
        pair = context.pairs[word.pair]
        if word.token.kind != "word" or not pair.translation or not is_attested(word.text):
            continue
        if is_vouched(context, word):
            continue
        links = [link for link in pair.words if link.original == word.index]
        if links and links[0].score >= _LINKED and links[0].kind in {"lexicon", "name"}:
            continue
        yield from _readings(context, word, linked=links[0].score if links else 0.0)


def _readings(context: Context, word: Word, *, linked: float) -> Iterator[Hypothesis]:
    own = frozenset(morphology.lemmas(word.text))
    answered = answered_but_for_prefix(context, word, own)
    found = sorted(_near(context, word, own, answered, linked))
    unlike = (
        _unlike(context, word, own, answered) if len(word.text) >= _LEAST_LETTERS and linked < _UNLINKED else iter(())
    )
    seen: set[str] = set()
    number = bool(numerals(word.folded, context.language.code))
    for _, form, j in merge(found, unlike):
        if form in seen or (number and numerals(form, context.language.code)):
            continue  # a number or a month against another is for the rules of values, which say whose slip it is
        if len(seen) >= _MOST:
            break
        seen.add(form)
        english = context.pairs[word.pair].translation[j]
        features = (
            Feature(
                "wanted",
                1.0,
                (english.place,),
                "glossary",
                "unanswered",
                (("english", english.text), ("reading", form)),
            ),
            Feature("real_word", 1.0, (word.place,)),
        )
        yield with_reading(CODE, (word.token,), like(form, word.text), features, basis="retroversion")


def _near(
    context: Context, word: Word, own: frozenset[str], answered: frozenset[int], linked: float
) -> Iterator[Ranked]:
    """The wanted forms that the word may be a misreading of."""
    wanted = wanted_forms(context, word)
    for form, _, _ in process.extract_iter(
        word.folded, wanted.keys(), scorer=Levenshtein.normalized_similarity, score_cutoff=_NEAR
    ):
        weight, j = wanted[form]
        if form == word.folded or weight <= linked:
            continue
        cost = channel_cost(word.folded, form)
        if cost > EDIT * max(1.0, _EACH_LETTER * len(form)):
            continue
        if (j in answered or is_kin(own, form)) and not _is_rather(context, word, own, form):
            continue
        yield cost / EDIT - weight, form, j


def _is_rather(context: Context, word: Word, own: frozenset[str], form: str) -> bool:
    """Whether the surroundings and the whole of the translation speak for a form of the same tag that the one English word does not tell
    from the word, which answers it too but for a prefix (увлекался, отвлекался). The other aspect of a verb they do not tell from it
    either, and a rare word they hardly know."""
    lemmas = morphology.lemmas(form)
    if wordlist.zipf(word.folded) < _RARE or any(families.partners(lemma) & own for lemma in lemmas):
        return False
    if not any(form in in_shape_of(lemma, word.folded) for lemma in lemmas):
        return False
    (gain,) = gains(context, word, [form])
    return gain.around + gain.spoken >= _LEAST_GAIN


def _unlike(context: Context, word: Word, own: frozenset[str], answered: frozenset[int]) -> Iterator[Ranked]:
    """Forms of wanted lemmas that fit the place of the word and are unlike it, in order; only as many are looked at as are
    asked for."""
    gain = tag_gain(context, word)
    wanted = [item for item in wanted_lemmas(context, word).items() if item[1][0] >= _WANTED and item[0] not in own]
    wanted.sort(key=lambda item: _UNLIKE - item[1][0])
    for worth, lemmas in groupby(wanted, key=lambda item: _UNLIKE - item[1][0]):
        yield from sorted(
            (worth, max(fitting, key=gain), j)
            for lemma, (_, j) in lemmas
            if j not in answered and not is_kin(own, lemma) and (fitting := in_shape_of(lemma, word.folded))
        )


RULE = Rule(
    code=CODE,
    family="CTX",
    name="real-word error against the translation",
    propose=propose,
    needs_translation=True,
    needs=("morphology", "families", "frequencies", "confusions", "glossary"),
    harm="sense",
    learned=True,
    since="2026.11",
    says=("unanswered",),
)
