"""Names of files that every system can bear. What is written here may be copied to a Windows disk, so its rules hold everywhere."""

from __future__ import annotations

import re

_FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"/\\|?*]+')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|com[\d¹²³]|lpt[\d¹²³])\s*(?:\..*)?", re.IGNORECASE)


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name for a device, whatever its ending: CON, nul.txt, LPT1."""
    return bool(_RESERVED.fullmatch(name))


def portable_name(name: str) -> str:
    """A name without signs that a system forbids, without a stop or blank at its end, and no device's; "file" for nothing."""
    found = _FORBIDDEN.sub("-", name).rstrip(". ") or "file"
    return f"_{found}" if is_reserved(found) else found
