"""How tokens of several witnesses are compared: normal form, merged and split words, kinds of difference.

A scanner runs words together and tears them apart; a token-by-token aligner then loses half of the pair.
Here a word is glued to its torn partner when their letters are the same or nearly so, before anything is
aligned.
"""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from collation.knowledge.letters import fold
from collation.model import Column, Token, VariantKind
from collation.model.witness_table import Cell

Piece = tuple[Token, ...]
_SIGNS = str.maketrans("«»“”„’‘—–‐", '"""""\'\'---')
_MOST = 3
_NEARLY = 0.8
_LONG = 8
_ALIKE = 0.64
_MOVED = 20


def normal(token: Token) -> str:
    """The form in which a token is compared: case, ё, the shape of quotes and dashes do not count."""
    return fold(token.text).translate(_SIGNS)


def glue(parts: list[tuple[Token, ...]]) -> list[list[tuple[Piece, str]]]:
    """The pieces of each witness and the text they are compared by; torn words glued to their partners."""
    words = [[normal(t) for t in part] for part in parts]
    vocabularies = [set(own) for own in words]
    return [
        _glued(part, own, vocabularies[:i] + vocabularies[i + 1 :])
        for i, (part, own) in enumerate(zip(parts, words, strict=True))
    ]


def _glued(part: tuple[Token, ...], own: list[str], others: list[set[str]]) -> list[tuple[Piece, str]]:
    lacking = set(own)
    whole = [(sorted(w for w in other if len(w) > 3 and w not in lacking), other) for other in others]
    found: list[tuple[Piece, str]] = []
    at = 0
    while at < len(part):
        length, text = _partner(own, at, whole)
        found.append((part[at : at + length], text))
        at += length
    return found


def _partner(own: list[str], at: int, whole: list[tuple[list[str], set[str]]]) -> tuple[int, str]:
    """How many tokens from an index on are one word elsewhere, and that word; else 1 and the token."""
    for length in range(2, min(_MOST, len(own) - at) + 1):
        pieces = own[at : at + length]
        for words, vocabulary in whole:
            for word in words:
                if _is_torn(pieces, word, vocabulary):
                    return length, word
    return 1, own[at]


def _is_torn(pieces: list[str], word: str, vocabulary: set[str]) -> bool:
    """Whether the pieces are this word of another witness: the same letters, or nearly so."""
    joined = "".join(pieces)
    if joined == word:
        return True
    if len(joined) < _LONG or abs(len(joined) - len(word)) > 0.2 * len(joined):
        return False
    if any(p in vocabulary or not p.isalpha() for p in pieces):
        return False
    alike = Levenshtein.normalized_similarity(joined, word)
    alone = max(Levenshtein.normalized_similarity(p, word) for p in pieces)
    return alike >= _NEARLY and alike > alone + 0.1


def variants(rows: list[tuple[Cell, ...]]) -> tuple[Column, ...]:
    """The rows as columns with their kinds, what only changed its place marked."""
    columns = [Column(cells, tuple(_kind(cells[0], other) for other in cells)) for cells in rows]
    moved = _moves(columns)
    return tuple(
        Column(c.cells, tuple("transposition" if (i, w) in moved else k for w, k in enumerate(c.kinds)))
        for i, c in enumerate(columns)
    )


def _kind(first: Cell, other: Cell) -> VariantKind:
    """How a cell differs from the first witness's."""
    if not first or not other:
        return _absence(first, other)
    if tuple(t.text for t in first) == tuple(t.text for t in other):
        return "same"
    if len(first) != len(other):
        return "split" if len(first) < len(other) else "merge"
    left, right = "".join(t.text for t in first), "".join(t.text for t in other)
    if left.lower() == right.lower():
        return "case"
    if first[0].kind == other[0].kind == "mark":
        return "punctuation"
    if any(t.kind == "number" for t in (*first, *other)):
        return "substitution"
    alike = Levenshtein.normalized_similarity(left.lower(), right.lower())
    return "spelling" if alike >= _ALIKE else "substitution"


def _absence(first: Cell, other: Cell) -> VariantKind:
    if not first and not other:
        return "same"
    if all(t.kind == "mark" for t in (*first, *other)):
        return "punctuation"
    return "omission" if first else "addition"


def _moves(columns: list[Column]) -> set[tuple[int, int]]:
    """Columns and witnesses where a word left out here is added a few columns away."""
    found: set[tuple[int, int]] = set()
    for witness in range(len(columns[0].cells) if columns else 0):
        added = [i for i, c in enumerate(columns) if c.kinds[witness] == "addition"]
        for i, column in enumerate(columns):
            text = _text(column.cells[0])
            if column.kinds[witness] != "omission" or len(text) < 3:
                continue
            for j in added:
                near = abs(i - j) <= _MOVED and (j, witness) not in found
                if near and _text(columns[j].cells[witness]) == text:
                    found |= {(i, witness), (j, witness)}
                    break
    return found


def _text(cell: Cell) -> str:
    return "".join(normal(t) for t in cell)
