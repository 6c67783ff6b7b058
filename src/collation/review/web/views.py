"""What the page is sent, as plain values for JSON: the state of every place, who ruled what, what an undo would do.

The page's text never changes while it is open; the state of its entries does. So the page is written once and this is
sent again whenever a log has changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from collation.decisions.in_force import Standing, undo_targets
from collation.decisions.placing import Matched, Placed
from collation.decisions.relocate import Ambiguous, Applied
from collation.decisions.ruling import Ruling, reader
from collation.review.web.open_document import OpenDocument, PlacedItem
from collation.review.web.workspace import Workspace
from collation.writers.decided import Tally, emended_spans, found_places, tally
from collation.writers.layout import excerpt
from collation.writers.phrases import LANGS, Lang
from collation.writers.summary import title
from collation.writers.wording import one_line, where

_STATUS = {
    "accept": "emended",
    "emend": "emended",
    "added": "emended",
    "reject": "rejected",
    "stands": "stands",
    "other-side": "other",
    "needs-scan": "scan",
}
OPEN = "open"
_MOST_NAMED = 2  # changes of a group that are named one by one


def status(matched: Matched) -> str:
    """The state of an entry: open, emended, rejected, stands, other, scan, conflict or second (reader wanted)."""
    ruling = matched.ruling
    return OPEN if ruling is None else _named(matched.status, ruling)


def _named(found: str, latest: Ruling) -> str:
    return {"conflict": "conflict", "second-reader": "second"}.get(found) or _STATUS[latest.verdict]


def ruling_view(ruling: Ruling, editor: str) -> dict[str, Any]:
    """A ruling as it is shown."""
    return {
        "id": ruling.id,
        "editor": ruling.editor,
        "mine": ruling.reader == reader(editor),
        "time": ruling.time,
        "verdict": ruling.verdict,
        "side": ruling.side,
        "lemma": one_line(ruling.replaced),
        "reading": None if ruling.reading is None else one_line(ruling.reading),
        "note": ruling.note,
        "reasons": list(ruling.reasons),
        "checked": ruling.checked,
        "batch": ruling.batch,
    }


def standings_view(standings: Sequence[Standing], editor: str) -> dict[str, Any]:
    """The state of a place, with everybody's ruling on it."""
    rulings = _in_order(standings)
    return {
        "status": standing_status(standings),
        "seen": [r.id for r in rulings],
        "rulings": [ruling_view(r, editor) for r in rulings],
    }


def standing_status(standings: Sequence[Standing]) -> str:
    """The state of a place, as ``status`` names it, by the standings on it."""
    rulings, found = _in_order(standings), {s.status for s in standings}
    first = next((s for s in ("conflict", "second-reader", "holds") if s in found), OPEN)
    return _named(first, rulings[-1]) if rulings else OPEN


def _in_order(standings: Sequence[Standing]) -> list[Ruling]:
    return sorted((r for s in standings for r in s.rulings), key=lambda r: (r.moment, r.id))


def entry_view(matched: Matched, editor: str) -> dict[str, Any]:
    """The state of an entry; a ruling of wide scope that reaches it is shown with the others."""
    found = standings_view([p.standing for p in matched.placed], editor)
    wide = [ruling_view(matched.wide, editor)] if matched.wide else []
    return {**found, "status": status(matched), "rulings": [*wide, *found["rulings"]], "renewed": matched.renewed}


def document_view(workspace: Workspace, opened: OpenDocument, editor: str, lang: Lang = "en") -> dict[str, Any]:
    """Everything that changes on a document's page; warnings are in the page's language."""
    state = workspace.state()
    book = workspace.book(opened)
    numbers = {id(f.placed): f.number for f in found_places(book)}
    entries = {
        item.anchor: {
            **entry_view(workspace.on(opened, item.entry), editor),
            "alike": sum(other is not item for _, other in workspace.alike(opened, item)),
        }
        for item in opened.layout.items
    }
    return {
        "revision": workspace.revision,
        "editor": editor,
        "damage": "; ".join(warning.text(lang) for warning in workspace.warnings()),
        "progress": tally_view(tally(book)),
        "plain": len(workspace.plain(opened)),
        "changes": [
            {"start": e.span.start, "stop": e.span.stop, "text": e.text, "n": e.number}
            for e in emended_spans(book, {item.entry.id: item.number for item in opened.layout.items})
        ],
        "entries": entries,
        "added": [_own_place(p, opened, editor, numbers.get(id(p), 0)) for p in book.others],
        "orphans": [_orphan(p, opened, editor) for p in book.orphans],
        "undo": undo_view(undo_targets(state, editor), workspace, opened),
    }


def tally_view(found: Tally) -> dict[str, Any]:
    """The count of places, in figures and in words; ``done`` are those on which somebody has ruled."""
    words = {lang: found.words(lang) for lang in LANGS}
    return {**asdict(found), "done": found.total - found.open, "words": words}


def undo_view(targets: Iterable[Ruling], workspace: Workspace, here: OpenDocument) -> dict[str, Any] | None:
    """What the next undo takes back: how many rulings, the first few changes that differ, in the order of the text, and the
    title of a document when nothing on the page is touched.
    """
    listed = list(targets)
    if not listed:
        return None
    last = listed[-1]
    in_text = sorted(listed, key=lambda r: r.anchor.start)
    what = {(r.verdict, one_line(r.replaced), r.reading): None for r in in_text}
    return {
        "count": len(listed),
        "what": [{"verdict": v, "lemma": lemma, "reading": reading} for v, lemma, reading in list(what)[:_MOST_NAMED]],
        "more": len(what) > _MOST_NAMED,
        "elsewhere": "" if any(here.source.is_named(r.document, r.digest) for r in listed) else _title(workspace, last),
    }


def _title(workspace: Workspace, ruling: Ruling) -> str:
    opened = workspace.owner(ruling)
    return title(opened.layout) if opened else ruling.document


def _own_place(found: Placed, opened: OpenDocument, editor: str, number: int) -> dict[str, Any]:
    """A place that editors ruled on and this run has no entry for: found by them, then with a number, or mended already."""
    place = found.place
    assert place is not None
    return {
        **standings_view([found.standing], editor),
        "kind": "applied" if isinstance(found.location, Applied) else "added",
        "where": {lang: where(place, opened.layout, lang) for lang in LANGS},
        "side": found.standing.subject.side,
        "line": excerpt(opened.layout, place),
        "n": number,
        "anchor": f"a{number}" if number else "",
        "start": place.start,
        "stop": place.stop,
    }


def _orphan(found: Placed, opened: OpenDocument, editor: str) -> dict[str, Any]:
    """A ruling whose place cannot be determined in this text."""
    anchor = found.standing.anchor
    places = found.location.places if isinstance(found.location, Ambiguous) else ()
    return {
        **standings_view([found.standing], editor),
        "side": found.standing.subject.side,
        "line": [one_line(anchor.before), one_line(anchor.exact), one_line(anchor.after)],
        "candidates": [{lang: where(p, opened.layout, lang) for lang in LANGS} for p in places[:4]],
    }


def group_view(places: Iterable[PlacedItem]) -> list[dict[str, Any]]:
    """Places for a group action, each with its line, so that an editor can leave some out."""
    return [
        {
            "document": opened.key,
            "title": title(opened.layout),
            "anchor": item.anchor,
            "where": {lang: where(item.entry.place, opened.layout, lang) for lang in LANGS},
            "line": excerpt(opened.layout, item.entry.place),
            "reading": one_line(item.entry.readings[0].text) if item.entry.readings else None,
            "probability": item.entry.probability,
        }
        for opened, item in places
    ]
