"""Losses at breaks: where the Russian breaks off over a break and the translation goes on saying more.

A break is looked at where prose runs on over it. How much speaks for a loss is a sum of what is missing opposite
(``evidence/gaps.py``), of what the translation leaves unanswered elsewhere, of the letters that the Russian is short of and of
how well the words around keep their order; an end of a word after the break is by itself enough to ask. Every loss that is
not hopeless is given, with what speaks for it, once a document.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

import regex

from collation.evidence.context import Context, Word
from collation.evidence.gaps import Gap, gap_between, usual_run
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.model import Token

_BREAK = regex.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r|\f")
_CLOSED = regex.compile(r"[\"»”’)\]]*\s*[.!?…:;]")
_ITEM = regex.compile(r"\s*[).]")
_WIDE = 400  # letters between two words, beyond which the break is no page's
_PROSE = 6  # words of small letters that make a sentence prose
# What moves the log-odds of a loss
PRIOR = 0.6  # of a break that is looked at, when nothing else speaks
# Each missing word; where they speak for nothing; the most that count
_FOR_EXTENT, _EVEN_EXTENT, _LONGEST = 0.35, 3.0, 7.0
_FOR_EXCESS = 0.2  # each missing word beyond those that the translation leaves unanswered elsewhere
# Each letter that the Russian is short of, and its limits
_FOR_DEFICIT, _LEAST_DEFICIT, _MOST_DEFICIT = 0.02, -40.0, 60.0
_FOR_ORDER, _EVEN_ORDER = 0.15, 4.0  # words that keep their order around the gap, and where they speak for nothing
_LEAST = 1.6  # taken from the sum
_AT_SHEET, _IN_SHEET = 0.2, -0.4  # whether a sheet ends at the break
_FRAGMENT = 2.0  # the text goes on with the end of a word
_HOPELESS = -1.5  # log-odds below which nothing is said
# The end of a word
_MANY = 15  # words of the list that end so
_A_WORD = 2.5  # Zipf frequency of a short word that is no fragment


@dataclass(frozen=True, slots=True)
class LossAtBreak:
    """A break between two words at which text may be lost: the English words that nothing answers, and how much speaks for a
    loss, in log-odds beside ``PRIOR``; ``fragment`` says that the text goes on with the end of a word."""

    before: Word
    after: Word
    missing: tuple[Token, ...]
    strength: float
    fragment: bool

    @property
    def is_likely(self) -> bool:
        """Whether text is likelier lost than not."""
        return PRIOR + self.strength > 0.0


def losses_at_breaks(context: Context) -> tuple[LossAtBreak, ...]:
    """The breaks of a document inside a sentence at which the English says more than the Russian, in order."""
    return context.once(_losses)


def _losses(context: Context) -> tuple[LossAtBreak, ...]:
    words = [w for w in context.words if w.token.kind != "mark"]
    sheets = [s.place.start for s in context.document.source.sheets]
    usual = usual_run(context)
    found = []
    for before, after in zip(words, words[1:], strict=False):
        between = context.text[before.token.stop : after.token.start]
        if len(between) > _WIDE or not _BREAK.search(between):
            continue
        sheet = any(before.token.stop <= start < after.token.start for start in sheets)
        if _goes_on(context, before, after, between, sheet=sheet):
            loss = _loss(context, before, after, usual, sheet=sheet)
            found += [loss] if loss else []
    return tuple(found)


def _goes_on(context: Context, before: Word, after: Word, between: str, *, sheet: bool) -> bool:
    """Whether prose runs on over a break: in small letters, or over a sheet mark without a stop before it."""
    if _ITEM.match(context.text, after.token.stop) and len(after.text) <= 2:
        return False
    lengths = [_prose(context, word) for word in (before, after)]
    if after.text[:1].islower():
        return max(lengths) >= _PROSE
    return sheet and after.token.kind == "word" and lengths[0] >= _PROSE and not _CLOSED.match(between)


def _prose(context: Context, word: Word) -> int:
    """How many words of small letters the sentence of a word has."""
    return sum(t.kind == "word" and t.text[:1].islower() for t in context.pairs[word.pair].original)


def _loss(context: Context, before: Word, after: Word, usual: float, *, sheet: bool) -> LossAtBreak | None:
    """The loss at a break, None where nothing is missing or hardly anything speaks for it."""
    gap = gap_between(context, before, after)
    fragment = is_fragment(after.text) and not _abbreviates(context, after)
    strength = _strength(gap, usual, sheet=sheet) if gap else -_LEAST
    if fragment:
        strength = max(strength, -_LEAST) + _FRAGMENT
    if strength < _HOPELESS or not (fragment or gap):
        return None
    return LossAtBreak(before, after, gap.missing if gap else (), strength, fragment)


def _strength(gap: Gap, usual: float, *, sheet: bool) -> float:
    """How much the gap speaks for a loss, in log-odds beside the rule's prior.

    What is missing, and by how much it exceeds what the translation leaves unanswered elsewhere; how many letters the
    Russian is short of; how well the words on both sides keep their order around the gap.
    """
    extent = min(_LONGEST, gap.extent)
    found = _FOR_EXTENT * (extent - _EVEN_EXTENT) + _FOR_EXCESS * (extent - usual)
    found += _FOR_DEFICIT * max(_LEAST_DEFICIT, min(_MOST_DEFICIT, gap.deficit)) + _FOR_ORDER * (
        gap.order - _EVEN_ORDER
    )
    return found - _LEAST + (_AT_SHEET if sheet else _IN_SHEET)


@lru_cache(maxsize=2_000)
def is_fragment(word: str) -> bool:
    """Whether a word in small letters is none, or hardly one, but the end of many: "ского", "тво"."""
    folded = fold(word)
    if not folded.isalpha() or not 2 <= len(folded) <= 7 or word[:1].isupper():
        return False
    if morphology.is_known(folded) and wordlist.zipf(folded) >= _A_WORD:
        return False
    longer = (form for form in wordlist.usual_forms() if form.endswith(folded) and len(form) > len(folded) + 2)
    return len(list(islice(longer, _MANY))) == _MANY


def _abbreviates(context: Context, word: Word) -> bool:
    """Whether a word is an abbreviation with its stop, and a name or small letters follow: "тов. Ряжскому", "руб. и"."""
    if not authority.is_abbreviation(word.folded) or not context.text.startswith(".", word.token.stop):
        return False
    _, following = context.neighbours(word, 0, 2)
    behind = following[1] if len(following) > 1 else None
    if behind is None or behind.kind != "word":
        return False
    return behind.text[0].islower() or len(behind.text) == 1 or not morphology.is_ordinary(fold(behind.text))
