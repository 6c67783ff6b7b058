"""A TEI file as this program writes it, read back: the document's text, and what the file says at each place.

The text is that of the witnesses: of an ``app`` the reading of the document's own witness, of a ``choice`` the ``sic``;
notes, proposals and what was supplied are no part of it. An element that an editor put in by hand is read alike. What is
behind the text (``back``) is read for its places only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from collation.decisions.tei_state import TYPE, WrittenState, read_state
from collation.errors import Message, UnreadableInput
from collation.system.untrusted import parse_xml

if TYPE_CHECKING:
    from lxml.etree import _Element

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_OWN = {"#R", "#E", "#C"}
_CHARACTER = re.compile(r"#u([0-9A-F]{4,6})")
_OWN_NOTES = ("evidence", "ruling")
_SILENT = ("note", "certainty", "gap", "back", "teiHeader", "figDesc", "index")


@dataclass(frozen=True, slots=True)
class EditedUnit:
    """A place as the file has it now: where in the text that was read, and what is said of it.

    ``lemmas`` are the texts of its ``lem`` or ``corr``, each with its certainty; ``kept`` says that the text of the
    document is the lemma; ``readings`` are the ids of the proposals that are still there, with their certainty; ``kind``
    is the ``type`` of the element, ``notes`` what an editor wrote beside it.
    """

    id: str
    tag: str
    start: int
    stop: int
    lemmas: tuple[tuple[str, str], ...] = ()
    kept: bool = False
    readings: tuple[tuple[str, str], ...] = ()
    kind: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TeiEdition:
    """The text of the document in a TEI file, the stretches of its sides (siglum, start, stop), its places, and what it
    said when it was written.
    """

    text: str
    sides: tuple[tuple[str, int, int], ...]
    units: tuple[EditedUnit, ...]
    state: WrittenState

    def of_side(self, siglum: str) -> str:
        """The text of one side."""
        return "".join(self.text[start:stop] for own, start, stop in self.sides if own == siglum)


def is_ours(root: _Element) -> bool:
    """Whether this program wrote a TEI file: what it said when it was written is in it."""
    return any(element.get("type") == TYPE for element in root.iter(f"{_TEI}xenoData"))


def read_edition(data: bytes) -> TeiEdition:
    """A TEI file of this program. Raises UnreadableInput when it is none, NotRead when it is no XML that is safe to read,
    BadRuling when what it keeps of itself is damaged.
    """
    root = parse_xml(data)
    kept = next((e for e in root.iter(f"{_TEI}xenoData") if e.get("type") == TYPE), None)
    text = root.find(f"{_TEI}text")
    if kept is None or text is None:
        raise UnreadableInput(Message("tei-not-ours"))
    reader = _Reader()
    reader.visit(text)
    reader.attached(root)
    state = read_state("".join(kept.itertext()))
    return TeiEdition("".join(reader.pieces), tuple(reader.sides), tuple(reader.units), state)


def _name(element: _Element) -> str:
    tag = element.tag
    return tag.removeprefix(_TEI) if isinstance(tag, str) else ""


class _Reader:
    """Reads the text from the first element to the last."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.sides: list[tuple[str, int, int]] = []
        self.units: list[EditedUnit] = []
        self.anchors: dict[str, int] = {}

    def _add(self, text: str | None) -> None:
        if text:
            self.pieces.append(text)
            self.length += len(text)

    def visit(self, element: _Element) -> None:
        """What is in an element."""
        name, start = _name(element), self.length
        match name:
            case "text" | "front" | "body":
                for child in element:  # what is between divisions is layout of the XML
                    self.visit(child)
            case "div" if str(element.get("corresp", "")) in _OWN or element.get("type") == "original":
                self._inside(element)
                self.sides.append((str(element.get("corresp", "#R")).removeprefix("#"), start, self.length))
            case "app" | "choice":
                self._alternatives(element, start)
            case "supplied" | "add":
                self._unit(element, start, lemmas=((_plain(element), str(element.get("cert", ""))),))
            case "surplus" | "del":
                self._inside(element)
                self._unit(element, start, lemmas=(("", str(element.get("cert", ""))),))
            case "sic":
                self._inside(element)
                self._unit(element, start, kept=True)
            case "seg":
                self._inside(element)
                self._unit(element, start)
            case "g":
                self._add(_character(element))
            case "anchor":
                self.anchors[str(element.get(_ID, ""))] = self.length
            case _ if name in _SILENT or not name:
                pass
            case _:
                self._inside(element)

    def _inside(self, element: _Element) -> None:
        self._add(element.text)
        for child in element:
            self.visit(child)
            self._add(child.tail)

    def _unit(
        self, element: _Element, start: int, *, lemmas: tuple[tuple[str, str], ...] = (), kept: bool = False
    ) -> None:
        """A place of the choice form, with the notes that point at it."""
        name = str(element.get(_ID, ""))
        own = [e for e in _siblings(element) if _name(e) == "note" and e.get("target") == f"#{name}"] if name else []
        readings = [e for note in own for e in note.iter(f"{_TEI}corr")]
        self.units.append(
            EditedUnit(
                id=name,
                tag=_name(element),
                start=start,
                stop=self.length,
                lemmas=lemmas,
                kept=kept,
                readings=tuple((str(e.get(_ID, "")), str(e.get("cert", ""))) for e in readings),
                kind=str(element.get("type", "")),
                notes=tuple(_notes(own)),
            )
        )

    def _alternatives(self, element: _Element, start: int) -> None:
        """An ``app`` or a ``choice``: the document's own text goes to the text, the rest is said of the place."""
        children = list(element)
        if _name(element) == "choice":
            own = next((e for e in children if _name(e) in ("sic", "orig", "abbr")), None)
            lemmas = [e for e in children if _name(e) in ("corr", "reg", "expan")]
            if own is not None:
                self._inside(own)
            self._unit(element, start, lemmas=tuple((_plain(e), str(e.get("cert", ""))) for e in lemmas))
            return
        own = next(
            (e for e in element.iter(f"{_TEI}lem", f"{_TEI}rdg") if set(str(e.get("wit", "")).split()) & _OWN), None
        )
        if own is not None:
            self._inside(own)
        self.units.append(_app(element, own, start, self.length))

    def attached(self, root: _Element) -> None:
        """The places behind the text, which name their two ends in it."""
        for app in root.iter(f"{_TEI}app"):
            ends = [self.anchors.get(str(app.get(end, "")).removeprefix("#")) for end in ("from", "to")]
            if ends[0] is not None and ends[1] is not None and ends[0] <= ends[1]:
                own = next((e for e in app if set(str(e.get("wit", "")).split()) & _OWN), None)
                self.units.append(_app(app, own, ends[0], ends[1]))


def _app(app: _Element, own: _Element | None, start: int, stop: int) -> EditedUnit:
    lemmas = [e for e in app.iter(f"{_TEI}lem") if e is not own]
    readings = [e for e in app.iter(f"{_TEI}rdg") if e is not own]
    return EditedUnit(
        id=str(app.get(_ID, "")),
        tag="app",
        start=start,
        stop=stop,
        lemmas=tuple((_plain(e), str(e.get("cert", ""))) for e in lemmas),
        kept=own is not None and _name(own) == "lem",
        readings=tuple((str(e.get(_ID, "")), str(e.get("cert", ""))) for e in readings),
        kind=str(app.get("type", "")),
        notes=tuple(_notes(e for e in app if _name(e) == "note")),
    )


def _siblings(element: _Element) -> Iterator[_Element]:
    """What follows an element up to the next place."""
    following = element.getnext()
    while following is not None and _name(following) in ("note", "lb", "pb", "anchor"):
        yield following
        following = following.getnext()


def _notes(notes: object) -> Iterator[str]:
    assert isinstance(notes, list | Iterator)
    for note in notes:
        if note.get("type") not in _OWN_NOTES and (said := " ".join("".join(note.itertext()).split())):
            yield said


def _plain(element: _Element) -> str:
    """The text of a reading, of the lemma of what is in it."""
    reader = _Reader()
    reader._add(element.text)
    for child in element:
        if _name(child) in ("supplied", "add", "corr"):
            reader._add(_plain(child))
        else:
            reader.visit(child)
        reader._add(child.tail)
    return "".join(reader.pieces)


def _character(element: _Element) -> str:
    match = _CHARACTER.fullmatch(str(element.get("ref", "")))
    if match and int(match[1], 16) <= 0x10FFFF:
        return chr(int(match[1], 16))
    return "".join(element.itertext())
