"""From a folder of texts to weights: the manifest is checked, the same texts give the same bytes, what was measured is kept."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from collation.errors import CollationError
from collation.evidence.measured_reading import OF_THE_TRANSLATION
from collation.judge.features import NAMES
from collation.judge.weights import load_weights
from collation.learning import fitting, gather, kept_examples, manifest, noise, train
from collation.learning.examples import Example, PlantedError
from collation.learning.kept_examples import Kept
from collation.learning.planted_errors import table_of
from collation.system.digest import file_digest
from parallel_texts import text

DATE = "2026-01-02"


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Six clean documents, two corrupted ones with their gold, and a manifest of them."""
    folder = tmp_path_factory.mktemp("texts")
    for use in ("clean", "gold"):
        (folder / use).mkdir()
    for number in range(6):
        (folder / "clean" / f"T0_{number}.txt").write_text(text(number), encoding="utf-8")
    rows = []
    for number, (right, wrong) in enumerate((("вопрос", "вопрсо"), ("письмо", "письно"))):
        found = text(number)
        at = found.index(right)
        rows.append(
            {
                "doc": f"T1_{number}.txt",
                "start": at,
                "end": at + len(wrong),
                "corr": [right],
                "kind": "spelling",
                "must": True,
                "side": "ru",
            }
        )
        (folder / "gold" / f"T1_{number}.txt").write_text(found.replace(right, wrong, 1), encoding="utf-8")
    (folder / "gold" / "gold.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), encoding="utf-8")
    (folder / manifest.NAME).write_text(manifest.drafted(folder), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def trained(texts: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """The output of two runs of the same command, the second from what the first kept, and the folder of the kept."""
    base = tmp_path_factory.mktemp("out")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(noise, "SOUND", 0.0)  # the texts are few and short: each has its errors
        patch.setattr(noise, "RATES", dict.fromkeys(noise.RATES, (0.12,)))
        patch.setattr(fitting, "READING", {**fitting.READING, "max_iter": 8, "min_samples_leaf": 3})
        patch.setattr(fitting, "PLACE", {**fitting.PLACE, "max_iter": 8, "min_samples_leaf": 3})
        common = [
            str(texts),
            "--copies",
            "2",
            "--folds",
            "2",
            "--date",
            DATE,
            "--workers",
            "1",
            "--cache",
            str(base / "kept"),
        ]
        assert train.main([*common, "--out", str(base / "one")]) == 0
        kept_examples.basis.cache_clear()
        patch.setattr(gather, "from_document", _never)
        patch.setattr(gather, "examples", _never)
        assert train.main([*common, "--out", str(base / "other")]) == 0
    return base / "one", base / "other", base / "kept"


def _never(*_: object, **__: object) -> tuple[list[Example], list[PlantedError]]:
    raise AssertionError("a doubt was measured again")


def of_all(wrong: int, kept_of_them: int) -> float:
    """The share of errors when every sound doubt that was kept stands for three."""
    return wrong / (wrong + (kept_of_them - wrong) * gather.SOUND_KEPT)


# --- the whole ---------------------------------------------------------------------------------------------------


def test_the_same_texts_give_the_same_bytes_and_nothing_is_measured_twice(trained: tuple[Path, Path, Path]) -> None:
    one, other, _ = trained
    names = ["weights.json", "folds.json", "folds/weights-0.json", "folds/weights-1.json"]
    assert {p.relative_to(one).as_posix() for p in one.rglob("*.json")} == set(names)
    for name in names:
        assert (one / name).read_bytes() == (other / name).read_bytes(), name


def test_what_became_of_the_planted_errors_is_counted_and_printed(trained: tuple[Path, Path, Path]) -> None:
    facts = load_weights(trained[0] / "weights.json").facts
    by_kind, (collection,) = facts["planted"]["kind"], facts["planted"]["collection"].values()
    for column in ("planted", "doubted", "mendable", "wrong"):
        assert collection[column] == sum(row[column] for row in by_kind.values()), column
    assert collection["planted"] > collection["doubted"] >= collection["mendable"] > 0
    assert all(row["planted"] >= row["doubted"] >= row["mendable"] for row in by_kind.values())
    assert collection["doubts"] > collection["wrong"]
    lines = table_of(facts["planted"]).splitlines()
    assert len(lines) == len(by_kind) + 3 and lines[0].split()[:3] == ["by", "collection", "doubts"]
    assert str(round(100 * collection["doubted"] / collection["planted"])) in lines[1].split()


def test_every_fold_has_its_share_of_the_texts_that_teach_once_more_without_their_translation() -> None:
    row = tuple(1.0 for _ in NAMES)
    doubts = [Example(f"tales {n}.1", (row,), (False,), False, "") for n in range(300)]
    more = gather.untranslated(doubts)
    place = fitting.fold_by_text((e.document for e in doubts), fitting.FOLDS)
    by_fold = Counter(place[e.document] for e in more)
    assert all(20 <= by_fold[fold] <= 47 for fold in range(fitting.FOLDS)), by_fold
    taken = {i for i, name in enumerate(NAMES) if name in OF_THE_TRANSLATION}
    assert {i for e in more for i, value in enumerate(e.rows[0]) if not value} == taken


def test_a_third_of_the_sound_doubts_is_kept_and_stands_for_all() -> None:
    doubts = [Example("a", (), (), k % 10 == 0, "") for k in range(1000)]
    found = gather.thinned(doubts)
    assert [e for e in found if e.wrong] == doubts[::10] and len(found) == 100 + 300
    assert gather.share_before_thinning(found) == pytest.approx(0.1)


@pytest.mark.parametrize("text", ["ghost=1", "classic", "classic=0", "classic=-1", "classic=1,reader=x"])
def test_a_mixture_that_names_no_readers_is_refused(text: str) -> None:
    with pytest.raises(CollationError, match="no mixture of readers"):
        train.mixture_of(text)


def test_a_mixture_is_read() -> None:
    assert train.mixture_of("classic=1, reader=2.5") == {"classic": 1.0, "reader": 2.5}


def test_another_learned_file_is_another_basis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shipped = kept_examples.learned_files()
    assert {"period.counts", "translation.tsv"} <= {path.name for path in shipped}
    more = tmp_path / "context.npz"
    found = []
    for data in (None, b"one", b"other"):
        if data:
            more.write_bytes(data)
        files = [*shipped, *([more] if data else [])]
        monkeypatch.setattr(kept_examples, "learned_files", lambda files=files: files)
        kept_examples.basis.cache_clear()
        found.append(kept_examples.basis())
    kept_examples.basis.cache_clear()
    assert len(set(found)) == 3


def test_what_is_kept_is_what_is_measured(texts: Path, tmp_path: Path) -> None:
    found = {"T0_1.txt": text(1)}
    fresh = gather.gather_examples(found, copies=1)
    for _ in range(2):
        assert gather.gather_examples(found, copies=1, kept=kept_examples.open_kept(tmp_path)) == fresh
    assert fresh and all(len(row) == len(NAMES) for e in fresh for row in e.rows)


def test_the_weights_are_those_the_judge_reads(trained: tuple[Path, Path, Path]) -> None:
    judge = load_weights(trained[0] / "weights.json")
    assert len(judge.readings.trees) == 8 and len(judge.places.trees) == 8 * len(fitting.FITS)
    assert judge.scale != 1.5 and judge.shift != -0.45


def test_the_facts_say_how_the_file_was_made(trained: tuple[Path, Path, Path], texts: Path) -> None:
    facts = load_weights(trained[0] / "weights.json").facts
    assert (facts["date"], facts["seed"], facts["texts"]) == (DATE, 7, 6)
    assert (
        facts["command"]
        == "python -m collation.learning.train TEXTS --out OUT --copies 2 --folds 2 --seed 7 --words 350000"
    )
    assert {d["file"]: d["sha256"] for d in facts["data"]} == {
        p.relative_to(texts).as_posix(): file_digest(p)
        for p in texts.rglob("*")
        if p.is_file() and p.name != manifest.NAME
    }
    assert any(line.startswith("scikit-learn ") for line in facts["libraries"])
    assert facts["differences"] == [] and facts["gold_wrong"] == 2
    assert facts["aimed_share"]["share"] == pytest.approx(of_all(facts["gold_wrong"], facts["gold_doubts"]), abs=1e-6)
    assert {"auc", "calibration_error", "folds"} <= facts["reached"].keys()
    assert str(texts) not in json.dumps(facts)


def test_the_folds_for_measuring_are_calibrated_too_and_say_what_they_reach(trained: tuple[Path, Path, Path]) -> None:
    listing = json.loads((trained[0] / "folds.json").read_text(encoding="utf-8"))
    assert listing["T0_0.txt"] == listing["T1_0.txt"] and set(listing.values()) == {0, 1}
    judges = [load_weights(trained[0] / "folds" / f"weights-{k}.json") for k in (0, 1)]
    assert judges[0].shift != judges[1].shift
    assert all(j.facts["not_seen"]["doubts"] > 0 and j.facts["not_seen"]["wrong"] > 0 for j in judges)


def test_the_aimed_share_is_counted_where_the_argument_says(texts: Path, trained: tuple[Path, Path, Path]) -> None:
    cache = kept_examples.open_kept(trained[2])
    listed = manifest.read_manifest(texts / manifest.NAME)
    found = train.collect(listed, texts, copies=2, workers=1, kept=cache)
    by_default, how = train.aimed_share(found, "", seed=7, kept=cache)
    assert by_default == of_all(sum(e.wrong for e in found.gold), len(found.gold)) and "corrupted documents" in how
    in_noise, how = train.aimed_share(found, "noise", seed=7, kept=cache)
    assert in_noise > by_default and "misread by a program and by hand" in how
    assert train.aimed_share(found, str(texts / "gold"), seed=7, kept=cache)[0] == pytest.approx(by_default, rel=0.1)
    estimated, how = train.aimed_share(found, str(texts / "clean"), seed=7, kept=cache)
    assert 0.0 < estimated < in_noise and "estimated" in how


# --- what is missing ---------------------------------------------------------------------------------------------


@pytest.fixture
def copied(texts: Path, tmp_path: Path) -> Path:
    for path in texts.rglob("*"):
        if path.is_file():
            copy = tmp_path / path.relative_to(texts)
            copy.parent.mkdir(exist_ok=True)
            copy.write_bytes(path.read_bytes())
    return tmp_path


def test_a_text_that_is_missing_or_differs_is_named_and_nothing_is_learned(
    copied: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (copied / "clean" / "T0_1.txt").unlink()
    (copied / "gold" / "T1_0.txt").write_text("Иное.\n\nOther.\n", encoding="utf-8")
    assert train.main([str(copied), "--out", str(copied / "out")]) == 2
    said = capsys.readouterr().err
    assert "clean/T0_1.txt is missing" in said and "gold/T1_0.txt differs" in said and "T0_2" not in said
    assert not (copied / "out").exists()
    assert manifest.main([str(copied)]) == 1
    assert "2 faults" in capsys.readouterr().out


def test_a_file_that_nobody_listed_is_named_and_not_used(copied: Path) -> None:
    (copied / "clean" / "more.txt").write_text(text(1), encoding="utf-8")
    listed = manifest.read_manifest(copied / manifest.NAME)
    assert [str(m) for m in manifest.unlisted(listed, copied)] == [
        "clean/more.txt is not listed in the manifest and is not used"
    ]
    assert "more.txt" not in gather.clean_texts(manifest.paths(listed, copied, "clean"))


ROW = ("clean/a.txt", "clean", "a", "here", "free", "0" * 64, "there")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({1: "gilded"}, "“gilded” is no use of a text"),
        ({5: "abc"}, "“abc” is no SHA-256 digest"),
        ({4: " "}, "the column “licence” is empty"),
        ({0: "../a.txt"}, "no path inside the folder"),
        ({0: "/a.txt"}, "no path inside the folder"),
        ({6: "there\tand more"}, "this one has 8"),
    ],
)
def test_a_row_that_cannot_be_right_is_named_with_its_line(tmp_path: Path, change: dict[int, str], said: str) -> None:
    path = tmp_path / "m.tsv"
    rows = [manifest.COLUMNS, ROW, [change.get(i, cell) for i, cell in enumerate(("clean/b.txt", *ROW[1:]))]]
    path.write_text("# what\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.raises(CollationError, match=said) as raised:
        manifest.read_manifest(path)
    assert (raised.value.path, raised.value.line) == (str(path), 4)


def test_a_manifest_without_its_columns_or_with_a_file_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "m.tsv"
    for rows, said in (
        ([ROW], "names its columns"),
        ([manifest.COLUMNS, ROW, ROW], "listed twice"),
        ([], "names its columns"),
    ):
        path.write_text("".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
        with pytest.raises(CollationError, match=said):
            manifest.read_manifest(path)
    with pytest.raises(CollationError, match="cannot be read"):
        manifest.read_manifest(tmp_path / "none.tsv")


def test_a_book_of_one_side_is_named(tmp_path: Path) -> None:
    (tmp_path / "parallel").mkdir()
    (tmp_path / "parallel" / "book.ru.txt").write_text("Текст", encoding="utf-8")
    listed = [manifest.Text("parallel/book.ru.txt", "parallel", "b", "s", "l", "0" * 64, "w")]
    with pytest.raises(CollationError, match="two files"):
        manifest.sides(listed, tmp_path, "parallel")


def test_the_shipped_manifest_is_whole() -> None:
    listed = manifest.read_manifest(manifest.SHIPPED)
    assert {t.use for t in listed} == {"lined", "parallel", "prose"}  # the measuring sets are not learned from
    assert not [t.file for t in listed if not t.file.startswith(t.use + "/")]
    for here in ("/home/", "/work/", "/tmp/"):
        assert here not in manifest.SHIPPED.read_text(encoding="utf-8")


def test_bad_gold_is_named_with_its_line(copied: Path) -> None:
    with (copied / "gold" / "gold.jsonl").open("a", encoding="utf-8") as file:
        file.write('{"doc": "T1_0.txt"}\n')
    with pytest.raises(CollationError, match="no gold item") as raised:
        gather.gather_gold(copied / "gold")
    assert raised.value.line == 3


# --- what is kept ------------------------------------------------------------------------------------------------


def one(label: str = "a") -> Example:
    return Example(
        label, ((0.1,) * len(NAMES), (1 / 3,) * len(NAMES)), (False, True), True, "name", ("да", "нет"), "дa"
    )


ERRORS = [PlantedError("a", "name", True, False), PlantedError("a", "lost", False, False)]
Measured = tuple[list[Example], list[PlantedError]]


def made_one() -> Measured:
    return [one()], ERRORS


def test_examples_come_back_as_they_were(tmp_path: Path) -> None:
    for listed in ([one(), Example("a", ((2.0,) * len(NAMES),), (False,), False, "")], []):
        kept_examples.save_examples(tmp_path / "x.npz", listed, ERRORS)
        assert kept_examples.load_examples(tmp_path / "x.npz", "a") == (listed, ERRORS)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"nonsense"])
def test_what_is_damaged_is_made_again(tmp_path: Path, data: bytes) -> None:
    cache = Kept(tmp_path, "basis")
    assert cache.examples("a", ["text"], made_one) == made_one()
    (path,) = tmp_path.rglob("*.npz")
    path.write_bytes(data)
    assert cache.examples("a", ["text"], made_one) == made_one()
    assert cache.examples("a", ["text"], _never) == made_one()


def test_another_text_seed_or_program_is_another_entry(tmp_path: Path) -> None:
    made: list[str] = []
    for basis, parts in (
        ("b", ["t", "1"]),
        ("b", ["t", "2"]),
        ("b", ["u", "1"]),
        ("c", ["t", "1"]),
        ("b", ["t1", ""]),
        ("b", ["t", "1"]),
    ):
        Kept(tmp_path, basis).examples("a", parts, lambda: made.append("made") or made_one())
    assert len(made) == 5
    assert Kept(tmp_path, "b").examples("renamed", ["t", "1"], _never)[0][0].document == "renamed"


def test_a_kept_file_of_other_features_is_not_taken(tmp_path: Path) -> None:
    kept_examples.save_examples(tmp_path / "x.npz", [one()], ERRORS)
    with np.load(tmp_path / "x.npz") as file:
        changed = {name: file[name] for name in file}
    np.savez(tmp_path / "x.npz", **{**changed, "rows": changed["rows"][:, 1:]})
    assert kept_examples.load_examples(tmp_path / "x.npz", "a") is None
