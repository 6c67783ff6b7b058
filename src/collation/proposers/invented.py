"""Lines that a fluent reader invented.

Where a heading is hard to read a modern reader writes a likely one ("ИНВЕСТИЦИОННО-ПРОМЫСЛОВЫЙ БАНК" for the ministry of
foreign affairs). A short run of capitals none of whose words answers the translation, beside a run of English that
nothing answers, is doubted; the reading is made back from the English by the glossary, the bodies and the names. Blind to
inventions in small letters.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from collation.knowledge import authority, dictionaries, lexicon
from collation.knowledge.english import STOP
from collation.knowledge.letters import case_of, fold, like
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.proposers.base import Proposer
from collation.proposers.context import Context

CODE = "LAC702"
_MOST = 8
_NEAR = 2
_SHORT = 4


def propose(context: Context) -> Iterator[Hypothesis]:
    """Runs of capitals that answer nothing, beside English that nothing answers."""
    for number, pair in enumerate(context.pairs):
        for run in _runs(pair.original):
            linked = {link.original for link in pair.words if link.score >= 0.5}
            if any(i in linked for i in run):
                continue
            if any(authority.is_name_form(fold(pair.original[i].text)) for i in run):
                continue
            english = _opposite_run(context, number) if pair.translation else _neighbour(context, number)
            tokens = [pair.original[i] for i in run]
            if english and (len(run) > 1 or _whole_heading(pair.original, run, len(linked))):
                alone = sum(case_of(t.text) == "upper" for t in pair.original if len(t.text) > 2) == len(run)
                if alone or compose(english):
                    yield _hypothesis(tokens, english)


def _runs(tokens: tuple[Token, ...]) -> Iterator[list[int]]:
    """Runs of two and more words in capitals in a sentence that has others, or a heading's single ones."""
    run: list[int] = []
    for i, token in enumerate(tokens):
        capital = token.kind == "word" and len(token.text) > 2 and case_of(token.text) == "upper"
        if capital:
            run.append(i)
        elif run and token.kind == "word":
            yield from _cut(run)
            run = []
    yield from _cut(run)


def _cut(run: list[int]) -> Iterator[list[int]]:
    if 1 <= len(run) <= _MOST:
        yield run


def _whole_heading(tokens: tuple[Token, ...], run: list[int], linked: int) -> bool:
    """Whether a single word stands first in a short heading whose other words are answered."""
    words = [t for t in tokens if t.kind == "word"]
    capitals = sum(case_of(t.text) == "upper" for t in words)
    return run[0] == 0 and len(words) <= 7 and capitals >= 2 and linked >= 2


def _opposite_run(context: Context, pair: int) -> list[Token]:
    """The longest run of unanswered English that is written like a name or a heading."""
    tokens = context.pairs[pair].translation
    free = set(context.unanswered(pair))
    best: list[Token] = []
    run: list[Token] = []
    for j, token in enumerate(tokens):
        if token.kind == "word" and ((j in free and token.text[0].isupper()) or (run and token.text.lower() in {"of", "the", "for"})):
            run.append(token)
        else:
            best = max(best, run, key=len)
            run = []
    best = max(best, run, key=len)
    while best and best[-1].text.lower() in STOP:
        best = best[:-1]
    return best


def _neighbour(context: Context, pair: int) -> list[Token]:
    """A short English segment without opposite that stands near a Russian one without opposite."""
    link = context.pairs[pair].link
    for other in context.pairs:
        if not other.original and other.translation and abs(other.link - link) <= _NEAR and len(other.translation) <= 3 * _SHORT:
            return [t for t in other.translation if t.kind == "word"]
    return []


def _hypothesis(tokens: list[Token], english: list[Token]) -> Hypothesis:
    place = tokens[0].place if len(tokens) == 1 else Place.cover([t.place for t in tokens])
    words = " ".join(t.text for t in english)
    composed = compose(english)
    strength = 0.4 + (0.8 if composed else 0.0) + (0.3 if len(tokens) > 1 else -0.6)
    features = (
        Feature("strength", strength, tuple(t.place for t in english), "glossary", "invented", (("english", words),)),
        Feature("name", 1.0 if len(tokens) == 1 else 0.0),
    )
    reading = like(composed or "‹…›", tokens[0].text) if composed else "‹…›"
    return Hypothesis(CODE, (place,), (Edit(place, reading.upper()),), features, "original", "retroversion")


def compose(english: list[Token]) -> str:
    """What the English would be in Russian: a listed body or phrase, a name of the authority file; else nothing."""
    words = tuple(t.text.lower() for t in english)
    found = _bodies().get(" ".join(words))
    if found:
        return found
    listed = lexicon.load().retroversions(words)
    if listed:
        return listed[0]
    names = authority.by_english(words[0]) if len(words) == 1 else ()
    return names[0].head if names else ""


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    found: dict[str, str] = {}
    for russian, english, _, _ in dictionaries.rows("organisations.tsv", columns=4):
        for spelling in dictionaries.cell_list(english):
            found.setdefault(spelling.lower(), russian)
    return found


PROPOSER = Proposer(CODE, "line that answers nothing", propose, why="with-translation")
