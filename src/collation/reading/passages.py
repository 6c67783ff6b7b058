"""Passages that are no modern Russian and no English: another Cyrillic language, the spelling before 1918, and lines of
Cyrillic read as Latin letters.

They are reported once as not examined; flagged word by word they would bury what is found. A passage is known by what
Russian has not, never by unknown words alone, so that a badly read Russian text is not silenced. Paragraphs are
asked first, then single lines; where most of a document is in one such language, what is between goes with it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.knowledge.alphabets import OLD, Signs, cyrillic_words, read_signs
from collation.knowledge.latin_read import is_cyrillic_read_as_latin
from collation.knowledge.letters import count_letters
from collation.knowledge.words.wordlist import english_zipf
from collation.model import Passage, Place
from collation.model.language import Language
from collation.reading.lines import Line

LATIN = "latin"
_LATIN_WORD = regex.compile(r"[\p{Latin}\p{Cyrillic}\d]*\p{Latin}[\p{Latin}\p{Cyrillic}\d]*")
_MOST_DOCUMENT = 0.6
_NEARLY_ALL = 0.7
_FEW = 0.2
_LEAST = 3
_USUAL = 3.0  # rarer English words are abbreviations and names


@dataclass(frozen=True, slots=True)
class _Chunk:
    """Lines between two blank ones, by their indices, with what their Cyrillic words show."""

    lines: tuple[int, ...]
    signs: Signs


def recognise(lines: list[Line], language: Language) -> list[str | None]:
    """For every line what keeps it from being examined: a language's code, ``OLD``, ``LATIN``; None for most, and for all where
    nothing is known of what the original's language has not."""
    found: list[str | None] = [None] * len(lines)
    if not language.alphabets:
        return found
    words = [cyrillic_words(line.text) for line in lines]
    signs = read_signs(word for own in words for word in own)
    if signs.any:
        chunks = [_Chunk(own, read_signs(w for i in own for w in words[i])) for own in _chunks(lines)]
        for chunk in chunks:
            for i, name in zip(chunk.lines, _of_chunk(chunk, words), strict=True):
                found[i] = name
        _absorb(chunks, found, words)
    for i in _latin_lines(lines):
        found[i] = LATIN
    return found


def gather_passages(lines: list[Line], names: list[str | None]) -> tuple[Passage, ...]:
    """The passages: lines of one kind that follow one another, blank ones between them left out."""
    runs: list[tuple[str, list[Line]]] = []
    last: str | None = None
    for line, name in zip(lines, names, strict=True):
        if line.blank:
            continue
        if name is not None and name == last:
            runs[-1][1].append(line)
        elif name is not None:
            runs.append((name, [line]))
        last = name
    return tuple(Passage(name, Place.at(own[0].start, own[-1].stop), len(own)) for name, own in runs)


def _chunks(lines: list[Line]) -> Iterator[tuple[int, ...]]:
    own: list[int] = []
    for i, line in enumerate(lines):
        if (line.blank or line.apart) and own:
            yield tuple(own)
            own = []
        if not line.blank:
            own.append(i)
    if own:
        yield tuple(own)


def _of_chunk(chunk: _Chunk, words: list[list[str]]) -> list[str | None]:
    """What each line of a paragraph is: as the paragraph, but for clearly Russian lines; else each by itself."""
    if not chunk.signs.any:
        return [None] * len(chunk.lines)
    whole = _named(chunk.signs)
    own = [read_signs(words[i]) for i in chunk.lines]
    if whole is not None:
        return [None if _is_russian(signs) else whole for signs in own]
    return [_named(signs) for signs in own]


def _named(signs: Signs) -> str | None:
    """The language of a stretch, when its signs are many and dense enough."""
    if signs.distinct < _LEAST:
        return None
    if signs.old >= max(_LEAST, 0.25 * signs.words) and signs.hard >= max(2, 3 * signs.bare):
        return OLD
    for name, votes, against in signs.languages:
        dense = votes >= 0.25 * signs.words
        unlike = signs.words >= 6 and votes >= 0.2 * signs.words and signs.known < 0.6 * signs.words
        russian = against > _FEW * votes or signs.repaired > _NEARLY_ALL * votes
        if votes >= _LEAST and (dense or unlike) and not russian:
            return name
    return None


def _is_russian(signs: Signs) -> bool:
    return signs.words >= 4 and not signs.any and signs.known >= 0.75 * signs.words


def _absorb(chunks: list[_Chunk], found: list[str | None], words: list[list[str]]) -> None:
    """Give the rest of a document in another language to it: headings, short lines, what shows less of it."""
    sizes: Counter[str] = Counter()
    for name, own in zip(found, words, strict=True):
        sizes[name or ""] += len(own)
    most, size = max(((n, s) for n, s in sizes.items() if n), key=lambda item: item[1], default=("", 0))
    if size < _MOST_DOCUMENT * sizes.total() or not size:
        return
    for chunk in chunks:
        signs = chunk.signs
        unlike = signs.words < 4 or signs.any or signs.known < 0.5 * signs.words
        if unlike and signs.words and all(found[i] is None for i in chunk.lines):
            for i in chunk.lines:
                found[i] = most


def _latin_lines(lines: list[Line]) -> Iterator[int]:
    """The lines of Cyrillic read as Latin: next to Cyrillic or to one another, never inside the English text."""
    suspects: set[int] = set()
    cyrillic: set[int] = set()
    filled = [i for i, line in enumerate(lines) if not line.blank]
    for i in filled:
        own, other = count_letters(lines[i].text)
        if own > other:
            cyrillic.add(i)
        elif other > own and _is_latin_read(lines[i].text):
            suspects.add(i)
    for at, i in enumerate(filled):
        if i in suspects:
            around = {*filled[max(0, at - 1) : at], *filled[at + 1 : at + 2]}
            if not around or around & (cyrillic | suspects):
                yield i


def _is_latin_read(text: str) -> bool:
    words = [word for word in _LATIN_WORD.findall(text) if len(word) > 2]
    if not words or len(text) > 400:
        return False
    read = sum(map(is_cyrillic_read_as_latin, words))
    english = sum(english_zipf(word.lower()) >= _USUAL and not is_cyrillic_read_as_latin(word) for word in words)
    return read > 0 and 2 * read >= len(words) and english <= read // 2
