"""``python -m collation`` and the ``collation`` command."""

from __future__ import annotations

import locale
import os
import sys

from collation.system.collector import collect_seldom


def main() -> None:
    """Run the command line. Output is UTF-8 wherever it goes; what cannot be encoded is replaced."""
    _leave_ascii_behind()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    collect_seldom()
    _count_alike()
    from collation.commands.app import app

    app(args=_arguments(), prog_name="collation")


def _leave_ascii_behind() -> None:
    """In the POSIX locale what is typed is UTF-8 all the same, and so are the names of files. The line editor is
    told so by the environment. Python takes names so by itself, unless ``PYTHONUTF8=0`` forbids it: then no file
    with a Russian letter in its name could be opened or made, and the same command begins again in UTF-8 mode.
    """
    if locale.setlocale(locale.LC_CTYPE) in ("C", "POSIX"):
        os.environ["LC_ALL"] = "C.UTF-8"
    if sys.getfilesystemencoding() == "ascii":
        os.execv(sys.executable, [sys.executable, "-X", "utf8", *sys.orig_argv[1:]])


def _count_alike() -> None:
    """One thread for the sums of the net: with several their last digit depends on how many there are, and a report would
    have other bytes on another computer. The work is divided by documents.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # read by numpy where it is first imported


def _arguments() -> list[str]:
    """What was asked for. The bare name, typed or clicked by somebody who sits there, means the start page in the
    browser; a script that gives no arguments gets the help.
    """
    given = sys.argv[1:]
    sits_there = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
    return given or (["review", "--web"] if sits_there else [])


if __name__ == "__main__":
    main()
