"""`collation import` as an editor calls it: shown, asked, written once; wrong files refused with what to do."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from typer.testing import CliRunner

from collation.commands.app import app

TEXT = (
    "Он прпбыл в Москву 5 мая 1950 года и встретил товарища Штыкова.\n\n"
    "He arrived in Moscow on 5 May 1950 and met comrade Shtykov.\n"
)
runner = CliRunner()


def run(*words: str, answer: str = "") -> tuple[int, str]:
    done = runner.invoke(app, list(words), input=answer)
    return done.exit_code, done.output


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The letter of a short document, and nothing of its folder."""
    folder = tmp_path_factory.mktemp("sent")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        (folder / "a.txt").write_text(TEXT, encoding="utf-8")
        code, said = run("report", "a.txt", "--format", "docx", "--out", "out", "--changes", "all")
        assert code == 0, said
    return (folder / "out" / "a.docx").read_bytes()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "sent.docx").write_bytes(sent)
    return tmp_path


@pytest.fixture
def accepted(here: Path) -> str:
    """A letter in which all changes were accepted."""
    document = docx.Document(str(here / "sent.docx"))
    for element in list(document.element.body.iter(qn("w:del"), qn("w:ins"))):
        if element.tag == qn("w:ins"):
            for child in list(element):
                element.addprevious(child)
        element.getparent().remove(element)
    document.save(str(here / "back.docx"))
    return "back.docx"


def rulings(here: Path) -> list[dict[str, object]]:
    logs = sorted((here / "decisions").glob("*.jsonl"))
    return [json.loads(line) for log in logs for line in log.read_text(encoding="utf-8").splitlines()]


def test_a_letter_is_shown_and_written_when_confirmed_and_only_once(here: Path, accepted: str) -> None:
    code, said = run("import", accepted, "--editor", "Анна", "--dry-run")
    assert code == 0 and "прпбыл ] emended: прибыл (Анна" in said and rulings(here) == []
    code, said = run("import", accepted, "--editor", "Анна", answer="n\n")
    assert code == 2 and "nothing was written" in said and rulings(here) == []
    code, _ = run("import", accepted, "--editor", "Анна", answer="y\n")
    assert code == 0 and [r["verdict"] for r in rulings(here)] == ["accept"]
    code, said = run("import", accepted, "--editor", "Анна", "--yes", "--lang", "ru")
    assert code == 0 and "уже в журнале: 1" in said and len(rulings(here)) == 1
    assert (here / "a.txt").read_text(encoding="utf-8") == TEXT


def test_an_untouched_letter_says_nothing(here: Path) -> None:
    code, said = run("import", "sent.docx", "--editor", "Анна", "--yes")
    assert code == 0 and "new rulings: 0" in said and rulings(here) == []


def _changed(here: Path) -> None:
    (here / "a.txt").write_text(TEXT.replace("Москву", "Казань"), encoding="utf-8")


def _gone(here: Path) -> None:
    (here / "a.txt").unlink()


def _cut(here: Path) -> None:
    (here / "back.docx").write_bytes((here / "back.docx").read_bytes()[:2000])


def _foreign(here: Path) -> None:
    docx.Document().save(str(here / "back.docx"))


@pytest.mark.parametrize(
    ("spoil", "told"),
    [
        (_changed, "no longer as it was"),
        (_gone, "is not here"),
        (_cut, "damaged"),
        (_foreign, "no Word file that collation has made"),
    ],
)
def test_what_does_not_fit_is_refused(here: Path, accepted: str, spoil: Callable[[Path], None], told: str) -> None:
    spoil(here)
    code, said = run("import", accepted, "--editor", "Анна", "--yes")
    assert code == 2 and told in said and rulings(here) == []


def test_the_edition_is_written_as_a_word_file(here: Path, accepted: str) -> None:
    run("import", accepted, "--editor", "Анна", "--yes")
    code, said = run("apply", "a.txt", "--out", "edition", "--format", "text,docx", "--lang", "ru")
    assert code == 0 and "emended: 1" in said
    assert "прибыл" in (here / "edition" / "a.txt").read_text(encoding="utf-8")
    text = "\n".join(p.text for p in docx.Document(str(here / "edition" / "a.docx")).paragraphs)
    assert "прибыл" in text and "прпбыл" not in text


@pytest.fixture
def chosen(here: Path) -> str:
    """A TEI file in which the first proposal for a word was made the lemma."""
    code, said = run("report", "a.txt", "--format", "tei", "--out", "out")
    assert code == 0, said
    written = (here / "out" / "a.tei.xml").read_text(encoding="utf-8")
    made = re.sub(r'<rdg (xml:id="[^"]+") [^>]*>прибыл</rdg>', r'<lem \1 resp="#A">прибыл</lem>', written, count=1)
    assert made != written
    (here / "back.xml").write_text(made, encoding="utf-8")
    return "back.xml"


def test_a_tei_file_is_taken_back_as_a_letter_is(here: Path, chosen: str) -> None:
    code, said = run("import", chosen, "--editor", "Анна", "--dry-run")
    assert code == 0 and "прпбыл ] emended: прибыл (Анна" in said and rulings(here) == []
    assert run("import", chosen, "--editor", "Анна", "--yes")[0] == 0
    assert len(rulings(here)) == 1
    code, said = run("import", chosen, "--editor", "Анна", "--yes")
    assert code == 0 and "in the log already: 1" in said and len(rulings(here)) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<a/>", "was not written by collation"),
        ('<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', "entities"),
        ("<TEI><text>", "XML"),
    ],
)
def test_another_xml_file_is_refused(here: Path, content: str, reason: str) -> None:
    (here / "other.xml").write_text(content, encoding="utf-8")
    code, said = run("import", "other.xml", "--editor", "Анна", "--yes")
    assert code == 2 and reason in said and rulings(here) == []
