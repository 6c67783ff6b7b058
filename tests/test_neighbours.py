"""Neighbouring doubts: one explains the other away, or both stand."""

from __future__ import annotations

import pytest

from collation.alignment.align import align
from collation.evidence.context import Context
from collation.evidence.word_places import word_places
from collation.judge.neighbours import explain_away
from collation.languages.knowledge import knowledge_for
from collation.model import Edit
from collation.model.doubt import Doubt, Proposal, WeighedDoubt, WeighedReading
from collation.reading import read_text


def context_of(text: str) -> Context:
    knowledge = knowledge_for()
    return Context(align(read_text(text, label="test"), knowledge), knowledge)


def doubted(context: Context, word: str, reading: str, probability: float) -> WeighedDoubt:
    """A weighed doubt about the first occurrence of a word, with what its reading gains in context."""
    found = next(w for w in context.words if w.text == word)
    around = context.once(word_places)
    assert around is not None
    own, new = around.scores(found.number, [word, reading])
    proposal = Proposal((Edit(found.place, reading),), ("CTX206",), (), "conjecture", (found.place,))
    measures = {"in_context": 1.0, "context_gain": new - own}
    return WeighedDoubt(
        Doubt("original", found.place, (proposal,)),
        probability,
        (WeighedReading(proposal, 1.0, measures),),
        (),
        probability,
    )


@pytest.mark.parametrize(
    ("text", "one", "other"),
    [
        ("Старик подошел к дом и постучал.", ("к", "в", 0.8), ("дом", "дому", 0.6)),
        ("Советским деятелей нет дела до этого.", ("Советским", "Советских", 0.8), ("деятелей", "деятелям", 0.5)),
    ],
)
def test_the_less_likely_of_two_that_explain_the_same_is_explained_away(
    text: str, one: tuple[str, str, float], other: tuple[str, str, float]
) -> None:
    context = context_of(text)
    found = explain_away(context, [doubted(context, *one), doubted(context, *other)])
    assert found[0].probability == one[2]
    assert found[0].explained == 0
    assert found[1].probability == pytest.approx(other[2] * (1 - one[2]))
    assert found[1].backed == found[1].probability
    assert found[1].explained == one[2]


def test_two_errors_that_have_nothing_to_do_with_each_other_both_stand() -> None:
    context = context_of("Мы получили письма от своего брага, который живет и деревне.")
    before = [doubted(context, "брага", "брата", 0.9), doubted(context, "и", "в", 0.6)]
    assert explain_away(context, before) == before


def test_doubts_in_two_sentences_are_no_neighbours() -> None:
    context = context_of("Он вошел в дому. Старик сидел у печка.")
    before = [doubted(context, "дому", "дом", 0.9), doubted(context, "печка", "печки", 0.6)]
    assert explain_away(context, before) == before


def test_a_doubt_without_a_reading_is_left_alone() -> None:
    context = context_of("Старик подошел к дом и постучал.")
    sure = doubted(context, "к", "в", 0.8)
    word = next(w for w in context.words if w.text == "дом")
    bare = Proposal((), ("CTX206",), (), "conjecture", (word.place,))
    alone = WeighedDoubt(Doubt("original", word.place, (bare,)), 0.5, (), (bare,), 0.5)
    assert explain_away(context, [sure, alone]) == [sure, alone]
