"""Word families: which Russian lemmas belong together (послать, посылать, посылка; мир, мирный).

Two lemmas are kin when they are aspect partners (``dictionaries/aspects.tsv`` and the pairs of the glossary), or when
what is left of them without prefixes and suffixes has the same skeleton. The skeleton drops vowels that alternate and
writes consonants that alternate (г/ж/з, к/ч/ц, х/ш/с, т/щ, д/жд) alike. A skeleton alone joins much that is no kin
(полиция, получить; красный, крушение), so the stems must differ in what Russian roots do alternate: one vowel of the root,
by the pairs below, and the last consonant.
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
_VOWEL_LETTERS = frozenset("аеёиоуыэюя")
_VOWELS = str.maketrans("", "", "".join(_VOWEL_LETTERS))
_LEAST = 2
_VOWELS_ALTERNATE = frozenset(map(frozenset, ("ао", "ео", "еи", "ио", "уы", "оы", "ея", "ая", "ую", "иы", "аэ", "еэ")))
_VOWELS_THAT_FALL_OUT = frozenset("оеиы")  # сон, сна; день, дня; собирать, собрать; посылать, послать
_BESIDE_A_SOFTENED = ({"а", "о"}, {"у", "ы"})  # располагать, расположить; слух, слышать
_LONGER_PREFIXES = frozenset(
    ("с", "в", "вз", "з", "т", "б", "пд", "нд", "рз")
)  # consonants: собрать, сбор; отозвать, отзыв
_CONSONANTS_ALTERNATE = frozenset(map(frozenset, ("кч", "кц", "чц", "гж", "гз", "жз", "хш", "сш", "тщ", "тч", "дж")))


@lru_cache(maxsize=20_000)
def roots(lemma: str) -> frozenset[str]:
    """The skeletons a lemma may have, with and without its prefix."""
    word = fold(lemma)
    found = set()
    for stem in _without_prefixes(word):
        root = _without_suffix(stem)
        skeleton = _skeleton(root).removesuffix("л")
        if len(root) >= 3 and len(skeleton) >= _LEAST:
            found.add(skeleton)
    return frozenset(found)


def _without_prefixes(word: str) -> list[str]:
    found = [word]
    for prefix in _BEGINNINGS.get(word[:1], ()):
        if word.startswith(prefix) and len(word) - len(prefix) >= 4:
            found.append(word[len(prefix) :])
            break
    return found


def _without_suffix(word: str) -> str:
    for suffix in _endings(word[-2:]):
        if word.endswith(suffix) and len(word) - len(suffix) >= 2:
            return word[: -len(suffix)]
    return word


@lru_cache(maxsize=1_000)
def _endings(last: str) -> tuple[str, ...]:
    """The suffixes that a word with these last two letters may end in."""
    return tuple(suffix for suffix in _SUFFIXES if suffix.endswith(last) or last.endswith(suffix))


_VERBS = ("ть", "ти", "чь", "ться", "тись", "чься")
_SLAVONIC = (("оро", "ра"), ("оло", "ла"), ("ере", "ре"), ("еле", "ле"))  # full vowels (город) and short ones (град)
_DENYING = ("не", "без", "бес", "анти", "противо", "контр")
_JOINED = ("взаимо", "само", "сверх", "обще", "много")


def _by_first_letter(prefixes: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    return {first: tuple(p for p in prefixes if p[0] == first) for first in {prefix[0] for prefix in prefixes}}


_BEGINNINGS = _by_first_letter(_PREFIXES)
_OF_VERBS, _OF_OTHERS = _by_first_letter(_JOINED + _PREFIXES), _by_first_letter(_JOINED)


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
        for prefix in (_OF_VERBS if verb else _OF_OTHERS).get(word[:1], ())
        if word.startswith(prefix) and len(word) - len(prefix) >= 4
    ]


def denies(lemma: str) -> bool:
    """Whether a lemma begins with a prefix that denies, of whatever word."""
    return fold(lemma).startswith(_DENYING)


@lru_cache(maxsize=20_000)
def whole_root(lemma: str) -> str:
    """The skeleton of the lemma with its prefix."""
    return _skeleton(_without_suffix(fold(lemma)))


def _skeleton(stem: str) -> str:
    return stem.replace("жд", "д").translate(_VOWELS).translate(_ALIKE)


@lru_cache(maxsize=20_000)
def only_looks_alike(left: str, right: str) -> bool:
    """Whether two lemmas have one skeleton and are no kin: their stems differ in what does not alternate (полиция, получить),
    or they have the same ending and other vowels in the root (франт, фронт).

    What is derived has another ending; of verbs with one ending nothing is said, for their vowels alternate (послать,
    посылать). The two forms of one Slavonic root (город, град; берег, брег) are kin.
    """
    left, right = fold(left), fold(right)
    short = _shortened(left), _shortened(right)
    if short[0] == short[1]:
        return False
    a, b = _without_suffix(left), _without_suffix(right)
    verbs = left.endswith(_VERBS) or right.endswith(_VERBS)
    if not verbs and left[len(a) :] == right[len(b) :] and whole_root(left) == whole_root(right):
        return True
    shared = [(x, y) for x in _stems(left) for y in _stems(right) if _skeleton(x) == _skeleton(y)]
    return bool(shared) and not any(_alternate(x, y) or _alternate(_shortened(x), _shortened(y)) for x, y in shared)


def _stems(word: str) -> list[str]:
    return [_without_suffix(part) for part in _without_prefixes(word)]


def _alternate(left: str, right: str) -> bool:
    """Whether two stems may be one root: one vowel may alternate or fall out, and the last consonant alternate; the о that
    lengthens a prefix does not count."""
    (consonants, vowels), (others, their) = _parts(left), _parts(right)
    if len(consonants) != len(others) or consonants[:-1] != others[:-1]:
        return False
    softened = consonants[-1:] != others[-1:]
    if softened and frozenset(consonants[-1] + others[-1]) not in _CONSONANTS_ALTERNATE:
        return False
    changed = [
        {x, y}
        for i, (x, y) in enumerate(zip(vowels, their, strict=True))
        if x != y and not ({x, y} == {"", "о"} and consonants[:i] in _LONGER_PREFIXES)
    ]
    if len(changed) != 1:
        return not changed
    if "" in changed[0]:
        return not softened and "".join(changed[0]) in _VOWELS_THAT_FALL_OUT
    return changed[0] in _BESIDE_A_SOFTENED if softened else changed[0] in _VOWELS_ALTERNATE


def _parts(stem: str) -> tuple[str, list[str]]:
    """The consonants of a stem, and the vowels before each."""
    consonants, vowels = "", [""]
    for letter in stem.replace("жд", "ж"):
        if letter in _VOWEL_LETTERS:
            vowels[-1] += letter
        elif letter not in "йьъ":
            consonants += letter
            vowels.append("")
    consonants = consonants.removesuffix("л")
    return consonants, vowels[: len(consonants)]


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
    if common and only_looks_alike(left, right):
        return 0.0
    if any(len(root) >= 3 for root in common):
        return 0.45
    return 0.3 if common and left[:2] == right[:2] else 0.0
