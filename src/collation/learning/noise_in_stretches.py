"""Misreadings that reach beyond a word: words run together, torn, doubled, lost, cut by a speck, lines lost or in capitals."""

from __future__ import annotations

from collections.abc import Callable

from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, wordlist
from collation.learning.clean_words import CleanWords, Misreading
from collation.rules.context.confusion_sets import neighbours

StretchMaker = Callable[[CleanWords, int], Misreading | None]
_PARTICLES = frozenset(
    "не ни же ли бы и а но в на с к о у по за от до из то что как уже еще его их это все для при".split()
)
_NEGATED = frozenset({"VERB", "INFN", "PRED", "ADJS", "PRTS"})
_SPECKS = ("`", "'", ".", "-", ":", "«", "*")
_STRAY = (".", "-", "'", "`", ":", "*", "•", "_", "^", "|")
_USUAL = 3.5  # Zipf frequency of the words that the pieces of a torn word are
_LOST = (5, 12)  # words of a lost line
_CAPITALS = (3, 8)  # words of a line in capitals


def _merge(clean: CleanWords, index: int) -> Misreading | None:
    """Two words run together."""
    return _joined(clean, index, "")


def _speck(clean: CleanWords, index: int) -> Misreading | None:
    """A sign for the blank between two words: "его-мнение"."""
    return _joined(clean, index, clean.random.choice(_SPECKS))


def _joined(clean: CleanWords, index: int, between: str) -> Misreading | None:
    token, after = clean.words[index], clean.following(index)
    return Misreading(token.start, after.stop, token.text + between + after.text, "merge") if after else None


def _stray(clean: CleanWords, index: int) -> Misreading | None:
    """A stray sign between two words, with a blank on one side or both."""
    after = clean.following(index)
    if after is None:
        return None
    left, right = clean.random.choice(((" ", " "), ("", " "), (" ", "")))
    sign = clean.random.choice(_STRAY)
    return Misreading(clean.words[index].stop, after.start, left + sign + right, "stray")


def _split(clean: CleanWords, index: int) -> Misreading | None:
    """A word in two pieces."""
    token = clean.words[index]
    if len(token.text) < 6:
        return None
    i = clean.random.randrange(2, len(token.text) - 2)
    return Misreading(token.start, token.stop, token.text[:i] + " " + token.text[i:], "split")


def _tear(clean: CleanWords, index: int) -> Misreading | None:
    """A word in pieces that are words, a letter of which may be misread, or in three pieces: "де рзаний", "народа него"."""
    token, chance = clean.words[index], clean.random
    word = token.text
    if len(word) < 6:
        return None
    spots = chance.sample(range(2, len(word) - 1), len(word) - 3)
    if chance.random() < 0.2:
        i, j = sorted(spots[:2])
        return Misreading(token.start, token.stop, f"{word[:i]} {word[i:j]} {word[j:]}", "split")
    for i in spots:
        pieces = [_usual(clean, word[:i]), _usual(clean, word[i:])]
        if all(pieces):
            return Misreading(token.start, token.stop, " ".join(map(str, pieces)), "split")
    return None


def _usual(clean: CleanWords, piece: str) -> str | None:
    """A piece of a word if it is a usual word, or a usual word one misreading from it."""
    if wordlist.zipf(fold(piece)) > _USUAL and morphology.is_known(piece):
        return piece
    near = [w for w in neighbours(fold(piece)) if wordlist.zipf(w) > _USUAL and abs(len(w) - len(piece)) < 2]
    return clean.random.choice(near) if near and piece.islower() else None


def _shift(clean: CleanWords, index: int) -> Misreading | None:
    """The blank between two words moved by a letter or two."""
    token, after = clean.words[index], clean.following(index)
    if after is None or len(token.text) + len(after.text) < 7:
        return None
    both = token.text + after.text
    steps = [i for d in (-2, -1, 1, 2) if 0 < (i := len(token.text) + d) < len(both)]
    i = clean.random.choice(steps)
    return Misreading(token.start, after.stop, both[:i] + " " + both[i:], "split")


def _cut(clean: CleanWords, index: int) -> Misreading | None:
    """A word cut at a line end, with a speck behind its hyphen: "оборо- .⏎на"."""
    token, chance = clean.words[index], clean.random
    if len(token.text) < 6:
        return None
    i = chance.randrange(2, len(token.text) - 2)
    end = chance.choice(("- .", "-.", "-'", "- ,", ".", "- -", " ", "—"))
    return Misreading(token.start, token.stop, f"{token.text[:i]}{end}\n{token.text[i:]}", "split")


def _double(clean: CleanWords, index: int) -> Misreading | None:
    """A word twice: small words oftener."""
    token = clean.words[index]
    if len(token.text) > 4 and clean.random.random() < 0.7:
        return None
    return Misreading(token.start, token.stop, f"{token.text} {token.text.lower()}", "doubled")


def _lose(clean: CleanWords, index: int) -> Misreading | None:
    """A small word lost, не above all."""
    token, after = clean.words[index], clean.following(index)
    word = fold(token.text)
    if after is None or word not in _PARTICLES or index in clean.opening:
        return None
    if word != "не" and clean.random.random() < 0.85:
        return None
    return Misreading(token.start, after.start, "", "lost")


def _insert(clean: CleanWords, index: int) -> Misreading | None:
    """A не that is not there."""
    token = clean.words[index]
    before = fold(clean.words[index - 1].text) if index else ""
    if index in clean.opening or before in {"не", "ни"}:
        return None
    if not any(p.pos in _NEGATED for p in morphology.parses(token.text)[:1]):
        return None
    return Misreading(token.start, token.start, "не ", "inserted")


def _lacuna(clean: CleanWords, index: int) -> Misreading | None:
    """A line lost in the middle of a paragraph."""
    last = index + clean.random.randint(*_LOST)
    if last >= len(clean.words):
        return None
    start, stop = clean.words[index].start, clean.words[last].start
    return None if "\n\n" in clean.text[start:stop] else Misreading(start, stop, "", "lacuna")


def _capitals(clean: CleanWords, index: int) -> Misreading | None:
    """Some words running in capitals."""
    last = index + clean.random.randint(*_CAPITALS)
    if last >= len(clean.words):
        return None
    start, stop = clean.words[index].start, clean.words[last].stop
    text = clean.text[start:stop]
    return None if "\n\n" in text else Misreading(start, stop, text.upper(), "capital")


STRETCH_MAKERS: dict[str, StretchMaker] = {
    "merge": _merge,
    "speck": _speck,
    "stray": _stray,
    "split": _split,
    "tear": _tear,
    "shift": _shift,
    "cut": _cut,
    "double": _double,
    "lose": _lose,
    "insert": _insert,
    "lacuna": _lacuna,
    "capitals": _capitals,
}
