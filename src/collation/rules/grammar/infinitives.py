"""An infinitive and a personal form in -ся, which one soft sign tells apart, in each other's place: "они могут учится",
"он часто учиться дома".

In 1,240,000 sound Russian words (political documents, news, tales, novels) two places are doubted, slips both. Asked is only what another verb settles: a word straight before that takes an infinitive, or a clause whose pronoun has no other
verb. Blind to what stands further off and to infinitives that tell a tale ("а он ну смеяться").
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import takewhile

from collation.evidence.context import Context, Word
from collation.evidence.government import takes_infinitive
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology
from collation.model import Feature, Hypothesis, Token
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "GRA305"
_FINITE, _INFINITIVE = "тся", "ться"
_PRONOUNS = frozenset("он она оно они это который которая которое которые".split())
_PARTICLES = frozenset("не ни бы б же ж ли ль уж уже еще даже только лишь".split())
_PREDICATES = frozenset({"VERB", "INFN", "PRED", "ADJS", "PRTS", "GRND", "INTJ"})
_ASKING = frozenset(
    "чтобы что как куда где кому чего чем когда зачем если бы лишь чуть ну и или".split()
)  # он знает, как учиться
_ADVERBS = frozenset({"ADVB", "PRCL"})


def propose(context: Context) -> Iterator[Hypothesis]:
    """Words in -тся behind what takes an infinitive, and words in -ться that are a clause's only verb."""
    for word in context.words:
        other = _other(word.folded) if word.token.kind == "word" and word.index else ""
        if not other:
            continue
        tokens = context.pairs[word.pair].original
        before = _before(tokens, word.index)
        if before is None:
            continue
        if word.folded.endswith(_INFINITIVE):
            if fold(before.text) in _PRONOUNS and not _has_other_verb(tokens, word.index):
                yield _reading(word, before, other, "finite-wanted")
        elif takes_infinitive(fold(before.text)):
            yield _reading(word, before, other, "infinitive-wanted")


def _other(word: str) -> str:
    """The infinitive of a personal form, or the other way round, where a soft sign tells them apart; empty for any other word."""
    if word.endswith(_INFINITIVE):
        form = word.removesuffix(_INFINITIVE) + _FINITE
        return form if _is(form, "VERB") and _is(word, "INFN") else ""
    form = word.removesuffix(_FINITE) + _INFINITIVE if word.endswith(_FINITE) else ""
    return form if form and _is(form, "INFN") and _is(word, "VERB") else ""


def _is(word: str, pos: str) -> bool:
    return morphology.is_known(word) and all(p.pos == pos for p in morphology.parses(word))


def _before(tokens: tuple[Token, ...], index: int) -> Token | None:
    """The word before, over particles and adverbs."""
    for token in reversed(tokens[:index]):
        if token.kind != "word":
            return None
        parses = morphology.parses(token.text)
        if fold(token.text) in _PARTICLES or (parses and parses[0].pos in _ADVERBS):
            continue
        return token
    return None


def _has_other_verb(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether the clause of a word has another verb, or a word that asks for an infinitive."""
    clause = [
        *takewhile(lambda t: t.kind == "word", reversed(tokens[:index])),
        *takewhile(lambda t: t.kind == "word", tokens[index + 1 :]),
    ]
    return any(fold(t.text) in _ASKING or _may_be_verb(t) for t in clause)


def _may_be_verb(token: Token) -> bool:
    found = {p.pos for p in morphology.parses(token.text)}
    return bool(found & _PREDICATES) and "ADVB" not in found


def _reading(word: Word, before: Token, form: str, says: str) -> Hypothesis:
    values = (("before", before.text), ("word", word.text))
    features = (BY_PRIOR, Feature("agreement", 1.0, (before.place,), "", says, values))
    return with_reading(CODE, (word.token,), like(form, word.text), features)


RULE = Rule(
    code=CODE,
    family="GRA",
    name="infinitive and personal form in each other's place",
    propose=propose,
    needs=("morphology",),
    harm="grammar",
    prior=1.6,
    since="2026.12",
    says=("infinitive-wanted", "finite-wanted"),
)
