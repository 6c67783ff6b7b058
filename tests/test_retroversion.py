"""What English words would be in Russian: the lists first, else word by word in the case that the preposition asks for."""

from __future__ import annotations

import pytest

from collation.evidence.context import Context
from collation.languages import RUSSIAN_ENGLISH
from collation.reading import read_pair
from collation.reading.tokens import Flow, tokenise
from collation.rules.lacunae.retroversion import retroversion
from known import context_of

TABLE = """
The Central Committee               | Центральный Комитет
for the Central Committee           | для Центрального Комитета
United States of America            | США
the letter of the ambassador        | письмо посла
letter to the Chairman of the Council | письмо председателю совета
by the minister and the ambassador  | министром и послом
On the situation in Korea           | об обстановке в Корее
about the agreement                 | о соглашении
new Soviet plans                    | новые советские планы
city schools                        | городские школы
trade agreement                     | торговое соглашение
economic aid                        | экономическая помочь
Beijing letter                      | письмо Пекина
visit of Voroshilov                 | визит Ворошилова
Ambassador Shtykov                  | посол Штыков
with Comrade Voroshilov             | с товарищем Ворошиловым
Stalin                              | Сталин
with Dwqzx Stalin                   | с ‹…› Сталиным
letter of Dwqzx                     |
the xyzzyq                          |
the                                 |
"""
ROWS = [tuple(cell.strip() for cell in line.split("|")) for line in TABLE.strip().splitlines()]


@pytest.fixture(scope="module")
def context() -> Context:
    return context_of(
        read_pair("Приехал товарищ Гребнев. Гребнева встретили.", "Comrade Grebnev came. Grebnev was met.")
    )


def made(context: Context, english: str) -> str:
    flow = Flow(english, tuple(range(len(english))))
    return retroversion(context, tokenise(flow, language=RUSSIAN_ENGLISH.of("en")))


@pytest.mark.parametrize(("english", "russian"), ROWS, ids=[english for english, _ in ROWS])
def test_english_words_are_put_into_russian(context: Context, english: str, russian: str) -> None:
    assert made(context, english) == russian


def test_a_name_is_written_as_the_document_has_it(context: Context) -> None:
    assert made(context, "letter to Grebnev") == "письмо Гребневу"
