"""XLIFF and TMX: both sides of each unit, whichever the file calls its source; units are links; hostile files."""

from __future__ import annotations

import io
import socket
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.alignment.align import align
from collation.commands.app import app
from collation.errors import LANGS, UnreadableInput
from collation.languages.knowledge import knowledge_for
from collation.model import Document
from collation.pipeline import examine
from collation.reading import read_data, read_file
from collation.writers.elements import element_name

PAIRS = [
    ("Письмо министру", "Letter to the Minister"),
    ("Он прибыл в Москву пятого мая.", "He arrived in Moscow on the fifth of May."),
    ("Министр принял его на следующий день.", "The Minister received him the next day. He was told to wait."),
    ("Ответ был обещан скоро.", ""),
    ("Вопрос был важным для обеих сторон.", "The question was important for both sides."),
]


def read(data: str | bytes, name: str = "a.xml") -> Document:
    return read_data(data.encode() if isinstance(data, str) else data, Path(name), label=name)


def xliff(*units: tuple[str, str], languages: str = 'source-language="ru" target-language="en"') -> str:
    body = "".join(
        f'<trans-unit id="{n}"><source>{a}</source>{f"<target>{b}</target>" if b else ""}</trans-unit>'
        for n, (a, b) in enumerate(units, 1)
    )
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">'
        f'<file original="a.docx" datatype="plaintext" {languages}><body>{body}</body></file></xliff>'
    )


def opposite(document: Document) -> list[tuple[list[str], list[str]]]:
    """The texts of the segments that are linked."""
    aligned = align(document, knowledge_for())
    assert document.original

    def texts(role: str, indices: tuple[int, ...]) -> list[str]:
        witness = document.original if role == "original" else document.translation
        assert witness or not indices
        return [witness.segments[i].place.of(document.text) for i in indices] if witness else []

    return [(texts("original", link.original), texts("translation", link.translation)) for link in aligned.links]


WANTED = [([a], [b] if b else []) for a, b in PAIRS]
WANTED[2] = ([PAIRS[2][0]], [PAIRS[2][1]])


def test_units_are_opposite_each_other_as_the_file_says() -> None:
    document = read(xliff(*PAIRS))
    assert opposite(document) == WANTED
    element = document.source.element(document.text.index("Министр"))
    assert element and element.path == "//trans-unit[@id='3']"
    assert [element_name(element, lang) for lang in LANGS] == ["unit 3", "сегмент 3"]


def test_a_wrong_translation_stays_where_the_file_has_it() -> None:
    """The aligner would put them right; what a memory says is not guessed again."""
    crossed = [PAIRS[0], (PAIRS[1][0], PAIRS[4][1]), PAIRS[2], (PAIRS[4][0], PAIRS[1][1])]
    assert opposite(read(xliff(*crossed))) == [([a], [b]) for a, b in crossed]


@pytest.mark.parametrize("languages", ['source-language="en-US" target-language="ru-RU"', ""])
def test_the_source_of_a_file_may_be_the_translation(languages: str) -> None:
    turned = [(b, a) for a, b in PAIRS if b]
    assert opposite(read(xliff(*turned, languages=languages))) == [([a], [b]) for b, a in turned]


def test_xliff_2_with_codes_of_programs() -> None:
    unit = """<unit id="u1"><segment id="s1"><source>Он <pc id="1">прибыл</pc> в<ph id="2"/> Москву<cp hex="0009"/>мая.</source>
      <target>He <mrk id="m" type="term">arrived</mrk> in Moscow in May.</target></segment>
      <ignorable><source> </source></ignorable><segment><source>Ответ был скорым.</source></segment></unit>"""
    text = f'<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.0" srcLang="ru" trgLang="en"><file id="f">{unit}</file></xliff>'
    assert opposite(read(text, "a.xlf")) == [
        (["Он прибыл в Москву мая."], ["He arrived in Moscow in May."]),
        (["Ответ был скорым."], []),
    ]


def test_proposals_of_a_memory_and_notes_are_no_text() -> None:
    more = "<note>сомнительно</note><alt-trans><source>Другое</source><target>Other</target></alt-trans></trans-unit>"
    text = (
        xliff(*PAIRS)
        .replace("</trans-unit>", more, 1)
        .replace("Он прибыл", 'Он <bpt id="1">&lt;b&gt;</bpt>прибыл<ept id="1"/>')
    )
    document = read(text)
    assert opposite(document) == WANTED
    assert [(t.says, t.count) for t in document.file.parts[0].told] == [("comments-left-out", 1)]


def test_tmx_with_several_languages() -> None:
    def unit(*variants: tuple[str, str]) -> str:
        return "<tu>" + "".join(f'<tuv xml:lang="{code}"><seg>{text}</seg></tuv>' for code, text in variants) + "</tu>"

    units = unit(("en-US", PAIRS[1][1]), ("de", "Er kam."), ("ru-RU", PAIRS[1][0])) + unit(("de", "Ja."))
    units += unit(("EN", "The <hi>Minister</hi> received <ph>{0}</ph>him."), ("RU", PAIRS[2][0]))
    header = '<header srclang="*all*" creationtool="x" segtype="sentence" adminlang="en"/>'
    document = read(f'<!DOCTYPE tmx SYSTEM "tmx14.dtd"><tmx version="1.4">{header}<body>{units}</body></tmx>', "a.tmx")
    assert opposite(document) == [
        ([PAIRS[1][0]], [PAIRS[1][1]]),
        ([PAIRS[2][0]], ["The Minister received him."]),
    ]
    with pytest.raises(UnreadableInput, match="de, fr"):
        read(f"<tmx><body>{unit(('de', 'Ja.'), ('fr', 'Oui.'))}</body></tmx>", "b.tmx")


def test_what_the_translate_toolkit_writes_is_read() -> None:
    factory = pytest.importorskip("translate.storage.xliff")
    tmx = pytest.importorskip("translate.storage.tmx")
    made = factory.xlifffile(sourcelanguage="ru", targetlanguage="en")
    memory = tmx.tmxfile(sourcelanguage="ru", targetlanguage="en")
    for russian, english in PAIRS:
        unit = made.addsourceunit(russian)
        if english:
            unit.target = english
        memory.addtranslation(russian, "ru", english or None, "en")
    for store, name in ((made, "a.xlf"), (memory, "a.tmx")):
        file = io.BytesIO()
        store.serialize(file)
        assert opposite(read(file.getvalue(), name)) == WANTED, name


def test_a_memory_is_examined_with_its_translation(tmp_path: Path) -> None:
    pairs = [(a.replace("прибыл", "прпбыл"), b) for a, b in PAIRS]
    path = tmp_path / "letter.xlf"
    path.write_text(xliff(*pairs), encoding="utf-8")
    apparatus = examine(read_file(path))
    (entry,) = [e for e in apparatus.entries if e.lemma == "прпбыл"]
    assert entry.readings[0].text == "прибыл"


def test_hostile_files_end_in_a_sentence_and_2(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("something was fetched"))
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    files = {
        "bomb.xlf": f'<!DOCTYPE a [<!ENTITY a0 "ха">{bomb}]><xliff>&a11;</xliff>',
        "fetched.tmx": '<!DOCTYPE a [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]><tmx>&a;</tmx>',
        "cut.xlf": xliff(*PAIRS)[:400],
        "empty.xlf": xliff(),
        "bare.tmx": "<tmx/>",
        "english.xlf": xliff(("One", "Two"), languages='source-language="en" target-language="en"'),
        "deep.xlf": f"<xliff>{'<g>' * 5000}x{'</g>' * 5000}</xliff>",
        "large.tmx": f"<tmx>{' ' * 50_000_000}</tmx>",
        "long.xlf": xliff(("слово " * 750_000, "word")),
    }
    for name, text in files.items():
        Path(name).write_text(text, encoding="utf-8")
        with pytest.raises(UnreadableInput) as caught:
            read_file(Path(name))
        assert all("{" not in caught.value.text(lang) for lang in LANGS), name
    done = CliRunner().invoke(app, ["check", *files, "--no-cache"])
    assert done.exit_code == 2 and "Traceback" not in done.stderr
    assert all(f": {name}: " in done.stderr for name in files)
