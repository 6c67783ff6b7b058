"""A report shows what editors have ruled as settled, and nothing that was ruled moves a figure."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from lxml import html
from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import Book, match
from collation.decisions.ruling import Ruling
from collation.model import Apparatus
from collation.pipeline import examine
from collation.reading import read_text
from collation.review import notebook_rulings as nb
from collation.review.rulings_from_choices import Choice, Signature, make_finding
from collation.writers import write_html, write_json, write_markdown
from collation.writers.as_docx import write_docx
from collation.writers.as_markdown import escape
from collation.writers.decided import tally
from collation.writers.layout import lay_out
from collation.writers.ruled import ledger
from collation.writers.summary import summarise
from made import at, entry, source_of
from sample_apparatus import make

TEXT = "Пусть она будет топорь, а не через несколько лет. Мы вместо будем сильнее.\n"
DOCUMENT = """Title: A letter

Citation: Archive, https://digitalarchive.example/document/77

Contents:

Transcript - Russian
Translation - English

Если война неизбежна, то пусть она будет топорь, а не через несколько лет.

If a war is inevitable, then let it be waged now, and not in a few years.
"""


def apparatus(text: str = TEXT) -> Apparatus:
    found = [entry(text, at(text, w), r, number=n) for n, (w, r) in enumerate(WORDS, 1) if w in text]
    return Apparatus(source_of(text), (), tuple(found), (), (), ())


WORDS = (("топорь", "теперь"), ("вместо", "вместе"))


def ruled(app: Apparatus, *rulings: tuple[str, Choice, str]) -> Book:
    log: tuple[Ruling, ...] = ()
    for n, (words, choice, editor) in enumerate(rulings):
        log = nb.decide(app, {words: choice}, editor=editor, log=log, time=f"2026-01-0{n + 1}T10:00:00Z")
    return match(app, fold_rulings(log))


def test_a_ruled_entry_is_shown_as_settled_with_editor_and_day() -> None:
    app = apparatus()
    book = ruled(app, ("топорь", nb.ACCEPT, "Anna"), ("вместо", nb.stands("Так в документе."), "Boris"))
    page, text = write_html(app, book=book), write_markdown(app, lang="ru", book=book)
    assert "emended: теперь (Anna, 2026-01-01)" in page
    assert "ruled: 2 · open: 0" in page
    assert "так в документе (Boris, 2026-01-02). Так в документе." in text
    assert "card h-" in page and " done u-emended" in page


def test_settled_places_are_not_the_worst_any_more() -> None:
    app = apparatus()
    book = ruled(app, ("топорь", nb.REJECT, "Anna"))
    open_one = write_markdown(app, book=book).split("##")[1]
    assert "вместо" in open_one
    assert "топорь" not in open_one
    assert summarise("x", app, book).tally.ruled == 1


@pytest.mark.parametrize(
    ("second", "state"), [(nb.REJECT, "conflict"), (nb.NEEDS_SCAN, "conflict"), (nb.ACCEPT, "emended")]
)
def test_a_conflict_is_not_settled(second: Choice, state: str) -> None:
    app = apparatus()
    found = ledger(ruled(app, ("топорь", nb.ACCEPT, "Anna"), ("топорь", second, "Boris")), lay_out(app))
    assert found.entries[1].state == state
    assert found.entries[1].editors == "Anna, Boris"
    assert (found.tally.ruled, found.tally.disputed) == ((1, 0) if state == "emended" else (0, 1))


def test_the_text_shows_what_was_decided_and_what_was_scanned() -> None:
    app = examine(read_text(DOCUMENT, label="letter.txt"))
    accepted = ruled(app, ("топорь", nb.ACCEPT, "Anna"))
    cell = html.fromstring(write_html(app, book=accepted)).xpath("//td[@class='original']")[0]
    (gone,), (now,) = cell.xpath(".//del"), cell.xpath(".//ins")
    assert (gone.text_content(), now.text_content()) == ("топорь", "теперь")
    assert gone.getparent() is now.getparent() and gone.getparent().get("data-n")
    page = html.fromstring(write_html(app, book=accepted))
    assert [i.get("id") for i in page.xpath("//input[@name='shows']")] == ["show-scanned", "show-emended", "show-both"]
    for other in (
        None,
        ruled(app, ("топорь", nb.REJECT, "Anna")),
        ruled(app, ("топорь", nb.ACCEPT, "A"), ("топорь", nb.REJECT, "B")),
    ):
        assert not html.fromstring(write_html(app, book=other)).xpath("//ins | //del | //input[@name='shows']")


def test_a_place_that_an_editor_found_is_marked_numbered_and_counted() -> None:
    app = examine(read_text(DOCUMENT, label="letter.txt"))
    place = at(app.source.text, "неизбежна")
    signature = Signature("Boris", "2026-01-03T10:00:00Z")
    found = make_finding(app.source, place, "original", Choice("added", own="неминуема"), signature)
    book = match(app, fold_rulings((found,)))
    page = html.fromstring(write_html(app, book=book))
    number = str(len(app) + 1)
    (mark,) = page.xpath("//td//a[contains(@class, 'own')]")
    assert mark.text_content() == f"{number}неизбежнанеминуема✓"
    assert page.xpath(f"//article[@id='a{number}']") and mark.get("href") == f"#a{number}"
    assert f"Сомнительных мест: {number}" in page.xpath("//h2")[0].text_content()
    assert tally(book).words("en") == f"ruled: 1 · open: {len(app)} · of these added by editors: 1"
    assert summarise("x", app, book).tally == tally(book)
    assert f"<sup>{number}</sup>~~неизбежна~~**неминуема**" in write_markdown(app, book=book)
    assert summarise("x", app, book).total == len(app) + 1
    with zipfile.ZipFile(io.BytesIO(write_docx(app, book=book, lang="en"))) as word:
        assert f"Doubtful places: {number}." in word.read("word/document.xml").decode()


def test_the_note_to_be_printed_is_that_of_the_ruling() -> None:
    app = apparatus()
    own = Choice("emend", own="тотчас", note="По смыслу.")
    page = write_html(app, book=ruled(app, ("топорь", own, "Anna"), ("вместо", nb.ACCEPT, "Anna")))
    assert "in the text “топорь”; read “тотчас”. По смыслу." in page
    assert "in the text “вместо”; read “вместе”." in page


def notes_of(app: Apparatus, book: Book) -> dict[str, list[str]]:
    """The notes that a report offers to be copied, in English and Russian, by the lemma of their place."""
    page = html.fromstring(write_html(app, book=book))
    return {
        " ".join(card.xpath(".//p[@class='prop']/span[@class='lemma']/q/text()")): card.xpath(".//@data-note")
        for card in page.xpath("//article[contains(@class, 'card')]")
    }


def errata_of(app: Apparatus, book: Book) -> str:
    found = html.fromstring(write_html(app, book=book)).xpath("//section[@aria-labelledby='err-h']")
    return "".join(section.text_content() for section in found)


@pytest.mark.parametrize(
    ("words", "choice", "note"),
    [
        ("топорь", nb.REJECT, None),
        ("топорь", nb.stands(), "¶10, line 53: “топорь”: thus in the document; apparently “теперь” is meant."),
        ("топорь", nb.stands("Описка."), "¶10, line 53: “топорь”: Описка."),
        ("Ван Яй-ши", nb.stands(), "¶9, line 51: “Ван Яй-ши”: thus in the document."),
        ("Ван Яй-ши", nb.other_side(), "¶9, line 51: “Ван Яй-ши”: the other side is wrong."),
        ("топорь", nb.other_side("then"), "¶10, line 97, translation: in the text “now”; read “then”."),
        ("20.15", nb.other_side("20:15"), "¶18, line 115, translation: in the text “22:15”; read “20:15”."),
        (
            "20.15",
            nb.ACCEPT,
            "¶18, line 74, sheet 2 (“в 20.15”): in the text “20.15”; read “22.15”. “20.15” is not a Russian word form.",
        ),
        ("received letter", nb.REJECT, None),
    ],
)
def test_the_note_says_what_was_ruled(words: str, choice: Choice, note: str | None) -> None:
    app = make()
    book = ruled(app, (words, choice, "Anna"))
    offered = notes_of(app, book)[words]
    assert offered[:1] == ([] if note is None else [note])
    text = write_markdown(app, book=book)
    entry_of = text[text.index(f'### <a id="{lay_out(app).item(app[words]).anchor}"') :].split("\n\n### ")[0]
    assert note is None or escape(note) in entry_of
    assert "perhaps" not in entry_of.splitlines()[-1]


def test_the_corrections_to_the_translation_follow_the_rulings() -> None:
    app = make()
    assert "received a letter" in errata_of(app, ruled(app))
    wrong = ruled(app, ("20.15", nb.other_side("20:15"), "Anna"), ("received letter", nb.REJECT, "Anna"))
    assert "read “20:15”" in errata_of(app, wrong) and "received a letter" not in errata_of(app, wrong)


def test_the_legend_explains_the_signs_of_the_rulings() -> None:
    """Those in the text, and no sign of doubt that a ruling has replaced."""
    app = apparatus()
    plain = html.fromstring(write_html(app)).xpath("//p[@class='legend']")[0].text_content()
    assert "~" in plain and "✓" not in plain
    book = ruled(app, ("топорь", nb.ACCEPT, "Anna"), ("вместо", nb.REJECT, "Anna"))
    page = html.fromstring(write_html(app, book=book))
    legend = page.xpath("//p[@class='legend']")[0]
    said = legend.text_content()
    assert "✓ emended" in said and "✗ rejected; the text is right" in said and "✗ " in said and "~" not in said
    assert {s.text for s in page.xpath("//td//b[@class='sign']")} <= {s.text for s in legend.xpath(".//b")}


def test_the_states_of_all_places_add_up() -> None:
    app = apparatus()
    scan = tally(ruled(app, ("топорь", nb.NEEDS_SCAN, "Anna"), ("вместо", nb.ACCEPT, "Anna")))
    assert (scan.ruled, scan.scan, scan.open, scan.total) == (1, 1, 0, 2)
    waiting = tally(ruled(app, ("топорь", nb.ACCEPT, "Anna"), ("топорь", nb.REJECT, "Boris")))
    assert (waiting.disputed, waiting.open, waiting.total) == (1, 1, 2)
    assert (scan + waiting).total == 4


def test_what_was_carried_out_and_what_was_lost_are_listed() -> None:
    app = apparatus()
    log = nb.decide(app, {"топорь": nb.ACCEPT, "вместо": nb.ACCEPT}, editor="Anna")
    later = apparatus(TEXT.replace("топорь", "теперь").replace("Мы вместо будем сильнее", "Иное"))
    book = match(later, fold_rulings(log), {app.source.digest: TEXT})
    text = write_markdown(later, book=book)
    assert "**топорь** — emended: теперь; so in this text already (Anna" in text
    assert text.index("cannot be determined in this text") < text.index("**вместо**")
    (lost,) = html.document_fromstring(write_html(later, book=book)).xpath("//h3[contains(., 'cannot be determined')]")
    assert "вместо" in lost.getnext().text_content() and "Место этих решений" in lost.text_content()


def test_rulings_change_neither_the_apparatus_nor_a_figure() -> None:
    app = apparatus()
    book = ruled(app, ("топорь", nb.REJECT, "Anna"))
    assert write_json(app, book=book) == write_json(app)
    assert write_html(app, book=book) == write_html(app, book=book)
    assert write_html(app, book=None) == write_html(app, book=match(app, fold_rulings(())))


def test_apply_then_report_shows_the_places_as_settled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import collation as co

    monkeypatch.chdir(tmp_path)
    (tmp_path / "collation.toml").touch()
    letter = tmp_path / "letter.txt"
    letter.write_text(DOCUMENT, encoding="utf-8")
    examined = co.examine(co.read(letter))
    co.save(examined, co.decide(examined, {"топорь": co.ACCEPT}, editor="Anna"), letter)
    run = CliRunner()
    assert run.invoke(app, ["apply", "letter.txt", "--out", "edition"]).exit_code == 0
    for name, said in (("letter.txt", "emended: теперь (Anna"), ("edition/letter.txt", "in this text already (Anna")):
        assert run.invoke(app, ["report", name, "--out", "out", "--format", "md"]).exit_code == 0
        assert said in (tmp_path / "out" / "letter.md").read_text(encoding="utf-8")


def test_the_command_counts_a_place_that_an_editor_added(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import collation as co

    monkeypatch.chdir(tmp_path)
    (tmp_path / "collation.toml").touch()
    letter = tmp_path / "letter.txt"
    letter.write_text(DOCUMENT, encoding="utf-8")
    examined = co.examine(co.read(letter))
    source = examined.apparatus.source
    signature = Signature("Boris", "2026-01-03T10:00:00Z")
    made = make_finding(source, at(source.text, "неизбежна"), "original", Choice("added", own="неминуема"), signature)
    co.save(examined, (made,), letter)
    said = CliRunner().invoke(app, ["report", "letter.txt", "--out", "out"]).output
    assert f"doubtful places: {len(examined.apparatus) + 1};" in said


def test_a_damaged_line_is_told_and_the_report_is_written_with_the_other_rulings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "letter.txt").write_text(DOCUMENT, encoding="utf-8")
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "anna.jsonl").write_text("no ruling\n", encoding="utf-8")
    done = CliRunner().invoke(app, ["report", "letter.txt", "--out", "out"])
    assert done.exit_code == 2
    assert "anna.jsonl:1" in done.output
    assert (tmp_path / "out" / "letter.html").exists()
