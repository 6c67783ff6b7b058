"""Named errors, each with its place. One base class; only the command line and the review catch them.

What an error says is a message: a key and values, as a feature has them. Its English and its Russian sentence are a
row of ``messages.tsv`` beside this file and not of the writers' phrases, because everything above raises errors and
nothing below the writers may ask them for a sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Literal

from collation.system.escaping import visible_line
from collation.system.untrusted import NotRead

Lang = Literal["en", "ru"]
LANGS: tuple[Lang, ...] = ("en", "ru")


@dataclass(frozen=True, slots=True, init=False)
class Message:
    """A sentence that can be said in every language: its key in ``messages.tsv`` and what is filled in.

    A value may be a message or an error itself, or a tuple of them; anything else is kept as text, the words of systems
    and libraries as they are. A key without a sentence is said as it is: an error must not hide behind another one.
    """

    key: str
    values: tuple[tuple[str, Value], ...]

    def __init__(self, key: str, /, **values: object) -> None:
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "values", tuple((name, _kept(value)) for name, value in values.items()))

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Lang) -> str:
        """The sentence in a language."""
        sentences = read_table(Path(__file__).with_name("messages.tsv")).get(self.key)
        if sentences is None:
            return self.key
        return sentences[LANGS.index(lang)].format(**{name: _said(value, lang) for name, value in self.values})


def _kept(value: object) -> Value:
    return value if isinstance(value, Message | CollationError | tuple) else str(value)


def _said(value: Value, lang: Lang) -> str:
    if isinstance(value, tuple):
        return "; ".join(part.text(lang) for part in value)
    return value if isinstance(value, str) else value.text(lang)


class CollationError(Exception):
    """What went wrong, in a sentence an archivist understands, with the file and line where it did.

    ``path`` is the file concerned and ``line`` its line, counted from 1; either may be None.
    """

    def __init__(self, message: Message, *, path: str | Path | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.path = None if path is None else str(path)
        self.line = line

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Lang) -> str:
        """The message in a language, after its place."""
        where = visible_line(self.path or "")
        if self.line is not None:
            where = f"{where}:{self.line}"
        return f"{where}: {self.message.text(lang)}" if where else self.message.text(lang)


def refusal(error: NotRead) -> Message:
    """The message of what was refused in a foreign file, or of a library that is missing."""
    return Message(error.key, **error.values)


Value = str | Message | CollationError | tuple[Message | CollationError, ...]


class UnreadableInput(CollationError):
    """The file cannot be read as a document: missing, empty, binary, not decodable."""


class DamagedDictionary(CollationError):
    """A dictionary or model file does not have the form that its header promises."""


class DamagedLog(CollationError):
    """A ruling log has a line that is no ruling, other than a torn last one."""


class UnwritableLog(CollationError):
    """A ruling could not be written down, so it does not count; the log is as it was."""


class BadSettings(CollationError):
    """Configuration that cannot be understood."""


class BadRuling(CollationError):
    """A ruling that cannot be carried out as asked."""


class BadQuestion(CollationError):
    """A question to the page that cannot be asked, or that no page can answer."""


@lru_cache(maxsize=8)
def read_table(path: Path) -> dict[str, tuple[str, str]]:
    """A table of sentences or words: key to English and Russian. Raises DamagedDictionary on a row without both."""
    found: dict[str, tuple[str, str]] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if len(cells) != 3 or not all(cells) or cells[0] in found:
            raise DamagedDictionary(Message("phrase-row"), path=path, line=number)
        found[cells[0]] = cells[1], cells[2]
    return found
