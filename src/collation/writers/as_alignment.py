"""The alignment of a document with its translation as text and JSON: paragraphs, sentences, words."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from collation.model import Aligned, Place, SentencePair, Source, Token
from collation.model.witness_table import spaced
from collation.writers.phrases import Lang


def align_text(aligned: Aligned, *, lang: Lang = "en") -> str:
    """Which paragraphs are opposite which, and in them which words answer which."""
    aligned = aligned.in_file()
    lines = [] if aligned.parallel else ["The two texts do not translate each other, or there is only one."]
    for index, link in enumerate(aligned.links):
        left, right = (
            _segments(aligned, link.original, "original"),
            _segments(aligned, link.translation, "translation"),
        )
        source = aligned.document.source
        lines.append(f"{len(left)}:{len(right)}  {link.score:.2f}  {_at(source, left)} = {_at(source, right)}")
        for pair in (p for p in aligned.pairs if p.link == index):
            lines += [
                f"  R  {_line(pair.original)}",
                f"  E  {_line(pair.translation)}",
                f"     {_words(pair)}",
                "",
            ]
    if not aligned.links:
        lines += [f"  R  {_line(pair.original)}" for pair in aligned.pairs]
    return "\n".join(lines).rstrip() + "\n"


def align_json(aligned: Aligned, *, lang: Lang = "en") -> str:
    """The links of paragraphs, sentences and words; places are [start, stop] in code points of the file."""
    aligned = aligned.in_file()
    links = [
        {
            "original": [_span(p) for p in _segments(aligned, link.original, "original")],
            "translation": [_span(p) for p in _segments(aligned, link.translation, "translation")],
            "score": link.score,
            "sentences": [_pair(pair) for pair in aligned.pairs if pair.link == index],
        }
        for index, link in enumerate(aligned.links)
    ]
    document = aligned.document.source
    data = {
        "document": document.id,
        "label": document.label,
        "digest": document.digest,
        "parallel": aligned.parallel,
        "links": links,
    }
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _segments(aligned: Aligned, indices: Sequence[int], role: str) -> list[Place]:
    witness = aligned.document.original if role == "original" else aligned.document.translation
    return [witness.segments[i].place for i in indices] if witness else []


def _at(source: Source, places: list[Place]) -> str:
    if not places:
        return "—"
    first, last = source.line(places[0].start), source.line(places[-1].stop)
    return f"l. {first}" if first == last else f"ll. {first}-{last}"


def _line(tokens: Sequence[Token]) -> str:
    return spaced(iter(tokens)) or "—"


def _words(pair: SentencePair) -> str:
    linked = [f"{pair.original[w.original].text} = {pair.translation[w.translation].text}" for w in pair.words]
    return " · ".join(linked)


def _span(place: Place) -> list[int]:
    return [place.start, place.stop]


def _pair(pair: SentencePair) -> dict[str, Any]:
    words = [
        {
            "original": _span(pair.original[w.original].place),
            "translation": _span(pair.translation[w.translation].place),
            "score": w.score,
            "kind": w.kind,
        }
        for w in pair.words
    ]
    sides = {name: _extent(tokens) for name, tokens in (("original", pair.original), ("translation", pair.translation))}
    return {**sides, "literal": pair.literal, "words": words}


def _extent(tokens: Sequence[Token]) -> list[int]:
    return [tokens[0].start, tokens[-1].stop] if tokens else []
