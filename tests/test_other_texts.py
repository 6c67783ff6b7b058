"""Other texts of an original: where they are collated, what they say for and against a doubt, how they are named and what is
said of those that are none."""

from __future__ import annotations

import json
import pickle
import subprocess
from functools import cache
from pathlib import Path

import jsonschema
import pytest
from typer.testing import CliRunner, Result

from collation.commands.app import app
from collation.commands.documents import groups_for
from collation.decisions.log_lines import from_line, to_line
from collation.errors import BadSettings
from collation.evidence.other_texts import Compared, other_texts
from collation.judge.other_readings import shared_errors
from collation.learning.witness_training import with_witness
from collation.model import Apparatus, Document, Place
from collation.pipeline import examine, trail
from collation.project.cache import open_cache
from collation.project.configuration import find_project
from collation.project.jobs import Task, examine_task
from collation.project.opening import open_run
from collation.project.store import made_from
from collation.reading import PartFile, packed_up, read_files, read_text
from collation.reading.part_files import DocumentFiles
from collation.review.rulings_from_choices import Choice, Signature, make_ruling
from collation.settings import Settings
from collation.writers import WRITERS
from collation.writers.as_json import read_json, schema, write_json
from known import context_of

TEXT = """Конечно, не следует забывать, что в настоящее время мы вместе и топорь сильнее врага. Министр заявил, что
правительство будет участвовать в переговорах с противником. Старый брага встретил своих учеников у входа.
"""
RIGHT = """Конечно, не следует забывать, что в настоящее время мы вместе и теперь сильнее врага. Министр заявил, что
правительство не будет участвовать в переговорах с противником. Старый брат встретил своих учеников у входа.
"""
ENGLISH = """Of course one should not forget that at the present time we are together and are now stronger than the enemy.
"""


def plain(text: str) -> Document:
    return read_text(text, label="letter.txt")


def beside(*texts: str, text: str = TEXT) -> Document:
    document = plain(text)
    for siglum, other in zip("BD", texts, strict=False):
        document = with_witness(document, siglum, other)
    return document


def compared(text: str, other: str) -> Compared:
    (found,) = (o := context_of(beside(other, text=text)).once(other_texts)).used or o.aside
    return found


def at(text: str, words: str) -> Place:
    start = text.index(words)
    return Place.at(start, start + len(words))


@cache
def examined(*texts: str) -> Apparatus:
    return examine(beside(*texts))


def flagged(apparatus: Apparatus) -> dict[Place, float]:
    return {e.place: e.probability for e in apparatus}


# Where a place of the original is in another text


@pytest.mark.parametrize(
    ("text", "words", "other", "reads", "agrees"),
    [
        ("мы вместе и топорь сильнее врага", "топорь", "мы вместе и теперь сильнее врага", "теперь", False),
        ("мы вместе и топорь сильнее врага", "сильнее", "мы вместе и теперь сильнее врага", "слабее", True),
        ("правительство будет участвовать там", "будет", "правительство не будет участвовать там", "не будет", True),
        ("он взял свои книги домой", "свои книги", "он взял своикниги домой", "своикниги", False),
        ("он взял сво и книги домой", "сво и", "он взял свои книги домой", "свои", False),
        ("он взял все книги домой", "все", "он взял Всё книги домой", "ваши", True),
        ("она приехала в москву вчера", "москву", "она приехала в Москву вчера", "Москву", False),
        ("он просил об в отпуске вчера", "в ", "он просил об отпуске вчера", "", False),
        ("его-мнение было другим тогда", "его-мнение", "его мнение было другим тогда", "его мнение", False),
    ],
)
def test_a_place_is_found_in_the_other_text(text: str, words: str, other: str, reads: str, agrees: bool) -> None:
    found = compared(text, other)
    here = found.stretch(at(text, words))
    assert here is not None
    assert found.agrees(here, [reads]) is agrees
    assert found.has(here, reads) is (reads not in ("слабее", "ваши"))
    assert not found.has(here, "иное")


def test_where_the_other_text_breaks_off_it_says_nothing() -> None:
    long = RIGHT + "Мать рассказала детям о своей молодости, о войне и о дороге в большой город у моря.\n"
    found = compared(long, RIGHT)
    assert found.stretch(at(long, "молодости")) is None
    assert found.stretch(at(long, "теперь")) is not None
    assert 0.5 < found.reach < 0.9


def test_the_noisier_of_two_is_known_by_its_unknown_words() -> None:
    assert compared(TEXT, RIGHT).odd_words == (1, 0)
    assert compared(RIGHT, TEXT).odd_words == (0, 1)


# What it says for and against


def test_readings_of_another_text_are_attested_in_it_and_first() -> None:
    found = {e.lemma: e for e in examined(RIGHT)}
    assert {"топорь", "брага", "будет"} <= set(found)
    for lemma, reading in (("топорь", "теперь"), ("брага", "брат"), ("будет", "не будет")):
        best = found[lemma].readings[0]
        assert (best.text, best.basis, best.witnesses) == (reading, "attested", ("B",))


def test_more_texts_that_agree_count_more() -> None:
    alone, one, two = examined(), examined(RIGHT), examined(RIGHT, RIGHT)
    key = at(TEXT, "топорь")
    assert flagged(alone)[key] < flagged(one)[key] <= flagged(two)[key]
    entry = next(e for e in two if e.place == key)
    assert entry.readings[0].witnesses == ("B", "D")


def test_a_text_that_agrees_with_the_document_speaks_against_another() -> None:
    key = at(TEXT, "будет")
    assert flagged(examined(RIGHT, TEXT)).get(key, 0.0) < flagged(examined(RIGHT))[key]


@pytest.mark.parametrize("text", [TEXT, RIGHT, TEXT + "\n" + ENGLISH])
def test_a_text_equal_to_the_document_adds_no_flag_and_raises_none(text: str) -> None:
    alone = flagged(examine(plain(text)))
    with_equal = flagged(examine(beside(text, text=text)))
    assert all(probability <= alone.get(place, 0.0) for place, probability in with_equal.items())


def test_a_word_of_the_other_text_that_is_none_raises_no_doubt() -> None:
    worse = RIGHT.replace("сильнее", "сипьнее").replace("входа", "вхоца")
    found = flagged(examine(beside(worse, text=RIGHT)))
    assert at(RIGHT, "сильнее") not in found and at(RIGHT, "входа") not in found


def test_a_copy_is_told_from_a_text_made_apart() -> None:
    damaged = """Вечерой рабочне вернулисъ домой и сели ужинать за болыной стол у окпа. Мать расскавала детям о своей молодостн,
о войие и о дорого в город. Утром отец поехал на стапцию, кулил газету и долго читал ее в пустом зале.
"""
    whole = """Вечером рабочие вернулись домой и сели ужинать за большой стол у окна. Мать рассказала детям о своей молодости,
о войне и о дороге в город. Утром отец поехал на станцию, купил газету и долго читал ее в пустом зале.
"""
    shares = []
    for other in (damaged, whole):
        run = trail(beside(other, text=damaged), settings=Settings())
        alone = trail(plain(damaged), settings=Settings()).verdicts
        (used,) = run.context.once(other_texts).used
        shares.append(shared_errors(used, alone))
    assert shares[0] > 0.8 and shares[1] < 0.1


def test_a_value_that_another_text_has_says_whose_fault_it_is() -> None:
    russian, english = (
        "Письмо получено в 1940 году вечером в Москве.\n",
        "The letter was received in 1950 in the evening in Moscow.\n",
    )
    document = plain(russian + "\n" + english)
    same = with_witness(document, "B", russian)
    other = with_witness(document, "B", russian.replace("1940", "1950"))
    (on_english,) = [e for e in examine(same) if e.harm == "value"]
    (on_russian,) = [e for e in examine(other) if e.harm == "value"]
    assert on_english.side == "translation" and on_english.blame and on_english.blame > 0.9
    assert on_russian.side == "original" and on_russian.readings[0].witnesses == ("B",)


def test_a_copy_says_nothing_of_whose_fault_a_value_is() -> None:
    russian = "Писъмо полученно в 1940 году вечерсм в Москве. Его прочитли вчера.\n"
    whole = "Письмо получено в 1940 году вечером в Москве. Его прочитали вчера.\n"
    english = "The letter was received in 1950 in the evening in Moscow. It was read yesterday.\n"
    document = plain(russian + "\n" + english)
    said = []
    for other in (russian, whole):
        beside_it = with_witness(document, "B", other)
        (value,) = [e for e in examine(beside_it) if e.harm == "value"]
        said.append("witness-agrees" in {f.says for f in value.features if f.name == "other_text"})
    assert said == [False, True]


def test_a_text_of_something_else_is_left_aside_and_told() -> None:
    found = examined(
        "Корабль вышел из порта в полдень с грузом угля. Председатель открыл собрание и дал слово Орлову.\n"
    )
    assert flagged(found) == flagged(examined())
    assert [u.says for u in found.unexamined if u.says.startswith("witness")] == ["witness-aside"]
    assert [w.used for w in found.witnesses] == [False]


# What is written


def test_without_other_texts_nothing_of_them_is_written() -> None:
    text = write_json(examined())
    assert '"witnesses"' not in text and '"agreeing"' not in text
    assert read_json(text) == examined()


def test_the_apparatus_with_sigla_comes_back_from_json() -> None:
    found = examined(RIGHT, TEXT)
    assert read_json(write_json(found)) == found
    jsonschema.validate(json.loads(write_json(found)), schema())
    assert {w.siglum for w in found.witnesses} == {"B", "D"}


@pytest.mark.parametrize("form", ["html", "md", "csv", "tei", "json"])
def test_the_siglum_is_in_every_form(form: str) -> None:
    made = WRITERS[form].write(examined(RIGHT))
    text = made.decode("utf-8") if isinstance(made, bytes) else made
    assert ('wit="#B"' if form == "tei" else "(B)") in text
    assert form != "tei" or '<witness xml:id="B"' in text


def test_a_ruling_names_the_text_that_has_its_reading() -> None:
    found = examined(RIGHT)
    entry = next(e for e in found if e.lemma == "топорь")
    signature = Signature("Anna", "2026-12-01T10:00:00Z")
    taken = make_ruling(found.source, entry, Choice("accept"), signature)
    typed = make_ruling(found.source, entry, Choice("emend", own="теперь"), signature)
    other = make_ruling(found.source, entry, Choice("emend", own="завтра"), signature)
    assert [r.witnesses for r in (taken, typed, other)] == [("B",), ("B",), ()]
    assert from_line(to_line(taken)) == taken


# How it is named


def run(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "letter.txt").write_text(TEXT, "utf-8")
    (tmp_path / "letter.b.txt").write_text(RIGHT, "utf-8")
    (tmp_path / "letter.d.txt").write_text(TEXT, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def table(text: str) -> None:
    Path("collation.toml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    "text",
    [
        '[[documents.a]]\nrole = "original"\nfile = "letter.txt"\nwitnesses = ["letter.b.txt", "letter.d.txt"]\n',
        '[[documents.a]]\nfile = "letter.txt"\nwitnesses = { B = "letter.b.txt", D = "letter.d.txt" }\n',
        '[[documents.a]]\nrole = "original"\nfile = "letter.txt"\n[[documents.a]]\nrole = "witness"\nsiglum = "B"\n'
        'file = "letter.b.txt"\n[[documents.a]]\nrole = "witness"\nsiglum = "D"\nfile = "letter.d.txt"\n',
    ],
)
def test_a_table_names_witnesses(folder: Path, text: str) -> None:
    table(text)
    for name in ("letter.txt", "letter.b.txt"):
        files = groups_for([name]).of(Path(name))
        assert files.path == folder / "letter.txt"
        assert [(w.siglum, w.path.name) for w in files.witnesses] == [("B", "letter.b.txt"), ("D", "letter.d.txt")]
    document = read_files(groups_for(["letter.txt"]).of(Path("letter.txt")))
    assert document.source.text == TEXT and [o.siglum for o in document.others] == ["B", "D"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('role = "original"\nfile = "letter.txt"\nwitnesses = "letter.b.txt"', "letter.b.txt"),
        ('role = "original"\nfile = "letter.txt"\nwitnesses = [1]', "letter.b.txt"),
        ('role = "original"\nfile = "letter.txt"\nwitnesses = { R = "letter.b.txt" }', "siglum R is taken"),
        ('role = "original"\nfile = "letter.txt"\nwitnesses = ["letter.txt"]', "the same file"),
        ('role = "original"\nfile = "letter.txt"\nwitnesses = ["../../../x.txt"]', "leads out"),
        ('role = "witness"\nfile = "letter.txt"', "siglum"),
        ('file = "letter.txt"', "original"),
    ],
)
def test_a_table_that_means_nothing_is_told(folder: Path, text: str, said: str) -> None:
    table(f"[[documents.a]]\n{text}\n")
    with pytest.raises(BadSettings, match=said):
        find_project(folder)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--witness", "B=none.txt"), "none.txt: the file cannot be opened"),
        (("--witness", "B=letter.txt"), "the same file"),
        (("--witness", "B=letter.b.txt", "--witness", "B=letter.d.txt"), "the siglum B is taken"),
        (("--witness", "E=letter.b.txt"), "the siglum E is taken"),
        (("--witness", "B=english.txt"), "the document was not examined"),
        (("--witness", "B="), "is expected"),
        (("letter.d.txt", "--witness", "B=letter.b.txt"), "goes with one document, and 2 were found"),
    ],
)
def test_a_witness_that_is_none_is_told(folder: Path, words: tuple[str, ...], said: str) -> None:
    (folder / "english.txt").write_text(ENGLISH, "utf-8")
    result = run("check", "letter.txt", *words)
    assert result.exit_code == 2 and said in " ".join(result.output.replace("│", " ").split())


def test_the_commands_take_witnesses(folder: Path) -> None:
    checked = run("check", "letter.txt", "--witness", "letter.b.txt", "--no-cache")
    assert "топорь ] read “теперь” (B)" in checked.output and checked.exit_code == 1
    assert "attested: X" in run("explain", "letter.txt:1", "--witness", "X=letter.b.txt").output


# What a result depends on


def packed(other: str, name: str = "b.txt") -> Task:
    files = DocumentFiles((PartFile(Path("letter.txt")),), witnesses=(PartFile(Path(name), "", "B"),))
    item = packed_up(files, [TEXT.encode(), other.encode()])
    return Task(Path("letter.txt"), "letter.txt", item.data, Settings(), document=item)


def test_the_work_that_is_handed_out_carries_the_witnesses() -> None:
    task = pickle.loads(pickle.dumps(packed(RIGHT)))
    found = examine_task(task).apparatus
    assert found is not None and flagged(found) == flagged(examined(RIGHT))


def test_a_result_is_that_of_its_witnesses(tmp_path: Path) -> None:
    cache_of = open_cache(tmp_path, Settings(), own_version="1")
    task = packed(RIGHT)
    assert task.data is not None and task.document is not None
    made = examine_task(task).apparatus
    assert made is not None
    cache_of.keep(task.data, made)
    labels = task.document.labels
    assert cache_of.find(task.data, labels, witnesses=task.document.witnesses) == made
    assert cache_of.find(task.data, labels) is None
    changed, renamed = packed(TEXT).document, packed(RIGHT, "c.txt").document
    assert changed is not None and renamed is not None
    assert cache_of.find(task.data, labels, witnesses=changed.witnesses) is None
    again = cache_of.find(task.data, labels, witnesses=renamed.witnesses)
    assert again is not None and [w.label for w in again.witnesses] == ["c.txt"]
    assert made_from(made, "basis", None) != made_from(examined(), "basis", None)


def test_a_document_is_changed_when_a_witness_is(folder: Path) -> None:
    table('[[documents.a]]\nfile = "letter.txt"\nwitnesses = { B = "letter.b.txt" }\n')
    run_of = open_run(find_project(folder), encoding=None, names=["letter.txt"])
    own = frozenset({folder / "letter.txt", folder / "letter.b.txt"})
    assert run_of.find(["letter.txt"], own) == []
    assert run_of.find(["letter.txt"], own - {folder / "letter.b.txt"}) == [folder / "letter.txt"]


def test_git_sees_a_changed_witness(folder: Path) -> None:
    table('[[documents.a]]\nfile = "letter.txt"\nwitnesses = { B = "letter.b.txt" }\n')
    for words in (["init", "-q"], ["add", "."], ["-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "a"]):
        subprocess.run(["git", *words], check=True, capture_output=True)
    form = ("--format", "json", "--changed-since", "HEAD")
    assert json.loads(run("check", ".", *form, "--exit-zero").stdout)["findings"] == []
    (folder / "letter.b.txt").write_text(RIGHT.replace("врага", "американцев"), "utf-8")
    assert "топорь" in {f["lemma"] for f in json.loads(run("check", ".", *form, "--exit-zero").stdout)["findings"]}
