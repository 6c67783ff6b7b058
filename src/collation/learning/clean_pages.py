"""Clean pages to plant damage in: an excerpt of a parallel text in the frame of an archive's telegram.

The frame has all that the rules for structure look at: the catalogue's rows, siglum and running heads, numbered sheets,
the steps of transmission with date and hour, a stamp, the archive's own line. Everything is drawn from a seeded
generator, so that no two pages are alike, and what a recipe leaves whole shows where a rule fires without cause.
A recipe marks what it damages; ``compose`` takes the marks out and says where they were. Blind to everything that the
scanner does to letters: that is ``noise``.
"""

from __future__ import annotations

import random
import re
import textwrap
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from collation.alignment.align import align
from collation.knowledge.values.numerals import MONTHS_IN_DATES, month_name
from collation.languages.knowledge import knowledge_for
from collation.model import Document, Segment, Span

WORDS = 250
_OPEN, _CLOSE = 0xE000, 0xE400  # private use: a mark opens with _OPEN + n and closes with _CLOSE + n
_MARKS = re.compile("[\ue000-\ue7ff]")
_GOOD = 0.3
_LEAST = 4
ROMAN = "I II III IV V VI VII VIII IX X XI XII".split()
LETTERS = {"ш": "sh", "к": "k", "п": "p", "с": "s", "в": "v", "г": "g", "т": "t", "н": "n", "шс": "shs", "ск": "sk"}
LANGUAGES = {
    "китайского": "Chinese", "корейского": "Korean", "английского": "English", "немецкого": "German", "чешского": "Czech",
    "польского": "Polish", "шведского": "Swedish", "финского": "Finnish", "японского": "Japanese", "греческого": "Greek",
    "французского": "French", "венгерского": "Hungarian", "датского": "Danish", "румынского": "Romanian",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Paragraphs of a clean document with their translations, its title and the year of its catalogue."""

    name: str
    title: str
    year: int | None
    pairs: tuple[tuple[str, str], ...]


def parallel(document: Document) -> Excerpt | None:
    """The pairs of paragraphs of a document that answer each other; None where there are not two."""
    original, translation = document.original, document.translation
    if original is None or translation is None:
        return None
    pairs = []
    for link in align(document, knowledge_for()).links:
        if len(link.original) == len(link.translation) == 1 and link.score >= _GOOD:
            left, right = original.segments[link.original[0]], translation.segments[link.translation[0]]
            if left.kind == right.kind == "paragraph" and min(len(left.tokens), len(right.tokens)) >= _LEAST:
                pairs.append((flowing(left, document.text), flowing(right, document.text)))
    catalogue = document.source.catalogue
    year = re.search(r"\b1[6-9]\d\d\b|\b20[0-3]\d\b", catalogue.value("date") or catalogue.value("title"))
    title = re.sub(r"^\w+ \d+, \d{4}\s+", "", catalogue.value("title")) or "Letter"
    found = Excerpt(document.source.label, title, int(year.group()) if year else None, tuple(pairs))
    return found if len(pairs) > 1 else None


def some_pairs(whole: Excerpt, chance: random.Random, words: int = WORDS) -> Excerpt:
    """Some neighbouring pairs, about so many words on both sides and two pairs at least."""
    first = chance.randrange(max(1, len(whole.pairs) - 4))
    pairs = whole.pairs[first:]
    return replace(whole, pairs=tuple(p for i, p in enumerate(pairs) if i < 2 or _count(pairs[: i + 1]) <= words))


def _count(pairs: tuple[tuple[str, str], ...]) -> int:
    return sum(len(text.split()) for pair in pairs for text in pair)


def flowing(segment: Segment, text: str) -> str:
    """A paragraph in one line, broken words closed and what belongs to the sheet left out."""
    written, reached = "", segment.tokens[0].start
    for token in segment.tokens:
        written += (" " if any(c.isspace() for c in text[reached : token.start]) else "") + token.text
        reached = token.stop
    return written


@dataclass(frozen=True, slots=True)
class Damage:
    """One planted piece of damage: the rule that should see it, its kind, the spans of the text that are touched.

    ``wrong`` is what is now in the first span. Further spans are the other occurrence or the other side, which a rule
    may as well mark.
    """

    code: str
    kind: str
    wrong: str
    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Damaged:
    """A page with all that was planted in it."""

    text: str
    damages: tuple[Damage, ...]


@dataclass(slots=True)
class MadePage:
    """The pieces of a page, which recipes alter before they are put together.

    ``sheets`` holds for each sheet its number (the first has none), its siglum, and its Russian paragraphs. An empty
    piece is left out of the page.
    """

    site: str
    host: str
    title: str
    cited_title: str
    leaves: str
    archive: str
    language: str
    note: str
    sent: datetime
    received: datetime
    stamped: datetime
    sheets: list[tuple[str, str, list[str]]]
    english: list[str]
    siglum: str
    dated: str = ""
    steps: tuple[str, str] = ("", "")
    stamp: str = ""
    shelf: tuple[str, str, str] = ("558", "11", "332")
    planted: list[tuple[str, str]] = field(default_factory=list)

    def plant(self, code: str, kind: str) -> int:
        """The number of a new piece of damage."""
        self.planted.append((code, kind))
        return len(self.planted) - 1


def mark(number: int, text: str) -> str:
    """The text marked as a place of that piece of damage."""
    return chr(_OPEN + number) + text + chr(_CLOSE + number)


def misread(figures: str, chance: random.Random, place: int | None = None) -> str:
    """The figures with one of them, or the one at a place, misread."""
    i = chance.randrange(len(figures)) if place is None else place
    return figures[:i] + chance.choice([d for d in "0123456789" if d != figures[i]]) + figures[i + 1 :]


def is_marked(text: str) -> bool:
    """Whether something is already damaged in it."""
    return bool(_MARKS.search(text))


def draw(taken: Excerpt, chance: random.Random) -> MadePage:
    """A clean page with the excerpt, its frame drawn."""
    year = taken.year or chance.randrange(1936, 1954)
    sent = datetime(year, 1, 1) + timedelta(days=chance.randrange(360), minutes=chance.randrange(60, 1200))
    received = sent + timedelta(minutes=chance.randrange(20, 220))
    letters = chance.choice(list(LETTERS))
    number = str(chance.randrange(100000, 999999))
    first = chance.randrange(5, 400)
    last = first + chance.choice((0, 1, 2, 6))
    leaves = f"{first}-{last}" if last > first else str(first)
    shelf = (str(chance.randrange(3, 600)), str(chance.randrange(1, 40)), str(chance.randrange(3, 500)))
    host = chance.choice(("digitalarchive.wilsoncenter.org", "archive.example.org", "documents.example.edu"))
    label = chance.choice(("ll. ", "listy ") if last > first else ("l. ", "list "))
    language = chance.choice(list(LANGUAGES)) if chance.random() < 0.4 else ""
    width = chance.choice((0, 60, 66, 72))
    page = MadePage(
        site=host if chance.random() < 0.5 else "",
        host=host,
        title=taken.title,
        cited_title=taken.title,
        leaves=label + leaves,
        archive=leaves if chance.random() < 0.5 else "",
        language=LANGUAGES.get(language, "Russian"),
        note=f"Перевод с {language}" if language else "",
        sent=sent,
        received=received,
        stamped=received + timedelta(days=chance.randrange(1, 4)),
        sheets=_sheets(
            [textwrap.fill(ru, width, break_on_hyphens=False) if width else ru for ru, _ in taken.pairs],
            f"{number}/{letters}",
            chance,
        ),
        english=[en for _, en in taken.pairs],
        siglum=f"{number}/{LETTERS[letters]}",
        shelf=shelf,
    )
    page.dated = catalogued(sent)
    page.steps = steps(page, chance)
    page.stamp = f"Вх. № {chance.randrange(100, 9999)} {russian(page.stamped)}"
    return page


def _sheets(paragraphs: list[str], siglum: str, chance: random.Random) -> list[tuple[str, str, list[str]]]:
    """The paragraphs on one to five sheets; now and then a paragraph runs on from one sheet to the next."""
    while len(paragraphs) < 5 and chance.random() < 0.7:
        i = max(range(len(paragraphs)), key=lambda k: len(paragraphs[k]))
        ends = [m.start() for m in re.finditer(r"(?<=[.!?])\s(?=[А-Я])", paragraphs[i])]
        if not ends:
            break
        cut = chance.choice(ends)
        paragraphs = [*paragraphs[:i], paragraphs[i][:cut], paragraphs[i][cut + 1 :], *paragraphs[i + 1 :]]
    count = min(len(paragraphs), 5)
    cuts = sorted(chance.sample(range(1, len(paragraphs)), count - 1))
    bounds = [0, *cuts, len(paragraphs)]
    return [
        (str(k + 1) if k else "", siglum, paragraphs[a:b])
        for k, (a, b) in enumerate(zip(bounds, bounds[1:], strict=False))
    ]


def catalogued(day: datetime) -> str:
    """A day as the catalogue writes it."""
    return f"{month_name(day.month, 'en')} {day.day}, {day.year}"


def russian(day: datetime) -> str:
    return f"{day.day} {MONTHS_IN_DATES[day.month - 1]} {day.year} г."


def english(day: datetime) -> str:
    return f"{day.day} {month_name(day.month, 'en')} {day.year}"


def steps(page: MadePage, chance: random.Random) -> tuple[str, str]:
    """The steps of transmission on both sides, in one of some wordings."""
    at, on = page.sent, page.received
    ours = chance.choice(
        (
            "Подана {a:%d.%m.%Y} {a:%H.%M}. Принята {b:%d.%m.%Y} {b:%H.%M}.",
            "Отправлена {ra} в {a:%H.%M}. Получена {rb} в {b:%H.%M}.",
            "Подана {ra} {a.hour} час. {a.minute:02} мин. Принята {rb} {b.hour} час. {b.minute:02} мин.",
        )
    )
    theirs = chance.choice(
        (
            "Sent {ea} at {a:%H:%M}. Received {eb} at {b:%H:%M}.",
            "Sent at {a:%H:%M} {ea}. Received at {b:%H:%M} {eb}.",
        )
    )
    values = {"a": at, "b": on, "ra": russian(at), "rb": russian(on), "ea": english(at), "eb": english(on)}
    return ours.format(**values), theirs.format(**values)


def compose(page: MadePage) -> Damaged:
    """The page put together, with the damage at its offsets."""
    fond, opis, delo = page.shelf
    head = [
        page.site,
        f"**{page.dated}**  \n**{page.title}**",
        "**Citation:**",
        f'"{page.cited_title}", {catalogued(page.sent)}, RGASPI, f. {fond}, op. {opis}, d. {delo}, {page.leaves}.'
        f" <https://{page.host}/document/{100000 + page.sent.toordinal() % 90000}>",
        "**Original Language:**",
        page.language,
        "**Contents:**",
        "Original Scan  \nTranslation - English",
    ]
    body = []
    for number, siglum, paragraphs in page.sheets:
        body += (
            [f"Лист № {number}" if number.isdigit() else number, f"Продолжение ШИФРОВКИ № {siglum}"]
            if number
            else [f"ШИФРОВКА № {siglum}", page.steps[0], page.note]
        )
        body += paragraphs
    archive = f"Фонд N {fond}, Опись N {opis}, Дело {delo}, Лист N {page.archive}" if page.archive else ""
    body += [russian(page.sent), page.stamp, archive]
    other = [f"CABLE N° {page.siglum}", page.steps[1]] if page.siglum else []
    other += [*page.english, english(page.sent) if page.siglum else ""]
    return _unmarked("\n\n".join(p for p in (*head, *body, *other) if p) + "\n", page)


def _unmarked(marked: str, page: MadePage) -> Damaged:
    """The text without its marks, and the spans that they enclosed."""
    text: list[str] = []
    opened: dict[int, int] = {}
    spans: dict[int, list[Span]] = {}
    for sign in marked:
        if not _MARKS.match(sign):
            text.append(sign)
        elif ord(sign) < _CLOSE:
            opened[ord(sign) - _OPEN] = len(text)
        else:
            number = ord(sign) - _CLOSE
            spans.setdefault(number, []).append(Span(opened[number], len(text)))
    whole = "".join(text)
    damages = [
        Damage(code, kind, spans[n][0].of(whole), tuple(spans[n]))
        for n, (code, kind) in enumerate(page.planted)
        if n in spans
    ]
    return Damaged(whole, tuple(damages))
