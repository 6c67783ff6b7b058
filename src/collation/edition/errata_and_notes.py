"""What goes with an edition: the note on the text with its counts, the errata, the notes, and what was not
carried out.

The errata have the form of the errata of *Foreign Relations of the United States*: place, “1940” has been
corrected to “1950”. The counts are those of the rulings that hold, and together with what was not carried out
they are all of them.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal

from collation.decisions.ruling import Ruling
from collation.edition.edit import Edition, Left, Printed
from collation.edition.styles import delicate
from collation.knowledge.dictionaries import read_rows
from collation.model import Place
from collation.model.hypothesis import Side
from collation.system.escaping import visible
from collation.writers.as_markdown import escape
from collation.writers.phrases import label

Lang = Literal["en", "ru"]
LANGS: tuple[Lang, ...] = ("en", "ru")
_FAR = 80  # characters in which the words around a place are looked for
_BLANK_LINE = re.compile(r"\r?\n[ \t\xa0]*\r?\n")
_LAST_WORDS = re.compile(r"(?<!\S)(?:\S+\s+){0,3}\S*$")
_FIRST_WORDS = re.compile(r"\S*(?:\s+\S+){0,3}(?!\S)")
_LINE = re.compile(r"\A( *- |\[\d+\] |)(.*?)(\n?)\Z", re.DOTALL)
_WITH_HAND = {"emended", "done"}
_KINDS = ("emended", "done", "stands", "noted", "scan", "rejected")


@lru_cache(maxsize=1)
def _table() -> dict[str, tuple[str, str]]:
    return {key: (en, ru) for key, en, ru in read_rows(Path(__file__).with_name("words.tsv"), columns=3)}


def _word(key: str, lang: Lang, **values: str) -> str:
    return _table()[key][lang == "ru"].format(**values)


def write_lists(edition: Edition, *, after: str, lang: Lang) -> str:
    """The note on the text, the errata, the notes and what was left, as Markdown. ``after`` is the edition's
    digest.
    """
    parts = [
        f"# {_word('note', lang)}",
        _in_markdown(_note(edition, after, lang)),
        f"## {_word('errata', lang)}",
        _in_markdown(_errata(edition, lang)) or _word("errata-none", lang),
    ]
    for key, lines in (
        ("notes", _notes(edition, lang)),
        ("left", [_left(item, edition, lang) for item in edition.left]),
    ):
        if lines:
            parts += [f"## {_word(key, lang)}", _in_markdown(lines)]
    return visible("\n\n".join(parts)) + "\n"


def _in_markdown(lines: Iterable[str]) -> str:
    """Lines in which only what makes a list is Markdown: texts, names of files and of editors may be anybody's."""
    return "\n".join(_LINE.sub(lambda line: line[1] + escape(line[2]) + line[3], line) for line in lines)


def note_on_text(edition: Edition, lang: Lang, *, form: str = "") -> tuple[str, list[str]]:
    """The heading of the note on the text and its lines: who ruled when, how emendations look, how many of which kind;
    ``form`` "tei" when they are elements, "docx" when every place has a footnote.
    """
    source = edition.source
    after = hashlib.sha256(edition.text.encode(source.encoding, "replace")).hexdigest()
    return _word("note", lang), [line.lstrip(" -") for line in _note(edition, after, lang, form) if line]


def left_in_words(edition: Edition, lang: Lang) -> tuple[str, list[str]]:
    """The heading of what was not carried out, and a line for each ruling of that kind."""
    return _word("left", lang), [_left(item, edition, lang).removeprefix("- ") for item in edition.left]


def counts(edition: Edition) -> Counter[str]:
    """How many rulings were carried out in each way, and how many were left. Each ruling counts once."""
    found: Counter[str] = Counter()
    for kind, rulings in _by_kind(edition.printed).items():
        found[kind] = len(rulings)
    found["left"] = len({item.ruling.id for item in edition.left})
    return found


def _by_kind(printed: Iterable[Printed]) -> dict[str, dict[str, Printed]]:
    """The rulings by what became of them; one that changed a place and found another mended already is
    emended.
    """
    kinds: dict[str, dict[str, Printed]] = {kind: {} for kind in _KINDS}
    for item in printed:
        emended = item.ruling.id in kinds["emended"]
        if item.kind != "done" or not emended:
            kinds[item.kind].setdefault(item.ruling.id, item)
        if item.kind == "emended":
            kinds["done"].pop(item.ruling.id, None)
    return kinds


def _note(edition: Edition, after: str, lang: Lang, form: str = "") -> list[str]:
    source, kinds = edition.source, _by_kind(edition.printed)
    found = counts(edition)
    rulings = [*(p.ruling for p in edition.printed), *(item.ruling for item in edition.left)]
    lines = [_word("source", lang, id=source.id, before=source.digest, after=after), ""]
    lines += [_who(rulings, lang), ""]
    named = {siglum for ruling in rulings for siglum in ruling.witnesses}
    if listed := "; ".join(f"{siglum}: {file}" for siglum, file in edition.witnesses if siglum in named):
        lines += [_word("witnesses", lang, listed=listed), ""]
    if not rulings:
        return lines[:-1]
    lines += [_word("style." + {"": edition.style, "docx": f"docx-{edition.style}"}.get(form, form), lang), ""]
    for kind in _KINDS:
        if found[kind] or kind == "emended":
            lines.append(f"- {_word(f'count.{kind}', lang)}: {found[kind]}")
        if kind == "emended":
            lines += [f"  - {name}: {number}" for name, number in _of_these(list(kinds[kind].values()), lang)]
    if found["left"]:
        lines.append(f"- {_word('left', lang)}: {found['left']}")
    return lines


def _of_these(emended: list[Printed], lang: Lang) -> list[tuple[str, int]]:
    sensitive = sum(delicate(p.ruling, p.lemma, p.reading or "") for p in emended)
    added = sum(p.ruling.verdict == "added" for p in emended)
    both = (_word("count.delicate", lang), sensitive), (_word("count.added", lang), added)
    return [(name, number) for name, number in both if number]


def _who(rulings: list[Ruling], lang: Lang) -> str:
    if not rulings:
        return _word("none", lang)
    times = sorted(r.time[:10] for r in rulings)
    editors = ", ".join(sorted({r.editor for r in rulings}))
    key = "rulings" if times[0] != times[-1] else "rulings-day"
    return _word(key, lang, editors=editors, first=times[0], last=times[-1])


def _errata(edition: Edition, lang: Lang) -> list[str]:
    """One line for every changed place."""
    lines = []
    for item in edition.printed:
        if item.kind not in ("emended", "done"):
            continue
        lemma, reading = _shown(item.lemma), _shown(item.reading or "")
        key = "inserted" if not lemma else "erratum" if reading else "deleted"
        done = f" {_word('done', lang)}" if item.kind == "done" else ""
        said = _word(key, lang, lemma=lemma, reading=reading) + _source(item, lang)
        lines.append(f"- {_at(edition, item.place, item.side, lang)}{_around(edition, item, lang)}: {said}{done}")
    return lines


def _notes(edition: Edition, lang: Lang) -> list[str]:
    """The notes, under the numbers that the text has in the style with notes."""
    lines = []
    for item in edition.printed:
        if item.kind == "rejected" or (edition.style != "notes" and item.kind in ("emended", "done")):
            continue
        head = f"[{item.number}] " if edition.style == "notes" else "- "
        at = f"{_at(edition, item.place, item.side, lang)}{_around(edition, item, lang)}"
        lines.append(f"{head}{at}: {_shown(item.lemma)} ] {said(item, lang)}")
    return [line if line.startswith("- ") else f"{line}\n" for line in lines]


def said(item: Printed, lang: Lang) -> str:
    """What a note says: the editor's own words, else the words of the house, in either language."""
    if item.ruling.note and _shown(item.ruling.note) not in _house_notes(item):
        return _shown(item.ruling.note)
    if item.kind in ("emended", "done"):
        lemma, reading = _shown(item.lemma), _shown(item.reading or "")
        return _word("note.emended" if lemma else "inserted", lang, lemma=lemma, reading=reading) + _source(item, lang)
    return _stands(item, lang) if item.kind == "stands" else _word(f"note.{item.kind}", lang)


def _source(item: Printed, lang: Lang) -> str:
    """Of a reading that other texts have, which."""
    sigla = ", ".join(item.ruling.witnesses)
    return f" {_word('source.witness', lang, sigla=sigla)}" if sigla else ""


def footnote(item: Printed, lang: Lang) -> str:
    """What a footnote says: the reading of the text or why it stands, and whose slip it was, unless the editor wrote his
    own.
    """
    shown = item.ruling.shown
    told = said(item, lang)
    if item.ruling.note or item.kind not in _WITH_HAND or shown is None or shown.hand == "undecided":
        return told
    return f"{told} {label(f'hand.{shown.hand}', lang)}."


def _stands(item: Printed, lang: Lang) -> str:
    shown = item.ruling.shown
    reading = _shown(shown.readings[0]) if shown and shown.readings else ""
    return _word("note.stands", lang, reading=reading) if reading else _word("note.stands-bare", lang)


def _house_notes(item: Printed) -> set[str]:
    """The notes that the page offers and nobody has changed: a note in one language only would be in both lists."""
    return {_stands(item, lang) for lang in LANGS} if item.kind == "stands" else set()


def _around(edition: Edition, item: Printed, lang: Lang) -> str:
    """The place with the words around it, as the text has them: " (…Конечно, но следует, так…)"."""
    text, place = edition.source.text, item.place
    before = _BLANK_LINE.split(text[max(0, place.start - _FAR) : place.start])[-1]
    after = _BLANK_LINE.split(text[place.stop : place.stop + _FAR])[0]
    left = _LAST_WORDS.search(before)
    right = _FIRST_WORDS.match(after)
    words = _shown((left[0] if left else "") + text[place.start : place.stop] + (right[0] if right else ""))
    return " " + _word("around", lang, words=words) if words and words != _shown(item.lemma) else ""


def _left(item: Left, edition: Edition, lang: Lang) -> str:
    ruling = item.ruling
    where = f"{_at(edition, item.place, ruling.side, lang)}: " if item.place else ""
    reading = f" → {_shown(ruling.reading)}" if ruling.reading is not None else ""
    why = _word(f"left.{item.why}", lang, editors=", ".join(item.editors))
    return f"- {where}{_shown(ruling.anchor.exact)}{reading}. {why}"


def _at(edition: Edition, place: Place, side: Side, lang: Lang) -> str:
    """A place as sheet and line, with its side when that is not the original."""
    source, line = edition.source, str(edition.source.line(place.start))
    own = [s for s in source.sheets if s.place.start <= place.start and (s.witness == "E") == (side == "translation")]
    key = "at-sheet" if own and side != "catalogue" else "at"
    at = _word(key, lang, line=line, sheet=own[-1].number if own else "")
    if len(source.parts) > 1:
        at = f"{PurePosixPath(source.label_at(place.start)).name}, {at}"
    return at if side == "original" else f"{at}, {_word(side, lang)}"


def _shown(words: str) -> str:
    return " ".join(words.split())
