"""What the images of a document's pages say of readings that an editor thinks of.

The review knows a document by its apparatus alone, so its files are read once more, and what the engine saw on its pages is
looked up. The answers are of the text that was examined: one that has changed since is told. Nothing is written. What weighs
is imported when the first question is asked.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from collation.errors import BadQuestion, Message, refusal
from collation.model import Document, Edit, Entry, Source
from collation.project.page_cache import PageCache
from collation.reading import DocumentBytes, read_payload
from collation.reading.page_engine import why_no_engine

if TYPE_CHECKING:
    from collation.evidence.page_witness import PageWitness
    from collation.judge.page import PageAnswer

MOST_READINGS = 12  # that are asked about at once
LONGEST_READING = 120  # signs
_KEPT = 2  # documents whose pages are kept ready: what was seen of a page comes to some ten megabytes
AskPage = Callable[[Path, Source, Sequence[Edit]], "tuple[PageAnswer, ...]"]
"""A document by its path, what was examined, and edits of it with their places there. Raises BadQuestion, UnreadableInput."""


@dataclass(slots=True)
class PageQuestions:
    """The pages of documents, to be asked; ``packed`` gives a document's files as they are now. One question is answered at a
    time, from any thread.
    """

    packed: Callable[[Path], DocumentBytes]
    seen: PageCache
    encoding: str | None = None
    _kept: dict[tuple[str, ...], tuple[Document, PageWitness]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def ask(self, path: Path, source: Source, edits: Sequence[Edit]) -> tuple[PageAnswer, ...]:
        """What the pages say of each edit, its place being one of the file; of no edits whether they can be asked at all. Raises BadQuestion, with the way to mend it, where
        no page can be asked, and UnreadableInput.
        """
        from collation.judge.page import ask

        with self._lock:
            document, witness = self._witness(self.packed(path))
            if document.file.digest != source.digest:
                raise BadQuestion(Message("ask-text-changed"))
            return tuple(ask(witness, Edit(document.as_read(edit.place), edit.text)) for edit in edits)

    def _witness(self, item: DocumentBytes) -> tuple[Document, PageWitness]:
        from collation.evidence.page_witness import PageWitness

        if not item.pages:
            raise BadQuestion(Message("ask-no-pages"))
        missing = why_no_engine()
        if missing is not None:
            raise BadQuestion(refusal(missing))
        document = read_payload(item, encoding=self.encoding)
        name = (document.file.digest, *(page.digest for page in item.pages))
        found = self._kept.pop(name, None)
        if found is None:
            pages, _ = self.seen.seen(item.pages)
            if not pages:
                raise BadQuestion(Message("ask-pages-unread"))
            document = replace(document, pages=pages)
            found = document, PageWitness(document)
        self._kept[name] = found
        while len(self._kept) > _KEPT:
            self._kept.pop(next(iter(self._kept)))
        return found


def asked_edits(entry: Entry, readings: Iterable[str]) -> tuple[Edit, ...]:
    """The edits that the page is to be asked about: readings that were typed for the words of an entry, or its own where none
    were. Raises BadQuestion for what cannot be asked.
    """
    typed = list(dict.fromkeys(filter(None, map(_tidy, readings))))
    if entry.side != "original":
        raise BadQuestion(Message("ask-other-side"))
    if len(typed) > MOST_READINGS:
        raise BadQuestion(Message("ask-many", most=MOST_READINGS))
    if any(len(reading) > LONGEST_READING for reading in typed):
        raise BadQuestion(Message("ask-long", most=LONGEST_READING))
    if any(not reading.isprintable() for reading in typed):
        raise BadQuestion(Message("ask-unseen"))
    if typed:
        return tuple(Edit(entry.place, reading) for reading in typed)
    own = [reading.edits[0] for reading in entry.readings if len(reading.edits) == 1]
    if not own:
        raise BadQuestion(Message("ask-nothing"))
    return tuple(own[:MOST_READINGS])


def _tidy(reading: str) -> str:
    """A reading as texts are read: letters in one code point, blanks one each."""
    return " ".join(unicodedata.normalize("NFC", reading).split())
