"""What is known of a collection: in how many of its documents each rare word is, and what stands between the same neighbours;
how rare words are rendered; which numbers its letters have on which day.

What that says of a document is asked in ``evidence/collected.py``. Of words alone only rare ones are counted, for usual ones are
everywhere; any word is counted between the same four neighbours (``frames``): in a formula of the collection, or in the same
passage of another copy. The counts are a file that a command makes (``collation learn --collection``).
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from collation.errors import Message
from collation.knowledge.learned_files import read_learned, refused
from collation.knowledge.letters import fold
from collation.knowledge.words import wordlist
from collation.model import Token
from collation.system.digest import digest_of, file_digest

LARGEST = 500_000_000  # bytes of the file
KIND, VERSION = "collation collection", 3
NAMED = 3  # documents that are named for a form
RARE = 3.5  # Zipf frequency from which on a word is usual and its documents say nothing
SHORTEST = 4  # letters of a form that is counted, and of a long word of a frame
_LONG = 2  # long words of a frame
_FRAME = 16  # hexadecimal figures of the digest of a frame
LEAST_FRAME = 2  # documents that a frame, or how a word is rendered, is kept for


@dataclass(frozen=True, slots=True)
class Use:
    """In how many documents a form is, and the names of the first of them."""

    documents: int
    names: tuple[str, ...]


Uses = Mapping[str, Use]
Groups = Mapping[str, Uses]


@dataclass(frozen=True, slots=True)
class Collection:
    """The words of a collection: the names of its documents by the digests of their texts, its Russian words in all, the
    use of each rare form (folded), and of each form in the frames that several documents have; ``renderings`` has for each English
    lemma the rare forms opposite it, ``series`` for each series the numbers with their days, as ``412 1951-03-03``.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    words: int = 0
    forms: Uses = field(default_factory=dict)
    frames: Groups = field(default_factory=dict)
    renderings: Groups = field(default_factory=dict)
    series: Groups = field(default_factory=dict)
    digest: str = ""

    def expected(self, form: str) -> float:
        """In how many documents one would expect a form from how usual it is."""
        count = len(self.texts)
        usual = wordlist.zipf(form)
        if not count or not usual:
            return 0.0
        return count * (1.0 - math.exp(-self.words * 10 ** (usual - 9) / count))


def merged(collections: Iterable[Collection]) -> Collection:
    """Collections as one, in whatever order they come; a text that is in several counts once, where its name is the first."""
    texts: dict[str, str] = {}
    words = 0
    forms: dict[str, Use] = {}
    groups: tuple[dict[str, dict[str, Use]], ...] = ({}, {}, {})
    for own in sorted(collections, key=lambda c: min(c.texts.values(), default="")):
        if own.texts.keys() & texts.keys():
            continue
        texts |= own.texts
        words += own.words
        _add(forms, own.forms)
        for known, more in zip(groups, (own.frames, own.renderings, own.series), strict=True):
            for key, uses in more.items():
                _add(known.setdefault(key, {}), uses)
    frames, renderings, series = groups
    return Collection(texts, words, forms, frames, renderings, series)


def _add(known: dict[str, Use], more: Uses) -> None:
    for form, use in more.items():
        before = known.get(form)
        known[form] = use if before is None else _together(before, use)


def _together(one: Use, other: Use) -> Use:
    return Use(one.documents + other.documents, tuple(sorted({*one.names, *other.names})[:NAMED]))


def frames_of(sentence: Iterable[Token]) -> Iterator[tuple[Token, str]]:
    """The words of a sentence whose neighbours make a frame, with the digest of it.

    A frame is two words or numbers before and two after, what is beyond the sentence counting as a word; at least
    two of them are long, or one where both ends of the sentence are among them.
    """
    tokens = [t for t in sentence if t.kind in ("word", "number")]
    seen = ["", "", *("0" if t.kind == "number" else fold(t.text) for t in tokens), "", ""]
    for at, token in enumerate(tokens):
        around = (*seen[at : at + 2], *seen[at + 3 : at + 5])
        least = 1 if around[0] == around[3] == "" else _LONG
        if token.kind == "word" and sum(len(word) >= SHORTEST for word in around) >= least:
            yield token, digest_of(around)[:_FRAME]


def is_counted(form: str) -> bool:
    """Whether a folded form is one that is counted: rare, and long enough to be told from others."""
    return len(form) >= SHORTEST and form.isalpha() and wordlist.zipf(form) < RARE


def written(collection: Collection) -> str:
    """The counts as the text of a file."""
    data = {
        "what": KIND,
        "version": VERSION,
        "words": collection.words,
        "texts": dict(sorted(collection.texts.items())),
        "forms": _rows(collection.forms),
        "frames": {
            frame: _rows(fillers)
            for frame, fillers in sorted(collection.frames.items())
            if sum(use.documents for use in fillers.values()) >= LEAST_FRAME
        },
        "renderings": {
            english: rows
            for english, uses in sorted(collection.renderings.items())
            if (rows := _rows({form: use for form, use in uses.items() if use.documents >= LEAST_FRAME}))
        },
        "series": {key: _rows(days) for key, days in sorted(collection.series.items())},
    }
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def _rows(uses: Uses) -> dict[str, list[int | str]]:
    return {form: [use.documents, *use.names] for form, use in sorted(uses.items())}


def _read(rows: Mapping[str, list[Any]]) -> dict[str, Use]:
    return {str(form): Use(int(row[0]), tuple(map(str, row[1:]))) for form, row in rows.items()}


def _read_groups(groups: Mapping[str, Mapping[str, list[Any]]]) -> dict[str, dict[str, Use]]:
    return {str(key): _read(rows) for key, rows in groups.items()}


def _unreadable(reason: object) -> Message:
    return Message("collection-unreadable", reason=reason)


def load_collection(path: Path | None) -> Collection | None:
    """The counts in a file, None for no file. Raises DamagedDictionary when it is no such file."""
    if path is None:
        return None
    try:
        return _loaded(path, file_digest(path))
    except OSError as error:
        raise refused(path, error, _unreadable) from error


@lru_cache(maxsize=2)
def _loaded(path: Path, digest: str) -> Collection:
    def made(data: Any) -> Collection:
        texts = {str(text): str(name) for text, name in data["texts"].items()}
        frames, renderings, series = (_read_groups(data[name]) for name in ("frames", "renderings", "series"))
        return Collection(texts, int(data["words"]), _read(data["forms"]), frames, renderings, series, digest)

    return read_learned(path, made, what=KIND, version=VERSION, most=LARGEST, refusal=_unreadable)
