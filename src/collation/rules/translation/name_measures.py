"""How a name without an answer looks: what faces it, what kind of word it is, and whether the document answers it elsewhere."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.name_kinds import name_kinds
from collation.knowledge.names.sound import same_sound
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words import morphology
from collation.knowledge.words.answered import faithfulness, large_share
from collation.knowledge.words.english import english_lemma
from collation.model import SentencePair, Token
from collation.rules.translation.lone_names import Unanswered, unanswered_names
from collation.rules.translation.missing_passages import literalness
from collation.rules.translation.name_answers import around, opposite_side, other_tokens, own_tokens
from collation.rules.translation.name_places import expected_place, hole, left_around, links_of, place_left
from collation.rules.translation.name_words import (
    is_capitalised,
    is_inside_name,
    is_made_from_name,
    is_name_in_files,
    opens,
    stem,
)

_SURE = 0.6  # score of one by which a name is answered elsewhere
_FACES, _FAR = 2.5, 6.0  # tokens apart at which two names face each other, surely and perhaps
_NOWHERE = 99  # tokens apart where there is none
_MOST = 3  # counts beyond which more say no more
_LONG = 60  # tokens of a sentence beyond which it is no longer
_HEADING = 2  # longer words that a sentence must have to be a heading by its capitals
_EVEN_SHARE = 0.75  # share of a word's uses that have an answer, counted as one use more
_MOST_FAITHFUL = 4.0  # minus the logarithm of a share of unanswered uses beyond which less says no more
_USUAL = 5  # capitalised words that are added to those of a document, with an answer
_TIGHT = 2  # tokens apart at which the answers of the words around a name leave no place for it
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
    expected, sure = expected_place(pair, side, name.index)
    facing, apart = _facing(context, side, name, expected)
    tokens, others = own_tokens(pair, side), other_tokens(pair, side)
    other = others[facing] if facing is not None else None
    measures = {
        "score": name.score,
        "affinity": name.affinity,
        "around": name.around,
        "sound": name.sound,
        "sound_around": name.sound_around,
        "taken": name.taken,
        "placed": float(sure),
        "faced": float(apart <= _FACES),
        "faced_far": float(_FACES < apart <= _FAR),
        "related": float(other is not None and apart <= _FAR and _related(side, tokens[name.index], other)),
        "english": float(side == "translation"),
        "literal": pair.literal,
        "document": literalness(context),
        "length": min(_LONG, len(tokens)) / _LONG,
        **left_around(context, side, name, expected),
        **_kind(context, side, name),
        **_elsewhere(context, side, tokens[name.index]),
        **place_left(context, side, name, expected),
        **hole(context, side, name, expected, sure),
        "faced_listed": float(other is not None and apart <= _FAR and _is_listed(context, name.pair, side, facing)),
        "sound_faced": _likeness(side, tokens[name.index], other) if other is not None and apart <= _FAR else 0.0,
    }
    faithful = _faithful(context, side, tokens[name.index])
    measures |= _beside(context, side, name) | _of_facing(context, side, name, facing, apart)
    measures |= {
        "lone_share": _lone_share(context, side, name),
        "lone_here": min(_MOST, sum(o.pair == name.pair for o in unanswered_names(context, side)) - 1) / _MOST,
        "tight": _tight(pair, side, name.index),
        "faithful": faithful,
        "faithful_literal": faithful * pair.literal,
        "faithful_faced": faithful * measures["faced"],
    }
    shown, at = (other, facing) if facing is not None and apart <= _FAR else (None, -1)
    answered = context.once(_answered)[_key(opposite_side(side), shown)] if shown else 0
    return LoneName(side, name.pair, name.index, tokens[name.index], shown, at, answered, measures)


def _lone_share(context: Context, side: Facing, name: Unanswered) -> float:
    """The share of the capitalised words of the other pairs of a side that have no answer."""
    lone, large = context.once(_lone_and_large, side)
    here = own_tokens(context.pairs[name.pair], side)
    own = sum(o.pair == name.pair for o in unanswered_names(context, side))
    return (sum(lone.values()) - own) / (_USUAL + max(0, large - sum(map(is_capitalised, here))))


def _lone_and_large(context: Context, side: Facing) -> tuple[Counter[int], int]:
    lone = Counter(o.pair for o in unanswered_names(context, side))
    return lone, sum(is_capitalised(t) for p in context.pairs for t in own_tokens(p, side))


def _tight(pair: SentencePair, side: Facing, i: int) -> float:
    """Whether the words on both sides of a name, two off at the most, are answered by words that are next to each other."""
    links = links_of(pair, side)
    before = next((links[k] for k in (i - 1, i - 2) if k in links), None)
    after = next((links[k] for k in (i + 1, i + 2) if k in links), None)
    return float(before is not None and after is not None and 0 < after - before <= _TIGHT)


def _beside(context: Context, side: Facing, name: Unanswered) -> dict[str, float]:
    """Whether the capitalised word before a name, or behind it, has an answer, and whether that one is alone: "Mikhail said" for
    Михаил Мишустин сказал; and whether the pair has the name again, with an answer."""
    pair, i = context.pairs[name.pair], name.index
    tokens, others, links = own_tokens(pair, side), other_tokens(pair, side), links_of(pair, side)
    found = {}
    for step, where in ((-1, "before"), (1, "after")):
        k = i + step
        linked = 0 <= k < len(tokens) and is_capitalised(tokens[k]) and k in links
        there = links[k] - step if linked else -1
        found["part_" + where] = float(linked)
        found["bare_" + where] = float(linked and not (0 <= there < len(others) and others[there].text[:1].isupper()))
    key = _key(side, tokens[i])
    found["again_here"] = float(any(k != i and k in links and _key(side, t) == key for k, t in enumerate(tokens)))
    return found


def _of_facing(context: Context, side: Facing, name: Unanswered, facing: int | None, apart: float) -> dict[str, float]:
    """What kind of word the name is that faces one."""
    if facing is None or apart > _FAR:
        return {}
    back = opposite_side(side)
    other = next(o for o in unanswered_names(context, back) if (o.pair, o.index) == (name.pair, facing))
    own, token = _kind(context, back, other), other_tokens(context.pairs[name.pair], side)[facing]
    kinds = {"facing_" + key: own[key] for key in ("known", "small", "adjective", "part", "heading")}
    ours, theirs = (own_tokens(context.pairs[name.pair], side)[name.index], token)[:: 1 if side == "original" else -1]
    one, two = _files_kinds("original", ours), _files_kinds("translation", theirs)
    return kinds | {
        "facing_elsewhere": float(context.once(_answered)[_key(back, token)] > 0),
        "facing_faithful": _faithful(context, back, token),
        "facing_same_kind": float(bool(one & two)),
    }


def _files_kinds(side: Facing, token: Token) -> frozenset[str]:
    """What a name is by the files: person, place, given, body."""
    if side == "original" and script(token.text) == "cyrillic":
        return authority.kinds_of_name(fold(token.text))
    return frozenset(n.kind for n in authority.by_english(without_possessive(token.text)))


def _facing(context: Context, side: Facing, name: Unanswered, expected: float) -> tuple[int | None, float]:
    """The unanswered name opposite that is nearest to the place of a name, and how far off."""
    pair, best, nearest = context.pairs[name.pair], None, float(_NOWHERE)
    for other in unanswered_names(context, opposite_side(side)):
        if other.pair == name.pair:
            back, _ = expected_place(pair, opposite_side(side), other.index)
            apart = min(abs(expected - other.index), abs(back - name.index))
            if apart < nearest:
                best, nearest = other.index, apart
    return best, nearest


def _likeness(side: Facing, token: Token, other: Token) -> float:
    """How alike two names that face each other sound: Янг, Young."""
    ours, theirs = (token, other) if side == "original" else (other, token)
    return same_sound(ours.text, without_possessive(theirs.text))


def _is_listed(context: Context, number: int, side: Facing, facing: int | None) -> bool:
    """Whether the name that faces one is an ordinary word too."""
    pair = context.pairs[number]
    if facing is None:
        return False
    if side == "original":
        ordinary = bool(context.calls[number][facing].lemmas)
        return ordinary and not is_name_in_files(without_possessive(pair.translation[facing].text), ordinary=True)
    text = pair.original[facing].text
    return morphology.is_known(fold(text)) and not name_kinds(text)


def _related(side: Facing, token: Token, other: Token) -> bool:
    """Whether one of two names may stand for the other: a country and its capital."""
    ours, theirs = (token, other) if side == "original" else (other, token)
    names = authority.by_english(without_possessive(theirs.text))
    return any(authority.related(a, b) for a in authority.borne_by(fold(ours.text)) for b in names)


def _kind(context: Context, side: Facing, name: Unanswered) -> dict[str, float]:
    """What kind of word a name is, and how it stands in its sentence."""
    pair = context.pairs[name.pair]
    tokens, i = own_tokens(pair, side), name.index
    text = without_possessive(tokens[i].text) if side == "translation" else tokens[i].text
    if side == "translation":
        ordinary = bool(context.calls[name.pair][i].lemmas)
        known = is_name_in_files(text, ordinary=ordinary)
        listed = ordinary and not known
        adjective, kinds = _OF_A_NAME.search(text) is not None, known
    else:
        kinds = bool(name_kinds(text))
        listed, known = morphology.is_known(fold(text)) and not kinds, bool(authority.borne_by(fold(text)))
        adjective = any(p.pos in {"ADJF", "ADJS"} for p in morphology.parses(fold(text))[:1])
    links = links_of(pair, side)
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
        "title": _title(pair, side, i),
        "recent": float(_is_recent(context, side, name)),
        "half": float(name.index in {w.original for w in pair.words if w.score >= _SURE} and side == "original"),
        "own_latin": float(side == "original" and script(text) == "latin"),
        "person": float("person" in (files := _files_kinds(side, tokens[i]))),
        "place": float("place" in files),
        "given": float("given" in files),
        "large_share": large_share(stem(text)) if side == "original" and text.islower() else 0.0,
        "made_from_name": float(side == "original" and text.islower() and is_made_from_name(context, text)),
        "inside_name": float(side == "original" and text.islower() and is_inside_name(context, name.pair, i)),
        "latin": float(side == "translation" and _is_latin_there(context, name.pair, text)),
    }


def _title(pair: SentencePair, side: Facing, i: int) -> float:
    """The score of the link of the word just before a name, where it is one in small letters: a title or office that may stand alone
    opposite (министр Лавров, the minister)."""
    if not i or not own_tokens(pair, side)[i - 1].text.islower() or len(own_tokens(pair, side)[i - 1].text) <= _MOST:
        return 0.0
    return max(
        (w.score for w in pair.words if (w.original if side == "original" else w.translation) == i - 1), default=0.0
    )


def _is_recent(context: Context, side: Facing, name: Unanswered) -> bool:
    """Whether the pair before names it too, so that a pronoun may do."""
    token = own_tokens(context.pairs[name.pair], side)[name.index]
    before = own_tokens(context.pairs[name.pair - 1], side) if name.pair else ()
    key = _key(side, token)
    return any(t.kind == "word" and t.text[0].isupper() and _key(side, t) == key for t in before)


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


def _faithful(context: Context, side: Facing, token: Token) -> float:
    """How much it says that a word is without an answer: by what texts do with it in general, or this one with a name."""
    if side == "original":
        own = faithfulness(context.languages.original.code, stem(token.text))
    else:
        own = faithfulness(context.languages.translation.code, english_lemma(without_possessive(token.text)))
    key = _key(side, token)
    had, without = context.once(_answered)[key], context.once(_times_alone)[key]
    here = -math.log(1.0 - (had + _EVEN_SHARE) / (had + without + 1.0)) if had else 0.0
    return min(_MOST_FAITHFUL, max(own, here))


def _key(side: Facing, token: Token | None) -> tuple[Facing, str]:
    text = token.text if token else ""
    return side, stem(text) if side == "original" else without_possessive(text).lower()


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
