"""The pages of the library and of every module below it, written by pdoc from the docstrings.

    python -m tools.api [--out build/docs]

The public names of ``collation`` are imported when they are first asked for; they are asked for here, so that pdoc sees
them on its first page, which also lists the modules with the first sentence of each.
"""

from __future__ import annotations

import argparse
import ast
from importlib import import_module
from pathlib import Path

import pdoc

from tools.shape import measure

ROOT = Path(__file__).parents[1]


def modules() -> list[str]:
    """What pdoc has to be given to show every module once: of a package that lists its names it shows no others."""
    found: list[str] = []
    covered = {"collation.__main__"}  # nothing but the start of the command line
    for name in measure(ROOT / "src" / "collation").modules:
        if name not in covered:
            found.append(name)
            covered |= set(pdoc.extract.walk_specs([name]))
    return found


def prepare() -> None:
    """Give pdoc the library with its public names resolved and a list of all modules."""
    library = import_module("collation")
    for name in library.__all__:
        setattr(library, name, getattr(library, name))
    library.__doc__ = f"{(library.__doc__ or '').strip()}\n\n## Modules\n{contents()}"


def contents() -> str:
    """A list of the modules, each with the first sentence of its docstring."""
    lines = []
    for name, path in measure(ROOT / "src" / "collation").modules.items():
        about = (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n\n")[0]
        if name.count(".") and not name.endswith("__main__"):
            lines.append(
                f"{'  ' * (name.count('.') - 1)}- [{name.rpartition('.')[2]}]({name.replace('.', '/')}.html): {' '.join(about.split())}"
            )
    return "\n".join(lines) + "\n"


def write(out: Path, *specs: str) -> None:
    """One page for each module, and a search over them. Warns of what pdoc cannot resolve."""
    prepare()
    pdoc.render.configure(docformat="markdown", show_source=True)
    pdoc.pdoc(*specs, output_directory=out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "docs")
    out = parser.parse_args().out
    write(out, *modules())
    print(f"Written: {out / 'index.html'}")


if __name__ == "__main__":
    main()
