"""Names misread: garbled, put one for another, made into ordinary words, and made of them."""

from __future__ import annotations

from collation.knowledge.letters import RUSSIAN_LETTERS, case_of, fold, like
from collation.knowledge.names import authority
from collation.knowledge.names.paradigms import in_case, plain_case
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.search import similar
from collation.learning.clean_words import CleanWords
from collation.learning.noise_in_words import Misread, WordMaker
from collation.model import Token

_LEAST = 4  # letters of a name that is put for another


def _garbled(clean: CleanWords, token: Token) -> Misread:
    """A name garbled in one to three letters."""
    word, chance = token.text, clean.random
    if case_of(word) == "lower" or len(word) < 5:
        return None
    for _ in range(chance.choice((1, 1, 2, 3))):
        i = chance.randrange(1, len(word))
        letter = chance.choice(RUSSIAN_LETTERS)
        put = chance.choice((like(letter, word[i]), "", letter + word[i]))
        word = word[:i] + put + word[i + 1 :]
    return word, "name"


def _other(clean: CleanWords, token: Token) -> Misread:
    """Another name of the document, in the case of this one."""
    if not _is_name(token) or not clean.names:
        return None
    other = clean.words[clean.random.choice(clean.names)].text
    lemmas = morphology.lemmas(other)
    made = _in_case_of(token, lemmas[0] if lemmas else fold(other))
    return (made, "name") if made and fold(made)[:3] != fold(token.text)[:3] else None


def _near(clean: CleanWords, token: Token) -> Misread:
    """Another known name that differs in a letter or two, in the case of this one."""
    if not _is_name(token):
        return None
    word = fold(token.text)
    head = (morphology.lemmas(word) or (word,))[0]
    distance = 1 if clean.random.random() < 0.6 else 2
    listed = [name for name in authority.near(head, distance) if name not in {head, word}]
    made = _in_case_of(token, clean.random.choice(listed)) if listed else None
    return (made, "name") if made else None


def _as_word(clean: CleanWords, token: Token) -> Misread:
    """A name read as an ordinary word of like shape, with its capital or without."""
    if not _is_name(token):
        return None
    near = [
        form
        for form, _ in similar(fold(token.text), 16)
        if wordlist.zipf(form) > 3.0 and not authority.is_name_form(form) and form != fold(token.text)
    ]
    if not near:
        return None
    made = clean.random.choice(near)
    return (like(made, token.text) if clean.random.random() < 0.6 else made), "name"


def _from_word(clean: CleanWords, token: Token) -> Misread:
    """An ordinary word with a capital read as a name of like shape."""
    word = fold(token.text)
    if case_of(token.text) != "title" or len(word) < _LEAST or authority.is_name_form(word):
        return None
    listed = [name for name in authority.near(word, 2) if name != word and abs(len(name) - len(word)) <= 1]
    return (like(clean.random.choice(listed), token.text), "name") if listed else None


NAME_MAKERS: dict[str, WordMaker] = {
    "name": _garbled,
    "other_name": _other,
    "near_name": _near,
    "name_as_word": _as_word,
    "word_as_name": _from_word,
}


def _is_name(token: Token) -> bool:
    word = fold(token.text)
    if case_of(token.text) != "title" or len(word) < _LEAST:
        return False
    return authority.is_name_form(word) or any(
        p.grammemes & {"Surn", "Name", "Geox", "Patr"} for p in morphology.parses(word)
    )


def _in_case_of(token: Token, name: str) -> str | None:
    """A name in the case in which another is written."""
    case = next((p.case for p in morphology.parses(token.text) if p.case), "nomn")
    made = in_case(name, plain_case(case))
    return like(made, token.text) if made != fold(token.text) else None
