"""Names misspelt in the translation: Rosenskein against Розенштейн and against Rosenstein elsewhere.

The Russian name opposite sounds almost, but not quite, like the English; another spelling, a letter or two away, sounds
just like it. That alone would accuse every odd surname, so the other spelling must also occur somewhere: in the rest of
the translation or the catalogue, in the authority files, in the list of English words, or, for a Slavic name, in the
letters of the Russian. Blind to misspellings that sound the same (Allan, Alan).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import regex
from rapidfuzz import process
from rapidfuzz.distance import OSA

from collation.evidence.context import Context
from collation.evidence.names.case_forms import stem_of_adjective
from collation.evidence.names.mentions import NameMention
from collation.evidence.names.unanswered_names import NameView
from collation.knowledge.letters import fold, like, script
from collation.knowledge.names import authority
from collation.knowledge.names.romanisation import is_slavic, romanise
from collation.knowledge.names.sound import same_sound
from collation.knowledge.names.sound_of_forms import sound_of_form
from collation.knowledge.names.syllables import plain_latin, without_possessive
from collation.knowledge.words import morphology, wordlist
from collation.model import Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.rules.names.candidate_names import is_known_name

CODE = "NAM403"
Source = Literal["translation", "files", "list", "letters"]
# Likeness by sound, 0 to 1
_EXPLAINED = 0.985  # the Russian word is the name: nothing is doubted
_LEAST_ALIKE = 0.55  # a Russian word may be the one that the name renders
_SOUNDS = 0.94  # what another spelling must reach,
_GAIN = 0.02  # and how much more than the spelling in the text it must be alike
_NEARLY = 0.85  # as good as answered
_UNLIKE = 0.8  # said of a spelling where only the bearer of the name leads to the Russian word
# Zipf frequencies
_KNOWN = 2.0  # a Russian form of the word list that counts as known
_USUAL = 3.2  # an English word so usual that it is hardly a misspelling
_LISTED = 2.0  # one that is listed, but seldom
# Which spelling is offered first, in log-odds
_FOR_SOUND = 20.0  # full likeness by sound
_FOR_USE = 0.2  # each unit of Zipf frequency
_FOR_EACH_TIME = 0.2  # each time, of three, that the translation has it
# What moves the log-odds of the doubt
_ONCE = 0.3  # a spelling that the translation has once and no list has: it may be the misspelt one
_BETTER_SOUND, _MOST_BETTER = 8.0, 0.25  # each unit of likeness gained, and the most that counts
_FURTHER_LETTER = -0.6  # each letter changed beyond the first
_AGAIN = 0.3  # the translation has the spelling twice, three times
_NAME_KNOWN, _NAME_UNKNOWN = 0.4, -0.6  # whether the Russian name is known
_REPEATED = -1.8  # the doubted spelling occurs more than once
# The doubted spelling is a listed word; more usual, by units; usual
_IS_LISTED, _MORE_LISTED, _IS_USUAL = 0.6, 0.5, 3.0
_HARDLY_BETTER, _WHEN_LISTED = 0.1, 1.5  # a gain of likeness too small to doubt a listed word, and what is taken then
_LIST_USE = 0.3  # a spelling from the word list: each unit of Zipf frequency above that of a listed word
_HAS_BEARER = 0.6  # the doubted spelling is that of a name in the files
_HOPELESS = -2.5  # log-odds up to which nothing is said
_SHARE_BY_RANK = 0.2  # how much less of the doubt each further spelling is given
_DOUBLED, _MUTE = regex.compile(r"(.)\1+"), regex.compile(r"(?<=[kgrt])h|e$")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_SOURCES: dict[Source, float] = {
    "translation": 1.6,
    "files": 0.6,
    "list": 0.2,
    "letters": 0.6,
}  # log-odds, by where it is from
_SAYS: dict[Source, str] = {
    "translation": "spelt-elsewhere", "files": "name-in-files", "list": "name-in-list", "letters": "name-by-letters",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Spelling:
    """Another English spelling of a name: where it occurs, how often there, how it sounds, letters changed."""

    text: str
    source: Source
    count: int
    sound: float
    letters: int


def propose(context: Context) -> Iterator[Hypothesis]:
    """Spellings for English names that the Russian opposite contradicts in a letter or two."""
    if not context.aligned.parallel:
        return
    names = context.once(NameView)
    for pair in names.pairs:
        answers = names.answered(pair)
        taken = {index for index, value in answers.values() if value >= _EXPLAINED}
        for mention in answers:
            if len(mention.tokens) == 1:
                yield from _doubts(context, names, pair, mention, taken)


def _doubts(
    context: Context, names: NameView, pair: int, mention: NameMention, taken: set[int]
) -> Iterator[Hypothesis]:
    token = mention.tokens[0]
    word = without_possessive(token.text)
    if len(word) < 4 or len(token.place.spans) > 1 or script(word) != "latin":
        return
    found = _counterpart(context.pairs[pair].original, word, taken)
    if found is None or not _spellings(names, word, found[0].text, found[1]):
        yield from _by_bearer(context, names, pair, mention, word)
        return
    russian, sound = found
    if sound >= _NEARLY and authority.spelt((plain_latin(word),))[0]:
        return
    spellings = sorted(_spellings(names, word, russian.text, sound), key=_rank)
    if spellings:
        strength = _strength(context, names, word, russian.text, sound, spellings[0])
        for rank, spelling in enumerate(spellings[:3] if strength > _HOPELESS else ()):
            yield _hypothesis(token, word, russian, spelling, strength, rank)


def _by_bearer(context: Context, names: NameView, pair: int, mention: NameMention, word: str) -> Iterator[Hypothesis]:
    """The spelling that the files have for a Russian name left over beside: Mosmow against Москва."""
    low = plain_latin(word)
    if names.answered(pair)[mention][1] >= _NEARLY or wordlist.is_listed_english(low) or authority.spelt((low,))[0]:
        return
    for suspect in names.suspects(pair):
        if not suspect.attested or suspect.best >= _NEARLY:
            continue
        spellings = (s for n in authority.borne_by(suspect.folded) for s in n.english if " " not in s)
        best = min(((OSA.distance(low, plain_latin(s)), s) for s in spellings), default=(9, ""))
        if best[0] <= (1 if len(low) < 6 else 2):
            spelling = Spelling(like(best[1], word), "files", names.english[plain_latin(best[1])], 1.0, best[0])
            strength = _strength(context, names, word, suspect.token.text, _UNLIKE, spelling)
            yield _hypothesis(mention.tokens[0], word, suspect.token, spelling, strength, 0)
            return


def _rank(spelling: Spelling) -> tuple[float, str]:
    """Sound first, then where it occurs, then how usual it is."""
    usual = wordlist.english_zipf(plain_latin(spelling.text))
    return -(
        _FOR_SOUND * spelling.sound + _source(spelling) + _FOR_USE * usual + _FOR_EACH_TIME * min(3, spelling.count)
    ), spelling.text


def _source(spelling: Spelling) -> float:
    """What the source is worth; a spelling that occurs once and is in no list may itself be the misspelt one."""
    once = (
        spelling.source == "translation"
        and spelling.count == 1
        and not wordlist.is_listed_english(plain_latin(spelling.text))
    )
    return _ONCE if once else _SOURCES[spelling.source]


def _counterpart(tokens: tuple[Token, ...], word: str, taken: set[int]) -> tuple[Token, float] | None:
    """The Russian word that an English name must be: the one most like it, if it is alike and not the same."""
    best: tuple[Token, float] | None = None
    for index, token in enumerate(tokens):
        if (
            token.kind != "word"
            or not token.text[0].isupper()
            or len(token.text) < 4
            or script(token.text) != "cyrillic"
        ):
            continue
        value = max(sound_of_form(token.text, word), authority.same_name(token.text, word))
        if word.endswith("s"):  # the Panins, Паниных
            value = max(value, same_sound(token.text, word[:-1]))
        if value >= _EXPLAINED:
            return None
        if index not in taken and value >= _LEAST_ALIKE and (best is None or value > best[1]):
            best = token, value
    return best


def _spellings(names: NameView, word: str, russian: str, sound: float) -> list[Spelling]:
    """Other spellings near in letters that sound like the Russian name, one a text, the best source first."""
    low = plain_latin(word)
    found: dict[str, Spelling] = {}
    for text, source, count in _near(names, low, russian):
        if text in found or text.removesuffix("s") == low.removesuffix("s") or _is_made_of(low, text):
            continue
        if source != "translation" and _is_same_written(low, text):
            continue
        heard = same_sound(russian, text)
        letters = OSA.distance(low, text)
        most = 1 if len(low) < 6 or source == "letters" else 2
        if heard >= _SOUNDS and heard >= sound + _GAIN and letters <= most:
            found[text] = Spelling(like(text, word), source, count, heard, letters)
    return list(found.values())


def _is_same_written(word: str, other: str) -> bool:
    """Whether a listed spelling and another differ by a doubled letter or a mute h only: Ussher, Usher; Sheik, Sheikh."""
    return wordlist.is_listed_english(word) and _MUTE.sub("", _DOUBLED.sub(r"\1", word)) == _MUTE.sub(
        "", _DOUBLED.sub(r"\1", other)
    )


_OF_A_PLACE = regex.compile(r"(?:n|an|ian|ean|ese|ite|er|ist|ic)s?")


def _is_made_of(word: str, name: str) -> bool:
    """Whether a word is the people or adjective of a name: Caledonians, Copernican, Londoner."""
    return any(
        len(stem) > 3 and word.startswith(stem) and _OF_A_PLACE.fullmatch(word[len(stem) :])
        for stem in (name, name.rstrip("aeiouy"), name.removesuffix("us"))
    )


def _near(names: NameView, low: str, russian: str) -> Iterator[tuple[str, Source, int]]:
    others = names.english
    for text, _, _ in process.extract(low, list(others), scorer=OSA.distance, score_cutoff=2, limit=6):
        yield text, "translation", others[text]
    for text, _, _ in process.extract(low, authority.latin_heads(), scorer=OSA.distance, score_cutoff=1, limit=8):
        yield text, "files", 0
    if is_slavic(low) and _is_listed(russian):
        for form in _stems(russian):
            yield romanise(form), "letters", 0
    for text in _edits(low):
        if wordlist.is_listed_english(text):
            yield text, "list", 0


def _is_listed(russian: str) -> bool:
    folded = fold(russian)
    return morphology.is_known(folded) or authority.is_name_form(folded) or wordlist.zipf(folded) >= _KNOWN


def _stems(russian: str) -> tuple[str, ...]:
    """The nominatives that a Russian name may have, without an adjective's last syllable."""
    folded = fold(russian)
    if stem_of_adjective(folded):
        return ()
    return tuple(dict.fromkeys(folded.removesuffix(e) for e in ("", "а", "у", "ым", "ом", "е") if folded.endswith(e)))


@lru_cache(maxsize=500)
def _edits(word: str) -> tuple[str, ...]:
    made = {word[:i] + word[i + 1 :] for i in range(len(word))}
    made |= {word[:i] + c + word[i + 1 :] for i in range(len(word)) for c in _LETTERS}
    made |= {word[:i] + c + word[i:] for i in range(len(word) + 1) for c in _LETTERS}
    made |= {word[:i] + word[i + 1] + word[i] + word[i + 2 :] for i in range(len(word) - 1)}
    return tuple(sorted(made - {word}))


def _strength(context: Context, names: NameView, word: str, russian: str, sound: float, spelling: Spelling) -> float:
    """The log-odds that another spelling adds to the rule's prior."""
    strength = _source(spelling) + _BETTER_SOUND * min(_MOST_BETTER, spelling.sound - sound)
    strength += _FURTHER_LETTER * (spelling.letters - 1)
    strength += _AGAIN * min(2, spelling.count - 1) if spelling.count else 0.0
    strength += _NAME_KNOWN if is_known_name(context, russian) else _NAME_UNKNOWN
    strength += _REPEATED if names.english[plain_latin(word)] > 1 else 0.0
    listed = wordlist.english_zipf(plain_latin(word))
    other = wordlist.english_zipf(plain_latin(spelling.text))
    if listed:
        strength -= (
            _IS_LISTED + _MORE_LISTED * max(0.0, listed - other + 1.0) + (_IS_USUAL if listed >= _USUAL else 0.0)
        )
        strength -= _WHEN_LISTED if spelling.sound - sound < _HARDLY_BETTER and listed >= _LISTED else 0.0
    elif spelling.source == "list":
        strength += _LIST_USE * (other - _LISTED)
    if authority.spelt((plain_latin(word),))[0]:
        strength -= _HAS_BEARER
    return strength


def _hypothesis(token: Token, word: str, russian: Token, spelling: Spelling, strength: float, rank: int) -> Hypothesis:
    place = Place.at(token.start, token.start + len(word))
    values = (("word", word), ("reading", spelling.text), ("russian", russian.text), ("count", str(spelling.count)))
    features = (
        Feature("strength", strength),
        Feature("name", 1.0),
        Feature("reading_share", max(0.5, 1.0 - _SHARE_BY_RANK * rank)),
        Feature("sound", spelling.sound, (russian.place,), "sounds.tsv", "english-misspelt", values[:3]),
        Feature("spelt", 1.0, (), "", _SAYS[spelling.source], values[1:2] + values[3:]),
    )
    return Hypothesis(
        CODE, (place, russian.place), (Edit(place, spelling.text),), features, "translation", "conjecture"
    )


RULE = Rule(
    code=CODE,
    family="NAM",
    name="transliteration error in the translation",
    propose=propose,
    sides=("translation",),
    needs_translation=True,
    needs=("morphology", "frequencies", "names"),
    harm="name",
    prior=0.6,
    about_word=True,
    since="2026.11",
    says=("english-misspelt", *_SAYS.values(), "name-stands-again", "names-differ", "side-open"),
)
