"""What a run without an answer comes to: how surely a passage is missing opposite it, and where it would stand.

The weights of ``data/passage_faults.tsv`` were fitted on sentences taken out of either side of parallel texts (Soviet
documents, news, tales), document by document out of the fold; a run that a free translator makes differs from a passage left
out in what is opposite it.
"""

from __future__ import annotations

from collation.evidence.context import Context
from collation.evidence.unanswered_runs import UnansweredRun
from collation.model import Place, SentencePair, Token
from collation.rules.translation.learned_weights import weighed

_WORDS = 2  # content words of a run that is looked at
_EXTENT = 2.0  # least extent of such a run, its words counted by how surely they lack an answer
_SMALL, _PLAIN = 2, 0.4  # letters of a small word; share of longer ones in small letters in prose
_MOST_EXTENT, _MOST_SHORT = 12.0, 1.2  # extent, and shortness of the other side, beyond which more says no more
_FEW, _MOST_SMALL, _MOST_OVER = 4, 4.0, 4.0  # content words of a short run; extents beyond which more counts less
# Facing, purity, shortness of the other side and closed ends of a run from which each counts once more
_NOTHING, _ALL, _BIG, _BOTH = 0.2, 0.99, 0.7, 2.0
_WEIGHTS = "passage_faults.tsv"
_HOPELESS = -3.0  # log-odds below which nothing is said
_ENDS = frozenset(".!?…")
_SHOWN, _SHOWN_FIRST, _SHOWN_LAST = 16, 10, 4  # words of a passage that are quoted
_NEAR = 3  # answered words before a run whose counterparts are asked
_FAR = 12  # tokens by which the point is moved to the end of a sentence


def log_odds(context: Context, run: UnansweredRun) -> float:
    """The log-odds that a passage is missing opposite a run; minus infinity for one that is too short to ask."""
    return weighed(_WEIGHTS, measures_of(context, run)) if is_asked_about(run) else float("-inf")


def is_asked_about(run: UnansweredRun) -> bool:
    """Whether a run is long enough, and of plain words."""
    return run.words >= _WORDS and run.extent >= _EXTENT and is_prose(run)


def measures_of(context: Context, run: UnansweredRun) -> dict[str, float]:
    """What the weights are learned for: the run itself, what stands opposite it, its bounds, and its document."""
    both = run.closed >= _BOTH
    return {
        "extent": min(_MOST_EXTENT, run.extent),
        "small": min(_MOST_SMALL, run.extent),
        "over": max(-_MOST_OVER, min(_MOST_OVER, run.extent - run.left_over)),
        "pure": run.pure,
        "few": float(run.words < _FEW),
        "short": min(_MOST_SHORT, run.short),
        "big": float(run.short > _BIG),
        "facing": run.facing,
        "nothing": float(run.facing < _NOTHING),
        "closed": run.closed,
        "both": float(both),
        "pure_both": float(both and run.pure >= _ALL),
        "whole": run.whole,
        "pairs": float(len(run.pairs) > 1),
        "left_over": run.left_over,
        "english": float(run.side == "translation"),
        "document": literalness(context),
    }


def is_prose(run: UnansweredRun) -> bool:
    """Whether a run is of plain words: lists of names, stamps and lines of receipt are rarely translated, and no matter."""
    words = [t.text for t in run.tokens if t.kind != "mark"]
    plain = sum(word.islower() and len(word) > _SMALL for word in words)
    return plain >= _PLAIN * len(words)


def is_worth_saying(odds: float, prior: float) -> bool:
    """Whether a doubt is anything but hopeless."""
    return prior + odds > _HOPELESS


def literalness(context: Context) -> float:
    """The share of the original's content words that the translation explains, over the document."""
    return context.once(_literalness)


def _literalness(context: Context) -> float:
    whole = sum(len(p.original) for p in context.pairs if p.translation)
    got = sum(p.literal * len(p.original) for p in context.pairs if p.translation)
    return got / whole if whole else 0.0


def quoted(tokens: tuple[Token, ...]) -> str:
    """The words of a passage for showing, the middle of a long one left out."""
    words = [t.text for t in tokens if t.kind != "mark"]
    return " ".join(words) if len(words) <= _SHOWN else " ".join((*words[:_SHOWN_FIRST], "…", *words[-_SHOWN_LAST:]))


def point_opposite(context: Context, run: UnansweredRun) -> Place | None:
    """The point of the other side at which the run is missing: behind the counterpart of the last answered word before it,
    moved to the end of a sentence where the run itself is whole sentences; None where there is no other side around."""
    tokens = _tokens_around(context, run)
    if not tokens:
        return None
    behind = _behind(context, run)
    at = next((k for k in range(len(tokens) - 1, -1, -1) if tokens[k].start <= behind), -1) if behind >= 0 else -1
    if run.closed >= 1.0:
        at = _sentence_end(tokens, at)
    if at < 0:
        return Place.at(tokens[0].start, tokens[0].start)
    return Place.at(tokens[at].stop, tokens[at].stop)


def _other(run: UnansweredRun, pair: SentencePair) -> tuple[Token, ...]:
    return pair.translation if run.side == "original" else pair.original


def _own(run: UnansweredRun, pair: SentencePair) -> tuple[Token, ...]:
    return pair.original if run.side == "original" else pair.translation


def _tokens_around(context: Context, run: UnansweredRun) -> tuple[Token, ...]:
    """The other side of the pairs of a run; where they have none, of the nearest pair before or behind that has."""
    found = tuple(t for n in run.pairs for t in _other(run, context.pairs[n]))
    if found:
        return found
    order = (*range(run.pairs[0] - 1, -1, -1), *range(run.pairs[-1] + 1, len(context.pairs)))
    return next((tokens for n in order if (tokens := _other(run, context.pairs[n]))), ())


def _behind(context: Context, run: UnansweredRun) -> int:
    """The offset of the furthest counterpart of the nearest answered words before a run, in its first pairs."""
    found: list[int] = []
    for number in range(run.pairs[0], max(-1, run.pairs[0] - 2), -1):
        pair = context.pairs[number]
        links = context.answered[number] if run.side == "original" else context.claims[number]
        own, other = _own(run, pair), _other(run, pair)
        before = [k for k in sorted(links, reverse=True) if own[k].start < run.tokens[0].start]
        found += [other[links[k]].start for k in before[:_NEAR]]
        if found:
            return sorted(found)[len(found) // 2] if len(found) > 2 else max(found)
        if number == run.pairs[0] and other:
            return -1  # the run opens its pair: what is missing stands before all of it
        if other:
            return other[-1].start
    return -1


def _sentence_end(tokens: tuple[Token, ...], at: int) -> int:
    """The end of a sentence nearest to a token, -1 for the beginning; the token itself where none is near."""
    ends = [-1, *(k for k, t in enumerate(tokens) if t.text[-1] in _ENDS), len(tokens) - 1]
    best = min(ends, key=lambda k: (abs(k - at), k))
    return best if abs(best - at) <= _FAR else at
