"""Words that differ by a prefix, by aspect or by the first part of a compound only, which a translation does not tell apart."""

from __future__ import annotations

from collections.abc import Set

from collation.knowledge.words import families, morphology
from collation.knowledge.words.derivation import rests


def is_kin(own: Set[str], form: str) -> bool:
    """Whether a reading differs from the word by its prefix or aspect only (вошел, взошел; отношения, взаимоотношения), or by
    the first part of a compound (гендиректор, директор).

    The translation has one word for all of them; a prefix that denies makes another sense and is no kin.
    """
    for lemma in morphology.lemmas(form)[:2]:
        partners, bare = families.partners(lemma), families.unprefixed(lemma)
        for ours in own:
            if ours in partners or lemma in rests(ours) or ours in rests(lemma):
                return True
            if (
                not bare.isdisjoint(families.unprefixed(ours))
                and not families.denies(ours)
                and not families.denies(lemma)
            ):
                return True
    return False
