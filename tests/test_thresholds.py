"""Every number that decides what is doubted or shown has a name and says what it is, and ``collation rule`` prints it."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import collation
from collation.commands.thresholds import Threshold, of_source, thresholds
from collation.rules import RULES

SOURCE = Path(collation.__file__).parent
FILES = sorted(path for room in ("rules", "evidence", "judge") for path in (SOURCE / room).rglob("*.py"))
PLAIN = {0.0, 0.5, 1.0}
"""None, half and all need no name; whatever was chosen does."""


def anonymous(source: str) -> list[float]:
    """The floats of a file outside its constants."""
    tree = ast.parse(source)
    named = {
        id(inner) for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign) for inner in ast.walk(node)
    }
    floats = (n for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, float))
    return [float(n.value) for n in floats if id(n) not in named and n.value not in PLAIN]


def unsaid(found: tuple[Threshold, ...]) -> list[str]:
    """The constants that say nothing of what they are, whole numbers too."""
    return [t.names for t in found if not t.what]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(SOURCE).as_posix())
def test_every_number_says_what_it_is_and_every_fraction_has_a_name(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert anonymous(text) == []
    assert unsaid(of_source(text, path.stem)) == []


def test_the_test_sees_what_it_forbids() -> None:
    assert anonymous("_A = 0.7\nx: float = 2.5\ndef f(y=0.3):\n    return y > 0.5 and y * 4.0\n") == [0.3, 4.0]
    made = of_source("_A = 0.7\n_B = 3\n_C = 1e-9\n_D, _E = 4, 5\n_F = 6  # what it is\n_G = 'text'\n", "m")
    assert unsaid(made) == ["_A", "_B", "_C", "_D, _E"]


def test_the_numbers_of_a_rule_come_with_those_of_its_helpers() -> None:
    rule = next(rule for rule in RULES if rule.code == "LAC701")
    found = {(t.module.rpartition(".")[2], t.names): t for t in thresholds(rule)}
    assert found["omission", "_SHOWN"].values == "16"
    assert found["losses_at_breaks", "_FRAGMENT"].values == "2.0"
    assert found["losses_at_breaks", "_FRAGMENT"].what == "the text goes on with the end of a word"
    assert found["losses_at_breaks", "_FOR_EXTENT, _EVEN_EXTENT, _LONGEST"].what.startswith("Each missing word")
    assert found["gaps", "_DECAY"].what
    assert not any(module == "dittography" for module, _ in found)
