"""Words of the dictionary that look like a given one: a weighted automaton walked over pymorphy3's word graph.

The graph (``words.dawg``, the dawgdic format: little-endian units, a count before them) holds three million forms.
For each query the rows of the edit-distance table are states, kept while the graph is walked, so that branches that
share a state are computed once. No index is built. Follows Schulz and Mihov, "Fast string correction with
Levenshtein automata" (2002), with rows computed as they are met and letter costs of ``confusions``.
"""

from __future__ import annotations

import mmap
from functools import lru_cache
from pathlib import Path

from collation.errors import DamagedDictionary, Message
from collation.knowledge.letters import RUSSIAN_LETTERS, fold
from collation.knowledge.words import morphology
from collation.knowledge.words.confusions import EDIT, substitution_costs
from collation.knowledge.words.usual_tree import usual_tree

_DOUBLE = 5
_ALPHABET = RUSSIAN_LETTERS + "ё-"
_BY_LEAD = tuple(
    (
        lead,
        tuple(
            (i, code[-1])
            for i, code in enumerate(letter.encode() for letter in _ALPHABET)
            if code[:-1] == bytes([lead])
        ),
    )
    for lead in (0xD0, 0xD1)
)
_HYPHEN = len(_ALPHABET) - 1, ord("-")
_MARKED = 0x800000FF
_PAYLOAD = 1
_KEPT = 60_000  # nodes whose letters are kept at hand: some 12 MB
_UNIT = 4  # bytes
_LONGEST = 40  # letters of the longest form of the graph, counted over all of its 509,423 nodes
_UNKNOWN, _DEAD = -2, -1

Letters = tuple[int, ...]
Nodes = tuple[int, ...]


class WordGraph:
    """The word graph, opened once. ``children`` are kept as they are asked for."""

    def __init__(self, path: Path) -> None:
        with path.open("rb") as file:
            whole = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        (count,) = whole[:_UNIT].cast("I")
        self._units = whole[_UNIT : _UNIT * (count + 1)].cast("I")
        self._children: dict[int, tuple[Letters, Nodes]] = {}
        self._letters: dict[Letters, Letters] = {}

    def follow(self, node: int, byte: int) -> int:
        """The node one byte on, or 0."""
        target = self._base(node) ^ byte
        if target >= len(self._units) or (self._units[target] & _MARKED) != byte:
            return 0
        return target

    def _base(self, node: int) -> int:
        unit = self._units[node]
        return node ^ ((unit >> 10) << ((unit & 0x200) >> 6))

    def children(self, node: int) -> tuple[Letters, Nodes]:
        """The letters that go on from a node, by their place in the alphabet, and the nodes they lead to."""
        found = self._children.get(node)
        if found is None:
            if len(self._children) > _KEPT:
                self._children.clear()
            listed = self._leading_on(node)
            letters = tuple(letter for letter, _ in listed)  # the same few again and again
            found = self._letters.setdefault(letters, letters), tuple(target for _, target in listed)
            self._children[node] = found
        return found

    def _leading_on(self, node: int) -> list[tuple[int, int]]:
        units, size = self._units, len(self._units)
        listed = []
        base = self._base(node)
        for lead, letters in _BY_LEAD:
            half = base ^ lead
            if half < size and (units[half] & _MARKED) == lead:
                second = self._base(half)
                for index, byte in letters:
                    target = second ^ byte
                    if target < size and (units[target] & _MARKED) == byte:
                        listed.append((index, target))
        if target := self.follow(node, _HYPHEN[1]):
            listed.append((_HYPHEN[0], target))
        return listed

    def final(self, node: int) -> bool:
        """Whether a word ends at a node."""
        return bool(self.follow(node, _PAYLOAD))


@lru_cache(maxsize=1)
def graph() -> WordGraph:
    """The graph of the installed dictionary. Raises DamagedDictionary when its form is not the one known here."""
    found = WordGraph(Path(morphology.dictionary_path()) / "words.dawg")
    node = 0
    for byte in "слово".encode():
        node = found.follow(node, byte)
        if not node:
            raise DamagedDictionary(Message("word-graph-unknown"))
    return found


@lru_cache(maxsize=2_000)
def similar(word: str, budget: int) -> tuple[tuple[str, int], ...]:
    """Dictionary forms within ``budget`` eighths of an edit, nearest first, the word itself left out."""
    target = fold(word)
    if len(target) > _LONGEST + budget // _DOUBLE:
        return ()
    walk = _Walk(target, budget)
    walk.run(graph())
    for swapped in _swaps(target):
        if morphology.is_known(swapped):
            walk.found[swapped] = min(walk.found.get(swapped, 6), 6)
    walk.found.pop(target, None)
    return tuple(sorted(walk.found.items(), key=lambda item: (item[1], item[0])))


@lru_cache(maxsize=5_000)
def usual_similar(word: str) -> tuple[str, ...]:
    """Usual forms one edit away, or two letters misread that are easily taken for others.

    For where forms that hardly exist are not wanted: a fiftieth of the time of ``similar`` (0.1 ms against 5).
    """
    target = fold(word)
    if len(target) > _LONGEST + 1:
        return ()
    tree = usual_tree()
    made = {*tree.swapped(target), *tree.longer(target), *tree.shorter(target)}
    made.update(tree.misread(target, any_letter, EDIT), tree.misread(target, confusable_letters, EDIT))
    made.discard(target)
    return tuple(sorted(form for form in made if morphology.is_known(form)))


@lru_cache(maxsize=200)
def any_letter(seen: str) -> dict[str, int]:
    """All letters, for an edit each, that another may be misread from."""
    return {meant: EDIT for meant in RUSSIAN_LETTERS if meant != seen}


@lru_cache(maxsize=200)
def confusable_letters(seen: str) -> dict[str, int]:
    """The letters that one may be misread from for less than an edit, with the cost."""
    return {meant: cost for (shown, meant), cost in substitution_costs().items() if shown == seen and cost < EDIT}


def _swaps(word: str) -> list[str]:
    return [word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1) if word[i] != word[i + 1]]


class _Walk:
    """One query. A row of the table is a state: the first column within reach, the values from there on, and the cost
    at the word's end; the steps from each state by each letter are computed when first taken."""

    def __init__(self, word: str, budget: int) -> None:
        self.word, self.budget = word, budget
        self.found: dict[str, int] = {}
        costs = substitution_costs()
        chars = _ALPHABET.replace("ё", "е")
        self._same = [[0 if seen == char else costs.get((seen, char), EDIT) for seen in word] for char in chars]
        self._alike = [self._same.index(row) for row in self._same]  # letters that cost the same everywhere in the word
        self._extra = [_DOUBLE if i and word[i - 1] == seen else EDIT for i, seen in enumerate(word)]
        self._ids: dict[tuple[int, tuple[int, ...]], int] = {}
        self._rows: list[tuple[int, tuple[int, ...]]] = []
        self._ends: list[int | None] = []
        self._steps: list[list[int]] = []

    def run(self, words: WordGraph) -> None:
        first = self._state(0, [EDIT * i for i in range(len(self.word) + 1) if EDIT * i <= self.budget])
        stack = [(0, first, "", -1)]
        steps, ends, alike = self._steps, self._ends, self._alike
        while stack:
            node, state, prefix, last = stack.pop()
            end = ends[state]
            if end is not None and prefix and words.final(node):
                form = prefix.replace("ё", "е")
                self.found[form] = min(end, self.found.get(form, end))
            row = steps[state]
            for letter, target in zip(*words.children(node), strict=True):
                slot = 2 * alike[letter] + (letter == last)
                following = row[slot]
                if following == _UNKNOWN:
                    following = row[slot] = self._step(state, letter, doubled=letter == last)
                if following != _DEAD:
                    stack.append((target, following, prefix + _ALPHABET[letter], letter))

    def _state(self, start: int, values: list[int]) -> int:
        """The number of the state with these values, a new one if need be; _DEAD when none is within the budget."""
        while values and values[-1] > self.budget:
            values.pop()
        skip = next((i for i, v in enumerate(values) if v <= self.budget), None)
        if skip is None:
            return _DEAD
        key = (start + skip, tuple(values[skip:]))
        found = self._ids.get(key)
        if found is None:
            found = self._ids[key] = len(self._rows)
            self._rows.append(key)
            self._ends.append(key[1][-1] if key[0] + len(key[1]) == len(self.word) + 1 else None)
            self._steps.append([_UNKNOWN] * (2 * len(_ALPHABET)))
        return found

    def _step(self, state: int, letter: int, *, doubled: bool) -> int:
        start, row = self._rows[state]
        limit, length = self.budget + 1, len(self.word)
        same, extra = self._same[letter], self._extra
        come = _DOUBLE if doubled else EDIT
        values = [min(row[0] + come, limit)]
        column = start
        while column < length:
            at = column - start
            if at >= len(row) and values[-1] >= limit:
                break
            best = min(values[-1] + extra[column], limit)
            if at < len(row):
                best = min(best, row[at] + same[column])
            if at + 1 < len(row):
                best = min(best, row[at + 1] + come)
            values.append(best)
            column += 1
        return self._state(start, values)
