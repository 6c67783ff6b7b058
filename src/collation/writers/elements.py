"""Where something is in a file that is no plain text, in words: "paragraph 12", "table 1, row 3"."""

from __future__ import annotations

from collation.model import Element
from collation.writers.phrases import Lang, label


def element_name(element: Element, lang: Lang) -> str:
    """What a reader of the file calls an element; of XML, its path."""
    numbers = dict(zip(("a", "b", "c"), element.numbers, strict=False))
    return label(f"element.{element.kind}", lang).format(path=element.path, **numbers)
