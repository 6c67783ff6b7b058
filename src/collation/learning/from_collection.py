"""What a document gives to the knowledge of its collection: its rare words, and its words between their neighbours
(``judge/collection.py``).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from collation.judge.collection import Collection, Use, frames_of, is_counted
from collation.knowledge.letters import fold
from collation.learning.near_copies import sketch
from collation.model import Document


class Counted(NamedTuple):
    """What a document gives: a collection of it alone, and the sketch by which its copies are found."""

    words: Collection
    sketch: tuple[str, ...]


def counted(document: Document) -> Counted:
    """The words of a document and its sketch."""
    words = of_document(document)
    return Counted(words, sketch(words.frames))


def of_document(document: Document) -> Collection:
    """A collection of one document: the rare words of its original, at least four letters long, and the frames of all."""
    original = document.original
    segments = original.segments if original else ()
    counts = Counter(fold(t.text) for s in segments for t in s.tokens if t.kind == "word")
    use = Use(1, (document.source.label,))
    forms = {form: use for form in counts if is_counted(form)}
    frames: dict[str, dict[str, Use]] = {}
    for segment in segments:
        for sentence in segment.sentence_tokens():
            for token, frame in frames_of(sentence):
                frames.setdefault(frame, {})[fold(token.text)] = use
    return Collection({document.source.digest: document.source.label}, counts.total(), forms, frames)
