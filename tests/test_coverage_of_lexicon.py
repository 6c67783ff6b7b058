"""The lexicon's benchmark counts what it says, and the documents of the repository keep to its aims."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from collation.knowledge.words import lexicon
from collation.languages import RUSSIAN_ENGLISH
from collation.model import Token
from collation.reading.lines import split_lines
from collation.reading.tokens import build_flow, tokenise

SCRIPT = Path(__file__).parents[1] / "benchmarks" / "lexicon.py"


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("lexicon_benchmark", SCRIPT)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    return module


def tokens(text: str, language: str) -> tuple[Token, ...]:
    return tuple(
        tokenise(build_flow(split_lines(text), frozenset(), RUSSIAN_ENGLISH), language=RUSSIAN_ENGLISH.of(language))
    )


def test_names_foreign_words_and_contractions_are_no_ordinary_words(bench: ModuleType) -> None:
    said = tokens("The horse of Ivan is réveillé. Don't ask Pyotr a thing.", "en")
    starts = bench.ordinary(said)
    assert [t.text for t in said if t.start in starts and len(t.text) > 4] == ["horse", "thing"]


def test_words_are_counted_by_the_own_and_by_a_wrong_paragraph(bench: ModuleType) -> None:
    pairs = [
        ("Лошадь пьёт воду.", "The horse drinks water."),
        ("Дом стоит пусто.", "The house stands empty."),
        ("Поезд везёт уголь.", "The train carries frobnic."),
        ("Брат читает книгу.", "The brother reads a book."),
    ]
    tally = bench.measure([(tokens(ru, "ru"), tokens(en, "en")) for ru, en in pairs], lexicon.opened())
    assert (tally.english, tally.covered) == (12, 11)
    assert (tally.russian, tally.own, tally.wrong) == (12, 11, 0)
    assert tally.heads == {"frobnic": 1} and tally.lemmas == {"уголь": 1}


def test_the_seeds_keep_to_the_aims(
    bench: ModuleType, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COLLATION_BENCH", raising=False)
    assert bench.main(["--missing", "5"]) == 0, capsys.readouterr().out
    assert "Russian words not reached" in capsys.readouterr().out


def test_what_was_learned_is_measured_in_sentences_beside_the_glossary(
    bench: ModuleType, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    original = "Мурка пила воду. Старый дом стоял на горе. Поезд вёз уголь. Брат читал книгу."
    english = (
        "The grumbet drank water. An old house stood on a mountain. The train carried coal. The brother read a book."
    )
    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(f"{original}\n\n{english}\n", encoding="utf-8")
    (tmp_path / "t.tsv").write_text("grumbet\tмурка\t0.900\t9.0\n", encoding="utf-8")
    assert len(bench.news(tmp_path / "news")) == 4
    assert bench.main(["--sentences", "--news", str(tmp_path / "news"), "--table", str(tmp_path / "t.tsv")]) == 0
    assert capsys.readouterr().out.splitlines()[1].split() == ("news 13 0.923 / 0.000 1.000 / 0.000".split())
