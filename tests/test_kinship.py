"""Words that a translation does not tell apart."""

from __future__ import annotations

import pytest

from collation.evidence.kinship import is_kin


@pytest.mark.parametrize(
    ("word", "form", "kin"),
    [
        ("взойти", "вошел", True),
        ("гендиректор", "директором", True),
        ("авторынок", "рынка", True),
        ("горсовет", "совету", True),
        ("директор", "гендиректора", True),
        ("самолет", "лета", False),
        ("район", "она", False),
        ("гендиректор", "рынка", False),
    ],
)
def test_kin_differ_by_a_prefix_or_the_first_part_of_a_compound(word: str, form: str, kin: bool) -> None:
    assert is_kin(frozenset({word}), form) is kin
