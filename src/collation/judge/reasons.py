"""The sentences of an entry: the rules' reasons, and what the measures say for and against.

A sentence is a key and values; writers make the words. What speaks for the text as it stands is said too.
"""

from __future__ import annotations

from collation.evidence.context import Context, is_attested
from collation.evidence.opposite import answered_word
from collation.knowledge.letters import fold
from collation.knowledge.words import wordlist
from collation.model import Feature, Token
from collation.model.doubt import Doubt, Proposal

_FREE = 0.45  # share of a sentence that its translation explains, below which the translation is free
_MOST = 6  # reasons said
_GAIN = 0.3  # gain in translation that is said,
_NEAR = 1.3  # edits that are called easily misread,
_MORE_LIKELY = 4  # natural log-odds of the context model that are called likelier,
_MORE_USUAL = 3  # natural log-odds of the language model that are called usual,
_A_WORD = 2.5  # and Zipf frequency of a word that is common in its own right


def reasons_of(context: Context, doubt: Doubt, proposal: Proposal, measures: dict[str, float]) -> tuple[Feature, ...]:
    """The evidence for the best reading and against it, strongest first."""
    said = [f for f in proposal.features if f.says]
    bare = [f for p in doubt.proposals if not p.edits for f in p.features if f.says]
    found = [*said, *bare, *(_for(context, proposal, measures) if measures else [])]
    against = _against(context, proposal, measures) if measures else []
    kept: dict[tuple[str, tuple[tuple[str, str], ...]], Feature] = {}
    for feature in found:
        kept.setdefault((feature.says, feature.values), feature)
    hidden = tuple(f for f in proposal.features if not f.says and f.name in {"sic", "side_unknown", "mirror"})
    return (*list(kept.values())[:_MOST], *against, *hidden)


def _for(context: Context, proposal: Proposal, measures: dict[str, float]) -> list[Feature]:
    found = []
    edit = proposal.edits[0]
    word = context.word_at(edit.place.start)
    if word is not None and measures["translation_gain"] > _GAIN and not proposal.value("wanted"):
        stop = word.index + 1
        reading = tuple(Token(part, edit.place, "word") for part in edit.text.split())
        english = answered_word(context, word.pair, word.index, stop, reading)
        if english is not None:
            found.append(
                Feature(
                    "wanted",
                    measures["translation_gain"],
                    (english.place,),
                    "glossary",
                    "unanswered",
                    (("english", english.text), ("reading", edit.text)),
                )
            )
    if measures["cost"] <= _NEAR and measures["words_changed"] == 0:
        found.append(
            Feature("shape", -measures["cost"], (), "confusions.tsv", "letters-differ", (("reading", edit.text),))
        )
    seen = int(measures["reading_seen"])
    if seen:
        found.append(
            Feature(
                "recurrence", float(seen), (), "", "stands-elsewhere", (("reading", edit.text), ("count", str(seen)))
            )
        )
    if measures["context_gain"] > _MORE_LIKELY and measures["known"]:
        values = (("reading", edit.text), ("word", edit.place.of(context.text)))
        found.append(Feature("unlikely", measures["context_gain"], (), "context.npz", "unlikely-here", values))
    if measures["word_gain"] > _MORE_USUAL and measures["known"]:
        found.append(
            Feature(
                "usual",
                measures["word_gain"],
                (),
                "period.counts",
                "usual-here",
                (("reading", edit.text), ("word", edit.place.of(context.text))),
            )
        )
    return found


def _against(context: Context, proposal: Proposal, measures: dict[str, float]) -> list[Feature]:
    word = proposal.place.of(context.text)
    found = []
    if measures["seen"] > 0:
        found.append(
            _contra("seen", measures["seen"], "seen-as-is", (("word", word), ("count", str(int(measures["seen"])))))
        )
    if measures["known"] and is_attested(word) and wordlist.zipf(fold(word)) > _A_WORD:
        found.append(_contra("known", 1.0, "is-a-word", (("word", word),)))
    if measures["english"] and measures["literal"] < _FREE:
        found.append(
            _contra("free", measures["literal"], "free-translation", (("share", f"{measures['literal']:.0%}"),))
        )
    return found


def _contra(name: str, value: float, says: str, values: tuple[tuple[str, str], ...]) -> Feature:
    return Feature(name, value, (), "", says, values, against=True)
