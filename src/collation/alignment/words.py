"""Words linked inside a sentence pair: best pairs first, each word once, position breaking ties."""

from __future__ import annotations

from collation.alignment.affinity import Answer, Called
from collation.alignment.word_pairs import Matcher
from collation.model import WordLink

_LEAST = 0.25
_DISTANCE = 0.25
_FUNCTION = 0.85
_LARGE = 250_000
_NEAR = 60


def link_words(answers: tuple[Answer, ...], calls: tuple[Called, ...], matcher: Matcher) -> tuple[WordLink, ...]:
    """The links of a sentence pair, in order of the original. A word of either side has at most one link.

    In a pair of very long runs, such as a page without a stop, only words at like positions are compared.
    """
    candidates = []
    n, m = max(1, len(answers)), max(1, len(calls))
    for i, answered in enumerate(answers):
        if answered.token.kind == "mark":
            continue
        light = _FUNCTION if answered.function else 1.0
        middle = i * m // n
        nearby = range(m) if n * m <= _LARGE else range(max(0, middle - _NEAR), min(m, middle + _NEAR))
        for j in nearby if calls else ():
            if calls[j].token.kind == "mark":
                continue
            value = matcher.value(answered, calls[j])
            if value >= _LEAST:
                prior = 1.0 - _DISTANCE * abs(i / n - j / m)
                candidates.append((value * prior * light, value, i, j))
    return _choose(candidates, answers, calls)


def _choose(
    candidates: list[tuple[float, float, int, int]], answers: tuple[Answer, ...], calls: tuple[Called, ...]
) -> tuple[WordLink, ...]:
    candidates.sort(key=lambda c: (-c[0], c[2], c[3]))
    taken_i: set[int] = set()
    taken_j: set[int] = set()
    links = []
    for _, value, i, j in candidates:
        if i in taken_i or j in taken_j:
            continue
        taken_i.add(i)
        taken_j.add(j)
        links.append(WordLink(i, j, round(value, 4), _kind(answers[i], calls[j])))
    return tuple(sorted(links, key=lambda link: link.original))


def _kind(answered: Answer, called: Called) -> str:
    if answered.number:
        return "number"
    if any(form in called.lemmas for form in answered.lemmas):
        return "lexicon"
    return "name" if answered.name and called.name else "family"


def literalness(answers: tuple[Answer, ...], links: tuple[WordLink, ...]) -> float:
    """The share of the original's content words that have a link; 0 for a side without content words."""
    content = [i for i, a in enumerate(answers) if a.content or a.number]
    if not content:
        return 0.0
    linked = {link.original for link in links}
    return sum(1 for i in content if i in linked) / len(content)
