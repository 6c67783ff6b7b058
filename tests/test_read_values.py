"""The values of a sentence are read once a document, and are those that reading it alone would give."""

from __future__ import annotations

import pytest

from collation.evidence import read_values as module
from collation.evidence.read_values import read_values
from collation.knowledge.values.finding import find_values
from collation.reading import read_text
from counting import counted
from known import context_of

ROWS = "5 мая прибыло | 20 вагонов.\n\nOn 5 May 20 cars arrived.\n"


def test_values_are_those_of_the_tokens_and_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(read_text(ROWS, label="any"))
    original = context.document.original
    assert original is not None
    tokens = original.segments[0].tokens
    expected = find_values(tokens, context.language, context.text)
    asked = counted(monkeypatch, module, "find_values")
    for _ in range(3):
        assert read_values(context, tokens, "ru", by_cells=True) == expected
        assert read_values(context, tokens[:2], "ru", by_cells=True) == expected[:1]
    assert asked.calls == 2
    assert read_values(context, (), "ru", by_cells=True) == ()
