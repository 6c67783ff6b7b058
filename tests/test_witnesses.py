"""The collation of Russian witnesses: nothing lost, torn words met, differences classed, costs bounded."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collation.alignment import witnesses
from collation.alignment.witnesses import collate
from collation.model import Place, Table, Token
from collation.writers.as_table import to_json, to_text, write_table


def tokens(text: str) -> tuple[Token, ...]:
    found, position = [], 0
    for word in text.split(" "):
        if word:
            kind = "word" if word[0].isalpha() else "number" if word[0].isdigit() else "mark"
            found.append(Token(word, Place.at(position, position + len(word)), kind))
        position += len(word) + 1
    return tuple(found)


def table(*texts: str) -> Table:
    return collate([("ABCDE"[i], tokens(text)) for i, text in enumerate(texts)])


def units(*texts: str) -> list[tuple[str, ...]]:
    found = table(*texts)
    return [(u.kind, *(found.reading(u, i) for i in range(len(texts)))) for u in found.units()]


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ("мы будем сильнее", "мы будем сильнее", []),
        ("пусть она будет теперь", "пусть она будет топорь", [("spelling", "теперь", "топорь")]),
        ("Конечно , не следует", "Конечно , но следует", [("substitution", "не", "но")]),
        ("войска в Корею", "Войска в Корею", [("case", "войска", "Войска")]),
        ("войска , и части", "войска и части", [("punctuation", ",", "")]),
        ("послать войска в Корею", "послать в Корею", [("omission", "войска", "")]),
        ("послать в Корею", "послать войска в Корею", [("addition", "", "войска")]),
        ("на фронтах части", "нафронтах части", [("merge", "на фронтах", "нафронтах")]),
        ("письмо получено вчера", "письмо полу чено вчера", [("split", "получено", "полу чено")]),
        ("всё еще идёт", "все еще идет", [("spelling", "всё", "все"), ("spelling", "идёт", "идет")]),
        ("в 1950 году", "в 1940 году", [("substitution", "1950", "1940")]),
        (
            "так как мы вместе будем",
            "так как вместе мы будем",
            [("transposition", "", "вместе"), ("transposition", "вместе", "")],
        ),
    ],
)
def test_differences_are_classed(first: str, second: str, expected: list[tuple[str, ...]]) -> None:
    found = units(first, second)
    if expected and expected[0][0] == "transposition":
        assert sorted(kind for kind, *_ in found) == ["transposition", "transposition"]
    else:
        assert found == expected


def test_a_word_run_together_and_misread_is_still_met() -> None:
    found = units("На фронтах моторизованные части противника", "На фронтахоторезанные части противника")
    assert found == [("merge", "фронтах моторизованные", "фронтахоторезанные")]


def test_three_witnesses_one_of_them_lacunose() -> None:
    found = table("части противника идут вперед", "", "части врага идут вперед")
    assert [found.tokens(i) for i in range(3)] == [
        tokens("части противника идут вперед"),
        (),
        tokens("части врага идут вперед"),
    ]
    assert all(column.kinds[1] == "omission" for column in found.columns)


def test_the_order_of_the_call_changes_only_the_order_of_the_cells() -> None:
    named = {
        "A": "так как мы вместе будем сильнее чем США",
        "B": "так как вместе мы будем силънее США",
        "C": "так мы вместе будем сильнее чем США и Англия",
    }
    rows = []
    for order in ("ABC", "ACB", "BAC", "BCA", "CAB", "CBA"):
        found = collate([(siglum, tokens(named[siglum])) for siglum in order])
        rows.append([tuple(column.cells[order.index(s)] for s in "ABC") for column in found.columns])
    assert all(other == rows[0] for other in rows)


def test_empty_and_single_witnesses() -> None:
    assert collate([]).columns == ()
    assert table("").columns == ()
    assert table("", "").columns == ()
    assert [c.kind for c in table("одно слово").columns] == ["same", "same"]
    assert units("", "одно слово") == [("addition", "", "одно слово")]


def test_two_witnesses_with_one_siglum_are_refused() -> None:
    with pytest.raises(ValueError, match="siglum"):
        collate([("A", tokens("слово")), ("A", tokens("дело"))])


def test_a_window_beyond_the_budget_is_aligned_plainly_and_says_so() -> None:
    left = " ".join(f"слово{i}а" for i in range(600))
    right = " ".join(f"дело{i}б" for i in range(500))
    found = table(left, right)
    assert len(found.warnings) == 1
    assert "600 × 500" in found.warnings[0]
    assert found.tokens(0) == tokens(left)
    assert found.tokens(1) == tokens(right)


def test_collatex_sees_windows_of_at_most_a_hundred_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    whole = witnesses._collatex

    def watched(parts):  # type: ignore[no-untyped-def]
        seen.append(max(len(part) for part in parts))
        return whole(parts)

    monkeypatch.setattr(witnesses, "_collatex", watched)
    base = [f"слово{i}" for i in range(2_000)]
    noisy = [w + "х" if i % 7 == 0 else w for i, w in enumerate(base)]
    found = table(" ".join(base), " ".join(noisy))
    assert seen
    assert max(seen) <= witnesses.WINDOW
    assert len(found.units()) == sum(1 for i in range(2_000) if i % 7 == 0)


_WORD = st.sampled_from(
    ["мы", "вместе", "вме", "сте", "сильнее", "силь", "нее", ",", ".", "и", "7", "8", "октября", "Октября"]
)
_TEXT = st.lists(_WORD, max_size=14).map(" ".join)


@settings(max_examples=60, deadline=None)
@given(st.lists(_TEXT, min_size=1, max_size=4))
def test_tokens_in_are_tokens_out(texts: list[str]) -> None:
    found = table(*texts)
    for which, text in enumerate(texts):
        assert found.tokens(which) == tokens(text)
    covered = [i for stretch in found.stretches() for i in range(stretch.start, stretch.stop)]
    assert covered == list(range(len(found.columns)))
    assert json.loads(write_table(found)) == to_json(found)


@settings(max_examples=30, deadline=None)
@given(_TEXT)
def test_a_text_agrees_with_itself(text: str) -> None:
    assert table(text, text).units() == ()


def test_the_text_shows_units_with_their_kinds() -> None:
    shown = to_text(table("пусть она будет теперь , а не потом", "пусть она будет топорь , а не потом"))
    assert "теперь" in shown
    assert "spelling" in shown
    assert "variant units: 1" in shown
    russian = to_text(table("на фронтах", "нафронтах"), lang="ru")
    assert "слитно" in russian
