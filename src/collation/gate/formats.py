"""The forms in which the gate's verdict can be written: one function and one line each."""

from __future__ import annotations

from typing import Protocol

from collation.gate.as_github import check_github
from collation.gate.as_sarif import check_sarif
from collation.gate.as_text import check_full, check_json, check_text
from collation.model.verdict import Verdict
from collation.writers.phrases import Lang


class _WriteVerdict(Protocol):
    def __call__(self, verdict: Verdict, *, lang: Lang = "en") -> str: ...


CHECK_WRITERS: dict[str, _WriteVerdict] = {
    "text": check_text,
    "full": check_full,
    "json": check_json,
    "sarif": check_sarif,
    "github": check_github,
}
