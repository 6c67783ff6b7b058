"""Which document a file is: no name is a reason to leave one out, and rulings follow a document through its changes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling_log import append, log_path
from collation.project.known_documents import LEAST, share_in_common
from collation.reading import read_text
from collation.review.web.workspace import Workspace
from gate_repository import found, run, write
from made import at, rule, source_of

HEAD = '{above}**Citation:**\n\n"{title}", RGASPI, f. 5, op. 1, d. 20{leaves}.\n\n**Contents:**\n\nOriginal Scan  \nTranslation - English\n\n'
BODIES = {
    "a": (
        "Если война неизбежна, то пусть она будет топорь, а не через несколько лет, когда противник соберёт новые силы.\n\n",
        "If a war is inevitable, then let it be waged now, and not in a few years, when the enemy gathers new forces.\n",
    ),
    "b": (
        "Рабочие завода приняли топорь резолюцию о хлебе и послали делегатов в столицу, чтобы передать её министру лично.\n\n",
        "The workers of the factory have now adopted a resolution on bread and sent delegates to the capital to hand it over.\n",
    ),
}
WORDS = "топорь"


def text_of(name: str, title: str = "Letter", leaves: str = "", above: str = "") -> str:
    return HEAD.format(title=title, leaves=leaves, above=above) + "".join(BODIES[name])


def bare(name: str) -> str:
    return "".join(BODIES[name])


def reject(root: Path, text: str, document: str, n: int = 1, **more: Any) -> None:
    """A rejection of the doubtful word, as some version of the program wrote it under a name."""
    append(log_path(root / "decisions", "anna"), [rule(text, at(text, WORDS), document=document, n=n, **more)])
    keep_text(root / "decisions", source_of(text).digest, text)


def statuses(*names: str) -> dict[str, str]:
    """What became of the doubtful word, by file."""
    return {Path(file).name: status for file, lemma, status, _ in found(*(names or ["."])) if lemma == WORDS}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    write(tmp_path / "collation.toml", "")
    return tmp_path


def test_the_name_is_the_number_else_the_reference_with_date_and_title_else_the_digest() -> None:
    numbered = text_of("a").replace("d. 20.", "d. 20. <https://archive.example/document/112233>")
    assert read_text(numbered, label="x").source.id == "112233"
    dated = text_of("a", above="May 5, 1931\n\nLetter to the minister\n\n", leaves=", ll. 3-4")
    assert read_text(dated, label="x").source.id == "f. 5, op. 1, d. 20, ll. 3-4 · May 5, 1931 · Letter to the minister"
    plain = read_text(bare("a"), label="x").source
    assert plain.id == plain.digest[:16]


@pytest.mark.parametrize("command", ["check", "report", "apply"])
def test_two_documents_of_one_file_unit_are_both_done(here: Path, command: str) -> None:
    write(here / "a.txt", text_of("a"))
    write(here / "b.txt", text_of("b"))
    more = {"check": ["--format", "text"], "report": ["--out", "out", "-v"], "apply": ["--out", "out"]}[command]
    code, out, err = run(command, ".", *more)
    assert code == (1 if command == "check" else 0) and "left out" not in out + err
    assert "a.txt" in out and "b.txt" in out


def test_a_ruling_on_one_document_of_a_file_unit_does_not_touch_the_other(here: Path) -> None:
    write(here / "a.txt", text_of("a"))
    write(here / "b.txt", text_of("b"))
    reject(here, text_of("b"), "f. 5, op. 1, d. 20")
    for names in ((".",), ("a.txt", "b.txt"), ("b.txt", "a.txt")):
        assert statuses(*names) == {"a.txt": "open", "b.txt": "settled"}
    assert statuses("a.txt") == {"a.txt": "open"} and statuses("b.txt") == {"b.txt": "settled"}
    assert "orphan" not in run("check", ".")[1] and run("check", "b.txt")[0] == 0


def test_rulings_that_0_1_wrote_under_one_name_on_two_documents_are_told_apart(here: Path) -> None:
    write(here / "a.txt", text_of("a"))
    write(here / "b.txt", text_of("b"))
    reject(here, text_of("a"), "f. 5, op. 1, d. 20", n=1)
    reject(here, text_of("b"), "f. 5, op. 1, d. 20", n=2, verdict="needs-scan")
    assert statuses() == {"a.txt": "settled", "b.txt": "needs-scan"}
    assert statuses("a.txt") == {"a.txt": "settled"} and statuses("b.txt") == {"b.txt": "needs-scan"}
    assert "orphan" not in run("check", ".")[1]


ABOVE = "May 5, 1931\n\nLetter to the minister\n\n"
RECHRISTENED = {
    "0.1 knew the reference alone": (text_of("a", above=ABOVE), "f. 5, op. 1, d. 20"),
    "0.1 knew the digest alone": (bare("a"), source_of(bare("a")).digest[:16]),
    "the name with date and title": (
        text_of("a", above=ABOVE),
        "f. 5, op. 1, d. 20 · May 5, 1931 · Letter to the minister",
    ),
    "told apart by its digest": (text_of("a"), f"f. 5, op. 1, d. 20 #{source_of(text_of('a')).digest[:16]}"),
    "the number": (text_of("a").replace("d. 20.", "d. 20. <https://archive.example/document/112233>"), "112233"),
}
CHANGES = {
    "as it was": lambda text: text,
    "renamed": lambda text: text,
    "edited": lambda text: text.replace("силы", "силы и средства").replace("Если", "Когда"),
    "applied": lambda text: text.replace("неизбежна", "неизбежно"),
    "title mended": lambda text: text.replace("Letter to the minister", "Letter to the Ministers"),
    "date mended": lambda text: text.replace("May 5, 1931", "May 6, 1931"),
    "leaves added": lambda text: text.replace("d. 20", "d. 20, ll. 3-4"),
    "other line ends": lambda text: text.replace("\n", "\r\n"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
@pytest.mark.parametrize(("text", "document"), RECHRISTENED.values(), ids=RECHRISTENED)
def test_rulings_follow_a_document_through_its_changes_and_names(
    here: Path, text: str, document: str, change: Any
) -> None:
    reject(here, text, document)
    write(here / "b.txt", text_of("b"))  # another document of the same file unit is looked at too
    write(here / "renamed.txt", change(text))
    assert statuses() == {"b.txt": "open", "renamed.txt": "settled"}
    assert statuses("renamed.txt") == {"renamed.txt": "settled"}


def test_a_document_that_gets_a_citation_keeps_its_rulings(here: Path) -> None:
    reject(here, bare("a"), source_of(bare("a")).digest[:16])
    write(here / "a.txt", text_of("a"))
    assert statuses() == {"a.txt": "settled"}


def test_the_digest_is_that_of_the_text_as_first_seen(here: Path) -> None:
    first = bare("a")
    reject(here, first, source_of(first).digest[:16])
    second = first.replace("Если", "Когда")
    reject(here, second, source_of(first).digest[:16], n=2, verdict="needs-scan")
    write(here / "a.txt", second.replace("лет", "годов"))
    assert statuses() == {"a.txt": "needs-scan"}


def test_copies_are_all_examined_and_summed_up(here: Path) -> None:
    for number in range(5):
        write(here / f"copy-{number}.txt", text_of("a"))
    reject(here, text_of("a"), "f. 5, op. 1, d. 20")
    assert statuses() == {f"copy-{n}.txt": "settled" for n in range(5)}
    code, _, err = run("check", ".")
    assert code == 0 and "documents: 5" in err and err.count("copies of others") == 1 and "4 files" in err
    code, out, err = run("report", "copy-0.txt", "copy-1.txt", "--out", "out", "-v")
    assert code == 0 and out.count("see out/copy") == 2 and "copy-1.txt: this is the same text as copy-0.txt" in err


def test_copies_lie_on_the_shelf_side_by_side(here: Path) -> None:
    from collation.commands.review import examine_one
    from collation.project.opening import open_project, open_run
    from collation.project.run import DocumentRun

    run: DocumentRun = open_run(open_project(None), cache=False, encoding=None)
    paths = [write(here / name, text_of(body)) for name, body in (("a.txt", "a"), ("b.txt", "b"), ("c.txt", "a"))]
    workspace = Workspace(lambda path: examine_one(run, path), run.folders)
    workspace.open_documents(paths)
    workspace.wait()
    assert not workspace.failures and sorted(d.path.name for d in workspace.documents.values()) == [
        "a.txt",
        "b.txt",
        "c.txt",
    ]
    ids = {d.path.name: d.source.id for d in workspace.documents.values()}
    assert ids["a.txt"] == ids["c.txt"] != ids["b.txt"]


def test_a_baseline_knows_each_copy_and_nothing_of_it_is_stale(here: Path) -> None:
    write(here / "a.txt", text_of("a"))
    write(here / "b.txt", text_of("a"))
    assert run("baseline", "write", ".")[0] == 0
    code, out, _ = run("check", ".", "--format", "json")
    assert code == 0 and "stale-baseline" not in out
    before = (here / ".collation-baseline.json").read_bytes()
    assert run("baseline", "prune", ".")[0] == 0 and (here / ".collation-baseline.json").read_bytes() == before


def test_two_documents_have_little_in_common_and_two_readings_of_one_much() -> None:
    assert share_in_common(text_of("a"), text_of("b")) < LEAST / 4
    assert share_in_common(text_of("a"), CHANGES["edited"](text_of("a"))) > LEAST
    assert share_in_common(text_of("a"), text_of("a", above=ABOVE)) == 1.0
    assert share_in_common("", text_of("a")) == 0.0
