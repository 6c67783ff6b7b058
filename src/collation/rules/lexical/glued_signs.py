"""Signs without a blank between two words: "и`тем", "наступления.В", "раскат,прозвучал", "кричит\"Ура".

Dirt in the place of a blank is taken out. A stop, a comma or a quotation mark belongs to the text: it is kept and the
blank is put in on its proper side. Between small letters a stop is dirt ("дать.место"), since no sentence begins there.
Abbreviations, initials and brackets inside a word ("ВКП(б)") are left alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, is_attested
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.lexical.joints import Joint, joints, signs_of
from collation.rules.lexical.unspaced import unspaced_tokens

CODE = "LEX106"
_LOOSE = {",": -1.0, ";": -1.0, ":": -1.5}  # log-odds: one of these may also be dirt, or be read for another sign


def propose(context: Context) -> Iterator[Hypothesis]:
    """Signs without blanks between two words: a lost blank beside a stop or a quotation mark, or dirt instead of a blank.

    Read by paragraphs, since a lost blank behind a stop is between two sentences.
    """
    original = context.document.original
    told = context.once(unspaced_tokens)
    for segment in original.segments if original else ():
        for chain in _chains(segment.tokens):
            if segment.tokens[chain[0].start].start not in told:
                yield _hypothesis(segment.tokens, chain)


def _chains(tokens: tuple[Token, ...]) -> list[list[Joint]]:
    """The joints, those together that have a word in common: 'кричит"Ура".Работаем' is one place."""
    chains: list[list[Joint]] = []
    for joint in joints(tokens):
        if chains and chains[-1][-1].stop == joint.start - 1:
            chains[-1].append(joint)
        else:
            chains.append([joint])
    return chains


def _hypothesis(tokens: tuple[Token, ...], chain: list[Joint]) -> Hypothesis:
    reading = tokens[chain[0].start - 1].text + "".join(joint.text + tokens[joint.stop].text for joint in chain)
    features = [Feature("glued", float(all(joint.kept for joint in chain)))]
    words = [tokens[i].text for joint in chain for i in (joint.start - 1, joint.stop)]
    if all(joint.kept for joint in chain) and all(len(word) > 1 and is_attested(word) for word in words):
        features.append(Feature("strength", max(_LOOSE.get(signs_of(tokens[j.start : j.stop]), 0.0) for j in chain)))
    for joint in chain:
        marks = tokens[joint.start : joint.stop]
        says = "sign-glued" if joint.kept else "lost-blank"
        features.append(Feature("speck", joint.worth, (marks[0].place,), "", says, (("mark", signs_of(marks)),)))
    return with_reading(CODE, tokens[chain[0].start - 1 : chain[-1].stop + 1], reading, tuple(features))


RULE = Rule(
    code=CODE,
    family="LEX",
    name="missing space beside a mark",
    propose=propose,
    needs=("morphology", "names"),
    harm="spelling",
    learned=True,
    prior=2.0,
    since="2026.11",
    says=("lost-blank", "sign-glued"),
)
