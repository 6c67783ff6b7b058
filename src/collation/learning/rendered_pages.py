"""Texts set as page images and worn: what a page says is learned from them, and measured on them.

No page here is a scan: letters are those of a font, wear is blur, grain, ink that is missing or too much, and a sheet that
lies askew. All choices come from one seed. The fonts are the system's; Pillow finds them by name.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from io import BytesIO
from typing import Any

import numpy as np

from collation.system.untrusted import library

FACES = ("LiberationMono-Regular.ttf", "DejaVuSerif.ttf")
"""A typewriter's face and one of print."""
_SIZE = 34  # pixels: twelve points at 200 dpi
_MARGIN = 120  # pixels
_LEADING = 1.5  # heights of a letter from line to line
_COLUMNS = 64  # signs of a line
_LINES = 48  # of a page
_INK = 30  # of 255


@dataclass(frozen=True, slots=True)
class Wear:
    """How worn a page is: the radius of the blur in pixels, the spread of the grain, the shares of ink that is missing and of
    specks, and how far it lies askew in degrees.
    """

    blur: float
    grain: float
    broken: float
    specks: float
    skew: float


WEARS = {
    "light": Wear(0.8, 6, 0.02, 0.0003, 0.15),
    "moderate": Wear(1.2, 12, 0.09, 0.001, 0.3),
    "heavy": Wear(1.5, 20, 0.19, 0.002, 0.5),
}


def page_pngs(text: str, *, face: str, wear: Wear, seed: int) -> list[bytes]:
    """The pages of a text as PNG files."""
    rows: list[str] = []
    for paragraph in text.split("\n\n"):
        for line in paragraph.split("\n"):
            rows += textwrap.wrap(line, _COLUMNS, break_long_words=False, break_on_hyphens=False)
        rows.append("")
    rows = rows[:-1] if rows and not rows[-1] else rows
    parts = [rows[i : i + _LINES] for i in range(0, len(rows), _LINES)]
    return [_png(_worn(_set(part, face), wear, seed + 1000 * number)) for number, part in enumerate(parts)]


def _set(rows: list[str], face: str) -> Any:
    image, draw, fonts = (library(f"PIL.{name}", extra="page") for name in ("Image", "ImageDraw", "ImageFont"))
    font = fonts.truetype(face, _SIZE)
    width = max(int(font.getlength(row)) for row in rows) + 2 * _MARGIN
    step = int(_SIZE * _LEADING)
    page = image.new("L", (width, len(rows) * step + 2 * _MARGIN), 255)
    pen = draw.Draw(page)
    for number, row in enumerate(rows):
        pen.text((_MARGIN, _MARGIN + number * step), row, font=font, fill=_INK)
    return page


def _worn(page: Any, wear: Wear, seed: int) -> Any:
    """Ink breaks and specks fall before the blur, as on paper; grain comes after, as in the scanner."""
    image, filters = (library(f"PIL.{name}", extra="page") for name in ("Image", "ImageFilter"))
    chance = np.random.default_rng(seed)
    page = page.rotate(wear.skew * chance.choice([-1, 1]), resample=image.Resampling.BICUBIC, fillcolor=255)
    grey = np.array(page, dtype=np.float64)
    coarse = _blotches(chance, grey.shape, 3) < wear.broken
    grey = np.where(coarse, np.maximum(grey, 235), grey)
    fine = _blotches(chance, grey.shape, 2) < wear.specks
    grey = np.where(fine, 60, grey)
    page = image.fromarray(grey.astype(np.uint8)).filter(filters.GaussianBlur(wear.blur))
    grey = np.array(page) + chance.normal(0, wear.grain, grey.shape)
    return image.fromarray(np.clip(grey, 0, 255).astype(np.uint8))


def _blotches(chance: np.random.Generator, shape: tuple[int, ...], size: int) -> Any:
    """Random shares of which neighbours in a square of ``size`` pixels are alike."""
    small = chance.random((shape[0] // size + 1, shape[1] // size + 1))
    return small.repeat(size, 0).repeat(size, 1)[: shape[0], : shape[1]]


def _png(page: Any) -> bytes:
    out = BytesIO()
    page.save(out, "PNG")
    return out.getvalue()
