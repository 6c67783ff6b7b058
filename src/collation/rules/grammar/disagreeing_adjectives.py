"""An adjective and the noun straight behind it that agree in no analysis: "глобальное сокращения", "хорошую лампа".

In 550,000 sound Russian words (political documents, tales, news) four pairs are doubted, and three of them are slips of those texts.
Which of the two is misread is said by the language model. Blind to pairs with other words between them and to words that may be
names.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from collation.evidence.agreement import agree
from collation.evidence.context import Context, Word
from collation.evidence.fixed_endings import has_own_ending
from collation.evidence.government import governed_by_adjectives, governed_cases
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.knowledge.words.morphology import Parse
from collation.model import Feature, Hypothesis
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.grammar.likely_forms import likely_forms

CODE = "GRA303"
_OTHERWISE = frozenset({"Fixd", "Abbr", "Surn", "Name", "Patr", "Geox", "Orgn", "Apro", "Anum"})
_DEPENDS = frozenset({"datv", "ablt"})  # cases of a word that may depend on any adjective: неугодные кадетам
_SECOND = frozenset({"gen2", "loc2"})  # forms of few phrases: народу
_FREE = frozenset({"nomn", "accs"})  # cases of a noun that needs no word before it
_OWNERS = frozenset({"NOUN", "NPRO", "NUMR"})  # behind these an adjective may have its noun before it
_PASSIVE = "мый"  # руководимый пролетариатом
_MOST = 3  # readings
Parses = tuple[Parse, ...]


def propose(context: Context) -> Iterator[Hypothesis]:
    """Adjectives and nouns side by side of which one has a wrong ending."""
    for word, behind in zip(context.words, context.words[1:], strict=False):
        if (
            behind.pair != word.pair
            or behind.index != word.index + 1
            or word.text[0].isupper()
            or behind.text[0].isupper()
        ):
            continue
        adjective, noun = _all_of(word.folded, "ADJF"), _all_of(behind.folded, "NOUN")
        if not adjective or not noun or any(agree(a, n) for a in adjective for n in noun):
            continue
        if has_own_ending(context, word) or has_own_ending(context, behind):
            continue
        if not _is_let_pass(context, word, adjective, noun):
            yield from _readings(context, word, behind, adjective, noun)


@lru_cache(maxsize=5_000)
def _all_of(word: str, pos: str) -> Parses:
    """The analyses of a word that the dictionary has as this part of speech alone, and as no name; none for any other."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    sound = all(p.pos == pos and p.case and not _OTHERWISE & p.grammemes for p in parses)
    return parses if sound else ()


def _is_let_pass(context: Context, word: Word, adjective: Parses, noun: Parses) -> bool:
    """Whether the noun may depend on the adjective, or either belong to something else."""
    own, cases = {a.case for a in adjective}, {n.case for n in noun if not _SECOND & n.grammemes}
    asked = frozenset[str]().union(*(governed_by_adjectives().get(a.lemma, frozenset()) for a in adjective))
    if cases <= _DEPENDS or cases & asked or any(a.lemma.endswith(_PASSIVE) for a in adjective):
        return True
    free = cases & _FREE
    if free and own & _DEPENDS:
        return True  # признал желательным объединение, дал голодным хлеб
    before = context.pairs[word.pair].original[word.index - 1] if word.index else None
    if before is None or before.kind != "word":
        return False
    if free and governed_cases().get(fold(before.text), frozenset()) & own:
        return True  # среди последних большинство
    return any(p.pos in _OWNERS for p in morphology.parses(before.text))


def _readings(context: Context, word: Word, behind: Word, adjective: Parses, noun: Parses) -> Iterator[Hypothesis]:
    """Forms of the one that agree with the other, of the word for which the best of them stands."""
    weighed = [
        (worth, form, own.token)
        for own, pos, others in ((word, "ADJF", noun), (behind, "NOUN", adjective))
        for worth, form in likely_forms(context, own)
        if any(agree(p, other) for p in _all_of(form, pos) for other in others)
    ]
    if not weighed:
        return
    weighed.sort(key=lambda w: (-w[0], w[1]))
    token = weighed[0][2]
    says = (("adjective", word.text), ("noun", behind.text))
    features = (BY_PRIOR, Feature("agreement", 1.0, (behind.place,), "", "agrees-nowhere", says))
    for _, form, _ in [w for w in weighed if w[2] is token][:_MOST]:
        yield with_reading(CODE, (token,), like(form, token.text), features)


RULE = Rule(
    code=CODE,
    family="GRA",
    name="adjective and noun that do not agree",
    propose=propose,
    needs=("morphology", "confusions", "language_model"),
    harm="grammar",
    prior=1.4,
    since="2026.12",
    says=("agrees-nowhere",),
)
