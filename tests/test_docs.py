"""The documents keep up with the program: every command and option is described, every link leads somewhere."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tools.command_pages import commands
from tools.command_pages import page as reference
from typer.testing import CliRunner

from collation.commands.app import app
from collation.edition.edition_writers import EDITION_WRITERS
from collation.gate.formats import CHECK_WRITERS
from collation.writers import WRITERS

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)?(?:#([^)\s]+))?\)")
PATHS = re.compile(r"`([\w.{},*/-]+/[\w.{},*/-]*|[\w-]+\.(?:py|md|toml|tsv|json|counts|svg))`")
SHORT = (ROOT, ROOT / "docs", ROOT / "src" / "collation")
"""Where a path in the text of a document begins: at the root, beside the document, or in the package."""
OUTSIDE = re.compile(
    r"^(decisions|letters|edition|notes|gold|build|out|own|clean)/|^(own|folds)\.|^collation\.toml$|^gold\.jsonl?$"
)
"""Files of the reader's own, in examples."""
named = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


COMMANDS = dict(commands())
BY_HAND = "\n".join(page.read_text(encoding="utf-8") for page in PAGES if page.name != "commands.md")


def test_the_reference_of_the_commands_is_up_to_date() -> None:
    there = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert there == reference(), "what --help says has changed; make golden prints it"


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_is_told_of_with_its_options(path: str) -> None:
    group, _, last = path.rpartition(" ")
    assert path in BY_HAND or re.search(rf"{group} \S*\b{last}\b", BY_HAND), f"no page tells what “{path}” is for"
    if hasattr(COMMANDS[path], "commands"):
        return
    part = reference().split(f"## `{path} ")[-1].split("\n## ")[0]
    for parameter in COMMANDS[path].params:
        if parameter.name != "help":
            assert parameter.help, f"“{path}” has no help for {parameter.name}"
            names = [*parameter.opts, *parameter.secondary_opts] if parameter.param_type_name == "option" else []
            assert all(name in part for name in names)


@pytest.mark.parametrize(
    ("command", "formats"), [("report", WRITERS), ("check", CHECK_WRITERS), ("apply", EDITION_WRITERS)]
)
def test_the_help_names_every_format(command: str, formats: dict[str, object]) -> None:
    told = CliRunner().invoke(app, [command, "--help"]).output
    (listed,) = re.findall(r"--format (\S+)", told)
    assert re.split(r"[,|]", listed) == list(formats)


def anchors(page: Path) -> set[str]:
    """The anchors that GitHub makes of the headings of a page."""
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@named
def test_every_link_leads_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text(encoding="utf-8")):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        there = page.parent / target if target else page
        assert there.exists(), f"{target} does not exist"
        assert not anchor or anchor in anchors(there), f"{target} has no heading “{anchor}”"


@named
def test_every_path_that_is_named_exists(page: Path) -> None:
    """A path may begin at the root of the repository, beside the page, or in the package; braces are alternatives."""
    if page.name == "CHANGELOG.md" or page.parent.name == "rules":
        return  # one speaks of what there was, the others repeat docstrings that are part of what the gate writes
    for path in PATHS.findall(page.read_text(encoding="utf-8")):
        if OUTSIDE.search(path):
            continue
        for one in _alternatives(path):
            found = any(any(base.glob(one.rstrip("/"))) for base in (*SHORT, page.parent))
            found = found or any((ROOT / "src").rglob(one)) if "/" not in one else found
            assert found, f"{one} does not exist"


def _alternatives(path: str) -> list[str]:
    inner = re.search(r"\{([^}]*)\}", path)
    return [path.replace(inner[0], one) for one in inner[1].split(",")] if inner else [path]


def test_the_readme_names_every_page_of_docs() -> None:
    told = "\n".join(p.read_text(encoding="utf-8") for p in (ROOT / "README.md", ROOT / "CONTRIBUTING.md"))
    assert [p.name for p in (ROOT / "docs").glob("*.md") if f"docs/{p.name}" not in told] == []


@named
def test_no_page_names_the_machine_of_its_author(page: Path) -> None:
    assert not re.search(r"(?<![\w.~])/(?:work|home|root|tmp|Users)/", page.read_text(encoding="utf-8"))


def test_the_short_table_of_the_method_has_the_figures() -> None:
    """The few figures that docs/method.md repeats are those of docs/figures.md: F1 and false emendations of each set."""

    def rows(page: str) -> dict[str, list[str]]:
        lines = (ROOT / "docs" / page).read_text(encoding="utf-8").splitlines()
        cells = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
        return {name: values for name, *values in cells}

    figures, short = rows("figures.md"), rows("method.md")
    columns = {
        "the development set, with the English": "this tool",
        "the development set, without": "this tool without the English",
    }
    sets = ["24 documents misread by hand", "20 documents of our own, misread by hand, and the same sound"]
    for name, there, false in [
        *((name, there, 4) for name, there in columns.items()),
        *((name, name, 4) for name in [*sets, "71 published news texts, sound", "the five seeds"]),
    ]:
        assert short[name] == [figures[there][0], figures[there][false]], (
            f"{name}: renew the short table of docs/method.md"
        )


def test_commits_and_make_targets_are_those_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {t for t in targets - {"clean", "report"} if f"make {t}" not in told} == set()
    assert set(re.findall(r"make ([a-z]+(?:-[a-z]+)?)\b(?=`)", told)) <= targets
