"""The gate: exit codes the same in every form, limits, baseline, cache, SARIF."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from collation.decisions.in_force import fold_rulings
from collation.errors import BadSettings
from collation.gate.as_github import MOST, check_github
from collation.gate.as_sarif import check_sarif
from collation.gate.findings import Rulings, judge_document, level_of
from collation.gate.limits import Limits
from collation.knowledge import dictionaries
from collation.knowledge.values.atoms import whole_number
from collation.model import Apparatus, Entry, Place
from collation.model.verdict import Finding, JudgedDocument, Judgement, RuleNote, Verdict
from collation.project.cache import Cache, basis_of
from collation.project.configuration import check_version, read_project
from collation.settings import Settings
from gate_repository import RIGHT, WRONG, found, letter, ruled, run, write
from made import at, entry, source_of

FORMATS = ("text", "full", "json", "sarif", "github")
NOBODY = Rulings(fold_rulings([]), {})


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty repository."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    monkeypatch.delenv("CI", raising=False)
    write(tmp_path / "collation.toml", "")
    return tmp_path


# exit codes


def _clean(root: Path) -> None:
    write(root / "d/a.txt", letter(RIGHT))


def _findings(root: Path) -> None:
    write(root / "d/a.txt", letter())


def _damaged_input(root: Path) -> None:
    _findings(root)
    write(root / "d/b.txt", b"")


def _damaged_baseline(root: Path) -> None:
    _clean(root)
    write(root / ".collation-baseline.json", '{"format": "collation-baseline", "version": 1, "findings": [{}]}')


def _damaged_log(root: Path) -> None:
    _clean(root)
    write(root / "decisions/anna.jsonl", "{}\n{}\n")


def _bad_settings(root: Path) -> None:
    _clean(root)
    write(root / "collation.toml", 'fail_on = "error"')


def _conflict(root: Path) -> None:
    text = letter()
    write(root / "d/a.txt", text)
    ruled(root, text, RIGHT)
    ruled(root, text, editor="boris", n=1)


def _orphan(root: Path) -> None:
    ruled(root, letter(above="Снег лежал повсюду.\n\n"), word="Снег")
    _clean(root)


SITUATIONS: dict[str, tuple[Callable[[Path], None], tuple[str, ...], int]] = {
    "clean": (_clean, (), 0),
    "findings": (_findings, (), 1),
    "findings waived": (_findings, ("--exit-zero",), 0),
    "too certain": (_findings, ("--min-confidence", "1"), 0),
    "other rules only": (_findings, ("--select", "VAL"), 0),
    "damaged input": (_damaged_input, (), 2),
    "damaged input, findings waived": (_damaged_input, ("--exit-zero",), 2),
    "bad option": (_clean, ("--fail-on", "fatal"), 2),
    "unknown rule": (_clean, ("--select", "LEXX"), 2),
    "bad settings": (_bad_settings, (), 2),
    "damaged baseline": (_damaged_baseline, (), 2),
    "no such baseline": (_clean, ("--baseline", "none.json"), 2),
    "damaged baseline, findings waived": (_damaged_baseline, ("--exit-zero",), 2),
    "damaged log": (_damaged_log, (), 2),
    "damaged log, findings waived": (_damaged_log, ("--exit-zero",), 2),
    "conflict": (_conflict, (), 1),
    "conflict waived": (_conflict, ("--exit-zero",), 0),
    "orphan": (_orphan, (), 1),
    "orphan waived": (_orphan, ("--exit-zero",), 0),
    "pinned to older rules": (_findings, ("--config", "old.toml"), 0),
    "another version required": (_findings, ("--config", "future.toml"), 2),
}


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_exit_code_is_the_same_in_every_form(here: Path, situation: str, form: str) -> None:
    arrange, options, expected = SITUATIONS[situation]
    arrange(here)
    write(here / "old.toml", 'rules = "2026.10"')
    write(here / "future.toml", 'required-version = ">=99"')
    code, out, err = run("check", "d", "--format", form, *options)
    assert code == expected, err
    assert "Traceback" not in err
    if form in ("json", "sarif") and out:
        json.loads(out)
    if expected == 1 and form != "sarif":
        assert "d/a.txt" in out


def _odd_documents(root: Path) -> None:
    """A document with a finding, and documents that something may fail at: endless figures wherever numbers are read."""
    _findings(root)
    endless = "7" * 4301
    for n, more in enumerate(
        (endless, f"{endless},5", f"№ {endless}", f"Лист № {endless}\n", f"{endless} г.", f"1.{endless}")
    ):
        write(root / f"d/odd{n}.txt", letter(RIGHT, number=500 + n, more=f"В отчёте стоит {more}.\n\n"))
    write(root / "d/odd9.txt", letter(RIGHT, number=509).replace("listy 65-67", f"listy {endless}-{endless}"))


def test_a_row_of_figures_without_end_hides_no_finding(here: Path) -> None:
    """Python refuses to read 4,301 figures as a number; such a row is none."""
    _odd_documents(here)
    for form in FORMATS:
        code, out, err = run("check", "d", "--format", form, "--no-cache")
        assert (code, "d/a.txt" in out, "Traceback" in err) == (1, True, False), err


@pytest.mark.parametrize("number", ["7" * 40, "7" * 41, "7" * 5000])
def test_a_number_has_forty_figures_at_most(number: str) -> None:
    assert whole_number(number) == (int(number) if len(number) <= 40 else None)


FAULTS = (
    ZeroDivisionError("x"),
    RecursionError("deep"),
    MemoryError(),
    UnicodeEncodeError("utf-8", "\ud800", 0, 1, "no"),
)


@pytest.mark.parametrize("error", FAULTS, ids=lambda e: type(e).__name__)
@pytest.mark.parametrize(
    "where", ["collation.pipeline.examine", "collation.project.run.judge_document", "collation.gate.as_text.line_of"]
)
@pytest.mark.parametrize("form", ["text", "github"])
def test_whatever_happens_in_one_document_the_others_are_told(
    here: Path, monkeypatch: pytest.MonkeyPatch, where: str, error: Exception, form: str
) -> None:
    """When it is examined, judged or written: its name, the fault and the others' findings are reported; the code is 2."""
    _findings(here)
    write(here / "d/b.txt", letter(number=223344))
    write(here / "d/c.txt", letter(number=334455))
    module, _, name = where.rpartition(".")
    right = getattr(import_module(module), name)

    def fails_in_b(one: Any, *rest: Any, **named: Any) -> Any:
        if "b.txt" in str(getattr(getattr(one, "source", one), "label", "")):
            raise error
        return right(one, *rest, **named)

    monkeypatch.setattr(where, fails_in_b)
    code, out, err = run("check", "d", "--format", form, "--no-cache")
    assert code == 2
    assert re.findall(r"^d/(.)\.txt:\d+", out, re.M) == ["a", "c"]
    assert "collation: d/b.txt: this is a fault of the program, not of the document; please report it" in err
    assert type(error).__name__ in err and "documents: 2" in err


def test_a_fault_at_the_baseline_leaves_it_as_it_is(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _findings(here)
    monkeypatch.setattr("collation.pipeline.examine", lambda *a, **k: 1 / 0)
    assert run("baseline", "write", "d", "--no-cache")[0] == 2
    assert not (here / ".collation-baseline.json").exists()


def _decisions_are_a_file(root: Path) -> None:
    _findings(root)
    write(root / "decisions", "x")


def _baseline_is_a_folder(root: Path) -> None:
    _findings(root)
    (root / ".collation-baseline.json").mkdir()


@pytest.mark.parametrize(
    ("arrange", "words", "said"),
    [
        (
            lambda root: write(root / "d/a.txt", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9),
            ("d",),
            "d/a.txt: this is an image, and images are not read",
        ),
        (lambda root: write(root / "d/a.txt", "Nothing but English.\n"), ("d",), "d/a.txt: there is no Russian text"),
        (lambda root: write(root / "d/readme.md", "Это не документ."), ("d",), "or .md file in this folder"),
        (lambda root: None, ("nowhere",), "nowhere: there is no such file"),
        (_clean, ("-",), "standard input cannot be checked"),
        (_clean, ("d", "--encoding", "nonsense"), "no encoding named “nonsense”"),
        (_clean, ("d", "--out", "no/such/report.txt"), "no/such/report.txt: the report cannot be written"),
        (_clean, ("d", "--changed-since", "HEAD"), "git: "),
        (_decisions_are_a_file, ("d",), "decisions: rulings are looked for here"),
        (_baseline_is_a_folder, ("d",), "the baseline cannot be read"),
    ],
)
def test_what_cannot_be_done_is_said_in_words(
    here: Path, arrange: Callable[[Path], object], words: tuple[str, ...], said: str
) -> None:
    arrange(here)
    before = {path for path in here.rglob("*") if path.is_file()}
    code, out, err = run("check", *words)
    assert (code, out) == (2, "") and said in err and "Traceback" not in err
    assert {path for path in here.rglob("*") if path.is_file()} == before


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "utf-16"])
def test_other_encodings_are_checked_by_their_characters(here: Path, encoding: str) -> None:
    write(here / "d/a.txt", letter().encode(encoding))
    assert found("d")[0][:2] == ("d/a.txt", WRONG)


def test_a_text_of_mixed_scripts_and_signs_without_width_can_be_told_in_every_form(here: Path) -> None:
    write(here / "d/a.txt", letter(more="В Mоскве 中文 العربية 한국어 😀 e\u0301 \u202eабв\u202c \u200bпрпбыл.\n\n"))
    for form in FORMATS:
        code, out, err = run("check", "d", "--format", form)
        assert code == 1 and WRONG in out, err


def test_a_summary_of_the_step_that_cannot_be_written_is_said(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _clean(here)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "no/such/file"))
    code, _, err = run("check", "d", "--format", "github")
    assert code == 2 and "summary of the step cannot be written" in err and "Traceback" not in err


def test_standard_output_is_the_report_alone_and_can_go_to_a_file(here: Path) -> None:
    _findings(here)
    code, out, err = run("check", "d", "--out", "report.json", "--format", "json")
    assert (code, out) == (1, "") and "in the way" in err
    assert json.loads((here / "report.json").read_text(encoding="utf-8"))["exit"] == 1


def test_the_summary_counts_what_newer_rules_would_bring(here: Path) -> None:
    _findings(here)
    write(here / "collation.toml", 'rules = "2026.10"\n[levels]\nLEX = "error"\nCTX = "error"\n')
    code, out, err = run("check", "d", "--fail-on", "note")
    assert code == 0 and "warning" in out and "newer" in out
    assert "rules newer than 2026.10 would bring: 1" in err


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("collation.toml", "[ceiling]\nall = 1", "“ceilings” meant"),
        ("collation.toml", 'ignore = ["LEX999"]', "there is no rule “LEX999”"),
        ("collation.toml", 'fail-on = "note"\n[tool.collation]\nrules = "2026.11"', "keep one of the two"),
        ("collation.toml", "fail-on = [", "cannot be read"),
        ("pyproject.toml", "[tool.collation]\nselekt = []", "“select” meant"),
    ],
)
def test_settings_that_would_be_passed_over_stop_the_check(here: Path, name: str, text: str, said: str) -> None:
    _clean(here)
    (here / "collation.toml").unlink()
    write(here / name, text)
    code, out, err = run("check", "d")
    assert (code, out) == (2, "") and said in err and name in err


def test_a_pattern_that_fits_nothing_is_told_by_the_check_and_by_doctor(here: Path) -> None:
    _clean(here)
    for text in ('exclude = [""]', 'exclude = ["."]', '[per-file-ignores]\n"" = ["LEX"]'):
        write(here / "collation.toml", text)
        for command in ("check", "doctor"):
            code, out, err = run(command, "d")
            assert code == 2 and "given patterns of paths" in out + err and "Traceback" not in err


# limits


def _apparatus(*entries: Entry, text: str, document: str = "d1") -> Apparatus:
    return Apparatus(source_of(text, document), (), entries, (), (), ())


TEXT = "Он прпбыл в Москву и молчал.\n"
HERE = entry(TEXT, at(TEXT, "прпбыл"), "прибыл")
QUERY = replace(HERE, tier="query", probability=0.4)


@pytest.mark.parametrize(
    ("limits", "one", "fails"),
    [
        (Limits(), HERE, True),
        (Limits(), QUERY, False),
        (Limits(fail_on="warning"), QUERY, True),
        (Limits(ceilings=(("all", 0.4),)), QUERY, True),
        (Limits(ceilings=(("LEX", 0.41),)), QUERY, False),
        (Limits(levels=(("LEX", "warning"),)), HERE, False),
        (Limits(levels=(("LEX", "warning"), ("LEX101", "error"))), HERE, True),
        (Limits(per_file=(("d1.*", ("LEX",)),)), HERE, False),
        (Limits(ignore=("LEX1",)), HERE, False),
        (Limits(rules="2026.11"), HERE, True),
        (Limits(rules="2026.10"), HERE, False),
        (Limits(rules="2026.9", fail_on="note"), HERE, False),
    ],
)
def test_limits(limits: Limits, one: Entry, fails: bool) -> None:
    judged = judge_document(_apparatus(one, text=TEXT), NOBODY, limits, since={"LEX101": "2026.11"})
    assert judged.fails is fails


def test_the_longest_name_of_a_rule_decides_its_level() -> None:
    limits = Limits(levels=(("all", "note"), ("LEX101", "error"), ("LEX", "warning")))
    assert [level_of(replace(HERE, code=c), limits) for c in ("LEX101", "LEX102", "VAL501")] == [
        "error",
        "warning",
        "note",
    ]


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ({"fail_on": "error"}, "“fail-on” meant"),
        ({"ceiling": {}}, "“ceilings” meant"),
        ({"fail-on": "fatal"}, "error, warning"),
        ({"levels": {"LEX": "fatal"}}, "levels.LEX"),
        ({"ceilings": {"all": 2}}, "from 0 to 1"),
        ({"select": "LEX"}, "list"),
        ({"min-confidence": True}, "from 0 to 1"),
        ({"rules": "new"}, "2026.11"),
        ({"per-file-ignores": {"*": "LEX"}}, "list"),
        ({"per-file-ignores": {"d/*": ["LEX"], "": ["LEX"]}}, "“per-file-ignores” must be given patterns"),
        ({"per-file-ignores": {"./": ["LEX"]}}, "and “./” is none"),
        ({"exclude": ["d/*", ""]}, "“exclude” must be given patterns"),
        ({"exclude": ["."]}, "and “.” is none"),
    ],
)
def test_settings_that_mean_nothing_are_refused(table: dict[str, object], said: str) -> None:
    with pytest.raises(BadSettings, match=said) as caught:
        read_project(table, Path("collation.toml"))
    assert caught.value.path == "collation.toml"


@pytest.mark.parametrize(
    ("wanted", "fits"),
    [
        ("", True),
        (">=0.1", True),
        (">=0.1, <0.2", True),
        ("0.1", True),
        ("<0.1", False),
        (">0.1.3", False),
        ("new", False),
    ],
)
def test_the_required_version(wanted: str, fits: bool) -> None:
    project = read_project({"required-version": wanted}, Path("collation.toml"))
    if fits:
        check_version(project, "0.1.0")
    else:
        with pytest.raises(BadSettings):
            check_version(project, "0.1.0")


def test_show_settings_can_be_read_again(here: Path) -> None:
    write(here / "collation.toml", 'rules = "2026.11"\n[levels]\nLEX = "warning"\n[ceilings]\nall = 0.8\n')
    code, out, _ = run("check", "--show-settings")
    assert code == 0
    write(here / "collation.toml", "\n".join(line for line in out.splitlines() if not line.endswith('""')))
    assert run("check", "--show-settings")[1].splitlines()[1:] == out.splitlines()[1:]


# the cache


def test_whatever_can_change_a_result_misses_the_cache(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    basis = basis_of(Settings(), "1")
    assert basis == basis_of(Settings(), "1")
    others = {basis_of(Settings(), "2"), basis_of(Settings(query=0.3), "1")}
    model = write(here / "model.json", "one")
    others.add(basis_of(Settings(weights=model), "1"))
    write(model, "two")
    others.add(basis_of(Settings(weights=model), "1"))
    monkeypatch.setattr(dictionaries, "version", lambda: "another")
    others.add(basis_of(Settings(), "1"))
    assert len(others - {basis}) == 5


@pytest.mark.parametrize(
    "name", ["period.counts", "translation.tsv", "weights.json", "name_trees.json", "another.arrays"]
)
def test_a_learned_file_that_ships_with_the_program_changes_the_basis(
    here: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(dictionaries, "data_file", lambda n: here / "data" / n)
    write(here / "data" / name, "one")
    before = basis_of(Settings(), "1")
    write(here / "data" / name, "two")
    assert basis_of(Settings(), "1") != before


@pytest.fixture
def two_letters(here: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Two letters, examined with weights and dictionaries of their own; the results are kept in a new cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(here / ".cache"))
    shutil.copy(dictionaries.data_file("weights.json"), here / "weights.json")
    shutil.copytree(dictionaries.folder(), here / ".words")
    monkeypatch.setattr(dictionaries, "folder", lambda: here / ".words")
    dictionaries.version.cache_clear()
    write(here / "collation.toml", 'weights = "weights.json"\n')
    for number in (1, 2):
        write(here / f"d/{number}.txt", letter(number=number))
    assert _from_cache() == 0 and _from_cache() == 2
    yield here
    dictionaries.version.cache_clear()


def _from_cache() -> int:
    dictionaries.version.cache_clear()
    _, _, err = run("check", "d")
    said = re.search(r"\((\d+) from the cache\)", err)
    return int(said[1]) if said else 0


def _append(path: Path, text: str) -> None:
    with path.open("a", encoding="utf-8") as file:
        file.write(text)


CHANGES: dict[str, tuple[Callable[[Path], object], int]] = {
    "the content of one": (lambda root: _append(root / "d/1.txt", "\n"), 1),
    "its name alone": (lambda root: (root / "d/1.txt").rename(root / "d/3.txt"), 2),
    "a setting of the examination": (lambda root: _append(root / "collation.toml", "query = 0.3\n"), 0),
    "a setting of the gate": (lambda root: _append(root / "collation.toml", 'ignore = ["VAL"]\n'), 2),
    "the model file": (lambda root: _append(root / "weights.json", " "), 0),
    "a dictionary": (lambda root: _append(root / ".words/sounds.tsv", "# one line more\n"), 0),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_cache_answers_only_what_has_not_changed(two_letters: Path, change: str) -> None:
    act, expected = CHANGES[change]
    act(two_letters)
    assert _from_cache() == expected
    assert _from_cache() == 2


def test_another_version_examines_again(two_letters: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("collation.project.opening.own_version", lambda: "0.1.1")
    assert _from_cache() == 0


def test_a_result_is_found_by_its_content_under_its_new_name(here: Path) -> None:
    from collation.pipeline import examine
    from collation.reading import read_bytes

    data = TEXT.encode()
    apparatus = examine(read_bytes(data, label="a.txt"))
    cache = Cache(here / "results", "basis")
    cache.keep(data, apparatus)
    moved = cache.find(data, ["b.txt"])
    assert moved is not None and moved.source.label == "b.txt" and moved.entries == apparatus.entries
    assert cache.find(data + b" ", ["a.txt"]) is None
    assert Cache(here / "results", "other").find(data, ["a.txt"]) is None
    for path in (here / "results").rglob("*.result"):
        write(path, "{")
    assert cache.find(data, ["a.txt"]) is None


@pytest.mark.parametrize("damage", ["emptied", "changed", "cut", "deep", "unpacked", "none"])
def test_a_damaged_result_is_found_by_its_digest(here: Path, damage: str) -> None:
    """An entry without its findings would let everything through; one letter changed would name another place."""
    from collation.pipeline import examine
    from collation.reading import read_bytes

    data = letter().encode()
    cache = Cache(here / "results", "basis")
    cache.keep(data, examine(read_bytes(data, label="a.txt")))
    (path,) = (here / "results").rglob("*.result")
    kept = path.read_bytes()
    head, _, body = kept.partition(b"\n")
    text = zlib.decompress(body)
    emptied = zlib.compress(json.dumps({**json.loads(text), "entries": []}).encode())
    damaged = {
        "emptied": head + b"\n" + emptied,
        "changed": head + b"\n" + zlib.compress(text.replace(WRONG.encode(), RIGHT.encode(), 1)),
        "cut": kept[:-1],
        "deep": head + b"\n" + b"[" * 200_000,
        "unpacked": head + b"\n" + text,
        "none": kept,
    }
    write(path, damaged[damage])
    assert (cache.find(data, ["a.txt"]) is None) is (damage != "none")


@pytest.mark.skipif(os.name != "posix", reason="pipes and links as POSIX has them")
@pytest.mark.parametrize("what", ["pipe", "endless", "folder"])
def test_what_is_no_file_in_the_cache_is_no_result(two_letters: Path, what: str) -> None:
    for path in (two_letters / ".cache").rglob("*.result"):
        path.unlink()
        if what == "pipe":
            os.mkfifo(path)
        elif what == "endless":
            path.symlink_to("/dev/zero")
        else:
            path.mkdir()
    assert _from_cache() == 0


def test_the_cache_is_bounded(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of each folder the newest stay, so many and so large; the one just kept always does."""
    from collation.pipeline import examine
    from collation.reading import read_bytes

    monkeypatch.setattr("collation.project.cache._KEPT", 2)
    monkeypatch.setattr("collation.project.cache.digest_of", lambda parts: "aa" + "".join(parts)[-20:])
    apparatus = examine(read_bytes(TEXT.encode(), label="a.txt"))
    cache = Cache(here / "results", "basis")
    for n in range(5):
        cache.keep(str(n).encode(), apparatus)
        for age, path in enumerate((here / "results/aa").iterdir()):
            os.utime(path, (n, n) if path.stat().st_mtime > 1000 else None if age < 0 else (path.stat().st_mtime,) * 2)
    assert len(list((here / "results").rglob("*.*"))) == 2
    monkeypatch.setattr("collation.project.cache._KEPT_BYTES", 1)
    cache.keep(b"last", apparatus)
    assert len(list((here / "results").rglob("*.*"))) == 1


@pytest.mark.parametrize(
    ("ci", "asked", "used"),
    [
        ("", (), True),
        ("true", (), False),
        ("1", (), False),
        ("false", (), True),
        ("true", ("--cache",), True),
        ("", ("--no-cache",), False),
    ],
)
def test_where_others_may_have_filled_the_cache_it_is_used_when_asked_for(
    two_letters: Path, monkeypatch: pytest.MonkeyPatch, ci: str, asked: tuple[str, ...], used: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    _, _, err = run("check", "d", *asked)
    assert ("2 from the cache" in err) is used


# SARIF and GitHub


def _many(count: int) -> Verdict:
    text = "прпбыл " * count
    source = source_of(text)
    found = tuple(
        Finding(
            entry(text, Place.at(7 * i, 7 * i + 6), "прибыл", number=i),
            "error",
            "open",
            ("level",),
            fingerprint=f"{i:08}",
        )
        for i in range(count)
    )
    return Verdict((JudgedDocument(source, found),), version="0.1.0")


LINE = "Он прпбыл в Москву 𝄞 и молчал, о чём донёс топорь.\nHe came to Moscow.\n\n"


def _collection(documents: int, each: int) -> Verdict:
    """Documents out of order, as a hasty caller would give them: some findings settled, some known, some in doubt."""
    listed = []
    for number in reversed(range(documents)):
        text = LINE * (each // 2)
        entries = []
        for i in range(each // 2):
            base = i * len(LINE)
            first, second = (
                Place.at(base + LINE.index(w), base + LINE.index(w) + len(w)) for w in ("прпбыл", "топорь")
            )
            english = Place.at(base + LINE.index("came"), base + LINE.index("came") + 4)
            entries.append(entry(text, first, "прибыл", "пребыл", number=2 * i, opposite=(english,)))
            entries.append(entry(text, second, number=2 * i + 1, code="CTX201", family="CTX"))
        listed.append(judge_document(_apparatus(*entries, text=text, document=f"d{number:02}"), NOBODY, Limits()))
    mixed = tuple(replace(d, findings=tuple(_varied(i, f) for i, f in enumerate(d.findings))) for d in listed)
    return Verdict(mixed, version="0.1.0", rules=(RuleNote("LEX101", "non-word error", "A word.", "Why."),))


def _varied(number: int, finding: Finding) -> Finding:
    if number % 10 == 0:
        return replace(finding, status="settled", causes=(), judgement=Judgement("stands", "anna", "Так."))
    return replace(finding, status="known", causes=()) if number % 10 == 1 else finding


def test_sarif_of_five_thousand_findings_validates_and_stays_sorted_and_compact() -> None:
    text = check_sarif(_collection(20, 250))
    assert text == json.dumps(json.loads(text), ensure_ascii=False, separators=(",", ":")) + "\n"
    assert len(gzip.compress(text.encode())) < 10_000_000 / 4 and len(text.encode()) < 1000 * 5000
    log = json.loads(text)
    run_, results = log["runs"][0], log["runs"][0]["results"]
    assert len(results) == 5000 and run_["columnKind"] == "unicodeCodePoints"
    spots = [r["locations"][0]["physicalLocation"] for r in results]
    order = [(s["artifactLocation"]["uri"], s["region"]["charOffset"]) for s in spots]
    assert order == sorted(order) and order[0][0] == "d00.txt"
    assert [r["id"] for r in run_["tool"]["driver"]["rules"]] == ["CTX201", "LEX101"]
    assert all(run_["tool"]["driver"]["rules"][r["ruleIndex"]]["id"] == r["ruleId"] for r in results)
    for name in ("collationFinding/v1", "collationSurroundings/v1"):
        assert all(r["partialFingerprints"][name] for r in results)
    assert len({r["partialFingerprints"]["collationFinding/v1"] for r in results}) == 5000
    assert Counter(r["baselineState"] for r in results) == {"new": 4500, "unchanged": 500}
    assert sum("suppressions" in r for r in results) == 1000
    assert all(_said(s["region"]) in ("прпбыл", "топорь") for s in spots)
    assert text == check_sarif(_collection(20, 250))
    _validate(json.loads(check_sarif(_collection(4, 50))))  # the same kinds of findings: each of 5,000 costs as much


def _said(region: dict[str, int]) -> str:
    """The words of a region by its line and columns, which count code points: 𝄞 is one."""
    line = LINE.splitlines()[(region["startLine"] - 1) % 3]
    return line[region["startColumn"] - 1 : region["endColumn"] - 1]


def test_sarif_marks_what_is_settled_and_known(here: Path) -> None:
    text = letter()
    write(here / "d/a.txt", text)
    assert run("baseline", "write", "d")[0] == 0
    known = json.loads(run("check", "d", "--format", "sarif")[1])
    _validate(known)
    result = known["runs"][0]["results"][0]
    assert result["baselineState"] == "unchanged" and result["suppressions"]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert text.splitlines()[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == WRONG
    assert result["fixes"][0]["artifactChanges"][0]["replacements"][0]["insertedContent"]["text"] == RIGHT
    ruled(here, text, note="Так в документе.", verdict="stands")
    settled = json.loads(run("check", "d", "--format", "sarif")[1])["runs"][0]["results"][0]
    assert "Так в документе." in settled["suppressions"][0]["justification"]
    assert settled["partialFingerprints"] == result["partialFingerprints"]


def _validate(log: object) -> None:
    bench = os.environ.get("COLLATION_BENCH")
    schema = Path(bench, "..", "schemas", "sarif-2.1.0.json") if bench else None
    if schema is not None and schema.is_file():
        import jsonschema

        kind = json.loads(schema.read_text(encoding="utf-8"))
        jsonschema.validators.validator_for(kind)(kind).validate(log)


def test_annotations_stop_at_the_limit_and_say_so() -> None:
    out = check_github(_many(25)).splitlines()
    assert sum(line.startswith("::error ") for line in out) == MOST
    assert "10 of 25" in out[MOST] and len(out) == MOST + 1 + 25


def test_what_fails_without_a_finding_is_annotated_first(here: Path) -> None:
    _orphan(here)
    write(here / "d/b.txt", b"")
    code, out, _ = run("check", "d", "--format", "github")
    assert code == 2
    assert [line.split("::")[1].split(" ")[0] for line in out.splitlines()[:2]] == ["error", "error"]
    assert "b.txt" in out.splitlines()[0] and "Снег" in out.splitlines()[1]


def test_the_summary_of_the_step_is_written(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _findings(here)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(here / "summary.md"))
    assert run("check", "d", "--format", "github")[0] == 1
    assert WRONG in (here / "summary.md").read_text(encoding="utf-8")


def test_doctor_tells_that_all_is_whole(here: Path) -> None:
    ruled(here, letter(), RIGHT)
    code, out, _ = run("doctor")
    assert code == 0 and "BAD" not in out
    said = (
        "collation ",
        "pymorphy3 ",
        "dictionaries: ",
        "weights: of ",
        "language model: ",
        "settings: ",
        "baseline: none",
    )
    for words in (*said, "anna.jsonl: 1", "reviewed texts: 1 of 1 kept"):
        assert words in out


def _bad_weights(root: Path) -> None:
    write(root / "collation.toml", f'weights = "{write(root / "w.json", "{}").name}"')


def _no_model(root: Path) -> None:
    write(root / "collation.toml", 'language-model = "none.counts"')


def _other_text(root: Path) -> None:
    made = ruled(root, letter(), RIGHT)
    write(root / f"decisions/texts/{made.digest}.reviewed", letter()[40:])


@pytest.mark.parametrize(
    ("arrange", "said"),
    [
        (_damaged_log, "anna.jsonl"),
        (_damaged_baseline, ".collation-baseline.json"),
        (_bad_settings, "“fail-on” meant"),
        (_bad_weights, "weights: "),
        (_no_model, "none.counts is missing"),
        (_other_text, "is not the text that was ruled on"),
    ],
)
def test_doctor_tells_what_is_damaged_and_the_rest_all_the_same(
    here: Path, arrange: Callable[[Path], object], said: str
) -> None:
    arrange(here)
    code, out, err = run("doctor")
    bad = [line for line in out.splitlines() if line.startswith("BAD")]
    assert (code, err) == (2, "") and len(bad) == 1 and said in bad[0]
    assert out.count("\n") > 10


def test_doctor_looks_into_the_dictionaries(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(here / "words/empty.tsv", "# what: nothing\n# columns: a, b\n")
    write(here / "words/wide.tsv", "# columns: a, b\nодин\tone\tmore\n")
    write(here / "words/good.tsv", "# columns: a, b\nодин\tone\n")
    monkeypatch.setattr(dictionaries, "folder", lambda: here / "words")
    code, out, _ = run("doctor")
    bad = [line for line in out.splitlines() if line.startswith("BAD")]
    assert code == 2 and len(bad) == 2
    assert "empty.tsv" in bad[0] and "wide.tsv" in bad[1] and "dictionaries: 1 files" in out


def test_found_helper_sees_the_status(here: Path) -> None:
    _findings(here)
    assert [(w, s) for _, w, s, _ in found("d")] == [(WRONG, "open")]
