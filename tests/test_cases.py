"""Every rule against its drawn cases: what it must find, and what must be left alone."""

from __future__ import annotations

import importlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.mark import ParameterSet

import collation.rules
from collation.model import Hypothesis, Reading
from collation.pipeline import examine
from collation.rules import PROPOSERS, Proposer
from drawn import CASES, Case, Mark, read_cases
from known import context_of

FOLDER = Path(collation.rules.__file__).parent
LEAST_FINDS, LEAST_ALONE = 4, 3


def declared(module: ModuleType) -> list[Proposer]:
    """The proposers that a file declares itself."""
    found = [value for value in vars(module).values() if isinstance(value, Proposer)]
    return [p for p in found if p.propose.__module__ == module.__name__]


def named(path: Path) -> str:
    """A rule's file or its cases file as family/name."""
    return f"{path.parent.name}/{path.stem}"


def module_of(name: str) -> ModuleType:
    return importlib.import_module("collation.rules." + name.replace("/", "."))


RULES = {
    named(path): found
    for path in sorted(FOLDER.glob("*/*.py"))
    if path.stem != "__init__" and (found := declared(module_of(named(path))))
}
DRAWN = [case for path in sorted(CASES.glob("*/*.txt")) for case in read_cases(path)]
FINDS = [pytest.param(case, mark, id=f"{case.name} {mark.code}") for case in DRAWN for mark in case.marks]
# The learned judge weighs these places too low; they stay drawn until it does not (a strict known failure).
TOO_LOW = {
    ("context/confusion_sets", "CTX203", "м"), ("context/confusion_sets", "CTX203", "и"), ("lexical/division", "LEX107", "©"), ("lexical/division", "LEX107", "&"),
    ("grammar/endings", "GRA301", "Большой"), ("grammar/endings", "GRA301", "выполнил"), ("context/negation", "CTX202", "же"),
    ("context/real_words", "CTX201", "вспышка"), ("context/real_words", "CTX201", "шкалы"),
}  # fmt: skip
ALONE = [pytest.param(case, id=case.name) for case in DRAWN if case.alone]


def known_failure(case: Case, mark: Mark) -> tuple[str, str, str]:
    return case.name.split(".")[0], mark.code, mark.span.of(case.text)


def weighed() -> list[ParameterSet]:
    """The marks, those that the judge is known to weigh too low marked so."""
    low = pytest.mark.xfail(strict=True, reason="the learned judge weighs it too low")
    return [
        pytest.param(
            case, mark, id=f"{case.name} {mark.code}", marks=[low] if known_failure(case, mark) in TOO_LOW else []
        )
        for case in DRAWN
        for mark in case.marks
    ]


@cache
def hypotheses(case: Case) -> tuple[Hypothesis, ...]:
    """What the rules of the case's file propose in it."""
    context = context_of(case.document())
    aligned = context.aligned
    rules = [r for r in RULES[case.name.split(".")[0]] if aligned.parallel or r.why != "with-translation"]
    assert rules, "the two texts of this case do not answer each other"
    return tuple(h for rule in rules for h in rule.propose(context))


def mended(text: str, proposed: Hypothesis | Reading) -> str:
    """The text with the edits of a hypothesis or a reading carried out."""
    for edit in sorted(proposed.edits, key=lambda e: -e.place.start):
        text = text[: edit.place.start] + edit.text + text[edit.place.stop :]
    return text


def meets(text: str, hypothesis: Hypothesis, mark: Mark) -> bool:
    """Whether a hypothesis doubts the marked place and, where a reading is drawn, reads it so."""
    if hypothesis.code != mark.code or not any(p.envelope.overlaps(mark.span) for p in hypothesis.places):
        return False
    return mark.mended is None or mended(text, hypothesis) == mark.mended


@pytest.mark.parametrize(("case", "mark"), FINDS)
def test_the_rule_finds_what_the_pencil_marks(case: Case, mark: Mark) -> None:
    proposed = hypotheses(case)
    told = [(h.code, h.places[0].of(case.text), [e.text for e in h.edits]) for h in proposed]
    assert any(meets(case.text, h, mark) for h in proposed), f"{mark.span.of(case.text)}: proposed was {told}"


@pytest.mark.parametrize(("case", "mark"), weighed())
def test_what_the_pencil_marks_reaches_the_apparatus(case: Case, mark: Mark) -> None:
    """Whichever rule names the entry: an editor who reads the apparatus comes to the place, and is offered what is drawn."""
    found = [e for e in examine(case.document()) if any(p.envelope.overlaps(mark.span) for p in e.places)]
    assert found, f"no entry reaches {mark.span.of(case.text)}"
    offered = [mended(case.text, reading) for entry in found for reading in entry.readings]
    assert mark.mended is None or mark.mended in offered, [(e.lemma, [r.text for r in e.readings]) for e in found]


def test_every_known_failure_is_drawn() -> None:
    assert {known_failure(case, mark) for case in DRAWN for mark in case.marks} >= TOO_LOW


@pytest.mark.parametrize("case", ALONE)
def test_what_is_right_is_left_alone(case: Case) -> None:
    found = [
        (entry.code, entry.lemma, entry.readings[0].text, entry.probability)
        for entry in examine(case.document())
        if entry.tier == "emend" and any(p.envelope.overlaps(span) for p in entry.places for span in case.alone)
    ]
    assert not found


@pytest.mark.parametrize("name", RULES)
def test_every_proposer_has_its_cases(name: str) -> None:
    path = CASES / f"{name}.txt"
    assert path.is_file(), f"draw tests/cases/{name}.txt: what the rule must find and what it must leave alone"
    cases = read_cases(path)
    codes = {rule.code for rule in RULES[name]}
    drawn = [mark.code for case in cases for mark in case.marks]
    assert codes <= set(drawn), f"no case for {codes - set(drawn)}"
    assert len(drawn) >= LEAST_FINDS
    assert sum(bool(case.alone) for case in cases) >= LEAST_ALONE


@pytest.mark.parametrize("name", RULES)
def test_every_proposer_is_listed_and_says_what_it_is_for(name: str) -> None:
    assert all(rule in PROPOSERS for rule in RULES[name]), "add it to PROPOSERS"
    module = module_of(name)
    assert len((module.__doc__ or "").split()) >= 25, "the docstring says what, why and where it is blind"


def uncalibrated(rules: Iterable[Proposer]) -> list[str]:
    return [
        f"{rule.code}: declare its prior, or that the trees weigh it"
        for rule in rules
        if rule.prior is None and not rule.learned
    ]


def test_every_rule_declares_how_it_is_weighed() -> None:
    assert not uncalibrated(PROPOSERS)
    assert uncalibrated([Proposer("LEX199", "new", lambda context: iter(()))]) == [
        "LEX199: declare its prior, or that the trees weigh it"
    ]


def test_no_cases_without_a_proposer() -> None:
    assert {named(path) for path in CASES.glob("*/*.txt")} <= set(RULES)


def test_codes_are_not_given_twice() -> None:
    codes = [rule.code for rules in RULES.values() for rule in rules]
    assert len(codes) == len(set(codes))
