"""The sentences and words of the report in English and Russian, read from two tables beside this file.

``phrases.tsv`` has one sentence for each key that a rule or the judge gives (``Feature.says``,
``Unexamined.says``); ``labels.tsv`` has the words of the page. A key without a sentence gets a generic
one that names it and its values, so a new rule is readable before it is eloquent. Russian sentences
quote every word in its own form and inflect nothing.
"""

from __future__ import annotations

import string
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from collation.errors import LANGS as LANGS  # what asks for a sentence names its language
from collation.errors import Lang as Lang
from collation.errors import read_table

QUOTES: dict[Lang, tuple[str, str]] = {"en": ("“", "”"), "ru": ("«", "»")}
_OPENING = ("“", "«", "„")
_FOLDER = Path(__file__).parent
_FORMATTER = string.Formatter()


@dataclass(frozen=True, slots=True)
class PhrasePart:
    """A piece of a sentence; ``quoted`` pieces are words of the document, to be set off by the writer."""

    text: str
    quoted: bool = False

    @property
    def lang(self) -> str:
        """The language of a quoted piece, by its script."""
        return "ru" if any("\u0400" <= c <= "\u04ff" for c in self.text) else "en"


Sentence = tuple[PhrasePart, ...]


def without_marks(sentence: Sentence) -> str:
    """The sentence without marks for quoted words."""
    return "".join(part.text for part in sentence)


def in_quotes(sentence: Sentence, lang: Lang) -> str:
    """The sentence as plain text, the words of the document in quotation marks where it has none around them."""
    opened, closed = QUOTES[lang]
    text = ""
    for part in sentence:
        marked = part.quoted and part.text and text[-1:] not in _OPENING
        text += f"{opened}{part.text}{closed}" if marked else part.text
    return text


@lru_cache(maxsize=8)
def table(name: str) -> dict[str, tuple[str, str]]:
    """A table of this folder: key to English and Russian. Raises DamagedDictionary on a row without both."""
    return read_table(_FOLDER / name)


def label(key: str, lang: Lang) -> str:
    """A word of the page."""
    return table("labels.tsv")[key][LANGS.index(lang)]


def has_phrase(says: str) -> bool:
    """Whether a key has a sentence of its own."""
    return says in table("phrases.tsv")


def sentence(says: str, values: Iterable[tuple[str, str]], lang: Lang) -> Sentence:
    """The sentence of a key with its values filled in; a generic one for an unknown key or missing values."""
    named = dict(values)
    if not has_phrase(says):
        return _generic(says, named, lang)
    template = table("phrases.tsv")[says][LANGS.index(lang)]
    if any(name is not None and name not in named for _, name, _, _ in _FORMATTER.parse(template)):
        return _generic(says, named, lang)
    return fill(template, named, lang)


def fill(template: str, values: dict[str, str], lang: Lang) -> Sentence:
    """A template filled in: ``{x}`` quoted, ``{x:plain}`` plain, ``{x:term}`` looked up in labels."""
    parts: list[PhrasePart] = []
    for text, name, form, _ in _FORMATTER.parse(template):
        if text:
            parts.append(PhrasePart(text))
        if name is not None:
            parts.append(_value(values.get(name, "…"), form or "", lang))
    return tuple(parts)


def _value(value: str, form: str, lang: Lang) -> PhrasePart:
    if form == "term":
        return PhrasePart(_terms(value, lang))
    return PhrasePart(value, quoted=form != "plain")


def _terms(value: str, lang: Lang) -> str:
    """Names of grammatical cases and the like, joined by "or"; what is no term stays as it is."""
    words = []
    for item in value.replace(",", " ").split():
        entry = table("labels.tsv").get(f"case.{item}") or table("labels.tsv").get(item)
        words.append(entry[LANGS.index(lang)] if entry else item)
    return (" or " if lang == "en" else " или ").join(dict.fromkeys(words))


def _generic(says: str, values: dict[str, str], lang: Lang) -> Sentence:
    """ "Says, in words: name “value” …" from the key itself."""
    opened, closed = QUOTES[lang]
    name = says.replace("-", " ").replace("_", " ").strip()
    parts = [PhrasePart(name[:1].upper() + name[1:])]
    for i, value in enumerate(values.values()):
        parts += [PhrasePart((": " if i == 0 else ", ") + opened), PhrasePart(value, quoted=True), PhrasePart(closed)]
    return (*parts, PhrasePart("."))


def figure(probability: float, lang: Lang) -> str:
    """A probability as ".97" or "0,97"; never 0 or 1, which no judge can promise."""
    shown = min(0.99, max(0.01, round(probability, 2)))
    return f"{shown:.2f}".lstrip("0") if lang == "en" else f"{shown:.2f}".replace(".", ",")


def certainty(probability: float, lang: Lang) -> str:
    """Certainty of a reading in a word: almost certain from .9, probable from .7, else possible."""
    return label(f"certainty.{degree(probability)}", lang)


def wrongness(probability: float, lang: Lang) -> str:
    """How certain it is that something is wrong: "almost certainly wrong"; the same degrees as of a reading."""
    return label(f"wrong.{degree(probability)}", lang)


def degree(probability: float) -> str:
    """Which of the three degrees of certainty a probability is of, as it is shown: high from .9, middle from .7, else low."""
    shown = round(probability, 2)
    return "high" if shown >= 0.9 else "middle" if shown >= 0.7 else "low"
