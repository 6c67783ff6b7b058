"""Names across two scripts, compared by sound.

A Russian name and an English one are laid side by side: each Russian letter answers to English letters at the cost
that ``dictionaries/sounds.tsv`` gives (Трамп, Мюллер, Кавано, Фараж, Хьюз), silent English letters and Russian case
endings are free, and what remains is set against the weight of the name. Vowels weigh half. Where the English ends as
a romanised Slavic name (-ov, -in, -sky, -enko, -ich) letters are compared strictly: there a wrong vowel is a slip and no
custom. Chinese and Korean words are compared by syllables. A quick look at the consonants spares most pairs the work.
"""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from collation.knowledge import dictionaries
from collation.knowledge.letters import fold
from collation.knowledge.names.syllables import plain_latin, same_syllables, without_possessive

Options = tuple[dict[str, tuple[tuple[int, float], ...]], ...]

EQUAL = 0.9
NEAR = 0.6
_COSTS = {True: (0.0, 0.1, 0.3), False: (0.0, 0.15, 0.5)}
_VOWEL, _LOST_VOWEL, _FIRST = 0.45, 0.4, 0.3
_STRICT = 3.0
_DERIVED, _POSSESSIVE, _PART, _USELESS = 0.06, 0.03, 0.97, 0.45
_GROUP = 3  # the most Russian letters that are answered together
_ROUNDED = 1e-4  # what a value may gain by being rounded
_RU_VOWELS = frozenset("аеиоуыэюя")
_EN_VOWELS = frozenset("aeiouy")
_SLAVIC = (
    "ov",
    "ova",
    "ev",
    "eva",
    "in",
    "ina",
    "yn",
    "sky",
    "skii",
    "skiy",
    "skaya",
    "enko",
    "yko",
    "ich",
    "off",
    "chuk",
    "uk",
    "yuk",
)
_SILENT = {
    "h": 0.1,
    "e": 0.15,
    "w": 0.25,
    "u": 0.25,
    "i": 0.3,
    "a": 0.35,
    "o": 0.35,
    "y": 0.45,
    "l": 0.4,
    "r": 0.4,
    "t": 0.6,
}
_SILENT_LAST = {"e": 0.02, "h": 0.05, "s": 0.3, "t": 0.25, "x": 0.2, "d": 0.5, "w": 0.1, "z": 0.4, "p": 0.6}
_DROPPED = {
    "": 0.0,
    "a": 0.05,
    "e": 0.02,
    "ia": 0.05,
    "ya": 0.05,
    "ja": 0.05,
    "o": 0.15,
    "i": 0.03,
    "y": 0.03,
    "iy": 0.03,
    "ii": 0.03,
    "iya": 0.05,
    "ah": 0.05,
    "us": 0.03,
}
_LOST = {"ь": 0.0, "ъ": 0.0, "й": 0.15}
_CASES = (
    "а я у ю е и ы й ь ом ем ым им ой ей ою ею ью ого его ому ему ий ый ия ие ии ию ией ам ям ах ях ами ями ов ев ых их ыми "
    "ими ая ую"
).split()
_ADJECTIVES = tuple(e for e in "ий ого ому им ом ая ой ую ою ие их ими".split())
_POSSESSIVES = tuple(
    p + t for p in ("ов", "ев", "ин", "ын") for t in ("о", "а", "ы", "у", "ой", "ом", "ого", "ым", "ых", "е")
)
_DERIVING = ("ск", "овск", "евск", "инск", "анск")
_SOFT = (
    ("ch", "s"),
    ("sh", "s"),
    ("ce", "s"),
    ("ci", "s"),
    ("gh", ""),
    ("kh", ""),
    ("th", "d"),
    ("ge", "s"),
    ("gi", "s"),
    ("aill", ""),
    ("eill", ""),
    ("uill", ""),
)
_CLASSES = str.maketrans("пфтгкхзцжчшщ", "ббдгггсссссс")
_EN_CLASSES = str.maketrans("bpfdtgkcqxszjmnlr", "бббддгггггсссмнлр")


@lru_cache(maxsize=1)
def _sounds() -> dict[str, dict[str, float]]:
    """For each Russian letter or group: English letters and their cost."""
    found: dict[str, dict[str, float]] = {}
    for russian, *cells in dictionaries.rows("sounds.tsv", columns=4):
        costs = found.setdefault(russian, {})
        for cell, cost in zip(cells, _COSTS[russian[0] in _RU_VOWELS], strict=True):
            for letters in dictionaries.cell_list(cell):
                costs.setdefault(letters, cost)
    return found


@lru_cache(maxsize=1)
def _graphemes() -> frozenset[str]:
    return frozenset(letters for costs in _sounds().values() for letters in costs)


@lru_cache(maxsize=20_000)
def _english(word: str) -> tuple[str, tuple[tuple[str, ...], ...], bool]:
    """An English word's letters, the groups that begin at each, and whether it ends as a Slavic name."""
    bare = plain_latin(without_possessive(word))
    letters = "".join(c for c in bare if "a" <= c <= "z")
    known = _graphemes()
    groups = tuple(
        tuple(letters[j : j + n] for n in range(1, 6) if j + n <= len(letters) and letters[j : j + n] in known)
        for j in range(len(letters))
    )
    return letters, groups, len(letters) > 4 and letters.endswith(_SLAVIC)


@lru_cache(maxsize=20_000)
def _russian(word: str) -> tuple[str, Options]:
    """A Russian word's letters and, at each, what English letters may answer: how many it takes, at what cost."""
    letters = "".join(c for c in fold(word) if "а" <= c <= "я")
    return letters, tuple(_answers_to(letters[i : i + _GROUP]) for i in range(len(letters)))


@lru_cache(maxsize=5_000)
def _answers_to(letters: str) -> dict[str, tuple[tuple[int, float], ...]]:
    """What English letters may answer the first of some letters: how many it takes, at what cost."""
    at: dict[str, list[tuple[int, float]]] = {}
    for n in range(1, len(letters) + 1):
        for english, cost in _sounds().get(letters[:n], {}).items():
            at.setdefault(english, []).append((n, cost))
    return {english: tuple(found) for english, found in at.items()}


@lru_cache(maxsize=20_000)
def _stops(letters: str) -> tuple[tuple[int, float], ...]:
    """Where the name may end in a Russian word, the rest being an ending, and what that costs."""
    found = {len(letters): 0.0}
    for ending in _CASES:
        at = len(letters) - len(ending)
        if at >= (2 if len(ending) == 1 else 3) and letters.endswith(ending):
            found[at] = 0.0
    for ending in _POSSESSIVES:
        at = len(letters) - len(ending)
        if at >= 3 and letters.endswith(ending):
            found.setdefault(at, _POSSESSIVE)
    for tail in _ADJECTIVES:
        for deriving in _DERIVING if letters.endswith(tail) else ():
            at = len(letters) - len(tail) - len(deriving)
            if at >= 3 and letters.endswith(deriving + tail):
                found[at] = min(_DERIVED, found.get(at, 1.0))
    return tuple(found.items())


@lru_cache(maxsize=20_000)
def skeleton(word: str) -> str:
    """The consonants of a word of either script in rough classes, doubled ones once."""
    if "а" <= fold(word)[:1] <= "я":
        bare = "".join(c for c in fold(word).replace("дж", "ж") if c not in _RU_VOWELS and c not in "вхйьъ-")
        found = bare.translate(_CLASSES)
    else:
        bare = _english(word)[0]
        for letters, sound in _SOFT:
            bare = bare.replace(letters, sound)
        found = "".join(c for c in bare if c not in _EN_VOWELS and c not in "hvw").translate(_EN_CLASSES)
    return "".join(c for i, c in enumerate(found) if i == 0 or c != found[i - 1])


@lru_cache(maxsize=5_000)
def same_sound(russian: str, english: str, least: float = 0.0) -> float:
    """How surely two words are one name: from ``EQUAL`` on the same, from ``NEAR`` alike, 0 for unlike.

    Who asks only whether it is ``least`` or more gets the answer sooner, and any lower value where it is not.
    """
    if len(english) < 2 or len(russian) < 2:
        return 0.0
    syllables = same_syllables(russian, english)
    if syllables == 1.0:
        return 1.0
    useless = min(_USELESS, 1.0 - min(least, EQUAL) + _ROUNDED)
    value = max(syllables, _whole(russian, english, useless))
    if value < EQUAL and ("-" in russian or "-" in english):
        parts = [p for p in russian.split("-") if len(p) > 2] or [russian]
        others = [p for p in english.split("-") if len(p) > 2] or [english]
        value = max(value, *(_PART * _whole(p, q, useless) for p in parts for q in others))
    return round(value, 4)


def _whole(russian: str, english: str, useless: float) -> float:
    own, goal = skeleton(russian), skeleton(english)
    if own and english[:1] in "Jj":  # Хуан, Йозеф
        goal = goal[1:] if own[:1] != goal[:1] else goal
    least = min(Levenshtein.distance(own[: len(goal)], goal), Levenshtein.distance(own[: len(goal) + 1], goal))
    if least > max(1.0, 0.45 * len(goal) + 0.5) or (least and len(own) + len(goal) < 3):
        return 0.0
    return max(0.0, _laid(russian, english, useless))


def _laid(russian: str, english: str, useless: float) -> float:
    """1 less the cheapest way of laying the two words side by side, against the weight of the Russian name; ways that cost
    more than the share ``useless`` of it are not gone to their end."""
    ours, options = _russian(russian)
    theirs, groups, strict = _english(english)
    if not ours or not theirs:
        return 0.0
    weights = _weights(ours)
    best = _table(ours, options, theirs, groups, _STRICT if strict else 1.0, useless * max(1.5, weights[-1]))
    found = 0.0
    for stop, cost in _stops(ours):
        rests = _DROPPED if stop < len(ours) else {"": 0.0}
        for rest, more in rests.items():
            at = len(theirs) - len(rest)
            if at > 1 and theirs.endswith(rest):
                found = max(found, 1.0 - (best[stop][at] + cost + more) / max(1.5, weights[stop]))
    return found


@lru_cache(maxsize=20_000)
def _weights(letters: str) -> tuple[float, ...]:
    """The weight of each beginning of a Russian word: vowels count half."""
    found = [0.0]
    for letter in letters:
        found.append(found[-1] + (0.0 if letter in "ьъ" else 0.5 if letter in _RU_VOWELS or letter == "й" else 1.0))
    return tuple(found)


def _table(
    ours: str, options: Options, theirs: str, groups: tuple[tuple[str, ...], ...], factor: float, limit: float
) -> list[list[float]]:
    """The least cost, up to a limit, of laying each beginning of one word beside each beginning of the other."""
    n, m = len(ours), len(theirs)
    best = [[99.0] * (m + 1) for _ in range(n + 1)]
    best[0][0] = 0.0
    for i in range(n + 1):
        row = best[i]
        for j in range(m + 1):
            here = row[j]
            if here > limit:
                continue
            start = _FIRST if i == 0 and j == 0 else 0.0
            if j < m:
                row[j + 1] = min(row[j + 1], here + _silent(theirs, j, factor) + start)
            if i == n:
                continue
            gone = here + _lost(ours, i) + start
            if gone < best[i + 1][j]:
                best[i + 1][j] = gone
            if j == m:
                continue
            at = options[i]
            for letters in groups[j]:
                for taken, cost in at.get(letters, ()):
                    value = here + (min(cost * factor, 0.9) if cost else 0.0)
                    if value < best[i + taken][j + len(letters)]:
                        best[i + taken][j + len(letters)] = value
            if (ours[i] in _RU_VOWELS) == (theirs[j] in _EN_VOWELS):
                vowels = ours[i] in _RU_VOWELS
                value = here + (min(_VOWEL * factor, 0.9) if vowels else 1.0 + start)
                if value < best[i + 1][j + 1]:
                    best[i + 1][j + 1] = value
    return best


def _silent(theirs: str, j: int, factor: float) -> float:
    letter = theirs[j]
    if j and letter == theirs[j - 1]:
        return 0.0
    if j >= len(theirs) - 2 and letter in _SILENT_LAST and theirs[j:] in (letter, letter + "e", letter + "s"):
        return min(1.0, _SILENT_LAST[letter] * factor)
    return min(1.0, _SILENT.get(letter, 1.0) * factor)


def _lost(ours: str, i: int) -> float:
    letter = ours[i]
    if letter in _LOST:
        return _LOST[letter]
    if i and letter == ours[i - 1]:
        return 0.05
    return _LOST_VOWEL if letter in _RU_VOWELS else 1.0
