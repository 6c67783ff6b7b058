"""Whose fault a differing name is: Горохов against Gorakhov, Узбекистане against Kazakhstan.

Two names face each other, and either side may have slipped. What speaks for one: that the rest of the document, on either
side, has the one name or the other; of two spellings of one name, that one is listed as a name and the other is not, that a
scanner confuses their letters, and on which side fewer letters had to go wrong. Of two names that no scanner takes for one
another only the rest of the document is asked: which is the more usual says nothing of whose slip it is. The weights are
set by hand. A side is named from ``SAID`` on; below it nothing decides. Blind to what both sides have wrong everywhere.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

import regex
from rapidfuzz.distance import OSA

from collation.evidence.context import Context
from collation.knowledge.letters import VOWELS, fold
from collation.knowledge.names import authority
from collation.knowledge.names.sound_of_forms import sound_of_form
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.values.blame import SAID
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Place

# In log-odds, above 0 where the original is at fault
_FOR_REPEATED = 1.2  # the logarithm of how much oftener the document has the other name elsewhere
_FOR_LISTED, _FOR_USE, _MOST_USE = (
    1.2,
    0.25,
    2.0,
)  # one spelling is listed as a name; each unit of Zipf frequency; the most
_FOR_SCAN, _AGAINST_SCAN = (
    0.8,
    -0.4,
)  # a scanner confuses two consonants, which nobody mishears; the letters are far apart
_FOR_LETTERS, _MOST_LETTERS = 0.4, 2  # each letter more that is wrong on the other side, and the most that counts
_LIKE_LETTERS, _FAR_LETTERS = 1.0, 1.5  # edits up to which a scanner confuses, and from which it hardly does
_NEAR = 0.62  # closeness of letters, 0 to 1, from which two names are spellings of one
_MISSPELT = 2  # letters by which a translator misspells a name
_NEAR_EDITS = 1.6  # edits up to which short ones are
_SAME, _CLEARLY = (
    0.97,
    0.005,
)  # likeness by sound of a name elsewhere, and how much nearer it must be to one of two spellings
_ON_BOTH, _ALONE = 2.0, 0.15  # what an occurrence counts that both sides have, and one that only one side has
_LISTED = 1.0  # Zipf frequency of an English word that is listed
_FOREIGN = 2.0  # the same of a Russian form that no dictionary has
_NAMED = frozenset({"Surn", "Name", "Patr", "Geox"})
_CATALOGUE = frozenset({"title", "summary", "citation"})
_WORDS = regex.compile(r"\p{Lu}[\p{L}'’-]+")


@dataclass(frozen=True, slots=True)
class NameDifference:
    """A Russian and an English name that face each other, and what each side should read if the other is right ("" where it
    is not known)."""

    russian: Place
    english: Place
    russian_reading: str
    english_reading: str


def are_spellings(context: Context, differing: NameDifference) -> bool:
    """Whether the two are spellings of one name, and not two names."""
    observed = differing.russian.of(context.text)
    if not differing.russian_reading:
        return bool(differing.english_reading) and _english_letters(context, differing) <= _MISSPELT
    cost = _edits(observed, differing.russian_reading)
    longest = max(len(observed), len(differing.russian_reading), 1)
    return cost <= _NEAR_EDITS or 1.0 - cost / longest >= _NEAR


def name_arguments(context: Context, differing: NameDifference) -> tuple[Feature, ...]:
    """What speaks for either side: above 0 for the original's fault, in log-odds."""
    found = [_repeated(context, differing)]
    if are_spellings(context, differing):
        found += [_listed(context, differing), _confused(context, differing), _letters(context, differing)]
    return tuple(feature for feature in found if feature is not None and feature.value)


def original_at_fault(arguments: tuple[Feature, ...]) -> float:
    """The probability that it is the original which is at fault."""
    return 1.0 / (1.0 + math.exp(-sum(feature.value for feature in arguments)))


def _repeated(context: Context, differing: NameDifference) -> Feature | None:
    """How often the document has the one name elsewhere, and the other."""
    here, there = (name.of(context.text) for name in (differing.russian, differing.english))
    own, english, reading = _last_word(here), _last(without_possessive(there)), _last(differing.english_reading)
    originals = {"": 0, reading: 0, english: 0}
    for word in context.words:
        token = word.token
        inside = differing.russian.start <= token.start < differing.russian.stop
        if token.kind != "word" or not token.text[0].isupper() or inside:
            continue
        scores = {name: _alike(token.text, name) for name in (reading, english)}
        nearer = reading if fold(token.text) == fold(own) else max(scores, key=lambda name: scores[name])
        apart = abs(scores[reading] - scores[english]) > _CLEARLY
        if fold(token.text) == fold(own) or (scores[nearer] >= _SAME and apart):
            originals[nearer] += 1
    named, catalogued = context.once(_english_names), context.once(_catalogued)
    known = reading if reading != english else ""
    ours = _occurrences(originals[reading], named[known] if known else 0, catalogued=known in catalogued)
    theirs = _occurrences(originals[english], max(0, named[english] - 1), catalogued=english in catalogued)
    if ours == theirs:
        return None
    name = there if theirs > ours else here
    value = _FOR_REPEATED * math.log((1 + theirs) / (1 + ours))
    place = differing.english if theirs > ours else differing.russian
    return Feature("elsewhere", value, (place,), "", "name-stands-again", (("name", without_possessive(name)),))


def _occurrences(original: int, translation: int, *, catalogued: bool) -> float:
    """How much the occurrences of a name on both sides say: those that only one side has may be slips as well."""
    return _ON_BOTH * min(original, translation) + _ALONE * abs(original - translation) + float(catalogued)


def _alike(russian: str, latin: str) -> float:
    if not latin:
        return 0.0
    spelt = latin.capitalize()
    return max(sound_of_form(russian, spelt), authority.same_name(russian, spelt))


def _last_word(name: str) -> str:
    return (name.split() or [""])[-1]


def _last(english: str) -> str:
    return plain_latin(_last_word(english))


def _english_names(context: Context) -> Counter[str]:
    """How often the translation has each capitalised word, in plain small letters."""
    translation = context.document.translation
    return Counter(
        plain_latin(without_possessive(token.text))
        for segment in (translation.segments if translation else ())
        for token in segment.tokens
        if token.kind == "word" and token.text[0].isupper()
    )


def _catalogued(context: Context) -> frozenset[str]:
    """The capitalised words of what the catalogue says of the document, so too."""
    fields = (field for field in context.document.source.catalogue.fields if field.name in _CATALOGUE)
    return frozenset(plain_latin(without_possessive(word)) for field in fields for word in _WORDS.findall(field.value))


def _listed(context: Context, differing: NameDifference) -> Feature | None:
    """Whether the one spelling is listed as a name, on either side, and the other is not; how much more usual it is."""
    here, there = differing.russian.of(context.text), without_possessive(differing.english.of(context.text))
    ours = max(_standing(here), _english_standing(differing.english_reading))
    theirs = max(_standing(differing.russian_reading), _english_standing(there))
    use = max(
        -_MOST_USE, min(_MOST_USE, _use(differing.russian_reading, there) - _use(here, differing.english_reading))
    )
    value = _FOR_LISTED * (theirs - ours) + _FOR_USE * use
    if ours == theirs:
        return Feature("listed", value)
    one, other = (there, here) if theirs > ours else (here, there)
    said = (("name", one), ("other", other))
    return Feature("listed", value, (), "dictionaries", "name-listed-other-not", said)


def _standing(russian: str) -> float:
    """1 for a Russian form that is listed as a name, 0 for others."""
    if not russian:
        return 0.0
    if any(is_listed_name(word) for word in russian.split()):
        return 1.0
    return 0.0


def is_listed_name(word: str) -> bool:
    """Whether the files, the dictionary or the word list have a form as a name."""
    folded = fold(word)
    if authority.is_name_form(folded):
        return True
    if morphology.is_known(folded):
        return any(_NAMED & parse.grammemes for parse in morphology.parses(folded))
    return wordlist.zipf(folded) >= _FOREIGN


def _english_standing(english: str) -> float:
    plain = plain_latin(english)
    return 1.0 if plain and (authority.spelt((plain,))[0] or wordlist.english_zipf(plain) >= _LISTED) else 0.0


def _use(russian: str, english: str) -> float:
    return max(
        wordlist.zipf(fold(russian)) if russian else 0.0,
        wordlist.english_zipf(plain_latin(english)) if english else 0.0,
    )


def _confused(context: Context, differing: NameDifference) -> Feature | None:
    """Whether a scanner shows the one for the other. A vowel for a vowel says nothing: translators mistake them as well."""
    if not differing.russian_reading:
        return None
    observed, reading = fold(differing.russian.of(context.text)), fold(differing.russian_reading)
    cost = _edits(observed, reading)
    if cost >= _FAR_LETTERS:
        misspelt = differing.english_reading and _english_letters(context, differing) <= _MISSPELT
        return Feature("confused", _AGAINST_SCAN) if misspelt else None
    changed = {
        letter
        for a, b in zip(observed, reading, strict=False)
        if len(observed) == len(reading) and a != b
        for letter in a + b
    }
    return Feature("confused", _FOR_SCAN) if cost <= _LIKE_LETTERS and changed and not changed & VOWELS else None


def _letters(context: Context, differing: NameDifference) -> Feature | None:
    """On which side fewer letters are wrong: a slip is mostly one of a letter."""
    if not differing.russian_reading or not differing.english_reading:
        return None
    ours = OSA.distance(fold(differing.russian.of(context.text)), fold(differing.russian_reading))
    fewer = _english_letters(context, differing) - ours
    return Feature("letters", _FOR_LETTERS * max(-_MOST_LETTERS, min(_MOST_LETTERS, fewer)))


def _english_letters(context: Context, differing: NameDifference) -> int:
    there = plain_latin(without_possessive(differing.english.of(context.text)))
    return int(OSA.distance(there, plain_latin(differing.english_reading)))


def _edits(observed: str, reading: str) -> float:
    bare = (fold(word).replace("-", "").replace(" ", "") for word in (observed, reading))
    return channel_cost(*bare) / EDIT


__all__ = ["SAID", "NameDifference", "are_spellings", "is_listed_name", "name_arguments", "original_at_fault"]
