"""The walk of docs/walk.md is run as it is written: each value it shows is the one the program gives."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
WALK = ROOT / "docs" / "walk.md"


def test_the_walk_shows_what_the_program_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    text = WALK.read_text(encoding="utf-8")
    # The lines of the page stay where they are, so that a failure names the line; prose and fences are blanked out.
    lines, inside = [], False
    for line in text.splitlines():
        fence = line.startswith("```")
        inside = (line == "```pycon") if fence else inside
        lines.append("" if fence or not inside else line)
    test = doctest.DocTestParser().get_doctest("\n".join(lines) + "\n", {}, "walk", str(WALK), 0)
    told: list[str] = []
    result = doctest.DocTestRunner(verbose=False, optionflags=doctest.REPORT_ONLY_FIRST_FAILURE).run(
        test, out=told.append
    )
    assert result.attempted >= 40
    assert result.failed == 0, "".join(told)


def test_the_rooms_that_the_walk_passes_exist() -> None:
    rooms = re.findall(r"`(\w+)/`", "\n".join(re.findall(r"^## .*$", WALK.read_text(encoding="utf-8"), re.MULTILINE)))
    assert len(set(rooms)) >= 8
    assert all((ROOT / "src" / "collation" / room).is_dir() for room in rooms)
