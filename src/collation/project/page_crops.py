"""Pieces of page images for those who rule: the line of an entry with its words boxed, and the page around it.

Crops are small enough to stand in a report by the hundred; the words around the boxed ones are what an eye needs to judge a
letter by its neighbours.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from typing import Any

from collation.errors import CollationError
from collation.model import Apparatus, Box, Entry, OnImage
from collation.reading.page_files import PageFile, page_bytes
from collation.reading.page_images import EXTRA, page_images
from collation.system.untrusted import NotRead, library

LARGEST = 8_000  # bytes of a crop
_BESIDE, _ABOVE = 7.0, 0.55  # heights of the words that are shown on either side of them, and above and below
_WIDEST, _HIGHEST = 720, 72  # pixels of a crop
_QUALITIES = (60, 40, 25, 12)  # of JPEG, until it is small enough
_AROUND = 14.0  # heights of the words of the page that are shown above and below them
_PAGE_WIDTH = 1_400  # pixels of a page that is shown
_PEN = 2  # pixels


def with_crops(apparatus: Apparatus, pages: Iterable[PageFile]) -> Apparatus:
    """The apparatus with the line of each entry that is on a page."""
    wanted: dict[str, dict[int, list[Entry]]] = {}
    for entry in apparatus.entries:
        if entry.image is not None:
            wanted.setdefault(entry.image.label, {}).setdefault(entry.image.number, []).append(entry)
    crops: dict[str, OnImage] = {}
    for page in pages:
        for number, image in _images(page) if page.label in wanted else ():
            for entry in wanted[page.label].get(number, ()):
                assert entry.image is not None
                crops[entry.id] = replace(
                    entry.image, crop=b64encode(line_crop(image, entry.image.box)).decode("ascii")
                )
    if not crops:
        return apparatus
    return replace(apparatus, entries=tuple(replace(e, image=crops.get(e.id, e.image)) for e in apparatus.entries))


def _images(page: PageFile) -> Iterator[tuple[int, Any]]:
    """The pages of a file with their numbers; none of one that cannot be read any more."""
    try:
        yield from enumerate(page_images(page_bytes(page.path)), 1)
    except (NotRead, CollationError):
        return


def line_crop(image: Any, box: Box) -> bytes:
    """The line around a box as a JPEG of at most LARGEST bytes, the box drawn."""
    left, top, right, bottom = box
    high = max(8.0, bottom - top)
    piece, scale, (x, y) = _piece(image, left - _BESIDE * high, top - _ABOVE * high, right + _BESIDE * high, bottom + _ABOVE * high,
                                  _WIDEST, _HIGHEST)  # fmt: skip
    data = b""
    for smaller in (1.0, 0.75, 0.5):
        shown = piece.resize((max(1, round(piece.width * smaller)), max(1, round(piece.height * smaller))))
        _draw_box(shown, box, x, y, scale * smaller)
        for quality in _QUALITIES:
            data = _jpeg(shown, quality)
            if len(data) <= LARGEST:
                return data
    return data


def around(data: bytes, number: int, box: Box) -> bytes:
    """The page around a box as a JPEG, the box drawn. Raises NotRead when there is no such page."""
    image = next((image for n, image in enumerate(page_images(data), 1) if n == number), None)
    if image is None:
        raise NotRead("image-broken", reason=number)
    high = max(8.0, box[3] - box[1])
    piece, scale, (x, y) = _piece(
        image, 0, box[1] - _AROUND * high, image.width, box[3] + _AROUND * high, _PAGE_WIDTH, _PAGE_WIDTH
    )
    _draw_box(piece, box, x, y, scale)
    return _jpeg(piece, 75)


def _piece(
    image: Any, left: float, top: float, right: float, bottom: float, widest: int, highest: int
) -> tuple[Any, float, tuple[float, float]]:
    """A piece of an image, made as small as asked, with its scale and where it begins."""
    bounds = (max(0, round(left)), max(0, round(top)), min(image.width, round(right)), min(image.height, round(bottom)))
    piece = image.crop((bounds[0], bounds[1], max(bounds[0] + 1, bounds[2]), max(bounds[1] + 1, bounds[3])))
    scale = min(1.0, widest / piece.width, highest / piece.height)
    size = (max(1, round(piece.width * scale)), max(1, round(piece.height * scale)))
    return piece.resize(size), scale, (bounds[0], bounds[1])


def _draw_box(piece: Any, box: Box, x: float, y: float, scale: float) -> None:
    pen = library("PIL.ImageDraw", extra=EXTRA).Draw(piece)
    edges = (
        (box[0] - x) * scale - _PEN,
        (box[1] - y) * scale - _PEN,
        (box[2] - x) * scale + _PEN,
        (box[3] - y) * scale + _PEN,
    )
    pen.rectangle(edges, outline=0, width=_PEN)


def _jpeg(piece: Any, quality: int) -> bytes:
    out = BytesIO()
    piece.convert("L").save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
