"""The page asked about readings that an editor thinks of: in the browser, in the terminal, by ``explain``; nothing is written by it."""

from __future__ import annotations

import json
import os
import sys
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from typer.testing import CliRunner

from collation.commands.app import app
from collation.commands.review import examine_one
from collation.errors import BadQuestion
from collation.learning.rendered_pages import FACES, WEARS, page_pngs
from collation.model import Apparatus, Edit, Source, Unexamined
from collation.model.hypothesis import Side
from collation.model.seen_page import SeenPage
from collation.pipeline import examine
from collation.project.cache import Cache
from collation.project.configuration import Project
from collation.project.page_cache import PageCache
from collation.project.page_questions import LONGEST_READING, MOST_READINGS, AskPage, PageQuestions, asked_edits
from collation.project.run import DocumentRun
from collation.reading import read_file
from collation.reading.page_files import PageFile
from collation.review.terminal.input import Lines
from collation.system.untrusted import NotRead
from machine import PATIENCE, hear_interrupts
from made_pages import ENGLISH, RUSSIAN, no_engine, seen_page
from test_terminal import end, review
from web_site import HOME, Site

TEXT = "\n".join(RUSSIAN).replace("ответ", "отвег") + "\n\n" + ENGLISH


@dataclass(frozen=True)
class Seen(PageCache):
    """Pages as an engine would see them, made from text; it counts how often they were looked at."""

    pages: tuple[SeenPage, ...] = (seen_page(RUSSIAN, label="letter.png"),)
    looks: list[int] | None = None

    def seen(self, pages: Iterable[PageFile]) -> tuple[tuple[SeenPage, ...], tuple[Unexamined, ...]]:
        if self.looks is not None:
            self.looks.append(1)
        return self.pages, ()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A letter with an image beside it, on a computer that reads pages."""
    monkeypatch.setattr("collation.project.page_questions.why_no_engine", lambda: None)
    (tmp_path / "letter.txt").write_text(TEXT, encoding="utf-8")
    Image.new("L", (400, 300), 250).save(tmp_path / "letter.png")
    return tmp_path


def questions(folder: Path, seen: PageCache | None = None) -> PageQuestions:
    run = DocumentRun(Project(folder), Cache(None, ""), folder)
    return PageQuestions(run.packed, seen or Seen())


def apparatus(folder: Path) -> Apparatus:
    found = examine(replace(read_file(folder / "letter.txt"), pages=Seen().pages))
    assert any(entry.lemma == "отвег" and entry.image for entry in found.entries)
    return found


def site_at(folder: Path, ask_page: AskPage | None) -> Site:
    return Site(folder, apparatus=apparatus(folder), ask_page=ask_page)


def asked(site: Site, lemma: str = "отвег", **data: Any) -> tuple[int, Any]:
    address = f"/api/documents/{site.opened.key}/ask"
    body = json.dumps({"place": site.place(lemma), **data})
    answer = site.browser().post(address, content=body, headers={"Content-Type": "application/json"})
    return answer.status_code, answer.json()


def written(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))


# In the browser


def test_the_page_is_asked_about_what_is_typed(folder: Path) -> None:
    site = site_at(folder, questions(folder).ask)
    before = written(folder)
    status, found = asked(site, readings=["ответ", "отчет", "ответ ", "otvet", "отвег"])
    assert status == 200 and found["word"] == "отвег"
    answers = {answer["reading"]: answer for answer in found["answers"]}
    assert list(answers) == ["ответ", "отчет", "otvet", "отвег"]
    right = answers["ответ"]
    assert right["ratio"] > 8 and right["says"][0]["value"] == right["ratio"]
    assert right["says"][0]["en"] == "The page reads “ответ”, not “отвег” (clearly)."
    assert right["says"][0]["ru"] == "На странице «ответ», а не «отвег» (отчётливо)."
    assert "“ответ” fits the page better than “отчет” or “отвег”" in answers["отчет"]["says"][-1]["en"]
    assert answers["otvet"]["ratio"] is None and answers["otvet"]["says"][0]["value"] is None
    assert "Russian letters" in answers["otvet"]["says"][0]["en"]
    assert "there is nothing to ask" in answers["отвег"]["says"][0]["en"]
    assert written(folder) == before and site.workspace.state().history == ()


def test_what_is_proposed_is_asked_about_where_nothing_is_typed(folder: Path) -> None:
    site = site_at(folder, questions(folder).ask)
    entry = site.opened.item(site.place("отвег")).entry
    for data in ({}, {"readings": []}, {"readings": ["", "  "]}):
        status, found = asked(site, **data)
        assert status == 200
        assert [a["reading"] for a in found["answers"]] == [r.text for r in entry.readings][:MOST_READINGS]
        assert [a["number"] for a in found["answers"]] == list(range(1, len(found["answers"]) + 1))


@pytest.mark.parametrize(
    ("readings", "says"),
    [
        ("ответ", "is no list"),
        ([1], "is no list"),
        ([None], "is no list"),
        ({"ответ": 1}, "is no list"),
        ([f"ответ{'а' * n}" for n in range(MOST_READINGS + 1)], "12 readings at once"),
        (["а" * (LONGEST_READING + 1)], "120 signs"),
        (["а" * 100_000], "120 signs"),
        (["от\u202eвет"], "cannot be seen"),
        (["от\x00вет"], "cannot be seen"),
        (["от\ud800вет"], "cannot be seen"),
    ],
)
def test_what_cannot_be_asked_is_told(folder: Path, readings: Any, says: str) -> None:
    def never(path: Path, source: Source, edits: Any) -> Any:
        raise AssertionError("nothing is asked")

    status, found = asked(site_at(folder, never), readings=readings)
    assert status == 422 and says in found["error"]


def test_a_reading_comes_back_as_text_only(folder: Path) -> None:
    status, found = asked(site_at(folder, questions(folder).ask), readings=["<script>alert(1)</script>"])
    assert status == 200 and found["answers"][0]["reading"] == "<script>alert(1)</script>"
    assert found["answers"][0]["ratio"] is None


def test_nobody_else_may_ask(folder: Path) -> None:
    site = site_at(folder, questions(folder).ask)
    address, data = f"/api/documents/{site.opened.key}/ask", {"place": site.place("отвег"), "readings": ["ответ"]}
    assert site.stranger().post(address, json=data, headers={"Origin": HOME}).status_code == 403
    assert site.browser().post(address, json=data, headers={"Origin": "https://evil.example"}).status_code == 403
    assert site.browser().post(address, content="{", headers={"Content-Type": "application/json"}).status_code == 400
    assert site.browser().post(address, data=data).status_code == 415
    assert site.browser().get(address).status_code == 404
    assert site.browser().post("/api/documents/none/ask", json=data).status_code == 404
    assert site.browser(editor="").post(address, json=data).status_code == 200  # nothing is signed


def test_places_that_are_on_no_page_are_told(folder: Path) -> None:
    site = site_at(folder, questions(folder).ask)
    answer = site.browser().post(f"/api/documents/{site.opened.key}/ask", json={"place": "e0", "readings": []})
    assert answer.status_code == 422 and "no such place" in answer.json()["error"]
    elsewhere = questions(folder, Seen(pages=(seen_page(["совсем другая страница", "о другом предмете"]),)))
    site.workspace.ask_page = elsewhere.ask
    status, found = asked(site, readings=["ответ"])
    assert status == 200 and "the place is not found there" in found["answers"][0]["says"][0]["en"]


def test_only_the_original_has_pages(folder: Path) -> None:
    entry = next(e for e in apparatus(folder).entries if e.lemma == "отвег")
    others: tuple[Side, ...] = ("translation", "catalogue")
    for other in others:
        with pytest.raises(BadQuestion, match="places of the original"):
            asked_edits(replace(entry, side=other), ["ответ"])
    with pytest.raises(BadQuestion, match="type one"):
        asked_edits(replace(entry, readings=()), [])
    assert asked_edits(entry, [" отве\u0442\u00a0 на "]) == (Edit(entry.place, "ответ на"),)
    assert asked_edits(entry, ["и\u0306"])[0].text == "й"


# What stands in the way


def test_a_document_without_pages_offers_nothing(folder: Path) -> None:
    plain = replace(apparatus(folder), entries=tuple(replace(e, image=None) for e in apparatus(folder).entries))
    with_pages, without = (
        site_at(folder, questions(folder).ask),
        Site(folder, apparatus=plain, ask_page=questions(folder).ask),
    )
    shown, bare, never = (
        site.browser().get(f"/d/{site.opened.key}").text for site in (with_pages, without, site_at(folder, None))
    )
    originals = sum(item.entry.side == "original" for item in with_pages.opened.layout.harmful)
    assert (
        shown.count('data-do="ask"') == shown.count('data-do="ask-own"') == shown.count('class="answers"') == originals
    )
    assert "<kbd>p</kbd>" in shown
    for text in (bare, never):
        assert 'data-do="ask"' not in text and 'class="answers"' not in text and "<kbd>p</kbd>" not in text
    (folder / "letter.png").unlink()
    for site in (without, site_at(folder, None)):
        status, found = asked(site, readings=["ответ"])
        assert status == 422 and "letter.png beside letter.txt" in found["error"]


@pytest.mark.parametrize(("key", "says"), [("extra-missing", "tesserocr"), ("no-page-model", "Russian model")])
def test_a_missing_engine_is_told_with_what_installs_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, key: str, says: str
) -> None:
    error = NotRead(key, library="tesserocr", command="put it here")
    monkeypatch.setattr("collation.project.page_questions.why_no_engine", lambda: error)
    status, found = asked(site_at(folder, questions(folder).ask), readings=["ответ"])
    assert status == 422 and says in found["error"] and "put it here" in found["error"]
    monkeypatch.setattr("collation.project.page_cache.why_no_engine", lambda: error)
    line = f"{folder / 'letter.txt'}:1"
    for more in ([], ["--ask", "отвег=ответ"]):
        told = CliRunner().invoke(app, ["explain", line, *more])
        assert told.exit_code == 0 and says in told.stdout and "put it here" in told.stdout
        assert "cannot be asked" not in told.stdout


def test_a_text_that_has_changed_is_told(folder: Path) -> None:
    site = site_at(folder, questions(folder).ask)
    (folder / "letter.txt").write_text("Добрый день. " + TEXT, encoding="utf-8")
    status, found = asked(site, readings=["ответ"])
    assert status == 422 and "has changed since it was examined" in found["error"]


def test_pages_that_cannot_be_read_are_told(folder: Path) -> None:
    status, found = asked(site_at(folder, questions(folder, Seen(pages=())).ask), readings=["ответ"])
    assert status == 422 and "cannot be read" in found["error"]


def test_pages_are_looked_at_once_and_two_documents_are_kept(folder: Path) -> None:
    looks: list[int] = []
    own = questions(folder, Seen(looks=looks))
    sheets = {}
    for name in "abc":
        (folder / f"{name}.txt").write_text(TEXT.replace("вчера", f"вчера {name}"), encoding="utf-8")
        (folder / f"{name}.png").write_bytes((folder / "letter.png").read_bytes())
        document = read_file(folder / f"{name}.txt")
        assert document.original
        edit = Edit(document.original.segments[0].tokens[0].place, "Она")
        sheets[name] = (folder / f"{name}.txt", document.file, [edit])
    for name in "aabbabca":
        assert own.ask(*sheets[name])[0].reading == "Она"
    assert len(looks) == 4  # a, b and c once, and a again when c had taken its place
    Image.new("L", (401, 300), 250).save(folder / "a.png")
    own.ask(*sheets["a"])
    assert len(looks) == 5


def test_places_of_the_file_are_led_to_the_text_as_read(folder: Path) -> None:
    """A file in decomposed letters, with signs that nobody sees: the words before the place are longer there."""
    text = unicodedata.normalize("NFD", TEXT).replace("вчера", "вче\u00adра")
    (folder / "letter.txt").write_text(text, encoding="utf-8")
    document = read_file(folder / "letter.txt")
    assert document.original and document.offsets and len(document.text) < len(text)
    for segment in document.original.segments:
        for token in segment.tokens:
            assert document.as_read(document.in_file(token.place)) == token.place
    place = document.in_file(next(t.place for t in document.original.segments[0].tokens if t.text == "отвег"))
    assert place.of(text) == "отвег"
    (answer,) = questions(folder).ask(folder / "letter.txt", document.file, [Edit(place, "ответ")])
    assert [f.says for f in answer.reasons] == ["page-reads"]


# In the terminal


def test_the_terminal_asks_in_the_same_words(folder: Path) -> None:
    shown = replace(apparatus(folder), source=replace(apparatus(folder).source, label=str(folder / "letter.txt")))
    given: dict[str, Any] = {"documents": (shown,), "ask_page": questions(folder).ask}
    said = review(folder / "rulings", "/ отвег\np ответ; отчет;\np\nq\n", **given)
    assert "ответ: The page reads “ответ”, not “отвег” (clearly). (+" in said
    assert "отчет: " in said and "“ответ” fits the page better" in said
    assert said.count("ответ: The page reads") == 2  # typed, then proposed
    russian = review(folder / "rulings", "/ отвег\nз ответ\nq\n", lang="ru", **given)
    assert "ответ: На странице «ответ», а не «отвег» (отчётливо). (+" in russian
    assert not (folder / "rulings").exists() and "Ruled now: 0" in said


def test_the_terminal_says_why_it_cannot_ask(folder: Path) -> None:
    shown = replace(apparatus(folder), source=replace(apparatus(folder).source, label=str(folder / "letter.txt")))
    many = "; ".join(f"ответ{'а' * n}" for n in range(MOST_READINGS + 1))
    given: dict[str, Any] = {"documents": (shown,), "ask_page": questions(folder).ask}
    assert "12 readings at once" in review(folder / "rulings", f"/ отвег\np {many}\nq\n", **given)
    assert "no images of its pages" in review(folder / "rulings", "/ отвег\np ответ\nq\n", documents=(shown,))


def test_the_terminal_says_that_there_are_no_pages_before_it_asks(folder: Path) -> None:
    shown = replace(apparatus(folder), source=replace(apparatus(folder).source, label=str(folder / "letter.txt")))
    (folder / "letter.png").unlink()
    asked: list[str] = []

    class Asking(Lines):
        def __init__(self) -> None:
            self.asks = True

        def _line(self, prompt: str) -> str:
            asked.append(prompt)
            return input()

    given: dict[str, Any] = {"documents": (shown,), "ask_page": questions(folder).ask, "typing": Asking()}
    assert "no images of its pages" in review(folder / "rulings", "/ отвег\np\nq\n", **given)
    assert not [prompt for prompt in asked if "Readings to ask the page about" in prompt]


# With the engine


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """A letter and its page, which reads otherwise."""
    (tmp_path / "letter.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "collation.toml").touch()
    (png,) = page_pngs("\n".join(RUSSIAN), face=FACES[0], wear=WEARS["light"], seed=3)
    (tmp_path / "letter.png").write_bytes(png)
    return tmp_path


@no_engine
def test_a_page_is_read_and_asked(scanned: Path) -> None:
    run = DocumentRun(Project(scanned), Cache(None, ""), scanned)
    found = examine_one(run, scanned / "letter.txt")
    site = Site(scanned, apparatus=found, ask_page=run.page_questions().ask)
    assert site.opened.on_pages
    status, told = asked(site, readings=["ответ", "отчет"])
    assert status == 200 and told["answers"][0]["says"][0]["en"] == "The page reads “ответ”, not “отвег” (clearly)."
    assert told["answers"][0]["ratio"] > 8 > told["answers"][1]["ratio"]
    explained = CliRunner().invoke(app, ["explain", f"{scanned / 'letter.txt'}:1", "--ask", "отвег=ответ"])
    assert f"The page reads “ответ”, not “отвег” (clearly). ({told['answers'][0]['ratio']:+.1f})" in explained.stdout


@no_engine
@pytest.mark.parametrize("locale", ["C.UTF-8", "POSIX"])
def test_a_key_asks_the_page_at_a_terminal(scanned: Path, locale: str, hears: Callable[..., Any]) -> None:
    child = hears(scanned, locale)
    child.expect("help:")
    child.send("p")
    child.expect("Readings to ask the page about")
    child.sendline("ответ; отчет")
    child.expect("ответ: The page reads .ответ., not .отвег. .clearly.. ..[0-9]+[.][0-9]")
    child.expect("отчет: ")
    child.expect("help:")
    child.send("p")
    child.expect("Readings to ask the page about")
    child.sendline("")
    child.expect("ответ: The page reads")
    child.expect("help:")
    child.send("q")
    child.expect("Ruled now: 0")
    assert not (scanned / "decisions").exists()


@pytest.fixture
def hears() -> Any:
    """A function that starts a review at a terminal of its own."""
    pexpect = pytest.importorskip("pexpect")
    if os.name != "posix":
        pytest.skip("there are no pseudo-terminals here")
    children = []

    def start(folder: Path, locale: str) -> Any:
        words = ["-m", "collation", "review", "letter.txt", "--editor", "anna", "--family", "LEX,CTX,PAG,NAM,GRA"]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200", "LC_ALL": locale, "LANG": locale}
        given = {"cwd": folder, "env": environment, "preexec_fn": hear_interrupts}
        children.append(pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=PATIENCE, **given))
        return children[-1]

    yield start
    for child in children:
        end(child)
