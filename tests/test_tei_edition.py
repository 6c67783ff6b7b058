"""The edition as TEI: its lemmas are the text as emended, its witness the document, and nothing undecided is in it."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner

from collation.commands.app import app as commands
from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import book_of
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, log_path
from collation.edition.as_xml import write_tei_choice_edition, write_tei_edition
from collation.edition.edit import Edition, edit
from collation.model import Apparatus, Document, Place
from collation.reading import read_file, read_text
from collation.reading.inputs import find_inputs
from hostile import HOSTILE
from made import at, rule

SEED = next((Path(__file__).parents[1] / "seeds").glob("003_*.txt"))
NS = {"t": "http://www.tei-c.org/ns/1.0"}
TEI = "{http://www.tei-c.org/ns/1.0}"
BENCH = os.environ.get("COLLATION_BENCH", "")
WRITE = {"app": write_tei_edition, "choice": write_tei_choice_edition}
OURS = {"#R", "#E", "#C"}
each_form = pytest.mark.parametrize("form", WRITE)


@pytest.fixture(scope="module")
def letter() -> Document:
    return read_file(SEED)


def rulings(document: Document) -> list[Ruling]:
    """Of every kind: emended, deleted, put in, standing, for the scan, rejected, over a line end."""
    source = document.file
    text = source.text

    def made(words: str, reading: str | None, n: int, **more: Any) -> Ruling:
        return rule(text, at(text, words), reading, n=n, document=source.id, digest=source.digest, **more)

    gap = at(text, "вместо").stop
    return [
        made("топорь", "теперь", 1),
        made("Конечно, ", "", 2),
        rule(text, Place.at(gap, gap), " ещё", n=3, document=source.id, digest=source.digest),
        made("Англия", None, 4, verdict="stands", note="Так в документе."),
        made("США", None, 5, verdict="needs-scan"),
        made("Китай", None, 6),
        made("together", "jointly", 7, side="translation"),
    ]


def edition(document: Document, made: list[Ruling], **more: Any) -> Edition:
    return edit(document.file, book_of(document.file, fold_rulings(made), {}), **more)


def read_as(xml: str, *, emended: bool) -> str:
    """The text of the divisions by an own reader: with the decisions of the editors, or as in the document."""
    pieces: list[str] = []

    def inside(element: Any) -> None:
        pieces.append(element.text or "")
        for child in element:
            visit(child)
            pieces.append(child.tail or "")

    def visit(element: Any) -> None:
        name = str(element.tag).removeprefix(TEI)
        if name == "app":
            lemma = element.find("t:lem", NS) if emended else None
            own = [e for e in element if set(str(e.get("wit", "")).split()) & OURS]
            for chosen in [lemma] if lemma is not None else own[:1]:
                inside(chosen)
        elif name == "choice":
            inside(element.find("t:corr" if emended else "t:sic", NS))
        elif name == "supplied" and not emended:
            return
        elif name == "g":
            pieces.append(chr(int(element.get("ref")[2:], 16)))
        elif name not in ("note", "certainty"):
            inside(element)

    for division in etree.fromstring(xml.encode()).xpath("//t:front/t:div | //t:body/t:div", namespaces=NS):
        visit(division)
    return "".join(pieces)


@each_form
def test_the_lemmas_are_the_edition_and_the_witness_is_the_document(form: str, letter: Document) -> None:
    made = rulings(letter)
    found = WRITE[form](edition(letter, made), letter)
    source = letter.file.text
    assert read_as(found, emended=False) == source
    wanted = source.replace("топорь", "теперь").replace("Конечно, ", "", 1).replace("вместо", "вместо ещё", 1)
    assert read_as(found, emended=True) == wanted.replace("together", "jointly", 1)


@each_form
@pytest.mark.parametrize("style", ["brackets", "notes"])
def test_the_style_of_print_is_not_in_it(form: str, style: Any, letter: Document) -> None:
    made = rulings(letter)
    plain, styled = (WRITE[form](edition(letter, made, **more), letter) for more in ({}, {"style": style}))
    assert styled.partition("<text>")[2] == plain.partition("<text>")[2] != ""


@each_form
def test_it_says_who_decided_and_nothing_that_nobody_decided(form: str, letter: Document) -> None:
    root = etree.fromstring(WRITE[form](edition(letter, rulings(letter)), letter, lang="ru").encode())
    notes = root.xpath("//t:text//t:note/text()", namespaces=NS)
    assert len(notes) == 6 and "В тексте: «топорь»." in notes and "Так в документе." in notes
    assert root.xpath("//t:text//t:note/@type", namespaces=NS) == ["footnote"] * 6
    assert root.xpath("//t:respStmt/t:persName/text()", namespaces=NS) == ["anna"]
    assert not root.xpath("//t:xenoData | //t:certainty | //t:text//*[@resp='#collation']", namespaces=NS)
    assert root.xpath("//t:linkGrp[@type='sentences']/t:link", namespaces=NS)


@each_form
@pytest.mark.parametrize("version", ["3.0.0", "4.7.0"])
def test_it_is_valid(form: str, version: str, letter: Document) -> None:
    path = Path(BENCH, "..", "schemas", f"tei_all-{version}.rng") if BENCH else Path("none")
    if not path.is_file():
        pytest.skip("the schema is not at hand")
    schema = etree.RelaxNG(etree.parse(path))
    odd = read_text(HOSTILE, label="<odd>.txt")
    for document, made in ((letter, rulings(letter)), (letter, []), (odd, [])):
        assert schema.validate(etree.fromstring(WRITE[form](edition(document, made), document).encode())), (
            schema.error_log
        )


def test_what_was_carried_out_already_keeps_its_former_reading(letter: Document) -> None:
    made = rulings(letter)[:1]
    done = read_text(letter.file.text.replace("топорь", "теперь"), label=letter.file.label)
    book = book_of(done.file, fold_rulings(made), {made[0].digest: letter.file.text})
    root = etree.fromstring(write_tei_edition(edit(done.file, book), done).encode())
    (place,) = root.xpath("//t:app", namespaces=NS)
    assert [(e.tag.removeprefix(TEI), e.text) for e in place][:2] == [("lem", "теперь"), ("rdg", "топорь")]


def test_what_editors_disagree_about_is_told_in_the_header(letter: Document) -> None:
    text, source = letter.file.text, letter.file
    made = [
        rule(text, at(text, "топорь"), reading, n=n, document=source.id, digest=source.digest, editor=editor)
        for n, (reading, editor) in enumerate((("теперь", "anna"), ("топор", "boris")))
    ]
    root = etree.fromstring(write_tei_edition(edition(letter, made), letter).encode())
    said = root.xpath("//t:notesStmt/t:note[@type='not-carried-out']/text()", namespaces=NS)
    assert any("The editors disagree: anna, boris." in line for line in said)
    assert not root.xpath("//t:app", namespaces=NS)


@each_form
def test_a_hostile_document_survives(form: str) -> None:
    document = read_text(HOSTILE, label='=HYPERLINK("evil")<script>.txt')
    found = WRITE[form](edition(document, []), document)
    assert read_as(found, emended=True) == document.file.text
    assert not etree.fromstring(found.encode()).xpath("//t:script", namespaces=NS)


def test_apply_writes_it_and_a_folder_does_not_take_it_for_a_document(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, examined: Callable[[str], Apparatus]
) -> None:
    examined("003")
    (tmp_path / "collation.toml").touch()
    (tmp_path / "letter.txt").write_bytes(SEED.read_bytes())
    monkeypatch.chdir(tmp_path)
    document = read_file(tmp_path / "letter.txt")
    keep_text(tmp_path / "decisions", document.file.digest, document.file.text)
    append(log_path(tmp_path / "decisions", "anna"), rulings(document))
    result = CliRunner().invoke(commands, ["apply", "letter.txt", "--out", "out", "--format", "tei,tei-choice"])
    assert result.exit_code == 0 and "emended: 4" in result.output
    written = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert written == [
        "editions.sha256",
        "letter.edition-choice.xml",
        "letter.edition.xml",
        "letter.note.en.md",
        "letter.note.ru.md",
    ]
    again = read_file(tmp_path / "out" / "letter.edition.xml")
    assert "будет теперь, а не" in again.file.text and "будет топорь" not in again.file.text
    listed = [path for path in find_inputs([str(tmp_path)]) if isinstance(path, Path)]
    assert listed == [tmp_path / "letter.txt"]
    refused = CliRunner().invoke(commands, ["import", "out/letter.edition.xml", "--editor", "Anna"])
    assert refused.exit_code == 2
