"""What a test asks of the machine it runs on: time enough, names as its locale has them, interrupts that arrive."""

from __future__ import annotations

import os
import signal

PATIENCE = 300  # seconds to wait for what must come: it stops what hangs, and no verdict depends on it


def named(name: str) -> str:
    """A file name of these letters in UTF-8, whatever Python takes the names of files for in this locale."""
    return os.fsdecode(name.encode("utf-8", "surrogateescape"))


def hear_interrupts() -> None:
    """For ``preexec_fn``: a shell lets what it starts behind ``&`` ignore interrupts, and so do all their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
