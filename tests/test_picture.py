"""The picture of the architecture is what the code gives, and says of every room what it is for."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from lxml import etree
from tools.layout import lay_out
from tools.picture import STEPS, drawn, layers, picture

from test_layers import LAYERS, MODULES, part_of

FILE = Path(__file__).parents[1] / "docs" / "architecture.svg"
ROOMS = sorted({part_of(path) for path in MODULES} - {"__init__"})


@pytest.fixture(scope="module")
def svg() -> str:
    return picture()


def test_the_picture_is_up_to_date(svg: str) -> None:
    assert FILE.read_text(encoding="utf-8") == svg, "the rooms or their imports have changed; make golden draws them"


def test_every_room_is_drawn_and_says_what_it_is_for(svg: str) -> None:
    boxes = etree.fromstring(svg.encode()).findall("{*}g")
    said = {box.findtext("{*}text[@class='name']"): box.findtext("{*}text[@class='says']") for box in boxes}
    assert sorted(said) == ROOMS
    assert all(said.values()), "a room begins with a docstring: one sentence"
    assert set(STEPS) <= set(ROOMS)


def test_the_layers_are_those_of_the_test() -> None:
    assert [set(row) for row in layers()] == list(LAYERS)


def test_what_a_chain_implies_is_left_out() -> None:
    assert drawn({("a", "b"), ("b", "c"), ("a", "c"), ("a", "d")}) == {("a", "b"), ("b", "c"), ("a", "d")}


def test_boxes_do_not_touch_and_arrows_have_no_needless_crossing() -> None:
    layout = lay_out(
        [("a", "b"), ("c", "d"), ("e",)], {("a", "d"), ("b", "c"), ("a", "e")}, box=10, thread=2, space=3, width=60
    )
    assert [name for name in layout.rows[1] if name in "cd"] != [name for name in "cd" if layout.rows[0] == ("a", "b")]
    for row in layout.rows:
        wide = [2 if "|" in name else 10 for name in row]
        for (one, n), (other, m) in pairwise(zip(row, wide, strict=True)):
            assert layout.x[other] - layout.x[one] >= (n + m) / 2 + 3
