"""A sign, or a letter that is no word, for a word of one letter: "©", "&", "счётные н пишущие".

A scanner makes a sign of a small и, в or с, and one letter of another. Where such a sign or letter stands alone between words
all words of one letter are proposed, the letters in the order of what suits the place. Blind to signs that are meant: a
degree or a currency beside a figure, an address, what joins names in Latin letters, a symbol that the document uses.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, Word
from collation.evidence.government import cases_of
from collation.evidence.usualness import Usualness
from collation.evidence.vouching import is_notation, is_symbol
from collation.knowledge.letters import script
from collation.knowledge.words.confused_words import ONE_LETTER
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Feature, Hypothesis
from collation.model.rule import Rule
from collation.rules.base import with_reading

_NO_WORDS = frozenset("нмпйдзлртфхцчшщъыьгю")  # small letters that are no word, й and the like among them
_MOST_LIKELY = 4.0  # natural log-odds, the most that words, and tags, say for a letter
_EACH_EDIT, _EACH_RANK = 2.0, -1.5  # what an edit costs beside log-likelihood; each further reading, in log-odds
_COORDINATED = 2.5  # log-likelihood of и between two nominals of one case


def stray_letters(context: Context) -> Iterator[Hypothesis]:
    """A sign, or a letter that is no word, standing alone where a one-letter word should be: "©", "&", "н"."""
    yield from _lone_letters(context)
    for word in context.words:
        if word.token.kind != "mark" or word.token.text not in {"©", "&", "®", "°", "@", "€", '"'}:
            continue
        if word.token.text == '"' and not _alone(context, word):
            continue
        if _belongs(context, word):
            continue
        for letter in ONE_LETTER:
            features = (Feature("sign", 1.0, (word.place,), "", "sign-for-letter", (("mark", word.token.text),)),)
            yield with_reading("LEX107", (word.token,), letter, features)


def _belongs(context: Context, word: Word) -> bool:
    """Whether a sign is one: a degree or a currency beside a figure, an at sign of an address, what joins Latin names."""
    before, after = context.neighbours(word, 1, 1)
    if word.token.text in "&®" and before and script(before[0].text) == "latin":
        return True
    beside = [t for t in (*before, *after) if t.kind == "number"]
    touched = bool(after) and after[0].start == word.token.stop
    return (bool(beside) and word.token.text in "°€") or (touched and word.token.text == "@")


def _lone_letters(context: Context) -> Iterator[Hypothesis]:
    """A small letter that is no word and stands between words: "счётные н пишущие", each time anew."""
    language = context.knowledge.language_model
    if language is None:
        return
    for word in context.words:
        if not _is_lone(context, word):
            continue
        tokens = context.pairs[word.pair].original
        usual = Usualness(language, tokens, word.index, word.index + 1)
        coordinated = bool(cases_of(tokens[word.index - 1].text) & cases_of(tokens[word.index + 1].text))
        ranked = []
        for letter in ONE_LETTER:
            fit = usual.fit([letter])
            likely = sum(max(-_MOST_LIKELY, min(_MOST_LIKELY, fit[name])) for name in ("word_gain", "tag_gain"))
            likely += _COORDINATED if letter == "и" and coordinated else 0.0
            ranked.append((likely - _EACH_EDIT * channel_cost(word.folded, letter) / EDIT, letter))
        ranked.sort(reverse=True)
        for rank, (_, letter) in enumerate(ranked[:3]):
            features = (
                Feature("strength", _EACH_RANK * rank),
                Feature(
                    "sign", 1.0, (word.place,), "", "letter-for-letter", (("word", word.text), ("reading", letter))
                ),
            )
            yield with_reading("LEX107", (word.token,), letter, features)


def _is_lone(context: Context, word: Word) -> bool:
    if word.token.kind != "word" or len(word.text) != 1 or word.folded not in _NO_WORDS or not word.text.islower():
        return False
    before, after = context.neighbours(word, 1, 1)
    if (
        not before
        or not after
        or after[0].kind != "word"
        or script(after[0].text) != "cyrillic"
        or len(after[0].text) < 2
    ):
        return False
    if not (before[0].kind == "word" and len(before[0].text) > 1) and before[0].text not in ",;":
        return False
    if context.text[word.token.stop : word.token.stop + 1].strip() or not context.text[word.token.start - 1].isspace():
        return False
    return not is_notation(context, word) and not any(
        is_symbol(context, other) for other in context.words if other.text == word.text
    )


def _alone(context: Context, word: Word) -> bool:
    text = context.text
    start, stop = word.token.start, word.token.stop
    before = start == 0 or text[start - 1].isspace()
    after = stop >= len(text) or text[stop].isspace()
    return before and after and not _opens(text, start, stop)


def _opens(text: str, start: int, stop: int) -> bool:
    """Whether a quotation mark begins a line and a capital follows: it opens a quotation, with a blank too many."""
    begins = not text[text.rfind("\n", 0, start) + 1 : start].strip()
    return begins and text[stop:].lstrip()[:1].isupper()


RULE = Rule(
    code="LEX107",
    family="LEX",
    name="symbol misread for a letter",
    propose=stray_letters,
    needs=("morphology", "frequencies", "search", "confusions", "names"),
    harm="spelling",
    learned=True,
    prior=2.0,
    about_word=True,
    since="2026.11",
    says=("letter-for-letter", "sign-for-letter"),
)
