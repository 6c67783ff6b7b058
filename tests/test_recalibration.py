"""What rulings teach: the shifts, their file, and a project that has learned from its rulings."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from collation.commands.app import app
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, log_path
from collation.errors import DamagedDictionary
from collation.judge.recalibration import Case, Recalibration, about, fitted, learned, load_recalibration, written
from collation.project.cache import basis_of
from collation.reading import read_file
from collation.settings import Settings
from made import at, rule, undo

LETTER = (
    "Он прпбыл в Москву 5 мая 1950 года, где его ждал гелиоверк завода.\n\n"
    "He arrived in Moscow on 5 May 1950, where the wauchmeister of the factory was waiting for him.\n"
)
REPLY = "Вчера сюда приехал гелиоверк завода.\n\nYesterday the wauchmeister of the factory came here.\n"
WORD = "гелиоверк"


def cases(word: str, *accepted: bool, code: str = "LEX101", probability: float = 0.7) -> list[Case]:
    return [Case(code, probability, word, word[:-1], own) for own in accepted]


def test_a_shift_follows_the_rulings_and_few_move_little() -> None:
    assert fitted([], 0, 1.0) == 0.0
    assert 0 < fitted([0.0], 1, 1.0) < fitted([0.0] * 5, 5, 1.0) < fitted([0.0] * 5, 5, 3.0)
    assert fitted([0.0] * 9, 0, 1.0) == pytest.approx(-fitted([0.0] * 9, 9, 1.0), abs=1e-3)
    assert fitted([0.0] * 10_000, 2_689, 1.0) == pytest.approx(-1.0, abs=0.01)  # of .5 a quarter and a bit is true


def test_what_was_said_right_is_left_alone() -> None:
    taught = learned([case for n in range(10) for case in cases(f"слово{n}", n < 7)])
    assert taught.moved("LEX101", 0.7, "другое", "другой") == pytest.approx(0.7, abs=0.02)


def test_a_rule_that_was_right_is_not_believed_more() -> None:
    taught = learned([case for n in range(30) for case in cases(f"слово{n}", True, probability=0.4)])
    assert taught.moved("LEX101", 0.4, "другое", "другой") == pytest.approx(0.4)


def test_a_word_that_is_rejected_is_believed_and_others_lose_little() -> None:
    taught = learned(cases("ваучмейстер", False, False))
    own = taught.moved("LEX101", 0.7, "Ваучмейстер", "ваучмейсте")
    other = taught.moved("LEX101", 0.7, "слово", "слова")
    assert own < 0.25 < 0.55 < other < 0.7
    many = learned(cases("ваучмейстер", *[False] * 40))
    assert many.moved("LEX101", 0.7, "слово", "слова") == pytest.approx(other), "one word, however often"
    assert taught.moved("VAL501", 0.7, "7 мая", "8 мая") == pytest.approx(0.7)


def test_a_confusion_is_learned_for_words_that_were_not_ruled() -> None:
    ruled = [Case("LEX101", 0.4, f"п{end}", f"и{end}", True) for end in ("дём", "грали", "збран", "скали")]
    taught = learned(ruled)
    same, other = (taught.moved("LEX101", 0.4, "пмя", reading) for reading in ("имя", "тмя"))
    assert same > other + 0.05


def test_the_order_of_rulings_does_not_matter() -> None:
    ruled = [*cases("один", True, False), *cases("два", False), *cases("три", True, code="CTX203")]
    shuffled = random.Random(3).sample(ruled, len(ruled))
    assert learned(ruled) == learned(shuffled)


def test_a_doubt_about_several_words_has_no_word_and_no_letters() -> None:
    assert [level for level, _ in about("LEX102", 0.9, "по лучен", "получен")] == ["rule", "certainty"]
    assert ("letters", "п→и") in about("LEX101", 0.9, "пмя", "имя")
    assert not any(level == "letters" for level, _ in about("CTX203", 0.9, "брата", "письмо"))


def test_a_file_comes_back_as_it_was(tmp_path: Path) -> None:
    taught = learned([*cases("один", True, False), *cases("два", False)])
    path = tmp_path / "recalibration.json"
    path.write_text(written(taught), "utf-8")
    found = load_recalibration(path)
    assert found is not None and found.digest
    assert replace(found, digest="") == taught
    assert load_recalibration(None) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"what": "collation recalibration", "version": 2, "rulings": 1, "lessons": {}}',
        '{"what": "collation recalibration", "version": 1, "rulings": 1, "lessons": {"word:а": {"ruled": 1, "accepted": 2, "shift": 0}}}',
        '{"what": "collation recalibration", "version": 1, "rulings": 1, "lessons": {"word:а": {"ruled": 1, "accepted": 1, "shift": 1e9}}}',
        "[" * 3000,
    ],
)
def test_a_file_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    path = tmp_path / "recalibration.json"
    path.write_text(text, "utf-8")
    with pytest.raises(DamagedDictionary, match="collation learn --rulings"):
        load_recalibration(path)


# A project


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two letters with a word of the factory that no dictionary has."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / ".cache"))
    (tmp_path / "collation.toml").write_text('recalibration = "recalibration.json"\nquery = 0.02\n', "utf-8")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "letter.txt").write_text(LETTER, "utf-8")
    (tmp_path / "letters" / "reply.txt").write_text(REPLY, "utf-8")
    assert learn() == "learned from 0 rulings in 0 documents (0 accepted, 0 rejected)"
    return tmp_path


def learn() -> str:
    result = run("learn", "--rulings", "letters", "--out", "recalibration.json", "-j", "1")
    assert result.exit_code == 0, result.output
    return result.stdout.split(": ", 1)[1].split(";")[0]


def ruled(project: Path) -> list[Ruling]:
    """The word of the factory rejected in the letter, the misread word accepted."""
    source = read_file(project / "letters" / "letter.txt").source
    values = {"document": source.id, "digest": source.digest}
    made = [
        rule(source.text, at(source.text, WORD), n=1, **values),
        rule(source.text, at(source.text, "прпбыл"), "прибыл", n=2, verdict="accept", **values),
    ]
    keep_text(project / "decisions", source.digest, source.text)
    append(log_path(project / "decisions", "anna"), made)
    return made


def doubt(name: str) -> dict[str, object]:
    """The entry about the word of the factory."""
    assert run("report", f"letters/{name}.txt", "--out", "out", "--format", "json").exit_code == 0
    data = json.loads(Path("out", f"{name}.json").read_text("utf-8"))
    found: dict[str, object] = next((e for e in data["entries"] if e["lemma"] == WORD), {})
    return found


def test_a_rejected_word_is_doubted_less_in_other_documents(project: Path) -> None:
    before = doubt("reply")
    assert float(str(before["probability"])) > 0.05
    ruled(project)
    assert doubt("reply") == before, "nothing changes before it is learned"
    assert learn() == "learned from 2 rulings in 1 documents (1 accepted, 1 rejected)"
    after = doubt("reply")
    assert float(str(after.get("probability", 0.0))) < 0.8 * float(str(before["probability"]))


def test_an_undo_unlearns(project: Path) -> None:
    made = ruled(project)
    learn()
    learned_once = (project / "recalibration.json").read_text("utf-8")
    append(log_path(project / "decisions", "anna"), [undo(*made, n=5)])
    assert (project / "recalibration.json").read_text("utf-8") == learned_once
    assert learn() == "learned from 0 rulings in 0 documents (0 accepted, 0 rejected)"


def test_learning_again_gives_the_same_file(project: Path) -> None:
    """What was learned before has no say in what is learned: else every run would move the judge further."""
    ruled(project)
    learn()
    once = (project / "recalibration.json").read_bytes()
    learn()
    assert (project / "recalibration.json").read_bytes() == once


def test_the_apparatus_tells_of_it(project: Path) -> None:
    ruled(project)
    learn()
    assert run("report", "letters", "--out", "out", "--format", "md,json").exit_code == 0
    assert "rulings learned from: 2," in Path("out/letter.md").read_text("utf-8")
    said = run("explain", "letters/reply.txt:1").output
    assert "the rulings of the project moved it by -" in said
    assert "learned from 2 rulings" in run("doctor").output


def test_a_file_that_is_not_there_is_told(project: Path) -> None:
    (project / "recalibration.json").unlink()
    result = run("report", "letters", "--out", "out")
    assert result.exit_code == 2 and "recalibration.json" in result.output


def test_results_of_another_recalibration_are_not_used(project: Path) -> None:
    settings = Settings(recalibration=project / "recalibration.json")
    before = basis_of(settings, "1")
    (project / "recalibration.json").write_text(written(Recalibration(3)), "utf-8")
    assert basis_of(settings, "1") != before
