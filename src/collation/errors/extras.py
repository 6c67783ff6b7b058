"""Libraries that not everybody installs: whether they are there, and the command that installs them."""

from __future__ import annotations

from importlib.util import find_spec

from collation.errors import CollationError, Message


def need_extra(extra: str, libraries: tuple[str, ...], *, form: str) -> None:
    """Raise CollationError when a library is missing that a format (``form``) needs; it says how to install the extra."""
    missing = [name for name in libraries if find_spec(name) is None]
    if missing:
        raise CollationError(Message("format-extra", form=form, libraries=", ".join(missing), extra=extra))
