"""Lines that a fluent reader invented.

Where a heading is hard to read a modern reader writes a likely one ("ИНВЕСТИЦИОННО-ПРОМЫСЛОВЫЙ БАНК" for the ministry of
foreign affairs), most often the name of some institution, in capitals. Doubted is a run of capitals none of whose words
answers the English, here or nearby, when English beside it stays unanswered, or when it names a body that nothing else in
the file knows. The reading is made back from the English. Blind to inventions in small letters; a stamp or a letterhead
that the translator left out is no invention and is let alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from collation.alignment.affinity import Answer, Called, affinity, answer, call
from collation.evidence.context import Context
from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.lacunae.capitalised_english import unanswered_capitals
from collation.rules.lacunae.retroversion import UNKNOWN, retroversion

CODE = "LAC702"
_MOST = 8  # content words beyond which a run of capitals is no line that came in
_ORDINARY_ENGLISH = 4.5  # Zipf frequency of an English word that a line of capitals makes no name of
_ANSWERED = 0.5  # score of a link, or affinity to English nearby, by which a word is accounted for
_NEAR = 3  # links of segments on either side in which a run may be answered
# What moves the log-odds of an interpolation
_LEAST = -0.4
_BODY = 0.9  # no list has the body or office
_WITH_ENGLISH, _WITHOUT = 0.6, -0.3  # whether the translation has something else there
_READ = 0.3  # its words can be turned back into Russian
_ONE_TOKEN, _MORE_TOKENS = -0.2, 0.2  # the length of the line


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring words in capitals: their pair and first index in it, their tokens, whether their line has
    no small letters, and whether it has no other words at all."""

    pair: int
    first: int
    tokens: tuple[Token, ...]
    line: bool
    alone: bool


def propose(context: Context) -> Iterator[Hypothesis]:
    """Runs of capitals that answer nothing."""
    if context.document.translation is None:
        return
    for run in _runs(context):
        content = _content(context, run.tokens)
        if not content or len(content) > _MOST or _among_untranslated(context, run):
            continue
        if _is_answered(context, run, content):
            yield from _first_word(context, run)
            continue
        english = _english(context, run)
        body = _is_body(content)
        called_for = english and (body or run.alone or not run.line)
        if len(content) > 1 and (called_for or (body and run.line)) and not _is_known(run.tokens):
            yield _hypothesis(context, run, english, body=body)


def _among_untranslated(context: Context, run: _Run) -> bool:
    """Whether a run without English has a neighbour without English: the passage was not translated, and says nothing."""
    pair = context.pairs[run.pair]
    if pair.translation:
        return False
    own = [i for i, link in enumerate(context.aligned.links) if link.original]
    at = own.index(pair.link) if pair.link in own else -1
    beside = [context.aligned.links[own[i]] for i in (at - 1, at + 1) if at >= 0 and 0 <= i < len(own)]
    return any(not link.translation for link in beside)


def _first_word(context: Context, run: _Run) -> Iterator[Hypothesis]:
    """A lone word in capitals that answers nothing and opens a short line in which the others are answered."""
    pair = context.pairs[run.pair]
    linked = {link.original for link in pair.words if link.score >= _ANSWERED}
    if run.first != 0 or not run.line or 0 in linked or len(run.tokens) < 2 or not _is_ordinary(run.tokens[0]):
        return
    lone = replace(run, tokens=run.tokens[:1])
    others = [i for i, t in enumerate(pair.original) if i and t.text.isupper() and len(t.text) > 1]
    if not 0 < len(others) < _MOST or not all(i in linked for i in others):
        return
    english = unanswered_capitals(context, lone.pair, lone.first)
    first = pair.translation[0].start if pair.translation else -1
    if len(english) == 1 and wordlist.english_zipf(english[0].text.lower()) >= _ORDINARY_ENGLISH:
        return  # in a line of capitals a usual word is no name: the translator chose another one
    if english and english[0].start == first and not _is_answered(context, lone, _content(context, lone.tokens)):
        yield _hypothesis(context, lone, english, body=False)


def _runs(context: Context) -> Iterator[_Run]:
    for number, pair in enumerate(context.pairs):
        current: list[int] = []
        for i, token in enumerate([*pair.original, None]):
            if (
                token is not None
                and token.kind == "word"
                and token.text.isupper()
                and _joins(context, pair.original, current, i)
            ):
                current.append(i)
                continue
            if current:
                yield _run(context, number, current)
            current = [i] if token is not None and token.kind == "word" and token.text.isupper() else []


def _joins(context: Context, tokens: tuple[Token, ...], current: list[int], i: int) -> bool:
    """Whether a word goes on with the run before it: the next token, on the same line."""
    if not current:
        return True
    between = context.text[tokens[current[-1]].stop : tokens[i].start]
    return i == current[-1] + 1 and "\n" not in between and "\r" not in between


def _run(context: Context, pair: int, indices: list[int]) -> _Run:
    tokens = tuple(context.pairs[pair].original[i] for i in indices)
    text = context.text
    line_start = max(text.rfind("\n", 0, tokens[0].start), text.rfind("\r", 0, tokens[0].start)) + 1
    ends = [e for e in (text.find("\n", tokens[-1].stop), text.find("\r", tokens[-1].stop)) if e >= 0]
    rest = text[line_start : tokens[0].start] + text[tokens[-1].stop : min(ends, default=len(text))]
    return _Run(pair, indices[0], tokens, not any(c.islower() for c in rest), not any(c.isalpha() for c in rest))


def _content(context: Context, tokens: tuple[Token, ...]) -> tuple[Answer, ...]:
    """The words that mean something; in capitals only names are taken for names."""
    found = (a for a in answer(tokens, context.language) if a.content and len(a.token.text) > 2)
    return tuple(replace(a, name=not _is_ordinary(a.token)) for a in found)


def _is_answered(context: Context, run: _Run, content: tuple[Answer, ...]) -> bool:
    """Whether a word of the run answers English nearby, or the catalogue's title."""
    near = [c for c in (*_nearby(context, run), *_title(context)) if c.content]
    return any(affinity(a, c) >= _ANSWERED for a in content for c in near)


def _nearby(context: Context, run: _Run) -> list[Called]:
    """What the English calls for: that of the links around; for a line of its own that of its link and of lines alone."""
    link = context.pairs[run.pair].link
    found = list(context.calls[run.pair])
    for number, other in enumerate(context.pairs):
        alone = not other.original or other.link == link
        if number != run.pair and abs(other.link - link) <= _NEAR and (alone or not run.line):
            found += context.calls[number]
    return found


def _title(context: Context) -> tuple[Called, ...]:
    catalogue = context.document.role("catalogue")
    if catalogue is None:
        return ()
    fields = context.document.source.catalogue.fields
    places = [f.place for f in fields if f.name == "title"]
    tokens = [t for s in catalogue.segments for t in s.tokens if any(p.start <= t.start < p.stop for p in places)]
    return tuple(c for c in call(tuple(tokens), context.knowledge.lexicon) if c.content)


def _is_body(content: tuple[Answer, ...]) -> bool:
    """Whether the run names an institution: its first noun is one, in the nominative; an addressee is none."""
    for answered in content:
        parses = morphology.parses(fold(answered.token.text))
        if any(p.pos == "NOUN" and p.lemma in _kinds_of_bodies() and p.case == "nomn" for p in parses):
            return True
        if parses and parses[0].pos == "NOUN":
            return False
    return False


def _is_known(tokens: tuple[Token, ...]) -> bool:
    """Whether the run is a name or a body of the dictionaries, whatever its case forms."""
    words = [fold(t.text) for t in tokens]
    if all(authority.is_name_form(w) or authority.is_abbreviation(w) for w in words):
        return True
    return tuple(morphology.lemmas(w)[:1] for w in words) in _listed()


@lru_cache(maxsize=1)
def _kinds_of_bodies() -> frozenset[str]:
    return frozenset(noun for (noun,) in dictionaries.rows("bodies.tsv", columns=1))


@lru_cache(maxsize=1)
def _listed() -> frozenset[tuple[tuple[str, ...], ...]]:
    rows = dictionaries.rows("organisations.tsv", columns=4)
    return frozenset(tuple(morphology.lemmas(w)[:1] for w in fold(row[0]).split()) for row in rows)


def _is_ordinary(token: Token) -> bool:
    """Whether a word is one of the dictionary and no name."""
    folded = fold(token.text)
    return len(folded) > 3 and morphology.is_known(folded) and not authority.is_name_form(folded)


# The English that the run should have answered.


def _english(context: Context, run: _Run) -> tuple[Token, ...]:
    """English written as a heading or a name that nothing answers, in the same sentence or in a line left alone."""
    pair = context.pairs[run.pair]
    if pair.translation:
        return unanswered_capitals(context, run.pair, run.first)
    for other in context.pairs:
        if not other.original and other.translation and abs(other.link - pair.link) <= 1:
            words = [t for t in other.translation if t.kind == "word"]
            if len(words) <= 2 * _MOST:
                return other.translation
    return ()


def _hypothesis(context: Context, run: _Run, english: tuple[Token, ...], *, body: bool) -> Hypothesis:
    place = Place.cover([t.place for t in run.tokens])
    reading = retroversion(context, english).strip() if english else ""
    upper = run.line or all(t.text.isupper() for t in english if t.kind == "word")
    text = (reading.upper() if upper else reading) or UNKNOWN
    strength = (
        _LEAST
        + (_BODY if body else 0.0)
        + (_WITH_ENGLISH if english else _WITHOUT)
        + (_READ if reading and UNKNOWN not in reading else 0.0)
    )
    strength += _ONE_TOKEN if len(run.tokens) == 1 else _MORE_TOKENS
    words = " ".join(t.text for t in english if t.kind == "word")
    places = tuple(t.place for t in english) or (place,)
    features = [
        Feature(
            "strength",
            strength,
            places,
            "glossary",
            "invented" if words else "nothing-answers",
            (("english", words),) if words else (("word", place.of(context.text)),),
        )
    ]
    if body:
        features.append(
            Feature("body", 1.0, (place,), "", "body-unknown", (("word", " ".join(place.of(context.text).split())),))
        )
    return Hypothesis(CODE, (place,), (Edit(place, text),), tuple(features), "original", "retroversion")


RULE = Rule(
    code=CODE,
    family="LAC",
    name="interpolation",
    propose=propose,
    needs_translation=True,
    needs=("morphology", "frequencies", "names", "glossary"),
    harm="loss",
    prior=0.6,
    passage=True,
    since="2026.11",
    says=("body-unknown", "invented", "nothing-answers"),
)
