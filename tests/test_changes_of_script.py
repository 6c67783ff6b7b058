"""A paragraph that begins in one language and goes on in the other: each half is examined as what it is; quotations stay."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.errors import UnreadableInput
from collation.model import Document
from collation.pipeline import examine
from collation.reading import read_text

RUSSIAN = "Мы получили ваше писмьо и согласны с вашими предложениями."
ENGLISH = "We have received your letter and agree with your proposals and wishes."
MORE = "Второе письмо пришло вчера вечером.\n\nThe second letter came yesterday in the evening.\n"


def sides(text: str) -> tuple[list[str], list[str]]:
    """The paragraphs of the original and those of the translation, as the file has them."""
    document = read_text(text, label="a.txt")
    return _texts(document, "original"), _texts(document, "translation")


def _texts(document: Document, role: str) -> list[str]:
    text = document.source.text
    return [
        " ".join(text[s.place.start : s.place.stop].split())
        for w in document.witnesses
        if w.role == role
        for s in w.segments
    ]


@pytest.mark.parametrize(
    "text",
    [
        f"{RUSSIAN} {ENGLISH}",
        f"{ENGLISH} {RUSSIAN}",
        f"{RUSSIAN}\u00a0\t{ENGLISH}\n",
        f"**{RUSSIAN} {ENGLISH}**",
        f"{RUSSIAN} {ENGLISH}\r\n".replace(" с вашими ", "\r\nс вашими ").replace(" letter and ", " letter\r\nand "),
    ],
)
def test_a_paragraph_is_parted_where_the_script_changes_for_good(text: str) -> None:
    assert sides(text) == ([RUSSIAN], [ENGLISH])


def test_paragraphs_that_are_parted_stay_paragraphs() -> None:
    text = f"Первый абзац письма о приезде.\n\n{RUSSIAN} {ENGLISH}\n\n{MORE.replace(chr(10) * 2, ' ')}"
    assert sides(text) == (
        ["Первый абзац письма о приезде.", RUSSIAN, "Второе письмо пришло вчера вечером."],
        [ENGLISH, "The second letter came yesterday in the evening."],
    )


def test_the_russian_half_is_examined_at_its_place_in_the_file() -> None:
    text = f"\ufeff{MORE}\n{RUSSIAN} {ENGLISH}\n"
    found = examine(read_text(text, label="a.txt"))
    (entry,) = (e for e in found.entries if e.lemma == "писмьо")
    assert text[entry.place.start : entry.place.stop] == "писмьо"
    assert not any(u.says == "original-in-translation" for u in found.unexamined)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Он ответил им вчера вечером. “We shall never surrender to the enemy of the people.” И ушёл домой.",
        "Мы так и сказали им вчера вечером. Sic transit gloria mundi est in aeternum.",
        "Смотри об этом подробно в книге. The Origins of the Cold War, New York, 1990. Там же сказано и о нас.",
        "Мы прибыли вчера вечером в город Хельсинки. Hotel Kämp.",
        "Письмо было отправлено из города вчера вечером. Ministère des Affaires étrangères de la République.",
    ],
)
def test_what_is_quoted_stays_in_its_paragraph(paragraph: str) -> None:
    whole = f"{RUSSIAN} {paragraph}"
    assert sides(f"{whole}\n\n{MORE}")[0][0] == whole


def test_one_english_sentence_of_a_long_russian_text_is_no_translation() -> None:
    text = "\n\n".join([RUSSIAN] * 8 + [f"{RUSSIAN} {ENGLISH}"] + [RUSSIAN] * 8)
    original, translation = sides(text)
    assert len(original) == 17 and not translation


def test_what_cannot_be_parted_is_told() -> None:
    text = f"{MORE}\n{RUSSIAN.rstrip('.')} {ENGLISH}\n"
    found = examine(read_text(text, label="a.txt"))
    (told,) = (u for u in found.unexamined if u.says == "original-in-translation")
    assert told.place and text[told.place.start : told.place.stop] == RUSSIAN.rstrip(".")
    assert dict(told.values) == {"count": "1"}


def test_what_cannot_be_parted_and_is_all_there_is_is_examined() -> None:
    text = f"{RUSSIAN.rstrip('.')} {ENGLISH}\n"
    assert sides(text)[0] == [text.strip()]
    assert any(e.lemma == "писмьо" for e in examine(read_text(text, label="a.txt")).entries)
    with pytest.raises(UnreadableInput, match="no Russian text"):
        read_text(f"{ENGLISH} Да здравствует мир.", label="a.txt")


def test_the_gate_says_what_is_in_a_paragraph_of_the_translation(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(f"{MORE}\n{RUSSIAN.rstrip('.')} {ENGLISH}\n", encoding="utf-8")
    for lang, said in (("en", "in a paragraph of the translation"), ("ru", "в абзаце перевода")):
        assert said in CliRunner().invoke(app, ["check", "a.txt", "--lang", lang]).stdout
    report = CliRunner().invoke(app, ["report", "a.txt", "--format", "md", "--out", "r"])
    assert report.exit_code == 0
    assert "Everything was examined" not in (tmp_path / "r/a.md").read_text(encoding="utf-8")
