"""Forms that the translation calls for: what could be meant where a Russian word is doubted.

For every English word opposite that no Russian word answers, the forms of its equivalents; a form of the same tag as
the doubted word counts as fitting its place even when nothing in its shape speaks for it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from collation.evidence.context import Context, Word
from collation.evidence.recent import Recent
from collation.knowledge.words import families, morphology

_Asked = tuple[int, int | None]
_KEPT = 32  # pairs, or words of them
_EQUIVALENTS = 14  # equivalents of an English word that are tried, the surest
_PARTNER = 0.9  # what the other aspect of a wanted verb is worth of it
_TENSES_AND_PERSONS = frozenset({"past", "pres", "futr", "1per", "2per", "3per", "impr"})
_INFLECTED = frozenset(
    {
        "NOUN",
        "ADJF",
        "ADJS",
        "PRTF",
        "PRTS",
        "VERB",
        "INFN",
        "GRND",
        "NUMR",
        "NPRO",
        "ADVB",
        "COMP",
        "PRED",
        "CONJ",
        "PREP",
        "PRCL",
    }
)


def forms_of(lemma: str) -> tuple[str, ...]:
    """The folded forms of a lemma."""
    return morphology.written_forms(lemma)


class _WantedWords:
    """What the last pairs asked about call for: words are doubted in order, and the forms of a long text are many."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._lemmas: Recent[_Asked, dict[str, tuple[float, int]]] = Recent(_KEPT)
        self._forms: Recent[_Asked, dict[str, tuple[float, int]]] = Recent(_KEPT)
        self._roots: Recent[_Asked, dict[str, frozenset[int]]] = Recent(_KEPT)

    def lemmas(self, pair: int, own: int | None) -> dict[str, tuple[float, int]]:
        """The lemmas that the unanswered words of a pair call for, and the English word ``own``, if any."""
        return self._lemmas.of((pair, own), lambda asked: _lemmas_for(self._context, *asked))

    def forms(self, pair: int, own: int | None) -> dict[str, tuple[float, int]]:
        """The forms of these lemmas."""
        return self._forms.of((pair, own), lambda asked: _forms_for(self._context, *asked))

    def roots(self, pair: int, own: int | None) -> dict[str, frozenset[int]]:
        """What is left of these lemmas without their prefixes, with the indices of the English words."""
        return self._roots.of((pair, own), lambda asked: _without_prefixes(self.lemmas(*asked)))


def _without_prefixes(lemmas: Mapping[str, tuple[float, int]]) -> dict[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for lemma, (_, j) in lemmas.items():
        if not families.denies(lemma):
            for bare in families.unprefixed(lemma):
                found.setdefault(bare, set()).add(j)
    return {bare: frozenset(words) for bare, words in found.items()}


def answered_but_for_prefix(context: Context, word: Word, own: Iterable[str]) -> frozenset[int]:
    """The indices of unanswered English words that the lemmas of a word answer but for their prefix (привнёс: bring, as принести)."""
    roots = context.once(_WantedWords).roots(word.pair, context.answered[word.pair].get(word.index))
    bare = {part for lemma in own if not families.denies(lemma) for part in families.unprefixed(lemma)}
    return frozenset().union(*(roots.get(part, frozenset()) for part in bare))


def wanted_lemmas(context: Context, word: Word) -> dict[str, tuple[float, int]]:
    """Russian lemmas that unanswered English words opposite call for: weight, and index of the English word."""
    return context.once(_WantedWords).lemmas(word.pair, context.answered[word.pair].get(word.index))


def _lemmas_for(context: Context, pair: int, own: int | None) -> dict[str, tuple[float, int]]:
    found: dict[str, tuple[float, int]] = {}
    calls = context.calls[pair]
    for j in (*context.unanswered(pair), *_hardly_answered(context, pair), *(() if own is None else (own,))):
        called = calls[j]
        best = sorted(called.lemmas.items(), key=lambda item: -item[1])[:_EQUIVALENTS]
        for lemma, weight in best:
            if weight > found.get(lemma, (0.0, 0))[0]:
                found[lemma] = (weight, j)
            for partner in families.partners(lemma):
                if _PARTNER * weight > found.get(partner, (0.0, 0))[0]:
                    found[partner] = (_PARTNER * weight, j)
    return found


def _hardly_answered(context: Context, pair: int) -> tuple[int, ...]:
    """The indices of English content words that a Russian word answers faintly: what stood for them may be lost."""
    calls, firm = context.calls[pair], context.firm_claims[pair]
    return tuple(j for j in context.claims[pair] if j not in firm and calls[j].content)


def wanted_forms(context: Context, word: Word) -> dict[str, tuple[float, int]]:
    """All forms of the wanted lemmas, with weight and index of the English word."""
    return context.once(_WantedWords).forms(word.pair, context.answered[word.pair].get(word.index))


def _forms_for(context: Context, pair: int, own: int | None) -> dict[str, tuple[float, int]]:
    """The same for all words of a pair that answer nothing, and for one that answers an English word of its own."""
    words = context.once(_WantedWords)
    known = {} if own is None else words.lemmas(pair, None)
    found = {} if own is None else dict(words.forms(pair, None))
    for lemma, (weight, j) in words.lemmas(pair, own).items():
        if known.get(lemma) == (weight, j):
            continue
        for form in forms_of(lemma):
            if weight > found.get(form, (0.0, 0))[0]:
                found[form] = (weight, j)
    return found


def in_shape_of(lemma: str, model: str) -> tuple[str, ...]:
    """The forms of a lemma that have a tag of the model word: the same case, number, gender, tense."""
    forms, grammemes = morphology.inflected(lemma)
    return tuple(forms[place] for place in _places_in_shape(grammemes, _shapes(model)))


@lru_cache(maxsize=5_000)
def _places_in_shape(grammemes: tuple[frozenset[str], ...], shapes: frozenset[frozenset[str]]) -> tuple[int, ...]:
    """Which forms of these grammemes have all grammemes of one of these shapes: the same of all lemmas inflected alike."""
    having = [_with_first_cases(own) for own in grammemes]
    return tuple(place for place, own in enumerate(having) if any(shape <= own for shape in shapes))


@lru_cache(maxsize=20_000)
def _shapes(model: str) -> frozenset[frozenset[str]]:
    """For each analysis of a word the grammemes that a form must have to be of its tag."""
    found = set()
    for goal in morphology.parses(model):
        if goal.pos not in _INFLECTED:
            continue
        wanted = {goal.pos, goal.case, goal.number} | (goal.grammemes & _TENSES_AND_PERSONS)
        if goal.pos != "NOUN":
            wanted |= {goal.gender} if goal.number == "sing" else set()
            wanted |= goal.grammemes & {"anim", "inan"} if goal.case == "accs" else set()
        found.add(frozenset(wanted - {""}))
    return frozenset(found)


@lru_cache(maxsize=2_000)
def _with_first_cases(grammemes: frozenset[str]) -> frozenset[str]:
    """The grammemes of a form, a second genitive or locative also as a first."""
    return grammemes | {first for second, first in (("loc2", "loct"), ("gen2", "gent")) if second in grammemes}
