"""Endings that do not fit: government of prepositions, agreement in the noun phrase, other forms of the same word.

A scanner changes an ending into another real ending ("в Южной Кореи" for Корее). Every inflected word is weighed
against the other forms of its lemma that look like it: by the tags around it (language model), by the cases that its
preposition governs, and by its neighbours in the noun phrase. A conflict between a preposition and its noun is one
entry. Blind in free positions, where several cases make sense.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from collation.evidence.context import Context, Word
from collation.evidence.tag_fit import tag_gain
from collation.evidence.wanted import paradigm
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.knowledge.words.language_model import LanguageModel, in_use
from collation.model import Feature, Hypothesis, Token
from collation.rules.base import Proposer, replace

CODE = "GRA301"
_VERBS = frozenset({"VERB", "INFN"})
_OPENING = frozenset("\"«„“([-–—'")
_LEAST_GAIN = 0.2
_MOST = 5
_INFLECTED = {"NOUN", "ADJF", "ADJS", "PRTF", "PRTS", "VERB", "INFN", "GRND", "NUMR", "NPRO"}


@lru_cache(maxsize=1)
def governed_cases() -> dict[str, frozenset[str]]:
    """The cases each preposition governs, from ``dictionaries/government.tsv``."""
    return {
        fold(lemma): frozenset(dictionaries.cell_list(requires))
        for kind, lemma, requires, _ in dictionaries.rows("government.tsv", columns=4)
        if kind == "prep"
    }


def preposition_before(tokens: tuple[Token, ...], index: int) -> tuple[int, frozenset[str]] | None:
    """The preposition whose noun phrase the word at ``index`` stands in, and its cases; adjectives between are passed."""
    table = governed_cases()
    for j in range(index - 1, max(-1, index - 4), -1):
        token = tokens[j]
        if token.kind != "word":
            return None
        folded = fold(token.text)
        if folded in table:
            return j, table[folded]
        if not any(p.pos in {"ADJF", "PRTF", "NUMR"} or "Apro" in p.grammemes for p in morphology.parses(folded)):
            return None
    return None


def cases_of(word: str) -> frozenset[str]:
    """The cases a nominal form may have."""
    return frozenset(p.case for p in morphology.parses(word) if p.case)


def violates(tokens: tuple[Token, ...], index: int, form: str) -> float:
    """1 when no case of the form fits its preposition, -1 when one does, 0 without a preposition."""
    found = preposition_before(tokens, index)
    if found is None or not found[1]:
        return 0.0
    cases = cases_of(form)
    if not cases:
        return 0.0
    return -1.0 if cases & found[1] else 1.0


def unfit_preposition(tokens: tuple[Token, ...], index: int, form: str) -> float:
    """1 when a form is a preposition that cannot govern the word after it, -1 when it can, 0 when it is none.

    After a preposition stands a nominal in one of its cases, an adverb or a particle; never another preposition, a
    conjunction or a verb.
    """
    cases = governed_cases().get(fold(form))
    if cases is None:
        return 0.0
    if index + 1 >= len(tokens):
        return 1.0
    after = tokens[index + 1]
    if after.kind != "word":
        return 0.0 if after.kind == "number" or after.text in _OPENING else 1.0
    found = morphology.parses(after.text)
    if not found or not found[0].known or (any(p.pos in {"ADVB", "PRCL", "COMP", "PRED", "GRND", "NPRO"} for p in found) and not cases_of(after.text)):
        return 0.0
    if not any(p.case for p in found):
        return 1.0
    return -1.0 if cases_of(after.text) & cases else 1.0


def disagrees(tokens: tuple[Token, ...], index: int, form: str) -> float:
    """How many neighbours the form conflicts with as adjective and noun; below 0 when it agrees with one."""
    own = [p for p in morphology.parses(form) if p.pos in {"NOUN", "ADJF", "PRTF"}]
    if not own:
        return 0.0
    total = 0.0
    for j in (index - 1, index + 1):
        if not 0 <= j < len(tokens) or tokens[j].kind != "word":
            continue
        other = [p for p in morphology.parses(tokens[j].text) if p.pos in {"NOUN", "ADJF", "PRTF"}]
        if not other or len(other) != len(morphology.parses(tokens[j].text)):
            continue
        pairs = [(a, b) for a in own for b in other if (a.pos == "NOUN") != (b.pos == "NOUN")]
        # an adjective stands before its noun
        ordered = [(a, b) for a, b in pairs if (a.pos == "NOUN") == (j < index)]
        if ordered:
            total += -0.5 if any(_agree(a, b) for a, b in ordered) else 1.0
    return total


def _agree(a: morphology.Parse, b: morphology.Parse) -> bool:
    if a.case != b.case or a.number != b.number:
        return False
    return a.number == "plur" or not a.gender or not b.gender or a.gender == b.gender


def propose(context: Context) -> Iterator[Hypothesis]:
    """Other forms of a word's lemma that its surroundings prefer."""
    language = in_use()
    for word in context.words:
        if word.token.kind != "word" or len(word.text) < 3 or not morphology.is_known(word.folded):
            continue
        if not any(p.pos in _INFLECTED for p in morphology.parses(word.text)) or _is_agent(context, word):
            continue
        yield from _readings(context, word, language)


def _is_agent(context: Context, word: Word) -> bool:
    """Whether an instrumental stands just after a passive ("испытывается нами"): its ending is accounted for."""
    before, _ = context.neighbours(word, 1, 0)
    if not before or before[0].kind != "word" or "ablt" not in cases_of(word.text):
        return False
    return any("pssv" in p.grammemes or (p.pos in _VERBS and p.lemma.endswith("ся")) for p in morphology.parses(before[0].text))


def _readings(context: Context, word: Word, language: LanguageModel | None) -> Iterator[Hypothesis]:
    tokens = context.pairs[word.pair].original
    bad = violates(tokens, word.index, word.folded)
    clash = disagrees(tokens, word.index, word.folded)
    gain_of = tag_gain(context, word, language)
    found = []
    for lemma in morphology.lemmas(word.text)[:2]:
        for form in paradigm(lemma):
            if form == word.folded or abs(len(form) - len(word.folded)) > 3 or not _looks_like(word.folded, form):
                continue
            gain = gain_of(form)
            better = bad - violates(tokens, word.index, form) if bad else 0.0
            fits = clash - disagrees(tokens, word.index, form) if clash > 0 else 0.0
            if gain > _LEAST_GAIN or (better >= 2 and gain > -2) or (fits >= 1.5 and gain > -1):
                found.append((-(gain + better + fits), form, gain, better, fits))
    found.sort()
    seen: set[str] = set()
    for _, form, gain, better, fits in found:
        if form in seen or len(seen) >= _MOST:
            continue
        seen.add(form)
        yield replace(CODE, (word.token,), like(form, word.text), _features(context, word, form, gain, better, fits))


def _looks_like(word: str, form: str) -> bool:
    shared = min(len(word), len(form)) - 3
    return (shared <= 0 or word[:shared] == form[:shared]) and channel_cost(word, form) <= 3 * EDIT


def _features(context: Context, word: Word, form: str, gain: float, better: float, fits: float) -> tuple[Feature, ...]:
    tokens = context.pairs[word.pair].original
    features = [Feature("ending", gain, (word.place,), "period.counts", "ending-unusual", (("word", word.text), ("reading", form)))]
    found = preposition_before(tokens, word.index)
    if better >= 2 and found is not None:
        prep = tokens[found[0]]
        features.append(
            Feature("government", 1.0, (prep.place,), "government.tsv", "governs",
                    (("preposition", prep.text), ("cases", " ".join(sorted(found[1]))), ("word", word.text)))
        )  # fmt: skip
    if fits >= 1.5:
        features.append(Feature("agreement", fits, (word.place,), "", "agrees", (("reading", form),)))
    return tuple(features)


PROPOSER = Proposer(CODE, "ending does not fit", propose, learned=True)
