"""An English–Russian dictionary installed for dictd, read where it is: a further source of the lexicon.

Nothing of it is copied or shipped, nothing needs it. An index names heads with offset and length in base-64 digits; the
text is plain or gzipped (``.dict.dz`` is a gzip file to whoever reads it whole), in UTF-8 or KOI8-R. Of an article only
the Cyrillic equivalents are taken, in their order: transcription, labels, remarks in brackets, examples and
the idioms that follow them are left out. Articles are free text, so this is a reading by rules of thumb, tried on
Mueller's dictionary; where an article is laid out otherwise it yields less, not wrong words by the dozen.
"""

from __future__ import annotations

import errno
import gzip
import re
import zlib
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from collation.errors import BadSettings, DamagedDictionary, Message
from collation.system.files import read_regular, size_in_words

FOLDERS = tuple(map(Path, ("/usr/share/dictd", "/usr/local/share/dictd", "/usr/lib/dict", "/opt/local/share/dictd")))
ENDINGS = (".index", ".dict.dz", ".dict")
LARGEST = 200_000_000  # bytes of the index, and of the text as it is packed and unpacked
AUTO = "auto"
_USUAL = ("mueller7", "mueller", "mueller24")
_DIGITS = {c: n for n, c in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")}
_ENCODINGS = ("utf-8", "koi8-r")
_MOST = 24  # equivalents of one head
_WORDS = 3  # the longest equivalent; what is longer explains and does not translate

_ASIDE = re.compile(r"\[[^\]]*\]|\([^()]*\)|\{[^{}]*\}")
_LABEL = re.compile(r"_[\w-]+\.?:?")
_SENSE = re.compile(r"(?:^|\s)\d+[.)>](?=\s|$)")
_SUBSENSE = re.compile(r"(?:^|\s)[а-я]\)(?=\s|$)")
_LATIN = re.compile(r"[A-Za-z~]")
_EQUIVALENT = re.compile(r"[а-яё]+(?:-[а-яё]+)*(?: [а-яё]+(?:-[а-яё]+)*)*")
_REFERENCE = frozenset("см тж напр пр др тк и т п е от сокр".split())


@dataclass(frozen=True, slots=True)
class Dictd:
    """A dictionary's articles by their heads in small letters, and the bytes they are in."""

    path: Path
    encoding: str
    index: dict[str, tuple[tuple[int, int], ...]]
    text: bytes

    def articles(self, head: str) -> tuple[str, ...]:
        """The articles of a head, as they are written."""
        found = (self.text[start : start + length] for start, length in self.index.get(head.lower(), ()))
        return tuple(article.decode(self.encoding, errors="replace") for article in found)

    def equivalents(self, head: str) -> tuple[str, ...]:
        """The Russian equivalents of a head in their order, the first two dozen."""
        found = [item for article in self.articles(head) for item in equivalents_of(article, head)]
        return tuple(dict.fromkeys(found))[:_MOST]


def equivalents_of(article: str, head: str) -> list[str]:
    """The Cyrillic equivalents of an article."""
    body = article.strip()
    if body.lower().startswith(head.lower()):
        body = body[len(head) :]
    while (shorter := _ASIDE.sub("", body)) != body:
        body = shorter
    found = []
    for sense in _SENSE.split(_LABEL.sub(" ", body)):
        found.extend(_of_sense(sense))
    return found


def _of_sense(sense: str) -> list[str]:
    """What precedes the first Latin word of a sense: behind it come examples and idioms."""
    found = []
    for clause in re.split(r"[;:]", _SUBSENSE.sub(";", sense)):
        if _LATIN.search(clause):
            break
        for item in clause.split(","):
            words = item.strip(" .\n\t-–—!?").split()
            plain = " ".join(words)
            if words and len(words) <= _WORDS and _EQUIVALENT.fullmatch(plain) and words[0] not in _REFERENCE:
                found.append(plain)
    return found


def find(name: str) -> Path | None:
    """The index that a setting means: a path with or without its ending, a name at the usual places, or ``auto``.

    Raises BadSettings when a dictionary is named and not there; with ``auto`` none is nobody's fault.
    """
    if name == AUTO:
        places = (folder / f"{usual}.index" for usual in _USUAL for folder in FOLDERS)
        return next((path for path in places if path.is_file()), None)
    bare = _bare(name)
    near = [Path(f"{bare}.index").expanduser()]
    if "/" not in name:
        near += [folder / f"{bare}.index" for folder in FOLDERS]
    found = next((path for path in near if path.is_file()), None)
    if found is None:
        also = Message("dictd-also", places=", ".join(str(p.parent) for p in near[1:])) if near[1:] else ""
        raise BadSettings(Message("dictd-missing", name=name, place=near[0], also=also))
    return found


def names_of(path: Path) -> list[Path]:
    """The names that the files of a dictionary can have, for a path with or without its ending."""
    return [Path(f"{_bare(str(path))}{ending}") for ending in ENDINGS]


def files_of(path: Path) -> list[Path]:
    """Those of them that are there."""
    return [found for found in names_of(path) if found.exists() or found.is_symlink()]


def _bare(name: str) -> str:
    return re.sub(r"\.(?:index|dict|dict\.dz)$", "", name)


@lru_cache(maxsize=2)
def read_dictd(path: Path) -> Dictd:
    """The dictionary of an index. Raises DamagedDictionary when it or its text cannot be read."""
    try:
        lines = read_regular(path, most=LARGEST).splitlines()
        text = _text(path)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or error
        raise DamagedDictionary(Message("dictd-unreadable", reason=reason), path=path) from error
    encoding = _encoding(b"\n".join(lines), text)
    index: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        head, start, length = _row(line.decode(encoding, errors="replace"), path, number)
        if start + length > len(text):
            raise DamagedDictionary(Message("dictd-article-outside"), path=path, line=number)
        if not head.startswith("00-database"):
            index[head.lower()].append((start, length))
    return Dictd(path, encoding, {head: tuple(places) for head, places in index.items()}, text)


def _text(path: Path) -> bytes:
    packed = path.with_suffix(".dict.dz")
    if not packed.exists():
        return read_regular(path.with_suffix(".dict"), most=LARGEST)
    with gzip.GzipFile(fileobj=BytesIO(read_regular(packed, most=LARGEST))) as file:
        text = file.read(LARGEST + 1)  # a few bytes may unpack to any number
    if len(text) > LARGEST:
        raise OSError(errno.EFBIG, f"unpacked it holds more than {size_in_words(LARGEST)}, and that is the limit")
    return text


def _encoding(*samples: bytes) -> str:
    """The first encoding that fits both index and text; KOI8-R fits any bytes."""
    for encoding in _ENCODINGS[:-1]:
        try:
            for sample in samples:
                sample.decode(encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    return _ENCODINGS[-1]


def _row(line: str, path: Path, number: int) -> tuple[str, int, int]:
    cells = line.split("\t")
    try:
        return cells[0], number_of(cells[1]), number_of(cells[2])
    except (IndexError, KeyError):
        raise DamagedDictionary(Message("dictd-no-offsets"), path=path, line=number) from None


def number_of(digits: str) -> int:
    """A number written in dictd's base-64 digits."""
    value = 0
    for digit in digits:
        value = value * 64 + _DIGITS[digit]
    return value
