"""Plain negations of one side as they look from the other: what answers them, and how surely nothing does.

Wider than ``polarity``, which matches "не" with "not" one by one: plain negations are matched so first, and then it is asked
of each whether *anything* near the counterpart of the word that it denies denies, however it is said: "without", "hardly",
"unable", "disorder", беспорядок, отказаться, едва. Words of the two sides that deny and answer each other (fail, неудача)
answer nothing else. Two Russian negations that make one (никто не пришёл) are one; what denies nothing (не только, не раз)
is told apart. Nothing is decided here: a ``Negation`` has its measures, and the rule weighs them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from collation.evidence import denials
from collation.evidence.context import Context
from collation.evidence.denials import REACH, denies_in_english, denies_in_russian
from collation.evidence.holes import negation_gains
from collation.evidence.negated_verbs import denied_usually, is_verb, left_of_english
from collation.evidence.plain_negations import LINKED, Denial, plain_negations
from collation.knowledge.letters import fold
from collation.model import Token

_BEFORE, _BEHIND = 7, 3  # tokens before and behind the counterpart among which a negation answers
_OWN = 0.8  # score of a link by which a word that seems to deny only answers its own word
_SURER = 1.5  # what a distance between sure counterparts counts of another
_FURTHEST, _FURTHEST_WORD = 12.0, 10.0  # tokens beyond which a match is none
_CLOSE = 3.0  # tokens within which one is close
_MOST = 3  # negations of a side that count
_GAPS_BEFORE, _GAPS_BEHIND = 4, 2  # tokens before and behind the counterpart between which a negation may be lost
_MOST_GAP, _LEAST_GAP = 3.0, -2.0  # log-odds of a lost negation beyond which more says no more, or less
_LONG = 60  # tokens of a sentence beyond which it is no longer
# Measures that say more, or something else, of a negation near whose place opposite nothing denies
_OF_FREE = ("score", "word", "near_weak", "not", "literal", "denying", "english", "surplus", "own", "others", "words")
_NOT_ASKED = -3.0  # what the language model would say, in the middle, of a negation that is not "не"
_LIMIT_BEHIND = 6  # tokens behind a negation among which a limit may be
_SMALL_WORDS = {
    "except": ("кроме", "помимо"), "few": ("мало",), "instead": ("вместо",), "less": ("менее", "меньше"),
    "little": ("мало", "немного"), "outside": ("вне",), "without": ("без", "безо"),
}  # fmt: skip
"""What small words that deny are in Russian: the glossary has them seldom."""
Missing = Literal["translation", "original"]
_LIMITS: dict[Missing, tuple[frozenset[str], frozenset[str]]] = {
    "original": (
        frozenset({"more", "until", "till", "but", "except", "before", "later", "other"}),
        frozenset({"только", "лишь", "едва", "всего"}),
    ),
    "translation": (
        frozenset({"больше", "более", "раньше", "ранее", "кроме", "позже", "позднее", "иначе"}),
        frozenset({"only", "just", "until", "till", "merely", "solely"}),
    ),
}
"""By the side that would lack the negation: words of a limit behind it, and what the other side says for both."""


@dataclass(frozen=True, slots=True)
class Negation:
    """A plain negation and what would answer it: the side it would be ``missing`` on, its pair and token, the word that it
    denies, and the word of the other side that answers that word or, where none does, is nearest to its place.

    ``alone`` says whether the other side denies nothing at all; ``left`` what is left of a negation opposite ("did give",
    "any"), a token or None; ``measures`` are numbers of which most are 0 to 1, and are named in the weights of the rule.
    """

    missing: Missing
    pair: int
    negation: Token
    denied: Token
    answer: Token
    answer_index: int
    alone: bool
    left: Token | None
    measures: dict[str, float]


def negations(context: Context, pair: int) -> tuple[Negation, ...]:
    """The plain negations of both sides of a sentence pair."""
    return context.once(_negations, pair)


class _Side(NamedTuple):
    """One side of a pair as its negations see it: the side that would lack them, both texts, the plain negations of both, the
    indices opposite of words that deny in themselves and of those that only may, and which negation answers which."""

    missing: Missing
    tokens: tuple[Token, ...]
    others: tuple[Token, ...]
    own: list[Denial]
    opposite: list[Denial]
    words: list[int]
    weak: list[int]
    matched: dict[int, tuple[int, float]]


def _negations(context: Context, number: int) -> tuple[Negation, ...]:
    pair = context.pairs[number]
    ours, theirs = plain_negations(context, number)
    if not pair.original or not pair.translation or not (ours or theirs):
        return ()
    ours, theirs = context.once(_unsettled, number)
    matched = _nearest([(_distance(a, b), a.at, b.at) for a in ours for b in theirs])
    back = {j: (i, apart) for i, (j, apart) in matched.items()}
    russian, english = _denying_words(context, number, ours, theirs)
    weak_english = [j for j, t in enumerate(pair.translation) if denials.is_weak(t)]
    weak_russian = [i for i, t in enumerate(pair.original) if denials.is_weak(t)]
    sides = (
        _Side("translation", pair.original, pair.translation, ours, theirs, english, weak_english, matched),
        _Side("original", pair.translation, pair.original, theirs, ours, russian, weak_russian, back),
    )
    return tuple(found for side in sides for found in _of_side(context, number, side))


def _unsettled(context: Context, number: int) -> tuple[list[Denial], list[Denial]]:
    """The plain negations of both sides without those that one word opposite says together with what they deny: непросто, "not easy";
    "unsuitable", не подходит. They answer no other."""
    ours, theirs = plain_negations(context, number)
    pair, lexicon = context.pairs[number], context.knowledge.lexicon
    links = [(w.original, w.translation) for w in pair.words if w.score >= LINKED]
    joined = {
        i: {lemma[2:] for lemma in context.language.lemmas(fold(t.text))}
        for i, t in enumerate(pair.original)
        if fold(t.text).startswith("не") and denies_in_russian(t) and not _is_within(ours, i)
    }

    def is_one_in_russian(denial: Denial) -> bool:
        if denial.at == denial.head:
            return False
        senses = lexicon.equivalents(pair.translation[denial.head].text)
        return any((i, denial.head) in links or not bare.isdisjoint(senses) for i, bare in joined.items())

    def is_one_in_english(denial: Denial) -> bool:
        found = [j for i, j in links if i == denial.head and not _is_within(theirs, j)]
        return denial.at != denial.head and any(denials.is_denied_by_prefix(pair.translation[j]) for j in found)

    free_ours = [d for d in ours if not is_one_in_english(d)]
    return free_ours, [d for d in theirs if not is_one_in_russian(d)]


def _is_within(negations: list[Denial], word: int) -> bool:
    """Whether a plain negation stands shortly before a word, or is it."""
    return any(word - REACH <= d.at <= word for d in negations)


def _denying_words(
    context: Context, number: int, ours: list[Denial], theirs: list[Denial]
) -> tuple[list[int], list[int]]:
    """The words of both sides that deny in themselves, without those that answer each other or a word of their own. A Russian word
    that answers a negation (ни строчки, "not a line") or a phrase with one in it (недавно, "not long ago") answers the negation."""
    pair = context.pairs[number]
    used = {i for d in ours for i in range(d.at - REACH, d.at + 1)}
    plain = {d.at for d in theirs}
    russian = {i for i, t in enumerate(pair.original) if i not in used and denies_in_russian(t)}
    english = {
        j
        for j, t in enumerate(pair.translation)
        if j not in plain and denies_in_english(t) and not denials.is_plain_but(pair.translation, j)
    }
    for i, j in _of_one_sense(context, number, russian, english):
        russian.discard(i)
        english.discard(j)
    phrases = _phrases_around(context, number, plain)
    for link in pair.words:
        both = link.original in russian and link.translation in english
        if link.translation in phrases or link.translation in plain:
            continue
        if (both and link.score >= LINKED) or link.score >= _OWN:
            # невиновен answers all of "not guilty", and лишил does not answer "not deprived"
            is_joined = fold(pair.original[link.original].text).startswith("не")
            if both or not (is_joined and _is_denied_by(theirs, link.translation)):
                russian.discard(link.original)
            if both or not _is_denied_by(ours, link.original):
                english.discard(link.translation)
    return sorted(russian), sorted(english)


def _of_one_sense(context: Context, number: int, russian: set[int], english: set[int]) -> list[tuple[int, int]]:
    """The words of both sides that deny and are renderings of each other, small ones too, which have no link: без, without."""
    pair, found = context.pairs[number], list[tuple[int, int]]()
    left = {i: set(context.language.lemmas(fold(pair.original[i].text))) for i in russian}
    for j in sorted(english):
        word = pair.translation[j].text.lower()
        senses = {*context.knowledge.lexicon.equivalents(word), *_SMALL_WORDS.get(word, ())}
        at = next((i for i in sorted(left) if not left[i].isdisjoint(senses)), None)
        if at is not None:
            del left[at]
            found.append((at, j))
    return found


def _is_denied_by(negations: list[Denial], word: int) -> bool:
    """Whether a plain negation stands right before a word."""
    return any(d.at == word - 1 for d in negations)


def _phrases_around(context: Context, number: int, plain: set[int]) -> set[int]:
    """The indices of the English words of the glossary's phrases that have one of these negations in them."""
    words, found = [t.text.lower() for t in context.pairs[number].translation], set[int]()
    for at in plain:
        for start in range(max(0, at - REACH), at + 1):
            for length, _ in context.knowledge.lexicon.phrases_at(words, start):
                if start + length > at:
                    found.update(range(start, start + length))
    return found


def _of_side(context: Context, number: int, side: _Side) -> list[Negation]:
    words = _nearest([(abs(d.opposite - k), d.at, k) for d in side.own for k in side.words])
    found = []
    for denial in side.own:
        if denials.is_phrase(side.tokens, denial.at) or _has_unless(side, denial) or _is_limit(side, denial):
            continue
        answer = min(len(side.others) - 1, max(0, round(denial.opposite)))
        left = left_of_english(context, number, answer) if side.missing == "translation" else None
        measures = _with_free(_measures(context, number, side, denial, words.get(denial.at)))
        measures["left"] = float(left is not None)
        measures["gap"] = _gap(context, number, side.missing, denial)
        if side.missing == "translation":
            plain = fold(side.tokens[denial.at].text) == "не"
            measures["usual"] = denied_usually(context, number, denial.at) if plain else _NOT_ASKED
        found.append(
            Negation(
                side.missing, number, side.tokens[denial.at], side.tokens[denial.head], side.others[answer], answer,
                not side.opposite and not side.words, left, measures,
            )
        )  # fmt: skip
    return found


def _has_unless(side: _Side, denial: Denial) -> bool:
    """Whether "unless" answers a Russian "если … не", however far from it."""
    if side.missing == "original" or not denials.is_unless(side.tokens, denial.at):
        return False
    return any(t.text.lower() == "unless" for t in side.others)


def _is_limit(side: _Side, denial: Denial) -> bool:
    """Whether a negation only sets a limit, which the other side says with an only: "not more than half", только половину."""
    behind = {fold(t.text) for t in side.tokens[denial.at + 1 : denial.at + 1 + _LIMIT_BEHIND]}
    limits, only = _LIMITS[side.missing]
    return not behind.isdisjoint(limits) and any(fold(t.text) in only for t in side.others)


def _measures(
    context: Context, number: int, side: _Side, denial: Denial, word: tuple[int, float] | None
) -> dict[str, float]:
    pair, at = context.pairs[number], denial.at
    matched = side.matched.get(at)
    plain = [d.at for d in side.opposite]
    russian = side.missing == "translation"
    answer = side.others[min(len(side.others) - 1, max(0, round(denial.opposite)))]
    verb = is_verb(side.tokens[denial.head] if russian else answer)
    strong = [k for k in side.words if not denials.is_dim(side.others[k])]
    return {
        "matched": float(matched is not None),
        "apart": min(_FURTHEST, matched[1]) / _FURTHEST if matched else 1.0,
        "close": float(matched is not None and matched[1] <= _CLOSE),
        "word": float(word is not None),
        "word_apart": min(_FURTHEST_WORD, word[1]) / _FURTHEST_WORD if word else 1.0,
        "word_close": float(word is not None and word[1] <= _CLOSE),
        "near": float(_any_near(plain, denial.opposite)),
        "near_strong": float(_any_near(strong, denial.opposite)),
        "near_weak": float(_any_near(side.weak, denial.opposite)),
        "own": min(_MOST, len(side.own)),
        "others": min(_MOST, len(side.opposite)),
        "surplus": max(-2, min(2, len(side.own) - len(side.opposite))),
        "denying": float((denies_in_russian if russian else denies_in_english)(side.tokens[denial.head])),
        "words": min(_MOST, len(side.words)),
        "alone": float(not side.opposite and not side.words),
        "score": denial.score,
        "unlinked": float(not denial.score),
        "verb_score": denial.score * verb,
        "idiom": float(denials.is_idiom(side.tokens, at)),
        "first": float(at == 0),
        "length": min(_LONG, len(side.tokens)) / _LONG,
        "literal": pair.literal,
        "english": float(not russian),
        **_kind(side.tokens[at]),
    }


def _gap(context: Context, number: int, side: Missing, denial: Denial) -> float:
    """How surely the sentence opposite lacks a negation near the counterpart of the denied word."""
    gains = negation_gains(context, side, number)
    at = min(len(gains) - 1, max(0, round(denial.opposite)))
    near = gains[max(0, at - _GAPS_BEFORE) : at + _GAPS_BEHIND + 1]
    return min(_MOST_GAP, max(_LEAST_GAP, *near)) / _MOST_GAP


def _with_free(measures: dict[str, float]) -> dict[str, float]:
    """Measures with those of a negation that is free: no plain one opposite matches it, and nothing that denies is near."""
    free = float(not (measures["matched"] or measures["near"] or measures["near_strong"]))
    return measures | {"free": free} | {f"free_{name}": free * measures[name] for name in _OF_FREE}


def _kind(token: Token) -> dict[str, float]:
    """Which negation it is."""
    word = fold(token.text).replace("’", "'")
    return {
        "not": float(word in {"не", "not", "rather", "instead"} or word.endswith("n't")),
        "never": float(word in {"никогда", "never"}),
    }


def _nearest(apart: list[tuple[float, int, int]]) -> dict[int, tuple[int, float]]:
    """Two lists set against each other, the nearest first, each once: what answers each, and how far off."""
    found: dict[int, tuple[int, float]] = {}
    used: set[int] = set()
    for distance, i, j in sorted(apart):
        if i not in found and j not in used:
            found[i] = (j, distance)
            used.add(j)
    return found


def _distance(ours: Denial, theirs: Denial) -> float:
    """How far apart two negations are: where the words that they deny have counterparts, by the worse of the two, doubled."""
    forth, back = abs(ours.opposite - theirs.head), abs(theirs.opposite - ours.head)
    if ours.score and theirs.score:
        return _SURER * max(forth, back)
    return min(forth, back, abs(ours.opposite - theirs.at), abs(theirs.opposite - ours.at))


def _any_near(others: list[int], opposite: float) -> bool:
    return any(opposite - _BEFORE <= k <= opposite + _BEHIND for k in others)
