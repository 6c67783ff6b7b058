"""Words that are no words.

A scanner or typist who changes letters mostly makes a form that no dictionary has ("георически", "укахзывали"). The
readings are dictionary forms of like shape, forms that occur elsewhere in the document, and what the translation calls
for. Blind to corruptions that are words themselves, and shy of names, which have their own rules.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

import regex
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from collation.evidence.context import Context, Word, is_attested
from collation.evidence.fixed_endings import is_of_syllabic_name
from collation.evidence.vouching import is_capital_sign, is_vouched, without_ending
from collation.evidence.wanted import wanted_forms
from collation.knowledge.letters import case_of, fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confusions import CHEAPEST, EDIT, channel_cost
from collation.knowledge.words.search import similar
from collation.model import Feature, Hypothesis, Token
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.lexical.letter_case import begins_sentence, with_capitals
from collation.rules.lexical.unspaced import unspaced_tokens

CODE, OWN = "LEX101", "LEX109"
_MOST = 12  # readings of a word, the likeliest
_ENDING = 2  # last letters in which a form and another of the same word may differ
_LEAST_REPEATED = 5  # letters of a word that the document's own other form of it may mend
_ENOUGH = 8  # forms near a word with which a search is content
_NEAR_BUDGET = EDIT + EDIT // 2  # the cost up to which forms count as near: an edit and a half
_LONG = 10  # letters from which a word may have lost a third
_FOR_USE = 1.5  # of the costs of the search: what a unit of Zipf frequency makes up for
_LEAST_SHARE = 1e-6  # the share of the text from which a form is in the speller's list
_LEAST_STEM = 5  # letters of a stem that the forms of one word share
_LEAST_UNLISTED = 6  # letters of an English word that no list has
_PLURAL = regex.compile(r"[оеё]в$")
_LEAST_JOINED = 3  # letters of a word that is joined with another
_JOINT, _ENDINGS = (
    regex.compile("[ое]"),
    ("", "а", "я", "ь"),
)  # what joins two words, and with what the first ends by itself
_SURNAME = regex.compile(r"\p{Lu}\p{Ll}*[аеёиоуыэюя]\p{Ll}*(?:[иы]н|[оеё]в)(?:а|у|ым|е|ой|ы|ых|ыми)?")
_SPOKEN = regex.compile(
    r"\p{Lu}(?!\p{Ll}*(?:[бвгджзклмнпрстфхцчшщьъ]{4}|[аеёиоуыэюя]{3}|[аеёиоуыэюягкхцйьъ][ьъ]|[бвгджзклмнпрстфхцчшщьъ]й))"
    r"\p{Ll}*[аеёиоуыэюя]\p{Ll}*"
)
_SPECKS = frozenset("`|_^~")
_VOTE_LENGTH = 14  # letters of a word that the speller is asked about; it grows slow with them
_LEAST_PART = 4  # letters of a part of a compound that is mended by itself,
_PARTS = 4  # and the most readings of it


def propose(context: Context) -> Iterator[Hypothesis]:
    """Readings for every word that is attested nowhere."""
    told = context.once(unspaced_tokens)
    for word in context.words:
        if word.token.kind != "word" or len(word.text) < 3 or is_attested(word.text) or word.token.start in told:
            continue
        if context.forms[word.folded] > 2 and case_of(word.text) != "lower":
            continue
        if not is_vouched(context, word) and not is_of_syllabic_name(context, word):
            yield from readings(context, word)


def readings(context: Context, word: Word) -> Iterator[Hypothesis]:
    """Hypotheses for one unattested word, the likeliest shapes first."""
    found: dict[str, int] = {}
    for form, cost in (*_look_up(word.text), *_by_parts(word.folded)):
        found.setdefault(form, cost)
    wanted = wanted_forms(context, word)
    for form in wanted:
        cost = channel_cost(word.folded, form)
        if cost <= max(_budget(word.text), 4 * len(form)):
            found.setdefault(form, cost)
    for form, cost in _elsewhere(context, word.folded, _budget(word.text)):
        found.setdefault(form, cost)
    if is_capital_sign(context, word):  # an abbreviation is misread for an abbreviation, never for a word
        found = {form: cost for form, cost in found.items() if _is_written_so(context, word.folded, form)}
    doubtful = {form for form in found if form not in wanted and not context.forms[form]}
    if doubtful and (unlikely := _unlikely(context, word, doubtful)):
        found = {form: cost for form, cost in found.items() if form not in unlikely}
    ranked = sorted(found, key=lambda form: (found[form] - _FOR_USE * wordlist.zipf(form), form))[:_MOST]
    if not ranked:
        return
    votes = speller_votes(word.folded, ranked)
    tokens = _with_speck(context, word)
    for form in ranked:
        features = (
            Feature("nonword", 1.0, (word.place,), morphology.version(), "no-word", (("word", word.text),)),
            Feature("vote", 1.0 if form in votes else 0.0, (), "pyspellchecker"),
        )
        yield with_reading(CODE, tokens, with_capitals(context, word, form), features)


def _unlikely(context: Context, word: Word, forms: set[str]) -> set[str]:
    """Those of some forms, which neither the document has nor the translation calls for, that a word no dictionary has is hardly misread
    from. Where it is made as surnames are, which no list exhausts, all but names that are well known (and genitives such as
    Министров, where it could be one); where it is put together of known words, and an unanswered word of the translation is in no
    list either (парогон, steamrunner), any. A capitalised word that can be spoken, with no translation to say what it is, is
    some name as often as not: only one letter of a known name is misread, and for one that looks like it. A word that the
    document declines (флокены, флокенами) is misread, if at all, by letters that look alike."""
    if _is_put_together(word.folded) and _is_unlisted_opposite(context, word):
        return forms
    if _is_declined(context, word.folded):
        return {form for form in forms if not _looks_alike(word.folded, form)}
    if begins_sentence(context, word):
        return set()
    as_plural = _PLURAL.search(word.folded) is not None
    left = {form for form in forms if not (as_plural and _is_genitive_plural(form))}
    if _SPOKEN.fullmatch(word.text) and not context.pairs[word.pair].translation:
        return {form for form in left if not (authority.is_name_form(form) and _looks_alike(word.folded, form))}
    if _SURNAME.fullmatch(word.text):
        return {form for form in left if not authority.is_name_form(form)}
    return set()


def _is_declined(context: Context, word: str) -> bool:
    """Whether the document has another form of a word that no dictionary has."""
    declined = context.once(_unlisted_stems)
    return any(len(declined.get(stem, ())) > 1 for stem in _stems(word))


def _unlisted_stems(context: Context) -> dict[str, set[str]]:
    """The words of the document that no dictionary has, by what may be their stems."""
    found: dict[str, set[str]] = {}
    for form in context.forms:
        if len(form) >= _LEAST_STEM and not is_attested(form):
            for stem in _stems(form):
                found.setdefault(stem, set()).add(form)
    return found


def _stems(word: str) -> tuple[str, ...]:
    return tuple(stem for stem in (word, *without_ending(word)) if len(stem) >= _LEAST_STEM)


def _looks_alike(word: str, form: str) -> bool:
    return channel_cost(word, form) < EDIT


def _is_genitive_plural(form: str) -> bool:
    return _PLURAL.search(form) is not None and any(
        p.known and p.number == "plur" and p.case == "gent" for p in morphology.parses(form)
    )


def _is_put_together(word: str) -> bool:
    """Whether a word is two known ones with a vowel between them: пар-о-гон, земл-е-мер."""
    return any(
        any(morphology.is_known(word[: i.start()] + end) for end in _ENDINGS) and morphology.is_known(word[i.end() :])
        for i in _JOINT.finditer(word, _LEAST_JOINED, max(_LEAST_JOINED, len(word) - _LEAST_JOINED))
    )


def _is_unlisted_opposite(context: Context, word: Word) -> bool:
    """Whether an unanswered word of the translation, written small, is in no list."""
    called, tokens = context.calls[word.pair], context.pairs[word.pair].translation
    return any(
        len(text := tokens[j].text) >= _LEAST_UNLISTED
        and text.isalpha()
        and text.islower()
        and not called[j].lemmas
        and not wordlist.is_listed_english(text)
        for j in context.unanswered(word.pair)
    )


def _is_written_so(context: Context, word: str, form: str) -> bool:
    """Whether a form is a listed abbreviation of which one letter looks like that of a word, or stands in capitals elsewhere in
    the document: no list has all abbreviations, and short ones are all near each other."""
    return context.capitals[form] > 0 or (authority.is_abbreviation(form) and _looks_alike(word, form))


def _elsewhere(context: Context, word: str, budget: int) -> Iterator[tuple[str, int]]:
    """Attested forms of the document within a budget and their costs. Those of too many plain edits are not priced."""
    for length in range(len(word) - 2, len(word) + 3):
        forms = context.attested_forms.get(length, ())
        near = process.extract_iter(word, forms, scorer=Levenshtein.distance, score_cutoff=budget // CHEAPEST)
        for form, distance, _ in near:
            if distance and (cost := channel_cost(word, form)) <= budget:
                yield form, cost


def own_words(context: Context) -> Iterator[Hypothesis]:
    """A word that stands once, for a like one that the document repeats and no dictionary has: "дннод", "динод"."""
    for word in context.words:
        if word.token.kind != "word" or is_attested(word.text) or is_vouched(context, word):
            continue
        for form in _repeated(context, word):
            says = (("reading", form), ("count", str(context.forms[form])))
            features = (
                BY_PRIOR,
                Feature("own_word", 1.0, (word.place,), "", "stands-elsewhere", says),
            )
            yield with_reading(OWN, (word.token,), with_capitals(context, word, form), features, basis="attested")


def _repeated(context: Context, word: Word) -> list[str]:
    """Forms that no dictionary has and the document repeats, one likely misreading from a word that stands once; in the order
    in which the document has them."""
    if context.forms[word.folded] > 1 or len(word.text) < _LEAST_REPEATED or not word.text.isalpha():
        return []
    but_one = context.once(_repeated_but_one)
    near = (n for i in range(len(word.folded) - _ENDING) for n in but_one.get(_without(word.folded, i), ()))
    return [form for _, form in sorted(near) if form != word.folded and channel_cost(word.folded, form) <= EDIT]


_ButOne = tuple[int, str]
"""A form without one letter, and which one that is: forms of one length with these in common differ in that letter alone."""


def _without(form: str, i: int) -> _ButOne:
    return i, form[:i] + form[i + 1 :]


def _repeated_but_one(context: Context) -> dict[_ButOne, list[tuple[int, str]]]:
    """The forms that no dictionary has and the document repeats, with their ranks, under each of their letters but the ending."""
    found: dict[_ButOne, list[tuple[int, str]]] = {}
    for rank, (form, count) in enumerate(context.forms.items()):
        if count > 1 and not is_attested(form):
            for i in range(len(form) - _ENDING):
                found.setdefault(_without(form, i), []).append((rank, form))
    return found


def _with_speck(context: Context, word: Word) -> tuple[Token, ...]:
    """The word, with a speck of dirt that touches its end."""
    after = context.neighbours(word, 0, 1)[1]
    if after and after[0].text in _SPECKS and after[0].start == word.token.stop:
        return (word.token, after[0])
    return (word.token,)


def _look_up(word: str) -> tuple[tuple[str, int], ...]:
    """Dictionary forms of like shape: the likeliest misreadings of all forms, a letter or two more of the usual ones; and
    as far as the word's length allows when nothing is found so near."""
    listed: tuple[tuple[str, int], ...] = ()
    for budget in range(EDIT, min(_NEAR_BUDGET, _budget(word)) + 1, EDIT // 2):
        listed = similar(word, budget)
        if len(listed) >= _ENOUGH:
            break
    found = dict(listed)
    for form in _usual_near(fold(word)):
        found.setdefault(form, channel_cost(word, form))
    return tuple(found.items()) or similar(word, _budget(word))


def _by_parts(word: str) -> Iterator[tuple[str, int]]:
    """A compound whose parts are attested but one, with that one mended: no list has all that a hyphen joins."""
    parts = word.split("-")
    odd = [i for i, part in enumerate(parts) if not is_attested(part)]
    if len(parts) < 2 or len(odd) != 1 or len(parts[odd[0]]) < _LEAST_PART:
        return
    mended = _look_up(parts[odd[0]])
    for form, cost in sorted(mended, key=lambda item: (item[1] - _FOR_USE * wordlist.zipf(item[0]), item[0]))[:_PARTS]:
        yield "-".join((*parts[: odd[0]], form, *parts[odd[0] + 1 :])), cost


@lru_cache(maxsize=1)
def _usual() -> Mapping[int, tuple[Sequence[str], Sequence[int]]]:
    """The usual forms by their length, the most frequent first, and where each is among all of them."""
    forms = wordlist.usual_forms()
    ranks: dict[int, array[int]] = {}
    for rank, form in enumerate(forms):
        ranks.setdefault(len(form), array("I")).append(rank)
    return {length: ([forms[rank] for rank in own], own) for length, own in ranks.items()}


def _usual_near(word: str) -> list[str]:
    """Usual forms two plain edits away, three from a long word: a lost syllable is no likely misreading of letters."""
    if len(word) < 5:
        return []
    most = 2 if len(word) < _LONG else 3
    near: list[tuple[float, int, str]] = []
    for length in range(max(5, len(word) - most), len(word) + most + 1):
        forms, ranks = _usual().get(length, ((), ()))
        found = process.extract(word, forms, scorer=Levenshtein.distance, score_cutoff=most, limit=_ENOUGH)
        near += [(distance, ranks[at], form) for form, distance, at in found]
    return [fold(form) for distance, _, form in sorted(near)[:_ENOUGH] if distance]


def _budget(word: str) -> int:
    length = len(word)
    if length <= 3:
        return EDIT
    return EDIT + EDIT // 2 if length <= 5 else 2 * EDIT if length <= 9 else 2 * EDIT + EDIT // 2


def speller_votes(word: str, forms: Iterable[str]) -> frozenset[str]:
    """Those of some forms that pyspellchecker proposes for a word by our list, one edit away; long words are left to the
    automaton.

    Only the forms that are asked about are in its list: the whole one would take a quarter of a second and 15 MB to load.
    """
    from spellchecker import SpellChecker

    if len(word) > _VOTE_LENGTH:
        return frozenset()
    speller = SpellChecker(language=None, distance=1)
    speller.word_frequency.load_json({form: 1 for form in (word, *forms) if _is_counted(form)})
    return frozenset(speller.candidates(word) or ())


def _is_counted(form: str) -> bool:
    """Whether a folded form is frequent enough for the speller's list."""
    return wordlist.is_usual(form, _LEAST_SHARE) or form in _counted_with_yo()


@lru_cache(maxsize=1)
def _counted_with_yo() -> frozenset[str]:
    """The forms of the speller's list that are written with ё, folded."""
    return frozenset(fold(form) for form, _ in wordlist.frequent_words(least=_LEAST_SHARE) if "ё" in form)


RULE = Rule(
    code=CODE,
    family="LEX",
    name="non-word error",
    propose=propose,
    needs=("morphology", "frequencies", "search", "confusions", "names"),
    harm="spelling",
    learned=True,
    unspecific=True,
    about_word=True,
    since="2026.11",
    says=("no-word",),
)
OWN_WORDS = Rule(
    code=OWN,
    family="LEX",
    name="variant of a word of the document",
    propose=own_words,
    needs=("morphology", "frequencies", "search", "confusions", "names"),
    harm="spelling",
    prior=1.0,
    about_word=True,
    since="2026.11",
    says=("stands-elsewhere",),
)
