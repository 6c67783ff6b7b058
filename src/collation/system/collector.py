"""The garbage collector in a process of collation's own: a command, a worker, a benchmark.

Dictionaries, weights and tables are millions of objects that are made once and live as long as the process. Python looks
through all of them again and again for cycles nobody needs: a seventh of the time. A process that is ours therefore
collects seldom, and leaves out of it for good what is there after its first document, when there is a second. The library itself does neither: the
heap of a program that imports it belongs to that program.
"""

from __future__ import annotations

import gc
from functools import cache
from itertools import count

SELDOM = (50_000, 20, 50)
"""Thresholds of the three generations: few enough collections while everything is loaded."""
_DOCUMENTS = count()


def collect_seldom() -> None:
    """For the beginning of a process, before anything is loaded."""
    gc.set_threshold(*SELDOM)


@cache
def freeze_loaded() -> None:
    """For the first time that everything is loaded; done once, however often it is asked for.

    A worker that is forked later shares these pages, since the collector no longer writes into them.
    """
    gc.collect()
    gc.freeze()


def begin_document() -> None:
    """For the beginning of each document: freezes what was loaded for the first when there is a second."""
    if next(_DOCUMENTS):
        freeze_loaded()
