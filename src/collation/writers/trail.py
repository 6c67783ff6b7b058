"""The trail of one line, for ``collation explain``: every doubt, what was weighed, what was not shown
and why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from collation.model import Feature, Source
from collation.model.doubt import Account, WeighedDoubt, WeighedReading
from collation.writers.phrases import Lang, figure, in_quotes, sentence

_MOST_READINGS = 5
_MOST_MEASURES = 12
_MOST_MOVED = 6
_LEAST_MOVED = 0.05


def explain_text(
    source: Source,
    verdicts: Sequence[WeighedDoubt],
    line: int,
    *,
    emend: float,
    query: float,
    lang: Lang = "en",
    left_alone: Sequence[WeighedDoubt] = (),
    accounts: Callable[[WeighedDoubt], Account | None] = lambda verdict: None,
) -> str:
    """Everything that was weighed on a line of the whole text, likeliest doubt first; ``accounts`` says what moved the
    judge, ``left_alone`` are doubts about words that the project lists as right.
    """
    start = source.line_starts[line - 1]
    stop = source.line_starts[line] if line < len(source.line_starts) else len(source.text)
    here, listed = (
        [v for v in doubts if v.doubt.place.start < stop and v.doubt.place.stop >= start]
        for doubts in (verdicts, left_alone)
    )
    parts = [f"{source.label_at(start)}:{source.line(start)}", "  " + source.text[start:stop].strip(), ""]
    if not here:
        parts.append("No rule doubted anything on this line.")
    for verdict in sorted(here, key=lambda v: -v.probability):
        lines = _verdict(source, verdict, emend, query, lang)
        moved = accounts(verdict)
        if moved is not None:
            lines[2:2] = [
                f"    {label}: {told}"
                for label, listed in (("moved by", moved.place), ("its best reading by", moved.reading))
                if (told := _moved(listed))
            ]
        parts += [*lines, ""]
    words = dict.fromkeys(" ".join(v.place.of(source.text).split()) for v in listed)
    parts += [in_quotes(sentence("listed-word", (("word", word),), lang), lang) for word in words]
    return "\n".join(parts).rstrip() + "\n"


def page_sentences(reasons: Sequence[Feature], lang: Lang, *, figures: bool) -> list[str]:
    """What a page says of a reading that somebody thought of; with ``figures`` the log-ratio is behind each sentence."""
    return [
        in_quotes(sentence(f.says, f.values, lang), lang) + (f" ({f.value:+z.1f})" if figures else "") for f in reasons
    ]


def _verdict(source: Source, verdict: WeighedDoubt, emend: float, query: float, lang: Lang) -> list[str]:
    place = verdict.doubt.place
    words = " ".join(place.of(source.text).split())
    lines = [f"{source.line(place.start)}:{source.column(place.start)}  “{words}” ({verdict.doubt.side})"]
    tier = _tier(verdict, emend, query, lang)
    lines.append(f"  something is wrong here: {figure(verdict.probability, lang)}; {tier}")
    if verdict.explained:
        lines.append(
            f"  a neighbour that is wrong with {figure(verdict.explained, lang)} accounts for it as well; that is taken off"
        )
    if verdict.sound <= -_LEAST_MOVED:
        lines.append(
            f"  few errors are expected in this document and paragraph; that took {-verdict.sound:.2f} of log-odds off"
        )
    if abs(verdict.taught) >= _LEAST_MOVED:
        lines.append(f"  the rulings of the project moved it by {verdict.taught:+.2f} of log-odds")
    if abs(verdict.collection) >= _LEAST_MOVED:
        lines.append(f"  the other documents of the collection moved it by {verdict.collection:+.2f} of log-odds")
    if abs(verdict.witnessed) >= _LEAST_MOVED:
        lines.append(f"  other texts of the original moved it by {verdict.witnessed:+.2f} of log-odds")
    if abs(verdict.page) >= _LEAST_MOVED:
        lines.append(f"  the page's image moved it by {verdict.page:+.2f} of log-odds")
    if abs(verdict.engine) >= _LEAST_MOVED:
        lines.append(f"  how sure the engine was that read it moved it by {verdict.engine:+.2f} of log-odds")
    lines += _said(verdict.lessons, lang)
    for weighed in verdict.readings[:_MOST_READINGS]:
        lines += _reading(weighed, lang)
    left = len(verdict.readings) - _MOST_READINGS
    if left > 0:
        lines.append(f"  and {left} less likely readings")
    for proposal in verdict.bare:
        lines.append(f"  doubted without a reading by {', '.join(proposal.codes)}")
        lines += _said(proposal.features, lang)
    return lines


def _moved(listed: Sequence[tuple[str, float, float]]) -> str:
    """The features that moved the log-odds most, each with its value."""
    return ", ".join(
        f"{name} {value:.3g} ({moved:+.2f})"
        for name, value, moved in listed[:_MOST_MOVED]
        if abs(moved) >= _LEAST_MOVED
    )


def _tier(verdict: WeighedDoubt, emend: float, query: float, lang: Lang) -> str:
    if verdict.probability < query:
        return f"not shown, because that is below {figure(query, lang)}"
    if verdict.backed >= emend and verdict.readings:
        return "an emendation is proposed"
    if verdict.probability >= emend and verdict.readings:
        return "shown as a query, because the rule has no prior"
    return "shown as a query"


def _reading(weighed: WeighedReading, lang: Lang) -> list[str]:
    proposal = weighed.proposal
    text = " … ".join(edit.text for edit in proposal.edits)
    basis = f"attested: {', '.join(weighed.witnesses)}" if weighed.witnesses else proposal.basis
    lines = [f"  {figure(weighed.probability, lang)}  “{text}”  {', '.join(proposal.codes)}  ({basis})"]
    lines += _said(proposal.features, lang)
    measures = [f"{name} {value:g}" for name, value in weighed.measures.items() if value][:_MOST_MEASURES]
    if measures:
        lines.append("         weighed: " + ", ".join(measures))
    return lines


def _said(features: Sequence[Feature], lang: Lang) -> list[str]:
    return [
        f"       {'−' if f.against else '+'} {in_quotes(sentence(f.says, f.values, lang), lang)}{_rests(f)}"
        for f in features
        if f.says
    ]


def _rests(feature: Feature) -> str:
    return f" [{feature.source}]" if feature.source else ""
