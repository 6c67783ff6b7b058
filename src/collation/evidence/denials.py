"""Which words deny, on either side, and which only seem to: не раз, не мог не, "No. 58", "nothing but".

A plain negation is "не" or "not" and their like; other words deny in themselves (without, hardly, unable, disorder; без,
едва, отказаться); weak ones may (until, before; пока, разве). The words of both languages are those of
``dictionaries/denials.tsv``, whose head says what its kinds are; here is what their endings and surroundings make of them.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, wordlist
from collation.model import Token

REACH = 3  # tokens from a negation to the word that it denies
BREAKS = frozenset(".;:!?")

_PARTED = ("не", "без", "бес")  # what a word begins with that denies, where the rest of it is a word
_ENGLISH_PREFIXES = ("un", "non", "dis", "mis", "in", "im", "ir", "il")  # before a listed word
_ANY_WORD = frozenset({"un", "non", "dis", "mis"})  # prefixes that deny before any; the others before adjectives only
_ADJECTIVES = ("able", "ible", "ent", "ant", "ful", "ly", "ive", "ary", "ous", "ate", "al", "act", "ect", "ite")
_LISTED = 3.0  # Zipf frequency of the rest of the word
_WHOLE = 6  # letters of an English word that may begin with a prefix that denies
_UNTIL = frozenset({"пока", "покуда", "покамест"})
_IF = frozenset({"если", "разве"})
_ANYTHING = frozenset({"только", "лишь"})
_YET = frozenset({"еще", "что"})  # behind them: not yet
_NEARLY = frozenset({"чуть", "едва"})  # before "не": nearly
_FEARED = ("как", "бы")  # of a clause that fears what it denies
_ASKING = frozenset("что чего чему чем кто кого кому кем где куда откуда как какой какая какие каких".split())
_TWOFOLD = 3  # tokens around a negation among which a second one may undo it
_RATHER = frozenset({("rather", "than"), ("instead", "of")})
_CLAUSE = 5  # tokens of a clause before "не", or behind it, that take its sense


@lru_cache(maxsize=1)
def _table() -> dict[str, frozenset[str]]:
    return {
        word: frozenset(dictionaries.cell_list(kinds)) for word, kinds in dictionaries.rows("denials.tsv", columns=2)
    }


@lru_cache(maxsize=16)
def words_of(kind: str) -> frozenset[str]:
    """The words of a kind, those that are written in full."""
    return frozenset(word for word, kinds in _table().items() if kind in kinds and not word.endswith("-"))


@lru_cache(maxsize=16)
def _beginnings(kind: str) -> tuple[str, ...]:
    """The beginnings of words of a kind."""
    return tuple(word.removesuffix("-") for word, kinds in _table().items() if kind in kinds and word.endswith("-"))


def is_plain_russian(token: Token) -> bool:
    """Whether a Russian word is a plain negation."""
    return fold(token.text) in words_of("plain")


def is_plain_english(token: Token) -> bool:
    """Whether an English word is a plain negation."""
    lowered = _lowered(token)
    return lowered in words_of("plain") or lowered.endswith("n't")


@lru_cache(maxsize=20_000)
def _denies_in_russian(folded: str) -> bool:
    if folded in words_of("denies") or folded.startswith(_beginnings("denies")):
        return True
    if folded.startswith(_beginnings("seems")):
        return False
    return any(
        folded.startswith(p) and len(folded) > len(p) + 3 and morphology.is_known(folded[len(p) :]) for p in _PARTED
    )


def denies_in_russian(token: Token) -> bool:
    """Whether a Russian word denies, or may answer an English negation."""
    return _denies_in_russian(fold(token.text))


@lru_cache(maxsize=20_000)
def _denies_in_english(word: str) -> bool:
    if word in words_of("denies") or word.endswith(("n't", "less", "lessly", "lessness", "-free")):
        return True
    return _has_prefix(word)


def _has_prefix(word: str) -> bool:
    """Whether a prefix of an English word denies the rest of it: unsuitable."""
    if len(word) < _WHOLE or word in words_of("seems") or word.startswith(_beginnings("seems")):
        return False
    prefix = next((p for p in _ENGLISH_PREFIXES if word.startswith(p)), "")
    if not prefix or (prefix not in _ANY_WORD and not word.endswith(_ADJECTIVES)):
        return False
    return wordlist.english_zipf(word[len(prefix) :]) >= _LISTED


def is_denied_by_prefix(token: Token) -> bool:
    """Whether an English word has its denial in its prefix: unsuitable."""
    return _has_prefix(_lowered(token))


def denies_in_english(token: Token) -> bool:
    """Whether an English word denies, or may answer a Russian negation."""
    return _denies_in_english(_lowered(token))


def is_plain_but(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether "but" only joins what differs: the words before it or behind it make no denial of it, as in "nothing but", "cannot but",
    "but for"."""
    if tokens[j].text.lower() != "but":
        return False
    before = tokens[j - 1].text.lower() if j else ""
    behind = tokens[j + 1].text.lower() if j + 1 < len(tokens) else ""
    return before not in words_of("excepted") and behind != "for"


def is_weak(token: Token) -> bool:
    """Whether a word may answer a negation, and mostly does not: until, before; пока, разве."""
    return fold(token.text) in words_of("weak")


def is_dim(token: Token) -> bool:
    """Whether a word that denies often does not: little, except, instead; мало, кроме, вместо."""
    return fold(token.text) in words_of("dim")


def is_phrase(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a negation denies nothing with the words around it: не только, не раз, not only, no less, пока не (until),
    только не (anything but), whether or not, не придет ли (whether), чуть не (nearly)."""
    if any(_is_until(tokens, k) for k in range(max(0, i - 3), i)) or (i and fold(tokens[i - 1].text) in _ANYTHING):
        return True
    if _denies_nothing(tokens, i):
        return True
    if [fold(t.text) for t in tokens[max(0, i - 2) : i]] == ["whether", "or"]:
        return True
    return i + 1 < len(tokens) and fold(tokens[i + 1].text) in words_of("phrase")


def _denies_nothing(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a Russian negation only colours its clause: не скучно ли (whether), чуть не утонул (nearly), как бы не (lest),
    чего только не было."""
    if fold(tokens[i].text) != "не":
        return False
    before = _of_clause(tokens, range(i - 1, max(-1, i - 1 - _CLAUSE), -1))
    behind = _of_clause(tokens, range(i + 1, min(len(tokens), i + 1 + _CLAUSE)))
    if "ли" in behind[1:3] or (before[:1] and before[0] in _NEARLY):
        return True
    pairs = list(zip(before[1:], before, strict=False))  # in the order of the text
    return _FEARED in pairs or any(asking in _ASKING and only == "только" for asking, only in pairs)


def _of_clause(tokens: tuple[Token, ...], numbers: range) -> list[str]:
    """The folded words at some indices, up to the first mark."""
    found = []
    for k in numbers:
        if tokens[k].kind == "mark":
            break
        found.append(fold(tokens[k].text))
    return found


def is_unless(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a Russian negation is that of a clause with если, which "unless" renders wherever it stands."""
    for k in range(i - 1, -1, -1):
        if fold(tokens[k].text) in _IF:
            return True
        if tokens[k].text in BREAKS:
            return False
    return False


def _is_until(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether пока opens a clause (пока он не пришёл); inside one it means "so far", and the negation behind it is one."""
    if fold(tokens[i].text) not in _UNTIL or (i + 1 < len(tokens) and fold(tokens[i + 1].text) in _YET):
        return False
    if i == 0 or tokens[i].text[0].isupper():
        return any(t.text == "," for t in tokens[i:])
    return tokens[i - 1].kind == "mark" or fold(tokens[i - 1].text) == "пор"


def is_asked(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the sentence is a question from here on: "не правда ли?", "Не хотите ли"."""
    for token in tokens[i : i + 25]:
        if token.text in BREAKS:
            return token.text == "?"
    return False


def is_idiom(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a negation of either language is one of a fixed phrase, or of a question."""
    behind = {fold(t.text) for t in tokens[i + 1 : i + 3]}
    return bool(behind & words_of("behind")) or _is_behind(tokens, i) or is_asked(tokens, i)


def _is_behind(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a word before a negation takes its sense: up to three words before "не", the one before "not"."""
    reach = 3 if is_plain_russian(tokens[i]) else 1
    return any(fold(t.text) in words_of("before") for t in tokens[max(0, i - reach) : i])


def is_twofold(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether two negations make an assertion: не мог не, нельзя не, не без; one of "не только" is none of them."""
    near = [
        fold(tokens[k].text)
        for k in range(max(0, i - _TWOFOLD), min(len(tokens), i + _TWOFOLD + 1))
        if (k == i or not is_phrase(tokens, k) or fold(tokens[k].text) != "не") and _is_as_near(tokens, i, k)
    ]
    return near.count("не") > 1 or ("не" in near and bool({"нельзя", "невозможно", "без"} & set(near)))


def _is_as_near(tokens: tuple[Token, ...], i: int, k: int) -> bool:
    """Whether two words have one at the most between them, or one and a бы: не мог бы не."""
    between = [fold(t.text) for t in tokens[min(i, k) + 1 : max(i, k)]]
    return len(between) - ("бы" in between) < _TWOFOLD - 1


def is_rather_than(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether "rather than" or "instead of" begins at an English word, which mostly render ", а не"."""
    behind = tokens[j + 1].text.lower() if j + 1 < len(tokens) else ""
    return (tokens[j].text.lower(), behind) in _RATHER


def is_number_sign(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether "No" is that of "No. 58" or "No 10", or an exclamation."""
    if tokens[j].text not in {"No", "no"}:
        return False
    behind = tokens[j + 1] if j + 1 < len(tokens) else None
    return (
        behind is None
        or behind.text in {".", ",", "!", ";", "?"}
        or (tokens[j].text == "No" and behind.kind == "number")
    )


def _lowered(token: Token) -> str:
    return token.text.lower().replace("’", "'")
