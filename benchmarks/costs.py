"""What a command costs in a process of its own: CPU seconds and memory."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """CPU seconds, of the user and of the system, and peak megabytes; 0 where the system does not say."""

    seconds: float
    megabytes: int


def run(command: Sequence[str], *, cwd: Path, env: Mapping[str, str] | None = None) -> Cost:
    """Run a command to its end. Raises CalledProcessError when it fails."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=cwd, env=env)
    try:
        _, status, usage = os.wait4(process.pid, 0)
    except AttributeError:
        process.wait()
        cost = Cost(0.0, 0)
    else:
        process.returncode = os.waitstatus_to_exitcode(status)
        unit = 1 if sys.platform == "darwin" else 1024  # bytes there, kilobytes here
        cost = Cost(usage.ru_utime + usage.ru_stime, round(usage.ru_maxrss * unit / 1_000_000))
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return cost
