"""Paragraphs in the lines of a typescript."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.learning.typed_lines import typed
from collation.reading import read_text


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("Правительство приняло решение", 20, ["Правительство приня-", "ло решение"]),
        ("объявление войны", 8, ["объявле-", "ние вой-", "ны"]),
        ("мост, страна", 4, ["мост,", "страна"]),
        ("The government decided", 10, ["The", "government", "decided"]),
        ("это он", 5, ["это", "он"]),
    ],
)
def test_words_are_parted_where_a_line_is_full(text: str, width: int, lines: list[str]) -> None:
    assert typed(text, width).split("\n") == lines


@given(
    st.lists(st.text("абвгдежзийклмнопрстуфхцчшщъыьэюя", min_size=1, max_size=12), min_size=1, max_size=30),
    st.integers(8, 40),
)
def test_the_words_come_back_and_no_line_is_too_long(words: list[str], width: int) -> None:
    text = " ".join(words)
    lines = typed(text, width).split("\n")
    joined = "".join(line[:-1] if line.endswith("-") else f"{line} " for line in lines)
    assert joined.strip() == text
    assert all(len(line) <= width or " " not in line for line in lines)


def test_what_is_parted_is_read_as_one_word() -> None:
    text = "Советское правительство рассмотрело предложение правительства республики о заключении договора"
    document = read_text(typed(text, 30) + "\n", label="x")
    assert document.original is not None
    assert [t.text for s in document.original.segments for t in s.tokens] == text.split()
