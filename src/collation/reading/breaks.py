"""Words broken over the end of a line: what belongs together across a hyphen, a page number or a blank line.

A hyphen at the end of a line and small letters at the head of the next are one word. In capitals, and where the scanner
lost the hyphen, the halves are joined only when they make a word of the dictionary; without a hyphen one of them must
be no word by itself ("свобод / ные"). Blind to a break that leaves two words ("по / лучен") without a hyphen.
"""

from __future__ import annotations

import regex

from collation.knowledge.letters import fold, script
from collation.model.language import Language, LanguagePair
from collation.reading.as_read import HYPHEN

_HEAD = regex.compile(r"(\p{L}+)(?P<cut>[-¬‐][.,'`’]?)$")
_TAIL = regex.compile(r"(?P<speck>['`’\"]?)(?P<rest>\p{Ll}+|\p{Lu}{2,})")
_TAIL_ANYHOW = regex.compile(r"(?P<speck>['`’\"]?)(?P<rest>\p{L}+)")
_BARE_HEAD = regex.compile(r"(?<![\p{L}\p{N}-])\p{L}{2,}$")
_BARE_TAIL = regex.compile(r"(?:\p{Ll}{2,}|\p{Lu}{2,})(?![\p{L}\p{N}-])")
_LONG = 4
_SEEN = 100  # characters of a line looked at: no word is longer


def broken_word(line: str, following: str, languages: LanguagePair) -> tuple[int, int] | None:
    """Whether a word runs over the end of a line.

    The answer is how many characters to leave out at the end of the line and at the head of the next: the hyphen,
    unless it belongs to a compound ("вице- / премьер"), and the specks that a scanner sees at the margins ("капи- / 'тал").
    """
    line, following = line[-_SEEN:], following[:_SEEN]
    soft = line.endswith(HYPHEN)  # a word processor's own hyphen belongs to no compound and occurs in capitals too
    head, tail = _HEAD.search(line), (_TAIL_ANYHOW if soft else _TAIL).match(following)
    if head is None or tail is None:
        return (0, 0) if _lost_hyphen(line, following, languages.original) else None
    left, right = head.group(1), tail.group("rest")
    if right.isupper() and not soft and not (left.isupper() and is_word(left + right, languages)):
        return None
    knows = languages.original.knows
    compound = knows(f"{left}-{right}") or (knows(left) and knows(right) and len(left) > _LONG and len(right) > _LONG)
    kept = 1 if compound and not soft and not knows(left + right) else 0
    return len(head.group("cut")) - kept, len(tail.group("speck"))


def goes_on(line: str, following: str, languages: LanguagePair) -> bool:
    """Whether a word of a language runs over the end of a line: enough to look for its rest beyond a blank line."""
    if broken_word(line, following, languages) is None:
        return False
    head, tail = regex.search(r"\p{L}+(?=\P{L}*$)", line[-_SEEN:]), _TAIL_ANYHOW.match(following[:_SEEN])
    if head is None or tail is None:
        return False
    return is_word(head.group() + tail.group("rest"), languages) or languages.original.knows(
        f"{head.group()}-{tail.group('rest')}"
    )


def is_word(text: str, languages: LanguagePair) -> bool:
    """Whether a dictionary or a list of frequent forms has a word, of a language that is written in such letters."""
    latin = script(text) == "latin"
    return any((language.script == "latin") == latin and language.is_word(text) for language in languages)


def _lost_hyphen(line: str, following: str, language: Language) -> bool:
    """Whether two pieces of one word are at a line end without a hyphen: together a word, one of them none."""
    head, tail = _BARE_HEAD.search(line), _BARE_TAIL.match(following)
    if head is None or tail is None or head.group().isupper() != tail.group().isupper():
        return False
    left, right = head.group(), tail.group()
    return language.knows(left + right) and not (stands_alone(left, language) and stands_alone(right, language))


def stands_alone(piece: str, language: Language) -> bool:
    """Whether a piece is a word; a name when it is written as one."""
    folded, names = fold(piece), language.names
    named = names is not None and piece[0].isupper() and names.is_name_form(folded)
    return named or language.knows(piece) or (names is not None and names.is_abbreviation(folded))
