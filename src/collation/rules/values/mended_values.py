"""What one side of a difference should read if the other is right: the value of the other side in the form of its own.

Only what differs is written anew: the count of a scale with its scale ("2 миллиона 340" becomes "2 миллиона 430"), an
ordinal as the noun behind it wants it, the hour of a clock of twelve with its half of the day. A number that cannot be
written so is written in figures, or the difference has no reading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from collation.evidence.context import Context
from collation.knowledge.letters import like
from collation.knowledge.values.halves_of_day import beside_hour, end_of_half, of_twelve
from collation.knowledge.values.numerals import decompose, english_words, word_for
from collation.knowledge.values.quantities import NumberPiece, Value, add_up
from collation.knowledge.values.written import agreeing, counted, figures, with_tail, write
from collation.knowledge.words import morphology
from collation.model import Edit, Place, Token
from collation.model.hypothesis import Side
from collation.rules.values.merged_numerals import swallowed_noun
from collation.rules.values.value_cases import Case
from collation.rules.values.value_pairs import OpposedValues

_SCALES = frozenset(Fraction(10**n) for n in (3, 6, 9))
_THOUSAND, _NOON = 1000, 12  # the least scale word that ends a group of figures; the last hour of half a day
_TO_NOUN = 3  # words behind a number within which its noun is


def mended(context: Context, opposed: OpposedValues, case: Case, side: Side) -> Edit | None:
    """What one side should read if the other is right."""
    own, other = (case.original, case.translation) if side == "original" else (case.translation, case.original)
    noun = _noun_behind(context, opposed, own)
    if side == "original":
        swallowed = swallowed_noun(context, opposed, own, other)
        if swallowed is not None:
            return swallowed
    if _is_grouped(own):
        return _whole(context, own, other, noun)
    changes: dict[NumberPiece, Fraction] = {}
    for pair in case.pieces:
        mine, theirs = pair if side == "original" else (pair[1], pair[0])
        if theirs.value is None and mine.role not in {"year", "decade"}:
            return None
        changes[mine] = theirs.value if theirs.value is not None else _in_century(theirs, mine)
    texts = _written(context, own, changes, noun)
    if not texts:
        return _whole(context, own, other, noun)
    return _on_clock(context, own, changes, texts) if own.kind == "time" else _rewritten(context, texts)


def _noun_behind(context: Context, opposed: OpposedValues, own: Value) -> tuple[morphology.Parse, ...]:
    """How the noun that a Russian number counts or numbers may be read; empty where none is behind it."""
    if own.language != context.language.code or context.language.morphology is None:
        return ()
    for token in context.pairs[opposed.original.pair].original[own.last : own.last + _TO_NOUN]:
        known = morphology.parses(token.text) if token.kind == "word" else ()
        if not known:
            return ()
        if known[0].pos == "NOUN":
            return tuple(p for p in known if p.pos == "NOUN")
    return ()


def _written(
    context: Context, own: Value, changes: dict[NumberPiece, Fraction], noun: Sequence[morphology.Parse]
) -> list[tuple[NumberPiece, str]]:
    """The pieces with what they should read, the scales that they count too; empty where one cannot be written."""
    language = context.languages.of(own.language)
    found = [(piece, write(piece, value, language, noun)) for piece, value in changes.items()]
    written = [(piece, text) for piece, text in found if text is not None]
    return [*written, *_scales_counted(own, changes)] if len(written) == len(found) else []


def _scales_counted(own: Value, changes: dict[NumberPiece, Fraction]) -> list[tuple[NumberPiece, str]]:
    """The scale words that must agree with another count; those of English need not."""
    found = []
    for counts, scale in _by_scale(own) if own.kind == "number" else ():
        if scale is None or scale in changes or changes.keys().isdisjoint(counts):
            continue
        before = add_up(counts)
        after = add_up(tuple(replace(p, values=frozenset({changes.get(p, p.value or Fraction(0))})) for p in counts))
        if before is not None and after is not None:
            text = counted(scale.text, before, after)
            found += [(scale, text)] if text != scale.text else []
    return found


def _by_scale(own: Value) -> list[tuple[tuple[NumberPiece, ...], NumberPiece | None]]:
    """The pieces of a number by the thousands, millions … that they count; what is behind the last one counts none."""
    found: list[tuple[tuple[NumberPiece, ...], NumberPiece | None]] = []
    counts: tuple[NumberPiece, ...] = ()
    for piece in own.pieces:
        if piece.role == "scale" and (piece.value or 0) >= _THOUSAND:
            found.append((counts, piece))
            counts = ()
        else:
            counts += (piece,)
    return [*found, (counts, None)] if counts else found


def _recounted(own: Value, amount: Fraction) -> dict[NumberPiece, Fraction]:
    """Another amount in the same scales: the pieces that change; none where it cannot be said so."""
    changes: dict[NumberPiece, Fraction] = {}
    rest = amount
    for counts, scale in _by_scale(own):
        size = scale.value if scale is not None and scale.value else Fraction(1)
        count = Fraction(rest // size)
        rest -= count * size
        parts = (count,) if len(counts) == 1 else tuple(map(Fraction, decompose(int(count))))
        if not count or (len(parts) != len(counts) and (counts or count != 1)):
            return {}
        changes |= {p: v for p, v in zip(counts, parts, strict=False) if p.value != v}
    return {} if rest else changes


def _on_clock(
    context: Context, own: Value, changes: dict[NumberPiece, Fraction], texts: list[tuple[NumberPiece, str]]
) -> Edit:
    """A time written anew: on a clock of twelve with its half of the day, where what follows names one."""
    piece = next((p for p in changes if p.role == "hour"), None)
    shown = int(piece.text) if piece is not None and piece.text.isdecimal() else _NOON + 1
    if piece is None or shown > _NOON:
        return _rewritten(context, texts)
    hour, stop = int(changes[piece]), max(p.token.stop for p in own.pieces)
    behind = beside_hour(context.text, stop, hour, own.language)
    if behind is None:
        return _rewritten(context, texts)
    twelve = str(of_twelve(hour)).zfill(len(piece.text) if piece.text.startswith("0") else 1)
    edit = _rewritten(context, [(p, twelve if p is piece else text) for p, text in texts])
    if not behind:
        return edit
    between = context.text[edit.place.stop : stop]
    return Edit(Place.at(edit.place.start, end_of_half(context.text, stop, own.language)), edit.text + between + behind)


def _in_century(theirs: NumberPiece, mine: NumberPiece) -> Fraction:
    """A year of two figures in the century of the year on the other side."""
    near = mine.value if mine.value is not None else Fraction(1950)
    return min(theirs.values, key=lambda year: (abs(year - near), year))


def _whole(context: Context, own: Value, other: Value, noun: Sequence[morphology.Parse]) -> Edit | None:
    """The whole number written anew, where not one piece of it differs from one piece of the other."""
    amount = other.amount
    if amount is None or own.kind != "number":
        return None
    first, last = own.pieces[0], own.pieces[-1]
    if last.role == "scale" and first.value and last is not first and amount / first.value in _SCALES:
        text = write(last, amount / first.value, context.languages.of(own.language))
        return _rewritten(context, [(last, text)]) if text else None
    if _is_grouped(own) and amount.denominator == 1:
        # "375 000": the groups are in two tokens
        return Edit(Place.cover([p.place for p in own.pieces]), f"{int(amount):,}".replace(",", " "))
    if len(_by_scale(own)) > 1:
        return _in_scales(context, own, amount)
    if any(p.role == "share" for p in own.pieces) or sum(p.role == "amount" for p in own.pieces) > 1 < len(
        other.pieces
    ):
        return _as_figures(context, own, amount)
    if first.form == "digits":
        count = amount / last.value if last.role == "scale" and last.value else amount
        text = figures(count, first.text)
        return _rewritten(context, [(first, text), *_scales_counted(own, {first: count})]) if text else None
    text = _spelt(context, own, amount, noun)
    place = Place.cover([p.place for p in own.pieces])
    return Edit(place, like(text, first.text)) if text else None


def _in_scales(context: Context, own: Value, amount: Fraction) -> Edit | None:
    """Another amount in the scales of a number, or all in figures."""
    texts = _written(context, own, _recounted(own, amount), ())
    return _rewritten(context, texts) if texts else _as_figures(context, own, amount)


def _is_grouped(own: Value) -> bool:
    """Whether the number is written in groups behind blanks."""
    return (
        own.kind == "number"
        and len(own.pieces) > 1
        and {p.form for p in own.pieces[:2]} == {"digits"}
        and ({p.role for p in own.pieces} == {"amount"})
    )


def _as_figures(context: Context, own: Value, amount: Fraction) -> Edit | None:
    """A sum of several parts, or a fraction, written as one number in figures."""
    mark = "," if own.language == context.languages.translation.code else " "
    whole = (
        f"{int(amount):,}".replace(",", mark)
        if amount.denominator == 1
        else figures(amount, "0,0" if mark == " " else "0.0")
    )
    return Edit(own.place, whole) if whole else None


def _spelt(context: Context, own: Value, amount: Fraction, noun: Sequence[morphology.Parse]) -> str | None:
    if amount.denominator != 1 or not 0 < amount < 1_000_000:
        return None
    if own.language == context.languages.translation.code:
        return None if own.ordinal else english_words(int(amount))
    if context.language.morphology is None:
        return None
    parts = decompose(int(amount))
    found = []
    for k, part in enumerate(parts):
        ordinal = own.ordinal and k == len(parts) - 1
        lemma = word_for(Fraction(part), own.language, ordinal=ordinal)
        form = agreeing(lemma, own.pieces[-1].text, noun) if lemma and (ordinal or not own.ordinal) else lemma
        if form is None:
            return None
        found.append(form)
    return " ".join(found)


def _rewritten(context: Context, changes: list[tuple[NumberPiece, str]]) -> Edit:
    """One edit that covers all changed tokens, what is between them kept."""
    by_token: dict[Token, list[tuple[NumberPiece, str]]] = {}
    for piece, text in sorted(changes, key=lambda c: (c[0].token.start, c[0].start)):
        by_token.setdefault(piece.token, []).append((piece, text))
    tokens = list(by_token)
    written, reached = "", tokens[0].start
    for token in tokens:
        whole = token.text
        for piece, text in reversed(by_token[token]):
            whole = whole[: piece.start] + with_tail(text, whole[piece.stop :])
        written += context.text[reached : token.start] + whole
        reached = token.stop
    place = tokens[0].place if len(tokens) == 1 else Place.cover([t.place for t in tokens])
    return Edit(place, written)
