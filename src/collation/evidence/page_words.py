"""The words of the text set against those that an engine sees on the pages: which of them stand on which.

The archive's text stays the text. Words that are written alike anchor the two; between anchors letters are set against letters
(rapidfuzz), so that words which the page's wear or the text's damage changed, joined or parted are found too.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from collation.evidence.time_steps import plain
from collation.model import Document
from collation.model.seen_page import SeenLine, SeenPage, SeenWord

_CHUNK = re.compile(r"\S+")
_LONGEST = 6_000  # signs of a stretch between two anchors that is still compared letter by letter
_SHARED = 0.5  # of the letters of a word: as many must stand opposite
LEAST_MATCHED = 0.35  # share of a page's words that must be found in the text; of other texts a fifth is
Range = tuple[int, int]


@dataclass(frozen=True, slots=True)
class OnLine:
    """A word of a page with its page, its line, and its number in the line."""

    page: SeenPage
    line: SeenLine
    number: int

    @property
    def word(self) -> SeenWord:
        return self.line.words[self.number]


@dataclass(frozen=True, slots=True)
class PageWords:
    """What stands on the pages: ``chunks`` are the stretches between blanks of the text, in order, ``words`` those of the
    pages that match it, and ``found`` for each chunk its words as a half-open range, (0, 0) where it has none.
    ``strange`` are pages that are of another text.
    """

    chunks: tuple[Range, ...]
    words: tuple[OnLine, ...]
    found: tuple[Range, ...]
    strange: tuple[SeenPage, ...] = ()


def page_words(document: Document, pages: Sequence[SeenPage]) -> PageWords:
    """The text's words on the pages; pages that hardly match the text are left out."""
    chunks = tuple(_chunks(document))
    texts = [_comparable(document.text[a:b]) for a, b in chunks]
    words = tuple(_words(pages))
    found = align_words(texts, [_comparable(item.word.text) for item in words])
    strange = tuple(page for page in pages if page.lines and not _matches(page, texts, words, found))
    if strange:
        kept = tuple(page for page in pages if page not in strange)
        words = tuple(_words(kept))
        found = align_words(texts, [_comparable(item.word.text) for item in words])
    return PageWords(chunks, words, tuple(found), strange)


def _chunks(document: Document) -> Iterator[Range]:
    """The stretches between blanks of the original, page numbers and headings included."""
    if document.original is None:
        return
    segments = sorted((*document.original.segments, *document.original.furniture), key=lambda s: s.place.start)
    reach = 0
    for segment in segments:
        start, stop = max(reach, segment.place.start), segment.place.stop
        for match in _CHUNK.finditer(document.text, start, stop):
            yield match.span()
        reach = max(reach, stop)


def _words(pages: Sequence[SeenPage]) -> Iterator[OnLine]:
    for page in pages:
        for line in page.lines:
            for number in range(len(line.words)):
                yield OnLine(page, line, number)


def _comparable(text: str) -> str:
    return plain(text).lower().strip(".,;:!?\"'()") or text


def _matches(page: SeenPage, texts: list[str], words: Sequence[OnLine], found: Sequence[Range]) -> bool:
    own = sum(item.page is page for item in words)
    taken = {
        at
        for text, (first, stop) in zip(texts, found, strict=True)
        for at in range(first, stop)
        if words[at].page is page
        and Levenshtein.normalized_similarity(text, _comparable(words[at].word.text)) > _SHARED
    }
    return len(taken) >= LEAST_MATCHED * own


def align_words(texts: Sequence[str], words: Sequence[str]) -> list[Range]:
    """For each text its words as a half-open range; (0, 0) for one without any."""
    found: list[Range] = [(0, 0)] * len(texts)
    block: list[int] = []  # first and stop of the texts, first and stop of the words, between two anchors
    for tag, a, b, c, d in _opcodes(texts, words):
        if tag == "equal":
            _letters(texts, words, block, found)
            block = []
            for k in range(b - a):
                found[a + k] = (c + k, c + k + 1)
        else:
            block = [block[0], b, block[2], d] if block else [a, b, c, d]
    _letters(texts, words, block, found)
    return found


def _letters(texts: Sequence[str], words: Sequence[str], block: list[int], found: list[Range]) -> None:
    """The words of the texts between two anchors, by their letters."""
    if not block:
        return
    first, stop, first_word, stop_word = block
    if first == stop or first_word == stop_word:
        return
    left, of_text = _joined(texts, first, stop)
    right, of_word = _joined(words, first_word, stop_word)
    if len(left) > _LONGEST or len(right) > _LONGEST:
        return
    shared: Counter[tuple[int, int]] = Counter()
    for tag, a, b, c, d in _opcodes(left, right):
        if tag in ("equal", "replace"):
            for k in range(min(b - a, d - c)):
                if of_text[a + k] >= 0 and of_word[c + k] >= 0:
                    shared[of_text[a + k], of_word[c + k]] += 1
    for (text, word), count in sorted(shared.items()):
        if count >= _SHARED * min(len(texts[text]), len(words[word])):
            begun = found[text]
            found[text] = (begun[0], word + 1) if begun[1] else (word, word + 1)


def _opcodes(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[str, int, int, int, int]]:
    for code in Levenshtein.opcodes(left, right):
        yield code.tag, code.src_start, code.src_end, code.dest_start, code.dest_end


def _joined(parts: Sequence[str], first: int, stop: int) -> tuple[str, list[int]]:
    """Parts joined by blanks, and for each sign the part that it is of, -1 for the blanks."""
    owners: list[int] = []
    for number in range(first, stop):
        owners += [*([number] * len(parts[number])), -1]
    return " ".join(parts[first:stop]), owners[:-1]
