"""What holds of the findings of any document: none is swallowed by another, none changes for what is said elsewhere.

Over the shorter seeds, over planted damage and over a document drawn from the development set where that is here
(``COLLATION_BENCH``). ``COLLATION_SAMPLE`` says how many are drawn, 0 all of them and every seed; ``COLLATION_DRAW`` draws
others. What is asked of one document is asked in a row, so that it is examined once and then forgotten.
"""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

import pytest

from collation.evidence.context import Context
from collation.judge.account import account
from collation.judge.entries import entries
from collation.judge.log_odds import log_odds, probability_of
from collation.judge.weighing import weigh
from collation.judge.weights import load_weights
from collation.learning.noise import corrupt
from collation.model import Apparatus, Document, Entry, Hypothesis, Place
from collation.model.doubt import WeighedDoubt
from collation.model.rule import Rule, by_code
from collation.pipeline import trail
from collation.reading import read_file, read_text
from collation.rules import RULES as SHIPPED
from collation.settings import Settings

BENCH = os.environ.get("COLLATION_BENCH", "")
SAMPLE = int(os.environ.get("COLLATION_SAMPLE", "1"))
DRAW = int(os.environ.get("COLLATION_DRAW", "8"))
SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
LONG = {"002", "003"}  # half the words of the seeds; their entries alone are looked at by default
LEFT_OUT = 2 if SAMPLE else 4  # of how many rules a document is examined without
RULES = by_code(SHIPPED)
SETTINGS = Settings()
SHIFT = 0.05  # what other measures of the whole document may move a probability

RUSSIAN = """Делегация прибыла в столицу вечером и была встречена представителями министерства.

Переговоры начались утром и продолжались до позднего вечера 12 ноября 1948 г.

Стороны обсудили поставки зерна и условия перевозки по железной дороге.

Протокол был подписан в присутствии корреспондентов газет."""
ENGLISH = """The delegation arrived in the capital in the evening and was met by representatives of the ministry.

The negotiations began in the morning and lasted until late in the evening of November 12, 1948.

The parties discussed the supply of grain and the terms of transport by rail.

The protocol was signed in the presence of newspaper correspondents."""
MORE = """Рабочие завода выполннли план второго квартала досрочно и получили премию.

Больные нашей больннцы жаловались на нехватку лекарств и белья.

Содержание докллда было сообщено всем членам правления общества.

Имущество передано госудаоству по описи за подписью директора.

Остальные вопросы решено отложить до следующего заседания."""


def drawn() -> list[Path]:
    """The sample of the development set."""
    listed = [p for name in ("dev", "dev-hand") for p in sorted((Path(BENCH) / name).glob("*.txt"))] if BENCH else []
    return random.Random(DRAW).sample(listed, SAMPLE) if 0 < SAMPLE < len(listed) else listed


FILES = [*(p for p in SEEDS if not SAMPLE or p.stem[:3] not in LONG), *drawn()]
NAMES = [path.stem for path in FILES] + [f"planted-{seed}" for seed in (1, 2, 3)]


def document(name: str) -> Document:
    if name.startswith("planted-"):
        both = read_text(f"{RUSSIAN}\n\n{MORE}\n\n{ENGLISH}\n", label="planted")
        return read_text(corrupt(both, seed=int(name[8:]), rate=0.15).text, label=name)
    return read_file(next(path for path in FILES if path.stem == name))


@dataclass(frozen=True)
class Examined:
    """A document with everything that was weighed in it, and its entries."""

    document: Document
    settings: Settings = SETTINGS

    @cached_property
    def weighed(self) -> tuple[Context, tuple[WeighedDoubt, ...]]:
        return trail(self.document, settings=self.settings)[1:3]

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        return entries(*self.weighed, self.settings, RULES)

    @cached_property
    def without_translation(self) -> Examined:
        return Examined(self.document, replace(self.settings, translation=False))

    @cached_property
    def proposals(self) -> list[tuple[Rule, list[Hypothesis]]]:
        """What each rule says."""
        context = self.weighed[0]
        asked = [rule for rule in SHIPPED if not rule.needs_translation or context.aligned.parallel]
        return [(rule, list(rule.propose(context))) for rule in asked]


@pytest.fixture(scope="module", params=NAMES)
def one(request: pytest.FixtureRequest) -> Examined:
    """One document; of the module's scope, so that its tests run in a row."""
    return Examined(document(request.param))


def edited(entry: Entry) -> list[Place]:
    """What the readings of an entry change, each in its first edit."""
    return [reading.edits[0].place for reading in entry.readings]


def apart(places: list[Place], entry: Entry) -> bool:
    return not any(p.envelope.overlaps(q.envelope) for p in places for q in entry.places)


def same_place(entry: Entry, listed: tuple[Entry, ...]) -> Entry | None:
    return next((e for e in listed if (e.side, e.place, e.code) == (entry.side, entry.place, entry.code)), None)


def sound_at(place: Place, verdicts: Iterable[WeighedDoubt]) -> float:
    """What the soundness of the document moved the log-odds of a place by, 0 where it is not asked."""
    return next((v.sound for v in verdicts if v.place == place), 0.0)


def scattered(listed: Iterable[Entry]) -> list[Entry]:
    """Entries with a reading away from their lemma, or with readings that have no words in common, so that they do not
    exclude one another."""
    found = []
    for entry in listed:
        places = edited(entry)
        lemma = all(p.envelope.overlaps(entry.place.envelope) or p == entry.place for p in places)
        if not lemma or not all(p.envelope.overlaps(q.envelope) or p == q for p in places for q in places):
            found.append(entry)
    return found


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.stem[:3])
def test_the_readings_of_an_entry_of_a_seed_are_at_one_place(path: Path, examined: Callable[[str], Apparatus]) -> None:
    assert not scattered(examined(path.stem[:3]).entries)


def test_the_readings_of_an_entry_are_at_one_place(one: Examined) -> None:
    assert not scattered(one.entries)


def test_every_hypothesis_is_weighed_once(one: Examined) -> None:
    """Nothing is dropped silently: what a rule proposed is in one verdict."""
    weighed = [(v.doubt.side, p.edits, p.places[0]) for v in one.weighed[1] for p in v.doubt.proposals]
    assert len(weighed) == len(set(weighed))
    proposed = {(h.side, h.edits, h.places[0]) for _, listed in one.proposals for h in listed}
    assert proposed == set(weighed)


def test_a_rule_takes_no_other_rule_s_entry_away(one: Examined) -> None:
    """With a rule left out and with it: what the others emend elsewhere is emended all the same, the soundness of the whole
    document aside, of which every rule's doubts tell something."""
    context, whole = one.weighed[0], one.entries
    accounted = [verdict.place for verdict in one.weighed[1] if verdict.explained]
    said = [(rule, listed) for rule, listed in one.proposals if listed]
    fewer = [item for item in said if len(item[1]) < 500] or said
    for rule, own in random.Random(DRAW).sample(fewer, min(LEFT_OUT, len(fewer))):
        others = [h for other, listed in said if other is not rule for h in listed]
        without = weigh(context, others, SETTINGS, RULES)
        before = entries(context, without, SETTINGS, RULES)
        places = [p for h in own for p in h.places]
        for entry in before:
            if entry.tier != "emend" or not apart(places, entry):
                continue
            after = same_place(entry, whole)
            if any(place.overlaps(entry.place) for place in accounted):
                continue  # the rule found a likelier neighbour that accounts for it
            assert after is not None, f"{rule.code} takes away {entry.lemma}"
            sounder = sound_at(entry.place, without) - sound_at(entry.place, one.weighed[1])
            moved = probability_of(log_odds(after.probability) + sounder)
            alike = min(
                after.probability, moved, key=lambda p: abs(p - entry.probability)
            )  # a rule's own floor is not moved
            assert abs(alike - entry.probability) < SHIFT, f"{rule.code} moves {entry.lemma}"
            assert alike >= SETTINGS.emend or entry.probability - SHIFT < SETTINGS.emend, (
                f"{rule.code} lowers {entry.lemma}"
            )


def half_translated(whole: Document, context: Context) -> Document | None:
    """The document with the English of its first half only, None where it has too little."""
    linked = [link for link in context.aligned.links if link.original and link.translation]
    if whole.translation is None or not context.aligned.parallel or len(linked) < 4:
        return None
    last = max(linked[len(linked) // 2 - 1].translation)
    cut = replace(whole.translation, segments=whole.translation.segments[: last + 1])
    return replace(whole, witnesses=tuple(cut if w.role == "translation" else w for w in whole.witnesses))


def named(entry: Entry, whole: Document) -> bool:
    """Whether the reasons of an entry point at words of the translation."""
    assert whole.translation is not None
    english = {t.start for s in whole.translation.segments for t in s.tokens}
    return any(p.start in english for f in entry.features for p in f.places)


def test_a_translation_of_other_paragraphs_changes_no_entry_of_this_one(one: Examined) -> None:
    """What the English of a paragraph says stays in it.

    Left out are the note that a passage has no counterpart, which is no entry of a word, and entries that name English
    words as their reason: a sign of the file that the translation gives elsewhere.
    """
    half = half_translated(one.document, one.weighed[0])
    if half is None:
        pytest.skip("too little of it is translated")
    _, context, verdicts, _ = trail(half, settings=SETTINGS)
    bare = {t.start for pair in context.pairs if not pair.translation for t in pair.original}
    runs = one.without_translation.entries, entries(context, verdicts, SETTINGS, RULES)
    outside = [e.place for e in runs[1] if named(e, half)]
    found = []
    for listed in runs:
        own = [
            e
            for e in listed
            if e.side == "original" and e.family != "PAIR" and e.place.start in bare and apart(outside, e)
        ]
        found.append([(e.place, e.code, e.tier, [r.text for r in e.readings][:1]) for e in own])
        found.append([e.probability for e in own])
    assert found[0] == found[2]
    assert found[1] == pytest.approx(found[3], abs=SHIFT)


ENGLISH_SPEAKS = frozenset(
    {"answers", "local_answer", "best_answers", "translation_gain", "best_translation_gain", "free_gain", "best_free_gain",
     "local_gain", "best_local_gain", "most_translation_gain", "most_free_gain", "near_answered", "literal"}
)  # fmt: skip
VOUCHES = 0.5


def test_a_non_word_is_passed_over_only_where_the_english_vouches_for_it(one: Examined) -> None:
    """What is emended without the English and not with it: the English opposite is the word as it is, and the trail says so."""
    verdicts, found = one.weighed[1], one.entries
    for entry in one.without_translation.entries:
        nonword = entry.tier == "emend" and any(f.name == "nonword" for f in entry.features)
        if not nonword or any(e.place.overlaps(entry.place) for e in found):
            continue
        verdict = next(v for v in verdicts if v.doubt.side == "original" and v.doubt.place.overlaps(entry.place))
        measures = dict(verdict.readings[0].measures)
        assert max(measures["answers"], measures["local_answer"]) >= VOUCHES, entry.lemma
        told = account(verdict, load_weights())
        assert told is not None
        assert any(moved < 0 for name, _, moved in told.place if name in ENGLISH_SPEAKS), entry.lemma
