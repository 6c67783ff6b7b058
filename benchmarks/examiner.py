"""Documents examined one at a time in this process, for benchmarks/speed.py, which starts it once for each checkout.

A line of standard input names a document; the answer is one line of JSON: Russian words, CPU seconds of reading, examining
and writing, CPU seconds of each stage and rule, peak megabytes so far. Of the package only what every version has had is
used, so that an old checkout can be measured with today's script: stages that it does not name are left out.
"""

from __future__ import annotations

import argparse
import gc
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

STAGES = {"align": ("align",), "judge": ("weigh", "entries")}
"""Stages by the names that ``collation.pipeline`` calls them by."""
RULES = (("collation.rules", "RULES"), ("collation.rules", "PROPOSERS"), ("collation.proposers", "PROPOSERS"))
KEYWORDS = {"RULES": "rules", "PROPOSERS": "proposers"}
FORMATS = ("html", "md", "json")


@dataclass(frozen=True, slots=True)
class Examined:
    """What one document took; ``stages`` are CPU seconds by stage and, inside ``examine``, by rule."""

    words: int
    seconds: float
    stages: dict[str, float]
    megabytes: int


class Stages:
    """CPU seconds by stage, measured by functions put in the place of those that a module calls."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def timed(self, stage: str, function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **named: Any) -> Any:
            begun = time.process_time()
            found = function(*args, **named)
            if hasattr(found, "__next__"):  # the work of a rule is done while its doubts are drawn
                found = list(found)
            self.seconds[stage] += time.process_time() - begun
            return found

        return run

    def taken(self) -> dict[str, float]:
        """What was spent since this was last asked."""
        found, self.seconds = dict(self.seconds), Counter()
        return found


def watch(stages: Stages) -> dict[str, Any]:
    """Put clocks around the stages; the keyword that gives ``examine`` rules with clocks around them."""
    pipeline: Any = importlib.import_module("collation.pipeline")
    for stage, names in STAGES.items():
        for name in names:
            if hasattr(pipeline, name):
                setattr(pipeline, name, stages.timed(stage, getattr(pipeline, name)))
    for module, name in RULES:
        try:
            rules = getattr(importlib.import_module(module), name)
        except (ImportError, AttributeError):
            continue
        return {KEYWORDS[name]: tuple(replace(r, propose=stages.timed(r.code, r.propose)) for r in rules)}
    return {}


def collector_of(chosen: str) -> tuple[Callable[[], object], Callable[[], object]]:
    """What a process does with the garbage collector at its beginning and after a document: what the commands of this
    checkout do, or nothing."""
    if chosen == "python":
        return (lambda: None), (lambda: None)
    try:
        collector: Any = importlib.import_module("collation.system.collector")
    except ImportError:  # before there was one, the command set thresholds
        main: Any = importlib.import_module("collation.__main__")
        return (lambda: gc.set_threshold(*getattr(main, "_COLLECT", gc.get_threshold()))), (lambda: None)
    return collector.collect_seldom, collector.freeze_loaded


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--collector", choices=("commands", "python"), default="commands")
    args = parser.parse_args()
    begin, settle = collector_of(args.collector)
    begin()
    from collation.pipeline import examine
    from collation.reading import read_file
    from collation.writers import WRITERS

    stages = Stages()
    read, given = stages.timed("read", read_file), watch(stages)
    run = stages.timed("examine", examine)
    write = stages.timed("write", lambda apparatus: [WRITERS[name].write(apparatus) for name in FORMATS])
    for line in sys.stdin:
        begun = time.process_time()
        document = read(Path(line.rstrip("\n")))
        write(run(document, **given))
        settle()
        seconds = time.process_time() - begun
        words = len(document.original.words()) if document.original else 0
        print(json.dumps(asdict(Examined(words, seconds, stages.taken(), peak()))), flush=True)


def peak() -> int:
    """The most megabytes that this process has held; 0 where the system does not say."""
    try:
        import resource
    except ImportError:
        return 0
    unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1_000_000)


if __name__ == "__main__":
    main()
