"""The words of the review page: its own table first, then the report's, so that both pages speak alike."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from collation.writers import phrases
from collation.writers.order import HARMS
from collation.writers.phrases import LANGS, Lang

_TABLE = str(Path(__file__).with_name("labels.tsv"))
_SPOKEN = (
    "added", "word-listed", "word-known", "word-still", "open-others", "add-select", "all-ruled", "applied", "cancel", "checked", "conflict-mine", "entry-none", "gave-way", "late", "lost-line",
    "next-document", "note-drafted", "of", "saved", "taken-back", "undo", "you", "do.accept", "do.reject", "reject-all", "places-reach", "alike",
    "alike-accept", "alike-reject", "plain-all", "plain-no-more", "edition-saved", "edition-left", "own-empty", "editor-ask", "others-reading", "print", "open-count",
    "ruled-count", "conflicts", "orphans", "copied", "line", "take-own",
)  # fmt: skip


def page_label(key: str, lang: Lang) -> str:
    """A word of the page. Raises KeyError when neither table has it."""
    found = phrases.table(_TABLE).get(key)
    return found[LANGS.index(lang)] if found else phrases.label(key, lang)


@lru_cache(maxsize=1)
def spoken() -> dict[str, dict[str, str]]:
    """The words that the script of the page puts together itself, in both languages."""
    table = phrases.table(_TABLE)
    keys = [
        *_SPOKEN,
        *(k for k in table if k.startswith(("verdict.", "reason.", "status."))),
        *(f"harm.{h}" for h in (*HARMS, "added")),
    ]
    return {lang: {key: page_label(key, lang) for key in keys} for lang in LANGS}
