"""Word families: which Russian lemmas belong together (послать, посылать, посылка; мир, мирный).

Two lemmas are kin when they are aspect partners (``dictionaries/aspects.tsv`` and the pairs of the glossary), or when
what is left of them without prefixes and suffixes has the same skeleton. The skeleton drops vowels that alternate and
writes consonants that alternate (г/ж/з, к/ч/ц, х/ш/с, т/щ, д/жд) alike.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold

_PREFIXES = (
    "противо", "пере", "пред", "разо", "подо", "надо", "обез", "обес", "воз", "вос", "низ", "нис", "раз", "рас", "без", "бес",
    "про", "при", "пре", "под", "над", "обо", "ото", "изо", "вос", "из", "ис", "об", "от", "до", "за", "на", "по", "не", "вы",
    "со", "во", "вз", "вс", "с", "в", "у", "о",
)  # fmt: skip
_SUFFIXES = (
    "ировываться", "ироваться", "ствоваться", "ывание", "ивание", "ирование", "ированный", "ировать", "ствование",
    "ствовать", "ываться", "иваться", "оваться", "еваться", "ительный", "ительность", "ительство", "ованный", "ование",
    "еванный", "евание", "ственность", "ственный", "ывать", "ивать", "овать", "евать", "ающий", "ующий", "яющий", "енность",
    "нность", "анный", "енный", "ённый", "итель", "атель", "ность", "ение", "ание", "яние", "аться", "иться", "еться",
    "яться", "нуть", "ость", "есть", "ский", "цкий", "ство", "тель", "тие", "чик", "щик", "ник", "ица", "ать", "ять", "еть",
    "ить", "уть", "ыть", "оть", "ный", "ной", "ний", "вый", "вой", "тый", "мый", "лый", "кий", "ция", "сия", "ист", "изм",
    "ка", "ок", "ек", "ец", "ие", "ье", "ия", "ый", "ий", "ой", "ти", "чь", "но", "то", "о", "а", "я", "е", "ь", "ы", "и",
)  # fmt: skip
_ALIKE = str.maketrans(
    {"ж": "г", "з": "г", "ч": "к", "ц": "к", "ш": "с", "х": "с", "щ": "т", "й": None, "ь": None, "ъ": None}
)
_VOWELS = str.maketrans("", "", "аеёиоуыэюя")
_LEAST = 2


@lru_cache(maxsize=20_000)
def roots(lemma: str) -> frozenset[str]:
    """The skeletons a lemma may have, with and without its prefix."""
    word = fold(lemma)
    found = set()
    for stem in _without_prefixes(word):
        root = _without_suffix(stem)
        skeleton = root.replace("жд", "д").translate(_VOWELS).translate(_ALIKE).removesuffix("л")
        if len(root) >= 3 and len(skeleton) >= _LEAST:
            found.add(skeleton)
    return frozenset(found)


def _without_prefixes(word: str) -> list[str]:
    found = [word]
    for prefix in _PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            found.append(word[len(prefix) :])
            break
    return found


def _without_suffix(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            return word[: -len(suffix)]
    return word


_VERBS = ("ть", "ти", "чь", "ться", "тись", "чься")
_SLAVONIC = (("оро", "ра"), ("оло", "ла"), ("ере", "ре"), ("еле", "ле"))  # full vowels (город) and short ones (град)
_DENYING = ("не", "без", "бес", "анти", "противо", "контр")
_JOINED = ("взаимо", "само", "сверх", "обще", "много")


@lru_cache(maxsize=20_000)
def unprefixed(lemma: str) -> frozenset[str]:
    """What may be left of a verb without one or two prefixes, of another lemma without взаимо- and the like; itself among them."""
    word = fold(lemma)
    verb = word.endswith(_VERBS)
    once = _shorter(word, verb=verb)
    return frozenset({word, *once, *(rest for part in once for rest in _shorter(part, verb=verb))})


def _shorter(word: str, *, verb: bool) -> list[str]:
    return [
        word[len(prefix) :]
        for prefix in (_JOINED + _PREFIXES if verb else _JOINED)
        if word.startswith(prefix) and len(word) - len(prefix) >= 4
    ]


def denies(lemma: str) -> bool:
    """Whether a lemma begins with a prefix that denies, of whatever word."""
    return fold(lemma).startswith(_DENYING)


@lru_cache(maxsize=20_000)
def whole_root(lemma: str) -> str:
    """The skeleton of the lemma with its prefix."""
    return _without_suffix(fold(lemma)).replace("жд", "д").translate(_VOWELS).translate(_ALIKE)


@lru_cache(maxsize=20_000)
def only_looks_alike(left: str, right: str) -> bool:
    """Whether two lemmas have one skeleton and are no kin: the same ending, and other vowels in the root (франт, фронт).

    What is derived has another ending; of verbs nothing is said, for their vowels alternate (послать, посылать). The two
    forms of one Slavonic root (город, град; берег, брег) are kin.
    """
    left, right = fold(left), fold(right)
    if left.endswith(_VERBS) or right.endswith(_VERBS) or _shortened(left) == _shortened(right):
        return False
    a, b = _without_suffix(left), _without_suffix(right)
    return left[len(a) :] == right[len(b) :] and whole_root(left) == whole_root(right)


def _shortened(word: str) -> str:
    """A word in the Church Slavonic form of its root: град for город."""
    for full, short in _SLAVONIC:
        word = word.replace(full, short)
    return word


@lru_cache(maxsize=1)
def _partners() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for left, right in dictionaries.rows("aspects.tsv", columns=2):
        found.setdefault(fold(left), set()).add(fold(right))
        found.setdefault(fold(right), set()).add(fold(left))
    return {word: frozenset(others) for word, others in found.items()}


@lru_cache(maxsize=20_000)
def partners(lemma: str) -> frozenset[str]:
    """The aspect partners of a verb that the tables list."""
    return _partners().get(fold(lemma), frozenset())


@lru_cache(maxsize=40_000)
def kinship(left: str, right: str) -> float:
    """How near two lemmas are: 1 the same, .9 aspect partners, .6 one stem, .4 one root under other prefixes, else 0."""
    if left == right:
        return 1.0
    if right in partners(left):
        return 0.9
    a, b = whole_root(left), whole_root(right)
    if len(a) >= 3 and a == b and left[0] == right[0]:
        return 0.0 if only_looks_alike(left, right) else 0.7
    if left.removesuffix("ся") == right.removesuffix("ся"):
        return 0.8
    common = roots(left) & roots(right)
    if any(len(root) >= 3 for root in common):
        return 0.45
    return 0.3 if common and left[:2] == right[:2] else 0.0
