"""How usual it is that one kind of word follows another, and how much more usual a name between the two would make it.

"Deputies to the were", "the onslaught of and Krasnov", «в более тысячи»: where a word is left out, two that do not follow one another
stand side by side. The counts are those of ``data/joints.tsv`` (``learning/joint_counts.py``): pairs of kinds, where each
small word is a kind of its own, a mark is, and other words are of a kind by their part of speech, case or ending.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology
from collation.knowledge.words.english import english_lemma
from collation.knowledge.words.lexicon import opened
from collation.model import Token

BEGINNING = "^"
NAME = "N"  # how the kinds of words with a capital begin
_ENDINGS = (
    "'s",
    "ing",
    "ed",
    "ly",
)  # by which English words differ in what they follow; others by what they are rendered with
_OF_EACH = 20.0  # uses that every kind is taken to have behind every other, in all, shared by how frequent it is
_USUAL_NAME = 0.0005  # share of all words from which a kind of names is a usual one
_PLAIN_MARKS = frozenset({BEGINNING, *",.;:!?"})
_OPENING, _CLOSING = frozenset("\"«“„'‘("), frozenset('"»”)')


class _Joints(NamedTuple):
    """The counts of a language: of pairs, of what goes before, of what follows, and in all."""

    pairs: dict[tuple[str, str], int]
    before: dict[str, int]
    after: dict[str, int]
    whole: int


@lru_cache(maxsize=1)
def _table() -> dict[str, _Joints]:
    found: dict[str, _Joints] = {}
    for language, before, after, times in dictionaries.read_rows(dictionaries.data_file("joints.tsv"), columns=4):
        joints = found.setdefault(language, _Joints({}, {}, {}, 0))
        joints.pairs[before, after] = int(times)
        joints.before[before] = joints.before.get(before, 0) + int(times)
        joints.after[after] = joints.after.get(after, 0) + int(times)
    return {language: joints._replace(whole=sum(joints.before.values())) for language, joints in found.items()}


def small_words(language: str) -> frozenset[str]:
    """The words of a language that are kinds of their own."""
    joints = _table().get(language)
    return frozenset(kind for kind in joints.before if kind.islower() and kind.isalpha()) if joints else frozenset()


def kind_of(token: Token, language: str, small: frozenset[str], opens: bool) -> str:
    """The kind of a token: a small word itself, a mark, a number, else by its case or its ending, behind ``NAME`` where a word
    has a capital that its place does not give it."""
    text = token.text
    if token.kind == "mark":
        return '"' if text in _OPENING | _CLOSING and text not in "()" else text[0]
    if token.kind != "word":
        return "#"
    low = fold(text)
    if low in small:
        return low
    if not text[0].isupper() or opens:
        return "W" + _inner_kind(low, language)
    return NAME + (_inner_kind(low, language) if language == "ru" else "'s" * low.endswith(("'s", "’s")))


@lru_cache(maxsize=20_000)
def _inner_kind(low: str, language: str) -> str:
    if language != "ru":
        ending = next((e for e in _ENDINGS if low.replace("’", "'").endswith(e)), "")
        return f"-{ending or _rendered_as(low) + 's' * low.endswith('s')}"
    parses = morphology.parses(low)
    return f"-{parses[0].pos}-{parses[0].case}" if parses else "-"


def _rendered_as(low: str) -> str:
    """The part of speech of the Russian word that renders an English one best; empty where the glossary has none."""
    found = opened().equivalents(english_lemma(low))
    kinds = [(weight, p.pos) for russian, weight in found.items() for p in morphology.parses(russian)[:1]]
    return max(kinds, default=(0.0, ""))[1]


def kinds_of(tokens: Sequence[Token], language: str, small: frozenset[str]) -> list[str]:
    """The kinds of the tokens of a sentence, behind that of its beginning. ``small`` are the words that are kinds of their own."""
    found = [BEGINNING]
    for token in tokens:
        found.append(kind_of(token, language, small, opens=found[-1] in {BEGINNING, '"', ".", ":", "!", "?"}))
    return found


@lru_cache(maxsize=20_000)
def name_gain(language: str, before: str, after: str) -> float:
    """How much more usual, in natural logarithms, two kinds would follow one another with a name between them; 0 in a language
    of which nothing is known, and where marks or figures are."""
    if language not in _table() or not (_is_plain(before) and _is_plain(after)):
        return 0.0
    return max((_gain(language, name, before, after) for name in _names(language)), default=0.0)


def _is_plain(kind: str) -> bool:
    """Whether a kind is of words or of the marks of prose: beside brackets, dashes and figures anything may stand."""
    return kind[0].isalpha() or kind in _PLAIN_MARKS


@lru_cache(maxsize=2)
def _names(language: str) -> tuple[str, ...]:
    joints = _table()[language]
    least = _USUAL_NAME * joints.whole
    return tuple(sorted(kind for kind, times in joints.before.items() if kind.startswith(NAME) and times >= least))


def _gain(language: str, middle: str, before: str, after: str) -> float:
    with_it = _share(language, before, middle) * _share(language, middle, after)
    return math.log(with_it / _share(language, before, after))


def _share(language: str, before: str, after: str) -> float:
    """How often a kind follows another, of all that follow it."""
    joints = _table()[language]
    usual = (joints.after.get(after, 0) + 1.0) / (joints.whole + 1.0)
    return (joints.pairs.get((before, after), 0) + _OF_EACH * usual) / (joints.before.get(before, 0) + _OF_EACH)
