"""Signs for letters: a lone quotation mark is doubted where a word should be, not where it opens a quotation."""

from __future__ import annotations

import pytest

from collation.reading import read_pair
from collation.rules.lexical.stray_letters import stray_letters
from known import context_of


@pytest.mark.parametrize(
    ("russian", "doubted"),
    [
        ('Мы видели солдат " офицеров.', True),
        ('Он ушел. " Москва не спит.', True),
        ('" Москва не спит, и мы ждем.', False),
    ],
)
def test_a_lone_quotation_mark(russian: str, doubted: bool) -> None:
    context = context_of(read_pair(russian, "We wait."))
    assert bool(list(stray_letters(context))) == doubted
