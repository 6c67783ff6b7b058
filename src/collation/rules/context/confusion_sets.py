"""Real words that a scanner makes of others by one letter: "м" for и, "ках" for как, "но" for не.

Function words carry the sense and no dictionary objects to them. Every short or frequent word with a neighbour one
likely misreading away is weighed against it by the language model and the translation. Blind where both fit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache

from collation.evidence.context import Context, Word, is_attested
from collation.evidence.fixed_endings import has_own_ending, is_of_syllabic_name
from collation.evidence.kinship import is_kin
from collation.evidence.vouching import is_vouched
from collation.knowledge.letters import like
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confused_words import ONE_LETTER, confusion_sets
from collation.knowledge.words.confusions import EDIT
from collation.knowledge.words.language_model import LanguageModel, unit
from collation.knowledge.words.search import any_letter, confusable_letters, similar, usual_similar
from collation.knowledge.words.usual_tree import usual_tree
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "CTX203"
_LEAST_GAIN = 0.3  # natural log-odds of the language model by which a reading must be likelier
_SHORT_GAIN = -1.5  # one-letter words: the translation may decide against the language model
_RARE = 3.0  # Zipf frequency of a word that is doubted as freely as a non-word,
_MORE_USUAL = 0.5  # and how much more usual its readings are
_LEAST_SHARE = 1e-6  # of all words: a usual form that differs in its last letters
_MOST = 5  # readings of a word, the likeliest
_HABIT = 3  # non-words that make an exchange of letters a habit of the scanner
_COMMON = 5.0  # Zipf frequency of the commonest words, which the scanner's habits do not touch
_SHORTEST_KIN = 4  # letters of a verb that another prefix makes another verb of (привнес, принес)
_LIKELY = 6  # eighths of an edit that a likely misreading of a letter costs at the most
_TAIL = 3  # last letters in which a form of the same beginning may differ


@lru_cache(maxsize=5_000)
def neighbours(word: str) -> tuple[str, ...]:
    """Known forms one likely misreading from a word: a confusable letter, a letter lost or gained, two changed places."""
    tree = usual_tree()
    found: set[str] = set(confusion_sets().get(word, ()))
    found.update(tree.misread(word, any_letter if len(word) <= 3 else _likely, EDIT))
    if len(word) >= 2:
        found.update(tree.longer(word))
    if len(word) > 2:
        found.update(tree.shorter(word), tree.swapped(word))
    found.discard(word)
    return tuple(
        sorted(w for w in found if (len(w) > 1 and wordlist.is_usual(w) and morphology.is_known(w)) or w in ONE_LETTER)
    )


@lru_cache(maxsize=200)
def _likely(letter: str) -> dict[str, int]:
    """What a letter is likely to be misread from, each for an edit."""
    return {other: EDIT for other, cost in confusable_letters(letter).items() if cost <= _LIKELY}


def propose(context: Context) -> Iterator[Hypothesis]:
    """Readings that the language model prefers to a real word."""
    language = context.knowledge.language_model
    if language is None:
        return
    for word in context.words:
        if word.token.kind != "word" or (not morphology.is_known(word.folded) and len(word.text) > 2):
            continue
        if (word.text.isupper() and len(word.text) > 1) or _behind_stroke(context, word):
            continue
        if is_vouched(context, word) or is_of_syllabic_name(context, word):
            continue
        yield from _readings(context, word, language)


def _behind_stroke(context: Context, word: Word) -> bool:
    """Whether it is a letter or two behind figures and a stroke: in "417205/ш" and "1/Е 1950" they are no word."""
    if len(word.text) > 2 or word.index < 2:
        return False
    figures, stroke = context.pairs[word.pair].original[word.index - 2 : word.index]
    return (
        stroke.text == "/"
        and figures.kind == "number"
        and figures.stop == stroke.start
        and stroke.stop == word.token.start
    )


def _near(context: Context, word: str) -> tuple[str, ...]:
    """The forms to weigh a word against; a rare word is doubted as freely as a non-word."""
    found = [*neighbours(word), *_habitual(word, context.once(habits))]
    if len(word) > 2 and wordlist.zipf(word) < _RARE:
        found += (form for form in usual_similar(word) if wordlist.zipf(form) > wordlist.zipf(word) + _MORE_USUAL)
    return tuple(dict.fromkeys(found + list(same_beginning(word))))


def habits(context: Context) -> tuple[tuple[str, str], ...]:
    """Letters that this document's scanner exchanges: seen in the nearest readings of three non-words and more."""
    counts: Counter[tuple[str, str]] = Counter()
    for form in context.forms:
        if len(form) < 5 or is_attested(form):
            continue
        nearest = [f for f, _ in similar(form, EDIT) if len(f) == len(form)][:1]
        counts.update({(a, b) for f in nearest for a, b in zip(form, f, strict=True) if a != b})
    return tuple(sorted(pair for pair, n in counts.items() if n >= _HABIT))


def _habitual(word: str, exchanged: tuple[tuple[str, str], ...]) -> list[str]:
    """A word that is not among the commonest with the scanner's habitual exchanges taken back, all of a letter at once."""
    if len(word) < 3 or wordlist.zipf(word) >= _COMMON:
        return []
    found = [word.replace(wrong, right) for wrong, right in exchanged if wrong in word]
    return [w for w in found if wordlist.is_usual(w) and morphology.is_known(w)]


@lru_cache(maxsize=5_000)
def same_beginning(word: str) -> tuple[str, ...]:
    """Usual forms that differ from a word in its last letters only, of whatever part of speech: "согласию", "согласно"."""
    if len(word) < 6:
        return ()
    kept = max(4, len(word) - _TAIL)
    own = set(morphology.lemmas(word))
    beginning = word[:kept]
    return tuple(
        w
        for w in sorted(usual_tree().completions(beginning, _TAIL + 1))
        if w != word
        and abs(len(w) - len(word)) <= 2
        and wordlist.is_usual(w, _LEAST_SHARE)
        and any(spelt.startswith(beginning) for spelt in morphology.spellings(w))
        and not own & set(morphology.lemmas(w))
    )


def _readings(context: Context, word: Word, language: LanguageModel) -> Iterator[Hypothesis]:
    before, after = context.neighbours(word, 4, 4)
    left = [u for t in before if (u := unit(t.text, t.kind))][-2:]
    right = [u for t in after if (u := unit(t.text, t.kind))][:2]
    stay = language.words([*left, word.folded, *right], len(left), len(left) + 1 + len(right))
    found = []
    least = _SHORT_GAIN if len(word.text) <= 2 else _LEAST_GAIN
    own = frozenset(morphology.lemmas(word.folded))
    settled = has_own_ending(context, word)
    for form in _near(context, word.folded):
        if settled and own & set(morphology.lemmas(form)):
            continue
        if len(form) != len(word.folded) and len(form) > _SHORTEST_KIN and is_kin(own, form) and _is_verb(form):
            continue
        gain = language.words([*left, form, *right], len(left), len(left) + 1 + len(right)) - stay
        if gain > least:
            found.append((-gain, form))
    for gain, form in sorted(found)[:_MOST]:
        features = (
            Feature(
                "usual",
                -gain,
                (word.place,),
                "period.counts",
                "usual-here",
                (("reading", like(form, word.text)), ("word", word.text)),
            ),
            Feature("real_word", 1.0, (word.place,)),
        )
        yield with_reading(CODE, (word.token,), like(form, word.text), features)


def _is_verb(form: str) -> bool:
    return any(parse.pos in {"VERB", "INFN", "GRND"} for parse in morphology.parses(form))


RULE = Rule(
    code=CODE,
    family="CTX",
    name="real-word error in context",
    propose=propose,
    needs=("morphology", "frequencies", "search", "confusions", "language_model"),
    harm="sense",
    learned=True,
    about_word=True,
    since="2026.11",
    says=("usual-here",),
)
