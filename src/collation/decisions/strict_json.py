"""JSON that others may have written, read so that nothing in it can stop the program.

A file in a repository can hold anything: a thousand brackets, a number of ten thousand digits, numbers that are none.
All of it ends as ``ValueError`` with a sentence, also where Python's own reader would give up in another way.
"""

from __future__ import annotations

import json
import math
from typing import Any

LONGEST = 16_000_000
"""Characters. A ruling has some thousand; a line of this length is no ruling and would cost memory to look at."""
DEEPEST = 50
LARGEST = 10**15


def parse(text: str | bytes) -> Any:
    """The value that a JSON text describes. Raises ValueError for anything that no record of ours has in it."""
    if len(text) > LONGEST:
        raise ValueError("it is too long")
    try:
        value = json.loads(text, parse_constant=_refuse, parse_float=_number, parse_int=_whole)
        _check(value, DEEPEST)
    except RecursionError:
        raise ValueError("its brackets lie too deep in each other") from None
    return value


def _refuse(name: str) -> float:
    raise ValueError(f"{name} is no number")


def _number(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise ValueError("a number is too large")
    return value


def _whole(digits: str) -> int:
    if len(digits) > len(str(LARGEST)):
        raise ValueError("a number is too large")
    return int(digits)


def _check(value: Any, deepest: int) -> None:
    """Raise ValueError for nesting that writers of JSON cannot follow."""
    if deepest == 0:
        raise ValueError("its brackets lie too deep in each other")
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            _check(item, deepest - 1)
