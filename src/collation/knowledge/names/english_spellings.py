"""How a Russian form of a name is written in English: Самаре is Samara and not Kuibyshev, Николаевны Nikolaevna.

The files know a place under all its names, of several times and languages; what answers a form is the name that it is a form
of, not another that the place has had. What no file has is written by its letters, in the nominative and for the sex that
the form has.
"""

from __future__ import annotations

from collections.abc import Iterable

from collation.knowledge.letters import fold
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.paradigms import is_form_of
from collation.knowledge.names.romanisation import romanise
from collation.knowledge.names.sound import EQUAL, same_sound
from collation.knowledge.words import morphology

_PERSONAL = frozenset({"Surn", "Name", "Patr"})


def english_spellings(form: str, borne: Iterable[Name], *, woman: bool) -> tuple[str, ...]:
    """The English spellings of a Russian form, one of the names that bear it: those of the name that it is a form of, the most usual
    first; else those that sound like it; else all. ``woman`` says that a surname that may be of both is a woman's."""
    folded, known = fold(form), [name for name in borne if name.english]
    own = [name for name in known if is_form_of(folded, fold(name.head))]
    if own and all(name.animate for name in own):
        return _personal(nominative(form, woman=woman), tuple(dict.fromkeys(s for name in own for s in name.english)))
    if own:
        return tuple(dict.fromkeys(spelling for name in own for spelling in _of_this_name(form, name)))
    every = tuple(dict.fromkeys(spelling for name in known for spelling in name.english))
    return tuple(s for s in every if same_sound(form, s) >= EQUAL) or every


def _personal(name: str, spellings: tuple[str, ...]) -> tuple[str, ...]:
    """The spellings for the sex that a name has: Павловна is Pavlovna, though the files have it beside Pavlovich."""
    of_woman = name[-1:] in "ая"
    same = tuple(s for s in spellings if (s[-1:] in "ae") is of_woman)
    if same or not of_woman:
        return tuple(
            sorted(
                same or spellings,
                key=lambda s: (of_woman and s[-1:] != "a", -round(same_sound(name.capitalize(), s), 2)),
            )
        )
    return (romanise(name).capitalize(),)


def _of_this_name(form: str, name: Name) -> tuple[str, ...]:
    """The spellings of a name without those of other names that its bearer has had."""
    others = [other for other in name.variants if not is_form_of(fold(form), fold(other))]
    return tuple(
        spelling
        for number, spelling in enumerate(name.english)
        if not number or not any(same_sound(other, spelling) > same_sound(form, spelling) for other in others)
    )


def nominative(form: str, *, woman: bool) -> str:
    """The nominative, folded, of a form of a personal name that the dictionary has, a woman's where it may be of both; else its
    lemma, an unknown form as it is."""
    folded = fold(form)
    if not morphology.is_known(folded):
        return folded
    personal = [p for p in morphology.analyses(folded) if p.is_known and _PERSONAL & set(p.tag.grammemes)]
    personal = [p for p in personal if "plur" not in p.tag]
    own = [p for p in personal if "nomn" in p.tag and ("femn" in p.tag) is woman]
    if own or any("nomn" in p.tag for p in personal if all("femn" in q.tag for q in personal)):
        return folded
    for parse in sorted(personal, key=lambda p: ("femn" in p.tag) is not woman):
        inflected = parse.inflect({"nomn"})
        if inflected is not None:
            return fold(str(inflected.word))
    return morphology.lemmas(folded)[0]
