"""Letters of the wrong alphabet and the wrong size: a Latin "c" in "cовет", "ЯК" in "Ким ЯК Сан", "3 Сентября".

A Latin letter in a Cyrillic word, or a sign or a figure that a letter explains ("отка3"), is no reading of anybody's:
it is mended whatever the word. Capitals are the habit of
writers and periods, so a stray one is a question, unless it is inside a name or a word. Roman numerals and
words that are Latin throughout are left alone, but for those that only look it (CCCP).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise, product

import regex

from collation.evidence.context import Context, Word, is_attested
from collation.evidence.government import unfit_preposition
from collation.knowledge import dictionaries
from collation.knowledge.latin_read import meant
from collation.knowledge.letters import case_of, fold, is_latin, like, script
from collation.knowledge.names import authority
from collation.knowledge.names.syllables import heard, is_syllable
from collation.knowledge.values.numerals import MONTHS_IN_DATES
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.blemishes import explained, is_blemished
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.context.confusion_sets import ONE_LETTER
from collation.rules.lexical.letter_case import with_capitals
from collation.rules.names.mentions import name_kinds, naming_score
from collation.rules.names.unanswered_names import NameView

MIXED_CODE, CAPITAL_CODE = "LEX104", "LEX105"
_OF_TIME = frozenset(("в", "с", "до", "к", "по", "от", "за", "числа"))
_ROMAN = regex.compile(r"[IVXLCDM]+|[ivxlcdm]+")
_MOST = 200
_LATIN_WORD = 3  # letters of a word that is Latin throughout; longer ones are read by their outlines
_ENGLISH = 3.0  # Zipf frequency of an English word that is one, unless it is all in capitals
_BESIDE = 4  # tokens on either side that say in which language a word stands
_LONE_ALIKE = frozenset("c")  # a Roman figure that is a small word
_USUAL_LATIN = 5.5  # Zipf frequency of the small word that it is
_UNCOUNTED = -1.5  # log-odds of a lone l where nothing else is counted
_KINDS_OF = frozenset("сорт класс группа тип витамин точка пункт вид вариант категория".split())
_USUAL = 4.0  # Zipf frequency of a Russian word that Latin letters spell
_ANSWERED = 0.97  # likeness by sound of a name written small to the mention opposite
_SHARE_BY_RANK = 0.3  # how much less of the doubt each further reading is given
# What moves the log-odds of the doubt
_KNOWN, _UNKNOWN = 1.0, -0.5  # whether the reading is a word
_EACH_RANK = -1.5  # each word before it that the letters may make as well
_IN_NAME = 0.9  # "Ким ЯК Сан"
_IN_WORD = 1.0  # "АЙовы"
_LOST = 0.4  # "сталин" against Stalin
_MONTH, _STRAY = -1.3, -2.3  # "3 Сентября"; any other word


@lru_cache(maxsize=1)
def _alike() -> dict[str, tuple[str, ...]]:
    """Single Latin letters to Cyrillic ones, the same outline first."""
    found: dict[str, list[tuple[bool, str]]] = {}
    for latin, cyrillic, kind in dictionaries.rows("lookalikes.tsv", columns=3):
        if len(latin) == 1 and len(cyrillic) == 1 and is_latin(latin) and latin.isupper() == cyrillic.isupper():
            found.setdefault(latin, []).append((kind != "homoglyph", cyrillic))
    return {latin: tuple(c for _, c in sorted(options)) for latin, options in found.items()}


@lru_cache(maxsize=1)
def _latin_alike() -> dict[str, str]:
    """Cyrillic letters to Latin ones of the same outline."""
    rows = dictionaries.rows("lookalikes.tsv", columns=3)
    return {
        cyrillic: latin for latin, cyrillic, kind in rows if kind == "homoglyph" and len(latin) == 1 and latin.isascii()
    }


def mixed(context: Context) -> Iterator[Hypothesis]:
    """Cyrillic letters for the Latin ones, the signs and the figures inside a Russian word."""
    yield from latin(context)
    for word in context.words:
        if word.token.kind != "word" or len(word.text) < 3:
            continue
        if script(word.text) == "cyrillic" and is_blemished(word.text):
            yield from _signs(context, word)
        if not _is_suspect(word.text):
            continue
        for rank, reading in enumerate(_cyrillic(word.text)[:3]):
            known = is_attested(reading) or script(reading) == "latin"
            features = (
                Feature("strength", _KNOWN if known else _UNKNOWN),
                Feature("reading_share", 1.0 - _SHARE_BY_RANK * rank),
                Feature("script", 1.0, (word.place,), "lookalikes.tsv", "mixed-script", (("word", word.text),)),
            )
            yield with_reading(MIXED_CODE, (word.token,), reading, features)


def latin(context: Context) -> Iterator[Hypothesis]:
    """Words of Latin letters only among Russian ones: "OH не видел", "Оп." as "On.", the figure 1 as a lone l."""
    for word in context.words:
        if word.token.kind != "word" or script(word.text) != "latin" or not _is_among_russian(context, word):
            continue
        if word.text in {"l", "I"}:
            yield from _figure(context, word)
            continue
        if len(word.text) > _LATIN_WORD or (_ROMAN.fullmatch(word.text) and word.text not in _LONE_ALIKE):
            continue
        for rank, reading in enumerate(_as_russian(context, word)[:3]):
            features = (
                Feature("strength", _EACH_RANK * rank),
                Feature("reading_share", 1.0 - _SHARE_BY_RANK * rank),
                Feature("script", 1.0, (word.place,), "lookalikes.tsv", "latin-for-word", (("word", word.text),)),
            )
            yield with_reading(MIXED_CODE, (word.token,), reading, features)


def _is_among_russian(context: Context, word: Word) -> bool:
    """Whether the words beside are no Latin ones, one at least is Russian, and nothing marks a quotation or a formula."""
    near = context.words[max(0, word.number - _BESIDE) : word.number + _BESIDE + 1]
    words = [w.token for w in near if w.token.kind == "word" and w.number != word.number]
    if not any(script(t.text) == "cyrillic" for t in words) or any(
        script(t.text) == "latin" and len(t.text) > 2 for t in words
    ):
        return False
    text, start, stop = context.text, word.token.start, word.token.stop
    touching = text[max(0, start - 1) : start] + text[stop : stop + 1]
    if text[stop : stop + 1] == "." and is_latin(text[stop + 1 : stop + 2]):
        return False  # an address: "Ura.ru"
    return not any(c.isalnum() or c in '=@#/_+*<>"«»“”()[]' for c in touching)


def _as_russian(context: Context, word: Word) -> list[str]:
    """What a Latin word is in Russian: a listed abbreviation or an initial before a stop, else a very usual word."""
    stopped = context.text[word.token.stop : word.token.stop + 1] == "."
    options = [made for made in meant(word.text) if len(made) <= len(word.text)]
    if stopped:
        found = [m for m in options if len(m) == 1 and word.text.isupper() and len(word.text) > 1]
        listed = [
            m for m in options if len(m) > 1 and authority.is_abbreviation(fold(m)) and case_of(word.text) != "upper"
        ]
        found.sort(key=lambda m: not authority.is_abbreviation(m))
        if found or listed:
            return [m.upper() if word.text.isupper() else like(m, word.text) for m in (*found, *listed)]
    if len(word.text) > 1 and not word.text.isupper() and wordlist.english_zipf(word.text.lower()) >= _ENGLISH:
        return []
    usual = sorted(
        (m for m in options if wordlist.zipf(m) >= _USUAL_LATIN and (len(m) > 1 or _fits(context, word, m))),
        key=lambda m: -wordlist.zipf(m),
    )
    if case_of(word.text) == "lower":
        return usual
    return [
        m.upper()
        if word.text.isupper() and len(word.text) > 1 and _all_capitals(context, word)
        else _cased(m, context, word)
        for m in usual
    ]


def _all_capitals(context: Context, word: Word) -> bool:
    before, after = context.neighbours(word, 2, 2)
    words = [t for t in (*before, *after) if t.kind == "word" and len(t.text) > 1]
    return bool(words) and all(t.text.isupper() for t in words)


def _cased(form: str, context: Context, word: Word) -> str:
    """A form with a capital at the head of its sentence only: capitals of the same outline are how it was misread."""
    before, _ = context.neighbours(word, 1, 0)
    return form[:1].upper() + form[1:] if not before or before[0].text in ".!?" else form


def _fits(context: Context, word: Word, letter: str) -> bool:
    """Whether a lone small letter is a word of one letter before a word that it may stand before."""
    if letter not in ONE_LETTER or not word.text.islower():
        return False
    tokens = context.pairs[word.pair].original
    after = tokens[word.index + 1] if word.index + 1 < len(tokens) else None
    if after is None or after.kind != "word" or len(after.text) < 3 or not after.text.islower():
        return False
    before = tokens[word.index - 1] if word.index else None
    if before is not None and before.kind == "word" and any(x in _KINDS_OF for x in morphology.lemmas(before.text)):
        return False
    return unfit_preposition(tokens, word.index, letter) < 1.0


def _figure(context: Context, word: Word) -> Iterator[Hypothesis]:
    """1 for a lone l before a small Russian word, where the document or the translation counts such things."""
    before, after = context.neighbours(word, 1, 1)
    if not after or not after[0].text.islower() or script(after[0].text) != "cyrillic":
        return
    if before and before[0].kind == "word" and (word.text == "I" or before[0].text[:1].isupper()):
        return
    lemmas = set(morphology.lemmas(after[0].text))
    tokens = context.words
    counted = any(
        a.token.kind == "number" and lemmas & set(morphology.lemmas(b.text))
        for a, b in pairwise(tokens)
        if b.token.kind == "word"
    )
    answered = any(t.text.lower() in {"1", "one"} for t in context.pairs[word.pair].translation)
    if not counted and not answered and word.text == "I":
        return
    features = (
        Feature("strength", 0.0 if counted or answered else _UNCOUNTED),
        Feature("script", 1.0, (word.place,), "lookalikes.tsv", "figure-one", (("word", word.text),)),
    )
    yield with_reading(MIXED_CODE, (word.token,), "1", features)


def _signs(context: Context, word: Word) -> Iterator[Hypothesis]:
    """The words that letters in the stead of signs and figures make, each less sure than the more usual one before it."""
    if is_attested(word.text):
        return
    for rank, form in enumerate(explained(word.text)[:3]):
        features = (
            Feature("strength", _EACH_RANK * rank),
            Feature("script", 1.0, (word.place,), "lookalikes.tsv", "sign-in-word", (("word", word.text),)),
        )
        yield with_reading(MIXED_CODE, (word.token,), with_capitals(context, word, form), features)


def _is_suspect(text: str) -> bool:
    """Whether one part of the word has both alphabets, or a Latin word is a known Russian one letter for letter."""
    parts = text.split("-")
    if any(script(part) == "mixed" for part in parts):
        return True
    if script(text) != "latin" or len(text) < 3 or _ROMAN.fullmatch(text):
        return False
    outlines = {latin: cyrillic for cyrillic, latin in _latin_alike().items()}
    looks = "".join(outlines.get(c, "") for c in text)
    listed = (
        authority.is_abbreviation(fold(looks))
        or authority.is_name_form(fold(looks))
        or wordlist.zipf(fold(looks)) >= _USUAL
    )
    return len(looks) == len(text) and listed and not wordlist.is_listed_english(text.lower())


def _cyrillic(text: str) -> list[str]:
    """The readings of a mixed word: the one of the same outlines, else known words; Latin where most letters are."""
    if 2 * sum(map(is_latin, text)) > len(text) and text[:1].islower():
        latin = "".join(_latin_alike().get(c, c) for c in text)
        if script(latin) == "latin":
            return [latin]
    options = [_alike().get(c, (c,)) if is_latin(c) else (c,) for c in text]
    made = ["".join(letters) for letters, _ in zip(product(*options), range(_MOST), strict=False)]
    if case_of("".join(c for c in text if not is_latin(c))) == "upper":
        made = [m.upper() if script(m) == "cyrillic" else m for m in made]
    whole = [m for m in made if script(m) == "cyrillic"]
    ranked = sorted(
        whole, key=lambda m: (not morphology.is_known(m), not is_attested(m), -wordlist.zipf(fold(m)), whole.index(m))
    )
    if whole and is_attested(whole[0]):
        return whole[:1]
    return ranked if ranked and is_attested(ranked[0]) else whole[:1]


def capitals(context: Context) -> Iterator[Hypothesis]:
    """Words in another letter case where theirs is out of place."""
    inside = _inside_sentences(context)
    for word in context.words:
        if word.token.kind != "word" or script(word.text) != "cyrillic":
            continue
        found = _of_name(context, word) or _of_word(word) or _lost(context, word) or _in_sentence(context, word, inside)
        if found is not None:
            yield _hypothesis(word, *found)


def _hypothesis(word: Word, reading: str, strength: float, says: str) -> Hypothesis:
    features = (
        Feature("strength", strength),
        Feature("name", 1.0 if says in {"capital-in-name", "capital-lost"} else 0.0),
        Feature("capital", 1.0, (word.place,), "", says, (("word", word.text), ("reading", reading))),
    )
    return with_reading(CAPITAL_CODE, (word.token,), reading, features)


def _of_name(context: Context, word: Word) -> tuple[str, float, str] | None:
    """A short word all in capitals between the title-case words of a name: "Ким ЯК Сан"."""
    if not 2 <= len(word.text) <= 4 or not word.text.isupper() or authority.is_abbreviation(word.folded):
        return None
    tokens = context.pairs[word.pair].original
    beside = [tokens[i] for i in (word.index - 1, word.index + 1) if 0 <= i < len(tokens)]
    titled = [t for t in beside if t.kind == "word" and case_of(t.text) == "title" and script(t.text) == "cyrillic"]
    if len(titled) < 2 or not all(_may_be_name_part(t.text) for t in titled) or not _may_be_name_part(word.text):
        return None
    return word.text.capitalize(), _IN_NAME, "capital-in-name"


def _may_be_name_part(text: str) -> bool:
    folded = fold(text)
    return is_syllable(heard(folded)) or authority.is_name_form(folded) or bool(name_kinds(text.capitalize()))


def _of_word(word: Word) -> tuple[str, float, str] | None:
    """Two capitals at the head of a word written small: "АЙовы"."""
    text = word.text
    if len(text) < 4 or not text[:2].isupper() or not text[2:].islower() or not is_attested(text):
        return None
    return text.capitalize(), _IN_WORD, "capital-in-word"


def _lost(context: Context, word: Word) -> tuple[str, float, str] | None:
    """A name written small where the translation has it: "сталин" against Stalin."""
    if len(word.text) < 4 or not word.text.islower() or not context.aligned.parallel:
        return None
    title = word.text.capitalize()
    if not name_kinds(title) or "-" in word.text or not _is_noun(word.folded):
        return None
    mentions = context.once(NameView).mentions(word.pair) if context.pairs[word.pair].translation else ()
    if not any(naming_score(title, m) >= _ANSWERED and m.names for m in mentions if len(m.tokens) == 1):
        return None
    return title, _LOST, "capital-lost"


def _is_noun(folded: str) -> bool:
    """Whether a name's form is no adjective, which Russian writes small."""
    if morphology.is_known(folded):
        return all(p.pos == "NOUN" for p in morphology.parses(folded))
    return any(not part.adjective for part in authority.bearers(folded))


def _in_sentence(context: Context, word: Word, inside: Counter[str]) -> tuple[str, float, str] | None:
    """A capital in mid-sentence for a word that the document writes small elsewhere: "3 Сентября"."""
    if case_of(word.text) != "title" or len(word.text) < 3 or not _is_inside(context, word):
        return None
    if name_kinds(word.text) or not morphology.is_known(word.folded) or inside[word.text] > 1:
        return None
    if word.folded in MONTHS_IN_DATES and not _is_dated(context, word):
        return None
    small = sum(w.text == word.folded for w in context.words)
    if word.folded not in MONTHS_IN_DATES and small < 2:
        return None
    return word.text[:1].lower() + word.text[1:], _MONTH if word.folded in MONTHS_IN_DATES else _STRAY, "capital-stray"


def _is_dated(context: Context, word: Word) -> bool:
    """Whether a month stands in a date, behind a day or a preposition of time; elsewhere Октябрь may be the revolution."""
    before, _ = context.neighbours(word, 1, 0)
    return bool(before) and (before[0].kind == "number" or fold(before[0].text) in _OF_TIME)


def _is_inside(context: Context, word: Word) -> bool:
    tokens = context.pairs[word.pair].original
    before = tokens[word.index - 1] if word.index else None
    if before is None or _is_titled(tokens, word.index):
        return False
    return before.kind == "number" or (before.kind == "word" and before.text[0].islower())


def _is_titled(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a neighbour is capitalised too: titles and institutions are."""
    beside = [tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
    return any(t.kind == "word" and t.text[0].isupper() for t in beside)


def _inside_sentences(context: Context) -> Counter[str]:
    """How often each capitalised word occurs in mid-sentence."""
    return Counter(
        w.text for w in context.words if w.token.kind == "word" and w.text[0].isupper() and _is_inside(context, w)
    )


MIXED = Rule(
    code=MIXED_CODE,
    family="LEX",
    name="mixed script",
    propose=mixed,
    needs=("morphology", "frequencies", "names"),
    harm="spelling",
    prior=2.5,
    about_word=True,
    since="2026.11",
    says=("figure-one", "latin-for-word", "mixed-script", "sign-in-word"),
)
CAPITALS = Rule(
    code=CAPITAL_CODE,
    family="LEX",
    name="capitalisation error",
    propose=capitals,
    needs=("morphology", "frequencies", "names"),
    harm="spelling",
    prior=0.6,
    about_word=True,
    since="2026.11",
    says=("capital-in-name", "capital-in-word", "capital-lost", "capital-stray"),
)
