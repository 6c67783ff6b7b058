"""What the other documents of a collection say of a doubted word: it is at home there, or its reading is.

A name of the collection is in no dictionary, yet in forty of its documents; a misread one is in this document alone while the
right one is everywhere. For a form and its reading the documents that have them are set against how many one would expect: from
how usual the form is at all, and, for the form, from how often a scanner would misread the other so. The log of the two, with half a
document added to each (Gart and Zweifel 1967), moves the log-odds of the doubt: against it by the whole, for it by half, since a
reading is one of several. Only rare words are asked about, for usual ones are everywhere. The counts are a file that a command
makes (``collation learn --collection``); a document that is among those counted does not witness for itself.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from collation.errors import Message
from collation.evidence.context import Context
from collation.judge.learned_files import read_learned, refused
from collation.judge.recalibration import shifted
from collation.knowledge.letters import fold
from collation.knowledge.words import wordlist
from collation.model import Feature
from collation.model.doubt import Proposal, WeighedDoubt
from collation.model.rule import Rules
from collation.system.digest import file_digest

LARGEST = 500_000_000  # bytes of the file
KIND, VERSION = "collation collection", 1
NAMED = 3  # documents that are named for a form
RARE = 3.5  # Zipf frequency from which on a word is usual and its documents say nothing
SHORTEST = 4  # letters of a form that is counted
_MISREAD = 0.02  # the share of the documents with a word in which it is misread in one and the same way
_HALF = 0.5  # of a document, added to each count
_FOR = 0.5  # weight of what speaks for a doubt
_MOST_AGAINST, _MOST_FOR = 4.0, 1.5  # log-odds
_SAID = 0.4  # log-odds that are given as a reason


@dataclass(frozen=True, slots=True)
class Use:
    """In how many documents a form is, and the names of the first of them."""

    documents: int
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Collection:
    """The rare words of a collection: the names of its documents by the digests of their texts, its Russian words in all, and
    the use of each form.
    """

    texts: Mapping[str, str] = field(default_factory=dict)
    words: int = 0
    forms: Mapping[str, Use] = field(default_factory=dict)
    digest: str = ""

    def others(self, form: str, context: Context) -> Use:
        """The documents that have a form, without the one that is examined."""
        use = self.forms.get(form)
        if use is None:
            return Use(0, ())
        own = self.texts.get(context.document.source.digest)
        if own is None or not context.forms[form]:
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
    for own in collections:
        if own.texts.keys() & texts.keys():
            continue
        texts |= own.texts
        words += own.words
        for form, use in own.forms.items():
            known = forms.get(form)
            forms[form] = use if known is None else _together(known, use)
    return Collection(texts, words, forms)


def _together(one: Use, other: Use) -> Use:
    return Use(one.documents + other.documents, tuple(sorted({*one.names, *other.names})[:NAMED]))


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
        "forms": {form: [use.documents, *use.names] for form, use in sorted(collection.forms.items())},
    }
    return json.dumps(data, ensure_ascii=False, indent=0) + "\n"


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
        forms = {str(form): Use(int(row[0]), tuple(map(str, row[1:]))) for form, row in data["forms"].items()}
        texts = {str(text): str(name) for text, name in data["texts"].items()}
        return Collection(texts, int(data["words"]), forms, digest)

    return read_learned(path, made, what=KIND, version=VERSION, most=LARGEST, refusal=_unreadable)


def among_others(
    context: Context, verdicts: Iterable[WeighedDoubt], collection: Collection | None, rules: Rules
) -> Iterator[WeighedDoubt]:
    """The verdicts with what the other documents say of their words."""
    for verdict in verdicts:
        yield _among(context, verdict, collection, rules) if collection is not None else verdict


def _among(context: Context, verdict: WeighedDoubt, collection: Collection, rules: Rules) -> WeighedDoubt:
    if verdict.doubt.side != "original" or not verdict.readings:
        return verdict
    best = verdict.readings[0].proposal
    if not any(rules[code].about_word or rules[code].harm == "name" for code in best.codes):
        return verdict
    reasons = list(_reasons(context, best, collection))
    shift = sum(reason.value for reason in reasons)
    if not shift:
        return verdict
    return replace(
        verdict,
        probability=shifted(verdict.probability, shift),
        backed=shifted(verdict.backed, shift) if verdict.backed else 0.0,
        collection=shift,
        lessons=(*verdict.lessons, *(reason for reason in reasons if abs(reason.value) >= _SAID)),
    )


def _reasons(context: Context, best: Proposal, collection: Collection) -> Iterator[Feature]:
    """What speaks against a doubt, or for it; the value is the shift of log-odds."""
    edit = best.edits[0]
    word, reading = fold(" ".join(edit.place.of(context.text).split())), fold(edit.text)
    if set(context.language.lemmas(word)) & set(context.language.lemmas(reading)):
        return  # two forms of one word: which of them is at home here, other documents do not say
    own, right = collection.others(word, context), collection.others(reading, context)
    if is_counted(word):
        surprise = _surprise(own.documents, collection.expected(word) + _MISREAD * right.documents)
        if surprise > 0:
            yield _reason("collection_has", -min(_MOST_AGAINST, surprise), "in-collection", word, own)
            return
    if is_counted(reading):
        surprise = _FOR * _surprise(right.documents, collection.expected(reading))
        if surprise > 0:
            yield _reason("collection_reads", min(_MOST_FOR, surprise), "reading-in-collection", edit.text, right)


def _surprise(seen: int, expected: float) -> float:
    return math.log((seen + _HALF) / (expected + _HALF))


def _reason(name: str, value: float, says: str, word: str, use: Use) -> Feature:
    values = (("word", word), ("count", str(use.documents)), ("names", ", ".join(use.names)))
    return Feature(name, value, (), "collection", says, values, against=value < 0)
