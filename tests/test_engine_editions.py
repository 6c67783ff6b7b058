"""Rulings written into the files of OCR programs: nothing but the ruled words differs, boxes are kept, divided and joined."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import book_of
from collation.decisions.ruling_log import append, log_path
from collation.edition.edit import Edition, edit
from collation.edition.engine_files import write_engine_file
from collation.edition.xml_spans import read_spans
from collation.errors import BadRuling
from collation.reading import read_data, read_file
from collation.system.untrusted import parse_xml
from made import at, rule
from test_engine_files import FILES, MADE, alto, line, page, region

WORDS = [name for name in MADE if name != "tesseract-lines.xml"]


def emended(data: bytes, *pairs: tuple[str, str], name: str = "a.xml") -> bytes:
    """A file with words of it ruled on."""
    source = read_data(data, Path(name), label=name).file
    made = [
        rule(source.text, at(source.text, words), reading, n=n, document=source.id, digest=source.digest)
        for n, (words, reading) in enumerate(pairs)
    ]
    edition = edit(source, book_of(source, fold_rulings(made), {}))
    assert not edition.left
    return write_engine_file(edition, source.parts[0], data)


def boxes(data: bytes, name: str = "a.xml") -> list[tuple[str, tuple[float, ...] | None]]:
    document = read_data(data, Path(name), label=name)
    return [(item.place.of(document.text), item.box) for item in document.file.parts[0].on_page]


@pytest.mark.parametrize("name", MADE)
def test_nothing_ruled_gives_the_same_bytes(name: str) -> None:
    data = (FILES / name).read_bytes()
    assert emended(data) == data


@pytest.mark.parametrize("name", MADE)
def test_a_round_trip_differs_in_the_ruled_words_only(name: str) -> None:
    true = (FILES / name).read_text(encoding="utf-8")
    wrong = true.replace("Москву", "Маскву").replace("отлагательства", "отлагатепьства").encode()
    after = emended(wrong, ("Маскву", "Москву"), ("отлагатепьства", "отлагательства")).decode()
    old, new = true.splitlines(), after.splitlines()
    assert len(old) == len(new)
    differing = {number for number, (a, b) in enumerate(zip(old, new, strict=True)) if a != b}
    said = [re.sub(r"; x_wconf \d+| WC=\"[\d.]+\"| CS=\"true\"| conf=\"[\d.]+\"", "", line) for line in old]
    assert 0 < len(differing) <= 9  # the confidences in the old words are gone
    assert said == [re.sub(r"; x_wconf \d+| WC=\"[\d.]+\"| CS=\"true\"| conf=\"[\d.]+\"", "", line) for line in new]
    assert boxes(after.encode()) == boxes(true.encode())


@pytest.mark.parametrize("name", WORDS)
def test_a_word_that_is_parted_divides_its_box(name: str) -> None:
    data = (FILES / name).read_bytes()
    after = emended(data, ("иностранных", "из странных"))
    found = dict(boxes(after))
    left, right = found["из"], found["странных"]
    (whole,) = [box for word, box in boxes(data) if word == "иностранных"]
    assert left and right and whole
    assert (
        left[0] == whole[0] and right[2] == whole[2] and left[2] < right[0] and left[1::2] == right[1::2] == whole[1::2]
    )
    rest = [pair for pair in boxes(after) if pair[0] not in ("из", "странных")]
    assert rest == [pair for pair in boxes(data) if pair[0] != "иностранных"]
    ids = [node.attributes.get("id", node.attributes.get("ID")) for node in read_spans(after).nodes]
    assert len([i for i in ids if i]) == len({i for i in ids if i})


@pytest.mark.parametrize("name", WORDS)
def test_words_that_are_joined_have_the_box_around_them(name: str) -> None:
    data = (FILES / name).read_bytes()
    after = emended(data, ("и сразу", "исразу"))
    old, new = dict(boxes(data)), dict(boxes(after))
    assert old["и"] and old["сразу"] and new["исразу"]
    box = new["исразу"]
    assert box[2] == old["сразу"][2] and len(boxes(after)) == len(boxes(data)) - 1
    assert read_data(after, Path(name), label=name).text == read_data(data, Path(name), label=name).text.replace(
        "и сразу", "исразу"
    )


@pytest.mark.parametrize("name", MADE)
@pytest.mark.parametrize(
    "pair", [("сразу", "тотчас и сразу"), ("сразу ", ""), ("ответ,", "ответ & <привет>,"), ("так", "“так”")]
)
def test_the_text_of_the_new_file_is_the_edition(name: str, pair: tuple[str, str]) -> None:
    data = (FILES / name).read_bytes()
    text = read_data(data, Path(name), label=name).text
    after = emended(data, pair, name=name)
    assert read_data(after, Path(name), label=name).text == text.replace(*pair, 1)


@pytest.mark.parametrize("name", MADE)
def test_a_broken_word_keeps_its_break(name: str) -> None:
    data = (FILES / name).read_bytes()
    text = read_data(data, Path(name), label=name).text
    after = emended(data, ("сто-\n\nрон", "странах"), name=name)
    new = read_data(after, Path(name), label=name).text
    assert "стра-\n\nнах" in new and new.replace("стра-\n\nнах", "сто-\n\nрон") == text
    assert [box for _, box in boxes(after)] == [box for _, box in boxes(data)]


def test_a_broken_word_of_alto_is_said_whole() -> None:
    first = '<String CONTENT="отпа" SUBS_TYPE="HypPart1" SUBS_CONTENT="отпагательства"/><HYP CONTENT="-"/>'
    second = '<String CONTENT="гательства" SUBS_TYPE="HypPart2" SUBS_CONTENT="отпагательства"/>'
    data = alto(f"<TextBlock><TextLine>{first}</TextLine><TextLine>{second}</TextLine></TextBlock>")
    after = emended(data.encode(), ("отпа-\nгательства", "отлагательства")).decode()
    assert after.replace(' CS="true"', "") == data.replace("отпа", "отла")


def test_a_region_of_page_xml_follows_where_it_has_the_text_of_its_lines() -> None:
    equivalent = "<TextEquiv><Unicode>Он прпбыл\n\tв Москву.</Unicode></TextEquiv>"
    data = page(region("a", line("Он прпбыл"), line("в Москву."), equivalent))
    after = emended(data.encode(), ("прпбыл", "прибыл")).decode()
    assert after.count("прибыл") == 2 and "прпбыл" not in after
    other = data.replace("Он прпбыл\n", "Кто-то прпбыл\n")
    assert emended(other.encode(), ("прпбыл", "прибыл")).decode().count("прпбыл") == 1


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "windows-1251", "koi8-r"])
def test_the_encoding_of_a_file_is_kept(encoding: str) -> None:
    strings = '<TextBlock><TextLine><String CONTENT="прпбыл"/></TextLine></TextBlock>'
    data = f'<?xml version="1.0" encoding="{encoding.removesuffix("-sig")}"?>\n<!-- к -->{alto(strings)}'
    after = emended(data.encode(encoding), ("прпбыл", "прибыл ≈"))
    assert after.decode(encoding).replace(' CS="true"', "") in (
        data.replace("прпбыл", "прибыл ≈"),
        data.replace("прпбыл", "прибыл &#8776;"),
        data.replace('"прпбыл"/>', '"прибыл"/><SP/> <String CONTENT="≈"/>'),
        data.replace('"прпбыл"/>', '"прибыл"/><SP/> <String CONTENT="&#8776;"/>'),
    )


def test_a_file_that_is_no_xml_or_has_changed_is_told() -> None:
    body = '<div class=ocr_page><p class=ocr_par><span class="ocr_line">Он прпбыл</span><br></div>'
    data = f"<html><head><meta charset='utf-8'><title>x</title></head><body>{body}</body></html>".encode()
    with pytest.raises(BadRuling, match="no well-formed XML"):
        emended(data, ("прпбыл", "прибыл"), name="a.hocr")
    source = read_data(data, Path("a.hocr"), label="a.hocr").file
    edition = Edition(source, source.text, "plain", (), ())
    with pytest.raises(BadRuling, match="changed"):
        write_engine_file(edition, source.parts[0], data + b" ")


def test_apply_writes_the_engines_file_and_leaves_the_document(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("collation.toml").touch()
    data = (FILES / "tesseract.alto").read_bytes().replace("прибыл".encode(), "прпбыл".encode())
    Path("letter.alto").write_bytes(data)
    Path("plain.txt").write_text("Он прпбыл в Москву.\n", encoding="utf-8")
    source = read_file(Path("letter.alto")).source
    made = rule(source.text, at(source.text, "прпбыл"), "прибыл", document=source.id, digest=source.digest)
    append(log_path(Path("decisions"), "anna"), [made])
    done = CliRunner().invoke(app, ["apply", "letter.alto", "--out", "out", "--format", "engine"])
    assert done.exit_code == 0, done.output
    assert Path("letter.alto").read_bytes() == data
    written = Path("out/letter.alto").read_bytes()
    assert boxes(written) == boxes((FILES / "tesseract.alto").read_bytes())
    told = CliRunner().invoke(app, ["apply", "plain.txt", "--out", "out", "--format", "engine"])
    assert told.exit_code == 2 and "files of OCR programs" in told.stderr
    patch = ["apply", "letter.alto", "--out", "patches", "--diff", "--format"]
    told = CliRunner().invoke(app, [*patch, "engine"])
    assert told.exit_code == 2 and "a patch is of the text" in told.stderr and not Path("patches").exists()
    assert CliRunner().invoke(app, [*patch, "text,engine"]).exit_code == 0
    assert sorted(p.name for p in Path("patches").glob("letter.alto*")) == ["letter.alto", "letter.alto.txt.patch"]


HOCR = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<html xmlns="http://www.w3.org/1999/xhtml"><body>'
    '<div class="ocr_page" title="bbox 0 0 900 900">{}</div></body></html>\n'
)
PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<PcGts xmlns="http://schema.primaresearch.org/PAGE/gts/pagecontent/2019-07-15">'
    '<Page imageFilename="a.png" imageWidth="900" imageHeight="900"><TextRegion id="r"><TextLine id="l"><Word id="w">'
    '<TextEquiv index="{}"><Unicode>Маскву</Unicode></TextEquiv><TextEquiv index="{}"><Unicode>Маскво</Unicode></TextEquiv>'
    "</Word></TextLine></TextRegion></Page></PcGts>\n"
)


@pytest.mark.parametrize("indices", [("0", "-1"), ("2.0", "1"), ("3", "")])
def test_the_reading_that_was_read_is_the_one_that_is_written(indices: tuple[str, str]) -> None:
    made = emended(PAGE.format(*indices).encode(), ("Маскво", "Москва")).decode()
    assert "Москва" in made and "Маскву" in made and "Маскво" not in made


def test_words_of_several_elements_are_taken_out_one_by_one() -> None:
    line = '<span class="ocr_line"><strong><span class="ocrx_word">Он</span></strong> {}</span>'
    words = " ".join(f'<span class="ocrx_word">{word}</span>' for word in ("ехал", "туда", "долго"))
    made = emended(HOCR.format(line.format(words)).encode(), ("Он ехал ", ""))
    assert parse_xml(made) is not None and ">туда<" in made.decode() and ">ехал<" not in made.decode()


def test_an_element_of_two_classes_is_counted_once() -> None:
    lines = (
        '<span class="ocr_line ocr_caption">Первая строка тут</span>\n'
        '<span class="ocr_caption">Вторая строка таам</span>'
    )
    made = emended(HOCR.format(lines).encode(), ("таам", "там")).decode()
    assert "Первая строка тут" in made and "Вторая строка там<" in made


def test_a_region_with_references_follows_its_lines() -> None:
    page = PAGE.format("1", "0").replace(
        "</TextLine>", "</TextLine><TextEquiv><Unicode>&#1052;аскво</Unicode></TextEquiv>"
    )
    made = emended(page.encode(), ("Маскво", "Москва")).decode()
    assert made.count("Москва") == 2
