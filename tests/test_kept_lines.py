"""Tables, lists and verse: their lines are lines of the document, on the page and for the rules."""

from __future__ import annotations

import re

import pytest
from lxml import html

from collation.model import Document, Segment
from collation.pipeline import examine
from collation.reading import read_text
from collation.writers import WRITERS

PROSE = (
    "Настоящим сообщаю Вам, что урожай в области собран полностью, и зерно сдано на склады\n"
    "до пятого сентября. Прошу выслать вагоны для отправки в Москву, как было условлено.\n"
)
VERSE = "Мороз и солнце, день чудесный,\nЕщё ты дремлешь, друг прелестный,\nПора, красавица, проснись,\nВставай, товарищ, поднимись"
TABLES = {
    "blanks": "Наименование      Количество      Срок\nпшеница           150 тыс. тонн   январь\nмасло животное    72 тонны        февраль",
    "tabulations": "Наименование\tКоличество\tСрок\nпшеница\t150 тыс. тонн\tянварь\nмасло животное\t72 тонны\tфевраль",
    "bars": "Наименование | Количество | Срок\nпшеница | 150 тыс. тонн | январь\nмасло животное | 72 тонны | февраль",
    "one blank": "Наименование Количество Срок\nпшеница 150 тыс. тонн январь\nмасло животное 72 тонны февраль\nсахар 12 тонн март",
    "blank lines": "Наименование\tКоличество\n\nпшеница\t150 тонн\n\nмасло животное\t72 тонны",
}


def segments(text: str) -> list[Segment]:
    document: Document = read_text(text, label="x")
    assert document.original is not None
    return list(document.original.segments)


def kinds(text: str) -> list[str]:
    return [s.kind for s in segments(text)]


@pytest.mark.parametrize("table", TABLES.values(), ids=TABLES.keys())
def test_each_row_of_a_table_is_examined_by_itself(table: str) -> None:
    rows = [line for line in table.split("\n") if line]
    assert kinds(f"{PROSE}\n{table}\n\n{PROSE}") == ["paragraph", *["row"] * len(rows), "paragraph"]


def test_a_misspelling_in_a_table_is_found_in_its_row() -> None:
    text = f"{PROSE}\nНаименование   Количество   Срок\nпшеница   150 тонн   январь\nмасло   72 тонны   феврлаь\n"
    (entry,) = (e for e in examine(read_text(text, label="x")) if e.tier == "emend")
    assert (entry.lemma, entry.readings[0].text) == ("феврлаь", "февраль")


def test_verse_is_one_paragraph_that_keeps_its_lines() -> None:
    found = segments(f"{PROSE}\n{VERSE}\n\n{PROSE}")
    assert [s.kind for s in found] == ["paragraph", "verse", "paragraph"]
    assert len(found[1].sentences) == 1


@pytest.mark.parametrize(
    "names",
    [
        "Иванов Пётр\nСидоров Иван\nКузнецов Павел\nПопов Андрей",
        "Иванов П. И.\nСидоров И. П.\nКузнецов П. С.\nПопов А. А.",
        "Москва\nЛенинград\nКиев\nМинск\nХарьков",
    ],
)
def test_each_line_of_a_bare_list_stands_alone(names: str) -> None:
    assert kinds(f"Присутствовали:\n\n{names}\n") == ["paragraph", *["row"] * len(names.split("\n"))]


@pytest.mark.parametrize(
    "text",
    [
        PROSE,
        "В узкой колонке газеты\nслова идут короткими\nстроками, и Москва\nс Ленинградом стоят\nв начале строк тоже.",
        "ПРОТОКОЛ\nЗАСЕДАНИЯ БЮРО\nОТ ПЯТОГО МАЯ\nСОРОК ПЯТОГО ГОДА",
        "В 1941 году завод дал\n120 станков, а в 1942 году\nуже 150 станков,\nхотя рабочих стало вдвое\nменьше, чем в 1940 году.",
        "П о с т а н о в и л и   с о з в а т ь\nсъезд в мае.",
        "Министр иностранных дел                Молотов",
    ],
)
def test_prose_and_headings_are_no_rows(text: str) -> None:
    assert not {"row", "verse"} & set(kinds(text))


def test_a_header_of_a_page_between_rows_is_no_row() -> None:
    document = read_text(f"{PROSE}\n2.   5\n\n{PROSE}", label="x")
    assert document.original is not None
    assert [s.kind for s in document.original.furniture] == ["furniture"]


@pytest.mark.parametrize("table", [TABLES["blanks"], TABLES["one blank"], VERSE])
def test_the_page_keeps_the_lines(table: str) -> None:
    found = examine(read_text(f"{PROSE}\n{table}\n\n{PROSE}", label="x"))
    page = html.fromstring(WRITERS["html"].write(found))
    style = "".join(page.xpath("//style/text()"))
    assert ".facing tr.row td p { white-space: pre-wrap" in style
    assert ".facing tr.verse td p { white-space: pre-line" in style
    shown = [p.text_content() for p in page.xpath("//tr[@class='row' or @class='verse']/td/p")]
    marks = re.compile(r"\d+(\w+)~")  # an entry's number and its sign, should a cell be doubted
    assert marks.sub(r"\1", "\n".join(shown)) == table


def test_markdown_keeps_the_lines_of_verse() -> None:
    page = WRITERS["md"].write(examine(read_text(f"{VERSE}\n\n{PROSE}", label="x")))
    assert "чудесный,<br>Ещё ты дремлешь, друг прелестный,<br>Пора" in page
