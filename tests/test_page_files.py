"""Which images are a document's pages: beside it, in a folder that is named for one document or several, and what is told of the rest."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.project.cache import Cache
from collation.project.configuration import Project
from collation.project.run import DocumentRun
from collation.reading.inputs import find_inputs
from collation.reading.page_files import Matched, Named, is_page_of_text, match_pages, pages_beside
from collation.reading.part_files import Groups
from made_pages import ENGLISH, RUSSIAN

TEXT = "\n".join(RUSSIAN) + "\n\n" + ENGLISH


def made(folder: Path, names: str) -> Path:
    for name in filter(None, (line.strip() for line in names.split(";"))):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(TEXT if name.endswith(".txt") else "", encoding="utf-8")
    return folder


def document(path: Path, *names: str) -> Named:
    return Named(path, names or (path.stem,))


def beside(folder: Path, name: str) -> list[str]:
    return [path.name for path in pages_beside(document(folder / name))]


def matched(folder: Path, *names: str) -> tuple[list[list[str]], list[str]]:
    found: Matched = match_pages(folder / "scans", [document(folder / name) for name in names])
    return [[path.name for path in own] for own in found.pages.values()], [path.name for path in found.unclaimed]


# Names


def test_the_pages_beside_a_text_are_found_in_their_order(tmp_path: Path) -> None:
    made(tmp_path, "letter.txt; letter-10.png; letter-2.png; letter_p1.jpg; letters.png; other-1.png; letter-2b.png")
    assert beside(tmp_path, "letter.txt") == ["letter_p1.jpg", "letter-2.png", "letter-10.png"]
    made(tmp_path, "letter-2.txt; letter.pdf")
    assert beside(tmp_path, "letter-2.txt") == ["letter-2.png"]
    assert is_page_of_text(tmp_path / "letter.pdf") and not is_page_of_text(tmp_path / "letters.pdf")


@pytest.mark.parametrize(
    "name",
    ["letter-7.png", "letter_007.tif", "Letter p. 7.PNG", "letter (7).jpg", "letter, л. 7.jpg", "letter стр 7.png", "letter.7.gif",
     "letter_page_7.webp", "letter-scan000007.png", "letter-7v.png", "letter_7об.jpg"],
)  # fmt: skip
def test_a_page_may_be_named_in_many_ways(tmp_path: Path, name: str) -> None:
    made(tmp_path, f"letter.txt;{name}")
    assert beside(tmp_path, "letter.txt") == [name]


@pytest.mark.parametrize(
    "name", ["letter7.png", "letters-7.png", "letter-b.png", "a letter-7.png", "letter-7-8.png", "letter-1234567.png"]
)
def test_what_only_looks_alike_is_none(tmp_path: Path, name: str) -> None:
    made(tmp_path, f"letter.txt;{name}")
    assert beside(tmp_path, "letter.txt") == []


def test_a_name_that_another_system_wrote_is_the_same(tmp_path: Path) -> None:
    made(tmp_path, "Зорий.txt; ЗОРИЙ-1.png; Зории\u0306-2.png")  # й in one code point, and in two
    assert len(beside(tmp_path, "Зорий.txt")) == 2


def test_the_back_of_a_leaf_follows_its_front(tmp_path: Path) -> None:
    made(tmp_path, "letter.txt; letter-10.png; letter-9об.png; letter-9.png; letter-10 об.png")
    assert beside(tmp_path, "letter.txt") == ["letter-9.png", "letter-9об.png", "letter-10.png", "letter-10 об.png"]


def test_of_two_files_of_one_page_one_is_looked_at(tmp_path: Path) -> None:
    made(tmp_path, "letter.txt; letter-1.jpg; letter-1.tif; letter_2.jpg; letter.pdf")
    assert beside(tmp_path, "letter.txt") == ["letter-1.tif", "letter_2.jpg"]
    made(tmp_path, "note.txt; note.pdf; note.png")
    assert beside(tmp_path, "note.txt") == ["note.png"]


def test_the_image_that_an_engine_names_counts_beside_its_file_only(tmp_path: Path) -> None:
    made(tmp_path, "scan 7.png")
    data = b"<div class='ocr_page' title='image \"/home/x/scan 7.png\"; bbox 0 0 9 9'/>"
    assert [p.name for p in pages_beside(document(tmp_path / "a.hocr"), data)] == ["scan 7.png"]
    assert pages_beside(document(tmp_path / "a.hocr"), data.replace(b"scan 7", b"../scan 8")) == ()
    assert pages_beside(document(tmp_path / "a.txt"), data) == ()


def pages_of(groups: Groups, path: Path) -> list[str]:
    return [found.name for found in groups.pages_of(groups.of(path), b"")]


def test_a_document_of_several_files_is_named_as_such(tmp_path: Path) -> None:
    made(tmp_path, "letter.ru.txt; letter.en.txt; letter-1.png; note.alto.xml; note-1.png; note.png")
    assert pages_of(Groups(), tmp_path / "letter.ru.txt") == ["letter-1.png"]
    assert pages_of(Groups(), tmp_path / "note.alto.xml") == ["note.png", "note-1.png"]


def test_a_folder_that_is_one_document_has_its_pages(tmp_path: Path) -> None:
    made(tmp_path, "17/ru.txt; 17/en.txt; 17/10.jpg; 17/9.jpg; scans/17-1.png; scans/18-1.png")
    assert pages_of(Groups(), tmp_path / "17" / "ru.txt") == ["9.jpg", "10.jpg"]
    assert pages_of(Groups(pages=tmp_path / "scans"), tmp_path / "17" / "ru.txt") == ["17-1.png"]


# A folder of pages


def test_all_images_of_a_folder_are_the_pages_of_a_single_document(tmp_path: Path) -> None:
    made(tmp_path, "letter.txt; scans/IMG 10.png; scans/img 9.png; scans/notes.txt")
    assert matched(tmp_path, "letter.txt") == ([["img 9.png", "IMG 10.png"]], [])
    made(tmp_path, "reply.txt; scans/reply-1.png")  # which is not examined, and has an image
    assert matched(tmp_path, "letter.txt") == ([["img 9.png", "IMG 10.png"]], ["reply-1.png"])
    assert matched(tmp_path, "letter.txt", "note.txt") == ([[], []], ["img 9.png", "IMG 10.png", "reply-1.png"])


def test_each_document_has_the_images_of_its_name(tmp_path: Path) -> None:
    made(tmp_path, "scans/letter-2.png; scans/letter-10.png; scans/letter-2-1.png; scans/note.pdf; scans/IMG 1.png")
    assert matched(tmp_path, "letter.txt", "note.txt") == (
        [["letter-2.png", "letter-10.png"], ["note.pdf"]],
        ["IMG 1.png", "letter-2-1.png"],
    )
    of_two, left = matched(tmp_path, "letter.txt", "letter-2.txt")
    assert of_two == [["letter-10.png"], ["letter-2.png", "letter-2-1.png"]] and left == ["IMG 1.png", "note.pdf"]


def test_a_folder_of_a_documents_name_is_its_pages(tmp_path: Path) -> None:
    made(tmp_path, "scans/Letter/1.jpg; scans/Letter/10.jpg; scans/Letter/2.jpg; scans/note/3.jpg")
    assert matched(tmp_path, "letter.txt", "order.txt") == ([["1.jpg", "2.jpg", "10.jpg"], []], [])


# What is told


def said(*names: str, command: str = "report") -> tuple[int, str]:
    out = ["--out", "out", "--format", "json", "--no-cache"] if command == "report" else []
    found = CliRunner().invoke(app, [command, *names, *out])
    return found.exit_code, " ".join(found.stderr.split())


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return made(tmp_path, "docs/letter.txt; docs/note.txt")


def test_images_and_documents_without_each_other_are_told(folder: Path) -> None:
    made(folder, "scans/letter-1.png; scans/IMG 1.png")
    code, told = said("docs", "--pages", "scans")
    assert code == 0
    assert "scans: these images are named with no document and are not looked at (1): IMG 1.png" in told
    assert "scans: these documents have no images of their pages here (1 of 2): note.txt" in told
    code, told = said("docs", "--pages", "scans", command="check")
    assert "named with no document and are not looked at (1): IMG 1.png" in told


def test_a_folder_in_which_nothing_is_named_with_a_document_is_refused(folder: Path) -> None:
    made(folder, "scans/IMG 1.png; scans/IMG 2.png")
    code, told = said("docs", "--pages", "scans")
    assert code == 2 and "(IMG 1.png, IMG 2.png) is named with a document that is examined (2)" in told
    assert "letter-1.png for letter.txt" in told and not (folder / "out").exists()
    assert said("docs", "--pages", "scans", command="check")[0] == 2
    assert said("docs", "--pages", "scans", "--web", "--no-browse", command="review") == (2, told)


def test_a_folder_without_images_is_refused(folder: Path) -> None:
    made(folder, "scans/notes.md")
    for name in ("docs", "docs/letter.txt"):
        code, told = said(name, "--pages", "scans")
        assert code == 2 and "scans: there are no images of pages in this folder" in told
    code, told = said("docs/letter.txt:1", "--pages", "scans", command="explain")
    assert code == 2 and "there are no images of pages" in told


def test_pages_that_are_not_there_are_told(folder: Path) -> None:
    for names in (["docs", "--pages", "scan"], ["docs/letter.txt", "--pages", "scan"]):
        code, told = said(*names)
        assert code == 2 and "there are no such pages" in told


def test_the_review_gives_each_document_its_own_pages(folder: Path) -> None:
    made(folder, "scans/letter-1.png; scans/note-1.png; scans/note-2.png; scans/IMG 1.png")
    run = DocumentRun(Project(folder), Cache(None, ""), folder, pages=folder / "scans")
    found = run.find(["docs"])
    assert [[page.label for page in run.packed(path).pages] for path in found] == [
        ["scans/letter-1.png"],
        ["scans/note-1.png", "scans/note-2.png"],
    ]
    assert [notice for notice in run.notices if "IMG 1.png" in notice]
    made(folder, "later.txt")  # opened when the review is on
    assert run.packed(folder / "later.txt").pages == ()
    (alone,) = run.find(["docs/letter.txt"])
    assert [page.label for page in run.packed(alone).pages] == ["scans/letter-1.png"]


def test_whom_somebody_vouches_for_is_still_among_the_documents(folder: Path) -> None:
    made(folder, "scans/IMG 1.png; scans/note-1.png")
    run = DocumentRun(Project(folder), Cache(None, ""), folder, pages=folder / "scans")
    (letter,) = run.find(["docs"], vouched={folder / "docs" / "note.txt"})
    assert letter.name == "letter.txt" and run.packed(letter).pages == ()


def test_a_pdf_in_the_folder_of_pages_is_no_document(folder: Path) -> None:
    made(folder, "docs/scans/letter.pdf; docs/scans/note.pdf")
    found = list(find_inputs(["docs"], groups=Groups(pages=folder / "docs" / "scans")))
    assert [path.name for path in found if isinstance(path, Path)] == ["letter.txt", "note.txt"] and len(found) == 2


# Many documents in one folder


@pytest.mark.parametrize(
    "names",
    ["{}.txt", "{}.ru.txt;{}.en.txt", "{}.txt;{}-1.png;{}-2.png", "{0}/ru.txt;{0}/en.txt;{0}/1.png"],
    ids=["single files", "pairs", "with pages", "folders of their own"],
)
def test_a_folder_is_listed_once_for_all_documents_in_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, names: str
) -> None:
    for number in range(30):
        made(tmp_path, ";".join(part.format(f"d{number}") for part in names.split(";")))
    documents = [path for path in sorted(tmp_path.rglob("*.txt")) if not path.name.endswith("en.txt")]
    listings = []
    iterdir = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda folder: (listings.append(folder), iterdir(folder))[1])
    groups = Groups()
    pages = [pages_of(groups, path) for path in documents]
    assert sorted(listings) == sorted({path.parent for path in documents})
    fresh = [[found.name for found in Groups().pages_of(Groups().of(path), b"")] for path in documents]
    assert pages == fresh
    assert len(documents) == 30 and all(pages) == ("png" in names)


def test_what_is_put_into_a_folder_meanwhile_is_found(tmp_path: Path) -> None:
    made(tmp_path, "a.ru.txt; a.en.txt; b.ru.txt")
    groups = Groups()
    assert [len(groups.of(tmp_path / f"{name}.ru.txt").parts) for name in "ab"] == [2, 1]
    assert pages_of(groups, tmp_path / "b.ru.txt") == []
    made(tmp_path, "b.en.txt; b-1.png")
    os.utime(tmp_path, (2_000_000_000, 2_000_000_000))  # as if some time had passed
    assert len(groups.of(tmp_path / "b.ru.txt").parts) == 2
    assert pages_of(groups, tmp_path / "b.ru.txt") == ["b-1.png"]


def test_a_folder_that_cannot_be_read_holds_no_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made(tmp_path, "a.ru.txt; a.en.txt; a-1.png")

    def refused(folder: Path) -> None:
        raise PermissionError(folder)

    monkeypatch.setattr(Path, "iterdir", refused)
    assert pages_of(Groups(), tmp_path / "a.ru.txt") == []
    assert len(Groups().of(tmp_path / "a.ru.txt").parts) == 1
