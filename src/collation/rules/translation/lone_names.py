"""Names of one side that nothing on the other answers.

The rules of misread names ask whether two names are one, misspelt; here it is asked whether a name is there at all. A name
is a word with a capital inside a sentence, known or not (Kovalevich, the Soviet Government), one of the dictionaries at its
beginning, or a Russian word that this translation elsewhere, or translations in general, write with a capital (советский). It is answered by a linked
word, by what the glossary calls for, or by a word that sounds so, in its own sentence; one that answers another word already
does not count (министр twice, "Minister" once). Of a name of several words each word is asked for: Союз answers "Union" and not
"Soviet", "New" half of Нью-Йорк, and СССР the whole. Nothing is decided here: a ``LoneName`` has its measures (``name_measures``),
and the rule weighs them. Latin words in the Russian are
names too. Blind to names in capitals and to initials.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.alignment.affinity import affinity
from collation.evidence.context import Context
from collation.evidence.holes import name_gains
from collation.evidence.unanswered_runs import Facing, answers
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.peoples import places_of
from collation.knowledge.names.sound import NEAR, same_sound
from collation.knowledge.names.syllables import without_possessive
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.answered import large_share
from collation.knowledge.words.english import STOP
from collation.model import SentencePair, Token
from collation.rules.names.mentions import name_kinds
from collation.rules.translation.compounds import is_part_of_compound
from collation.rules.translation.name_answers import (
    FROM_NAMES,
    ONE_PLACE,
    ROOT,
    affinities,
    opposite_side,
    other_tokens,
    own_tokens,
    sounds,
    sounds_as_one_word,
)

_LINKED = 0.6  # score of a link, or affinity, by which a name is answered
_BUSY = 0.35  # score of a link by which a word answers another, if not surely
_SOUNDS = 0.85  # likeness by which it is answered by its sound
_INITIAL = 2  # letters of an initial
_LEAST = 5  # letters of a Russian word without a capital that may be a name in the translation
_TWICE = 2  # times that the translation writes such a word with a capital
_LARGE = 0.15  # share of the uses of such a word, in all texts, that have a capital in the translation
_CLEAR_HOLE = 1.5  # log-odds of a lost name somewhere in a sentence that surely lacks a word
_BESIDE = 4  # tokens beside a word within which another is of the same name
_ENDS = frozenset('.!?…:«"“„—–-()#*•')
_CUT = 2  # letters by which a form of the name may be longer
_HALF_HEARD = 0.5  # likeness below which a word of a name with a hyphen has no answer
_OWN_WORD = 0.85  # weight with which a word alone, and not its phrase, calls for a Russian one
_NAMING = frozenset({"NOUN", "ADJF", "PRTF"})
_INSIDE = 2  # words before and behind one among which others are of one name with it
_SHORT_FORM = regex.compile(r"^I['’]|['’](?:m|d|ll|re|ve|t)$", regex.IGNORECASE)  # I'm, I'll
_BEFORE_NAMES = frozenset(
    "mr mrs ms dr st prof gen col lt г гг т тов тт гр св проф ген им".split()
)  # short before a name
_RARE = 2.0  # Zipf value below which a word that the glossary lacks is a name at the beginning of a sentence
_NO_NAMES = frozenset("mr mrs ms dr messrs sen sens rep reps gov govs gen sgt".split())


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A name without an answer, by its pair and index, and what comes nearest to one, each 0 to 1: the score of its link, the
    best affinity and likeness of sound to a free word of its pair, to one that answers another word (``taken``), and to any in
    the next pairs (``around``)."""

    pair: int
    index: int
    score: float
    affinity: float
    sound: float
    taken: float
    around: float
    sound_around: float


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
    back, busy = partners(pair, side), partners(pair, side, least=_BUSY)
    for k, i in [*back.items()]:
        if (j := _rather(context, side, number, i, k)) != i:
            back[k] = busy[k] = j
            scores[i] = 0.0
    for i, token in enumerate(own_tokens(pair, side)):
        if scores.get(i, 0.0) >= _LINKED:
            if side == "original" and (is_half_answered(context, number, i) or is_answered_by_half(context, number, i)):
                yield Unanswered(number, i, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
            continue
        if not _is_name(context, number, side, i):
            continue
        if i in context.once(_unmarked_starts, side, number) and context.once(
            _unmarked_starts, opposite_side(side), number
        ):
            continue
        by_word = affinities(context, side, number, i, number)
        by_sound = sounds(context, side, number, token, number)
        kin = {k: _nearest(context, side, number, k) for k, value in by_word.items() if _LINKED <= value <= ONE_PLACE}
        halves = frozenset(k for k in by_word.keys() | by_sound.keys() if is_half(context, side, number, i, k, back))
        halves -= {k for k in halves if sounds_as_one_word(context, side, (number, number), token, k)}
        free_word, taken_word = _best(by_word, back, kin | busy, i, _LINKED, halves)
        named = {k: _first(context, side, number, k, i) for k, value in by_sound.items() if value >= _SOUNDS}
        free_sound, taken_sound = _best(by_sound, named | back, named | busy, i, _SOUNDS, halves)
        if free_word >= _LINKED or free_sound >= _SOUNDS:
            continue
        beyond = [n for n in around(context, number) if n != number]
        yield Unanswered(
            number,
            i,
            scores.get(i, 0.0),
            free_word,
            free_sound,
            max(taken_word if taken_word >= _LINKED else 0.0, taken_sound if taken_sound >= _SOUNDS else 0.0),
            max((v for n in beyond for v in affinities(context, side, number, i, n).values()), default=0.0),
            max((v for n in beyond for v in sounds(context, side, number, token, n).values()), default=0.0),
        )


def is_half_answered(context: Context, number: int, i: int) -> bool:
    """Whether a Russian name of two words with a hyphen has an answer to one of them only: Нью-Йорк in "New". In one word (Байт-Дарас,
    "Baitdaras"), or translated elsewhere, it is answered."""
    text = context.pairs[number].original[i].text
    words = [word for word in text.split("-") if len(word) > _INITIAL]
    if len(words) < _TWICE or any(not word[0].isupper() or word.isupper() for word in words):
        return False
    english = [
        without_possessive(t.text)
        for n in around(context, number)
        for t in context.pairs[n].translation
        if t.kind == "word" and t.text[0].isupper()
    ]
    if any("-" in word or same_sound(text.replace("-", "").capitalize(), word) >= NEAR for word in english):
        return False
    found = [max((same_sound(word, other) for other in english), default=0.0) for word in words]
    return max(found) >= _SOUNDS and min(found) < _HALF_HEARD


def is_answered_by_half(context: Context, number: int, i: int) -> bool:
    """Whether a Russian name in one word is answered by one word of its English spelling, without the others near it: Великобритания by
    "Great"."""
    pair = context.pairs[number]
    text = pair.original[i].text
    k = next(w.translation for w in pair.words if w.original == i and w.score >= _LINKED)
    english = pair.translation[k].text
    if not text[0].isupper() or text.isupper() or "-" in text or not is_capitalised(pair.translation[k]):
        return False
    own = authority.latin_words(without_possessive(english))
    spellings = [authority.latin_words(s) for name in authority.borne_by(fold(text)) for s in name.english]
    whole = [words for words in spellings if len(own) == 1 and own[0] in words]
    if not whole or own in whole or renders_alone(context, "original", pair.original[i], pair.translation[k]):
        return False
    if sounds_as_one_word(context, "original", (number, number), pair.original[i], k):
        return False
    near = {
        word
        for n in range(max(0, k - _BESIDE), min(len(pair.translation), k + _BESIDE + 1))
        if pair.translation[n].kind == "word"
        for word in authority.latin_words(without_possessive(pair.translation[n].text))
    }
    return not any(near.issuperset(words) for words in spellings)


def _best(
    values: dict[int, float],
    back: dict[int, int],
    busy: dict[int, int],
    i: int,
    least: float,
    halves: frozenset[int],
) -> tuple[float, float]:
    """The best value of the words that are free for a word, and of those that answer another word far from it, be it less surely
    where they are but about one place (испанцы answers "Spaniards", and not "Madrid" too). One that answers a neighbour is
    free: СССР answers both words of "Soviet Union"; but ``halves`` are those that answer only the neighbour."""
    free = taken = 0.0
    for k, value in values.items():
        linked = back if value > ONE_PLACE else busy
        is_far = k in linked and linked[k] != i and abs(linked[k] - i) > _BESIDE
        if (is_far or k in halves) and value >= least:
            taken = max(taken, value)
        else:
            free = max(free, value)
    return free, taken


def is_half(context: Context, side: Facing, number: int, i: int, k: int, back: dict[int, int]) -> bool:
    """Whether a word opposite answers the neighbour of a name and not the name: Союз "Union" and not "Soviet", which it would have
    beside it. One that is the whole name in one word (СССР, Совсоюз, Великобритания) answers both."""
    pair = context.pairs[number]
    j = back.get(k, i)
    own, other = own_tokens(pair, side), other_tokens(pair, side)[k]
    if not 0 < abs(j - i) <= _BESIDE or other.kind != "word" or other.text[:2].isupper() or "-" in other.text:
        return False
    ours, theirs = (own[i], other) if side == "original" else (other, own[i])
    beside = (own[j], other) if side == "original" else (other, own[j])
    return (
        own[j].text[:1].isupper()
        and not authority.is_same_in_one_word(ours.text, without_possessive(theirs.text), adjectives=False)
        and (
            renders_alone(context, "original", *beside)
            or authority.is_same_in_one_word(beside[0].text, without_possessive(beside[1].text), adjectives=True)
            != authority.is_same_in_one_word(ours.text, without_possessive(theirs.text), adjectives=True)
        )
        and not is_whole_rendering(context, side, number, i, k)
    )


def _rather(context: Context, side: Facing, number: int, i: int, k: int) -> int:
    """The neighbour of a name that the word opposite it renders by itself, as the name does not: of Советского Союза, linked with
    "Soviet", the first. The name itself where there is none."""
    pair = context.pairs[number]
    tokens, others = own_tokens(pair, side), other_tokens(pair, side)
    if not tokens[i].text[:1].isupper() or renders_alone(context, side, tokens[i], others[k]):
        return i
    linked = set(links_to(pair, side))
    for j in (i - 1, i + 1):
        near = 0 <= j < len(tokens) and j not in linked and is_capitalised(tokens[j])
        if near and renders_alone(context, side, tokens[j], others[k]):
            return j if is_half(context, side, number, i, k, {k: j}) else i
    return i


def renders_alone(context: Context, side: Facing, own: Token, other: Token) -> bool:
    """Whether the glossary has two words for answers of each other, without a phrase around them."""
    ours, theirs = (own, other) if side == "original" else (other, own)
    if theirs.kind != "word":
        return False
    alone = context.knowledge.lexicon.equivalents(without_possessive(theirs.text))
    return any(alone.get(lemma, 0.0) >= _OWN_WORD for lemma in morphology.lemmas(fold(ours.text)))


def links_to(pair: SentencePair, side: Facing) -> list[int]:
    """The indices of a side that have a link which answers."""
    return [(w.original if side == "original" else w.translation) for w in pair.words if w.score >= _LINKED]


def is_whole_rendering(context: Context, side: Facing, number: int, i: int, k: int) -> bool:
    """Whether a word opposite is one of the glossary's answers to a name or to the phrase that it is in, or is a compound."""
    own, called = (
        (answers(context, number)[i], context.calls[number][k])
        if side == "original"
        else (answers(context, number)[k], context.calls[number][i])
    )
    return is_part_of_compound(own, called) or any(called.lemmas.get(lemma, 0.0) >= _LINKED for lemma in own.lemmas)


def _nearest(context: Context, side: Facing, number: int, k: int) -> int:
    """The word of a side that a word opposite answers best, of several as well the one that is placed as it is."""
    pair = context.pairs[number]
    across = len(own_tokens(pair, side)) / len(other_tokens(pair, side))
    rivals = affinities(context, opposite_side(side), number, k, number)
    return max(rivals, key=lambda j: (rivals[j], -abs(j - k * across)), default=-1)


def _first(context: Context, side: Facing, number: int, k: int, i: int) -> int:
    """Of the names of a side that sound like a word opposite the one that is placed as it is: of "Norton" said twice and answered once
    one has no answer."""
    pair, tokens = context.pairs[number], own_tokens(context.pairs[number], side)
    across = len(tokens) / len(other_tokens(pair, side))
    same = [j for j, token in enumerate(tokens) if token.text == tokens[i].text]
    return min(same, key=lambda j: abs(j - k * across))


def partners(pair: SentencePair, side: Facing, least: float = _LINKED) -> dict[int, int]:
    """The index on a side of the word that each word opposite answers, with a link of some score at the least."""
    return {
        (w.translation if side == "original" else w.original): (w.original if side == "original" else w.translation)
        for w in pair.words
        if w.score >= least
    }


def is_capitalised(token: Token) -> bool:
    """Whether a word has one capital first: НКИД and НКИдел have more."""
    text = token.text
    return token.kind == "word" and len(text) > _INITIAL and text[0].isupper() and not text[:2].isupper()


def opens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word opens its sentence or quotation; behind the stop of an initial or a title (Mr., Св.) none does."""
    if i == 0 or tokens[i - 1].text[-1] not in _ENDS:
        return i == 0
    short = fold(tokens[i - 2].text) if i > 1 and tokens[i - 1].text == "." else ""
    return not (short in _BEFORE_NAMES or (len(short) == 1 and tokens[i - 2].text.isupper()))


def _is_name(context: Context, number: int, side: Facing, i: int) -> bool:
    tokens = own_tokens(context.pairs[number], side)
    token = tokens[i]
    if side == "original":
        if token.kind != "word" or script(token.text) != "cyrillic":
            return script(token.text) == "latin" and is_capitalised(token) and not opens(tokens, i)
        if not is_capitalised(token):
            return token.text.islower() and _may_be_large(context, number, i)
        return not opens(tokens, i) or bool(name_kinds(token.text))
    if not is_capitalised(token) or script(token.text) != "latin" or _SHORT_FORM.search(token.text):
        return False
    word = without_possessive(token.text)
    low = word.lower().replace("’", "'")
    if low in STOP or low in _NO_NAMES or word.removesuffix("s").isupper() or low in _abbreviated(context):
        return False
    ordinary = bool(context.calls[number][i].lemmas)
    return (
        not opens(tokens, i)
        or is_name_in_files(word, ordinary=ordinary)
        or not (ordinary or wordlist.usual_english_zipf(word.lower()) >= _RARE)
    )


def is_name_in_files(english: str, *, ordinary: bool) -> bool:
    """Whether an English word is a name of the files, or one word of it; where it is ``ordinary`` too, as in Foreign Office, only
    if it is a name by itself (China)."""
    found = authority.by_english(english)
    if not ordinary:
        return bool(found)
    own = authority.latin_words(english)
    return any(authority.latin_words(spelling) == own for name in found for spelling in name.english)


def _may_be_large(context: Context, number: int, i: int) -> bool:
    """Whether a Russian word in small letters may be a name in the translation: it or translations write it large, or it has no
    answer at all where the English lacks a word."""
    text = context.pairs[number].original[i].text
    if len(text) > _INITIAL and is_written_large(context, text):
        return True
    own = answers(context, number)[i]
    if len(text) < _LEAST or not own.content or not _may_name(text):
        return False
    if is_made_from_name(context, text) or is_inside_name(context, number, i):
        return True
    if max(name_gains(context, "translation", number), default=0.0) < _CLEAR_HOLE:
        return False
    return not any(affinity(own, call) for call in context.calls[number])


def _may_name(word: str) -> bool:
    """Whether a word may be a noun or an adjective: приветствую beside a name is no part of it."""
    parses = morphology.parses(word)
    return not parses or any(parse.pos in _NAMING for parse in parses)


def is_made_from_name(context: Context, russian: str) -> bool:
    """Whether a Russian word in small letters is about a place of the files, or made from a name that the document has with a capital:
    деникинский, чехословак."""
    folded = fold(russian)
    if any(name.kind == "place" for name in places_of(folded)):
        return True
    lemma = next(iter(morphology.lemmas(folded)), folded)
    root = next((lemma[: -len(ending)] for ending in FROM_NAMES if lemma.endswith(ending)), "")
    return len(root) >= ROOT and root in context.once(_roots_of_names)


def _roots_of_names(context: Context) -> frozenset[str]:
    """How the names of the original begin, each cut by up to two letters."""
    large = {fold(t.text) for p in context.pairs for t in p.original if is_capitalised(t)}
    return frozenset(word[: len(word) - cut] for word in large for cut in range(_CUT + 1) if len(word) - cut >= ROOT)


def is_inside_name(context: Context, number: int, i: int) -> bool:
    """Whether the words beside a Russian one are answered by words of one English name: "по охране [окружающей] среды", "the
    Environmental Protection Agency"."""
    pair = context.pairs[number]
    links = {w.original: w.translation for w in pair.words if w.score >= _LINKED}
    near = [links[k] for k in range(max(0, i - _INSIDE), i + _INSIDE + 1) if k != i and k in links]
    large = [k for k in near if is_capitalised(pair.translation[k]) and not opens(pair.translation, k)]
    return any(abs(a - b) <= _INSIDE and a != b for a in large for b in large) or any(
        is_capitalised(pair.translation[k + step]) and not opens(pair.translation, k + step)
        for k in large
        for step in (-1, 1)
        if 0 <= k + step < len(pair.translation) and k + step not in links.values()
    )


def _unmarked_starts(context: Context, side: Facing, number: int) -> frozenset[int]:
    """The ordinary words of a side with a capital that may open a sentence behind a heading without a stop: a small word follows,
    and what stands before is no small word and no name."""
    pair = context.pairs[number]
    tokens = own_tokens(pair, side)
    small = context.language.function_words if side == "original" else STOP
    return frozenset(
        i
        for i in range(1, len(tokens) - 1)
        if is_capitalised(tokens[i])
        and tokens[i + 1].text.islower()
        and tokens[i - 1].kind != "mark"
        and fold(tokens[i - 1].text) not in small
        and _is_ordinary(context, side, number, i)
    )


def _is_ordinary(context: Context, side: Facing, number: int, i: int) -> bool:
    """Whether a word is in the dictionary, and no name."""
    text = own_tokens(context.pairs[number], side)[i].text
    if side == "original":
        return morphology.is_known(fold(text)) and not name_kinds(text)
    return bool(context.calls[number][i].lemmas) and not is_name_in_files(without_possessive(text), ordinary=True)


def is_written_large(context: Context, russian: str) -> bool:
    """Whether the translation answers a Russian word with a capitalised one inside its sentences, or translations do."""
    return context.once(_written_large)[stem(russian)] >= _TWICE or large_share(stem(russian)) >= _LARGE


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


def renderings(context: Context, russian: str) -> Counter[str]:
    """How the translation writes a Russian name where it answers it: each spelling with how often."""
    return context.once(_rendered).get(stem(russian), Counter())


def _rendered(context: Context) -> dict[str, Counter[str]]:
    """The English words that answer the Russian names of the document, by the stem of the name."""
    found: dict[str, Counter[str]] = {}
    for pair in context.pairs:
        for link in pair.words:
            ours, theirs = pair.original[link.original].text, pair.translation[link.translation].text
            large = ours[:1].isupper() or not opens(pair.translation, link.translation)
            if link.score >= _LINKED and large and theirs[:1].isupper():
                found.setdefault(stem(ours), Counter())[without_possessive(theirs)] += 1
    return found


def stem(russian: str) -> str:
    """What the forms of a Russian name share: its lemma, or all but its last letters."""
    folded = fold(russian)
    if morphology.is_known(folded):
        return (morphology.lemmas(folded) or (folded,))[0]
    return folded[: max(3, len(folded) - 2)]
