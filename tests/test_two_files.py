"""Two files for one document: by name, in a folder, by a table, as named; what is said is said of the file at fault."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

import collation as co
from collation.commands.app import app
from collation.commands.documents import groups_for, read_document
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling_log import append, log_path
from collation.errors import BadSettings, UnreadableInput
from collation.model import Apparatus
from collation.pipeline import examine
from collation.project.cache import open_cache
from collation.project.configuration import find_project
from collation.reading import (
    DocumentBytes,
    DocumentFiles,
    PartFile,
    packed_up,
    read_data,
    read_file,
    read_files,
    read_payload,
)
from collation.reading.inputs import find_inputs
from collation.reading.part_files import Groups
from collation.settings import Settings
from cut_seeds import cut, keys, two_columns
from made import at, rule

SEEDS = Path(__file__).parents[1] / "seeds"
RUSSIAN = "Он прибыл в Москву пятого мая и сразу передал письмо министру иностранных дел.\n"
ENGLISH = "He arrived in Moscow on the fifth of May and handed the letter to the minister at once.\n"
TABLE = """[[documents.letter]]
siglum = "{siglum}"
role = "{role}"
language = "{language}"
file = "{file}"
"""
ROLES = {"ru": "original", "en": "translation", "catalogue": "catalogue"}


def seed(number: str) -> Path:
    return next(SEEDS.glob(f"{number}_*.txt"))


def run(*words: str) -> Result:
    return CliRunner().invoke(app, [*words])


def write(folder: Path, texts: dict[str, str], pattern: str) -> Path:
    """The texts in files whose names are made of their codes; the one that stands for the document."""
    folder.mkdir(parents=True, exist_ok=True)
    for code, text in texts.items():
        (folder / pattern.format(code)).write_bytes(text.encode())
    return folder / pattern.format("ru")


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a project with seed 003 in two files."""
    (tmp_path / "collation.toml").touch()
    write(tmp_path, cut(seed("003")), "letter.{}.txt")
    monkeypatch.chdir(tmp_path)
    return tmp_path


# The same apparatus as from one file.


@pytest.mark.parametrize("number", ["000", "003"])
def test_a_seed_in_several_files_has_the_apparatus_of_one(
    number: str, tmp_path: Path, examined: Callable[[str], Apparatus]
) -> None:
    one, texts = examined(number), cut(seed(number))
    named = write(tmp_path / "a", texts, "letter.{}.txt")
    folder = write(tmp_path / "b" / "letter", texts, "{}.md")
    table = write(tmp_path / "c", texts, "scan of {} text.txt")
    rows = [
        TABLE.format(
            siglum=code[0].upper(),
            role=ROLES[code],
            language=code if len(code) == 2 else "",
            file=f"scan of {code} text.txt",
        )
        for code in texts
    ]
    (tmp_path / "c" / "collation.toml").write_text("\n".join(rows), encoding="utf-8")
    tables = Groups(find_project(tmp_path / "c").documents)
    documents = [read_files(Groups().of(named)), read_files(Groups().of(folder)), read_files(tables.of(table))]
    made = examine(documents[0])
    assert keys(made) == keys(one) and made.source.id == one.source.id
    assert len({d.text for d in documents}) == 1  # so the others have the same apparatus
    for entry in made.entries:
        source = made.source
        path = Path(source.label_at(entry.place.start))
        first = entry.place.spans[0]
        line = path.read_text(encoding="utf-8").split("\n")[source.line(first.start) - 1]
        column = source.column(first.start)
        assert line[column - 1 : column - 1 + len(first)] == first.of(source.text)


@pytest.mark.parametrize("number", ["003"])
def test_a_seed_in_two_columns_of_word_has_the_apparatus_of_one(
    number: str, examined: Callable[[str], Apparatus]
) -> None:
    one = examined(number)
    document = read_data(two_columns(read_file(seed(number)), one), Path("a.docx"), label="a.docx")
    made = examine(document)
    assert keys(made) == keys(one)
    cells = [made.source.element(e.place.start) for e in made.entries if e.side != "catalogue"]
    assert {cell.kind for cell in cells if cell} == {"cell"} and all(cells)
    rows = [row for row in made.rows if row.original and row.translation]
    for row in rows:  # each row answers its row
        there = [made.source.element(side[0].start) for side in (row.original, row.translation)]
        assert there[0] and there[1] and there[0].numbers[:2] == there[1].numbers[:2]


# What is one document.


def test_a_folder_is_walked_for_documents_and_not_for_files(tmp_path: Path) -> None:
    for name in ("a.ru.txt", "a.en.md", "b.txt", "d/ru.txt", "d/en.txt", "d/catalogue.txt", "c.ru.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(ENGLISH if ".en" in name or "/en" in name else RUSSIAN, encoding="utf-8")
    found = [p.relative_to(tmp_path).as_posix() for p in find_inputs([str(tmp_path)]) if isinstance(p, Path)]
    assert found == ["a.ru.txt", "b.txt", "c.ru.txt", "d/ru.txt"]
    assert list(find_inputs([str(tmp_path / "a.en.md")])) == [tmp_path / "a.ru.txt"]
    assert [part.role for part in Groups().of(tmp_path / "d" / "en.txt").parts] == [
        "catalogue",
        "original",
        "translation",
    ]


def test_what_is_wrong_with_a_pair_is_told(tmp_path: Path) -> None:
    write(tmp_path, {"en": ENGLISH}, "half.{}.txt")
    with pytest.raises(UnreadableInput, match=r"half.ru.txt.*is not there"):
        Groups().of(tmp_path / "half.en.txt")
    write(tmp_path, {"ru": RUSSIAN, "en": ENGLISH}, "twice.{}.txt")
    (tmp_path / "twice.ru.md").write_text(RUSSIAN, encoding="utf-8")
    with pytest.raises(UnreadableInput, match=r"twice.ru.md.*twice.ru.txt.*same text"):
        Groups().of(tmp_path / "twice.en.txt")
    write(tmp_path, {"ru": ENGLISH, "en": RUSSIAN}, "turned.{}.txt")
    with pytest.raises(UnreadableInput, match=r"turned.ru.txt: .*mostly English"):
        read_files(Groups().of(tmp_path / "turned.ru.txt"))
    write(tmp_path, {"ru": RUSSIAN, "en": ""}, "empty.{}.txt")
    with pytest.raises(UnreadableInput, match=r"empty.en.txt: the file is empty"):
        read_files(Groups().of(tmp_path / "empty.ru.txt"))


@pytest.mark.parametrize(("one", "another"), [("003", "002"), ("002", "003"), ("002", "004")])
def test_texts_that_do_not_translate_each_other_are_told(tmp_path: Path, one: str, another: str) -> None:
    russian, other = cut(seed(one))["ru"], cut(seed(another))["en"]
    path = write(tmp_path, {"ru": russian, "en": other}, "letter.{}.txt")
    made = examine(read_files(Groups().of(path)))
    assert "not-parallel" in [told.says for told in made.unexamined]
    (told,) = [e for e in made.entries if e.code == "PAIR901"]
    assert made.source.label_at(told.place.start) == (tmp_path / "letter.en.txt").as_posix()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('documents = "a"', "documents.NAME"),
        ('[documents]\na = "b"', "documents.NAME"),
        ('[[documents.a]]\nrole = "original"', "file, role"),
        ('[[documents.a]]\nrole = "copy"\nfile = "a.txt"', "one of original, translation"),
        ('[[documents.a]]\nrole = "original"\nfile = "a.txt"\nfont = "b"', "file, role"),
        ('[[documents.a]]\nrole = "original"\nlanguage = "fr"\nfile = "a.txt"', "one of ru"),
        ('[[documents.a]]\nrole = "translation"\nfile = "a.txt"', "original"),
        (
            '[[documents.a]]\nrole = "original"\nfile = "a"\n[[documents.a]]\nrole = "original"\nfile = "b"',
            "one file at most",
        ),
        (
            '[[documents.a]]\nrole = "original"\nfile = "a"\n[[documents.b]]\nrole = "original"\nfile = "a"',
            "two documents",
        ),
        ('[[documents.a]]\nrole = "original"\nfile = "../../a.txt"', "leads out"),
    ],
)
def test_a_table_that_means_nothing_is_refused(text: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "collation.toml").write_text(text, encoding="utf-8")
    with pytest.raises(BadSettings, match=said):
        find_project(tmp_path)


# The commands.


def test_the_gate_names_the_file_and_line_of_a_place(pair: Path) -> None:
    result = run("check", "letter.en.txt", "--format", "json", "--exit-zero")
    data = json.loads(result.stdout)
    assert data["documents"] == ["letter.ru.txt"]
    for finding in data["findings"]:
        lines = (pair / finding["file"]).read_text(encoding="utf-8").split("\n")
        start, stop = finding["span"][0]
        text = (pair / finding["file"]).read_bytes().decode()
        assert lines[finding["line"] - 1][finding["column"] - 1 :].startswith(text[start:stop].split("\n")[0])
    again = run("check", ".", "--format", "sarif", "--exit-zero")
    results = json.loads(again.stdout)["runs"][0]["results"]
    places = [place["physicalLocation"] for r in results for place in (*r["locations"], *r.get("relatedLocations", ()))]
    assert {p["artifactLocation"]["uri"] for p in places} == {"letter.ru.txt", "letter.en.txt"}


def test_a_result_is_kept_for_files_of_the_same_kinds_only(tmp_path: Path) -> None:
    cache = open_cache(tmp_path / "cache", Settings(), own_version="1")

    def packed(name: str, *, alone: bool = False) -> DocumentBytes:
        texts = {"ru": RUSSIAN} if alone else {"ru": RUSSIAN, "en": ENGLISH}
        write(tmp_path, texts, name)
        roles = ("original", "translation")
        files = DocumentFiles(tuple(PartFile(tmp_path / name.format(c), r) for c, r in zip(texts, roles, strict=False)))
        return packed_up(files, [part.path.read_bytes() for part in files.parts])

    first = packed("one.{}.txt")
    cache.keep(first.data, examine(read_payload(first)))
    renamed, other = packed("two.{}.txt"), packed("three.{}.txt")
    found = cache.find(renamed.data, renamed.labels)
    assert found is not None and [p.label for p in found.source.parts] == list(renamed.labels[1:])
    assert cache.find(other.data, [*other.labels[:2], "three.en.text"]) is None
    only = packed("only.{}.txt", alone=True)
    cache.keep(only.data, examine(read_payload(only)))
    assert cache.find(only.data, only.labels) is not None


def test_a_line_of_each_file_is_explained(pair: Path) -> None:
    data = json.loads(run("check", ".", "--format", "json", "--exit-zero").stdout)
    (finding,) = [f for f in data["findings"] if f["lemma"] == "топорь"]
    told = run("explain", f"letter.ru.txt:{finding['line']}")
    assert (
        told.exit_code == 0 and "топорь" in told.stdout and told.stdout.startswith(f"letter.ru.txt:{finding['line']}")
    )
    english = run("explain", "letter.en.txt:1")
    assert english.exit_code == 0 and english.stdout.startswith("letter.en.txt:1")
    count = len((pair / "letter.en.txt").read_text(encoding="utf-8").splitlines())
    beyond = run("explain", f"letter.en.txt:{count + 9}")
    assert beyond.exit_code == 2 and "lines only" in beyond.stderr


@pytest.mark.parametrize("absolute", [False, True])
def test_files_of_one_name_are_written_apart(absolute: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project, out = tmp_path / "project", tmp_path / "out"
    rows = []
    for name, role, text in (
        ("ru", "original", "Он прпбыл в Москву 5 мая.\n"),
        ("en", "translation", "He arrived in Moscow on 5 May.\n"),
    ):
        path = project / name / "17.txt"
        path.parent.mkdir(parents=True)
        path.write_text(text, encoding="utf-8")
        file = path.as_posix() if absolute else f"{name}/17.txt"
        rows += ["[[documents.letter]]", f'role = "{role}"', f'file = "{file}"']
    (project / "collation.toml").write_text("\n".join(rows), encoding="utf-8")
    (tmp_path / "elsewhere").mkdir()
    monkeypatch.chdir(tmp_path / "elsewhere")
    result = run("apply", str(project / "ru" / "17.txt"), "--out", str(out))
    assert result.exit_code == 0, result.output
    for name, role in (("ru", "original"), ("en", "translation")):
        made = out / f"17.{role}.txt"
        assert made.read_bytes() == (project / name / "17.txt").read_bytes()
    again = read_files(Groups().of(out / "17.original.txt"))
    assert again.original and again.translation and "прпбыл" in again.file.text
    patches = run("apply", str(project / "ru" / "17.txt"), "--out", str(tmp_path / "patches"), "--diff")
    assert patches.exit_code == 0 and "nothing to patch" in patches.output


def test_files_of_a_table_are_said_as_a_user_writes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "texts", {"old": RUSSIAN, "new": ENGLISH}, "{}.txt")
    tables = [
        TABLE.format(siglum="", role=role, language="", file=f"texts/{name}.txt")
        for name, role in (("old", "original"), ("new", "translation"))
    ]
    (tmp_path / "collation.toml").write_text("\n".join(tables), encoding="utf-8")
    for name in ("texts/new.txt", str(tmp_path / "texts/new.txt")):
        document = read_document(Path(name), None, groups_for([name]))
        assert [part.label for part in document.file.parts] == ["texts/old.txt", "texts/new.txt"]
        told = run("explain", f"{name}:1")
        assert told.exit_code == 0 and told.stdout.startswith("texts/new.txt:1")
        assert run("explain", f"{name}:9").exit_code == 2


def test_each_file_is_applied_apart_and_rulings_of_one_file_hold_for_two(pair: Path) -> None:
    whole = read_file(seed("003")).source  # ruled on when it was one file
    made = [
        rule(whole.text, at(whole.text, words), reading, n=n, document=whole.id, digest=whole.digest)
        for n, (words, reading) in enumerate([("топорь", "теперь"), ("bourgeoisie", "BOURGEOISIE")])
        if words in whole.text
    ]
    keep_text(pair / "decisions", whole.digest, whole.text)
    append(log_path(pair / "decisions", "anna"), made)
    before = {name: (pair / name).read_bytes() for name in ("letter.ru.txt", "letter.en.txt")}
    result = run("apply", ".", "--out", "out")
    assert result.exit_code == 0 and f"emended: {len(made)}" in result.stdout
    assert (pair / "out" / "letter.ru.txt").read_bytes() == before["letter.ru.txt"].replace(
        "топорь".encode(), "теперь".encode()
    )
    english = (
        before["letter.en.txt"].replace(b"bourgeoisie", b"BOURGEOISIE", 1) if len(made) > 1 else before["letter.en.txt"]
    )
    assert (pair / "out" / "letter.en.txt").read_bytes() == english
    assert all((pair / name).read_bytes() == data for name, data in before.items())
    note = (pair / "out" / "letter.ru.note.en.md").read_text(encoding="utf-8")
    assert "letter.ru.txt, " in note and hashlib.sha256(english).hexdigest() in note
    diff = run("apply", ".", "--out", "diffs", "--diff")
    assert diff.exit_code == 0 and b"+++ b/letter.ru.txt" in (pair / "diffs" / "letter.ru.txt.patch").read_bytes()


def test_a_baseline_knows_the_places_of_both_files(pair: Path) -> None:
    assert run("baseline", "write", ".").exit_code == 0
    assert run("check", ".").exit_code == 0
    (pair / "letter.en.txt").write_bytes(b"- 7 -\n\n" + (pair / "letter.en.txt").read_bytes())
    again = run("check", ".", "--format", "json", "--exit-zero")
    assert {f["status"] for f in json.loads(again.stdout)["findings"]} == {"known"}


def test_a_translation_is_named_on_the_command_line(pair: Path) -> None:
    Path("other").mkdir()
    for code, name in (("ru", "scan.txt"), ("en", "english.txt")):
        Path("other", name).write_bytes(Path(f"letter.{code}.txt").read_bytes())
    named = ("--translation", "other/english.txt")
    checked = run("check", "other/scan.txt", *named, "--format", "json", "--exit-zero")
    assert {f["file"] for f in json.loads(checked.stdout)["findings"]} <= {"other/scan.txt", "other/english.txt"}
    assert json.loads(checked.stdout)["findings"]
    reported = run("report", "other/scan.txt", *named, "--out", "rep")
    assert reported.exit_code == 0 and "see rep" in reported.stdout
    assert run("align", "other/scan.txt", *named).exit_code == 0
    assert run("explain", "other/english.txt:1").exit_code == 2  # by itself it has no Russian
    two = run("check", "other/scan.txt", "letter.ru.txt", *named)
    assert two.exit_code == 2 and "goes with one document" in two.stderr


def test_the_library_reads_a_pair(pair: Path) -> None:
    document = co.read("letter.ru.txt")
    assert document.translation and [p.role for p in document.source.parts] == ["original", "translation"]
    assert co.read("letter.en.txt").text == document.text


def test_invisible_signs_lead_back_to_the_file(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        {"ru": "\ufeffПись\u00adмо министру.\n\n" + RUSSIAN, "en": "\ufeffLet\u200bter.\n\n" + ENGLISH},
        "a.{}.txt",
    )
    document = read_files(Groups().of(path))
    for witness in document.in_file(document.witnesses):
        for segment in witness.segments:
            for token in segment.tokens:
                start = token.start
                own = Path(document.file.label_at(start)).read_bytes().decode()
                there = document.file.offset_in_file(start)
                assert own[there] == document.file.text[start]
                assert own.split("\n")[document.file.line(start) - 1][document.file.column(start) - 1] == own[there]


def test_a_text_may_have_a_file_for_each_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence and a word run on over the end of a page; each file has its own lines, and its own edition."""
    monkeypatch.chdir(tmp_path)
    for folder, text in (
        ("1", "Он прпбыл в Москву. Вопрос был важ-\n"),
        ("2", "ным для обеих сторон.\nОтвет был скорым.\n"),
    ):
        Path(folder).mkdir()
        Path(folder, "p.txt").write_text(text, encoding="utf-8")
    Path("en.txt").write_text(
        "He arrived in Moscow. The question was important for both sides.\nThe answer was quick.\n", encoding="utf-8"
    )
    table = '[[documents.a]]\nrole = "original"\nfile = ["1/p.txt", "2/p.txt"]\n'
    table += '[[documents.a]]\nrole = "translation"\nfile = "en.txt"\n'
    Path("collation.toml").write_text(table, encoding="utf-8")
    project = find_project(tmp_path)
    (files,) = project.documents
    document = read_files(files)
    assert document.original and document.translation
    words = [token.text for token in document.original.words()]
    assert words == "Он прпбыл в Москву Вопрос был важным для обеих сторон Ответ был скорым".split()
    (first, *_) = document.original.segments
    assert "важным" in [token.text for token in first.tokens]
    at_answer = document.text.index("Ответ")
    assert (document.source.label_at(at_answer), document.source.line(at_answer)) == (
        Path("2/p.txt").resolve().as_posix(),
        2,
    )
    source = document.source
    made = rule(source.text, at(source.text, "прпбыл"), "прибыл", document=source.id, digest=source.digest)
    append(log_path(Path("decisions"), "anna"), [made])
    done = CliRunner().invoke(app, ["apply", "1/p.txt", "--out", "out"])
    assert done.exit_code == 0, done.output
    written = {path.name: path.read_text(encoding="utf-8") for path in Path("out").glob("*.txt")}
    assert written["p.original.1.txt"].startswith("Он прибыл") and written["p.original.2.txt"].startswith("ным для")
    Path("collation.toml").write_text(table.replace('"2/p.txt"', '"1/p.txt"'), encoding="utf-8")
    with pytest.raises(BadSettings, match=r"p\.txt"):
        find_project(tmp_path)


def test_an_original_of_the_table_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder lists it any more, and a check of the folder would pass without it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "d").mkdir()
    (tmp_path / "d/k.txt").write_text("Мы получили письмо.\n\nWe have received the letter.\n", encoding="utf-8")
    table = '[[documents.x]]\nfile = "d/x.txt"\nrole = "original"\n[[documents.x]]\nfile = "d/y.txt"\nrole = "translation"\n'
    (tmp_path / "collation.toml").write_text(table, encoding="utf-8")
    runner = CliRunner()
    for words in (
        ["check", "."],
        ["check", "d", "d/k.txt"],
        ["report", ".", "--out", "r"],
        ["apply", "d", "--out", "e"],
    ):
        done = runner.invoke(app, words)
        assert done.exit_code == 2 and done.stderr.count("d/x.txt: the file cannot be opened") == 1, words
    assert runner.invoke(app, ["check", "d/k.txt"]).exit_code == 0
    (tmp_path / "d/y.txt").write_text("We have received it.\n", encoding="utf-8")
    assert runner.invoke(app, ["check", "."]).stderr.count("d/x.txt") == 1
    (tmp_path / "collation.toml").write_text(f'exclude = ["d/x.txt"]\n{table}', encoding="utf-8")
    assert runner.invoke(app, ["check", "."]).exit_code == 0
