"""Fitting the judge: exported trees score as scikit-learn's, folds share no document, the curve makes a score honest."""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from collation.errors import CollationError
from collation.judge.features import NAMES
from collation.judge.soundness import expected_share
from collation.judge.weights import Sharing, load_weights, sigmoid
from collation.knowledge.forest import Forest
from collation.learning import fitting, gather, train
from collation.learning.calibration import (
    auc,
    calibration_error,
    fit_curve,
    fit_sharing,
    reached,
    share_of,
    weights_for,
)
from collation.learning.examples import Example
from collation.learning.fitting import (
    boosted,
    exported,
    fold_by_text,
    folds_of,
    learn_weights,
    mean_of,
    out_of_fold,
)
from collation.learning.kept_examples import Kept

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
import judges

COLUMNS = list(range(len(NAMES)))


@pytest.fixture(autouse=True)
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few trees: the tests are about what is done with them."""
    monkeypatch.setattr(fitting, "READING", {**fitting.READING, "max_iter": 8, "min_samples_leaf": 5})
    monkeypatch.setattr(fitting, "PLACE", {**fitting.PLACE, "max_iter": 8, "min_samples_leaf": 5})


def made(documents: int = 6, each: int = 30, seed: int = 1) -> list[Example]:
    """Doubts whose first column shows, mostly, whether they are errors, and whose second shows the right reading."""
    chance = random.Random(seed)
    found = []
    for number in range(documents):
        for _ in range(each):
            wrong = chance.random() < 0.3
            right = chance.randrange(3) if wrong else -1
            rows = [[chance.gauss(0, 1) for _ in NAMES] for _ in range(3)]
            for i, row in enumerate(rows):
                row[0] += 1.5 * wrong
                row[1] += 3.0 * (i == right)
            flags = tuple(i == right for i in range(3))
            found.append(
                Example(
                    f"T{number % 3}_{number}.txt", tuple(map(tuple, rows)), flags, wrong, "spelling" if wrong else ""
                )
            )
    return found


def drawn(share: float, size: int = 6000, seed: int = 3) -> tuple[np.ndarray, list[bool]]:
    """Scores of sound and wrong places, and the truth, with that share of errors. The scores are of unit variance and two
    apart, so honest log-odds are 2 · score - 2 + log(share / (1 - share))."""
    chance = np.random.default_rng(seed)
    wrong = chance.random(size) < share
    return chance.normal(0.0, 1.0, size) + 2.0 * wrong, wrong.tolist()


# --- trees -------------------------------------------------------------------------------------------------------


def test_an_exported_forest_scores_as_scikit_learn_does() -> None:
    chance = np.random.default_rng(5)
    rows = (
        np.round(chance.normal(size=(600, len(NAMES))) * 3) / 3
    )  # many equal values, thresholds with endless fractions
    labels = (rows[:, 3] + rows[:, 7] * rows[:, 1] + chance.normal(size=600) > 0.5).astype(float)
    model = boosted(rows, labels, {**fitting.READING, "max_iter": 40}, 7)
    forest = Forest.from_json(json.loads(json.dumps(exported(model).to_json())), COLUMNS)
    edges = rows.copy()  # rows that lie on the thresholds
    for feature, threshold, left, _, _ in forest.trees:
        for column, value in zip(feature[left >= 0], threshold[left >= 0], strict=True):
            edges[chance.integers(600), column] = value
    for asked in (rows, edges):
        assert np.abs(forest.score(asked) - model.decision_function(asked)).max() < 1e-4


def test_what_a_tree_says_before_it_asks_is_the_mean_of_its_leaves() -> None:
    rows = np.array([[float(i % 7)] * len(NAMES) for i in range(140)])
    forest = exported(boosted(rows, (rows[:, 0] > 2).astype(float), {**fitting.PLACE, "max_iter": 3}, 7))
    for number, (_, _, left, _, value) in enumerate(forest.trees):
        assert (left >= 0).any()
        alone = Forest(0.0, (forest.trees[number],))
        assert value[0] == pytest.approx(float(alone.score(rows).mean()), abs=1e-5)


def test_the_mean_of_forests_says_the_weighted_mean_of_what_they_say() -> None:
    chance = np.random.default_rng(8)
    rows = chance.normal(size=(300, len(NAMES)))
    labels = [(rows[:, column] + chance.normal(size=300) > 0).astype(float) for column in (0, 1)]
    one, other = (exported(boosted(rows, own, fitting.PLACE, 7)) for own in labels)
    mean = mean_of([one, other], [0.25, 0.75])
    assert np.allclose(mean.score(rows), 0.25 * one.score(rows) + 0.75 * other.score(rows), atol=1e-5)


def test_the_fit_of_planted_noise_sees_no_place_that_readers_misread(monkeypatch: pytest.MonkeyPatch) -> None:
    noise, misread = made(), [replace(e, by_hand=True) for e in made(each=12, seed=2)]
    asked: list[tuple[int, int]] = []
    plain = fitting.boosted

    def noted(rows: np.ndarray, labels: np.ndarray, options: dict[str, float], seed: int) -> object:
        if options == fitting.PLACE:
            asked.append((len(rows), seed))
        return plain(rows, labels, options, seed)

    monkeypatch.setattr(fitting, "boosted", noted)
    fitting.fit_forests([*noise, *misread], seed=7)
    whole = len(noise) + len(misread)
    assert asked == [(whole if fit.by_hand else len(noise), 7 + fit.step) for fit in fitting.FITS]


def test_the_parts_of_the_fits_are_one_whole() -> None:
    assert sum(fit.part for fit in fitting.FITS) == 1.0
    assert len({fit.step for fit in fitting.FITS}) == len(fitting.FITS)


# --- folds -------------------------------------------------------------------------------------------------------


def test_folds_never_share_a_text_whatever_was_done_to_it() -> None:
    found = [
        Example(name, (), (), False, "")
        for name in ("T0_a.txt", "b.txt", "T2_a.txt", "T1_c.txt", "chapter 1.02", "T3_b.txt")
    ]
    for n in (2, 3):
        folds = folds_of(found, n)
        assert len(set(folds)) == n
        by_text = {}
        for e, fold in zip(found, folds, strict=True):
            assert by_text.setdefault(e.document.split("_")[-1], fold) == fold


def test_what_is_said_of_a_document_does_not_depend_on_its_own_answers() -> None:
    examples = made()
    folds = folds_of(examples, 3)
    held = [i for i, f in enumerate(folds) if f == 0]
    lying = [
        Example(e.document, e.rows, tuple(not r for r in e.right), not e.wrong, "") if f == 0 else e
        for e, f in zip(examples, folds, strict=True)
    ]
    told, otherwise = out_of_fold(examples, folds, seed=7), out_of_fold(lying, folds, seed=7)
    assert told[held].tolist() == otherwise[held].tolist()
    assert told.tolist() != otherwise.tolist()


def test_the_weights_for_measuring_saw_nothing_of_their_documents(tmp_path: Path) -> None:
    noise, gold = made(), made(each=12, seed=2)
    names = {e.document for e in noise}
    place = fold_by_text(names, 2)
    lying = [
        Example(e.document, e.rows, e.right[::-1], not e.wrong, "") if place[fitting.stem(e.document)] == 1 else e
        for e in gold
    ]
    for folder, listed in (("as it is", gold), ("lying", lying)):
        gathered = train.Gathered(dict.fromkeys(names, ""), noise, listed)
        train.write_folds(gathered, tmp_path / folder, {}, n=2, of="", seed=7, kept=Kept())
    one, other = (
        [load_weights(tmp_path / f / "folds" / f"weights-{k}.json") for k in (0, 1)] for f in ("as it is", "lying")
    )
    assert json.dumps(one[1].readings.to_json()) == json.dumps(other[1].readings.to_json())
    assert json.dumps(one[1].places.to_json()) == json.dumps(other[1].places.to_json())
    assert (one[1].scale, one[1].shift) == (other[1].scale, other[1].shift)
    assert [o.facts["aimed_share"] for o in one] != [o.facts["aimed_share"] for o in other]
    assert json.dumps(one[0].places.to_json()) != json.dumps(other[0].places.to_json())
    assert json.loads((tmp_path / "lying" / "folds.json").read_text(encoding="utf-8")) == {
        n: place[fitting.stem(n)] for n in names
    }


def test_what_readers_misread_teaches_beside_the_noise_and_without_its_translation_too(tmp_path: Path) -> None:
    noise, by_hand = made(), made(each=12, seed=2)
    names = {e.document for e in noise}
    found = train.Gathered(dict.fromkeys(names, ""), noise, [], by_hand=by_hand)
    assert found.examples == [*noise, *by_hand, *gather.untranslated(noise), *gather.untranslated(by_hand)]
    lying = [Example(e.document, e.rows, e.right[::-1], not e.wrong, "") for e in by_hand]
    for folder, listed in (("as it is", by_hand), ("lying", lying)):
        part = train.Gathered(dict.fromkeys(names, ""), noise, [], by_hand=listed)
        train.write_folds(part, tmp_path / folder, {}, n=2, of="noise", seed=7, kept=Kept())
    one, other = (load_weights(tmp_path / f / "folds" / "weights-0.json") for f in ("as it is", "lying"))
    assert json.dumps(one.places.to_json()) != json.dumps(other.places.to_json())


def test_two_judges_are_compared_on_documents_that_neither_has_seen(tmp_path: Path) -> None:
    gold = made(each=20, seed=2)
    gathered = train.Gathered(dict.fromkeys({e.document for e in gold}, ""), made(), gold)
    train.write_folds(gathered, tmp_path, {}, n=2, of="", seed=7, kept=Kept())
    probabilities, first = judges.judged(tmp_path, gold)
    listing = json.loads((tmp_path / "folds.json").read_text(encoding="utf-8"))
    for k in (0, 1):
        one = load_weights(tmp_path / "folds" / f"weights-{k}.json")
        which = [i for i, e in enumerate(gold) if listing[e.document] == k]
        odds = fitting.place_odds((one.readings, one.places), [gold[i] for i in which])
        assert probabilities[which] == pytest.approx(sigmoid(one.scale * odds + one.shift))
    told = judges.figures(gold, probabilities, first)
    errors = sum(e.wrong for e in gold)
    assert float(told["AUC"]) > 0.65 and told["errors expected / there"].endswith(f"/ {errors}")
    assert errors / 3 < int(told[f"errors among the likeliest {errors}"]) <= errors
    assert int(told["of these with the right reading first"]) <= int(told[f"errors among the likeliest {errors}"])


# --- honest probabilities ----------------------------------------------------------------------------------------


def test_calibration_makes_a_biased_score_honest() -> None:
    scores, wrong = drawn(0.3)
    biased = 0.5 * (2 * scores - 2 + np.log(0.3 / 0.7)) + 1.7
    curve = fit_curve(biased, wrong, 0.3)
    assert (curve.scale, curve.shift) == (pytest.approx(2.0, abs=0.15), pytest.approx(-3.4, abs=0.3))
    fresh, truth = drawn(0.3, seed=4)
    biased = 0.5 * (2 * fresh - 2 + np.log(0.3 / 0.7)) + 1.7
    assert calibration_error(sigmoid(biased), truth) > 0.15
    assert calibration_error(curve(biased), truth) < 0.02


def test_the_curve_is_honest_at_the_aimed_share_not_at_the_noises_own() -> None:
    scores, wrong = drawn(0.4)
    curve = fit_curve(scores, wrong, 0.06)
    rare, truth = drawn(0.06, size=20_000, seed=4)
    assert calibration_error(curve(rare), truth) < 0.015
    assert float(np.mean(curve(rare))) == pytest.approx(0.06, abs=0.012)
    assert calibration_error(fit_curve(scores, wrong, 0.4)(rare), truth) > 0.05


def test_the_share_of_errors_is_found_in_documents_without_gold() -> None:
    scores, wrong = drawn(0.4)
    curve = fit_curve(scores, wrong, 0.4)
    for share in (0.05, 0.15, 0.6):
        unknown, _ = drawn(share, size=20_000, seed=9)
        assert expected_share(curve(unknown), 0.4) == pytest.approx(share, abs=0.03)


def test_weights_make_errors_the_aimed_share() -> None:
    wrong = [True] * 3 + [False] * 7
    mass = weights_for(wrong, 0.1)
    assert mass.mean() == pytest.approx(1.0)
    assert mass[:3].sum() / mass.sum() == pytest.approx(0.1)


def test_the_calibration_error_counts_by_weight() -> None:
    said, truth = np.array([0.2] * 1000), [True, False] * 500
    assert calibration_error(said, truth) == pytest.approx(0.3, abs=0.01)
    assert calibration_error(said, truth, weights_for(truth, 0.2)) < 0.01


@pytest.mark.parametrize(
    ("wrong", "said"), [([], "no doubtful place"), ([True], "all of their"), ([False, False], "none of their")]
)
def test_a_share_that_cannot_be_counted_is_refused(wrong: list[bool], said: str) -> None:
    with pytest.raises(CollationError, match=said):
        share_of(wrong)


def test_what_is_reached_is_told_by_folds_and_for_curves_that_did_not_see_them() -> None:
    scores, wrong = drawn(0.3)
    folds = [i % 3 for i in range(len(wrong))]
    told = reached(scores, wrong, folds, 0.3)
    assert [row["fold"] for row in told] == [0, 1, 2]
    assert sum(row["doubts"] for row in told) == len(wrong)
    assert all(0.9 < row["auc"] < 0.95 and row["calibration_error"] < 0.04 for row in told)
    lying = [not w if f == 0 else w for w, f in zip(wrong, folds, strict=True)]
    assert reached(scores, lying, folds, 0.3)[0]["calibration_error"] > 0.3
    assert np.isnan(auc(scores[:3], [False] * 3))


def test_how_readings_share_a_place_is_fitted_to_how_often_they_are_right() -> None:
    chance = np.random.default_rng(4)
    scores, right = [], []
    true = Sharing(power=2.0, none=0.1)
    for _ in range(1500):
        odds = chance.normal(-1.0, 2.0, size=3)
        shares = true(sigmoid(odds))
        which = chance.choice(4, p=[*shares, 1.0 - shares.sum()])
        scores.append(odds)
        right.append([i == which for i in range(3)])
    found = fit_sharing(scores, right)
    assert found.power == pytest.approx(2.0, rel=0.15) and found.none == pytest.approx(0.1, rel=0.4)
    sure = fit_sharing([np.array([2.0, -2.0])] * 50, [[True, False]] * 50)
    assert sure.none > 0.0 and sure(sigmoid(np.array([2.0, -2.0])))[0] > 0.95


def test_readings_share_less_than_the_whole_and_keep_their_order() -> None:
    shares = Sharing(power=1.5)(np.array([0.9, 0.02, 0.3]))
    assert shares.sum() < 1.0 and list(np.argsort(shares)) == [1, 2, 0]
    assert Sharing()(np.array([0.5])).tolist() == pytest.approx([0.5 / 0.52])


def test_a_judge_is_learned_with_its_curve_and_its_figures() -> None:
    learned = learn_weights(made(), share=0.1)
    assert learned.curve.share == 0.1 and learned.curve.scale > 0
    assert learned.figures["auc"] > 0.65
    assert [row["fold"] for row in learned.figures["folds"]] == [0, 1, 2]


@pytest.mark.parametrize(
    ("examples", "said"),
    [
        ([], "0 doubtful places"),
        ([e for e in made() if not e.wrong], "0 of them errors"),
        (made(documents=1), "1 documents, and 2 are needed"),
        ([Example(e.document, e.rows, (False,) * 3, e.wrong, "") for e in made()], "which reading is right"),
    ],
)
def test_too_little_to_learn_from_is_said(examples: list[Example], said: str) -> None:
    with pytest.raises(CollationError, match=said):
        fitting.fit_forests(examples)


def test_two_documents_cannot_tell_how_honest_the_probabilities_are() -> None:
    with pytest.raises(CollationError, match="2 documents, and 3 are needed"):
        learn_weights(made(documents=2), share=0.1)
