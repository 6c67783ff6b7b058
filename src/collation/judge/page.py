"""What the page's image makes of a doubt: its readings are ranked anew, and the place is believed more, or less.

The page gives each reading, and the text as it is, a score (``evidence/page_witness.py``). The difference of two scores is a
log-ratio, yet not one that may be believed as it is: an engine's steps depend on one another, and it is surer than it is right.
So it is bounded, and a logistic fit on made pages, with the judge's own log-odds given, says how much of it counts
(``learning/page_training.py``). It counts for a doubt where the page reads a proposed reading, less where that is unlikely
otherwise, and against it where it reads the text; not where it reads something else. Where two sides differ, a page that reads what the text has makes the difference no smaller: there it never speaks against.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from collation.evidence.context import Context, is_attested
from collation.evidence.page_witness import Answer, PageWitness, witness_of
from collation.evidence.time_steps import plain
from collation.judge.log_odds import moved
from collation.model import Edit, Feature
from collation.model.doubt import WeighedDoubt, WeighedReading

# Of the fit, in natural logarithms
CONSTANT = -0.67  # added to the log-odds of every place that the page is asked about
RATIO_FOR, RATIO_AGAINST = 0.93, 0.67  # of each unit of log-ratio for the best reading, and for the text
MOST_FOR, MOST_AGAINST = 12.0, 8.0  # the largest log-ratios that are believed
UNLIKELY = 2.0  # what each unit of the logarithm of a reading's probability takes from its log-ratio
MISFIT = 2.0  # what each unit by which the page fits its own reading better than the text takes from what speaks for the text
READING = 0.55  # of each unit of log-ratio between two readings
MOST_APART = 10.0  # log-ratio between two readings beyond which nothing more is to be said
_LEAST_SHARE = 1e-6  # probability of a reading
_UNCLEAR = 1.0  # log-ratio below which the page does not tell a reading from the text
_CLEARLY, _LIKELY = 8.0, 4.0  # log-ratios of what is said
_GAP = "‹"
_NOTHING = "∅"
_FOREIGN = re.compile(r"[^\W\d_\u0400-\u04ff]")  # letters that the engine's Russian model does not know
_MARKS = ".,;:!?\"'()[]…*«»“”„‘’"


def by_the_page(context: Context, verdicts: Iterable[WeighedDoubt]) -> Iterator[WeighedDoubt]:
    """The verdicts with what the page says of them."""
    witness = witness_of(context) if context.document.pages else None
    for verdict in verdicts:
        asked = witness and verdict.doubt.side == "original" and verdict.readings
        yield _weighed(context.text, verdict, witness) if asked and witness else verdict


@dataclass(frozen=True, slots=True)
class PageAnswer:
    """What the page says of a reading that somebody thought of: the natural log-ratio of how well the reading and the text as it
    is fit the page, None where it cannot be asked, and the sentences, each with its own figure.
    """

    reading: str
    ratio: float | None
    reasons: tuple[Feature, ...]


def ask(witness: PageWitness, edit: Edit) -> PageAnswer:
    """What the page says of a reading that somebody thought of, in any case in a sentence."""
    word = " ".join(edit.place.of(witness.text).split())
    values = _named(edit, word)
    if edit.text.split() == word.split():
        return _unasked(edit, "page-same", values[1:])
    if any(_FOREIGN.search(text) or _GAP in text for text in (edit.text, word)):
        return _unasked(edit, "page-unasked-letters", values)
    answer = witness.ask(edit.place, [edit.text])
    if answer is None or answer.readings[0] is None:
        return _unasked(edit, "page-unasked", values[1:])
    ratio = answer.readings[0] - answer.text
    said = in_words(witness.text, edit, answer, ratio)
    return PageAnswer(edit.text, ratio, tuple(_of_one(feature, values) for feature in said))


def _of_one(feature: Feature, values: tuple[tuple[str, str], ...]) -> Feature:
    """What is said where one reading was asked about and not all that are proposed."""
    if feature.says != "page-otherwise":
        return feature
    return replace(feature, says="page-better", values=(("found", feature.values[0][1]), *values))


def _named(edit: Edit, word: str) -> tuple[tuple[str, str], tuple[str, str]]:
    """The reading and the words of the text as they are said; a sign where either is nothing."""
    return ("reading", edit.text or _NOTHING), ("word", word or _NOTHING)


def _unasked(edit: Edit, says: str, values: tuple[tuple[str, str], ...]) -> PageAnswer:
    return PageAnswer(edit.text, None, (Feature("page", 0.0, (edit.place,), "", says, values),))


def _weighed(text: str, verdict: WeighedDoubt, witness: PageWitness) -> WeighedDoubt:
    answers = answers_of(verdict.readings, witness)
    if not answers:
        return verdict
    numbers = sorted(answers)
    opinions = [
        Opinion(score - answer.text, verdict.readings[n].probability, answer.free - answer.text)
        for n in numbers
        for answer, score in (answers[n],)
    ]
    best, ratio_for, ratio_against = ratios_of(opinions)
    shift = CONSTANT + RATIO_FOR * ratio_for + RATIO_AGAINST * ratio_against
    if shift < 0 and len(verdict.readings[numbers[best]].proposal.places) > 1:
        shift = 0.0
    number = numbers[best]
    edit = verdict.readings[number].proposal.edits[0]
    return replace(
        moved(verdict, shift),
        readings=tuple(reading for _, reading in _ranked(verdict.readings, answers)),
        page=shift,
        lessons=(*verdict.lessons, *in_words(text, edit, answers[number][0], opinions[best].ratio)),
    )


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the page says of a reading: the log-ratio against the text as it is, the reading's probability without the page, and
    by how much the engine's own reading fits better than the text.
    """

    ratio: float
    share: float
    misfit: float

    @property
    def weighed(self) -> float:
        """The log-ratio, less for a reading that is unlikely otherwise."""
        return self.ratio + UNLIKELY * math.log(max(self.share, _LEAST_SHARE)) if self.ratio > 0 else self.ratio


def ratios_of(opinions: Sequence[Opinion]) -> tuple[int, float, float]:
    """The number of the reading that the page speaks for most, and what it says for it (0 or more) and for the text (0 or less)."""
    best = max(range(len(opinions)), key=lambda n: (opinions[n].weighed, -n))
    weighed, misfit = opinions[best].weighed, opinions[best].misfit
    if weighed >= 0:
        return best, min(weighed, MOST_FOR), 0.0
    return best, 0.0, max(-MOST_AGAINST, min(0.0, weighed + MISFIT * misfit))


def answers_of(readings: tuple[WeighedReading, ...], witness: PageWitness) -> dict[int, tuple[Answer, float]]:
    """For the numbers of the readings that can be asked about, the page's answer and the score."""
    asked = [
        number
        for number, reading in enumerate(readings)
        if len(reading.proposal.edits) == 1 and _GAP not in reading.proposal.edits[0].text
    ]
    found = witness.ask_edits([readings[number].proposal.edits[0] for number in asked])
    return {asked[k]: answer for k, answer in found.items()}


def _ranked(
    readings: tuple[WeighedReading, ...], answers: dict[int, tuple[Answer, float]]
) -> list[tuple[int, WeighedReading]]:
    """The readings, with their numbers, by what text and page make of them together; as probable in all as they were."""
    ratios = {number: score - answer.text for number, (answer, score) in answers.items()}
    highest = max(ratios.values())
    weights = [
        reading.probability * math.exp(READING * max(-MOST_APART, ratios.get(number, min(0.0, highest)) - highest))
        for number, reading in enumerate(readings)
    ]
    whole, total = sum(reading.probability for reading in readings), sum(weights)
    if not total:
        return list(enumerate(readings))
    ranked = [(n, replace(r, probability=whole * weights[n] / total)) for n, r in enumerate(readings)]
    return sorted(ranked, key=lambda item: -item[1].probability)


def in_words(text: str, edit: Edit, answer: Answer, ratio: float) -> Iterator[Feature]:
    """What is said of a reading that the page was asked about: not that the page reads the text where it reads another word
    better, nor a string that is none."""
    word = " ".join(edit.place.of(text).split())
    values = _named(edit, word)
    where, source = (edit.place,), answer.frame.page.label
    sure = "page.clearly" if abs(ratio) >= _CLEARLY else "page.likely" if abs(ratio) >= _LIKELY else "page.barely"
    free = " ".join(part.strip(_MARKS) for part in answer.frame.free.split())
    beyond = answer.free - max(answer.text, answer.text + ratio)
    strange = plain(free).lower() not in (plain(edit.text).lower(), plain(word).lower())
    otherwise = beyond > _CLEARLY and strange and all(map(is_attested, free.split()))
    if abs(ratio) < _UNCLEAR:
        yield Feature("page", ratio, where, source, "page-unclear", values, against=True)
    elif ratio > 0:
        yield Feature("page", ratio, where, source, "page-reads", (*values, ("sure", sure)))
    elif not otherwise:
        yield Feature("page", ratio, where, source, "page-reads-text", (values[1], ("sure", sure)), against=True)
    if otherwise:
        yield Feature("page_free", beyond, where, source, "page-otherwise", (("reading", free),))
