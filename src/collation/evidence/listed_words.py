"""The words that a project lists as right, where they occur in a document: names and terms that no dictionary has.

A listed word is matched as it is written, ё as е. In small letters it means the word in any usual case (small, with a
capital, in capitals); with a capital it means a name, which never begins small. One that is a dictionary form, or is
taken for one, means all forms that have it as their lemma. Several words are matched as they are, whatever blanks and line
ends are between them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from collation.evidence.context import Context
from collation.knowledge.letters import case_of, fold
from collation.model import Hypothesis, Place, Token

_CASES = {"lower": ("lower", "title", "upper"), "title": ("title", "upper")}
"""In which letter cases a word may be written that is listed in a letter case; any other as it is, or in capitals."""
_TOKEN = regex.compile(r"\p{L}+(?:[-‐‑]\p{L}+)*")


@dataclass(frozen=True, slots=True)
class ListedWords:
    """Where the listed words are in a document, in order of the text."""

    places: tuple[Place, ...]

    @classmethod
    def of(cls, context: Context, words: Iterable[str]) -> ListedWords:
        """The occurrences of these words in both texts of a document."""
        listed = tuple(dict.fromkeys(" ".join(word.split()) for word in words))
        single = [word for word in listed if " " not in word]
        found = [*_tokens_listed(context, single), *_phrases(context.text, listed)]
        return cls(tuple(sorted(set(found))))

    def cover(self, hypothesis: Hypothesis) -> bool:
        """Whether all that a hypothesis doubts are listed words."""
        doubted = [edit.place for edit in hypothesis.edits] or [hypothesis.places[0]]
        return all(any(_within(place, listed) for listed in self.places) for place in doubted)


def _within(place: Place, listed: Place) -> bool:
    return listed.start <= place.start < place.stop <= listed.stop


def _tokens_listed(context: Context, words: Iterable[str]) -> Iterator[Place]:
    """The tokens that a word means, also broken over a line end."""
    listed: dict[str, list[str]] = {}
    lemmas: dict[str, list[str]] = {}
    for word in words:
        folded = fold(word)
        listed.setdefault(folded, []).append(word)
        if folded in context.language.lemmas(folded):
            lemmas.setdefault(folded, []).append(word)
    for token in _tokens(context):
        folded = fold(token.text)
        meant = list(listed.get(folded, ()))
        if lemmas:
            meant += [word for lemma in context.language.lemmas(folded) for word in lemmas.get(lemma, ())]
        if any(_is_written_as(token.text, word) for word in meant):
            yield token.place


def _is_written_as(text: str, word: str) -> bool:
    return text == word or case_of(text) in _CASES.get(case_of(word), ("upper",))


def _tokens(context: Context) -> Iterator[Token]:
    for witness in (context.document.original, context.document.translation):
        if witness is not None:
            for segment in (*witness.segments, *witness.furniture):
                yield from (token for token in segment.tokens if token.kind == "word")


def _phrases(text: str, words: Iterable[str]) -> Iterator[Place]:
    """The places of what is no single token ("Ким Ир Сен", "т. е.", "Т-34"), as it stands in the text."""
    folded = fold(text)
    for parts in (word.split() for word in words if not _TOKEN.fullmatch(word)):
        if not all(fold(part) in folded for part in parts):
            continue
        pattern = r"\s+".join(regex.sub("[еёЕЁ]", "[её]", regex.escape(part)) for part in parts)
        for match in regex.finditer(rf"(?<![\p{{L}}\p{{N}}]){pattern}(?![\p{{L}}\p{{N}}])", text, regex.IGNORECASE):
            if all(map(_is_written_as, match.group().split(), parts)):
                yield Place.at(match.start(), match.end())
