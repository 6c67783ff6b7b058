"""A misprint in the translation: "goverment", and "he built a horse" where the Russian has дом.

The English went through a typist or a scanner too. Asked are words in small letters that a letter more, less, exchanged or
moved makes into a much more usual word. For a word that hardly anybody uses, that is nearly enough; a word in its own right is
doubted only where nothing in its sentence calls for it, and a Russian word that nothing answers calls for the other. The
Russian is the witness in both cases (the noisy channel of Kernighan, Church and Gale 1990, with the original as a second
source of the word). Blind to capitals and names, which have rules of their own, to misprints of two letters, and to words
parted at a line end.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from collation.alignment.affinity import Answer, affinity, answer, call
from collation.evidence.context import Context
from collation.knowledge.letters import fold, one_letter_away, script
from collation.knowledge.names.sound import EQUAL, same_sound
from collation.knowledge.values.numerals import numerals
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.english import STOP, english_lemma, is_english
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule

CODE = "TRN957"
_LEAST_LETTERS = 4  # letters of a word that is doubted
_LEAST_MEMBER = 3  # letters of each word of a compound
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_LATIN = frozenset(
    "ibid idem passim supra infra circa viz sic".split()
)  # Latin of notes, which no dictionary of words has
_USUAL = 3.3  # Zipf frequency that the other word has at least,
_MORE_USUAL = 1.5  # and by how much it is more usual than a word that is rare
_MORE_FOR_SMALL = 0.5  # the same, where a small Russian word calls for a word that is no small one
_RARE = 2.9  # Zipf frequency up to which a word may be none: the large list has common misspellings too
_CALLED = 0.6  # affinity from which a Russian word calls for the other word
_FACING = 0.25  # share of a sentence by which the two may be apart
# What moves the log-odds of the doubt
_PRIOR = -4.2
_NO_WORD = 4.2  # no dictionary has the word
_FOR_USE, _MOST_USE = 0.8, 3.5  # each unit of frequency that the other word is more usual, and how many count
_FOR_CALLED = 2.5  # the Russian calls for the other word, fully
_REPEATED = -2.0  # the translation has the word more than once
_INNER = 0.3  # the first letters are the same: typists hit those
_MOST = 3  # readings
_SHARE_BY_RANK, _LEAST_SHARE = 0.3, 0.3  # how much less of the doubt each further reading is given, and the least


@dataclass(frozen=True, slots=True)
class _Reading:
    """Another English word: how usual it is, which Russian word calls for it, if any, and how surely."""

    text: str
    zipf: float
    called: float
    russian: Token | None


def propose(context: Context) -> Iterator[Hypothesis]:
    """Usual words for words of the translation that are a letter away from them and that the Russian does not call for."""
    if not context.aligned.parallel:
        return
    times = context.once(_times)
    for number, pair in enumerate(context.pairs):
        claimed = context.claims[number]
        for j, token in enumerate(pair.translation):
            if not _may_be_misprint(token):
                continue
            own = _zipf(token.text)
            word = own > _RARE or is_english(token.text)
            if not (word and j in claimed):
                yield from _doubt(context, number, j, own, times[token.text], word=word)


def _times(context: Context) -> Counter[str]:
    """How often the translation has each word."""
    return Counter(t.text.lower() for pair in context.pairs for t in pair.translation if t.kind == "word")


def _may_be_misprint(token: Token) -> bool:
    return (
        token.kind == "word"
        and token.text.isalpha()
        and token.text.islower()
        and len(token.text) >= _LEAST_LETTERS
        and len(token.place.spans) == 1
        and script(token.text) == "latin"
        and token.text not in STOP
        and token.text not in _LATIN
    )


def _zipf(word: str) -> float:
    """How usual an English word is, an inflected one as its lemma where that is more usual."""
    return max(wordlist.english_zipf(word), wordlist.usual_english_zipf(english_lemma(word)))


def _doubt(context: Context, number: int, j: int, own: float, times: int, *, word: bool) -> Iterator[Hypothesis]:
    pair = context.pairs[number]
    token = pair.translation[j]
    found = []
    code = context.languages.translation.code
    counts = bool(numerals(token.text, code))
    for other in one_letter_away(token.text, _LETTERS):
        if counts and numerals(other, code):
            continue  # billion, million: for the rules of values, which say whose slip it is
        usual = wordlist.usual_english_zipf(other)
        if usual < (_USUAL if word else max(_USUAL, own + _MORE_USUAL)) or english_lemma(other) == english_lemma(
            token.text
        ):
            continue
        called, russian = _called_for(context, number, j, other)
        if word and usual < own + _MORE_FOR_SMALL and russian and _is_small(context, russian) and other not in STOP:
            continue  # не calls for "non" and "nope" too, which is no reason to doubt "none"
        found.append(_Reading(other, usual, called, russian))
    if any(reading.called < _CALLED for reading in found) and (
        word or _is_compound(token.text) or _is_russian(pair.original, token) or _is_foreign(pair.translation, j)
    ):
        found = [reading for reading in found if reading.called >= _CALLED]
    found.sort(key=lambda r: (-_strength(token.text, own, r, times, word=word), r.text))
    for rank, reading in enumerate(found[:_MOST]):
        yield _hypothesis(context, number, token, reading, _strength(token.text, own, found[0], times, word=word), rank)


def _is_foreign(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether a word may stand in a phrase of another language: the word beside is no English word either."""
    beside = (tokens[k] for k in (j - 1, j + 1) if 0 <= k < len(tokens))
    return any(_may_be_misprint(t) and _zipf(t.text) <= _RARE and not is_english(t.text) for t in beside)


def _is_compound(word: str) -> bool:
    """Whether a word is made of two, as "crowdfunded" is: dictionaries have few of these."""
    return any(
        is_english(word[:i]) and is_english(word[i:]) for i in range(_LEAST_MEMBER, len(word) - _LEAST_MEMBER + 1)
    )


def _is_russian(tokens: tuple[Token, ...], token: Token) -> bool:
    """Whether a word is a Russian one in Latin letters, as raion for район, an English plural taken off: aksakals, beks."""
    latin = {token.text, token.text.removesuffix("s")}
    russian = {form for t in tokens if t.kind == "word" for form in (t.text, *morphology.lemmas(t.text))}
    return any(same_sound(form, word, least=EQUAL) >= EQUAL for form in russian for word in latin)


def _called_for(context: Context, number: int, j: int, word: str) -> tuple[float, Token | None]:
    """How surely a Russian word beside, which no other English word answers, calls for a word, and which one."""
    (wanted,) = call((Token(word, context.pairs[number].translation[j].place, "word"),), context.knowledge.lexicon)
    best: tuple[float, Token | None] = (0.0, None)
    for answered in context.once(_facing, number, j):
        value = affinity(answered, wanted)
        if value > best[0]:
            best = value, answered.token
    return best


def _facing(context: Context, number: int, j: int) -> tuple[Answer, ...]:
    """The Russian words beside an English one that no other answers."""
    pair, claimed, answers = context.pairs[number], context.answered[number], context.once(_answers, number)
    at, size = j / len(pair.translation), len(pair.original)
    return tuple(a for i, a in enumerate(answers) if claimed.get(i, j) == j and abs(i / size - at) <= _FACING)


def _is_small(context: Context, russian: Token) -> bool:
    return fold(russian.text) in context.language.function_words


def _answers(context: Context, number: int) -> tuple[Answer, ...]:
    return answer(context.pairs[number].original, context.language)


def _strength(text: str, own: float, reading: _Reading, times: int, *, word: bool) -> float:
    strength = _FOR_USE * min(_MOST_USE, reading.zipf - own) + _FOR_CALLED * reading.called
    strength += 0.0 if word else _NO_WORD
    strength += _REPEATED if times > 1 else 0.0
    strength += _INNER if text[:2] == reading.text[:2] else 0.0
    return strength


def _hypothesis(
    context: Context, number: int, token: Token, reading: _Reading, strength: float, rank: int
) -> Hypothesis:
    places: tuple[Place, ...] = (token.place,)
    values = (("word", token.text), ("reading", reading.text))
    features = [
        Feature("strength", strength),
        Feature("reading_share", max(_LEAST_SHARE, 1.0 - _SHARE_BY_RANK * rank)),
        Feature("letter", 1.0, (), "", "english-letter-away", values),
    ]
    if reading.russian is not None and reading.called >= _CALLED:
        places = (token.place, reading.russian.place)
        called = (("russian", reading.russian.text), ("reading", reading.text))
        features.append(Feature("called", reading.called, (reading.russian.place,), "", "english-called-for", called))
    edit = Edit(token.place, reading.text)
    return Hypothesis(CODE, places, (edit,), tuple(features), "translation", "conjecture")


RULE = Rule(
    code=CODE,
    family="TRN",
    name="misprint in the translation",
    propose=propose,
    sides=("translation",),
    needs_translation=True,
    needs=("morphology", "frequencies", "glossary"),
    harm="spelling",
    prior=_PRIOR,
    about_word=True,
    since="2026.12",
    says=("english-letter-away", "english-called-for"),
)
