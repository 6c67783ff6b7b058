"""Letters read for figures: "45 ООО рублей", "6ОО", "З0 сентября", and Roman numerals in Cyrillic letters: "ХГХ века", "ХУ съезд".

Shape alone makes О of 0, З of 3, П of II. The number is read as what the letters stand for, so that it agrees with its
translation, and the letters are doubted, not the translation. Where a letter could be meant (a firm's "ООО", a lone "l",
the "П" behind a ruler, the "б" of "№ 4б") only an equal number opposite proves it. Х, У, П, Ш for X, V, II, III is how a typewriter without
Latin letters writes a numeral, so that such a place is asked and no more. Blind to numerals above 39.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from collation.evidence.context import Context
from collation.evidence.read_values import read_values
from collation.knowledge.values.quantities import NumberPiece, Value, same
from collation.model import Edit, Feature, Hypothesis, Place
from collation.model.hypothesis import Side
from collation.model.rule import Rule
from collation.rules.values.differences import survey

CODE = "VAL506"
# What moves the log-odds of the doubt
_OPPOSITE = 1.5  # the other side has the number
_UNANSWERED = -1.0  # the other side has no such number, though there is one
_AS_TYPED = -2.2  # a numeral in the letters that a Russian typewriter has for it
_TYPED = frozenset("ХУПШXVI")


def letters_for_figures(context: Context) -> Iterator[Hypothesis]:
    """The numbers of both sides in which letters stand for figures."""
    partners = _partners(context)
    for witness in context.document.witnesses:
        if witness.role not in {"original", "translation"}:
            continue
        side: Side = "original" if witness.role == "original" else "translation"
        for segment in (*witness.segments, *witness.furniture):
            for value in read_values(context, segment.tokens, witness.language, by_cells=True):
                yield from _doubted(context, value, side, partners.get(value.place))


def _partners(context: Context) -> dict[Place, Value]:
    """What the other side has in the place of each value that agrees with it."""
    if context.document.translation is None:
        return {}
    opposition, _ = context.once(survey)
    found = {o.original.value.place: o.translation.value for o in opposition.equal}
    return found | {o.translation.value.place: o.original.value for o in opposition.equal}


def _doubted(context: Context, value: Value, side: Side, partner: Value | None) -> Iterator[Hypothesis]:
    if partner is not None and not same(replace(value, others=()), partner):
        value = next((v for v in value.others if same(v, partner)), value)
    misread = [p for p in value.pieces if p.read]
    if not misread or (value.loose and partner is None):
        return
    edit = _edit(context.text, misread)
    observed = " ".join(edit.place.of(context.text).split())
    said = (("letters", observed), ("reading", edit.text))
    features = [Feature("letters_for_figures", 1.0, (edit.place,), says="letters-for-figures", values=said)]
    strength = 0.0
    if partner is not None and partner.place != value.place:
        shown = (("value", partner.written(context.text)),)
        says = "translation-reads" if side == "original" else "original-reads"
        features.append(Feature("opposite_number", 1.0, (partner.place,), says=says, values=shown))
        strength += _OPPOSITE
    elif context.document.translation is not None:
        strength += _UNANSWERED
    if misread[0].form == "roman" and _TYPED.issuperset(observed):
        strength += _AS_TYPED
    features.append(Feature("strength", strength))
    basis = "retroversion" if partner is not None else "conjecture"
    yield Hypothesis(CODE, (edit.place,), (edit,), tuple(features), side, basis)  # type: ignore[arg-type]


def _edit(text: str, misread: list[NumberPiece]) -> Edit:
    """The letters as figures, what is between them kept."""
    pieces = sorted({(p.token.start, p.token.stop): p for p in misread}.values(), key=lambda p: p.token.start)
    written, reached = "", pieces[0].token.start
    for piece in pieces:
        own = [p for p in misread if p.token == piece.token]
        whole = piece.token.text
        for part in sorted(own, key=lambda p: -p.start):
            whole = whole[: part.start] + part.read + whole[part.stop :]
        written += text[reached : piece.token.start] + whole
        reached = piece.token.stop
    return Edit(Place.cover([p.token.place for p in pieces]), written)


RULE = Rule(
    code=CODE,
    family="VAL",
    name="letters read for figures",
    propose=letters_for_figures,
    sides=("original", "translation"),
    harm="value",
    prior=1.5,
    since="2026.11",
    says=("letters-for-figures", "translation-reads", "original-reads"),
)
