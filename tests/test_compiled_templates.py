"""Templates are compiled once and kept as Python keeps bytecode; a damaged or older one is compiled anew."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader

from collation.writers.compiled_templates import CompiledTemplates
from counting import counted


def environment(folder: Path) -> Environment:
    return Environment(loader=FileSystemLoader(folder), autoescape=True, bytecode_cache=CompiledTemplates(folder))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    (tmp_path / "page.j2").write_text("{{ word }}!", encoding="utf-8")
    return tmp_path


def rendered(folder: Path) -> str:
    return environment(folder).get_template("page.j2").render(word="<дом>")


def test_a_template_is_compiled_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = counted(monkeypatch, Environment, "_parse")
    assert [rendered(folder) for _ in range(2)] == ["&lt;дом&gt;!"] * 2
    assert compiled.calls == 1
    (folder / "page.j2").write_text("{{ word }}?", encoding="utf-8")
    assert rendered(folder) == "&lt;дом&gt;?"
    assert compiled.calls == 2


@pytest.mark.parametrize("spoil", [lambda b: b[:10], lambda b: b"", lambda b: b[:60] + b"x" * 9, lambda b: b[:-5]])
def test_what_is_damaged_is_compiled_anew(folder: Path, spoil: object) -> None:
    rendered(folder)
    (kept,) = folder.rglob("*.pyc")
    kept.write_bytes(spoil(kept.read_bytes()))  # type: ignore[operator]
    assert rendered(folder) == "&lt;дом&gt;!"


def test_nothing_is_written_where_python_may_write_no_bytecode(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert rendered(folder) == "&lt;дом&gt;!"
    assert not list(folder.rglob("*.pyc"))
