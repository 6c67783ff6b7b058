"""Letters of the wrong alphabet: a Latin "c" in "cовет", "OH" for Он, a sign or a figure in a word.

A Latin letter in a Cyrillic word, or a sign or a figure that a letter explains ("отка3"), is no reading of anybody's: it is
mended whatever the word. Roman numerals and words that are Latin throughout are left alone, but for those that only look it
(CCCP).
"""

from __future__ import annotations

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
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.blemishes import explained, is_blemished
from collation.knowledge.words.confused_words import ONE_LETTER
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.lexical.figures_for_words import figures_for_words
from collation.rules.lexical.letter_case import with_capitals

CODE = "LEX104"
_ROMAN = regex.compile(r"[IVXLCDM]+|[ivxlcdm]+")
_MOST = 200  # ways to read a word in the other alphabet that are tried
_LATIN_WORD = 3  # letters of a word that is Latin throughout; longer ones are read by their outlines
_ENGLISH = 3.0  # Zipf frequency of an English word that is one, unless it is all in capitals
_BESIDE = 4  # tokens on either side that say in which language a word stands
_LONE_ALIKE = frozenset("c")  # a Roman figure that is a small word
_USUAL_LATIN = 5.5  # Zipf frequency of the small word that it is
_UNCOUNTED = -1.5  # log-odds of a lone l where nothing else is counted
_KINDS_OF = frozenset("сорт класс группа тип витамин точка пункт вид вариант категория".split())
_USUAL = 4.0  # Zipf frequency of a Russian word that Latin letters spell
_SHARE_BY_RANK = 0.3  # how much less of the doubt each further reading is given
# What moves the log-odds of the doubt
_KNOWN, _UNKNOWN = 1.0, -0.5  # whether the reading is a word
_EACH_RANK = -1.5  # each word before it that the letters may make as well


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
    """Cyrillic letters for the Latin ones, the signs and the figures inside a Russian word, or in its stead."""
    yield from latin(context)
    yield from figures_for_words(context, CODE)
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
            yield with_reading(CODE, (word.token,), reading, features)


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
            yield with_reading(CODE, (word.token,), reading, features)


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
    yield with_reading(CODE, (word.token,), "1", features)


def _signs(context: Context, word: Word) -> Iterator[Hypothesis]:
    """The words that letters in the stead of signs and figures make, each less sure than the more usual one before it."""
    if is_attested(word.text):
        return
    for rank, form in enumerate(explained(word.text)[:3]):
        features = (
            Feature("strength", _EACH_RANK * rank),
            Feature("script", 1.0, (word.place,), "lookalikes.tsv", "sign-in-word", (("word", word.text),)),
        )
        yield with_reading(CODE, (word.token,), with_capitals(context, word, form), features)


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


RULE = Rule(
    code=CODE,
    family="LEX",
    name="mixed script",
    propose=mixed,
    needs=("morphology", "frequencies", "names"),
    harm="spelling",
    prior=2.5,
    about_word=True,
    since="2026.11",
    says=("figure-one", "figures-for-word", "latin-for-word", "mixed-script", "sign-in-word"),
)
