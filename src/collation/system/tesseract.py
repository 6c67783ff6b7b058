"""Where this computer keeps the models of tesseract, and that it reads a line with one processor."""

from __future__ import annotations

import os
from pathlib import Path

MODEL = "rus"
_FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata", "/usr/share/tesseract-ocr/4.00/tessdata", "/usr/share/tessdata",
    "/usr/local/share/tessdata", "/opt/homebrew/share/tessdata", r"C:\Program Files\Tesseract-OCR\tessdata",
)  # fmt: skip


def tesseract_model(name: str) -> Path | None:
    """The file of a model: where TESSDATA_PREFIX leads, or at a usual place. None where there is none.

    Several threads for one line cost more than they save, so one is asked for unless the user has said otherwise.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    named = os.environ.get("TESSDATA_PREFIX", "")
    for folder in (*((named, str(Path(named, "tessdata"))) if named else ()), *_FOLDERS):
        path = Path(folder, f"{name}.traineddata")
        if path.is_file():
            return path
    return None
