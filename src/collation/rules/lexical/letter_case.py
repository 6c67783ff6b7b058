"""How a reading of a word is written whose first letter was read as a sign: "^изнь" at the head of a sentence is "Жизнь".

The sign has lost the size of its letter; the reading takes the one that the sentence or the name wants.
"""

from __future__ import annotations

from collation.evidence.context import Context, Word
from collation.knowledge.letters import fold, like
from collation.knowledge.names import authority
from collation.knowledge.words.blemishes import is_blemished, is_only_a_name

_ENDS = frozenset(".!?…")
_OPENERS = frozenset("\"«„“'([—–-")


def with_capitals(context: Context, word: Word, form: str) -> str:
    """A form in the letter case of a word; in that of its place where a sign has taken the word's first letter."""
    cased = like(form, word.text)
    if word.text[:1].isalpha() or not is_blemished(word.text) or cased != form:
        return cased
    wanted = begins_sentence(context, word) or is_only_a_name(form)
    return form[:1].upper() + form[1:] if wanted else form


def begins_sentence(context: Context, word: Word) -> bool:
    """Whether a word is the first of a sentence, or of its pair."""
    before = list(context.pairs[word.pair].original[: word.index])
    while before and before[-1].text in _OPENERS:
        before.pop()
    if not before:
        return True
    stopped = before[-1].text[:1] in _ENDS
    return stopped and not (len(before) > 1 and authority.is_abbreviation(fold(before[-2].text)))
