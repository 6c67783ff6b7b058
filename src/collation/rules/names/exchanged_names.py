"""One name for another: Париж against Kiev, Madrid against Россией.

Both are real names, so neither side objects; but the English name has no Russian word of the sentence, the Russian name
no English one, and both are at the same place. The difference is one entry of two places. Which side slipped is argued
from the rest: where either name occurs again, what the catalogue names, what kind of places are named beside it, which of
the two the language of the period expects. Names that stand for one another (a country, its capital) are let pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from collation.evidence.context import Context
from collation.evidence.government import preposition_before
from collation.evidence.names.case_forms import closeness, written
from collation.evidence.names.mentions import NameMention
from collation.evidence.names.unanswered_names import NameView, Suspect
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.names.authority_files import Name
from collation.knowledge.names.paradigms import in_case
from collation.knowledge.names.romanisation import cyrillic, is_plainly_romanised, is_slavic, romanise
from collation.knowledge.names.sound import NEAR
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words import morphology
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.names.russian_names import beside
from collation.rules.names.side_at_fault import MISREAD, Slip, english_reading, side_at_fault

CODE, CODE_ENGLISH = "NAM402", "NAM403"
_KINDS = frozenset({"place", "person"})
_ANSWERING = 0.85  # likeness, 0 to 1, from which a Russian name is one that the translation has
_UNANSWERED = 0.8  # likeness, 0 to 1, below which a mention has no answer
_EXACT = 0.97  # the same of a Russian surname, whose letters are not matters of custom
_FACING, _FACING_ALONE = 0.5, 0.25  # how well two names must face each other; where nothing else is left over
_SURNAMES_ALONE = 0.1  # the same of two surnames
_SIDE_UNKNOWN = 0.35  # below it neither side is named
# What moves the log-odds of the doubt
_FOR_FACING, _EVEN_FACING = 2.5, 0.6  # facing each other, and where it speaks neither for nor against
_ALONE, _NOT_ALONE = 0.4, -0.2  # whether nothing else is left over on either side
_FOR_SIDE, _MOST_SIDE = 0.5, 0.8  # how clearly one side is at fault, and the most that counts
_FREE, _EVEN_FREE = 6.0, 0.55  # a free translation, below the share of its sentence that is explained
_BOTH = 0.8  # taken where the document repeats either name


def propose(context: Context) -> Iterator[Hypothesis]:
    """Two-sided entries for names that differ, the likelier slip first."""
    if not context.aligned.parallel:
        return
    names = context.once(NameView)
    for pair in names.pairs:
        for slip in _slips(names, pair):
            found = _entry(context, names, slip)
            if found is not None:
                yield found


@dataclass(frozen=True, slots=True)
class _LeftOver:
    """The names of a sentence pair that nothing answers: mentions, each with the name that it is, and Russian words; the mentions
    that the translation has once more than the Russian; whether there is but one on either side."""

    mentions: dict[NameMention, NameMention]
    suspects: list[Suspect]
    surplus: set[NameMention]
    alone: bool


def _left_over(names: NameView, pair: int) -> _LeftOver:
    answers = names.answered(pair)
    waiting = {m: _known(m) for m, (_, value) in answers.items() if value < _wanted(m)}
    waiting = {m: known for m, known in waiting.items() if known.names and known.names[0].kind in _KINDS}
    answered = {m.text for m, (_, value) in answers.items() if value >= _wanted(m)}
    suspects = [s for s in names.suspects(pair) if s.attested and s.kinds & _KINDS and s.best < _EXACT]
    surplus = {m for m in waiting if m.text in answered}
    return _LeftOver(waiting, suspects, surplus, len(waiting) == 1 and len(suspects) == 1)


def _slips(names: NameView, pair: int) -> list[Slip]:
    """The unanswered names of either side set against each other, each once, those that face each other best first."""
    rest = _left_over(names, pair)
    opposed = (_slip(names, pair, rest, suspect, mention) for mention in rest.mentions for suspect in rest.suspects)
    found = [slip for slip in opposed if slip is not None]
    return _each_once(found, [s.index for s in rest.suspects], [m.start for m in rest.mentions])


def _slip(names: NameView, pair: int, rest: _LeftOver, suspect: Suspect, mention: NameMention) -> Slip | None:
    """A Russian name and a mention as one exchanged for the other; None where they are not alike in kind, where the Russian one
    may be the name of another mention, or where they do not face each other."""
    known = rest.mentions[mention]
    surnames = _surnames(suspect.folded, woman=mention.joined.endswith("a"))
    strict = bool(surnames) and _is_surname(mention)
    listed = tuple(n for n in authority.borne_by(suspect.folded) if n.kind in _KINDS)
    ours = listed or surnames
    if not _comparable(suspect, ours, known, strict=strict):
        return None
    if mention in rest.surplus and "place" not in suspect.kinds:
        return None
    if not strict and suspect.best >= (_ANSWERING if listed else NEAR):
        return None  # it sounds somewhat like a name opposite: that may be its name
    facing = beside(names.context.pairs[pair], suspect.index, suspect.index + 1, mention)
    if facing < _least_facing(alone=rest.alone, strict=strict):
        return None
    shared = len(mention.tokens) > 1 and names.answered(pair)[mention][1] >= NEAR
    return Slip(pair, suspect, known, ours, facing, rest.alone, shared, strict)


def _least_facing(*, alone: bool, strict: bool) -> float:
    """How well two names must face each other; ``alone`` that nothing else is left over, ``strict`` that both are surnames."""
    if not alone:
        return _FACING
    return _SURNAMES_ALONE if strict else _FACING_ALONE


def _wanted(mention: NameMention) -> float:
    """The likeness by sound, 0 to 1, from which a mention has its answer."""
    return _EXACT if _is_surname(mention) else _UNANSWERED


def _is_surname(mention: NameMention) -> bool:
    """Whether a mention is one word in the form of a Russian surname that is romanised by rule, and no place."""
    if len(mention.tokens) > 1 or any(name.kind != "person" for name in mention.names):
        return False
    word = without_possessive(mention.text)
    return is_slavic(word) and is_plainly_romanised(word)


def _known(mention: NameMention) -> NameMention:
    """A mention with the name that it is where no file has it: a surname of the dictionary, else a surname or a place as its
    letters have it."""
    if mention.names or not _is_surname(mention):
        return mention
    heads = cyrillic(mention.text)
    listed = [head for head in heads if any(p.case == "nomn" for p in _as_surname(head))]
    places = () if listed else tuple(replace(_surname(head), kind="place") for head in heads)
    return replace(mention, names=(*map(_surname, listed or heads), *places))


def _surnames(folded: str, *, woman: bool) -> tuple[Name, ...]:
    """A form as surnames of the dictionary, in the nominative, a woman's first where it faces one; none where it is no form of
    one."""
    parses = sorted(_as_surname(folded), key=lambda p: (p.gender == "femn") is not woman)
    heads = (_womans(p.lemma) if p.gender == "femn" else p.lemma for p in parses)
    return tuple(map(_surname, dict.fromkeys(heads)))


def _as_surname(folded: str) -> list[morphology.Parse]:
    parses = morphology.parses(folded) if morphology.is_known(folded) else ()
    return [p for p in parses if "Surn" in p.grammemes and p.number == "sing"]


def _surname(head: str) -> Name:
    return Name(head.title(), (romanise(head).title(),), (), (), "person", "")


def _womans(surname: str) -> str:
    """The surname of a woman, from that of a man in whose place the dictionary has it."""
    if surname.endswith(("ов", "ев", "ин", "ын")):
        return surname + "а"
    return surname[:-2] + "ая" if surname.endswith(("ский", "цкий")) else surname


def _each_once(found: list[Slip], ours: list[int], theirs: list[int]) -> list[Slip]:
    """Each name in one slip at most: as many on either side in their order, else the best placed first."""
    in_order = set(zip(ours, theirs, strict=True)) if len(ours) == len(theirs) else set()
    found.sort(key=lambda s: ((s.suspect.index, s.mention.start) not in in_order, -s.beside, s.suspect.index))
    kept: list[Slip] = []
    for slip in found:
        if all(slip.suspect.index != k.suspect.index and slip.mention.start != k.mention.start for k in kept):
            kept.append(slip)
    return kept


def _comparable(suspect: Suspect, ours: tuple[Name, ...], mention: NameMention, *, strict: bool) -> bool:
    """Whether both are places or both persons, and neither may stand for the other; ``strict`` says that both are surnames."""
    kinds = {n.kind for n in mention.names} & _KINDS
    if not kinds & suspect.kinds or len(mention.tokens) > 3:
        return False
    if not strict and "place" not in kinds & suspect.kinds and _is_given(suspect):
        return False
    return not any(authority.related(a, b) for a in ours for b in mention.names)


def _is_given(suspect: Suspect) -> bool:
    """Whether a form is a given name or patronymic: it belongs to a surname and is no other person's name."""
    parses = morphology.parses(suspect.folded)
    if parses and "Surn" in parses[0].grammemes:
        return False
    return "given" in suspect.kinds or any({"Name", "Patr"} & p.grammemes for p in parses)


def _entry(context: Context, names: NameView, slip: Slip) -> Hypothesis | None:
    russian = _russian_reading(context, slip)
    english = english_reading(names, slip)
    if russian is None or (_may_be_misread(slip) and closeness(slip.suspect.token.text, russian) >= MISREAD):
        return None
    side, ours, theirs = side_at_fault(context, names, slip, russian)
    strength = _FOR_FACING * (slip.beside - _EVEN_FACING) + (_ALONE if slip.alone else _NOT_ALONE)
    strength += min(_MOST_SIDE, _FOR_SIDE * abs(side))
    strength -= _FREE * max(0.0, _EVEN_FREE - context.pairs[slip.pair].literal)
    strength -= _BOTH if ours and theirs else 0.0
    if side >= 0 or english is None:
        return _hypothesis(slip, russian, english, strength, side, ours, theirs)
    return _mirrored(slip, russian, english, strength, side, ours, theirs)


def _may_be_misread(slip: Slip) -> bool:
    """Whether letters that are near make one name misread of the two: not where they sound alike, nor of two surnames in no file."""
    in_files = any(authority.by_english(without_possessive(token.text)) for token in slip.mention.tokens)
    return slip.suspect.best < NEAR and (in_files or not slip.ours)


def _russian_reading(context: Context, slip: Slip) -> str | None:
    """The English name in Russian, in the case of the name in the text: as the document has it, else the name of which this is the
    first spelling (Kronstadt is first of all Кронштадт, and then Брашов)."""
    tokens = context.pairs[slip.pair].original
    index = slip.suspect.index
    near = {fold(t.text) for t in tokens[max(0, index - 2) : index + 3]}
    spelt = plain_latin("".join(without_possessive(token.text) for token in slip.mention.tokens))
    options = []
    for rank, name in enumerate(slip.mention.names):
        if name.kind not in _KINDS:
            continue
        words = name.head.split()
        rest = [
            w for w in words if not any(set(morphology.lemmas(w)) & set(morphology.lemmas(n)) for n in near)
        ] or words
        if len(rest) == 1:
            seen = max((context.forms[f] for f in authority.declined(rest[0])), default=0)
            first = bool(name.english) and plain_latin("".join(name.english[0].split())) == spelt
            options.append((-(len(words) > len(rest)), -min(seen, 1), not first, rank, rest[0], name.animate))
    if not options:
        return None
    *_, head, animate = min(options)
    of_man = slip.surnames and fold(head)[-1:] not in "ая"
    form = fold(head) if head.isupper() else in_case(head, _case(tokens, index, of_man=of_man), animate=animate)
    return written(form, head, slip.suspect.token.text)


def _case(tokens: tuple[Token, ...], index: int, *, of_man: bool) -> str:
    """The case of a name: one that its form may have and that its preposition allows, as a man's name where it is put for one."""
    found = preposition_before(tokens, index)
    allowed = found[1] if found else frozenset[str]()
    parses = sorted(morphology.parses(tokens[index].text), key=lambda p: of_man and p.gender == "femn")
    cases = [p.case for p in parses if p.case and p.number != "plur"]
    return next((c for c in cases if c in allowed), cases[0] if cases else "nomn")


def _places(slip: Slip) -> tuple[Place, Place]:
    first = slip.mention.tokens[-1 if slip.shared else 0]
    last = slip.mention.tokens[-1]
    return slip.suspect.token.place, Place.at(first.start, last.start + len(without_possessive(last.text)))


def _features(
    slip: Slip, strength: float, side: float, ours: float, theirs: float, mirror: str | None
) -> tuple[Feature, ...]:
    russian, english = _places(slip)
    values = (("russian", slip.suspect.token.text), ("english", without_possessive(slip.mention.text)))
    found = [
        Feature("strength", strength),
        Feature("name", 1.0),
        Feature("differ", 1.0, (russian, english), "", "names-differ", values),
    ]
    if theirs > ours:
        found.append(Feature("elsewhere", theirs, (english,), "", "name-stands-again", (("name", values[1][1]),)))
    elif ours > theirs:
        found.append(Feature("elsewhere", ours, (russian,), "", "name-stands-again", (("name", values[0][1]),)))
    if abs(side) < _SIDE_UNKNOWN:
        found.append(Feature("side_unknown", 1.0, (), "", "side-open"))
    if mirror:
        found.append(Feature("mirror", 1.0, (), "", "", (("reading", mirror),)))
    return tuple(found)


def _hypothesis(
    slip: Slip, russian: str, english: str | None, strength: float, side: float, ours: float, theirs: float
) -> Hypothesis:
    places = _places(slip)
    features = _features(slip, strength, side, ours, theirs, english)
    return Hypothesis(CODE, places, (Edit(places[0], russian),), features, "original", "retroversion")


def _mirrored(
    slip: Slip, russian: str, english: str, strength: float, side: float, ours: float, theirs: float
) -> Hypothesis:
    place, other = _places(slip)
    features = _features(slip, strength, side, ours, theirs, russian)
    return Hypothesis(
        CODE_ENGLISH,
        (other, place),
        (Edit(other, without_possessive(english)),),
        features,
        "translation",
        "retroversion",
    )


RULE = Rule(
    code=CODE,
    family="NAM",
    name="name substitution",
    propose=propose,
    sides=("original", "translation"),
    needs_translation=True,
    needs=("morphology", "names"),
    harm="name",
    prior=0.8,
    since="2026.11",
    says=("name-stands-again", "names-differ", "side-open"),
)
