"""What a rule sees: the aligned document, its Russian words in order, and a few questions asked often.

A Context is made once a document and read by all rules; it computes on demand and keeps what it computed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeVar, TypeVarTuple

import regex

from collation.alignment.affinity import Called, Partners, call
from collation.knowledge.letters import VOWELS, case_of, fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.derivation import is_derived
from collation.languages.knowledge import Knowledge
from collation.model import Aligned, Document, Place, SentencePair, Token
from collation.model.language import Language, LanguagePair

About = TypeVarTuple("About")
Answered = TypeVar("Answered")


_FAINT = 0.4  # score of a link below which an English word is hardly answered: a root in common and no more
_LISTED, _LISTED_CAPITALS = 2.6, 3.2  # Zipf frequency of a listed word that is attested; of one in capitals


@dataclass(frozen=True, slots=True)
class Word:
    """A word or number of the original: its sentence pair, its place in it, and its number in the document."""

    token: Token
    pair: int
    index: int
    number: int
    folded: str

    @property
    def text(self) -> str:
        return self.token.text

    @property
    def place(self) -> Place:
        return self.token.place


class Opposite:
    """The words of the translation opposite a stretch of the original."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self.tokens = tokens

    @property
    def text(self) -> str:
        return " ".join(t.text for t in self.tokens)

    def has_year(self, year: int) -> bool:
        """Whether a year is among them."""
        return any(t.kind == "number" and t.text == str(year) for t in self.tokens)


class TextView:
    """One side of the document as text, for rules that search with patterns."""

    def __init__(self, document: Document, start: int, stop: int) -> None:
        self._document, self._start, self._stop = document, start, stop

    def finditer(self, pattern: str) -> Iterator[regex.Match[str]]:
        """All matches of a pattern on this side; their offsets are offsets into the file."""
        yield from regex.finditer(pattern, self._document.text, pos=self._start, endpos=self._stop)


class Context:
    """The aligned document as rules and judge question it."""

    def __init__(self, aligned: Aligned, knowledge: Knowledge) -> None:
        self.aligned = aligned
        self.knowledge = knowledge
        self.document = aligned.document
        self._kept: dict[tuple[object, ...], Any] = {}

    def once(self, ask: Callable[[Context, *About], Answered], *about: *About) -> Answered:
        """What a function says of this document, asked once and kept as long as the document is."""
        key = (ask, *about)
        if key not in self._kept:
            self._kept[key] = ask(self, *about)
        found: Answered = self._kept[key]
        return found

    def forget(self) -> None:
        """Let go of what was asked once: some of it holds the document, which would stay until the garbage collector comes by."""
        self._kept.clear()

    @property
    def languages(self) -> LanguagePair:
        return self.knowledge.languages

    @property
    def language(self) -> Language:
        """The language of the original."""
        return self.knowledge.languages.original

    @property
    def text(self) -> str:
        return self.document.text

    @property
    def pairs(self) -> tuple[SentencePair, ...]:
        return self.aligned.pairs

    @cached_property
    def words(self) -> tuple[Word, ...]:
        """All Russian words, numbers and marks that belong to a sentence pair, in order of the file."""
        found = [(token, p, i) for p, pair in enumerate(self.pairs) for i, token in enumerate(pair.original)]
        found.sort(key=lambda item: item[0].start)
        return tuple(Word(token, p, i, n, fold(token.text)) for n, (token, p, i) in enumerate(found))

    @cached_property
    def _by_start(self) -> dict[int, Word]:
        return {w.token.start: w for w in self.words}

    def word_at(self, offset: int) -> Word | None:
        """The word that begins at an offset of the file."""
        return self._by_start.get(offset)

    def neighbours(self, word: Word, before: int, after: int) -> tuple[list[Token], list[Token]]:
        """Up to so many tokens of the same sentence on either side."""
        tokens = self.pairs[word.pair].original
        return list(tokens[max(0, word.index - before) : word.index]), list(
            tokens[word.index + 1 : word.index + 1 + after]
        )

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each folded form occurs in the original, furniture included."""
        original = self.document.original
        segments = (*original.segments, *original.furniture) if original else ()
        return Counter(fold(t.text) for s in segments for t in s.tokens if t.kind == "word")

    @cached_property
    def written(self) -> Counter[str]:
        """How often each word, number and mark of the original is written just so, letter case and all."""
        return Counter(w.text for w in self.words)

    @cached_property
    def capitals(self) -> Counter[str]:
        """How often each folded form stands in the original in capitals throughout."""
        original = self.document.original
        segments = original.segments if original else ()
        return Counter(
            fold(t.text) for s in segments for t in s.tokens if t.kind == "word" and case_of(t.text) == "upper"
        )

    @cached_property
    def lemma_counts(self) -> Counter[str]:
        """How often each lemma occurs in the original, the first analysis of each form counted."""
        counts: Counter[str] = Counter()
        for form, n in self.forms.items():
            for lemma in self.language.lemmas(form)[:1]:
                counts[lemma] += n
        return counts

    @cached_property
    def calls(self) -> tuple[tuple[Called, ...], ...]:
        """What the English tokens of each sentence pair call for."""
        return tuple(call(pair.translation, self.knowledge.lexicon) for pair in self.pairs)

    @cached_property
    def answered(self) -> tuple[dict[int, int], ...]:
        """For each pair: index of the English token answered by each linked Russian token."""
        return tuple({link.original: link.translation for link in pair.words} for pair in self.pairs)

    @cached_property
    def claims(self) -> tuple[dict[int, int], ...]:
        """For each pair: index of the Russian token that answers each linked English token."""
        return tuple({link.translation: link.original for link in pair.words} for pair in self.pairs)

    @cached_property
    def firm_claims(self) -> tuple[dict[int, int], ...]:
        """The same without the links that are faint."""
        return tuple(
            {link.translation: link.original for link in pair.words if link.score >= _FAINT} for pair in self.pairs
        )

    def unanswered(self, pair: int) -> tuple[int, ...]:
        """The indices of English content words and numbers of a pair that no Russian word answers, in order."""
        return self.once(_unanswered, pair)

    def partners(self, pair: int) -> Partners:
        """The English words of a pair by what they call for."""
        return self.once(_partners, pair)

    @cached_property
    def attested_forms(self) -> dict[int, tuple[str, ...]]:
        """The attested forms of the original by their length."""
        found: dict[int, list[str]] = {}
        for form in self.forms:
            if is_attested(form):
                found.setdefault(len(form), []).append(form)
        return {length: tuple(forms) for length, forms in found.items()}

    @cached_property
    def translated(self) -> frozenset[int]:
        """The offsets at which the tokens of the translation begin."""
        translation = self.document.translation
        return frozenset(t.start for s in translation.segments for t in s.tokens) if translation else frozenset()

    # what the notebook's rules ask

    @cached_property
    def original(self) -> TextView:
        witness = self.document.original
        return TextView(
            self.document, *_extent(witness.segments[0].place, witness.segments[-1].place) if witness else (0, 0)
        )

    @cached_property
    def translation(self) -> TextView:
        witness = self.document.translation
        return TextView(
            self.document, *_extent(witness.segments[0].place, witness.segments[-1].place) if witness else (0, 0)
        )

    def opposite(self, match: regex.Match[str]) -> Opposite:
        """What is opposite a match in the original."""
        for pair in self.pairs:
            if pair.original and pair.original[0].start <= match.start() < pair.original[-1].stop:
                return Opposite(pair.translation)
        return Opposite(())


def _unanswered(context: Context, pair: int) -> tuple[int, ...]:
    taken = context.claims[pair]
    return tuple(j for j, c in enumerate(context.calls[pair]) if (c.content or c.number) and j not in taken)


def _partners(context: Context, pair: int) -> Partners:
    return Partners(context.calls[pair])


def _extent(first: Place, last: Place) -> tuple[int, int]:
    return first.start, last.stop


def is_attested(word: str) -> bool:
    """Whether a Russian word is in a dictionary, a word list or the authority files, as it is written.

    A compound is attested when its parts are; an abbreviation when it is listed or has no vowel to be read by.
    """
    folded = fold(word)
    if morphology.is_known(folded) or authority.is_name_form(folded) or authority.is_abbreviation(folded):
        return True
    if wordlist.zipf(folded) >= (_LISTED if case_of(word) != "upper" else _LISTED_CAPITALS):
        return True
    if is_derived(folded):
        return True
    parts = folded.split("-")
    if len(parts) > 1 and all(parts):
        return all(len(p) <= 2 or morphology.is_known(p) or authority.is_name_form(p) for p in parts)
    return case_of(word) == "upper" and len(word) <= 5 and not VOWELS & set(folded)
