"""What speaks for a word that no dictionary has, or that is unlike its surroundings: reasons to leave it as it stands.

Three kinds. *Notation*: abbreviations, signs of units, letters that name a quantity or a class, addresses and brands are
no words, and no usual word stands in their place. *The translation*: an English word that is no common one and spells the
Russian word letter for letter vouches for it (сартов, Sarts). *The document*: an adjective made from a name that it has
(громовский, Громов). All rules that doubt words ask here first, so none of them lifts what another leaves alone.
"""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

import regex

from collation.evidence.context import Context, Word, is_attested
from collation.evidence.shortened_words import is_shortened
from collation.knowledge import dictionaries
from collation.knowledge.letters import case_of, fold, is_latin, script
from collation.knowledge.names import authority
from collation.knowledge.names.paradigms import is_form_of, nominatives
from collation.knowledge.names.sound import same_sound
from collation.knowledge.names.sound_of_forms import sound_of_form
from collation.knowledge.names.syllables import without_possessive
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.derivation import is_listed, is_trust
from collation.knowledge.words.english import STOP

_LONGEST_ABBREVIATION = 6  # letters of a word in capitals that may be an abbreviation
_BESIDE = 4  # tokens on either side of capitals that tell whether they stand among words that are written small
_REPEATED = 2  # times that capitals stand in a document which are no slip
_SPELT, _SPELT_NAME = 0.95, 0.97  # likeness by sound from which an English word spells the Russian one; a name
_COMMON_ENGLISH = 4.0  # Zipf frequency of an English word whose likeness by sound is chance
_LEAST_SPELT = 3  # letters of a word that is compared by sound
_FRENCH = regex.compile(
    r"(?:iers?|ières?|eaux?|[aeo]?u?ill(?:ard|et|on|ot|er|ier|y|es?)|gny|auds?|aults?|oux|eux|ois)$"
)
_FRENCH_SPELT = 0.92  # likeness by sound from which a name so spelt is the Russian one
_MUTE_U = regex.compile(r"gu(?=[ei])")
_DASHES = regex.compile(r"[-–—]+")
_DEGREES = frozenset("°º˚'′″")
_ONE_LETTER = frozenset("авиксоуяжб")  # small letters that are words
_RUN_TOGETHER, _TAGS = frozenset(".@#_/:"), frozenset("@#_")
_DECLINED = regex.compile(
    r"(?P<capitals>\p{Lu}{2,5})(?:а|у|е|ом|ы|ов|ам|ами|ах)"
)  # an abbreviation with an ending: "трёх НПЗов"
_REGION = regex.compile(r"(?:щин|чин)(?:а|ы|е|у|ой|ою)$")
_ADJECTIVE = regex.compile(r"(?:ск|цк)(?:ий|ого|ому|им|ом|ая|ой|ую|ою|ое|ие|их|ими)$")


@lru_cache(maxsize=1)
def _lettered() -> frozenset[str]:
    """What is told apart by a letter: угол А, пункт б."""
    return frozenset(noun for (noun,) in dictionaries.rows("lettered.tsv", columns=1))


def is_vouched(context: Context, word: Word) -> bool:
    """Whether something speaks for a word as it stands."""
    return context.once(_vouched, word.token.start)


def _vouched(context: Context, start: int) -> bool:
    word = context.word_at(start)
    return word is not None and (
        is_notation(context, word)
        or is_listed(word.folded)
        or is_spelt_opposite(context, word)
        or _is_owned_opposite(context, word)
        or is_from_name(context, word)
        or _is_french_opposite(context, word)
    )


def is_notation(context: Context, word: Word) -> bool:
    """Whether a word is written short, an abbreviation of the document or one with an ending, the sign of a unit, a symbol, or
    part of an address or brand."""
    return (
        is_shortened(context, word)
        or _is_own_abbreviation(context, word)
        or _is_unit(context, word)
        or is_symbol(context, word)
        or is_address(context, word)
        or is_trust(word.text)
        or _is_declined_abbreviation(word)
    )


def _is_declined_abbreviation(word: Word) -> bool:
    """Capitals with an ending: what is a word without its capitals only where the capitals are listed (РИКа)."""
    found = _DECLINED.fullmatch(word.text)
    return found is not None and (
        not morphology.is_known(word.folded) or authority.is_abbreviation(fold(found["capitals"]))
    )


def is_capital_sign(context: Context, word: Word) -> bool:
    """Whether a short word in capitals stands among words that are written small: an abbreviation, known or not."""
    text = word.text
    if not (2 <= len(text) <= _LONGEST_ABBREVIATION and case_of(text) == "upper" and text.isalpha()):
        return False
    before, after = context.neighbours(word, _BESIDE, _BESIDE)
    beside = [t for t in (*before, *after) if t.kind == "word" and len(t.text) > 2]
    return bool(beside) and any(t.text.islower() for t in beside)


def _is_own_abbreviation(context: Context, word: Word) -> bool:
    """Capitals that the document explains in brackets, or repeats as they are."""
    if not is_capital_sign(context, word):
        return False
    bracketed, counts = context.once(_capitals)
    return word.text in bracketed or counts[word.text] >= _REPEATED


def _capitals(context: Context) -> tuple[frozenset[str], Counter[str]]:
    """The capitals that stand alone in brackets, and how often the original has each."""
    original = context.document.original
    bracketed: set[str] = set()
    counts: Counter[str] = Counter()
    for segment in original.segments if original else ():
        tokens = segment.tokens
        counts.update(t.text for t in tokens if t.kind == "word" and case_of(t.text) == "upper")
        bracketed.update(
            tokens[i].text
            for i in range(1, len(tokens) - 1)
            if tokens[i].text.isupper() and tokens[i - 1].text in "([" and tokens[i + 1].text in ")]"
        )
    return frozenset(bracketed), counts


@lru_cache(maxsize=1)
def units() -> frozenset[str]:
    """The signs of units, in their letter case."""
    return frozenset(row[0] for row in dictionaries.rows("units.tsv", columns=2))


def _is_unit(context: Context, word: Word) -> bool:
    """A sign of a unit behind a figure, a degree or a stroke; one of two letters and more between commas or brackets, or at the
    end of a head of a table, too."""
    before, after = context.neighbours(word, 1, 1)
    first = before[0] if before else None
    if word.text == "С" and first is not None and first.text in _DEGREES:
        return True
    if word.text not in units():
        return False
    if first is not None and (first.kind == "number" or first.text in _DEGREES | {"/"}):
        return word.text not in {"с", "в"} or first.text == "/"
    enclosed = first is not None and first.text in ",(" and bool(after) and after[0].text in ",)|"
    return enclosed and len(word.text) > 1


def is_symbol(context: Context, word: Word) -> bool:
    """A single letter that names a quantity or a class: "к — постоянная", "при д=10", "класс А", "(б)"."""
    if len(word.text) != 1 or word.token.kind != "word":
        return False
    before, after = context.neighbours(word, 1, 1)
    first, second = before[0] if before else None, after[0] if after else None
    if second is not None and second.text in {"=", "<", ">", "≈", "≤", "≥", "~"}:
        return True
    if first is not None and first.text in {"=", "<", ">", "≈", "≤", "≥"}:
        return True
    if first is not None and second is not None and first.text in '(["«' and second.text in ')]"»':
        return True
    if second is not None and _DASHES.fullmatch(second.text) and second.start > word.token.stop:
        return first is None or first.text in ",;(" or fold(first.text) in {"где", "здесь"}
    if word.text.islower() and word.folded not in _ONE_LETTER and first is not None and first.kind == "word":
        return any(lemma in _lettered() for lemma in morphology.lemmas(first.text))
    if word.text.isupper() and first is not None:
        if first.kind == "number" or first.text in _DEGREES:
            return word.text in units()
        return first.kind == "word" and any(lemma in _lettered() for lemma in morphology.lemmas(first.text))
    return False


def is_address(context: Context, word: Word) -> bool:
    """A word that touches Latin letters, an at sign, a tag or a stroke of an address: "Газету.Ru", "@name", "#тег"."""
    if script(word.text) == "latin":
        return True
    if "-" in word.text and script(word.text) == "mixed":
        parts = [part for part in word.text.split("-") if part]
        return all(script(p) == "latin" or p.isdigit() or (script(p) == "cyrillic" and is_attested(p)) for p in parts)
    text, start, stop = context.text, word.token.start, word.token.stop
    if text[max(0, start - 1) : start] in _TAGS and start:
        return True
    before, after = text[max(0, start - 2) : start], text[stop : stop + 2]
    return any(len(pair) == 2 and pair[0] in _RUN_TOGETHER and is_latin(pair[1]) for pair in (before[::-1], after))


def is_spelt_opposite(context: Context, word: Word) -> bool:
    """Whether an English word opposite, no common one, spells this word letter for letter, an ending that a name so spelt can
    have aside."""
    if len(word.text) < _LEAST_SPELT or script(word.text) != "cyrillic":
        return False
    opposite = context.once(_rare_english, word.pair)
    if not opposite:
        return False
    own = (base for base in without_ending(word.folded) if is_form_of(word.folded, base))
    bases = tuple(dict.fromkeys((word.text, *own, *nominatives(word.text))))
    least = _SPELT if word.text[0].islower() else _SPELT_NAME
    return any(same_sound(base, text, least) >= least for text in opposite for base in bases)


def _is_owned_opposite(context: Context, word: Word) -> bool:
    """Whether an English possessive opposite is that of the owner whom a word names: Петькин, Petka's."""
    if not word.text[0].isupper() or len(word.text) < _LEAST_SPELT or script(word.text) != "cyrillic":
        return False
    owned = (t.text for t in context.pairs[word.pair].translation if without_possessive(t.text) != t.text)
    return any(text[0].isupper() and sound_of_form(word.text, text) >= _SPELT_NAME for text in owned)


def _is_french_opposite(context: Context, word: Word) -> bool:
    """Whether a name opposite that is spelt as French ones are sounds like a name, by whichever way it is read: Дижье, Digier;
    Вижье, Viguier. Their letters say less of their sound than those of other names."""
    if case_of(word.text) != "title" or len(word.text) < _LEAST_SPELT or script(word.text) != "cyrillic":
        return False
    own = (word.text, *(base.capitalize() for base in without_ending(word.folded) if is_form_of(word.folded, base)))
    french = (text for text in context.once(_rare_english, word.pair) if text[0].isupper() and _FRENCH.search(text))
    return any(
        same_sound(base, read) >= _FRENCH_SPELT
        for text in french
        for read in dict.fromkeys((text, _MUTE_U.sub("g", text)))
        for base in own
    )


def without_ending(folded: str) -> tuple[str, ...]:
    """A word without an ending of a noun, with enough left to be compared."""
    found = []
    for ending in (
        "ами",
        "ями",
        "ах",
        "ях",
        "ов",
        "ев",
        "ам",
        "ям",
        "ом",
        "ем",
        "ой",
        "ей",
        "а",
        "я",
        "у",
        "ю",
        "е",
        "и",
        "ы",
    ):
        stem = folded.removesuffix(ending)
        if stem != folded and len(stem) >= _LEAST_SPELT - 1:
            found += [stem, stem + "й"] if stem[-1] in "аеиоу" else [stem]
    return tuple(f for f in found if len(f) >= _LEAST_SPELT)


def _rare_english(context: Context, pair: int) -> tuple[str, ...]:
    """The English words of a pair that are not common: plain plurals stand without their s too."""
    found = []
    for token in context.pairs[pair].translation:
        text = without_possessive(token.text)
        low = text.lower()
        if token.kind != "word" or len(text) < _LEAST_SPELT or low in STOP or script(text) != "latin":
            continue
        if wordlist.english_zipf(low) < _COMMON_ENGLISH:
            found.append(text)
            if low.endswith("s") and len(low) > _LEAST_SPELT:
                found.append(text[:-1])
    return tuple(dict.fromkeys(found))


def is_from_name(context: Context, word: Word) -> bool:
    """Whether an adjective in -ский or a region in -щина is made from a name of the document or of the authority files."""
    stem = _REGION.sub("", _ADJECTIVE.sub("", word.folded))
    if len(stem) < 4 or stem == word.folded:
        return False
    capitalised = context.once(_capitalised)
    return any(
        base in capitalised or authority.is_name_form(base) for base in (stem, stem + "а", stem + "о", stem + "ый")
    )


def _capitalised(context: Context) -> frozenset[str]:
    """The folded words, and what is left of them without an ending, that the document writes with a capital in mid-sentence
    or that are no ordinary words."""
    found = set()
    for word in context.words:
        if word.token.kind == "word" and case_of(word.text) == "title" and not morphology.is_ordinary(word.folded):
            found.add(word.folded)
            found.update(without_ending(word.folded))
    return frozenset(found)
