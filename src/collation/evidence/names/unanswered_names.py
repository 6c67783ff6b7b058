"""What is left over of the names of a document, on either side, once the two sides have answered each other.

Every rule of names asks the same: which names of the translation have no Russian word, which Russian names no English
one. A view is made once a document (``context.once(NameView)``) and shared.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property

import regex

from collation.alignment.affinity import Called
from collation.evidence.context import Context, is_attested
from collation.evidence.names.mentions import NameMention, name_mentions, naming_score
from collation.knowledge.letters import case_of, fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.name_kinds import name_kinds
from collation.knowledge.names.sound import EQUAL
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words import morphology, wordlist
from collation.model import Token

_PERSON = frozenset({"person"})
CATALOGUE = frozenset({"title", "summary", "citation"})
_LISTED = 2.6  # Zipf frequency of a word of the list that is not attested by its capitals alone
_USUAL = 4.5  # Zipf frequency of an English word that a line of capitals makes no name of
_LINKED = 0.8  # score, 0 to 1, of a link by which an attested word is accounted for


@dataclass(frozen=True, slots=True)
class Suspect:
    """A Russian word that may be a name and that nothing opposite accounts for; ``kinds`` what names it is known as."""

    index: int
    token: Token
    attested: bool
    kinds: frozenset[str]
    best: float

    @property
    def folded(self) -> str:
        return fold(self.token.text)


def _called_for(calls: tuple[Called, ...], mention: NameMention) -> frozenset[str]:
    """What the glossary has for a mention; of several words ("North Korea") the nouns only."""
    found = frozenset(x for j in range(mention.start, mention.stop) for x, w in calls[j].lemmas.items() if w >= 0.5)
    if len(mention.tokens) == 1:
        return found
    return frozenset(x for x in found if any(p.pos == "NOUN" for p in morphology.parses(x)))


def _only_by_shape(word: str) -> bool:
    """Whether nothing but its capitals or its short members makes a word pass for attested ("СЩА", "Яй-ши")."""
    folded = fold(word)
    if not (word.isupper() and len(word) <= 5) and not ("-" in word and all(len(p) <= 2 for p in word.split("-"))):
        return False
    listed = morphology.is_known(folded) or authority.is_name_form(folded) or authority.is_abbreviation(folded)
    return not listed and wordlist.zipf(folded) < _LISTED


class NameView:
    """The names of one document: mentions, what answers them, and what is left over, computed once."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self._mentions: dict[int, tuple[NameMention, ...]] = {}
        self._answered: dict[int, dict[NameMention, tuple[int, float]]] = {}
        self._suspects: dict[int, tuple[Suspect, ...]] = {}

    @cached_property
    def pairs(self) -> tuple[int, ...]:
        """The sentence pairs that have both sides."""
        return tuple(p for p, pair in enumerate(self.context.pairs) if pair.original and pair.translation)

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """The capitalised Russian words of the document, in title case, each once."""
        words = (w.token for w in self.context.words)
        return tuple(
            sorted({t.text.capitalize() for t in words if t.kind == "word" and t.text[0].isupper() and len(t.text) > 2})
        )

    @cached_property
    def english(self) -> Counter[str]:
        """How often each capitalised word occurs in the translation and in the catalogue's texts, plain."""
        translation = self.context.document.translation
        segments = translation.segments if translation else ()
        found = Counter(
            plain_latin(without_possessive(t.text))
            for s in segments
            for t in s.tokens
            if t.kind == "word" and t.text[0].isupper()
        )
        for field in self.context.document.source.catalogue.fields:
            words = regex.findall(r"\p{Lu}[\p{L}'’-]+", field.value) if field.name in CATALOGUE else []
            found.update({plain_latin(without_possessive(w)) for w in words})
        return found

    def mentions(self, pair: int) -> tuple[NameMention, ...]:
        """The mentions of a sentence pair's translation."""
        if pair not in self._mentions:
            calls = self.context.calls[pair]
            ordinary = frozenset(
                j
                for j, c in enumerate(calls)
                if c.lemmas and (not authority.spelt((plain_latin(c.token.text),))[0] or self._is_shouted(pair, j))
            )
            self._mentions[pair] = name_mentions(self.context.pairs[pair].translation, ordinary)
        return self._mentions[pair]

    def _is_shouted(self, pair: int, index: int) -> bool:
        """Whether a usual English word stands in capitals only because its line does: STRONG MUSIC."""
        tokens = self.context.pairs[pair].translation
        if case_of(tokens[index].text) != "upper" or wordlist.english_zipf(tokens[index].text.lower()) < _USUAL:
            return False
        beside = [tokens[j] for j in (index - 1, index + 1) if 0 <= j < len(tokens) and tokens[j].kind == "word"]
        return bool(beside) and all(t.text.isupper() for t in beside)

    def answered(self, pair: int) -> dict[NameMention, tuple[int, float]]:
        """For each mention of a pair the Russian word that answers it best: its index and how surely; -1 for none.

        A name that occurs oftener in the translation than in the Russian leaves its worst placed mentions without.
        """
        if pair not in self._answered:
            found: dict[NameMention, tuple[int, float]] = {}
            same: dict[str, list[NameMention]] = {}
            for mention in self.mentions(pair):
                same.setdefault(plain_latin(mention.joined), []).append(mention)
            for group in same.values():
                found.update(self._shared_out(pair, group))
            self._answered[pair] = {m: found[m] for m in self.mentions(pair)}
        return self._answered[pair]

    def _shared_out(self, pair: int, group: list[NameMention]) -> dict[NameMention, tuple[int, float]]:
        """The answers of mentions of one name, each Russian word given once, the nearest in place first."""
        own = self.context.pairs[pair]
        values = self._values(pair, group[0])
        best = max(values.items(), key=lambda v: (v[1], -v[0]), default=(-1, 0.0))
        sure = [i for i, value in values.items() if value >= EQUAL]
        if len(group) == 1 or not sure:
            return dict.fromkeys(group, best)
        n, m = max(1, len(own.original)), max(1, len(own.translation))
        apart = sorted((abs(i / n - mention.start / m), k, i) for k, mention in enumerate(group) for i in sure)
        found: dict[int, int] = {}
        for _, k, i in apart:
            if k not in found and i not in found.values():
                found[k] = i
        return {mention: (found[k], values[found[k]]) if k in found else (-1, 0.0) for k, mention in enumerate(group)}

    def _values(self, pair: int, mention: NameMention) -> dict[int, float]:
        """How surely each Russian word of a pair answers a mention, zeros left out."""
        lemmas = _called_for(self.context.calls[pair], mention)
        found = {}
        for i, token in enumerate(self.context.pairs[pair].original):
            value = naming_score(token.text, mention, lemmas) if token.kind == "word" else 0.0
            if value:
                found[i] = value
        return found

    def suspects(self, pair: int) -> tuple[Suspect, ...]:
        """The Russian names and unattested words of a pair, with how surely any mention of it is answered by them."""
        if pair not in self._suspects:
            own = self.context.pairs[pair]
            linked = {link.original: link.score for link in own.words if link.kind != "name"}
            found = (self._suspect(pair, i, token, linked.get(i, 0.0)) for i, token in enumerate(own.original))
            self._suspects[pair] = tuple(s for s in found if s is not None)
        return self._suspects[pair]

    def turned(self, pair: int) -> tuple[Suspect, ...]:
        """The ordinary words of a pair that have a capital where no sentence begins and that no word opposite accounts for:
        names that were read as words (Перекос for Перекоп)."""
        own = self.context.pairs[pair]
        linked = {link.original: link.score for link in own.words if link.kind != "name"}
        found = []
        for index, token in enumerate(own.original):
            if token.kind != "word" or case_of(token.text) != "title" or len(token.text) < 4:
                continue
            if not is_inside(own.original, index) or linked.get(index, 0.0) >= _LINKED:
                continue
            if morphology.is_ordinary(token.text) and not self._is_repeated(token):
                best = max((naming_score(token.text, m) for m in self.mentions(pair)), default=0.0)
                found.append(Suspect(index, token, True, frozenset(), best))
        return tuple(found)

    def _is_repeated(self, token: Token) -> bool:
        """Whether the document has a form with its capital elsewhere too, inside a sentence or not."""
        return self.context.written[token.text] > 1

    def _suspect(self, pair: int, index: int, token: Token, linked: float) -> Suspect | None:
        if token.kind != "word" or len(token.text) < 3 or script(token.text) != "cyrillic":
            return None
        attested = is_attested(token.text) and not _only_by_shape(token.text)
        capital = token.text[0].isupper()
        if (not capital and attested) or (attested and linked >= _LINKED):
            return None
        kinds = name_kinds(token.text) if capital else frozenset[str]()
        if not kinds and case_of(token.text) == "title" and _may_be_surname(token.text):
            kinds = _PERSON if is_inside(self.context.pairs[pair].original, index) else kinds
        if attested and not kinds:
            return None
        best = max((naming_score(token.text, m) for m in self.mentions(pair)), default=0.0)
        return Suspect(index, token, attested, kinds, best)


def _may_be_surname(word: str) -> bool:
    """Whether a surname is among the analyses of a form, as of Дьяков, which is first of all an old clerk."""
    return any("Surn" in p.grammemes for p in morphology.parses(word))


def is_inside(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word stands where no sentence, quotation or list begins: behind a word, a comma, an initial or an abbreviation."""
    if index == 0:
        return False
    before = tokens[index - 1]
    if before.text == "." and index > 1 and tokens[index - 2].kind == "word":
        word = tokens[index - 2].text
        return (len(word) == 1 and word.isupper()) or authority.is_abbreviation(fold(word))
    return before.kind == "word" or before.text == ","
