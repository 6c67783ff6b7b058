"""What a negation leaves behind where it is lost ("did give", "any"), and whether the Russian expects one there."""

from __future__ import annotations

from collation.evidence.context import Context
from collation.evidence.denials import words_of
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.knowledge.words.language_model import unit
from collation.model import Token

_DO = frozenset({"do", "does", "did"})
_WITH_NOT = frozenset("any anyone anything anybody anywhere ever yet either nor longer".split())  # that want a negation
_BEFORE, _BEHIND = 4, 9  # English words before and behind the answer among which a trace is sought
_REACH = 4  # words from "did" to its verb
_SEEN, _AHEAD = 3, 2  # words before a place and behind it that the language model sees
_LEAST, _BEST = -8.0, 2.0  # the bounds of what it says, in natural logarithms


def is_verb(token: Token) -> bool:
    """Whether a Russian form may be a verb."""
    return any(p.pos in {"VERB", "INFN"} for p in morphology.parses(token.text))


def left_of_english(context: Context, number: int, answer: int) -> Token | None:
    """The "did" of "did not give" that stands alone before its verb, where the answer to a denied word is near; else None."""
    tokens, calls = context.pairs[number].translation, context.calls[number]
    for k in range(max(0, answer - _BEFORE), min(len(tokens), answer + 1)):
        if tokens[k].text.lower() not in _DO or any(t.text == "?" for t in tokens[k:]):
            continue
        verb = next((q for q in range(k + 1, min(len(tokens), k + _REACH)) if calls[q].content), None)
        if verb is not None and all(t.kind == "word" for t in tokens[k:verb]) and _is_bare(context, number, verb):
            return tokens[k]
    return None


def _is_bare(context: Context, number: int, verb: int) -> bool:
    return context.calls[number][verb].lemma == context.pairs[number].translation[verb].text.lower()


def wants_negation(tokens: tuple[Token, ...], answer: int) -> Token | None:
    """The "any", "ever" near a word that wants a negation before it."""
    return next((t for t in tokens[max(0, answer - 2) : answer + _BEHIND] if t.text.lower() in _WITH_NOT), None)


def before_which(context: Context, number: int, at: int) -> int:
    """The index of the Russian word before which не would stand: the word itself, or the modal verb just before it."""
    tokens = context.pairs[number].original
    return at - 1 if at and set(morphology.lemmas(fold(tokens[at - 1].text))) & words_of("modal") else at


def denied(word: str) -> str:
    """A Russian word with не before it; its capital is that of the two."""
    return f"Не {word[:1].lower()}{word[1:]}" if word.istitle() else f"не {word}"


def denied_usually(context: Context, number: int, at: int) -> float:
    """How much likelier the Russian is with the не at an index than without it, in natural logarithms."""
    return _gained(context, number, at, at + 1)


def gained_by_not(context: Context, number: int, at: int) -> float:
    """How much likelier the Russian would be with a не before an index, in natural logarithms."""
    return _gained(context, number, at, at)


def _gained(context: Context, number: int, stop: int, start: int) -> float:
    """What a не gains by the language model between the words before ``stop`` and those from ``start`` on."""
    model = context.knowledge.language_model
    if model is None:
        return 0.0
    tokens = context.pairs[number].original
    left = [u for t in tokens[max(0, stop - _SEEN) : stop] if (u := unit(t.text, t.kind))]
    right = [u for t in tokens[start : start + _SEEN] if (u := unit(t.text, t.kind))][:_AHEAD]
    if not right:
        return 0.0
    begin = len(left)
    denied = model.words([*left, "не", *right], begin, begin + 1 + len(right))
    plain = model.words([*left, *right], begin, begin + len(right))
    return max(_LEAST, min(_BEST, denied - plain))
