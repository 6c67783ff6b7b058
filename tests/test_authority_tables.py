"""The tables of the authority files say what the files say, laid out beforehand or made anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from collation.errors import DamagedDictionary
from collation.knowledge import dictionaries
from collation.knowledge.names.authority_files import NameRows
from collation.knowledge.names.authority_tables import AuthorityTables

ROWS = {
    "persons.tsv": "# columns: …\nМао Цзэдун\t\tMao Tse-tung; Chairman Mao\tМао\tмаоистский\tФилиппов=Filippov\tleader\n",
    "places.tsv": "Нью-Йорк\tNew York\t\tнью-йоркский\tcity\n\nЙорк\tYork\n",
    "given_names.tsv": "Мария\tMaria\tf\n",
    "organisations.tsv": "Совет\tCouncil\t\t\nКомитет\tCommittee\tКГБ\tbody\n",
    "abbreviations.tsv": "ООН\tобъединённые\tUN\t\nи т. д.\tи так далее\tetc.\t\n",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in ROWS.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.setattr(dictionaries, "folder", lambda: tmp_path)
    return tmp_path


def test_every_row_that_is_a_name_is_read(folder: Path) -> None:
    rows = NameRows()
    listed = list(rows.starts())
    assert [(name.head, name.kind) for _, name in listed] == [
        ("Мао Цзэдун", "person"),
        ("Нью-Йорк", "place"),
        ("Йорк", "place"),
        ("Мария", "given"),
        ("КГБ", "body"),
        ("ООН", "body"),
    ]
    assert listed[0][1].english == ("Mao Tse-tung", "Chairman Mao", "Filippov")
    assert all(rows.at(start) == name for start, name in listed)


def test_words_lead_to_the_names_that_they_are_part_of(folder: Path) -> None:
    tables = AuthorityTables()
    assert [(p.word, p.index, p.count, p.adjective) for p in tables.parts("ма")] == [
        ("мао", 0, 2, False),
        ("мао-цзэдун", 0, 1, False),
        ("маоистский", 0, 1, True),
        ("мария", 0, 1, False),
    ]
    assert tables.latin("york") == {1: (1, 2), 2: (0, 1)} and tables.latin("jork") == {}
    assert tables.phrase(("new", "york")) == [1] and tables.phrase(("new",)) == []
    assert tables.latin_heads() == ["committee", "filippov", "maria", "york"] and tables.longest_phrase == 3
    assert tables.name(1).head == "Нью-Йорк"


def test_a_row_with_too_many_cells_is_refused(folder: Path) -> None:
    (folder / "given_names.tsv").write_text("Мария\tMaria\tf\tmore\n", encoding="utf-8")
    with pytest.raises(DamagedDictionary, match="4"):
        AuthorityTables()


def test_the_shipped_tables_answer_as_those_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = AuthorityTables()
    monkeypatch.setattr(dictionaries, "data_file", lambda name: Path("nowhere") / name)
    anew = AuthorityTables()
    assert shipped.part_words() == anew.part_words() and shipped.latin_heads() == anew.latin_heads()
    for word in shipped.part_words()[::50]:
        assert shipped.parts(word[:2]) == anew.parts(word[:2])
    for head in shipped.latin_heads()[::50]:
        assert shipped.phrase((head,)) == anew.phrase((head,)) and shipped.latin(head) == anew.latin(head)
