"""The word list of a project as an editor fills it during a review: the words of a place, for a document or for all.

What is listed is written at once, like a ruling, and can be taken out again. The documents that may hold the word are then
examined anew; a place that is still doubted afterwards is doubted for more than its word.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from collation.errors import BadRuling, Message
from collation.knowledge.letters import fold
from collation.model import Entry
from collation.model.rule import FAMILIES
from collation.project.word_list import ListedWord, WordLists, add_word, remove_word

Reach = Literal["document", "everywhere"]
REACHES: tuple[Reach, ...] = ("document", "everywhere")
_ENDING = 3  # letters in which the forms of a word may differ


@dataclass(frozen=True, slots=True)
class Listing:
    """A word in a list. ``added`` is False when it was there before, so that there is nothing to take back."""

    path: Path
    listed: ListedWord
    added: bool

    def take_back(self) -> bool:
        """Take the word out of the list; False when it was not put there by this, or is gone."""
        return self.added and remove_word(self.path, self.listed)


def words_of(entry: Entry) -> str:
    """The words that would be listed for a place. Raises BadRuling where it is not its words that are doubted."""
    if not FAMILIES[entry.family].of_words or not entry.lemma.strip():
        raise BadRuling(Message("word-not-doubted"))
    return " ".join(entry.lemma.split())


def list_word(words: WordLists, document: Path, entry: Entry, reach: Reach, *, editor: str, now: datetime) -> Listing:
    """List the words of a place. Raises BadRuling for what is no word, UnwritableLog when the list cannot be written."""
    path, listed = words.listed(document, words_of(entry), everywhere=reach == "everywhere")
    return Listing(path, listed, add_word(path, listed, comment=f"{editor}, {now:%Y-%m-%d}"))


def may_hold(text: str, word: str) -> bool:
    """Whether a text may hold a word in any of its forms, so that it has to be examined anew."""
    first = fold(word.split()[0])
    return first[: max(3, len(first) - _ENDING)] in fold(text)
