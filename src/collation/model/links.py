"""Which segments, sentences and words are opposite which."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from collation.model.document import Document, Token
from collation.model.place import Place


@dataclass(frozen=True, slots=True)
class Link:
    """n segments of the original opposite m of the translation (indices into ``Witness.segments``).

    An empty side is a gap. ``score`` is the mean share of either side that the other explains, 0 to 1.
    """

    original: tuple[int, ...]
    translation: tuple[int, ...]
    score: float


@dataclass(frozen=True, slots=True)
class WordLink:
    """Token ``original`` of a sentence pair answers its token ``translation``; ``score`` is 0 to 1."""

    original: int
    translation: int
    score: float
    kind: str


@dataclass(frozen=True, slots=True)
class SentencePair:
    """Sentences opposite each other, with their words linked.

    Either side may be empty. ``literal`` is the share of the original's content words that the translation
    explains, 0 to 1; ``link`` the index of the paragraph link the pair belongs to.
    """

    original: tuple[Token, ...]
    translation: tuple[Token, ...]
    words: tuple[WordLink, ...]
    literal: float
    link: int


@dataclass(frozen=True, slots=True)
class Aligned:
    """A document whose witnesses are opposite each other.

    ``parallel`` is False when the two texts do not translate each other: word evidence is then off.
    """

    document: Document
    links: tuple[Link, ...]
    pairs: tuple[SentencePair, ...]
    parallel: bool
    warnings: tuple[str, ...] = ()
    _by_start: dict[int, int] = field(default_factory=dict, repr=False, compare=False)

    def in_file(self) -> Aligned:
        """The same with every place led to the file, for those who write of it."""
        document = self.document
        witnesses = document.in_file(document.witnesses)
        there = replace(document, source=document.file, witnesses=witnesses, offsets=None, written=None)
        return replace(self, document=there, pairs=document.in_file(self.pairs), _by_start={})

    def pair_of(self, token: Token) -> SentencePair | None:
        """The sentence pair of a token of either side."""
        if not self._by_start:
            for index, pair in enumerate(self.pairs):
                for t in (*pair.original, *pair.translation):
                    self._by_start[t.start] = index
        found = self._by_start.get(token.start)
        return None if found is None else self.pairs[found]

    def opposite(self, token: Token) -> tuple[Token, ...]:
        """The tokens of the other side opposite this token's sentence."""
        pair = self.pair_of(token)
        if pair is None:
            return ()
        on_original = any(t.start == token.start for t in pair.original)
        return pair.translation if on_original else pair.original

    def counterpart(self, token: Token) -> tuple[Place, ...]:
        """The places of the words linked with this token."""
        pair = self.pair_of(token)
        if pair is None:
            return ()
        return tuple(
            pair.translation[w.translation].place for w in pair.words if pair.original[w.original].start == token.start
        )
