"""Words that the page's image shows otherwise than the text has them.

Where the pages of a document are there, an engine has read them of its own accord. A word that it reads otherwise than the
text, that is a word, and that fits what it saw clearly better than the text's, is proposed, read on the page. Its own reading
alone would be wrong too often; the judge weighs it like any other, with what the page says of it and of the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, is_attested
from collation.evidence.page_witness import PageWitness, witness_of
from collation.evidence.time_steps import plain
from collation.knowledge.letters import fold
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "PAG971"
_LEAST = 2.0  # natural logarithm: by how much the page's reading must fit better than the text
_SURE = 0.5  # the least confidence of the engine in its words: below that it often lost half of one
_EDGES = ".,;:!?\"'()[]…*«»“”„‘’"
_MOST_PARTS = 3  # words that one word of the text may be on the page


def propose(context: Context) -> Iterator[Hypothesis]:
    """The page's own reading of every word that it reads otherwise."""
    witness = witness_of(context)
    if not witness:
        return
    words = [word.token for word in context.words]
    for number, token in enumerate(words):
        if token.kind == "word":
            yield from _read(context, witness, (token,))
            following = words[number + 1] if number + 1 < len(words) else None
            if following is not None and following.kind == "word" and _one_on_page(witness, token, following):
                yield from _read(context, witness, (token, following))


def _one_on_page(witness: PageWitness, left: Token, right: Token) -> bool:
    """Whether two words of the text are one on the page."""
    frame = witness.frame(left.place.cover([left.place, right.place]))
    return frame is not None and len(frame.words) == 1


def _read(context: Context, witness: PageWitness, tokens: tuple[Token, ...]) -> Iterator[Hypothesis]:
    place = tokens[0].place if len(tokens) == 1 else tokens[0].place.cover([t.place for t in tokens])
    frame = witness.frame(place)
    if frame is None or frame.confidence < _SURE or not witness.stands_alone(place):
        return
    reading = " ".join(part.strip(_EDGES) for part in frame.free.split()).strip()
    text = " ".join(token.text for token in tokens)
    parts = reading.split()
    if not parts or len(parts) > _MOST_PARTS or fold(plain(reading)) == fold(plain(text)):
        return
    if not all(part[0].isalpha() and is_attested(part) for part in parts):
        return
    answer = witness.ask(place, [reading])
    if answer is None or answer.readings[0] is None or answer.readings[0] - answer.text < _LEAST:
        return
    ratio = answer.readings[0] - answer.text
    feature = Feature("page", ratio, (place,), frame.page.label, "page-has", (("reading", reading),))
    yield with_reading(CODE, tokens, reading, (feature,), basis="attested")


RULE = Rule(
    code=CODE,
    family="PAG",
    name="word read otherwise on the page",
    propose=propose,
    needs=("morphology",),
    harm="sense",
    learned=True,
    since="2026.12",
    says=("page-has",),
)
