"""What a document gives to the knowledge of its collection: its rare words (``judge/collection.py``)."""

from __future__ import annotations

from collections import Counter

from collation.judge.collection import Collection, Use, is_counted
from collation.knowledge.letters import fold
from collation.model import Document


def of_document(document: Document) -> Collection:
    """A collection of one document: the rare words of its original, at least four letters long."""
    original = document.original
    segments = original.segments if original else ()
    counts = Counter(fold(t.text) for s in segments for t in s.tokens if t.kind == "word")
    use = Use(1, (document.source.label,))
    forms = {form: use for form in counts if is_counted(form)}
    return Collection({document.source.digest: document.source.label}, counts.total(), forms)
