"""Words of the dictionary that look like a given one: a weighted automaton walked over pymorphy3's word graph.

The graph (``words.dawg``, the dawgdic format: little-endian units, a count before them) holds three million forms.
For each query the rows of the edit-distance table are states, kept while the graph is walked, so that branches that
share a state are computed once. No index is built. Follows Schulz and Mihov, "Fast string correction with
Levenshtein automata" (2002), with rows computed as they are met and letter costs of ``confusions``.
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from pathlib import Path

from collation.errors import DamagedDictionary
from collation.knowledge import morphology
from collation.knowledge.confusions import EDIT, substitution_costs
from collation.knowledge.letters import RUSSIAN, fold

_DOUBLE = 5
_LETTERS = [(letter, tuple(letter.encode("utf-8"))) for letter in RUSSIAN + "ё-"]
_PAYLOAD = 1
_KEPT = 120_000  # nodes whose letters are kept at hand: some 50 MB


class WordGraph:
    """The word graph, opened once. ``children`` are kept as they are asked for."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            count = array("I")
            count.fromfile(file, 1)
            self._units = array("I")
            self._units.fromfile(file, count[0])
        self._children: dict[int, tuple[tuple[str, int], ...]] = {}
        self._final: dict[int, bool] = {}

    def follow(self, node: int, byte: int) -> int:
        """The node one byte on, or 0."""
        unit = self._units[node]
        offset = (unit >> 10) << ((unit & 0x200) >> 6)
        target = (node ^ offset ^ byte) & 0xFFFFFFFF
        if target >= len(self._units) or (self._units[target] & 0x800000FF) != byte:
            return 0
        return target

    def children(self, node: int) -> tuple[tuple[str, int], ...]:
        """The letters that go on from a node, with the nodes they lead to."""
        found = self._children.get(node)
        if found is None:
            listed = []
            for letter, data in _LETTERS:
                target = node
                for byte in data:
                    target = self.follow(target, byte)
                    if not target:
                        break
                if target:
                    listed.append((letter, target))
            if len(self._children) > _KEPT:
                self._children.clear()
            found = self._children[node] = tuple(listed)
        return found

    def final(self, node: int) -> bool:
        """Whether a word ends at a node."""
        found = self._final.get(node)
        if found is None:
            found = self._final[node] = bool(self.follow(node, _PAYLOAD))
        return found


@lru_cache(maxsize=1)
def graph() -> WordGraph:
    """The graph of the installed dictionary. Raises DamagedDictionary when its form is not the one known here."""
    found = WordGraph(Path(morphology.dictionary_path()) / "words.dawg")
    node = 0
    for byte in "слово".encode():
        node = found.follow(node, byte)
        if not node:
            raise DamagedDictionary("the word graph of pymorphy3 has an unknown form")
    return found


@lru_cache(maxsize=20_000)
def similar(word: str, budget: int) -> tuple[tuple[str, int], ...]:
    """Dictionary forms within ``budget`` eighths of an edit, nearest first, the word itself left out."""
    target = fold(word)
    walk = _Walk(target, budget)
    walk.run(graph())
    for swapped in _swaps(target):
        if morphology.is_known(swapped):
            walk.found[swapped] = min(walk.found.get(swapped, 6), 6)
    walk.found.pop(target, None)
    return tuple(sorted(walk.found.items(), key=lambda item: (item[1], item[0])))


def _swaps(word: str) -> list[str]:
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1) if word[i] != word[i + 1]]


class _Walk:
    """One query: its rows, the step from each row by each letter, and what was found."""

    def __init__(self, word: str, budget: int) -> None:
        self.word, self.budget = word, budget
        self.found: dict[str, int] = {}
        self._steps: dict[tuple[tuple[int, ...], str, str], tuple[int, ...] | None] = {}
        self._costs = substitution_costs()

    def run(self, words: WordGraph) -> None:
        first = tuple(min(EDIT * i, self.budget + 1) for i in range(len(self.word) + 1))
        stack = [(0, first, "")]
        while stack:
            node, row, prefix = stack.pop()
            if prefix and row[-1] <= self.budget and words.final(node):
                form = prefix.replace("ё", "е")
                self.found[form] = min(row[-1], self.found.get(form, row[-1]))
            for letter, target in words.children(node):
                following = self._step(row, letter, prefix[-1:])
                if following is not None:
                    stack.append((target, following, prefix + letter))

    def _step(self, row: tuple[int, ...], letter: str, last: str) -> tuple[int, ...] | None:
        doubled = "2" if letter == last else ""
        key = (row, letter, doubled)
        if key in self._steps:
            return self._steps[key]
        limit = self.budget + 1
        char = "е" if letter == "ё" else letter
        come = _DOUBLE if doubled else EDIT
        current = [min(row[0] + come, limit)]
        for i, seen in enumerate(self.word):
            same = row[i] + (0 if seen == char else self._costs.get((seen, char), EDIT))
            missing = row[i + 1] + come
            extra = current[i] + (_DOUBLE if i and self.word[i - 1] == seen else EDIT)
            current.append(min(same, missing, extra, limit))
        result = tuple(current) if min(current) <= self.budget else None
        self._steps[key] = result
        return result
