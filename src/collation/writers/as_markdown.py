"""The apparatus as Markdown: the worst places, the entries in words, the facing text with its numbers,
and the rest.

For reading in an editor or a wiki, and for people who paste. It says what the HTML page says, in one
language.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from collation.decisions.placing import Book
from collation.model import Apparatus
from collation.system.escaping import visible
from collation.writers.footnotes import footnote
from collation.writers.layout import Layout, PageBlock, lay_out
from collation.writers.lost import gap_before
from collation.writers.marks import BROKEN_WORD, MarkedPiece, Numbered
from collation.writers.order import sign_of
from collation.writers.phrases import LANGS, Lang, Sentence, label
from collation.writers.ruled import Ledger, SettledPlace, ledger, unsettled
from collation.writers.summary import Summary, title
from collation.writers.wording import Argument, Wording, count_kinds, in_one_phrase, in_words, unexamined, witness_rows

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")


def write_markdown(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    """The apparatus of one document in Markdown; ``book`` are the rulings on it."""
    layout = lay_out(apparatus, book)
    ruled = ledger(book, layout)
    parts = [
        f"# {escape(title(layout))}",
        _top(layout, ruled, lang),
        *_worst(layout, ruled, lang),
        f"## {label('apparatus', lang)}",
        *(_entry(item, layout, ruled.entries.get(item.number), lang) for item in layout.harmful),
        *([] if layout.items else [label("no-entries", lang)]),
        f"## {label('facing', lang)}",
        _facing(layout, lang),
        *_rulings(ruled, lang),
        *_catalogue(layout, lang),
        f"## {label('unexamined', lang)}",
        _unexamined(layout, lang),
        f"## {label('produced', lang)}",
        _produced(layout, lang),
    ]
    return visible("\n\n".join(parts)) + "\n"


def write_markdown_index(summaries: Sequence[Summary], *, lang: Lang = "en", page: int = 1, pages: int = 1) -> str:
    """The index of several documents."""
    lines = [
        f"# {label('index-title', lang)}",
        "",
        f"| {label('document', lang)} | {label('found', lang)} | {label('worst', lang)} |",
        "|---|---:|---|",
    ]
    for summary in summaries:
        phrase = quoted(summary.worst[LANGS.index(lang)]) if summary.worst else "—"
        lines.append(f"| [{escape(summary.title)}](<{summary.stem}.md>) | {summary.total} | {phrase} |")
    return visible("\n".join(lines)) + "\n"


def escape(text: str) -> str:
    """Text on one line in which no character is taken for Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def quoted(sentence: Sentence) -> str:
    """A sentence with the words of the document in bold."""
    return "".join(_bold(p.text) if p.quoted else _SPECIAL.sub(r"\\\1", p.text) for p in sentence)


def _bold(text: str) -> str:
    return f"**{escape(text)}**" if text.strip() else ""


def _top(layout: Layout, ruled: Ledger, lang: Lang) -> str:
    counts = " · ".join(f"{n} {words}" for _, words, n in count_kinds(layout, lang))
    lines = [escape(layout.source.catalogue.value(name)) for name in ("date", "citation")]
    total = f"{label('places', lang)}: {len(layout.items) + len(ruled.found)}" + (f" ({counts})" if counts else "")
    if ruled:
        total += f" · {ruled.tally.words(lang)}"
    return "\n\n".join([line for line in lines if line] + [total])


def _worst(layout: Layout, ruled: Ledger, lang: Lang) -> list[str]:
    items = unsettled(layout, ruled)
    if not items:
        return []
    rows = [
        f"- [{i.number}](#{i.anchor}) {in_words(i, layout, lang).kind}: " + quoted(in_one_phrase(i, layout, lang))
        for i in items
    ]
    return [f"## {label('worst-five', lang)}", "\n".join(rows)]


def _entry(item: Numbered, layout: Layout, ruled: SettledPlace | None, lang: Lang) -> str:
    said = in_words(item, layout, lang)
    gloss = f" ({said.gloss})" if said.gloss else ""
    lines = [
        f'### <a id="{item.anchor}"></a>{item.number} · {said.where} · {said.kind} · {item.entry.code}',
        "",
        f"{quoted(said.setting)} \\] {quoted(said.proposal)}{gloss}. {_sure(said)}.",
        "",
        *([f"- {ruled.sign} {escape(ruled.words(lang))}"] if ruled else []),
        *([f"- {label('pro', lang)}: {_arguments(said.why)}"] if said.why else []),
        f"- {label('against', lang)}: {_arguments(said.against)}"
        if said.against
        else f"- {label('nothing-against', lang)}",
    ]
    if len(said.readings) > 1:
        lines.append(f"- {label('readings', lang)}: " + ", ".join(f"{_bold(r) or '∅'} {p}" for r, p in said.readings))
    if said.other_side:
        lines.append(f"- {quoted(said.other_side)}")
    lines.append(f"- {label('hand', lang)}: {said.hand}")
    lines.append(f"- {label('ruling', lang)}: {said.ruling}")
    note = footnote(item, layout, lang, said.why, ruled)
    return "\n".join([*lines, *([f"- {escape(note)}"] if note else [])])


def _sure(said: Wording) -> str:
    """That something is wrong, and that the reading is right, each with its figure."""
    return "; ".join(part for part in (f"{said.certainty} ({said.figure})", said.reading_sure) if part)


def _arguments(arguments: tuple[Argument, ...]) -> str:
    return " ".join(quoted(a.sentence) for a in arguments)


def _facing(layout: Layout, lang: Lang) -> str:
    sides = [label("original", lang), *([label("translation", lang)] if layout.has_translation else [])]
    lines = [f"| ¶ | {' | '.join(sides)} |", "|---:|" + "---|" * len(sides)]
    for row in layout.rows:
        lined = row.kind == "verse"
        cells = [
            _cell(row.original, lined=lined),
            *([_cell(row.translation, lined=lined)] if layout.has_translation else []),
        ]
        lines.append(f"| {row.number or ''} | {' | '.join(cells)} |")
    return "\n".join(lines)


def _cell(blocks: tuple[PageBlock, ...], *, lined: bool) -> str:
    """The text of a cell; ``lined``: with the file's own lines."""
    return "<br>".join("".join(_piece(p, lined=lined) for p in block.pieces).strip() for block in blocks)


def _piece(piece: MarkedPiece, *, lined: bool = False) -> str:
    whole = piece.text if lined else BROKEN_WORD.sub(r"\1", piece.text)
    flowing = re.sub(r"[^\S\r\n]+" if lined else r"\s+", " ", whole)
    text = re.sub(r"\s*[\r\n]+\s*", "<br>", _SPECIAL.sub(r"\\\1", flowing))
    before = "<sup>,</sup>".join(f"<sup>{m.item.number}</sup>" for m in piece.opens)
    gaps = [m for m in piece.opens if m.role == "doubt" and gap_before(m.item.entry)]
    before += "".join(escape(sign_of(m.item.entry)) for m in gaps)
    closing = (m for m in piece.closes if m.role == "doubt" and not gap_before(m.item.entry))
    after = "".join(escape(sign_of(m.item.entry)) for m in closing)
    if piece.found_opens:
        before += f"<sup>{piece.found}</sup>"
    if piece.gone:
        text = f"~~{text}~~" if text.strip() else text
    if piece.instead is not None:
        text += f"**{escape(piece.instead)}**" if piece.instead.strip() else ""
    return f"{before}{text}{after}"


def _rulings(ruled: Ledger, lang: Lang) -> list[str]:
    """The rulings on places that have no entry, and those whose place was lost."""
    parts = [("ruled.heading", ruled.others), ("ruled.lost", ruled.lost)]
    return [
        text
        for key, found in parts
        if found
        for text in (f"## {label(key, lang)}", "\n".join(_ruling(r, lang) for r in found))
    ]


def _ruling(ruled: SettledPlace, lang: Lang) -> str:
    at = f"{ruled.place(lang)}: " if ruled.place(lang) else ""
    return f"- {ruled.sign} {at}{_bold(ruled.lemma) or '‹…›'} — {escape(ruled.words(lang))}"


def _catalogue(layout: Layout, lang: Lang) -> list[str]:
    if not layout.catalogue:
        return []
    rows = [
        f"- {label(f'field.{row.name}', lang)}: {''.join(_piece(p) for p in row.pieces)}" for row in layout.catalogue
    ]
    return [f"## {label('catalogue', lang)}", "\n".join(rows)]


def _unexamined(layout: Layout, lang: Lang) -> str:
    found = layout.apparatus.unexamined
    rows = [f"- {quoted(unexamined(u.says, u.values, u.place, layout, lang))}" for u in found]
    return "\n".join(rows) or label("unexamined-none", lang)


def _produced(layout: Layout, lang: Lang) -> str:
    source = layout.source
    rows = [
        ("file", source.label),
        ("id", source.id),
        ("digest", source.digest),
        ("encoding", source.encoding),
    ]
    named = [(label(key, lang), value) for key, value in rows] + [
        *witness_rows(layout, lang),
        *layout.apparatus.versions,
        *layout.apparatus.settings,
    ]
    return "\n".join(f"- {escape(name)}: {escape(value)}" for name, value in named)
