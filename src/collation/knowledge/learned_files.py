"""Files that a command of this program has made of a project's own documents and rulings, read back or refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from collation.errors import DamagedDictionary, Message
from collation.system.files import read_regular

Made = TypeVar("Made")
Refusal = Callable[[object], Message]  # the sentence that a file ends in which cannot be read, by the reason


def read_learned(
    path: Path, build: Callable[[Any], Made], *, what: str, version: int, most: int, refusal: Refusal
) -> Made:
    """What a file of a kind holds, made of its JSON by ``build``; ``most`` is how many bytes it may have.

    Raises DamagedDictionary, in the words of ``refusal``, for a file that is not there, of another kind or version, or
    of which nothing can be made.
    """
    try:
        data: Any = json.loads(read_regular(path, most=most))
        if data["what"] != what or data["version"] != version:
            raise ValueError("another kind of file")
        return build(data)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, OverflowError, RecursionError) as error:
        raise refused(path, error, refusal) from error


def refused(path: Path, error: Exception, refusal: Refusal) -> DamagedDictionary:
    """The error that a file which cannot be read ends in."""
    return DamagedDictionary(refusal(getattr(error, "strerror", None) or error), path=path)
