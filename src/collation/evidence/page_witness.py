"""What the page says of a place: how well the text and each of its readings fit what the engine saw there.

Asked is the line, not the engine's own text: each reading stands between the neighbours as the engine reads them, and its
score is that of the line's steps from the one neighbour to the other. A difference of two scores is then of the readings alone.
A word broken at the end of a line is tried with its break at each letter.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.evidence.page_words import OnLine, PageWords, page_words
from collation.evidence.time_steps import forward_scores, plain
from collation.model import Box, Document, Edit, Place
from collation.model.seen_page import SeenPage, Step

_MOST_WORDS = 12  # of a place that the page is asked about
_MOST_LINES = 2  # lines of a page that a place may run over
# The score of what has more signs than there are steps: a difference of two scores is always a number
_NO_FIT = -10_000.0
_LATIN = re.compile(
    r"[A-Za-z]"
)  # the engine's Russian model knows no Latin letters and sees Cyrillic ones in their place


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a stretch of chunks is on a page: its words there, and what precedes and follows it in the lines."""

    words: tuple[OnLine, ...]
    before: OnLine | None
    after: OnLine | None

    @property
    def page(self) -> SeenPage:
        return self.words[0].page

    @property
    def broken(self) -> bool:
        """Whether it runs over a line end."""
        return self.words[0].line is not self.words[-1].line

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps from the neighbour before to the neighbour after."""
        first, last = self.words[0], self.words[-1]
        start = (self.before or first).word.first
        stop = (self.after or last).word.stop
        if first.line is last.line:
            return first.line.steps[start:stop]
        return first.line.steps[start:] + last.line.steps[:stop]

    @property
    def free(self) -> str:
        """What the engine reads there of its own accord."""
        return _without_break([item.word.text for item in self.words if item.line is self.words[0].line],
                              [item.word.text for item in self.words if item.line is not self.words[0].line])  # fmt: skip

    @property
    def confidence(self) -> float:
        """The least that the engine says of one of the words."""
        return min(item.word.confidence for item in self.words)

    @property
    def box(self) -> Box:
        """Around the words of the first line."""
        boxes = [item.word.box for item in self.words if item.line is self.words[0].line]
        return min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the page says of a place and its readings: natural logarithms of how well the text as it is, each reading and the
    engine's own reading fit. A reading that cannot be asked about has None.
    """

    frame: Frame
    text: float
    readings: tuple[float | None, ...]
    free: float


class PageWitness:
    """The pages of one document, asked about places of its text."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.words: PageWords = page_words(document, document.pages)
        self._starts = [start for start, _ in self.words.chunks]
        self._stops = [stop for _, stop in self.words.chunks]

    def __bool__(self) -> bool:
        return bool(self.words.words)

    def frame(self, place: Place, *, wider: bool = False) -> Frame | None:
        """Where a place is on the pages, ``wider`` with the words beside it; None where that cannot be told."""
        first, stop = self._range(place, wider=wider)
        found = [self.words.found[k] for k in range(first, stop)]
        taken = [r for r in found if r[1]]
        if not taken or not found[0][1] or not found[-1][1]:
            return None
        a, b = min(r[0] for r in taken), max(r[1] for r in taken)
        if not 0 < b - a <= _MOST_WORDS:
            return None
        words = self.words.words[a:b]
        lines = list(dict.fromkeys(id(item.line) for item in words))
        if len(lines) > _MOST_LINES or words[0].page is not words[-1].page:
            return None
        return Frame(words, _neighbour(words[0], -1), _neighbour(words[-1], 1))

    def _range(self, place: Place, *, wider: bool) -> tuple[int, int]:
        """The chunks of a place as a half-open range."""
        first = bisect_right(self._stops, place.start if len(place.envelope) else place.start - 1)
        stop = bisect_left(self._starts, place.stop if len(place.envelope) else place.stop + 1)
        if wider:
            first, stop = max(0, first - 1), min(len(self._starts), stop + 1)
        return self._with_sharers(first, max(stop, first))

    def _with_sharers(self, first: int, stop: int) -> tuple[int, int]:
        """A range of chunks with the neighbours that are on the same words of the page, where the engine joined them."""
        found = self.words.found
        while 0 < first < stop and found[first - 1][1] > found[first][0] and found[first][1]:
            first -= 1
        while first < stop < len(found) and found[stop][1] > 0 and found[stop][0] < found[stop - 1][1]:
            stop += 1
        return first, stop

    def stands_alone(self, place: Place) -> bool:
        """Whether the words of the page that a place is on are its own."""
        first, stop = self._range(place, wider=False)
        return first < stop and place.start < self._stops[first] and self._starts[stop - 1] < place.stop

    def ask(self, place: Place, readings: Sequence[str]) -> Answer | None:
        """How well the text of a place and some readings of it fit the page; None where the place is not found there."""
        lemma = place.of(self.text)
        wider = not all(plain(text) for text in (lemma, *readings))
        frame = self.frame(place, wider=wider)
        if frame is None:
            return None
        first, stop = self._range(place, wider=wider)
        before = self.text[self._starts[first] : place.start]
        after = self.text[place.stop : self._stops[stop - 1]]
        texts = [plain(before + text + after) for text in (lemma, *readings)]
        if any(map(_LATIN.search, texts)):
            return None
        scores = _scores(frame, [*texts, plain(frame.free)])
        return Answer(frame, scores[0], tuple(scores[1:-1]), max(scores))

    def ask_edits(self, edits: Sequence[Edit]) -> dict[int, tuple[Answer, float]]:
        """For the numbers of edits that the page can be asked about: its answer on the place, and the edit's own score."""
        found: dict[int, tuple[Answer, float]] = {}
        by_place: dict[Place, list[int]] = {}
        for number, edit in enumerate(edits):
            by_place.setdefault(edit.place, []).append(number)
        for place, numbers in by_place.items():
            answer = self.ask(place, [edits[n].text for n in numbers])
            if answer is None:
                continue
            for number, score in zip(numbers, answer.readings, strict=True):
                if score is not None:
                    found[number] = answer, score
        return found


def _neighbour(item: OnLine, way: int) -> OnLine | None:
    number = item.number + way
    return OnLine(item.page, item.line, number) if 0 <= number < len(item.line.words) else None


def _scores(frame: Frame, texts: Sequence[str]) -> list[float]:
    before = plain(frame.before.word.text) + " " if frame.before else ""
    after = " " + plain(frame.after.word.text) if frame.after else ""
    ways = [_breaks(text) if frame.broken else [text] for text in texts]
    scores = iter(forward_scores(frame.steps, [before + way + after for own in ways for way in own]).tolist())
    return [max(_NO_FIT, *(next(scores) for _ in own)) for own in ways]


def _breaks(text: str) -> list[str]:
    """A text with the end of a line at each place where there may be one."""
    found = []
    for at in range(1, len(text)):
        left, right = text[:at], text[at:]
        if right[0] == " " or left[-1] == "-":
            found.append(left + right.lstrip())
        elif left[-1].isalpha() and right[0].isalpha():
            found.append(f"{left}-{right}")
    return found or [text]


def _without_break(first: list[str], second: list[str]) -> str:
    left, right = " ".join(first), " ".join(second)
    if right and left.endswith("-") and right[:1].islower():
        return left[:-1] + right
    return f"{left} {right}".strip()


def witness_of(context: Context) -> PageWitness:
    """The pages of a document as a witness, made once."""
    return context.once(_of_document)


def _of_document(context: Context) -> PageWitness:
    return PageWitness(context.document)
