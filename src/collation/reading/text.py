"""A plain text or light Markdown file to a Document: the archives' usual form, catalogue, Russian and English in one."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from collation.errors import Message, UnreadableInput
from collation.knowledge.letters import count_letters
from collation.languages import pair_of
from collation.model import Catalogue, Document, Segment, Sheet, Source, Testimony, Witness
from collation.model.document import SegmentKind
from collation.model.language import Language, LanguagePair
from collation.reading.as_read import read_visible
from collation.reading.brackets import Brackets, read_brackets
from collation.reading.catalogue import read_header
from collation.reading.encoding import decode
from collation.reading.furniture import sheet_number
from collation.reading.identity import name_of
from collation.reading.lines import Line, line_starts, split_lines
from collation.reading.paragraphs import LineBlock, build_blocks
from collation.reading.passages import gather_passages, recognise
from collation.reading.sentences import split_sentences
from collation.reading.tokens import build_flow, tokenise
from collation.reading.zones import Side, assign_sides

MOST_CHARACTERS = 4_000_000


def read_bytes(
    data: bytes, *, label: str, encoding: str | None = None, languages: LanguagePair | None = None
) -> Document:
    """The document in these bytes. Raises UnreadableInput when they are no text."""
    text, name = decode(data, label=label, encoding=encoding)
    digest = hashlib.sha256(data).hexdigest()
    return read_text(text, label=label, digest=digest, encoding=name, languages=languages)


def read_text(
    text: str, *, label: str, digest: str = "", encoding: str = "utf-8", languages: LanguagePair | None = None
) -> Document:
    """The document in a decoded text, in two languages of the table unless they are given.

    Raises UnreadableInput when it has no letters of either language.
    """
    if len(text) > MOST_CHARACTERS:
        raise UnreadableInput(
            Message("document-too-long", count=f"{len(text) / 1e6:.1f}", most=MOST_CHARACTERS // 1_000_000), path=label
        )
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    visible, offsets = read_visible(text)
    pair = languages or pair_of(visible)
    document = _read(visible, pair, label=label, digest=digest, encoding=encoding)
    if offsets is None:
        return document
    file = replace(offsets.moved(document.source), text=text, line_starts=line_starts(text))
    return replace(document, offsets=offsets, written=file)


def _read(text: str, languages: LanguagePair, *, label: str, digest: str, encoding: str) -> Document:
    """The document in a text as read; all its places are in this text."""
    lines = split_lines(text)
    header = read_header(text, lines)
    body = _body_lines(lines, header.body)
    if sum(count_letters(text[header.body :])) == 0:
        original, translation = (Message(language.name) for language in languages)
        raise UnreadableInput(Message("no-text", original=original, translation=translation), path=label)
    names = recognise(body, languages.original)
    passages = gather_passages(body, names)
    body = _examined(body, names)
    sides = assign_sides(body, languages)
    witnesses, sheets = [], []
    for side in dict.fromkeys(sides):
        own = [line for line, name in zip(body, sides, strict=True) if name == side]
        witness, marks = _witness(text, own, languages, side)
        if witness is not None:
            witnesses.append(witness)
            sheets.extend(marks)
    witnesses.sort(key=lambda w: w.role != "original")
    if not passages and not any(w.role == "original" for w in witnesses):
        raise UnreadableInput(Message("no-text-in", language=Message(languages.original.name)), path=label)
    catalogue = _catalogue_witness(text, header.catalogue, languages)
    if catalogue:
        witnesses.append(catalogue)
    source = Source(
        id=name_of(header.catalogue, digest),
        label=label,
        text=text,
        digest=digest,
        encoding=encoding,
        catalogue=header.catalogue,
        sheets=tuple(sorted(sheets, key=lambda s: s.place.start)),
        labels=header.labels,
        line_starts=line_starts(text),
    )
    return Document(source, tuple(witnesses), _warnings(witnesses, encoding), passages)


def _body_lines(lines: list[Line], body: int) -> list[Line]:
    """The lines of the texts; the first one without what precedes the texts on it."""
    found = []
    for line in lines:
        if line.start >= body:
            found.append(line)
        elif line.stop > body:
            found.append(Line(body, line.stop, line.text[body - line.start :], line.heading, line.apart))
    return found


def _examined(lines: list[Line], names: list[str | None]) -> list[Line]:
    """The lines that are examined; what follows a passage left out begins a paragraph."""
    found, apart = [], False
    for line, name in zip(lines, names, strict=True):
        if name is None:
            found.append(replace(line, apart=True) if apart else line)
        apart = name is not None
    return found


def _witness(text: str, lines: list[Line], languages: LanguagePair, side: Side) -> tuple[Witness | None, list[Sheet]]:
    filled = [line for line in lines if not line.blank]
    if not filled:
        return None, []
    language = languages.original if side == "original" else languages.translation
    brackets = read_brackets(text, filled[0].start, filled[-1].stop)
    segments: list[Segment] = []
    furniture: list[Segment] = []
    sheets: list[Sheet] = []
    for block in build_blocks(lines, languages):
        segment = _segment(block, brackets, languages, language)
        if segment is None:
            continue
        (furniture if block.furniture else segments).append(segment)
        number = sheet_number(block[0].text) if block.furniture else None
        if number:
            sheets.append(Sheet(number, segment.place, language.siglum))
    testimony: tuple[Testimony, ...] = brackets.testimony
    return Witness(language.siglum, side, language.code, tuple(segments), tuple(furniture), testimony), sheets


def _segment(block: LineBlock, brackets: Brackets, languages: LanguagePair, language: Language) -> Segment | None:
    tokens = tokenise(build_flow(block, brackets.hidden, languages), language=language)
    if not tokens:
        return None
    kind: SegmentKind = (
        "furniture" if block.furniture else "heading" if _is_heading(block) else block.kept or "paragraph"
    )
    return Segment(kind, tokens, split_sentences(tokens, languages))


def _is_heading(block: LineBlock) -> bool:
    if block[0].heading:
        return True
    words = " ".join(line.text for line in block)
    letters = [c for c in words if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    return bool(letters) and len(words) < 200 and capitals > 0.7 * len(letters)


def _catalogue_witness(text: str, catalogue: Catalogue, languages: LanguagePair) -> Witness | None:
    """The catalogue as a witness: its rows as segments."""
    segments = []
    for row in catalogue.fields:
        lines = [
            replace(line, start=line.start + row.place.start, stop=line.stop + row.place.start)
            for line in split_lines(row.place.of(text))
            if not line.blank
        ]
        tokens = tokenise(build_flow(lines, frozenset(), languages), language=languages.translation)
        if tokens:
            segments.append(Segment("heading" if row.name in {"date", "title"} else "paragraph", tokens))
    return Witness("C", "catalogue", languages.translation.code, tuple(segments)) if segments else None


def _warnings(witnesses: list[Witness], encoding: str) -> tuple[str, ...]:
    found = []
    if not any(w.role == "translation" for w in witnesses):
        found.append("no-translation")
    if encoding not in {"utf-8"}:
        found.append("encoding")
    return tuple(found)
