"""What a project's rulings taught: how much more or less likely its doubts are true than the judge thought.

The judge is trained on other texts than those of a project. What editors accepted and rejected there says where its
probabilities are off: for a rule, for a rule at one certainty, for a confusion of letters and for a word. Each has a shift of
log-odds, fitted from the coarse to the fine, each with those before it as a given, and drawn to nothing by a normal prior, so that
few rulings move little (a Bayesian intercept of a logistic regression, Gelman and Hill 2007, ch. 12). A rule is
only ever believed less: where it was right much is damaged, and that says nothing of its doubts in sound documents. Nothing else is
learned, and nothing is shown that was silent: a doubt below the tier of queries stays there. The shifts are a file that a command makes
(``collation learn --rulings``); an apparatus changes when it is made anew, and not with every ruling.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from collation.errors import Message
from collation.judge.log_odds import log_odds, moved, probability_of
from collation.knowledge.learned_files import read_learned, refused
from collation.knowledge.letters import fold
from collation.model import Feature
from collation.model.doubt import WeighedDoubt
from collation.system.digest import file_digest

LARGEST = 100_000_000  # bytes of the file
KIND, VERSION = "collation recalibration", 1
CERTAINTIES = 5  # how many steps of certainty a rule is looked at in
SPREAD = {
    "rule": 0.7,
    "certainty": 0.5,
    "letters": 0.7,
    "word": 2.0,
}  # deviation of a shift before any ruling, by level
_SAYS = {
    "rule": "ruled-rule", "certainty": "ruled-certainty", "letters": "ruled-letters", "word": "ruled-word",
}  # fmt: skip
_LOWERING = ("rule", "certainty")  # what a rule got right in damaged documents says nothing of its doubts in sound ones
_MOST_EDITS, _MOST_LETTERS = 2, 2  # changes that make a confusion, and letters of each
_SAID = 0.4  # log-odds that are given as a reason
_FAR = 8.0  # no shift is larger


@dataclass(frozen=True, slots=True)
class Case:
    """One ruling on an entry: what the judge had said of it, and whether the editor found something wrong there."""

    code: str
    probability: float
    lemma: str
    reading: str
    accepted: bool


@dataclass(frozen=True, slots=True)
class Lesson:
    """What was ruled on doubts of one kind: how many, how many of them accepted, and the shift that this gives."""

    ruled: int
    accepted: int
    shift: float


@dataclass(frozen=True, slots=True)
class Recalibration:
    """The lessons of a project by what they are about (``about``), and of how many rulings they are."""

    rulings: int = 0
    lessons: Mapping[str, Lesson] = field(default_factory=dict)
    digest: str = ""

    def lessons_on(self, code: str, probability: float, lemma: str, reading: str) -> Iterator[tuple[str, str, Lesson]]:
        """What was learned of the kinds that a doubt belongs to, the coarsest first, each with its level and name."""
        for level, name in about(code, probability, lemma, reading):
            lesson = self.lessons.get(f"{level}:{name}")
            if lesson is not None:
                yield level, name, lesson

    def moved(self, code: str, probability: float, lemma: str, reading: str) -> float:
        """The probability of a doubt with everything that was learned."""
        shift = sum(lesson.shift for _, _, lesson in self.lessons_on(code, probability, lemma, reading))
        return probability_of(log_odds(probability) + shift)


def about(code: str, probability: float, lemma: str, reading: str) -> Iterator[tuple[str, str]]:
    """The kinds that a doubt belongs to, the coarsest first: its rule, that at its certainty, its letters, its word."""
    yield "rule", code
    yield "certainty", f"{code} {min(CERTAINTIES - 1, int(probability * CERTAINTIES))}"
    word, other = fold(lemma), fold(reading)
    if word.split() != [word]:
        return
    if other and other != word:
        edits = [step for step in Levenshtein.opcodes(word, other) if step.tag != "equal"]
        changes = [(word[s.src_start : s.src_end], other[s.dest_start : s.dest_end]) for s in edits]
        if len(changes) <= _MOST_EDITS and all(max(map(len, change)) <= _MOST_LETTERS for change in changes):
            for old, new in changes:
                yield "letters", f"{old or '∅'}→{new or '∅'}"
    yield "word", word


def learned(cases: Iterable[Case]) -> Recalibration:
    """The lessons of some rulings. The order in which they come does not matter.

    A word that was ruled often, one way, is one lesson for its rule and its letters: else forty rejections of one name would
    discredit the rule.
    """
    listed = sorted(cases, key=lambda c: (c.code, c.lemma, c.reading, c.probability, c.accepted))
    kinds = [dict.fromkeys(about(c.code, c.probability, c.lemma, c.reading)) for c in listed]
    odds = [log_odds(c.probability) for c in listed]
    lessons: dict[str, Lesson] = {}
    for level, spread in SPREAD.items():
        groups: dict[str, list[int]] = {}
        for number, own in enumerate(kinds):
            for kind, name in own:
                if kind == level:
                    groups.setdefault(name, []).append(number)
        for name, found in groups.items():
            numbers = found if level == "word" else _one_a_word(listed, found)
            accepted = sum(listed[n].accepted for n in numbers)
            shift = fitted([odds[n] for n in numbers], accepted, spread)
            if level in _LOWERING:
                shift = min(0.0, shift)
            lessons[f"{level}:{name}"] = Lesson(len(numbers), accepted, shift)
        odds = [
            own + sum(lessons[f"{kind}:{name}"].shift for kind, name in kinds[number] if kind == level)
            for number, own in enumerate(odds)
        ]
    return Recalibration(len(listed), dict(sorted(lessons.items())))


def _one_a_word(cases: list[Case], numbers: list[int]) -> list[int]:
    """The first of the cases that say the same of one word."""
    return list({(fold(cases[n].lemma), cases[n].accepted): n for n in reversed(numbers)}.values())


def fitted(odds: list[float], accepted: int, spread: float) -> float:
    """The likeliest shift of some log-odds of which so many were true, with a normal prior around 0 of this deviation."""
    low, high = -_FAR, _FAR
    for _ in range(60):
        shift = (low + high) / 2
        slope = accepted - sum(1.0 / (1.0 + math.exp(-own - shift)) for own in odds) - shift / spread**2
        low, high = (shift, high) if slope > 0 else (low, shift)
    return round((low + high) / 2, 4)


def written(recalibration: Recalibration) -> str:
    """The lessons as the text of a file."""
    lessons = {name: asdict(lesson) for name, lesson in recalibration.lessons.items()}
    data = {"what": KIND, "version": VERSION, "rulings": recalibration.rulings, "lessons": lessons}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _unreadable(reason: object) -> Message:
    return Message("recalibration-unreadable", reason=reason)


def load_recalibration(path: Path | None) -> Recalibration | None:
    """The lessons in a file, None for no file. Raises DamagedDictionary when it is no such file."""
    if path is None:
        return None
    try:
        return _loaded(path, file_digest(path))
    except OSError as error:
        raise refused(path, error, _unreadable) from error


@lru_cache(maxsize=4)
def _loaded(path: Path, digest: str) -> Recalibration:
    def made(data: Any) -> Recalibration:
        lessons = {str(name): _lesson(own) for name, own in data["lessons"].items()}
        return Recalibration(int(data["rulings"]), lessons, digest)

    return read_learned(path, made, what=KIND, version=VERSION, most=LARGEST, refusal=_unreadable)


def _lesson(data: Mapping[str, Any]) -> Lesson:
    ruled, accepted, shift = int(data["ruled"]), int(data["accepted"]), float(data["shift"])
    if not 0 <= accepted <= ruled or abs(shift) > _FAR:
        raise ValueError("a lesson that no rulings can teach")
    return Lesson(ruled, accepted, shift)


def recalibrated(
    text: str, verdicts: Iterable[WeighedDoubt], taught: Recalibration | None, query: float
) -> Iterator[WeighedDoubt]:
    """The verdicts with what was learned; those that are silent are left as they are."""
    for verdict in verdicts:
        yield verdict if taught is None or verdict.probability < query else _taught(text, verdict, taught)


def _taught(text: str, verdict: WeighedDoubt, taught: Recalibration) -> WeighedDoubt:
    best = verdict.readings[0].proposal if verdict.readings else verdict.bare[0]
    lemma = " ".join(best.place.of(text).split())
    reading = best.edits[0].text if best.edits else ""
    lessons = list(taught.lessons_on(best.codes[0], verdict.probability, lemma, reading))
    shift = sum(lesson.shift for _, _, lesson in lessons)
    if not shift:
        return verdict
    return replace(
        moved(verdict, shift),
        taught=shift,
        lessons=(
            *verdict.lessons,
            *(_reason(*lesson) for lesson in lessons if abs(lesson[2].shift) >= _SAID),
        ),
    )


def _reason(level: str, name: str, lesson: Lesson) -> Feature:
    values = (("name", name), ("count", str(lesson.ruled)), ("accepted", str(lesson.accepted)))
    return Feature(f"ruled_{level}", lesson.shift, (), "rulings", _SAYS[level], values, against=lesson.shift < 0)
