"""A verb that does not agree with its subject: "они сходится", "категория страдают", "отец и мать уехал".

In 1,240,000 sound Russian words (political documents, news, tales, novels) fifteen pairs are doubted, and twelve of them are slips
of those texts. Which of the two is misread is said by the language model. Blind where a subject may take either form, where its form may be of
another case, and where a clause stands between it and its verb.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from collation.evidence.context import Context, Word
from collation.evidence.predicates import Clash, clash_at, predicates
from collation.evidence.subjects import asked_by, is_relative, like_subjects
from collation.knowledge.letters import like
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.knowledge.words.morphology import Parse
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.grammar.likely_forms import likely_forms, weighed

CODE = "GRA304"
_MOST = 3  # readings
_NEVER, _ALWAYS = -3.0, 6.0  # natural log-odds of the language model for the verb, between which
_EITHER = -1.0  # either may be the misread one, which takes so much of the log-odds of the place
_UNTOLD = -1.8  # the same where nothing tells which, and each is as likely as the other
_RARER = 3.0  # natural log-odds of the language model by which the subject must be the likelier one to be misread
Weighed = tuple[float, str]


def propose(context: Context) -> Iterator[Hypothesis]:
    """Verbs and subjects side by side of which one has a wrong ending."""
    for word in context.words:
        if word.token.kind != "word":
            continue
        tokens = context.pairs[word.pair].original
        clash = clash_at(tokens, word.index)
        verb = context.word_at(tokens[clash.predicate].start) if clash else None
        if clash is not None and verb is not None:
            yield from _readings(context, clash, word, verb)


def _readings(context: Context, clash: Clash, subject: Word, verb: Word) -> Iterator[Hypothesis]:
    """Forms of the one that agree with the other, of the word for which the best of them stands."""
    verbs, subjects = _verbs(context, clash, verb), _subjects(context, subject, verb)
    sure = 0.0
    if is_relative(subject.folded):
        said = clash.asks.fits(_before_comma(context, subject))
        verbs, subjects, sure = (verbs, [], 0.0) if said else ([], subjects, 0.0) if subjects else (verbs, [], _UNTOLD)
    elif verbs and subjects:
        sure = _EITHER if _NEVER < verbs[0][0] - subjects[0][0] < _ALWAYS else 0.0
    doubted = subject if subjects and (not verbs or subjects[0][0] > verbs[0][0]) else verb
    beside = verb if doubted is subject else subject
    says = (("subject", subject.text), ("verb", verb.text))
    features = (Feature("strength", sure), Feature("agreement", 1.0, (beside.place,), "", "subject-unlike", says))
    for _, form in (subjects if doubted is subject else verbs)[:_MOST]:
        yield with_reading(CODE, (doubted.token,), like(form, doubted.text), features)


def _verbs(context: Context, clash: Clash, verb: Word) -> list[Weighed]:
    """Forms of a verb, in the same tense, that agree with the subject, the likeliest first."""
    shapes = {(p.pos, "past" in p.grammemes) for p in predicates(verb.folded)}
    return _ranked(
        (worth, form)
        for worth, form in likely_forms(context, verb)
        if any(clash.asks.agrees(p) and (p.pos, "past" in p.grammemes) in shapes for p in predicates(form))
    )


def _subjects(context: Context, subject: Word, verb: Word) -> list[Weighed]:
    """What a subject may be misread from that agrees with the verb, the likeliest first."""
    own, relative = predicates(verb.folded), is_relative(subject.folded)
    nouns = _before_comma(context, subject) if relative else ()
    return _ranked(
        (worth - _RARER, form)
        for worth, form in weighed(context, subject, like_subjects(subject.folded))
        if (relative or channel_cost(subject.folded, form) <= EDIT)
        and any(any(map(a.agrees, own)) and (not relative or a.fits(nouns)) for a in asked_by(form))
    )


def _ranked(forms: Iterable[Weighed]) -> list[Weighed]:
    return sorted(forms, key=lambda w: (-w[0], w[1]))


def _before_comma(context: Context, word: Word) -> tuple[Parse, ...]:
    """The analyses of the word before the comma before a word: the noun that который stands for."""
    before, _ = context.neighbours(word, 2, 0)
    return morphology.parses(before[0].text) if len(before) == 2 and before[1].text == "," else ()


RULE = Rule(
    code=CODE,
    family="GRA",
    name="verb that does not agree with its subject",
    propose=propose,
    needs=("morphology", "confusions", "language_model"),
    harm="grammar",
    prior=1.4,
    since="2026.12",
    says=("subject-unlike",),
)
