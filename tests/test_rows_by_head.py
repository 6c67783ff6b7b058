"""Rows of dictionaries that are taken apart when they are asked for are those that are read at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from collation.errors import DamagedDictionary
from collation.knowledge import dictionaries
from collation.knowledge.rows_by_head import RowsByHead
from collation.knowledge.words import lexicon


def written(folder: Path, **texts: str) -> list[Path]:
    paths = [folder / f"{name}.tsv" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_head_has_its_rows_in_the_order_of_the_files(tmp_path: Path) -> None:
    first = "# columns: head, part, cell\nhouse\tn\tдом; здание\n\nrun\tv\n"
    paths = written(tmp_path, one=first, two="house\tv\tселить \nhead only")
    rows = RowsByHead(paths, columns=3)
    assert list(rows) == ["house", "run", "head only"]
    assert rows.rows("house") == [("house", "n", "дом; здание"), ("house", "v", "селить")]
    assert rows.rows("run") == [("run", "v", "")]
    assert rows.rows("head only") == [("head only", "", "")]
    assert rows.rows("none") == []
    assert rows.column(2).split() == ["дом;", "здание", "селить"]


def test_a_row_with_too_many_cells_is_refused_when_it_is_asked_for(tmp_path: Path) -> None:
    rows = RowsByHead(written(tmp_path, one="a\tb\tc\nd\te\n"), columns=2)
    assert rows.rows("d") == [("d", "e")]
    with pytest.raises(DamagedDictionary, match="3"):
        rows.rows("a")


def test_the_glossary_has_every_row_of_its_files() -> None:
    glossary = lexicon._glossary()
    for path in sorted((dictionaries.folder() / "glossary").glob("*.tsv")):
        for row in dictionaries.read_rows(path, columns=3)[::50]:
            assert row in glossary.rows(lexicon._head(row[0]))


def test_what_was_learned_weighs_the_same_asked_one_by_one() -> None:
    path = dictionaries.data_file("translation.tsv")
    one_by_one, at_once = lexicon.LearnedWeights(path), lexicon._learned(path)
    assert at_once
    for english, found in at_once.items():
        assert dict(one_by_one.get(english, {})) == found
