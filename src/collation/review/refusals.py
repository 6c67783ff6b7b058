"""Why something was refused, in the editor's language.

What is refused is refused below, in an English sentence with its values in it. Here the sentence is found again in a
table and said in Russian; one that the table does not know stays as it is. The test walks over every sentence with
which a ruling is refused, so that none is forgotten.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from collation.errors import CollationError
from collation.writers.phrases import Lang, table

_TABLE = str(Path(__file__).with_name("refusals.tsv"))
_VALUE = re.compile(r"\{(\w+)\}")


def in_language(error: CollationError | str, lang: Lang) -> str:
    """The message of an error, with its place, in a language."""
    if isinstance(error, str):
        return _said(error) if lang == "ru" else error
    place = str(error).removesuffix(error.message)
    return f"{place}{_said(error.message)}" if lang == "ru" else str(error)


def _said(message: str) -> str:
    for pattern, russian in _patterns():
        found = pattern.fullmatch(message)
        if found:
            return russian.format(**found.groupdict())
    return message


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str], ...]:
    made = []
    for english, russian in table(_TABLE).values():
        pieces = _VALUE.split(english)  # what stands and the names of what changes by turns
        parts = [f"(?P<{p}>.*)" if i % 2 else re.escape(p) for i, p in enumerate(pieces)]
        made.append((re.compile("".join(parts), re.DOTALL), russian))
    return tuple(made)
