"""What the other documents of a collection have, without the one that is examined: no document witnesses for itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from collation.alignment.affinity import Called
from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.evidence.unanswered_runs import answers
from collation.knowledge.collection import NAMED, Collection, Groups, Use, frames_of, is_counted
from collation.knowledge.letters import fold
from collation.knowledge.values.quantities import Value
from collation.model import Token, Witness

NOWHERE = Use(0, ())
_LITERAL = 0.3  # share of a pair that its translation explains, below which what is opposite says nothing
_OPEN = 5  # words of a pair without an answer, on a side, beyond which they are not taken for each other's
_HEAD = 80  # tokens of a text in which its number and its day are sought
_SIGNS = frozenset({"№", "n", "no", "nr", "."})
_FROM = frozenset({"из", "from"})

Pairs = frozenset[tuple[str, str]]


def known(context: Context) -> Collection:
    """What is known of the collection; an empty one where the settings name none."""
    return context.knowledge.collection or _NONE


_NONE = Collection()


def others(context: Context, form: str) -> Use:
    """The other documents that have a folded form."""
    return _without(context, known(context).forms.get(form), is_own=bool(context.forms[form]))


def fillers(context: Context, frame: str) -> dict[str, Use]:
    """What the other documents have in a frame, folded."""
    own = context.once(_own_frames).get(frame, set())
    return _all_without(context, known(context).frames.get(frame, {}), own)


def rendered(context: Context, english: str) -> dict[str, Use]:
    """The rare forms that the other documents have opposite an English lemma."""
    uses = known(context).renderings.get(english)
    return _all_without(context, uses, context.once(_own_renderings).get(english, ())) if uses else {}


def together(uses: Iterable[Use]) -> Use:
    """The documents that have one of several forms, at least: a document may have two of them."""
    listed = list(uses)
    names = tuple(sorted({name for use in listed for name in use.names}))
    return Use(max([len(names), *(use.documents for use in listed)]), names[:NAMED])


def _all_without(context: Context, uses: Mapping[str, Use], own: Iterable[str]) -> dict[str, Use]:
    mine = frozenset(own)
    found = {key: _without(context, use, is_own=key in mine) for key, use in uses.items()}
    return {key: use for key, use in found.items() if use.documents}


def _without(context: Context, use: Use | None, *, is_own: bool) -> Use:
    if use is None:
        return NOWHERE
    own = known(context).texts.get(context.document.source.digest)
    if own is None or not is_own:
        return use
    return Use(use.documents - 1, tuple(name for name in use.names if name != own))


def _own_frames(context: Context) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in context.pairs:
        for token, frame in frames_of(pair.original):
            found.setdefault(frame, set()).add(fold(token.text))
    return found


def frames_by_start(context: Context) -> dict[int, str]:
    """The frame of each word of the original that has one, by where the word begins."""
    return {token.start: frame for pair in context.pairs for token, frame in frames_of(pair.original)}


# How rare words are rendered


def renderings(context: Context) -> Pairs:
    """The rare forms of the original, each with the English lemmas that may render it: the one that it is linked to, else
    those of its pair that nothing answers.
    """
    return frozenset(
        (fold(t.text), lemma) for number in range(len(context.pairs)) for t, lemma in rendered_in(context, number)
    )


def _own_renderings(context: Context) -> dict[str, set[str]]:
    """The rare forms by the English lemmas that may render them."""
    found: dict[str, set[str]] = {}
    for form, lemma in context.once(renderings):
        found.setdefault(lemma, set()).add(form)
    return found


def calls_by_start(context: Context) -> dict[int, tuple[int, Called]]:
    """The content words of the translation with the numbers of their pairs, by where they begin."""
    return {
        called.token.start: (number, called)
        for number, calls in enumerate(context.calls)
        for called in calls
        if called.content
    }


def rendered_in(context: Context, number: int) -> Iterator[tuple[Token, str]]:
    """The same of one sentence pair, with the words as tokens."""
    if not context.aligned.parallel or context.pairs[number].literal < _LITERAL:
        return
    calls, linked = context.calls[number], context.answered[number]
    own = [(i, a) for i, a in enumerate(answers(context, number)) if a.content and is_counted(fold(a.token.text))]
    free = open_lemmas(context, number)
    lone = sum(i not in linked for i, _ in own) <= _OPEN
    for i, answer in own:
        if i in linked:
            yield answer.token, calls[linked[i]].lemma
        elif lone:
            yield from ((answer.token, lemma) for lemma in free)


def open_lemmas(context: Context, number: int) -> tuple[str, ...]:
    """The English lemmas of a pair that no Russian word answers, none where they are many."""
    calls = context.calls[number]
    found = dict.fromkeys(calls[j].lemma for j in context.unanswered(number) if not calls[j].number)
    return tuple(found) if len(found) <= _OPEN else ()


# Which number has which day


@dataclass(frozen=True, slots=True)
class Numbered:
    """A letter's own number and day as one of its texts has them; ``series`` is the word before the number and where it is from."""

    series: str
    number: int
    day: date
    value: Value


def numbered(context: Context) -> tuple[Numbered, ...]:
    """The number and the day at the head of each text of the document that has both."""
    return tuple(found for w in context.document.witnesses if (found := _numbered(context, w)) is not None)


def _numbered(context: Context, witness: Witness) -> Numbered | None:
    segments = sorted((*witness.segments, *witness.furniture), key=lambda s: s.tokens[0].start)
    number: tuple[str, int] | None = None
    day: tuple[date, Value] | None = None
    seen = 0
    for segment in segments:
        for value in read_values(context, segment.tokens, witness.language, by_cells=False):
            if seen + value.first >= _HEAD:
                break
            if number is None and value.unit == "number" and value.amount and value.amount.denominator == 1:
                number = (_series(segment.tokens, value), int(value.amount))
            elif day is None and (own := day_of(value)) is not None:
                day = (own, value)
        seen += len(segment.tokens)
        if seen >= _HEAD:
            break
    if number is None or day is None or not number[0]:
        return None
    return Numbered(f"{witness.language} {number[0]}", number[1], *day)


def day_of(value: Value) -> date | None:
    """The day of a full date."""
    parts = [value.known(role) for role in ("year", "month", "day")] if value.kind == "date" else [None]
    try:
        return None if None in parts else date(*(part or 0 for part in parts))
    except ValueError:
        return None


def _series(tokens: tuple[Token, ...], value: Value) -> str:
    """The word before a number, and the word behind "из" after it."""
    first = next(i for i, t in enumerate(tokens) if t is value.pieces[0].token)
    before = first - 1
    while before >= 0 and fold(tokens[before].text) in _SIGNS:
        before -= 1
    if before < 0 or tokens[before].kind != "word":
        return ""
    behind = tokens[first + 1 : first + 3]
    place = fold(behind[1].text) if len(behind) > 1 and fold(behind[0].text) in _FROM else ""
    return f"{fold(tokens[before].text)} {place}".strip()


def _witnessing(context: Context) -> tuple[Numbered, ...]:
    """What a document says to the others: nothing where its own texts differ in the day."""
    found = context.once(numbered)
    return found if len({own.day for own in found}) == 1 else ()


def days_of(context: Context, own: Numbered) -> dict[int, dict[date, Use]]:
    """The days that the other documents have for the numbers of a series."""
    mine = {f"{n.number} {n.day}" for n in _witnessing(context) if n.series == own.series}
    found: dict[int, dict[date, Use]] = {}
    for key, use in _all_without(context, known(context).series.get(own.series, {}), mine).items():
        number, day = key.split()
        found.setdefault(int(number), {})[date.fromisoformat(day)] = use
    return found


def collected_groups(context: Context) -> tuple[Groups, Groups]:
    """What a document gives to the renderings and to the series of its collection."""
    use = Use(1, (context.document.source.label,))
    words = {lemma: dict.fromkeys(forms, use) for lemma, forms in context.once(_own_renderings).items()}
    series: dict[str, dict[str, Use]] = {}
    for own in _witnessing(context):
        series.setdefault(own.series, {})[f"{own.number} {own.day}"] = use
    return words, series
