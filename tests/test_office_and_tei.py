"""Word, OpenDocument and TEI: what is text of the document, what is kept apart and told, where each token is; hostile files."""

from __future__ import annotations

import io
import socket
import zipfile
from pathlib import Path

import docx
import pytest
from lxml import etree
from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.ruling_log import append, log_path
from collation.errors import LANGS, UnreadableInput
from collation.model import Document, Told
from collation.pipeline import examine
from collation.reading import LARGEST, read_data, read_file
from collation.writers import WRITERS
from collation.writers.elements import element_name
from made import at, rule

FILES = Path(__file__).parent / "files"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RUSSIAN = "Он прибыл в Москву пятого мая и сразу передал письмо министру иностранных дел."


def read(data: bytes, name: str = "a.docx") -> Document:
    return read_data(data, Path(name), label=name)


def segments(document: Document, role: str) -> list[str]:
    witness = next(w for w in document.witnesses if w.role == role)
    return ["".join(document.file.text[s.place.start : s.place.stop].split("\n")) for s in witness.segments]


def word(body: str, **parts: str) -> bytes:
    """A package with a document of these elements, and other parts by their names."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>')
        for name, content in parts.items():
            made.writestr(f"word/{name}.xml", content)
    return file.getvalue()


def p(text: str) -> str:
    return f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


# What LibreOffice writes.


@pytest.mark.parametrize("name", ["libreoffice.odt", "libreoffice.docx"])
def test_a_file_of_libreoffice(name: str) -> None:
    document = read_file(FILES / name)
    assert segments(document, "original") == [
        "Письмо министру",
        "Он прибыл в Москву пятого мая и сразу передал важное письмо министру иностранных дел.",
        "Пшеница\t150 тонн",
        "Масло\t72 тонны",
        "На следующий день министр принял его и обещал скорый ответ.",
        "Переговоры начались в июне.",
        "Они окончились в июле.",
    ]
    assert segments(document, "translation") == ["The talks began in June.", "They ended in July."]
    assert document.original and [s.kind for s in document.original.segments[:4]] == [
        "heading",
        "paragraph",
        "row",
        "row",
    ]
    assert [" ".join(t.text for t in s.tokens) for s in document.original.furniture] == ["Совершенно секретно"]
    notes = [(t.kind, t.content, t.about and t.about.of(document.text)) for t in document.original.testimony]
    assert notes == [("note", "Так в тексте; подпись неразборчива.", "мая"), ("note", "Дата исправлена.", None)]
    (part,) = document.file.parts
    assert set(part.told) == {
        Told("changes-accepted", 2), Told("comments-left-out", 1), Told("notes-apart", 2), Told("page-heads-apart", 1),
    }  # fmt: skip
    assert [e.numbers for e in part.elements if e.kind == "cell"] == [(2, 1, 1), (2, 2, 1), (2, 1, 2), (2, 2, 2)]
    told = [u.says for u in examine(document).unexamined]
    assert {t.says for t in part.told} <= set(told)


@pytest.mark.parametrize("name", ["libreoffice.odt", "libreoffice.docx", "foreign.xml"])
def test_every_token_leads_back_to_its_element(name: str) -> None:
    document = read_file(FILES / name)
    for witness in document.witnesses:
        for segment in witness.segments if witness.role != "catalogue" else ():
            for token in segment.tokens:
                element = document.source.element(token.start)
                assert element and element.place.start <= token.start < token.stop <= element.place.stop
                assert all(element_name(element, lang) for lang in LANGS)


# Word.


def test_tracked_changes_are_read_as_accepted() -> None:
    body = (
        p("Первый абзац о приезде министра.")
        + '<w:p><w:pPr><w:rPr><w:del w:id="1" w:author="A"/></w:rPr></w:pPr><w:r><w:t>Он прибыл в </w:t></w:r>'
        "<w:del><w:r><w:delText>город </w:delText></w:r></w:del></w:p>"
        "<w:p><w:ins><w:r><w:t>Москву </w:t></w:r></w:ins><w:moveFrom><w:r><w:t>пятого</w:t></w:r></w:moveFrom>"
        "<w:r><w:t>вчера.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>"
        + p("нет")
        + "</w:tc></w:tr><w:tr><w:tc>"
        + p("да")
        + "</w:tc></w:tr></w:tbl>"
    )
    document = read(word(body))
    assert segments(document, "original") == ["Первый абзац о приезде министра.", "Он прибыл в Москву вчера.", "да"]
    assert document.file.parts[0].told == (Told("changes-accepted", 4),)


@pytest.mark.parametrize("number", ["D800", "DFFF", "FFFE", "0085", "0000", "E000", "1F600", "110000"])
def test_the_number_of_no_sign_is_a_square(number: str) -> None:
    body = f'<w:p><w:r><w:t>Письмо </w:t><w:sym w:font="Symbol" w:char="{number}"/></w:r></w:p>'
    assert read(word(body)).file.text == "Письмо □"


def test_signs_fields_boxes_hidden_text_and_wrappers() -> None:
    mc = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    box = f"<w:txbxContent>{p('В рамке.')}</w:txbxContent>"
    body = (
        "<w:p><w:hyperlink><w:r><w:t>Письмо</w:t><w:tab/><w:t>от</w:t><w:br/><w:t>пя</w:t><w:softHyphen/><w:t>того</w:t>"
        '<w:noBreakHyphen/><w:sym w:font="Wingdings" w:char="F0FC"/><w:sym w:font="Times" w:char="2116"/></w:r></w:hyperlink>'
        "<w:r><w:fldChar/><w:instrText>PAGE</w:instrText></w:r><w:sdt><w:sdtContent><w:r><w:t> мая</w:t></w:r></w:sdtContent></w:sdt>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>скрыто</w:t></w:r>"
        f'<w:r><mc:AlternateContent xmlns:mc="{mc}"><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>'
    )
    document = read(word(body))
    assert document.file.text == "Письмо\tот\nпя\u00adтого-□№ мая\n\nВ рамке."
    assert [e.kind for e in document.file.parts[0].elements] == ["paragraph", "textbox"]
    assert document.file.parts[0].told == (Told("hidden-left-out", 1),)


def test_a_document_of_python_docx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = docx.Document()
    made.add_heading("Письмо министру", 1)
    made.add_paragraph("Он прпбыл в Москву пятого мая и сразу передал письмо министру.")
    made.save("letter.docx")
    result = CliRunner().invoke(app, ["check", "letter.docx", "--exit-zero"])
    assert "letter.docx:3:4:" in result.stdout and "(paragraph 2)" in result.stdout
    russian = CliRunner().invoke(app, ["check", "letter.docx", "--exit-zero", "--lang", "ru"])
    assert "(абзац 2)" in russian.stdout
    apparatus = examine(read_file(Path("letter.docx")))
    for name, write in WRITERS.items():
        assert name and write.write(apparatus)
    source = apparatus.source
    append(
        log_path(Path("decisions"), "anna"),
        [rule(source.text, at(source.text, "прпбыл"), "прибыл", document=source.id, digest=source.digest)],
    )
    applied = CliRunner().invoke(app, ["apply", "letter.docx", "--out", "out"])
    assert applied.exit_code == 0 and "is no plain text" in applied.stderr
    assert Path("out/letter.docx.txt").read_text(encoding="utf-8") == source.text.replace("прпбыл", "прибыл")


def test_two_columns_may_stand_the_other_way_and_other_tables_stay_tables() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    document = read(
        word("<w:tbl>" + row("He came to Moscow.", "Он прибыл в Москву.") + row("He left.", "Он уехал.") + "</w:tbl>")
    )
    assert segments(document, "original") == ["Он прибыл в Москву.", "Он уехал."]
    assert segments(document, "translation") == ["He came to Moscow.", "He left."]
    names = read(word("<w:tbl>" + row("Имя", "Должность") + row("Петров", "министр") + "</w:tbl>" + p(RUSSIAN)))
    assert segments(names, "original")[:2] == ["Имя\tДолжность", "Петров\tминистр"] and names.translation is None


def test_paragraphs_that_are_lines_of_a_page_stay_lines() -> None:
    lines = [
        "Он прибыл в Москву пятого мая и сразу передал",
        "письмо министру иностранных дел, который принял",
        "его на следующий день.",
    ] * 4
    document = read(word("".join(map(p, lines))))
    assert document.file.text == "\n".join(lines)


# TEI.


def test_a_foreign_edition_in_tei() -> None:
    document = read_file(FILES / "foreign.xml")
    catalogue = document.source.catalogue
    assert [catalogue.value(n) for n in ("date", "title", "citation")] == [
        "7 June 1951", "Letter on the talks of June", "State Archive, f. 12, op. 3, d. 45, l. 6",
    ]  # fmt: skip
    assert segments(document, "original")[:2] == [
        "Письмо министру",
        "Он прибыл в Маскву пятого мая и сразу передал письмо министру иностранных дел."
        "На следующий день министр принял его и [illegible, 3 words] т. Петров обещал скорый ответ.",
    ]
    assert segments(document, "translation")[0] == "Letter to the Minister"
    assert document.original
    said = [(t.kind, t.place.of(document.text), t.content) for t in document.original.testimony if t.kind != "note"]
    assert said == [
        ("illegible", "[illegible, 3 words]", "illegible, 3 words"),
        ("sic", "Маскву", "Москву"),
        ("gloss", "министру", "министрам B"),
        ("illegible", "иностранных", "faded"),
        ("restored", "министр", "omitted"),
        ("gloss", "т.", "товарищ"),
    ]
    (note,) = [t for t in document.original.testimony if t.kind == "note"]
    assert note.content == "Подпись неразборчива." and note.about and note.about.of(document.text) == "передал"
    element = document.source.element(document.text.index("Маскву"))
    assert element and element.path == "text/body[1]/div[1]/div[1]/p[1]"


def test_the_sides_of_tei_are_said_or_seen() -> None:
    start, stop = '<TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body>', "</body></text></TEI>"
    said = (
        start
        + f'<ab xml:lang="eng">He came.</ab><ab xml:lang="rus">{RUSSIAN}</ab><ab xml:lang="en">Петров came.</ab>'
        + stop
    )
    document = read(said.encode(), "a.xml")
    assert segments(document, "translation") == ["He came.", "Петров came."]
    seen = start + f"<p>{RUSSIAN}</p><p>He arrived in Moscow on the fifth of May.</p>" + stop
    assert segments(read(seen.encode(), "a.tei"), "translation") == ["He arrived in Moscow on the fifth of May."]
    with pytest.raises(UnreadableInput, match="corpus"):
        read(b'<teiCorpus xmlns="http://www.tei-c.org/ns/1.0"/>', "a.xml")


# Hostile files: a clear sentence, exit 2, nothing fetched.


def hostile() -> dict[str, bytes]:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    entities = f'<!DOCTYPE a [<!ENTITY a0 "ха">{bomb}]>'
    fetched = '<!DOCTYPE a [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'
    odt, made = (FILES / "libreoffice.odt").read_bytes(), (FILES / "libreoffice.docx").read_bytes()
    locked = bytearray(word(p(RUSSIAN)))
    locked[6] |= 1
    locked[locked.index(b"PK\1\2") + 8] |= 1
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        out.writestr("META-INF/manifest.xml", "<manifest><file-entry><encryption-data/></file-entry></manifest>")
        out.writestr("content.xml", b"\0\1")
    deep = "<TEI><text>" + "<p>" * 5000 + "x" + "</p>" * 5000 + "</text></TEI>"
    return {
        "entities.docx": _with_document(f"{entities}<a>&a11;</a>"),
        "fetched.docx": _with_document(f"{fetched}<a>&a;</a>"),
        "entities.xml": f"{entities}<TEI><text>&a11;</text></TEI>".encode(),
        "fetched.tei": f"{fetched}<TEI><text>&a;</text></TEI>".encode(),
        "deep.xml": deep.encode(),
        "bomb.docx": _with_document(" " * 31_000_000),
        "larger.docx": _with_document(" " * 50_000_000),
        "large.docx": made + bytes(LARGEST),
        "large.xml": b"<TEI>" + b"x" * LARGEST,
        "cut.docx": made[: len(made) // 2],
        "cut.odt": odt[:-40],
        "cut.xml": (FILES / "foreign.xml").read_bytes()[:900],
        "locked.docx": bytes(locked),
        "locked.odt": packed.getvalue(),
        "empty.docx": word(""),
        "broken.docx": _with_document("<w:document>"),
        "odd.odt": zipped({"mimetype": "application/vnd.oasis.opendocument.text", "a.xml": "<a/>"}),
        "path.docx": zipped({"word/document.xml": "<a/>", "../../x": ""}),
    }


def zipped(members: dict[str, str]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(zipfile.ZipInfo(name) if name == "mimetype" else name, content)
    return file.getvalue()


def _with_document(xml: str) -> bytes:
    return zipped({"word/document.xml": xml})


def test_hostile_files_end_in_a_sentence_and_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was fetched"))
    files = hostile()
    for name, data in files.items():
        Path(name).write_bytes(data)
        with pytest.raises(UnreadableInput) as caught:
            read_file(Path(name))
        assert all("{" not in caught.value.text(lang) for lang in LANGS), name
        assert caught.value.path == name
    done = CliRunner().invoke(app, ["check", *files, "--no-cache"])
    assert done.exit_code == 2 and "Traceback" not in done.stderr
    assert all(f": {name}: " in done.stderr for name in files)


@pytest.mark.parametrize(
    ("name", "kind"), [("libreoffice.docx", "docx"), ("libreoffice.odt", "odt"), ("foreign.xml", "tei")]
)
def test_a_wrong_ending_does_not_mislead(name: str, kind: str, tmp_path: Path) -> None:
    for ending in (".txt", ".pdf", ".docx", ".odt", ""):
        path = tmp_path / f"letter{ending}"
        path.write_bytes((FILES / name).read_bytes())
        assert read_file(path).file.parts[0].kind == kind


def test_no_part_of_a_package_is_a_way_to_a_crash() -> None:
    """Every element taken out, and every one put into the next: what is left is read or refused."""
    data = (FILES / "libreoffice.docx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = {name: package.read(name).decode() for name in package.namelist() if name.endswith(".xml")}
    root = etree.fromstring(parts["word/document.xml"].encode())
    for number in range(1, len(list(root.iter())), 5):
        copy = etree.fromstring(etree.tostring(root))
        element = list(copy.iter())[number]
        above = element.getparent()
        assert above is not None
        above.remove(element)
        parts["word/document.xml"] = etree.tostring(copy).decode()
        try:
            read(zipped(parts))
        except UnreadableInput:
            continue
