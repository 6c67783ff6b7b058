"""Document to Aligned: paragraphs, then sentences, then words.

Headers and lists stand in another order on the other side; what the monotone pass leaves alone is linked across by
its words. A pair of texts that do not translate each other is recognised by how little they explain of each other.
"""

from __future__ import annotations

from collation.alignment.affinity import Answer, Called, answer, call
from collation.alignment.beads import Bead, align_beads, bead_score
from collation.alignment.evidence import gather
from collation.alignment.words import link_words, literalness
from collation.model import Aligned, Document, Link, SentencePair, Token, Witness

_CROSSING = 0.45
_CROSSING_LENGTH = 160
_PARALLEL = 0.22
_LINK_LEAST = 0.08


def align(document: Document) -> Aligned:
    """The document with its original and translation linked; no links when one of them is missing."""
    original, translation = document.original, document.translation
    if original is None or translation is None:
        pairs = _unpaired(original)
        return Aligned(document, (), pairs, False, ())
    left = [answer(s.tokens) for s in original.segments]
    right = [call(s.tokens) for s in translation.segments]
    evidence = gather(left, right)
    beads = align_beads(evidence)
    links = [Link(b.original, b.translation, round(b.score, 4)) for b in beads]
    links = _cross(links, original, translation, lambda i, j: bead_score(evidence, range(i, i + 1), range(j, j + 1)))
    parallel = _mean_score(links, original) >= _PARALLEL
    if not parallel:
        return Aligned(document, tuple(links), _unpaired(original), False, ("not-parallel",))
    pairs: list[SentencePair] = []
    for index, link in enumerate(links):
        pairs.extend(_pair_sentences(link, index, original, translation))
    return Aligned(document, tuple(links), tuple(pairs), True, ())


def _unpaired(original: Witness | None) -> tuple[SentencePair, ...]:
    if original is None:
        return ()
    return tuple(
        SentencePair(sentence, (), (), 0.0, -1) for segment in original.segments for sentence in segment.sentence_tokens()
    )


def _mean_score(links: list[Link], original: Witness) -> float:
    """The score of the links weighted by the length of the original, gaps counting as nothing."""
    whole = got = 0.0
    for link in links:
        size = sum(len(original.segments[i].tokens) for i in link.original)
        whole += size
        got += size * link.score if link.translation else 0.0
    return got / whole if whole else 0.0


def _cross(links: list[Link], original: Witness, translation: Witness, score: object) -> list[Link]:
    """Gaps of short segments linked across the order, best first; weak links dissolved before."""
    assert callable(score)
    kept: list[Link] = []
    free_left: list[int] = []
    free_right: list[int] = []
    for link in links:
        if link.original and link.translation and link.score >= _LINK_LEAST:
            kept.append(link)
        else:
            free_left.extend(link.original)
            free_right.extend(link.translation)
    found = []
    for i in free_left:
        for j in free_right:
            if _short(original, i) and _short(translation, j):
                value = float(score(i, j))
                if value >= _CROSSING:
                    found.append((value, i, j))
    for value, i, j in sorted(found, key=lambda f: (-f[0], f[1], f[2])):
        if i in free_left and j in free_right:
            free_left.remove(i)
            free_right.remove(j)
            kept.append(Link((i,), (j,), round(value, 4)))
    kept = _join_lists(kept, free_left, free_right, original, translation, score)
    kept += [Link((i,), (), 0.0) for i in free_left] + [Link((), (j,), 0.0) for j in free_right]
    return sorted(kept, key=lambda k: (k.original or (_before(kept, k.translation[0]),), k.translation))


def _join_lists(
    kept: list[Link], free_left: list[int], free_right: list[int], original: Witness, translation: Witness, score: object
) -> list[Link]:
    """Free list lines of the translation joined to the line of the original that names the same."""
    assert callable(score)
    for j in list(free_right):
        best = max(
            ((float(score(link.original[0], j)), k) for k, link in enumerate(kept) if len(link.original) == 1
             and _short(original, link.original[0]) and _short(translation, j)),
            default=(0.0, -1),
        )  # fmt: skip
        if best[0] >= _CROSSING + 0.1:
            link = kept[best[1]]
            kept[best[1]] = Link(link.original, tuple(sorted((*link.translation, j))), link.score)
            free_right.remove(j)
    for i in list(free_left):
        best = max(
            ((float(score(i, link.translation[0])), k) for k, link in enumerate(kept) if len(link.translation) == 1
             and _short(original, i) and _short(translation, link.translation[0])),
            default=(0.0, -1),
        )  # fmt: skip
        if best[0] >= _CROSSING + 0.1:
            link = kept[best[1]]
            kept[best[1]] = Link(tuple(sorted((*link.original, i))), link.translation, link.score)
            free_left.remove(i)
    return kept


def _before(links: list[Link], j: int) -> int:
    """Where a gap of the translation belongs among the original's segments."""
    return max((link.original[-1] for link in links if link.original and link.translation and link.translation[0] < j), default=-1)


def _short(witness: Witness, index: int) -> bool:
    return len(witness.segments[index].place.envelope) <= _CROSSING_LENGTH


def _pair_sentences(link: Link, index: int, original: Witness, translation: Witness) -> list[SentencePair]:
    left = [s for i in link.original for s in original.segments[i].sentence_tokens()]
    right = [s for j in link.translation for s in translation.segments[j].sentence_tokens()]
    if not left or not right:
        return [_pair(s, (), index) for s in left] + [_pair((), s, index) for s in right]
    if len(left) == 1 or len(right) == 1:
        return [_pair(_join(left), _join(right), index)]
    evidence = gather([answer(s) for s in left], [call(s) for s in right])
    return [_pair(_join([left[i] for i in b.original]), _join([right[j] for j in b.translation]), index)
            for b in _no_gaps(align_beads(evidence, band=10_000))]  # fmt: skip


def _no_gaps(beads: list[Bead]) -> list[Bead]:
    """Sentence gaps inside a linked paragraph joined to a neighbour: a sentence without opposite has none to ask."""
    merged: list[Bead] = []
    for bead in beads:
        if merged and (not bead.original or not bead.translation or not merged[-1].original or not merged[-1].translation):
            last = merged.pop()
            merged.append(Bead(last.original + bead.original, last.translation + bead.translation, max(last.score, bead.score)))
        else:
            merged.append(bead)
    return merged


def _join(sentences: list[tuple[Token, ...]]) -> tuple[Token, ...]:
    return tuple(t for s in sentences for t in s)


def _pair(left: tuple[Token, ...], right: tuple[Token, ...], index: int) -> SentencePair:
    answers: tuple[Answer, ...] = answer(left)
    calls: tuple[Called, ...] = call(right)
    links = link_words(answers, calls)
    return SentencePair(left, right, links, round(literalness(answers, links), 4), index)
