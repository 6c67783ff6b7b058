"""The baseline: findings that were there when a project began to be checked, and that do not count yet.

A file for people and for git: one finding a line, sorted, without times, line numbers or counts, so that two
branches that change different documents merge. A finding is known when its words are in the very
surroundings written down, or when ``relocate`` finds them for certain; in doubt it counts. The same words
elsewhere are a new finding, and one that was mended does not make up for one that came. A damaged file stops
the check.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from collation.decisions.relocate import Found, anchor_at, bare_anchor, relocate
from collation.decisions.ruling import SIDES, Anchor, Change
from collation.decisions.strict_json import parse
from collation.errors import BadRuling, BadSettings, Message
from collation.model import Entry, Source
from collation.model.hypothesis import Side

FORMAT = "collation-baseline"
VERSION = 1
_TEXTS = ("document", "file", "code", "side", "exact", "before", "after")


@dataclass(frozen=True, slots=True)
class BaselineFinding:
    """A finding of the baseline. ``document`` is its id, ``file`` its path when it was written: either will
    do, and the findings of a copy are those of its file.
    """

    document: str
    file: str
    code: str
    side: Side
    anchor: Anchor

    def is_of(self, source: Source) -> bool:
        return self.file == source.label or source.is_named(self.document)

    @property
    def order(self) -> tuple[str, ...]:
        return (self.file, self.document, self.code, self.side, *self.anchor.words)


def known_of(source: Source, entry: Entry) -> BaselineFinding:
    """An entry as the baseline writes it down."""
    return BaselineFinding(source.id, source.label, entry.code, entry.side, anchor_at(source.text, entry.place))


def write_baseline(items: Iterable[BaselineFinding]) -> str:
    """The file."""
    lines = [json.dumps(_record(item), ensure_ascii=False) for item in sorted(items, key=lambda i: i.order)]
    body = ",\n".join("  " + line for line in lines)
    return f'{{\n "format": "{FORMAT}",\n "version": {VERSION},\n "findings": [\n{body}\n ]\n}}\n'


def _record(item: BaselineFinding) -> dict[str, Any]:
    a = item.anchor
    values = (item.document, item.file, item.code, item.side, a.exact, a.before, a.after)
    return {**dict(zip(_TEXTS, values, strict=True)), "rival": a.rival, "gaps": [list(gap) for gap in a.gaps]}


def read_baseline(text: str, *, path: str | None = None) -> tuple[BaselineFinding, ...]:
    """The findings of a file. Raises BadSettings when it is no baseline, or one of a later version."""
    try:
        data = parse(text)
        if data["format"] != FORMAT or data["version"] != VERSION:
            raise ValueError(f"version {data['version']} of {data['format']}")
        return tuple(_known(record) for record in data["findings"])
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, RecursionError, BadRuling) as error:
        raise BadSettings(Message("not-a-baseline", reason=error), path=path) from error


def _known(record: dict[str, Any]) -> BaselineFinding:
    texts = {name: record[name] for name in _TEXTS}
    if not all(isinstance(value, str) for value in texts.values()) or texts["side"] not in SIDES:
        raise ValueError("a finding lacks its words")
    gaps = tuple((int(at), str(gap)) for at, gap in record["gaps"])
    anchor = Anchor(texts["exact"], texts["before"], texts["after"], 0, float(record["rival"]), gaps)
    return BaselineFinding(texts["document"], texts["file"], texts["code"], texts["side"], anchor)


class FindingsByDocument:
    """The findings of a baseline by their files and by the ids of their documents, so that each document looks at its own only."""

    def __init__(self, items: Iterable[BaselineFinding]) -> None:
        self._items = tuple(items)
        self._of: dict[tuple[str, str], list[int]] = {}
        for number, item in enumerate(self._items):
            for key in (("file", item.file), ("document", item.document)):
                self._of.setdefault(key, []).append(number)

    def of(self, source: Source) -> tuple[BaselineFinding, ...]:
        """The findings of a document, in the order of the baseline."""
        keys = [("file", source.label), *(("document", name) for name in (source.id, *source.former))]
        numbers = sorted({number for key in keys for number in self._of.get(key, ())})
        return tuple(self._items[number] for number in numbers)


def placed_findings(
    items: Sequence[BaselineFinding], source: Source, entries: Sequence[Entry], changes: tuple[Change, ...] = ()
) -> tuple[dict[str, BaselineFinding], tuple[BaselineFinding, ...]]:
    """Which entries of a document the baseline knows, by id; and which of its findings are no longer there.

    ``changes`` are those of the rulings: a neighbour that was mended does not make a finding a new one.
    """
    own = sorted((item for item in items if item.is_of(source)), key=lambda item: item.file != source.label)
    if not own:
        return {}, ()
    open_entries = {e.id: e for e in entries}
    words = {e.id: bare_anchor(source.text, e.place).words for e in entries}
    found: dict[str, BaselineFinding] = {}
    rest: list[BaselineFinding] = []
    for item in own:
        same = (
            i for i, e in open_entries.items() if i not in found and _alike(item, e) and words[i] == item.anchor.words
        )
        _take(item, next(same, None), found, rest)
    stale: list[BaselineFinding] = []
    for item in rest:
        location = relocate(item.anchor, source.text, masked=changes)
        place = location.place if isinstance(location, Found) else None
        there = [i for i, e in open_entries.items() if _alike(item, e) and e.place == place]
        if not any(i in found and found[i].file != item.file for i in there):  # else it is that of a copy
            _take(item, next((i for i in there if i not in found), None), found, stale)
    return found, tuple(stale)


def _take(
    item: BaselineFinding, name: str | None, found: dict[str, BaselineFinding], rest: list[BaselineFinding]
) -> None:
    if name is None:
        rest.append(item)
    else:
        found[name] = item


def _alike(item: BaselineFinding, entry: Entry) -> bool:
    """The same side and family: which rule of a family speaks of a place may change with the weights."""
    return item.side == entry.side and item.code.rstrip("0123456789") == entry.family


def prune(items: Iterable[BaselineFinding], stale: Iterable[BaselineFinding]) -> tuple[BaselineFinding, ...]:
    """The baseline without what is no longer there. It never adds."""
    gone = Counter(stale)
    kept = []
    for item in items:
        if gone[item]:
            gone[item] -= 1
        else:
            kept.append(item)
    return tuple(kept)
