"""Words that are surely subjects, and the person, number and gender that each asks of its predicate.

A personal pronoun, который, a noun that is a nominative of one number in all its analyses or has only cases that nothing before it
asks for. Where a kind of subject takes either form (a quantity, a title, what is likened) nothing is said; a person may be of
either gender.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from collation.evidence.government import cases_of, governed_cases, preposition_before
from collation.evidence.wanted import forms_of
from collation.knowledge.letters import VOWELS, fold
from collation.knowledge.words import morphology
from collation.knowledge.words.morphology import Parse
from collation.model import Token

_RELATIVE = "который"
OF_PERSONS = frozenset({"masc", "femn"})  # genders
SHORT = frozenset({"PRTS", "ADJS"})  # short forms
PERSONS = {
    "я": ("1per", "sing", OF_PERSONS),
    "ты": ("2per", "sing", OF_PERSONS),
    "он": ("3per", "sing", frozenset({"masc"})),
    "она": ("3per", "sing", frozenset({"femn"})),
    "оно": ("3per", "sing", frozenset({"neut"})),
    "мы": ("1per", "plur", frozenset[str]()),
    "вы": ("2per", "plur", frozenset[str]()),
    "они": ("3per", "plur", frozenset[str]()),
    "которая": ("3per", "sing", frozenset({"femn"})),
}
PRONOUNS = tuple(p for p in PERSONS if p != "которая")
_OR_OBJECTS = {
    "который": ("3per", "sing", frozenset({"masc"})),
    "которое": ("3per", "sing", frozenset({"neut"})),
    "которые": ("3per", "plur", frozenset[str]()),
}
_NAMES = frozenset({"Surn", "Name", "Geox"})
_OTHERWISE = frozenset({"Fixd", "Abbr", "Patr", "Orgn", "Trad", "ms-f", "Ms-f", "voct", "Init"})
_AMOUNTS = frozenset(
    "масса часть доля половина треть четверть пара группа сотня тысяча десяток дюжина тройка пятерка толпа куча кучка уйма тьма "
    "бездна партия горсть горстка стая рота сторона семья чета молодежь публика большинство меньшинство множество количество "
    "число ряд".split()
)  # nouns of quantity, beside which the verb may be in the plural
_TITLES = frozenset(
    "величество высочество превосходительство сиятельство благородие преосвященство".split()
)  # были приняты
_MEASURES = frozenset(
    "год день ночь час минута секунда неделя месяц век сутки раз лето зима весна осень утро вечер время верста километр шаг".split()
)  # accusatives of how long and how far, beside any verb
_LIKE = frozenset("как чем словно будто нежели точно".split())
_OPENING = frozenset(
    "и а но что чтобы когда если хотя пока где куда так потому поэтому однако зато тогда тут там".split()
)
_PAUSES = frozenset(",;:")
_FREE = frozenset({"nomn", "accs"})
_UNGOVERNED = frozenset({"nomn", "accs", "gent"})


@dataclass(frozen=True, slots=True)
class Asked:
    """Person, number and, in the singular, the genders that a subject goes with."""

    person: str
    number: str
    genders: frozenset[str]

    def agrees(self, form: Parse) -> bool:
        """Whether a form of a predicate goes with the subject."""
        if form.pos in SHORT or "past" in form.grammemes:
            return form.number == self.number and (self.number == "plur" or form.gender in self.genders)
        return form.number == self.number and self.person in form.grammemes

    def fits(self, noun: Iterable[Parse]) -> bool:
        """Whether a noun, in an analysis, is of the number and gender of the subject."""
        return any(
            p.pos == "NOUN" and p.number == self.number and (self.number == "plur" or p.gender in self.genders)
            for p in noun
        )


def asked_by(word: str) -> tuple[Asked, ...]:
    """What a folded word asks of its predicate in each analysis as a subject."""
    known = PERSONS.get(word) or _OR_OBJECTS.get(word)
    if known:
        return (Asked(*known),)
    return tuple(_asked_by_noun(p) for p in morphology.parses(word) if p.pos == "NOUN" and p.case == "nomn")


def is_relative(word: str) -> bool:
    """Whether a folded word is a form of который."""
    return word in morphology.written_forms(_RELATIVE)


def is_pronoun(word: str) -> bool:
    """Whether a folded word is a pronoun that may be a subject."""
    return word in PERSONS or word in _OR_OBJECTS


def like_subjects(word: str) -> tuple[str, ...]:
    """What a subject may be misread from: other pronouns for a pronoun, other forms of a noun."""
    if word in PRONOUNS:
        return PRONOUNS
    return tuple(form for lemma in morphology.lemmas(word) for form in forms_of(lemma))


@lru_cache(maxsize=5_000)
def _noun(word: str) -> tuple[Parse, frozenset[str]] | None:
    """The nominative that a noun is of one number and gender, and the cases that it may have: others than the nominative are
    let pass where nothing asks for them."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    subjects = [p for p in parses if p.case == "nomn"]
    if not subjects or any(p.pos != "NOUN" or _OTHERWISE & p.grammemes for p in parses):
        return None
    if any(_NAMES & p.grammemes for p in parses) and len(subjects) < len(parses):
        return None
    if len({(p.number, p.gender) for p in subjects}) > 1 or any(
        p.lemma in _AMOUNTS | _TITLES | _MEASURES for p in parses
    ):
        return None
    return subjects[0], frozenset(p.case for p in parses)


def subjects_at(tokens: tuple[Token, ...], index: int) -> Iterator[tuple[Asked, bool]]:
    """What a word asks of its verb if it is a subject, and whether it is surely a nominative; nothing for what is none. A name that ends in
    a consonant may be a woman's, who does not decline it: Морис заплатили."""
    token = tokens[index]
    word, before = fold(token.text), tokens[index - 1] if index else None
    if before is not None and (fold(before.text) in governed_cases() or before.text in {"№", ".", "-"}):
        return
    if is_pronoun(word):
        if not (token.text[0].isupper() and before is not None and before.kind == "word"):
            sure = word in PERSONS
            if sure or before is None or before.text in _PAUSES:
                yield Asked(*(PERSONS if sure else _OR_OBJECTS)[word]), sure
        return
    found = _noun(word)
    capital = token.text[0].isupper()
    if found is None or _is_apposed(before) or _is_likened(tokens, index):
        return
    noun, cases = found
    sure = len(cases) == 1 and not (_NAMES & noun.grammemes and word[-1] not in VOWELS)
    if capital and before is not None and not _NAMES & noun.grammemes:
        return
    if (
        not sure
        and not (cases <= _UNGOVERNED and opens_clause(before) and not _goes_on(tokens, index))
        and not (cases <= _FREE and _is_free(tokens, index))
    ):
        return
    yield _asked_by_noun(noun, called=capital), sure


def _asked_by_noun(noun: Parse, *, called: bool = False) -> Asked:
    """What a nominative asks; a person may be of either gender, and a man may be ``called`` by a feminine: Ольха вошёл."""
    if noun.number == "plur":
        return Asked("3per", "plur", frozenset())
    if noun.animacy == "anim":
        return Asked("3per", "sing", OF_PERSONS | {noun.gender})
    return Asked("3per", "sing", frozenset({noun.gender, "masc"} if called else {noun.gender}))


def _is_apposed(before: Token | None) -> bool:
    """Whether what stands straight before a noun makes it no subject: a noun, a numeral, a comparison, an adjective in another
    case (слово революция, двадцать дён, как следствие)."""
    if before is None or before.kind != "word":
        return before is not None and before.kind == "number"
    parses = morphology.parses(before.text)
    if parses and all(p.pos in {"ADJF", "PRTF"} and p.case != "nomn" for p in parses):
        return True
    return any(p.pos == "NUMR" or (p.pos == "NOUN" and p.case == "nomn") for p in parses)


def _is_likened(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether something is likened to a noun, or it is said as what: мы как крайняя фракция."""
    j = index - 1
    while j >= 0 and any(p.pos in {"ADJF", "PRTF"} for p in morphology.parses(tokens[j].text)):
        j -= 1
    return j >= 0 and fold(tokens[j].text) in _LIKE and not is_how(tokens, j)


def _goes_on(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a noun may be one more genitive of a list: возможность обмана, измены."""
    listed = index > 1 and tokens[index - 1].text == "," and "gent" in cases_of(tokens[index - 2].text)
    return listed and "gent" in cases_of(tokens[index].text)


def is_how(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether как opens a clause: видел, как дети играли."""
    return index > 0 and fold(tokens[index].text) == "как" and tokens[index - 1].text == ","


def opens_clause(before: Token | None) -> bool:
    return before is None or before.text in _PAUSES or fold(before.text) in _OPENING


def _is_free(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether nothing before a noun in its clause may have it for its object."""
    if preposition_before(tokens, index) is not None:
        return False
    for j in range(index - 1, -1, -1):
        if tokens[j].kind != "word":
            return tokens[j].text in _PAUSES
        if any(p.pos in {"VERB", "INFN", "GRND", "PRTF", "NUMR", "PRED"} for p in morphology.parses(tokens[j].text)):
            return False
        if fold(tokens[j].text) in _LIKE or fold(tokens[j].text) in PERSONS:
            return False
    return True


@lru_cache(maxsize=5_000)
def is_singular(word: str) -> bool:
    """Whether a noun is a nominative singular, in all its analyses but those of names in other cases."""
    parses = morphology.parses(word) if morphology.is_known(word) else ()
    likely = [p for p in parses if p.case == "nomn" or not _NAMES & p.grammemes]
    return bool(likely) and all(p.pos == "NOUN" and p.case == "nomn" and p.number == "sing" for p in likely)
