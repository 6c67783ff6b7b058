"""Work counted instead of timed: how often a function is called, how many calls a piece of work makes."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import pytest

DOUBLED = 2.5
"""What twice the input may cost at most, in calls."""


class Counted:
    """A function that counts how often it is called."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function, self.calls = function, 0

    def __call__(self, *args: Any, **named: Any) -> Any:
        self.calls += 1
        return self.function(*args, **named)


def counted(monkeypatch: pytest.MonkeyPatch, owner: Any, name: str) -> Counted:
    """A function or method counted in the place of itself."""
    found = Counted(getattr(owner, name))
    monkeypatch.setattr(owner, name, (lambda *args: found(*args)) if isinstance(owner, type) else found)
    return found


def calls_of(work: Callable[[], object]) -> int:
    """How many calls, of Python and of C functions, some work makes."""
    count = 0

    def seen(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(seen)
    try:
        work()
    finally:
        sys.setprofile(before)
    return count
