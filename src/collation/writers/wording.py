"""An entry in words, in English or Russian: the same lines in every format.

Place; lemma and what is proposed; how certain; why, each argument a sentence with its place; what speaks
against; whose hand; the proposed ruling; and the note an editor could print. Modelled on the notes of
documentary editions: place first, one sentence an argument (from ``phrases.tsv``), every quotation in its own language, the
fault last.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from collation.model import Entry, Feature, Place, Reading
from collation.writers.elements import element_name
from collation.writers.layout import Layout, excerpt
from collation.writers.lost import extent, gap_before, is_lost, lost_words
from collation.writers.marks import Numbered
from collation.writers.order import HARMS
from collation.writers.phrases import (
    Lang,
    PhrasePart,
    Sentence,
    certainty,
    figure,
    fill,
    label,
    sentence,
    without_marks,
    wrongness,
)

_MOST_REASONS = 4
_SURE = 0.7
_SHORT = 4
_LONG = 160


@dataclass(frozen=True, slots=True)
class Argument:
    """One reason as a sentence, and the place it points at when that is another than the entry's own."""

    sentence: Sentence
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Wording:
    """An entry in words.

    ``setting`` is the lemma, with its neighbours where it says little alone; ``certainty`` and ``figure`` say how certain
    it is that something is wrong, ``reading_sure`` how certain, if so, the first reading; ``readings`` are all readings
    with their figures; ``against`` may be empty.
    """

    where: str
    kind: str
    lemma: str
    setting: Sentence
    proposal: Sentence
    gloss: str
    certainty: str
    figure: str
    reading_sure: str
    readings: tuple[tuple[str, str], ...]
    other_side: Sentence
    why: tuple[Argument, ...]
    against: tuple[Argument, ...]
    hand: str
    ruling: str
    note: str


def in_words(item: Numbered, layout: Layout, lang: Lang) -> Wording:
    """The words of an entry."""
    entry = item.entry
    best = entry.readings[0] if entry.readings else None
    arguments = (*entry.features, *(best.features if best else ()))
    why = _arguments(entry, (f for f in arguments if not f.against), lang)[:_MOST_REASONS]
    return Wording(
        where=where(entry.place, layout, lang),
        kind=label(f"harm.{entry.harm}", lang),
        lemma=shown_lemma(entry),
        setting=setting(item, layout),
        proposal=proposal(entry, lang),
        gloss=_gloss(entry, lang),
        certainty=wrongness(entry.probability, lang),
        figure=figure(entry.probability, lang),
        reading_sure=_reading_sure(best, lang),
        readings=tuple((brief(r.text), _figure_with_sigla(r, lang)) for r in entry.readings),
        other_side=_other_side(entry, lang),
        why=why,
        against=_arguments(entry, (f for f in arguments if f.against), lang),
        hand=_hand(entry, lang),
        ruling=label(f"ruling.{_ruling(entry)}", lang),
        note=finished_note(entry, lang),
    )


def where(place: Place, layout: Layout, lang: Lang) -> str:
    """A place as paragraph, line and sheet: "¶10, line 53, sheet 65"; in a Word file its element for the line."""
    row = layout.row_of(place)
    parts = [f"¶{row.number}"] if row and row.number else []
    element = layout.source.element(place.start)
    parts.append(element_name(element, lang) if element else f"{label('line', lang)} {layout.source.line(place.start)}")
    sheet = layout.sheet(place)
    if sheet:
        parts.append(label("sheet", lang).format(n=sheet))
    return ", ".join(parts)


def one_line(text: str) -> str:
    """Words on one line."""
    return " ".join(text.split())


def brief(text: str) -> str:
    """Words on one line, the middle of a long reading left out."""
    words = one_line(text)
    return words if len(words) <= _LONG else f"{words[: _LONG // 2]} … {words[-_LONG // 4 :]}"


def shown_lemma(entry: Entry) -> str:
    """The words the entry is about, or the sign of loss where there are none."""
    return one_line(entry.lemma) or "‹…›"


def setting(item: Numbered, layout: Layout) -> Sentence:
    """The lemma; a value or a very short word between its neighbours: "1/Е 1950", "Конечно, но следует"."""
    own = PhrasePart(shown_lemma(item.entry), quoted=True)
    if is_lost(item.entry):
        gap = PhrasePart("‹…›")
        return (own,) if own.text == gap.text else (gap, own) if gap_before(item.entry) else (own, gap)
    if (len(own.text) > _SHORT and item.entry.harm != "value") or "\n" in item.entry.lemma:
        return (own,)
    before, _, after = excerpt(layout, item.entry.place)
    left = re.search(r"\S+\s?$", before.removeprefix("…"))
    right = re.match(r"\s?[\w/.:-]*\w", after.removesuffix("…"))
    useful = right and (item.entry.harm != "value" or any(c.isdigit() for c in right.group()))
    return PhrasePart(left.group() if left else ""), own, PhrasePart(right.group() if right and useful else "")


def proposal(entry: Entry, lang: Lang) -> Sentence:
    """What is proposed, after the bracket."""
    best = entry.readings[0] if entry.readings else None
    key = _proposal_key(entry, best)
    values = {"reading": brief(best.text) if best else ""}
    if is_lost(entry):
        values["extent"] = extent(entry, lang)
        known = "lost-part" if best else "lost-extent" if lost_words(entry) else "lost"
        key = "untranslated" if entry.side == "translation" else known
    sigla = (PhrasePart(in_brackets(best)),) if best and best.witnesses else ()
    return (*fill(label(f"proposal.{key}", lang), values, lang), *sigla)


def in_brackets(reading: Reading) -> str:
    """The sigla of the other texts that have a reading, to be put behind it: " (B, D)"; nothing where none has it."""
    return f" ({', '.join(reading.witnesses)})" if reading.witnesses else ""


def _figure_with_sigla(reading: Reading, lang: Lang) -> str:
    return " ".join(part for part in (", ".join(reading.witnesses), figure(reading.probability, lang)) if part)


def _proposal_key(entry: Entry, best: Reading | None) -> str:
    if best is None:
        return _bare_key(entry)
    if not best.text.strip():
        return "delete"
    if entry.ruling == "stands":
        return "stands"
    if entry.undecided:
        return "perhaps"
    if entry.side != "original":
        return entry.side
    return "appears" if is_sure(entry) else "perhaps"


def is_sure(entry: Entry) -> bool:
    """Whether the first reading of an entry is proposed without "perhaps"."""
    if not entry.readings or entry.undecided or (entry.side == "original" and entry.ruling != "emend"):
        return False
    return entry.readings[0].probability >= _SURE


def _bare_key(entry: Entry) -> str:
    if entry.ruling == "stands":
        return "stands-bare"
    if entry.tier == "note":
        return "note"
    if entry.undecided and (entry.side == "translation" or len(entry.places) > 1):
        return "sides-differ"
    if entry.side == "translation":
        return "translation-bare"
    return "crux"


def _hand(entry: Entry, lang: Lang) -> str:
    """Whose error it probably is, with how probable that is where two sides differ and one is named."""
    said = label(f"hand.{entry.hand}", lang)
    return said if entry.blame is None or entry.undecided else f"{said} ({figure(entry.blame, lang)})"


def _ruling(entry: Entry) -> str:
    if entry.side == "catalogue":
        return "catalogue"
    if entry.side == "translation" and entry.ruling in {"emend", "other-side"}:
        return "translation"
    if entry.ruling == "emend" and (entry.crux or entry.tier != "emend"):
        return "needs-scan"
    return entry.ruling


def _gloss(entry: Entry, lang: Lang) -> str:
    """The English word that the best reading answers, where a reason names both."""
    for best in entry.readings[:1]:
        for feature in (*best.features, *entry.features):
            named = dict(feature.values)
            if named.get("english") and named.get("reading") == best.text and not feature.against:
                english = one_line(named["english"])
                return f"“{english}”" if lang == "en" else f"«{english}»"
    return ""


def _other_side(entry: Entry, lang: Lang) -> Sentence:
    if not entry.other_readings:
        return ()
    return fill(label("or-other-side", lang), {"reading": one_line(entry.other_readings[0].text)}, lang)


def _arguments(entry: Entry, features: Iterable[Feature], lang: Lang) -> tuple[Argument, ...]:
    found: dict[str, Argument] = {}
    for feature in features:
        if feature.says:
            said = sentence(feature.says, feature.values, lang)
            found.setdefault(without_marks(said).casefold(), Argument(said, _elsewhere(entry, feature)))
    return tuple(found.values())


def _elsewhere(entry: Entry, feature: Feature) -> Place | None:
    own = (*entry.places, *entry.opposite)
    return next((p for p in feature.places if not any(p.overlaps(q) or p == q for q in own)), None)


def finished_note(entry: Entry, lang: Lang) -> str:
    """The footnote an edition could print."""
    best = entry.readings[0].text if entry.readings else ""
    if entry.ruling == "stands":
        key = "note.stands" if best else "note.stands-bare"
    elif entry.undecided and best and entry.other_readings:
        key = "note.undecided"
    elif entry.side == "translation" and best:
        key = "erratum"
    else:
        key = "note.emend"
    return label(key, lang).format(lemma=shown_lemma(entry), reading=brief(best))


def _reading_sure(best: Reading | None, lang: Lang) -> str:
    if best is None:
        return ""
    said = certainty(best.probability, lang), figure(best.probability, lang)
    return label("reading-sure", lang).format(certainty=said[0], figure=said[1])


def in_one_phrase(item: Numbered, layout: Layout, lang: Lang) -> Sentence:
    """The entry in a few words, for lists of the worst places: lemma ] proposal."""
    gloss = in_words(item, layout, lang).gloss
    tail = (PhrasePart(f" ({gloss})"),) if gloss else ()
    return (*setting(item, layout), PhrasePart(" ] "), *proposal(item.entry, lang), *tail)


def unexamined(
    says: str, values: tuple[tuple[str, str], ...], place: Place | None, layout: Layout, lang: Lang
) -> Sentence:
    """What was not examined, as a sentence with its place."""
    said = sentence(says, values, lang)
    return (*said, PhrasePart(f" ({where(place, layout, lang)})")) if place else said


def witness_rows(layout: Layout, lang: Lang) -> list[tuple[str, str]]:
    """The other texts of the original, each with its file and the beginning of its digest."""
    return [
        (label("witness", lang).format(siglum=w.siglum), f"{w.label} ({w.digest[:12]})")
        for w in layout.apparatus.witnesses
    ]


def count_kinds(layout: Layout, lang: Lang) -> list[tuple[str, str, int]]:
    """Harm, its words and the number of its entries, most harmful first, empty ones left out."""
    counts = Counter(item.entry.harm for item in layout.items)
    return [(harm, label(f"harms.{harm}", lang), counts[harm]) for harm in HARMS if counts[harm]]
