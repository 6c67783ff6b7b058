"""Names across two scripts, compared by sound.

Both sides are written in one alphabet of sounds; the skeleton keeps consonants, voiced and voiceless, sibilants and
velars alike. Equal skeletons explain a foreign name (Trump/Трамп); letters are compared strictly only where the
English is a transliteration of a Slavic name.
"""

from __future__ import annotations

from functools import lru_cache

import regex

from collation.knowledge.letters import fold

BGN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip

_ENGLISH_SOUNDS: tuple[tuple[str, str], ...] = (
    ("shch", "щ"), ("sch", "ш"), ("tch", "ч"), ("tsch", "ч"), ("sh", "ш"), ("zh", "ж"), ("kh", "х"), ("ch", "ч"), ("ts", "ц"),
    ("tz", "ц"), ("ph", "ф"), ("th", "т"), ("ck", "к"), ("qu", "кв"), ("wh", "в"), ("rh", "р"), ("gh", "г"), ("dge", "дж"),
    ("ce", "се"), ("ci", "си"), ("cy", "си"), ("yu", "ю"), ("ya", "я"), ("yo", "ио"), ("ye", "е"), ("ee", "и"), ("ea", "и"),
    ("oo", "у"), ("ou", "у"), ("ie", "и"), ("eu", "ой"), ("ey", "и"), ("ay", "эй"), ("ai", "ай"), ("a", "а"), ("b", "б"),
    ("c", "к"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "х"), ("i", "и"), ("j", "дж"), ("k", "к"), ("l", "л"),
    ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "к"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"), ("v", "в"),
    ("w", "в"), ("x", "кс"), ("y", "и"), ("z", "з"),
)  # fmt: skip
_CLASSES = str.maketrans(
    {
        "п": "б", "т": "д", "к": "г", "х": "г", "ф": "в", "з": "с", "ц": "с", "ч": "с", "ш": "с", "щ": "с", "ж": "с",
        "й": None, "ъ": None, "ь": None,
    }
)  # fmt: skip
_NO_VOWELS = str.maketrans("", "", "аеёиоуыэюя")
_ENDINGS = (
    "ского", "скому", "ским", "ском", "овым", "евым", "иным", "ыми", "ами", "ями", "ого", "ому", "ему", "ыми", "ьми", "ах",
    "ях", "ой", "ей", "ою", "ею", "ом", "ем", "ым", "им", "ам", "ям", "ов", "ев", "ью", "ы", "и", "а", "я", "у", "ю", "е",
    "о", "ь", "й",
)  # fmt: skip


@lru_cache(maxsize=50_000)
def english_sound(word: str) -> str:
    """An English or romanised word in the alphabet of sounds."""
    lowered = regex.sub(r"[^a-z]", "", _plain(word.lower().removesuffix("'s").removesuffix("’s")))
    out, i = [], 0
    while i < len(lowered):
        for letters, sound in _ENGLISH_SOUNDS:
            if lowered.startswith(letters, i):
                out.append(sound)
                i += len(letters)
                break
        else:
            i += 1
    return "".join(out)


@lru_cache(maxsize=50_000)
def russian_sound(word: str) -> str:
    """A Russian word in the same alphabet: its own letters, hyphens out."""
    return regex.sub(r"[^а-я]", "", fold(word)).replace("ы", "и").replace("э", "е")


def skeleton(sound: str) -> str:
    """The consonant classes of a sound, doubled ones once."""
    bare = sound.replace("дж", "ж").replace("нг", "н").translate(_NO_VOWELS).translate(_CLASSES)
    return regex.sub(r"(.)\1+", r"\1", bare)


@lru_cache(maxsize=50_000)
def stems(word: str) -> tuple[str, ...]:
    """A Russian name with possible case endings taken off, the whole word first."""
    folded = fold(word)
    found = [folded]
    for ending in _ENDINGS:
        if folded.endswith(ending) and len(folded) - len(ending) >= 2:
            found.append(folded[: -len(ending)])
    return tuple(dict.fromkeys(found))


def _plain(word: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))


@lru_cache(maxsize=200_000)
def same_sound(russian: str, english: str) -> float:
    """How surely the two words are one name by sound: 1 equal skeletons of weight, less for near ones, 0 for unlike."""
    other = english_sound(english)
    goal = skeleton(other)
    if not goal and len(other) < 2:
        return 0.0
    best = 0.0
    for stem in stems(russian):
        sound = russian_sound(stem)
        own = skeleton(sound)
        if not own or not sound or not other:
            continue
        alike = _ratio(sound, other)
        bones = _ratio(own, goal)
        first = 1.0 if own[0] == goal[:1] else 0.6
        value = (0.5 * alike + 0.5 * bones) * first
        if own == goal and len(goal) >= 2 and alike >= 0.5:
            value = max(value, 0.9)
        best = max(best, value)
    return best


def _ratio(left: str, right: str) -> float:
    from rapidfuzz.distance import Levenshtein

    return float(Levenshtein.normalized_similarity(left, right))


@lru_cache(maxsize=50_000)
def romanise(word: str) -> str:
    """The BGN/PCGN romanisation of a Russian word, simplified: iotation as y, signs dropped."""
    folded = fold(word)
    out = []
    for i, char in enumerate(folded):
        if char == "е" and (i == 0 or folded[i - 1] in "аеиоуыэюяъь"):
            out.append("ye")
        else:
            out.append(BGN.get(char, char))
    return "".join(out)
