"""Images of pages: opened within limits, as grey pictures. Of a PDF its pages are drawn.

Pictures come from anybody: what claims more pixels than a page has is refused before it is unpacked, and what breaks off is
refused as a whole. Pillow and pypdfium2 are loaded when a page is asked for.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from collation.system.untrusted import NotRead, library

SUFFIXES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".bmp", ".webp", ".gif", ".pdf")
LARGEST = 100_000_000  # bytes of a file of images
MOST_PIXELS = 120_000_000  # of a page: an A2 sheet at 400 dpi has 60 million
LEAST_SIDE = 24  # pixels; a line of print is as high
MOST_PAGES = 400  # of one file
_DPI = 300  # at which the pages of a PDF are drawn
_POINTS = 72  # of a PDF to the inch
_FINE = 1_000  # pixels of width, from which on the strokes of a page's letters are wider than grain
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP", "WEBP", "GIF", "MPO")
EXTRA = "page"


def page_images(data: bytes) -> Iterator[Any]:
    """The pages of a file as grey Pillow images. Raises NotRead for what cannot be read as such."""
    if len(data) > LARGEST:
        raise NotRead("image-large", most=f"{LARGEST // 1_000_000} MB")
    yield from _drawn(data) if data.lstrip()[:5] == b"%PDF-" else _opened(data)


def _opened(data: bytes) -> Iterator[Any]:
    image = library("PIL.Image", extra=EXTRA)
    sequence = library("PIL.ImageSequence", extra=EXTRA)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with image.open(BytesIO(data), formats=_FORMATS) as opened:
                for number, frame in enumerate(sequence.Iterator(opened)):
                    if number == MOST_PAGES:
                        raise NotRead("image-pages", most=MOST_PAGES)
                    _check_size(*frame.size)
                    yield _grey(frame)
    except NotRead:
        raise
    except image.DecompressionBombError as error:  # by what the header says
        raise NotRead("image-huge") from error
    except Exception as error:  # Pillow's decoders raise whatever a broken file makes them stumble over
        raise NotRead("image-broken", reason=error) from error


def _grey(frame: Any) -> Any:
    """On white where it is transparent."""
    if frame.mode in ("LA", "RGBA", "PA") or "transparency" in frame.info:
        full = frame.convert("RGBA")
        white = full.copy()
        white.paste((255, 255, 255, 255), (0, 0, *full.size))
        white.alpha_composite(full)
        frame = white
    return frame.convert("L")


def without_grain(image: Any) -> Any:
    """An image without the grain of paper and scanner; one whose letters would be as fine as grain is left as it is."""
    filters = library("PIL.ImageFilter", extra=EXTRA)
    return image.filter(filters.MedianFilter(3)) if image.width >= _FINE else image


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise NotRead("image-pixels", width=width, height=height)
    if min(width, height) < LEAST_SIDE:
        raise NotRead("image-small", width=width, height=height)


def _drawn(data: bytes) -> Iterator[Any]:
    pdfium = library("pypdfium2", extra=EXTRA)
    library("PIL.Image", extra=EXTRA)
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise NotRead("image-broken", reason=error) from error
    try:
        if not len(document):
            raise NotRead("image-broken", reason="no pages")
        if len(document) > MOST_PAGES:
            raise NotRead("image-pages", most=MOST_PAGES)
        for index in range(len(document)):
            page = document[index]
            width, height = (round(side * _DPI / _POINTS) for side in page.get_size())
            _check_size(width, height)
            yield page.render(scale=_DPI / _POINTS, grayscale=True).to_pil().convert("L")
    except pdfium.PdfiumError as error:
        raise NotRead("image-broken", reason=error) from error
    finally:
        document.close()
