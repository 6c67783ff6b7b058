"""What the suite asks of itself: no verdict by the clock, none by the locale, and what needs a browser says so."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

TESTS = Path(__file__).parent
FILES = sorted(TESTS.rglob("*.py"))
CLOCKS = {"time", "monotonic", "perf_counter", "process_time", "thread_time", "get_clock_info"}
CLOCKS |= {f"{name}_ns" for name in CLOCKS} | {"clock_gettime", "clock_gettime_ns", "times", "getrusage"}
PAUSES = {"sleep", "wait_for_timeout"}
NEEDS_THE_SYSTEM = {"playwright"}


def _trees() -> Iterator[tuple[Path, ast.Module]]:
    for path in FILES:
        yield path, ast.parse(path.read_text(encoding="utf-8"))


def clocks_read(tree: ast.Module) -> list[int]:
    """The lines on which a clock is imported or read. ``time`` is the module, ``resource`` and ``os`` know the processor's."""
    found = []
    for node in ast.walk(tree):
        match node:
            case ast.ImportFrom(module="time" | "timeit" | "resource" | "os", names=names):
                found += [node.lineno for name in names if name.name in CLOCKS | {"timeit", "default_timer"}]
            case ast.Attribute(value=ast.Name(id="time" | "timeit" | "resource" | "os"), attr=name):
                found += [node.lineno] if name in CLOCKS | {"timeit", "default_timer"} else []
            case ast.Attribute(value=ast.Name(id="datetime"), attr="now" | "utcnow"):
                found.append(node.lineno)
    return found


def pauses(tree: ast.Module) -> list[int]:
    """The lines that wait for a time; what is waited for is a condition."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    names = [(c.lineno, getattr(c.func, "attr", getattr(c.func, "id", ""))) for c in calls]
    return [line for line, name in names if name in PAUSES]


def unsaid_encodings(tree: ast.Module) -> list[int]:
    """The lines that read or write text in whatever encoding the locale has."""
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "attr", getattr(call.func, "id", ""))
        said = {word.arg: word.value for word in call.keywords}
        if "encoding" in said or None in said:
            continue
        as_text = any(isinstance(said.get(w), ast.Constant) and said[w].value for w in ("text", "universal_newlines"))
        if as_text or (name == "read_text" and not call.args) or (name == "write_text" and len(call.args) == 1):
            found.append(call.lineno)
    return found


@pytest.mark.parametrize(
    "source",
    [
        "import time\nbegun = time.monotonic()",
        "from time import perf_counter_ns",
        "import os\nassert os.times().user < 1",
        "import timeit\ntimeit.timeit('x')",
    ],
)
def test_a_clock_is_recognised(source: str) -> None:
    assert clocks_read(ast.parse(source))


def test_a_clock_that_is_given_is_none_that_is_read() -> None:
    assert not clocks_read(ast.parse("import time\nvalue.time, ruling.time\ntime.gmtime(0)"))


def test_no_test_reads_a_clock() -> None:
    """What must be fast is counted, or measured by benchmarks/, where nobody fails for a busy machine."""
    assert {path.name: lines for path, tree in _trees() if (lines := clocks_read(tree))} == {}


def test_no_test_waits_for_a_time() -> None:
    assert {path.name: lines for path, tree in _trees() if (lines := pauses(tree))} == {}


def test_every_text_of_the_suite_has_an_encoding() -> None:
    assert {path.name: lines for path, tree in _trees() if (lines := unsaid_encodings(tree))} == {}


def test_hypothesis_minds_no_clock() -> None:
    assert settings().deadline is None
    assert HealthCheck.too_slow in settings().suppress_health_check
    said = [
        word
        for _, tree in _trees()
        for word in ast.walk(tree)
        if isinstance(word, ast.keyword) and word.arg == "deadline"
    ]
    assert all(isinstance(word.value, ast.Constant) and word.value.value is None for word in said)


def test_what_needs_a_browser_is_marked() -> None:
    """``make test`` runs on a machine with nothing but Python."""
    for path, tree in _trees():
        asked = {
            n.value.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)
        }
        asked |= {a.name.split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
        asked |= {(n.module or "").split(".")[0] for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
        if asked & NEEDS_THE_SYSTEM and path != Path(__file__):
            assert any(isinstance(n, ast.Attribute) and n.attr == "system" for n in ast.walk(tree)), path.name
