"""Rows of dictionaries that are taken apart when they are asked for are those that are read at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from collation.errors import DamagedDictionary
from collation.knowledge import dictionaries
from collation.knowledge.made_of import facts_of
from collation.knowledge.mapped import write_mapped
from collation.knowledge.rows_by_head import RowsByHead, index_of, text_of
from collation.knowledge.words import lexicon
from collation.learning import dictionary_tables


def written(folder: Path, **texts: str) -> list[Path]:
    paths = [folder / f"{name}.tsv" for name in texts]
    for path, text in zip(paths, texts.values(), strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_a_head_has_its_rows_in_the_order_of_the_files(tmp_path: Path) -> None:
    first = "# columns: head, part, cell\nhouse\tn\tдом; здание\n\nrun\tv\n"
    paths = written(tmp_path, one=first, two="house\tv\tселить \nhead only")
    rows = RowsByHead(paths, columns=3)
    assert list(rows) == ["house", "run", "head only"] and len(rows) == 4
    assert [rows.place(head) for head in ("house", "run", "none")] == [
        first.index("house"),
        len(first.encode()) - len("run\tv\n"),
        None,
    ]
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
            assert row in glossary.rows(lexicon.head_of(row[0]))


def test_what_was_learned_weighs_the_same_asked_one_by_one() -> None:
    path = dictionaries.data_file("translation.tsv")
    one_by_one, at_once = lexicon.LearnedWeights(path), lexicon._learned(path)
    assert at_once
    for english, found in at_once.items():
        assert dict(one_by_one.get(english, {})) == found


@pytest.mark.parametrize("name", dictionary_tables.MADE)
def test_the_shipped_tables_are_those_of_the_dictionaries(name: str, tmp_path: Path) -> None:
    dictionary_tables.MADE[name](tmp_path / name)
    assert (tmp_path / name).read_bytes() == dictionaries.data_file(name).read_bytes(), (
        "run python -m collation.learning.dictionary_tables"
    )


def test_a_table_counts_for_the_text_that_it_was_made_of(tmp_path: Path) -> None:
    paths, laid = written(tmp_path, one="house\tn\nrun\tv\n"), tmp_path / "one.arrays"
    write_mapped(laid, index_of(text_of(paths), str.strip), facts_of(text_of(paths)))
    made = RowsByHead(paths, columns=2, laid=laid)
    assert made.laid is not None and made.rows("run") == [("run", "v")]
    written(tmp_path, one="the house\tn\nrun\tv\n")
    changed = RowsByHead(paths, columns=2, laid=laid)
    assert changed.laid is None and changed.rows("run") == [("run", "v")]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (path,) = written(tmp_path, one="")
    path.write_bytes(b"house\t\xff\n")
    with pytest.raises(DamagedDictionary):
        RowsByHead([path], columns=2)


def test_the_glossary_answers_the_same_without_its_table() -> None:
    shipped = lexicon.Lexicon(lexicon._glossary())
    without = lexicon.Lexicon(RowsByHead(lexicon.glossary_files(), columns=lexicon.COLUMNS, key=lexicon.head_of))
    words = "prime minister of the united states of america in order to take into account".split()
    for start in range(len(words)):
        assert shipped.phrases_at(words, start) == without.phrases_at(words, start)
    assert any(shipped.phrases_at(words, start) for start in range(len(words)))
    assert shipped.lists("дом") and without.lists("дом")
    assert not shipped.lists("домъ") and not without.lists("домъ")


def test_phrases_come_in_the_order_of_the_glossary(tmp_path: Path) -> None:
    book = lexicon.Lexicon(RowsByHead(written(tmp_path, one="a b c\tn\tвзять\na b\tn\tдом\n"), columns=lexicon.COLUMNS))
    assert [length for length, _ in book.phrases_at(["a", "b", "c"], 0)] == [3, 2]
    assert [length for length, _ in book.phrases_at(["x", "a", "b"], 1)] == [2]
