"""Which side of two exchanged names is at fault: the Russian or the English.

What counts is which name the rest of the document and its catalogue have. Of two surnames of like letters it is asked whose
slip the letters are (``evidence/names/name_at_fault.py``). Which kind of places the paragraph names, and which of the two the words
around expect, only says which side is shown first where nothing else speaks: of whose slip it is it says next to nothing.
"""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.evidence.names.case_forms import stem_of_adjective
from collation.evidence.names.mentions import NameMention, naming_score
from collation.evidence.names.name_at_fault import SAID, NameDifference, are_spellings, name_arguments
from collation.evidence.names.unanswered_names import CATALOGUE, NameView, Suspect
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.english_spellings import english_spellings, nominative
from collation.knowledge.names.paradigms import is_form_of
from collation.knowledge.names.romanisation import romanise
from collation.knowledge.names.sound import EQUAL, same_sound
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words.language_model import unit
from collation.model import Place, Token

_SURE = 0.9  # likeness, 0 to 1, of a mention that surely has its answer
# Which side is at fault, in log-odds: above 0 the Russian
_FOR_REPEATED = 1.1  # the logarithm of how much more often the other name is repeated
_MOST_REPEATED, _CATALOGUED = 4.0, 1.0  # the most that repetition counts; the catalogue has the name
_FOR_KIND, _FULL_KINDS = 0.8, 3  # one kind with the other places of the paragraph, and how many make it full
_FOR_WORDS, _MOST_WORDS = 0.25, 0.8  # each unit of the language model's log-odds, and the most that counts
_FOR_SCAN = 0.6  # of two surnames of like letters: the original was scanned, and comes first,
_SURELY = math.log(SAID / (1.0 - SAID))  # unless the translation is surely at fault
MISREAD = 0.62  # closeness of letters, 0 to 1, from which one name is easily read as the other


@dataclass(frozen=True, slots=True)
class Slip:
    """A Russian name and an English one that differ: where they occur, whose they are, how well they face each other.

    ``shared`` says that the sides agree in another word of the name, as in "Северной Греции" against "North Korea",
    ``surnames`` that both are Russian surnames.
    """

    pair: int
    suspect: Suspect
    mention: NameMention
    ours: tuple[Name, ...]
    beside: float
    alone: bool
    shared: bool
    surnames: bool = False


def side_at_fault(context: Context, names: NameView, slip: Slip, russian: str) -> tuple[float, float, float]:
    """Above 0 where the Russian is at fault, in log-odds; and how often the document repeats either name, ours first.

    ``russian`` is the English name in Russian.
    """
    ours, theirs = _support(context, names, slip)
    repeated = _FOR_REPEATED * math.log((1 + theirs) / (1 + ours))
    first, last = slip.mention.tokens[0], slip.mention.tokens[-1]
    english = Place.at(first.start, last.start + len(without_possessive(last.text)))
    differing = NameDifference(slip.suspect.token.place, english, russian, english_reading(names, slip) or "")
    if slip.surnames and are_spellings(context, differing):
        argued = sum(argument.value for argument in name_arguments(context, differing))
        return (argued if argued <= -_SURELY else max(argued, _FOR_SCAN)), ours, theirs
    return repeated + _neighbourhood(context, slip) + _expected(context, slip, russian), ours, theirs


def english_reading(names: NameView, slip: Slip) -> str | None:
    """The Russian name in English, as the translation spells it elsewhere, else as the files spell it first."""
    last = slip.mention.tokens[-1].text
    woman = without_possessive(last).endswith("a")
    spellings = _by_letters(slip, woman=woman) or english_spellings(slip.suspect.token.text, slip.ours, woman=woman)
    if not spellings:
        return None
    first, form = spellings[0], slip.suspect.token.text
    same = [s for s in spellings if s == first or same_sound(form, s) >= EQUAL]
    seen = max(same, key=lambda s: names.english[plain_latin(s)])
    return seen + last[len(without_possessive(last)) :]


def _by_letters(slip: Slip, *, woman: bool) -> tuple[str, ...]:
    """A surname of the dictionary that the files have as the adjective of a place only, by its letters: Невский."""
    folded = slip.suspect.folded
    if not slip.surnames or not stem_of_adjective(folded) or any(not _is_adjective(folded, n) for n in slip.ours):
        return ()
    spelling = romanise(nominative(folded, woman=woman)).title()
    in_y = without_possessive(slip.mention.tokens[-1].text).endswith("y")
    return (spelling.removesuffix("iy") + "y" if in_y and spelling.endswith("iy") else spelling,)


def _is_adjective(folded: str, name: Name) -> bool:
    return any(is_form_of(folded, fold(adjective)) for adjective in name.adjectives)


def _support(context: Context, names: NameView, slip: Slip) -> tuple[float, float]:
    """How often the Russian name occurs elsewhere on either side and in the catalogue, and how often the English."""
    mine = NameMention(0, 1, (Token(english_reading(names, slip) or "?", slip.suspect.token.place, "word"),), slip.ours)
    ours = _elsewhere(context, mine)
    return ours, _elsewhere(context, slip.mention)


@dataclass(frozen=True, slots=True)
class _SureNames:
    """What may testify for a name: how often each capitalised word of the original occurs that answers a mention or need answer
    none, and the mentions that have their answer (by number), under the heads of the names that they are."""

    russian: Counter[str]
    english: dict[str, set[int]]


def _sure_names(context: Context) -> _SureNames:
    names = context.once(NameView)
    doubted = {s.token.start for pair in names.pairs for s in names.suspects(pair) if s.best < _SURE}
    russian = Counter(
        w.text for w in context.words if w.token.kind == "word" and w.text[0].isupper() and w.token.start not in doubted
    )
    answered = (m for pair in names.pairs for m, (_, value) in names.answered(pair).items() if value >= _SURE)
    english: dict[str, set[int]] = {}
    for number, mention in enumerate(answered):
        for name in mention.names:
            english.setdefault(name.head, set()).add(number)
    return _SureNames(russian, english)


def _elsewhere(context: Context, name: NameMention) -> float:
    """A half for each word of either side that is this name and has its answer opposite, one for the catalogue."""
    sure = context.once(_sure_names)
    russian = sum(count for text, count in sure.russian.items() if naming_score(text, name) >= _SURE)
    english = len(set().union(*(sure.english.get(n.head, ()) for n in name.names)))
    fields = context.document.source.catalogue.fields
    catalogue = " ".join(f.value for f in fields if f.name in CATALOGUE)
    named = any(s in catalogue for n in name.names for s in n.english if len(s) > 3)
    return min(_MOST_REPEATED, 0.5 * (russian + english)) + (_CATALOGUED if named else 0.0)


def _neighbourhood(context: Context, slip: Slip) -> float:
    """Above 0 when the English name is of one kind with the other places of the paragraph and the Russian is not."""
    kinds = _kinds_beside(context, slip)
    total = sum(kinds.values())
    if not total or not slip.ours:
        return 0.0
    ours = max(kinds[_note(n)] for n in slip.ours) / total
    theirs = max(kinds[_note(n)] for n in slip.mention.names) / total
    return _FOR_KIND * (theirs - ours) * min(1.0, total / _FULL_KINDS)


def _kinds_beside(context: Context, slip: Slip) -> Counter[str]:
    """What kinds of places the paragraph names."""
    link = context.pairs[slip.pair].link
    found: Counter[str] = Counter()
    for pair in context.pairs:
        for token in pair.original if pair.link == link else ():
            if token.kind == "word" and token.text[0].isupper() and token.start != slip.suspect.token.start:
                found.update({_note(n) for n in authority.borne_by(fold(token.text)) if n.kind == "place"})
    return found


def _note(name: Name) -> str:
    kind = name.note.split(";")[0].strip()
    return "city" if kind == "capital" else kind


def _expected(context: Context, slip: Slip, russian: str) -> float:
    """Above 0 when the words around expect the English name rather than the Russian one."""
    language = context.knowledge.language_model
    if language is None:
        return 0.0
    tokens = context.pairs[slip.pair].original
    index = slip.suspect.index
    left = [u for t in tokens[max(0, index - 3) : index] if (u := unit(t.text, t.kind))]
    right = [u for t in tokens[index + 1 : index + 3] if (u := unit(t.text, t.kind))]
    n = len(left)
    values = []
    for word in (slip.suspect.folded, fold(russian)):
        values.append(language.words([*left, word, *right], n, n + 1 + len(right)))
    return max(-_MOST_WORDS, min(_MOST_WORDS, _FOR_WORDS * (values[1] - values[0])))
