"""One difference of two names, one verdict: the Russian that does not answer the English, and the English that does not
answer the Russian, are not two faults.

A rule of the Russian proposes what the English has, a rule of the translation what the Russian has. Each is right only if
the other is not. Where both speak of the same two words, the verdict of the side that is likelier at fault stays, and what
the other proposes goes with it as the reading of the other side. How probable it is that the side is the right one to
blame is said with it; where too little speaks for either, nothing decides (``evidence/names/name_at_fault.py``). A garbled word that
is no name is the original's own fault; what the translation says of it then gives way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from collation.evidence.context import Context
from collation.evidence.names.name_at_fault import (
    SAID,
    NameDifference,
    are_spellings,
    is_listed_name,
    name_arguments,
    original_at_fault,
)
from collation.model import Feature, Place
from collation.model.doubt import Proposal, WeighedDoubt

_LEANING = 0.2  # log-odds of the rule that set two names against each other, where nothing else speaks
_OWN = ("side_unknown", "blame", "mirror", "elsewhere")  # what a rule by itself says of the side
_AS_PROBABLE = 0.5  # the share of the best reading's probability from which another is about as probable
_MOST_SEEN = 3.0  # log-odds that the image of the page or another text of the original adds at most


@dataclass(frozen=True, slots=True)
class _Sided:
    """A verdict about a name, and the place on the other side that it is about."""

    number: int
    verdict: WeighedDoubt
    other: Place

    @property
    def best(self) -> Proposal:
        return self.verdict.readings[0].proposal

    @property
    def place(self) -> Place:
        return self.best.place


def one_a_difference(context: Context, verdicts: Iterable[WeighedDoubt], least: float) -> list[WeighedDoubt]:
    """The verdicts in the same order, two about one difference of names as one; those below ``least`` are not shown, and stay
    as they are."""
    listed = list(verdicts)
    sided = [found for number, verdict in enumerate(listed) if (found := _sided(number, verdict, least))]
    paired = _facing(sided)
    gone = set()
    for russian, english in paired:
        number, verdict, lost = _settled(context, russian, english)
        listed[number] = verdict
        gone.add(lost)
    taken = {s.number for pair in paired for s in pair}
    for alone in (s for s in sided if s.number not in taken):
        listed[alone.number] = _by_itself(context, alone)
    return [verdict for number, verdict in enumerate(listed) if number not in gone]


def _sided(number: int, verdict: WeighedDoubt, least: float) -> _Sided | None:
    """A verdict that proposes a name for one that faces another; None for any other."""
    side = verdict.doubt.side
    if side == "catalogue" or verdict.probability < least or not verdict.readings:
        return None
    best = verdict.readings[0].proposal
    if not best.value("name") or best.value("title") or best.value("initials") or len(best.edits) != 1:
        return None
    other = next((place for p in (best, *verdict.doubt.proposals) if (place := _other(best, p))), None)
    return _Sided(number, verdict, other) if other else None


def _other(best: Proposal, proposal: Proposal) -> Place | None:
    """The place on the other side that a proposal at the place of the best one rests on."""
    if not proposal.value("name") or not proposal.place.overlaps(best.place):
        return None
    opposite = (place for feature in proposal.features if feature.name == "opposite" for place in feature.places)
    return next(iter((*proposal.places[1:], *opposite)), None)


def _facing(sided: list[_Sided]) -> list[tuple[_Sided, _Sided]]:
    """The Russian and the English verdicts that are about each other, each in one pair at most, the surest first."""
    pairs = [
        (one, other)
        for one in sided
        for other in sided
        if one.verdict.doubt.side == "original"
        and other.verdict.doubt.side == "translation"
        and (other.other.overlaps(one.place) or one.other.overlaps(other.place))
    ]
    pairs.sort(
        key=lambda p: (-_mutual(*p), -p[0].verdict.probability - p[1].verdict.probability, p[0].number, p[1].number)
    )
    found: list[tuple[_Sided, _Sided]] = []
    for one, other in pairs:
        if all(one.number != k.number and other.number != m.number for k, m in found):
            found.append((one, other))
    return found


def _mutual(russian: _Sided, english: _Sided) -> int:
    return int(english.other.overlaps(russian.place)) + int(russian.other.overlaps(english.place))


def _settled(context: Context, russian: _Sided, english: _Sided) -> tuple[int, WeighedDoubt, int]:
    """The number of the verdict that stays of two, it with what the other says, and the number of the other."""
    differing = NameDifference(russian.place, english.place, _nearest(context, russian), english.best.edits[0].text)
    arguments = _arguments(context, differing, russian.verdict)
    leaning = _LEANING * (_leads(russian) - _leads(english))
    guilt = original_at_fault((*arguments, Feature("leaning", leaning)))
    spelt = _has(russian, "differ") and are_spellings(context, differing)
    least = 1.0 - SAID if spelt else 0.5  # of two surnames of like letters the original, which was scanned, comes first
    first, second = (russian, english) if guilt > least else (english, russian)
    verdict = replace(
        first.verdict,
        probability=max(first.verdict.probability, second.verdict.probability),
        backed=max(first.verdict.backed, second.verdict.backed),
    )
    share = guilt if first is russian else 1.0 - guilt
    said = _with_side(verdict, second.place, arguments, share, second.best.edits[0].text)
    return first.number, said, second.number


def _nearest(context: Context, sided: _Sided) -> str:
    """Of the readings that are about as probable as the best the one whose letters are nearest: they may differ in their case."""
    observed, best = sided.place.of(context.text), sided.verdict.readings[0].probability
    found = [
        w for w in sided.verdict.readings if w.probability >= _AS_PROBABLE * best and w.proposal.place == sided.place
    ]
    texts = (w.proposal.edits[0].text for w in found if w.proposal.value("name"))
    return min(texts, key=lambda text: OSA.distance(observed, text))


def _by_itself(context: Context, alone: _Sided) -> WeighedDoubt:
    """A verdict that only one side has, with how surely that side is at fault; a Russian word that is no name surely is."""
    is_russian = alone.verdict.doubt.side == "original"
    if is_russian and not _is_name(context, alone.place):
        return alone.verdict
    own, mirror = alone.best.edits[0].text, _mirror(alone.verdict)
    places = (alone.place, alone.other) if is_russian else (alone.other, alone.place)
    differing = NameDifference(*places, *((own, mirror) if is_russian else (mirror, own)))
    arguments = _arguments(context, differing, alone.verdict if is_russian else None)
    guilt = original_at_fault(arguments)
    return _with_side(alone.verdict, alone.other, arguments, guilt if is_russian else 1.0 - guilt, mirror)


def _is_name(context: Context, place: Place) -> bool:
    return all(is_listed_name(word) for word in place.of(context.text).split())


def _mirror(verdict: WeighedDoubt) -> str:
    """What a rule says that the other side should read, "" where none does."""
    said = (f for p in verdict.doubt.proposals for f in p.features if f.name == "mirror")
    return next((value for f in said for key, value in f.values if key == "reading"), "")


def _leads(sided: _Sided) -> float:
    """1 for the verdict of the rule that set two names against each other and chose the side, 0 for that of the rule that leaves it
    open, else a half."""
    return 1.0 if _has(sided, "differ") else 0.0 if _has(sided, "replaced") else 0.5


def _has(sided: _Sided, name: str) -> bool:
    return any(f.name == name for p in sided.verdict.doubt.proposals for f in p.features)


def _arguments(context: Context, differing: NameDifference, russian: WeighedDoubt | None) -> tuple[Feature, ...]:
    """What speaks for either side: the names themselves, and what the image and other texts say of the Russian."""
    seen = (russian.page + russian.witnessed) if russian else 0.0
    shown = (Feature("seen", max(-_MOST_SEEN, min(_MOST_SEEN, seen))),) if seen else ()
    return (*name_arguments(context, differing), *shown)


def _with_side(
    verdict: WeighedDoubt, other: Place, arguments: tuple[Feature, ...], share: float, mirror: str
) -> WeighedDoubt:
    """The verdict with how surely its side is at fault, and what the other should read if it is not."""
    best, *further = verdict.readings
    is_russian = verdict.doubt.side == "original"
    said = tuple(replace(f, against=(f.value < 0) is is_russian) for f in arguments)
    features = [f for f in best.proposal.features if f.name not in _OWN]
    features += [*said, Feature("blame", max(0.5, share))]
    if mirror:
        features.append(Feature("mirror", 1.0 - share, values=(("reading", mirror),)))
    if share < SAID:
        features.append(Feature("side_unknown", 1.0, says="side-open"))
    proposal = replace(best.proposal, features=tuple(features), places=(best.proposal.place, other))
    return replace(verdict, readings=(replace(best, proposal=proposal), *further))
