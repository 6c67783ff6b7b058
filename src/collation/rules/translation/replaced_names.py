"""A name that the translation replaces or leaves out, and a name of its own that the Russian does not have.

A translator who works from memory writes Zhou Enlai for Mao Zedong; a typist skips a name of a list. The two names are
both good, so no word list objects; but neither has an answer on the other side, and they are placed alike. Unlike the
exchange of two listed names (NAM402), none of them has to be known: a name is known by its capital, and it is answered by
sound, by its sense, or by being about the same place (Ирана, Iranian). Words side by side are one name, asked about once.
What should stand there is what the translation writes for the Russian name elsewhere, else its spelling in the
files, else its letters in Latin. Where the document has the English name elsewhere with its Russian answer, and the Russian
name nowhere else, the Russian is at fault. A name that no name faces is only asked about: translators put "he" or "the minister" for
one. But where the words opposite hardly follow one another ("he came from the on foot"), one is missing between them, on that side. Initials that differ beside one surname are asked about too. Blind to names in capitals, and to one name for another that sounds like it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from collation.evidence.context import Context
from collation.evidence.names.case_forms import fitted, written
from collation.knowledge.letters import fold, like, script
from collation.knowledge.names import authority
from collation.knowledge.names.authority_tables import authority_tables
from collation.knowledge.names.english_spellings import english_spellings, nominative
from collation.knowledge.names.romanisation import cyrillic, romanise
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.values.numerals import MONTHS_ENGLISH, numerals
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.hypothesis import Side
from collation.model.rule import Rule
from collation.rules.translation.differing_initials import FacingInitials, facing_initials
from collation.rules.translation.lone_names import renderings
from collation.rules.translation.name_answers import opposite_side, other_tokens
from collation.rules.translation.name_places import gap_opposite
from collation.rules.translation.name_runs import NameRun, name_runs
from collation.rules.translation.name_words import stem
from collation.rules.translation.titles import title_slips

CODE = "TRN954"
_PRIOR = 0.0  # log-odds: the learned weights have their own constant
_HOPELESS = -3.0  # log-odds below which nothing is said
_BY_LETTERS = (
    -0.2
)  # log-odds above which no reading goes that is made by letters only: it is asked about, and not proposed
_SURE, _OFTEN = (
    0.6,
    2,
)  # score of a link by which a name has its answer; how often it has one elsewhere to be the right one
_TITLE = 0.3  # log-odds that two titles that face each other are a slip
_INITIALS = -0.3  # log-odds that initials which differ are a slip: they are asked about


def propose(context: Context) -> Iterator[Hypothesis]:
    """Names of either side without an answer: two that face each other as one difference, else each for itself."""
    if not context.aligned.parallel:
        return
    initials = tuple(facing_initials(context))
    of_initials = [place for both in initials for place in (both.russian, both.english)]
    runs = [run for run in name_runs(context) if not any(place.overlaps(run.place) for place in of_initials)]
    facing = {
        (run.first.pair, name.index): run for run in runs if run.first.side == "translation" for name in run.names
    }
    faced: set[int] = set()
    for run in (r for r in runs if r.first.side == "original"):
        english = next(
            (f for n in run.names if n.measures["faced"] and (f := facing.get((n.pair, n.facing_index)))), None
        )
        if english is not None and id(english) not in faced and not _is_month_for(context, run, english):
            faced.add(id(english))
            odds = max(run.odds, english.odds)
            if _PRIOR + odds > _HOPELESS:
                yield _replaced(context, run, english, odds)
        elif _PRIOR + run.odds > _HOPELESS:
            yield _left_alone(context, run)
    for run in runs:
        if run.first.side == "translation" and id(run) not in faced and _PRIOR + run.odds > _HOPELESS:
            yield _left_alone(context, run)
    yield from _titles(context)
    yield from (_initials(context, slip) for slip in initials if slip.differ)


def _is_month_for(context: Context, russian: NameRun, english: NameRun) -> bool:
    """Whether the English is a month and the Russian none: no month is put for a person or a place."""
    lemmas = morphology.lemmas(fold(russian.text))[:1]
    named = any(n.kind == "month" for lemma in lemmas for n in numerals(lemma, context.language.code))
    return english.text.capitalize() in MONTHS_ENGLISH and not named


def _replaced(context: Context, russian: NameRun, english: NameRun, odds: float) -> Hypothesis:
    """Two names that face each other: the English one for the Russian, or, where the document speaks for the English name,
    nothing is said of whose slip it is."""
    place = english.place
    reading, times = _english_of(context, russian, woman=english.text.endswith("a"))
    values = (("russian", russian.text), ("english", english.text))
    if not times and (known := _russian_of(context, russian, english)):
        return _replaced_in_russian(russian, english, odds, known, values)
    is_listed = times or _whole_name(russian) or all(_is_spelt(name.token) for name in russian.names)
    features = [
        Feature("strength", odds if is_listed else min(odds, _BY_LETTERS)),
        Feature("name", 1.0),
        Feature("replaced", 1.0, (place, russian.place), "", "name-put-for-another", values),
    ]
    if times:
        said = (("russian", russian.text), ("reading", reading), ("count", str(times)))
        features.append(Feature("elsewhere", float(times), (), "", "name-rendered-elsewhere", said))
    if mirror := _in_russian(context, russian, english):
        features.append(Feature("mirror", 1.0, (), "", "", (("reading", mirror),)))
    if not times or any(name.facing_elsewhere for name in russian.names):
        features.append(Feature("side_unknown", 1.0, (), "", "side-of-name-open"))
    edits = (Edit(place, reading),) if reading else ()
    return Hypothesis(CODE, (place, russian.place), edits, tuple(features), "translation", "retroversion")


def _in_russian(context: Context, russian: NameRun, english: NameRun) -> str:
    """An English name of one word in Russian, in the form for the place of the Russian one: as the files have it, or by its letters;
    "" where neither does."""
    if len(russian.names) > 1 or len(english.names) > 1 or not russian.first.token.text[0].isupper():
        return ""
    token, word = russian.first.token, without_possessive(english.first.token.text)
    low = plain_latin(word)
    listed = (
        n.head
        for n in authority.by_english(low)
        if n.english and plain_latin(n.english[0]) == low and " " not in n.head
    )
    base = next(iter((*listed, *cyrillic(word))), "")
    if not base:
        return ""
    is_place = any(n.kind == "place" for n in authority.by_english(low))
    tokens = context.pairs[russian.first.pair].original
    form, _ = fitted(tokens, russian.first.index, token.text, base, animate=not is_place)
    return written(form, base.capitalize() if base.islower() else base, token.text)


def _replaced_in_russian(
    russian: NameRun, english: NameRun, odds: float, known: tuple[str, int], values: tuple[tuple[str, str], ...]
) -> Hypothesis:
    """The Russian name for the English one, which the document has elsewhere with its answer."""
    reading, times = known
    said = (("russian", reading), ("reading", english.text), ("count", str(times)))
    features = (
        Feature("strength", odds),
        Feature("name", 1.0),
        Feature("replaced", 1.0, (russian.place, english.place), "", "name-put-for-another", values),
        Feature("elsewhere", float(times), (), "", "name-rendered-elsewhere", said),
    )
    edit = Edit(russian.place, reading)
    return Hypothesis(CODE, (russian.place, english.place), (edit,), features, "original", "attested")


def _russian_of(context: Context, russian: NameRun, english: NameRun) -> tuple[str, int] | None:
    """The Russian name that an English one of one word answers elsewhere in the document, in the form for this place, and how often;
    None where it is seldom, or where the document has the Russian name that is here elsewhere too."""
    if len(russian.names) > 1 or len(english.names) > 1:
        return None
    token, own = russian.first.token, stem(russian.first.token.text)
    answers = context.once(_answers).get(without_possessive(english.first.token.text).lower(), Counter())
    if not answers or answers.total() < _OFTEN or context.once(_times_large)[own] > 1 or not token.text[0].isupper():
        return None
    name, times = answers.most_common(1)[0]
    form, _ = fitted(context.pairs[russian.first.pair].original, russian.first.index, token.text, name, animate=False)
    return written(form, name.capitalize(), token.text), times


def _answers(context: Context) -> dict[str, Counter[str]]:
    """The Russian names that answer each English one in small letters, and how often: as lemmas, an unknown one as its shortest form."""
    found: dict[str, Counter[str]] = {}
    forms: dict[str, set[str]] = {}
    for pair in context.pairs:
        for link in pair.words:
            ours, theirs = pair.original[link.original].text, pair.translation[link.translation].text
            if link.score >= _SURE and ours[:1].isupper() and theirs[:1].isupper():
                found.setdefault(without_possessive(theirs).lower(), Counter())[stem(ours)] += 1
                forms.setdefault(stem(ours), set()).add(fold(ours))
    shortest = {own: own if morphology.is_known(own) else min(sorted(forms[own]), key=len) for own in forms}
    return {english: Counter({shortest[own]: n for own, n in names.items()}) for english, names in found.items()}


def _times_large(context: Context) -> Counter[str]:
    """How often the original has each name, by its stem."""
    return Counter(stem(t.text) for p in context.pairs for t in p.original if t.kind == "word" and t.text[:1].isupper())


def _english_of(context: Context, run: NameRun, *, woman: bool) -> tuple[str, int]:
    """A Russian name of one or several words in English, empty where one of them has none, and how often the translation has it."""
    readings = [english_for(context, name.token, woman=woman) for name in run.names]
    times = min(times for _, times in readings)
    if not times and (whole := _whole_name(run)):
        return whole, 0
    return (" ".join(text for text, _ in readings) if all(text for text, _ in readings) else ""), times


def _whole_name(run: NameRun) -> str:
    """The spelling of a name of which all words are, by the files: Chiang Kai-shek."""
    borne = [{part.name for part in authority.bearers(fold(name.token.text))} for name in run.names]
    shared = sorted(set.intersection(*borne)) if len(borne) > 1 else []
    spellings = (authority_tables().name(number).english for number in shared)
    return next((english[0] for english in spellings if english), "")


def _is_spelt(token: Token) -> bool:
    """Whether the files spell a Russian name in English, or it is written in Latin letters."""
    return script(token.text) == "latin" or any(n.english for n in authority.borne_by(fold(token.text)))


def _left_alone(context: Context, run: NameRun) -> Hypothesis:
    """A name that no other faces: at the place opposite where its words no longer follow one another, else where it is."""
    side = run.first.side
    says, key = ("name-left-out", "russian") if side == "original" else ("name-without-original", "english")
    features = (
        Feature("strength", run.odds),
        Feature("name", 1.0),
        Feature("left_alone", 1.0, (run.place,), "", says, ((key, run.text),)),
    )
    gaps = (gap_opposite(context, side, name.pair, name.index) for name in run.names)
    gap = next((k for k in gaps if k is not None), None)
    if gap is None:
        open_side = Feature("side_unknown", 1.0, (), "", "side-of-name-open")
        return Hypothesis(CODE, (run.place,), (), (*features, open_side), side)
    before, after = other_tokens(context.pairs[run.first.pair], side)[gap - 1 : gap + 1]
    point = Place.at(before.stop, before.stop)
    said = (("before", before.text), ("after", after.text))
    torn = Feature("gap", 1.0, (before.place, after.place), "gaps.arrays", "word-missing-between", said)
    return Hypothesis(CODE, (point, run.place), (), (*features, torn), opposite_side(side))


def english_for(context: Context, token: Token, *, woman: bool) -> tuple[str, int]:
    """A Russian name in English: as the translation renders it most often, else as the files spell it, else by its letters, for a
    ``woman`` where it may be of both; and how often the translation does. A month is known, another word in small letters that it does not render has none."""
    if script(token.text) == "latin":
        return token.text, 0
    seen = renderings(context, token.text)
    if seen:
        return seen.most_common(1)[0]
    listed = english_spellings(token.text, authority.borne_by(fold(token.text)), woman=woman)
    if listed:
        return listed[0], 0
    lemma = nominative(token.text, woman=woman)
    if token.text.islower():
        month = next((n.value for n in numerals(lemma, context.language.code) if n.kind == "month"), None)
        return (MONTHS_ENGLISH[int(month) - 1].capitalize() if month else ""), 0
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


def _initials(context: Context, slip: FacingInitials) -> Hypothesis:
    """Initials of one surname that differ: asked about, with what either side should read."""
    first = slip.russian_edit or slip.english_edit
    side: Side = "original" if slip.russian_edit else "translation"
    places = (slip.russian, slip.english) if slip.russian_edit else (slip.english, slip.russian)
    values = (("russian", slip.russian.of(context.text)), ("english", slip.english.of(context.text)))
    features = [
        Feature("strength", _INITIALS),
        Feature("name", 1.0),
        Feature("initials", 1.0, places, "", "initials-differ", values),
        Feature("side_unknown", 1.0, (), "", "side-of-name-open"),
    ]
    if slip.russian_edit and slip.english_edit:
        features.append(Feature("mirror", 1.0, (), "", "", (("reading", slip.english_edit.text),)))
    return Hypothesis(CODE, places, (first,) if first else (), tuple(features), side, "retroversion")


RULE = Rule(
    code=CODE,
    family="TRN",
    name="name replaced or left out, title or initials changed",
    propose=propose,
    sides=("original", "translation"),
    needs_translation=True,
    needs=("morphology", "names", "frequencies"),
    harm="loss",
    prior=_PRIOR,
    since="2026.12",
    says=(
        "initials-differ",
        "name-left-out",
        "name-put-for-another",
        "name-rendered-elsewhere",
        "name-without-original",
        "side-of-name-open",
        "title-differs",
        "word-missing-between",
    ),
)
