"""The learned part of the judge: what moved it adds up to what it says; inner nodes are the means of their leaves."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import collation
from collation.evidence.context import Context
from collation.evidence.measured_reading import NAMES as MEASURES
from collation.evidence.measured_reading import Measures
from collation.judge.account import account
from collation.judge.argued import floor
from collation.judge.weights import load_weights
from collation.knowledge.forest import Forest
from collation.model import Apparatus, Edit, Entry, Feature, Hypothesis, Place
from collation.model.doubt import Proposal
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.pipeline import examine, trail
from collation.reading import read_text
from collation.rules import RULES
from collation.settings import Settings


def own_rule(code: str, propose: Callable[[Context], Iterator[Hypothesis]], prior: float | None) -> Rule:
    """A rule of one's own, passed beside those shipped."""
    return Rule(code=code, family="LEX", name="new", propose=propose, harm="spelling", since="2026.12", prior=prior)


# Two trees over two features: the first asks twice, the second once.
TREES = [
    ([0, 0, 1, 0, 0], [1.5, 0.0, 0.5, 0.0, 0.0], [1, -1, 3, -1, -1], [2, -1, 4, -1, -1], [0.1, -0.3, 0.5, 0.2, 0.8]),
    ([1, 0, 0], [2.0, 0.0, 0.0], [1, -1, -1], [2, -1, -1], [0.0, -0.4, 0.4]),
]


@pytest.mark.parametrize("row", [(1.0, 0.0), (2.0, 0.0), (2.0, 1.0), (2.0, 3.0)])
def test_contributions_lead_from_the_roots_to_the_score(row: tuple[float, float]) -> None:
    forest = Forest.made(-1.0, TREES)
    roots = forest.base + sum(float(tree[4][0]) for tree in forest.trees)
    moved = forest.contributions(row)
    assert roots + sum(moved.values()) == pytest.approx(float(forest.score(np.array([row]))[0]))


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 200])
def test_rows_scored_together_are_scored_as_each_alone(count: int) -> None:
    forest = load_weights().readings
    thresholds = np.concatenate([tree[1] for tree in forest.trees])
    rows = np.random.default_rng(count).choice(
        thresholds, (count, 1 + max(int(tree[0].max()) for tree in forest.trees))
    )
    alone = []
    for row in rows:
        value = forest.base
        for feature, threshold, left, right, worth in forest.trees:
            node = 0
            while left[node] >= 0:
                node = int(left[node] if row[feature[node]] <= threshold[node] else right[node])
            value += worth[node]
        alone.append(value)
    assert forest.score(rows).tolist() == alone


def test_a_feature_that_was_not_asked_moved_nothing() -> None:
    assert set(Forest.made(0.0, TREES[:1]).contributions((1.0, 9.0))) == {0}


def test_the_account_of_a_doubt_leads_to_its_probability() -> None:
    text = "Если война неизбежна, то пусть она будет топорь.\n\nIf war is inevitable, then let it be now.\n"
    _, _, verdicts, _ = trail(read_text(text, label="any"), settings=Settings())
    weights = load_weights()
    verdict = next(v for v in verdicts if v.doubt.place.of(text) == "топорь")
    told = account(verdict, weights)
    assert told is not None
    roots = weights.places.base + sum(float(tree[4][0]) for tree in weights.places.trees)
    odds = weights.scale * roots + sum(moved for _, _, moved in told.place) + weights.shift
    assert 1 / (1 + np.exp(-odds)) == pytest.approx(verdict.probability, abs=1e-6)
    assert [abs(m) for _, _, m in told.place] == sorted((abs(m) for _, _, m in told.place), reverse=True)


def test_a_rule_that_knows_what_befell_a_word_names_the_entry() -> None:
    found = examine(read_text("Рабочие завoда приняли резолюцию против войны.\n", label="any"))
    assert [(e.code, e.readings[0].text) for e in found if e.lemma == "завoда"] == [("LEX104", "завода")]


def test_a_rule_that_knows_the_side_is_believed_before_one_that_does_not() -> None:
    document = read_text(
        "Мы можем принять ваше предложение. Соседи об этом знают.\n\n"
        "We cannot accept your proposal. The neighbours know about it.\n",
        label="test",
    )
    of = {code: [r for r in RULES if r.code == code] for code in ("CTX205", "TRN953")}
    knowing, open_one, both = (
        next(e for e in examine(document, rules=rules) if e.lemma == "можем")
        for rules in (of["CTX205"], of["TRN953"], [*of["CTX205"], *of["TRN953"]])
    )
    assert [e.hand for e in (knowing, open_one, both)] == ["scanner", "undecided", "scanner"]
    assert both.code == "CTX205" and both.probability >= knowing.probability
    assert [r.text for r in both.readings] == ["не можем"]


def test_idle_readings_do_not_hide_an_impossible_date() -> None:
    text = "Справка составлена 45 октября 1948 г.\n\nПисьмо получено 12 ноября 1948 г.\n"
    entry = next(e for e in examine(read_text(text, label="any")) if "октября" in e.lemma)
    assert entry.code == "VAL503"
    assert "октябре" not in [reading.text for reading in entry.readings]


TRANSLATED = """Делегация прибыла в столицу вечером и была встречена представителями министерства.

Переговоры начались утром и продолжались до позднего вечера.

Стороны обсудили поставки зерна и условия перевозки по железной дороге.

Протокол был подписан в присутствии корреспондентов газет."""
UNTRANSLATED = """Рабочие завода выполннли план второго квартала досрочно и получили премию.

Больные городской больннцы жаловались на нехватку лекарств и белья.

Содержание докллда было сообщено всем членам правления общества.

Имущество передано госудаоству по описи за подписью директора.

Остальные вопросы решено отложить до следующего заседания."""
ENGLISH = """The delegation arrived in the capital in the evening and was met by representatives of the ministry.

The negotiations began in the morning and lasted until late evening.

The parties discussed the supply of grain and the terms of transport by rail.

The protocol was signed in the presence of newspaper correspondents."""


def emended(found: Apparatus) -> list[tuple[str, str, float]]:
    """The words emended, what they should read, and how sure the judge is."""
    return [(e.lemma, e.readings[0].text, e.probability) for e in found if e.tier == "emend"]


def test_a_translation_of_the_first_part_swallows_nothing_of_the_rest() -> None:
    alone = examine(read_text(f"{TRANSLATED}\n\n{UNTRANSLATED}\n", label="any"))
    beside = examine(read_text(f"{TRANSLATED}\n\n{UNTRANSLATED}\n\n{ENGLISH}\n", label="any"))
    readings = [
        ("выполннли", "выполнили"),
        ("больннцы", "больницы"),
        ("докллда", "доклада"),
        ("госудаоству", "государству"),
    ]
    assert [(lemma, reading) for lemma, reading, _ in emended(alone)] == readings
    assert emended(beside) == emended(alone)
    note = next(e for e in beside if e.code == "PAIR901")
    assert (note.tier, note.crux) == ("note", True)
    assert [note.place.of(beside.source.text).count(word) for word, _ in readings] == [1, 1, 1, 1]


def test_a_heading_of_a_passage_that_was_not_translated_is_not_invented() -> None:
    first, *others = UNTRANSLATED.split("\n\n")
    rest = "\n\n".join([first, "ОТДЕЛ СТАРИННЫХ ИНСТРУМЕНТОВ", *others])
    found = examine(read_text(f"{TRANSLATED}\n\n{rest}\n\n{ENGLISH}\n", label="any"))
    assert any(e.code == "PAIR901" for e in found)
    assert not [e.lemma for e in found if e.code == "LAC702"]


def test_a_doubled_line_hides_no_misspelling_in_it() -> None:
    line = "Председатель собрання заявил о поддержке предложенной программм.\n"
    head, foot = "Вечером состоялось заседание правления.\n", "Заседание закрыто в десять часов.\n"
    wanted = [("собрання", "собрания"), ("программм", "программы")]
    once = examine(read_text(head + line + foot, label="any"))
    twice = examine(read_text(head + line + line + foot, label="any"))
    assert [(a, b) for a, b, _ in emended(once)] == wanted
    assert [(e.lemma, e.readings[0].text) for e in twice if e.family != "LAC"] == wanted * 2
    doubled = next(e for e in twice if e.code == "LAC703")
    assert [reading.text for reading in doubled.readings] == [""]


def test_a_note_on_a_passage_leaves_the_words_in_it_alone() -> None:
    """A bare doubt far wider than what it covers, whoever has it."""

    def sentence(context: Context) -> Iterator[Hypothesis]:
        yield Hypothesis("X1", (Place.at(0, len(UNTRANSLATED)),), (), (Feature("strength", 3.0, (), "", "odd"),))

    rule = own_rule("X1", sentence, 0.0)
    document = read_text(UNTRANSLATED + "\n", label="any")
    plain, more = examine(document), examine(document, rules=(*RULES, rule))
    assert emended(more) == emended(plain) != []
    assert [e.code for e in more if e.code not in {p.code for p in plain}] == ["X1"]


def test_the_halves_of_a_torn_word_are_no_readings_of_each_other() -> None:
    """Where one half alone is mended, the other is weighed by itself; a reading of one half shows the whole place."""
    found = examine(read_text("Они сообщили пра вительству о ходе пере говоров с делегацией.\n", label="any"))
    assert [(e.lemma, e.readings[0].text) for e in found if e.tier == "emend"] == [
        ("пра вительству", "правительству"),
        ("пере говоров", "переговоров"),
    ]
    for entry in found:
        assert {edit.place for reading in entry.readings for edit in reading.edits} == {entry.place}


# Rules without a prior

WORD = "Рабочие завода приняли резолюцию против войны. Он прпбыл в Москву 5 мая.\n"


def by(
    prior: float | None, *, word: str = "резолюцию", reading: str = "квитанцию", strength: float = 2.0
) -> Entry | None:
    """The entry at a word when a rule of one's own doubts it."""
    at = WORD.index(word)
    place = Place.at(at, at + len(word))

    def propose(context: Context) -> Iterator[Hypothesis]:
        yield Hypothesis("LEX199", (place,), (Edit(place, reading),), (Feature("strength", strength, (), "", "odd"),))

    rule = own_rule("LEX199", propose, prior)
    found = examine(read_text(WORD, label="any"), rules=(*RULES, rule))
    return next((e for e in found if e.place == place), None)


def test_a_rule_without_a_prior_does_not_reach_emend() -> None:
    without, given = by(None), by(0.0)
    assert without is not None
    assert given is not None
    assert (without.tier, without.ruling) == ("query", "needs-scan")
    assert (given.code, given.tier, given.ruling, given.readings[0].text) == ("LEX199", "emend", "emend", "квитанцию")
    assert "квитанцию" in [reading.text for reading in without.readings]
    assert without.probability == given.probability


def test_a_rule_without_a_prior_takes_no_emendation_away() -> None:
    other = by(None, word="прпбыл", reading="пробыл", strength=6.0)
    assert other is not None
    assert (other.tier, other.readings[0].text) == ("emend", "прибыл")
    assert "пробыл" in [reading.text for reading in other.readings]


def test_a_rule_without_a_prior_lifts_no_reading_of_another() -> None:
    """CTX203 weighs this reading and finds it idle; with a prior the certainty of the other rule would count."""
    assert by(None, word="приняли", reading="приняла", strength=9.0) is None
    with_prior = by(0.0, word="приняли", reading="приняла", strength=9.0)
    assert with_prior is not None
    assert with_prior.tier == "emend"


def test_every_measure_is_computed() -> None:
    """A name in ``NAMES`` without its computation would be 0 of every reading."""
    room = Path(collation.__file__).parent
    code = [
        (room / name).read_text(encoding="utf-8")
        for name in (
            "evidence/measured_reading.py",
            "evidence/measures.py",
            "evidence/usualness.py",
            "judge/weighing.py",
        )
    ]
    forgotten = [name for name in MEASURES if "".join(code).count(f'"{name}"') < 2]
    assert not forgotten, f"compute {forgotten} in Measurer, or take them out of NAMES"


def test_measures_are_a_mapping_in_the_order_of_their_names() -> None:
    values = {name: float(i) for i, name in enumerate(MEASURES)}
    kept = Measures(values)
    kept["habit"] = 7.0
    assert dict(kept) == {**values, "habit": 7.0}
    assert list(kept) == list(MEASURES)
    with pytest.raises(KeyError):
        kept["no such measure"]


# What a rule argues


def of_reading(*features: Feature) -> Proposal:
    place = Place.at(0, 5)
    return Proposal((Edit(place, "слово"),), ("LEX198",), features, "conjecture", (place,))


@pytest.mark.parametrize(
    ("features", "argument", "least"),
    [
        ((Feature("odd", 1.0),), None, 0.0),
        ((BY_PRIOR,), 0.0, 0.5),
        ((Feature("strength", 0.0),), 0.0, 0.5),
        ((Feature("strength", 2.0), Feature("strength", -2.5), BY_PRIOR), -0.5, 0.3775),
    ],
)
def test_what_is_argued_is_the_least_that_a_learned_reading_is_believed(
    features: tuple[Feature, ...], argument: float | None, least: float
) -> None:
    rule = replace(own_rule("LEX198", lambda context: iter(()), 0.0), learned=True)
    measures = dict.fromkeys(MEASURES, 0.0)
    proposal = of_reading(*features)
    assert proposal.argument == argument
    assert floor(proposal, measures, {"LEX198": rule}) == pytest.approx(least, abs=1e-4)
    assert floor(proposal, measures, {"LEX198": replace(rule, prior=None)}) == 0.0


def test_a_prior_that_says_all_is_named_so() -> None:
    """A reason of no strength would be a switch that nobody sees."""
    for path in (Path(collation.__file__).parent / "rules").rglob("*.py"):
        calls = [ast.unparse(n) for n in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(n, ast.Call)]
        assert "Feature('strength', 0.0)" not in calls, path.name
