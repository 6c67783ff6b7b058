"""Planted damage: what is said to be at an offset is there, and one seed makes one page."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

import pytest

from collation.learning.clean_pages import Damaged, Excerpt, is_marked, parallel
from collation.learning.damage import plant
from collation.reading import read_text

HEAD = '**May 5, 1931**  \n**{}**\n\n**Citation:**\n\n"{}", May 5, 1931\n\n**Contents:**\n\nOriginal Scan  \nTranslation - English\n\n'
RUSSIAN = """Рабочие завода в Харькове приняли резолюцию против войны. Они требовали хлеба и мира у своего правительства.

Корабль вышел из порта Одессы в полдень с грузом угля. Капитан получил приказ идти в Харьков без охраны.

Председатель открыл собрание и дал слово товарищу Орлову. Товарищ Орлов говорил о задачах весны в Харькове.

Китайская армия послала девять дивизий в Корею. Противник отступил на север страны под ударами авиации.

Мы просим Вас оказать нам военную помощь и прислать летчиков. Письмо было получено в посольстве вечером.

Дороги требуют ремонта после зимы. Мосты осмотрены и исправны, начальник отдела подписал доклад."""
ENGLISH = """The workers of the factory in Kharkov adopted a resolution against the war. They demanded bread and peace from their government.

The ship left the port of Odessa at noon with a load of coal. The captain received an order to go to Kharkov without a guard.

The chairman opened the meeting and gave the floor to Comrade Orlov. Comrade Orlov spoke of the tasks of spring in Kharkov.

The Chinese army sent nine divisions to Korea. The enemy retreated to the north of the country under the blows of aviation.

We ask you to give us military assistance and to send pilots. The letter was received in the embassy in the evening.

The roads need repair after the winter. The bridges have been inspected and are sound, the head of the department signed the report."""
OUTLINES = str.maketrans("ABCEHKMOPTXYacegiopxyhkmt", "АВСЕНКМОРТХУасеgіорхуhкмт")
SEEDS = range(40)


@cache
def clean(title: str, first: int) -> Excerpt:
    """The pairs of a clean document, its paragraphs beginning with another one."""
    texts = []
    for side in (RUSSIAN, ENGLISH):
        paragraphs = side.split("\n\n")
        texts.append("\n\n".join(paragraphs[first:] + paragraphs[:first]))
    found = parallel(read_text(HEAD.format(title, title) + "\n\n".join(texts) + "\n", label=title))
    assert found is not None
    assert len(found.pairs) == RUSSIAN.count("\n\n") + 1
    return found


@pytest.fixture(scope="module")
def pages() -> list[Damaged]:
    one, other = clean("Report", 0), clean("Letter", 3)
    return [plant(one, other, seed=seed) for seed in SEEDS]


def test_a_damaged_word_stands_whole_at_its_offsets(pages: list[Damaged]) -> None:
    words = set(re.findall(r"\w+", RUSSIAN))
    small = {word.lower() for word in words}
    found = [(page, damage) for page in pages for damage in page.damages if damage.code.startswith("LEX")]
    assert found
    for page, damage in found:
        (span,) = damage.spans
        assert re.fullmatch(r"\W\w+\W", page.text[span.start - 1 : span.stop + 1]), damage
        assert damage.wrong not in words
        assert damage.wrong.translate(OUTLINES).lower() in small, damage


def test_nothing_of_the_marks_is_left_in_a_page(pages: list[Damaged]) -> None:
    for page in pages:
        assert not is_marked(page.text)
        assert all(span.of(page.text).strip() for damage in page.damages for span in damage.spans)


def test_a_copy_stands_twice_and_the_first_is_its_model(pages: list[Damaged]) -> None:
    copies = [(page, damage) for page in pages for damage in page.damages if damage.code == "LAC703"]
    assert copies
    for page, damage in copies:
        first, second = damage.spans
        assert first.stop <= second.start
        assert first.of(page.text).split() == second.of(page.text).split()


def test_one_seed_makes_one_page_and_another_seed_another(pages: list[Damaged]) -> None:
    one, other = clean("Report", 0), clean("Letter", 3)
    assert plant(one, other, seed=7) == pages[7]
    assert len({page.text for page in pages}) == len(pages)


def test_every_kind_of_rule_has_something_to_find(pages: list[Damaged]) -> None:
    planted = Counter(damage.code for page in pages for damage in page.damages)
    wanted = (
        "SIG601 SIG602 VAL503 VAL504 VAL505 LAC703 PAIR901 CAT801 CAT802 CAT803 CAT804 CAT805 LEX104 LEX105".split()
    )
    assert sorted(planted) == sorted(wanted)
    assert min(planted.values()) >= 2, planted


def test_a_planted_page_is_read_as_one_document_of_two_texts(pages: list[Damaged]) -> None:
    for page in pages:
        document = read_text(page.text, label="page")
        assert document.original is not None
        assert document.translation is not None
        assert document.source.catalogue.value("citation")


def test_the_catalogue_s_rows_hold_what_was_planted_in_them(pages: list[Damaged]) -> None:
    rows = {"CAT802": "citation", "CAT803": "date", "CAT804": "language", "CAT805": "citation"}
    for page in pages:
        catalogue = read_text(page.text, label="page").source.catalogue
        for damage in page.damages:
            if damage.code in rows:
                row = catalogue.first(rows[damage.code])
                assert row is not None
                assert row.place.start <= damage.spans[0].start < damage.spans[0].stop <= row.place.stop
