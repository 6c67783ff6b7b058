"""Russian morphology behind one door: the only importer of pymorphy3.

pymorphy3 (OpenCorpora's dictionary, CC BY-SA, read from its own package) knows three million forms. Its guesser
is believed only where the caller asks for it: the prefix guesser accepts "гео+рически". Old spellings of the
period ("глубокою", V-oy) are known forms.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Any, NamedTuple

from collation.knowledge.letters import fold

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct", "voct", "gen2", "acc2", "loc2")
_SECOND = {"gen2": "gent", "acc2": "accs", "loc2": "loct", "gen1": "gent"}


_folded_anew = fold.__wrapped__
"""``fold`` without its cache: what is asked here is asked once, and would drive out what is asked again."""


@dataclass(frozen=True, slots=True)
class Parse:
    """One analysis of a form: lemma, part of speech, grammemes, and how sure the dictionary is of it."""

    lemma: str
    pos: str
    grammemes: frozenset[str]
    known: bool
    score: float

    @property
    def case(self) -> str:
        """The case, second cases folded into the first; empty for uninflected words."""
        return _case(self.grammemes)

    @property
    def number(self) -> str:
        return "plur" if "plur" in self.grammemes else "sing" if "sing" in self.grammemes else ""

    @property
    def gender(self) -> str:
        return next((g for g in ("masc", "femn", "neut") if g in self.grammemes), "")

    @property
    def animacy(self) -> str:
        return next((g for g in ("anim", "inan") if g in self.grammemes), "")


@lru_cache(maxsize=2_000)
def _case(grammemes: frozenset[str]) -> str:
    return next((_SECOND.get(case, case) for case in CASES if case in grammemes), "")


class _Listed(NamedTuple):
    """An analysis that the dictionary lists: its paradigm, the stem, the lemma as it spells it, and the number of the tag."""

    paradigm: int
    stem: str
    lemma: str
    tag: int


@lru_cache(maxsize=1)
def analyser() -> Any:
    """The analyser, loaded once."""
    import pymorphy3

    return pymorphy3.MorphAnalyzer(lang="ru")


def analyses(word: str) -> list[Any]:
    """The library's own analyses of a form, folded; none where it holds a letter without a Unicode name.

    Letters of a few scripts (Tangut among them) have no name in Python's tables, and the guesser asks for it.
    """
    folded = fold(word)
    if not all(unicodedata.name(letter, "") for letter in folded):
        return []
    return list(analyser().parse(folded))


@lru_cache(maxsize=20_000)
def is_known(word: str) -> bool:
    """Whether the dictionary has the form (case and ё folded)."""
    return bool(analyser().word_is_known(_folded_anew(word)))


def is_ordinary(word: str) -> bool:
    """Whether the dictionary has the form as an ordinary word, and as no name."""
    return is_known(word) and not any({"Surn", "Name", "Geox", "Patr"} & parse.grammemes for parse in parses(word))


def spellings(word: str) -> tuple[str, ...]:
    """How the dictionary spells a folded form: with ё where the dictionary has it."""
    library = analyser()
    return tuple(library.dictionary.words.similar_keys(word, library.char_substitutes))


def _listed(word: str) -> list[tuple[_Listed, float]]:
    """The analyses of a folded form that the dictionary has, with their probabilities, the most probable first.

    The same as the library's ``parse`` in a fraction of the time: it makes each analysis three times over, and asks for the
    probability of every tag of a word of which it knows none.
    """
    library = analyser()
    dictionary = library.dictionary
    prefixes, suffixes = dictionary.paradigm_prefixes, dictionary.suffixes
    found = []
    for form, places in dictionary.words.similar_items(word, library.char_substitutes):
        for number, row in places:
            paradigm = dictionary.paradigms[
                number
            ]  # the numbers of the suffixes, then of the tags, then of the prefixes
            size = len(paradigm) // 3
            prefix, suffix = prefixes[paradigm[2 * size + row]], suffixes[paradigm[row]]
            stem = form[len(prefix) : len(form) - len(suffix)]
            lemma = prefixes[paradigm[2 * size]] + stem + suffixes[paradigm[0]] if row else form
            found.append(_Listed(number, stem, lemma, paradigm[size + row]))
    estimated = library.prob_estimator.p_t_given_w
    chances = []
    if estimated.has_keys_with_prefix(f"{word}:"):
        chances = [estimated.prob(word, dictionary.gramtab[listed.tag]) for listed in found]
    if not any(chances):
        return [(listed, 1.0 / len(found)) for listed in found]
    return sorted(zip(found, chances, strict=True), key=itemgetter(1), reverse=True)


@lru_cache(maxsize=2_000)
def _grammemes(tag: Any) -> tuple[str, frozenset[str]]:
    """The part of speech and all grammemes of a tag of the library."""
    return str(tag.POS or ""), frozenset(tag.grammemes)


@lru_cache(maxsize=2_000)
def _grammemes_of(number: int) -> tuple[str, frozenset[str]]:
    """The same of a tag by its number in the dictionary: a tag of the library takes longer to be looked up than to be read."""
    return _grammemes(analyser().dictionary.gramtab[number])


@lru_cache(maxsize=20_000)
def parses(word: str) -> tuple[Parse, ...]:
    """All analyses of a form, dictionary ones only when the form is in the dictionary."""
    if is_known(word):
        return tuple(
            Parse(fold(listed.lemma), *_grammemes_of(listed.tag), True, chance)
            for listed, chance in _listed(_folded_anew(word))
        )
    return tuple(
        Parse(fold(p.normal_form), *_grammemes(p.tag), bool(p.is_known), float(p.score)) for p in analyses(word)
    )


@lru_cache(maxsize=20_000)
def lemmas(word: str) -> tuple[str, ...]:
    """The distinct lemmas of a form, most probable first."""
    return tuple(dict.fromkeys(p.lemma for p in parses(word)))


def forms(lemma: str) -> Iterator[tuple[str, frozenset[str]]]:
    """All forms of a lemma with their grammemes, over all its dictionary paradigms."""
    return zip(*inflected(lemma), strict=True)


def written_forms(lemma: str) -> tuple[str, ...]:
    """All forms of a lemma."""
    return inflected(lemma)[0]


@lru_cache(maxsize=20_000)
def inflected(lemma: str) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """The forms of a lemma, and the grammemes of each, which are one tuple for all lemmas that are inflected alike."""
    own = fold(lemma)
    found: dict[str, frozenset[str]] = {}
    if is_known(own):
        for listed, _ in _listed(own):
            if fold(listed.lemma) == own:
                for prefix, suffix, grammemes in _paradigm(listed.paradigm):
                    found.setdefault(_folded_anew(prefix + listed.stem + suffix), grammemes)
    else:
        for p in analyses(own):
            if fold(p.normal_form) == own:
                for form in p.lexeme:
                    found.setdefault(fold(form.word), frozenset(form.tag.grammemes))
    return tuple(found), _once(tuple(found.values()))


@lru_cache(maxsize=2_000)
def _once(grammemes: tuple[frozenset[str], ...]) -> tuple[frozenset[str], ...]:
    return grammemes


@lru_cache(maxsize=1_000)
def _paradigm(number: int) -> tuple[tuple[str, str, frozenset[str]], ...]:
    """What is before and behind the stem in each form of a paradigm, and the form's grammemes."""
    listed = analyser().dictionary.build_paradigm_info(number)
    return tuple((prefix, suffix, _grammemes(tag)[1]) for prefix, tag, suffix in listed)


@lru_cache(maxsize=20_000)
def inflect(lemma: str, grammemes: frozenset[str], pos: str = "") -> str | None:
    """The form of a lemma with these grammemes, or None. Works for guessed words too."""
    for p in analyses(lemma):
        if pos and str(p.tag.POS) != pos:
            continue
        form = p.inflect(set(grammemes))
        if form is not None:
            return fold(str(form.word))
    return None


def dictionary_path() -> str:
    """The folder of the compiled dictionary, for the fuzzy search."""
    return str(analyser().dictionary.path)


def version() -> str:
    """The revision of the dictionary."""
    meta = analyser().dictionary.meta
    return f"OpenCorpora {meta.get('source_revision', '?')}"
