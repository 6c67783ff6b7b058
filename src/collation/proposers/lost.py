"""Text lost at a break.

A scanner or transcriber skips a line, most often at the foot or head of a sheet. The Russian then breaks off and goes on
elsewhere, while the translation between the counterparts of the last words before and the first words after has words
that nothing answers. A fragment after the break ("ского империализма") is completed from the English word opposite. Blind
where the translation is free, and to losses inside a line.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from collation.knowledge import morphology
from collation.knowledge.letters import like
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.proposers.base import Proposer
from collation.proposers.context import Context, Word, is_attested
from collation.proposers.wanted import paradigm

CODE = "LAC701"
_BREAK = regex.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r|\f")
_LEAST = 3
_USUAL = 5
_REACH = 8
_LONG = 12
_SHOWN = 14


def propose(context: Context) -> Iterator[Hypothesis]:
    """A loss at every break inside a sentence with unanswered English beside it."""
    words = [w for w in context.words if w.token.kind != "mark"]
    for before, after in zip(words, words[1:], strict=False):
        between = context.text[before.token.stop : after.token.start]
        if not _BREAK.search(between) or len(between) > 400 or not after.text[:1].islower():
            continue
        missing = _unanswered_between(context, before, after)
        fragment = not is_attested(after.text) or _suffix_only(after.text)
        completed = _complete(missing, after.text) if fragment else []
        if completed:
            yield from _fragment(after, completed, missing)
        elif len(missing) >= _LEAST or (fragment and missing):
            yield _gap(context, before, after, missing, fragment=fragment)


def _unanswered_between(context: Context, before: Word, after: Word) -> list[Token]:
    """The English content words that nothing answers, between the counterparts of the words around a break."""
    found: list[Token] = []
    left = _linked(context, before, -1)
    right = _linked(context, after, 1)
    if before.pair == after.pair:
        low = left[1] + 1 if left else 0
        high = right[1] if right else len(context.pairs[before.pair].translation)
        return _free(context, before.pair, low, high) if low <= high else []
    if left:
        found += _free(context, before.pair, left[1] + 1, len(context.pairs[before.pair].translation))
    for pair in range(before.pair + 1, after.pair):
        if not context.pairs[pair].original:
            found += _free(context, pair, 0, len(context.pairs[pair].translation))
    if right:
        found += _free(context, after.pair, 0, right[1])
    return found


def _linked(context: Context, word: Word, step: int) -> tuple[int, int] | None:
    """The nearest word from here on that has a sure counterpart: its index and the counterpart's."""
    links = {link.original: link for link in context.pairs[word.pair].words}
    for i in range(word.index, word.index + step * _REACH, step):
        link = links.get(i)
        if link is not None and link.score >= 0.5 and context.calls[word.pair][link.translation].content:
            return i, link.translation
    return None


def _free(context: Context, pair: int, low: int, high: int) -> list[Token]:
    free = set(context.unanswered(pair))
    return [context.pairs[pair].translation[j] for j in range(low, high) if j in free]


def _suffix_only(word: str) -> bool:
    return word in {"ского", "ской", "ские", "ских", "ский", "ному", "ного", "ной", "ным", "тво", "ство", "ния", "ние"}


def _complete(missing: list[Token], fragment: str) -> list[tuple[str, Token]]:
    """Russian forms that the unanswered English calls for and that end in the fragment."""
    from collation.alignment.affinity import call

    found = []
    for token in reversed(missing):
        for lemma, weight in sorted(call((token,))[0].lemmas.items(), key=lambda item: -item[1])[:6]:
            found += [
                (form, token)
                for form in paradigm(lemma)
                if form.endswith(fragment) and len(form) > len(fragment) + 2 and weight > 0.5 and morphology.is_known(form)
            ]
    return found[:3]


def _fragment(word: Word, completed: list[tuple[str, Token]], missing: list[Token]) -> Iterator[Hypothesis]:
    for form, token in completed:
        features = (
            Feature("strength", 1.6, (word.place,), "", "fragment", (("word", word.text), ("reading", form))),
            Feature("wanted", 1.0, (token.place,), "glossary", "lost-words", (("english", _quote(missing)),)),
        )
        yield Hypothesis(CODE, (word.place,), (Edit(word.place, like(form, word.text)),), features, "original", "retroversion")


def _gap(context: Context, before: Word, after: Word, missing: list[Token], *, fragment: bool) -> Hypothesis:
    place = Place.cover([before.place, after.place])
    strength = 0.5 * (min(len(missing), _LONG) - _USUAL) + (1.2 if fragment else 0.0)
    literal = context.pairs[before.pair].literal
    strength -= 1.0 if literal < 0.4 else 0.0
    features = (
        Feature("strength", strength, tuple(t.place for t in missing[:_SHOWN]), "", "lost-words", (("english", _quote(missing)),)),
        Feature("break", 1.0, (place,), "", "at-a-break", ()),
    )
    text = f"{before.text} ‹…› {after.text}"
    return Hypothesis(CODE, (place,), (Edit(place, text),), features, "original", "retroversion")


def _quote(missing: list[Token]) -> str:
    words = [t.text for t in missing]
    return " ".join(words[:_SHOWN]) + (" …" if len(words) > _SHOWN else "")


PROPOSER = Proposer(CODE, "text lost at a break", propose, why="with-translation")
