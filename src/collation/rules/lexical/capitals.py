"""Letters of the wrong size: "ЯК" in "Ким ЯК Сан", "АЙовы", "3 Сентября", "сталин".

Capitals are the habit of writers and periods, so a stray one is a question, unless it is inside a name or a word. Blind to
words that the document has nowhere else small, and to institutions and titles, which are capitalised as people like.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from collation.evidence.context import Context, Word, is_attested
from collation.evidence.names.mentions import naming_score
from collation.evidence.names.unanswered_names import NameView
from collation.knowledge.letters import case_of, fold, script
from collation.knowledge.names import authority
from collation.knowledge.names.name_kinds import name_kinds
from collation.knowledge.names.syllables import heard, is_syllable
from collation.knowledge.values.numerals import MONTHS_IN_DATES
from collation.knowledge.words import morphology
from collation.model import Feature, Hypothesis, Token
from collation.model.rule import Rule
from collation.rules.base import with_reading

CODE = "LEX105"
_OF_TIME = frozenset(("в", "с", "до", "к", "по", "от", "за", "числа"))
_ANSWERED = 0.97  # likeness by sound of a name written small to the mention opposite
# What moves the log-odds of the doubt
_IN_NAME = 0.9  # "Ким ЯК Сан"
_IN_WORD = 1.0  # "АЙовы"
_LOST = 0.4  # "сталин" against Stalin
_MONTH, _STRAY = -1.3, -2.3  # "3 Сентября"; any other word


def capitals(context: Context) -> Iterator[Hypothesis]:
    """Words in another letter case where theirs is out of place."""
    inside = _inside_sentences(context)
    for word in context.words:
        if word.token.kind != "word" or script(word.text) != "cyrillic":
            continue
        found = _of_name(context, word) or _of_word(word) or _lost(context, word) or _in_sentence(context, word, inside)
        if found is not None:
            yield _hypothesis(word, *found)


def _hypothesis(word: Word, reading: str, strength: float, says: str) -> Hypothesis:
    features = (
        Feature("strength", strength),
        Feature("name", 1.0 if says in {"capital-in-name", "capital-lost"} else 0.0),
        Feature("capital", 1.0, (word.place,), "", says, (("word", word.text), ("reading", reading))),
    )
    return with_reading(CODE, (word.token,), reading, features)


def _of_name(context: Context, word: Word) -> tuple[str, float, str] | None:
    """A short word all in capitals between the title-case words of a name: "Ким ЯК Сан"."""
    if not 2 <= len(word.text) <= 4 or not word.text.isupper() or authority.is_abbreviation(word.folded):
        return None
    tokens = context.pairs[word.pair].original
    beside = [tokens[i] for i in (word.index - 1, word.index + 1) if 0 <= i < len(tokens)]
    titled = [t for t in beside if t.kind == "word" and case_of(t.text) == "title" and script(t.text) == "cyrillic"]
    if len(titled) < 2 or not all(_may_be_name_part(t.text) for t in titled) or not _may_be_name_part(word.text):
        return None
    return word.text.capitalize(), _IN_NAME, "capital-in-name"


def _may_be_name_part(text: str) -> bool:
    folded = fold(text)
    return is_syllable(heard(folded)) or authority.is_name_form(folded) or bool(name_kinds(text.capitalize()))


def _of_word(word: Word) -> tuple[str, float, str] | None:
    """Two capitals at the head of a word written small: "АЙовы"."""
    text = word.text
    if len(text) < 4 or not text.isalpha() or not text[:2].isupper() or not text[2:].islower() or not is_attested(text):
        return None
    return text.capitalize(), _IN_WORD, "capital-in-word"


def _lost(context: Context, word: Word) -> tuple[str, float, str] | None:
    """A name written small where the translation has it: "сталин" against Stalin."""
    if len(word.text) < 4 or not word.text.islower() or not context.aligned.parallel:
        return None
    title = word.text.capitalize()
    if not name_kinds(title) or "-" in word.text or not _is_noun(word.folded):
        return None
    mentions = context.once(NameView).mentions(word.pair) if context.pairs[word.pair].translation else ()
    if not any(naming_score(title, m) >= _ANSWERED and m.names for m in mentions if len(m.tokens) == 1):
        return None
    return title, _LOST, "capital-lost"


def _is_noun(folded: str) -> bool:
    """Whether a name's form is no adjective, which Russian writes small."""
    if morphology.is_known(folded):
        return all(p.pos == "NOUN" for p in morphology.parses(folded))
    return any(not part.adjective for part in authority.bearers(folded))


def _in_sentence(context: Context, word: Word, inside: Counter[str]) -> tuple[str, float, str] | None:
    """A capital in mid-sentence for a word that the document writes small elsewhere: "3 Сентября"."""
    if case_of(word.text) != "title" or len(word.text) < 3 or not _is_inside(context, word):
        return None
    if name_kinds(word.text) or not morphology.is_known(word.folded) or inside[word.text] > 1:
        return None
    if word.folded in MONTHS_IN_DATES and not _is_dated(context, word):
        return None
    if word.folded not in MONTHS_IN_DATES and context.written[word.folded] < 2:
        return None
    return word.text[:1].lower() + word.text[1:], _MONTH if word.folded in MONTHS_IN_DATES else _STRAY, "capital-stray"


def _is_dated(context: Context, word: Word) -> bool:
    """Whether a month stands in a date, behind a day or a preposition of time; elsewhere Октябрь may be the revolution."""
    before, _ = context.neighbours(word, 1, 0)
    return bool(before) and (before[0].kind == "number" or fold(before[0].text) in _OF_TIME)


def _is_inside(context: Context, word: Word) -> bool:
    tokens = context.pairs[word.pair].original
    before = tokens[word.index - 1] if word.index else None
    if before is None or _is_titled(tokens, word.index):
        return False
    return before.kind == "number" or (before.kind == "word" and before.text[0].islower())


def _is_titled(tokens: tuple[Token, ...], index: int) -> bool:
    """Whether a neighbour is capitalised too: titles and institutions are."""
    beside = [tokens[i] for i in (index - 1, index + 1) if 0 <= i < len(tokens)]
    return any(t.kind == "word" and t.text[0].isupper() for t in beside)


def _inside_sentences(context: Context) -> Counter[str]:
    """How often each capitalised word occurs in mid-sentence."""
    return Counter(
        w.text for w in context.words if w.token.kind == "word" and w.text[0].isupper() and _is_inside(context, w)
    )


RULE = Rule(
    code=CODE,
    family="LEX",
    name="capitalisation error",
    propose=capitals,
    needs=("morphology", "frequencies", "names"),
    harm="spelling",
    prior=0.6,
    about_word=True,
    since="2026.11",
    says=("capital-in-name", "capital-in-word", "capital-lost", "capital-stray"),
)
