"""Texts as people store them: line ends of every kind, decomposed letters, soft hyphens and signs that nobody sees."""

from __future__ import annotations

import json
import random
import subprocess
import unicodedata
from functools import lru_cache
from pathlib import Path

import pytest
import regex
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from collation.commands.app import app
from collation.model import Apparatus
from collation.pipeline import examine
from collation.reading import read_bytes, read_file, read_text
from collation.reading.as_read import read_visible

SEEDS = Path(__file__).parents[1] / "seeds"
ENGLISH = "He came to Moscow on 5 May.\nThey waited for him at the station.\n"
RUNS = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))

# What precedes the misspelt word; sed counts the line feeds in it and nothing else.
ABOVE = {
    "line feeds": "Первая строка письма.\n\nВторая строка письма.\n",
    "both": "Первая строка письма.\r\n\r\nВторая строка письма.\r\n",
    "form feed": "Первая строка письма.\fВторая строка письма.\n\f\nТретья.\n",
    "separators": "Первая строка письма.\u2028Вторая строка письма.\u2029Третья.\n",
    "next line": "Первая строка письма.\x85Вторая строка.\n",
    "tabulation": "Первая строка письма.\vВторая строка.\n",
    "lone returns": "Первая строка письма.\rВторая строка письма.\n\r\nТретья.\n",
}


def run(*args: str) -> str:
    result = CliRunner().invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.stdout


def found(apparatus: Apparatus) -> list[tuple[str, str, str, tuple[str, ...], float]]:
    """What was found, without offsets."""
    return [(e.code, e.lemma, e.tier, tuple(r.text for r in e.readings), round(e.probability, 9)) for e in apparatus]


@lru_cache(maxsize=64)
def apparatus_of(text: str) -> Apparatus:
    return examine(read_text(text, label="letter.txt"))


# Lines


@pytest.fixture(params=ABOVE.values(), ids=ABOVE.keys())
def letter(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter with one misspelt word, in a folder of its own."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "letter.txt"
    path.write_bytes(f"{request.param}Он прпбыл в Москву 5 мая.\n\n{ENGLISH}".encode())
    return path


def by_sed(path: Path, word: str = "прпбыл") -> int:
    """The number of the line on which sed shows the misspelt word, or another."""
    count = path.read_bytes().count(b"\n")
    lines = {
        n: subprocess.run(["sed", "-n", f"{n}p", str(path)], capture_output=True, check=True).stdout
        for n in range(1, count + 1)
    }
    (number,) = [n for n, line in lines.items() if word in line.decode()]
    return number


def test_sarif_counts_lines_as_sed_does(letter: Path) -> None:
    results = json.loads(run("check", "letter.txt", "--no-cache", "--format", "sarif"))["runs"][0]["results"]
    regions = [
        r["locations"][0]["physicalLocation"]["region"]
        for r in results
        if "прпбыл" in str(r) and r["ruleId"].startswith("LEX")
    ]
    assert [(r["startLine"], r["endLine"]) for r in regions] == [(by_sed(letter),) * 2]
    line = letter.read_bytes().split(b"\n")[regions[0]["startLine"] - 1].decode()
    assert line[regions[0]["startColumn"] - 1 :].startswith("прпбыл")


def test_annotations_count_lines_as_sed_does(letter: Path) -> None:
    said = run("check", "letter.txt", "--no-cache", "--format", "github")
    (line,) = [found for found in said.splitlines() if found.startswith("::") and "прпбыл" in found]
    assert f"line={by_sed(letter)}," in line


@pytest.mark.parametrize("form", ["text", "full"])
def test_the_check_counts_lines_as_sed_does(letter: Path, form: str) -> None:
    assert f"letter.txt:{by_sed(letter)}:" in run("check", "letter.txt", "--no-cache", "--format", form)


def test_the_check_as_json_counts_lines_as_sed_does(letter: Path) -> None:
    data = json.loads(run("check", "letter.txt", "--no-cache", "--format", "json"))
    assert [f["line"] for f in data["findings"] if f["lemma"] == "прпбыл"] == [by_sed(letter)]


def test_explain_takes_the_line_of_sed(letter: Path) -> None:
    number = by_sed(letter)
    assert "прпбыл" in run("explain", f"letter.txt:{number}")
    assert "No rule doubted anything" in run("explain", f"letter.txt:{number + 1}")


@pytest.mark.parametrize(("form", "said"), [("json", '"line": {}'), ("md", "line {}"), ("html", "line\xa0{}")])
def test_reports_count_lines_as_sed_does(letter: Path, form: str, said: str) -> None:
    run("report", "letter.txt", "--out", "out", "--format", form)
    (page,) = Path("out").glob(f"letter*.{form}")
    text = page.read_text(encoding="utf-8")
    assert said.format(by_sed(letter)) in text or said.replace("\xa0", " ").format(by_sed(letter)) in text


def test_alignment_counts_lines_as_sed_does(letter: Path) -> None:
    assert f"= ll. {by_sed(letter, 'He came')}-" in run("align", "letter.txt")


def test_a_lone_return_ends_a_line_where_there_is_no_line_feed() -> None:
    document = read_bytes("Первая.\rВторая.\r\rТретья.".encode(), label="x")
    assert document.source.line(document.text.index("Третья")) == 4


@pytest.mark.parametrize("end", ["\f", "\u2028", "\u2029"])
def test_these_end_a_paragraph(end: str) -> None:
    document = read_text(f"Корейские товарищи просят{end}Советские товарищи ответили\nна просьбу.", label="x")
    assert document.original is not None
    assert [len(s.tokens) for s in document.original.segments] == [3, 6]
    assert len(document.source.line_starts) == 2


# Signs that nobody sees

INVISIBLE = ["\u00ad", "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u200e"]


def sprinkle(text: str, signs: str, seed: int, share: float = 0.2) -> str:
    """The text with such signs inside its words, never at the end of a line."""
    chance = random.Random(seed)
    return regex.sub(r"(?<=\p{L})(?=\p{L})", lambda _: chance.choice(signs) if chance.random() < share else "", text)


SAMPLES = [
    "Он прпбыл в Москву 5 мая 1950 года и встретил товарища Штыкова, ёмкий йод.\n\n"
    "He arrived in Moscow on 5 May 1940 and met comrade Shtykov.\n",
    "Войска пришли\nв Корею и заняли горо-\nд Пхеньян, но ёго окресности [реке] разрушсны (неразборчиво).",
    "**March 3, 1948**\n**Letter from Ivanov**\n\nCitation:\n\n\"Letter from Ivanov\", March 3, 1948, RGASPI, f. 17, op. 1, d. 4, "
    "listy 5-6.\n\nContents:\n\nTranscript - Russian Translation - English Товарищу Петрову\n\nУрожяй собран 4 марта.\n\n"
    "To Comrade Petrov\n\nThe harvest was gathered on 5 March.\n",
]  # fmt: skip


@pytest.mark.parametrize("text", SAMPLES)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_decomposed_letters_change_nothing(text: str, form: str) -> None:
    written = unicodedata.normalize(form, text)
    assert found(apparatus_of(written)) == found(apparatus_of(text)) != []


@RUNS
@given(st.sampled_from(SAMPLES), st.sampled_from([*INVISIBLE, "".join(INVISIBLE)]), st.integers(0, 999), st.booleans())
def test_invisible_signs_change_nothing(text: str, signs: str, seed: int, decomposed: bool) -> None:
    written = sprinkle(unicodedata.normalize("NFD", text) if decomposed else text, signs, seed)
    here, plain = apparatus_of(written), apparatus_of(text)
    assert found(here) == found(plain)
    for entry, other in zip(here, plain, strict=True):
        for place, its in zip((*entry.places, *entry.opposite), (*other.places, *other.opposite), strict=True):
            assert read_visible(place.of(written))[0] == its.of(text)
            assert here.source.line(place.start) == plain.source.line(its.start)


def test_a_seed_reads_the_same_decomposed_and_with_soft_hyphens() -> None:
    text = read_file(next(SEEDS.glob("000_*.txt"))).text
    plain = found(apparatus_of(text))
    assert len(plain) > 2
    assert found(apparatus_of(unicodedata.normalize("NFD", text))) == plain
    assert found(apparatus_of(sprinkle(text, "\u00ad", 5))) == plain


@pytest.mark.parametrize(
    "text",
    [
        "Пожарные при\u00ad\nбыли на склад.",
        "Пожарные при\u00ad \r\nбыли на склад.",
        "Пожарные при\u200b\u00ad\u2060\nбыли на склад.",
        "Пожарные при\u00ad\n  бы\u00adли на склад.",
    ],
)
def test_at_a_line_end_a_soft_hyphen_joins_the_word(text: str) -> None:
    document = read_text(text, label="x")
    assert document.original is not None
    assert [t.text for t in document.original.words()] == ["Пожарные", "прибыли", "на", "склад"]
    assert not apparatus_of(text).entries


def test_a_soft_hyphen_joins_where_a_hyphen_could_belong_to_a_compound() -> None:
    document = read_text("Прибыл вице\u00ad\nпремьер и ОДИННАД\u00ad\nЦАТЬ министров.", label="x")
    assert document.original is not None
    assert [t.text for t in document.original.words()] == ["Прибыл", "вицепремьер", "и", "ОДИННАДЦАТЬ", "министров"]


@pytest.mark.parametrize(
    "text",
    [
        "Доро\u00adгой товарищ, уро\u00adжай собран пол\u00adностью, и зер\u00adно сдано на скла\u00adды.",
        "Ми\u00adни\u00adстерство про\u00adсит при\u00adслать два ваго\u00adна угля.\n\nThe min\u00adistry asks for two wag\u00adons of coal.",
        "Пред\u00adседа\u00adтель\n\nНа засе\u00adдании при\u00adсут\u00adство\u00adвали все чле\u00adны прав\u00adле\u00adния.",
    ],
)
def test_soft_hyphens_in_sound_texts_are_no_doubts(text: str) -> None:
    assert not apparatus_of(text).entries


def test_a_misspelling_with_soft_hyphens_is_mended_as_a_whole() -> None:
    text = "Пожарные прп\u00adбы\u00adли на склад в\u200b\u2060 половине шестого."
    (entry,) = apparatus_of(text)
    assert (entry.lemma, entry.readings[0].text) == ("прпбыли", "прибыли")
    (edit,) = entry.readings[0].edits
    mended = text[: edit.place.start] + edit.text + text[edit.place.stop :]
    assert mended == "Пожарные прибыли на склад в\u200b\u2060 половине шестого."
