"""The ruling log and its fold: nothing lost, nothing guessed, the same state whatever the order of the files."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.decisions.in_force import fold_rulings, undo_targets
from collation.decisions.log_lines import content_id, from_line, to_line, with_id
from collation.decisions.placing import match
from collation.decisions.reviewed_texts import keep_text, kept_text
from collation.decisions.ruling import Ruling, Shown
from collation.decisions.ruling_log import append, load_folder, load_log, log_path
from collation.errors import BadRuling, DamagedLog
from collation.model import Apparatus
from collation.project.rulings_folders import RulingsFolders
from made import at, entry, rule, source_of, undo

TEXT = "Война неизбежна, то пусть она будет топорь, а не через несколько лет.\nКонечно, но следует бояться.\n"
TOPOR = at(TEXT, "топорь")
BUT = at(TEXT, "но следует")


def test_a_ruling_survives_its_line() -> None:
    shown = Shown("LEX101", "LEX", "spelling", "emend", "scanner", "топорь", 0.97, "emend", ("теперь", "топор"))
    ruling = rule(TEXT, TOPOR, "теперь", shown=shown, note="«now»\u2028", reasons=("ocr",), checked=True, batch="b")
    line = to_line(ruling)
    assert "\n" not in line and "\u2028" not in line
    assert from_line(line) == ruling


def test_an_altered_line_is_refused() -> None:
    record = json.loads(to_line(rule(TEXT, TOPOR, "теперь")))
    record["editor"] = "boris"
    with pytest.raises(BadRuling, match="altered"):
        from_line(json.dumps(record))


@pytest.mark.parametrize(
    "values",
    [
        {"verdict": "maybe"},
        {"scope": "world"},
        {"editor": " "},
        {"time": "2025-03-01 12:00"},
        {"verdict": "undo"},
        {"undoes": ("x",)},
        {"verdict": "emend"},
        {"document": ""},
    ],
)
def test_nonsense_is_no_ruling(values: dict[str, str]) -> None:
    with pytest.raises(BadRuling):
        rule(TEXT, TOPOR, **values)


def test_a_newer_record_with_an_unknown_field_can_be_read() -> None:
    record = json.loads(to_line(rule(TEXT, TOPOR, "теперь")))
    del record["id"]
    record["mood"] = "glad"
    from collation.decisions.log_lines import _identity

    assert from_line(json.dumps({"id": _identity(record), **record})).editor == "anna"


def test_the_log_keeps_what_was_appended(tmp_path: Path) -> None:
    path = log_path(tmp_path / "decisions", "anna")
    one, two = rule(TEXT, TOPOR, "теперь", n=1), rule(TEXT, BUT, n=2)
    assert append(path, [one]).torn == b""
    written = append(path, [two]).rulings
    assert load_log(path).rulings == (one, *written) and content_id(written[0]) == two.id
    assert [log.path for log in load_folder(path.parent)] == [path]


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_sees_the_log_and_not_its_lock(tmp_path: Path) -> None:
    append(log_path(tmp_path / "decisions", "anna"), [rule(TEXT, TOPOR, "теперь")])
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    asked = ["git", "status", "--porcelain", "--untracked-files=all"]
    listed = subprocess.run(asked, cwd=tmp_path, check=True, capture_output=True, encoding="utf-8").stdout.split()[1::2]
    assert sorted(listed) == ["decisions/.gitignore", "decisions/anna.jsonl"]


def test_an_absent_log_has_no_rulings(tmp_path: Path) -> None:
    assert load_log(tmp_path / "none.jsonl").rulings == ()
    assert load_folder(tmp_path / "none") == ()


def test_a_torn_tail_is_set_aside_even_inside_a_letter(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    one, two, three = (rule(TEXT, TOPOR, reading, n=i) for i, reading in enumerate(["теперь", "тотчас", "тогда"]))
    append(path, [one])
    torn = to_line(two).encode()[: to_line(two).encode().index("тотчас".encode()) + 1]
    with path.open("ab") as file:
        file.write(torn)
    loaded = load_log(path)
    assert loaded.rulings == (one,) and loaded.torn == torn
    assert append(path, [three]).torn == torn
    assert [content_id(r) for r in load_log(path).rulings] == [one.id, three.id] and load_log(path).torn == b""
    assert path.with_name("anna.jsonl.torn").read_bytes() == torn + b"\n"


def test_a_whole_last_line_without_its_end_still_counts(tmp_path: Path) -> None:
    path = tmp_path / "anna.jsonl"
    one, two = rule(TEXT, TOPOR, "теперь", n=1), rule(TEXT, BUT, n=2)
    path.write_text(to_line(one), encoding="utf-8")
    assert load_log(path).rulings == (one,)
    append(path, [two])
    assert [content_id(r) for r in load_log(path).rulings] == [one.id, two.id]


@pytest.mark.parametrize("bad", ["{}", "nonsense", "<<<<<<< HEAD", ""])
def test_a_bad_line_in_the_middle_is_loud(tmp_path: Path, bad: str) -> None:
    path = tmp_path / "anna.jsonl"
    good = to_line(rule(TEXT, TOPOR, "теперь"))
    path.write_text(f"{good}\n{bad}\n{good}\n", encoding="utf-8")
    before = path.read_bytes()
    loaded = load_log(path)
    (error,) = loaded.damaged
    assert error.line == 2 and error.path == str(path) and not loaded.unreadable
    assert [to_line(r) for r in loaded.rulings] == [good, good]  # the lines before and behind it count
    assert path.read_bytes() == before


@pytest.mark.parametrize("editor", ["../../etc/passwd", "CON", "Anna", "Анна Петровна", "a/b\\c:d", "..", "x" * 300])
def test_an_editor_name_is_safe_as_a_file_name(tmp_path: Path, editor: str) -> None:
    path = log_path(tmp_path, editor)
    assert path.parent == tmp_path and len(path.name.encode()) < 200
    assert not path.name.startswith((".", "con."))
    assert log_path(tmp_path, editor + "2") != path


def test_editors_that_differ_in_case_do_not_share_a_file(tmp_path: Path) -> None:
    names = {log_path(tmp_path, name).name.casefold() for name in ("anna", "Anna", "ANNA", "anna.")}
    assert len(names) == 4


def test_the_log_lies_beside_the_nearest_project_file(tmp_path: Path) -> None:
    inner = tmp_path / "project" / "texts" / "deep"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").touch()
    assert RulingsFolders().of(inner / "a.txt").folder == tmp_path / "decisions"
    (tmp_path / "project" / "collation.toml").touch()
    assert RulingsFolders().of(inner / "a.txt").folder == tmp_path / "project" / "decisions"
    assert RulingsFolders(configured=tmp_path / "x").of(inner / "a.txt").folder == tmp_path / "x"
    assert RulingsFolders(asked=tmp_path / "y").of(inner / "a.txt").places == (tmp_path / "y",)


def test_reviewed_texts_are_kept_as_they_are(tmp_path: Path) -> None:
    text = "\ufeffа\r\nб\rв\n\ud800"
    digest = source_of(text).digest
    keep_text(tmp_path, digest, text)
    assert kept_text(tmp_path, digest) == text
    assert kept_text(tmp_path, "0" * 64) is None
    with pytest.raises(BadRuling):
        keep_text(tmp_path, "../../x", text)


def test_the_last_ruling_of_an_editor_holds() -> None:
    state = fold_rulings([rule(TEXT, TOPOR, "теперь", n=1), rule(TEXT, TOPOR, "тотчас", n=2)])
    assert [s.ruling.reading for s in state.standings] == ["тотчас"]
    assert state.standings[0].holds


def test_two_editors_who_disagree_are_in_conflict_until_one_gives_way() -> None:
    one, two = rule(TEXT, TOPOR, "теперь", n=1), rule(TEXT, TOPOR, n=2, editor="boris")
    (standing,) = fold_rulings([one, two]).standings
    assert standing.status == "conflict" and standing.rulings == (one, two)
    settled = rule(TEXT, TOPOR, "теперь", n=3, editor="boris", verdict="accept")
    assert fold_rulings([one, two, settled]).standings[0].holds
    assert fold_rulings([one, two, undo(two, n=4)]).standings[0].ruling == one


def test_a_second_reader_must_agree() -> None:
    one = rule(TEXT, TOPOR, "теперь", n=1)
    assert fold_rulings([one], second_reader=True).standings[0].status == "second-reader"
    two = rule(TEXT, TOPOR, "теперь", n=2, editor="boris")
    assert fold_rulings([one, two], second_reader=True).standings[0].holds


def test_an_undo_of_an_undo_restores() -> None:
    one = rule(TEXT, TOPOR, "теперь", n=1)
    back = undo(one, n=2)
    again = undo(back, n=3)
    assert fold_rulings([one, back]).standings == ()
    assert fold_rulings([one, back, again]).standings == fold_rulings([one]).standings


def test_undo_takes_back_a_whole_group_action_then_what_was_before() -> None:
    single = rule(TEXT, TOPOR, "теперь", n=1)
    batch = [rule(TEXT, at(TEXT, w), n=2, batch="b1") for w in ("Война", "пусть", "лет")]
    state = fold_rulings([single, *batch])
    assert set(undo_targets(state, "anna")) == set(batch)
    after = fold_rulings([single, *batch, undo(*batch, n=3)])
    assert undo_targets(after, "anna") == (single,)
    assert undo_targets(after, "boris") == ()


def test_a_forged_id_is_refused() -> None:
    one = rule(TEXT, TOPOR, "теперь", n=1)
    other = Ruling(**{**{f: getattr(one, f) for f in Ruling.__slots__}, "note": "x"})
    with pytest.raises(DamagedLog):
        fold_rulings([one, other])


def test_an_added_finding_counts_as_missed_by_the_machine() -> None:
    added = rule(TEXT, TOPOR, "теперь", verdict="added")
    (standing,) = fold_rulings([added, rule(TEXT, TOPOR, verdict="stands", n=5)]).standings
    assert standing.missed and standing.ruling.verdict == "stands"


def _apparatus(text: str, *entries: object, document: str = "d1") -> Apparatus:
    return Apparatus(source_of(text, document), (), tuple(entries), (), (), ())  # type: ignore[arg-type]


def test_rulings_meet_their_entries_again_after_lines_were_added() -> None:
    later = f"Дело 5.\n\n{TEXT}"
    state = fold_rulings([rule(TEXT, TOPOR, "теперь", n=1), rule(TEXT, at(TEXT, "Война"), n=2)])
    book = match(_apparatus(later, entry(later, at(later, "топорь"), "теперь")), state)
    assert [(m.status, m.ruling and m.ruling.reading) for m in book.entries] == [("holds", "теперь")]
    assert [p.place for p in book.others] == [at(later, "Война")] and book.orphans == ()


def test_a_lost_place_is_an_orphan_and_a_new_proposal_leaves_the_ruling() -> None:
    shown = Shown("LEX101", "LEX", "spelling", "emend", "scanner", "топорь", 0.9, "emend", ("топор",))
    state = fold_rulings([rule(TEXT, TOPOR, n=1, shown=shown)])
    gone = TEXT.replace("топорь, ", "")
    assert len(match(_apparatus(gone), state).orphans) == 1
    (matched,) = match(_apparatus(TEXT, entry(TEXT, TOPOR, "теперь")), state).entries
    assert matched.status == "holds" and matched.renewed


def test_a_conflict_is_seen_across_two_states_of_the_text() -> None:
    later = f"Лист № 2\n{TEXT.replace('неизбежна', 'неизбѣжна')}"
    rulings = [rule(TEXT, TOPOR, "теперь", n=1), rule(later, at(later, "топорь"), n=2, editor="boris")]
    (matched,) = match(_apparatus(later, entry(later, at(later, "топорь"), "теперь")), fold_rulings(rulings)).entries
    assert matched.status == "conflict"


def test_a_wide_ruling_reaches_other_places_but_not_its_exclusions() -> None:
    shown = Shown("LEX101", "LEX", "spelling", "emend", "scanner", "топорь", 0.9, "emend", ("теперь",))
    wide = rule(TEXT, TOPOR, "теперь", verdict="accept", scope="collection", shown=shown)
    other = "Пусть он будет топорь.\nИ опять топорь стоит.\n"
    first, second = at(other, "топорь"), at(other, "топорь", 1)
    apparatus = _apparatus(other, entry(other, first, "теперь"), entry(other, second, "топор"), document="d2")
    assert [m.status for m in match(apparatus, fold_rulings([wide])).entries] == ["holds", "open"]
    out = rule(other, first).anchor
    kept = with_id(Ruling(**{**{f: getattr(wide, f) for f in Ruling.__slots__}, "id": "", "exclusions": (out,)}))
    assert [m.status for m in match(apparatus, fold_rulings([kept])).entries] == ["open", "open"]
    here = rule(TEXT, TOPOR, "теперь", verdict="accept", scope="document", shown=shown)
    assert [m.status for m in match(apparatus, fold_rulings([here])).entries] == ["open", "open"]


WORDS = ["топорь", "Война", "пусть", "лет", "Конечно"]


@st.composite
def histories(draw: st.DrawFn) -> list[Ruling]:
    """Rulings of three editors on a few places, with undos of rulings and of undos, at any times."""
    made: list[Ruling] = []
    for _ in range(draw(st.integers(0, 14))):
        n = draw(st.integers(0, 20))
        editor = draw(st.sampled_from(["anna", "boris", "вера"]))
        if made and draw(st.booleans()) and draw(st.booleans()):
            made.append(undo(draw(st.sampled_from(made)), n=n, editor=editor))
        else:
            reading = draw(st.sampled_from([None, "теперь", "тотчас"]))
            made.append(rule(TEXT, at(TEXT, draw(st.sampled_from(WORDS))), reading, n=n, editor=editor))
    return made


@given(histories(), st.randoms(use_true_random=False))
def test_the_fold_does_not_depend_on_files_or_their_order(history: list[Ruling], chance: object) -> None:
    shuffled = [*history, *history[:3]]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert fold_rulings(shuffled) == fold_rulings(history)


@given(histories())
def test_undoing_the_last_ruling_restores_the_state_before_it(history: list[Ruling]) -> None:
    last = rule(TEXT, TOPOR, "тогда", n=100)
    back = undo(last, n=101)
    assert fold_rulings([*history, last, back]).standings == fold_rulings(history).standings
    forth = undo(back, n=102)
    assert fold_rulings([*history, last, back, forth]).standings == fold_rulings([*history, last]).standings
