"""The word list of a project: what it leaves alone and what not, how it is written, and the review that fills it."""

from __future__ import annotations

import io
import sys
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from rich.console import Console
from starlette.testclient import TestClient

import collation as co
from collation.commands.review import examine_one
from collation.errors import BadRuling, BadSettings
from collation.model import Apparatus
from collation.project.cache import Cache
from collation.project.configuration import find_project
from collation.project.run import DocumentRun
from collation.project.word_list import ListedWord, WordLists, add_word, read_words, remove_word
from collation.review.logs import Logs
from collation.review.session import open_session
from collation.review.terminal.input import Lines
from collation.review.terminal.loop import Terminal
from collation.review.terminal.view import View
from collation.review.web.guard import BrowserAccess
from collation.review.web.server import make_app
from collation.review.web.user_files import UserFiles
from collation.review.web.workspace import Workspace
from collation.writers.layout import lay_out

RUSSIAN = "Пусть она будет топорь, а не через несколько лет. Мы видели шмундирик вчера."
ENGLISH = "Let it be waged now, and not in a few years. We saw the uniform yesterday."
NOW = datetime(2026, 1, 2, tzinfo=UTC)


def lemmas(*words: str, russian: str = RUSSIAN, english: str = ENGLISH) -> list[str]:
    return [e.entry.lemma for e in co.examine(russian, english, settings=co.Settings(words=words))]


# What is left alone.


def test_a_listed_word_is_left_alone_and_told() -> None:
    assert "топорь" in lemmas()
    app = co.examine(RUSSIAN, ENGLISH, settings=co.Settings(words=("топорь",))).apparatus
    assert "топорь" not in [e.lemma for e in app]
    told = [u for u in app.unexamined if u.says == "listed-words"]
    assert [dict(u.values) for u in told] == [{"count": "1", "words": "топорь"}]
    assert told[0].place is not None
    assert told[0].place.of(app.source.text) == "топорь"


@pytest.mark.parametrize(
    ("listed", "alone"),
    [("топорь", True), ("Топорь", False), ("ТОПОРЬ", False), ("топор", False), ("топорь а не", False)],
)
def test_a_word_is_listed_as_it_is_written(listed: str, alone: bool) -> None:
    assert ("топорь" not in lemmas(listed)) is alone


def test_a_lemma_means_its_forms() -> None:
    text = "Мы видели шмундирик вчера и шмундирика сегодня."
    assert lemmas(russian=text) and not lemmas("шмундирик", russian=text)


def test_a_listed_word_of_the_translation_is_no_misprint() -> None:
    english = "The Soviet goverment received the note of the ambassador on Monday."
    russian = "Советское правительство получило ноту посла в понедельник."
    assert lemmas(russian=russian, english=english) == ["goverment"]
    assert not lemmas("goverment", russian=russian, english=english)


def test_values_and_negations_are_doubted_all_the_same() -> None:
    russian = "Следует ли этого бояться? Конечно, но следует. Он прибыл 5 мая 1950 г. в Москву."
    english = "Should we fear this? Of course we should not. He arrived on 5 May 1951 in Moscow."
    before = lemmas(russian=russian, english=english)
    assert before and lemmas("но", "1950", "мая", russian=russian, english=english) == before


# The file.


def test_a_list_is_read_as_people_write_it(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    path.write_bytes("\ufeff# names\r\nКим Ир  Сен\r\n\r\na.txt: топорь # here\r\n".encode())
    assert read_words(path) == (ListedWord("Ким Ир Сен"), ListedWord("топорь", "a.txt"))


@pytest.mark.parametrize("line", ["1950", "x" * 101, "— —"])
def test_a_line_that_is_no_word_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "words.txt").write_text(f"топорь\n{line}\n", encoding="utf-8")
    with pytest.raises(BadSettings, match=r"words\.txt:2"):
        read_words(tmp_path / "words.txt")


def test_adding_keeps_every_other_byte(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    own = "\ufeff# mine\r\n\r\nТопорь".encode()
    path.write_bytes(own)
    assert add_word(path, ListedWord("Сен"), comment="Петрова,\n2026")
    assert path.read_bytes() == own + "\r\nСен  # Петрова, 2026\r\n".encode()
    assert not add_word(path, ListedWord("Сен", "a.txt"))  # it is listed for all documents
    assert remove_word(path, ListedWord("Сен")) and not remove_word(path, ListedWord("Сен"))
    assert path.read_bytes() == own + b"\r\n"


@pytest.mark.parametrize("word", ["", "12", "a: b", "a #b", "x" * 101, "a\x1b[2J"])
def test_what_would_be_read_otherwise_is_refused(tmp_path: Path, word: str) -> None:
    with pytest.raises(BadRuling):
        add_word(tmp_path / "words.txt", ListedWord(word))
    assert not (tmp_path / "words.txt").exists()


def test_many_who_add_at_once_all_get_their_line(tmp_path: Path) -> None:
    path = tmp_path / "words.txt"
    names = [f"слово{letter}" for letter in "абвгдежзик"]
    threads = [threading.Thread(target=add_word, args=(path, ListedWord(name))) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(listed.word for listed in read_words(path)) == names


def test_the_list_is_no_document_and_a_part_of_what_is_asked_of_the_cache(tmp_path: Path) -> None:
    (tmp_path / "collation.toml").touch()
    (tmp_path / "a.txt").write_text(f"{RUSSIAN}\n\n{ENGLISH}\n", encoding="utf-8")
    run = DocumentRun(find_project(tmp_path), Cache(tmp_path / "cache", "basis"), tmp_path)
    first = examine_one(run, tmp_path / "a.txt")
    add_word(tmp_path / "words.txt", ListedWord("топорь", "a.txt"))
    assert run.find([str(tmp_path)]) == [tmp_path / "a.txt"]
    assert "топорь" in [e.lemma for e in first]
    assert "топорь" not in [e.lemma for e in examine_one(run, tmp_path / "a.txt")]
    assert run.cached == 0
    remove_word(tmp_path / "words.txt", ListedWord("топорь", "a.txt"))
    assert examine_one(run, tmp_path / "a.txt") == first
    assert run.cached == 1


def test_a_list_for_one_document_is_for_no_other(tmp_path: Path) -> None:
    (tmp_path / "collation.toml").touch()
    (tmp_path / "words.txt").write_text("sub/a.txt: топорь\nb.txt: ясно\nвсем\n", encoding="utf-8")
    lists = WordLists()
    assert lists.for_document(tmp_path / "sub" / "a.txt") == ("всем", "топорь")
    assert lists.for_document(tmp_path / "a.txt") == ("всем",)
    assert lists.for_document(tmp_path / "other" / "b.txt") == ("всем", "ясно")


def test_a_document_called_words_is_none(tmp_path: Path) -> None:
    (tmp_path / "words.txt").write_text(f"{RUSSIAN}\n\n{ENGLISH}\n", encoding="utf-8")
    assert WordLists().for_document(tmp_path / "a.txt") == ()
    assert not WordLists().is_list(tmp_path / "words.txt")
    with pytest.raises(BadSettings, match="collation init"):
        WordLists().listed(tmp_path / "a.txt", "топорь", everywhere=True)


# The review.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "collation.toml").touch()
    (tmp_path / "a.txt").write_text(f"{RUSSIAN}\n\n{ENGLISH}\n", encoding="utf-8")
    return tmp_path


def review(folder: Path, typed: str) -> str:
    """What the terminal prints when these lines come from a pipe."""
    run = DocumentRun(find_project(folder), Cache(None, ""), folder)
    found: list[Apparatus] = [examine_one(run, folder / "a.txt")]
    logs = Logs.of(found, [run.folders.of(folder / "a.txt")])
    out = io.StringIO()
    before = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.StringIO(typed), out
    try:
        Terminal(
            open_session(found, logs.read(), "anna"),
            View(tuple(map(lay_out, found)), "en"),
            logs,
            Console(file=out, no_color=True, width=200),
            Lines(),
            now=lambda: NOW,
            examine_again=lambda number: examine_one(run, folder / "a.txt"),
            words=run.words,
            paths=(folder / "a.txt",),
        ).run()
    finally:
        sys.stdin, sys.stdout = before
    return out.getvalue()


def test_the_terminal_lists_a_word_and_takes_it_back(folder: Path) -> None:
    said = review(folder, "/ топорь\nW d\nq\n")
    assert (folder / "words.txt").read_text(encoding="utf-8").endswith("\na.txt: топорь  # anna, 2026-01-02\n")
    assert "Listed as right in" in said and "doubted for more" not in said
    assert "топорь" not in [e.lemma for e in examine_one(_run(folder), folder / "a.txt")]
    said = review(folder, "W\nu\nu\nq\n")
    assert "Taken out of the word list: шмундирик" in said
    assert [w.word for w in read_words(folder / "words.txt")] == ["топорь"]


def _run(folder: Path) -> DocumentRun:
    return DocumentRun(find_project(folder), Cache(None, ""), folder)


def test_the_page_lists_a_word_and_takes_it_back(folder: Path) -> None:
    run = _run(folder)
    workspace = Workspace(lambda path: examine_one(run, path), run.folders, run.words, now=lambda: NOW)
    opened = workspace.add(folder / "a.txt", workspace.examined(folder / "a.txt"))
    access = BrowserAccess(8765)
    app = make_app(workspace, access, user_files=UserFiles(folder / "state" / "r.json", folder / "chosen"))
    client = TestClient(app, base_url="http://127.0.0.1:8765", headers={"Origin": "http://127.0.0.1:8765"})
    client.get(access.invite("Petrova").removeprefix("http://127.0.0.1:8765"))
    place = next(i.anchor for i in opened.layout.items if i.entry.lemma == "топорь")
    address = f"/api/documents/{opened.key}/word"
    told = client.post(address, json={"place": place, "scope": "everywhere"}).json()
    assert (told["word"], told["added"], told["still"]) == ("топорь", True, False)
    assert place not in told["state"]["entries"]
    assert "топорь  # Petrova, 2026-01-02" in (folder / "words.txt").read_text(encoding="utf-8")
    assert client.post(address, json={"place": place, "scope": "everywhere"}).status_code == 422  # no longer a place
    back = client.post(f"{address}/undo", json={"word": "топорь", "scope": "everywhere"}).json()
    assert back["removed"] and place in back["state"]["entries"]
    assert client.post(address, json={"place": place, "scope": "here"}).status_code == 422
