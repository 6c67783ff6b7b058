"""Noise for training: corruptions of every kind, made in clean parallel text, with exact gold.

Kinds of reader are imitated (RECIPES): a classic scanner that mistakes glyphs and has its own habits in each document, a
neural one that writes fluent wrong words and endings, a person who misreads: real words, names and endings for others of
like shape, small words lost and doubled, stray signs; and one who takes the words that the sentence allows. The shares are what we think such readers do; none is taken from a
set that anything is measured on. All choices come from one seeded generator, so the same text, seed and mixture give the same noise.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass

from collation.errors import CollationError, Message
from collation.learning.clean_words import CleanWords, Misreading
from collation.learning.noise_in_names import NAME_MAKERS
from collation.learning.noise_in_stretches import STRETCH_MAKERS
from collation.learning.noise_in_words import WORD_MAKERS
from collation.learning.noise_that_fits import FITTING_MAKERS
from collation.model import Document

ONE_WORD_MAKERS = WORD_MAKERS | FITTING_MAKERS | NAME_MAKERS


@dataclass(frozen=True, slots=True)
class Corruption:
    """One planted error: offsets of what is there now in its text, what was there, what is there now, its kind.

    Lost text has no width: its offsets are the point where it is to stand again.
    """

    start: int
    stop: int
    clean: str
    noisy: str
    kind: str
    side: str = "ru"


@dataclass(frozen=True, slots=True)
class Noisy:
    """A corrupted text with its corruptions at offsets of the *noisy* text."""

    text: str
    gold: tuple[Corruption, ...]


RECIPES: dict[str, dict[str, float]] = {
    "classic": {
        "glyph": 3, "habit": 8, "slip": 0.5, "speck": 1.0, "stray": 0.5, "function": 0.6, "letter": 1.2, "sign": 0.8, "latin": 0.4,
        "merge": 0.4, "split": 0.4, "cut": 0.4, "capital": 0.3,
    },
    "neural": {
        "glyph": 2, "slip": 1.2, "ending": 3.0, "function": 2.0, "lookalike": 1.6, "same_form": 1.5, "same_affix": 2.0, "name": 1.0, "near_name": 0.3,
        "merge": 0.7, "split": 0.5, "tear": 0.3, "double": 0.2, "lose": 0.5, "capital": 0.2,
    },
    "reader": {
        "lookalike": 1.5, "same_form": 4.0, "theme": 0.8, "beginning": 2.0, "tail": 1.5, "same_affix": 1.0, "ending": 3.0, "function": 2.0,
        "glyph": 0.8, "letter": 0.6,
        "name": 0.8, "other_name": 0.7, "near_name": 0.7, "name_as_word": 0.7, "word_as_name": 0.3,
        "double": 0.5, "lose": 1.5, "insert": 0.3, "lacuna": 0.15,
        "tear": 0.5, "shift": 0.2, "cut": 0.3, "stray": 0.4, "speck": 0.2, "latin": 0.4, "capital": 0.3, "capitals": 0.05,
    },
    "attentive": {
        "fitting_word": 4.0, "fitting_ending": 2.0, "lookalike": 1.0, "function": 2.0, "glyph": 0.8, "other_name": 0.7, "near_name": 0.7,
        "lose": 1.5, "double": 0.3, "stray": 0.4,
    },
}  # fmt: skip
"""The readers: for each the makers of errors with their shares of its errors. A share is that of errors planted, however rare
the words are in which such an error can be made."""
MIXTURE: dict[str, float] = {"classic": 0.25, "neural": 0.25, "reader": 0.5, "attentive": 0.0}
"""How often each reader is drawn for a document. The attentive one is for trials: judges that learned from it find as much and
flag more in sound texts (docs/trials.md)."""
SOUND = 0.25  # of the documents no error is planted in: the judge has to see wholly sound texts
RATES: dict[str, tuple[float, ...]] = {
    "classic": (0.02, 0.05, 0.1),
    "neural": (0.02, 0.04, 0.08),
    "reader": (0.02, 0.04, 0.06),
    "attentive": (0.02, 0.04, 0.06),
}  # errors a word, one of them drawn for a document
_TRIES = 25  # words that are looked at for a place where an error can be made


def corrupt(
    document: Document, *, seed: int, rate: float | None = None, mixture: Mapping[str, float] = MIXTURE
) -> Noisy:
    """The document's text with errors planted in its original, by a reader that the seed draws from the mixture.

    ``rate`` is errors a word; without it the seed draws one of the reader's, or none for a share of the documents. Raises
    CollationError for a reader without a recipe.
    """
    clean = CleanWords(document, seed)
    chance = clean.random
    reader = _drawn(chance, mixture)
    if rate is None:
        rate = 0.0 if chance.random() < SOUND else chance.choice(RATES[reader])
    return plant(clean, RECIPES[reader], rate)


def reader_of(document: Document, *, seed: int, mixture: Mapping[str, float] = MIXTURE) -> str:
    """The reader that a seed draws for a document. Raises CollationError for a reader without a recipe."""
    return _drawn(CleanWords(document, seed).random, mixture)


def check_mixture(mixture: Mapping[str, float]) -> None:
    """Raises CollationError where a mixture names a reader without a recipe, or its shares are less than nothing or all nothing."""
    unknown = [name for name in mixture if name not in RECIPES]
    if unknown or not sum(mixture.values()) > 0 or min(mixture.values()) < 0:
        raise CollationError(Message("mixture-unknown", name=", ".join(unknown or mixture), names=", ".join(RECIPES)))


def _drawn(chance: random.Random, mixture: Mapping[str, float]) -> str:
    check_mixture(mixture)
    return chance.choices(list(mixture), list(mixture.values()))[0]


def plant(clean: CleanWords, recipe: Mapping[str, float], rate: float) -> Noisy:
    """The text with errors of a recipe, so many a word, at least one character apart."""
    chance = clean.random
    number = sum(chance.random() < rate for _ in clean.words)
    planted: list[Misreading] = []
    for maker in chance.choices(list(recipe), list(recipe.values()), k=number):
        for _ in range(_TRIES):
            made = _made(clean, maker, chance.randrange(len(clean.words)))
            if made and all(made.start > p.stop or made.stop < p.start for p in planted):
                planted.append(made)
                break
    return applied(clean.text, planted)


def _made(clean: CleanWords, maker: str, index: int) -> Misreading | None:
    """What a maker makes of a word, None where it is nothing new."""
    if maker in STRETCH_MAKERS:
        made = STRETCH_MAKERS[maker](clean, index)
    else:
        token = clean.words[index]
        found = ONE_WORD_MAKERS[maker](clean, token)
        made = Misreading(token.start, token.stop, *found) if found and found[0] else None
    return made if made and made.noisy != clean.text[made.start : made.stop] else None


def applied(text: str, planted: list[Misreading]) -> Noisy:
    """A text with misreadings in it, none of which overlap, and where they are then."""
    parts: list[str] = []
    gold: list[Corruption] = []
    position = shift = 0
    for start, stop, noisy, kind in sorted(planted):
        parts += [text[position:start], noisy]
        gold.append(Corruption(start + shift, start + shift + len(noisy), text[start:stop], noisy, kind))
        shift += len(noisy) - (stop - start)
        position = stop
    parts.append(text[position:])
    return Noisy("".join(parts), tuple(gold))
