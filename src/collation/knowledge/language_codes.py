"""The codes of three letters that TEI files may use for a language (ISO 639-2)."""

from __future__ import annotations

_THREE_LETTERS = {"ru": ("rus",), "en": ("eng",)}


def other_codes(code: str) -> tuple[str, ...]:
    """The further codes of a language that is named by its code of two letters; none of an unlisted one."""
    return _THREE_LETTERS.get(code, ())
