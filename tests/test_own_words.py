"""The words of a document that no dictionary has, found for one another by an index, are those that comparing all finds."""

from __future__ import annotations

import random

from collation.evidence.context import is_attested
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.reading import read_text
from collation.rules.lexical import spelling
from known import context_of

STEMS = ("кромбулат", "вяндоргий", "щопруника", "жмарнокуть")
LETTERS = "абвгдеиклмнопрстуыя"


def made_up(rng: random.Random) -> str:
    stem = rng.choice(STEMS)
    at = rng.randrange(len(stem))
    return stem[:at] + rng.choice(LETTERS) + stem[at + 1 :] if rng.random() < 0.5 else stem


def test_the_index_finds_what_comparing_all_finds() -> None:
    rng = random.Random(7)
    context = context_of(read_text("Там " + " ".join(made_up(rng) for _ in range(400)) + ".\n", label="made"))
    forms = context.forms
    found = 0
    for word in context.words:
        if word.token.kind != "word" or forms[word.folded] > 1 or len(word.text) < spelling._LEAST_REPEATED:
            continue
        near = [
            form
            for form, count in forms.items()
            if count > 1
            and len(form) == len(word.folded)
            and not is_attested(form)
            and [i for i, (a, b) in enumerate(zip(form, word.folded, strict=True)) if a != b]
            in [[i] for i in range(len(form) - spelling._ENDING)]
            and channel_cost(word.folded, form) <= EDIT
        ]
        assert spelling._repeated(context, word) == near
        found += len(near)
    assert found > 20
