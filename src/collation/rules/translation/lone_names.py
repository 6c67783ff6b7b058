"""Names of one side that nothing on the other answers, and what stands in their place.

The rules of misread names ask whether two names are one, misspelt; here it is asked whether a name is there at all. A
Russian name is answered by a name that sounds so, by the files, by the glossary, in its own sentence or the next ones; so
is an English one. Whether a word is a name is known by its capital inside a sentence or from the dictionaries; names in a
line of capitals are not asked.
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
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words import morphology, wordlist
from collation.model import SentencePair, Token
from collation.rules.names.english_names import bare
from collation.rules.names.mentions import NameMention, name_kinds, naming_score
from collation.rules.names.russian_names import beside
from collation.rules.names.unanswered_names import NameView

_ANSWERED = 0.62  # likeness by which a name has an answer in its sentence
_NEXT = 0.8  # likeness by which it has one in the sentences around, or by its sound
_LINKED = 0.35  # score of a link, or affinity, by which a name is answered
_PLACED = 0.2  # how well two unanswered names must be placed alike to face each other, 1 being best
_ENDS = frozenset('.!?…:«"“„—–-(')
_USUAL = 3.5  # Zipf frequency of an English word that is a name by its capital only
_INITIAL = 2  # letters of an initial
_SHORT_FORM = regex.compile(r"['’](?:m|d|ll|re|ve|t)$", regex.IGNORECASE)  # I'm, I'll
_PRONOUNS = frozenset("he she him her his hers they them their it its i me my you your we us our".split())
_QUOTES = frozenset('"«»“”„')
_OF_A_NAME = regex.compile(r"(?:[a-z](?:ian|ean|ese|ish|can)s?|-\w+)$")  # what is made from a name


@dataclass(frozen=True, slots=True)
class LoneName:
    """A name without an answer: the ``side`` it is on, its pair and token, and where it is unanswered.

    ``facing`` is the unanswered name opposite that is placed as it is, None where there is none, ``facing_elsewhere`` how
    often the document has that one with an answer, and ``beside`` how well the two face each other; ``sound`` how like the
    likest capitalised word opposite sounds; ``elsewhere`` how often the document has the name with an answer; ``known``
    whether a dictionary has it as a name; ``first`` whether it opens its sentence; ``part`` whether a neighbour of the same
    name is answered; ``pronoun`` whether the translation has one there; ``literal`` how much of the pair is explained.
    """

    side: Facing
    pair: int
    index: int
    token: Token
    facing: Token | None
    facing_elsewhere: int
    beside: float
    sound: float
    elsewhere: int
    known: bool
    first: bool
    part: bool
    pronoun: bool
    literal: float


def lone_names(context: Context) -> tuple[LoneName, ...]:
    """The names of both sides that nothing answers, pair by pair."""
    return context.once(_all_lone)


def is_rendered_otherwise(context: Context, lone: LoneName) -> bool:
    """Whether a name has its answer in another form: one that stays without an answer time and again, an adjective or a people
    made from a name (Venusian, Serbians, Earth-like), and a word of a title in quotation marks."""
    word = bare(lone.token.text)
    if context.once(_times_alone)[lone.side, fold(word)] > 1:
        return True
    tokens = context.pairs[lone.pair].original if lone.side == "original" else context.pairs[lone.pair].translation
    if _is_in_quotes(tokens, lone.index):
        return True
    return lone.side == "translation" and _OF_A_NAME.search(word) is not None


def _times_alone(context: Context) -> Counter[tuple[Facing, str]]:
    return Counter((lone.side, fold(bare(lone.token.text))) for lone in lone_names(context))


def _is_in_quotes(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a quotation mark is open before a word and closed behind it."""
    before = sum(t.text in _QUOTES for t in tokens[:index])
    return before % 2 == 1 and any(t.text in _QUOTES for t in tokens[index + 1 :])


def _all_lone(context: Context) -> tuple[LoneName, ...]:
    names = context.once(NameView)
    return tuple(found for pair in names.pairs for found in _of_pair(context, names, pair))


def _of_pair(context: Context, names: NameView, number: int) -> Iterator[LoneName]:
    pair = context.pairs[number]
    ours = [i for i in range(len(pair.original)) if _is_lone_russian(context, names, number, i)]
    theirs = [m for m in names.mentions(number) if len(m.tokens) == 1 and _is_lone_english(context, names, number, m)]
    facing = _faced(pair, ours, theirs)
    pronoun = any(t.text.lower() in _PRONOUNS for t in pair.translation)
    for i in ours:
        token = pair.original[i]
        mention, place = facing.get(i, (None, 0.0))
        if mention and any(
            authority.related(a, b) for a in authority.borne_by(fold(token.text)) for b in mention.names
        ):
            continue  # a country for its capital
        yield LoneName(
            "original", number, i, token, mention.tokens[0] if mention else None,
            _answered_elsewhere(names, mention) if mention else 0, place, _sound(context, number, token), len(renderings(context, token.text)), bool(name_kinds(token.text)),
            _opens(pair.original, i), _is_part(context, number, i), pronoun, pair.literal,
        )  # fmt: skip
    taken = {m.start for m, _ in facing.values()}
    for mention in theirs:
        if mention.start in taken:
            continue
        yield LoneName(
            "translation", number, mention.start, mention.tokens[0], None, 0, 0.0,
            _sound_of_english(context, number, bare(mention.tokens[0].text)), _answered_elsewhere(names, mention), bool(mention.names),
            _opens(pair.translation, mention.start), _is_part_english(context, number, mention), False, pair.literal,
        )  # fmt: skip


def _faced(pair: SentencePair, ours: list[int], theirs: list[NameMention]) -> dict[int, tuple[NameMention, float]]:
    """The unanswered names of the two sides set against each other, each once, those placed best first."""
    scored = sorted(((-beside(pair, i, i + 1, m), i, n) for i in ours for n, m in enumerate(theirs)))
    found: dict[int, tuple[NameMention, float]] = {}
    used: set[int] = set()
    for value, i, n in scored:
        if i not in found and n not in used and -value > _PLACED:
            found[i] = (theirs[n], -value)
            used.add(n)
    return found


def _is_lone_russian(context: Context, names: NameView, number: int, i: int) -> bool:
    pair = context.pairs[number]
    token = pair.original[i]
    if not is_russian_name(pair.original, i):
        return False
    if any(link.original == i and link.score >= _LINKED for link in pair.words):
        return False
    own = answers(context, number)[i]
    if any(affinity(own, call) >= _LINKED for call in context.calls[number]):
        return False
    if max((naming_score(token.text, m) for m in names.mentions(number)), default=0.0) >= _ANSWERED:
        return False
    return (
        not any(
            naming_score(token.text, m) >= _NEXT
            for n in (number - 1, number + 1)
            if 0 <= n < len(context.pairs) and context.pairs[n].translation
            for m in names.mentions(n)
        )
        and _sound(context, number, token) < _NEXT
    )


def is_russian_name(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word is a name: capitalised inside a sentence, or a name of the dictionaries at its beginning."""
    token = tokens[i]
    text = token.text
    if token.kind != "word" or len(text) <= _INITIAL or not text[0].isupper() or script(text) != "cyrillic":
        return False
    if text.isupper():
        return False
    return bool(name_kinds(text)) or not morphology.is_known(fold(text))


def _opens(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word opens its sentence or quotation."""
    return i == 0 or tokens[i - 1].text in _ENDS


def _is_lone_english(context: Context, names: NameView, number: int, mention: NameMention) -> bool:
    pair = context.pairs[number]
    word = bare(mention.tokens[0].text)
    if len(word) <= _INITIAL or not word[0].isupper() or word.removesuffix("s").isupper() or _SHORT_FORM.search(word):
        return False
    if any(link.translation == mention.start and link.score >= _LINKED for link in pair.words):
        return False
    if word.lower() in _abbreviated(context):
        return False
    opens = _opens(pair.translation, mention.start) and not mention.names
    if opens and wordlist.english_zipf(word.lower()) >= _USUAL:
        return False
    if names.answered(number)[mention][1] >= _ANSWERED or _is_quoted(context, number, word):
        return False
    call = context.calls[number][mention.start]
    if any(affinity(own, call) >= _LINKED for own in answers(context, number)):
        return False
    return _sound_of_english(context, number, word) < _NEXT


def _abbreviated(context: Context) -> frozenset[str]:
    """The abbreviations of the translation's language, one and several: Cde, Cdes."""
    known = context.languages.translation.abbreviations()
    return known | {word + "s" for word in known}


def _is_quoted(context: Context, number: int, english: str) -> bool:
    """Whether the Russian around has the word as it is, in Latin letters: brands, titles."""
    own = plain_latin(english)
    return any(
        plain_latin(t.text) in (own, *plain_latin(english.replace("’", "'")).split("'"))
        for n in _around(context, number)
        for t in context.pairs[n].original
        if t.kind == "word" and script(t.text) == "latin"
    )


def _around(context: Context, number: int) -> list[int]:
    return [n for n in (number - 1, number, number + 1) if 0 <= n < len(context.pairs)]


def _sound(context: Context, number: int, token: Token) -> float:
    """How like the likest capitalised English word around sounds."""
    return max(
        (
            max(same_sound(token.text, t.text), authority.same_name(token.text, t.text))
            for n in _around(context, number)
            for t in context.pairs[n].translation
            if t.kind == "word" and t.text[0].isupper() and len(t.text) > _INITIAL
        ),
        default=0.0,
    )


def _sound_of_english(context: Context, number: int, word: str) -> float:
    """How like the likest Russian word around sounds, small letters (омикрон, Omicron) in the pair itself only."""
    return max(
        (
            max(same_sound(t.text, word), authority.same_name(t.text, word))
            for n in _around(context, number)
            for t in context.pairs[n].original
            if t.kind == "word" and len(t.text) > _INITIAL and (t.text[0].isupper() or n == number)
        ),
        default=0.0,
    )


def _is_part(context: Context, number: int, i: int) -> bool:
    """Whether a capitalised neighbour, of the same name perhaps, has an answer."""
    pair = context.pairs[number]
    linked = context.answered[number]
    return any(
        0 <= k < len(pair.original)
        and pair.original[k].kind == "word"
        and pair.original[k].text[0].isupper()
        and k in linked
        for k in (i - 1, i + 1)
    )


def _is_part_english(context: Context, number: int, mention: NameMention) -> bool:
    tokens = context.pairs[number].translation
    return any(
        0 <= k < len(tokens)
        and tokens[k].kind == "word"
        and tokens[k].text[0].isupper()
        and k in context.claims[number]
        for k in (mention.start - 1, mention.stop)
    )


def renderings(context: Context, russian: str) -> Counter[str]:
    """How the translation writes a Russian name where it answers it: each spelling with how often."""
    return context.once(_rendered).get(_stem(russian), Counter())


def _rendered(context: Context) -> dict[str, Counter[str]]:
    """The English words that answer the Russian names of the document, by the stem of the name."""
    found: dict[str, Counter[str]] = {}
    for pair in context.pairs:
        for link in pair.words:
            ours, theirs = pair.original[link.original].text, pair.translation[link.translation].text
            if link.score >= _ANSWERED and ours[:1].isupper() and theirs[:1].isupper():
                found.setdefault(_stem(ours), Counter())[theirs.removesuffix("'s").removesuffix("’s")] += 1
    return found


def _stem(russian: str) -> str:
    folded = fold(russian)
    return (
        (morphology.lemmas(folded) or (folded,))[0]
        if morphology.is_known(folded)
        else folded[: max(3, len(folded) - 2)]
    )


def _answered_elsewhere(names: NameView, mention: NameMention) -> int:
    return sum(
        m.text == mention.text and value >= _ANSWERED
        for pair in names.pairs
        for m, (_, value) in names.answered(pair).items()
    )
