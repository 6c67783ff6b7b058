"""How a name without an answer looks: what faces it, what kind of word it is, and whether the document answers it elsewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing, unanswered_weights
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words import morphology
from collation.model import SentencePair, Token
from collation.rules.names.english_names import bare
from collation.rules.names.mentions import name_kinds
from collation.rules.translation.lone_names import (
    Unanswered,
    around,
    is_capitalised,
    opens,
    other_tokens,
    own_tokens,
    stem,
    unanswered_names,
)
from collation.rules.translation.missing_passages import literalness

_LINKED = 0.35  # score of a link that says where a name is
_SURE = 0.6  # score of one by which a name is answered elsewhere
_SEEN = 8  # tokens before and behind a name among which a linked word says where it is
_AGREE = 3  # tokens by which the two may differ
_FACES, _FAR = 2.5, 6.0  # tokens apart at which two names face each other, surely and perhaps
_NOWHERE = 99  # tokens apart where there is none
_NEAR = 3  # tokens around a place among which unanswered words are counted
_MOST, _MOST_OWN, _MANY = 3, 4, 8  # unanswered words, and other counts, beyond which more say no more
_LONG = 60  # tokens of a sentence beyond which it is no longer
_HEADING = 2  # longer words that a sentence must have to be a heading by its capitals
_QUOTES = frozenset('"«»“”„')
_OF_A_NAME = regex.compile(r"(?:[a-z](?:ian|ean|ese|ish|can)s?|-\w+)$")  # what is made from a name: Venusian, Serbians


@dataclass(frozen=True, slots=True)
class LoneName:
    """A name without an answer: the ``side`` it is on, its pair, index and token.

    ``facing`` is the unanswered name opposite that is placed as it is, None where there is none, ``facing_index`` its index
    and ``facing_elsewhere`` how often the document has that one with an answer; ``measures`` are numbers of which most are 0
    to 1, and are named in the weights of the rule.
    """

    side: Facing
    pair: int
    index: int
    token: Token
    facing: Token | None
    facing_index: int
    facing_elsewhere: int
    measures: dict[str, float]


def lone_names(context: Context) -> tuple[LoneName, ...]:
    """The names of both sides that nothing answers, those of the original first."""
    return context.once(_lone_names)


def _lone_names(context: Context) -> tuple[LoneName, ...]:
    sides: tuple[Facing, ...] = ("original", "translation")
    return tuple(_lone(context, side, name) for side in sides for name in unanswered_names(context, side))


def _lone(context: Context, side: Facing, name: Unanswered) -> LoneName:
    pair = context.pairs[name.pair]
    expected, sure = _expected(pair, side, name.index)
    facing, apart = _facing(context, side, name, expected)
    tokens, others = own_tokens(pair, side), other_tokens(pair, side)
    other = others[facing] if facing is not None else None
    measures = {
        "score": name.score,
        "affinity": name.affinity,
        "around": name.around,
        "sound": name.sound,
        "placed": float(sure),
        "faced": float(apart <= _FACES),
        "faced_far": float(_FACES < apart <= _FAR),
        "related": float(other is not None and apart <= _FAR and _related(side, tokens[name.index], other)),
        "english": float(side == "translation"),
        "literal": pair.literal,
        "document": literalness(context),
        "length": min(_LONG, len(tokens)) / _LONG,
        **_around(context, side, name, expected),
        **_kind(context, side, name),
        **_elsewhere(context, side, tokens[name.index]),
    }
    shown, at = (other, facing) if facing is not None and apart <= _FAR else (None, -1)
    answered = context.once(_answered)[_key(_opposite(side), shown)] if shown else 0
    return LoneName(side, name.pair, name.index, tokens[name.index], shown, at, answered, measures)


def _opposite(side: Facing) -> Facing:
    return "translation" if side == "original" else "original"


def _links(pair: SentencePair, side: Facing) -> dict[int, int]:
    """The index opposite of each word of a side that has a link."""
    return {
        (w.original if side == "original" else w.translation): (w.translation if side == "original" else w.original)
        for w in pair.words
        if w.score >= _LINKED
    }


def _expected(pair: SentencePair, side: Facing, i: int) -> tuple[float, bool]:
    """Where a word would be opposite, by the nearest linked words around it, and whether those agree."""
    links, n, m = _links(pair, side), len(own_tokens(pair, side)), len(other_tokens(pair, side))
    before = next((k for k in range(i - 1, max(-1, i - _SEEN), -1) if k in links), None)
    after = next((k for k in range(i + 1, min(n, i + _SEEN)) if k in links), None)
    by_before = None if before is None else links[before] + (i - before)
    by_after = None if after is None else links[after] - (after - i)
    if before is not None and after is not None and by_before is not None and by_after is not None:
        middle = (by_before * (after - i) + by_after * (i - before)) / (after - before)
        return middle, abs(by_before - by_after) <= _AGREE
    known = by_before if by_before is not None else by_after
    return (float(known), False) if known is not None else (i * m / max(1, n), False)


def _facing(context: Context, side: Facing, name: Unanswered, expected: float) -> tuple[int | None, float]:
    """The unanswered name opposite that is nearest to the place of a name, and how far off."""
    pair, best, nearest = context.pairs[name.pair], None, float(_NOWHERE)
    for other in unanswered_names(context, _opposite(side)):
        if other.pair == name.pair:
            back, _ = _expected(pair, _opposite(side), other.index)
            apart = min(abs(expected - other.index), abs(back - name.index))
            if apart < nearest:
                best, nearest = other.index, apart
    return best, nearest


def _related(side: Facing, token: Token, other: Token) -> bool:
    """Whether one of two names may stand for the other: a country and its capital."""
    ours, theirs = (token, other) if side == "original" else (other, token)
    names = authority.by_english(bare(theirs.text))
    return any(authority.related(a, b) for a in authority.borne_by(fold(ours.text)) for b in names)


def _around(context: Context, side: Facing, name: Unanswered, expected: float) -> dict[str, float]:
    """How much is left over near a name, and near its place opposite."""
    opposite = unanswered_weights(context, _opposite(side), name.pair)
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


def _kind(context: Context, side: Facing, name: Unanswered) -> dict[str, float]:
    """What kind of word a name is, and how it stands in its sentence."""
    pair = context.pairs[name.pair]
    tokens, i = own_tokens(pair, side), name.index
    text = bare(tokens[i].text) if side == "translation" else tokens[i].text
    if side == "translation":
        listed, known = bool(context.calls[name.pair][i].lemmas), bool(authority.by_english(text))
        adjective, kinds = _OF_A_NAME.search(text) is not None, known
    else:
        listed, known = morphology.is_known(fold(text)), bool(authority.borne_by(fold(text)))
        adjective = any(p.pos in {"ADJF", "ADJS"} for p in morphology.parses(fold(text))[:1])
        kinds = bool(name_kinds(text))
    links = _links(pair, side)
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(tokens) and is_capitalised(tokens[k])]
    return {
        "opens": float(opens(tokens, i)),
        "listed": float(listed),
        "known": float(known),
        "kinds": float(kinds),
        "adjective": float(adjective),
        "small": float(not text[0].isupper()),
        "short": float(len(text) <= _MOST),
        "hyphen": float("-" in text),
        "plural": float(side == "translation" and text.endswith("s")),
        "part": float(any(k in links for k in beside)),
        "part_alone": float(any(k not in links for k in beside)),
        "heading": _heading(tokens),
        "quoted": float(sum(t.text in _QUOTES for t in tokens[:i]) % 2),
        "latin": float(side == "translation" and _is_latin_there(context, name.pair, text)),
    }


def _heading(tokens: tuple[Token, ...]) -> float:
    """The share of the longer words of a sentence that have a capital; a half where there are too few."""
    words = [t for t in tokens if t.kind == "word" and len(t.text) > _MOST]
    return sum(t.text[0].isupper() for t in words) / len(words) if len(words) > _HEADING else 0.5


def _is_latin_there(context: Context, number: int, english: str) -> bool:
    """Whether the Russian around has the word as it is, in Latin letters: brands, titles."""
    own = plain_latin(english)
    return any(
        plain_latin(t.text) in (own, *plain_latin(english.replace("’", "'")).split("'"))
        for n in around(context, number)
        for t in context.pairs[n].original
        if t.kind == "word" and script(t.text) == "latin"
    )


def _elsewhere(context: Context, side: Facing, token: Token) -> dict[str, float]:
    """Whether the document answers a name elsewhere, and how often it leaves it without."""
    key = _key(side, token)
    return {
        "elsewhere": float(context.once(_answered)[key] > 0),
        "again": float(min(_MOST, context.once(_times_alone)[key] - 1)),
    }


def _key(side: Facing, token: Token | None) -> tuple[Facing, str]:
    text = token.text if token else ""
    return side, stem(text) if side == "original" else bare(text).lower()


def _answered(context: Context) -> Counter[tuple[Facing, str]]:
    """How often each word of either side has a sure answer."""
    found: Counter[tuple[Facing, str]] = Counter()
    for pair in context.pairs:
        for link in pair.words:
            if link.score >= _SURE:
                found.update(_both(pair.original[link.original], pair.translation[link.translation]))
    return found


def _both(ours: Token, theirs: Token) -> Iterator[tuple[Facing, str]]:
    yield _key("original", ours)
    yield _key("translation", theirs)


def _times_alone(context: Context) -> Counter[tuple[Facing, str]]:
    sides: tuple[Facing, ...] = ("original", "translation")
    return Counter(
        _key(side, own_tokens(context.pairs[name.pair], side)[name.index])
        for side in sides
        for name in unanswered_names(context, side)
    )
