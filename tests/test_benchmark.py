"""The accuracy benchmark counts as the measuring set's own scorer does, and nothing but the documents moves it."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from pathlib import Path
from types import ModuleType

import pytest

from collation.learning import scoring
from collation.learning.scoring import noticed

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
BENCH = os.environ.get("COLLATION_BENCH", "")

TEXT = """Contents:

Transcript - Russian
Translation - English

Если война неизбежна, то пусть она будет топорь, а не через несколько лет.

If a war is inevitable, then let it be waged now, and not in a few years.
"""


def load(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def accuracy() -> ModuleType:
    return load(BENCHMARKS / "accuracy.py")


@pytest.mark.skipif(not BENCH, reason="the measuring set is not here")
def test_the_scorer_agrees_with_the_set_s_own(accuracy: ModuleType) -> None:
    theirs = load(Path(BENCH) / "score.py")
    folder = Path(BENCH) / "dev"
    words = scoring.read_word_counts(folder / "manifest.tsv")
    texts = {name: (folder / name).read_bytes().decode("utf-8") for name in words}
    gold = scoring.read_gold(folder / "gold.jsonl")
    flags = [
        {
            "doc": g["doc"],
            "start": g["start"] - k % 2,
            "end": g["end"] + k % 3,
            "confidence": 0.5 + k % 7 / 20,
            "candidates": ["нет", *g["corr"]] if k % 4 else g["corr"],
        }
        for k, g in enumerate(gold)
        if k % 5
    ]
    flags += [{"doc": name, "start": 20, "end": 24, "candidates": [], "confidence": 0.9} for name in words]
    ours = scoring.score_predictions(gold, flags, texts, words)
    other = theirs.score(theirs.rd(folder / "gold.jsonl"), flags, str(folder), words)
    assert (ours.hits, ours.false) == (other["tp"], other["fp"])
    assert ours.f1 == pytest.approx(other["f1"])
    assert ours.first_right() == pytest.approx((other["top1_of_detected"], other["top1_of_all"]))
    assert ours.first_right(5) == pytest.approx((other["top5_of_detected"], other["top5_of_all"]))


def test_rulings_and_configuration_move_no_figure(accuracy: ModuleType, tmp_path: Path) -> None:
    document = tmp_path / "T1_x.txt"
    document.write_text(TEXT, encoding="utf-8")
    before = accuracy.predictions_of(document, translation=True, weights=None)
    (tmp_path / "collation.toml").write_text('emend = 0.99\nignore = ["LEX101", "CTX201"]\n', encoding="utf-8")
    (tmp_path / "decisions").mkdir()
    (tmp_path / "decisions" / "a.jsonl").write_text('{"verdict": "reject"}\n', encoding="utf-8")
    assert accuracy.predictions_of(document, translation=True, weights=None) == before
    assert any("теперь" in p["candidates"] for p in before)


def test_a_reading_becomes_a_candidate_for_the_whole_span(accuracy: ModuleType, tmp_path: Path) -> None:
    document = tmp_path / "T1_x.txt"
    document.write_text(TEXT, encoding="utf-8")
    flag = next(p for p in accuracy.predictions_of(document, translation=True, weights=None) if p["tier"] == "emend")
    assert TEXT[flag["start"] : flag["end"]] == "топорь"
    assert flag["suspected"] == "original"
    assert json.loads(json.dumps(flag)) == flag


def test_the_gain_of_one_system_over_another_is_told_with_what_chance_would_do() -> None:
    words = {f"{n}.txt": 100 for n in range(20)}
    texts = dict.fromkeys(words, "один два три")
    gold = [
        {"_i": n, "doc": f"{n}.txt", "start": 0, "end": 4, "corr": ["Один"], "kind": "x", "must": True}
        for n in range(20)
    ]
    flags = [{"doc": f"{n}.txt", "start": 0, "end": 4, "candidates": ["Один"]} for n in range(20)]
    all_found, half = (
        scoring.score_predictions(gold, flags, texts, words),
        scoring.score_predictions(gold, flags[:10], texts, words),
    )
    points, low, high = scoring.gain(all_found, half)
    assert points == pytest.approx(1 - 2 / 3)
    assert low < points < high
    assert scoring.gain(half, half) == (0.0, 0.0, 0.0)
    assert scoring.gain(all_found, half) == (points, low, high)


def test_a_document_that_fails_is_named_and_the_others_are_measured(
    accuracy: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    start = TEXT.index("топорь")
    gold = {"start": start, "end": start + 6, "corr": ["теперь"], "kind": "real-word", "must": True}
    (tmp_path / "gold.jsonl").write_text(
        "\n".join(json.dumps({"doc": n, **gold}) for n in ("a.txt", "b.txt")) + "\n", encoding="utf-8"
    )
    (tmp_path / "manifest.tsv").write_text("doc\tru_words\na.txt\t14\nb.txt\t14\n", encoding="utf-8")
    whole = accuracy.predictions_of

    def failing(path: Path, **values: object) -> object:
        if path.name == "a.txt":
            raise ValueError("tuple.index(x): x not in tuple")
        return whole(path, **values)

    monkeypatch.setattr(accuracy, "predictions_of", failing)
    monkeypatch.setattr(sys, "argv", ["accuracy.py", "--set", str(tmp_path), "--workers", "1"])
    with pytest.raises(SystemExit) as ended:
        accuracy.main()
    told = capsys.readouterr().out
    assert ended.value.code == 1
    assert "a.txt could not be examined with the English: ValueError: tuple.index(x): x not in tuple" in told
    assert "a.txt could not be examined without the English" in told
    assert "b.txt could not" not in told
    recall = next(line for line in told.splitlines() if line.startswith("recall kind real-word"))
    assert "1/2" in recall, "what the failing document hides counts as not found"


def test_true_faults_that_need_not_be_found_are_counted_by_side_and_kind() -> None:
    texts = {"a": "Он прпбыл в Москву. He arrved in Moscow."}
    faults = [(3, 9, "spelling", "ru"), (11, 17, "name", "ru"), (23, 29, "spelling", "en")]
    gold = [
        {"doc": "a", "start": a, "end": b, "corr": [], "kind": kind, "side": side, "must": False, "_i": i}
        for i, (a, b, kind, side) in enumerate(faults)
    ]
    found = [
        {"doc": "a", "start": 3, "end": 9, "candidates": [], "tier": "emend"},
        {"doc": "a", "start": 23, "end": 29, "candidates": [], "tier": "query"},
    ]
    assert noticed(gold, found, texts) == {"ru name": (1, 0, 0), "ru spelling": (1, 1, 1), "en spelling": (1, 0, 1)}
