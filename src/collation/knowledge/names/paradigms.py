"""How a name word is declined that no dictionary has: surnames in -ов and -ин, adjectives, hard and soft stems, plural places.

A paradigm is what is cut off the headword and an ending for each case. A hyphenated East Asian name is one word whose
last part declines (Цзэ-дун, Цзэ-дуна); names in a vowel that Russian leaves alone (Громыко, Кавано, Видодо) have one
form. Words that the dictionary of forms knows are declined by it and never here: naive endings make "Кореы".
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from collation.knowledge.letters import fold
from collation.knowledge.words import morphology

CASES = ("nomn", "gent", "datv", "accs", "ablt", "loct")
# The rarer cases of the dictionary of forms ("чаю", "в лесу", "Вань"): a name word takes the plain one for them.
_PLAIN = {"voct": "nomn", "gen1": "gent", "gen2": "gent", "acc2": "accs", "loc1": "loct", "loc2": "loct"}
_HUSHING = frozenset("жшчщц")


@dataclass(frozen=True, slots=True)
class Paradigm:
    """The stem of a name, its ending in each case, and the endings of its other genders and of the plural."""

    stem: str
    endings: tuple[str, ...]
    others: tuple[str, ...] = ()

    def form(self, case: str) -> str:
        """The form in a case of the morphology. Raises ValueError for what is no case."""
        return self.stem + self.endings[CASES.index(plain_case(case))]

    def has(self, ending: str) -> bool:
        return ending in self.endings or ending in self.others


def plain_case(case: str) -> str:
    """The one of the six cases whose form a name word has in a case of the morphology. Raises ValueError for no case."""
    plain = _PLAIN.get(case, case)
    if plain not in CASES:
        raise ValueError(f"this is no case: {case}")
    return plain


def paradigm(word: str, *, animate: bool = True) -> Paradigm:
    """The paradigm of a name word by its last letters; one form when they give none."""
    name = fold(word)
    for rule in _RULES:
        found = rule(name, animate)
        if found is not None:
            return found
    return Paradigm(name, ("",) * 6)


def _adjective(name: str, _: bool) -> Paradigm | None:
    if len(name) < 5 or not name.endswith(
        ("ский", "цкий", "ской", "цкой", "ный", "вый", "лый", "рый", "тый", "ной", "той")
    ):
        return None
    soft = name[:-2][-1:] in "гкх" or name.endswith("ий")
    endings = (name[-2:], "ого", "ому", "ого", "им" if soft else "ым", "ом")
    return Paradigm(name[:-2], endings, ("ая", "ой", "ую", "ою", "ое", "ие", "ые", "их", "ых", "ими", "ыми"))


def _surname(name: str, _: bool) -> Paradigm | None:
    if len(name) < 4 or not name.endswith(("ов", "ев", "ин", "ын")):
        return None
    return Paradigm(name, ("", "а", "у", "а", "ым", "е"), ("ой", "ою", "ы", "ых", "ыми", "ом"))


def _woman(name: str, _: bool) -> Paradigm | None:
    if len(name) < 6 or not name.endswith(("ова", "ева", "ина", "ына")):
        return None
    return Paradigm(name[:-1], ("а", "ой", "ой", "у", "ой", "ой"), ("ы", "е", "ою"))


def _feminine_adjective(name: str, _: bool) -> Paradigm | None:
    if len(name) < 5 or not name.endswith("ая"):
        return None
    return Paradigm(name[:-2], ("ая", "ой", "ой", "ую", "ой", "ой"), ("ою",))


def _consonant(name: str, animate: bool) -> Paradigm | None:
    if not name or name[-1] in "аеиоуыэюяьйъ":
        return None
    instrumental = "ем" if name[-1] in _HUSHING else "ом"
    plural = "и" if name[-1] in "гкхжшчщ" else "ы"
    return Paradigm(
        name, ("", "а", "у", "а" if animate else "", instrumental, "е"), (plural, "ов", "ам", "ами", "ах", "ей", "ом")
    )


def _soft(name: str, animate: bool) -> Paradigm | None:
    if len(name) < 3 or not name.endswith(("ь", "й")):
        return None
    sign = name[-1]
    locative = "и" if name.endswith("ий") else "е"
    return Paradigm(name[:-1], (sign, "я", "ю", "я" if animate else sign, "ем", locative), ("и", "ью", "е", "ей"))


def _in_a(name: str, _: bool) -> Paradigm | None:
    if len(name) < 3 or not name.endswith("а") or name[-2] in "аеиоуыэюя":
        return None
    genitive = "и" if name[-2] in "гкхжшчщ" else "ы"
    instrumental = "ей" if name[-2] in _HUSHING else "ой"
    return Paradigm(name[:-1], ("а", genitive, "е", "у", instrumental, "е"), ("ою", "ам", "ами"))


def _in_ya(name: str, _: bool) -> Paradigm | None:
    if len(name) < 3 or not name.endswith("я"):
        return None
    oblique = "и" if name.endswith("ия") else "е"
    return Paradigm(name[:-1], ("я", "и", oblique, "ю", "ей", oblique), ("ею",))


def _plural_place(name: str, _: bool) -> Paradigm | None:
    if len(name) < 6 or not name.endswith("ы") or name.endswith(("овы", "евы", "ины", "ыны")):
        return None
    return Paradigm(name[:-1], ("ы", "", "ам", "ы", "ами", "ах"))


_RULES = (_feminine_adjective, _adjective, _woman, _surname, _in_a, _in_ya, _plural_place, _soft, _consonant)
_PREFERRED = ("Surn", "Name", "Patr", "Geox", "Orgn")


@lru_cache(maxsize=20_000)
def _dictionary_parse(word: str, animate: bool) -> object | None:
    """The dictionary's analysis of a headword as a name (or as a place's noun), None when it has none."""
    if not morphology.is_known(word):
        return None
    found = [
        p
        for p in morphology.analyses(word)
        if p.is_known and fold(p.normal_form) == fold(word) and p.tag.POS in {"NOUN", "ADJF"} and "nomn" in p.tag
    ]
    names = [p for p in found if any(tag in p.tag for tag in _PREFERRED)]
    ranked = sorted(names or found, key=lambda p: (animate != ("anim" in p.tag), "femn" in p.tag and animate, -p.score))
    return ranked[0] if ranked else None


@lru_cache(maxsize=20_000)
def in_case(word: str, case: str, *, animate: bool = True) -> str:
    """The form of a name word in a case, folded: by the dictionary where it knows the name, else by its paradigm.

    Every case that the morphology knows has an answer. Raises ValueError for what is no case.
    """
    parse = _dictionary_parse(word, animate)
    if parse is None:
        return paradigm(word, animate=animate).form(case)
    form = parse.inflect({plain_case(case)})  # type: ignore[attr-defined]
    return fold(str(form.word)) if form is not None else fold(word)


@lru_cache(maxsize=5_000)
def nominatives(form: str) -> tuple[str, ...]:
    """The nominatives, folded, of the number and gender in which the dictionary has a form: Бори is Боря, Кимр is Кимры,
    Большом is Большой and Большое. The form itself is left out."""
    folded = fold(form)
    if not morphology.is_known(folded):
        return ()
    parses = [p for p in morphology.analyses(folded) if p.is_known and p.tag.POS in {"NOUN", "ADJF"}]
    inflected = (p.inflect({"nomn"}) for p in parses if "nomn" not in p.tag)
    return tuple(dict.fromkeys(fold(str(f.word)) for f in inflected if f is not None and fold(str(f.word)) != folded))


def all_cases(word: str, *, animate: bool = True) -> dict[str, str]:
    """Case to form."""
    return {case: in_case(word, case, animate=animate) for case in CASES}


@lru_cache(maxsize=1_000)
def is_form_of(form: str, word: str) -> bool:
    """Whether a folded form belongs to the paradigm of a name word."""
    name = fold(word)
    if form == name:
        return True
    if morphology.is_known(name) and any(p.lemma == name for p in morphology.parses(name)):
        return name in morphology.lemmas(form) if morphology.is_known(form) else False
    rule = paradigm(name)
    ending = form[len(rule.stem) :]
    return form.startswith(rule.stem) and rule.has(ending) and (len(rule.stem) > 2 or len(ending) < 2)
