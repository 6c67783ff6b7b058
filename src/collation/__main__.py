"""``python -m collation`` and the ``collation`` command."""

from __future__ import annotations

import gc
import sys

_COLLECT = (50_000, 20, 50)  # millions of small tables are made once and stay: looking for rubbish took a fifth of the time


def main() -> None:
    """Run the command line. Output is UTF-8 wherever it goes; what cannot be encoded is replaced."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    gc.set_threshold(*_COLLECT)
    from collation.cli import app

    app(args=_arguments(), prog_name="collation")


def _arguments() -> list[str]:
    """What was asked for. The bare name, typed or clicked by somebody who sits there, means the start page in the
    browser; a script that gives no arguments gets the help.
    """
    given = sys.argv[1:]
    sits_there = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return given or (["review", "--web"] if sits_there else [])


if __name__ == "__main__":
    main()
