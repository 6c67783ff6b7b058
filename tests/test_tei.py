"""TEI: valid, the text whole, the readings of an editor and those of the program never mixed, and back again."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import Book, match
from collation.decisions.ruling import Ruling
from collation.model import Apparatus, Place, Row
from collation.pipeline import examine
from collation.reading import read_file, read_text
from collation.reading.tei_edition import read_edition
from collation.review import notebook_rulings as nb
from collation.writers.tei.as_tei import write_tei, write_tei_choice
from hostile import HALVES, HOSTILE
from made import at, entry, rule, source_of

NS = {"t": "http://www.tei-c.org/ns/1.0"}
ID = "{http://www.w3.org/XML/1998/namespace}id"
BENCH = os.environ.get("COLLATION_BENCH", "")
SEEDS = sorted((Path(__file__).parents[1] / "seeds").glob("*.txt"))
WRITE = {"app": write_tei, "choice": write_tei_choice}
TEXT = "Пусть она будет топорь, а не через несколько лет. Мы вместо будем сильнее.\n"
each_form = pytest.mark.parametrize("form", WRITE)


def schema_file(version: str) -> Path:
    return Path(BENCH, "..", "schemas", f"tei_all-{version}.rng") if BENCH else Path("none")


@lru_cache(maxsize=2)
def schema(version: str) -> Any:
    return etree.RelaxNG(etree.parse(schema_file(version)))


def apparatus(text: str = TEXT) -> Apparatus:
    words = (("топорь", "теперь"), ("вместо", "вместе"))
    found = [entry(text, at(text, w), r, number=n) for n, (w, r) in enumerate(words, 1) if w in text]
    return Apparatus(source_of(text), (Row((Place.at(0, len(text.rstrip())),), ()),), tuple(found), (), (), ())


def ruled(app: Apparatus, *rulings: tuple[str, Any, str]) -> Book:
    log: tuple[Ruling, ...] = ()
    for n, (words, choice, editor) in enumerate(rulings):
        log = nb.decide(app, {words: choice}, editor=editor, log=log, time=f"2026-01-0{n + 1}T10:00:00Z")
    return match(app, fold_rulings(log))


def tree(text: str) -> Any:
    return etree.fromstring(text.encode())


def found(text: str, path: str) -> Any:
    return tree(text).xpath(path, namespaces=NS)


@each_form
@pytest.mark.parametrize("path", SEEDS, ids=lambda p: p.stem[:3])
def test_a_seed_comes_back_letter_for_letter(path: Path, form: str, examined: Callable[[str], Apparatus]) -> None:
    app = examined(path.stem[:3])
    edition = read_edition(WRITE[form](app).encode())
    assert edition.text == app.source.text
    assert {unit.id for unit in edition.units} == set(edition.state.units)
    assert len(edition.units) == len(app.entries)
    document = read_file(path)
    for siglum, witness in (("R", document.original), ("E", document.translation)):
        for segment in witness.segments if witness else ():
            assert segment.place.of(document.text) in edition.of_side(siglum)


@pytest.mark.parametrize("version", ["3.0.0", "4.7.0"])
@each_form
def test_it_is_valid(form: str, version: str, examined: Callable[[str], Apparatus]) -> None:
    if not schema_file(version).is_file():
        pytest.skip("the schema is not at hand")
    ruling = (("топорь", nb.ACCEPT, "Anna"), ("вместо", nb.stands("Так в документе."), "Boris"))
    cases = [WRITE[form](examined(path.stem[:3])) for path in SEEDS]
    cases += [WRITE[form](apparatus(), book=ruled(apparatus(), *ruling)), WRITE[form](hostile(), lang="ru")]
    cases += [WRITE[form](apparatus(""))]
    for text in cases:
        assert schema(version).validate(tree(text)), schema(version).error_log


@each_form
def test_every_reference_leads_somewhere(form: str, examined: Callable[[str], Apparatus]) -> None:
    for path in SEEDS:
        root = tree(WRITE[form](examined(path.stem[:3])))
        ids = [e.get(ID) for e in root.iter() if e.get(ID)]
        assert len(ids) == len(set(ids))
        for element in root.iter():
            for name in ("wit", "resp", "source", "target", "corresp", "ana", "from", "to", "who", "ref", "ed"):
                for reference in (element.get(name) or "").split():
                    assert not reference.startswith("#") or reference[1:] in ids, (element.tag, name, reference)


def test_teiphy_sees_the_same_variation_units(examined: Callable[[str], Apparatus]) -> None:
    collation = pytest.importorskip("teiphy.collation")
    for path in SEEDS:
        app = examined(path.stem[:3])
        units = collation.Collation(etree.ElementTree(tree(write_tei(app)))).variation_units
        written = read_edition(write_tei(app).encode()).state.units
        assert [u.id for u in units] == [e.get(ID) for e in found(write_tei(app), "//t:app")]
        for unit in units:
            assert (
                unit.readings[0].text.split()
                == " ".join(app.source.text[slice(*written[unit.id].span)].split()).split()
            )
            assert len(unit.readings) - 1 in (len(written[unit.id].proposals), 1)


def test_a_proposal_that_nobody_decided_on_is_never_the_lemma() -> None:
    text = write_tei(apparatus())
    assert found(text, "//t:lem") == []
    readings = found(text, "//t:app[1]/t:rdg")
    assert [(r.get("wit"), r.get("resp"), r.text) for r in readings] == [
        ("#R", None, "топорь"),
        (None, "#collation", "теперь"),
    ]
    assert found(write_tei_choice(apparatus()), "//t:choice | //t:text//t:corr[not(ancestor::t:note)]") == []


@each_form
def test_the_sentences_that_answer_each_other_are_linked(form: str, examined: Callable[[str], Apparatus]) -> None:
    for number in ("002", "003"):
        app = examined(number)
        text = WRITE[form](app)
        links = [link.get("target").split() for link in found(text, "//t:linkGrp[@type='sentences']/t:link")]
        assert len(links) == len(app.sentences) > 5
        there = {e.get(ID): e for e in found(text, "//t:s | //t:anchor[@type='sentence']")}
        assert sorted(there) == sorted(name[1:] for link in links for name in link)
        for link, row in zip(links, app.sentences, strict=True):
            for name, place in zip(link, (*row.original, *row.translation), strict=True):
                element = there[name[1:]]
                if element.tag.endswith("}s") and not element.findall(".//{*}app") and form == "app":
                    assert "".join(element.itertext()) == place.envelope.of(app.source.text)


def test_a_sentence_with_a_place_across_its_end_only_begins_somewhere() -> None:
    app = apparatus()
    sides = (Place.at(0, TEXT.index(". Мы") + 1), Place.at(TEXT.index("Мы"), len(TEXT) - 1))
    crossing = entry(TEXT, at(TEXT, "лет. Мы"), "лет, мы", number=9)
    app = replace(app, sentences=tuple(Row((side,), ()) for side in sides))
    assert [s.get(ID) for s in found(write_tei(app), "//t:s")] == ["R.s1", "R.s2"]
    crossed = write_tei(replace(app, entries=(*app.entries, crossing)))
    assert [s.get(ID) for s in found(crossed, "//t:anchor[@type='sentence'] | //t:s")] == ["R.s1", "R.s2"]
    assert found(crossed, "//t:s") == []
    assert read_edition(crossed.encode()).text == TEXT


def test_rulings_are_shown_for_what_they_are() -> None:
    book = ruled(apparatus(), ("топорь", nb.ACCEPT, "Anna"), ("вместо", nb.stands("Так в документе."), "Boris"))
    text = write_tei(apparatus(), book=book)
    accepted, kept = found(text, "//t:app")
    assert (accepted.get("type"), kept.get("type")) == ("emended", "stands")
    (lemma,) = accepted.xpath("t:lem", namespaces=NS)
    assert (lemma.text, lemma.get("wit"), lemma.get("resp")) == ("теперь", None, "#editor1")
    (lemma,) = kept.xpath("t:lem", namespaces=NS)
    assert (lemma.text, lemma.get("wit"), lemma.get("resp")) == ("вместо", "#R", "#editor2")
    assert found(text, "//t:respStmt[@xml:id='editor2']/t:persName/text()") == ["Boris"]
    assert "Так в документе." in "".join(kept.itertext())
    assert [c.get("when") for c in found(text, "//t:change")] == ["2026-01-02", "2026-01-01"]
    other = write_tei_choice(apparatus(), book=book)
    assert found(other, "//t:choice/t:sic/text()") == ["топорь"]
    assert found(other, "//t:choice/t:corr/text()") == ["теперь"]
    assert found(other, "//t:p/t:sic/text()") == ["вместо"]
    for one in (text, other):
        assert read_edition(one.encode()).text == TEXT


def test_two_editors_who_disagree_leave_no_lemma() -> None:
    book = ruled(apparatus(), ("топорь", nb.ACCEPT, "Anna"), ("топорь", nb.REJECT, "Boris"))
    text = write_tei(apparatus(), book=book)
    assert found(text, "//t:lem") == []
    assert len(found(text, "//t:app[@type='conflict']/t:note[@type='ruling']")) == 2


@each_form
def test_what_an_editor_found_is_there_too(form: str) -> None:
    app = apparatus()
    own = rule(TEXT, at(TEXT, "сильнее"), "слабее", verdict="added", editor="Anna")
    text = WRITE[form](app, book=match(app, fold_rulings([own])))
    assert "слабее" in found(text, "//t:text")[0].xpath("string(.//t:lem | .//t:choice/t:corr)", namespaces=NS)
    assert read_edition(text.encode()).text == TEXT


@each_form
def test_places_over_one_another_are_listed_behind_the_text(form: str) -> None:
    app = apparatus()
    wide = entry(TEXT, at(TEXT, "будет топорь"), "станет теперь", number=9)
    crossing = entry(TEXT, at(TEXT, "топорь, а не"), "теперь, не", number=10)
    app = Apparatus(app.source, app.rows, (*app.entries, wide, crossing), (), (), ())
    text = WRITE[form](app)
    assert len(found(text, "//t:listApp/t:app")) == 2
    edition = read_edition(text.encode())
    assert edition.text == TEXT
    spans = {unit.id: (unit.start, unit.stop) for unit in edition.units}
    assert spans == {name: unit.span for name, unit in edition.state.units.items()}


def hostile() -> Apparatus:
    """Halves of characters are put in when it has been examined: no file has them, and a dictionary refuses them."""
    found = examine(read_text(HALVES.sub("\ufffd", HOSTILE), label='=HYPERLINK("evil")<script>.txt'))
    return replace(found, source=replace(found.source, text=HOSTILE))


@each_form
@pytest.mark.parametrize("lang", ["en", "ru"])
def test_a_hostile_document_comes_back_letter_for_letter(form: str, lang: Any) -> None:
    app = hostile()
    text = WRITE[form](app, lang=lang)
    assert read_edition(text.encode()).text == app.source.text
    assert found(text, "//script | //t:script") == []
    assert "<!ENTITY" not in text and "<![CDATA[" not in text


_STRANGE = st.text(
    st.one_of(st.characters(codec=None), st.sampled_from("\x00\x0b\x1f\r\n\t \ufffe\ud800\udfff<>&]\"'-")), max_size=200
)


@given(_STRANGE)
def test_any_text_comes_back(text: str) -> None:
    source = source_of(text)
    for write in WRITE.values():
        assert read_edition(write(Apparatus(source, (), (), (), (), ())).encode()).text == text


@given(st.text("аб \n\r\tx-", min_size=1, max_size=60), st.data())
def test_any_places_come_back(text: str, data: st.DataObject) -> None:
    points = st.integers(0, len(text))
    places = [sorted(data.draw(st.tuples(points, points))) for _ in range(data.draw(st.integers(0, 5)))]
    entries = tuple(entry(text, Place.at(*p), "я\x01", number=n) for n, p in enumerate(places))
    cuts = sorted({0, len(text), *data.draw(st.lists(points, max_size=4))})
    kinds = st.sampled_from(["paragraph", "row", "verse", "furniture", "heading"])
    rows = tuple(
        Row(*((Place.at(a, b),), ())[:: data.draw(st.sampled_from([1, -1]))], data.draw(kinds))
        for a, b in zip(cuts, cuts[1:], strict=False)
        if data.draw(st.booleans())
    )
    ends = sorted(data.draw(st.lists(points, max_size=4, unique=True)))
    sentences = tuple(Row((Place.at(a, b),), (), "sentence") for a, b in zip(ends, ends[1:], strict=False))
    app = Apparatus(source_of(text), rows, entries, (), (), (), sentences)
    for write in WRITE.values():
        edition = read_edition(write(app).encode())
        assert edition.text == text
        assert {u.id: (u.start, u.stop) for u in edition.units} == {n: u.span for n, u in edition.state.units.items()}


def test_a_file_of_ours_is_read_as_the_document_it_was_made_of(tmp_path: Path) -> None:
    seed = next((Path(__file__).parents[1] / "seeds").glob("003*.txt"))
    document = read_file(seed)
    empty = Apparatus(document.file, (), (), (), (), ())
    path = tmp_path / "letter.xml"
    path.write_text(write_tei(empty), encoding="utf-8")
    again = read_file(path)
    assert again.file.text == document.file.text
    assert [w.role for w in again.witnesses] == [w.role for w in document.witnesses]
