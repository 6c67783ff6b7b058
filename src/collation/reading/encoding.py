"""Bytes to text, with nothing lost: line ends stay, a byte order mark is a character of the text."""

from __future__ import annotations

from charset_normalizer import from_bytes

from collation.errors import UnreadableInput

_GUESSES = ("cp1251", "koi8_r", "cp866", "iso8859_5", "mac_cyrillic", "utf_16_le", "utf_16_be")
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes, *, label: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    A given ``encoding`` is obeyed; otherwise the byte order mark decides, then UTF-8, then the likeliest Cyrillic
    encoding. Raises UnreadableInput for an empty or binary file and for bytes that cannot be decoded.
    """
    if not data.strip():
        raise UnreadableInput("the file is empty", path=label)
    if encoding is not None:
        return _with(data, encoding, label), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with(data, name, label), name
    if b"\x00" not in data[:4096]:
        try:
            return _check(data.decode("utf-8"), label), "utf-8"
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:200_000], cp_isolation=list(_GUESSES)).best()
    if best is None or (b"\x00" in data[:4096] and not best.encoding.startswith("utf_16")):
        raise UnreadableInput("this is no text file, or its encoding cannot be told; name it with --encoding", path=label)
    name = best.encoding.replace("_", "-")
    return _with(data, name, label), name


def _with(data: bytes, encoding: str, label: str) -> str:
    try:
        return _check(data.decode(encoding), label)
    except LookupError:
        raise UnreadableInput(f"there is no encoding named “{encoding}”", path=label) from None
    except UnicodeDecodeError as error:
        raise UnreadableInput(f"the bytes are not {encoding} (byte {error.start})", path=label) from None


def _check(text: str, label: str) -> str:
    sample = text[:20_000]
    controls = sum(1 for c in sample if ord(c) < 32 and c not in "\t\n\r\f\v")
    if controls > max(4, len(sample) // 100):
        raise UnreadableInput("this is a binary file, not a text", path=label)
    return text
