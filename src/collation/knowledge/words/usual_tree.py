"""The usual Russian forms by their letters: what one misreading makes of a word is walked to, not made and looked up.

The forms met once in ten million words or more (``wordlist.is_usual``), as far as they are of Russian letters and hyphens,
are a tree of letters, laid out once (``learning/word_frequencies.py``) and mapped into memory: for each node its letter,
where its children begin and whether a form ends there, the children of a node side by side in order of the nodes. Asking
for all forms one letter away takes some 50 µs, thirty times less than asking of every string one letter away whether it is
a form.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS
from collation.knowledge.mapped import Mapped, open_mapped

FILE = "usual.arrays"
_ENCODING = "cp1251"  # a byte a letter
_LETTERS = frozenset(RUSSIAN_LETTERS + "-")

NEVER = 1_000  # the cost of an exchange that is not made

Costs = Callable[[str], Mapping[str, int]]
"""For a letter those that it may be exchanged for, with the costs."""


class UsualTree:
    """The tree of a mapped file. Node 0 is the root; a form is the letters on the way from there."""

    def __init__(self, mapped: Mapped) -> None:
        self._letters = mapped.arrays["letters"].tobytes().decode(_ENCODING)
        self._first = mapped.view("first")
        self._ends = mapped.view("ends")

    def longer(self, word: str) -> Iterator[str]:
        """The forms with one letter more."""
        for i, node in enumerate(self._path(word)):
            rest = word[i:]
            for child in range(self._first[node], self._first[node + 1]):
                if self._leads(child, rest):
                    yield word[:i] + self._letters[child] + rest

    def shorter(self, word: str) -> Iterator[str]:
        """The forms with one letter less."""
        for i, node in zip(range(len(word)), self._path(word), strict=False):
            if self._leads(node, word[i + 1 :]):
                yield word[:i] + word[i + 1 :]

    def swapped(self, word: str) -> Iterator[str]:
        """The forms with two letters side by side that changed places."""
        for i, node in zip(range(len(word) - 1), self._path(word), strict=False):
            rest = word[i + 1] + word[i] + word[i + 2 :]
            if self._leads(node, rest):
                yield word[:i] + rest

    def misread(self, word: str, costs: Costs, budget: int) -> Iterator[str]:
        """The forms made by exchanging letters for costs that come to no more than the budget, the word itself left out."""
        begun = [(0, 0, "", budget)]
        while begun:
            node, start, form, left = begun.pop()
            for i in range(start, len(word)):
                exchanges, rest = costs(word[i]), word[i + 1 :]
                for child in range(self._first[node], self._first[node + 1]):
                    other = self._letters[child]
                    cost = exchanges.get(other, NEVER)
                    if cost <= left:
                        if self._leads(child, rest):
                            yield form + other + rest
                        if cost < left:
                            begun.append((child, i + 1, form + other, left - cost))
                node = self._child(node, word[i])
                if not node:
                    break
                form += word[i]

    def completions(self, beginning: str, most: int) -> Iterator[str]:
        """The forms with this beginning and up to so many letters more."""
        path = self._path(beginning)
        begun = [(path[-1], beginning)] if len(path) > len(beginning) else []
        while begun:
            node, form = begun.pop()
            if self._ends[node]:
                yield form
            if len(form) < len(beginning) + most:
                children = range(self._first[node], self._first[node + 1])
                begun.extend((child, form + self._letters[child]) for child in children)

    def _child(self, node: int, letter: str) -> int:
        """The node that a letter leads to, or 0."""
        return max(0, self._letters.find(letter, self._first[node], self._first[node + 1]))

    def _path(self, word: str) -> list[int]:
        """The nodes of the beginnings of a word, the root first, as far as forms begin so."""
        path = [0]
        for letter in word:
            node = self._child(path[-1], letter)
            if not node:
                break
            path.append(node)
        return path

    def _leads(self, node: int, rest: str) -> bool:
        """Whether a form goes on from a node with these letters and ends."""
        letters, first = self._letters, self._first
        for letter in rest:
            node = letters.find(letter, first[node], first[node + 1])
            if node < 0:
                return False
        return bool(self._ends[node])


@lru_cache(maxsize=1)
def usual_tree() -> UsualTree:
    """The shipped tree. Raises DamagedDictionary when the file is not of its form."""
    return UsualTree(open_mapped(dictionaries.data_file(FILE)))


def laid_out(forms: Iterable[str]) -> dict[str, NDArray[Any]]:
    """The arrays of a tree of forms; those with other letters than Russian ones and hyphens are left out."""
    listed = sorted({form.encode(_ENCODING) for form in forms if form and _LETTERS.issuperset(form)})
    letters, first, ends = bytearray(b" "), [], bytearray()
    nodes = [
        (0, len(listed), 0)
    ]  # of the forms that go through a node the first and the last, and the letters before it
    for start, stop, depth in nodes:
        ends.append(start < stop and len(listed[start]) == depth)
        first.append(len(letters))
        begins = [
            k
            for k in range(start + ends[-1], stop)
            if k == start + ends[-1] or listed[k][depth] != listed[k - 1][depth]
        ]
        letters.extend(listed[k][depth] for k in begins)
        nodes.extend((low, high, depth + 1) for low, high in pairwise([*begins, stop]))
    return {
        "letters": np.frombuffer(bytes(letters), dtype=np.uint8),
        "first": np.array([*first, len(letters)], dtype=np.uint32),
        "ends": np.frombuffer(bytes(ends), dtype=np.uint8),
    }
