"""Text lost at a break.

A scanner or transcriber skips a line, most often at the foot or head of a sheet. The Russian then breaks off and goes on
elsewhere, while the translation, between the counterparts of the last words before and the first words after, has words
that nothing answers, and is longer than its Russian should make it. A fragment after the break ("ского империализма") is
completed from the English where that has the word. Blind where the translation is free, and to losses inside a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import islice

import regex

from collation.evidence.context import Context, Word
from collation.evidence.wanted import forms_of
from collation.knowledge.letters import fold, like
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.english import STOP
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.lacunae.gaps import Gap, gap_between, usual_run

CODE = "LAC701"
SIGN = "‹…›"
_BREAK = regex.compile(r"\n[ \t]*\r?\n|\r[ \t]*\r|\f")
_CLOSED = regex.compile(r"[\"»”’)\]]*\s*[.!?…:;]")
_ITEM = regex.compile(r"\s*[).]")
_WIDE = 400  # letters between two words, beyond which the break is no page's
_PROSE = 6  # words of small letters that make a sentence prose
_SHOWN = 16  # English words shown of what is missing
# What moves the log-odds of a loss
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
# Last missing English words that may call for the whole word; how much less each before counts
_LAST, _EACH_BACK = 3, 0.1


def propose(context: Context) -> Iterator[Hypothesis]:
    """A loss at every break inside a sentence where the English says more than the Russian."""
    words = [w for w in context.words if w.token.kind != "mark"]
    sheets = [s.place.start for s in context.document.source.sheets]
    usual = usual_run(context)
    for before, after in zip(words, words[1:], strict=False):
        between = context.text[before.token.stop : after.token.start]
        if len(between) > _WIDE or not _BREAK.search(between):
            continue
        sheet = any(before.token.stop <= start < after.token.start for start in sheets)
        if _goes_on(context, before, after, between, sheet=sheet):
            yield from _doubt(context, before, after, usual, sheet=sheet)


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


def _doubt(context: Context, before: Word, after: Word, usual: float, *, sheet: bool) -> Iterator[Hypothesis]:
    gap = gap_between(context, before, after)
    fragment = is_fragment(after.text) and not _abbreviates(context, after)
    strength = _strength(gap, usual, sheet=sheet) if gap else -_LEAST
    if fragment:
        strength = max(strength, -_LEAST) + _FRAGMENT
    if strength < _HOPELESS or not (fragment or gap):
        return
    missing = gap.missing if gap else ()
    completed = _completed(context, missing, after.text) if fragment else []
    if completed:
        yield from _fragment(after, completed, missing, strength)
    else:
        yield _loss(context, before, after, missing, strength, fragment=fragment)


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


def _completed(context: Context, missing: tuple[Token, ...], fragment: str) -> list[tuple[str, Token, float]]:
    """Forms that the last words of the missing English call for and that end in the fragment, best first."""
    found: dict[str, tuple[Token, float]] = {}
    last = [t for t in reversed(missing) if t.text.lower() not in STOP][:_LAST]
    for distance, token in enumerate(last):
        for lemma, weight in _called(context, token).items():
            for form in forms_of(lemma) if weight > 0.5 else ():
                if form.endswith(fold(fragment)) and len(form) > len(fragment) + 2 and morphology.is_known(form):
                    worth = weight / (1.0 + _EACH_BACK * distance)
                    if worth > found.get(form, (token, 0.0))[1]:
                        found[form] = (token, worth)
    ranked = sorted(found.items(), key=lambda item: (-item[1][1], item[0]))
    return [(form, token, worth) for form, (token, worth) in ranked[:3]]


def _called(context: Context, token: Token) -> Mapping[str, float]:
    for pair, calls in zip(context.pairs, context.calls, strict=True):
        for j, english in enumerate(pair.translation):
            if english.start == token.start:
                return calls[j].lemmas
    return {}


def _fragment(
    word: Word, completed: list[tuple[str, Token, float]], missing: tuple[Token, ...], strength: float
) -> Iterator[Hypothesis]:
    for rank, (form, token, worth) in enumerate(completed):
        features = (
            Feature(
                "strength",
                strength,
                (token.place,),
                "glossary",
                "fragment-completed",
                (("fragment", word.text), ("english", token.text), ("reading", form)),
            ),
            _words_feature(missing),
            Feature("reading_share", worth if rank == 0 else 0.5 * worth),
        )
        edit = Edit(word.place, like(form, word.text))
        yield Hypothesis(CODE, (word.place,), (edit,), features, "original", "retroversion")


def _loss(
    context: Context, before: Word, after: Word, missing: tuple[Token, ...], strength: float, *, fragment: bool
) -> Hypothesis:
    place = Place.cover([before.place, after.place])
    text = context.text[before.token.start : after.token.start] + SIGN + ("" if fragment else " ")
    text += context.text[after.token.start : after.token.stop]
    features = [
        Feature("strength", strength, (place,), "", "breaks-off", (("before", before.text), ("after", after.text)))
    ]
    if missing:
        features.insert(0, _words_feature(missing))
    if fragment:
        features.append(Feature("fragment", 1.0, (after.place,), "", "fragment-of-word", (("fragment", after.text),)))
    return Hypothesis(CODE, (place,), (Edit(place, text),), tuple(features), "original", "retroversion")


def _words_feature(missing: tuple[Token, ...]) -> Feature:
    shown = " ".join(t.text for t in missing[:_SHOWN]) + (" …" if len(missing) > _SHOWN else "")
    return Feature(
        "lost", float(len(missing)), tuple(t.place for t in missing), "", "lost-words", (("english", shown),)
    )


RULE = Rule(
    code=CODE,
    family="LAC",
    name="omission at a page break",
    propose=propose,
    needs=("morphology", "frequencies", "glossary", "names"),
    harm="loss",
    prior=0.6,
    passage=True,
    since="2026.11",
    says=("breaks-off", "fragment-completed", "fragment-of-word", "lost-words"),
)
