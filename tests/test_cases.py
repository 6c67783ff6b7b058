"""Every rule against its drawn cases: what it must find, and what must be left alone."""

from __future__ import annotations

import ast
import importlib
import re
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import get_args

import pytest
from _pytest.mark import ParameterSet

import collation.rules
from collation.model import Family, Hypothesis, Reading
from collation.model.rule import FAMILIES, Rule, by_code
from collation.pipeline import examine
from collation.rules import RULES
from collation.writers.order import SIGNS
from collation.writers.phrases import table
from drawn import CASES, Case, Mark, read_cases
from known import context_of

FOLDER = Path(collation.rules.__file__).parent
SOURCE = FOLDER.parent
PAGES = Path(__file__).parents[1] / "docs" / "rules"
LEAST_FINDS, LEAST_ALONE = 4, 3
OWN_HARM = {"TRN955": "sense", "TRN958": "sense", "TRN957": "spelling"}
"""The rules whose corruption does something else to the text than that of their family."""


def declared(module: ModuleType) -> list[Rule]:
    """The rules that a file declares itself."""
    found = [value for value in vars(module).values() if isinstance(value, Rule)]
    return [p for p in found if p.propose.__module__ == module.__name__]


def named(path: Path) -> str:
    """A rule's file or its cases file as family/name."""
    return f"{path.parent.name}/{path.stem}"


def module_of(name: str) -> ModuleType:
    return importlib.import_module("collation.rules." + name.replace("/", "."))


def module_of_rule(rule: Rule) -> ModuleType:
    return importlib.import_module(rule.propose.__module__)


BY_FILE = {
    named(path): found
    for path in sorted(FOLDER.glob("*/*.py"))
    if path.stem != "__init__" and (found := declared(module_of(named(path))))
}
DRAWN = [case for path in sorted(CASES.glob("*/*.txt")) for case in read_cases(path)]
FINDS = [pytest.param(case, mark, id=f"{case.name} {mark.code}") for case in DRAWN for mark in case.marks]
# The learned judge weighs these places too low; they stay drawn until it does not (a strict known failure).
TOO_LOW = {
    ("lexical/stray_letters", "LEX107", "©"),
    ("grammar/endings", "GRA301", "выполнил"), ("context/confusion_sets", "CTX203", "и"),
    ("translation/replaced_names", "TRN954", "Пластинин"),
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
    context = context_of(case.document(), case.settings)
    aligned = context.aligned
    rules = [r for r in BY_FILE[case.name.split(".")[0]] if aligned.parallel or not r.needs_translation]
    rules = [r for r in rules if context.document.others or not r.needs_witness]
    rules = [r for r in rules if case.collection or not r.needs_collection]
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
    found = [
        e
        for e in examine(case.document(), settings=case.settings)
        if any(p.envelope.overlaps(mark.span) for p in e.places)
    ]
    assert found, f"no entry reaches {mark.span.of(case.text)}"
    offered = [mended(case.text, reading) for entry in found for reading in entry.readings]
    assert mark.mended is None or mark.mended in offered, [(e.lemma, [r.text for r in e.readings]) for e in found]


def test_every_known_failure_is_drawn() -> None:
    assert {known_failure(case, mark) for case in DRAWN for mark in case.marks} >= TOO_LOW


@pytest.mark.parametrize("case", ALONE)
def test_what_is_right_is_left_alone(case: Case) -> None:
    found = [
        (entry.code, entry.lemma, entry.readings[0].text, entry.probability)
        for entry in examine(case.document(), settings=case.settings)
        if entry.tier == "emend" and any(p.envelope.overlaps(span) for p in entry.places for span in case.alone)
    ]
    assert not found


# Whatever is forgotten when a rule is added


@pytest.mark.parametrize("name", BY_FILE)
def test_every_rule_has_its_cases(name: str) -> None:
    path = CASES / f"{name}.txt"
    assert path.is_file(), f"draw tests/cases/{name}.txt: what the rule must find and what it must leave alone"
    cases = read_cases(path)
    codes = {rule.code for rule in BY_FILE[name]}
    drawn = [mark.code for case in cases for mark in case.marks]
    assert codes <= set(drawn), f"no case for {codes - set(drawn)}"
    assert len(drawn) >= LEAST_FINDS
    assert sum(bool(case.alone) for case in cases) >= LEAST_ALONE


@pytest.mark.parametrize("name", BY_FILE)
def test_every_rule_is_listed_and_says_what_it_is_for(name: str) -> None:
    assert all(rule in RULES for rule in BY_FILE[name]), "add it to RULES"
    module = module_of(name)
    assert len((module.__doc__ or "").split()) >= 25, "the docstring says what, why and where it is blind"


def forgotten(rule: Rule, texts: dict[str, str]) -> list[str]:
    """What a rule does not say of itself; ``texts`` are the sources of its family by the names of their files."""
    found = []
    if not (rule.propose.__doc__ or "").strip():
        found.append("the docstring of its function says what it doubts")
    if rule.prior is None and not rule.learned:
        found.append("declare its prior, or that the trees weigh it")
    if not rule.code.startswith(rule.family):
        found.append(f"its code begins with its family, {rule.family}")
    if rule.family not in FAMILIES or OWN_HARM.get(rule.code, FAMILIES[rule.family].harm) != rule.harm:
        found.append("its harm is that of its family in model/rule.py")
    if not rule.says:
        found.append("give the keys of its sentences")
    for key in rule.says:
        sentences = zip(("en", "ru"), table("phrases.tsv").get(key, ("", "")), strict=True)
        found += [f"“{key}” has no sentence in {lang}" for lang, sentence in sentences if not sentence]
        if not any(f'"{key}"' in text for text in texts.values()):
            found.append(f"no file of its family gives “{key}” as a reason")
    if not (PAGES / f"{rule.code}.md").is_file():
        found.append("it has no page: make golden")
    return found


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_nothing_is_forgotten_of_a_rule(rule: Rule) -> None:
    folder = Path(module_of_rule(rule).__file__ or "").parent
    assert not forgotten(rule, {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.py")})


def test_what_is_forgotten_is_named() -> None:
    bare = Rule(
        code="X1", family="LEX", name="new", propose=lambda c: iter(()), harm="loss", since="2026.12", says=("odd",)
    )
    assert forgotten(bare, {}) == [
        "the docstring of its function says what it doubts",
        "declare its prior, or that the trees weigh it",
        "its code begins with its family, LEX",
        "its harm is that of its family in model/rule.py",
        "“odd” has no sentence in en",
        "“odd” has no sentence in ru",
        "no file of its family gives “odd” as a reason",
        "it has no page: make golden",
    ]


@pytest.mark.parametrize("case", DRAWN, ids=lambda case: case.name)
def test_a_rule_keeps_to_what_it_declares(case: Case) -> None:
    """Its sides, and the sentences it says."""
    declared = by_code(RULES)
    for h in hypotheses(case):
        assert h.side in declared[h.code].sides
        assert {f.says for f in h.features if f.says} <= set(declared[h.code].says)


@pytest.mark.parametrize("path", sorted(SOURCE.rglob("*.py")), ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_no_rule_is_known_by_name_outside_the_rules(path: Path) -> None:
    """Who has to know which rule a doubt is of imports the rule's code; a family is named in one table only."""
    room = path.relative_to(SOURCE).parts[0]
    families = "|".join(FAMILIES)
    known = re.compile(rf"({families})\d*" if room != "model" else rf"({families})\d+")
    if room != "rules":
        constants = (
            n.value for n in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(n, ast.Constant)
        )
        assert [c for c in constants if isinstance(c, str) and known.fullmatch(c)] == []


def test_the_families_are_those_of_the_rules() -> None:
    assert {rule.family for rule in RULES} == set(FAMILIES) == set(get_args(Family))
    assert {traits.sign for traits in FAMILIES.values()} <= set(SIGNS)


def test_no_cases_without_a_rule() -> None:
    assert {named(path) for path in CASES.glob("*/*.txt")} <= set(BY_FILE)


def test_codes_are_not_given_twice() -> None:
    codes = [rule.code for rules in BY_FILE.values() for rule in rules]
    assert len(codes) == len(set(codes))
