"""Words run together and words torn apart: "атаковалафранцузов", "по лучен".

A scanner loses or invents a blank. A run-together word is split where both halves are words of some frequency;
neighbours are joined when neither means much alone and the whole is a word. Blanks lost beside a sign are in ``glued``.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.evidence.context import Context, is_attested
from collation.evidence.government import cases_of, governed_cases
from collation.evidence.vouching import is_address
from collation.knowledge.letters import fold, like
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confused_words import ONE_LETTER
from collation.knowledge.words.confusions import EDIT
from collation.knowledge.words.derivation import is_listed
from collation.knowledge.words.search import similar
from collation.model import Feature, Hypothesis, Token
from collation.model.hypothesis import BY_PRIOR
from collation.model.rule import Rule
from collation.rules.base import with_reading
from collation.rules.lexical.unspaced import unspaced_tokens

_LONE_FIRST = frozenset((*ONE_LETTER, "не", "ни", "на", "по", "за", "от", "до", "из", "об", "во", "со", "ко", "но"))
_LONGEST = 60  # no words run together are longer; splitting is quadratic
# Zipf frequencies
_SHORT_WORD, _WORD = 5.0, 2.0  # a half of three letters or fewer; a longer one
_LEAST_HALF, _SHORT_HALF = 1.5, 1.0  # the rarer half of what is parted; taken where a half is short
_LEAST_BROKEN = 0.5  # of a word torn so that a half of three letters and more is no word
_LEAST_WHOLE, _RARER = 1.5, 1.0  # the word that two halves make; how much rarer than both it may be
_WEAK = 2.5  # a half that is hardly a word of its own
# What the reasons are worth to the judge
# A speck beside a function word; beside others; taken where no half is short
_FUNCTION, _CONTENT, _LONG_HALVES = 4.0, 1.0, 0.5
_FOR_USE = 0.2  # each unit of Zipf frequency of the word that two halves make
_HYPHEN = 1.5  # a blank before the hyphen of a compound
# Log-odds beside the prior: a half that is no word and a whole that is one; the same, of a whole with a letter misread
_NO_HALF, _MISREAD_WHOLE = 0.6, -1.6
_PRONOUNS = frozenset(
    "я ты он она оно мы вы они мне тебе ему ей нам вам им меня тебя нас вас нами вами кто это".split()
)
_PARTICLES = frozenset("то ка де таки либо нибудь с тка".split())
_BEHIND_PREPOSITION = frozenset("него нее ней ним них ними нему нем".split())
_SEARCHED = 5  # letters of a word that two halves make with a letter misread
_COMPOUNDED = frozenset({"NOUN", "ADJF", "NUMR", "VERB", "ADVB"})
_PREFIXES = frozenset("вице экс обер штаб генерал лейб контр мини пресс супер".split())


def split(context: Context) -> Iterator[Hypothesis]:
    """Two words for one that is attested nowhere."""
    told = context.once(unspaced_tokens)
    for word in context.words:
        if (
            word.token.start in told
            or word.token.kind != "word"
            or len(word.text) < 5
            or (is_attested(word.text) and "-" not in word.text)
            or is_listed(word.text)
            or is_address(context, word)
        ):
            continue
        best = _halves(word.text)
        for reading, worth in best[:3]:
            dash = " — " in reading
            says = "dash-closed" if dash else "run-together"
            features = (
                *((BY_PRIOR,) if dash else ()),
                Feature("merged", worth, (word.place,), morphology.version(), says, (("word", word.text),)),
            )
            yield with_reading("LEX102", (word.token,), reading, features)


def _halves(text: str) -> list[tuple[str, float]]:
    """Splits whose halves are both words, with the frequency of the rarer half."""
    found = []
    if len(text) > _LONGEST:
        return []
    if "-" in text:
        left, _, right = text.partition("-")
        if _is_addressed(left, right):
            return [(f"{left} — {right}", _FUNCTION)]
        if _is_word(left) and _is_word(right) and not _compound(text, left, right):
            # a speck for a blank: believed when one half is a function word
            short = min(len(left), len(right))
            function = fold(left) in _LONE_FIRST or fold(right) in _LONE_FIRST or fold(right) == "или"
            found.append(
                (f"{left} {right}", (_FUNCTION if function else _CONTENT) - (0 if short < 4 else _LONG_HALVES))
            )
        return found
    for i in range(1, len(text)):
        left, right = text[:i], text[i:]
        if _is_word(left) and _is_word(right):
            worth = min(wordlist.zipf(left), wordlist.zipf(right))
            if min(len(left), len(right)) <= 3:
                worth -= _SHORT_HALF
            if worth > _LEAST_HALF:
                found.append((f"{left} {right}", worth))
    return sorted(found, key=lambda f: -f[1])


def _is_addressed(left: str, right: str) -> bool:
    """Whether a hyphen stands for a dash: a personal pronoun makes no compound with a noun ("Мы-шахтёры")."""
    if fold(left) not in _PRONOUNS or fold(right) in _PARTICLES or len(right) < 4:
        return False
    return any(parse.pos in {"NOUN", "ADJF"} for parse in morphology.parses(right)) and morphology.is_known(right)


def _compound(text: str, left: str, right: str) -> bool:
    """Whether a hyphen joins the halves rightly: a listed word, a prefix, or two words of one case that are of one part of
    speech or have capitals, as the halves of names ("под Нижним-Новгородом")."""
    if morphology.is_known(text) or fold(left) in _PREFIXES:
        return True
    if fold(right) in _LONE_FIRST or fold(right) == "или":
        return False
    if fold(left).endswith("о") and len(left) > 3:
        return True
    named = left.istitle() and right.istitle()
    return any(
        a.case == b.case and ((a.pos == b.pos and a.pos in _COMPOUNDED) or (named and a.case))
        for a in morphology.parses(left)
        for b in morphology.parses(right)
    )


def _is_word(text: str) -> bool:
    folded = fold(text)
    if len(folded) == 1:
        return folded in ONE_LETTER
    if len(folded) <= 3:
        return wordlist.zipf(folded) >= _SHORT_WORD and morphology.is_known(folded)
    return morphology.is_known(folded) and wordlist.zipf(folded) >= _WORD


def join(context: Context) -> Iterator[Hypothesis]:
    """One word for two neighbours."""
    for pair in context.pairs:
        tokens = pair.original
        for i in range(len(tokens) - 1):
            left, right = tokens[i], tokens[i + 1]
            if left.kind != "word" or right.kind != "word" or not right.text[0].islower():
                continue
            if context.text[left.stop : right.start].strip(" \t") != "":
                continue
            joined = left.text + right.text
            broken = _is_broken(left.text, right.text)
            if not morphology.is_known(joined):
                yield from _near_whole(tokens, i, broken=broken)
                continue
            if wordlist.zipf(fold(joined)) < (_LEAST_BROKEN if broken else _LEAST_WHOLE):
                continue
            if _is_governed(tokens, i, joined):
                continue
            weak = sum(1.0 for t in (left, right) if _weak(t.text))
            both = min(wordlist.zipf(fold(left.text)), wordlist.zipf(fold(right.text)))
            if weak or wordlist.zipf(fold(joined)) > both - _RARER:
                features = (
                    *((Feature("strength", _NO_HALF),) if broken else ()),
                    Feature(
                        "torn",
                        weak + _FOR_USE * wordlist.zipf(fold(joined)),
                        (left.place, right.place),
                        morphology.version(),
                        "torn-apart",
                        (("reading", joined),),
                    ),
                )
                yield with_reading("LEX103", (left, right), joined, features)
    yield from _joined_hyphen(context)


def _is_broken(left: str, right: str) -> bool:
    """Whether a half of three letters and more is no word of any list."""
    if any(fold(half) in ONE_LETTER for half in (left, right)):
        return False  # a misread word beside a small one
    return any(
        len(half) > 2 and not is_attested(half) and wordlist.zipf(fold(half)) < _LEAST_BROKEN for half in (left, right)
    )


def _near_whole(tokens: tuple[Token, ...], i: int, *, broken: bool) -> Iterator[Hypothesis]:
    """A word torn in two and misread as well: asked where a half is no word, or a pronoun behind no preposition."""
    left, right = tokens[i], tokens[i + 1]
    homeless = fold(right.text) in _BEHIND_PREPOSITION and fold(left.text) not in governed_cases()
    joined = left.text + right.text
    if not (broken or homeless) or len(joined) < _SEARCHED:
        return
    usual = [(c, f) for f, c in similar(joined, 2 * EDIT if homeless else EDIT) if wordlist.zipf(f) >= _WORD]
    for _, form in sorted(usual, key=lambda found: found[0] - EDIT * wordlist.zipf(found[1]) / 4)[:3]:
        features = (
            Feature("strength", _MISREAD_WHOLE),
            Feature("torn", 1.0, (left.place, right.place), "", "torn-apart", (("reading", form),)),
        )
        yield with_reading("LEX103", (left, right), like(form, joined), features)


def _is_governed(tokens: tuple[Token, ...], i: int, joined: str) -> bool:
    """Whether the halves are a preposition and a usual word in a case that it governs, no rarer than the whole: "на ручные"."""
    cases = governed_cases().get(fold(tokens[i].text))
    right = fold(tokens[i + 1].text)
    if not cases or not morphology.is_known(right) or wordlist.zipf(right) < max(_WEAK, wordlist.zipf(fold(joined))):
        return False
    return bool(cases_of(right) & cases)


def _joined_hyphen(context: Context) -> Iterator[Hypothesis]:
    """ "Военно -Волжской": a blank before the hyphen of a compound."""
    for pair in context.pairs:
        tokens = pair.original
        for i in range(len(tokens) - 2):
            a, hyphen, b = tokens[i : i + 3]
            if (
                hyphen.text not in {"-", "‐"}
                or a.kind != "word"
                or b.kind != "word"
                or a.stop == hyphen.start == b.start
            ):
                continue
            if (a.stop == hyphen.start) != (hyphen.stop == b.start) and a.text.endswith(("о", "е")) and len(a.text) > 3:
                features = (
                    Feature(
                        "torn", _HYPHEN, (a.place, b.place), "", "torn-apart", (("reading", f"{a.text}-{b.text}"),)
                    ),
                )
                yield with_reading("LEX103", (a, hyphen, b), f"{a.text}-{b.text}", features)


def _weak(text: str) -> bool:
    return (
        (len(text) <= 2 and fold(text) not in ONE_LETTER) or not is_attested(text) or wordlist.zipf(fold(text)) < _WEAK
    )


MERGED = Rule(
    code="LEX102",
    family="LEX",
    name="merged words",
    propose=split,
    needs=("morphology", "frequencies", "search", "confusions"),
    harm="spelling",
    learned=True,
    prior=1.5,
    about_word=True,
    since="2026.11",
    says=("dash-closed", "run-together"),
)
TORN = Rule(
    code="LEX103",
    family="LEX",
    name="split word",
    propose=join,
    needs=("morphology", "frequencies", "search", "confusions"),
    harm="spelling",
    learned=True,
    prior=1.0,
    about_word=True,
    since="2026.11",
    says=("torn-apart",),
)
