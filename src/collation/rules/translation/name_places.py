"""The place of a name that has no answer: where it would be opposite, what is left over there, and what hangs."""

from __future__ import annotations

from collation.evidence.context import Context
from collation.evidence.holes import name_gains
from collation.evidence.unanswered_runs import Facing, unanswered_weights
from collation.model import SentencePair, Token
from collation.rules.translation.hanging_words import hangs
from collation.rules.translation.lone_names import Unanswered
from collation.rules.translation.name_answers import opposite_side, other_tokens, own_tokens, partners

_LINKED = 0.35  # score of a link that says where a name is
_SEEN = 8  # tokens before and behind a name among which a linked word says where it is
_AGREE = 3  # tokens by which the two may differ
_NEAR = 3  # tokens around a place among which unanswered words are counted
_MOST, _MOST_OWN, _MANY = 3, 4, 8  # unanswered words, and other counts, beyond which more say no more
_GAPS, _SURE_GAPS = (
    4,
    3,
)  # places around that of a name between which it may be missing; where its neighbours agree on it
_MOST_GAIN, _LEAST_GAIN = 4.0, -4.0  # log-odds of a lost name beyond which more says no more, or less
_SURE_GAIN = 1.8  # log-odds from which a name is missing there; one sound gap in a thousand has more
_CLOSED = 3  # tokens apart at which the counterparts of a name's neighbours leave no place for it
_ENGLISH_PRONOUNS = frozenset(
    "he she it they him her them his its their who whose which that one former latter".split()
)
_RUSSIAN_PRONOUNS = frozenset(
    "он она оно они его ее её их им ему ей ним него нее неё них нам который которая которое которые которых которого".split()
)


def links_of(pair: SentencePair, side: Facing) -> dict[int, int]:
    """The index opposite of each word of a side that has a link."""
    return {
        (w.original if side == "original" else w.translation): (w.translation if side == "original" else w.original)
        for w in pair.words
        if w.score >= _LINKED
    }


def expected_place(pair: SentencePair, side: Facing, i: int) -> tuple[float, bool]:
    """Where a word would be opposite, by the nearest linked words around it, and whether those agree."""
    links, n, m = links_of(pair, side), len(own_tokens(pair, side)), len(other_tokens(pair, side))
    before = next((k for k in range(i - 1, max(-1, i - _SEEN), -1) if k in links), None)
    after = next((k for k in range(i + 1, min(n, i + _SEEN)) if k in links), None)
    by_before = None if before is None else links[before] + (i - before)
    by_after = None if after is None else links[after] - (after - i)
    if before is not None and after is not None and by_before is not None and by_after is not None:
        middle = (by_before * (after - i) + by_after * (i - before)) / (after - before)
        return middle, abs(by_before - by_after) <= _AGREE
    known = by_before if by_before is not None else by_after
    return (float(known), False) if known is not None else (i * m / max(1, n), False)


def left_around(context: Context, side: Facing, name: Unanswered, expected: float) -> dict[str, float]:
    """How much is left over near a name, and near its place opposite."""
    opposite = unanswered_weights(context, opposite_side(side), name.pair)
    own = unanswered_weights(context, side, name.pair)
    near = [k for k, w in enumerate(opposite) if w > 0.0 and abs(k - expected) <= _NEAR]
    others = other_tokens(context.pairs[name.pair], side)
    mine = [k for k, w in enumerate(own) if w > 0.0 and k != name.index]
    return {
        "left_near": min(_MOST, len(near)),
        "nothing_near": float(not near),
        "names_near": min(2, sum(others[k].text[:1].isupper() for k in near)),
        "own_near": min(_MOST_OWN, sum(abs(k - name.index) <= _NEAR for k in mine)),
        "own_left": min(_MANY, len(mine)) / _MANY,
        "left": min(_MANY, sum(w > 0.0 for w in opposite)) / _MANY,
    }


def place_left(context: Context, side: Facing, name: Unanswered, expected: float) -> dict[str, float]:
    """What stands at the place opposite: nothing, where the counterparts of the words on both sides of a name are neighbours; a
    pronoun that may stand for it, a small word left hanging, words in capitals."""
    pair = context.pairs[name.pair]
    links, others = links_of(pair, side), other_tokens(pair, side)
    before = next((links[k] for k in range(name.index - 1, max(-1, name.index - _SEEN), -1) if k in links), None)
    after = next((links[k] for k in range(name.index + 1, name.index + _SEEN) if k in links), None)
    pronouns = _ENGLISH_PRONOUNS if side == "original" else _RUSSIAN_PRONOUNS
    first, last = max(0, round(expected) - _NEAR - 1), round(expected) + _NEAR + 1
    near = others[first:last]
    return {
        "adjacent": float(before is not None and after is not None and after - before == 1),
        "closed": float(before is not None and after is not None and 0 < after - before <= _CLOSED),
        "pronoun": float(any(t.text.lower() in pronouns for t in near)),
        "pronouns": float(any(t.text.lower() in pronouns for t in others)),
        "hanging": float(any(hangs(others, k, opposite_side(side)) for k in range(first, min(len(others), last)))),
        "capitals": min(_MOST, _short_forms(others, context, side, name.pair)),
    }


def hole(context: Context, side: Facing, name: Unanswered, expected: float, sure: bool) -> dict[str, float]:
    """How much more usual the words opposite would be with a name between two of them, at the place of a name and around it."""
    gains = name_gains(context, opposite_side(side), name.pair)
    reach = _SURE_GAPS if sure else _GAPS
    at = min(len(gains) - 1, max(0, round(expected)))
    near, there = gains[max(0, at - reach) : at + reach + 1], gains[max(0, at - 1) : at + 2]
    clear = min(1.0, max(0.0, *there) / _MOST_GAIN)
    return {
        "hole": min(1.0, max(0.0, *near) / _MOST_GAIN),
        "hole_there": min(1.0, max(_LEAST_GAIN, *there) / _MOST_GAIN),
        "hole_clear": clear,
        "hole_taken": clear * name.taken,
        "hole_small": clear * own_tokens(context.pairs[name.pair], side)[name.index].text[0].islower(),
        "hole_english": clear * (side == "translation"),
    }


def gap_opposite(context: Context, side: Facing, number: int, index: int) -> int | None:
    """The token opposite before which the name is missing that a side has at an index of a pair; None where nothing shows it."""
    gains = name_gains(context, opposite_side(side), number)
    at = min(len(gains) - 1, max(1, round(expected_place(context.pairs[number], side, index)[0])))
    near = range(max(1, at - 1), min(len(gains), at + 2))
    best = max(near, key=lambda k: gains[k], default=0)
    return best if best and gains[best] >= _SURE_GAIN else None


def _short_forms(others: tuple[Token, ...], context: Context, side: Facing, number: int) -> int:
    """How many words in capitals opposite have no link: МИД, НКИдел, "U.S.", initials stand for names of several words."""
    taken = partners(context.pairs[number], side)
    short = (k for k, t in enumerate(others) if t.kind == "word" and t.text[:2].isupper() and t.text not in {"I", "A"})
    return sum(k not in taken for k in short)
