"""The words of a collection: in how many of its documents each rare one is, and what stands between the same neighbours.

What that says of a doubted word is in ``among_others.py``. Of words alone only rare ones are counted, for usual ones are
everywhere; any word is counted between the same four neighbours (``frames``): in a formula of the collection, or in the same
passage of another copy. The counts are a file that a command makes (``collation learn --collection``); a document that is among
those counted does not witness for itself.
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
from collation.evidence.context import Context
from collation.judge.learned_files import read_learned, refused
from collation.knowledge.letters import fold
from collation.knowledge.words import wordlist
from collation.model import Token
from collation.system.digest import digest_of, file_digest

LARGEST = 500_000_000  # bytes of the file
KIND, VERSION = "collation collection", 2
NAMED = 3  # documents that are named for a form
RARE = 3.5  # Zipf frequency from which on a word is usual and its documents say nothing
SHORTEST = 4  # letters of a form that is counted, and of a long word of a frame
_LONG = 2  # long words of a frame
_FRAME = 16  # hexadecimal figures of the digest of a frame
LEAST_FRAME = 2  # documents that a frame is kept for


@dataclass(frozen=True, slots=True)
class Use:
    """In how many documents a form is, and the names of the first of them."""

    documents: int
    names: tuple[str, ...]


Fillers = Mapping[str, Use]  # what stands in a frame, folded, and where


@dataclass(frozen=True, slots=True)
class Collection:
    """The words of a collection: the names of its documents by the digests of their texts, its Russian words in all, the
    use of each rare form, and of each form in the frames that several documents have.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    words: int = 0
    forms: Mapping[str, Use] = field(default_factory=dict)
    frames: Mapping[str, Fillers] = field(default_factory=dict)
    digest: str = ""

    def others(self, form: str, context: Context) -> Use:
        """The documents that have a form, without the one that is examined."""
        return self._without(self.forms.get(form), context, is_own=bool(context.forms[form]))

    def fillers(self, frame: str, context: Context) -> dict[str, Use]:
        """What the documents have in a frame, without the one that is examined."""
        own = context.once(_own_frames).get(frame, set())
        found = {f: self._without(use, context, is_own=f in own) for f, use in self.frames.get(frame, {}).items()}
        return {form: use for form, use in found.items() if use.documents}

    def _without(self, use: Use | None, context: Context, *, is_own: bool) -> Use:
        if use is None:
            return Use(0, ())
        own = self.texts.get(context.document.source.digest)
        if own is None or not is_own:
            return use
        return Use(use.documents - 1, tuple(name for name in use.names if name != own))

    def expected(self, form: str) -> float:
        """In how many documents one would expect a form from how usual it is."""
        count = len(self.texts)
        usual = wordlist.zipf(form)
        if not count or not usual:
            return 0.0
        return count * (1.0 - math.exp(-self.words * 10 ** (usual - 9) / count))


def merged(collections: Iterable[Collection]) -> Collection:
    """Collections as one; a text that is in several counts once, in the first. Their order does not matter but for that."""
    texts: dict[str, str] = {}
    words = 0
    forms: dict[str, Use] = {}
    frames: dict[str, dict[str, Use]] = {}
    for own in collections:
        if own.texts.keys() & texts.keys():
            continue
        texts |= own.texts
        words += own.words
        _add(forms, own.forms)
        for frame, fillers in own.frames.items():
            _add(frames.setdefault(frame, {}), fillers)
    return Collection(texts, words, forms, frames)


def _add(known: dict[str, Use], more: Mapping[str, Use]) -> None:
    for form, use in more.items():
        before = known.get(form)
        known[form] = use if before is None else _together(before, use)


def _together(one: Use, other: Use) -> Use:
    return Use(one.documents + other.documents, tuple(sorted({*one.names, *other.names})[:NAMED]))


def frames_of(sentence: Iterable[Token]) -> Iterator[tuple[Token, str]]:
    """The words of a sentence whose neighbours make a frame, with the digest of it.

    A frame is two words or numbers before and two after, what is beyond the sentence counting as a word; at least
    two of them are long.
    """
    tokens = [t for t in sentence if t.kind in ("word", "number")]
    seen = ["", "", *("0" if t.kind == "number" else fold(t.text) for t in tokens), "", ""]
    for at, token in enumerate(tokens):
        around = (*seen[at : at + 2], *seen[at + 3 : at + 5])
        if token.kind == "word" and sum(len(word) >= SHORTEST for word in around) >= _LONG:
            yield token, digest_of(around)[:_FRAME]


def _own_frames(context: Context) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for pair in context.pairs:
        for token, frame in frames_of(pair.original):
            found.setdefault(frame, set()).add(fold(token.text))
    return found


def frames_by_start(context: Context) -> dict[int, str]:
    """The frame of each word of the original that has one, by where the word begins."""
    return {token.start: frame for pair in context.pairs for token, frame in frames_of(pair.original)}


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
    }
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


def _rows(uses: Mapping[str, Use]) -> dict[str, list[int | str]]:
    return {form: [use.documents, *use.names] for form, use in sorted(uses.items())}


def _read(rows: Mapping[str, list[Any]]) -> dict[str, Use]:
    return {str(form): Use(int(row[0]), tuple(map(str, row[1:]))) for form, row in rows.items()}


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
        frames = {str(frame): _read(rows) for frame, rows in data["frames"].items()}
        return Collection(texts, int(data["words"]), _read(data["forms"]), frames, digest)

    return read_learned(path, made, what=KIND, version=VERSION, most=LARGEST, refusal=_unreadable)
