"""Which words of either side may be names, by their capital, their place and the files.

A word with a capital inside a sentence, known or not (Kovalevich, the Soviet Government), one of the dictionaries at its
beginning, or a Russian word that this translation elsewhere, or translations in general, write with a capital (советский).
Latin words in the Russian are names too. Blind to names in capitals and to initials.
"""

from __future__ import annotations

from collections import Counter

import regex

from collation.alignment.affinity import affinity
from collation.evidence.context import Context
from collation.evidence.holes import name_gains
from collation.evidence.unanswered_runs import Facing, answers
from collation.knowledge.letters import fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.authority_tables import latin_words
from collation.knowledge.names.name_kinds import name_kinds
from collation.knowledge.names.peoples import places_of
from collation.knowledge.names.syllables import without_possessive
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.answered import large_share
from collation.knowledge.words.english import STOP
from collation.model import Token
from collation.rules.translation.name_answers import INITIAL, LINKED, ROOT, own_tokens, roots_of_made

_LEAST = 5  # letters of a Russian word without a capital that may be a name in the translation
_TWICE = 2  # times that the translation writes such a word with a capital
_LARGE = 0.15  # share of the uses of such a word, in all texts, that have a capital in the translation
_CLEAR_HOLE = 1.5  # log-odds of a lost name somewhere in a sentence that surely lacks a word
_ENDS = frozenset('.!?…:«"“„—–-()#*•')
_CUT = 2  # letters by which a form of the name may be longer
_NAMING = frozenset({"NOUN", "ADJF", "PRTF"})
_INSIDE = 2  # words before and behind one among which others are of one name with it
_SHORT_FORM = regex.compile(r"^I['’]|['’](?:m|d|ll|re|ve|t)$", regex.IGNORECASE)  # I'm, I'll
_BEFORE_NAMES = frozenset(
    "mr mrs ms dr st prof gen col lt г гг т тов тт гр св проф ген им".split()
)  # short before a name
_RARE = 2.0  # Zipf value below which a word that the glossary lacks is a name at the beginning of a sentence
_NO_NAMES = frozenset("mr mrs ms dr messrs sen sens rep reps gov govs gen sgt".split())


def is_capitalised(token: Token) -> bool:
    """Whether a word has one capital first: НКИД and НКИдел have more."""
    text = token.text
    return token.kind == "word" and len(text) > INITIAL and text[0].isupper() and not text[:2].isupper()


def opens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word opens its sentence or quotation; behind the stop of an initial or a title (Mr., Св.) none does."""
    if i == 0 or tokens[i - 1].text[-1] not in _ENDS:
        return i == 0
    short = fold(tokens[i - 2].text) if i > 1 and tokens[i - 1].text == "." else ""
    return not (short in _BEFORE_NAMES or (len(short) == 1 and tokens[i - 2].text.isupper()))


def is_name(context: Context, number: int, side: Facing, i: int) -> bool:
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
    own = latin_words(english)
    return any(latin_words(spelling) == own for name in found for spelling in name.english)


def _may_be_large(context: Context, number: int, i: int) -> bool:
    """Whether a Russian word in small letters may be a name in the translation: it or translations write it large, or it has no
    answer at all where the English lacks a word."""
    text = context.pairs[number].original[i].text
    if len(text) > INITIAL and is_written_large(context, text):
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
    if any(name.kind == "place" for name in places_of(fold(russian))):
        return True
    return not context.once(_roots_of_names).isdisjoint(roots_of_made(russian))


def _roots_of_names(context: Context) -> frozenset[str]:
    """How the names of the original begin, each cut by up to two letters."""
    large = {fold(t.text) for p in context.pairs for t in p.original if is_capitalised(t)}
    return frozenset(word[: len(word) - cut] for word in large for cut in range(_CUT + 1) if len(word) - cut >= ROOT)


def is_inside_name(context: Context, number: int, i: int) -> bool:
    """Whether the words beside a Russian one are answered by words of one English name: "по охране [окружающей] среды", "the
    Environmental Protection Agency"."""
    pair = context.pairs[number]
    links = {w.original: w.translation for w in pair.words if w.score >= LINKED}
    near = [links[k] for k in range(max(0, i - _INSIDE), i + _INSIDE + 1) if k != i and k in links]
    large = [k for k in near if is_capitalised(pair.translation[k]) and not opens(pair.translation, k)]
    return any(abs(a - b) <= _INSIDE and a != b for a in large for b in large) or any(
        is_capitalised(pair.translation[k + step]) and not opens(pair.translation, k + step)
        for k in large
        for step in (-1, 1)
        if 0 <= k + step < len(pair.translation) and k + step not in links.values()
    )


def unmarked_starts(context: Context, side: Facing, number: int) -> frozenset[int]:
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
            if link.score >= LINKED and ours.text.islower() and not opens(pair.translation, link.translation):
                found[stem(ours.text)] += 1 if is_capitalised(theirs) else -1
    return found


def _abbreviated(context: Context) -> frozenset[str]:
    """The abbreviations of the translation's language, one and several: Cde, Cdes."""
    known = context.languages.translation.abbreviations()
    return known | {word + "s" for word in known}


def stem(russian: str) -> str:
    """What the forms of a Russian name share: its lemma, or all but its last letters."""
    folded = fold(russian)
    if morphology.is_known(folded):
        return (morphology.lemmas(folded) or (folded,))[0]
    return folded[: max(3, len(folded) - 2)]
