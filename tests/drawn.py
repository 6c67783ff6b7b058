"""Drawn cases: a text with an editor's pencil on it, as ``tests/cases/<family>/*.txt`` hold them.

    R  Он прпбыл в Москву 5 мая.
          ^^^^^^ LEX101 | прибыл
    E  He arrived in Moscow on 5 May.

    =  С глубокою признательностью приняли мы посылку.

Cases are parted by blank lines. ``R`` begins a line of the Russian text, ``E`` of the English, ``C`` of the catalogue
header, ``B`` and ``D`` of another text of the Russian, ``P`` what the image of the page has, ``K4`` what four other documents of the
collection have (Russian, a bar, English; a stroke between blanks ends a line), ``=`` a Russian line that must be
left alone; a bare ``R`` or ``E`` is an empty line. A pencil line is under
the line it marks: the carets under what is doubted, the code of the rule, and behind the bar what should be read
(nothing behind the bar: it should be lost; no bar: no reading is asked for). Lines that begin with ``#`` are remarks.
"""

from __future__ import annotations

import atexit
import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from collation.knowledge.collection import merged, written
from collation.learning.from_collection import of_document
from collation.learning.witness_training import with_witness
from collation.model import Document, Span
from collation.reading import read_text
from collation.settings import Settings
from made_pages import seen_page

CASES = Path(__file__).parent / "cases"
_PENCIL = re.compile(r"(?P<indent> +)(?P<carets>\^+)\s*(?P<code>[A-Z]{3,4}\d{3})\s*(?P<bar>\|\s?(?P<reading>.*))?$")
_OF_COLLECTION = re.compile(r"K\d ")
_WIDTH = 3


@dataclass(frozen=True)
class Mark:
    """A pencil mark: the doubted span of the case's text, the rule, and the text as it should read (or None)."""

    span: Span
    code: str
    mended: str | None


@dataclass(frozen=True)
class Case:
    """A drawn case; ``alone`` are the stretches in which nothing may be emended, ``others`` other texts by their sigla."""

    name: str
    text: str
    marks: tuple[Mark, ...]
    alone: tuple[Span, ...]
    others: tuple[tuple[str, str], ...] = ()
    page: tuple[str, ...] = ()
    collection: tuple[str, ...] = ()

    @property
    def settings(self) -> Settings:
        """The settings that name what its collection teaches."""
        if not self.collection:
            return Settings()
        return Settings(collection=_learned((self.text, *self.collection)))

    def document(self) -> Document:
        document = read_text(self.text, label=self.name)
        for siglum, text in self.others:
            document = with_witness(document, siglum, text)
        return replace(document, pages=(seen_page(self.page),)) if self.page else document


def read_cases(path: Path) -> list[Case]:
    """The cases of a file. Raises ValueError with the line when one is badly drawn."""
    found: list[Case] = []
    block: list[str] = []
    first = 1
    for number, line in enumerate([*path.read_text(encoding="utf-8").splitlines(), ""], 1):
        if line.strip() and not line.startswith("#"):
            first = first if block else number
            block.append(line)
        elif block and not line.startswith("#"):
            found.append(_case(block, f"{_label(path)}:{first}"))
            block = []
    return found


def _label(path: Path) -> str:
    """The name of a cases file: family and file, where it is one of the rules'."""
    return path.relative_to(CASES).as_posix() if path.is_relative_to(CASES) else path.name


def _case(lines: list[str], name: str) -> Case:
    sides: dict[str, list[str]] = {"C": [], "R": [], "E": [], "B": [], "D": []}
    pencils: list[tuple[str, int, re.Match[str]]] = []
    alone: list[tuple[str, int]] = []
    page = tuple(line[_WIDTH:] for line in lines if line.startswith("P  "))
    collection = tuple(text for line in lines if _OF_COLLECTION.match(line) for text in _others(line))
    side = ""
    for line in (line for line in lines if not line.startswith("P  ") and not _OF_COLLECTION.match(line)):
        if line[0] == " ":
            match = _PENCIL.fullmatch(line)
            if match is None or not side:
                raise ValueError(f"{name}: this is no pencil line: {line.strip()}")
            pencils.append((side, len(sides[side]) - 1, match))
            continue
        side = "R" if line[0] == "=" else line[0]
        if side not in sides or line[1:_WIDTH].strip():
            raise ValueError(f"{name}: a line begins with R, E, C, B, D, P or =: {line}")
        sides[side].append(line[_WIDTH:])
        if line[0] == "=":
            alone.append((side, len(sides[side]) - 1))
    if bool(pencils) == bool(alone):
        raise ValueError(f"{name}: a case has pencil marks or lines to be left alone, one of them")
    text, starts = _joined(sides)
    marks = tuple(_mark(text, starts[where, row], pencil, name) for where, row, pencil in pencils)
    spans = tuple(Span(starts[key], starts[key] + len(sides["R"][key[1]])) for key in alone)
    others = tuple((siglum, "\n".join(sides[siglum])) for siglum in "BD" if sides[siglum])
    return Case(name, text, marks, spans, others, page, collection)


def _others(line: str) -> Iterator[str]:
    """The texts of the other documents that a line stands for; they differ in a last line."""
    text = "\n\n".join(line[_WIDTH:].split(" | ")).replace(" / ", "\n")
    yield from (f"{text}\n\n{number}\n" for number in range(1, int(line[1]) + 1))


@cache
def _learned(texts: tuple[str, ...]) -> Path:
    """The file that is learned of some texts; the first is the case's own."""
    known = merged(of_document(read_text(text, label=f"{number}.txt")) for number, text in enumerate(texts))
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".json", delete=False) as file:
        file.write(written(known))
    atexit.register(Path(file.name).unlink, missing_ok=True)
    return Path(file.name)


def _joined(sides: dict[str, list[str]]) -> tuple[str, dict[tuple[str, int], int]]:
    """The text of the case, and where in it each line begins."""
    text, starts = "", {}
    for side, after in (("C", "\n\nContents:\n\n"), ("R", "\n\n"), ("E", "")):
        for row, line in enumerate(sides[side]):
            text += "\n" if row else ""
            starts[side, row] = len(text)
            text += line
        text += after if sides[side] else ""
    return text, starts


def _mark(text: str, start: int, pencil: re.Match[str], name: str) -> Mark:
    begin = start + len(pencil["indent"]) - _WIDTH
    span = Span(begin, begin + len(pencil["carets"]))
    if "\n" in span.of(text) or span.stop > len(text):
        raise ValueError(f"{name}: the carets run over the end of the line")
    reading = pencil["reading"]
    return Mark(span, pencil["code"], None if reading is None else text[: span.start] + reading + text[span.stop :])
