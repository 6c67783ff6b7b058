"""Names of either side without an answer, words side by side taken for one name, and how likely they are faults.

The weights are learned (``learning/translation_faults.py``); a free translation makes every name without an answer less of a fault.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from collation.evidence.context import Context, is_attested
from collation.knowledge.names.syllables import without_possessive
from collation.model import Place
from collation.rules.translation.learned_weights import FOREST, forest_odds, weighed
from collation.rules.translation.missing_passages import literalness
from collation.rules.translation.name_measures import LoneName, lone_names

_WEIGHTS, _TREES = "name_faults.tsv", "name_trees.json"
_FREE, _EVEN_FREE = 4.0, 0.6  # a free translation, below the share of the document that is explained
_NO_NAME, _UNLIKE = (
    5.0,
    0.4,
)  # a Russian word that nothing attests is rather the same name, misread, the liker it sounds
_GLOSS = 60  # characters before a name in which a bracket is open
_JOINTS = " \n-–."  # between the words of one name


@dataclass(frozen=True, slots=True)
class NameRun:
    """Names without an answer that stand side by side and are one: Jiang Jieshi. ``odds`` are those of the surest."""

    names: tuple[LoneName, ...]
    odds: float

    @property
    def first(self) -> LoneName:
        return self.names[0]

    @property
    def text(self) -> str:
        return " ".join(without_possessive(name.token.text) for name in self.names)

    @property
    def place(self) -> Place:
        last = self.names[-1].token
        if len(self.names) == 1 and self.first.side == "original":
            return last.place
        return Place.at(self.first.token.start, last.start + len(without_possessive(last.text)))


def name_runs(context: Context) -> Iterator[NameRun]:
    """The names of both sides without an answer, those that stand side by side together."""
    found: list[LoneName] = []
    for lone in lone_names(context):
        if lone.measures["related"] or _is_gloss(context, lone):
            continue
        if found and not _is_joined(context, found[-1], lone):
            yield _run(context, found)
            found = []
        found.append(lone)
    if found:
        yield _run(context, found)


def _is_gloss(context: Context, lone: LoneName) -> bool:
    """Whether a name is the translator's own, in square brackets: Jiang Jieshi [Chiang Kai-shek]."""
    before = context.text[max(0, lone.token.start - _GLOSS) : lone.token.start]
    return lone.side == "translation" and before.rfind("[") > before.rfind("]")


def _run(context: Context, names: list[LoneName]) -> NameRun:
    return NameRun(tuple(names), max(_log_odds(context, lone) for lone in names))


def _is_joined(context: Context, one: LoneName, other: LoneName) -> bool:
    """Whether two names stand side by side: words of one name."""
    if (one.side, one.pair) != (other.side, other.pair):
        return False
    return not context.text[one.token.stop : other.token.start].strip(_JOINTS)


def _log_odds(context: Context, lone: LoneName) -> float:
    """The sum of the weights; a free document takes something from it, and so does a Russian word that nothing attests."""
    odds = weighed(_WEIGHTS, lone.measures | {FOREST: forest_odds(_TREES, lone.measures)})
    misread = _NO_NAME * max(0.0, lone.measures["sound"] - _UNLIKE)
    unknown = lone.side == "original" and not lone.measures["elsewhere"] and not is_attested(lone.token.text)
    return odds - _FREE * max(0.0, _EVEN_FREE - literalness(context)) - (misread if unknown else 0.0)
