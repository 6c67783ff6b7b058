"""The pages of the library can be made without a warning, and no public name is without its docstring."""

from __future__ import annotations

import ast
import inspect
import subprocess
import sys
from pathlib import Path

import pytest
from pdoc import extract
from tools.api import modules
from tools.shape import measure

import collation
from machine import PATIENCE
from test_layers import MODULES, name_of

ROOT = Path(__file__).parents[1]
WRITE = "import sys, pathlib; from tools.api import write; write(pathlib.Path(sys.argv[1]), 'collation')"


def about(name: str) -> str:
    """The docstring of a public name: its own or, of a value, the string below its assignment."""
    value = getattr(collation, name)
    if inspect.isclass(value) or inspect.isfunction(value):
        return inspect.getdoc(value) or ""
    source = ROOT / "src" / "collation" / collation._HOME[name].replace(".", "/")
    path = source / "__init__.py" if source.is_dir() else source.with_suffix(".py")
    body = ast.parse(path.read_text(encoding="utf-8")).body
    for node, after in zip(body, body[1:], strict=False):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        if any(isinstance(t, ast.Name) and t.id == name for t in targets):
            return str(ast.literal_eval(after.value)) if isinstance(after, ast.Expr) else ""
    return ""


@pytest.mark.parametrize("name", [name for name in collation.__all__ if name != "__version__"])
def test_a_public_name_has_a_docstring(name: str) -> None:
    assert about(name).strip()


def test_pdoc_makes_the_page_of_the_library_without_a_warning(tmp_path: Path) -> None:
    command = [sys.executable, "-W", "error", "-c", WRITE, str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", timeout=PATIENCE)
    assert done.returncode == 0 and not done.stderr, done.stderr
    page = (tmp_path / "collation.html").read_text(encoding="utf-8")
    assert all(f'id="{name}"' in page for name in collation.__all__)


def test_every_module_has_a_page_and_none_has_two() -> None:
    shown = [name for spec in modules() for name in extract.walk_specs([spec])]
    assert sorted(shown) == sorted(set(measure(ROOT / "src" / "collation").modules) - {"collation.__main__"})


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_a_module_begins_with_a_docstring(path: Path) -> None:
    """It is the module's line in the contents of the pages, and a room's sentence in the picture."""
    assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
