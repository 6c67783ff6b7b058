"""Lost text: which entries are about it, how much is lost, and where the gap is.

An entry of lost text is about words that are not there. What is known of them is on the other side, so that its extent is
counted there. A word that the loss has left a piece of is the entry's lemma; the gap is before it.
"""

from __future__ import annotations

import re

from collation.model import Entry, Place
from collation.model.rule import FAMILIES
from collation.writers.phrases import Lang, label

_LOST = ("breaks-off", "left-untranslated", "lost-words")
_FRAGMENT = ("fragment-completed", "fragment-of-word")
_NAMED = ("english", "russian")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
# Characters between two marked stretches of one counterpart: a word or two that were answered after all.
_NEAR = 40
_NEXT = 2


def is_lost(entry: Entry) -> bool:
    """Whether an entry is about text that is not there, and not about words that are there and wrong."""
    if FAMILIES[entry.family].sign != "lost":
        return False
    return not entry.lemma.strip() or any(f.says in _LOST for f in entry.features)


def gap_before(entry: Entry) -> bool:
    """Whether the gap is before the entry's words: they are the end of a word that was lost with the rest."""
    return any(f.says in _FRAGMENT for f in entry.features)


def lost_words(entry: Entry) -> int:
    """How many words of the other side nothing answers, as its evidence names them; 0 where that is not known."""
    counted = [dict(f.values).get("count", "") for f in entry.features if f.says in _LOST]
    named = [value for f in entry.features for name, value in f.values if name in _NAMED and not f.against]
    return max((int(n) for n in counted if n.isdecimal()), default=0) or max(
        (len(_WORD.findall(value)) for value in named), default=0
    )


def extent(entry: Entry, lang: Lang) -> str:
    """The extent of the gap in words: "about 14 words"; only "text" where it is not known."""
    count = lost_words(entry)
    key = "lost.words" if count > 1 else "lost.word" if count else "lost.unknown"
    return label(key, lang).format(n=count)


def one_counterpart(entry: Entry) -> tuple[Place, ...]:
    """The places of the other side as few stretches: words that follow each other are one, and so is what lost text has
    left over there, a word that was answered here and there included.
    """
    near = _NEAR if is_lost(entry) else _NEXT
    found: list[Place] = []
    for place in sorted(entry.opposite, key=lambda p: (p.start, p.stop)):
        if found and place.start - found[-1].stop <= near:
            found[-1] = Place.cover((found[-1], place))
        else:
            found.append(place)
    return tuple(found)
