"""The documents keep up with the program: every command and option is told of, every link and path leads somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest
import typer

from collation.commands.app import app

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
ALL = "\n".join(page.read_text(encoding="utf-8") for page in PAGES)
OF_EACH = {"--encoding", "--lang", "--config", "--decisions", "--no-browse"}
"""Options of many commands, told of once; the page that tells of a command need not name them again."""
LINK = re.compile(r"\[[^\]]*\]\(([^)\s#]+)?(?:#([^)\s]+))?\)")
PATHS = re.compile(r"`([\w.{},*/-]+/[\w.{},*/-]*|[\w-]+\.(?:py|md|toml|tsv|json|counts|svg))`")
SHORT = (ROOT, ROOT / "docs", ROOT / "src" / "collation")
"""Where a path in the text of a document begins: at the root, beside the document, or in the package."""
OUTSIDE = re.compile(
    r"^(decisions|letters|edition|notes|gold|build|out|own|clean)/|^(own|folds)\.|^collation\.toml$|^gold\.jsonl?$"
)
"""Files of the reader's own, in examples."""
named = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())


def commands(of: click.Command, path: str = "collation") -> Iterator[tuple[str, click.Command]]:
    """Every command with the words that call it, the groups included."""
    yield path, of
    for name, inner in getattr(of, "commands", {}).items():
        yield from commands(inner, f"{path} {name}")


COMMANDS = dict(commands(typer.main.get_command(app)))


@pytest.mark.parametrize("path", COMMANDS)
def test_a_command_is_told_of_with_its_options(path: str) -> None:
    group, _, last = path.rpartition(" ")
    assert path in ALL or re.search(rf"{group} \S*\b{last}\b", ALL), f"no document names “{path}”"
    pages = [text for page in PAGES if path.split()[-1] in (text := page.read_text(encoding="utf-8"))]
    options = [o for p in COMMANDS[path].params for o in (*p.opts, *p.secondary_opts) if o.startswith("--")]
    missing = [o for o in options if not any(o in t for t in ([ALL] if o in OF_EACH else pages))]
    assert not missing, f"no document that speaks of “{path}” tells of {', '.join(missing)}"


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
    if page.name == "CHANGELOG.md":
        return  # it speaks of what there was
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


def test_commits_and_make_targets_are_those_of_the_makefile() -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    assert {t for t in targets - {"clean", "report"} if f"make {t}" not in told} == set()
    assert set(re.findall(r"make ([a-z]+(?:-[a-z]+)?)\b(?=`)", told)) <= targets
