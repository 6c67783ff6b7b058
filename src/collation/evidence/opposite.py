"""What is just opposite a word: the English between the counterparts of its neighbours.

Function words have no link of their own to be trusted; but between the counterparts of the words around them there is
"and" or "in" or "to".
"""

from __future__ import annotations

from collation.alignment.affinity import affinity, answer
from collation.evidence.context import Context
from collation.model import Token

_REACH = 4  # tokens on either side within which an answered word shows where the place is opposite
_MARGIN = 2  # English tokens beyond those that still belong to it
_ANSWERS = 0.4  # affinity from which a reading answers an English word


def window(context: Context, pair: int, start: int, stop: int) -> tuple[int, int] | None:
    """The half-open range of English tokens between the counterparts of the nearest linked neighbours."""
    links = context.answered[pair]
    left = next((links[i] for i in range(start - 1, max(-1, start - 1 - _REACH), -1) if i in links), None)
    right = next((links[i] for i in range(stop, stop + _REACH) if i in links), None)
    if left is None and right is None:
        return None
    low = min(x for x in (left, right) if x is not None)
    high = max(x for x in (left, right) if x is not None)
    if high - low > 3 * _REACH:
        return None
    return max(0, low - _MARGIN), min(len(context.calls[pair]), high + _MARGIN + 1)


def answered_word(
    context: Context, pair: int, start: int, stop: int, reading: tuple[Token, ...], least: float = _ANSWERS
) -> Token | None:
    """The English word that a reading would answer and that no other Russian word does, or None."""
    claims = context.claims[pair]
    best: tuple[float, Token] | None = None
    for j, called in enumerate(context.calls[pair]):
        claimed = claims.get(j)
        if not called.content or (claimed is not None and not start <= claimed < stop):
            continue
        value = max((affinity(a, called) for a in answer(reading, context.language)), default=0.0)
        if value >= least and (best is None or value > best[0]):
            best = (value, called.token)
    return best[1] if best else None
