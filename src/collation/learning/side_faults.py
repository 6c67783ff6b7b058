"""Faults planted in a clean pair of texts, one side at a time, and baits that are right.

Every fault is an edit of the file: where, what is written there, and where the other side has its counterpart sentence.
Sentences, names and values are drawn uniformly over the text, not out of our dictionaries; a kind for which a text has
nothing is handed back as not planted.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import regex

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.knowledge.words.english import STOP
from collation.languages import pair_of_document
from collation.languages.knowledge import knowledge_for
from collation.model import Document, SentencePair, Token
from collation.settings import Settings

KINDS = (
    "omission", "addition", "negation lost", "negation added", "name replaced", "name dropped", "number", "date",
    "word twice", "sentence twice", "uneven term", "other sentence",
)  # fmt: skip
ONE_SIDED = {"uneven term", "other sentence"}  # faults of the English only
_MONTHS = {
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря".split(),
    "en": "January February March April May June July August September October November December".split(),
}
_DAYS_AND_MONTHS = frozenset(
    (*_MONTHS["en"], *"Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split())
)  # Russian ones have no capital
_NUMBER_WORDS = {
    "ru": "два три четыре пять шесть семь восемь девять десять двадцать тридцать сорок пятьдесят сто".split(),
    "en": "two three four five six seven eight nine ten twenty thirty forty fifty hundred".split(),
}
_NOT_NAMES = STOP | frozenset("mr mrs ms dr messrs all any both each every many most one some such yes".split())
_SHORT_FORM = regex.compile(r"^I['’]|['’](?:m|d|ll|re|ve|t)$", regex.IGNORECASE)  # I'm, don't
_POLITE = regex.compile(r"в(?:ы|ас|ами?|аш\p{L}{0,3})")  # Вы, Вашего
_LONGER, _HEADING_WORDS, _HEADING = (
    4,
    3,
    0.6,
)  # letters of a longer word; how many, and which share of them with a capital, a heading has
_SAME_NAME = 4  # letters that names share that may be one: Москва, Москве
_YEAR = regex.compile(r"1[89]\d\d|20[0-4]\d")
_ENGLISH_NOT = regex.compile(
    r" not\b(?! only| just)|(?<=(?:do|does|did|is|was|were|would|could|should|has|have))n['’]t\b"
)
_RUSSIAN_NOT = regex.compile(r"(?<=\s)не\s+(?!только|раз\b|менее|более|просто)(?=\p{Ll})")
_ENGLISH_AUXILIARY = regex.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|can|could|should|must|may)\b(?! not|n['’]t)"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """An edit of one side: its kind, the side (ru, en), the stretch of the file and what is written there instead, and the
    stretch of the sentence opposite in the file as it was."""

    kind: str
    side: str
    start: int
    stop: int
    text: str
    opposite: tuple[int, int]
    pair: int


Pool = dict[tuple[str, str], list[str]]
"""Sentences and names of the other documents of a set by what they are ("sentence", "name") and their side."""


class Page:
    """A clean document read for planting: its sentence pairs that have both sides, one sentence or more each."""

    def __init__(self, document: Document) -> None:
        self.document = document
        knowledge = knowledge_for(Settings(), pair_of_document(document))
        self.context = Context(align(document, knowledge), knowledge)
        self.pairs = [n for n, p in enumerate(self.context.pairs) if p.original and p.translation]
        self.words = sum(t.kind == "word" for p in self.context.pairs for t in p.original)

    def tokens(self, number: int, side: str) -> tuple[Token, ...]:
        pair = self.context.pairs[number]
        return pair.original if side == "ru" else pair.translation

    def opposite(self, number: int, side: str) -> tuple[int, int]:
        tokens = self.tokens(number, "en" if side == "ru" else "ru")
        return tokens[0].start, tokens[-1].stop

    def sentences(self, number: int, side: str) -> list[tuple[Token, ...]]:
        """The sentences of one side of a pair."""
        witness = self.document.original if side == "ru" else self.document.translation
        own = self.tokens(number, side)
        inside = {t.start for t in own}
        segments = witness.segments if witness else ()
        return [s for g in segments for s in g.sentence_tokens() if s and s[0].start in inside]


def names_of(page: Page, side: str) -> list[tuple[int, Token]]:
    """The capitalised words inside sentences, whoever knows them; but no small words, short forms (I'm), months and days, and
    none that the text has in small letters too, which are ordinary words behind a heading; headings that write all words
    with capitals have none."""
    sentences = [(number, s) for number in page.pairs for s in page.sentences(number, side)]
    ordinary = {t.text for _, sentence in sentences for t in sentence if t.kind == "word" and t.text.islower()}
    sentences = [(number, s) for number, s in sentences if not _is_heading(s)]
    return [
        (number, token)
        for number, sentence in sentences
        for before, token in zip(sentence, sentence[1:], strict=False)
        if before.kind == "word" and _is_name(page, side, token) and token.text.lower() not in ordinary
    ]


def _is_heading(sentence: tuple[Token, ...]) -> bool:
    longer = [t.text[0].isupper() for t in sentence if t.kind == "word" and len(t.text) >= _LONGER]
    return len(longer) >= _HEADING_WORDS and sum(longer) > _HEADING * len(longer)


def _is_name(page: Page, side: str, token: Token) -> bool:
    """Whether a word inside a sentence is written as names are, and is no small word and no date."""
    text = token.text
    if token.kind != "word" or len(text) <= 2 or not text[0].isupper() or not text[1:].islower():
        return False
    low = fold(text)
    if side == "ru":
        return low not in page.context.language.function_words and not _POLITE.fullmatch(low)
    bare = low.replace("’", "'").removesuffix("'s")
    return bare not in _NOT_NAMES and not _SHORT_FORM.search(text) and bare.capitalize() not in _DAYS_AND_MONTHS


def pool_of(pages: list[Page]) -> Pool:
    """What is put in from other documents: sentences of five to thirty words, and names."""
    pool: Pool = {(what, side): [] for what in ("sentence", "name") for side in ("ru", "en")}
    for page in pages:
        for side in ("ru", "en"):
            pool["name", side] += [t.text for _, t in names_of(page, side)]
            for number in page.pairs:
                for s in page.sentences(number, side):
                    if 5 <= sum(t.kind == "word" for t in s) <= 30:
                        pool["sentence", side].append(" ".join(page.document.text[s[0].start : s[-1].stop].split()))
    return pool


def drawn(page: Page, kind: str, side: str, pool: Pool, rng: random.Random) -> Fault | None:
    """A fault of a kind, or None where the text has nothing for it."""
    found = _PLANTERS[kind](page, side, pool, rng)
    if found is None:
        return None
    number, start, stop, text = found
    return Fault(kind, side, start, stop, text, page.opposite(number, side), number)


Edit = tuple[int, int, int, str]


def _sentence(page: Page, side: str, rng: random.Random) -> tuple[int, tuple[Token, ...]] | None:
    every = [(n, s) for n in page.pairs for s in page.sentences(n, side) if sum(t.kind == "word" for t in s) > 2]
    return rng.choice(every) if len(every) > 3 else None


def _omission(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    chosen = _sentence(page, side, rng)
    return (chosen[0], chosen[1][0].start, chosen[1][-1].stop, "") if chosen else None


def _addition(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    chosen, other = _sentence(page, side, rng), pool["sentence", side]
    if not chosen or not other:
        return None
    return chosen[0], chosen[1][-1].stop, chosen[1][-1].stop, " " + rng.choice(other)


def _sentence_twice(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    chosen = _sentence(page, side, rng)
    if not chosen:
        return None
    number, s = chosen
    return number, s[-1].stop, s[-1].stop, " " + page.document.text[s[0].start : s[-1].stop]


def _other_sentence(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    one, other = _sentence(page, side, rng), _sentence(page, side, rng)
    if not one or not other or abs(one[0] - other[0]) < 3:
        return None
    return one[0], one[1][0].start, one[1][-1].stop, page.document.text[other[1][0].start : other[1][-1].stop]


def _matched(
    page: Page, side: str, pattern: regex.Pattern[str], rng: random.Random
) -> tuple[int, regex.Match[str]] | None:
    every = []
    for number in page.pairs:
        tokens = page.tokens(number, side)
        every += [(number, m) for m in pattern.finditer(page.document.text, tokens[0].start, tokens[-1].stop)]
    return rng.choice(every) if every else None


def _negation_lost(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    found = _matched(page, side, _RUSSIAN_NOT if side == "ru" else _ENGLISH_NOT, rng)
    return (found[0], found[1].start(), found[1].end(), "") if found else None


def _negation_added(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    if side == "en":
        found = _matched(page, side, _ENGLISH_AUXILIARY, rng)
        return (found[0], found[1].end(), found[1].end(), " not") if found else None
    verbs = [
        (n, t)
        for n in page.pairs
        for before, t in zip(page.tokens(n, "ru"), page.tokens(n, "ru")[1:], strict=False)
        if t.text.islower()
        and before.text not in {"не", "ни"}
        and any(p.pos == "VERB" for p in morphology.parses(t.text)[:1])
    ]
    if not verbs:
        return None
    number, token = rng.choice(verbs)
    return number, token.start, token.start, "не "


def _name_replaced(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    own = names_of(page, side)
    mine = {t.text[:_SAME_NAME] for _, t in own}
    others = [name for name in pool["name", side] if name[:_SAME_NAME] not in mine]
    if not own or not others:
        return None
    number, token = rng.choice(own)
    return number, token.start, token.stop, rng.choice(others)


def _name_dropped(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    own = names_of(page, side)
    if not own:
        return None
    number, token = rng.choice(own)
    return number, token.start - 1, token.stop, ""


def _number(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    words = _NUMBER_WORDS[side]
    every = [
        (n, t)
        for n in page.pairs
        for t in page.tokens(n, side)
        if (t.kind == "number" and not _YEAR.fullmatch(t.text)) or t.text.lower() in words
    ]
    if not every:
        return None
    number, token = rng.choice(every)
    if token.kind != "number":
        return number, token.start, token.stop, rng.choice([w for w in words if w != token.text.lower()])
    at = rng.choice([i for i, c in enumerate(token.text) if c.isdigit()])
    digit = rng.choice([d for d in "123456789" if d != token.text[at]])
    return number, token.start + at, token.start + at + 1, digit


def _date(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    months = _MONTHS[side]
    every = [
        (n, t)
        for n in page.pairs
        for t in page.tokens(n, side)
        if _YEAR.fullmatch(t.text) or (t.text in months and t.text != "May")
    ]
    if not every:
        return None
    number, token = rng.choice(every)
    if token.text in months:
        return number, token.start, token.stop, rng.choice([m for m in months if m != token.text])
    digit = rng.choice([d for d in "0123456789" if d != token.text[3]])
    return number, token.start + 3, token.start + 4, digit


def _word_twice(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    every = [(n, t) for n in page.pairs for t in page.tokens(n, side)[1:-1] if t.kind == "word" and t.text.islower()]
    if not every:
        return None
    number, token = rng.choice(every)
    return number, token.stop, token.stop, " " + token.text


def _uneven_term(page: Page, side: str, pool: Pool, rng: random.Random) -> Edit | None:
    """One rendering of a word that the document always renders alike, put into another word of the glossary."""
    uses = _uses(page)
    every = [(russian, english, places) for (russian, english), places in uses.items() if len(places) >= 3]
    rng.shuffle(every)
    for russian, english, places in every:
        if any(r == russian and e != english for r, e in uses):
            continue
        others = [h[0] for h in sorted(page.context.knowledge.lexicon.heads) if len(h) == 1 and h[0] != english]
        same = [
            h for h in others if page.context.knowledge.lexicon.equivalents(h).get(russian, 0.0) >= 0.85 and h.isalpha()
        ]
        if same:
            number, token = rng.choice(places)
            other = rng.choice(same)
            return (
                number,
                token.start,
                token.stop,
                other + ("s" if token.text.endswith("s") and not english.endswith("s") else ""),
            )
    return None


def _uses(page: Page) -> dict[tuple[str, str], list[tuple[int, Token]]]:
    found: dict[tuple[str, str], list[tuple[int, Token]]] = {}
    for number in page.pairs:
        pair: SentencePair = page.context.pairs[number]
        for link in pair.words:
            ours, theirs = pair.original[link.original], pair.translation[link.translation]
            lemmas = page.context.language.lemmas(ours.text)
            if link.score >= 0.8 and lemmas and theirs.text.islower() and len(theirs.text) > 3 and len(ours.text) > 4:
                head = page.context.calls[number][link.translation].lemma
                found.setdefault((lemmas[0], head), []).append((number, theirs))
    return found


_PLANTERS: dict[str, Callable[[Page, str, Pool, random.Random], Edit | None]] = {
    "omission": _omission, "addition": _addition, "negation lost": _negation_lost, "negation added": _negation_added,
    "name replaced": _name_replaced, "name dropped": _name_dropped, "number": _number, "date": _date,
    "word twice": _word_twice, "sentence twice": _sentence_twice, "uneven term": _uneven_term,
    "other sentence": _other_sentence,
}  # fmt: skip
