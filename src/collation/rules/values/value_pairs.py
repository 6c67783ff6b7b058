"""Which dates, times and numbers of the two sides answer each other, and which pairs of them differ.

Values are matched within the linked paragraph, those of one sentence pair first, since a translator may move them;
equal ones leave the field, and what is then left over on both sides of a sentence pair is weighed: are the two of one
kind, of near form, between words that are linked? Translators round, convert and leave out: a value without any such
fellow is no difference. A loose value is set against another only where the words leave no doubt that both say one
thing: ordinals of one noun ("Третий полк", "the second regiment"), stretches of time in words made with a number
("пятидневный запас", "a ten-day supply"), the only hours of a sentence, of one minute. Blind to values that moved to another
paragraph and changed on the way.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.evidence.tables import facing_values
from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import Value, meet, same
from collation.knowledge.values.units_of_measure import is_time
from collation.model import SentencePair
from collation.rules.values.value_closeness import value_closeness

_REACH = 6  # words on either side whose links are looked at
_BESIDE = 5  # tokens behind an equal value where the next ones still face each other
LEAST = 1.0  # score of two unequal values that are set against each other,
SURE = 2.0  # and of those that surely face each other
_IN_TABLE = 3.0  # score of two unequal values in cells that face each other
# Which of several equal values is taken
_SAME_PAIR, _SAME_REGION = 4.0, 2.0  # in one sentence; in one region of the text
_SAME_KIND, _EACH_PIECE = 0.5, 0.5  # of one kind; each piece that both have
_LOOSE = 0.3  # taken for a value that is said loosely
# How surely two unequal values face each other
_BEHIND_EQUAL, _ONLY = 1.0, 0.5  # behind the same equal value; the only ones of the sentence
_SAME_NOUN, _SURE_NOUN = 0.3, 0.8  # both stand before words that answer each other; score of the link that says so
_FUNCTION_WORD, _MOST_AROUND = 0.4, 2.0  # links of function words around them; the most that linked words count


@dataclass(frozen=True, slots=True)
class ValueMention:
    """A value with its place: its sentence pair, the region of the text, how far into the pair it is, 0 to 1.

    A linked paragraph is a region; paragraphs without opposite that follow one another make a region together.
    """

    value: Value
    pair: int
    region: int
    depth: float


@dataclass(frozen=True, slots=True)
class OpposedValues:
    """A value of the original and the one in its place in the translation; ``score`` is how surely."""

    original: ValueMention
    translation: ValueMention
    score: float


@dataclass(frozen=True, slots=True)
class Opposition:
    """What was matched: the equal values, the differing ones, and those that stand alone."""

    equal: tuple[OpposedValues, ...]
    different: tuple[OpposedValues, ...]
    alone: tuple[ValueMention, ...]


def oppose(context: Context) -> Opposition:
    """All values of the document's sentence pairs, matched.

    Cells of tables come first, row by row; then equal values of one sentence pair, then sure differences within a pair, then
    equal values that have
    moved to another sentence, last the less sure differences.
    """
    left, right = value_mentions(context, "original"), value_mentions(context, "translation")
    equal, different = _in_tables(context, left, right)
    left, right = _others(left, equal + different), _others(right, equal + different)
    equal += _equal(left, right, moved=False)
    left, right = _others(left, equal), _others(right, equal)
    different += _different(context, left, right, _Neighbours(equal), SURE)
    left, right = _others(left, different), _others(right, different)
    moved = _equal(left, right, moved=True)
    left, right = _others(left, moved), _others(right, moved)
    equal += moved
    doubtful = _different(context, left, right, _Neighbours(equal), LEAST)
    alone = (*_others(left, doubtful), *_others(right, doubtful))
    return Opposition(tuple(equal), tuple(different + doubtful), alone)


def _in_tables(
    context: Context, left: list[ValueMention], right: list[ValueMention]
) -> tuple[list[OpposedValues], list[OpposedValues]]:
    """The values of table cells that face each other, the equal ones and those that differ."""
    own, other = ({m.value.place: m for m in listed} for listed in (left, right))
    equal, different = [], []
    for a, b in facing_values(context):
        one, two = own.get(a.place), other.get(b.place)
        if one is None or two is None:
            continue
        if same(a, b):
            equal.append(OpposedValues(one, two, _SAME_PAIR))
        elif not (a.loose or b.loose) and value_closeness(a, b) is not None:
            different.append(OpposedValues(one, two, _IN_TABLE))
    return equal, different


def _others(listed: list[ValueMention], matched: list[OpposedValues]) -> list[ValueMention]:
    taken = {id(m) for o in matched for m in (o.original, o.translation)}
    return [m for m in listed if id(m) not in taken]


def value_mentions(context: Context, side: str) -> list[ValueMention]:
    """The values of one side of all sentence pairs, in order of the pairs."""
    found = []
    regions = _regions(context)
    language = (context.language if side == "original" else context.languages.translation).code
    for index, pair in enumerate(context.pairs):
        tokens = pair.original if side == "original" else pair.translation
        region = regions[pair.link] if pair.link >= 0 else -1
        for value in read_values(context, tokens, language, by_cells=True):
            found.append(ValueMention(value, index, region, (value.first + value.last) / (2 * len(tokens))))
    return found


def _regions(context: Context) -> list[int]:
    """For each link the number of its region."""
    found: list[int] = []
    gap = False
    for link in context.aligned.links:
        alone = not (link.original and link.translation)
        found.append(found[-1] if found and alone and gap else len(set(found)))
        gap = alone
    return found


def _equal(left: Sequence[ValueMention], right: Sequence[ValueMention], *, moved: bool) -> list[OpposedValues]:
    rivals = _grouped(right, by_region=moved)
    candidates = []
    for a in left:
        keys = (a.region - 1, a.region, a.region + 1) if moved else (a.pair,)
        for key in keys:
            candidates += [(_nearness(a, b), a, b) for b in rivals.get(key, ()) if same(a.value, b.value)]
    return _best_first(candidates)


def _grouped(listed: Sequence[ValueMention], *, by_region: bool) -> dict[int, list[ValueMention]]:
    """The mentions by their region or by their sentence pair."""
    found: dict[int, list[ValueMention]] = {}
    for mention in listed:
        found.setdefault(mention.region if by_region else mention.pair, []).append(mention)
    return found


def _nearness(a: ValueMention, b: ValueMention) -> float:
    """Which of several equal values to take: the same sentence, the fuller agreement, the same depth."""
    score = _SAME_PAIR if a.pair == b.pair else _SAME_REGION if a.region == b.region else 0.0
    if a.value.kind == b.value.kind:
        score += _SAME_KIND + _EACH_PIECE * min(len(a.value.pieces), len(b.value.pieces))
    return score - abs(a.depth - b.depth) - _LOOSE * (a.value.loose + b.value.loose)


def _best_first(candidates: list[tuple[float, ValueMention, ValueMention]]) -> list[OpposedValues]:
    candidates.sort(key=lambda c: (-c[0], c[1].value.place, c[2].value.place))
    taken: set[int] = set()
    found = []
    for score, a, b in candidates:
        if id(a) not in taken and id(b) not in taken:
            taken.update((id(a), id(b)))
            found.append(OpposedValues(a, b, score))
    return found


class _Neighbours:
    """Which equal values are where, to ask where the value that follows one should be."""

    def __init__(self, equal: list[OpposedValues]) -> None:
        self._ends = {(o.original.pair, o.original.value.last): o for o in equal}

    def before(self, a: ValueMention) -> ValueMention | None:
        """The translation's partner of the equal value just before, or in the same word ("пяти-шести")."""
        for back in range(-1, _BESIDE):
            found = self._ends.get((a.pair, a.value.first - back))
            if found:
                return found.translation
        return None


def _different(
    context: Context, left: list[ValueMention], right: list[ValueMention], neighbours: _Neighbours, least: float
) -> list[OpposedValues]:
    """The unequal values that take each other's place, best first."""
    doubted, rivals = _grouped(left, by_region=False), _grouped(right, by_region=False)
    candidates = []
    for pair, listed in doubted.items():
        for a in listed:
            before = neighbours.before(a)
            for b in [*rivals.get(pair, ()), *(rivals.get(before.pair, ()) if before and before.pair != pair else ())]:
                alone = len(_firm(listed)) == 1 == len(_firm(rivals.get(pair, ())))
                if (a.value.loose or b.value.loose) and not _surely_face(
                    context, a, b, lone_times=_are_lone_times(listed, rivals.get(pair, ()))
                ):
                    continue
                score = _score(context, a, b, before, alone=alone)
                if score is not None:
                    candidates.append((score, a, b))
    return [o for o in _best_first(candidates) if o.score >= least]


def _firm(listed: Sequence[ValueMention]) -> list[ValueMention]:
    return [m for m in listed if not m.value.loose]


def _surely_face(context: Context, a: ValueMention, b: ValueMention, *, lone_times: bool) -> bool:
    """Whether two values of which one is loose say the same thing, so that they may be doubted all the same."""
    one, two = a.value, b.value
    if a.pair != b.pair or one.kind != two.kind:
        return False
    if one.kind == "time":
        return lone_times and meet(one.piece("minute"), two.piece("minute")) is True
    if one.kind != "number" or not _count_one_noun(context.pairs[a.pair], one, two):
        return False
    return (one.ordinal and two.ordinal) or (one.unit == two.unit and is_time(one.unit))


def _are_lone_times(left: Sequence[ValueMention], right: Sequence[ValueMention]) -> bool:
    """Whether a sentence pair has one time on either side that is without its like."""
    return all([m.value.kind for m in side].count("time") == 1 for side in (left, right))


def _score(
    context: Context, a: ValueMention, b: ValueMention, before: ValueMention | None, *, alone: bool
) -> float | None:
    """How surely two unequal values take each other's place; None where they cannot."""
    gap = b.value.first - before.value.last if before and before.pair == b.pair else _BESIDE
    beside = -1 <= gap < _BESIDE
    form = value_closeness(a.value, b.value)
    if form is None or (a.pair != b.pair and not beside):
        return None
    score = form + (_BEHIND_EQUAL if beside else 0.0)
    if a.pair == b.pair:
        score += surroundings(context, context.pairs[a.pair], a.value, b.value) + (_ONLY if alone else 0.0)
        score += _SAME_NOUN if _count_one_noun(context.pairs[a.pair], a.value, b.value) else -abs(a.depth - b.depth)
    return score


def _count_one_noun(pair: SentencePair, a: Value, b: Value) -> bool:
    """Whether the words behind two values surely answer each other, wherever they are: вышли девять кораблей, nine ships left."""
    return any((k.original, k.translation) == (a.last, b.last) and k.score >= _SURE_NOUN for k in pair.words)


def surroundings(context: Context, pair: SentencePair, a: Value, b: Value) -> float:
    """How well the words round the two values are linked with one another, 0 to about 2."""
    found = []
    for link in pair.words:
        left = _distance(link.original, a.first, a.last)
        right = _distance(link.translation, b.first, b.last)
        if 0 < left <= _REACH and 0 < right <= _REACH:
            light = _FUNCTION_WORD if _is_function(context, pair, link.original) else 1.0
            found.append(light * link.score * (1 - (left - 1) / _REACH) * (1 - (right - 1) / _REACH))
    return min(_MOST_AROUND, sum(found))


def _distance(index: int, first: int, last: int) -> int:
    return first - index if index < first else index - last + 1 if index >= last else 0


def _is_function(context: Context, pair: SentencePair, index: int) -> bool:
    lemmas = context.language.lemmas(fold(pair.original[index].text))[:1]
    return bool(lemmas) and lemmas[0] in context.language.function_words
