"""What can be set. Values only; reading them from a file is at the end, and nothing is looked up behind the caller's back."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Settings:
    """How a document is examined.

    ``emend`` and ``query`` are the least probabilities of the two tiers; ``readings`` how many readings an entry
    shows; ``recalibration`` what the project's rulings taught (``judge/recalibration.py``); ``collection`` the words of its documents (``knowledge/collection.py``); ``dictd`` an installed dictd dictionary to use beside the glossary ("" none, "auto" the first found);
    ``language_model`` and ``weights`` learned files in place of the shipped ones; ``translations`` a learned table of
    translation probabilities beside the shipped one; ``translation`` False leaves the translation out, as if the file
    had none; ``words`` are names and terms that are right in this document, forms or lemmas (``evidence/listed_words.py``).
    """

    emend: float = 0.5
    query: float = 0.2
    readings: int = 5
    dictd: str = ""
    language_model: Path | None = None
    translations: Path | None = None
    weights: Path | None = None
    recalibration: Path | None = None
    collection: Path | None = None
    translation: bool = True
    words: tuple[str, ...] = ()

    def of_project(self) -> Settings:
        """What holds for every document of a project: the settings without the words that are listed for one."""
        return replace(self, words=())

    def facts(self) -> tuple[tuple[str, str], ...]:
        """The settings as pairs of strings, for the apparatus."""
        values = ((f.name, getattr(self, f.name)) for f in fields(self))
        return tuple(
            (name, ", ".join(value) if isinstance(value, tuple) else str(value))
            for name, value in values
            if value not in (None, "", ())
        )
