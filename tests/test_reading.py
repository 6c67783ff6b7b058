"""Reading: catalogue, zones, testimony, tokens over line ends, encodings, furniture. Drawn as the files look."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from collation.errors import UnreadableInput
from collation.model import Document, Witness
from collation.reading import read_bytes, read_file, read_text
from collation.reading.encoding import decode
from counting import DOUBLED, calls_of

SEEDS = Path(__file__).parents[1] / "seeds"

HEADED = """\
**March 3, 1948**
**Letter from Ivanov to Petrov**

Citation:

"Letter from Ivanov to Petrov", March 3, 1948, Digital Archive, RGASPI, f. 17, op. 128, d. 4, listy 5-6. \
<https://archive.example.org/document/204060>

Summary:

Ivanov reports on the harvest.

Original Language:

Russian

Contents:

Transcript - Russian Translation - English СЕКРЕТНО

Товарищу Петрову

Урожай в области собран полностью.

Secret

To Comrade Petrov

The harvest in the region has been gathered in full.
"""
RUSSIAN = "Урожай в области собран полностью, зерно сдано на склады."
ENGLISH = "The harvest in the region has been gathered in full, and the grain is in store."


def read(text: str) -> Document:
    return read_text(text, label="test.txt")


def original(document: Document) -> Witness:
    assert document.original is not None
    return document.original


def words(witness: Witness | None) -> list[str]:
    assert witness is not None
    return [t.text for t in witness.words()]


def paragraphs(witness: Witness | None) -> list[str]:
    """The paragraphs as they read, marks between bars."""
    assert witness is not None
    return [" ".join(t.text for t in s.tokens) for s in witness.segments]


# The catalogue


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("date", "March 3, 1948"),
        ("title", "Letter from Ivanov to Petrov"),
        ("summary", "Ivanov reports on the harvest."),
        ("language", "Russian"),
    ],
)
def test_catalogue_rows(name: str, value: str) -> None:
    document = read(HEADED)
    row = document.source.catalogue.first(name)
    assert row is not None
    assert row.value == value
    assert " ".join(row.place.of(document.text).split()).strip("* ") == value


@pytest.mark.parametrize(
    "date",
    [
        "17 September 1953",
        "September 17, 1953",
        "September 1953",
        "1953",
        "17th September 1953",
        "17-18 September 1953",
        "Sept. 17, 1953",
        "17.09.1953",
        "1953-09-17",
    ],
)
def test_dates_of_the_catalogue_in_any_order_give_date_and_title(date: str) -> None:
    catalogue = read(HEADED.replace("**March 3, 1948**", f"**{date}**")).source.catalogue
    assert (catalogue.value("date"), catalogue.value("title")) == (date, "Letter from Ivanov to Petrov")
    plain = read(
        HEADED.replace("**March 3, 1948**\n**Letter from Ivanov to Petrov**", f"{date}\n\nLetter from Ivanov to Petrov")
    )
    assert (plain.source.catalogue.value("date"), plain.source.catalogue.value("title")) == (
        date,
        "Letter from Ivanov to Petrov",
    )


def test_the_archives_number_names_the_document() -> None:
    assert read(HEADED).source.id == "204060"


def test_the_archive_reference_names_it_where_there_is_no_number() -> None:
    without = HEADED.replace("<https://archive.example.org/document/204060>", "")
    assert read(without).source.id.startswith("f. 17, op. 128")


def test_the_digest_names_it_otherwise() -> None:
    document = read(RUSSIAN)
    assert document.source.id == document.source.digest[:16]


def test_labels_that_share_a_line_with_text() -> None:
    document = read(HEADED)
    assert document.source.labels == ("Transcript - Russian", "Translation - English")
    assert words(document.original)[:3] == ["СЕКРЕТНО", "Товарищу", "Петрову"]
    assert words(document.translation)[0] == "Secret"


@pytest.mark.parametrize(
    ("seed", "date", "number"),
    [
        ("000", "February 23, 1943", "134272"),
        ("001", "September 6, 1942", "134270"),
        ("002", "September 30, 1950", "119402"),
        ("003", "October 8, 1950", "112862"),
    ],
)
def test_seeds_have_their_catalogue(seed: str, date: str, number: str) -> None:
    document = read_file(next(SEEDS.glob(f"{seed}_*.txt")))
    assert document.source.catalogue.value("date") == date
    assert document.source.id == number
    assert (document.translation is None) == (seed in {"000", "001"})


def test_a_file_without_a_header_has_an_empty_catalogue() -> None:
    assert read(RUSSIAN).source.catalogue.fields == ()


def test_the_word_contents_alone_makes_no_header() -> None:
    document = read(f"{RUSSIAN}\n\nСодержание\n\n{ENGLISH}\n\nContents:\n\nThe harvest.")
    assert document.source.catalogue.fields == ()
    assert words(document.original)[0] == "Урожай"


# Zones


@pytest.mark.parametrize("parts", [(RUSSIAN, ENGLISH), (ENGLISH, RUSSIAN)], ids=["Russian first", "English first"])
def test_zones_are_found_by_script(parts: tuple[str, str]) -> None:
    document = read("\n\n".join(parts))
    assert words(document.original) == RUSSIAN.replace(",", "").rstrip(".").split()
    assert words(document.translation) == ENGLISH.replace(",", "").rstrip(".").split()


def test_alternating_paragraphs_go_by_their_own_letters() -> None:
    document = read("\n\n".join([RUSSIAN, ENGLISH] * 3))
    assert paragraphs(document.original) == paragraphs(read(RUSSIAN).original) * 3
    assert len(paragraphs(document.translation)) == 3


def test_a_file_without_english() -> None:
    document = read(RUSSIAN)
    assert document.translation is None
    assert document.warnings == ("no-translation",)


def test_a_latin_word_in_a_russian_text_is_no_translation() -> None:
    assert read(RUSSIAN * 5 + "\nОтправлено на ст. New York.").translation is None


# Testimony


@pytest.mark.parametrize(
    ("text", "kind", "content", "about"),
    [
        ("received on 7 September [sic- October] from Mao", "sic", "October", "September"),
        ("received on 7 September [sic: October] from Mao", "sic", "October", "September"),
        ("the comrade [sic] from Mao", "sic", "", "comrade"),
        ("the staff [[several illegible words]] moved", "illegible", "several illegible words", "staff"),
        ("to the generalissimo [Chiang Kai-shek] himself", "gloss", "Chiang Kai-shek", "generalissimo"),
    ],
)
def test_brackets_of_the_translation_are_testimony(text: str, kind: str, content: str, about: str) -> None:
    document = read(f"{RUSSIAN}\n\nIt was {text}, and the harvest is in store.")
    assert document.translation is not None
    (testimony,) = document.translation.testimony
    assert (testimony.kind, testimony.content) == (kind, content)
    assert testimony.about is not None
    assert testimony.about.of(document.text) == about
    assert testimony.place.of(document.text).startswith("[")


def test_what_a_sic_proposes_is_not_read_as_text() -> None:
    document = read(f"{RUSSIAN}\n\nIt came on 7 September [sic- October] and the harvest is in store.")
    assert "October" not in words(document.translation)


@pytest.mark.parametrize(
    ("text", "kind", "kept"),
    [
        ("к [реке] Днепру", "gloss", ["реке"]),
        ("к Днепру (далее две строки печатного текста трудно читаемы-АЛ) дальше", "illegible", []),
        ("к Днепру (неразборчиво) дальше", "illegible", []),
    ],
)
def test_brackets_of_the_original(text: str, kind: str, kept: list[str]) -> None:
    document = read(f"Красная Армия теснит противника {text}.")
    (testimony,) = original(document).testimony
    assert testimony.kind == kind
    inside = [w for w in words(document.original) if w in {"реке", "далее", "строки", "неразборчиво"}]
    assert inside == kept


def test_ordinary_round_brackets_are_text() -> None:
    document = read("Приняли депутаты (всего сорок человек) и гости.")
    assert original(document).testimony == ()
    assert "сорок" in words(document.original)


def test_a_label_in_brackets_keeps_its_text() -> None:
    document = read(f"{RUSSIAN}\n\n[handwritten in the margin: agreed with Molotov] The harvest has been gathered.")
    assert document.translation is not None
    kinds = [t.kind for t in document.translation.testimony]
    assert kinds == ["note"]
    assert words(document.translation)[:3] == ["agreed", "with", "Molotov"]


# Words over blanks, line ends and sheets


@pytest.mark.parametrize(
    ("text", "word", "shown"),
    [
        ("Город М о с к в а стоит давно.", "Москва", "М о с к в а"),
        ("Приказ П О С Т А Н О В Л Я Е Т всем.", "ПОСТАНОВЛЯЕТ", "П О С Т А Н О В Л Я Е Т"),
        ("Они узнали, что капи-\nтал вывезен за границу.", "капитал", "капитал"),
        ("Они узнали, что капи-\n'тал вывезен за границу.", "капитал", "капитал"),
        ("Они узнали, что капи-.\nтал вывезен за границу.", "капитал", "капитал"),
        ("Они узнали, что капи¬\nтал вывезен за границу.", "капитал", "капитал"),
        ("Прибыл вице-\nпремьер республики.", "вице-премьер", "вице-премьер"),
    ],
)
def test_words_spaced_or_broken(text: str, word: str, shown: str) -> None:
    document = read(text)
    token = next(t for t in original(document).words() if t.text == word)
    assert token.place.of(document.text).replace("\n", "") == shown


def test_a_dash_at_the_line_end_joins_nothing() -> None:
    assert words(read("Урожай собран -\nзерно сдано.").original) == ["Урожай", "собран", "зерно", "сдано"]


def test_four_initials_are_no_spaced_word() -> None:
    assert "ибыл" not in words(read("Он и я в М. были.").original)


def test_a_sentence_survives_its_page_break() -> None:
    document = read(
        "Корейские товарищи просят оказать им помощь в снабжении войск,\n"
        "\n- 2 -\n\n"
        "так как собственных запасов у них осталось только на две недели.\n"
    )
    (paragraph,) = original(document).segments
    assert len(paragraph.sentences) == 1
    assert [s.number for s in document.source.sheets] == ["2"]
    assert [s.place.of(document.text) for s in original(document).furniture] == ["- 2 -"]


@pytest.mark.parametrize("head", ["ПОСОЛЬСТВО СССР - 3 -", "- 3 - СОВ. СЕКРЕТНО"])
def test_a_sentence_survives_a_running_head_with_a_page_number(head: str) -> None:
    document = read(
        "Корейские товарищи просят оказать им помощь в снабжении войск\n"
        f"\n{head}\n\n"
        "ввиду того, что собственных запасов у них осталось на две недели.\n"
    )
    assert [len(s.sentences) for s in original(document).segments] == [1]
    assert [s.number for s in document.source.sheets] == ["3"]
    assert [s.place.of(document.text) for s in original(document).furniture] == [head]


@pytest.mark.parametrize(
    "line",
    [
        "369",
        "- 2 -",
        "Лист № 2",
        "Продолжение ШИФРОВКИ № 600308/ш",
        "ДОКЛАД ТОВ. ЗОТОВА — 12 —",
        "Снятие копий воспрещается",
        "Экз. № 1",
        "Рассекречено",
        "Для отметок",
        "N 120, II",
        "2.   5",
        "3. 6",
        "2     5",
        "12)  114",
    ],
)
def test_furniture_is_kept_apart(line: str) -> None:
    document = read(f"{RUSSIAN}\n\n{line}\n\nЗерно сдано на склады полностью.\n")
    assert [s.place.of(document.text) for s in original(document).furniture] == [line]
    assert line.split()[0] not in words(document.original)


@pytest.mark.parametrize(
    "line",
    [
        "Лист прошения приложен",
        "369 тонн сдано",
        "Рассекречено было всё",
        "5 из 12 вагонов",
        "ВАГОНОВ - 12",
        "Письмо Зотова - 3 -",
    ],
)
def test_text_that_begins_like_furniture_is_text(line: str) -> None:
    assert original(read(f"{RUSSIAN}\n\n{line}\n")).furniture == ()


def test_a_sheet_is_told_for_every_offset() -> None:
    document = read(f"Лист № 1\n\n{RUSSIAN}\n\nЛист № 2\n\nЗерно сдано на склады.\n")
    sheet = document.source.sheet(document.text.index("Зерно"))
    assert sheet is not None
    assert sheet.number == "2"


def test_hard_wrapped_lines_are_one_paragraph() -> None:
    document = read(
        "Настоящим сообщаю Вам, что урожай в области\n"
        "собран полностью, и зерно сдано на склады.\n"
        "Прошу выслать вагоны для отправки в Москву.\n"
    )
    (paragraph,) = original(document).segments
    assert len(paragraph.sentences) == 2


def test_list_items_stand_alone() -> None:
    document = read("Постановили:\n- 1) собрать урожай;\n- 2) сдать зерно;\n- 3) выслать вагоны.\n")
    assert len(original(document).segments) == 4


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Принял тов. Сталин. Он молчал.", ["Принял тов. Сталин .", "Он молчал ."]),
        ("Прибыл И. В. Сталин. Он молчал.", ["Прибыл И. В. Сталин .", "Он молчал ."]),
        ("Это было в 1950 г. в Москве.", ["Это было в 1950 г. в Москве ."]),
        ("Кто это? Не знаю!", ["Кто это ?", "Не знаю !"]),
        ("1. Собрать урожай. 2. Сдать зерно.", ["1. Собрать урожай .", "2. Сдать зерно ."]),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    document = read(text)
    (segment,) = original(document).segments
    assert [" ".join(t.text for t in s).replace(" .", ".") for s in segment.sentence_tokens()] == [
        s.replace(" .", ".") for s in sentences
    ]


# Encodings


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("cp1251", b""),
        ("koi8-r", b""),
        ("cp866", b""),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_encodings_are_recognised(encoding: str, mark: bytes) -> None:
    document = read_bytes(mark + (RUSSIAN + "\n").encode(encoding) * 4, label="letter.txt")
    assert words(document.original) == words(read((RUSSIAN + "\n") * 4).original)
    assert ("encoding" in document.warnings) == (encoding != "utf-8")


def test_a_byte_order_mark_is_a_character_of_the_text() -> None:
    document = read_bytes(codecs.BOM_UTF8 + RUSSIAN.encode(), label="letter.txt")
    assert document.file.text == "\ufeff" + RUSSIAN
    assert document.text == RUSSIAN
    assert document.in_file(original(document).words()[0]).start == 1


EIGHT_BIT = ["cp1251", "koi8-r", "cp866", "cp855", "iso8859-5", "mac-cyrillic"]
LETTERS = [
    "Урожай собран полностью, зерно сдано.",
    "Товарищу Сталину. Корейские товарищи просят оказать им помощь в снабжении войск, так как запасов осталось мало.",
    "СЕКРЕТНО\r\n\r\nПосылаю Вам три письма; прошу подтвердить получение № 5.\r\n",
]


@pytest.mark.parametrize("encoding", EIGHT_BIT)
@pytest.mark.parametrize("text", LETTERS)
def test_no_cyrillic_encoding_is_taken_for_another(encoding: str, text: str) -> None:
    data = text.encode(encoding, "ignore")
    assert decode(data, label="x")[0] == data.decode(encoding)


@pytest.mark.parametrize(("byte", "at"), [(0xFF, 31), (0xD0, 40), (0x80, 101)])
def test_a_bad_byte_in_a_utf8_file_is_told_with_its_offset(byte: int, at: int) -> None:
    data = f"Первая строка.\n{RUSSIAN}".encode()
    line = data[:at].count(b"\n") + 1
    with pytest.raises(UnreadableInput, match=rf"byte {at} \(0x{byte:02x}, on line {line}\)"):
        read_bytes(data[:at] + bytes([byte]) + data[at:], label="x")


def test_a_utf8_file_cut_inside_a_letter_is_told_with_its_offset() -> None:
    data = RUSSIAN.encode()[:-1]
    with pytest.raises(UnreadableInput, match=f"byte {len(data)} "):
        read_bytes(data + b"\xd0", label="x")


def test_an_encoding_can_be_ordered() -> None:
    data = "Ура".encode("koi8-r")
    assert words(read_bytes(data, label="x", encoding="koi8-r").original) == ["Ура"]
    with pytest.raises(UnreadableInput, match=r"^x: the bytes are not utf-8"):
        read_bytes(data, label="x", encoding="utf-8")
    with pytest.raises(UnreadableInput, match="no encoding named"):
        read_bytes(data, label="x", encoding="klingon")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_stay_and_are_counted(end: str) -> None:
    document = read_bytes(f"{RUSSIAN}{end}{end}{ENGLISH}{end}".encode(), label="x")
    assert document.text.count(end) == 3
    assert document.translation is not None
    start = document.translation.words()[0].start
    assert (document.source.line(start), document.source.column(start)) == (3, 1)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "empty"),
        (b" \n\t ", "empty"),
        (bytes(range(256)) * 40, r"no text file|binary"),
        (b"\x7fELF" + b"\x00\x01\x02\x03" * 500, r"no text file|binary"),
        (b"1950 --- 26", "no Russian or English text"),
        (ENGLISH.encode(), "no Russian text"),
    ],
    ids=["empty", "blank", "binary", "program", "figures", "English only"],
)
def test_what_is_no_document_is_said_with_its_path(data: bytes, message: str) -> None:
    with pytest.raises(UnreadableInput, match=message) as caught:
        read_bytes(data, label="folder/letter.txt")
    assert caught.value.path == "folder/letter.txt"


def test_a_missing_file_is_named() -> None:
    with pytest.raises(UnreadableInput, match="cannot be opened") as caught:
        read_file(Path("nowhere") / "нет такого.txt")
    assert caught.value.path == "nowhere/нет такого.txt"


def test_a_line_twice_as_long_takes_twice_the_calls() -> None:
    sentence = "Он прибыл в Москву пятого мая и сразу передал письмо товарищу Громыко. "
    once, twice = (calls_of(lambda n=n: read(sentence * n)) for n in (1_000, 2_000))  # type: ignore[misc]
    assert 12 * 1_000 < once < twice <= DOUBLED * once


def test_a_line_of_a_million_bytes_is_read() -> None:
    document = read("Он прибыл в Москву пятого мая и сразу передал письмо товарищу Громыко. " * 7_600)
    assert len(document.text.encode()) > 900_000
    assert len(original(document).words()) == 12 * 7_600
