"""The word list of a project: names and terms that are right in its documents, in ``words.txt`` beside collation.toml.

One a line, a form or a lemma; ``letter.txt: word`` is for one document, by its path from the list or its bare name; what
follows ``#`` is a comment. The list is written by people too, with any editor: it is read with either line end and with a
byte order mark, and a line is added or taken out without touching the others. What is listed is not doubted for itself
(``evidence/listed_words.py``); ``docs/words.md`` says what it does not silence.
"""

from __future__ import annotations

import codecs
import os
import re
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from collation.decisions.ruling_log import FOLDER, holding
from collation.errors import BadRuling, BadSettings, Message, UnwritableLog
from collation.project.configuration import Project, find_project
from collation.project.named_paths import LARGEST, named_path, repository_of
from collation.project.rulings_folders import RulingsFolders, folders_above
from collation.reading.inputs import WORD_LIST, is_word_list
from collation.system.files import read_regular, write_whole

_LONGEST = 100  # letters of a listed word, or of several together
_LETTER = re.compile(r"[^\W\d_]")
_COMMENT = re.compile(r"(?:^|\s)#.*")
_HEAD = (
    "# Names and terms that are right in these documents, one a line: a form or a dictionary form.\n"
    "# “letter.txt: word” is for one document. What follows # is a comment.\n"
)


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word, or several together, and the document for which it is listed, "" for all."""

    word: str
    document: str = ""

    @classmethod
    def from_line(cls, line: str) -> ListedWord | None:
        """What a line lists, None when nothing."""
        text = unicodedata.normalize("NFC", _COMMENT.sub("", line)).strip()
        document, colon, word = text.rpartition(": ")
        listed = cls(" ".join((word if colon else text).split()), document.strip() if colon else "")
        return listed if listed.word else None

    def line(self) -> str:
        """The line that lists it. Raises BadRuling when there is none that would be read as this."""
        text = f"{self.document}: {self.word}" if self.document else self.word
        fits = len(self.word) <= _LONGEST and _LETTER.search(self.word) and text.isprintable()
        if not fits or ListedWord.from_line(text) != self:
            raise BadRuling(Message("word-unlistable", word=self.word))
        return text

    def is_for(self, names: tuple[str, ...]) -> bool:
        """Whether it is listed for a document of these names."""
        return not self.document or self.document in names


def read_words(path: Path) -> tuple[ListedWord, ...]:
    """What a word list lists, in its order; a list that is not there lists nothing.

    Raises BadSettings, with the line, for what is no list of words.
    """
    found = []
    for number, line in enumerate(_lines(path), 1):
        listed = ListedWord.from_line(line)
        if listed is not None and (len(listed.word) > _LONGEST or not _LETTER.search(listed.word)):
            raise BadSettings(Message("word-line-wrong"), path=path, line=number)
        found += [listed] if listed else []
    return tuple(found)


def add_word(path: Path, listed: ListedWord, *, comment: str = "") -> bool:
    """Add a word to the list, which is made when it is missing; False when it was listed for that document already.

    ``comment`` goes behind it: who added it, and when. The list is there whole whatever happens, and two who add at once
    both get their line. Raises BadRuling for what cannot be listed, UnwritableLog when the list cannot be written.
    """
    line = listed.line() + (f"  # {_one_line(comment)}" if comment else "")
    with _changing(path):
        if any(known in (listed, ListedWord(listed.word)) for known in read_words(path)):
            return False
        data = _bytes(path)
        end = "\r\n" if b"\r\n" in data else "\n"
        joint = "" if not data or data.endswith(b"\n") else end
        write_whole(path, data + ((_HEAD if not data else "") + joint + line + end).encode(), folders=True)
        return True


def remove_word(path: Path, listed: ListedWord) -> bool:
    """Take a word out of the list, with its comment; False when it was not there. Raises as ``add_word``."""
    with _changing(path):
        data = _bytes(path).decode("utf-8")
        lines = data.splitlines(keepends=True)
        kept = [line for line in lines if ListedWord.from_line(line.removeprefix("\ufeff")) != listed]
        if len(kept) == len(lines):
            return False
        write_whole(path, "".join(kept))
        return True


@dataclass
class WordLists:
    """The word lists of the documents of a run.

    ``project`` is the project that holds for all of them; None looks for that of each document. ``folders`` say where
    their rulings lie: beside these a list is begun where there is no project file.
    """

    project: Project | None = None
    folders: RulingsFolders = field(default_factory=RulingsFolders)

    def path_for(self, document: Path) -> Path:
        """The list for a document: beside collation.toml, or where the settings say; without settings the nearest list
        above, else where one would be begun. It need not exist. Raises BadSettings when it lies outside of the project.
        """
        here = _folder_of(document)
        project = self.project or find_project(here)
        if project.path is not None:
            return project.words or named_path("words", project.root / WORD_LIST, project.root, project.path)
        top = repository_of(here)
        for folder in folders_above(here):
            if is_word_list(folder / WORD_LIST):
                return named_path("words", folder / WORD_LIST, folder)
            if folder.resolve() == top and (top / ".git").exists():
                break
        home = self.folders.of(here / "document").folder.parent.absolute()
        return (home if home in (here, *here.parents) else here) / WORD_LIST

    def for_document(self, document: Path) -> tuple[str, ...]:
        """The words that are listed for a document, each once, sorted. Raises BadSettings."""
        path = self.path_for(document)
        if not os.path.lexists(path) or not self._is_own(path):
            return ()
        names = self.names_of(document, path)
        return tuple(sorted({listed.word for listed in read_words(path) if listed.is_for(names)}))

    def listed(self, document: Path, word: str, *, everywhere: bool) -> tuple[Path, ListedWord]:
        """The list for a document and the word as it would be in it. Nothing is written.

        Raises BadSettings where a document already has the name of the list.
        """
        path = self.path_for(document)
        if os.path.lexists(path) and not self._is_own(path):
            raise BadSettings(Message("words-taken"), path=path)
        name = "" if everywhere else self.names_of(document, path)[0]
        return path, ListedWord(" ".join(unicodedata.normalize("NFC", word).split()), name)

    def is_list(self, path: Path) -> bool:
        """Whether a file is a word list itself, and no document."""
        own = self.project.words if self.project else None
        return is_word_list(path) or (own is not None and own.absolute() == path.absolute())

    def _is_own(self, path: Path) -> bool:
        """Whether what is at the place of the list is one: the settings say so, or its beginning."""
        return is_word_list(path) or (self.project or find_project(path.absolute().parent)).path is not None

    @staticmethod
    def names_of(document: Path, path: Path) -> tuple[str, ...]:
        """How a list may name a document: by its path from the list, and by its bare name."""
        full, root = document.absolute(), path.absolute().parent
        names = (full.relative_to(root).as_posix() if full.is_relative_to(root) else full.name, full.name)
        return tuple(dict.fromkeys(unicodedata.normalize("NFC", name) for name in names))


def _folder_of(document: Path) -> Path:
    return (Path.cwd() if document == Path("-") else document.absolute().parent).absolute()


@contextmanager
def _changing(path: Path) -> Iterator[None]:
    """Nobody else changes the list meanwhile. The lock lies among the rulings, which git is told to leave it out of."""
    try:
        with holding(path.absolute().parent / FOLDER, WORD_LIST):
            yield
    except OSError as error:
        raise UnwritableLog(Message("words-unwritable", reason=error.strerror or error), path=path) from error


def _bytes(path: Path) -> bytes:
    """The list as it is, nothing for one that is missing. Raises BadSettings."""
    try:
        data = read_regular(path, most=LARGEST["words"])
        data.decode("utf-8")
    except FileNotFoundError:
        return b""
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or error
        raise BadSettings(Message("words-unreadable", reason=reason), path=path) from error
    return data


def _lines(path: Path) -> Iterator[str]:
    yield from _bytes(path).removeprefix(codecs.BOM_UTF8).decode("utf-8").splitlines()


def _one_line(comment: str) -> str:
    return "".join(c if c.isprintable() else " " for c in comment).strip()
