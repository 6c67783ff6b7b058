"""What is taken out of a log is noticed, by the next record or by whoever had seen it; the order of lines means nothing."""

from __future__ import annotations

import json
import shutil
import subprocess
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.decisions.history import History
from collation.decisions.in_force import fold_rulings
from collation.decisions.log_lines import content_id, to_line
from collation.decisions.move_logs import move
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, load_log, log_path
from collation.review import notebook_rulings as nb
from gate_repository import letter, ruled, run, write
from made import at, rule, undo
from sample_apparatus import make
from web_site import Site

TEXT = "Война неизбежна, то пусть она будет топорь, а не через несколько лет.\nКонечно, но следует бояться.\n"
WORDS = ("Война", "пусть", "топорь", "лет", "Конечно", "бояться")


def rulings(*numbers: int) -> list[Ruling]:
    return [rule(TEXT, at(TEXT, WORDS[n]), n=n) for n in numbers]


def logged(place: Path, count: int) -> list[bytes]:
    """The lines of a log with so many rulings, each written by itself."""
    for ruling in rulings(*range(count)):
        append(log_path(place, "anna"), [ruling])
    return lines(place)


def lines(place: Path) -> list[bytes]:
    return log_path(place, "anna").read_bytes().splitlines(keepends=True)


def missing(place: Path) -> list[str]:
    return [i for m in History.read([place]).missing for i in m.ids]


def test_each_record_follows_the_one_before(tmp_path: Path) -> None:
    logged(tmp_path, 2)
    append(log_path(tmp_path, "anna"), rulings(2, 3))
    found = load_log(log_path(tmp_path, "anna")).rulings
    assert [r.after for r in found] == [(), *((r.id,) for r in found[:-1])] and not missing(tmp_path)


@pytest.mark.parametrize("taken", range(5))
def test_a_line_taken_out_of_the_middle_is_noticed(tmp_path: Path, taken: int) -> None:
    before = logged(tmp_path, 6)
    gone = load_log(log_path(tmp_path, "anna")).rulings[taken].id
    log_path(tmp_path, "anna").write_bytes(b"".join(before[:taken] + before[taken + 1 :]))
    assert missing(tmp_path) == [gone]


def test_the_last_line_is_noticed_by_nobody_who_has_not_seen_it(tmp_path: Path) -> None:
    before = logged(tmp_path, 3)
    log_path(tmp_path, "anna").write_bytes(b"".join(before[:-1]))
    assert missing(tmp_path) == []  # docs/review.md says so


def test_the_order_of_the_lines_means_nothing(tmp_path: Path) -> None:
    before = logged(tmp_path, 4)
    state = History.read([tmp_path]).state
    for shuffled in permutations(before):
        log_path(tmp_path, "anna").write_bytes(b"".join(shuffled))
        assert not missing(tmp_path) and History.read([tmp_path]).state == state


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_a_union_merge_of_two_machines_is_lawful_and_the_next_record_follows_both(tmp_path: Path) -> None:
    def git(*words: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b", *words], cwd=tmp_path, check=True, capture_output=True
        )

    place = tmp_path / "decisions"
    git("init", "-q", "-b", "main")
    (tmp_path / ".gitattributes").write_text("*.jsonl merge=union\n", encoding="utf-8")
    append(log_path(place, "anna"), rulings(0))
    git("add", ".")
    git("commit", "-qm", "one")
    git("checkout", "-qb", "other")
    append(log_path(place, "anna"), rulings(1))
    git("commit", "-qam", "two")
    git("checkout", "-q", "main")
    append(log_path(place, "anna"), rulings(2))
    git("commit", "-qam", "three")
    git("merge", "-q", "other")
    first, *two = load_log(log_path(place, "anna")).rulings
    assert [r.after for r in two] == [(first.id,)] * 2 and not missing(place)
    append(log_path(place, "anna"), rulings(3))
    assert set(load_log(log_path(place, "anna")).rulings[-1].after) == {r.id for r in two} and not missing(place)
    for taken in (1, 2):
        found = lines(place)
        log_path(place, "anna").write_bytes(b"".join(found[:taken] + found[taken + 1 :]))
        assert len(missing(place)) == 1, "whichever of the two machines it came from"
        log_path(place, "anna").write_bytes(b"".join(found))


def test_a_log_of_0_1_is_valid_and_goes_on_with_a_chain(tmp_path: Path) -> None:
    old = rulings(0, 1, 2)
    text = "".join(to_line(r) + "\n" for r in old)
    assert all("after" not in json.loads(line) for line in text.splitlines())
    write(log_path(tmp_path, "anna"), text)
    append(log_path(tmp_path, "anna"), rulings(3))
    *first, last = load_log(log_path(tmp_path, "anna")).rulings
    assert first == old and last.after == (old[-1].id,) and not missing(tmp_path)


def test_a_damaged_line_is_not_told_as_missing_too(tmp_path: Path) -> None:
    before = logged(tmp_path, 3)
    log_path(tmp_path, "anna").write_bytes(before[0] + before[1].replace(b"anna", b"olga") + before[2])
    history = History.read([tmp_path])
    assert len(history.damaged) == 1 and history.missing == ()


def test_a_move_of_rulings_breaks_no_chain(tmp_path: Path) -> None:
    logged(tmp_path / "one", 3)
    append(log_path(tmp_path / "two", "anna"), rulings(3))
    move(tmp_path / "one", tmp_path / "two")
    append(log_path(tmp_path / "two", "anna"), rulings(4))
    assert not missing(tmp_path / "two") and len(load_log(log_path(tmp_path / "two", "anna")).rulings) == 5


def test_an_undo_finds_its_ruling_by_the_name_it_had_before_it_was_written(tmp_path: Path) -> None:
    one, two = rulings(0, 1)
    append(log_path(tmp_path, "anna"), [one, two, undo(two, n=9)])
    assert [s.ruling.id for s in History.read([tmp_path]).state.standings] == [one.id]
    append(log_path(tmp_path, "anna"), rulings(2))
    append(log_path(tmp_path, "anna"), [undo(*rulings(2), n=10)])
    assert [s.ruling.id for s in History.read([tmp_path]).state.standings] == [one.id]


@given(st.lists(st.sampled_from(range(6)), unique=True, min_size=2), st.data())
def test_whatever_is_taken_out_of_a_chain_before_its_end_is_missing(order: list[int], data: st.DataObject) -> None:
    from collation.decisions.chain import chained
    from collation.decisions.chain import missing as missing_in
    from collation.decisions.log_lines import Log

    made = chained(rulings(*order), ())
    taken = data.draw(st.sets(st.sampled_from(range(len(made) - 1))))
    left = tuple(r for n, r in enumerate(made) if n not in taken)
    found = missing_in([Log(Path("x"), left)], [])
    wanted = {made[n].id for n in taken if n + 1 not in taken}
    assert {i for m in found for i in m.ids} == wanted


# Who reports, and the acknowledgment.


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A document with three rulings on it, the second of which was taken out of the log."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    write(tmp_path / "collation.toml", "")
    write(tmp_path / "a.txt", letter())
    for n in range(3):
        ruled(tmp_path, letter(), None, n=n)
    found = lines(tmp_path / "decisions")
    log_path(tmp_path / "decisions", "anna").write_bytes(found[0] + found[2])
    return tmp_path


def test_check_warns_of_a_missing_record_and_goes_on_as_ever(here: Path) -> None:
    code, _, err = run("check", ".")
    assert code == 0 and "warning: " in err and "rulings are missing that later ones follow: 1" in err
    assert "collation rulings acknowledge" in err


def test_doctor_warns_until_it_is_acknowledged(here: Path) -> None:
    code, out, _ = run("doctor")
    assert code == 0 and any(line.startswith("warn") and "missing" in line for line in out.splitlines())
    code, out, _ = run("rulings", "acknowledge", "--editor", "А. Петрова")
    assert code == 0 and "acknowledged as missing: 1" in out
    assert "А. Петрова" in (here / "decisions" / "acknowledged.missing").read_text(encoding="utf-8")
    assert "missing that later" not in run("doctor")[1] + run("check", ".")[2]
    found = lines(here / "decisions")
    ruled(here, letter(), None, n=7)
    log_path(here / "decisions", "anna").write_bytes(found[0] + lines(here / "decisions")[2])
    assert "missing that later ones follow: 1" in run("doctor")[1], "what was acknowledged is that one, not the next"


def test_the_page_tells_of_a_missing_record_in_both_languages(tmp_path: Path) -> None:
    found = logged(tmp_path / "decisions", 3)
    log_path(tmp_path / "decisions", "anna").write_bytes(found[0] + found[2])
    site = Site(tmp_path)
    client = site.browser()
    address = f"/api/documents/{site.opened.key}"
    assert "missing that later ones follow: 1" in client.get(address).json()["damage"]
    client.cookies.set("collation-lang", "ru")
    assert "не хватает решений" in client.get(address).json()["damage"] and "не хватает решений" in client.get("/").text


@pytest.mark.parametrize("loss", ["shortened", "emptied", "deleted"])
def test_the_running_page_tells_of_a_log_that_has_lost_what_it_had_seen(tmp_path: Path, loss: str) -> None:
    site = Site(tmp_path)
    client, address = site.browser(), f"/api/documents/{site.opened.key}"
    for lemma in ("топорь", "но"):
        client.post(f"{address}/rule", json={"place": site.place(lemma), "verdict": "accept", "seen": []})
    assert client.get(address).json()["damage"] == ""
    (log,) = (tmp_path / "decisions").glob("*.jsonl")
    whole = log.read_bytes()
    if loss == "deleted":
        log.unlink()
    else:
        log.write_bytes(whole.splitlines(keepends=True)[0] if loss == "shortened" else b"")
    told = client.get(address).json()["damage"]
    assert f"gone from the log: {1 if loss == 'shortened' else 2}" in told and log.name in told
    log.write_bytes(whole)
    assert client.get(address).json()["damage"] == "", "it is told until the rulings are back"


def test_a_notebook_that_saves_twice_adds_what_is_new(tmp_path: Path) -> None:
    app = make()
    document = write(tmp_path / "letter.txt", app.source.text)
    log = nb.decide(app, {"топорь": nb.ACCEPT}, editor="C", time="2026-01-01T10:00:00Z")
    nb.save(app, log, document)
    log = nb.decide(app, {"но": nb.REJECT}, editor="C", log=log, time="2026-01-01T11:00:00Z")
    folder = nb.save(app, log, document)
    found = load_log(log_path(folder, "C")).rulings
    assert [content_id(r) for r in found] == [r.id for r in log] and fold_rulings(found).standings
