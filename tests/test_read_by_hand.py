"""Misreadings that readers made one by one: where they are planted, of what kind they are, what the shipped file holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from collation.errors import CollationError
from collation.learning import gather
from collation.learning.noise import Noisy
from collation.learning.read_by_hand import misread, narrowed, read_by_hand, text_key

TEXT = "Мы не можем ждать: письмо Петрова\nпришло вчера.\n\nWe cannot wait: Petrov's letter came yesterday.\n"


def at(words: str, read: str) -> tuple[int, int, str]:
    start = TEXT.index(words)
    return start, start + len(words), read


@pytest.mark.parametrize(
    ("words", "read", "there", "then", "kind"),
    [
        ("ждать", "жевать", "ждать", "жевать", "real-word"),
        ("письмо", "письма", "письмо", "письма", "grammar"),
        ("вчера", "вчсра", "вчера", "вчсра", "spelling"),
        ("Петрова", "Перова", "Петрова", "Перова", "name"),
        ("не можем", "можем", "не ", "", "lost"),
        ("Мы не", "Мы", "не ", "", "lost"),
        ("Петрова\nпришло", "Петрова пришла", "пришло", "пришла", "grammar"),
        ("можем", "можем можем", "", " можем", "inserted"),
        ("пришло вчера", "не пришло вчера", "", "не ", "inserted"),
        ("письмо", "пись мо", "письмо", "пись мо", "split"),
        ("не можем", "неможем", "не можем", "неможем", "merge"),
    ],
)
def test_a_misreading_is_narrowed_to_what_differs(words: str, read: str, there: str, then: str, kind: str) -> None:
    found = narrowed(TEXT, *at(words, read))
    assert (TEXT[found.start : found.stop], found.noisy, found.kind) == (there, then, kind)


def test_the_gold_says_where_each_misreading_is_in_the_text_that_has_them_all() -> None:
    noisy = misread(TEXT, [at("не можем", "можем"), at("письмо", "пасьма"), at("вчера", "сегодня")])
    assert noisy.text == TEXT.replace("не ", "").replace("письмо", "пасьма").replace("вчера", "сегодня")
    assert [(noisy.text[g.start : g.stop], g.clean) for g in noisy.gold] == [
        ("", "не "),
        ("пасьма", "письмо"),
        ("сегодня", "вчера"),
    ]
    assert misread(TEXT, []).text == TEXT


ROWS = ["0a\t1\t2", "0a\tone\t2\tа", "0a\t1\t-2\tа", "0a\t5\t6\tа\tб", "0a\t9\t9\tа", "0a\t9\t8\tа", "0a\t3\t6\tа"]


@pytest.mark.parametrize("line", ROWS)
def test_a_row_that_cannot_be_right_is_named_with_its_line(tmp_path: Path, line: str) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text(f"# what\n0a\t2\t4\tв\n{line}\n", encoding="utf-8")
    with pytest.raises(CollationError) as raised:
        read_by_hand(path)
    assert raised.value.line == 3


def test_rows_of_two_texts_do_not_overlap_one_another(tmp_path: Path) -> None:
    path = tmp_path / "rows.tsv"
    path.write_text("0a\t2\t4\tв\n0b\t3\t6\t\n0a\t4\t7\tг\n", encoding="utf-8")
    assert read_by_hand(path) == {"0a": [(2, 4, "в"), (4, 7, "г")], "0b": [(3, 6, "")]}


def test_the_shipped_misreadings_hold_no_text() -> None:
    shipped = read_by_hand()
    assert len(shipped) > 250 and sum(map(len, shipped.values())) > 4_000
    for key, rows in shipped.items():
        assert len(key) == 16 and int(key, 16) >= 0
        assert all(len(read.split()) <= 6 for _, _, read in rows)


def test_only_the_very_text_that_was_misread_teaches(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {text_key(TEXT): [at("письмо", "пасьма")]}
    monkeypatch.setattr(gather, "read_by_hand", lambda: rows)
    found = gather.gather_by_hand({"soviet 1.1": TEXT, "soviet 2.1": TEXT.replace("вчера", "рано")})
    assert {e.document for e in found} == {"soviet 1.1"}
    assert {e.observed for e in found if e.wrong} == {"пасьма"}
    assert all(e.by_hand for e in found)


def test_every_text_teaches_once_more_without_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = {f"soviet {n}.1": TEXT.replace("вчера", f"вчера, {n} мая") for n in range(9)}
    monkeypatch.setattr(
        gather, "read_by_hand", lambda: {text_key(text): [at("письмо", "пасьма")] for text in texts.values()}
    )
    asked: list[tuple[str, list[str]]] = []

    def noted(noisy: Noisy, *, label: str) -> tuple[list[object], list[object]]:
        asked.append((label, [g.noisy for g in noisy.gold]))
        return [], []

    monkeypatch.setattr(gather, "examples", noted)
    gather.gather_by_hand(texts)
    sound = {label for label, gold in asked if not gold}
    assert {label for label, gold in asked if gold == ["пасьма"]} == set(texts)
    assert sound == set(texts)
