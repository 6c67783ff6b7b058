"""Imports go down only, foreign libraries enter through files that are listed, and nothing below the command prints."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from collation.model.rule import Rule
from collation.rules import RULES

SOURCE = Path(__file__).parents[1] / "src" / "collation"

LAYERS = (
    {"__main__"},
    {"commands", "notebook"},
    {"review", "learning"},
    {"project"},
    {"gate", "edition", "pipeline"},
    {"reading", "writers", "rules", "judge"},
    {"decisions", "evidence"},
    {"alignment"},
    {"languages"},
    {"knowledge", "settings"},
    {"model", "errors"},
    {"system"},
)
ALLOWED: set[tuple[str, str]] = set()
"""Names on one line never import each other. An exception would be named here, with the reason in docs/architecture.md."""
# The files through which a foreign library enters; they turn its types into ours.
LIBRARIES: dict[str, set[str]] = {
    "collatex": {"alignment/witnesses.py"},
    "spellchecker": {"rules/lexical/spelling.py", "learning/english_words.py"},
    "pymorphy3": {"knowledge/words/morphology.py"},
    "wordfreq": {"learning/word_frequencies.py"},
    "simplemma": {"knowledge/words/english.py", "learning/english_words.py"},
    "charset_normalizer": {"reading/encoding.py"},
    "lxml": {
        "edition/as_word.py",
        "reading/from_alto.py",
        "reading/from_bilingual.py",
        "reading/from_docx.py",
        "reading/from_hocr.py",
        "reading/from_odt.py",
        "reading/from_page_xml.py",
        "reading/from_tei.py",
        "reading/page_engine.py",
        "reading/tei_edition.py",
        "review/word/returned.py",
        "system/untrusted.py",
        "writers/as_docx.py",
        "writers/as_tmx.py",
        "writers/tei/xml_tree.py",
        "writers/word/comments.py",
        "writers/word/word_elements.py",
        "writers/word/letter.py",
        "writers/word/marked.py",
        "writers/word/package.py",
    },
    "pypdfium2": set(),  # loaded by name where a PDF is read
    "tesserocr": set(),  # loaded by name where a page is read
    "PIL": set(),  # loaded by name where a page is opened or made
    "openpyxl": {"writers/as_sheet.py"},
    "jinja2": {"writers/as_html.py", "writers/compiled_templates.py", "review/web/pages.py"},
    "docx": {"writers/word/package.py"},
    "filelock": {"decisions/ruling_log.py", "decisions/move_logs.py"},
    "platformdirs": {"project/opening.py", "review/web/user_files.py"},
    "starlette": {
        "review/web/guard.py",
        "review/web/edition_api.py",
        "review/web/image_api.py",
        "review/web/requests.py",
        "review/web/server.py",
    },
    "uvicorn": {"review/web/server.py"},
    "scipy": {"learning/calibration.py"},
    "sklearn": {"learning/calibration.py", "learning/fitting.py", "learning/fault_weights.py"},
    "nltk": set(),  # of the benchmarks only
    "translate": set(),  # of the benchmarks only
}
EDGE = {"__main__", "commands", "review", "project", "system"}


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def imported(path: Path) -> Iterator[str]:
    """The modules a file imports, wherever in it the import is; a name of a package as package.name."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path.name}: imports are absolute"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def layer_of(name: str) -> int:
    found = [depth for depth, names in enumerate(LAYERS) if name in names]
    assert found, f"“{name}” has no layer: give it one in LAYERS"
    return found[0]


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def part_of(path: Path) -> str:
    return name_of(path).split("/")[0].removesuffix(".py")


MODULES = sorted(SOURCE.rglob("*.py"))
INNER = [path for path in MODULES if part_of(path) not in EDGE]
RULE_MODULES = [path for path in (SOURCE / "rules").glob("*/*.py") if path.name != "__init__.py"]
each_module = pytest.mark.parametrize("path", MODULES, ids=name_of)
each_inner_module = pytest.mark.parametrize("path", INNER, ids=name_of)
each_rule_module = pytest.mark.parametrize("path", sorted(RULE_MODULES), ids=name_of)


@each_module
def test_imports_go_down(path: Path) -> None:
    here = part_of(path)
    if here == "__init__":
        return  # the package itself may show anything
    for module in imported(path):
        package, _, rest = module.partition(".")
        there = rest.split(".")[0]
        if package != "collation" or there == here:
            continue
        if any(name_of(path).startswith(who) and module.startswith(what) for who, what in ALLOWED):
            continue
        assert layer_of(there) > layer_of(here), f"{here} imports {module}, which is not below it"


def test_no_imports_go_in_a_circle() -> None:
    """Imports under TYPE_CHECKING included; a circle raises CycleError, which names it."""
    modules = {
        "collation." + name_of(p).removesuffix(".py").removesuffix("/__init__").replace("/", "."): p for p in MODULES
    }
    graph = {
        name: {m for i in imported(p) for m in (i, i.rpartition(".")[0]) if m in modules} - {name}
        for name, p in modules.items()
    }
    order = list(
        TopologicalSorter(
            {name: {m for m in found if not name.startswith(m + ".")} for name, found in graph.items()}
        ).static_order()
    )
    assert len(order) == len(modules)


def family_of(name: str) -> str:
    """The folder of a module of the rules ("lexical"), "" for what all families share and for modules of other rooms."""
    found = name.removeprefix("collation.").replace("/", ".").split(".")
    return found[1] if found[0] == "rules" and (SOURCE / "rules" / found[1]).is_dir() else ""


@each_rule_module
def test_a_rule_knows_no_rule_of_another_family(path: Path) -> None:
    """What two families need is evidence (what can be asked of a document) or knowledge."""
    for module in imported(path):
        there = family_of(module)
        assert there in ("", family_of(name_of(path))), (
            f"{module} is of another family: move what is shared to evidence"
        )


@each_rule_module
def test_a_rule_runs_no_other_rule(path: Path) -> None:
    """What another rule proposes, and what it declares, is for the pipeline and the judge."""
    here = "collation." + name_of(path).removesuffix(".py").replace("/", ".")
    others = {rule.propose.__module__: {rule.propose.__name__, *declared(rule)} for rule in RULES}
    others = {module: names for module, names in others.items() if module != here}
    aliases = {
        alias.asname or alias.name: f"{node.module}.{alias.name}"
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    used = {name.rpartition(".")[::2] for name in aliases.values()}
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in aliases:
            used.add((aliases[node.value.id], node.attr))
    found = {f"{module}.{name}" for module, name in used if name in others.get(module, ())}
    assert not found, f"asks another rule for its doubts: {sorted(found)}"


def declared(rule: Rule) -> set[str]:
    """The names that the rules of a module have in it."""
    return {name for name, value in vars(sys.modules[rule.propose.__module__]).items() if isinstance(value, Rule)}


def test_every_allowed_exception_is_used() -> None:
    used = {(name_of(path), module) for path in MODULES for module in imported(path)}
    for who, what in ALLOWED:
        assert any(name.startswith(who) and module.startswith(what) for name, module in used), (who, what)


def test_a_file_name_occurs_once() -> None:
    """A file of a command is named as the command is, whatever the room that does the work calls its own."""
    seen: dict[str, str] = {}
    for path in MODULES:
        if path.name != "__init__.py" and part_of(path) != "commands":
            other = seen.setdefault(path.name, name_of(path))
            assert other == name_of(path), f"{other} and {name_of(path)}: name one of them by what it does"


@pytest.mark.parametrize("library", LIBRARIES)
def test_a_foreign_library_enters_where_it_is_listed(library: str) -> None:
    users = {name_of(path) for path in MODULES if library in {module.split(".")[0] for module in imported(path)}}
    assert users == LIBRARIES[library]


@each_inner_module
def test_nothing_below_the_edge_prints_or_asks_the_world(path: Path) -> None:
    forbidden = {"print", "input", "exit", "quit", "breakpoint"}
    asked = {"environ", "getenv", "now", "today", "perf_counter", "_exit"}
    if part_of(path) == "learning":
        asked -= {"today", "now"}  # a trained file carries its date
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            assert name not in forbidden, f"line {node.lineno}: {name}()"
        if isinstance(node, ast.Attribute):
            assert node.attr not in asked, f"line {node.lineno}: .{node.attr}"


@each_module
def test_one_module_prints_for_the_commands(path: Path) -> None:
    """What is printed past ``console.say`` could command a terminal or a program that runs checks."""
    if name_of(path) in ("system/console.py", "review/web/server.py"):  # web.py: print is what a caller may replace
        return
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute):
            assert node.attr not in {"echo", "secho", "print_exc", "print_exception"}, (
                f"line {node.lineno}: .{node.attr}"
            )
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            assert node.func.id != "print", f"line {node.lineno}: print()"
