"""Learning the language model: word, lemma and tag n-gram counts of Russian prose.

``learn`` reads plain or xz-packed UTF-8 files and writes one counts file. Tags are settled by a bigram model re-tagging
its own training text (hard EM, two rounds) from the shares of pymorphy3; everything is counted, nothing sampled, so
the same texts give the same file.
"""

from __future__ import annotations

import lzma
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import regex
from numpy.typing import NDArray

from collation.knowledge.letters import fold
from collation.knowledge.words import language_model as lm
from collation.knowledge.words import morphology
from collation.knowledge.words.count_tables import hash_columns, word_hash, write_tables

_PIECE = regex.compile(r"\p{L}+(?:-\p{L}+)*|\d+(?:[.,:]\d+)*|[,.!?…;:]|\f")
_RUN = 10
_HYPHEN = regex.compile(r"(?<=\p{Ll})-\s*\n\s*(?=\p{Ll})")


def units(text: str) -> Iterator[str]:
    """The units of the model in a text; sentences begin with START."""
    yield lm.START
    last = lm.START
    for match in _PIECE.finditer(_HYPHEN.sub("", text)):
        piece = match.group()
        if piece[0].isalpha():
            unit = fold(piece)
        elif piece[0].isdigit():
            unit = lm.NUMBER
        else:
            unit = "," if piece == "," else lm.START
        if unit == lm.START == last:
            continue
        yield unit
        last = unit


def read_prose(path: Path) -> str:
    """A text file, unpacked when its name ends in .xz."""
    data = path.read_bytes()
    return (lzma.decompress(data) if path.suffix == ".xz" else data).decode("utf-8", "replace")


def learn_language_model(
    paths: Iterable[Path], out: Path, *, description: str, exclude: frozenset[int] = frozenset()
) -> dict[str, object]:
    """Learn from the files and write the counts file; returns the facts of its header.

    ``exclude`` are hashes of word six-grams of texts that must not be learned: those one measures on, and those in which
    noise is planted for the judge to learn from. Stretches that read like them are left out (``without``).
    """
    sequence: list[str] = []
    skipped = 0
    for path in paths:
        for part in read_prose(path).split("\f"):
            found = list(units(part))
            kept = without_excluded(found, exclude) if exclude else found
            skipped += len(found) - len(kept)
            sequence.extend(kept)
    facts: dict[str, object] = {"words": len(sequence), "left_out": skipped, "description": description}
    vocabulary = list(dict.fromkeys(sequence))
    index = {word: i for i, word in enumerate(vocabulary)}
    ids = np.fromiter((index[w] for w in sequence), dtype=np.int64, count=len(sequence))
    hashes = np.array([word_hash(w) for w in vocabulary], dtype=np.uint64)
    tables = {
        "w1": _count([ids], hashes, least=1),
        "w2": _count([ids[:-1], ids[1:]], hashes, least=1),
        "w3": _count([ids[:-2], ids[1:-1], ids[2:]], hashes, least=2),
    }
    tag_ids, tag_names, lemma_ids, lemma_names = _settle_tags(ids, vocabulary)
    tag_hashes = np.array([word_hash(t) for t in tag_names], dtype=np.uint64)
    for n in (1, 2, 3):
        columns = [tag_ids[k : len(tag_ids) - (n - 1 - k)] for k in range(n)]
        tables[f"t{n}"] = _count(columns, tag_hashes, least=1)
    lemma_hashes = np.array([word_hash(w) for w in lemma_names], dtype=np.uint64)
    single = _count([lemma_ids], lemma_hashes, least=2)
    pairs = _count([lemma_ids[:-1], lemma_ids[1:]], lemma_hashes, least=3)
    tables["l2"] = (np.concatenate([single[0], pairs[0]]), np.concatenate([single[1], pairs[1]]))
    write_tables(out, tables, facts)
    return facts


def without_excluded(sequence: list[str], exclude: frozenset[int]) -> list[str]:
    """The units of a text but for stretches in which ten six-grams running are excluded ones: chance makes no such run."""
    words = [i for i, unit in enumerate(sequence) if unit not in {lm.START, ","}]
    shared = [h in exclude for h in six_grams(sequence)]
    left_out: set[int] = set()
    start = 0
    for at in range(len(shared) + 1):
        if at < len(shared) and shared[at]:
            continue
        if at - start >= _RUN:
            left_out.update(range(words[start], words[at + 4] + 1))
        start = at + 1
    return [unit for i, unit in enumerate(sequence) if i not in left_out]


def six_grams_of(paths: Iterable[Path]) -> frozenset[int]:
    """Hashes of all runs of six words in the files, for ``exclude``; they hold within one run of the program."""
    return frozenset(h for path in paths for h in six_grams(list(units(read_prose(path)))))


def six_grams(sequence: list[str]) -> Iterator[int]:
    """Hashes of all runs of six words, marks left out."""
    words = [w for w in sequence if w not in {lm.START, ","}]
    for i in range(len(words) - 5):
        yield hash(tuple(words[i : i + 6]))


def _count(
    columns: list[NDArray[np.int64]], hashes: NDArray[np.uint64], *, least: int
) -> tuple[NDArray[np.uint64], NDArray[np.float64]]:
    size = np.int64(len(hashes))
    code = columns[0].copy()
    for column in columns[1:]:
        code = code * size + column
    values, counts = np.unique(code, return_counts=True)
    keep = counts >= least
    values, counts = values[keep], counts[keep]
    parts = []
    for _ in columns:
        parts.append(hashes[(values % size).astype(np.int64)])
        values = values // size
    return hash_columns(parts[::-1]), counts.astype(np.float64)


def _settle_tags(
    ids: NDArray[np.int64], vocabulary: list[str]
) -> tuple[NDArray[np.int64], list[str], NDArray[np.int64], list[str]]:
    """One tag and one lemma for every unit of the text."""
    options: list[list[tuple[int, float, str]]] = []
    names: dict[str, int] = {}
    for word in vocabulary:
        listed = []
        for tag, share in lm.tags(word):
            listed.append((names.setdefault(tag, len(names)), math.log(share), tag))
        options.append(listed)
    weights = _first_counts(ids, options, len(names))
    chosen = np.zeros(len(ids), dtype=np.int64)
    for _ in range(2):
        single = np.log(weights.sum(axis=0) + 1.0)
        table = (
            np.log(weights + 0.1) - np.log(weights.sum(axis=1, keepdims=True) + 0.1 * len(names)) - single
        ).tolist()
        chosen = _viterbi(ids, options, table)
        weights = np.zeros((len(names), len(names)))
        np.add.at(weights, (chosen[:-1], chosen[1:]), 1.0)
    tag_names = list(names)
    lemma_names: dict[str, int] = {}
    lookup: dict[tuple[int, int], int] = {}
    lemma_ids = np.zeros(len(ids), dtype=np.int64)
    for position, (word_id, tag_id) in enumerate(zip(ids.tolist(), chosen.tolist(), strict=True)):
        key = (word_id, tag_id)
        found = lookup.get(key)
        if found is None:
            lemma = _lemma(vocabulary[word_id], tag_names[tag_id])
            found = lookup[key] = lemma_names.setdefault(lemma, len(lemma_names))
        lemma_ids[position] = found
    return chosen, tag_names, lemma_ids, list(lemma_names)


def _lemma(word: str, tag: str) -> str:
    if word in {lm.START, lm.NUMBER, ","}:
        return word
    for parse in morphology.parses(word):
        if lm.tag_of(parse.lemma, parse.pos, parse) == tag:
            return parse.lemma
    return word


def _first_counts(
    ids: NDArray[np.int64], options: list[list[tuple[int, float, str]]], size: int
) -> NDArray[np.float64]:
    """Bigram counts of tags, each pair of words sharing one count among its tags."""
    pairs = Counter(zip(ids[:-1].tolist(), ids[1:].tolist(), strict=True))
    weights = np.zeros((size, size))
    for (a, b), n in pairs.items():
        for s, p, _ in options[a]:
            for t, q, _ in options[b]:
                weights[s, t] += n * math.exp(p + q)
    return weights


def _viterbi(
    ids: NDArray[np.int64], options: list[list[tuple[int, float, str]]], table: list[list[float]]
) -> NDArray[np.int64]:
    """The best tag path, settled at every word that has one tag only."""
    chosen = np.zeros(len(ids), dtype=np.int64)
    scores: list[tuple[int, float]] = [(options[int(ids[0])][0][0], 0.0)]
    back: list[dict[int, int]] = []
    first = 0
    for position, word in enumerate(ids.tolist()):
        listed = options[word]
        step: dict[int, int] = {}
        following = []
        for tag, share, _ in listed:
            best, source = max((score + table[previous][tag], previous) for previous, score in scores)
            step[tag] = source
            following.append((tag, best + share))
        back.append(step)
        scores = following
        if len(listed) == 1:
            tag = listed[0][0]
            for k in range(position, first - 1, -1):
                chosen[k] = tag
                tag = back[k - first][tag]
            back, first = [], position + 1
            scores = [(listed[0][0], 0.0)]
    if back:
        tag = max(scores, key=lambda s: s[1])[0]
        for k in range(len(ids) - 1, first - 1, -1):
            chosen[k] = tag
            tag = back[k - first][tag]
    return chosen
