"""The review in the terminal: seed 003 to the end with a real terminal, and every key from a pipe."""

from __future__ import annotations

import io
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from collation.decisions.in_force import fold_rulings
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, load_folder, log_path
from collation.model import Apparatus, Entry, Row
from collation.project.page_questions import AskPage
from collation.project.rulings_folders import RulingsFolder
from collation.review.keys import KEYS, KEYS_AT_END, Command, command_of, key_of
from collation.review.logs import Logs
from collation.review.session import Filters, alike_items, is_open, open_session, step
from collation.review.terminal.input import Lines, Typing
from collation.review.terminal.loop import Terminal
from collation.review.terminal.view import View, clean, terminal_label
from collation.writers.layout import lay_out
from collation.writers.phrases import Lang
from machine import PATIENCE, hear_interrupts
from made import at, entry, rule, source_of

SEED = next((Path(__file__).parents[1] / "seeds").glob("003_*.txt"))
TEXT = (
    "Пусть она будет топорь, а не через несколько лет. Мы вместо будем сильнее. Снова топорь упал 7 сентября.\n\n"
    "Let it be waged now, and not in a few years. Together we will be stronger. Done on 7 October 1940.\n"
)


def entries(text: str = TEXT) -> tuple[Entry, ...]:
    return (
        entry(text, at(text, "топорь"), "теперь", "топор", number=1, harm="spelling", opposite=(at(text, "now"),)),
        entry(text, at(text, "вместо"), "вместе", number=2, harm="sense", opposite=(at(text, "Together"),)),
        entry(text, at(text, "топорь", 1), "теперь", number=3, harm="spelling"),
        entry(text, at(text, "7 сентября"), "7 октября", number=4, harm="value", family="VAL", ruling="stands"),
        entry(text, at(text, "1940"), "1950", number=5, harm="value", side="translation", ruling="other-side"),
    )


def apparatus(document: str = "d1", text: str = TEXT) -> Apparatus:
    source = source_of(text, document)
    middle = text.index("Let it")
    row = Row((at(text, text[: middle - 2]),), (at(text, text[middle:-1]),))
    return Apparatus(source, (row,), entries(text), (), (), ())


def review(
    folder: Path,
    typed: str,
    *,
    lang: Lang = "en",
    editor: str = "anna",
    typing: Typing | None = None,
    documents: tuple[Apparatus, ...] = (),
    filters: Filters | None = None,
    ask_page: AskPage | None = None,
    monkeypatch: Any = None,
) -> str:
    """What a review prints when these lines come from a pipe."""
    shown = documents or (apparatus(),)
    logs = Logs.of(shown, [RulingsFolder(folder)] * len(shown))
    session = open_session(shown, logs.read(), editor, filters=filters)
    out = io.StringIO()
    before = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = io.StringIO(typed), out
    try:
        Terminal(
            session,
            View(tuple(lay_out(a) for a in shown), lang),
            logs,
            Console(file=out, no_color=True),
            typing or Lines(),
            now=lambda: datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
            scan="https://archive.example/{id}/{sheet}",
            paths=tuple(Path(a.source.label) for a in shown),
            ask_page=ask_page,
        ).run()
    finally:
        sys.stdin, sys.stdout = before
    return out.getvalue()


def rulings(folder: Path) -> list[Ruling]:
    return [r for log in load_folder(folder) for r in log.rulings]


def standing(folder: Path) -> dict[str, tuple[str, str | None]]:
    """What holds, by the words and their offset."""
    return {
        f"{s.anchor.exact}@{s.anchor.start}": (s.ruling.verdict, s.ruling.reading)
        for s in fold_rulings(rulings(folder)).standings
    }


def place(words: str, nth: int = 0) -> str:
    return f"{words}@{at(TEXT, words, nth).start}"


# Keys.


def test_every_key_works_on_both_layouts() -> None:
    latin = "arstednomukjgwARPqxARp"
    russian = "фкыеувтщьглопцФКЗйчФКз"
    assert [key_of(c) for c in russian] == [key_of(c) for c in latin]
    assert None not in [key_of(c) for c in latin]
    assert [key_of(c) for c in ".,"] == ["/", "?"]


def test_a_line_is_a_key_and_its_words() -> None:
    assert command_of("") == Command("")
    assert command_of("e теперь уже") == Command("e", "теперь уже")
    assert command_of("у теперь") == Command("e", "теперь")
    assert command_of("/топорь") == Command("/", "топорь")
    assert command_of("3") == Command("3")
    assert command_of("теперь") is None
    assert key_of("\x1b[B") == "j" and key_of("\x7f") == "u" and key_of("\x1b") is None


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_every_key_is_explained(lang: Lang) -> None:
    for key in KEYS:
        assert terminal_label(f"help.{key if not key.isdigit() else '1'}", lang)


# The queue.


def test_the_queue_goes_by_harm_and_by_line() -> None:
    session = open_session([apparatus()], fold_rulings([]), "anna")
    assert [i.entry.lemma for i in session.items] == ["вместо", "7 сентября", "1940", "топорь", "топорь"]
    by_line = open_session([apparatus()], fold_rulings([]), "anna", by_line=True)
    assert [i.entry.id for i in by_line.items] == ["e1", "e2", "e3", "e4", "e5"]


@pytest.mark.parametrize(
    ("filters", "ids"),
    [
        (Filters(families=("VAL",)), ["e4"]),
        (Filters(families=("LEX101",)), ["e2", "e4", "e5", "e1", "e3"]),
        (Filters(tiers=("query",)), []),
        (Filters(harms=("sense", "spelling")), ["e2", "e1", "e3"]),
        (Filters(documents=("d1",)), ["e2", "e4", "e5", "e1", "e3"]),
        (Filters(documents=("other",)), []),
        (Filters(words="ТОПОР"), ["e1", "e3"]),
        (Filters(conflicts=True), []),
    ],
)
def test_filters(filters: Filters, ids: list[str]) -> None:
    assert [i.entry.id for i in open_session([apparatus()], fold_rulings([]), "anna", filters=filters).items] == ids


def test_skipped_places_come_again_at_the_end() -> None:
    session = open_session([apparatus()], fold_rulings([]), "anna")
    seen = []
    for _ in range(6):
        assert session.current
        seen.append(session.current.entry.id)
        session = step(session, 1, skip=True)
    assert seen == ["e2", "e4", "e5", "e1", "e3", "e2"]


def test_what_another_editor_ruled_is_not_asked_again_but_a_conflict_is() -> None:
    one = rule(TEXT, at(TEXT, "топорь"), "теперь", n=1, editor="boris")
    two = rule(TEXT, at(TEXT, "топорь"), n=2, editor="вера")
    (item,) = [i for i in open_session([apparatus()], fold_rulings([one]), "anna").items if i.entry.id == "e1"]
    assert not is_open(item, "anna")
    (item,) = [i for i in open_session([apparatus()], fold_rulings([one, two]), "anna").items if i.entry.id == "e1"]
    assert is_open(item, "anna") and item.status == "conflict"
    second = open_session([apparatus()], fold_rulings([one], second_reader=True), "anna")
    assert is_open(next(i for i in second.items if i.entry.id == "e1"), "anna")
    assert not is_open(next(i for i in second.items if i.entry.id == "e1"), "boris")


def test_places_that_are_alike_are_found_in_all_documents() -> None:
    session = open_session([apparatus("d1"), apparatus("d2")], fold_rulings([]), "anna")
    item = next(i for i in session.items if i.entry.id == "e3")
    found = alike_items(session, item)
    assert len(found) == 4 and found[0] == item


# From a pipe.


def test_a_place_is_shown_in_words(tmp_path: Path) -> None:
    said = review(tmp_path, "q\n")
    assert "[1 of 5] d1.txt · ¶1, line 1 · sense · almost certainly wrong (.90)" in said
    assert "R  …а не через несколько лет. Мы ⟦вместо⟧ будем сильнее." in said.replace(
        "R  Пусть она будет топорь, ", "R  …"
    )
    assert "⟦Together⟧ we will be stronger" in said
    assert "Readings: 1 вместе (.80)" in said and "Nothing speaks against it." in said
    assert "Proposed: Accept: вместе — Enter" in said and "\x1b" not in said


def test_every_verdict_from_a_pipe(tmp_path: Path) -> None:
    review(tmp_path, "n 1 по изображению\n\ns\na\n2\nr\nq\n")
    assert standing(tmp_path) == {
        place("вместо"): ("accept", "вместе"),
        place("7 сентября"): ("stands", None),
        place("1940"): ("accept", "1950"),
        place("топорь"): ("accept", "топор"),
        place("топорь", 1): ("reject", None),
    }
    first = rulings(tmp_path)[0]
    assert (first.note, first.reasons, first.editor) == ("по изображению", ("ocr",), "anna")
    assert rulings(tmp_path)[1].note == "" and rulings(tmp_path)[1].reasons == ()


def test_own_readings_the_other_side_and_the_scan(tmp_path: Path) -> None:
    said = review(tmp_path, 'e вместе уже\nt 7 September\nj\ne ""\no\nd\nx\n\n', lang="ru")
    held = standing(tmp_path)
    assert held[place("вместо")] == ("emend", "вместе уже")
    assert held[place("1940")] == ("emend", "")
    assert held[place("топорь")] == ("needs-scan", None) and held[place("топорь", 1)] == ("reject", None)
    assert next(r for r in rulings(tmp_path) if r.verdict == "needs-scan").checked
    assert "на другой стороне соответствие не отмечено" in said  # there is no counterpart to put it at


def test_a_group_is_shown_first_and_undone_as_a_whole(tmp_path: Path) -> None:
    documents = (apparatus("d1"), apparatus("d2"))
    only = Filters(harms=("spelling",))
    said = review(tmp_path, "A\n3\nq\n", documents=documents, filters=only)
    assert "These places (4) would read “теперь” for “топорь”" in said and "Saved: 3 rulings" in said
    assert len(standing(tmp_path)) == 3 - 1  # two documents with the same text differ in their ids only
    assert len({r.batch for r in rulings(tmp_path)}) == 1
    said = review(tmp_path, "u\nq\n", documents=documents, filters=only)
    assert "Taken back (3)" in said and standing(tmp_path) == {}


def test_a_group_can_be_left_alone(tmp_path: Path) -> None:
    said = review(tmp_path, "A\nq\nR 9\nq\n", filters=Filters(harms=("spelling",)))
    assert "Left as it is." in said and "no place number 9" in said and rulings(tmp_path) == []


def test_a_ruling_can_hold_for_the_document_and_later_ones(tmp_path: Path) -> None:
    shown = review(
        tmp_path, "w\nw\nr\n\nq\n", documents=(apparatus(), apparatus("d2")), filters=Filters(words="топорь")
    )
    assert "holds for the whole collection" in shown
    assert "also hold at these 3 places" in shown
    (made,) = rulings(tmp_path)
    assert (made.scope, made.verdict, made.exclusions) == ("collection", "reject", ())
    later = apparatus("d3")
    session = open_session(
        (later,), Logs.of((later,), [RulingsFolder(tmp_path)]).read(), "boris", filters=Filters(words="топорь")
    )
    assert session.waiting == 0


def test_a_wide_ruling_leaves_out_what_is_excluded_and_is_undone(tmp_path: Path) -> None:
    shown = review(tmp_path, "w\na\n1\nq\n", filters=Filters(words="топорь"))
    assert "Ruled now: 1; still open: 1." in shown
    (made,) = rulings(tmp_path)
    assert made.scope == "document"
    assert [e.exact for e in made.exclusions] == ["топорь"]
    assert "still open: 2." in review(tmp_path, "u\nq\n", filters=Filters(words="топорь"))


def test_a_wide_ruling_can_be_left_alone_and_holds_for_one_place_by_itself(tmp_path: Path) -> None:
    assert "Left as it is." in review(tmp_path, "w\na\nq\nq\n", filters=Filters(words="топорь"))
    assert not rulings(tmp_path)
    review(tmp_path, "w\nw\nw\nr\nq\n", filters=Filters(words="топорь"))
    assert [r.scope for r in rulings(tmp_path)] == ["once"]


def test_the_other_side_cannot_be_ruled_for_many_places(tmp_path: Path) -> None:
    shown = review(tmp_path, "ц\nt nun\nq\n", lang="ru", filters=Filters(words="вместо"))
    assert "действует только здесь" in shown
    assert not rulings(tmp_path)


def test_plain_spellings_are_ruled_at_once(tmp_path: Path) -> None:
    review(tmp_path, "P\n\nq\n")
    assert set(standing(tmp_path)) == {place("топорь"), place("топорь", 1)}


def test_undo_goes_back_through_everything(tmp_path: Path) -> None:
    said = review(tmp_path, "\nr\na\nu\nu\nu\nu\nq\n")
    assert standing(tmp_path) == {} and len(rulings(tmp_path)) == 6
    assert "there is nothing of yours to undo" in said


def test_a_finding_that_was_missed(tmp_path: Path) -> None:
    said = review(tmp_path, "m через несколько => спустя несколько\nm waged\nm топорь => x\n2\nm нигде\nq\n")
    held = standing(tmp_path)
    assert held[place("через несколько")] == ("added", "спустя несколько")
    assert held[place("waged")] == ("added", None) and held[place("топорь", 1)] == ("added", "x")
    assert {r.anchor.exact: r.side for r in rulings(tmp_path)}["waged"] == "translation"
    assert "not in this document" in said


def test_the_typed_ruling_is_not_saved_over_a_colleague(tmp_path: Path) -> None:
    """Between the question and the answer a colleague rules; the same key then rules all the same."""
    other = rule(TEXT, at(TEXT, "вместо"), n=1, editor="boris", shown=None)

    class Interrupted(Lines):
        count = 0

        def command(self, prompt: str) -> Command | None:
            self.count += 1
            if self.count == 1:
                append(log_path(tmp_path, "boris"), [other])
            return [Command("a"), Command("a"), Command("q")][self.count - 1]

    said = review(tmp_path, "", typing=Interrupted())
    assert "Somebody has ruled on this place meanwhile" in said and "Ruled: boris: вместо: rejected" in said
    assert {r.editor for r in rulings(tmp_path)} == {"anna", "boris"}
    assert [s.status for s in fold_rulings(rulings(tmp_path)).standings] == ["conflict"]


def test_quitting_keeps_and_starting_resumes(tmp_path: Path) -> None:
    review(tmp_path, "a\n")
    said = review(tmp_path, "q\n")
    assert "open: 4" in said and "[2 of 5]" in said
    said = review(tmp_path, "a\na\na\na\n")
    assert "All 5 places shown are ruled." in said and "still open: 0" in said


def test_when_nothing_is_open_the_terminal_says_what_can_be_done(tmp_path: Path) -> None:
    """And its help has no key that means nothing there."""
    review(tmp_path, "a\na\na\na\na\n")
    said = review(tmp_path, "?\n" + "".join(f"{key}\n" for key in KEYS_AT_END if key not in ("", "q", "?")) + "\nq\n")
    assert "Enter leaves, u takes the last ruling back, ? for help:" in said
    assert "“collation apply” writes the corrected text" in said
    shown = {line.split()[0] for line in said.splitlines() if line.startswith("  ")}
    assert {"Enter", "u", "?", "q"} <= shown and not {"d", "a", "1–9", "m"} & shown
    assert "This key means nothing here" not in said


def test_keys_that_mean_nothing_do_nothing(tmp_path: Path) -> None:
    said = review(tmp_path, "z\nслово\n7\ng\n?\n/ нигде\nA\n/\n\nq\n")
    assert said.count("This key means nothing here") == 3
    assert "no reading of that number" in said and "Order: by line." in said and rulings(tmp_path) == []


def test_a_torn_log_and_orphans_are_told(tmp_path: Path) -> None:
    lost = "Совсем другое слово стояло тогда в этой строке текста.\n"
    append(log_path(tmp_path, "anna"), [rule(lost, at(lost, "слово"), "дело")])
    with log_path(tmp_path, "anna").open("ab") as log:
        log.write(b'{"half')
    said = review(tmp_path, "q\n")
    assert "unfinished" in said and "слово → дело" in said


def test_what_a_document_says_cannot_move_the_cursor() -> None:
    assert clean("a\x1b[2Jb\u202ec\x07\n") == "a�[2Jb�c��"


def test_a_full_disk_is_told_and_the_place_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("collation.decisions.ruling_log.os.fsync", full)
    said = review(tmp_path, "a\nq\n")
    assert "No space left" in said and "still open: 5" in said and rulings(tmp_path) == []
    assert "NOT SAVED: 1" in said and "Everything is saved" not in said and "Сохранено" not in said


def test_what_was_saved_after_all_is_saved(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    failing = iter([True])

    def full_once(file: int) -> None:
        if next(failing, False):
            raise OSError(28, "No space left on device")

    monkeypatch.setattr("collation.decisions.ruling_log.os.fsync", full_once)
    said = review(tmp_path, "a\na\nq\n", lang="ru")
    assert "Всё сохранено" in said and "НЕ СОХРАНЕНО" not in said and len(rulings(tmp_path)) == 1


def test_a_review_broken_off_in_the_middle_of_a_write_does_not_say_that_it_is_saved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("collation.review.logs.append", broken_off)
    said = review(tmp_path, "a\nq\n")
    assert "NOT SAVED: 1" in said and "Everything is saved" not in said


# At a real terminal.


@pytest.fixture
def folder_of_letters(tmp_path: Path, examined: Callable[[str], Apparatus]) -> Path:
    """A folder with seed 003, which has been examined."""
    examined("003")
    (tmp_path / "collation.toml").touch()
    (tmp_path / "letter.txt").write_bytes(SEED.read_bytes())
    return tmp_path


@pytest.fixture
def started(folder_of_letters: Path) -> Iterator[Any]:
    """A function that starts a review of seed 003 at a terminal of its own."""
    pexpect = pytest.importorskip("pexpect")
    if os.name != "posix":
        pytest.skip("there are no pseudo-terminals here")
    children = []

    def start(*options: str) -> Any:
        words = ["-m", "collation", "review", "letter.txt", "--editor", "anna", *options]
        environment = {**os.environ, "TERM": "xterm", "COLUMNS": "200"}
        given = {"cwd": folder_of_letters, "env": environment, "preexec_fn": hear_interrupts}
        child = pexpect.spawn(sys.executable, words, encoding="utf-8", timeout=PATIENCE, **given)
        children.append(child)
        child.expect(r"open: (\d+)\.")
        child.open = int(child.match.group(1))
        child.expect("help:")
        return child

    yield start
    for child in children:
        end(child)


def end(child: Any) -> None:
    """Kill what may still run and wait for it: pexpect's own closing gives up after some tenths of a second."""
    if child.isalive():
        child.kill(signal.SIGKILL)
        child.wait()
    child.close()


def _press(child: Any, key: str, wanted: str) -> None:
    child.send(key)
    child.expect(wanted)
    child.expect(r"help:|All \d+ places")


def test_seed_003_is_reviewed_to_the_end(folder_of_letters: Path, started: Any) -> None:
    folder = folder_of_letters / "decisions"
    child = started()
    total = child.open
    assert total >= 8
    _press(child, "a", "Saved: ")
    _press(child, "к", "rejected")  # the key r on the Russian layout
    child.send("e")
    child.expect("Your reading")
    child.sendline("своё чтение")
    child.expect("Saved: .*→ своё чтение")
    child.expect("help:")
    child.send("P")  # a batch, and its undo
    if child.expect([r"These plain spellings \((\d+)\)", "no other open place"]):
        child.send("A")
        child.expect(r"These places \((\d+)\)")
    batch = int(child.match.group(1))
    child.sendline("")
    child.expect(f"Saved: {batch} rulings")
    child.expect("help:|All")
    assert len(standing(folder)) == 3 + batch
    _press(child, "u", rf"Taken back \({batch}\)")
    assert len(standing(folder)) == 3
    child.send("q")
    child.expect(rf"still open: {total - 3}")
    child.expect("EOF|\r\n")
    child.wait()
    assert "своё чтение" in {reading for _, reading in standing(folder).values()}

    child = started()
    assert child.open == total - 3
    for left in range(total - 3, 0, -1):
        child.send("\r")
        child.expect("Saved: |The note")
        if "The note" in child.after:
            child.sendline("")
            child.expect("Saved: ")
        child.expect("help:" if left > 1 else f"All {total} places shown are ruled")
    child.send("q")
    child.expect("still open: 0")
    assert len(standing(folder)) == total
    assert (folder_of_letters / "letter.txt").read_bytes() == SEED.read_bytes()


def test_the_terminal_is_left_as_it_was(started: Any) -> None:
    child = started("--lang", "en")
    child.sendintr()
    child.expect(r"Everything is saved")
    child.wait()
    assert child.exitstatus == 0
    assert not re.search("Traceback", child.before or "")


def test_nothing_is_imported_between_the_prompt_and_the_key() -> None:
    """Python ignores an interrupt that comes while it holds the lock of an import; the review then went on waiting."""
    pexpect = pytest.importorskip("pexpect")
    source = (
        "import sys; from collation.review.terminal.input import typing; keys = typing(plain=False); "
        "before = set(sys.modules); pressed = keys.command('help:'); print(pressed.key, sorted({*sys.modules} - before))"
    )
    child = pexpect.spawn(sys.executable, ["-c", source], encoding="utf-8", timeout=PATIENCE)
    child.expect("help:")
    child.send("a")
    child.expect(r"a \[(.*)\]")
    assert child.match.group(1) == ""
    end(child)
