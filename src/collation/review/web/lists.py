"""The lists over all documents: what waits for the scan, what was ruled and how right each rule was, every place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any, get_args

from collation.decisions.in_force import still_live
from collation.decisions.ruling import Ruling, reader
from collation.model import Family
from collation.review.labels import page_label
from collation.review.rulings_from_choices import proposed
from collation.review.web.open_document import OpenDocument
from collation.review.web.pages import scan_address
from collation.review.web.views import standing_status, status
from collation.review.web.workspace import Workspace
from collation.rules import RULES
from collation.writers import as_html, order
from collation.writers.decided import FoundPlace, found_places
from collation.writers.layout import excerpt
from collation.writers.marks import Numbered
from collation.writers.phrases import LANGS, PhrasePart, figure
from collation.writers.summary import title
from collation.writers.wording import one_line, where

_MOST = 2000
_FEWEST = 10  # rulings; a share of fewer says little of a rule
ADDED = "added"
"""The kind of a place that no rule found, where the kinds of the others are harms."""
_STATES = ("open", "conflict", "second", "scan", "emended", "rejected", "stands", "other")


def scan_page(workspace: Workspace, pattern: Callable[[OpenDocument], str], *, with_proposed: bool) -> dict[str, Any]:
    """Every place that only the original can decide, by document and in the order of the sheets."""
    workspace.state()
    documents = []
    for opened in sorted(workspace.documents.values(), key=lambda d: d.path.name):
        scan = pattern(opened)
        asks = [ask for item in opened.layout.items if (ask := _ask(workspace, opened, item, scan, with_proposed))]
        if asks:
            heading = as_html.heading(opened.layout)
            documents.append({"key": opened.key, "title": title(opened.layout), "heading": heading, "asks": asks})
    return {"documents": documents, "with_proposed": with_proposed}


def _ask(
    workspace: Workspace, opened: OpenDocument, item: Numbered, scan: str, with_proposed: bool
) -> dict[str, Any] | None:
    matched, entry = workspace.on(opened, item.entry), item.entry
    rulings = [r for p in matched.placed for r in p.standing.rulings]
    asked = [r for r in (*rulings, *filter(None, [matched.wide])) if r.verdict == "needs-scan"]
    is_proposed = matched.ruling is None and proposed(entry).verdict == "needs-scan"
    if not asked and not (with_proposed and is_proposed):
        return None
    return {
        "anchor": item.anchor,
        "number": item.number,
        "where": {lang: where(entry.place, opened.layout, lang) for lang in LANGS},
        "proposed": is_proposed,
        "scan": scan_address(scan, opened.layout, item),
        "lines": as_html.entry_in_words(item, opened.layout)["quotations"]
        or [(PhrasePart(entry.lemma).lang, excerpt(opened.layout, entry.place))],
        "readings": [one_line(r.text) for r in entry.readings[:3]],
        "note": " ".join(r.note for r in asked if r.note),
    }


def ruled_page(workspace: Workspace, editor: str) -> dict[str, Any]:
    """What was ruled, by rule and in order of time."""
    history = workspace.state().history
    live = {r.id for r in still_live(history)}
    rows = [_row(r, r.id in live, workspace.owner(r), editor) for r in history[: -_MOST - 1 : -1]]
    standing = [s.ruling for s in workspace.state().standings]
    missed = sum(1 for s in workspace.state().standings if s.missed)
    return {"history": rows, "rules": _by_rule(standing), "missed": missed}


def _by_rule(rulings: list[Ruling]) -> list[dict[str, Any]]:
    """By the code of the rule: how often a finding was confirmed or rejected. Who asks for the scan says neither."""
    confirmed: Counter[str] = Counter()
    rejected: Counter[str] = Counter()
    for ruling in rulings:
        if ruling.shown is not None and ruling.verdict != "needs-scan":
            (rejected if ruling.verdict == "reject" else confirmed)[ruling.shown.code] += 1
    codes = sorted({*confirmed, *rejected})
    families = {r.shown.code: r.shown.family for r in rulings if r.shown and r.shown.family in get_args(Family)}
    names = {rule.code: rule.name for rule in RULES}
    found = [
        {
            "code": code,
            "name": names.get(code, ""),
            "family": families.get(code, ""),
            "confirmed": confirmed[code],
            "rejected": rejected[code],
        }
        for code in codes
    ]
    whole = {"code": "Σ", "name": "", "family": "", "confirmed": confirmed.total(), "rejected": rejected.total()}
    return [{**row, "precision": _share(row["confirmed"], row["rejected"])} for row in (*found, whole)]


def _share(one: Any, other: Any) -> float | None:
    return one / (one + other) if one + other >= _FEWEST else None


def _row(ruling: Ruling, live: bool, opened: OpenDocument | None, editor: str) -> dict[str, Any]:
    place = ruling.anchor.place()
    items = opened.layout.items if opened else ()
    anchor = next((i.anchor for i in items if place in (i.entry.place, *i.entry.places)), "")
    return {
        "id": ruling.id,
        "time": ruling.time,
        "editor": ruling.editor,
        "mine": ruling.reader == reader(editor),
        "verdict": ruling.verdict,
        "undoes": len(ruling.undoes),
        "lemma": one_line(ruling.replaced) or "‹…›",
        "reading": None if ruling.reading is None else one_line(ruling.reading),
        "note": ruling.note,
        "reasons": ruling.reasons,
        "checked": ruling.checked,
        "code": ruling.shown.code if ruling.shown else "",
        "title": title(opened.layout) if opened else ruling.document,
        "href": f"/d/{opened.key}#{anchor}" if opened else "",
        "live": live,
    }


def places_page(workspace: Workspace) -> dict[str, Any]:
    """What can be chosen on the list of all places."""
    workspace.state()
    entries = [e for d in workspace.documents.values() for e in d.entries]
    harms = [
        *(h for h in order.HARMS if any(e.harm == h for e in entries)),
        *([ADDED] if any(found_places(workspace.book(d)) for d in workspace.documents.values()) else []),
    ]
    families = sorted({e.family for e in entries})
    tiers = sorted({e.tier for e in entries})
    documents = sorted((title(d.layout), d.key) for d in workspace.documents.values())
    return {
        "choices": [
            ("status", "state", _values(_STATES, "status.")),
            ("harm", "all-kinds", _values(harms, "harms.")),
            ("family", "rule", _values(families, "family.")),
            ("tier", "tier", _values(tiers, "tier.")),
            ("document", "document", [(key, name, name) for name, key in documents]),
        ]
    }


def place_rows(workspace: Workspace) -> list[dict[str, Any]]:
    """All places of all documents, the most harmful first and those that editors added last, short enough to be sent at
    once.
    """
    workspace.state()
    found = [(opened, item) for opened in workspace.documents.values() for item in opened.layout.items]
    rank = {id(entry): n for n, entry in enumerate(order.by_harm(item.entry for _, item in found))}
    found.sort(key=lambda pair: rank[id(pair[1].entry)])
    rows = [_place_row(opened, item, status(workspace.on(opened, item.entry))) for opened, item in found]
    added = [
        (opened, place) for opened in workspace.documents.values() for place in found_places(workspace.book(opened))
    ]
    return [*rows, *(_added_row(opened, place) for opened, place in added)]


def _place_row(opened: OpenDocument, item: Numbered, now: str) -> dict[str, Any]:
    entry = item.entry
    return {
        "key": opened.key,
        "anchor": item.anchor,
        "harm": entry.harm,
        "family": entry.family,
        "tier": entry.tier,
        "status": now,
        "lemma": one_line(entry.lemma) or "‹…›",
        "reading": one_line(entry.readings[0].text) if entry.readings else None,
        "p": {lang: figure(entry.probability, lang) for lang in LANGS},
        "line": opened.source.line(entry.place.start),
    }


def _added_row(opened: OpenDocument, found: FoundPlace) -> dict[str, Any]:
    """A place that an editor added: no rule found it, so it has neither family nor tier nor figure."""
    ruling = found.placed.standing.ruling
    return {
        "key": opened.key,
        "anchor": found.anchor,
        "harm": ADDED,
        "family": "",
        "tier": "",
        "status": standing_status([found.placed.standing]),
        "lemma": one_line(found.place.of(opened.source.text)) or "‹…›",
        "reading": None if ruling.reading is None else one_line(ruling.reading),
        "p": dict.fromkeys(LANGS, ""),
        "line": opened.source.line(found.place.start),
    }


def document_titles(workspace: Workspace) -> dict[str, str]:
    """The titles of the documents by key."""
    return {d.key: title(d.layout) for d in workspace.documents.values()}


def _values(names: Any, prefix: str) -> list[tuple[str, str, str]]:
    return [(name, page_label(prefix + name, "en"), page_label(prefix + name, "ru")) for name in names]
