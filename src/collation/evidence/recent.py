"""The last answers to a question that is asked in order of the text: what is far behind is not asked again.

A cache of ``functools`` around a method keeps what the method belongs to alive, the whole document, until the garbage collector
comes by.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Answer = TypeVar("Answer")


class Recent(Generic[Key, Answer]):
    """The answers to the last ``most`` keys that were new."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._answers: dict[Key, Answer] = {}

    def of(self, key: Key, ask: Callable[[Key], Answer]) -> Answer:
        """The answer for a key, asked for where it is not among the last."""
        if key in self._answers:
            return self._answers[key]
        found = ask(key)
        if len(self._answers) >= self._most:
            del self._answers[next(iter(self._answers))]
        self._answers[key] = found
        return found
