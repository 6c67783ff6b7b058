"""Signs and figures that were read for letters, and the letters that they may stand for: "отка3", "социалистическог®".

A figure stands for the letters that look like it (``dictionaries/lookalikes.tsv``), another sign for any letter or, a
speck of dirt, for none. Only words of the dictionary and names explain a sign; two signs a word are the most looked at.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS, fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist

MOST_SIGNS = 2
_NAMES = frozenset({"Name", "Surn", "Patr", "Geox"})


def is_blemished(text: str) -> bool:
    """Whether a word has a sign or a figure among its letters, hyphens and stress marks apart."""
    return not all(c.isalpha() or c in "-‐‑\u0301\u0306" for c in text)


@lru_cache(maxsize=2_000)
def explained(text: str) -> tuple[str, ...]:
    """The folded words that letters in the stead of the signs and figures make, the most usual first."""
    folded = fold(text)
    if sum(not c.isalpha() for c in folded) > MOST_SIGNS:
        return ()
    options = [(c,) if c.isalpha() else _letters_for(c) for c in folded]
    made = {"".join(letters) for letters in product(*options)}
    known = [form for form in made if morphology.is_known(form) or authority.is_name_form(form)]
    return tuple(sorted(known, key=lambda form: (-wordlist.zipf(form), form)))


def _letters_for(sign: str) -> tuple[str, ...]:
    """The letters that a sign may stand for: of a figure those that look like it, of another sign any or none (dirt)."""
    return _figures().get(sign, ()) if sign.isdigit() else (*RUSSIAN_LETTERS, "")


@lru_cache(maxsize=1)
def _figures() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for seen, letter, _ in dictionaries.rows("lookalikes.tsv", columns=3):
        if len(seen) == 1 and seen.isdigit() and letter in RUSSIAN_LETTERS:
            found.setdefault(seen, []).append(letter)
    return {seen: tuple(letters) for seen, letters in found.items()}


def is_only_a_name(form: str) -> bool:
    """Whether a form is written with a capital wherever it occurs."""
    if not morphology.is_known(form):
        return authority.is_name_form(form)
    return all(p.grammemes & _NAMES for p in morphology.parses(form))
