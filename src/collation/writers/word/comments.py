"""What is told of each place in a comment: the entry in words, or what was ruled there.

The comments are a part of their own; a second part says which of them are resolved, as those of settled places are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from lxml import etree

from collation.writers.layout import Layout
from collation.writers.marks import Numbered
from collation.writers.phrases import Lang, in_quotes, label
from collation.writers.ruled import SettledPlace
from collation.writers.word.slots import TOOL
from collation.writers.word.word_elements import MC, W14, W15, W, paragraph, q, run, w
from collation.writers.wording import Argument, Wording, in_words

Line = tuple[tuple[str, bool], ...]
"""A line of a comment: pieces of text, each with whether it is printed bold."""


@dataclass(frozen=True, slots=True)
class PlaceComment:
    """The comment on a place: the number of its entry, its lines, the words it is about, and whether it is resolved."""

    number: int
    start: int
    stop: int
    lines: tuple[Line, ...]
    resolved: bool = False


def entry_comment(item: Numbered, layout: Layout, ruled: SettledPlace | None, lang: Lang) -> PlaceComment:
    """The comment on an entry."""
    words = in_words(item, layout, lang)
    place = item.entry.place
    settled = ruled is not None and ruled.settled
    lines = tuple(_lines(item, words, ruled, lang))
    return PlaceComment(item.number, place.start, place.stop, lines, settled)


def ruled_comment(number: int, start: int, stop: int, ruled: SettledPlace, lang: Lang) -> PlaceComment:
    """The comment on a ruled place without an entry."""
    return PlaceComment(number, start, stop, ((_head(number), (ruled.words(lang), True)),), ruled.settled)


def _head(number: int) -> tuple[str, bool]:
    return f"[{number}] ", True


def _lines(item: Numbered, words: Wording, ruled: SettledPlace | None, lang: Lang) -> Iterator[Line]:
    if ruled is not None:
        yield _head(item.number), (ruled.words(lang), True)
        yield ((f"{words.lemma} ] {in_quotes(words.proposal, lang)}", False),)
    else:
        gloss = f" ({words.gloss})" if words.gloss else ""
        yield _head(item.number), (f"{in_quotes(words.setting, lang)} ] {in_quotes(words.proposal, lang)}{gloss}", True)
    yield ((f"{words.where} · {words.kind} · {words.certainty} ({words.figure})", False),)
    if words.other_side:
        yield ((in_quotes(words.other_side, lang), False),)
    if words.why:
        yield (f"{label('pro', lang)}: ", True), (_sentences(words.why, lang), False)
    against = _sentences(words.against, lang) or f"{label('nothing-against', lang)}."
    yield (f"{label('against', lang)}: ", True), (against, False)
    yield ((f"{words.hand}. {words.ruling}", False),)


def _sentences(arguments: Iterable[Argument], lang: Lang) -> str:
    return " ".join(in_quotes(argument.sentence, lang) for argument in arguments)


def write_comments(comments: Sequence[PlaceComment]) -> tuple[etree._Element, etree._Element]:
    """The part with the comments, each under the number of its place in the list, and the part that says which are
    resolved.
    """
    names = {"w": W, "w14": W14, "mc": MC}
    root = etree.Element(q("comments"), nsmap=names)
    root.set(f"{{{MC}}}Ignorable", "w14")
    extended = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15, "mc": MC})
    extended.set(f"{{{MC}}}Ignorable", "w15")
    for index, comment in enumerate(comments):
        made = w("comment", id=index, author=TOOL, initials="co")
        made.extend(paragraph(*(run(text, bold=bold) for text, bold in line)) for line in comment.lines)
        name = f"{index + 1:08X}"
        made[-1].set(f"{{{W14}}}paraId", name)
        root.append(made)
        state = etree.SubElement(extended, f"{{{W15}}}commentEx")
        state.set(f"{{{W15}}}paraId", name)
        state.set(f"{{{W15}}}done", "1" if comment.resolved else "0")
    return root, extended
