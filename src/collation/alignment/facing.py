"""What faces what on the page: rows of paragraphs with the furniture between them, and the sentences that answer each other."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import accumulate

from collation.model import Aligned, Place, Row, Token, Witness


def facing_rows(aligned: Aligned) -> tuple[Row, ...]:
    """The facing pages: linked segments side by side, furniture in its place between them."""
    original, translation = aligned.document.original, aligned.document.translation
    left = original.segments if original else ()
    right = translation.segments if translation else ()
    rows = [
        Row(
            tuple(left[i].place for i in link.original),
            tuple(right[j].place for j in link.translation),
            left[link.original[0]].kind if link.original else right[link.translation[0]].kind,
        )
        for link in aligned.links
    ]
    if not rows:
        rows = [Row((s.place,), (), s.kind) for s in left] + [Row((), (s.place,), s.kind) for s in right]
    furniture = [Row((s.place,), (), "furniture") for s in (original.furniture if original else ())]
    furniture += [Row((), (s.place,), "furniture") for s in (translation.furniture if translation else ())]
    furniture += [Row((p.place,), (), "furniture") for p in aligned.document.passages]
    return tuple(_in_order(rows, furniture))


def _in_order(rows: list[Row], furniture: list[Row]) -> list[Row]:
    """Furniture put before the first row that begins after it on its side."""
    reached = [
        list(accumulate((_begins(side) for side in sides), max))
        for sides in ([r.original for r in rows], [r.translation for r in rows])
    ]
    before: list[list[Row]] = [[] for _ in range(len(rows) + 1)]
    for piece in furniture:
        side, starts = (piece.original, reached[0]) if piece.original else (piece.translation, reached[1])
        before[bisect_right(starts, side[0].start)].append(piece)
    return [row for pieces, own in zip(before, [*([r] for r in rows), []], strict=True) for row in (*pieces, *own)]


def _begins(side: tuple[Place, ...]) -> int:
    return side[0].start if side else -1


def facing_sentences(aligned: Aligned) -> tuple[Row, ...]:
    """The sentences that answer each other, in the order of the links; places are in the text as read.

    A side has a place for each paragraph that it is in. Sentences with nothing opposite are left out.
    """
    original, translation = aligned.document.original, aligned.document.translation
    if original is None or translation is None or not aligned.parallel:
        return ()
    starts = [[s.place.start for s in w.segments] for w in (original, translation)]
    pairs = (pair for pair in aligned.pairs if pair.original and pair.translation)
    return tuple(
        Row(
            tuple(_by_paragraph(pair.original, original, starts[0])),
            tuple(_by_paragraph(pair.translation, translation, starts[1])),
            "sentence",
        )
        for pair in pairs
    )


def _by_paragraph(tokens: Sequence[Token], witness: Witness, starts: Sequence[int]) -> Iterator[Place]:
    """The stretches of a run of tokens, one in each paragraph."""
    begun: Token = tokens[0]
    for token, following in zip(tokens, (*tokens[1:], None), strict=True):
        here = bisect_right(starts, token.start)
        if following is None or bisect_right(starts, following.start) != here:
            yield Place.at(begun.start, token.stop)
            begun = token if following is None else following
