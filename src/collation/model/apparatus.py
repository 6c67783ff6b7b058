"""The apparatus: the list of doubtful places with their readings, and what is needed to show it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from collation.model.document import Source
from collation.model.hypothesis import Basis, Edit, Feature, Side
from collation.model.parts import Box
from collation.model.place import Place

Tier = Literal["emend", "query", "note"]
Hand = Literal["scanner", "transcriber", "author", "translator", "cataloguer", "undecided"]
ProposedRuling = Literal["emend", "stands", "other-side", "needs-scan"]
Family = Literal["LEX", "CTX", "GRA", "NAM", "VAL", "SIG", "LAC", "WIT", "CAT", "TRN", "PAIR", "PAG"]
IF_ANY = {"of": "witnesses"}
"""Marks what only a document with further texts of its original, or images of its pages, has; it is written where there is any."""
Harm = Literal["sense", "value", "name", "loss", "grammar", "spelling", "catalogue"]
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A proposed reading: its edits, where it comes from, how probable it is if something is wrong here.

    ``witnesses`` are the sigla of the other texts that have it.
    """

    edits: tuple[Edit, ...]
    basis: Basis
    probability: float
    features: tuple[Feature, ...] = ()
    witnesses: tuple[str, ...] = field(default=(), metadata=IF_ANY)

    @property
    def text(self) -> str:
        """What is to be written, for showing."""
        return " … ".join(edit.text for edit in self.edits)


@dataclass(frozen=True, slots=True)
class OnImage:
    """Where an entry is on the image of a page: the path of the file, the number of the page in it from 1, the box of its words
    in pixels, and what the engine reads there by itself. ``crop`` is the line around it as a small JPEG, in base64.
    """

    label: str
    number: int
    box: Box
    reads: str
    crop: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """One doubtful place.

    ``id`` is a name inside one run only. ``places`` has the suspected place first, then the place on the other
    side where two sides differ. ``probability`` is that something is wrong here; each reading's probability is
    conditional on that. ``features`` are the evidence, those with ``against`` set speak for the text as it
    stands. A crux has no readings. ``opposite`` are the places of the other side to be marked with it.
    ``blame`` is, where two sides differ, the probability that the first place is the one at fault; ``undecided`` says
    that it is too low for a side to be named. ``agreeing`` are the sigla of the other texts that read there what is doubted;
    ``image`` is where it is on the image of its page, where that is known.
    """

    id: str
    code: str
    family: Family
    side: Side
    places: tuple[Place, ...]
    lemma: str
    probability: float
    tier: Tier
    harm: Harm
    hand: Hand
    ruling: ProposedRuling
    readings: tuple[Reading, ...]
    features: tuple[Feature, ...]
    opposite: tuple[Place, ...] = ()
    other_readings: tuple[Reading, ...] = ()
    blame: float | None = None
    agreeing: tuple[str, ...] = field(default=(), metadata=IF_ANY)
    image: OnImage | None = field(default=None, metadata=IF_ANY)

    @property
    def place(self) -> Place:
        return self.places[0]

    @property
    def undecided(self) -> bool:
        """Whether two sides differ and nothing decides which of them is at fault."""
        return self.hand == "undecided"

    @property
    def crux(self) -> bool:
        return not self.readings


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the facing pages: places of the original and of the translation side by side."""

    original: tuple[Place, ...]
    translation: tuple[Place, ...]
    kind: str = "paragraph"


@dataclass(frozen=True, slots=True)
class Unexamined:
    """A stretch or a kind of evidence that could not be examined, and why (a key of the phrase table)."""

    says: str
    values: tuple[tuple[str, str], ...] = ()
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class ListedWitness:
    """Another text of the original: its siglum, the path of its file and the SHA-256 of its bytes; ``used`` says whether it is
    evidence, which a text that hardly agrees is not."""

    siglum: str
    label: str
    digest: str
    used: bool = True


@dataclass(frozen=True, slots=True)
class Apparatus:
    """What was found in one document, and everything a writer needs to show it.

    ``sentences`` are those that answer each other, a place for each paragraph that a side of them is in; ``witnesses`` the
    other texts of the original that it was compared with.
    """

    source: Source
    rows: tuple[Row, ...]
    entries: tuple[Entry, ...]
    unexamined: tuple[Unexamined, ...]
    versions: tuple[tuple[str, str], ...]
    settings: tuple[tuple[str, str], ...]
    sentences: tuple[Row, ...] = ()
    witnesses: tuple[ListedWitness, ...] = field(default=(), metadata=IF_ANY)

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, words: str) -> Entry:
        """The first entry that these words mean. Raises KeyError when there is none."""
        for entry in self.find(words):
            return entry
        raise KeyError(words)

    def find(self, words: str) -> tuple[Entry, ...]:
        """The entries whose lemma these words are; else those whose lemma contains them; else those inside
        these words of the text, so that a common word can be named with its neighbours.
        """
        plain = {entry.id: " ".join(entry.lemma.split()) for entry in self.entries}
        if exact := tuple(e for e in self.entries if words in (e.lemma, plain[e.id])):
            return exact
        if longer := tuple(e for e in self.entries if words in e.lemma or words in plain[e.id]):
            return longer
        text, length = self.source.text, len(words)
        starts = [i for i in range(len(text)) if text.startswith(words, i)] if words else []
        return tuple(e for e in self.entries if any(s <= e.place.start and e.place.stop <= s + length for s in starts))
