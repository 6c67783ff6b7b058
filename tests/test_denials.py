"""What denies, and what only seems to: what is asked about a negation, or about a word with its denial in it."""

from __future__ import annotations

import pytest

from collation.evidence.negations import negations
from collation.pipeline import examine
from collation.reading import read_text
from collation.rules import RULES
from collation.rules.translation.denied_words import denied_words
from known import context_of

FRAME = "Погода стояла теплая. {}\n\nThe weather was warm. {}\n"


def asked(russian: str, english: str, code: str) -> list[str]:
    """What a rule asks about a sentence, whatever its tier above a note."""
    document = read_text(FRAME.format(russian, english), label="test")
    return [e.lemma for e in examine(document, rules=[r for r in RULES if r.code == code]) if e.tier != "note"]


@pytest.mark.parametrize(
    ("russian", "english", "found"),
    [
        ("Решение суда было законным.", "The decision of the court was illegal.", [("законным", "illegal")]),
        ("Решение суда было незаконным.", "The decision of the court was legal.", [("незаконным", "legal")]),
        ("Решение суда было незаконным.", "The decision of the court was not legal.", []),
        ("Решение суда было незаконным.", "The decision of the court was illegal.", []),
        ("Решение суда не было законным.", "The decision of the court was illegal.", []),
        ("Такая политика ведет народ в тупик.", "Such a misleading policy takes the people into a dead end.", []),
    ],
)
def test_a_word_with_its_denial_in_it_is_asked_about_opposite_the_bare_one(
    russian: str, english: str, found: list[tuple[str, str]]
) -> None:
    context = context_of(read_text(FRAME.format(russian, english), label="test"))
    words = [w for number in range(len(context.pairs)) for w in denied_words(context, number)]
    assert [(w.russian.text, w.english.text) for w in words] == found


def test_one_word_that_says_a_negation_with_what_it_denies_answers_no_other() -> None:
    sentence = "Подсчитать убытки непросто, и комиссия {}выполнила работу к сроку."
    english = "It is not easy to count the losses, and the commission has completed the work on time."
    assert asked(sentence.format("не "), english, "TRN953")
    assert not asked(sentence.format(""), english, "TRN953")


def test_two_denials_of_one_side_answer_the_two_of_the_other() -> None:
    text = FRAME.format("Рабочие не испытывают недостатка соли.", "The workers are not deficient in salt.")
    context = context_of(read_text(text, label="test"))
    found = [n for pair in range(len(context.pairs)) for n in negations(context, pair)]
    assert [(n.missing, n.measures["matched"]) for n in found] == [("translation", 1.0), ("original", 1.0)]


def test_two_denials_of_two_clauses_are_two() -> None:
    russian = "Завод, который еще не восстановлен, не в состоянии дать сталь."
    english = "The plant, which has not yet been restored, is not able to give steel."
    context = context_of(read_text(FRAME.format(russian, english), label="test"))
    found = [n for pair in range(len(context.pairs)) for n in negations(context, pair)]
    assert [n.measures["matched"] for n in found] == [1.0] * 4


def test_a_small_word_answers_its_own_and_no_negation_beside_it() -> None:
    context = context_of(
        read_text(FRAME.format("Он не купил хлеба без денег.", "He bought bread without money."), label="test")
    )
    measures = [n.measures for pair in range(len(context.pairs)) for n in negations(context, pair)]
    assert [(m["words"], m["near_strong"]) for m in measures] == [(0, 0.0)]


def test_rather_than_denies_where_one_thing_is_set_against_another() -> None:
    english = "The son went on foot rather than drive by car."
    assert asked("Сын пошел пешком, а поехал на машине.", english, "TRN953") == ["поехал"]
    assert not asked("Сын пошел пешком, а не поехал на машине.", english, "TRN953")
    assert not asked("Сын скорее пошел пешком, а на машине поехал сосед.", english, "TRN953")


def test_the_english_count_storeys_from_the_one_above_the_ground() -> None:
    english = "By morning the troops occupied the {} floor of the house."
    assert not asked("Войска заняли второй этаж дома к утру.", english.format("first"), "VAL501")
    assert asked("Войска заняли второй этаж дома к утру.", english.format("third"), "VAL501")
    assert asked("Войска заняли второй дом к утру.", "By morning the troops occupied the first house.", "VAL501")
