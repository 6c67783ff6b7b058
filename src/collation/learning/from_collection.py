"""What a document gives to the knowledge of its collection: its rare words and how they are rendered, its words between their
neighbours, its number and its day (``knowledge/collection.py``).
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from collation.alignment.align import align
from collation.evidence.collected import collected_groups
from collation.evidence.context import Context
from collation.knowledge.collection import Collection, Use, frames_of, is_counted
from collation.knowledge.letters import fold
from collation.languages import pair_of_document
from collation.languages.knowledge import knowledge_for
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
    """A collection of one document: the rare words of its original, at least four letters long, the frames of all,
    and what its alignment says."""
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
    knowledge = knowledge_for(languages=pair_of_document(document))
    renderings, series = collected_groups(Context(align(document, knowledge), knowledge))
    return Collection(
        {document.source.digest: document.source.label}, counts.total(), forms, frames, renderings, series
    )
