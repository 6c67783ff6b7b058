"""How well tokens of the two sides answer each other, before any alignment is known.

An English token calls for a set of Russian lemmas with weights (lexicon, phrases, families), for a name's sound, or
for a number. A Russian token answers with the best of its lemmas. All look-ups go through one inverted index, so the
cost is that of the matches and not of all pairs.
"""

from __future__ import annotations

from dataclasses import dataclass

from collation.knowledge.letters import case_of, fold
from collation.knowledge.names import authority
from collation.knowledge.names.sound import same_sound
from collation.knowledge.words import families, morphology
from collation.knowledge.words.english import STOP, lemma
from collation.knowledge.words.lexicon import Lexicon
from collation.model import Token

_NAME_LEAST = 0.72
_FAMILY = 0.55
FUNCTION_RU = frozenset(
    "в во на к ко с со у о об обо от из за по под над до при для без через между про и а но или же ли бы не ни что чтобы как "
    "так то это этот тот весь он она оно они мы вы я ты его ее их мой твой свой наш ваш себя который кто быть был если когда "
    "где уже еще только даже лишь ведь вот да нет там тут здесь такой какой сам самый один".split()
)


@dataclass(frozen=True, slots=True)
class Called:
    """What one English token calls for: Russian lemmas with weights, and roots that would do in their place."""

    token: Token
    lemma: str
    lemmas: dict[str, float]
    roots: dict[str, float]
    name: bool
    content: bool
    number: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What one Russian token can answer with."""

    token: Token
    lemmas: tuple[str, ...]
    roots: tuple[str, ...]
    name: bool
    content: bool
    number: str


def call(tokens: tuple[Token, ...], lexicon: Lexicon) -> tuple[Called, ...]:
    """What each English token calls for; a phrase's equivalents are called for by each of its words."""
    words = [lemma(t.text) if t.kind == "word" else t.text for t in tokens]
    surface = [t.text.lower() for t in tokens]
    wanted: list[dict[str, float]] = [dict(lexicon.equivalents(t.text)) if t.kind == "word" else {} for t in tokens]
    for sequence in (words, surface):
        for start in range(len(sequence)):
            for length, equivalents in lexicon.phrases_at(sequence, start):
                for i in range(start, start + length):
                    for russian, weight in equivalents.items():
                        wanted[i][russian] = max(weight, wanted[i].get(russian, 0.0))
    return tuple(_called(t, w, e) for t, w, e in zip(tokens, words, wanted, strict=True))


def _called(token: Token, word: str, wanted: dict[str, float]) -> Called:
    roots: dict[str, float] = {}
    for russian, weight in wanted.items():
        for partner in families.partners(russian):
            wanted = {**wanted, partner: max(wanted.get(partner, 0.0), 0.9 * weight)}
        root = families.whole_root(russian)
        if len(root) >= 3:
            roots[russian[0] + root] = max(_FAMILY * weight, roots.get(russian[0] + root, 0.0))
        for bare in families.roots(russian):
            if len(bare) >= 3:
                roots["*" + bare] = max(0.8 * _FAMILY * weight, roots.get("*" + bare, 0.0))
    capital = token.kind == "word" and token.text[0].isupper()
    content = token.kind == "word" and word not in STOP
    return Called(token, word, wanted, roots, capital, content, _number(token))


def answer(tokens: tuple[Token, ...]) -> tuple[Answer, ...]:
    """What each Russian token can answer with."""
    found = []
    for token in tokens:
        lemmas = morphology.lemmas(token.text) if token.kind == "word" else ()
        if token.kind == "word" and "-" in token.text:
            lemmas += tuple(p for part in token.text.split("-") if len(part) > 2 for p in morphology.lemmas(part)[:1])
        roots = []
        for form in lemmas:
            root = families.whole_root(form)
            if len(root) >= 3:
                roots.append(form[0] + root)
            roots.extend("*" + bare for bare in families.roots(form) if len(bare) >= 3)
        content = token.kind == "word" and not any(form in FUNCTION_RU for form in lemmas[:1]) and len(token.text) > 1
        capital = token.kind == "word" and token.text[0].isupper()
        found.append(Answer(token, lemmas, tuple(dict.fromkeys(roots)), capital, content, _number(token)))
    return tuple(found)


def _number(token: Token) -> str:
    """The digits of a number token: what two sides must share whatever signs stand between."""
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
            if root in called.roots and (value := called.roots[root]) > best:
                best = value
    if best < 0.9 and answered.name and called.name and called.content:
        alike = authority.same_name(answered.token.text, called.token.text)
        if alike < 1.0:
            alike = max(alike, same_sound(answered.token.text, called.token.text))
        if alike >= _NAME_LEAST:
            best = max(best, alike)
    return best


def keys_of_call(called: Called) -> list[str]:
    """The keys under which a token of the translation is found."""
    found = [*called.lemmas, *called.roots]
    if called.number:
        found.append("#" + called.number)
    return found


class Partners:
    """The tokens of one run of the translation by what they call for: who may be answered is looked up, not sought."""

    def __init__(self, calls: tuple[Called, ...]) -> None:
        self._index: dict[str, list[int]] = {}
        self._names: list[int] = []
        for j, called in enumerate(calls):
            for key in keys_of_call(called):
                self._index.setdefault(key, []).append(j)
            if called.name and called.content:
                self._names.append(j)

    def of(self, answered: Answer) -> set[int]:
        """The indices of all tokens that a token of the original can answer at all, and of some that it cannot."""
        found = set(self._names) if answered.name else set()
        for key in (*answered.lemmas, *answered.roots, "#" + answered.number):
            found.update(self._index.get(key, ()))
        return found


def is_name(token: Token) -> bool:
    """Whether a token is written with a capital."""
    return token.kind == "word" and case_of(token.text) != "lower" and fold(token.text) != ""
