"""The library as it is used in a notebook or a script: read, examine, look, ask why, add a rule in a cell.

Values show themselves in a cell; nothing here prints. ``Examined`` is an apparatus with its manners, every field of
the apparatus can be asked of it.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path, PurePath
from typing import Any

import regex

from collation.errors import CollationError, Message, UnreadableInput
from collation.evidence.context import Context
from collation.languages import RUSSIAN_ENGLISH, is_known, known_for, pair_named
from collation.learning.scoring import Gold, Score, prediction, read_gold
from collation.learning.scoring import score_predictions as _score
from collation.model import Apparatus, Document, Edit, Entry, Feature, Hypothesis, Place
from collation.model.apparatus import Harm
from collation.model.hypothesis import Side
from collation.model.rule import FAMILIES, Rule, family_of
from collation.pipeline import examine as _examine
from collation.reading import read_files, read_pair
from collation.reading.part_files import Groups, PartFile
from collation.rules import RULES
from collation.settings import Settings
from collation.writers.as_html import write_html
from collation.writers.phrases import Lang, sentence, without_marks

_COLUMNS = ("line", "text", "reading", "p", "side", "tier", "ruling", "code", "why")
_UNNAMED = "XNB"  # the code of a hypothesis made in a cell, until its rule gives its own
_RUSSIAN_WORD = regex.compile(r"\p{Cyrillic}+")


@dataclass(frozen=True, slots=True)
class Examined:
    """An apparatus that shows itself: ``app["топорь"]``, ``len(app)``, ``app.to_frame()``."""

    apparatus: Apparatus

    def __iter__(self) -> Iterator[ShownEntry]:
        return (ShownEntry(entry, self.apparatus) for entry in self.apparatus.entries)

    def __len__(self) -> int:
        return len(self.apparatus.entries)

    def __getitem__(self, lemma: str) -> ShownEntry:
        """The entry whose lemma is or contains these words. Raises KeyError when there is none."""
        return ShownEntry(self.apparatus[lemma], self.apparatus)

    def __repr__(self) -> str:
        return f"<apparatus of {self.apparatus.source.label}: {len(self)} entries>"

    def _repr_html_(self) -> str:
        page = write_html(self.apparatus).replace("&", "&amp;").replace('"', "&quot;")
        return f'<iframe srcdoc="{page}" style="width:100%;height:40rem;border:0" title="apparatus"></iframe>'

    def to_frame(self) -> Any:
        """The entries as a pandas table: line, text, reading, p, side, tier, ruling, code, why. Needs pandas."""
        import pandas

        return pandas.DataFrame([entry.row() for entry in self], columns=list(_COLUMNS))


@dataclass(frozen=True, slots=True)
class ShownEntry:
    """One entry with its sentences at hand."""

    entry: Entry
    apparatus: Apparatus

    def why(self, lang: Lang = "en") -> list[str]:
        """The evidence as sentences, for the reading and then against it."""
        return [without_marks(sentence(f.says, f.values, lang)) for f in self.entry.features if f.says]

    @property
    def reading(self) -> str:
        """The first reading, empty for a crux."""
        return self.entry.readings[0].text if self.entry.readings else ""

    def row(self) -> dict[str, Any]:
        """The entry as a row of a table."""
        e = self.entry
        return {
            "line": self.apparatus.source.line(e.place.start),
            "text": e.lemma,
            "reading": self.reading,
            "p": e.probability,
            "side": e.side,
            "tier": e.tier,
            "ruling": e.ruling,
            "code": e.code,
            "why": "; ".join(self.why()),
        }

    def __repr__(self) -> str:
        return f"<{self.entry.code} {self.entry.lemma} ] {self.reading or '†'} ({self.entry.probability:.2f})>"


def read(
    path: str | Path | None = None,
    *,
    original: str = "",
    translation: str | None = None,
    languages: tuple[str, str] = (RUSSIAN_ENGLISH.original.code, RUSSIAN_ENGLISH.translation.code),
    encoding: str | None = None,
    witnesses: Mapping[str, str | Path] | None = None,
) -> Document:
    """The document in a file, with the file of its translation beside it, or one made of two strings in these languages.

    ``witnesses`` are the files of further texts of its original by their sigla. A translation that is not English is left out with a warning: nothing is known of its words. Raises
    UnreadableInput, with the path, when there is no Russian text in it.
    """
    if path is not None:
        named = tuple(PartFile(Path(file), "", siglum) for siglum, file in (witnesses or {}).items())
        return read_files(Groups(witnesses=named).of(Path(path)), encoding=encoding)
    if not is_known(languages[0], "original"):
        known = tuple(Message("language-known", name=Message(k.name), code=k.code) for k in known_for("original"))
        raise UnreadableInput(Message("language-unknown", language=languages[0], known=known))
    if translation and not is_known(languages[1], "translation"):
        known_names = ", ".join(k.name for k in known_for("translation"))
        what = f"known for translations: {known_names}, not “{languages[1]}”; the translation is left out, and so is "
        warnings.warn(what + "all that it witnesses (sense, numbers, names, loss)", stacklevel=2)
        return read_pair(original, None)
    return read_pair(original, translation, pair_named(*languages) if translation else None)


def examine(
    document: Document | str,
    translation: str | None = None,
    *,
    settings: Settings | None = None,
    rules: Sequence[Rule] = RULES,
    proposers: Sequence[Rule] | None = None,
) -> Examined:
    """The apparatus of a document, or of a Russian text and its translation given as strings.

    ``rules`` are those that examine it: ``[*co.RULES, mine]``. ``proposers`` is their old name.
    """
    if proposers is not None:
        warnings.warn("“proposers” is now “rules”", DeprecationWarning, stacklevel=2)
        rules = proposers
    if isinstance(document, str):
        document = read_pair(document, translation)
    return Examined(_examine(document, settings=settings, rules=tuple(rules)))


def rule(
    *,
    code: str,
    sides: tuple[Side, ...] = ("original",),
    name: str = "",
    prior: float | None = None,
    harm: Harm | None = None,
) -> Callable[[Callable[[Context], Iterator[Hypothesis]]], Rule]:
    """Make a rule of a function, for a detector written in one cell. It is used only where it is passed.

    ``prior`` is the log-odds that a doubt of it is true when nothing else is said; without one its doubts are queries.
    Its family is that with which its code begins, that of words in context with any other beginning; its harm, if none is given, that of its
    family.
    """
    family = family_of(code)

    def wrap(function: Callable[[Context], Iterator[Hypothesis]]) -> Rule:
        def propose(context: Context) -> Iterator[Hypothesis]:
            yield from (replace(h, code=code) if h.code == _UNNAMED else h for h in function(context))

        return Rule(
            code=code,
            family=family,
            name=name or function.__name__,
            propose=propose,
            sides=sides,
            harm=harm or FAMILIES[family].harm,
            prior=prior,
            since="",
        )

    return wrap


def hypothesis(
    match: regex.Match[str], *, says: str, reading: str | None = None, strength: float = 1.0, side: Side = "original"
) -> Hypothesis:
    """A hypothesis at a pattern's match. ``says`` is its sentence, ``strength`` moves the log-odds of the doubt."""
    place = Place.at(match.start(), match.end())
    edits = (Edit(place, reading),) if reading is not None else ()
    feature = Feature("strength", strength, (place,), "", says, (("text", match.group()),))
    return Hypothesis(_UNNAMED, (place,), edits, (feature,), side)


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two apparatus of one text have and lack of each other."""

    only_first: tuple[Entry, ...]
    only_second: tuple[Entry, ...]
    both: int

    def __repr__(self) -> str:
        return f"<{self.both} entries in both, {len(self.only_first)} only in the first, {len(self.only_second)} only in the second>"


def compare(first: Examined, second: Examined) -> Comparison:
    """Which entries two runs over one text have in common, by place."""
    left = {e.place: e for e in first.apparatus.entries}
    right = {e.place: e for e in second.apparatus.entries}
    return Comparison(
        tuple(e for p, e in left.items() if p not in right),
        tuple(e for p, e in right.items() if p not in left),
        len(left.keys() & right.keys()),
    )


def score(app: Examined, gold: str | Path | Sequence[Gold], *, tier: str = "emend") -> Score:
    """How well the entries of a tier meet the gold for this document: precision, recall, F1, calibration.

    ``gold`` is a file with one item a line (doc, start, end, corr, kind, must), or such items; they belong to the
    document by its file's name. Raises CollationError when nothing of the gold is about this document.
    """
    source, entries = app.apparatus.source, app.apparatus.entries
    name = PurePath(source.label).name
    items = read_gold(Path(gold)) if isinstance(gold, str | Path) else gold
    own = [{**item, "_i": i} for i, item in enumerate(i for i in items if i["doc"] == name)]
    if not own:
        raise CollationError(Message("gold-without-document", name=name))
    flags = [prediction(name, source.text, entry) for entry in entries if entry.tier == tier]
    words = len(_RUSSIAN_WORD.findall(source.text))
    return _score(own, flags, {name: source.text}, {name: words})
