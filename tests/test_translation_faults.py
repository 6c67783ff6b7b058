"""What is learned from faults made in sound parallel texts: where they are planted, what is right, and the constant."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from collation.errors import DamagedDictionary
from collation.evidence import denials
from collation.languages.en import ENGLISH
from collation.languages.ru import RUSSIAN
from collation.learning.fault_weights import (
    Weighed,
    fitted,
    grown,
    limit_for,
    names_of_measures,
    noticed,
    out_of_fold,
    stacked,
    with_forest,
)
from collation.learning.side_faults import Page, names_of
from collation.learning.translation_faults import LEARNED, examples
from collation.model import Place, Token
from collation.reading import read_text
from collation.rules.translation.learned_weights import FOREST, forest_odds

RUSSIAN_TEXT = (
    "Делегация приехала в Москву утром.", "Её встретил министр Ковалевич.", "Переговоры продолжались два дня.",
    "Газеты не писали об этом.", "Инженер Дробышин вернулся в Ленинград.", "Завод получил новые машины.",
    "Рабочие построили мост через реку.", "Директор написал письмо в Тамбов.",
)  # fmt: skip
ENGLISH_TEXT = (
    "The delegation came to Moscow in the morning.", "It was met by Minister Kovalevich.", "The negotiations went on for two days.",
    "The newspapers did not write about it.", "The engineer Drobyshin returned to Leningrad.", "The factory received new machines.",
    "The workers built a bridge over the river.", "The director wrote a letter to Tambov.",
)  # fmt: skip
DOCUMENT = "\n\n".join((*RUSSIAN_TEXT, *ENGLISH_TEXT)) + "\n"


def test_what_is_asked_at_a_fault_is_right_and_what_is_asked_elsewhere_false() -> None:
    texts = {"one 1.1": DOCUMENT, "two 1.1": DOCUMENT.replace("Tambov", "Tomsk").replace("Тамбов", "Томск")}
    listed, faults, words = examples(texts, LEARNED["names"], 3, 1)
    assert words > 50 and faults and {kind for _, kind, _ in faults} <= {"name replaced", "name dropped"}
    at_faults = {w.fault for w in listed if w.fault >= 0}
    assert at_faults and at_faults <= set(range(len(faults)))
    assert {"score", "affinity"} <= set(names_of_measures(listed))


def test_a_negation_is_asked_about_where_its_answer_was_lost() -> None:
    texts = {"one 1.1": DOCUMENT, "two 1.1": DOCUMENT.replace("Tambov", "Tomsk").replace("Тамбов", "Томск")}
    rule = replace(LEARNED["negations"], kinds=("negation lost",))
    listed, faults, _ = examples(texts, rule, 3, 1)
    assert faults and {w.fault for w in listed if w.fault >= 0} == set(range(len(faults))), "each of them"
    assert {w.measures["matched"] for w in listed if w.fault >= 0} == {0.0}
    assert {w.measures["matched"] for w in listed if w.fault < 0} == {1.0}


HEADED = (
    "Как это было Мы вчера приехали в Тамбов с Вами.\n\nИнженер Дробышин уехал рано утром.\n\nОн был рад.\n\nОн пел.\n\n"
    "How It Happened Yesterday Evening.\n\nSo I'm told that This man came to Tambov in May with us.\n\n"
    "The engineer Drobyshin left early.\n\nHe sang for this.\n"
)


def test_names_are_planted_and_ordinary_words_with_a_capital_are_not() -> None:
    page = Page(read_text(HEADED, label="headed"))
    assert {t.text for _, t in names_of(page, "en")} == {"Tambov", "Drobyshin"}
    assert {t.text for _, t in names_of(page, "ru")} == {"Тамбов", "Дробышин"}


def _made(n: int) -> list[Weighed]:
    """Doubts of which those with a high measure are at faults, in five documents."""
    return [
        Weighed(f"doc {k % 5}.1", k if k % 3 == 0 else -1, {"told": float(k % 3 == 0) + 0.1 * (k % 7), "idle": 1.0})
        for k in range(n)
    ]


def test_the_limit_lets_so_many_false_queries_through() -> None:
    listed = _made(300)
    odds = out_of_fold(listed, names_of_measures(listed))
    limit = limit_for(odds, listed, 10_000, 4.0)
    assert sum(o > limit and w.fault < 0 for o, w in zip(odds, listed, strict=True)) <= 4
    faults = [("doc", "name replaced", "en") if k % 2 else ("doc", "name dropped", "ru") for k in range(300)]
    found = noticed(odds, listed, faults, limit)
    assert sum(k for k, _ in found.values()) > 60 and sum(n for _, n in found.values()) == 300
    assert np.all(np.isfinite(odds))


def test_a_fault_counts_once_however_many_doubts_are_at_it() -> None:
    sound = [Weighed("a", -1, {"told": 0.0, "idle": float(k % 2)}) for k in range(100)]
    faults = [Weighed("a", k, {"told": float(k % 2), "idle": 0.0}) for k in range(100)]
    again = [w for w in faults if w.measures["told"] for _ in range(20)]
    once, often = (fitted([*sound, *listed], ["told", "idle"]) for listed in (faults, [*faults, *again]))
    others = [Weighed(w.document, 200 + k, w.measures) for k, w in enumerate(again)]
    more = fitted([*sound, *faults, *others], ["told", "idle"])
    assert abs(often[-1] - once[-1]) < abs(more[-1] - once[-1]) / 4, "the faults that do not tell count as before"


def test_the_plain_negations_of_a_language_are_in_the_table_of_denials() -> None:
    known = denials.words_of("plain") | denials.words_of("denies")
    assert RUSSIAN.negations | ENGLISH.negations <= known


def _tokens(text: str) -> tuple[Token, ...]:
    words = text.replace(",", " ,").split()
    return tuple(
        Token(w, Place.at(k * 20, k * 20 + len(w)), "word" if w[0].isalpha() else "mark") for k, w in enumerate(words)
    )


def test_until_is_no_denial_and_not_yet_is_one() -> None:
    for text, expected in (
        ("Пока не стемнело, солдаты шли", True),
        ("Солдаты шли, пока не стемнело", True),
        ("Ждите до тех пор пока он не придёт", True),
        ("Решение пока не принято", False),
        ("Пока что не принято решение, о котором писали", False),
        ("Ответ пока ещё не получен", False),
    ):
        tokens = _tokens(text)
        at = next(k for k, t in enumerate(tokens) if t.text == "не")
        assert denials.is_phrase(tokens, at) is expected, text


def test_words_that_deny_and_those_that_only_seem_to() -> None:
    for word in ("недостаток", "нехватка", "неудача", "немало", "ненадолго", "никем", "отказался"):
        assert denials.denies_in_russian(_tokens(word)[0]), word
    for word in ("неделя", "немота", "нефть", "беседа"):
        assert not denials.denies_in_russian(_tokens(word)[0]), word
    for word in ("hesitated", "shortages", "reluctantly", "harmless", "unhappy", "misunderstood", "odor-free"):
        assert denials.denies_in_english(_tokens(word)[0]), word
    assert not denials.denies_in_english(_tokens("united")[0])


def _either(n: int) -> list[Weighed]:
    """Doubts that are at a fault where one of two measures is there and not the other: what no sum of them says."""
    found = []
    for k in range(n):
        measures = {"faced": float(k % 2), "bare": float(k // 2 % 2)}
        found.append(Weighed(f"doc {k % 7}.1", k if measures["faced"] != measures["bare"] else -1, measures))
    return found


def test_a_forest_finds_what_no_sum_of_measures_says() -> None:
    listed = _either(280)
    names = names_of_measures(listed)
    one, both, neither = grown(listed, names, 1).odds([{"faced": 1.0}, {"faced": 1.0, "bare": 1.0}, {}])
    assert one > 1.0 > -1.0 > both
    assert neither < -1.0, "a measure that is not there is 0"
    told = with_forest(listed, names, 1)
    assert all((w.measures[FOREST] > 0) == (w.fault >= 0) for w in told)
    sums, forest, _ = stacked(told, out_of_fold(listed, names))
    assert forest > 0.5 and abs(sums) < forest


def test_a_forest_says_nothing_of_a_document_that_it_has_seen() -> None:
    """The one document in which the measure means the opposite is judged by the others."""
    listed = [
        Weighed(f"doc {k % 5}.1", k if (k % 2 == 1) != (k % 5 == 0) else -1, {"told": float(k % 2), "idle": 0.0})
        for k in range(200)
    ]
    found = with_forest(listed, ["idle", "told"], 1)
    for w in found:
        if w.document == "doc 0.1":
            assert (w.measures[FOREST] > 0) == (w.fault < 0), "wrong of each, for it was not looked at"


def test_a_forest_is_read_from_its_file_as_it_was_grown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shares = grown(_either(280), ["bare", "faced"], 2)
    path = tmp_path / "trees_of_a_test.json"
    path.write_text(json.dumps({"what": "trees", **shares.to_json()}), encoding="utf-8")
    monkeypatch.setattr("collation.knowledge.dictionaries.data_file", lambda name: path)
    for measures in ({"faced": 1.0}, {"bare": 1.0}, {"faced": 1.0, "bare": 1.0}, {}):
        assert forest_odds("trees_of_a_test.json", measures) == shares.odds([measures])[0]


@pytest.mark.parametrize(
    "content", ["", "[]", '{"measures": ["faced"], "base": 0, "trees": [[[0], [0], [0], [0], [1]]]}']
)
def test_a_file_that_holds_no_forest_is_named(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "no_trees.json"
    path.write_text(content, encoding="utf-8")
    monkeypatch.setattr("collation.knowledge.dictionaries.data_file", lambda name: path)
    with pytest.raises(DamagedDictionary, match="no_trees"):
        forest_odds(f"no_trees_{len(content)}.json", {"faced": 1.0})
