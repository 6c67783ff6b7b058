"""collation: mend what scanners did to Russian archival documents, with the English translation as a witness.

    >>> import collation as co
    >>> doc = co.read(original="Пусть она будет топорь, а не через несколько лет.",
    ...               translation="Let it be waged now, and not in a few years.")
    >>> app = co.examine(doc)
    >>> app["топорь"].reading
    'теперь'

Heavy modules are imported when a name is first asked for.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collation.notebook import Examined, compare, examine, hypothesis, proposer, read
    from collation.proposers import PROPOSERS

_HOME = {
    "read": "notebook", "examine": "notebook", "compare": "notebook", "proposer": "notebook", "hypothesis": "notebook",
    "Examined": "notebook", "PROPOSERS": "proposers", "Settings": "settings",
}  # fmt: skip

__all__ = ["PROPOSERS", "Examined", "compare", "examine", "hypothesis", "proposer", "read"]


def __getattr__(name: str) -> Any:
    if name in _HOME:
        return getattr(import_module(f"collation.{_HOME[name]}"), name)
    raise AttributeError(f"module 'collation' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted([*globals(), *_HOME])
