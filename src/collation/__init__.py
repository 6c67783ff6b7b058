"""collation: mend what scanners did to Russian archival documents, with the English translation as a witness.

    >>> import collation as co
    >>> doc = co.read(original="Пусть она будет топорь, а не через несколько лет.",
    ...               translation="Let it be waged now, and not in a few years.")
    >>> app = co.examine(doc)
    >>> app["топорь"].reading
    'теперь'
    >>> log = co.decide(app, {"топорь": co.ACCEPT}, editor="C")
    >>> co.apply(doc, app, log).original
    'Пусть она будет теперь, а не через несколько лет.'

Heavy modules are imported when a name is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any
from warnings import warn

if TYPE_CHECKING:
    __version__: str
    from collation.notebook import Examined, compare, examine, hypothesis, read, rule, score
    from collation.review.notebook_rulings import (
        ACCEPT,
        NEEDS_SCAN,
        REJECT,
        apply,
        decide,
        emend,
        other_side,
        save,
        stands,
    )
    from collation.rules import RULES
    from collation.settings import Settings

_HOME = {
    "read": "notebook", "examine": "notebook", "compare": "notebook", "hypothesis": "notebook",
    "rule": "notebook",
    "score": "notebook", "Examined": "notebook", "RULES": "rules", "Settings": "settings",
    **dict.fromkeys(
        ("decide", "apply", "save", "stands", "emend", "other_side", "ACCEPT", "REJECT", "NEEDS_SCAN"),
        "review.notebook_rulings",
    ),
}  # fmt: skip

__all__ = [
    "ACCEPT",
    "NEEDS_SCAN",
    "REJECT",
    "RULES",
    "Examined",
    "Settings",
    "__version__",
    "apply",
    "compare",
    "decide",
    "emend",
    "examine",
    "hypothesis",
    "other_side",
    "read",
    "rule",
    "save",
    "score",
    "stands",
]  # fmt: skip


_RENAMED = {"PROPOSERS": "RULES", "proposer": "rule"}


def __getattr__(name: str) -> Any:
    if name in _RENAMED:
        warn(f"collation.{name} is now collation.{_RENAMED[name]}", DeprecationWarning, stacklevel=2)
        name = _RENAMED[name]
    if name == "__version__":
        return _version()
    if name in _HOME:
        return getattr(import_module(f"collation.{_HOME[name]}"), name)
    raise AttributeError(f"module 'collation' has no attribute {name!r}")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("collation")
    except PackageNotFoundError:  # the source, not installed
        return "unknown"


def __dir__() -> list[str]:
    return sorted(__all__)
