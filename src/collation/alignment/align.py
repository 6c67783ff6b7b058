"""Document to Aligned: paragraphs, then sentences, then words.

Paragraphs are linked by a monotone pass and completed across the order; a pair of texts that do not translate each
other is recognised by how little they explain of each other. What a word answers or calls for is looked up once a
document and used on all three levels. Where the file says itself what is opposite what, that is taken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

from collation.alignment.affinity import Answer, Called, answer, call
from collation.alignment.answer_tables import Evidence, Reach, gather
from collation.alignment.beads import Bead, align_beads
from collation.alignment.corridor import SMALL, Band, band
from collation.alignment.crossing import complete
from collation.alignment.given_links import as_links, given_groups, reach_of
from collation.alignment.word_pairs import Matcher
from collation.alignment.words import link_words, literalness
from collation.languages.knowledge import Knowledge
from collation.model import Aligned, Document, Link, Segment, SentencePair, Witness

_PARALLEL = (
    0.22  # mean score of links over the whole original from which texts translate each other, gaps counting as nothing
)
# The same over what is linked, in an original of so many tokens. Of 141 pairs that translate each other .527 is the least, of those
# with a third of the translation .49; pairs of other documents of one kind reach .41, chapters of one novel .57.
_ALIKE, _ENOUGH = 0.45, 60
_LONGEST = 3_000  # of a longer segment, a file in one line perhaps, so many tokens decide what it is opposite
_MERGED = 4  # the most segments of one side that a bead takes

_T = TypeVar("_T")
Answers = tuple[Answer, ...]
Calls = tuple[Called, ...]


@dataclass(frozen=True, slots=True)
class _Sides:
    """Both witnesses with what their words answer and call for, segment by segment."""

    original: Witness
    translation: Witness
    answers: list[Answers]
    calls: list[Calls]
    matcher: Matcher


def align(document: Document, knowledge: Knowledge) -> Aligned:
    """The document with its original and translation linked; no links when one of them is missing."""
    original, translation = document.original, document.translation
    if original is None or translation is None:
        return Aligned(document, (), _unpaired(original), False, ())
    sides = _Sides(
        original,
        translation,
        [answer(s.tokens, knowledge.languages.original) for s in original.segments],
        [call(s.tokens, knowledge.lexicon) for s in translation.segments],
        Matcher(),
    )
    left, right = [a[:_LONGEST] for a in sides.answers], [c[:_LONGEST] for c in sides.calls]
    given = given_groups(document)
    if given is None:
        links = complete(*_monotone(left, right, sides.matcher))
    else:
        links = as_links(given, gather(left, right, sides.matcher, reach_of(given, len(left))))
    if not _is_parallel(links, original):
        return Aligned(document, tuple(links), _unpaired(original), False, ("not-parallel",))
    pairs = [pair for index, link in enumerate(links) for pair in _sentences(link, index, sides)]
    return Aligned(document, tuple(links), tuple(pairs), True, ())


def _unpaired(original: Witness | None) -> tuple[SentencePair, ...]:
    segments = original.segments if original else ()
    return tuple(SentencePair(s, (), (), 0.0, -1) for segment in segments for s in segment.sentence_tokens())


def _is_parallel(links: list[Link], original: Witness) -> bool:
    """Whether the texts translate each other: enough of the original has a counterpart, and what has one is explained by it.

    Both are scores of links weighted by the length of the original, over the whole and over what is linked.
    """
    whole = linked = got = 0.0
    for link in links:
        size = sum(len(original.segments[i].tokens) for i in link.original)
        whole += size
        if link.translation:
            linked += size
            got += size * link.score
    if not linked or got < _PARALLEL * whole:
        return False
    return whole < _ENOUGH or got >= _ALIKE * linked


def _monotone(answers: list[Answers], calls: list[Calls], matcher: Matcher) -> tuple[list[Bead], Evidence]:
    inside = band(answers, calls)
    reach = _reach(inside) if len(answers) * len(calls) > SMALL else None
    evidence = gather(answers, calls, matcher, reach)
    return align_beads(evidence, inside), evidence


def _reach(inside: Band) -> Reach:
    """The runs of the translation that each run of the original can meet in some bead inside the band."""
    last = len(inside) - 1
    return [(inside[max(0, i - _MERGED + 1)][0], inside[min(last, i + _MERGED)][1]) for i in range(last)]


def _sentences(link: Link, index: int, sides: _Sides) -> list[SentencePair]:
    """The sentence pairs of a paragraph link."""
    left = [part for i in link.original for part in _split(sides.original.segments[i], sides.answers[i])]
    right = [part for j in link.translation for part in _split(sides.translation.segments[j], sides.calls[j])]
    if not left or not right:
        return [_pair(s, (), index, sides) for s in left] + [_pair((), s, index, sides) for s in right]
    if len(left) == 1 or len(right) == 1:
        return [_pair(_join(left), _join(right), index, sides)]
    beads, _ = _monotone(left, right, sides.matcher)
    return [
        _pair(_join([left[i] for i in b.original]), _join([right[j] for j in b.translation]), index, sides)
        for b in _no_gaps(beads)
    ]


def _split(segment: Segment, whole: tuple[_T, ...]) -> list[tuple[_T, ...]]:
    """What belongs to each sentence of a segment."""
    return [whole[a:b] for a, b in segment.sentences or ((0, len(whole)),)]


def _no_gaps(beads: list[Bead]) -> list[Bead]:
    """Sentence gaps inside a linked paragraph joined to a neighbour: alone they would have nobody to ask."""
    merged: list[Bead] = []
    for bead in beads:
        if merged and not (_is_full(bead) and _is_full(merged[-1])):
            last = merged.pop()
            bead = Bead(last.original + bead.original, last.translation + bead.translation, max(last.score, bead.score))
        merged.append(bead)
    return merged


def _is_full(bead: Bead) -> bool:
    return bool(bead.original and bead.translation)


def _join(parts: list[tuple[_T, ...]]) -> tuple[_T, ...]:
    return tuple(item for part in parts for item in part)


def _pair(answers: Answers, calls: Calls, index: int, sides: _Sides) -> SentencePair:
    links = link_words(answers, calls, sides.matcher)
    return SentencePair(
        tuple(a.token for a in answers),
        tuple(c.token for c in calls),
        links,
        round(literalness(answers, links), 4),
        index,
    )
