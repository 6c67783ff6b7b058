"""Another text of the original reads another word: теперь where the document has топорь.

Two scans of a page, or two transcripts of it, seldom go wrong in the same place; where they differ one of them is wrong. The
reading is attested, and which of the two is likelier is weighed by what is known of both words, by the translation, and by
which text is the noisier. Left alone are differences of marks, letter case and ё, and words of one other text that are none
where the document's are. Blind to what both have wrong, to words in another order and to passages written anew.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, is_attested
from collation.evidence.other_texts import other_texts
from collation.knowledge.letters import case_of
from collation.model import Hypothesis, Token
from collation.model.rule import Rule
from collation.model.witness_table import spaced
from collation.rules.base import with_reading
from collation.rules.witnesses.variant_places import VariantPlace, has, variant_places

WORD, WORDS = "WIT961", "WIT962"
_MOST = 3  # words on either side of a difference that is weighed as one of words


def words_read_otherwise(context: Context) -> Iterator[Hypothesis]:
    """A word that another text of the original reads otherwise, or parts otherwise into words."""
    yield from _read_otherwise(context, WORD)


def figures_and_phrases(context: Context) -> Iterator[Hypothesis]:
    """Figures, and more than three words, that another text of the original reads otherwise."""
    yield from _read_otherwise(context, WORDS)


def _read_otherwise(context: Context, code: str) -> Iterator[Hypothesis]:
    found: dict[tuple[tuple[Token, ...], str], tuple[VariantPlace, list[str]]] = {}
    for compared in context.once(other_texts).used:
        for place in variant_places(compared):
            if place.own and place.other and _code(place) == code:
                found.setdefault((place.own, _in_case(place)), (place, []))[1].append(compared.siglum)
    for (own, reading), (place, sigla) in found.items():
        if _may_be_right(place, len(sigla)):
            yield with_reading(code, own, reading, (has(sigla, "witness-reads", reading),), basis="attested")


def _code(place: VariantPlace) -> str:
    both = (*place.own, *place.other)
    plain = all(t.kind == "word" for t in both) and max(len(place.own), len(place.other)) <= _MOST
    return WORD if plain else WORDS


def _may_be_right(place: VariantPlace, texts: int) -> bool:
    """Whether the other reading can be the right one: it is made of words, or of no worse ones than the document's, or several
    texts have it.
    """
    if texts > 1 or _is_known(place.other):
        return True
    names = all(t.text[:1].isupper() or _is_known((t,)) for t in place.other)
    return names and not _is_known(place.own)


def _is_known(tokens: tuple[Token, ...]) -> bool:
    return all(is_attested(t.text) for t in tokens if t.kind == "word")


def _in_case(place: VariantPlace) -> str:
    """The other reading, in capitals where the document's words are."""
    text = spaced(place.other)
    capitals = all(case_of(t.text) == "upper" for t in place.own if t.kind == "word" and len(t.text) > 1)
    return text.upper() if capitals and any(len(t.text) > 1 for t in place.own if t.kind == "word") else text


RULE = Rule(
    code=WORD,
    family="WIT",
    name="word read otherwise by another text",
    propose=words_read_otherwise,
    needs=("morphology", "frequencies", "names"),
    needs_witness=True,
    harm="sense",
    prior=0.0,
    learned=True,
    since="2026.12",
    says=("witness-reads", "witnesses-read"),
)
PHRASES = Rule(
    code=WORDS,
    family="WIT",
    name="figures or phrase read otherwise by another text",
    propose=figures_and_phrases,
    needs=("morphology", "frequencies", "names"),
    needs_witness=True,
    harm="sense",
    prior=0.0,
    since="2026.12",
    says=("witness-reads", "witnesses-read"),
)
