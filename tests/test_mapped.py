"""Arrays in a mapped file, and the word frequencies that are laid out in one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from collation.errors import CollationError, DamagedDictionary
from collation.knowledge.mapped import open_mapped, write_mapped
from collation.knowledge.words import wordlist
from collation.knowledge.words.numbered import number_of
from collation.learning.word_frequencies import laid_out, listed, usual


def test_arrays_come_back_as_they_were(tmp_path: Path) -> None:
    arrays = {
        "letters": np.frombuffer("дом".encode(), dtype=np.uint8),
        "numbers": np.array([3, 2**63 + 1], dtype=np.uint64),
        "none": np.zeros(0, dtype=np.float32),
        "levels": np.array([7, 65_535, 1], dtype=np.uint16),
    }
    write_mapped(tmp_path / "a.arrays", arrays, {"source": "here"})
    found = open_mapped(tmp_path / "a.arrays")
    assert found.facts == {"source": "here"}
    assert {name: array.tolist() for name, array in found.arrays.items()} == {n: a.tolist() for n, a in arrays.items()}
    assert list(found.view("levels")) == [7, 65_535, 1]
    with pytest.raises(ValueError, match="read-only"):
        found.arrays["levels"][0] = 1


@pytest.mark.parametrize("array", [np.zeros((2, 2), dtype=np.uint8), np.zeros(2, dtype=np.complex64)])
def test_what_cannot_be_mapped_is_refused(tmp_path: Path, array: np.ndarray) -> None:
    with pytest.raises(ValueError, match="no row of numbers"):
        write_mapped(tmp_path / "a.arrays", {"a": array}, {})


@pytest.mark.parametrize("spoil", [lambda b: b[:10], lambda b: b[: len(b) // 2], lambda b: b"x" + b, lambda b: b""])
def test_a_damaged_file_is_named(tmp_path: Path, spoil: object) -> None:
    path = tmp_path / "a.arrays"
    write_mapped(path, {"a": np.arange(1_000, dtype=np.uint32)}, {})
    path.write_bytes(spoil(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(DamagedDictionary):
        open_mapped(path)


@pytest.mark.parametrize("language", ["ru", "en", "en-large"])
def test_every_form_of_a_list_has_the_share_that_the_list_gives(language: str) -> None:
    table, levels = wordlist._frequencies(language), listed(language)
    for level, forms in enumerate(levels):
        for form in forms[:: max(1, len(forms) // 3)]:
            assert table.share(form) == wordlist.share_of_level(level), form
    assert table.share("щывапролдж") == 0.0


def test_the_usual_forms_are_those_of_the_list_in_its_order() -> None:
    forms = [form for level in listed("ru") for form in level]
    assert list(wordlist.usual_forms()) == forms[: len(wordlist.usual_forms())]
    assert all(wordlist.is_usual(form, wordlist.LEAST_USUAL) for form in wordlist.usual_forms())
    assert len(usual(listed("ru"))["usual-levels"]) == len(wordlist.usual_forms())


def test_two_forms_of_one_number_are_refused() -> None:
    with pytest.raises(CollationError, match="one number"):
        laid_out("xx", [["дом"], ["дом"]])


def test_a_form_has_the_same_number_in_another_process() -> None:
    ask = "from collation.knowledge.words.numbered import number_of; print(number_of('теперь'))"
    found = subprocess.run([sys.executable, "-c", ask], capture_output=True, text=True, encoding="utf-8", check=True)
    assert int(found.stdout) == number_of("теперь")
