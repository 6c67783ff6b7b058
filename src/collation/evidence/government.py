"""Government: which cases a preposition asks for, and whether a form in its place meets them.

Asked by the rules, to doubt, and by the judge, to weigh; both ask the same question of the same table.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.model import Token

_OPENING = frozenset("\"«„“([-–—'")
_PHRASE = 8  # words between a participle and the noun that it agrees with


@lru_cache(maxsize=1)
def governed_cases() -> dict[str, frozenset[str]]:
    """The cases each preposition governs, from ``dictionaries/government.tsv``."""
    return {
        fold(lemma): frozenset(dictionaries.cell_list(requires))
        for kind, lemma, requires, _ in dictionaries.rows("government.tsv", columns=4)
        if kind == "prep"
    }


@lru_cache(maxsize=1)
def governed_by_adjectives() -> dict[str, frozenset[str]]:
    """The cases that an adjective asks for without a preposition: полный, достойный."""
    return {
        fold(lemma): frozenset(c for c in dictionaries.cell_list(requires) if "+" not in c)
        for kind, lemma, requires, _ in dictionaries.rows("government.tsv", columns=4)
        if kind == "adj"
    }


@lru_cache(maxsize=1)
def _infinitive_takers() -> frozenset[tuple[str, str]]:
    """The kinds and lemmas that take an infinitive."""
    return frozenset(
        (kind, fold(lemma))
        for kind, lemma, requires, _ in dictionaries.rows("government.tsv", columns=4)
        if "inf" in dictionaries.cell_list(requires)
    )


_KINDS = {"VERB": "verb", "INFN": "verb", "GRND": "verb", "ADJS": "adj", "PRTS": "adj", "PRED": "pred"}
_LIKELY = 0.3  # the share of a form's uses from which an analysis is believed


def takes_infinitive(word: str) -> bool:
    """Whether a form of a verb, a short adjective or a predicative takes an infinitive: могут, должен, надо, будут."""
    return any(
        (p.lemma == "быть" and "futr" in p.grammemes) or (_KINDS.get(p.pos, ""), p.lemma) in _infinitive_takers()
        for p in morphology.parses(word)
        if p.score >= _LIKELY
    )


def preposition_before(tokens: tuple[Token, ...], index: int) -> tuple[int, frozenset[str]] | None:
    """The preposition whose noun phrase the word at ``index`` belongs to, and its cases; adjectives are passed, and what
    goes with a participle that agrees with the word: "о создавшемся в настоящее время положении"."""
    near = _just_before(tokens, index)
    if near is not None:
        return near
    participle = _participle_before(tokens, index)
    return None if participle is None else _just_before(tokens, participle)


def is_initial(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a capital letter with a full stop is the initial of a name and no word: "телеграмма В. И. Громову"."""
    token = tokens[index]
    if len(token.text) != 1 or not token.text.isupper() or index + 1 >= len(tokens):
        return False
    return tokens[index + 1].text == "." and tokens[index + 1].start == token.stop


def _just_before(tokens: tuple[Token, ...], index: int) -> tuple[int, frozenset[str]] | None:
    table = governed_cases()
    for j in range(index - 1, max(-1, index - 4), -1):
        token = tokens[j]
        if token.kind != "word" or is_initial(tokens, j):
            return None
        folded = fold(token.text)
        if folded in table:
            return j, table[folded]
        if not any(p.pos in {"ADJF", "PRTF", "NUMR"} or "Apro" in p.grammemes for p in morphology.parses(folded)):
            return None
    return None


def _participle_before(tokens: tuple[Token, ...], index: int) -> int | None:
    """The nearest participle that agrees with the word at ``index``, with nothing between but what may depend on it."""
    for j in range(index - 1, max(-1, index - 2 - _PHRASE), -1):
        token = tokens[j]
        if token.kind == "mark":
            return None
        found = morphology.parses(token.text) if token.kind == "word" else ()
        if any(p.pos == "PRTF" for p in found) and _agrees(token.text, tokens[index].text):
            return j
        if any(p.pos in {"VERB", "INFN", "GRND", "CONJ"} for p in found[:1]):
            return None
    return None


def _agrees(adjective: str, noun: str) -> bool:
    """Whether a participle and a noun can be of one case, number and gender."""
    return any(
        own.case == other.case and own.number == other.number and (own.number == "plur" or own.gender == other.gender)
        for own in morphology.parses(adjective)
        if own.pos == "PRTF" and own.case
        for other in morphology.parses(noun)
    )


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

    A preposition is followed by a nominal in one of its cases, an adverb or a particle; never another preposition, a
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
    if (
        not found
        or not found[0].known
        or (any(p.pos in {"ADVB", "PRCL", "COMP", "PRED", "GRND", "NPRO"} for p in found) and not cases_of(after.text))
    ):
        return 0.0
    if not any(p.case for p in found):
        return 1.0
    return -1.0 if cases_of(after.text) & cases else 1.0
