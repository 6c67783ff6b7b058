"""How well tokens of the two sides answer each other, before any alignment is known.

An English token calls for a set of Russian lemmas with weights (lexicon, phrases, families), for a name's sound, or
for a number. A Russian token answers with the best of its lemmas. All look-ups go through one inverted index, so the
cost is that of the matches and not of all pairs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.knowledge.letters import fold
from collation.knowledge.words import families
from collation.knowledge.words.english import STOP, english_lemma
from collation.knowledge.words.lexicon import Lexicon
from collation.model import Token
from collation.model.language import Language, WordFamilies

_NAME_LEAST = 0.72
_FAMILY = 0.55
_INDEXED = 64  # tokens of a run from which on an index costs less than to ask each

_Answering = tuple[Mapping[str, float], Mapping[str, float], Mapping[str, tuple[str, ...]]]


@dataclass(frozen=True, slots=True)
class Called:
    """What one English token calls for: Russian lemmas with weights, and roots that would do in their place; ``of_root``
    has the lemmas of each root."""

    token: Token
    lemma: str
    lemmas: Mapping[str, float]
    roots: Mapping[str, float]
    of_root: Mapping[str, tuple[str, ...]]
    name: bool
    content: bool
    number: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one token of the original can answer with; ``likeness`` compares it as a name."""

    token: Token
    lemmas: tuple[str, ...]
    roots: tuple[str, ...]
    name: bool
    content: bool
    number: str
    function: bool
    likeness: Callable[[str, str], float]


def call(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Called, ...]:
    """What each English token calls for; a phrase's equivalents are called for by each of its words.

    Where there is no lexicon only names and numbers can be answered, and nothing else is content.
    """
    words = [english_lemma(t.text) if t.kind == "word" else t.text for t in tokens]
    surface = [t.text.lower() for t in tokens]
    wanted: list[dict[str, float]] = [dict(lexicon.equivalents(t.text)) if t.kind == "word" else {} for t in tokens]
    for sequence in (words, surface):
        for start in range(len(sequence)):
            for length, equivalents in lexicon.phrases_at(sequence, start):
                for i in range(start, start + length):
                    for russian, weight in equivalents.items():
                        wanted[i][russian] = max(weight, wanted[i].get(russian, 0.0))
    found = (_called(t, w, e) for t, w, e in zip(tokens, words, wanted, strict=True))
    return tuple(found if lexicon else (replace(c, content=c.content and c.name) for c in found))


def _called(token: Token, word: str, equivalents: dict[str, float]) -> Called:
    lemmas, roots, of_root = _answering(tuple(equivalents.items()))
    capital = token.kind == "word" and token.text[0].isupper()
    content = token.kind == "word" and word not in STOP
    return Called(token, word, lemmas, roots, of_root, capital, content, _number(token))


@lru_cache(maxsize=1_000)
def _answering(equivalents: tuple[tuple[str, float], ...]) -> _Answering:
    """The lemmas that answer a word of these equivalents, aspect partners among them, the roots that do, and the lemmas of
    each root."""
    roots: dict[str, float] = {}
    wanted = dict(equivalents)
    for russian, weight in equivalents:
        for partner in families.partners(russian):
            wanted[partner] = max(wanted.get(partner, 0.0), 0.9 * weight)
        root = families.whole_root(russian)
        if len(root) >= 3:
            roots[russian[0] + root] = max(_FAMILY * weight, roots.get(russian[0] + root, 0.0))
        for bare in families.roots(russian):
            if len(bare) >= 3:
                roots["*" + bare] = max(0.8 * _FAMILY * weight, roots.get("*" + bare, 0.0))
    of_root: dict[str, list[str]] = {}
    for lemma in wanted:
        for root in _roots_of(lemma, families):
            of_root.setdefault(root, []).append(lemma)
    return wanted, roots, {root: tuple(lemmas) for root, lemmas in of_root.items()}


def answer(tokens: tuple[Token, ...], language: Language) -> tuple[Answer, ...]:
    """What each token of the original can answer with; without a glossary only names and numbers are content."""
    known, families, small = language.morphology, language.families, language.function_words
    likeness = language.likeness or same_letters
    found = []
    for token in tokens:
        lemmas: tuple[str, ...] = ()
        if token.kind == "word":
            lemmas = known.lemmas(token.text) if known else (fold(token.text),)
            if known and "-" in token.text:
                lemmas += tuple(p for part in token.text.split("-") if len(part) > 2 for p in known.lemmas(part)[:1])
        roots = _roots(lemmas, families) if families else ()
        function = bool(lemmas) and lemmas[0] in small
        capital = token.kind == "word" and token.text[0].isupper()
        content = token.kind == "word" and not function and len(token.text) > 1 and (capital or bool(language.glossary))
        found.append(Answer(token, lemmas, roots, capital, content, _number(token), function, likeness))
    return tuple(found)


def _roots(lemmas: tuple[str, ...], families: WordFamilies) -> tuple[str, ...]:
    return tuple(dict.fromkeys(root for lemma in lemmas for root in _roots_of(lemma, families)))


@lru_cache(maxsize=20_000)
def _roots_of(lemma: str, families: WordFamilies) -> tuple[str, ...]:
    root = families.whole_root(lemma)
    whole = (lemma[0] + root,) if len(root) >= 3 else ()
    return *whole, *("*" + bare for bare in families.roots(lemma) if len(bare) >= 3)


def _number(token: Token) -> str:
    """The digits of a number token: what two sides must share whatever signs are between them."""
    if token.kind != "number":
        return ""
    return "".join(c for c in token.text if c.isdigit())


def affinity(answered: Answer, called: Called) -> float:
    """How well one Russian token answers one English token, 0 to 1."""
    if answered.number or called.number:
        return 1.0 if answered.number == called.number else 0.0
    if answered.token.kind == "mark" or called.token.kind == "mark":
        return 0.0
    best = 0.0
    for form in answered.lemmas:
        if form in called.lemmas and (value := called.lemmas[form]) > best:
            best = value
    if best < _FAMILY:
        for root in answered.roots:
            if root in called.roots and (value := called.roots[root]) > best and _kin(answered, called, root):
                best = value
    if best < 0.9 and answered.name and called.name and called.content:
        alike = answered.likeness(answered.token.text, called.token.text)
        if alike >= _NAME_LEAST:
            best = max(best, alike)
    return best


def _kin(answered: Answer, called: Called, root: str) -> bool:
    """Whether a root that two tokens share makes them kin: no lemma of the one only looks like one of the other."""
    having = called.of_root.get(root, ())
    return not any(families.only_looks_alike(own, lemma) for own in answered.lemmas for lemma in having)


def same_letters(name: str, other: str) -> float:
    """How alike two names of one alphabet are written, 0 to 1, marks above and below the letters left out."""
    left, right = (_bare(name), _bare(other))
    return Levenshtein.normalized_similarity(left, right) if left and right else 0.0


def _bare(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", fold(name)) if c.isalpha())


def keys_of_call(called: Called) -> list[str]:
    """The keys under which a token of the translation is found."""
    found = [*called.lemmas, *called.roots]
    if called.number:
        found.append("#" + called.number)
    return found


class Partners:
    """The tokens of one run of the translation by what they call for: who may be answered is looked up, not sought.

    What they call for are thousands of words and roots, so that of a sentence of usual length each token is asked for those that
    a token of the original has; only a longer run has an index.
    """

    def __init__(self, calls: tuple[Called, ...]) -> None:
        self._names = [j for j, called in enumerate(calls) if called.name and called.content]
        self._index: dict[str, list[int]] = {}
        self._lemmas: list[tuple[int, Mapping[str, float]]] = []
        self._roots: list[tuple[int, Mapping[str, float]]] = []
        self._numbers: list[tuple[int, str]] = []
        if len(calls) > _INDEXED:
            for j, called in enumerate(calls):
                for key in keys_of_call(called):
                    self._index.setdefault(key, []).append(j)
        else:
            self._lemmas = [(j, called.lemmas) for j, called in enumerate(calls) if called.lemmas]
            self._roots = [(j, called.roots) for j, called in enumerate(calls) if called.roots]
            self._numbers = [(j, called.number) for j, called in enumerate(calls) if called.number]

    def of(self, answered: Answer) -> set[int]:
        """The indices of all tokens that a token of the original can answer at all, and of some that it cannot."""
        found = set(self._names) if answered.name else set()
        if self._index:
            for key in (*answered.lemmas, *answered.roots, "#" + answered.number):
                found.update(self._index.get(key, ()))
            return found
        for key in answered.lemmas:
            found.update([j for j, lemmas in self._lemmas if key in lemmas])
        for key in answered.roots:
            found.update([j for j, roots in self._roots if key in roots])
        if answered.number:
            found.update([j for j, number in self._numbers if number == answered.number])
        return found
