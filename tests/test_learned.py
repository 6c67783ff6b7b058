"""What users learn from their own texts: files that the commands write, and that the settings put in use everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from collation.commands.app import app
from collation.errors import BadSettings, DamagedDictionary
from collation.knowledge.words import language_model, lexicon
from collation.knowledge.words.count_tables import Counts
from collation.pipeline import examine
from collation.reading import read_pair
from collation.settings import Settings

PAIRS = [
    ("Старый бакен стоял у берега.", "The old grumbet stood by the shore."),
    ("Мы видели бакен ночью.", "We saw the grumbet at night."),
    ("Капитан искал бакен.", "The captain looked for the grumbet."),
    ("Новый бакен горел над водой.", "A new grumbet burned over the water."),
    ("Рыбак нашел лодку.", "The fisherman found a boat."),
]
runner = CliRunner()


def run(*args: str) -> str:
    result = runner.invoke(app, list(args))
    assert result.exit_code == 0, result.output
    return result.stdout


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_translations_learned_from_own_documents_are_used(here: Path) -> None:
    for n, (russian, english) in enumerate(PAIRS * 3):
        (here / f"{n}.txt").write_text(f"{russian}\n\n{english}\n", encoding="utf-8")
    run("learn", "--parallel", ".", "--out", "own.tsv")
    assert not lexicon.opened().equivalents("grumbet")
    more = lexicon.opened("", here / "own.tsv").equivalents("grumbet")
    assert max(more, key=lambda lemma: more[lemma]) == "бакен"
    assert (
        lexicon.opened("", here / "own.tsv").equivalents("house").keys() >= lexicon.opened().equivalents("house").keys()
    )


def test_a_language_model_learned_from_own_prose_is_used(here: Path) -> None:
    (here / "prose.txt").write_text("Синий бакен горел. " * 400, encoding="utf-8")
    run("learn", "--russian", "prose.txt", "--out", "own.counts")
    own, shipped = language_model.opened(here / "own.counts"), language_model.opened()
    assert own is not None and shipped is not None and own is not shipped
    assert own.words(["синий", "бакен", "горел"], 0, 3) > shipped.words(["синий", "бакен", "горел"], 0, 3) + 5


def test_texts_that_are_measured_on_can_be_left_out(here: Path) -> None:
    measured = " ".join(
        f"{a}{b}" for a in ("дом", "лес", "мост", "порт") for b in ("овой", "ного", "яном", "ами", "ах")
    )
    (here / "set").mkdir()
    (here / "set" / "a.txt").write_text(measured, encoding="utf-8")
    (here / "prose.txt").write_text(f"Синий бакен горел. {measured}. Синий бакен горел.", encoding="utf-8")
    assert ", 20 left out" in run("learn", "--russian", "prose.txt", "--leave-out", "set", "--out", "own.counts")
    counts = Counts(here / "own.counts").tables["w1"]
    assert (counts.count("бакен"), counts.count("мостовой")) == (pytest.approx(2.0, rel=0.1), 0.0)
    refused = runner.invoke(app, ["learn", "--parallel", "set", "--leave-out", "set", "--out", "own.tsv"])
    assert refused.exit_code == 2


def test_learned_files_that_are_not_there_or_are_something_else_are_refused(here: Path) -> None:
    document = read_pair("Они пришли домой.", "They came home.")
    (here / "no.counts").write_text("no counts\n", encoding="utf-8")
    with pytest.raises(BadSettings):
        examine(document, settings=Settings(language_model=here / "none.counts"))
    with pytest.raises(DamagedDictionary):
        examine(document, settings=Settings(language_model=here / "no.counts"))
    with pytest.raises(BadSettings):
        examine(document, settings=Settings(translations=here / "none.tsv"))


def test_reports_and_explanations_follow_the_settings_of_the_project(here: Path) -> None:
    (here / "a.txt").write_text("Он прпбыл в Москву.\n\nHe arrived in Moscow.\n", encoding="utf-8")
    assert "doubtful places: 1" in run("report", "a.txt")
    assert "an emendation is proposed" in run("explain", "a.txt:1")
    (here / "collation.toml").write_text("emend = 1.0\nquery = 1.0\n", encoding="utf-8")
    assert "an emendation is proposed" not in run("explain", "a.txt:1")
    (here / "collation.toml").write_text('language-model = "none.counts"\n', encoding="utf-8")
    assert runner.invoke(app, ["report", "a.txt"]).exit_code == 2
