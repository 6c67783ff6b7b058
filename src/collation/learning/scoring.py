"""Scores predictions against exact gold: detection, correction, false flags, by track and kind.

The rules are those of the measuring set (``score.py`` beside it; a test holds the two equal): a flag hits a gold item
when the spans overlap, or overlap the same value on the other side; lacunae and empty spans also when they touch; a flag
over 80 characters and three times the gold hits nothing; optional items are ignored; a candidate is right when putting
it in its place gives the gold's local text, whitespace folded, line-end hyphens joined, ё as е. Rulings play no part:
what is scored is the apparatus.
"""

from __future__ import annotations

import json
import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import product
from pathlib import Path
from typing import Any

from collation.errors import CollationError, Message
from collation.learning.reliability import reliability
from collation.model import Entry

Gold = dict[str, Any]
Prediction = dict[str, Any]
_LONG = 80
_NEEDED = ("doc", "start", "end", "corr", "kind", "must")


@dataclass(slots=True, repr=False)
class Score:
    """What was counted over a set. ``found`` maps the index of a gold item to (how, rank of the right candidate);
    ``rule_kinds`` counts the items found by rule and kind, each for the surest flag.
    """

    gold: list[Gold]
    words: dict[str, int]
    hits: int = 0
    false: int = 0
    hits_by_document: Counter[str] = field(default_factory=Counter)
    false_by_document: Counter[str] = field(default_factory=Counter)
    found: dict[int, tuple[str, int]] = field(default_factory=dict)
    outcomes: list[tuple[float, bool]] = field(default_factory=list)
    ranked: list[tuple[float, bool]] = field(default_factory=list)
    blame: list[bool] = field(default_factory=list)
    hit_rules: Counter[str] = field(default_factory=Counter)
    rule_documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    rule_kinds: Counter[tuple[str, str]] = field(default_factory=Counter)
    false_rules: Counter[str] = field(default_factory=Counter)

    @property
    def must(self) -> list[Gold]:
        return [g for g in self.gold if g["must"]]

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 0.0

    @property
    def recall(self) -> float:
        return len(self.found) / len(self.must) if self.must else 0.0

    @property
    def f1(self) -> float:
        p, r = self.precision, self.recall
        return 2 * p * r / (p + r) if p + r else 0.0

    @property
    def calibration_error(self) -> float:
        """How far the probabilities are from the shares that were right, on average."""
        return reliability(self.outcomes)[0]

    def counts(self) -> dict[str, tuple[int, int, int, int]]:
        """For each document: flags that hit, flags that hit nothing, items found, items that must be found."""
        must = Counter(g["doc"] for g in self.must)
        found = Counter(self.gold[i]["doc"] for i in self.found)
        return {d: (self.hits_by_document[d], self.false_by_document[d], found[d], must[d]) for d in self.words}

    def __repr__(self) -> str:
        counted = f"{len(self.found)} of {len(self.must)} found, {self.false} false flags"
        figures = f"precision {self.precision:.2f}, recall {self.recall:.2f}, F1 {self.f1:.2f}"
        return f"<{counted}; {figures}, calibration error {self.calibration_error:.2f}>"

    def first_right(self, ranks: int = 1) -> tuple[float, float]:
        """The share with a right reading among the first ``ranks``: of those found on their own side, and of all."""
        scored = [g for g in self.must if not g.get("noscore_corr")]
        own = [g for g in scored if self.found.get(g["_i"], ("", 0))[0] == "span"]
        right = sum(1 for g in own if 0 < self.found[g["_i"]][1] <= ranks)
        return (right / len(own) if own else 0.0), (right / len(scored) if scored else 0.0)

    def false_per_thousand(self, track: str = "") -> float:
        """False flags per 1,000 Russian words, of one track or of all."""
        words = sum(n for d, n in self.words.items() if d.startswith(track))
        false = sum(n for d, n in self.false_by_document.items() if d.startswith(track))
        return 1000 * false / words if words else 0.0

    def table(self, key: str) -> dict[str, tuple[int, int, int]]:
        """By the value of a gold field: items, found, first candidate right."""
        rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        for g in self.must:
            row = rows[str(g.get(key, ""))]
            row[0] += 1
            if g["_i"] in self.found:
                row[1] += 1
                row[2] += self.found[g["_i"]][1] == 1
        return {k: (v[0], v[1], v[2]) for k, v in sorted(rows.items())}


def noticed(gold: list[Gold], predictions: list[Prediction], texts: dict[str, str]) -> dict[str, tuple[int, int, int]]:
    """Of the gold items that need not be found, by side and kind: how many there are, how many an emendation touches, and
    how many anything does: the true faults of published texts."""
    rows: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    by_document: dict[str, list[Prediction]] = defaultdict(list)
    for p in predictions:
        by_document[p["doc"]].append(p)
    for g in gold:
        if g["must"] or g["doc"] not in texts:
            continue
        tiers = {p["tier"] for p in by_document[g["doc"]] if hit(p, g, texts[g["doc"]])}
        row = rows[f"{g.get('side', '')} {g['kind']}"]
        row[0] += 1
        row[1] += "emend" in tiers
        row[2] += bool(tiers)
    return {key: (row[0], row[1], row[2]) for key, row in sorted(rows.items())}


def read_gold(path: Path) -> list[Gold]:
    """The gold items of a file, numbered. Raises CollationError, with path and line, for what is no gold item."""
    items: list[Gold] = []
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            items.append({**_gold(line, path, number), "_i": len(items)})
    return items


def _gold(line: str, path: Path, number: int) -> Gold:
    try:
        item = json.loads(line)
        return {**item, **{key: item[key] for key in _NEEDED}}
    except (ValueError, TypeError, KeyError) as error:
        raise CollationError(Message("not-gold", reason=error), path=path, line=number) from error


def gain(one: Score, other: Score, *, draws: int = 2000, seed: int = 1) -> tuple[float, float, float]:
    """By how much the F1 of ``one`` exceeds that of ``other`` on the same documents, with a 95 % interval: the paired
    bootstrap over documents of Efron and Tibshirani (1993), seeded.
    """
    chance = random.Random(seed)
    first, second = one.counts(), other.counts()
    names = sorted(first)
    drawn = []
    for _ in range(draws):
        sample = chance.choices(names, k=len(names))
        drawn.append(_f1([first[n] for n in sample]) - _f1([second[n] for n in sample]))
    drawn.sort()
    return one.f1 - other.f1, drawn[int(0.025 * draws)], drawn[int(0.975 * draws) - 1]


def _f1(counts: list[tuple[int, int, int, int]]) -> float:
    hits, false, found, must = (sum(column) for column in zip(*counts, strict=True))
    precision = hits / (hits + false) if hits + false else 0.0
    recall = found / must if must else 0.0
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def read_word_counts(path: Path) -> dict[str, int]:
    """Document name to number of Russian words."""
    lines = path.read_text(encoding="utf-8").splitlines()
    head = lines[0].split("\t")
    name, words = head.index("doc"), head.index("ru_words")
    return {row.split("\t")[name]: int(row.split("\t")[words]) for row in lines[1:] if row.strip()}


def prediction(name: str, text: str, entry: Entry) -> Prediction:
    """An entry in the scorer's form, with tier, suspected side, code and shares; a reading that edits elsewhere widens
    the span.
    """
    spots = [entry.place, *(e.place for r in entry.readings for e in r.edits)]
    start, stop = min(p.start for p in spots), max(p.stop for p in spots)
    candidates = []
    for reading in entry.readings:
        position, parts = start, []
        for edit in sorted(reading.edits, key=lambda e: e.place.start):
            parts += [text[position : edit.place.start], edit.text]
            position = edit.place.stop
        candidates.append("".join(parts) + text[position:stop])
    return {
        "doc": name,
        "start": start,
        "end": stop,
        "candidates": candidates,
        "confidence": entry.probability,
        "kind": entry.family,
        "side": "ru" if entry.side == "original" else "en",
        "tier": entry.tier,
        "suspected": entry.side,
        "code": entry.code,
        "shares": [r.probability for r in entry.readings],
    }


def score_predictions(
    gold: list[Gold], predictions: list[Prediction], texts: dict[str, str], words: dict[str, int]
) -> Score:
    """The score of predictions ({"doc", "start", "end", "candidates", "confidence"}) over the documents of ``words``."""
    result = Score(gold, words)
    by_document: dict[str, list[Gold]] = defaultdict(list)
    for item in gold:
        by_document[item["doc"]].append(item)
    seen: set[tuple[str, int, int]] = set()
    for p in sorted(predictions, key=lambda p: -float(p.get("confidence", 1))):
        if p["doc"] not in words or (p["doc"], p["start"], p["end"]) in seen:
            continue
        seen.add((p["doc"], p["start"], p["end"]))
        _count(result, p, by_document[p["doc"]], texts[p["doc"]])
    return result


def _count(result: Score, p: Prediction, items: list[Gold], text: str) -> None:
    touched = [(how, g) for g in items if (how := hit(p, g, text))]
    confidence = float(p.get("confidence", 1))
    if not touched:
        result.false += 1
        result.false_by_document[p["doc"]] += 1
        result.false_rules[p.get("code", "")] += 1
        result.outcomes.append((confidence, False))
        return
    required = [(how, g) for how, g in touched if g["must"]]
    if not required:
        return
    if any(g["_i"] not in result.found for _, g in required):
        result.hits += 1
        result.hits_by_document[p["doc"]] += 1
        result.outcomes.append((confidence, True))
        result.hit_rules[p.get("code", "")] += 1
        result.rule_documents[p.get("code", "")].add(p["doc"])
    near = [g for how, g in touched if how == "span"]
    for how, g in required:
        if g["_i"] in result.found:
            continue
        candidates = p.get("candidates", [])[:5] if how == "span" else []
        rank = next((k for k, c in enumerate(candidates, 1) if _right(text, p, c, near, g)), 0)
        result.found[g["_i"]] = (how, rank)
        result.rule_kinds[p.get("code", ""), g["kind"]] += 1
        if how == "span" and candidates and "shares" in p and not g.get("noscore_corr"):
            result.ranked.append((float(p["shares"][0]), rank == 1))
        if g.get("alt"):
            result.blame.append(how == "span")


def hit(p: Prediction, g: Gold, text: str) -> str:
    """How a prediction touches a gold item: its "span", the same value on the other side ("alt"), or "" for not at all."""
    length = p["end"] - p["start"]
    if length > _LONG and length > 3 * (g["end"] - g["start"]):
        return ""
    if _touches(p["start"], p["end"], g, text):
        return "span"
    other = g.get("alt")
    return "alt" if other and p["start"] < other["end"] and other["start"] < p["end"] else ""


def _touches(start: int, stop: int, g: Gold, text: str) -> bool:
    a, b = g["start"], g["end"]
    if start < b and a < stop:
        return True
    if a == b or start == stop or g["kind"] == "lacuna":
        gap = text[stop:a] if stop <= a else text[b:start]
        return len(gap.split()) <= 1 and len(gap) <= 24
    return False


def _norm(text: str) -> str:
    joined = re.sub(r"(?<=[А-Яа-яЁё])-[ \t]*\n\s*(?=[А-Яа-яЁё])", "", text)
    return re.sub(r"\s+", " ", joined).replace("ё", "е").replace("Ё", "Е").strip()


def _right(text: str, p: Prediction, candidate: str, near: list[Gold], wanted: Gold) -> bool:
    low = min([p["start"], *(g["start"] for g in near)])
    high = max([p["end"], *(g["end"] for g in near)])
    while low > 0 and not text[low - 1].isspace():
        low -= 1
    while high < len(text) and not text[high].isspace():
        high += 1
    got = _norm(text[low : p["start"]] + candidate + text[p["end"] : high])
    options = []
    for g in near:
        choices = [(g["start"], g["end"], c) for c in g["corr"]]
        if g is not wanted:
            choices.append((g["start"], g["end"], text[g["start"] : g["end"]]))
        options.append(choices)
    for chosen in product(*options):
        position, parts = low, []
        for a, b, c in sorted(chosen):
            parts += [text[position:a], c]
            position = b
        if _norm("".join(parts) + text[position:high]) == got:
            return True
    return False
