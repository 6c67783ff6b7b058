"""A line that anybody may have pushed into a log stops nobody: it is reported, and all the rest works."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.history import History
from collation.decisions.in_force import fold_rulings, undo_targets
from collation.decisions.log_lines import _identity, from_line, to_line
from collation.decisions.ruling import reader
from collation.decisions.ruling_log import append, load_log, log_path
from collation.decisions.strict_json import parse
from collation.errors import BadRuling, BadSettings
from collation.gate.baseline import read_baseline
from collation.review.rulings_from_choices import stamp
from made import at, rule
from web_site import Site

TEXT = "Война неизбежна, то пусть она будет топорь, а не через несколько лет.\n"
TOPOR = at(TEXT, "топорь")
GOOD = rule(TEXT, TOPOR, "теперь")


def altered(change: Callable[[dict[str, Any]], object]) -> bytes:
    """A line whose id fits it, whatever was written into it."""
    record = json.loads(to_line(GOOD))
    del record["id"]
    change(record)
    return json.dumps({"id": _identity(record), **record}).encode()


def put(path: tuple[str, ...], value: object) -> bytes:
    def change(record: dict[str, Any]) -> None:
        inner: Any = record
        for name in path[:-1]:
            inner = inner[name]
        inner[path[-1]] = value

    return altered(change)


SHOWN = {
    "code": "LEX101",
    "family": "LEX",
    "harm": "spelling",
    "tier": "emend",
    "hand": "scanner",
    "lemma": "топорь",
    "proposed": "emend",
}
POISON = {
    "deep brackets": b"[" * 20_000,
    "deep brackets closed": b"[" * 20_000 + b"]" * 20_000,
    "deep inside an unknown field": to_line(GOOD).encode()[:-1] + b',"x":' + b"[" * 900 + b"]" * 900 + b"}",
    "the last moment": put(("time",), "9999-12-31T23:59:59.999999Z"),
    "a time long ago": put(("time",), "0001-01-01T00:00:00Z"),
    "the thirtieth of February": put(("time",), "2025-02-30T00:00:00Z"),
    "an hour of 99": put(("time",), "2025-02-01T99:00:00Z"),
    "digits of another script": put(("time",), "20٢5-02-01T10:00:00Z"),
    "ten thousand digits": to_line(GOOD).encode().replace(b'"start":', b'"start":' + b"9" * 10_000),
    "four thousand digits": put(("anchor", "start"), 10**4000),
    "a rival too large to be one": put(("anchor", "rival"), 10**400),
    "infinity": to_line(GOOD).encode().replace(b'"rival":', b'"rival":1e999,"y":'),
    "no number": to_line(GOOD).encode().replace(b'"rival":', b'"rival":NaN,"y":'),
    "a true number": put(("anchor", "start"), True),
    "a NUL": to_line(GOOD).encode().replace(b"anna", b"an\x00na"),
    "half a character": put(("note",), "\ud800"),
    "a digest that leads out": put(("digest",), "../../../etc/passwd"),
    "a shown that is a list": put(("shown",), ["code"]),
    "a probability that is a word": put(("shown",), {**SHOWN, "probability": "much", "readings": []}),
    "readings that are lists": put(("shown",), {**SHOWN, "probability": 0.5, "readings": [["a"]]}),
    "changes that are numbers": put(("changes",), [1, 2]),
    "changes that are none": put(("changes",), None),
    "reasons that are a word": put(("reasons",), "ocr"),
    "an anchor that is a word": put(("anchor",), "топорь"),
    "a number": b"1",
    "a byte of no letter": b"\xff\xfe",
    "a mark of an unfinished merge": b"<<<<<<< HEAD",
}
each_poison = pytest.mark.parametrize("line", POISON.values(), ids=POISON)


@each_poison
def test_a_poisoned_line_is_told_and_the_others_count(tmp_path: Path, line: bytes) -> None:
    path = log_path(tmp_path, "anna")
    append(path, [GOOD])
    whole = path.read_bytes()
    other = rule(TEXT, at(TEXT, "Война"), n=9)
    path.write_bytes(line + b"\n" + whole + to_line(other).encode() + b"\n")
    history = History.read([tmp_path])
    assert [error.line for error in history.damaged] == [1]
    assert [r.id for r in history.state.history] == [GOOD.id, other.id]
    again = rule(TEXT, at(TEXT, "лет"), time=stamp(datetime(2026, 1, 1, tzinfo=UTC), history.state.history))
    append(path, [again])
    assert load_log(path).rulings[-1].anchor == again.anchor and path.read_bytes().startswith(line + b"\n" + whole)


@each_poison
def test_a_poisoned_last_line_is_an_unfinished_one(tmp_path: Path, line: bytes) -> None:
    path = log_path(tmp_path, "anna")
    append(path, [GOOD])
    with path.open("ab") as file:
        file.write(line)
    assert load_log(path).rulings == (GOOD,) and load_log(path).torn == line


@given(
    st.binary(max_size=200)
    | st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    ).map(lambda v: json.dumps(v).encode())
)
def test_no_line_raises_anything_but_bad_ruling(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    with pytest.raises(BadRuling):
        from_line(text)


@given(
    st.sampled_from(sorted(json.loads(to_line(GOOD)))),
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text() | st.integers(),
        lambda x: st.lists(x) | st.dictionaries(st.text(), x),
    ),
)
def test_any_value_in_any_field_is_a_ruling_or_refused(field: str, value: object) -> None:
    line = put((field,), value).decode()
    try:
        made = from_line(line)
    except BadRuling:
        return
    assert to_line(made) and fold_rulings([made]).history == (made,)


def test_the_gate_judges_on_and_says_which_line_is_damaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("Он прпбыл в Москву 5 мая.\n", encoding="utf-8")
    append(log_path(tmp_path / "decisions", "anna"), [GOOD])
    log_path(tmp_path / "decisions", "boris").write_bytes(POISON["deep brackets"] + b"\n")
    result = CliRunner().invoke(app, ["check", "--no-cache", "."])
    assert result.exit_code == 2
    assert "boris.jsonl:1: this is no ruling: its brackets lie too deep in each other" in result.output
    assert "прпбыл" in result.output, "the document is judged all the same"


@each_poison
def test_the_page_answers_and_saves_beside_a_poisoned_line(tmp_path: Path, line: bytes) -> None:
    site = Site(tmp_path)
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "boris.jsonl").write_bytes(line + b"\n")
    client = site.browser()
    state = client.get(f"/api/documents/{site.opened.key}").json()
    assert "boris.jsonl:1" in state["damage"]
    body = {"place": site.place("топорь"), "verdict": "accept", "seen": []}
    assert client.post(f"/api/documents/{site.opened.key}/rule", json=body).status_code == 200
    assert client.get("/ruled").status_code == 200


@pytest.mark.parametrize(
    "body", [b"[" * 100_000, b'{"a":' * 5000 + b"1" + b"}" * 5000, b'{"reading":' + b"9" * 5000 + b"}"]
)
def test_a_deep_request_is_refused_in_a_sentence(tmp_path: Path, body: bytes) -> None:
    site = Site(tmp_path)
    answer = site.browser().post(
        f"/api/documents/{site.opened.key}/rule", content=body, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 400 and answer.json() == {"error": "the request is no JSON"}


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, '{"format":"collation-baseline","version":1,"findings":[{"rival":1' + "0" * 400 + "}]}", "NaN"],
)
def test_a_poisoned_baseline_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(BadSettings, match="no baseline"):
        read_baseline(text)


def test_json_of_ours_is_read_as_ever() -> None:
    assert parse('{"a": [1, -2.5, "б", null, true, {"c": 0}]}') == {"a": [1, -2.5, "б", None, True, {"c": 0}]}


def test_a_time_without_a_fraction_is_before_one_with_it() -> None:
    first, second = (
        rule(TEXT, TOPOR, "теперь", time="2025-01-01T10:00:00Z"),
        rule(TEXT, TOPOR, time="2025-01-01T10:00:00.5Z"),
    )
    assert fold_rulings([second, first]).history == (first, second)
    assert stamp(datetime(2025, 1, 1, 10, tzinfo=UTC), [second]) == "2025-01-01T10:00:00.500001Z"


NAMES = [
    "Петрова",
    "Петрова ",
    " петрова",
    "ПЕТРОВА",
    "Петрова\u200b",
    "Петрова\u00a0",
    "\ufeffПетрова",
    "Пе\u00adтрова",
]


@pytest.mark.parametrize("name", NAMES)
def test_one_person_is_one_reader_however_the_name_is_typed(name: str) -> None:
    rulings = [rule(TEXT, TOPOR, "теперь", n=1, editor="Петрова"), rule(TEXT, TOPOR, "теперь", n=2, editor=name)]
    assert fold_rulings(rulings, second_reader=True).standings[0].status == "second-reader"
    assert len(undo_targets(fold_rulings(rulings), name)) == 1
    changed = [*rulings, rule(TEXT, TOPOR, n=3, editor=name)]
    assert fold_rulings(changed).standings[0].holds, "nobody is in conflict with herself"


def test_composed_letters_and_blanks_inside_a_name_make_no_other_reader() -> None:
    assert reader("Андре\u0301й  Е\u0308лкин") == reader("Андре\u0301й\u00a0Ёлкин") and reader("É") == reader("E\u0301")
    assert reader("Анна") != reader("Инна") and reader("А. Петров") != reader("А. Петрова")
