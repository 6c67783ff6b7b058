"""Apparatus to text: one file and one line a format. Writers are pure functions and compute nothing new."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.writers.as_html import write_html, write_index
from collation.writers.as_json import read_json, write_json
from collation.writers.as_markdown import write_markdown, write_markdown_index
from collation.writers.phrases import Lang
from collation.writers.summary import Summary, summarise


class _Write(Protocol):
    def __call__(self, apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str: ...


class _WriteIndex(Protocol):
    def __call__(self, summaries: Sequence[Summary], *, lang: Lang = "en") -> str: ...


@dataclass(frozen=True, slots=True)
class Writer:
    """A format: the suffix of its files, and the functions that write one apparatus and an index of many."""

    suffix: str
    write: _Write
    index: _WriteIndex | None = None


WRITERS: dict[str, Writer] = {
    "html": Writer(".html", write_html, write_index),
    "md": Writer(".md", write_markdown, write_markdown_index),
    "json": Writer(".json", write_json),
}

__all__ = [
    "WRITERS",
    "Lang",
    "Summary",
    "Writer",
    "read_json",
    "summarise",
    "write_html",
    "write_json",
    "write_markdown",
]
