"""The pages: templates filled with what is known. The parts of the report are used as they stand.

What an editor does never changes the text of a document's page, so that page is made once and kept; the state
of its places is sent to it as data. Everything that comes from a document is escaped by the templates.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import ChoiceLoader, Environment, FileSystemLoader
from markupsafe import Markup, escape

from collation.decisions.ruling import REASONS
from collation.edition.styles import STYLES
from collation.model import Entry, Place, Source
from collation.review.labels import page_label, spoken
from collation.review.rulings_from_choices import proposed
from collation.review.web.edition_api import forms_of
from collation.review.web.open_document import OpenDocument
from collation.review.web.workspace import Workspace
from collation.system.escaping import pictured
from collation.writers import as_html, order
from collation.writers.decided import Tally, tally
from collation.writers.layout import Layout
from collation.writers.marks import Numbered
from collation.writers.phrases import LANGS, Lang
from collation.writers.summary import title
from collation.writers.wording import count_kinds, one_line, unexamined

HERE = Path(__file__).parent
_LINE_END_HYPHEN = re.compile(r"(?<=[^\W\d_])([-‐¬])([ \t*]*(?:\r\n|\r|\n)[ \t]*)(?=[^\W\d_])")
_FIGURES = re.compile(r"\d+")
_SIDES = ("original", "translation", "catalogue")
_WAYS = (
    ("collection", "/"),
    ("everywhere", "/places"),
    ("scan-list", "/scan"),
    ("ruled", "/ruled"),
    ("start", "/start"),
)
SHORTCUTS = (
    ("j k ↓ ↑", "next"),
    ("⏎", "proposed"),
    ("a", "accept"),
    ("1 … 9", "pick"),
    ("r", "reject"),
    ("s", "stands"),
    ("t", "translation"),
    ("e", "own"),
    ("d", "scan"),
    ("n", "note"),
    ("o", "scan-open"),
    ("p", "ask"),
    ("m", "add"),
    ("u", "undo"),
    ("A R", "all"),
    ("P", "plain"),
    ("W", "word"),
    ("S", "edition"),
    ("g", "order"),
    ("/", "search"),
    ("?", "help"),
)


@lru_cache(maxsize=1)
def page_environment() -> Environment:
    """The report's templates with those of this folder before them."""
    base = as_html.report_environment()
    assert base.loader is not None
    made = base.overlay(loader=ChoiceLoader([FileSystemLoader(HERE / "templates"), base.loader]))
    made.globals = {
        **base.globals,
        "label": page_label,
        "one_line": one_line,
        "reasons": REASONS,
        "shortcuts": SHORTCUTS,
    }
    made.globals |= {"ways": _WAYS, "own_words": _both, "words": spoken()}
    made.filters = {**base.filters, "as_it_stands": as_it_stands}
    return made


def as_it_stands(text: str) -> Markup:
    """Text with every character kept, for a page that finds offsets again: what the eye need not see is hidden.

    A carriage return is written as a reference, because a browser would drop it otherwise.
    """
    parts, last = [], 0
    for match in _LINE_END_HYPHEN.finditer(text):
        parts.append(escape(text[last : match.end(1)]) + Markup('<wbr><span class="nl">') + escape(match[2]))
        parts.append(Markup("</span>"))
        last = match.end()
    return Markup(Markup("").join([*parts, escape(text[last:])]).replace("\r", Markup("&#13;")))


def page_style() -> str:
    """The style sheet: the report's, then what the review page adds."""
    return str(as_html.report_style()) + (HERE / "static" / "page.css").read_text(encoding="utf-8")


def render(name: str, workspace: Workspace, *, lang: Lang, theme: str, editor: str, **values: Any) -> str:
    """A page."""
    warnings = "; ".join(warning.text(lang) for warning in workspace.warnings())
    given = {
        "lang": lang,
        "theme": theme,
        "editor": editor,
        "damage": warnings,
        "here": "",
        "layout": None,
        "asks": False,
    }
    made = page_environment().get_template(f"{name}.html.j2").render({**given, "line_of": None, "page": name, **values})
    return pictured(made)  # of the same length: the script counts the characters of the text


def document_page(opened: OpenDocument, scan: str, *, asks: bool = False) -> dict[str, Any]:
    """What the page of a document shows; ``asks`` says that the images of its pages can be asked about readings."""
    layout = opened.layout
    cards = [
        (
            item,
            as_html.entry_in_words(item, layout),
            proposed(item.entry).verdict,
            _image_address(opened, item, "page") or scan_address(scan, layout, item),
            _image_address(opened, item, "crop"),
        )
        for item in layout.harmful
    ]
    spelling = [i for i, card in enumerate(cards) if card[0].entry.harm == "spelling"]
    return {
        "key": opened.key,
        "asks": asks,
        "layout": layout,
        "title": title(layout),
        "heading": as_html.heading(layout),
        "counts": count_kinds(layout, "en"),
        "cards": cards,
        "sides": [s for s in _SIDES if any(i.entry.side == s for i in layout.items)],
        "first_plain": spelling[0] if spelling else -1,
        "plain_count": len(spelling),
        "plain_open": 2 * len(spelling) > len(cards) or len(spelling) <= 3,
        "catalogue_notes": sum(1 for item in layout.items if item.entry.side == "catalogue"),
        "unexamined": [
            tuple(unexamined(u.says, u.values, u.place, layout, x) for x in LANGS) for u in layout.apparatus.unexamined
        ],
        "forms": forms_of(opened.source),
        "styles": STYLES,
        "plain_text": all(part.kind == "text" for part in opened.source.parts),
        "opposite": lambda entry: _opposite(opened.source, entry),
        "other_value": lambda entry: other_value(entry, _opposite(opened.source, entry)),
        "line_of": lambda place: opened.source.line(place.start),
    }


def collection_page(workspace: Workspace) -> dict[str, Any]:
    """What the list of documents shows."""
    workspace.state()
    revision = workspace.revision
    rows: list[dict[str, Any]] = []
    total = Tally()
    for opened in sorted(workspace.documents.values(), key=lambda d: d.path.name):
        own = tally(workspace.book(opened))
        total += own
        rows.append({"key": opened.key, "name": opened.path.name, "summary": opened.summary, "progress": own})
    harms = [h for h in order.HARMS if any(row["summary"].counts[h] for row in rows)]
    waiting = [path.name for path in workspace.waiting]
    return {
        "revision": revision,
        "rows": rows,
        "total": total,
        "harms": harms,
        "waiting": waiting,
        "failures": tuple(workspace.failures),
    }


def _image_address(opened: OpenDocument, item: Numbered, what: str) -> str:
    """The address of an entry's crop, or of the page around it; nothing where it is on no image."""
    image = item.entry.image
    return f"/d/{opened.key}/{what}/{quote(item.anchor, safe='')}" if image and image.crop else ""


def scan_address(pattern: str, layout: Layout, item: Numbered) -> str:
    """The address of the scan of the sheet on which a place, or else its counterpart, is; nothing where that is
    not known.
    """
    if not re.match(r"https?://", pattern):
        return ""
    places = (item.entry.place, *item.entry.places[1:], *item.entry.opposite)
    sheet = next((found for place in places if (found := layout.sheet(place))), "")
    if not sheet and "{sheet}" in pattern:
        return ""
    return pattern.replace("{id}", quote(layout.source.id, safe="")).replace("{sheet}", quote(sheet, safe=""))


def _opposite(source: Source, entry: Entry) -> str:
    found: tuple[Place, ...] = (*entry.places[1:], *entry.opposite)
    return found[0].of(source.text) if found else ""


def other_value(entry: Entry, opposite: str) -> str:
    """The words of the other side with the figures of this one, which is what they would read if this side is right;
    unchanged where the two do not have figures of the same number.
    """
    here, there = _FIGURES.findall(entry.lemma), _FIGURES.findall(opposite)
    if entry.harm != "value" or len(here) != len(there):
        return opposite
    figures = iter(here)
    return _FIGURES.sub(lambda _: next(figures), opposite)


def _both(said: dict[str, str]) -> Markup:
    return Markup('<span class="en" lang="en">{}</span><span class="ru" lang="ru">{}</span>').format(
        said["en"], said["ru"]
    )
