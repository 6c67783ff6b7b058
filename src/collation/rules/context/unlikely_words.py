"""Words that their surroundings hardly allow: a form, a function word or a word of like shape would stand there better.

A scanner or a tired eye puts one real word for another: "От" for Он, "к" for в, "брага" for брата. Every known word whose
score or whose tags the context model finds improbable is set against the words that suit the place best, and those that
could be misread for it are proposed: near in letters, of the same beginning or ending and like length, another
form of its lemma. Blind to words that suit the place as well as the right one, and next to other damage.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from rapidfuzz.distance import Indel

from collation.evidence.context import Context, Word
from collation.evidence.fixed_endings import has_own_ending, is_of_syllabic_name
from collation.evidence.translated_places import Gain, gains
from collation.evidence.vouching import is_vouched
from collation.evidence.wanted import forms_of, wanted_forms
from collation.evidence.word_places import WordPlaces, word_places
from collation.knowledge.letters import like
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.context.confusion_sets import neighbours

CODE = "CTX206"
_UNLIKELY = -2.0  # natural logarithm: a word's score less that of usual words, below which it is doubted
_UNLIKELY_TAG = -5.5  # natural logarithm of the chance of its tags, below which it is doubted
_LEAST_GAIN = 2.5  # by which a reading must suit the place better than the word, with what the translation says for it
_EACH_EDIT = 1.0  # what each edit takes from that,
_USUAL = 0.5  # and each unit of Zipf frequency by which the reading is more usual adds to it
_DEAREST = 3 * EDIT  # the most that a misreading may cost
_SHORT = 1.5  # edits that a word of two letters may cost
_LIKELIEST = 150  # words that suit the place best, among which those of like shape are looked for
_SHARED = 3  # first or last letters that make two words alike in beginning or ending
_ALIKE = 0.55  # the least share of letters that words of like shape have in common
_MOST = 4  # readings of a word, those worth most


def propose(context: Context) -> Iterator[Hypothesis]:
    """Words of like shape for every known word that its surroundings find improbable."""
    around = context.once(word_places)
    if around is None:
        return
    doubted = [word for word in context.words if around.knows(word.number) and _doubtful(context, around, word)]
    likeliest = around.likeliest([word.number for word in doubted], _LIKELIEST)
    for word, best in zip(doubted, likeliest, strict=True):
        wanted = wanted_forms(context, word) if context.pairs[word.pair].translation else ()
        yield from _readings(context, word, [*(form for form, _ in best), *wanted])


def _doubtful(context: Context, around: WordPlaces, word: Word) -> bool:
    """Whether a word is known and not in capitals, nothing speaks for it, and it suits its place badly."""
    if (
        word.token.kind != "word"
        or (word.text.isupper() and len(word.text) > 1)
        or not morphology.is_known(word.folded)
    ):
        return False
    if is_vouched(context, word) or is_of_syllabic_name(context, word):
        return False
    own = around.own(word.number)
    return own.word < _UNLIKELY or own.tag < _UNLIKELY_TAG


def _readings(context: Context, word: Word, likeliest: list[str]) -> Iterator[Hypothesis]:
    alike = [form for form in likeliest if Indel.normalized_similarity(word.folded, form, score_cutoff=_ALIKE)]
    own_form = word.folded
    forms = [f for f in dict.fromkeys((*_near(own_form), *alike)) if f != own_form and not _is_short_form(f)]
    if has_own_ending(context, word):
        lemmas = set(morphology.lemmas(word.folded))
        forms = [form for form in forms if not lemmas & set(morphology.lemmas(form))]
    worth: dict[str, tuple[float, Gain]] = {}
    for form, gain in zip(forms, gains(context, word, forms), strict=True):
        if _whole(gain) >= _LEAST_GAIN and (cost := _cost(word.folded, form)) is not None:
            usual = _USUAL * (wordlist.zipf(form) - wordlist.zipf(word.folded))
            worth[form] = _whole(gain) - _EACH_EDIT * cost / EDIT + usual, gain
    for form in sorted(worth, key=lambda form: (-worth[form][0], form))[:_MOST]:
        if worth[form][0] < _LEAST_GAIN:
            break
        reading = like(form, word.text)
        values = (("word", word.text), ("reading", reading))
        gain = worth[form][1]
        told = ("context.npz", "unlikely-here") if gain.around >= _LEAST_GAIN else ("bilingual.npz", "unlikely-beside")
        feature = Feature("unlikely", _whole(gain), (word.place,), *told, values)
        yield with_reading(CODE, (word.token,), reading, (feature,))


def _whole(gain: Gain) -> float:
    """What a form gains; a translation that speaks against it may be free and takes nothing away."""
    return gain.around + max(0.0, gain.spoken)


@lru_cache(maxsize=20_000)
def _near(word: str) -> tuple[str, ...]:
    """What a known word may be misread from, usual or not: words one letter away and the forms of its lemmas."""
    forms = (form for lemma in morphology.lemmas(word)[:2] for form in forms_of(lemma))
    return (*neighbours(word), *(f for f in forms if Indel.normalized_similarity(word, f, score_cutoff=_ALIKE)))


def _is_short_form(form: str) -> bool:
    """Whether a form is no word but stands for one, as прим. does: it would have its full stop."""
    return len(form) > 2 and authority.is_abbreviation(form)


def _cost(word: str, form: str) -> float | None:
    """What it costs to misread a form for the word, in eighths of an edit; None where they are not alike enough."""
    if abs(len(form) - len(word)) > 3:
        return None
    cost = float(channel_cost(word, form))
    shortest = min(len(word), len(form))
    if cost <= min(_DEAREST, EDIT * max(_SHORT, shortest / 2)):
        return cost
    if shortest <= _SHARED:
        return None
    beside = word[:_SHARED] == form[:_SHARED] or word[-_SHARED:] == form[-_SHARED:]
    return cost if beside and Indel.normalized_similarity(word, form) >= _ALIKE else None


RULE = Rule(
    code=CODE,
    family="CTX",
    name="word unlikely in its surroundings",
    propose=propose,
    needs=("morphology", "frequencies", "search", "confusions", "context_model", "names"),
    harm="sense",
    learned=True,
    about_word=True,
    since="2026.12",
    says=("unlikely-here", "unlikely-beside"),
)
