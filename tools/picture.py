"""The picture of the architecture, drawn from the code: the rooms of the package in their layers, with their imports.

    python -m tools.picture [--out docs/architecture.svg]

The layers are those of ``tests/test_layers.py``, the arrows the imports, the sentence in a box the first of the room's own
docstring. An arrow that a chain of others implies is left out; ``drawn`` says which remain. The same code gives the same
bytes, and ``tests/test_picture.py`` fails when the file in docs/ is not what the code gives.
"""

from __future__ import annotations

import argparse
import ast
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from lxml import etree

from tools.layout import Layout, lay_out
from tools.shape import Shape, arrows, measure, room

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "collation"
LAYERS = ROOT / "tests" / "test_layers.py"
STEPS = ("reading", "alignment", "rules", "judge", "writers")
"""The straight pass through the rooms: file, Document, Aligned, hypotheses, Apparatus, text."""

WIDTH, BOX, GAP, MARGIN, BAND = 1160, 232, 40, 28, 10
LINE, HEAD, CHARS = 15, 30, 32
STYLE = """
.page { fill: #fbfaf7 } .band { fill: #f1eee7 } .box { fill: #ffffff; stroke: #b9b2a3 } .step { stroke: #9a3b26; stroke-width: 1.6 }
.name { fill: #22201c; font: 600 15px ui-sans-serif, system-ui, sans-serif } .badge { fill: #9a3b26 }
.number { fill: #ffffff; font: 600 11px ui-sans-serif, system-ui, sans-serif; text-anchor: middle }
.count { fill: #7a7365; font: 11px ui-sans-serif, system-ui, sans-serif; text-anchor: end }
.says { fill: #4a463d; font: 12px ui-sans-serif, system-ui, sans-serif } .inner { fill: #7a7365; font: italic 12px ui-sans-serif, system-ui, sans-serif }
.arrow { fill: none; stroke: #a39c8d; stroke-width: 1.3 } .tip { fill: #a39c8d }
.arrow:hover { stroke: #9a3b26; stroke-width: 2.4 }
@media (prefers-color-scheme: dark) {
.page { fill: #16181b } .band { fill: #1e2125 } .box { fill: #272b30; stroke: #555c66 } .step { stroke: #e08b6f }
.name { fill: #f0ede6 } .badge { fill: #e08b6f } .number { fill: #16181b } .count { fill: #9aa1ab } .says { fill: #ccd0d6 }
.inner { fill: #9aa1ab } .arrow { stroke: #6d7580 } .tip { fill: #6d7580 } .arrow:hover { stroke: #e08b6f }
}
"""


@dataclass(frozen=True, slots=True)
class Room:
    """A folder or a file at the top of the package: what its box says."""

    name: str
    says: tuple[str, ...]
    inner: str
    files: tuple[str, ...]


def layers(path: Path = LAYERS) -> tuple[tuple[str, ...], ...]:
    """The rooms of each layer, the highest first, as the test of the layers has them."""
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == "LAYERS" for t in node.targets):
            return tuple(tuple(sorted(names)) for names in ast.literal_eval(node.value))
    raise ValueError(f"there are no LAYERS in {path}")


def drawn(imports: set[tuple[str, str]]) -> set[tuple[str, str]]:
    """The imports that no chain of others implies: those that the picture shows."""
    below: dict[str, set[str]] = {}
    for upper, lower in imports:
        below.setdefault(upper, set()).add(lower)

    def reached(start: str) -> set[str]:
        found: set[str] = set()
        queue = list(below.get(start, ()))
        while queue:
            name = queue.pop()
            if name not in found:
                found.add(name)
                queue += below.get(name, ())
        return found

    return {(a, b) for a, b in imports if not any(b in reached(c) for c in below[a] - {b})}


def picture() -> str:
    """The picture as the text of an SVG file."""
    shape = measure(SOURCE)
    rows = [tuple(name for name in row if _files(shape, name)) for row in layers()]
    rows = [row for row in rows if row]
    rooms = {name: _room(shape, name) for row in rows for name in row}
    imports = {(a, b) for a, b in arrows(shape.imports) if a in rooms and b in rooms}
    shown = drawn(imports)
    layout = lay_out(rows, shown, box=BOX, thread=12, space=20, width=WIDTH - 2 * MARGIN)
    tops = _tops(layout, rooms)
    svg = _root(len(imports), len(shown), round(tops[-1][1] + MARGIN))
    for (top, bottom), row in zip(tops, layout.rows, strict=True):
        if any(name in rooms for name in row):
            _add(
                svg,
                "rect",
                "band",
                x=MARGIN / 2,
                y=top - BAND,
                width=WIDTH - MARGIN,
                height=bottom - top + 2 * BAND,
                rx=8,
            )
    for chain in layout.chains:
        _arrow(svg, chain, layout, tops, imports)
    for (top, bottom), row in zip(tops, layout.rows, strict=True):
        for name in row:
            if name in rooms:
                _box(svg, rooms[name], MARGIN + layout.x[name] - BOX / 2, top, bottom - top, imports)
    return etree.tostring(svg, pretty_print=True, encoding="unicode")


def _files(shape: Shape, name: str) -> tuple[str, ...]:
    return tuple(m for m in shape.modules if m != "collation" and room(m) == name)


def _room(shape: Shape, name: str) -> Room:
    files = _files(shape, name)
    home = f"collation.{name}"
    about = ast.get_docstring(ast.parse(shape.modules[home].read_text(encoding="utf-8"))) or ""
    inner = sorted({m.split(".")[2] for m in files if m.count(".") > 2})
    says = textwrap.wrap(about.split("\n\n")[0].replace("``", ""), CHARS)
    return Room(name, tuple(says), ", ".join(inner), files)


def _tops(layout: Layout, rooms: Mapping[str, Room]) -> list[tuple[float, float]]:
    """The upper and lower edge of the boxes of each layer."""
    found: list[tuple[float, float]] = []
    top: float = MARGIN + BAND
    for row in layout.rows:
        lines = max(len(r.says) + len(_inner(r)) for name in row if (r := rooms.get(name)))
        bottom = top + HEAD + lines * LINE + 8
        found.append((top, bottom))
        top = bottom + GAP + 2 * BAND
    return found


def _inner(of: Room) -> list[str]:
    return textwrap.wrap(of.inner, CHARS)


def _root(imports: int, shown: int, height: int) -> etree._Element:
    svg = etree.Element("svg", nsmap={None: "http://www.w3.org/2000/svg"})
    svg.set("viewBox", f"0 0 {WIDTH} {height}")
    svg.set("role", "img")
    etree.SubElement(svg, "title").text = "The rooms of the package in their layers"
    etree.SubElement(svg, "desc").text = (
        f"Imports go down only; rooms of one layer do not import each other. {shown} of {imports} arrows between rooms are "
        "drawn: the others follow from chains of these. The numbers are the straight pass of a document."
    )
    etree.SubElement(svg, "style").text = STYLE
    marker = etree.SubElement(etree.SubElement(svg, "defs"), "marker")
    for key, value in {
        "id": "tip",
        "viewBox": "0 0 8 8",
        "refX": "7",
        "refY": "4",
        "markerWidth": "7",
        "markerHeight": "7",
        "orient": "auto",
    }.items():
        marker.set(key, value)
    _add(marker, "path", "tip", d="M0,0 L8,4 L0,8 z")
    _add(svg, "rect", "page", x=0, y=0, width=WIDTH, height=height, rx=10)
    return svg


def _box(svg: etree._Element, of: Room, left: float, top: float, height: float, imports: set[tuple[str, str]]) -> None:
    group = etree.SubElement(svg, "g")
    below = ", ".join(sorted(b for a, b in imports if a == of.name)) or "nothing"
    etree.SubElement(group, "title").text = f"{of.name} imports {below}.\n" + "\n".join(_path(f) for f in of.files)
    _add(group, "rect", "box step" if of.name in STEPS else "box", x=left, y=top, width=BOX, height=height, rx=6)
    inset = 12
    if of.name in STEPS:
        _add(group, "circle", "badge", cx=left + 20, cy=top + 17, r=9)
        _add(group, "text", "number", STEPS.index(of.name) + 1, x=left + 20, y=top + 21)
        inset = 36
    _add(group, "text", "name", of.name, x=left + inset, y=top + 22)
    if len(of.files) > 1:
        _add(group, "text", "count", f"{len(of.files)} files", x=left + BOX - 12, y=top + 22)
    lines = [(text, "says") for text in of.says] + [(text, "inner") for text in _inner(of)]
    for n, (text, kind) in enumerate(lines):
        _add(group, "text", kind, text, x=left + 12, y=top + HEAD + 11 + n * LINE)


def _path(module: str) -> str:
    return module.removeprefix("collation.").replace(".", "/")


def _arrow(
    svg: etree._Element,
    chain: Sequence[str],
    layout: Layout,
    tops: Sequence[tuple[float, float]],
    imports: set[tuple[str, str]],
) -> None:
    """One import, from the lower edge of a box through the layers between to the upper edge of another."""
    steps: list[str] = []
    for upper, lower in pairwise(chain):
        start, stop = MARGIN + layout.leaves[upper, lower], MARGIN + layout.enters[upper, lower]
        up, down = tops[layout.depth[upper]], tops[layout.depth[lower]]
        middle = (up[1] + down[0]) / 2
        last = down[0] - 1 if lower == chain[-1] else down[0]
        steps.append(
            f"{'L' if steps else 'M'}{start:.0f},{up[1]:.0f} C{start:.0f},{middle:.0f} {stop:.0f},{middle:.0f} {stop:.0f},{last:.0f}"
        )
    line = _add(svg, "path", "arrow", d=" ".join(steps))
    line.set("marker-end", "url(#tip)")
    etree.SubElement(line, "title").text = f"{chain[0]} imports {chain[-1]}"


def _add(parent: etree._Element, tag: str, kind: str, text: object = None, **attributes: float | str) -> etree._Element:
    element = etree.SubElement(parent, tag)
    element.set("class", kind)
    for key, value in attributes.items():
        element.set(key, value if isinstance(value, str) else f"{value:.0f}")
    element.text = None if text is None else str(text)
    return element


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "architecture.svg")
    args = parser.parse_args()
    args.out.write_text(picture(), encoding="utf-8")


if __name__ == "__main__":
    main()
