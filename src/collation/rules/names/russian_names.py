"""Russian names that the English name opposite contradicts letter by letter: ШТЯКОВУ against SHTYKOV.

A name is what no dictionary mends: the scanner's letters come between the word and its bearer, and the translator,
who saw the page, wrote the name. Where an English name is answered by no Russian word, or by a misspelt one, the Russian
words left over beside it are laid against the spellings that would answer it (``rivals``). A name that sounds like its
English is explained and never doubted, however rare. A name read as an ordinary word gives itself away by its capital inside
the sentence (Перекос against Perekop), and one that no list has by what it becomes when one letter is mended. Blind to a name
wrong on both sides, to names that the translation replaces by a pronoun, and to names that custom writes otherwise than they
sound where the custom is not listed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from collation.evidence.context import Context, is_attested
from collation.evidence.names.case_forms import closeness, stem_of_adjective
from collation.evidence.names.mentions import NameMention, naming_score
from collation.evidence.names.unanswered_names import NameView, Suspect
from collation.knowledge.letters import case_of, fold, script
from collation.knowledge.names.romanisation import is_slavic
from collation.knowledge.names.sound import EQUAL, NEAR, same_sound
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confusions import EDIT
from collation.knowledge.words.search import similar
from collation.model import Edit, Feature, Hypothesis, Place, SentencePair, Token
from collation.model.rule import Rule
from collation.rules.names.candidate_names import Rival, is_known_name, rivals, times_named

CODE = "NAM401"
# Likeness by sound, 0 to 1
_EXPLAINED = 0.97  # the word is the name: nothing is doubted
_HEARD = 0.55  # the word sounds somewhat like the mention
_LOUDER = 0.03  # how much more than the word in the text a reading must sound like the mention
_CLEARER = 0.08  # the same, where the word in the text is an ordinary one
_USUAL_ENGLISH = 4.0  # Zipf frequency of an English name that is an ordinary word too
_NO_WORSE = 0.02  # another mention must answer the word this much better to be the one that it belongs to
# Closeness of letters, 0 to 1
_LEAST_CLOSE, _UNHEARD_CLOSE = 0.48, 0.62  # of a reading; of one where the word does not sound like the mention
_SMALL_CLOSE = 0.75  # of a name to a word written small
_LEAST_STEM = 0.45  # of two adjectives without their common ending
# Of a reading to a word of the dictionary; how well it must face the mention, and where nothing else is left over
_ATTESTED_CLOSE, _ATTESTED_BESIDE, _ATTESTED_ALONE = 0.55, 0.6, 0.4
# How well two words face each other, 0 to 1
# At the same depth of the sentences; less for each whole sentence that they are apart
_BY_DEPTH, _EACH_DEPTH = 0.6, 2.0
_EACH_STEP = 0.2  # less for each word between them and the nearest linked neighbour
_APART, _FAR = 0.35, 0.4  # share of a sentence from which they are far apart, and the most that is then said
# What moves the log-odds of the doubt
_FOR_CLOSE, _EVEN_CLOSE = 5.0, 0.6  # closeness, and where it speaks neither for nor against
_FOR_BESIDE, _EVEN_BESIDE = 1.2, 0.5  # facing each other, the same
_FOR_SOUND = 20.0  # likeness by sound that the reading lacks
_ATTESTED, _NO_WORD = -1.0, 0.8  # whether the dictionaries have the word
_ALONE = 0.5  # nothing else is left over on either side
_IN_DOCUMENT = 0.4  # the document has the reading, and another source too
_SAME_INITIAL = 0.3  # word and reading begin alike
_UNLIKE_KNOWN = -2.0  # the document repeats the word, and it does not sound like the mention
_CUSTOM = 2.5  # it sounds like the mention, no Slavic name: a rendering that custom may have otherwise
_OTHER_CASE = 1.5  # taken of a reading in no case that the word may have
_REPEATED = 1.0  # both the word and the reading are the document's own
_FREE, _EVEN_FREE = 4.0, 0.5  # a free translation, below the share of its sentence that is explained
_MOST = 4  # readings
_SHARE_BY_RANK, _SHARE_BY_ODDS = 0.15, 0.2  # how much less each further reading is given, and for each unit of log-odds
# A usual word nearer than the name
_DISTANT, _USUAL, _NEARER = 2.0, 2.5, 1.0  # edits to the name from which it is asked; its Zipf frequency; edits nearer
_PET = regex.compile(r"(?:[уюыаия]шк|[иеоя]ньк|[оеи]чк|[иы]к|[уюаеяи]ш|[уюа]л)(?:а|и|у|е|о|ой|ою|ей|ею|ам|ами|ах|ов)?$")
_OLD = regex.compile(r"ь(?=[яеюи])|[еэ](?=[яю])")
_DOUBLED = regex.compile(r"(.)\1")
_OLD_CASE = regex.compile(r"(?<=[ое])ю$")
_PATRONYMIC = regex.compile(r"(?:ев|ов|ьев|е|и|ь)+ич(?=[аеу]?$|ем$)|ыч(?=[аеу]?$|ем$)")
_SOURCES = {
    "files": 0.6,
    "document": 0.7,
    "dictionary": 0.5,
    "letters": -0.3,
    "sound": -0.1,
}  # log-odds, by where the reading is from
_SAYS = {
    "files": "name-known",
    "document": "name-elsewhere",
    "dictionary": "name-listed",
    "letters": "name-romanised",
    "sound": "name-romanised",
}


@dataclass(frozen=True, slots=True)
class OpposedNames:
    """A run of Russian words set against a mention.

    ``beside`` says how surely they are at the same place, ``attested`` that the word is in the dictionaries, ``ordinary`` as a word
    and no name, ``known`` that it is there as a name, or that the document repeats it; ``alone`` that nothing else is left over; ``sound`` how it sounds;
    ``literal`` how much of the sentence the translation explains.
    """

    start: int
    stop: int
    mention: NameMention
    beside: float
    attested: bool
    ordinary: bool
    known: bool
    alone: bool
    sound: float
    literal: float


def propose(context: Context) -> Iterator[Hypothesis]:
    """Readings for Russian names beside an English name that they do not answer."""
    if not context.aligned.parallel:
        return
    names = context.once(NameView)
    best: dict[tuple[Edit, ...], Hypothesis] = {}
    for pair in names.pairs:
        for opposed in _opposed(names, pair):
            for hypothesis in _readings(context, pair, opposed):
                kept = best.get(hypothesis.edits)
                if kept is None or hypothesis.features[0].value > kept.features[0].value:
                    best[hypothesis.edits] = hypothesis
    found = list(best.values())
    yield from found
    yield from _again(context, found)


def _opposed(names: NameView, pair: int) -> Iterator[OpposedNames]:
    """Every unexplained run of Russian words with every mention that waits for an answer."""
    own = names.context.pairs[pair]
    left = [s for s in (*names.suspects(pair), *names.turned(pair)) if s.best < _EXPLAINED]
    answered = names.answered(pair)
    waiting = [(m, i, v) for m, (i, v) in answered.items() if v < _EXPLAINED and not _has_answered_part(m, answered)]
    alone = len(left) == 1 and len(waiting) == 1
    for mention, index, value in waiting:
        for suspect in left:
            ordinary = suspect.attested and not suspect.kinds
            if value >= EQUAL and (index != suspect.index or (suspect.attested and not ordinary)):
                continue  # another word answers the mention
            sound = _sound(suspect.token.text, mention)
            other = _is_other_name(names.context, suspect, mention, sound)
            if _is_right(suspect, mention, sound, ordinary=ordinary, other=other):
                continue
            named = not ordinary and not other and is_known_name(names.context, suspect.token.text)
            known = named or (sound >= EQUAL and not ordinary)
            for start, stop in _runs(own.original, suspect, mention):
                place = beside(own, start, stop, mention)
                yield OpposedNames(
                    start, stop, mention, place, suspect.attested, ordinary, known, alone, sound, own.literal
                )


def _is_right(suspect: Suspect, mention: NameMention, sound: float, *, ordinary: bool, other: bool) -> bool:
    """Whether a word may well be right beside a mention, or is none that this rule mends; ``ordinary`` that it is a word and no
    name, ``other`` that it may be misread for a name of which it is another."""
    if not _is_plain(suspect.token.text):
        return True
    if suspect.best >= EQUAL and naming_score(suspect.token.text, mention) < suspect.best - _NO_WORSE:
        return True  # it is the name of another mention
    if ordinary:  # March, Nice: the word may be what the English says
        return any(wordlist.english_zipf(t.text.lower()) >= _USUAL_ENGLISH for t in mention.tokens)
    # a known name beside a like one: the English is asked first
    return suspect.attested and not other and (sound >= NEAR or suspect.best >= NEAR)


def _is_other_name(context: Context, suspect: Suspect, mention: NameMention, sound: float) -> bool:
    """Whether a known Russian name stands once where the English has one that no file knows, and does not sound like it."""
    known = suspect.attested and bool(suspect.kinds)
    return known and not mention.names and NEAR <= sound < EQUAL and times_named(context, suspect.folded) == 1


def _has_answered_part(mention: NameMention, answered: dict[NameMention, tuple[int, float]]) -> bool:
    """Whether a mention of several words only joins others that have their answer."""
    return any(
        value >= EQUAL and other is not mention and mention.start <= other.start and other.stop <= mention.stop
        for other, (_, value) in answered.items()
    )


def _is_plain(word: str) -> bool:
    """Whether a word has letters only and its capitals where words have them: others are Latin words misread."""
    return word.replace("-", "").isalpha() and case_of(word) != "mixed"


def _sound(russian: str, mention: NameMention) -> float:
    return max(same_sound(russian, mention.joined), *(same_sound(russian, t.text) for t in mention.tokens))


def _runs(tokens: tuple[Token, ...], suspect: Suspect, mention: NameMention) -> Iterator[tuple[int, int]]:
    """The word itself and, where the mention has names of several words, the capitalised runs around it."""
    index = suspect.index
    yield index, index + 1
    if suspect.attested:
        return
    counts = {len(s.split()) for n in mention.names for s in n.attested}
    for count in sorted(counts & {2, 3}):
        for start in range(max(0, index - count + 1), index + 1):
            run = tokens[start : start + count]
            if len(run) == count and all(
                t.kind == "word" and t.text[0].isupper() and script(t.text) == "cyrillic" for t in run
            ):
                yield start, start + count


def beside(pair: SentencePair, start: int, stop: int, mention: NameMention) -> float:
    """How surely a Russian run and a mention are at the same place: 1 between the same neighbours, 0 far apart."""
    forward = {link.original: link.translation for link in pair.words}
    n, m = max(1, len(pair.original)), max(1, len(pair.translation))
    apart = abs((start + stop) / 2 / n - (mention.start + mention.stop) / 2 / m)
    best = max(0.0, _BY_DEPTH - _EACH_DEPTH * apart)
    for step in (1, 2, 3):
        before, after = forward.get(start - step), forward.get(stop - 1 + step)
        if before is not None and 0 < mention.start - before + 1 <= 4 - step + 1:
            best = max(best, 1.0 - _EACH_STEP * (step - 1))
        if after is not None and 0 < after - mention.stop + 2 <= 4 - step + 1:
            best = max(best, 1.0 - _EACH_STEP * (step - 1))
    return best if apart < _APART else min(best, _FAR)


def _readings(context: Context, pair: int, opposed: OpposedNames) -> Iterator[Hypothesis]:
    tokens = context.pairs[pair].original
    run = tokens[opposed.start : opposed.stop]
    observed = " ".join(t.text for t in run)
    best: list[tuple[float, Rival]] = []
    for rival in rivals(context, tokens, opposed.start, opposed.stop, opposed.mention, known=opposed.known):
        value = _strength(opposed, rival, observed)
        if value is not None:
            best.append((value, rival))
    best.sort(key=lambda b: (-b[0], b[1].cost, b[1].text))
    for rank, (value, rival) in enumerate(best[:_MOST]):
        yield _hypothesis(run, opposed.mention, rival, best[0][0], rank, value)


def _strength(opposed: OpposedNames, rival: Rival, observed: str) -> float | None:
    """The log-odds that a rival adds to the rule's prior; None when too little speaks for it."""
    close = closeness(observed, rival.text)
    if (
        close < (_LEAST_CLOSE if opposed.sound >= _HEARD else _UNHEARD_CLOSE)
        or rival.sound < opposed.sound + (_CLEARER if opposed.ordinary else _LOUDER)
        or ((opposed.ordinary or not opposed.attested) and _has_nearer_word(observed, rival))
    ):
        return None
    if opposed.attested and (
        close < _ATTESTED_CLOSE or opposed.beside < (_ATTESTED_ALONE if opposed.alone else _ATTESTED_BESIDE)
    ):
        return None
    if _is_far(observed, rival.text, close) or _is_other_form(observed, rival.text):
        return None
    strength = _FOR_CLOSE * (close - _EVEN_CLOSE) + _SOURCES[rival.source]
    strength += _FOR_BESIDE * (opposed.beside - _EVEN_BESIDE)
    strength += _ATTESTED if opposed.attested else _NO_WORD
    strength += _ALONE if opposed.alone else 0.0
    strength -= _FOR_SOUND * (1.0 - rival.sound)
    strength += _IN_DOCUMENT if rival.count and rival.source != "document" else 0.0
    strength += _SAME_INITIAL if fold(rival.text)[:1] == fold(observed)[:1] else 0.0
    strength += _UNLIKE_KNOWN if opposed.known and not opposed.attested and opposed.sound < _HEARD else 0.0
    return (
        strength
        - (_CUSTOM if opposed.sound >= EQUAL and not is_slavic(opposed.mention.tokens[-1].text) else 0.0)
        - (_OTHER_CASE if _in_other_cases(observed, rival.text) else 0.0)
        - (_REPEATED if opposed.known and rival.source == "document" else 0.0)
        - _FREE * max(0.0, _EVEN_FREE - opposed.literal)
    )


def _in_other_cases(observed: str, reading: str) -> bool:
    """Whether the dictionary has both words, in no case in common."""
    if not morphology.is_known(observed) or not morphology.is_known(reading):
        return False
    ours, theirs = ({p.case for p in morphology.parses(word)} for word in (observed, reading))
    return ours.isdisjoint(theirs)


def _is_far(observed: str, reading: str, close: float) -> bool:
    """Whether letters in common prove little: a word written small is hardly a name, an ending shared is no stem."""
    left, right = stem_of_adjective(observed), stem_of_adjective(reading)
    if left and right:
        return closeness(left, right) < _LEAST_STEM
    return observed.islower() and not reading.islower() and close < _SMALL_CLOSE


def _is_other_form(observed: str, reading: str) -> bool:
    """Whether the word is a pet name (Николушка), an older spelling (Василья) or one with a letter doubled or not (Филип)."""
    ours, theirs = fold(observed), fold(reading)
    if _PET.search(ours) and not _PET.search(theirs):
        return True
    return _modern(ours) == _modern(theirs) or _DOUBLED.sub(r"\1", ours) == _DOUBLED.sub(r"\1", theirs)


def _modern(name: str) -> str:
    """A name without the marks of older writing: Василья, Австриею, Тимофеич."""
    return _PATRONYMIC.sub("ич", _OLD.sub("и", _OLD_CASE.sub("й", name)))


def _has_nearer_word(observed: str, rival: Rival) -> bool:
    """Whether a usual word is much nearer than the name: a garbled word is first of all that word."""
    if rival.cost < _DISTANT or " " in observed:
        return False
    nearest = [c / EDIT for form, c in similar(observed, EDIT) if wordlist.zipf(form) >= _USUAL]
    return bool(nearest) and min(nearest) + _NEARER < rival.cost


def _hypothesis(
    run: tuple[Token, ...], mention: NameMention, rival: Rival, best: float, rank: int, value: float
) -> Hypothesis:
    place = run[0].place if len(run) == 1 else Place.cover([t.place for t in run])
    english = Place.cover([t.place for t in mention.tokens])
    word = " ".join(t.text for t in run)
    values = (("english", mention.text), ("reading", rival.text), ("word", word), ("count", str(rival.count)))
    features = (
        Feature("strength", best),
        Feature("name", 1.0),
        Feature("reading_share", max(0.5, 1.0 - _SHARE_BY_RANK * rank - max(0.0, best - value) * _SHARE_BY_ODDS)),
        Feature("opposite", 1.0, (english,), "", "name-opposite", values[:1] + values[2:3]),
        Feature("known", 1.0, (), "dictionaries" if rival.source == "files" else "", _SAYS[rival.source], values),
    )
    basis = "attested" if rival.source == "document" else "retroversion"
    return Hypothesis(CODE, (place,), (Edit(place, rival.text),), features, "original", basis)  # type: ignore[arg-type]


def _again(context: Context, found: list[Hypothesis]) -> Iterator[Hypothesis]:
    """The same misspelling where nothing is opposite, as in a list of recipients."""
    doubted = {h.places[0].start for h in found}
    seen: dict[str, Hypothesis] = {}
    for hypothesis in found:
        seen.setdefault(hypothesis.places[0].of(context.text), hypothesis)
    for word in context.words:
        first = seen.get(word.text)
        if first is None or word.token.start in doubted or is_attested(word.text):
            continue
        features = tuple(f for f in first.features if f.name != "opposite")
        yield Hypothesis(
            CODE, (word.place,), (Edit(word.place, first.edits[0].text),), features, "original", first.basis
        )


RULE = Rule(
    code=CODE,
    family="NAM",
    name="misread name",
    propose=propose,
    needs_translation=True,
    needs=("morphology", "frequencies", "search", "confusions", "names"),
    harm="name",
    prior=0.4,
    about_word=True,
    since="2026.11",
    says=("name-opposite", *_SAYS.values()),
)
