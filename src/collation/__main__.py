"""``python -m collation`` and the ``collation`` command."""

from __future__ import annotations

import sys


def main() -> None:
    """Run the command line. Output is UTF-8 wherever it goes; what cannot be encoded is replaced."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    from collation.cli import app

    app(prog_name="collation")


if __name__ == "__main__":
    main()
