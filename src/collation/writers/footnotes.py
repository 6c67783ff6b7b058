"""The note on an entry to be printed: its place, its words, the reading, and the first reason.

A note says what became of the place. Where nobody has ruled, it is what the program proposes, with "perhaps" as long as the
reading is not sure, on whichever side. Where a ruling holds, the note is the ruling's: an accepted reading has no "perhaps",
an error of the original is kept with its note, a place where the other side is wrong has an erratum of that side, and a
place where the text is right has no note at all.
"""

from __future__ import annotations

from collections.abc import Iterable

from collation.model import Reading
from collation.writers.layout import Layout
from collation.writers.lost import extent, is_lost
from collation.writers.marks import Numbered
from collation.writers.phrases import QUOTES, Lang, in_quotes, label, without_marks
from collation.writers.ruled import SettledPlace
from collation.writers.wording import Argument, brief, in_brackets, is_sure, one_line, setting, shown_lemma, where


def footnote(
    item: Numbered,
    layout: Layout,
    lang: Lang,
    why: Iterable[Argument] = (),
    ruled: SettledPlace | None = None,
) -> str:
    """The note on an entry, of which ``why`` are the reasons and ``ruled`` is what editors ruled; empty where the text is
    right.
    """
    state = ruled.state if ruled is not None else ""
    if ruled is None or state not in ("emended", "rejected", "stands", "other"):
        return _proposed(item, layout, lang, why)
    if state == "rejected":
        return ""
    if state == "stands":
        return _stands(item, layout, lang, ruled)
    if state == "other" or ruled.on_other_side(item.entry, layout):
        return _other_side(item, layout, lang, ruled)
    return _emended(item, layout, lang, why, ruled)


def is_erratum(item: Numbered, layout: Layout, ruled: SettledPlace | None) -> bool:
    """Whether the note on an entry says what the translation should read; not where nothing decides which side is at
    fault, and not where an editor said that it is the original or that nothing is wrong.
    """
    entry = item.entry
    if ruled is None or not ruled.settled:
        return entry.side == "translation" and bool(entry.readings) and not entry.undecided
    if ruled.state == "other" or ruled.on_other_side(entry, layout):
        return entry.side == "original" and bool(ruled.reading) and ruled.side_of_change(layout) == "translation"
    return ruled.state == "emended" and entry.side == "translation" and ruled.reading is not None


def _proposed(item: Numbered, layout: Layout, lang: Lang, why: Iterable[Argument]) -> str:
    entry = item.entry
    best = entry.readings[0].text if entry.readings else ""
    if is_lost(entry):
        key = "lost"
    elif entry.ruling == "stands":
        key = "stands" if best else "stands-bare"
    elif not best:
        key = "doubtful"
    else:
        key = "emend" if is_sure(entry) else "perhaps"
    return _note(item, layout, lang, key, best, _first(why, lang))


def _emended(item: Numbered, layout: Layout, lang: Lang, why: Iterable[Argument], ruled: SettledPlace) -> str:
    """The reading that was accepted; the reason is the editor's own note, or the program's where its reading was taken."""
    proposed = item.entry.readings[0].text if item.entry.readings else ""
    key = "doubtful" if ruled.reading is None else "emend" if ruled.reading else "omit"
    reading = proposed if ruled.reading == one_line(proposed) else ruled.reading or ""
    reason = ruled.note or (_first(why, lang) if reading == proposed else "")
    return _note(item, layout, lang, key, reading, reason)


def _stands(item: Numbered, layout: Layout, lang: Lang, ruled: SettledPlace) -> str:
    """Thus in the document; an editor's own words stand in place of those of the house."""
    if ruled.note and not ruled.note_is_of_house:
        return _note(item, layout, lang, "own", note=ruled.note)
    return _note(item, layout, lang, "stands" if ruled.meant else "stands-bare", ruled.meant)


def _other_side(item: Numbered, layout: Layout, lang: Lang, ruled: SettledPlace) -> str:
    """What the other side should read, with its own words and place; only that it is wrong, where no reading was given."""
    place = ruled.changed
    if place is None or ruled.reading is None:
        return _note(item, layout, lang, "other", note=ruled.note)
    side = ruled.side_of_change(layout) or "catalogue"
    at = _begun(where(place, layout, lang), side, lang)
    said = label(f"footnote.{'emend' if ruled.reading else 'omit'}", lang)
    said = said.format(lemma=brief(ruled.was) or "‹…›", reading=brief(ruled.reading))
    return f"{at}: {said}" + (f" {ruled.note}" if ruled.note else "")


def _note(
    item: Numbered, layout: Layout, lang: Lang, key: str, reading: str = "", reason: str = "", note: str = ""
) -> str:
    """The place with its side and surroundings, what is said of it, and the reason."""
    entry = item.entry
    lost = is_lost(entry)
    around, lemma = without_marks(setting(item, layout)).strip(), shown_lemma(entry)
    opened, closed = QUOTES[lang]
    at = f" ({opened}{around}{closed})" if around != lemma and not lost else ""
    values = {"lemma": around if lost else lemma, "reading": brief(reading), "extent": extent(entry, lang)}
    said = label(f"footnote.{key}", lang).format(note=note, **values).strip()
    source = _source(entry.readings, reading)
    said = f"{said.removesuffix('.')}{source}." if source else said
    begun = _begun(where(entry.place, layout, lang), entry.side, lang)
    return f"{begun}{at}: {said} {reason}".rstrip()


def _begun(place: str, side: str, lang: Lang) -> str:
    """How a note begins: its place, and its side where that is not the original."""
    return f"{place[:1].upper()}{place[1:]}" + ("" if side == "original" else f", {label(f'side.{side}', lang)}")


def _source(readings: Iterable[Reading], reading: str) -> str:
    return next((in_brackets(r) for r in readings if r.text == reading), "")


def _first(why: Iterable[Argument], lang: Lang) -> str:
    return next((in_quotes(argument.sentence, lang) for argument in why), "")
