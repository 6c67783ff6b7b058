"""Which of the documents in the logs a file is.

A number of the archive is trusted. Any other name may be that of two documents (a file unit of an archive holds dozens)
and may change with the file, so the text decides: rulings are those of a file when they were made on this very text,
or under a name that could be its own on a text that has much in common with it. Two that clash get the digest of the
text as first seen behind the name, and the log remembers it with the first ruling. Nobody's name is a reason to leave
a file out: the worst that comes of a doubt is that a place is ruled twice.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from collation.decisions.history import History, words_ruled
from collation.errors import UnreadableInput
from collation.model import Source
from collation.reading import digest_of_document
from collation.reading.catalogue import read_header
from collation.reading.identity import MARK, heading_of, is_digest, is_number, reference_of, unit_of
from collation.reading.lines import split_lines
from collation.reading.part_files import Groups
from collation.system.files import read_regular

LEAST = 0.4
"""The share of word triples that two texts have in common, from which they are taken for two states of one document.

A text misread anew at 8 words in a hundred keeps .78, at 20 in a hundred .51; two letters of one hand share less than
.05, two forms filled in differently may share more and are then told apart only while both are looked at.
"""
_RUN = 3
_LARGEST = 50_000_000  # bytes: more than the longest document that is read
_WORD = re.compile(r"\w+")


@dataclass
class Identities:
    """The files of a run, and which names are taken by which texts."""

    digests: set[str] = field(default_factory=set)
    _taken: dict[str, str] = field(default_factory=dict)
    _labels: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    _indexes: dict[int, tuple[History, _Names]] = field(default_factory=dict, repr=False)

    def expect(self, paths: Iterable[Path], groups: Groups | None = None) -> None:
        """Files that stand for the documents of the run: a text that one of them has is of no other."""
        known = groups or Groups()
        for path in paths:
            with suppress(OSError, UnreadableInput):
                files = known.of(path)
                data = [read_regular(part.path, most=_LARGEST) for part in files.parts]
                self.digests.add(digest_of_document(files, data))

    def identify(self, source: Source, history: History) -> Source:
        """The source under the name by which the logs know it, else under one that no other text has."""
        if source.label not in self._labels[source.digest]:
            self._labels[source.digest].append(source.label)
        own, strange = self._rulings_on(source, history)
        name = self._name(source, own, bool(strange & set(history.documents.get(source.id, ()))))
        self._taken.setdefault(name, source.digest)
        return replace(source, id=name, former=tuple(sorted(own - {name})), strange=tuple(sorted(strange)))

    def copies(self) -> list[str]:
        """A sentence on the files that hold the same text as others; several of them are summed up."""
        groups = [labels for labels in self._labels.values() if len(labels) > 1]
        if len(groups) == 1 and len(groups[0]) == 2:
            one, other = groups[0]
            return [f"{other}: this is the same text as {one}; both were examined, and rulings on one hold for both"]
        if not groups:
            return []
        count, (one, other, *_) = sum(len(labels) - 1 for labels in groups), groups[0]
        such = f"{other} of {one}"
        return [
            f"{count} files are copies of others, such as {such}; all were examined, and rulings on one hold for its copies"
        ]

    def _name(self, source: Source, own: Collection[str], shared: bool) -> str:
        """The name for a source: as the log has it, else its own, with the digest where another text has that."""
        marked = sorted(name for name in own if MARK in name)
        unnamed = sorted(name for name in own if is_digest(name)) if is_digest(source.id) else []
        if marked or unnamed:
            return (marked or unnamed)[0]
        taken = self._taken.get(source.id, source.digest) != source.digest
        return f"{source.id}{MARK}{source.digest[:16]}" if shared or taken else source.id

    def _rulings_on(self, source: Source, history: History) -> tuple[set[str], set[str]]:
        """The names under which this document was ruled on, and the texts among them that are of others."""
        same_text = history.by_digest.get(source.digest, ())
        own = {name for name in same_text if not is_number(name) or reference_of(name) == reference_of(source.id)}
        strange: set[str] = set()
        index = self._index_of(history)
        for name in sorted(index.could_be(source)):
            texts = history.documents[name]
            mine = {digest for digest in texts if self._is_of(source, name, digest, history)}
            if mine or (name in own and MARK in name):
                own.add(name)
            strange |= set(texts) - mine - {source.digest} if MARK not in name else set()
        if not own:
            own |= set(index.unnamed_like(source, history, self.digests))
        return own, strange

    def _index_of(self, history: History) -> _Names:
        if id(history) not in self._indexes:
            self._indexes[id(history)] = history, _index(history.documents)
        return self._indexes[id(history)][1]

    def _is_of(self, source: Source, name: str, digest: str, history: History) -> bool:
        if digest == source.digest or digest in self.digests:
            return digest == source.digest
        if is_number(source.id) and name == source.id and self._taken.get(name, source.digest) == source.digest:
            return True
        return share_in_common(source.text, _text(history, name, digest)) >= LEAST


@dataclass(frozen=True)
class _Names:
    """The names in the logs by their parts, and the runs of words of those that have no name."""

    by_unit: Mapping[str, tuple[str, ...]]
    by_heading: Mapping[str, tuple[str, ...]]
    unnamed: tuple[str, ...]
    runs: dict[int, list[str]] = field(default_factory=dict)

    def could_be(self, source: Source) -> set[str]:
        """The names that the document may have had."""
        if is_digest(source.id):
            return {source.id} & set(self.unnamed)
        found = set(self.by_unit.get(unit_of(source.id), ()))
        heading = heading_of(source.id)
        return found | set(self.by_heading.get(heading, ()) if heading else ())

    def unnamed_like(self, source: Source, history: History, elsewhere: Collection[str]) -> list[str]:
        """The document without a name that has most in common with a source, if it has enough."""
        free = [name for name in self.unnamed if not set(history.documents[name]) & set(elsewhere)]
        if not free:
            return []
        if not self.runs:
            for name in self.unnamed:
                for digest in history.documents[name]:
                    for run in _runs(_text(history, name, digest)):
                        self.runs.setdefault(run, []).append(name)
        shared = Counter(name for run in _runs(source.text) for name in set(self.runs.get(run, ())) if name in free)
        best = max(shared, key=lambda name: (shared[name], name), default=None)
        if best is None:
            return []
        alike = max(share_in_common(source.text, _text(history, best, digest)) for digest in history.documents[best])
        return [best] if alike >= LEAST else []


def _index(names: Iterable[str]) -> _Names:
    by_unit: dict[str, list[str]] = defaultdict(list)
    by_heading: dict[str, list[str]] = defaultdict(list)
    for name in sorted(names):
        by_unit[unit_of(name)].append(name)
        by_heading[heading_of(name)].append(name)
    return _Names(_fixed(by_unit), _fixed(by_heading), tuple(sorted(filter(is_digest, names))))


def _fixed(parts: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {part: tuple(names) for part, names in parts.items()}


def share_in_common(text: str, other: str) -> float:
    """How much of the shorter of two texts is in the other, catalogue left out: the share of word triples, 0 to 1."""
    one, two = _runs(text), _runs(other)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0


@lru_cache(maxsize=64)
def _runs(text: str) -> frozenset[int]:
    body = text[read_header(text, split_lines(text)).body :]
    words = _WORD.findall(body.casefold())
    return frozenset(hash(tuple(words[i : i + _RUN])) for i in range(max(1, len(words) - _RUN + 1)))


def _text(history: History, name: str, digest: str) -> str:
    """The text that was ruled on, else what its rulings say of it."""
    kept = history.kept(digest)
    return words_ruled(history.documents[name][digest]) if kept is None else kept
