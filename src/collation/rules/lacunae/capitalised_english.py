"""English written with capitals that no Russian word answers: what a heading or a name should have read."""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context
from collation.knowledge.letters import case_of
from collation.knowledge.names import authority
from collation.knowledge.words.english import STOP
from collation.model import Token

_LEAST_FREE = 0.6  # share of the capitalised English that nothing answers
_LINKED = 0.6  # score of a link by which a name is answered
_EACH_DEPTH, _MOST_FREE = 4.0, 3  # unanswered words that a whole sentence of distance outweighs; how many of them count
_INSIDE = frozenset({"of", "the", "for", "and", "on", "to", "in", "'s"})


def unanswered_capitals(context: Context, number: int, first: int) -> tuple[Token, ...]:
    """The run of capitalised English that is answered least and is nearest in depth to a Russian word of the same pair.

    ``number`` is that of the sentence pair, ``first`` the index of the Russian word; empty where nothing is unanswered.
    """
    pair = context.pairs[number]
    links = {link.translation: link for link in pair.words}
    best: tuple[float, tuple[Token, ...]] = (0.0, ())
    for indices in _capitalised(context, number):
        content = [j for j in indices if context.calls[number][j].content]
        free = [j for j in content if j not in links or not _names_it(pair.original, links[j].original, links[j].score)]
        if (
            not free
            or len(free) < _LEAST_FREE * len(content)
            or (len(indices) == 1 and not _is_proper(pair.translation, indices[0]))
        ):
            continue
        here, there = first / len(pair.original), indices[0] / len(pair.translation)
        worth = min(_MOST_FREE, len(free)) - _EACH_DEPTH * abs(here - there)
        if not best[1] or worth > best[0]:
            best = worth, tuple(pair.translation[j] for j in indices)
    return best[1]


def _capitalised(context: Context, pair: int) -> Iterator[list[int]]:
    """Runs of capitalised English on one line, small words inside them kept, answered ones at their ends left out."""
    tokens = context.pairs[pair].translation
    answered = {
        k.translation for k in context.pairs[pair].words if _names_it(context.pairs[pair].original, k.original, k.score)
    }
    current: list[int] = []
    for j, token in enumerate([*tokens, None]):
        if token is not None and token.kind == "word" and _on_line(context, tokens, current, j):
            small = token.text.lower() in STOP or token.text.lower() in _INSIDE
            if (token.text[:1].isupper() and not small) or (current and token.text.lower() in _INSIDE):
                current.append(j)
                continue
        while current and (current[-1] in answered or tokens[current[-1]].text.lower() in _INSIDE):
            current.pop()
        if current:
            yield current
        current = []


def _on_line(context: Context, tokens: tuple[Token, ...], current: list[int], j: int) -> bool:
    return not current or "\n" not in context.text[tokens[current[-1]].stop : tokens[j].start]


def _names_it(tokens: tuple[Token, ...], index: int, score: float) -> bool:
    """Whether a link is to a capitalised word and good."""
    return score >= _LINKED and tokens[index].text[:1].isupper()


def _is_proper(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether a lone capitalised word is a name or is in capitals, and not only at the head of a sentence."""
    return case_of(tokens[j].text) == "upper" or bool(authority.by_english(tokens[j].text))
