"""Word files out and back: the text stays whole, anchors stand outside of changes, and what an editor did becomes what
he ruled and nothing else.
"""

from __future__ import annotations

import re
import shutil
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn
from docx_revisions import RevisionDocument
from lxml import etree

from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import Book, book_of, match
from collation.decisions.ruling import Ruling
from collation.edition.as_word import write_word_edition
from collation.edition.edit import edit
from collation.edition.styles import STYLES, Style
from collation.errors import UnreadableInput
from collation.model import Apparatus, Place, Row, Span
from collation.reading import read_file, read_text
from collation.reading.inputs import find_inputs
from collation.review.notebook_rulings import ACCEPT, decide, stands
from collation.review.word.letter_rulings import LetterContext, LetterRulings, rulings_of_letter
from collation.review.word.outcomes import pair_cells
from collation.review.word.returned import Returned, ReturnedCell, TextPiece, read_returned
from collation.review.word.segments import SentSlot, segments
from collation.writers.as_docx import write_docx
from collation.writers.word.slots import TOOL
from collation.writers.word.word_elements import W, run
from made import at, entry, rule, source_of
from office_files import parts
from sample_apparatus import FILE, make

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))

NOW = datetime(2026, 6, 1, tzinfo=UTC)
NOTHING = Book((), (), ())


@pytest.fixture(scope="module")
def sample() -> Apparatus:
    return make()


def back(data: bytes) -> Returned:
    return read_returned(data, Path("letter.docx"))


def ruled(data: bytes, apparatus: Apparatus, log: tuple[Ruling, ...] = (), editor: str = "Anna") -> LetterRulings:
    context = LetterContext(apparatus, match(apparatus, fold_rulings(log)), log, editor, NOW, "", "word-1")
    return rulings_of_letter(back(data), context)


def edited(data: bytes, act: Callable[[etree._Element], None], tmp_path: Path) -> bytes:
    """The file after an act on its body."""
    path = tmp_path / "letter.docx"
    path.write_bytes(data)
    document = docx.Document(str(path))
    act(document.element.body)
    document.save(str(path))
    return path.read_bytes()


def changes(body: etree._Element) -> list[etree._Element]:
    return list(body.iter(qn("w:del"), qn("w:ins")))


def accept(element: etree._Element) -> None:
    if element.tag == qn("w:ins"):
        for child in list(element):
            element.addprevious(child)
    element.getparent().remove(element)


def type_over(body: etree._Element, words: str, own: str) -> None:
    """Type over some words without tracking."""
    text = next(t for t in body.iter(qn("w:t")) if words in (t.text or ""))
    text.text = text.text.replace(words, own, 1)


# Out


@pytest.mark.parametrize("mode", ["plain", "all"])
def test_with_all_changes_rejected_the_text_is_that_of_the_document(sample: Apparatus, mode: str) -> None:
    returned = back(write_docx(sample, changes=mode))  # type: ignore[arg-type]
    sent = [c if isinstance(c, str) else c.shown(sample.source.text) for c in returned.letter.cells]
    assert [cell.base for cell in returned.cells] == [c if isinstance(c, str) else c.text for c in sent]
    blocks = sorted((b for c in sent if not isinstance(c, str) for b in c.blocks), key=lambda b: b.span)
    body = sample.source.text.index("N 120, II")
    shown = "".join(b.text for b in blocks if b.span.start >= body)
    assert [c for c in shown if c.isalnum()] == [c for c in sample.source.text[body:] if c.isalnum()]


def test_names_dates_and_what_changes_the_sense_are_told_and_not_changed(sample: Apparatus) -> None:
    plain, everything = (back(write_docx(sample, changes=mode)).cells for mode in ("plain", "all"))
    in_plain = {p.text for cell in plain for p in cell.pieces if p.kind == "in"}
    in_all = {p.text for cell in everything for p in cell.pieces if p.kind == "in"}
    assert "теперь" in in_all and "теперь" not in in_plain
    assert in_plain < in_all
    assert not any(c.isdigit() for text in in_plain for c in text)


def test_every_entry_has_a_comment_that_stands_outside_of_all_changes(sample: Apparatus) -> None:
    document = etree.fromstring(parts(write_docx(sample, changes="all"))["word/document.xml"])
    anchors = list(document.iter(qn("w:commentRangeStart"), qn("w:commentRangeEnd"), qn("w:commentReference")))
    assert len(anchors) == 3 * len(sample.entries)
    for anchor in anchors:
        assert not {a.tag for a in anchor.iterancestors()} & {qn("w:ins"), qn("w:del")}


def test_other_programs_see_the_changes_and_the_comments(sample: Apparatus, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(write_docx(sample, changes="all"))
    seen = RevisionDocument(str(path)).document
    elements = changes(seen.element.body)
    assert {e.get(qn("w:author")) for e in elements} == {TOOL}
    assert len(list(seen.comments)) == len(sample.entries)
    assert all(comment.text.startswith("[") for comment in seen.comments)


def test_the_same_apparatus_gives_the_same_bytes(sample: Apparatus) -> None:
    assert write_docx(sample) == write_docx(make())


HOSTILE = "Он прпбыл\x07 в \ud800Москву\u202e <5> & \ue000мая\ufffe\x0b и встретил\x00 друга."


def hostile() -> Apparatus:
    source = source_of(HOSTILE)
    found = entry(HOSTILE, at(HOSTILE, "прпбыл"), "прибыл"), entry(HOSTILE, at(HOSTILE, "друга"), "вра\x07га", number=2)
    return replace(make(), source=source, rows=(Row((Place.at(0, len(HOSTILE)),), ()),), entries=found, unexamined=())


def test_what_xml_cannot_hold_is_shown_and_does_not_hinder_the_way_back(tmp_path: Path) -> None:
    data = write_docx(hostile())
    shown = "".join(cell.base for cell in back(data).cells)
    for sign in ("\\u0007", "\\ud800", "\\u202e", "<5> &", "\ue000", "\\ufffe", "\\u0000"):
        assert sign in shown
    assert ruled(data, hostile()).made == ()
    taken = edited(data, lambda body: [accept(e) for e in changes(body)] and None, tmp_path)
    made = ruled(taken, hostile()).made
    assert [(r.verdict, r.reading) for r in made] == [("accept", "прибыл"), ("accept", "вра\x07га")]


def test_what_is_ruled_is_shown_as_a_change_by_its_editor_or_as_a_resolved_comment(sample: Apparatus) -> None:
    log = decide(sample, {"топорь": ACCEPT, "7 сентября": stands("Так.")}, editor="Пётр")
    returned = back(write_docx(sample, book=match(sample, fold_rulings(log)), lang="ru"))
    pieces = [(p.text, p.kind) for cell in returned.cells for p in cell.pieces if p.author == "Пётр"]
    assert pieces == [("топорь", "out"), ("теперь", "in")]
    resolved = [c.text for c in returned.comments if c.resolved]
    assert len(resolved) == 2 and any("так в документе" in text for text in resolved)
    assert (
        rulings_of_letter(
            returned, LetterContext(sample, match(sample, fold_rulings(log)), log, "Anna", NOW, "", "w")
        ).made
        == ()
    )


# Back


def test_nothing_done_is_nothing_ruled(sample: Apparatus) -> None:
    found = ruled(write_docx(sample, changes="all"), sample)
    assert (found.made, found.told, found.known, found.open) == ((), (), 0, len(sample.entries))


def test_accepted_and_rejected_and_typed_over(sample: Apparatus, tmp_path: Path) -> None:
    def act(body: etree._Element) -> None:
        for element in changes(body):
            accept(element)
        type_over(body, "Ван Яй-ши", "Чан Кай-ши")

    found = ruled(edited(write_docx(sample, changes="all"), act, tmp_path), sample)
    by_words = {r.anchor.exact: r for r in found.made}
    assert (by_words["топорь"].verdict, by_words["топорь"].reading) == ("accept", "теперь")
    assert (by_words["Ван Яй-ши"].verdict, by_words["Ван Яй-ши"].reading) == ("emend", "Чан Кай-ши")
    assert found.told == ()


@pytest.mark.parametrize("beside", ["{} затем", "затем {}"])
@pytest.mark.parametrize("verdict", ["accept", "reject"])
def test_words_typed_beside_a_settled_change_are_no_reading_of_it(
    beside: str, verdict: str, sample: Apparatus, tmp_path: Path
) -> None:
    def act(body: etree._Element) -> None:
        inserted = next(e for e in body.iter(qn("w:ins")) if "".join(e.itertext()).strip())
        deleted = inserted.getprevious()
        assert deleted is not None and deleted.tag == qn("w:del")
        for old in deleted.iter(qn("w:delText")):
            old.tag = qn("w:t")
        kept, gone = (inserted, deleted) if verdict == "accept" else (deleted, inserted)
        gone.getparent().remove(gone)
        words = next(kept.iter(qn("w:t")))
        words.text = beside.format(words.text)
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        for child in list(kept):
            kept.addprevious(child)
        kept.getparent().remove(kept)

    found = ruled(edited(write_docx(sample, changes="all"), act, tmp_path), sample)
    assert sorted(r.verdict for r in found.made) == sorted([verdict, "added"])
    added = next(r for r in found.made if r.verdict == "added")
    assert added.reading is not None and "затем" in added.reading


def test_a_half_of_a_change_is_told_and_decides_nothing(sample: Apparatus, tmp_path: Path) -> None:
    def act(body: etree._Element) -> None:
        accept(next(e for e in changes(body) if e.tag == qn("w:del") and "топорь" in "".join(e.itertext())))

    found = ruled(edited(write_docx(sample, changes="all"), act, tmp_path), sample)
    assert found.made == ()
    assert "only a half" in str(found.told[0].message)


def test_words_typed_anywhere_are_a_finding_of_the_editor(sample: Apparatus, tmp_path: Path) -> None:
    data = edited(write_docx(sample), lambda body: type_over(body, "китайскими", "корейскими"), tmp_path)
    [ruling] = ruled(data, sample).made
    assert (ruling.verdict, ruling.anchor.exact, ruling.reading) == ("added", "китайскими", "корейскими")
    assert ruling.anchor.place().of(sample.source.text) == "китайскими"


def test_a_letter_read_twice_writes_nothing_twice(sample: Apparatus, tmp_path: Path) -> None:
    data = edited(write_docx(sample), lambda body: type_over(body, "китайскими", "корейскими"), tmp_path)
    first = ruled(data, sample)
    again = ruled(data, sample, first.made)
    assert (again.made, again.known) == ((), 1)


def test_a_later_ruling_of_the_same_editor_is_left_as_it_is(sample: Apparatus, tmp_path: Path) -> None:
    data = edited(write_docx(sample), lambda body: type_over(body, "топорь", "сейчас"), tmp_path)
    log = decide(sample, {"топорь": ACCEPT}, editor="Anna", time="2026-05-01T00:00:00Z")
    found = ruled(data, sample, log)
    assert found.made == () and "since the Word file was made" in str(found.told[0].message)


def test_a_tracked_reading_carries_its_author_and_its_time(sample: Apparatus, tmp_path: Path) -> None:
    path = tmp_path / "letter.docx"
    path.write_bytes(write_docx(sample))
    document = RevisionDocument(str(path))
    paragraph = next(p for p in document.all_paragraphs if "топорь" in p.text)
    start = paragraph.text.index("топорь")
    paragraph.replace_tracked_at(start, start + 6, "сейчас", author="Борис")
    document.save(str(path))
    [ruling] = ruled(path.read_bytes(), sample).made
    assert (ruling.editor, ruling.verdict, ruling.reading) == ("Борис", "emend", "сейчас")


def test_an_answer_is_known_by_its_words_where_comments_have_no_names(sample: Apparatus, tmp_path: Path) -> None:
    """LibreOffice writes an answer as a comment of its own, and names only those comments that are resolved."""
    path = tmp_path / "letter.docx"
    path.write_bytes(write_docx(sample))
    document = docx.Document(str(path))
    paragraphs = [p for t in document.tables for row in t.rows for c in row.cells for p in c.paragraphs]
    words = next(r for p in paragraphs for r in p.runs if r.text == "топорь")
    document.add_comment([words], "Сверено.", author="Анна")
    document.save(str(path))
    unnamed = {n: re.sub(rb' w14:paraId="[^"]*"', b"", data) for n, data in parts(path.read_bytes()).items()}
    with zipfile.ZipFile(path, "w") as file:
        for name, data in unnamed.items():
            file.writestr(name, data)
    [told] = ruled(path.read_bytes(), sample).told
    assert "“топорь” was answered in a comment (“Сверено.”)" in str(told.message)


@pytest.mark.parametrize(
    ("sent", "came", "slots", "expected"),
    [
        ("а топорь б", "а теперь б", [SentSlot(0, 2, 8, ("теперь",))], (2, 8)),
        ("он что что было", "он что было", [SentSlot(0, 7, 11, ("",))], (7, 7)),
        ("мира с ского", "мира с японского", [SentSlot(0, 7, 12, ("японского",))], (7, 16)),
        ("а но б", "а совсем иное б", [SentSlot(0, 2, 4)], (2, 13)),
        ("одно слово но два", "одно другое слово не два", [SentSlot(0, 11, 13, ("не",))], (18, 20)),
    ],
)
def test_a_slot_is_found_whatever_it_reads(
    sent: str, came: str, slots: list[SentSlot], expected: tuple[int, int]
) -> None:
    found = [s for s in segments(sent, came, slots) if s.keys]
    assert [(s.keys, s.back, s.wide) for s in found] == [((0,), expected, False)]


def test_a_change_over_the_end_of_a_place_is_not_taken_for_a_reading_of_it() -> None:
    found = segments("если вместо будем сильнее", "если сообща станем сильнее", [SentSlot(0, 5, 11)])
    [wide] = [s for s in found if s.keys]
    assert wide.keys == (0,)
    assert "".join("если сообща станем сильнее"[slice(*s.back)] for s in found) == "если сообща станем сильнее"


def test_rows_that_were_taken_out_do_not_move_the_others() -> None:
    cells = [ReturnedCell([TextPiece(text)]) for text in ("один два три", "семь восемь девять")]
    found = pair_cells(["один два три", "четыре пять шесть", "семь восемь девять"], cells)
    assert [c.base if c else None for c in found] == ["один два три", None, "семь восемь девять"]


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no file of Word"])
def test_what_is_damaged_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableInput, match="damaged"):
        back(data)


def test_a_letter_cut_off_is_refused(sample: Apparatus) -> None:
    data = write_docx(sample)
    with pytest.raises(UnreadableInput, match="damaged"):
        back(data[: len(data) // 2])


def test_a_file_of_word_that_is_no_letter_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.docx"
    docx.Document().save(str(path))
    with pytest.raises(UnreadableInput, match="no Word file that collation has made"):
        back(path.read_bytes())


@pytest.mark.parametrize(
    "office",
    [False, pytest.param(True, marks=pytest.mark.skipif(not shutil.which("soffice"), reason="no LibreOffice"))],
)
def test_twenty_letters_come_back_as_they_were_ruled(office: bool, examined: Callable[[str], Apparatus]) -> None:
    """Random acts through three libraries, in ten of them a save by LibreOffice too; benchmarks/word.py does five hundred."""
    from word import measure_documents

    documents = [examined(f"{n:03}") for n in range(5)]
    score = measure_documents(documents, trials=10, seed=7 + office, office=office)
    assert score.wrong == []
    assert score.counts["placed"] >= 0.99 * score.counts["acts"] > 40


# The edition


def test_the_edition_has_the_text_as_emended_and_a_footnote_at_every_place(sample: Apparatus) -> None:
    log = decide(sample, {"топорь": ACCEPT, "7 сентября": stands()}, editor="Пётр")
    book = match(sample, fold_rulings(log))
    data = write_word_edition(edit(sample.source, book), read_file(FILE), lang="ru")
    shown = parts(data)
    body = "".join(etree.fromstring(shown["word/document.xml"]).itertext(f"{{{W}}}t"))
    notes = ["".join(n.itertext()) for n in etree.fromstring(shown["word/footnotes.xml"])][2:]
    assert "пусть она будет теперь, а не через" in body and "топорь" not in body
    assert notes == [
        " В тексте: «топорь». Ошибка распознавания.",
        " Так в документе; по-видимому, следует: «7 октября».",
    ]


@pytest.mark.parametrize("style", STYLES)
def test_the_note_on_the_text_of_a_word_edition_speaks_of_footnotes(sample: Apparatus, style: Style) -> None:
    book = match(sample, fold_rulings(decide(sample, {"топорь": ACCEPT}, editor="Пётр")))
    data = write_word_edition(edit(sample.source, book, style=style), read_file(FILE))
    body = "".join(etree.fromstring(parts(data)["word/document.xml"]).itertext(f"{{{W}}}t"))
    assert "footnote" in body and "number in square brackets" not in body and "not marked" not in body


def test_a_word_broken_over_a_line_end_is_whole_in_the_edition() -> None:
    text = (
        "Работы придется остано-\nвить, так как склады пусты, а това-\r\nрищей мало.\nВ Нью-\nЙорк уехал вице-\nпремьер, "
        "и его ответ за-\nдержива-\nется.\n\nThe work will have to be stopped, as the ware-\nhouses are empty.\n"
    )
    document = read_text(text, label="x")
    rulings = [
        rule(
            text,
            Place((Span(at, at + 2), Span(at + 4, at + 11), Span(at + 13, at + 17))),
            "задержался",
            document=document.file.id,
            digest=document.file.digest,
        )
        for at in (text.index("за-\nдер"),)
    ]
    found = edit(document.file, book_of(document.file, fold_rulings(rulings), {}))
    assert found.text.count("-\n") == text.count("-\n")
    body = "".join(
        etree.fromstring(parts(write_word_edition(found, document))["word/document.xml"]).itertext(f"{{{W}}}t")
    )
    assert "придется остановить, так" in body and "товарищей" in body and "warehouses" in body
    assert "ответ задержался." in body
    assert "вице-премьер" in body and "Нью-Йорк" in body


def test_without_rulings_the_edition_is_the_text(sample: Apparatus) -> None:
    document = read_file(FILE)
    data = write_word_edition(edit(sample.source, NOTHING), document)
    body = "".join(etree.fromstring(parts(data)["word/document.xml"]).itertext(f"{{{W}}}t"))
    assert document.original is not None
    for segment in document.original.segments:
        for token in segment.tokens:
            assert token.place.spans[0].of(document.text) in body


def test_the_edition_of_a_hostile_text_can_be_written() -> None:
    text = HOSTILE.replace("\ud800", "")
    document = read_text(text, label="x")
    data = write_word_edition(edit(document.file, NOTHING), document)
    assert b"\\u0007" in parts(data)["word/document.xml"]


def test_a_run_keeps_line_ends_and_tabs() -> None:
    assert [etree.QName(child).localname for child in run("a\tb\nc")] == ["t", "tab", "t", "br", "t"]


def test_a_report_in_a_folder_is_no_document_of_it(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Он прибыл в Москву.\n", encoding="utf-8")
    found = read_text("Он прпбыл в Москву.\n", label="letter.txt")
    empty = Apparatus(found.file, (), (), (), (), ())
    (tmp_path / "letter.docx").write_bytes(write_docx(empty))
    assert list(find_inputs([str(tmp_path)])) == [tmp_path / "letter.txt"]
    assert list(find_inputs([str(tmp_path / "letter.docx")])) == [tmp_path / "letter.docx"]
