"""The apparatus as one self-contained HTML page, and an index of many.

Jinja2 templates with autoescape; style and script are inside the page, which makes no outside request
and says so to the browser. Both languages of the report are in it and are switched, like filters, order
and colours, by form controls and CSS; the script only makes it handier. The parts in
``templates/parts.html.j2`` are shared with the review page.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.system.escaping import visible
from collation.writers import lost, order
from collation.writers.compiled_templates import CompiledTemplates
from collation.writers.footnotes import footnote, is_erratum
from collation.writers.layout import Layout, excerpt, lay_out
from collation.writers.marks import BROKEN_WORD, Numbered
from collation.writers.phrases import LANGS, Lang, PhrasePart, label, without_marks
from collation.writers.ruled import EMPTY, Ledger, SettledPlace, ledger, unsettled
from collation.writers.summary import STATES, Summary, index_page, states_of, title, year_of
from collation.writers.wording import count_kinds, in_words, unexamined, witness_rows

TEMPLATES = Path(__file__).parent / "templates"
_LIST_ITEM = re.compile(r"(?:\r\n|\r|\n)(?=[-–•*] |\d+[.)] )")
_SIDES = ("original", "translation", "catalogue")


_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "|", "%")


@lru_cache(maxsize=1)
def report_environment() -> Environment:
    """The templates with what they may call."""
    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=CompiledTemplates(TEMPLATES),
    )
    made.globals |= {"label": label, "sign": order.sign_of, "sign_name": order.sign_name, "pairs": zip, "ledger": EMPTY}
    made.globals |= {"extent": lost.extent, "gap_before": lost.gap_before, "lost_words": lost.lost_words}
    made.filters["wordbreaks"] = wordbreaks
    return made


def wordbreaks(text: str) -> Markup:
    """Text of the file on a page: lines of a list stay lines, a word broken at a line end is one word."""
    return Markup(_LIST_ITEM.sub("<br>", BROKEN_WORD.sub(r"\1<wbr>", str(escape(text)))))


def write_html(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    """The page of one document; ``book`` are the rulings on it."""
    layout = lay_out(apparatus, book)
    ruled = ledger(book, layout)
    words = {item.number: entry_in_words(item, layout, ruled.entries.get(item.number)) for item in layout.items}
    cards = [(item, words[item.number]) for item in layout.harmful]
    spelling = [i for i, (item, _) in enumerate(cards) if item.entry.harm == "spelling"]
    context: dict[str, Any] = {
        "lang": lang,
        "layout": layout,
        "placed": layout.placed,
        "title": title(layout),
        "heading": heading(layout),
        "style": report_style(),
        "script": _static("script.js"),
        "rules": Markup(_rules(layout) + (_static("ruled.css") if ruled else "")),
        "ledger": ruled,
        "changed": any(
            p.instead is not None for r in layout.rows for b in (*r.original, *r.translation) for p in b.pieces
        ),
        "counts": count_kinds(layout, lang),
        "worst": [(i, words[i.number]) for i in unsettled(layout, ruled)],
        "cards": cards,
        "sides": [s for s in _SIDES if any(i.entry.side == s for i in layout.items)],
        "signs": _signs(layout, ruled),
        "ruled_signs": ruled.signs,
        "first_plain": spelling[0] if spelling else -1,
        "plain_count": len(spelling),
        "plain_open": 2 * len(spelling) > len(cards) or len(spelling) <= 3,
        "foot": _foot(layout, words),
        "catalogue_notes": sum(1 for item in layout.items if item.entry.side == "catalogue"),
        "errata": [(i, words[i.number]) for i in layout.items if is_erratum(i, layout, ruled.entries.get(i.number))],
        "unexamined": [
            tuple(unexamined(u.says, u.values, u.place, layout, x) for x in LANGS) for u in apparatus.unexamined
        ],
        "witnesses": list(zip(*(witness_rows(layout, x) for x in LANGS), strict=True)),
        "line_of": lambda place: layout.source.line(place.start),
    }
    return visible(report_environment().get_template("report.html.j2").render(context).lstrip()) + "\n"


def entry_in_words(item: Numbered, layout: Layout, ruled: SettledPlace | None = None) -> dict[str, Any]:
    """An entry in both languages, with its lines quoted from both sides and its notes to be printed."""
    entry = item.entry
    both: dict[str, Any] = {lang: in_words(item, layout, lang) for lang in LANGS}
    both["notes"] = {lang: footnote(item, layout, lang, both[lang].why, ruled) for lang in LANGS}
    both["lemma_lang"] = PhrasePart(both["en"].lemma).lang if entry.lemma.strip() else "ru"
    places = [entry.place, *entry.places[1:2], *(entry.opposite[:1] if len(entry.places) == 1 else ())]
    lines = [excerpt(layout, place) for place in places] if item.row is not None else []
    both["quotations"] = [(PhrasePart("".join(line)).lang, line) for line in lines]
    return both


def heading(layout: Layout) -> list[str]:
    """The line under the title: the date and the citation without its address."""
    catalogue = layout.source.catalogue
    citation = re.sub(r"\s*<?https?://\S+", "", " ".join(catalogue.value("citation").split()))
    citation = re.sub(r"^[\"“«].*?[\"”»],?\s*", "", citation).rstrip(". ")
    date = catalogue.value("date")
    return [p for p in (date, citation.removeprefix(date).lstrip(", ")) if p] or [layout.source.label]


def _static(name: str) -> Markup:
    return Markup((TEMPLATES / name).read_text(encoding="utf-8"))


@lru_cache(maxsize=1)
def report_style() -> Markup:
    """The style sheet, the dark colours put in twice: for dark systems and for readers who ask for them."""
    dark = _static("dark.css")
    rules = (
        f"@media (prefers-color-scheme: dark) {{ :root:not(:has(#theme-light:checked)) {{\n{dark}}} }}\n"
        f":root:has(#theme-dark:checked) {{\n{dark}}}\n"
        ":root:has(#lang-en:checked) .ru, :root:has(#lang-ru:checked) .en { display: none; }"
    )
    return Markup(_static("style.css").replace("/*DARK*/", rules))


def _rules(layout: Layout) -> str:
    """Rules that depend on the entries: filters by kind, and the pairs that light up together."""
    found = [
        f"{off} :is(.card.h-{harm}, .m.h-{harm} :is(sup, .sign)) {{ display: none; }}\n"
        f"{off} .m.h-{harm} {{ background: none; border: 0; font: inherit; }}"
        for harm, off in ((h, f":root:has(#k-{h}:not(:checked))") for h in order.HARMS)
        if any(item.entry.harm == harm for item in layout.items)
    ]
    for item in layout.items:
        own = f'[data-n~="{item.number}"]'
        touched = f":root:has({own}:is(:hover, :focus-within), {own} :target, {own}:target)"
        found.append(f"{touched} a.m{own} {{ background: var(--lit); color: var(--lit-ink); }}")
    return "\n".join(found)


def _signs(layout: Layout, ruled: Ledger) -> list[tuple[str, str]]:
    """The signs of doubt in use on the page, for its legend; a place that was ruled on has the sign of its ruling instead,
    and the gap before what is left of a lost word stays.
    """
    doubted = (i.entry for i in layout.items if i.number not in ruled.entries or lost.gap_before(i.entry))
    used = {order.sign_name(entry): order.sign_of(entry) for entry in doubted}
    return [
        (name, used[name]) for name in ("inverted", "value", "misread", "crux", "lost", "catalogue") if name in used
    ]


def _foot(
    layout: Layout, words: dict[int, dict[str, Any]]
) -> list[tuple[int | None, list[tuple[Numbered, dict[str, Any]]]]]:
    """The apparatus in print form: the entries of each paragraph in a row."""
    number = {row.index: row.number for row in layout.rows}
    groups = groupby(layout.items, key=lambda item: item.row)
    return [
        (number.get(row) if row is not None else None, [(i, words[i.number]) for i in items]) for row, items in groups
    ]


def write_index(summaries: Sequence[Summary], *, lang: Lang = "en", page: int = 1, pages: int = 1) -> str:
    """The index of several documents: one page of it, with links to the others where there are many."""
    harms = [h for h in order.HARMS if any(s.counts[h] for s in summaries)]
    context = {
        "lang": lang,
        "style": report_style(),
        "script": _static("script.js"),
        "rows": [(summary, quote(summary.stem + ".html"), Path(summary.label).name) for summary in summaries],
        "harms": harms,
        "codes": sorted({code for s in summaries for code in s.codes}),
        "states": [s for s in STATES if any(s in states_of(summary) for summary in summaries)],
        "states_of": states_of,
        "year_of": year_of,
        "page": page,
        "pages": [(n, index_page(n) + ".html") for n in range(1, pages + 1)],
        "total": sum(summary.total for summary in summaries),
        "csv": "data:text/csv;charset=utf-8," + quote("\ufeff" + _csv(summaries, harms, lang)),
        "layout": None,
        "line_of": None,
    }
    return visible(report_environment().get_template("index.html.j2").render(context).lstrip()) + "\n"


def _csv(summaries: Sequence[Summary], harms: Sequence[str], lang: Lang) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    names = [label(key, lang) for key in ("file", "title", "date", "found")]
    writer.writerow([*names, *(label(f"harms.{h}", lang) for h in harms), label("worst", lang)])
    for s in summaries:
        phrase = without_marks(s.worst[LANGS.index(lang)]) if s.worst else ""
        words = (cell(text) for text in (s.label, s.title, s.date))
        writer.writerow([*words, s.total, *(s.counts[h] for h in harms), cell(phrase)])
    return out.getvalue()


def cell(text: str) -> str:
    """A text that a spreadsheet takes for a text: what begins as a formula does is quoted."""
    shown = visible(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA) else shown
