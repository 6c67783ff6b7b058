"""A document of a test, aligned and put in its context with the knowledge that is shipped."""

from __future__ import annotations

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.languages.knowledge import knowledge_for
from collation.model import Document
from collation.settings import Settings


def context_of(document: Document, settings: Settings | None = None) -> Context:
    known = knowledge_for(settings)
    return Context(align(document, known), known)
