"""What a test asks of the machine it runs on: time enough, and names as its locale has them."""

from __future__ import annotations

import os

PATIENCE = 900  # seconds to wait for what must come: it stops what hangs, and no verdict depends on it


def named(name: str) -> str:
    """A file name of these letters in UTF-8, whatever Python takes the names of files for in this locale."""
    return os.fsdecode(name.encode("utf-8"))
