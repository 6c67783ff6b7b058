"""A paragraph that begins in one language and goes on in the other: the original and its translation run together.

Sides are given line by line, and a line that holds both would be of the longer half: a Russian sentence before its English
would be no part of the original, and nobody would examine it. So such a line is parted at the end of a sentence where the
script changes for good. Both halves, with the lines around them, are whole sentences of some words, nearly all of one
script, and the Latin one is made of English words. What is quoted stays where it is quoted. Where both halves come to the
same side all the same, the line stays one. Only languages of different scripts are told apart so.

Blind to a change without a stop, or inside quotation marks; ``originals_within`` finds the Russian that stays in the
translation then, to be told as not examined.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import regex

from collation.knowledge.letters import fold, script
from collation.model import Place, Token, Witness
from collation.model.language import Language, LanguagePair
from collation.reading.lines import Line
from collation.reading.zones import Count, Side, counter

Pieces = tuple[Line, ...]
"""A line as it is, or its two halves with a blank line between them."""
_BORDER = regex.compile(r"[.!?…][\"»”’)\]]*[ \t\u00a0]+(?=[(\[]?[\p{Lu}\d])")
_WORD = regex.compile(r"\p{L}{2,}")
_LEAST = 4  # words of a half: two or three are a name, a motto or an address
_STRANGE = 0.1  # share of letters of the other script in a half: names, as they are quoted
_KNOWN, _SMALL = 0.6, 0.15  # shares of words of the Latin half that are English, and small words; mottoes are Latin
_TRANSLATED = 0.15  # share of the letters of a document that are its translation's: less is quoted
_RUN = 5  # words of the original's script in a row, in the translation, that are more than a name or a title
_HELD = (
    0.2  # share of the letters of a line that are the original's, by which it is no line of the translation that quotes
)


def parted(lines: Sequence[Line], languages: LanguagePair) -> list[Pieces]:
    """Each line, parted where the script changes for good."""
    whole: list[Pieces] = [(line,) for line in lines]
    original, translation = languages
    if original.script == translation.script:
        return whole
    count = counter(languages)
    counts = [count(line.text) for line in lines]
    left, right = (sum(own) for own in zip(*counts, strict=True)) if counts else (0, 0)
    if right < _TRANSLATED * (left + right) or not left:
        return whole
    for index, (own, other) in enumerate(counts):
        if own and other and (at := _border(lines, counts, index, languages, count)):
            whole[index] = _halves(lines[index], at)
    return whole


def rejoined(pieces: Sequence[Pieces], lines: Sequence[Line], sides: Sequence[Side]) -> tuple[list[Line], list[Side]]:
    """The lines and their sides; halves of one side are the line again. ``sides`` are those of all pieces in order."""
    found: list[Line] = []
    kept: list[Side] = []
    left = iter(sides)
    for own, line in zip(pieces, lines, strict=True):
        theirs = [next(left) for _ in own]
        same = theirs[0] == theirs[-1]
        found += [line] if same else own
        kept += theirs[:1] if same else [theirs[0], theirs[0], theirs[-1]]
    return found, kept


def claimed(lines: Sequence[Line], sides: list[Side], languages: LanguagePair) -> list[Side]:
    """The sides where none is the original's, though a line holds some words of its script in a row that could not be parted
    from the rest: such lines are the original's then. Else they are left as they are.
    """
    if "original" in sides or languages.original.script == languages.translation.script:
        return sides
    count = counter(languages)
    found: list[Side] = []
    for line, side in zip(lines, sides, strict=True):
        own, other = count(line.text)
        held = own >= _HELD * (own + other) > 0 and _runs(_WORD.findall(line.text), languages) >= _RUN
        found.append("original" if held else side)
    return found


def _runs(words: Sequence[str], languages: LanguagePair) -> int:
    """The most words in a row that are in the script of the original."""
    most = run = 0
    for word in words:
        run = run + 1 if script(word) == languages.original.script else 0
        most = max(most, run)
    return most


def originals_within(translation: Witness, languages: LanguagePair) -> tuple[Place, ...]:
    """The stretches of a translation that are written in the script of the original: sentences that were not parted from it,
    or long quotations.
    """
    found: list[Place] = []
    wanted = languages.original.script
    if wanted == languages.translation.script:
        return ()
    for segment in translation.segments:
        run: list[Token] = []
        for token in segment.tokens:
            if token.kind == "word" and script(token.text) not in (wanted, "mixed"):
                found += _stretch(run)
                run = []
            elif token.kind == "word":
                run.append(token)
        found += _stretch(run)
    return tuple(found)


def _stretch(run: Sequence[Token]) -> Iterator[Place]:
    if len(run) >= _RUN:
        yield Place.at(run[0].start, run[-1].stop)


def _border(
    lines: Sequence[Line],
    counts: Sequence[Count],
    index: int,
    languages: LanguagePair,
    count: Callable[[str], Count],
) -> int:
    """Where in a line its paragraph changes its language, 0 where it does not."""
    text = lines[index].text
    for border in _BORDER.finditer(text):
        before, behind = text[: border.end()], text[border.end() :]
        own, other = count(before), count(behind)
        for first, side in ((0, "original"), (1, "translation")):
            if _is_of(own, first) and _is_of(other, 1 - first):
                before = "\n".join([*_lines_of(lines, counts, index, -1, first), before])
                behind = "\n".join([behind, *_lines_of(lines, counts, index, 1, 1 - first)])
                halves = (before, behind) if side == "original" else (behind, before)
                if _has_sentences(halves[0], languages.original) and _has_sentences(halves[1], languages.translation):
                    return border.end()
    return 0


def _is_of(count: Count, side: int) -> bool:
    """Whether nearly all letters are of one side: 0 the original, 1 the translation."""
    return count[side] > 0 and count[1 - side] <= _STRANGE * count[side]


def _lines_of(lines: Sequence[Line], counts: Sequence[Count], index: int, step: int, side: int) -> list[str]:
    """The lines of the paragraph on one side of a line that are in the same script."""
    found = []
    at = index + step
    while 0 <= at < len(lines) and not lines[at].blank and _is_of(counts[at], side):
        if lines[max(at, at - step)].apart:  # the later of the two begins a paragraph
            break
        found.append(lines[at].text)
        at += step
    return found[::step]


def _has_sentences(text: str, language: Language) -> bool:
    """Whether this is running text of a language: some words, and of a translation words that the language has."""
    words = [fold(word) for word in _WORD.findall(text)]
    if len(words) < _LEAST or language.role == "original":
        return len(words) >= _LEAST
    known = sum(language.is_word(word) for word in words)
    small = sum(word in language.function_words for word in words)
    return known >= _KNOWN * len(words) and small >= _SMALL * len(words)


def _halves(line: Line, at: int) -> Pieces:
    """Two lines of one, and a blank one between them, which ends the paragraph of the first."""
    before = line.text[:at].rstrip()
    stop = line.start + len(before)
    first = replace(line, stop=stop, text=before)
    second = Line(line.start + at, line.stop, line.text[at:], line.heading, apart=True)
    return first, Line(stop, stop, "", heading=False, apart=False), second
