"""Words by numbers: a word stands in a mapped file as a number, and is found among hundreds of thousands by it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

PRIME = 3_622_009_729_038_561_437  # the first prime from the binary digits of pi on: no power of 256 is near 0
_BELOW_LEAD = 46  # bits of a number behind those by which its place is found: some 50,000 leads


def number_of(form: str) -> int:
    """The number that stands for a form, the same in every process."""
    return int.from_bytes(form.encode("utf-8"), "little") % PRIME


class Numbered:
    """The numbers of some forms, sorted. They are evenly spread: the leading bits of one say between which places it is."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self._numbers = numbers.data
        leads = np.arange((PRIME >> _BELOW_LEAD) + 2, dtype=np.uint64) << np.uint64(_BELOW_LEAD)
        self._places = np.searchsorted(numbers, leads).astype(np.uint32).data

    def place(self, form: str) -> int | None:
        """The place of a form in the order of the numbers, None when it is none of them."""
        number = int.from_bytes(form.encode("utf-8"), "little") % PRIME
        lead = number >> _BELOW_LEAD
        stop: int = self._places[lead + 1]
        at = bisect_left(self._numbers, number, self._places[lead], stop)
        return at if at < stop and self._numbers[at] == number else None


def in_order(forms: Iterable[str]) -> tuple[NDArray[np.uint64], NDArray[np.intp]]:
    """The numbers of some forms, sorted, and the order in which the forms come then; equal forms stay as they are."""
    numbers = np.array([number_of(form) for form in forms], dtype=np.uint64)
    order = np.argsort(numbers, kind="stable")
    return numbers[order], order


class NumberedRows:
    """Which rows of a table are about a form, by the sorted numbers of the forms that the rows are about."""

    def __init__(self, numbers: NDArray[np.uint64]) -> None:
        self._numbers = numbers.data

    def __len__(self) -> int:
        return len(self._numbers)

    def about(self, form: str) -> range:
        """The rows about a form, none where it is in no row."""
        number = number_of(form)
        first = bisect_left(self._numbers, number)
        return range(first, bisect_right(self._numbers, number, first))
