"""Bytes to text, with nothing lost: line ends stay, a byte order mark is a character of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from collation.errors import Message, UnreadableInput
from collation.knowledge.words import morphology

_GUESSES = ("cp1251", "koi8_r", "cp866", "cp855", "iso8859_5", "mac_cyrillic", "utf_16_le", "utf_16_be")
_SAMPLE = 200_000
_WORD = re.compile(r"[а-яё]{4,}", re.IGNORECASE)
_FIRST = 4_000
_DAMAGED = 20  # sound letters of several bytes for each bad byte: no other encoding looks like that
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


def decode(data: bytes, *, label: str, encoding: str | None = None) -> tuple[str, str]:
    """The text of a file and the name of its encoding.

    A given ``encoding`` is obeyed; otherwise the byte order mark decides, then UTF-8, then the Cyrillic encoding in
    which most words are Russian, else the likeliest one. Raises UnreadableInput for an empty or binary file and for
    bytes that cannot be decoded; a UTF-8 file with a few bad bytes is reported with the first.
    """
    if not data.strip():
        raise UnreadableInput(Message("file-empty"), path=label)
    if encoding is not None:
        return _with(data, encoding, label), encoding
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _with(data, name, label), name
    if b"\x00" not in data[:4096]:
        try:
            return _check(data.decode("utf-8"), label), "utf-8"
        except UnicodeDecodeError as error:
            _refuse_damaged(data, error.start, label)
    from charset_normalizer import from_bytes  # a file that is UTF-8 does not need it

    guesses = from_bytes(data[:_SAMPLE], cp_isolation=list(_GUESSES))
    best = _most_russian(data[:_SAMPLE], [guess.encoding for guess in guesses])
    if best is None or (b"\x00" in data[:4096] and not best.startswith("utf_16")):
        raise UnreadableInput(Message("encoding-unclear"), path=label)
    name = best.replace("_", "-")
    return _with(data, name, label), name


def _refuse_damaged(data: bytes, at: int, label: str) -> None:
    """Raise UnreadableInput for a file that is UTF-8 but for a few bytes."""
    text = data.decode("utf-8", "replace")
    bad, sound = text.count("\ufffd"), sum(c > "\x7f" for c in text) - text.count("\ufffd")
    if sound >= _DAMAGED * bad:
        line = data.count(b"\n", 0, at) + 1
        raise UnreadableInput(Message("byte-not-utf8", byte=at, value=f"0x{data[at]:02x}", line=line), path=label)


def _most_russian(data: bytes, guesses: Iterable[str]) -> str | None:
    """The encoding in which most words are Russian, of those that are likely or of one family; else the likeliest."""
    listed = list(guesses)
    eight = [name for name in _GUESSES if not name.startswith("utf")] if listed and listed[0] in _GUESSES[:-2] else []
    ranked = [(name, _known_letters(data, name)) for name in dict.fromkeys([*listed, *eight])]
    return max(ranked, key=lambda item: item[1])[0] if ranked else None


def _known_letters(data: bytes, encoding: str) -> int:
    """How many letters of the first words belong to known words, less those that belong to unknown ones."""
    words = _WORD.findall(data[:_FIRST].decode(encoding, "replace"))
    return sum(len(word) if morphology.is_known(word) else -len(word) for word in words)


def _with(data: bytes, encoding: str, label: str) -> str:
    try:
        return _check(data.decode(encoding), label)
    except LookupError:
        raise UnreadableInput(Message("encoding-unknown", encoding=encoding), path=label) from None
    except UnicodeDecodeError as error:
        raise UnreadableInput(Message("encoding-wrong", encoding=encoding, byte=error.start), path=label) from None
    except (UnicodeError, ValueError):  # "undefined" fails at any text, and a name may have a NUL
        raise UnreadableInput(Message("encoding-not-of-text", encoding=encoding), path=label) from None


def _check(text: str, label: str) -> str:
    sample = text[:20_000]
    controls = sum(1 for c in sample if ord(c) < 32 and c not in "\t\n\r\f\v")
    if controls > max(4, len(sample) // 100):
        raise UnreadableInput(Message("file-binary"), path=label)
    return text
