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
from collation.rules.translation.lone_names import LoneName, is_rendered_otherwise, lone_names, renderings
from collation.rules.translation.titles import title_slips

CODE = "TRN954"
_PRIOR = 0.0  # log-odds: the weights below have their own constants
_HOPELESS = -2.0  # log-odds below which nothing is said
_FACED, _FOR_BESIDE, _EVEN_BESIDE = 1.0, 1.5, 0.6  # log-odds of two that face each other; of how well; its even
# Of a name that no other faces: weights from names left out of 83,000 words; some four false queries in ten thousand words
_ALONE, _FOR_SOUND, _REPEATED, _KNOWN, _PART, _PRONOUN = -0.55, -1.05, 0.25, 0.7, 1.05, 0.35
_OPENS, _OPENS_ALONE = 0.8, 2.0  # what a name that opens its sentence loses, facing another and alone
_FREE, _EVEN_FREE = 3.0, 0.6  # a free translation, below the share of its sentence that is explained
_NO_NAME = 2.0  # a Russian word that nothing attests is rather the same name, misread: there are rules for that
_TITLE = 0.3  # log-odds that two titles that face each other are a slip


def propose(context: Context) -> Iterator[Hypothesis]:
    """Names of either side without an answer: two that face each other as one difference, else each for itself."""
    if not context.aligned.parallel:
        return
    for lone in lone_names(context):
        odds = _log_odds(lone)
        if _PRIOR + odds <= _HOPELESS or is_rendered_otherwise(context, lone):
            continue
        if lone.facing is not None:
            yield _replaced(context, lone, odds)
        else:
            yield _left_alone(lone, odds)
    yield from _titles(context)


def _log_odds(lone: LoneName) -> float:
    """Weights from names replaced and left out in news and documents; of two names that face each other none was right."""
    free = _FREE * max(0.0, _EVEN_FREE - lone.literal)
    if lone.facing is not None:
        odds = _FACED + _FOR_BESIDE * (lone.beside - _EVEN_BESIDE) - (_OPENS if lone.first else 0.0)
        attested = lone.known or lone.elsewhere or is_attested(lone.token.text)
        return odds - free - (0.0 if attested else _NO_NAME)
    odds = _ALONE + _FOR_SOUND * lone.sound - (_OPENS_ALONE if lone.first else 0.0)
    for holds, weight in (
        (lone.elsewhere, _REPEATED), (lone.known, _KNOWN), (lone.part, _PART), (lone.pronoun, _PRONOUN)
    ):  # fmt: skip
        odds += weight if holds else 0.0
    return odds - free


def _replaced(context: Context, lone: LoneName, odds: float) -> Hypothesis:
    """Two names that face each other: the English one for the Russian, or, where the document speaks for the English name,
    nothing is said of whose slip it is."""
    english = lone.facing or lone.token
    place = Place.at(english.start, english.start + len(bare(english.text)))
    reading, times = english_for(context, lone.token)
    values = (("russian", lone.token.text), ("english", bare(english.text)))
    features = [
        Feature("strength", odds),
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
