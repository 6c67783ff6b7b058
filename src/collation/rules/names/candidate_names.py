"""What a doubted Russian name should be: the spellings that would answer the name opposite.

They come from the authority files, from the rest of the document, from the dictionary and the word list, and, for
Slavic, Chinese and Korean names only, from the letters of the English. Each has the form its place needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal

import regex

from collation.evidence.context import Context
from collation.evidence.names.case_forms import closeness, derived, distance, fitted, stem_of_adjective, written
from collation.evidence.names.mentions import NameMention
from collation.evidence.names.unanswered_names import NameView
from collation.knowledge.letters import RUSSIAN_LETTERS, fold, one_letter_away
from collation.knowledge.names import authority
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.romanisation import cyrillic
from collation.knowledge.names.sound import NEAR, same_sound
from collation.knowledge.names.syllables import plain_latin
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confusions import EDIT
from collation.knowledge.words.search import similar
from collation.model import Token

Source = Literal["files", "document", "dictionary", "letters", "sound"]
SOUNDS = 0.95  # likeness by sound, 0 to 1, from which a Russian form is the English name
_ALIKE = 0.45  # the same, from which names are made that neither files nor document have
_NEAR_ENOUGH = 0.6  # closeness of letters, 0 to 1, of a candidate beside which none are made
_PLAINLY_CLOSE = 0.75  # the same, from which another name of the bearer may be what was misread
_LETTERS_CLOSE = 0.65  # the same, of a name made from the letters of the English
_LEAST_HEARD = 4  # letters of a word that sound alone may mend
_EXACT = 0.97  # likeness by sound, 0 to 1, that it must have
_CLEARER = 0.08  # likeness, 0 to 1, by which such a reading must sound better than the word
# What no Russian spelling of a name has: these signs where they cannot stand
_UNSPELT = regex.compile(r"ъ|(?<![аеиоуыэюя]|^)й|(?<![бвгджзклмнпрстфхцчшщ])ь|ь[аиоуыэ]|[гкхжчшщ]ы")
_LISTED, _KNOWN = 1.0, 2.0  # Zipf frequency of a word one letter away; of one that counts as known
_FOR_USE = 0.3  # edits that a unit of Zipf frequency makes up for


@dataclass(frozen=True, slots=True)
class Rival:
    """A reading of a name: its words as to be written, where it is from, how far from what is there, how often it is
    in the document, and how well it sounds like the English."""

    words: tuple[str, ...]
    source: Source
    cost: float
    count: int
    sound: float

    @property
    def text(self) -> str:
        return " ".join(self.words)


def rivals(
    context: Context, tokens: tuple[Token, ...], start: int, stop: int, mention: NameMention, *, known: bool
) -> tuple[Rival, ...]:
    """The rivals of the Russian words ``start`` to ``stop`` of a sentence, one a text, nearest first.

    Lists and letters are asked only for a word that is not ``known`` as a name and sounds somewhat like the mention.
    """
    observed = " ".join(t.text for t in tokens[start:stop])
    found: dict[str, Rival] = {}
    for maker in (_from_files, _from_document):
        for rival in maker(context, tokens, start, stop, mention):
            kept = found.get(rival.text)
            if kept is None or (rival.count > kept.count and rival.source == "document"):
                found[rival.text] = rival
    near = any(closeness(observed, r.text) >= _NEAR_ENOUGH for r in found.values())
    if not near and not known and max(same_sound(observed, t.text) for t in mention.tokens) >= _ALIKE:
        for maker in (_from_letters, _from_dictionary):
            for rival in maker(context, tokens, start, stop, mention):
                found.setdefault(rival.text, rival)
        for rival in _from_sound(context, tokens, start, stop, mention):
            found.setdefault(rival.text, rival)
    ranked = [r for r in found.values() if fold(r.text) != fold(observed)]
    return tuple(sorted(ranked, key=lambda r: (r.cost, r.text)))


def _from_files(
    context: Context, tokens: tuple[Token, ...], start: int, stop: int, mention: NameMention
) -> list[Rival]:
    found = []
    observed = " ".join(t.text for t in tokens[start:stop])
    listed = [(name, words) for name in mention.names for words in _spellings(name, mention, stop - start)]
    is_heard = any(_heard(words, mention) >= SOUNDS for _, words in listed)
    for name in mention.names:
        for words in _spellings(name, mention, stop - start):
            written_so = _is_first(name, words, mention) or _heard(words, mention) >= NEAR
            if is_heard and not written_so and closeness(observed, " ".join(words)) < _PLAINLY_CLOSE:
                continue  # Волгоград is Stalingrad, of another time
            *first, last = words
            form = fold(last)
            if not last.isupper():
                form, _ = fitted(tokens, start, tokens[stop - 1].text, form, animate=name.animate)
            heads = (written(fold(w), w, t.text) for w, t in zip(first, tokens[start:stop], strict=False))
            shaped = (*heads, written(form, last, tokens[stop - 1].text))
            found.append(Rival(shaped, "files", distance(observed, " ".join(shaped)), context.forms[form], 1.0))
        if stop - start == 1:
            for adjective in name.adjectives:
                made = derived(observed, adjective)
                if made:
                    text = written(made, adjective, observed)
                    found.append(Rival((text,), "files", distance(observed, made), context.forms[made], 1.0))
    return found


def _is_first(name: Name, words: tuple[str, ...], mention: NameMention) -> bool:
    """Whether these are the first spellings of a bearer in both languages, however they sound: Пхеньян, Pyongyang."""
    english = plain_latin("".join(name.english[0].split())) if name.english else ""
    return tuple(name.head.split()) == words and english == plain_latin(mention.joined)


def _heard(words: tuple[str, ...], mention: NameMention) -> float:
    return same_sound("".join(words).capitalize(), mention.joined)


def _spellings(name: Name, mention: NameMention, count: int) -> list[tuple[str, ...]]:
    """The Russian spellings of so many words; of a longer name the one word that sounds like the mention."""
    found = []
    for spelling in name.attested:
        words = tuple(spelling.split())
        if len(words) == count:
            found.append(words)
        elif count == 1 and len(mention.tokens) == 1:
            found.extend((w,) for w in words if same_sound(w, mention.tokens[0].text) >= SOUNDS)
    return found


def _from_document(
    context: Context, tokens: tuple[Token, ...], start: int, stop: int, mention: NameMention
) -> list[Rival]:
    """The same name as other Russian words of the document write it."""
    if stop - start > 1:
        return []
    observed = tokens[start].text
    heads = document_heads(context, mention.joined)
    found = []
    for head, (count, sound) in heads.items():
        if head == fold(observed):
            continue
        form, cost = fitted(tokens, start, observed, head, animate=not any(n.kind == "place" for n in mention.names))
        found.append(Rival((written(form, head.capitalize(), observed),), "document", cost, count, sound))
    return found


def document_heads(context: Context, english: str) -> dict[str, tuple[int, float]]:
    """The Russian names of the document that sound like an English word: base form to count and sound.

    Forms of one name are counted together; the base is the dictionary's, else the shortest form.
    """
    alike = sorted(
        (f for f in context.once(NameView).forms if same_sound(f, english) >= SOUNDS), key=lambda f: (len(f), f)
    )
    found: dict[str, tuple[int, float]] = {}
    for form in alike:
        count, sound = context.forms[fold(form)], same_sound(form, english)
        base = next((b for b in found if fold(form).startswith(b[: max(3, len(b) - 2)])), None)
        if base is None:
            known = (
                [p.lemma for p in morphology.parses(form) if {"Surn", "Name", "Geox"} & p.grammemes]
                if morphology.is_known(form)
                else []
            )
            base = known[0] if known else _nominative(fold(form), english)
        before = found.get(base, (0, 0.0))
        found[base] = before[0] + count, max(sound, before[1])
    return found


def _nominative(form: str, english: str) -> str:
    """The form without a case ending, where the name sounds no worse without it."""
    whole = same_sound(form.capitalize(), english)
    for ending in ("ом", "ем", "ым", "а", "у", "е", "ы"):
        stem = form.removesuffix(ending)
        bare = stem != form and len(stem) > 3 and stem[-1] not in "аеиоуыэюя" and english[-1:].lower() not in "aeiouy"
        if bare and same_sound(stem.capitalize(), english) >= whole:
            return stem
    return form


def _from_dictionary(
    context: Context, tokens: tuple[Token, ...], start: int, stop: int, mention: NameMention
) -> list[Rival]:
    """Dictionary forms and listed words near the observed one that sound like the English."""
    if stop - start > 1 or len(tokens[start].text) < 4:
        return []
    observed = tokens[start].text
    found = []
    for form, cost in (*similar(observed, 2 * EDIT), *_listed_near(fold(observed))):
        if stem_of_adjective(observed) and not stem_of_adjective(form):
            continue  # Ряжски is no reading of Рижский
        sound = same_sound(form.capitalize(), mention.joined)
        if sound >= SOUNDS and not morphology.is_ordinary(form):
            text = written(form, form.capitalize(), observed)
            found.append(Rival((text,), "dictionary", cost / EDIT, context.forms[form], sound))
    return sorted(found, key=lambda r: (round(r.cost - _FOR_USE * wordlist.zipf(fold(r.text)), 3), r.text))[:3]


def _from_sound(
    context: Context, tokens: tuple[Token, ...], start: int, stop: int, mention: NameMention
) -> list[Rival]:
    """What the word in the text becomes by one misread letter undone, where that sounds like the English and the word does not."""
    observed = tokens[start].text
    if stop - start > 1 or len(mention.tokens) > 1 or len(observed) < _LEAST_HEARD or observed.islower():
        return []
    if stem_of_adjective(observed) or cyrillic(mention.tokens[0].text):
        return []  # Донецкая answers Donets as it stands; of a Slavic name the letters say more
    heard = same_sound(observed, mention.joined)
    from_word = morphology.is_ordinary(observed)
    doubled = _doubled(plain_latin(mention.joined))
    found = []
    for form in one_letter_away(fold(observed), RUSSIAN_LETTERS):
        if _UNSPELT.search(form) or (_doubled(form) and not doubled):
            continue
        sound = same_sound(form.capitalize(), mention.joined, least=_EXACT)
        if sound >= _EXACT and sound >= heard + _CLEARER and (from_word or not morphology.is_ordinary(form)):
            text = written(form, form.capitalize(), observed)
            found.append(Rival((text,), "sound", distance(observed, form), context.forms[form], sound))
    return sorted(found, key=lambda r: (-r.sound, round(r.cost - _FOR_USE * wordlist.zipf(fold(r.text)), 3), r.text))[
        :3
    ]


def _doubled(word: str) -> bool:
    """Whether a letter stands twice in a row."""
    return any(a == b for a, b in pairwise(word))


@lru_cache(maxsize=2_000)
def _listed_near(word: str) -> tuple[tuple[str, int], ...]:
    """Words of the frequency list one letter away: most names of the news are in no dictionary."""
    return tuple((form, EDIT) for form in one_letter_away(word, RUSSIAN_LETTERS) if wordlist.zipf(form) >= _LISTED)


def _from_letters(
    context: Context, tokens: tuple[Token, ...], start: int, stop: int, mention: NameMention
) -> list[Rival]:
    """The name made from the letters of the English, for Slavic and East Asian names only."""
    if stop - start > 1 or len(mention.tokens) > 1:
        return []
    observed = tokens[start].text
    found = []
    for base in cyrillic(mention.tokens[0].text):
        form, cost = fitted(tokens, start, observed, base, animate=True)
        if closeness(observed, form) >= _LETTERS_CLOSE:
            found.append(
                Rival((written(form, base.capitalize(), observed),), "letters", cost, context.forms[form], 1.0)
            )
    return found


def is_known_name(context: Context, word: str) -> bool:
    """Whether a Russian name is attested: in the files, the dictionary, or twice in the document."""
    folded = fold(word)
    if authority.is_name_form(folded) or morphology.is_known(folded) or wordlist.zipf(folded) >= _KNOWN:
        return True
    return times_named(context, folded) > 1


def times_named(context: Context, folded: str) -> int:
    """How often the document has a name, in this form or in one that only its ending tells from it."""
    stem = folded[: max(3, len(folded) - 2)]
    return sum(n for form, n in context.forms.items() if form.startswith(stem) and abs(len(form) - len(folded)) <= 3)


__all__ = ["NEAR", "Rival", "document_heads", "is_known_name", "rivals", "times_named"]
