"""Noise for training: corruptions of every kind, made in clean parallel text, with exact gold.

Three kinds of reader are imitated: a classic one that mistakes glyphs and has its own habits in each document, a
neural one that writes fluent wrong words and endings, and slips of value and name on either side. All choices come
from one seeded generator, so the same text and seed give the same noise.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Indel

from collation.evidence.wanted import forms_of, in_shape_of
from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN, case_of, fold, like
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.search import similar
from collation.model import Document, Token
from collation.rules.context.confusion_sets import ONE_LETTER, neighbours


@dataclass(frozen=True, slots=True)
class Corruption:
    """One planted error: offsets in the clean text, what was there, what is there now, its kind."""

    start: int
    stop: int
    clean: str
    noisy: str
    kind: str
    side: str = "ru"


@dataclass(frozen=True, slots=True)
class Noisy:
    """A corrupted text with its corruptions at offsets of the *noisy* text."""

    text: str
    gold: tuple[Corruption, ...]


Maker = Callable[["Noise", Token], tuple[str, str] | None]


class Noise:
    """A generator of corruptions for one document."""

    def __init__(self, document: Document, seed: int) -> None:
        self.random = random.Random(seed)
        self.document = document
        original = document.original
        assert original is not None
        self.words = [t for s in original.segments for t in s.tokens if t.kind == "word" and len(t.place.spans) == 1]
        self.pool = [fold(t.text) for t in self.words if len(t.text) > 4]
        self.habits = self.random.sample(_pairs(), 3)

    def glyph(self, token: Token) -> tuple[str, str] | None:
        """One or two letters mistaken for look-alikes."""
        word = token.text
        spots = [i for i, c in enumerate(word.lower()) if c in _by_letter()]
        if len(word) < 3 or not spots:
            return None
        for i in self.random.sample(spots, min(len(spots), self.random.choice((1, 1, 1, 2)))):
            others, weights = _by_letter()[word[i].lower()]
            word = word[:i] + like(self.random.choices(others, weights)[0], word[i]) + word[i + 1 :]
        return word, "real-word" if morphology.is_known(word) else "spelling"

    def habit(self, token: Token) -> tuple[str, str] | None:
        """A letter mistaken by this document's habit."""
        word = token.text
        for right, wrong in self.habits:
            spots = [i for i, c in enumerate(word.lower()) if c == right]
            if spots:
                i = self.random.choice(spots)
                word = word[:i] + like(wrong, word[i]) + word[i + 1 :]
                return word, "real-word" if morphology.is_known(word) else "spelling"
        return None

    def slip(self, token: Token) -> tuple[str, str] | None:
        """A letter lost, gained, doubled, or two changed places."""
        word = token.text
        if len(word) < 4:
            return None
        i = self.random.randrange(1, len(word) - 1)
        kind = self.random.randrange(4)
        if kind == 0:
            word = word[:i] + word[i + 1 :]
        elif kind == 1:
            word = word[:i] + word[i] + word[i:]
        elif kind == 2:
            word = word[:i] + self.random.choice(RUSSIAN) + word[i:]
        else:
            word = word[:i] + word[i + 1] + word[i] + word[i + 2 :]
        return (word, "real-word" if morphology.is_known(word) else "spelling") if word != token.text else None

    def sign(self, token: Token) -> tuple[str, str] | None:
        """A sign in place of a one-letter word."""
        if fold(token.text) not in ONE_LETTER:
            return None
        return self.random.choice('©&"©'), "spelling"

    def ending(self, token: Token) -> tuple[str, str] | None:
        """Another form of the same word."""
        lemmas = morphology.lemmas(token.text)
        if not lemmas or len(token.text) < 4:
            return None
        stem = fold(token.text)[: max(2, len(token.text) - 3)]
        forms = [f for f in forms_of(lemmas[0]) if f != fold(token.text) and f.startswith(stem)]
        return (like(self.random.choice(forms), token.text), "grammar") if forms else None

    def function(self, token: Token) -> tuple[str, str] | None:
        """One function word for another."""
        word = fold(token.text)
        listed = [w for w in neighbours(word) if len(w) <= 4 and wordlist.zipf(w) > 4.5] if len(word) <= 4 else []
        if word in ONE_LETTER:
            listed = [w for w in ("в", "и", "к", "с", "о", "у", "а", "м", "н", "х", "п") if w != word]
        if not listed or wordlist.zipf(word) < 5.0:
            return None
        made = like(self.random.choice(listed), token.text)
        return made, "real-word" if morphology.is_known(made) else "spelling"

    def lookalike(self, token: Token) -> tuple[str, str] | None:
        """Another real word of like shape, up to three edits away."""
        word = fold(token.text)
        if len(word) < 4:
            return None
        near = [
            f
            for f, _ in similar(word, 8 if self.random.random() < 0.4 else 20 if len(word) > 6 else 16)
            if wordlist.zipf(f) > 2.8 and not set(morphology.lemmas(f)) & set(morphology.lemmas(word))
        ]
        return (like(self.random.choice(near), token.text), "real-word") if near else None

    def same_affix(self, token: Token) -> tuple[str, str] | None:
        """Another word in the same grammatical form, the likest of some."""
        word = fold(token.text)
        if len(word) < 6 or case_of(token.text) != "lower":
            return None
        found = []
        for other in self.random.sample(_common_lemmas(), self.random.choice((30, 60, 150))):
            forms = in_shape_of(other, word)
            if forms and forms[0][-2:] == word[-2:] and forms[0] != word:
                found.append(forms[0])
        if not found:
            return None
        return max(found, key=lambda form: Indel.normalized_similarity(form, word)), "real-word"

    def name(self, token: Token) -> tuple[str, str] | None:
        """A name garbled in one to three letters."""
        word = token.text
        if case_of(word) == "lower" or len(word) < 5:
            return None
        for _ in range(self.random.choice((1, 1, 2, 3))):
            i = self.random.randrange(1, len(word))
            step = self.random.randrange(3)
            letter = self.random.choice(RUSSIAN)
            word = (
                word[:i]
                + (like(letter, word[i]) if step == 0 else "" if step == 1 else letter + word[i])
                + word[i + 1 :]
            )
        return (word, "name") if word != token.text else None


@lru_cache(maxsize=1)
def _pairs() -> list[tuple[str, str]]:
    rows = dictionaries.rows("confusions.tsv", columns=4)
    pairs = [(a, b) for a, b, n, _ in rows if int(n) >= 15]
    return pairs + [(b, a) for a, b in pairs]


@lru_cache(maxsize=1)
def _by_letter() -> dict[str, tuple[list[str], list[float]]]:
    found: dict[str, tuple[list[str], list[float]]] = {}
    for a, b, n, _ in dictionaries.rows("confusions.tsv", columns=4):
        for right, wrong in ((a, b), (b, a)):
            others, weights = found.setdefault(right, ([], []))
            others.append(wrong)
            weights.append(float(n) ** 0.7)
    return found


@lru_cache(maxsize=1)
def _common_lemmas() -> list[str]:
    listed = wordlist.frequent_words("ru", least=1e-5)
    return sorted({m for w, _ in listed if len(w) > 4 for m in morphology.lemmas(w)[:1]})


_CLASSIC: tuple[tuple[str, float], ...] = (
    ("glyph", 3),
    ("habit", 8),
    ("slip", 0.5),
    ("speck", 1.5),
    ("function", 0.4),
    ("sign", 1.5),
)
_NEURAL: tuple[tuple[str, float], ...] = (
    ("glyph", 2), ("slip", 1.2), ("ending", 2.2), ("function", 2.0), ("lookalike", 2.6), ("same_affix", 2.0), ("name", 1.0),
    ("merge", 0.7), ("split", 0.5),
)  # fmt: skip


def corrupt(document: Document, *, seed: int, rate: float | None = None) -> Noisy:
    """The document's text with errors planted in its original, classic or neural by the seed."""
    noise = Noise(document, seed)
    chance = noise.random
    recipe = _CLASSIC if chance.random() < 0.4 else _NEURAL
    rate = rate if rate is not None else chance.choice((0.02, 0.04, 0.08)) * (1.4 if recipe is _CLASSIC else 1.0)
    kinds, weights = [k for k, _ in recipe], [w for _, w in recipe]
    edits: list[tuple[int, int, str, str]] = []
    busy = -1
    for token, after in zip(noise.words, [*noise.words[1:], None], strict=True):
        if token.start <= busy or chance.random() > rate:
            continue
        kind = chance.choices(kinds, weights)[0]
        edit = _pairwise(document.text, token, after, kind, chance) if kind in {"merge", "speck", "split"} else None
        if edit is None and kind not in {"merge", "speck", "split"}:
            made = getattr(noise, kind)(token)
            if made and made[0] != token.text and made[0]:
                edit = (token.start, token.stop, made[0], made[1])
        if edit:
            edits.append(edit)
            busy = edit[1]
    return _apply(document.text, edits)


def _pairwise(
    text: str, token: Token, after: Token | None, kind: str, chance: random.Random
) -> tuple[int, int, str, str] | None:
    if kind == "split":
        if len(token.text) < 6:
            return None
        i = chance.randrange(2, len(token.text) - 2)
        return token.start, token.stop, token.text[:i] + " " + token.text[i:], "split"
    if after is None or text[token.stop : after.start] != " ":
        return None
    sign = "" if kind == "merge" else chance.choice("```''.--:")
    return token.start, after.stop, token.text + sign + after.text, "merge"


def _apply(text: str, edits: list[tuple[int, int, str, str]]) -> Noisy:
    parts: list[str] = []
    gold: list[Corruption] = []
    position = shift = 0
    for start, stop, noisy, kind in sorted(edits):
        parts += [text[position:start], noisy]
        gold.append(Corruption(start + shift, start + shift + len(noisy), text[start:stop], noisy, kind))
        shift += len(noisy) - (stop - start)
        position = stop
    parts.append(text[position:])
    return Noisy("".join(parts), tuple(gold))
