"""The user's browser opened at the review page."""

from __future__ import annotations

import secrets
import webbrowser
from html import escape
from pathlib import Path

from collation.review.web.guard import log
from collation.system.files import write_whole


def open_browser(address: str, folder: Path) -> Path | None:
    """Open the browser by a file that only the user can read and that leads to the address.

    What a program is started with can be read by every user of a computer, and the address lets in who has it.
    """
    way = folder / f"review-{secrets.token_hex(16)}.html"
    where = escape(address)
    page = f'<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url={where}"><a href="{where}">collation</a>\n'
    try:
        write_whole(way, page, mode=0o600, folders=True)
        webbrowser.open(way.absolute().as_uri())
    except (OSError, ValueError):
        log.error("the browser cannot be opened; open the address yourself")
        return None
    return way
