"""Names of one side that nothing on the other answers.

The rules of misread names ask whether two names are one, misspelt; here it is asked whether a name is there at all. A name
is a word with a capital inside a sentence, known or not (Kovalevich, the Soviet Government), one of the dictionaries at its
beginning, or a Russian word that the translation elsewhere writes with a capital (советский). It is answered by a linked
word, by what the glossary calls for, or by a word that sounds so, in its own sentence or the next ones. Nothing is decided
here: a ``LoneName`` has its measures (``name_measures``), and the rule weighs them. Blind to names in capitals and to
initials.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.alignment.affinity import affinity
from collation.evidence.context import Context
from collation.evidence.unanswered_runs import Facing, answers
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.sound import same_sound
from collation.knowledge.words import morphology
from collation.knowledge.words.english import STOP
from collation.model import SentencePair, Token
from collation.rules.names.english_names import bare
from collation.rules.names.mentions import name_kinds

_LINKED = 0.6  # score of a link, or affinity, by which a name is answered
_SOUNDS = 0.85  # likeness by which it is answered by its sound
_INITIAL = 2  # letters of an initial
_LEAST = 5  # letters of a Russian word without a capital that may be a name in the translation
_TWICE = 2  # times that the translation writes such a word with a capital
_ENDS = frozenset('.!?…:«"“„—–-(')
_SHORT_FORM = regex.compile(r"^I['’]|['’](?:m|d|ll|re|ve|t)$", regex.IGNORECASE)  # I'm, I'll
_NO_NAMES = frozenset("mr mrs ms dr messrs".split())


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A name without an answer, by its pair and index, and what comes nearest to one, each 0 to 1: the score of its link, the
    best affinity in its pair and in the next ones, the likeness of the likest sound around."""

    pair: int
    index: int
    score: float
    affinity: float
    around: float
    sound: float


def unanswered_names(context: Context, side: Facing) -> tuple[Unanswered, ...]:
    """The names of a side that nothing answers, in order of the text."""
    return context.once(_unanswered_names, side)


def _unanswered_names(context: Context, side: Facing) -> tuple[Unanswered, ...]:
    return tuple(found for number in range(len(context.pairs)) for found in _of_pair(context, side, number))


def _of_pair(context: Context, side: Facing, number: int) -> Iterator[Unanswered]:
    pair = context.pairs[number]
    if not pair.original or not pair.translation:
        return
    scores = {(w.original if side == "original" else w.translation): w.score for w in pair.words}
    for i in range(len(own_tokens(pair, side))):
        if scores.get(i, 0.0) >= _LINKED or not _is_name(context, pair, side, i):
            continue
        own, around = _affinities(context, side, number, i)
        if own >= _LINKED:
            continue
        sound = _sound(context, side, number, own_tokens(pair, side)[i])
        if sound < _SOUNDS:
            yield Unanswered(number, i, scores.get(i, 0.0), own, around, sound)


def own_tokens(pair: SentencePair, side: Facing) -> tuple[Token, ...]:
    """The tokens of a side."""
    return pair.original if side == "original" else pair.translation


def other_tokens(pair: SentencePair, side: Facing) -> tuple[Token, ...]:
    """The tokens opposite a side."""
    return pair.translation if side == "original" else pair.original


def is_capitalised(token: Token) -> bool:
    """Whether a word has a capital first, and not throughout."""
    text = token.text
    return token.kind == "word" and len(text) > _INITIAL and text[0].isupper() and not text.isupper()


def opens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word opens its sentence or quotation."""
    return i == 0 or tokens[i - 1].text in _ENDS


def _is_name(context: Context, pair: SentencePair, side: Facing, i: int) -> bool:
    tokens = own_tokens(pair, side)
    token = tokens[i]
    if side == "original":
        if token.kind != "word" or script(token.text) != "cyrillic":
            return False
        if not is_capitalised(token):
            return len(token.text) >= _LEAST and token.text.islower() and is_written_large(context, token.text)
        return not opens(tokens, i) or bool(name_kinds(token.text))
    if not is_capitalised(token) or script(token.text) != "latin" or _SHORT_FORM.search(token.text):
        return False
    word = bare(token.text)
    low = word.lower().replace("’", "'")
    if low in STOP or low in _NO_NAMES or word.removesuffix("s").isupper() or low in _abbreviated(context):
        return False
    return not opens(tokens, i) or bool(authority.by_english(word))


def is_written_large(context: Context, russian: str) -> bool:
    """Whether the translation answers a Russian word with a capitalised one inside its sentences."""
    return context.once(_written_large)[stem(russian)] >= _TWICE


def _written_large(context: Context) -> Counter[str]:
    """How often each Russian word without a capital has a capitalised answer, less the times that it has another."""
    found: Counter[str] = Counter()
    for pair in context.pairs:
        for link in pair.words:
            ours, theirs = pair.original[link.original], pair.translation[link.translation]
            if link.score >= _LINKED and ours.text.islower() and not opens(pair.translation, link.translation):
                found[stem(ours.text)] += 1 if is_capitalised(theirs) else -1
    return found


def _abbreviated(context: Context) -> frozenset[str]:
    """The abbreviations of the translation's language, one and several: Cde, Cdes."""
    known = context.languages.translation.abbreviations()
    return known | {word + "s" for word in known}


def around(context: Context, number: int) -> list[int]:
    """A pair and those before and behind it."""
    return [n for n in (number - 1, number, number + 1) if 0 <= n < len(context.pairs)]


def _affinities(context: Context, side: Facing, number: int, i: int) -> tuple[float, float]:
    """The best affinity of a word to any opposite it, and to any opposite the next sentences."""
    found = {number: 0.0}
    for n in around(context, number):
        if side == "original":
            own = answers(context, number)[i]
            found[n] = max((affinity(own, call) for call in context.calls[n]), default=0.0)
        else:
            call = context.calls[number][i]
            found[n] = max((affinity(other, call) for other in answers(context, n)), default=0.0)
    return found[number], max((v for n, v in found.items() if n != number), default=0.0)


def _sound(context: Context, side: Facing, number: int, token: Token) -> float:
    """How like the likest capitalised word around sounds; Russian ones in small letters (омикрон) in the pair itself only."""
    best = 0.0
    for n in around(context, number):
        for other in other_tokens(context.pairs[n], side):
            large = other.text[0].isupper() or (side == "translation" and n == number)
            if other.kind != "word" or len(other.text) <= _INITIAL or not large:
                continue
            ours, theirs = (token, other) if side == "original" else (other, token)
            pair = ours.text, bare(theirs.text)
            best = max(best, same_sound(*pair), authority.same_name(*pair))
    return best


def renderings(context: Context, russian: str) -> Counter[str]:
    """How the translation writes a Russian name where it answers it: each spelling with how often."""
    return context.once(_rendered).get(stem(russian), Counter())


def _rendered(context: Context) -> dict[str, Counter[str]]:
    """The English words that answer the Russian names of the document, by the stem of the name."""
    found: dict[str, Counter[str]] = {}
    for pair in context.pairs:
        for link in pair.words:
            ours, theirs = pair.original[link.original].text, pair.translation[link.translation].text
            if link.score >= _LINKED and ours[:1].isupper() and theirs[:1].isupper():
                found.setdefault(stem(ours), Counter())[bare(theirs)] += 1
    return found


def stem(russian: str) -> str:
    """What the forms of a Russian name share: its lemma, or all but its last letters."""
    folded = fold(russian)
    if morphology.is_known(folded):
        return (morphology.lemmas(folded) or (folded,))[0]
    return folded[: max(3, len(folded) - 2)]
