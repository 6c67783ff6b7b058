"""Which words deny, on either side, and which only seem to: не раз, не мог не, "No. 58", "nothing but".

A plain negation is "не" or "not" and their like; other words deny in themselves (without, hardly, unable, disorder; без,
едва, отказаться); weak ones may (until, before; пока, разве). All lists are of the small words of the two languages.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge.letters import fold
from collation.knowledge.words import morphology, wordlist
from collation.model import Token

REACH = 3  # tokens from a negation to the word that it denies

_PLAIN_RUSSIAN = frozenset(
    "не нет нельзя невозможно никто ничто ничего никого никому никогда никакой никакого никаких нигде никуда нечего некому "
    "незачем некуда".split()
)
_DENYING_RUSSIAN = frozenset(
    "не ни нет нельзя без безо никто ничто ничего никого никому никогда никакой никак нигде никуда ничей едва вряд напрасно зря против "
    "кроме помимо вопреки отнюдь далеко чужд мимо хватит полно прочь вместо мало редко тщетно некогда нечего некому незачем "
    "некуда менее меньше".split()
)
WEAK_RUSSIAN = frozenset("прежде пока разве неужели иначе трудно лишь только плохо скорее чем хоть хотя ль ли".split())
_DENYING_STEMS = (
    "отказ", "отсут", "отверг", "отриц", "воздерж", "запре", "прекращ", "прекрат", "избежа", "избега", "избав", "лиши", "лиша",
    "лишен", "перест", "утрат", "потеря", "исключ", "препят", "меша", "помеш", "уклон", "удерж", "сомне", "умолч", "забы",
    "молч", "маловероят", "недостат", "нехват", "неудач", "немал", "немног", "ненадолго", "недолго",
)  # fmt: skip
_PARTED = ("не", "без", "бес")  # what a word begins with that denies, where the rest of it is a word
_WHOLE_WORDS = (
    "недел",
    "немец",
    "немк",
    "немц",
    "немед",
    "немой",
    "нефт",
    "неб",
    "нерв",
    "невест",
    "негр",
    "нескольк",
    "некотор",
    "некогда",
    "бесед",
    "невольн",
)  # that only seem to begin so
_PLAIN_ENGLISH = frozenset("not cannot never".split())
_STRONG_ENGLISH = _PLAIN_ENGLISH | frozenset("no none nobody no-one noone nothing neither nor nowhere".split())
_DENYING_ENGLISH = _STRONG_ENGLISH | frozenset(
    "without unable fail fails failed failing failure refuse refuses refused refusing refusal impossible hardly scarcely barely lack "
    "lacks lacked lacking absence absent unless until till except but instead rather neither nor little few seldom rarely "
    "stop stops stopped ceased cease avoid avoids avoided avoiding prevent prevents prevented preventing deny denies denied "
    "far free else miss missed missing lose lost loss "
    "deprived devoid ignorant ignored ignore neglect neglected doubt doubtful unlike minus non "
    "least less rid forbid forbids forbidden ban banned prohibited prohibit wrong forget forgot forgotten "
    "reject rejects rejected rejecting reluctant reluctance inability shortage insufficient hesitate nil zero".split()
)
WEAK_ENGLISH = frozenset(
    "any anything anyone against ever yet otherwise beyond too still before only just bad poor keep kept out off away despite notwithstanding than other "
    "bound silent wonder".split()
)
_ENGLISH_PREFIXES = ("un", "non", "dis", "in", "im", "ir", "il")  # before a listed word
_ANY_WORD = frozenset({"un", "non", "dis"})  # prefixes that deny before any; the others before adjectives only
_ADJECTIVES = ("able", "ible", "ent", "ant", "ful", "ly", "ive", "ary", "ous", "ate", "al", "act", "ect", "ite")
# English words that deny nothing by themselves, or too seldom to answer a negation that is far off
_DIM_ENGLISH = frozenset(
    "but till until except instead little few far free else miss missed missing lose lost loss least less stop stops stopped minus "
    "wrong ban banned doubt unlike".split()
)
_DIM_RUSSIAN = frozenset("против кроме помимо мимо полно прочь вместо мало редко далеко менее меньше".split())
_LISTED = 3.0  # Zipf frequency of the rest of the word
_WHOLE = 6  # letters of an English word that may begin with a prefix that denies
# What stands behind "не" or "not" and makes it deny nothing, or something else than the next word
_RUSSIAN_IDIOM = frozenset(
    "только просто раз менее меньше более больше позднее позже ранее раньше хуже лучше иначе столько однажды мудрено "
    "удивительно знаю зря прочь меньшей мере лишь один одна одно одного одну так то что против мало без".split()
)
_PHRASES = frozenset(
    "только просто раз менее более позднее позже ранее однажды прочь меньшей only just merely simply least less more".split()
)
_UNTIL = frozenset({"пока", "покуда", "покамест"})
_RUSSIAN_BEFORE = frozenset(
    "едва чуть вряд пока покуда ли хотя бы кто что как куда где чего сколько разве неужели если".split()
)
_ENGLISH_IDIOM = frozenset(
    "only just merely simply least less more sure so even all every yet until but one doubt matter wonder mention mind of".split()
)
_ENGLISH_BEFORE = frozenset({"why", "if", "whether", "or", "for", "think"})
BREAKS = frozenset(".;:!?")


def is_plain_russian(token: Token) -> bool:
    return fold(token.text) in _PLAIN_RUSSIAN


@lru_cache(maxsize=20_000)
def _denies_in_russian(folded: str) -> bool:
    if folded in _DENYING_RUSSIAN or folded.startswith(_DENYING_STEMS):
        return True
    if folded.startswith(_WHOLE_WORDS):
        return False
    return any(
        folded.startswith(p) and len(folded) > len(p) + 3 and morphology.is_known(folded[len(p) :]) for p in _PARTED
    )


def denies_in_russian(token: Token) -> bool:
    """Whether a Russian word denies, or may answer an English negation."""
    return _denies_in_russian(fold(token.text))


def denies_in_english(token: Token) -> bool:
    """Whether an English word denies, or may answer a Russian negation."""
    return _denies_in_english(token.text.lower().replace("’", "'"))


@lru_cache(maxsize=20_000)
def _denies_in_english(word: str) -> bool:
    if word in _DENYING_ENGLISH or word.endswith(("n't", "less", "lessly", "lessness")):
        return True
    if len(word) < _WHOLE or word in _NO_PREFIX:
        return False
    prefix = next((p for p in _ENGLISH_PREFIXES if word.startswith(p)), "")
    if not prefix or (prefix not in _ANY_WORD and not word.endswith(_ADJECTIVES)):
        return False
    return wordlist.english_zipf(word[len(prefix) :]) >= _LISTED


_NO_PREFIX = frozenset(
    "under until unless uncle unite united unity union unions units discover discovered discovery display displayed disease "
    "diseases dispatch dispatched dispose disposal discount discharge district distance distant instant instance intent intention "
    "import important impact imperial inform invent invite investment invest intend inside into industrial "
    "individual initial internal include increase indeed income insect inspect inner indoors".split()
)


def is_dim(token: Token) -> bool:
    """Whether a word that denies often does not: little, except, instead; мало, кроме, вместо."""
    lowered = token.text.lower()
    return lowered in _DIM_ENGLISH or fold(token.text) in _DIM_RUSSIAN


def is_phrase(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether a negation denies nothing with the words around it: не только, не раз, not only, no less, пока не (until)."""
    if any(fold(t.text) in _UNTIL for t in tokens[max(0, i - 3) : i]):
        return True
    return i + 1 < len(tokens) and fold(tokens[i + 1].text) in _PHRASES


def is_asked(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether the sentence is a question from here on: "не правда ли?", "Не хотите ли"."""
    for token in tokens[i : i + 25]:
        if token.text in BREAKS:
            return token.text == "?"
    return False


def is_plain_english(token: Token) -> bool:
    lowered = token.text.lower().replace("’", "'")
    return lowered in _STRONG_ENGLISH or lowered.endswith("n't")


def is_russian_idiom(tokens: tuple[Token, ...], i: int) -> bool:
    behind = {fold(t.text) for t in tokens[i + 1 : i + 3]}
    before = {fold(t.text) for t in tokens[max(0, i - 3) : i]}
    return bool(behind & _RUSSIAN_IDIOM or before & _RUSSIAN_BEFORE) or is_asked(tokens, i)


def is_twofold(tokens: tuple[Token, ...], i: int) -> bool:
    """Whether two negations make an assertion: не мог не, нельзя не, не без, не раз."""
    near = [fold(t.text) for t in tokens[max(0, i - 2) : i + 3]]
    return near.count("не") > 1 or ("не" in near and bool({"нельзя", "невозможно", "без"} & set(near)))


def is_number_sign(tokens: tuple[Token, ...], j: int) -> bool:
    """Whether "No" is that of "No. 58", or an exclamation."""
    behind = tokens[j + 1].text if j + 1 < len(tokens) else ""
    return tokens[j].text in {"No", "no"} and behind in {".", ",", "!", ";", "?", ""}


def is_english_idiom(tokens: tuple[Token, ...], j: int) -> bool:
    behind = {t.text.lower() for t in tokens[j + 1 : j + 3]}
    return bool(behind & _ENGLISH_IDIOM or (j and tokens[j - 1].text.lower() in _ENGLISH_BEFORE)) or is_asked(tokens, j)
