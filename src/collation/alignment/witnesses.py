"""Several Russian witnesses of one text collated: the only importer of collatex.

CollateX costs n·m, cannot recognise a merged word, and fails on an empty witness. So rapidfuzz finds what is
equal in all witnesses first; merged and split words are glued by their letters; CollateX sees only windows
of at most 100 tokens around the differences. A window beyond the budget is aligned by rapidfuzz alone, and
the table says so. The witnesses are aligned in the order of their sigla, so that the order of the call
changes only that of the cells. Differences are classed against the first witness of the call. Blind to
rewriting on a large scale.
"""

from __future__ import annotations

from typing import Any

from rapidfuzz.distance import Levenshtein

from collation.alignment.variants import Piece, glue, normal, variants
from collation.model import Table, Token

WINDOW = 100
BUDGET = 250_000
TOTAL = 2_000_000
_AROUND = 3

Tokens = tuple[Token, ...]
Row = tuple[Piece, ...]  # the cells of one column, in the order of the sigla
Anchor = tuple[int, ...]  # one token of every witness, equal in all
Range = tuple[int, int]  # a window covers the gaps first..last and the anchors between them


def collate(witnesses: list[tuple[str, Tokens]]) -> Table:
    """The alignment table of the witnesses (siglum and tokens), in the order given. No token is lost or made.

    Raises ValueError when two witnesses have one siglum.
    """
    sigla = tuple(siglum for siglum, _ in witnesses)
    if len(set(sigla)) != len(sigla):
        raise ValueError(f"each witness has a siglum of its own: {', '.join(sigla)}")
    order = sorted(range(len(sigla)), key=lambda i: sigla[i])
    tokens = [witnesses[i][1] for i in order]
    anchors = _anchors([[normal(t) for t in own] for own in tokens])
    rows: list[Row] = []
    warnings: list[str] = []
    spent = done = 0
    for first, last in _windows(anchors, tuple(len(own) for own in tokens)):
        rows.extend(_equal(tokens, anchors[done:first]))
        parts = _between(tokens, anchors, first, last)
        spent += _cost(parts)
        if _cost(parts) > BUDGET or spent > TOTAL:
            warnings.append(_coarse(parts))
            rows.extend(_plain_rows([[(t,) for t in part] for part in parts]))
        else:
            rows.extend(_fine_rows(parts))
        done = last
    rows.extend(_equal(tokens, anchors[done:]))
    back = [order.index(i) for i in range(len(order))]
    return Table(sigla, variants([tuple(row[i] for i in back) for row in rows]), tuple(warnings))


def _equal(tokens: list[Tokens], anchors: list[Anchor]) -> list[Row]:
    return [tuple((own[at],) for own, at in zip(tokens, anchor, strict=True)) for anchor in anchors]


def _coarse(parts: list[Tokens]) -> str:
    """The warning of a window that was too large for CollateX."""
    sizes = " × ".join(str(len(part)) for part in parts)
    first = next(part for part in parts if part)[0]
    where = f"from “{first.text}” (offset {first.start}) on"
    return f"{where} {sizes} words differ; only equal words were paired there"


def _cost(parts: list[Tokens]) -> int:
    """What CollateX would spend on a window: it aligns the witnesses one after another to what it has."""
    seen = cost = 0
    for part in parts:
        cost += seen * len(part)
        seen = max(seen, len(part))
    return cost


# What is equal in all witnesses, and the windows of differences between.


def _anchors(words: list[list[str]]) -> list[Anchor]:
    """Tokens equal in all witnesses, along one monotone path; the first witness leads."""
    if not words:
        return []
    lead, *others = words
    partners: list[list[int]] = [[k] for k in range(len(lead))]
    for other in others:
        for block in Levenshtein.opcodes(lead, other):
            if block.tag == "equal":
                for k in range(block.src_end - block.src_start):
                    partners[block.src_start + k].append(block.dest_start + k)
    return [tuple(found) for found in partners if len(found) == len(words)]


def _windows(anchors: list[Anchor], ends: Anchor) -> list[Range]:
    """Ranges of gaps between anchors that hold all differences, widened by some anchors if there is room."""
    bounds = [tuple(-1 for _ in ends), *anchors, ends]
    found: list[Range] = []

    def size(first: int, last: int) -> int:
        return max(b - a - 1 for a, b in zip(bounds[first], bounds[last + 1], strict=True))

    for gap in range(len(anchors) + 1 if ends else 0):
        if size(gap, gap) == 0:
            continue
        low, high = max(0, gap - _AROUND), min(len(anchors), gap + _AROUND)
        if found and low <= found[-1][1] + 1:
            first, last = found[-1]
            if size(first, max(last, high)) <= WINDOW:
                found[-1] = (first, max(last, high))
                continue
            if gap <= last:
                continue
            low = last + 1
        found.append((low, high) if size(low, high) <= WINDOW else (gap, gap))
    return found


def _between(tokens: list[Tokens], anchors: list[Anchor], first: int, last: int) -> list[Tokens]:
    """The tokens of each witness in a window."""
    parts = []
    for which, own in enumerate(tokens):
        start = anchors[first - 1][which] + 1 if first else 0
        stop = anchors[last][which] if last < len(anchors) else len(own)
        parts.append(own[start:stop])
    return parts


# The rows of one window.


def _fine_rows(parts: list[Tokens]) -> list[Row]:
    """A window aligned by CollateX, torn words glued before; witnesses that are empty here stay out."""
    glued = glue(parts)
    present = [i for i, part in enumerate(glued) if part]
    if len(present) == 1:
        return [_row(len(parts), {present[0]: piece}) for piece, _ in glued[present[0]]]
    rows = _collatex([glued[i] for i in present])
    if rows is None:
        return _plain_rows([[piece for piece, _ in part] for part in glued])
    return [_row(len(parts), {present[i]: piece for i, piece in row.items()}) for row in rows]


def _row(width: int, cells: dict[int, Piece]) -> Row:
    return tuple(cells.get(i, ()) for i in range(width))


def _collatex(parts: list[list[tuple[Piece, str]]]) -> list[dict[int, Piece]] | None:
    """CollateX's columns, by witness; None when it loses, doubles or moves a token."""
    import collatex

    names = [f"{i:03d}" for i in range(len(parts))]
    asked = [
        {"id": name, "tokens": [{"t": text, "n": text, "at": at} for at, (_, text) in enumerate(part)]}
        for name, part in zip(names, parts, strict=True)
    ]
    table: Any = collatex.collate({"witnesses": asked}, output="table", segmentation=False, near_match=True)
    rows: list[dict[int, Piece]] = []
    seen: list[list[int]] = [[] for _ in parts]
    for column in table.columns:
        row: dict[int, Piece] = {}
        for name, found in column.tokens_per_witness.items():
            which = names.index(name)
            places = [token.token_data["at"] for token in found]
            seen[which].extend(places)
            row[which] = tuple(t for at in places for t in parts[which][at][0])
        rows.append(row)
    whole = all(places == list(range(len(part))) for places, part in zip(seen, parts, strict=True))
    return rows if whole else None


def _plain_rows(parts: list[list[Piece]]) -> list[Row]:
    """A window aligned by equal words alone: each witness against the fullest, differences side by side."""
    lead = max(range(len(parts)), key=lambda i: len(parts[i]))
    beside: list[dict[int, Piece]] = [{lead: piece} for piece in parts[lead]]
    between: list[list[dict[int, Piece]]] = [[] for _ in range(len(beside) + 1)]
    words = [[normal(t) for piece in part for t in piece[:1]] for part in parts]
    for which, part in enumerate(parts):
        if which == lead:
            continue
        for block in Levenshtein.opcodes(words[lead], words[which]):
            common = min(block.src_end - block.src_start, block.dest_end - block.dest_start)
            for k in range(common):
                beside[block.src_start + k][which] = part[block.dest_start + k]
            for piece in part[block.dest_start + common : block.dest_end]:
                between[block.src_start + common].append({which: piece})
    rows: list[Row] = []
    for extra, own in zip(between, [*beside, None], strict=True):
        rows.extend(_row(len(parts), cells) for cells in extra)
        if own is not None:
            rows.append(_row(len(parts), own))
    return rows
