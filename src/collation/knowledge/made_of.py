"""Tables laid out beforehand from a text that people edit: they count while the text is the one they were made of.

Who edits a dictionary loses nothing but the time that its table saves, until the table is made again
(``learning/dictionary_tables.py``).
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from collation.knowledge.mapped import Mapped, open_mapped

MADE_OF = "made-of"


def facts_of(text: bytes) -> dict[str, str]:
    """What a file of tables says of the text that it is made of."""
    return {MADE_OF: hashlib.sha256(text).hexdigest()}


def opened_if_made_of(text: bytes, path: Path) -> Mapped | None:
    """The tables of a file, None where there are none or they were made of another text."""
    if not path.is_file():
        return None
    mapped = open_mapped(path)
    return mapped if facts_of(text).items() <= mapped.facts.items() else None
