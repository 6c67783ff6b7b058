"""A name that the translation replaces or leaves out, and a name of its own that the Russian does not have.

A translator who works from memory writes Zhou Enlai for Mao Zedong; a typist skips a name of a list. The two names are
both good, so no word list objects; but neither has an answer on the other side, and they are placed alike. Unlike the
exchange of two listed names (NAM402), none of them has to be known: a name is known by its capital, and it is answered by
sound. What should stand there is what the translation writes for the Russian name elsewhere, else its spelling in the
files, else its letters in Latin. A name that no name faces is only asked about: translators put "he" or "the minister" for
one. Blind to names in capitals, to initials, and to one name for another that sounds like it.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, is_attested
from collation.knowledge.letters import fold, like
from collation.knowledge.names import authority
from collation.knowledge.names.romanisation import romanise
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.names.english_names import bare
from collation.rules.translation.lone_names import renderings
from collation.rules.translation.missing_passages import literalness
from collation.rules.translation.name_measures import LoneName, lone_names
from collation.rules.translation.titles import title_slips

CODE = "TRN954"
_PRIOR = 0.0  # log-odds: the weights below have their own constants
_HOPELESS = -2.0  # log-odds below which nothing is said
# Of the weights below, learned from 700 names replaced and left out in 51,000 words of documents, news and tales; at it four
# false queries are asked in ten thousand words
_CONSTANT = -1.76
_WEIGHTS = {  # log-odds of each measure of a name, at 1
    "adjective": -0.51, "affinity": -1.48, "again": -1.54, "around": -0.95, "document": 0.45, "elsewhere": 0.21,
    "english": -0.85, "faced": 0.71, "faced_far": 0.19, "heading": -1.65, "hyphen": -1.54, "kinds": 0.19, "known": 1.33,
    "latin": -3.79, "left": 0.28, "left_near": -0.31, "length": 0.48, "listed": -1.26, "literal": 1.27, "names_near": 0.31,
    "nothing_near": -0.24, "opens": -1.62, "own_left": -0.58, "own_near": -0.51, "part": -0.18, "part_alone": -0.53,
    "placed": 0.42, "plural": 0.52, "quoted": -0.37, "related": -1.94, "score": -2.73, "short": -0.83, "small": 0.67,
    "sound": -0.79,
}  # fmt: skip
_FREE, _EVEN_FREE = 4.0, 0.6  # a free translation, below the share of the document that is explained
_NO_NAME, _UNLIKE = (
    5.0,
    0.4,
)  # a Russian word that nothing attests is rather the same name, misread, the liker it sounds
_BY_LETTERS = (
    -0.2
)  # log-odds above which no reading goes that is made by letters only: it is asked about, and not proposed
_TITLE = 0.3  # log-odds that two titles that face each other are a slip


def propose(context: Context) -> Iterator[Hypothesis]:
    """Names of either side without an answer: two that face each other as one difference, else each for itself."""
    if not context.aligned.parallel:
        return
    odds = {(lone.side, lone.pair, lone.index): _log_odds(context, lone) for lone in lone_names(context)}
    for lone in lone_names(context):
        own = odds[lone.side, lone.pair, lone.index]
        facing = odds.get(("translation" if lone.side == "original" else "original", lone.pair, lone.facing_index))
        if lone.measures["related"]:
            continue
        if facing is None or not lone.measures["faced"]:
            if _PRIOR + own > _HOPELESS:
                yield _left_alone(lone, own)
        elif lone.side == "original" and _PRIOR + max(own, facing) > _HOPELESS:
            yield _replaced(context, lone, max(own, facing))
    yield from _titles(context)


def _log_odds(context: Context, lone: LoneName) -> float:
    """The sum of the weights; a free document takes something from it, and so does a Russian word that nothing attests."""
    odds = _CONSTANT + sum(_WEIGHTS.get(name, 0.0) * value for name, value in lone.measures.items())
    misread = _NO_NAME * max(0.0, lone.measures["sound"] - _UNLIKE)
    unknown = lone.side == "original" and not lone.measures["elsewhere"] and not is_attested(lone.token.text)
    return odds - _FREE * max(0.0, _EVEN_FREE - literalness(context)) - (misread if unknown else 0.0)


def _replaced(context: Context, lone: LoneName, odds: float) -> Hypothesis:
    """Two names that face each other: the English one for the Russian, or, where the document speaks for the English name,
    nothing is said of whose slip it is."""
    english = lone.facing or lone.token
    place = Place.at(english.start, english.start + len(bare(english.text)))
    reading, times = english_for(context, lone.token)
    values = (("russian", lone.token.text), ("english", bare(english.text)))
    is_listed = times or any(name.english for name in authority.borne_by(fold(lone.token.text)))
    features = [
        Feature("strength", odds if is_listed else min(odds, _BY_LETTERS)),
        Feature("name", 1.0),
        Feature("replaced", 1.0, (place, lone.token.place), "", "name-put-for-another", values),
    ]
    if times:
        said = (("russian", lone.token.text), ("reading", reading), ("count", str(times)))
        features.append(Feature("elsewhere", float(times), (), "", "name-rendered-elsewhere", said))
    if not times or lone.facing_elsewhere:
        features.append(Feature("side_unknown", 1.0, (), "", "side-of-name-open"))
    return Hypothesis(
        CODE, (place, lone.token.place), (Edit(place, reading),), tuple(features), "translation", "retroversion"
    )


def _left_alone(lone: LoneName, odds: float) -> Hypothesis:
    """A name that no other faces."""
    says, key = ("name-left-out", "russian") if lone.side == "original" else ("name-without-original", "english")
    features = (
        Feature("strength", odds),
        Feature("name", 1.0),
        Feature("left_alone", 1.0, (lone.token.place,), "", says, ((key, bare(lone.token.text)),)),
        Feature("side_unknown", 1.0, (), "", "side-of-name-open"),
    )
    return Hypothesis(CODE, (lone.token.place,), (), features, lone.side)


def english_for(context: Context, token: Token) -> tuple[str, int]:
    """A Russian name in English: as the translation renders it most often, else as the files spell it, else by its letters;
    and how often the translation does."""
    seen = renderings(context, token.text)
    if seen:
        return seen.most_common(1)[0]
    listed = next((s for n in authority.borne_by(fold(token.text)) for s in n.english), None)
    if listed:
        return listed, 0
    lemma = morphology.lemmas(fold(token.text))[0] if morphology.is_known(fold(token.text)) else fold(token.text)
    return romanise(lemma).capitalize(), 0


def _titles(context: Context) -> Iterator[Hypothesis]:
    """A title before a name on either side that is not the other's, where neither is answered otherwise."""
    for slip in title_slips(context):
        place = slip.english.place
        values = (("russian", slip.russian.text), ("english", slip.english.text))
        features = (
            Feature("strength", _TITLE),
            Feature("name", 1.0),
            Feature("title", 1.0, (place, slip.russian.place), "titles.tsv", "title-differs", values),
            Feature("side_unknown", 1.0, (), "", "side-of-name-open"),
        )
        edit = Edit(place, like(slip.reading, slip.english.text))
        yield Hypothesis(CODE, (place, slip.russian.place), (edit,), features, "translation", "retroversion")


RULE = Rule(
    code=CODE,
    family="TRN",
    name="name replaced or left out, title changed",
    propose=propose,
    sides=("original", "translation"),
    needs_translation=True,
    needs=("morphology", "names", "frequencies"),
    harm="loss",
    prior=_PRIOR,
    since="2026.12",
    says=(
        "name-left-out",
        "name-put-for-another",
        "name-rendered-elsewhere",
        "name-without-original",
        "side-of-name-open",
        "title-differs",
    ),
)
