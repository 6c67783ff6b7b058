"""A plain text or light Markdown file to a Document: the archives' usual form, catalogue, Russian and English in one."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import replace

from collation.errors import Message, UnreadableInput
from collation.knowledge.letters import count_letters
from collation.languages import pair_of
from collation.model import Catalogue, CatalogueField, Document, Segment, Sheet, Source, Testimony, Witness
from collation.model.document import SegmentKind
from collation.model.language import Language, LanguagePair
from collation.reading.apart import shifted_place, sides_of, take_apart, with_apart
from collation.reading.as_read import read_visible
from collation.reading.brackets import Brackets, read_brackets
from collation.reading.catalogue import Header, read_header
from collation.reading.changes_of_script import claimed, parted, rejoined
from collation.reading.composed import Composed, FileText, PartText, compose, seen, starts_seen
from collation.reading.encoding import decode
from collation.reading.furniture import sheet_number
from collation.reading.identity import name_of
from collation.reading.lines import Line, line_starts, split_lines
from collation.reading.paragraphs import LineBlock, build_blocks
from collation.reading.passages import gather_passages, recognise
from collation.reading.sentences import split_sentences
from collation.reading.tokens import build_flow, tokenise
from collation.reading.zones import Side, counter

MOST_CHARACTERS = 4_000_000


def decode_bytes(data: bytes, *, label: str, encoding: str | None = None) -> FileText:
    """The text in these bytes. Raises UnreadableInput when they are none."""
    return FileText(*decode(data, label=label, encoding=encoding))


def read_bytes(
    data: bytes, *, label: str, encoding: str | None = None, languages: LanguagePair | None = None
) -> Document:
    """The document in the bytes of a plain text. Raises UnreadableInput when they are no text."""
    read = decode_bytes(data, label=label, encoding=encoding)
    return read_parts([PartText(label, read, hashlib.sha256(data).hexdigest())], label=label, languages=languages)


def read_text(
    text: str, *, label: str, digest: str = "", encoding: str = "utf-8", languages: LanguagePair | None = None
) -> Document:
    """The document in a decoded text, in two languages of the table unless they are given.

    Raises UnreadableInput when it has no letters of either language.
    """
    digest = digest or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return read_parts([PartText(label, FileText(text, encoding), digest)], label=label, languages=languages)


def read_parts(texts: Sequence[PartText], *, label: str, languages: LanguagePair | None = None) -> Document:
    """The document in the texts of its files, put together in this order; ``label`` is that of the document.

    Raises UnreadableInput when it has no letters of either language, or a file none of that which it is named for.
    """
    composed = compose(texts)
    text = composed.text
    if len(text) > MOST_CHARACTERS:
        raise UnreadableInput(
            Message("document-too-long", count=f"{len(text) / 1e6:.1f}", most=MOST_CHARACTERS // 1_000_000), path=label
        )
    visible, offsets = read_visible(text)
    pair = languages or pair_of(visible)
    _check_sides(composed, pair)
    document = _read(replace(seen(composed, offsets), text=visible), pair, label=label)
    document = replace(
        document, source=replace(document.source, line_starts=starts_seen(document.source, offsets, composed))
    )
    if offsets is None:
        return document
    file = replace(offsets.moved(document.source), text=text, line_starts=composed.line_starts, parts=composed.parts)
    return replace(document, offsets=offsets, written=file)


def _check_sides(composed: Composed, languages: LanguagePair) -> None:
    """Raise UnreadableInput for a file that is named as one of the texts and is mostly of the other."""
    count = counter(languages)
    for role in ("original", "translation"):
        parts = [part for part in composed.parts if part.role == role]
        texts = [part.place.of(composed.text) for part in parts]
        own, other = count("\n".join(texts))
        wanted, found = languages.original, languages.translation
        if role == "translation":
            own, other, wanted, found = other, own, found, wanted
        if other > own and not any(map(_has_header, texts)):
            message = Message("part-other-language", wanted=Message(wanted.name), found=Message(found.name))
            raise UnreadableInput(message, path=parts[0].label)


def _has_header(text: str) -> bool:
    return bool(read_header(text, split_lines(text)).catalogue.fields)


def _read(composed: Composed, languages: LanguagePair, *, label: str) -> Document:
    """The document in a text as read; all its places are in this text."""
    text = composed.text
    header, body = _head_and_body(composed)
    if sum(map(sum, (count_letters(line.text) for line in body))) == 0:
        original, translation = (Message(language.name) for language in languages)
        raise UnreadableInput(Message("no-text", original=original, translation=translation), path=label)
    body, apart = take_apart(body, composed.stretches)
    names = recognise(body, languages.original)
    passages = gather_passages(body, names)
    body = _examined(body, names)
    pieces = parted(body, languages)
    sides = sides_of([line for own in pieces for line in own], composed.stretches, languages)
    body, sides = rejoined(pieces, body, sides)
    sides = claimed(body, sides, languages)
    witnesses, sheets = [], []
    for side in dict.fromkeys(sides):
        own = [line for line, name in zip(body, sides, strict=True) if name == side]
        witness, marks = _witness(text, own, languages, side)
        if witness is not None:
            witnesses.append(with_apart(witness, apart, composed.testimony, text, languages))
            sheets.extend(marks)
    witnesses.sort(key=lambda w: w.role != "original")
    if not passages and not any(w.role == "original" for w in witnesses):
        raise UnreadableInput(Message("no-text-in", language=Message(languages.original.name)), path=label)
    catalogue = _catalogue_witness(text, header.catalogue, languages)
    if catalogue:
        witnesses.append(catalogue)
    source = Source(
        id=name_of(header.catalogue, composed.digest),
        label=label,
        text=text,
        digest=composed.digest,
        encoding=composed.encoding,
        catalogue=header.catalogue,
        sheets=tuple(sorted(sheets, key=lambda s: s.place.start)),
        labels=header.labels,
        line_starts=line_starts(text),
        parts=composed.parts,
    )
    return Document(source, tuple(witnesses), _warnings(witnesses, composed.encoding), passages)


def _head_and_body(composed: Composed) -> tuple[Header, list[Line]]:
    """The catalogue and the lines of the texts. Of several files each may have a header; a row is that of the first."""
    lines = split_lines(composed.text)
    if len(composed.parts) < 2:
        header = read_header(composed.text, lines)
        return header, _body_lines(lines, header.body)
    rows: list[CatalogueField] = []
    labels: list[str] = []
    body: list[Line] = []
    for part, following in zip(composed.parts, (*composed.parts[1:], None), strict=True):
        start, stop = part.place.start, part.place.stop
        own = split_lines(composed.text[start:stop])
        header = read_header(composed.text[start:stop], own)
        shifted = [replace(line, start=line.start + start, stop=line.stop + start) for line in own]
        there = (CatalogueField(f.name, f.value, shifted_place(f.place, start)) for f in header.catalogue.fields)
        rows += [field for field in there if not any(row.name == field.name for row in rows)]
        labels += header.labels
        if part.role != "catalogue":
            body += _body_lines(shifted, header.body + start)
        page = following is not None and following.role == part.role != ""  # a sentence may run on over its end
        body.append(Line(stop, stop, "", heading=False, apart=not page))
    return Header(Catalogue(tuple(rows)), tuple(labels), body[0].start if body else 0), body


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
