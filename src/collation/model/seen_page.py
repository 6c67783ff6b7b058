"""A page image as an engine saw it: lines and words with boxes, and for each line the signs it thought of, step by step.

An engine reads a line from left to right in narrow steps and says at each which signs it may be seeing. What it prints is
one path through them; how well any other reading fits is in the steps as well.
"""

from __future__ import annotations

from dataclasses import dataclass

from collation.model.parts import Box

Step = tuple[tuple[str, float], ...]
"""Signs with their shares at one step, the likeliest first; the empty sign is the one between letters."""


@dataclass(frozen=True, slots=True)
class SeenWord:
    """A word as the engine reads it freely: its box in pixels, the engine's own confidence from 0 to 1, and its half-open
    range of steps of its line.
    """

    text: str
    box: Box
    confidence: float
    first: int
    stop: int


@dataclass(frozen=True, slots=True)
class SeenLine:
    """A line of a page: its box in pixels, its words, and the steps of all of them in order."""

    box: Box
    words: tuple[SeenWord, ...]
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class SeenPage:
    """A page image: ``label`` is the path of its file, ``number`` that of the page in it from 1, ``digest`` the SHA-256 of
    the file's bytes; ``width`` and ``height`` are those of the image that was read, in pixels.
    """

    label: str
    number: int
    digest: str
    width: int
    height: int
    lines: tuple[SeenLine, ...]
