"""What an English heading or name would be in Russian.

Looked up whole first (bodies, names, fixed phrases), then made word by word: the noun of each group in the case that its
preposition asks for, its adjectives agreeing, names as the document or the authority file has them. It is a reading to be
checked, not a translation: word order and the choice among synonyms are the simplest.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

from collation.evidence.context import Context
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names import authority, paradigms, romanisation
from collation.knowledge.words import morphology
from collation.knowledge.words.english import STOP, lemma_candidates
from collation.model import Token

_ARTICLES = frozenset({"the", "a", "an"})
_GOVERNED = {
    "of": ("", "gent"), "to": ("", "datv"), "for": ("для", "gent"), "on": ("о", "loct"), "in": ("в", "loct"),
    "at": ("в", "loct"), "from": ("от", "gent"), "with": ("с", "ablt"), "by": ("", "ablt"), "about": ("о", "loct"),
    "and": ("и", ""),
}  # fmt: skip
_EQUIVALENTS = 8  # Russian equivalents of an English word that are tried
_LINKED = 0.7  # score of a link from which a Russian name of the document is that of an English one
_VOWELS = "аоуэи"
UNKNOWN = "‹…›"


@dataclass(frozen=True, slots=True)
class _Group:
    """Words between prepositions: what precedes it in Russian, its case, its English words."""

    preposition: str
    case: str
    words: tuple[Token, ...]


def retroversion(context: Context, english: tuple[Token, ...]) -> str:
    """The Russian of some English words in small letters, names with capitals; empty when a word has none."""
    words = [t for t in english if t.kind == "word" and t.text.lower() not in _ARTICLES]
    whole = _whole(context, [t.text for t in words])
    if whole:
        return whole
    parts = [_group(context, group) for group in _groups(words)]
    return " ".join(parts) if parts and all(parts) else ""


def _whole(context: Context, words: list[str]) -> str:
    """A body, a name or a phrase that is listed as a whole."""
    lowered = tuple(w.lower() for w in words)
    found = _bodies().get(" ".join(lowered))
    if found:
        return found
    length, names = authority.spelt(lowered)
    if names and length == len(lowered):
        return names[0].head
    listed = context.knowledge.lexicon.retroversions(lowered)
    return listed[0] if listed and len(lowered) > 1 else ""


@lru_cache(maxsize=1)
def _bodies() -> dict[str, str]:
    """Organisations by their English names, articles left out."""
    found: dict[str, str] = {}
    for russian, english, _, _ in dictionaries.rows("organisations.tsv", columns=4):
        for spelling in dictionaries.cell_list(english):
            words = [w for w in spelling.lower().split() if w not in _ARTICLES]
            found.setdefault(" ".join(words), russian)
    return found


def _groups(words: list[Token]) -> list[_Group]:
    found: list[_Group] = []
    preposition, case, current = "", "nomn", list[Token]()
    for token in words:
        governed = _GOVERNED.get(token.text.lower())
        if governed is None:
            current.append(token)
            continue
        if current:
            found.append(_Group(preposition, case, tuple(current)))
        preposition, case, current = governed[0], governed[1] or case, []
    return [*found, _Group(preposition, case, tuple(current))] if current else found


def _group(context: Context, group: _Group) -> str:
    """One noun with what precedes it, in its case; names keep to themselves."""
    head, before = group.words[-1], group.words[:-1]
    whole = _whole(context, [t.text for t in group.words]) if len(group.words) > 1 else ""
    if whole:
        body = whole if group.case == "nomn" else _declined(whole, group.case)
    elif name := _name(context, head):
        body = " ".join([*(_titled(context, t, group.case) for t in before), _named(name, group.case)])
    else:
        body = _phrase(context, before, head, group.case)
    preposition = "об" if group.preposition == "о" and body[:1].lower() in _VOWELS else group.preposition
    return f"{preposition} {body}".strip() if body else ""


def _titled(context: Context, token: Token, case: str) -> str:
    """A word before a name: a title, another name, or the sign of what is not known."""
    title = next((w for w, pos in _readings(context, token) if pos == "NOUN"), "")
    if title and _is_person(title):
        return morphology.inflect(title, frozenset({case, "sing"}), "NOUN") or title
    name = _name(context, token)
    return _named(name, case) if name else UNKNOWN


def _is_person(noun: str) -> bool:
    return any(p.pos == "NOUN" and p.animacy == "anim" and p.lemma == noun for p in morphology.parses(noun))


def _declined(phrase: str, case: str) -> str:
    """The first noun of a listed phrase and the adjectives before it put into a case."""
    words, done = [], False
    for word in phrase.split():
        form = None if done else morphology.inflect(word, frozenset({case}))
        done = done or any(p.pos == "NOUN" for p in morphology.parses(word)[:1])
        words.append(form if form and word.islower() else (form or word).capitalize() if word[:1].isupper() else word)
    return " ".join(words)


def _name(context: Context, token: Token) -> str:
    """A name as the document, the authority file or its letters have it; empty for other words."""
    if not token.text[:1].isupper():
        return ""
    known = Counter(
        pair.original[link.original].text
        for pair in context.pairs
        for link in pair.words
        if link.score >= _LINKED
        and pair.translation[link.translation].text.lower() == token.text.lower()
        and pair.original[link.original].text[:1].isupper()
        and link.kind == "name"
    )
    if known:
        return min(known, key=lambda form: (-known[form], len(form), form)).title()
    if _equivalents(context, token):
        names = authority.by_english(token.text)[:1] if not _is_common(context, token) else ()
        return names[0].head if names else ""
    names = authority.by_english(token.text)[:1]
    if names:
        return names[0].head
    letters = romanisation.cyrillic(token.text)
    return letters[0].capitalize() if letters else ""


def _is_common(context: Context, token: Token) -> bool:
    return token.text.lower() in STOP or any(
        p == "NOUN" or p.startswith("ADJ") for _, p in _readings(context, token)[:1]
    )


def _named(name: str, case: str) -> str:
    if case == "nomn" or name.isupper():
        return name
    form = paradigms.in_case(name, case) or name
    return form[:1].upper() + form[1:]


def _phrase(context: Context, before: tuple[Token, ...], head: Token, case: str) -> str:
    noun = next((word for word, pos in _readings(context, head) if pos == "NOUN"), "")
    if not noun:
        return ""
    number = "plur" if _is_plural(head) else "sing"
    parse = next(p for p in morphology.parses(noun) if p.pos == "NOUN" and p.lemma == noun)
    own = morphology.inflect(noun, frozenset({case, number}), "NOUN") or noun
    front, back = [], []
    for token in before:
        adjective = next((word for word, pos in _readings(context, token) if pos == "ADJF"), "")
        gender = {parse.gender} if number == "sing" and parse.gender else set()
        form = morphology.inflect(adjective, frozenset({case, number, *gender}), "ADJF") if adjective else None
        if form:
            front.append(form)
            continue
        behind = _named(name, "gent") if (name := _name(context, token)) else _genitive(context, token)
        if not behind:
            return ""
        back.append(behind)
    return " ".join([*front, own, *back])


def _genitive(context: Context, token: Token) -> str:
    noun = next((word for word, pos in _readings(context, token) if pos == "NOUN"), "")
    number = "plur" if _is_plural(token) else "sing"
    return morphology.inflect(noun, frozenset({"gent", number}), "NOUN") or "" if noun else ""


def _is_plural(token: Token) -> bool:
    lowered = token.text.lower()
    return lowered.endswith("s") and lemma_candidates(lowered)[0] != lowered


def _equivalents(context: Context, token: Token) -> dict[str, float]:
    return context.knowledge.lexicon.equivalents(token.text)


def _readings(context: Context, token: Token) -> list[tuple[str, str]]:
    """The likeliest equivalents of a word with their parts of speech."""
    ranked = sorted(_equivalents(context, token).items(), key=lambda item: (-item[1], item[0]))[:_EQUIVALENTS]
    return [(fold(word), p.pos) for word, _ in ranked for p in morphology.parses(word) if p.lemma == fold(word)]
