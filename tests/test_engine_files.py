"""Files of OCR programs: the text in its reading order, each word with page, box and confidence; hostile files."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
from pathlib import Path

import jsonschema
import pytest
from PIL import Image, ImageDraw, ImageFont
from typer.testing import CliRunner

from collation.commands.app import app
from collation.errors import LANGS, UnreadableInput
from collation.model import Document, OnPage
from collation.pipeline import examine
from collation.reading import read_data, read_file
from collation.writers.as_json import read_json, schema, write_json
from collation.writers.elements import element_name

FILES = Path(__file__).parent / "files"
LINES = """Он прибыл в Москву пятого мая и сразу передал
письмо министру иностранных дел. На следующий
день министр принял его и обещал скорый ответ,
так как вопрос был важным для обеих сто-

рон и не терпел отлагательства.

Следует ли этого бояться? По-моему, не следует,

так как мы вместе будем сильнее."""  # tesseract takes the short line for the end of a paragraph
MADE = ["tesseract.hocr", "tesseract.alto", "tesseract-words.xml", "tesseract-lines.xml"]
TESSERACT = shutil.which("tesseract")


def read(data: str, name: str = "a.xml") -> Document:
    return read_data(data.encode(), Path(name), label=name)


def words(document: Document) -> list[tuple[str, OnPage]]:
    return [(item.place.of(document.text), item) for item in document.file.parts[0].on_page]


@pytest.mark.parametrize("name", MADE)
def test_what_tesseract_writes_is_read_with_its_boxes(name: str) -> None:
    document = read_file(FILES / name)
    (part,) = document.file.parts
    assert document.text == LINES and document.translation is None and not part.told
    assert [(page.width, page.height, page.image) for page in part.pages] == [(1000, 520, "letter.png")]
    assert document.original
    assert [t.text for s in document.original.segments for t in s.tokens if "стор" in t.text] == ["сторон"]
    for token in document.original.words():
        element, found = document.source.element(token.start), document.source.on_page(token.place)
        assert element and element.kind == "line" and element_name(element, "ru").startswith("страница 1, строка ")
        assert found and all(item.page == 1 and item.box and item.confidence and item.id for item in found)
        assert len(found) == 1 + (token.text == "сторон"), token
    moscow = next(t for t in document.original.words() if t.text == "Москву")
    (item,) = document.source.on_page(moscow.place)
    if name != "tesseract-lines.xml":
        assert item.box == (261, 46, 379, 74) and item.confidence == pytest.approx(0.96, abs=0.006)
        assert item.number == 4 and item.place.of(document.text) == "Москву"
    else:
        assert (item.tag, item.number, item.box) == ("TextLine", 1, (52, 46, 831, 74))


@pytest.mark.skipif(TESSERACT is None, reason="there is no tesseract here")
def test_what_this_tesseract_writes_is_read(tmp_path: Path) -> None:
    assert TESSERACT
    listed = subprocess.run(
        [TESSERACT, "--list-langs"], capture_output=True, encoding="utf-8", check=True
    ).stdout.split()
    fonts = [
        f
        for f in Path("/usr/share/fonts").rglob("*.ttf")
        if f.name in ("DejaVuSerif.ttf", "LiberationSerif-Regular.ttf")
    ]
    if "rus" not in listed or not fonts:
        pytest.skip("there is no Russian model or no font here")
    image = Image.new("L", (1000, 160), 255)
    font = ImageFont.truetype(str(fonts[0]), 30)
    for row, line in enumerate(("Он прибыл в Москву пятого мая", "и сразу передал письмо министру")):
        ImageDraw.Draw(image).text((50, 40 + 50 * row), line, font=font, fill=0)
    image.save(tmp_path / "page.png", dpi=(200, 200))
    subprocess.run(
        [TESSERACT, tmp_path / "page.png", tmp_path / "page", "-l", "rus", "hocr", "alto"],
        capture_output=True,
        check=True,
    )
    for name in ("page.hocr", "page.xml"):
        document = read_file(tmp_path / name)
        assert " ".join(document.text.split()) == "Он прибыл в Москву пятого мая и сразу передал письмо министру"
        assert all(item.box and item.confidence for _, item in words(document))


def test_an_apparatus_keeps_where_words_are_on_their_page() -> None:
    data = (FILES / "tesseract.alto").read_text(encoding="utf-8").replace('"прибыл"', '"прпбыл"')
    document = read(data, "a.alto")
    apparatus = examine(document)
    written = write_json(apparatus)
    assert read_json(written) == apparatus
    jsonschema.validate(json.loads(written), schema())
    (entry,) = [e for e in apparatus.entries if e.lemma == "прпбыл"]
    (item,) = apparatus.source.on_page(entry.place)
    assert (item.id, item.box, item.confidence) == ("string_1", (105, 46, 223, 74), 0.96)


def test_the_gate_says_where_a_finding_is_on_its_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    data = (FILES / "tesseract.alto").read_text(encoding="utf-8").replace('"прибыл"', '"прпбыл"')
    Path("a.alto").write_text(data, encoding="utf-8")
    done = CliRunner().invoke(app, ["check", "a.alto", "--no-cache", "--format", "json"])
    (finding,) = [f for f in json.loads(done.stdout)["findings"] if f["lemma"] == "прпбыл"]
    assert finding["on_page"] == [{"page": 1, "id": "string_1", "box": [105, 46, 223, 74], "confidence": 0.96}]


# What producers do otherwise.


def alto(*blocks: str, before: str = "", margin: str = "") -> str:
    page = f'<Page ID="p" WIDTH="100" HEIGHT="90">{margin}<PrintSpace>{"".join(blocks)}</PrintSpace></Page>'
    return f'<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#"><Layout>{before}{page}</Layout></alto>'


def block(text: str, name: str, following: str = "") -> str:
    strings = "<SP/>".join(f'<String CONTENT="{word}"/>' for word in text.split())
    own = f' IDNEXT="{following}"' if following else ""
    return f'<TextBlock ID="{name}"{own}><TextLine>{strings}</TextLine></TextBlock>'


ONE, TWO, THREE = "Он прибыл в Москву.", "Министр принял его.", "Ответ был скорым."


def test_blocks_of_alto_are_read_in_their_order() -> None:
    def lines(text: str) -> list[str]:
        return read(text).text.split("\n\n")

    assert lines(alto(block(ONE, "a"), block(TWO, "b"))) == [ONE, TWO]
    chain = (block(TWO, "b", "c"), block(THREE, "c"), block(ONE, "a", "b"))
    assert lines(alto(*chain)) == [ONE, TWO, THREE]
    circle = (block(ONE, "a", "b"), block(TWO, "b", "a"), block(THREE, "c", "nowhere"))
    assert sorted(lines(alto(*circle))) == sorted([ONE, TWO, THREE])
    order = "".join(f'<ElementRef REF="{name}"/>' for name in ("c", "a", "gone", "a"))
    said = f"<ReadingOrder><OrderedGroup>{order}</OrderedGroup></ReadingOrder>"
    assert lines(alto(block(ONE, "a"), block(TWO, "b"), block(THREE, "c"), before=said)) == [THREE, ONE, TWO]


def test_words_broken_over_a_line_end_of_alto() -> None:
    def broken(hyphen: str) -> str:
        first = (
            '<String CONTENT="важным"/><SP/><String CONTENT="отла" SUBS_TYPE="HypPart1" SUBS_CONTENT="отлагательства"/>'
        )
        second = '<String CONTENT="гательства" SUBS_TYPE="HypPart2" SUBS_CONTENT="отлагательства"/><SP/><String CONTENT="были"/>'
        return alto(f"<TextBlock><TextLine>{first}{hyphen}</TextLine><TextLine>{second}</TextLine></TextBlock>")

    for hyphen in ('<HYP CONTENT="-"/>', '<HYP CONTENT="¬"/>', "<HYP/>", "", '<HYP CONTENT="\u00ad"/>'):
        document = read(broken(hyphen))
        assert document.original and [t.text for t in document.original.words()] == ["важным", "отлагательства", "были"]
        token = document.original.words()[1]
        assert [item.number for item in document.source.on_page(token.place)] == [2, 3]


def test_strings_of_alto_without_blanks_between_and_margins() -> None:
    glued = '<String CONTENT="«"/><String CONTENT="Правда"/><String CONTENT="»"/><SP/><String CONTENT="пишет"/>'
    line = f"<TextBlock><TextLine>{glued}</TextLine></TextBlock>"
    assert read(alto(line)).text == "«Правда» пишет"
    bare = '<TextBlock><TextLine><String CONTENT="Правда"/><String CONTENT="пишет"/></TextLine></TextBlock>'
    assert read(alto(bare)).text == "Правда пишет"
    head = f"<TopMargin>{block('Совершенно секретно', 'm')}</TopMargin>"
    document = read(alto(block(ONE, "a"), margin=head))
    assert document.original and len(document.original.segments) == len(document.original.furniture) == 1
    assert document.original.furniture[0].place.of(document.text) == "Совершенно секретно"
    only = read(alto(margin=head))
    assert only.original and not only.original.furniture


def page(*regions: str, order: str = "") -> str:
    said = f"<ReadingOrder>{order}</ReadingOrder>" if order else ""
    inside = f'<Page imageFilename="p.tif" imageWidth="100" imageHeight="90">{said}{"".join(regions)}</Page>'
    return f'<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2013-07-15">{inside}</PcGts>'


def region(name: str, *lines: str, kind: str = "paragraph", custom: str = "") -> str:
    return f'<TextRegion id="{name}" type="{kind}" custom="{custom}">{"".join(lines)}</TextRegion>'


def line(text: str, inside: str = "", custom: str = "") -> str:
    equivalent = f'<TextEquiv conf="0.5"><Unicode>{text}</Unicode></TextEquiv>' if text else ""
    return f'<TextLine custom="{custom}"><Coords points="1,2 9,2 9,8"/>{inside}{equivalent}</TextLine>'


def test_regions_of_page_xml_are_read_in_their_order() -> None:
    def lines(text: str) -> list[str]:
        return read(text).text.split("\n\n")

    three = (region("a", line(ONE)), region("b", line(TWO)), region("c", line(THREE)))
    assert lines(page(*three)) == [ONE, TWO, THREE]
    order = '<OrderedGroup><RegionRefIndexed index="2" regionRef="a"/><RegionRefIndexed index="0" regionRef="c"/>'
    order += '<RegionRefIndexed index="1" regionRef="gone"/><RegionRefIndexed index="3" regionRef="a"/></OrderedGroup>'
    assert lines(page(*three, order=order)) == [THREE, ONE, TWO]
    inner = '<OrderedGroupIndexed index="1"><RegionRefIndexed index="1" regionRef="a"/><RegionRefIndexed index="0" regionRef="b"/>'
    inner += "</OrderedGroupIndexed>"
    nested = f'<OrderedGroup>{inner}<RegionRefIndexed index="0" regionRef="c"/></OrderedGroup>'
    assert lines(page(*three, order=nested)) == [THREE, TWO, ONE]
    custom = [region(n, line(t), custom=f"readingOrder {{index:{i};}}") for n, t, i in (("a", ONE, 1), ("b", TWO, 0))]
    assert lines(page(*custom)) == [TWO, ONE]
    mixed = region("a", line(TWO, custom="readingOrder {index:1;}"), line(ONE, custom="readingOrder {index:0;}"))
    assert read(page(mixed)).text == f"{ONE}\n{TWO}"


def test_a_line_of_page_xml_that_was_mended_is_the_text() -> None:
    def word(text: str) -> str:
        low = f'<TextEquiv index="0"><Unicode>{text}</Unicode></TextEquiv>'
        return f'<Word id="{text}"><TextEquiv index="1"><Unicode>не то</Unicode></TextEquiv>{low}</Word>'

    inside = "".join(map(word, ONE.split()))
    for said in (ONE, ""):
        document = read(page(region("a", line(said, inside))))
        assert document.text == ONE and [item.tag for _, item in words(document)] == ["Word"] * 4
        assert [(t.says, t.count) for t in document.file.parts[0].told] == [("words-without-boxes", 4)]
    ((text, item),) = words(read(page(region("a", line(TWO, inside)))))
    assert (text, item.tag, item.number, item.box, item.confidence) == (TWO, "TextLine", 1, (1, 2, 9, 8), 0.5)


def test_page_numbers_of_page_xml_and_broken_words() -> None:
    text = page(
        region("h", line("Из архива"), kind="header"), region("a", line("вопрос был важ-"), line("ным для всех."))
    )
    document = read(text)
    assert document.original and [t.text for t in document.original.words()][2:3] == ["важным"]
    assert [s.place.of(document.text) for s in document.original.furniture] == ["Из архива"]


def test_hocr_of_other_programs() -> None:
    """No XML, with entities of HTML and with lines that have no words."""
    body = f"<div class=ocr_page title='bbox 0 0 10 10'><p class=ocr_par><span class='ocr_line' title='bbox 1 1 9 2'>{ONE}&nbsp;</span><br>"
    body += f"<span class='ocr_line' title='nonsense'>{TWO}</span></div>"
    document = read(f"<html><head><meta charset='utf-8'><title>x</title></head><body>{body}</body></html>", "a.hocr")
    assert document.text == f"{ONE}\n{TWO}"
    assert [(item.tag, item.number, item.box) for _, item in words(document)] == [
        ("ocr_line", 1, (1, 1, 9, 2)),
        ("ocr_line", 2, None),
    ]


# Hostile files: a clear sentence, exit 2, nothing fetched.


def hostile() -> dict[str, bytes]:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    entities = f'<!DOCTYPE a [<!ENTITY a0 "ха">{bomb}]>'
    fetched = '<!DOCTYPE a [<!ENTITY a SYSTEM "http://127.0.0.1:9/a">]>'
    found = {}
    for name, root in (("a.alto", "alto"), ("a.page.xml", "PcGts"), ("a.hocr", "html")):
        inside = '<div class="ocr_page">'
        found |= {
            f"entities-{name}": f"{entities}<{root}>{inside}&a11;</div></{root}>",
            f"fetched-{name}": f"{fetched}<{root}>{inside}&a;</div></{root}>",
            f"empty-{name}": f"<{root}>{inside}</div></{root}>",
            f"deep-{name}": f"<{root}>{inside}{'<div>' * 5000}x{'</div>' * 5000}</div></{root}>",
        }
    found |= {f"cut-{name}": (FILES / name).read_text(encoding="utf-8")[:2500] for name in MADE[1:]}
    long = f'<String CONTENT="{"слово " * 20}"/>'
    found["long.alto"] = alto(f"<TextBlock><TextLine>{long * 40_000}</TextLine></TextBlock>")
    data = {name: text.encode() for name, text in found.items()}
    data["large.alto"] = b"<alto>" + b" " * 50_000_000
    return data


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


@pytest.mark.parametrize("value", ["", "x", "nan", "inf", "-5", "1e400"])
def test_boxes_and_confidences_that_are_none_are_left_out(value: str) -> None:
    strange = f'<String CONTENT="{{}}" HPOS="{value}" VPOS="1" WIDTH="{value}" HEIGHT="2" WC="{value}"/>'
    strings = "<SP/>".join(strange.format(word) for word in ONE.split())
    document = read(alto(f"<TextBlock><TextLine>{strings}</TextLine></TextBlock>"))
    assert document.text == ONE and all(item.box is None and item.confidence is None for _, item in words(document))


def test_hocr_in_utf8_that_is_no_whole_xml_is_read_as_utf8() -> None:
    """A named space makes it a page of the web; nothing in it says how its letters are written."""
    words = '<span class="ocrx_word">Он</span>&nbsp;<span class="ocrx_word">прибыл</span>'
    page = f'<html><body><div class="ocr_page"><span class="ocr_line">{words}</span></div></body></html>'
    assert "Он прибыл" in read_data(page.encode(), Path("a.hocr"), label="a.hocr").text
