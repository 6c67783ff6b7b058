"""Words misread: by letters of like shape, as other forms, as other words. Each maker takes a word and gives another with
the kind of error, or None where it has nothing to say.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel

from collation.evidence.wanted import forms_of, in_shape_of
from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS, case_of, fold, is_cyrillic, is_latin, like
from collation.knowledge.words import context_model, morphology, wordlist
from collation.knowledge.words.confused_words import ONE_LETTER
from collation.knowledge.words.search import similar
from collation.learning.clean_words import CleanWords, kind_of
from collation.model import Token
from collation.rules.context.confusion_sets import neighbours

Misread = tuple[str, str] | None
WordMaker = Callable[[CleanWords, Token], Misread]
_LIKE_ENDINGS = 2  # of three changed endings two are those nearest in shape
_LEAST_SHARE = 1e-7  # of all words: the forms that a word of the same beginning or ending is drawn from
_FLOORS = (0.0, 1.5, 2.8)  # least Zipf frequency of a word that is taken for another: readers know rare words too
_FURTHEST = 24  # eighths of an edit: what a word of the same form may differ by
_NEXT_TO_NOTHING = 1e-9  # keeps the length of no vector at all from being divided by
_NEAREST = (2, 5, 12)  # of the words of the same form by likeness, one of so many is taken
_THEME = 6  # words nearest in meaning of which one is taken
_LEAST_MEANT = 0.45  # cosine of the vectors of two words of one theme
_LETTERS = ("в", "и", "к", "с", "о", "у", "а", "м", "н", "х", "п")


def _glyph(clean: CleanWords, token: Token) -> Misread:
    """One or two letters mistaken for look-alikes."""
    word, chance = token.text, clean.random
    spots = [i for i, c in enumerate(word.lower()) if c in _by_letter()]
    if len(word) < 3 or not spots:
        return None
    for i in chance.sample(spots, min(len(spots), chance.choice((1, 1, 1, 2)))):
        others, weights = _by_letter()[word[i].lower()]
        word = word[:i] + like(chance.choices(others, weights)[0], word[i]) + word[i + 1 :]
    return word, kind_of(word, token.text)


def _habit(clean: CleanWords, token: Token) -> Misread:
    """A letter mistaken by this document's habit."""
    word = token.text
    for right, wrong in clean.habits:
        spots = [i for i, c in enumerate(word.lower()) if c == right]
        if spots and len(word) > 1:
            i = clean.random.choice(spots)
            word = word[:i] + like(wrong, word[i]) + word[i + 1 :]
            return word, kind_of(word, token.text)
    return None


def _slip(clean: CleanWords, token: Token) -> Misread:
    """A letter lost, gained, doubled, or two changed places."""
    word, chance = token.text, clean.random
    if len(word) < 4:
        return None
    i = chance.randrange(1, len(word) - 1)
    made = chance.choice(
        (
            word[:i] + word[i + 1 :],
            word[:i] + word[i] + word[i:],
            word[:i] + chance.choice(RUSSIAN_LETTERS) + word[i:],
            word[:i] + word[i + 1] + word[i] + word[i + 2 :],
        )
    )
    return made, kind_of(made, token.text)


def _ending(clean: CleanWords, token: Token) -> Misread:
    """Another form of the same word, mostly one whose ending looks like the right one."""
    lemmas, word, chance = morphology.lemmas(token.text), fold(token.text), clean.random
    if not lemmas or len(word) < 3:
        return None
    stem = word[: max(2, len(word) - 3)]
    forms = sorted(f for f in forms_of(lemmas[0]) if f != word and f.startswith(stem) and abs(len(f) - len(word)) < 3)
    if not forms:
        return None
    nearest = sorted(forms, key=lambda f: -Indel.normalized_similarity(f, word))[:3]
    chosen = chance.choice(nearest if chance.randrange(3) < _LIKE_ENDINGS else forms)
    return like(chosen, token.text), "grammar"


def _function(clean: CleanWords, token: Token) -> Misread:
    """One function word for another."""
    word = fold(token.text)
    listed = [w for w in neighbours(word) if len(w) <= 4 and wordlist.zipf(w) > 4.5] if len(word) <= 4 else []
    if word in ONE_LETTER:
        listed = [w for w in _LETTERS if w != word]
    if not listed or wordlist.zipf(word) < 5.0:
        return None
    made = like(clean.random.choice(listed), token.text)
    return made, kind_of(made, token.text)


def _letter(clean: CleanWords, token: Token) -> Misread:
    """A word of one letter read as a figure, a sign or a letter that looks like it: "8 Москве"."""
    word = token.text
    if fold(word) not in ONE_LETTER:
        return None
    seen = [s for s in _seen_as().get(word, ()) if len(s) <= 2]
    others = [like(other, word) for other in _by_letter().get(word.lower(), ([], []))[0]]
    listed = clean.random.choice([part for part in (seen, others) if part] or [["©", "&", '"']])
    return clean.random.choice(listed), "spelling"


def _sign(clean: CleanWords, token: Token) -> Misread:
    """A sign in place of a word of one letter."""
    return (clean.random.choice('©&"©'), "spelling") if fold(token.text) in ONE_LETTER else None


def _latin(clean: CleanWords, token: Token) -> Misread:
    """A short word written in Latin letters of the same look: OH for он, JI. for Л."""
    word = token.text
    if len(word) > 4:
        return None
    wide = word.upper() if clean.random.random() < 0.5 else word
    choices = [[s for s in _seen_as().get(letter, ()) if s.isalpha() and is_latin(s[0])] for letter in wide]
    if not all(choices):
        return None
    return "".join(clean.random.choice(listed) for listed in choices), "script"


def _lookalike(clean: CleanWords, token: Token) -> Misread:
    """Another real word of like shape, up to three edits away."""
    word = fold(token.text)
    if len(word) < 4:
        return None
    budget = 8 if clean.random.random() < 0.4 else 20 if len(word) > 6 else 16
    floor = clean.random.choice(_FLOORS)
    near = [f for f, _ in similar(word, budget) if wordlist.zipf(f) > floor and kind_of(f, word) == "real-word"]
    return (like(clean.random.choice(near), token.text), "real-word") if near else None


def _same_form(clean: CleanWords, token: Token) -> Misread:
    """Another real word of like shape in the same grammatical form, so that the sentence stays whole: холст, хвост."""
    word, chance = fold(token.text), clean.random
    if len(word) < 4:
        return None
    floor, forms = chance.choice(_FLOORS), shapes_of(word)
    near = [
        f
        for f, _ in similar(word, _FURTHEST if len(word) > 5 else _FURTHEST // 2)
        if wordlist.zipf(f) > floor and shapes_of(f) & forms and kind_of(f, word) == "real-word"
    ][: chance.choice(_NEAREST)]
    return (like(chance.choice(near), token.text), "real-word") if near else None


def _theme(clean: CleanWords, token: Token) -> Misread:
    """A word of the same theme in the same grammatical form: утром for вечером."""
    word = fold(token.text)
    if len(word) < 4 or case_of(token.text) == "upper":
        return None
    listed = of_one_theme(word)
    return (like(clean.random.choice(listed), token.text), "real-word") if listed else None


def _beginning(clean: CleanWords, token: Token) -> Misread:
    """A usual word of the same beginning and like length: брага for брата."""
    return _usual(clean, token, usual_beginnings(fold(token.text)))


def _tail(clean: CleanWords, token: Token) -> Misread:
    """A usual word of the same ending and like length."""
    return _usual(clean, token, usual_endings(fold(token.text)))


def usual_beginnings(word: str) -> list[str]:
    """The usual words of the same beginning and like length; none for a word of three letters."""
    return _like_long(word, _parts()[0].get(word[: _kept(word)], ()))


def usual_endings(word: str) -> list[str]:
    """The usual words of the same ending and like length; none for a word of three letters."""
    return _like_long(word, _parts()[1].get(word[-_kept(word) :], ()))


def _like_long(word: str, listed: tuple[str, ...]) -> list[str]:
    return [f for f in listed if f != word and abs(len(f) - len(word)) <= 1] if len(word) >= 4 else []


def _usual(clean: CleanWords, token: Token, found: list[str]) -> Misread:
    word = fold(token.text)
    if not found:
        return None
    made = max(clean.random.sample(found, min(3, len(found))), key=lambda f: Indel.normalized_similarity(f, word))
    return like(made, token.text), kind_of(made, word)


def _same_affix(clean: CleanWords, token: Token) -> Misread:
    """Another word in the same grammatical form, the likest of some."""
    word, chance = fold(token.text), clean.random
    if len(word) < 6 or case_of(token.text) != "lower":
        return None
    found = []
    for other in chance.sample(_common_lemmas(), chance.choice((30, 60, 150))):
        forms = in_shape_of(other, word)
        if forms and forms[0][-2:] == word[-2:] and forms[0] != word:
            found.append(forms[0])
    if not found:
        return None
    return max(found, key=lambda form: Indel.normalized_similarity(form, word)), "real-word"


def _capital(clean: CleanWords, token: Token) -> Misread:
    """A capital invented, lost or doubled."""
    word = token.text
    if len(word) < 3 or case_of(word) not in {"lower", "title"}:
        return None
    made = word[:2].upper() + word[2:] if clean.random.random() < 0.2 else word.swapcase()[0] + word[1:]
    return made, "capital"


WORD_MAKERS: dict[str, WordMaker] = {
    "glyph": _glyph,
    "habit": _habit,
    "slip": _slip,
    "ending": _ending,
    "function": _function,
    "letter": _letter,
    "sign": _sign,
    "latin": _latin,
    "lookalike": _lookalike,
    "same_form": _same_form,
    "theme": _theme,
    "beginning": _beginning,
    "tail": _tail,
    "same_affix": _same_affix,
    "capital": _capital,
}


@lru_cache(maxsize=20_000)
def shapes_of(word: str) -> frozenset[tuple[str, str, str, str]]:
    """The grammatical forms that a word may be: part of speech, case, number and gender."""
    return frozenset((p.pos, p.case, p.number, p.gender) for p in morphology.parses(word))


@lru_cache(maxsize=2_000)
def of_one_theme(word: str) -> tuple[str, ...]:
    """The usual words nearest in meaning that have the same form and another lemma, the nearest first; none where there is
    no context model, whose vectors say what is near."""
    model = context_model.opened()
    if model is None or not morphology.is_known(word):
        return ()
    forms, (words, vectors) = shapes_of(word), _directions()
    own = model.vectors([word])[0]
    near = vectors @ (own / max(float(np.linalg.norm(own)), _NEXT_TO_NOTHING))
    found: list[str] = []
    for i in np.argsort(-near)[: _THEME * 40]:
        if near[i] < _LEAST_MEANT or len(found) == _THEME:
            break
        if words[i] != word and shapes_of(words[i]) & forms and kind_of(words[i], word) == "real-word":
            found.append(words[i])
    return tuple(found)


@lru_cache(maxsize=1)
def _directions() -> tuple[tuple[str, ...], NDArray[np.float32]]:
    """The usual words with their vectors, all of length 1."""
    model = context_model.opened()
    assert model is not None, "asked for where there is one"
    vectors = model.listed
    words = tuple(map(model.listed_word, range(len(vectors))))
    return words, vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), _NEXT_TO_NOTHING)


@lru_cache(maxsize=1)
def _by_letter() -> dict[str, tuple[list[str], list[float]]]:
    """The letters that a letter is taken for, with weights."""
    found: dict[str, tuple[list[str], list[float]]] = {}
    for a, b, n, _ in dictionaries.rows("confusions.tsv", columns=4):
        for right, wrong in ((a, b), (b, a)):
            others, weights = found.setdefault(right, ([], []))
            others.append(wrong)
            weights.append(float(n) ** 0.7)
    return found


@lru_cache(maxsize=1)
def _seen_as() -> dict[str, tuple[str, ...]]:
    """The Latin letters, figures and signs that a Cyrillic letter is taken for."""
    found: dict[str, list[str]] = {}
    for other, letter, _ in dictionaries.rows("lookalikes.tsv", columns=3):
        if is_cyrillic(letter) and not any(map(is_cyrillic, other)):
            found.setdefault(letter, []).append(other)
    return {letter: tuple(others) for letter, others in found.items()}


def _kept(word: str) -> int:
    """How many letters of a word a misreading leaves: all but two, but three of a long one."""
    return max(2, len(word) - (3 if len(word) > 8 else 2))


@lru_cache(maxsize=1)
def _parts() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Usual forms by their beginnings and by their endings, as many letters as ``_kept`` leaves of words one shorter to one
    longer."""
    found: tuple[dict[str, list[str]], dict[str, list[str]]] = ({}, {})
    for form, _ in wordlist.frequent_words(least=_LEAST_SHARE):
        if len(form) < 3 or not morphology.is_known(form):
            continue
        for size in {max(2, len(form) - cut) for cut in (1, 2, 3, 4)}:
            found[0].setdefault(form[:size], []).append(form)
            found[1].setdefault(form[-size:], []).append(form)
    first, last = ({part: tuple(forms) for part, forms in side.items()} for side in found)
    return first, last


@lru_cache(maxsize=1)
def _common_lemmas() -> list[str]:
    listed = wordlist.frequent_words(least=1e-5)
    return sorted({m for w, _ in listed if len(w) > 4 for m in morphology.lemmas(w)[:1]})
