"""The predicate beside a subject: whether the two agree in person, number and gender.

It is a personal form or a short adjective or participle, and stands behind the subject with nothing between but particles, adverbs,
short pronouns, what a preposition governs and, behind a noun, its genitives; or straight before a subject that ends its clause.
Where another subject may stand beside, or behind the verb, nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from collation.evidence.government import cases_of, governed_cases
from collation.evidence.subjects import (
    OF_PERSONS,
    PERSONS,
    SHORT,
    Asked,
    is_how,
    is_pronoun,
    is_singular,
    opens_clause,
    subjects_at,
)
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.knowledge.words.morphology import Parse
from collation.model import Token

_POLITE = "вы"  # вы должен
_PARTICLES = frozenset("не ни бы б же ж ли ль уж уже еще даже только лишь таки ведь вот было бывало".split())
_SELF = frozenset("сам сама само сами все оба обе".split())  # мы все, она сама
_OBJECTS = frozenset("меня тебя себя его ее нас вас их мне тебе себе ему ей нам вам им это этого".split())
_AND = frozenset("и или либо да ни а".split())
_WITH = frozenset({"с", "со"})
_ADDRESSED = frozenset("знать видеть понимать".split())  # он, видишь ли
_NO_SUBJECT = frozenset({"impr", "Impe", "Infr"})
_PASSIVES = ("ем", "им")  # short forms that are verbs as well: приемлем
_UNLIKELY = 0.1  # the share of a form's uses up to which an analysis is not asked
_OBJECT = frozenset({"accs"})
_ALSO_PRONOUNS = frozenset({"всею"})  # that the dictionary has as a verb alone
_TWO = 2  # tokens from the first of two nouns to the second
_BETWEEN = 5  # tokens between a subject and its verb
_VERBS = frozenset({"VERB", "INFN", "GRND", "PRED"})
_ENDS, _INNER = frozenset(".!?;"), frozenset("-")
_COMMAS = frozenset(",'’`")  # a comma, and what a scanner makes of it


@dataclass(frozen=True, slots=True)
class Clash:
    """The places in the sentence of a subject and of its predicate, and what the subject asks of it."""

    subject: int
    predicate: int
    asks: Asked


def clash_at(tokens: tuple[Token, ...], index: int) -> Clash | None:
    """The predicate beside a subject at ``index`` that does not agree with it in any analysis, if there is one."""
    return _clash_behind(tokens, index) or _clash_before(tokens, index) or _clash_of_two(tokens, index)


@lru_cache(maxsize=5_000)
def predicates(word: str) -> tuple[Parse, ...]:
    """The analyses of a word that is a personal form, or a short form, in all likely ones, and no imperative; none for any
    other."""
    if not morphology.is_known(word) or word in _ALSO_PRONOUNS:
        return ()
    parses = tuple(p for p in morphology.parses(word) if "Prnt" not in p.grammemes and p.score > _UNLIKELY)
    verbs = any(p.pos == "VERB" for p in parses)
    return parses if all(map(_is_predicate, parses)) and (verbs or not word.endswith(_PASSIVES)) else ()


def _is_predicate(parse: Parse) -> bool:
    if parse.pos == "VERB":
        return not _NO_SUBJECT & parse.grammemes
    return parse.pos == "PRTS" or (parse.pos == "ADJS" and parse.gender != "neut")


def _clash_behind(tokens: tuple[Token, ...], index: int) -> Clash | None:
    for asks, sure in subjects_at(tokens, index):
        verb = _predicate_behind(tokens, index)
        forms = predicates(fold(tokens[verb].text)) if verb is not None else ()
        if verb is None or not forms or any(map(asks.agrees, forms)):
            continue
        if not sure and not _needs_nominative(tokens, index, verb, forms):
            continue
        if not _is_let_pass(tokens, index, asks, verb, forms):
            return Clash(index, verb, asks)
    return None


def _clash_before(tokens: tuple[Token, ...], index: int) -> Clash | None:
    """The same for the verb straight before a subject that ends its clause: "сказал она."."""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if not index or (after is not None and after.kind == "word"):
        return None
    before = tokens[index - 1]
    forms = predicates(fold(before.text))
    if not forms or _is_addressed(forms) or fold(before.text) in _PARTICLES or _is_name(before, index - 1):
        return None
    for asks, sure in subjects_at(tokens, index):
        if not sure or any(map(asks.agrees, forms)):
            continue
        several = asks.number == "sing" and all(p.number == "plur" for p in forms)
        if several and after is not None and after.text not in _ENDS:
            continue
        if not _has_nominative(tokens, index - 1) and not _is_polite(tokens, index, forms):
            return Clash(index, index - 1, asks)
    return None


def _clash_of_two(tokens: tuple[Token, ...], index: int) -> Clash | None:
    """The same for a singular behind two nouns that и joins and that open the clause: "Отец и мать уехал"."""
    if (
        index < _TWO
        or fold(tokens[index - 1].text) != "и"
        or not all(is_singular(fold(t.text)) for t in tokens[index - _TWO : index + 1 : _TWO])
    ):
        return None
    if index > _TWO and not (opens_clause(tokens[index - _TWO - 1]) or is_how(tokens, index - _TWO - 1)):
        return None
    verb = _predicate_behind(tokens, index)
    forms = predicates(fold(tokens[verb].text)) if verb is not None else ()
    if verb is None or not forms or any(p.number == "plur" or p.gender == "neut" for p in forms):
        return None
    if any(fold(t.text) != "не" for t in tokens[index + 1 : verb]) or _has_subject_behind(tokens, verb, forms):
        return None
    return Clash(index, verb, Asked("3per", "plur", frozenset()))


def _has_nominative(tokens: tuple[Token, ...], verb: int) -> bool:
    """Whether a nominative of the clause before a verb may be its subject."""
    for j in range(verb - 1, -1, -1):
        if tokens[j].kind != "word" and tokens[j].text not in _INNER:
            return False
        if fold(tokens[j].text) in PERSONS or any(p.case == "nomn" for p in morphology.parses(tokens[j].text)):
            return True
    return False


def _needs_nominative(tokens: tuple[Token, ...], index: int, verb: int, forms: tuple[Parse, ...]) -> bool:
    """Whether a predicate has no object, and there may be none of nothing: "свободы не бывает"."""
    if any(p.gender == "neut" or {"1per", "2per"} & p.grammemes for p in forms):
        return False
    if any(p.pos == "INFN" for t in tokens[verb + 1 : verb + 1 + _BETWEEN] for p in morphology.parses(t.text)):
        return False  # которые следует выполнить
    if any("tran" in p.grammemes and p.pos == "VERB" for p in forms):
        behind = tokens[verb + 1].text if verb + 1 < len(tokens) and tokens[verb + 1].kind == "word" else ""
        return cases_of(behind) == _OBJECT
    lacking = "gent" in cases_of(tokens[index].text) and any(fold(t.text) == "не" for t in tokens[index:verb])
    return not lacking or any("past" in p.grammemes for p in forms)


def _predicate_behind(tokens: tuple[Token, ...], index: int) -> int | None:
    """The first word behind a subject that may be its predicate."""
    word = fold(tokens[index].text)
    own, governed = is_pronoun(word), frozenset[str]()
    for j in range(index + 1, min(len(tokens), index + 2 + _BETWEEN)):
        token = tokens[j]
        if token.kind != "word":
            return None
        word = fold(token.text)
        parses = morphology.parses(word)
        if word in _PARTICLES or word in _OBJECTS or (own and word in _SELF):
            continue
        if predicates(word):
            return None if _is_name(token, j) else j
        if parses and parses[0].pos in {"ADVB", "PRCL"}:
            continue
        if word in _AND or (parses and parses[0].pos == "CONJ"):
            return None
        if governed and governed & cases_of(word):
            continue
        if own and word not in _WITH and word in governed_cases() and parses[0].pos == "PREP":
            governed = governed_cases()[word]
            continue
        genitive = not own and any(p.case == "gent" and p.pos in {"NOUN", "ADJF", "PRTF"} for p in parses)
        if not genitive or any(p.pos in {"VERB", "INFN", "GRND", "PREP", "CONJ"} for p in parses):
            return None
    return None


def _is_name(token: Token, index: int) -> bool:
    """Whether a word inside a sentence begins with a capital: протесты Камкова."""
    return index > 0 and token.text[0].isupper() and not token.text.isupper()


def _is_let_pass(tokens: tuple[Token, ...], index: int, asks: Asked, verb: int, forms: tuple[Parse, ...]) -> bool:
    if all(p.lemma == "быть" and "past" not in p.grammemes for p in forms):
        return True
    if (asks.person != "2per" and _is_addressed(forms)) or _is_polite(tokens, index, forms):
        return True
    if fold(tokens[index].text) not in PERSONS and _has_subject_behind(tokens, verb, forms):
        return True
    return asks.number == "sing" and all(p.number == "plur" for p in forms) and _is_one_of_several(tokens, index)


def _is_addressed(forms: tuple[Parse, ...]) -> bool:
    """Whether a verb only speaks to the reader: он, видишь ли."""
    return all(p.lemma in _ADDRESSED and "2per" in p.grammemes for p in forms)


def _is_polite(tokens: tuple[Token, ...], index: int, forms: tuple[Parse, ...]) -> bool:
    """Whether вы is one person: вы прав."""
    return fold(tokens[index].text) == _POLITE and any(p.pos in SHORT and p.gender in OF_PERSONS for p in forms)


def _has_subject_behind(tokens: tuple[Token, ...], verb: int, forms: tuple[Parse, ...]) -> bool:
    """Whether a nominative with which a verb agrees stands behind it: стенки осыпалась штукатурка."""
    for token in tokens[verb + 1 : verb + 4]:
        if token.kind != "word":
            return False
        for own in morphology.parses(token.text) if "gent" not in cases_of(token.text) else ():
            if own.case == "nomn" and any(
                form.number == own.number and (own.number == "plur" or form.gender in {own.gender, ""})
                for form in forms
            ):
                return True
    return False


def is_of_several(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a word may be a plural predicate straight behind a subject that another may stand beside: "я и он придём"."""
    if not any(p.number == "plur" and _is_predicate(p) for p in morphology.parses(tokens[index].text)):
        return False
    subject = index - 1
    while subject >= 0 and fold(tokens[subject].text) in _PARTICLES:
        subject -= 1
    return subject > 0 and "nomn" in cases_of(tokens[subject].text) and _is_one_of_several(tokens, subject)


def _is_one_of_several(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether another subject may stand beside: он и она пошли; мать, дочь пошли; брат с сестрой пошли. A verb before ends the
    search, and so does any mark but a comma."""
    pronoun, near = is_pronoun(fold(tokens[index].text)), True
    for j in range(index - 1, -1, -1):
        word = fold(tokens[j].text)
        if near and (word in _AND or word in _WITH):
            return True
        if tokens[j].kind != "word":
            if tokens[j].text not in _COMMAS or (pronoun and not near):
                return False
            near = False
            continue
        if near:
            continue
        parses = morphology.parses(word)
        if word in PERSONS or (not pronoun and any(p.pos == "NOUN" and p.case == "nomn" for p in parses)):
            return True
        if pronoun or any(p.pos in _VERBS for p in parses):
            return False
    return False
