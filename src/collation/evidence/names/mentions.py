"""What names occur in a sentence of the translation, and which Russian words account for them.

A mention is a run of English words that the authority files know as one name, or a capitalised word that is no
ordinary one. It is answered by a Russian word of the same name or the same sound, by the glossary, or by a compound or
derivation with its stem (россиянин, северокорейский). What remains on both sides is what the rules of names look at.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import regex

from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.sound import EQUAL
from collation.knowledge.names.sound_of_forms import sound_of_form
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words import morphology
from collation.knowledge.words.english import STOP
from collation.model import Place, Token

_LEXICAL = 0.95  # likeness of a word to a mention that the lexicon gives it,
_STEM = 0.9  # and of one that has its stem; by sound it may be anything from 0 to 1
_LONGEST = 8  # tokens of a listed name
_REGION = regex.compile(r"(?:щин|чин)(?:а|ы|е|у|ой|ою)$")  # Харьковщина answers Kharkiv region


@dataclass(frozen=True, slots=True)
class NameMention:
    """A name in the translation: its tokens (indices into the sentence pair) and the bearers that the files know."""

    start: int
    stop: int
    tokens: tuple[Token, ...]
    names: tuple[Name, ...]

    @property
    def text(self) -> str:
        return " ".join(t.text for t in self.tokens)

    @property
    def joined(self) -> str:
        """The words without blanks, a possessive taken off, for comparing by sound."""
        return "".join(without_possessive(t.text) for t in self.tokens)


def name_mentions(tokens: tuple[Token, ...], ordinary: frozenset[int]) -> tuple[NameMention, ...]:
    """The mentions of an English sentence; ``ordinary`` are indices of words that the glossary translates."""
    found: list[NameMention] = []
    i = 0
    while i < len(tokens):
        length, names = _spelt_at(tokens, i)
        if length and not (length == 1 and i in ordinary and _is_plain_word(tokens[i])):
            found.append(
                NameMention(i, i + length, tuple(t for t in tokens[i : i + length] if t.kind == "word"), names)
            )
            i += length
            continue
        if _may_be_name(tokens[i]) and i not in ordinary:
            found.extend(NameMention(i, i + 1, (part,), _bearers(part.text)) for part in _compound(tokens[i]))
        i += 1
    return (*found, *_adjoining(found))


def _adjoining(found: list[NameMention]) -> Iterator[NameMention]:
    """Unknown words in a row as one mention besides: Schön Grabern is one place."""
    for left, right in pairwise(found):
        if left.stop == right.start and left.start != right.start and not (left.names and right.names):
            tokens = (*left.tokens, *right.tokens)
            _, names = authority.spelt((plain_latin("".join(t.text for t in tokens)),))
            yield NameMention(left.start, right.stop, tokens, names)


def _bearers(word: str) -> tuple[Name, ...]:
    """Persons and places that a Latin word may mean; bodies only by their full names."""
    return tuple(name for name in authority.by_english(word) if name.kind != "body") if len(word) > 2 else ()


def _compound(token: Token) -> tuple[Token, ...]:
    """The members of "Kiev-Zhmerinka" as tokens of their own where one of them is a listed name, else the token."""
    parts = token.text.split("-")
    if len(parts) == 1 or len(token.place.spans) > 1 or not all(p[:1].isupper() and len(p) > 2 for p in parts):
        return (token,)
    if not any(authority.spelt((plain_latin(part),))[0] for part in parts):
        return (token,)
    found, start = [], token.start
    for part in parts:
        found.append(Token(part, Place.at(start, start + len(part)), "word"))
        start += len(part) + 1
    return tuple(found)


def _spelt_at(tokens: tuple[Token, ...], start: int) -> tuple[int, tuple[Name, ...]]:
    """The longest listed spelling that begins here, stops of initials passed over: tokens taken, and its names."""
    if not _is_capital(tokens[start]):
        return 0, ()
    words: list[str] = []
    ends: list[int] = []
    for j in range(start, min(len(tokens), start + _LONGEST)):
        token = tokens[j]
        if token.kind == "mark" and token.text == "." and words and len(words[-1]) == 1:
            continue
        if token.kind != "word":
            break
        for part in plain_latin(without_possessive(token.text)).replace("‐", "-").split("-"):
            words.append(part)
            ends.append(j)
    length, names = authority.spelt(tuple(words))
    if not length or (length < len(ends) and ends[length - 1] == ends[length]):
        return 0, ()
    return ends[length - 1] + 1 - start, names


def _is_capital(token: Token) -> bool:
    return token.kind == "word" and token.text[0].isupper()


def _may_be_name(token: Token) -> bool:
    return (
        _is_capital(token) and len(token.text) > 2 and token.text.lower() not in STOP and script(token.text) == "latin"
    )


def _is_plain_word(token: Token) -> bool:
    """Whether a one-word spelling is also an ordinary word, so that a capital alone makes no name (Gary, March, Us)."""
    return token.text.lower() in STOP or (token.text.isupper() is False and len(token.text) < 4)


def naming_score(russian: str, mention: NameMention, lemmas: frozenset[str] = frozenset()) -> float:
    """How surely a Russian word answers a mention: by name, by sound, by the glossary, by its stem."""
    best = 0.0
    if russian[:1].isupper():
        best = _by_name(russian, mention)
    if best < _LEXICAL and lemmas and lemmas & set(morphology.lemmas(russian)):
        best = _LEXICAL
    if best < EQUAL and any(_has_stem(fold(russian), name) for name in mention.names):
        best = 1.0 if _REGION.search(fold(russian)) else _STEM
    return best


def _by_name(russian: str, mention: NameMention) -> float:
    if authority.is_of(fold(russian), mention.names):
        return 1.0
    best = 0.0
    for token in mention.tokens:
        best = max(best, authority.same_name(russian, token.text))
        if best < 1.0:
            best = max(best, sound_of_form(russian, token.text))
    return max(best, sound_of_form(russian, mention.joined)) if len(mention.tokens) > 1 else best


def _has_stem(russian: str, name: Name) -> bool:
    """Whether a word holds the stem of a name's head: россияне, северокорейский, американо-."""
    head = fold(name.head)
    stem = head[:-2] if len(head) > 5 else head[:-1]
    if len(stem) < 3 or " " in head:
        return False
    return russian.startswith(stem) or (len(stem) > 3 and stem in russian)
