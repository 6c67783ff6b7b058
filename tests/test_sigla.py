"""The odd sign out, the missing sheet, and the slips of the catalogue."""

from __future__ import annotations

import pytest

from collation.evidence.context import Context
from collation.model import Hypothesis
from collation.reading import read_text
from collation.rules.catalogue import slips as catalogue
from collation.rules.sigla import repeated_signs as sigla
from known import context_of

_SHEETS = """ШИФРОВКА № {first}

Передаю текст письма, полученного от товарища Ким Ир Сена.

Лист № 2

Продолжение ШИФРОВКИ № {second}

Противник ведет уличные бои непосредственно в городе Сеуле.

Лист № {sheet}

Продолжение ШИФРОВКИ № {third}

Мы просим Вашего указания по поводу вышеизложенного.
"""

_HEADER = """digitalarchive.example.org

**{date}**

**Cable from {name} to Stalin**

**Citation:**

"Cable from {name} to Stalin", {date}, APRF, f. 45, op. 1, d. 347, {leaves}. <https://{host}/document/1>

**Original Language:**

Russian

**Contents:**

Transcript - Russian
Translation - English

{heading}

Товарищу Сталину. Получено 8.10.1950 г.

Прошу Вас, товарищ {russian}, прочитать это письмо.

Архив Президента, Фонд N 45, Опись N 1, Дело 347, Лист N 65-67

To Comrade Stalin.

I ask you, Comrade Shtykov, to read this letter. Comrade Shtykov may copy it.
"""
_RIGHT = {
    "date": "October 8, 1950",
    "name": "Shtykov",
    "russian": "Штыков",
    "leaves": "ll. 65-67",
    "host": "digitalarchive.example.org",
    "heading": "Письмо от 8 октября 1950 г.",
}


def _context(text: str) -> Context:
    return context_of(read_text(text, label="x"))


def _told(context: Context, found: list[Hypothesis]) -> list[tuple[str, str, str]]:
    return [(h.code, h.places[0].of(context.text), "".join(e.text for e in h.edits)) for h in found]


def _sigla(first: str, second: str, third: str, sheet: int = 3) -> list[tuple[str, str, str]]:
    context = _context(_SHEETS.format(first=first, second=second, third=third, sheet=sheet))
    rules = (sigla.ODD_ONE, sigla.SHEETS)
    return _told(context, [h for rule in rules for h in rule.propose(context)])


def _catalogue(**changed: str) -> list[tuple[str, str, str]]:
    context = _context(_HEADER.format(**{**_RIGHT, **changed}))
    rules = (catalogue.NAMES, catalogue.REFERENCES, catalogue.DATES, catalogue.LANGUAGES, catalogue.HOSTS)
    return _told(context, [h for rule in rules for h in rule.propose(context)])


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (("600308/ш", "600308/ш", "600308/ш"), []),
        (("600308/ш", "600308/в", "600308/ш"), [("SIG601", "в", "ш")]),
        (("600308/ш", "600808/ш", "600308/ш"), [("SIG601", "600808", "600308")]),
        (("600308/ш", "600309/ш", "600310/ш"), []),
    ],
)
def test_odd_one_out(written: tuple[str, str, str], expected: list[tuple[str, str, str]]) -> None:
    assert _sigla(*written) == expected


def test_missing_sheet() -> None:
    text = _SHEETS.format(first="600308/ш", second="600308/ш", third="600308/ш", sheet=4)
    context = _context(text + "\nЛист № 5\n\nС уважением.\n")
    assert _told(context, list(sigla.SHEETS.propose(context))) == [("SIG602", "Лист № 4", "")]
    assert _sigla("600308/ш", "600308/ш", "600308/ш", sheet=3) == []


def test_transliteration() -> None:
    assert sigla.transliterate("Шс") == "shs"


def test_a_right_catalogue_is_left_alone() -> None:
    assert _catalogue() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"name": "Shtytkov"}, [("CAT801", "Shtytkov", "Shtykov")] * 2),
        ({"leaves": "II. 65-67"}, [("CAT802", "II", "ll")]),
        ({"leaves": "listy 65-68"}, [("CAT802", "65-68", "")]),
        ({"date": "October 9, 1950"}, [("CAT803", "October 9, 1950", "")]),
        ({"heading": "Письмо без числа"}, [("CAT803", "October 8, 1950", "")]),
        ({"heading": "Перевод с корейского 8 октября 1950 г."}, [("CAT804", "Russian", "")]),
        (
            {"host": "digital-archive.dvtest.com"},
            [("CAT805", "digital-archive.dvtest.com", "digitalarchive.example.org")],
        ),
    ],
)
def test_slips_of_the_catalogue(changed: dict[str, str], expected: list[tuple[str, str, str]]) -> None:
    assert _catalogue(**changed) == expected


@pytest.mark.parametrize("name", [("Shytkov", "Шытков"), ("Shtyrkov", "Штырков"), ("Shlykov", "Шлыкова")])
def test_the_original_may_have_the_name_of_the_catalogue(name: tuple[str, str]) -> None:
    own, russian = name
    assert _catalogue(name=own, russian=russian) == []
