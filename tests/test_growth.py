"""What odd input costs, counted and not timed: calls, sizes, and the ratio of both when the input doubles.

Seconds and megabytes of whole runs are measured by ``benchmarks/growth.py``.
"""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from collation.alignment.affinity import Partners, affinity, answer
from collation.alignment.facing import _in_order
from collation.evidence import measures
from collation.evidence.context import Context, is_attested
from collation.evidence.measures import Measurer
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, search, wordlist
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.knowledge.words.search import similar, usual_similar
from collation.languages.ru import RUSSIAN
from collation.model import Edit, Place, Row
from collation.reading import read_pair, read_text
from collation.reading.lines import split_lines
from collation.reading.sentences import LONGEST
from collation.rules.lexical import spelling
from collation.rules.sigla import repeated_signs as sigla
from counting import DOUBLED, Counted, counted
from known import context_of


def test_no_form_is_sought_for_an_absurd_word(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = counted(monkeypatch, morphology, "is_known")
    made = counted(monkeypatch, search, "_swaps")
    walked = counted(monkeypatch, search, "_Walk")
    gone = counted(monkeypatch, search, "usual_tree")
    assert similar("ав" * 5_000, 2 * EDIT) == ()
    assert usual_similar("ав" * 5_000) == ()
    assert (asked.calls, made.calls, walked.calls, gone.calls) == (0, 0, 0, 0)


def test_the_longest_form_of_the_dictionary_is_still_found() -> None:
    graph, level, letters = search.graph(), {0: ""}, 0
    while following := {t: p + search._ALPHABET[i] for n, p in level.items() for i, t in graph._leading_on(n)}:
        level, letters = following, letters + 1
    assert letters == search._LONGEST
    longest = next(fold(p) for n, p in level.items() if graph.final(n))
    assert longest in dict(similar(longest + "ъ", EDIT))


@pytest.mark.parametrize("stop", ["", ","])
def test_a_sentence_without_a_stop_ends_somewhere(stop: str) -> None:
    original = read_text(f"Он пришёл в город{stop} " * 1_000, label="any").original
    assert original is not None
    (segment,) = original.segments
    lengths = [len(s) for s in segment.sentence_tokens()]
    assert max(lengths) == LONGEST
    assert sum(lengths) == len(segment.tokens)


def sentence(count: int) -> Context:
    names = [
        ("дивизия", "division"),
        ("полк", "regiment"),
        ("армия", "army"),
        ("бригада", "brigade"),
        ("взвод", "platoon"),
    ]
    russian = " ".join(f"{names[i % 5][0]} {7000 + i}" for i in range(count))
    english = " ".join(f"{names[i % 5][1]} {7000 + i}" for i in range(count))
    return context_of(read_pair(russian, english))


def affinities(count: int, monkeypatch: pytest.MonkeyPatch) -> float:
    """How many English words are asked a reading, when each number of a sentence is measured."""
    context = sentence(count)
    asked = counted(monkeypatch, measures, "affinity")
    measurer = Measurer(context)
    for word in context.words:
        if word.token.kind == "number":
            assert measurer.measure(Edit(word.place, "7777777")) is not None
    monkeypatch.setattr(measures, "affinity", asked.function)
    return asked.calls


def test_a_reading_asks_the_english_words_that_it_may_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = affinities(40, monkeypatch), affinities(80, monkeypatch)
    assert 0 < once <= 40
    assert twice <= DOUBLED * once


def test_all_whom_a_word_answers_are_among_its_partners() -> None:
    context = context_of(
        read_pair(
            "Товарищ Сталин прибыл 7 мая в Москву, тов. Мао написал письмо в 1950 году.",
            "Comrade Stalin arrived in Moscow on May 7; Mao wrote a letter in the year 1950.",
        )
    )
    calls = [called for own in context.calls for called in own]
    partners = Partners(tuple(calls))
    for answered in answer(tuple(t for pair in context.pairs for t in pair.original), RUSSIAN):
        assert {j for j, c in enumerate(calls) if affinity(answered, c) > 0} <= partners.of(answered)


def test_what_nobody_answers_is_listed_once_a_pair() -> None:
    context = sentence(10)
    assert context.unanswered(0) is context.unanswered(0)
    assert context.partners(0) is context.partners(0)


def compared(lines: list[str], monkeypatch: pytest.MonkeyPatch) -> int:
    asked = counted(monkeypatch, sigla, "Levenshtein")
    asked.distance = Counted(asked.function.distance)  # type: ignore[attr-defined]
    asked.normalized_similarity = asked.function.normalized_similarity  # type: ignore[attr-defined]
    original = read_text("\n\n".join(lines), label="any").original
    assert original is not None
    list(sigla._lines(original))
    monkeypatch.setattr(sigla, "Levenshtein", asked.function)
    return int(asked.distance.calls)  # type: ignore[attr-defined]


@pytest.mark.parametrize("made", ["Дело № {n:05}", "Город {n} области дом"], ids=["a number each", "short numbers"])
def test_short_lines_are_not_compared_with_all_others(made: str, monkeypatch: pytest.MonkeyPatch) -> None:
    once, twice = (
        compared([made.format(n=37 * i + 10_000) for i in range(count)], monkeypatch) for count in (200, 400)
    )
    assert once < 200 * 20
    assert twice <= DOUBLED * max(once, 200)


def one_sign_apart(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """The same asked of two lines, as it is meant."""

    differ = [(a, b) for a, b in zip(left, right, strict=False) if a != b]
    return (
        len(left) == len(right)
        and len(differ) == 1
        and all(Levenshtein.distance(a, b) == 1 and min(len(a), len(b)) >= 4 for a, b in differ)
        and Levenshtein.normalized_similarity(" ".join(left), " ".join(right)) >= 0.8
    )


@given(st.sets(st.tuples(*[st.text("аб1", min_size=1, max_size=6)] * 3), max_size=12))
def test_the_lines_one_sign_apart_are_all_found(drawn: set[tuple[str, ...]]) -> None:
    lines = sorted(drawn)
    found = sigla._alike(lines)
    for left in lines:
        assert found.get(left, set()) == {right for right in lines if one_sign_apart(left, right)}


@pytest.mark.parametrize("word", ["прказ", "комиcсрия", "укахзывали", "телеграма", "дорог", "гео"])
def test_the_usual_forms_near_a_word_are_the_nearest_of_all(word: str) -> None:
    most = 0 if len(word) < 5 else 2 if len(word) < spelling._LONG else 3
    far = {form: Levenshtein.distance(word, form) for form in wordlist.usual_forms() if len(form) >= 5}
    nearest = sorted(far, key=lambda form: far[form])[: spelling._ENOUGH]  # of like distance the most frequent first
    assert spelling._usual_near(word) == [fold(form) for form in nearest if 0 < far[form] <= most]


EIGHT_LETTERS = [form for form in wordlist.usual_forms() if len(form) == 8]


def test_a_non_word_is_not_priced_against_all_forms_of_the_document(monkeypatch: pytest.MonkeyPatch) -> None:
    context = context_of(read_text("Приказ передан. Прказ. " + " ".join(EIGHT_LETTERS[:300]) + ".", label="any"))
    asked = counted(monkeypatch, spelling, "channel_cost")
    found = dict(spelling._elsewhere(context, "прказ", EDIT))
    assert found == {
        form: cost
        for form in context.forms
        if is_attested(form)
        and abs(len(form) - 5) <= 2
        and form != "прказ"
        and (cost := channel_cost("прказ", form)) <= EDIT
    }
    assert "приказ" in found
    assert asked.calls <= 10


def slow_order(rows: list[Row], furniture: list[Row]) -> list[Row]:
    """Every piece before the first row that begins after it on its side: said slowly."""
    found = list(rows)
    for piece in furniture:
        side = "original" if piece.original else "translation"
        starts = [getattr(row, side)[0].start if getattr(row, side) else -1 for row in found]
        found.insert(next((i for i, s in enumerate(starts) if s > getattr(piece, side)[0].start), len(found)), piece)
    return found


ROW = st.tuples(st.integers(0, 40), st.integers(0, 40), st.integers(0, 2)).map(
    lambda r: Row(
        (Place.at(r[0], r[0] + 1),) if r[2] < 2 else (), (Place.at(r[1], r[1] + 1),) if r[2] else (), "paragraph"
    )
)


@given(st.lists(ROW, max_size=8), st.sets(st.integers(0, 40), max_size=5), st.sets(st.integers(0, 40), max_size=5))
def test_furniture_is_put_where_it_stands(rows: list[Row], own: set[int], theirs: set[int]) -> None:
    furniture = [Row((Place.at(s, s + 1),), (), "furniture") for s in sorted(own)]
    furniture += [Row((), (Place.at(s, s + 1),), "furniture") for s in sorted(theirs)]
    assert _in_order(rows, furniture) == slow_order(rows, furniture)


@given(st.text(" \t*_аб-", max_size=12))
def test_blanks_and_marks_around_a_line_are_left_out(raw: str) -> None:
    (line,) = split_lines(raw)
    head = regex.match(r"[ \t\ufeff]*(?:#{1,6}[ \t]+|>[ \t]+)?(?:\*\*|__)?[ \t]*", raw)
    tail = regex.search(r"[ \t]*(?:\*\*|__)?[ \t]*$", raw, pos=head.end())
    assert (line.start, line.stop) == (head.end(), tail.start())
