"""The alignment as a translation memory: as the specification of TMX 1.4b has it, and as another program reads it."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from typer.testing import CliRunner

from collation.alignment.align import align
from collation.commands.app import app
from collation.languages.knowledge import knowledge_for
from collation.model import Aligned
from collation.reading import read_file, read_text
from collation.writers.as_tmx import tmx_memory, tmx_units
from hostile import HALVES, HOSTILE

SEEDS = Path(__file__).parents[1] / "seeds"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
DTD = """
<!ELEMENT tmx (header, body)>
<!ATTLIST tmx version CDATA #REQUIRED>
<!ELEMENT header (note | prop | ude)*>
<!ATTLIST header creationtool CDATA #REQUIRED creationtoolversion CDATA #REQUIRED
  segtype (block | paragraph | sentence | phrase) #REQUIRED o-tmf CDATA #REQUIRED adminlang CDATA #REQUIRED
  srclang CDATA #REQUIRED datatype CDATA #REQUIRED o-encoding CDATA #IMPLIED creationdate CDATA #IMPLIED>
<!ELEMENT body (tu*)>
<!ELEMENT tu ((note | prop)*, tuv+)>
<!ATTLIST tu tuid CDATA #IMPLIED srclang CDATA #IMPLIED datatype CDATA #IMPLIED segtype CDATA #IMPLIED>
<!ELEMENT tuv ((note | prop)*, seg)>
<!ATTLIST tuv xml:lang CDATA #REQUIRED>
<!ELEMENT seg (#PCDATA)>
<!ELEMENT note (#PCDATA)>
<!ELEMENT prop (#PCDATA)>
<!ATTLIST prop type CDATA #REQUIRED xml:lang CDATA #IMPLIED>
<!ELEMENT ude EMPTY>
"""
"""What the specification asks of the elements that are written here."""


@pytest.fixture(scope="module")
def aligned() -> Aligned:
    return align(read_file(next(SEEDS.glob("003_*.txt"))), knowledge_for())


def valid(text: str) -> Any:
    root = etree.fromstring(text.encode())
    dtd = etree.DTD(io.StringIO(DTD))
    assert dtd.validate(root), dtd.error_log
    return root


def test_it_is_a_memory_of_the_sentences_that_answer_each_other(aligned: Aligned) -> None:
    root = valid(tmx_memory([tmx_units(aligned)]))
    pairs = [pair for pair in aligned.pairs if pair.original and pair.translation]
    assert root.get("version") == "1.4" and len(root.findall(".//tu")) == len(pairs) > 20
    assert len({unit.get("tuid") for unit in root.iter("tu")}) == len(pairs)
    assert all([v.get(LANG) for v in unit.iter("tuv")] == ["ru", "en"] for unit in root.iter("tu"))
    said = ["".join(seg.itertext()) for seg in root.iter("seg")]
    assert "Следует ли этого бояться?" in said and "Should we fear this?" in said
    (unit,) = (u for u in root.iter("tu") if u.findtext("tuv/seg") == "Следует ли этого бояться?")
    facts = {prop.get("type"): prop.text for prop in unit.iter("prop")}
    assert facts["x-collation-document"] == "112862"
    assert facts["x-collation-lines"].startswith("53 = ")


def test_another_program_reads_the_same_pairs(aligned: Aligned) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    text = tmx_memory([tmx_units(aligned)])
    store = tmx.tmxfile(io.BytesIO(text.encode()), "ru", "en")
    written = [tuple(u.itertext("seg")) for u in valid(text).iter("tu")]
    assert [(unit.source, unit.target) for unit in store.units] == written


def test_a_memory_without_units_is_valid() -> None:
    assert valid(tmx_memory([])).find("body") is not None


def test_a_hostile_document_breaks_nothing() -> None:
    text = HALVES.sub("\ufffd", HOSTILE)
    hostile = align(read_text(f"{text}\n\n{text}", label='"><!ENTITY x "&<tu>\x01.txt'), knowledge_for())
    made = tmx_memory([tmx_units(hostile)])
    assert len(valid(made).findall(".//tu")) == sum(bool(p.original and p.translation) for p in hostile.pairs)


def test_the_command_writes_one_memory_of_several_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name in "ab":
        letter = f"Он прибыл в Москву 5 мая 1950 года ({name}).\n\nHe arrived in Moscow on 5 May 1950 ({name}).\n"
        Path(f"{name}.txt").write_text(letter, encoding="utf-8")
    shown = CliRunner().invoke(app, ["align", "a.txt", "b.txt", "--format", "tmx"])
    assert shown.exit_code == 0 and len(list(valid(shown.stdout).iter("tu"))) == 2
    made = CliRunner().invoke(app, ["align", ".", "--format", "tmx", "--out", "out/memory.tmx", "-j", "1"])
    assert made.exit_code == 0 and made.stdout == ""
    assert Path("out/memory.tmx").read_text(encoding="utf-8") == shown.stdout
    refused = CliRunner().invoke(app, ["align", "a.txt", "--format", "tmx", "--out", "a.txt"])
    assert refused.exit_code == 2 and "прибыл" in Path("a.txt").read_text(encoding="utf-8")


def test_what_cannot_be_written_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt").write_text("Он прибыл.\n", encoding="utf-8")
    Path("taken").mkdir()
    result = CliRunner().invoke(app, ["align", "a.txt", "--format", "tmx", "--out", "taken"])
    assert result.exit_code == 2 and "cannot be written" in result.output
