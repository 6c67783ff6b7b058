"""A term that the translation renders unevenly.

A document calls one thing by one name, and so does a careful translation; where it says "cruiser" four times and "destroyer"
once for крейсер, the fifth is a slip or an inconsistency that a reader takes for another thing. Asked are nouns of the
Russian that the translation renders alike at least three times and otherwise once, by a word that renders nothing else in
the document. This is a question about style more often than an error, so it is a low query; words that the glossary holds
to be ordinary synonyms in daily use are asked only where the other renderings are many. Blind to terms of several words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from collation.evidence.context import Context
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology, wordlist
from collation.model import Edit, Feature, Hypothesis, Token
from collation.model.rule import Rule

CODE = "TRN955"
_PRIOR = -1.2  # log-odds: more often a matter of style than a slip
_LINKED = 0.6  # score of a link by which a word renders another
_LEAST = 3  # times that a term is rendered alike
_EACH_MORE, _MOST_MORE = 0.25, 4  # log-odds of each further time, and how many count
_MOST = 0.9  # log-odds at most: with the prior it stays a question
_LETTERS = 4  # letters beyond which a noun is a term
_RARE, _FOR_RARE = 4.6, 0.5  # Zipf frequency of a Russian word that is no term, and log-odds of each unit below


@dataclass(frozen=True, slots=True)
class _Rendering:
    russian: Token
    english: Token
    head: str


def propose(context: Context) -> Iterator[Hypothesis]:
    """The one rendering of a term that differs from all the others."""
    if not context.aligned.parallel:
        return
    terms: dict[str, list[_Rendering]] = {}
    for number, pair in enumerate(context.pairs):
        for link in pair.words:
            found = _rendering(context, number, link.original, link.translation) if link.score >= _LINKED else None
            if found is not None:
                terms.setdefault(found[0], []).append(found[1])
    heads = Counter(r.head for found in terms.values() for r in found)
    for lemma, listed in terms.items():
        yield from _uneven(lemma, listed, heads)


def _rendering(context: Context, number: int, i: int, j: int) -> tuple[str, _Rendering] | None:
    pair = context.pairs[number]
    russian, called = pair.original[i], context.calls[number][j]
    parses = morphology.parses(fold(russian.text)) if len(russian.text) > _LETTERS else ()
    if not parses or parses[0].pos != "NOUN" or not called.content:
        return None
    return parses[0].lemma, _Rendering(russian, called.token, called.lemma)


def _uneven(lemma: str, found: list[_Rendering], heads: Counter[str]) -> Iterator[Hypothesis]:
    counts = Counter(r.head for r in found)
    usual, times = counts.most_common(1)[0]
    odd = [r for r in found if r.head != usual]
    if times < _LEAST or len(odd) != 1 or heads[odd[0].head] > 1 or _is_of_one_stem(usual, odd[0].head):
        return
    slip = odd[0]
    strength = _EACH_MORE * min(_MOST_MORE, times - _LEAST) + _FOR_RARE * (_RARE - wordlist.zipf(lemma))
    strength = min(_MOST, strength)
    values = (("russian", slip.russian.text), ("usual", usual), ("count", str(times)), ("english", slip.english.text))
    features = (
        Feature("strength", strength),
        Feature("uneven", float(times), (slip.russian.place,), "", "term-uneven", values),
    )
    edit = Edit(slip.english.place, like(_numbered(usual, slip), slip.english.text))
    yield Hypothesis(CODE, (slip.english.place, slip.russian.place), (edit,), features, "translation", "attested")


def _is_of_one_stem(one: str, other: str) -> bool:
    """Whether two words are of one stem, or one is part of the other: production, productive."""
    return one[:4] == other[:4] or one in other or other in one


def _numbered(head: str, slip: _Rendering) -> str:
    """The usual word in the number of the one in the text, as far as an s shows it."""
    plural = slip.english.text.endswith("s") and not slip.head.endswith("s")
    return head + "s" if plural and not head.endswith(("s", "y", "x", "ch", "sh")) else head


RULE = Rule(
    code=CODE,
    family="TRN",
    name="term rendered unevenly",
    propose=propose,
    sides=("translation",),
    needs_translation=True,
    needs=("morphology", "frequencies", "glossary"),
    harm="sense",
    prior=_PRIOR,
    since="2026.12",
    says=("term-uneven",),
)
