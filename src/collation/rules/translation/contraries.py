"""A word that says another thing of the same kind: north for юг, "rose" for снизились, "Friday" for среду, "tons" for пудов.

Translators exchange such words, whose thoughts are on both, and a reader of one side cannot see it. Doubted is a word of a closed
class (``dictionaries/contraries.tsv``: sides, days, seasons, kin, branches of an army, ranks, opposites) that the sentence opposite says less
often, where another word of the class is said there more often than here; and a number with another unit than the same number
opposite; and a word with its denial in it opposite the bare one (незаконный, "legal"). Which side is at fault nothing decides. Blind where a negation turns one of the words round (не хуже, well), and to what is
in no class.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from collation.evidence.context import Context
from collation.evidence.denials import REACH, is_plain_english, is_plain_russian
from collation.evidence.read_values import read_values
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold, like
from collation.knowledge.values.quantities import Value
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Place, SentencePair, Token
from collation.model.rule import Rule
from collation.rules.base import without_reading
from collation.rules.translation.denied_words import DeniedWord, denied_words
from collation.rules.translation.missing_passages import literalness
from collation.rules.translation.other_units import UnitSlip, unit_slips

CODE = "TRN958"
_PRIOR = 0.8  # log-odds: of 1,700,000 words of parallel texts 60 differ so, and most of these say another thing
_UNIT = -0.2  # log-odds of a unit beside these: it may have been converted and its number forgotten
_DENIED = -0.3  # log-odds of a word with its denial in it beside these: the glossary may lack the right sense
_CALENDAR = 1.0  # log-odds of a weekday that the date of its sentence does not have
_FREE, _EVEN_FREE = 4.0, 0.6  # a free translation, below the share of the document that is explained
_APART = 0.5  # how far apart in their sentences, of 1, the two words may be


_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")  # as date.weekday() counts
_LESS = frozenset({"less", "менее", "without", "без"})  # right before a word, which it turns round
_HOURS = frozenset("час часа часов часу часам ч минут минуты мин".split())
_OF_COMPARISON = frozenset({"более", "менее"})
_COMPARED = frozenset(
    {"ADJF", "ADJS", "ADVB", "PRTF", "PRTS"}
)  # what более and менее compare, which the English may turn round


class Member(NamedTuple):
    """A member of a class: its number among all, its class, and the words that say it."""

    number: int
    kind: str
    russian: tuple[str, ...]
    english: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of a sentence that says a member of a class, and its index there."""

    token: Token
    at: int
    member: Member


@lru_cache(maxsize=1)
def members() -> tuple[Member, ...]:
    """The members of all classes, in the order of the table."""
    rows = dictionaries.rows("contraries.tsv", columns=3)
    return tuple(
        Member(number, kind, tuple(map(fold, dictionaries.cell_list(russian))), tuple(dictionaries.cell_list(english)))
        for number, (kind, russian, english) in enumerate(rows)
    )


@lru_cache(maxsize=1)
def _by_russian() -> dict[str, tuple[Member, ...]]:
    found: dict[str, list[Member]] = defaultdict(list)
    for member in members():
        for word in member.russian:
            found[word].append(member)
    return {word: tuple(listed) for word, listed in found.items()}


@lru_cache(maxsize=1)
def members_in_english() -> dict[str, tuple[Member, ...]]:
    """The members that each English word says, in small letters."""
    found: dict[str, list[Member]] = defaultdict(list)
    for member in members():
        for word in dict.fromkeys(member.english):
            found[word].append(member)
    return {word: tuple(listed) for word, listed in found.items()}


def propose(context: Context) -> Iterator[Hypothesis]:
    """The words of a class that are said on one side only, where the other says another."""
    if not context.aligned.parallel:
        return
    free = _FREE * max(0.0, _EVEN_FREE - literalness(context))
    for number, pair in enumerate(context.pairs):
        if pair.original and pair.translation:
            for russian, english in _exchanged(context, number):
                yield _contrary(russian, english, free, _days(context, pair))
            for words in denied_words(context, number):
                yield _denied(words, free)
            for slip in unit_slips(context, pair):
                yield _other_unit(context.text, slip, free)


def _exchanged(context: Context, number: int) -> Iterator[tuple[_Said, _Said]]:
    """The two words of each class of which one is said more often on one side, and the other on the other."""
    pair = context.pairs[number]
    ours, theirs = _russian_alone(context, number), _english_alone(context, number)
    for kind in ours:
        for russian in ours[kind]:
            apart = [(abs(russian.at / len(pair.original) - e.at / len(pair.translation)), e) for e in theirs[kind]]
            near = [(distance, e) for distance, e in apart if e.member != russian.member and distance <= _APART]
            if not near or len({s.member for s in ours[kind]}) > 1 or len({e.member for _, e in near}) > 1:
                continue
            english = min(near, key=lambda item: item[0])[1]
            if _is_denied(pair.original, russian.at) == _is_denied(pair.translation, english.at):
                yield russian, english
                break


def _russian_alone(context: Context, number: int) -> dict[str, list[_Said]]:
    """By class, the Russian words of members that the English says less often, counting what the glossary has for them."""
    pair, calls, lexicon = context.pairs[number], context.calls[number], context.knowledge.lexicon
    said: dict[Member, list[_Said]] = defaultdict(list)
    for at, token in enumerate(pair.original):
        lemmas = morphology.lemmas(fold(token.text)) if token.kind == "word" else ()
        if not lemmas or _compares(pair.original, at) or _tells_the_hour(pair.original, at):
            continue
        for member in _by_russian().get(lemmas[0], ()):
            said[member].append(_Said(token, at, member))
    found: dict[str, list[_Said]] = defaultdict(list)
    for member, words in said.items():
        own = {lemma for word in words for lemma in morphology.lemmas(fold(word.token.text))}
        single = sum(
            not {call.lemma, call.token.text.lower()}.isdisjoint(member.english)
            or not own.isdisjoint(lexicon.equivalents(call.token.text))
            for call in calls
        ) + sum(_key(token) in member.english for token in context.once(_two_words, number).values())
        if single < len(words) and (single or all(own.isdisjoint(call.lemmas) for call in calls)):
            found[member.kind] += words
    return found


def _english_alone(context: Context, number: int) -> dict[str, list[_Said]]:
    """By class, the English words of members that the Russian says less often, counting what the glossary has for them."""
    pair, lexicon = context.pairs[number], context.knowledge.lexicon
    words = [set(morphology.lemmas(fold(t.text))) for t in pair.original if t.kind == "word"]
    said: dict[Member, list[_Said]] = defaultdict(list)
    for at, token in _english_words(context, number):
        for member in members_in_english().get(_key(token), ()):
            said[member].append(_Said(token, at, member))
    found: dict[str, list[_Said]] = defaultdict(list)
    for member, listed in said.items():
        wanted = {lemma for e in listed for lemma in lexicon.equivalents(e.token.text)} | set(member.russian)
        if sum(not lemmas.isdisjoint(wanted) for lemmas in words) < len(listed):
            found[member.kind] += listed
    return found


def _two_words(context: Context, number: int) -> dict[int, Token]:
    """Two words of a sentence that are a hyphenated one of the table written apart ("Major General"), as one, by the index of the
    first."""
    tokens, found = context.pairs[number].translation, dict[int, Token]()
    for at, (one, other) in enumerate(zip(tokens, tokens[1:], strict=False)):
        both = Token(f"{one.text} {other.text}", Place.cover([one.place, other.place]), "word")
        if _key(both) in members_in_english():
            found[at] = both
    return found


def _key(token: Token) -> str:
    """A word or two as the table has it."""
    return token.text.lower().replace(" ", "-")


def _written(word: str, token: Token) -> str:
    """A word of the table, of one or two words and with the capitals of what it is put for."""
    if " " not in token.text and "-" not in token.text:
        return like(word, token.text)
    parts = word.split("-")
    capitals = [part.istitle() for part in token.text.replace("-", " ").split()]
    joint = " " if " " in token.text else "-"
    return joint.join(part.capitalize() if all(capitals) else part for part in parts)


def _english_words(context: Context, number: int) -> list[tuple[int, Token]]:
    """The words of a sentence with their indices, two that are one of the table as one."""
    joined = context.once(_two_words, number)
    return [
        (at, joined.get(at, token))
        for at, token in enumerate(context.pairs[number].translation)
        if at - 1 not in joined
    ]


def _tells_the_hour(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word says to which part of the day an hour belongs: два часа ночи, which is in the morning."""
    return at > 0 and fold(tokens[at - 1].text) in _HOURS


def _compares(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a word is the более or менее of an adjective or adverb."""
    if fold(tokens[at].text) not in _OF_COMPARISON:
        return False
    return any(p.pos in _COMPARED for t in tokens[at + 1 : at + 2] for p in morphology.parses(fold(t.text))[:1])


def _is_denied(tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a plain negation stands shortly before a word, with no mark between them, or "less" or "without" right before
    it."""
    if at and tokens[at - 1].text.lower() in _LESS:
        return True
    for k in range(at - 1, max(-1, at - 1 - REACH), -1):
        if tokens[k].kind == "mark":
            return False
        if is_plain_russian(tokens[k]) or is_plain_english(tokens[k]):
            return True
    return False


def _contrary(russian: _Said, english: _Said, free: float, days: frozenset[str]) -> Hypothesis:
    """The doubt about two words; ``days`` are the weekdays of the dates of the sentence, which may tell the wrong one."""
    place, places = english.token.place, (english.token.place, russian.token.place)
    values = (("russian", russian.token.text), ("english", english.token.text))
    reason = Feature("contrary", 1.0, places, "contraries.tsv", "contrary-said", values)
    strength, known = Feature("strength", -free), Feature("strength", _CALENDAR)
    if english.member.english[0] in days and russian.member.english[0] not in days:
        said = Feature("calendar", 1.0, (), "", "weekday-of-date", (("reading", english.token.text),))
        return without_reading(CODE, places[::-1], (strength, known, reason, said))
    at = english.member.english.index(_key(english.token))
    words = russian.member.english
    edit = Edit(place, _written(words[at] if at < len(words) else words[0], english.token))
    features: tuple[Feature, ...] = (strength, Feature("polarity", 1.0), reason, _OPEN)
    if russian.member.english[0] in days:
        said = Feature("calendar", 1.0, (), "", "weekday-of-date", (("reading", edit.text),))
        features = (strength, known, reason, said)
    return Hypothesis(CODE, places, (edit,), features, "translation", "retroversion")


def _denied(words: DeniedWord, free: float) -> Hypothesis:
    places = (words.english.place, words.russian.place)
    values = (("russian", words.russian.text), ("english", words.english.text))
    reason = Feature("contrary", 1.0, places, "glossary", "contrary-said", values)
    features = (Feature("strength", _DENIED - free), Feature("polarity", 1.0), reason, _OPEN)
    return Hypothesis(CODE, places, (), features, "translation")


def _days(context: Context, pair: SentencePair) -> frozenset[str]:
    """The English weekdays of the whole dates on which both sides agree, in small letters."""
    languages = context.languages
    ours, theirs = (
        {_date(v) for v in read_values(context, tokens, language.code, by_cells=False) if v.kind == "date"} - {None}
        for tokens, language in ((pair.original, languages.original), (pair.translation, languages.translation))
    )
    return frozenset(_WEEKDAYS[d.weekday()] for d in ours & theirs if d is not None)


def _date(value: Value) -> date | None:
    """The day of a date that has all its parts and is in the calendar."""
    parts = [value.known(role) for role in ("year", "month", "day")]
    try:
        return date(*parts) if None not in parts else None  # type: ignore[arg-type]
    except ValueError:
        return None


def _other_unit(text: str, slip: UnitSlip, free: float) -> Hypothesis:
    places = (slip.english.place, slip.russian.place)
    values = (("russian", slip.russian.text), ("english", slip.english.text), ("value", slip.number.of(text)))
    reason = Feature("unit", 1.0, places, "", "unit-differs", values)
    features = (Feature("strength", _UNIT - free), reason, _OPEN)
    return Hypothesis(CODE, places, (Edit(places[0], slip.reading),), features, "translation", "retroversion")


_OPEN = Feature("side_unknown", 1.0, (), "", "side-of-word-open")

RULE = Rule(
    code=CODE,
    family="TRN",
    name="another word of the same kind",
    propose=propose,
    sides=("original", "translation"),
    needs_translation=True,
    needs=("morphology", "negations", "glossary"),
    harm="sense",
    prior=_PRIOR,
    since="2026.12",
    says=("contrary-said", "side-of-word-open", "unit-differs", "weekday-of-date"),
)
