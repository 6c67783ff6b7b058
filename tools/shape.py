"""The shape of the package in figures: what a newcomer has to learn before finding a place.

    python -m tools.shape [--source src/collation] [--list]

Counted from the syntax trees alone; nothing of the package is imported. ``--list`` names what is behind the
figures that have an aim (repeated class names, upward imports, long files).
"""

from __future__ import annotations

import argparse
import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter
from pathlib import Path

LONG_FILE = 300
"""Lines beyond which a file probably holds two ideas (docs/architecture.md)."""


@dataclass
class Shape:
    """What was counted; every list is sorted, so that two runs print the same."""

    modules: dict[str, Path]
    imports: dict[str, set[str]]
    classes: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    functions: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    statements: int = 0
    constants: int = 0
    lines: dict[str, int] = field(default_factory=dict)


def measure(source: Path) -> Shape:
    """Count the package in a folder."""
    modules = {_module(path, source): path for path in sorted(source.rglob("*.py"))}
    shape = Shape(modules, {})
    for name, path in modules.items():
        text = path.read_text(encoding="utf-8")
        tree = ast.parse(text)
        shape.lines[name] = text.count("\n")
        shape.imports[name] = set(imported(tree, modules)) - {name}
        shape.statements += sum(isinstance(node, ast.stmt) for node in ast.walk(tree))
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                shape.classes[node.name].append(name)
            elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                shape.functions[node.name].append(name)
            elif not name.endswith("settings") and _is_numeric_constant(node):
                shape.constants += 1
    return shape


def imported(tree: ast.AST, modules: Mapping[str, object]) -> Iterator[str]:
    """The modules of the package that a tree imports, wherever in it the import is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                if full in modules:
                    yield full
                elif node.module in modules:
                    yield node.module


def depth(imports: Mapping[str, set[str]]) -> int:
    """How many files the longest chain of imports passes through. Raises graphlib.CycleError where they go in a circle."""
    found: dict[str, int] = {}
    for name in TopologicalSorter(imports).static_order():
        found[name] = 1 + max((found[other] for other in imports[name]), default=0)
    return max(found.values())


def arrows(imports: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Pairs of folders (or files at the top) of which the first imports the second."""
    return {(room(a), room(b)) for a, found in imports.items() for b in found if room(a) != room(b)}


def room(module: str) -> str:
    """The folder below the package, or the file at its top, that a module belongs to."""
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else parts[0]


def allowed_exceptions(layers: Path) -> int:
    """How many imports the test of the layers lets pass."""
    for node in ast.parse(layers.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "ALLOWED" for t in node.targets):
            return len(node.value.elts) if isinstance(node.value, ast.Set) else 0
    return 0


def _module(path: Path, source: Path) -> str:
    parts = [source.name, *path.relative_to(source).with_suffix("").parts]
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _is_numeric_constant(node: ast.stmt) -> bool:
    value = node.value if isinstance(node, ast.Assign | ast.AnnAssign) else None
    if isinstance(value, ast.UnaryOp):
        value = value.operand
    return (
        isinstance(value, ast.Constant) and isinstance(value.value, int | float) and not isinstance(value.value, bool)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--source", type=Path, default=Path("src/collation"))
    parser.add_argument("--layers", type=Path, default=Path("tests/test_layers.py"))
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    shape = measure(args.source)
    repeated = {n: m for n, m in shape.classes.items() if len(m) > 1}
    functions = {n: m for n, m in shape.functions.items() if len(m) > 1}
    long_files = {name: n for name, n in shape.lines.items() if n > LONG_FILE}
    top = sorted(p.name for p in args.source.glob("*.py"))
    rows = [
        ("files", len(shape.modules)),
        ("files at the top", len(top)),
        ("import depth", depth(shape.imports)),
        ("arrows between folders", len(arrows(shape.imports))),
        ("allowed exceptions to the layers", allowed_exceptions(args.layers) if args.layers.is_file() else 0),
        ("classes", sum(map(len, shape.classes.values()))),
        ("class names in two files or more", len(repeated)),
        ("public function names in two files or more", len(functions)),
        ("statements", shape.statements),
        ("numeric constants of modules outside settings", shape.constants),
        (f"files over {LONG_FILE} lines", len(long_files)),
    ]
    for label, value in rows:
        print(f"{label:<48}{value:>8,}")
    if args.list:
        print("\nat the top:", ", ".join(top))
        for name, found in sorted([*repeated.items(), *functions.items()]):
            print(f"{name}: {', '.join(found)}")
        for name, n in sorted(long_files.items()):
            print(f"{name}: {n} lines")


if __name__ == "__main__":
    main()
