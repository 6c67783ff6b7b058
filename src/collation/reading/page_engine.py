"""What an engine sees on a page image: tesseract, asked for the signs that it thinks of at every step of a line.

Through tesserocr and the hOCR that tesseract writes with ``lstm_choice_mode`` 1: there the steps are told word by word, and
unlike the choices of its iterator they keep their order. Shares come in whole hundredths. Everything stays on this computer.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from collation.model.seen_page import SeenLine, SeenPage, SeenWord, Step
from collation.reading.from_hocr import classes, read_box
from collation.reading.page_images import EXTRA, page_images, without_grain
from collation.system.tesseract import MODEL, tesseract_model
from collation.system.untrusted import NotRead, library, parse_html, parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_CONFIDENCE = re.compile(r"x_(?:wconf|confs)\s+([\d.]+)")
_DPI = 300  # what is assumed of an image that does not say
_MOST_HOCR = 400_000_000  # bytes; a page of 500 words comes to some three million


def engine_version() -> str:
    """What reads pages here, with its version; empty when nothing does. It never raises."""
    try:
        _check_engine()
        return f"tesseract {library('tesserocr', extra=EXTRA).tesseract_version().split()[1]} {_model().stat().st_size}"
    except (NotRead, OSError):
        return ""


def why_no_engine() -> NotRead | None:
    """Why pages cannot be read here, None when they can."""
    try:
        _check_engine()
    except NotRead as error:
        return error
    return None


def _check_engine() -> None:
    for name in ("tesserocr", "PIL.Image", "pypdfium2"):
        library(name, extra=EXTRA)
    _model()


def _model() -> Path:
    """The file of the Russian model. Raises NotRead, with what installs it."""
    found = tesseract_model(MODEL)
    if found is None:
        raise NotRead("no-page-model", command="apt install tesseract-ocr-rus")
    return found


def see_pages(data: bytes, *, label: str, digest: str) -> tuple[SeenPage, ...]:
    """The pages of an image file or PDF as the engine sees them. Raises NotRead when it cannot be read, or nothing reads
    pages here.
    """
    _check_engine()
    tesserocr: Any = library("tesserocr", extra=EXTRA)
    found = []
    with tesserocr.PyTessBaseAPI(path=str(_model().parent), lang=MODEL, psm=tesserocr.PSM.AUTO) as api:
        api.SetVariable("lstm_choice_mode", "1")
        api.SetVariable("user_defined_dpi", str(_DPI))
        for number, image in enumerate(page_images(data), 1):
            api.SetPageSegMode(tesserocr.PSM.AUTO)
            api.SetImage(without_grain(image))
            lines = tuple(lines_of(api.GetHOCRText(0)))
            if not lines:  # the search for columns gives up on a page full of specks
                api.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK)
                lines = tuple(lines_of(api.GetHOCRText(0)))
            found.append(SeenPage(label, number, digest, image.width, image.height, lines))
    return tuple(found)


def lines_of(hocr: str) -> Iterator[SeenLine]:
    """The lines of tesseract's hOCR with the steps of their words; words without steps are left out."""
    data = hocr.encode("utf-8")
    try:
        root = parse_xml(data, most=_MOST_HOCR)
    except NotRead:
        root = parse_html(data, most=_MOST_HOCR, encoding="utf-8")
    for line in root.iter():
        own = read_box(line)
        words: list[SeenWord] = []
        steps: list[Step] = []
        if own is None or not {"ocr_line", "ocr_header", "ocr_caption", "ocr_textfloat"} & set(classes(line)):
            continue
        for word in line.iter():
            where = read_box(word) if "ocrx_word" in classes(word) else None
            found = list(_steps(word)) if where else []
            text = "".join((word.text or "").split())
            if where and found and text:
                words.append(SeenWord(text, where, _share(word), len(steps), len(steps) + len(found)))
                steps += found
        if words:
            yield SeenLine(own, tuple(words), tuple(steps))


def _steps(word: _Element) -> Iterator[Step]:
    for element in word.iter():
        if str(element.get("id", "")).startswith("timestep"):
            yield tuple((choice.text or "", _share(choice)) for choice in element)


def _share(element: _Element) -> float:
    found = _CONFIDENCE.search(str(element.get("title", "")))
    return min(1.0, float(found[1]) / 100) if found else 0.0
