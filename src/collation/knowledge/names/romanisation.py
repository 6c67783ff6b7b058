"""Russian in Latin letters and back: BGN/PCGN as English readers simplify it.

The way back is for Slavic surnames and places (Shtykov, Zhmerinka) and for Chinese and Korean syllables only: there the
English is made from the letters. Soft signs and э cannot be seen in the English and are left out.
"""

from __future__ import annotations

from functools import lru_cache

from collation.knowledge.letters import fold
from collation.knowledge.names.syllables import cyrillise, plain_latin, without_possessive

BGN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "й": "y", "к": "k", "л": "l",
    "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch",
    "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip
_BACK = (
    ("shch", "щ"), ("tsky", "цкий"), ("tskaya", "цкая"), ("skaya", "ская"), ("skii", "ский"), ("skiy", "ский"), ("sky", "ский"), ("ski", "ский"), ("kh", "х"), ("zh", "ж"), ("ts", "ц"),
    ("ch", "ч"), ("sh", "ш"), ("yu", "ю"), ("ya", "я"), ("ia", "ия"), ("iu", "ю"), ("yo", "е"), ("ye", "е"), ("off", "ов"),
    ("eff", "ев"), ("ks", "кс"), ("x", "кс"), ("a", "а"), ("b", "б"), ("v", "в"), ("w", "в"), ("g", "г"), ("d", "д"), ("e", "е"),
    ("z", "з"), ("i", "и"), ("j", "й"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("r", "р"),
    ("s", "с"), ("t", "т"), ("u", "у"), ("f", "ф"), ("h", "г"), ("c", "к"), ("y", "ы"),
)  # fmt: skip
_ENDINGS = (
    "ov",
    "ova",
    "ev",
    "eva",
    "in",
    "ina",
    "yn",
    "sky",
    "ski",
    "skii",
    "skiy",
    "skaya",
    "enko",
    "yko",
    "ich",
    "off",
    "eff",
    "chuk",
    "yuk",
    "insk",
    "insky",
)
_FOREIGN = ("rz", "sz", "cz", "ck", "th", "ph", "gh", "w", "q", "ee", "oo", "tt", "ll")
_OTHER_HAND = "tch"  # of French and German romanisations
_VOWELS = frozenset("аеиоуыэюя")
_AS_VOWEL = ("a", "o", "u", "i", "ch")  # what an i between two vowels, or of a patronymic, stands before


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


def is_slavic(english: str) -> bool:
    """Whether a Latin name ends as romanised Russian surnames and places do, and has no letters of another spelling."""
    word = plain_latin(english)
    return len(word) > 4 and word.endswith(_ENDINGS) and not any(letters in word for letters in _FOREIGN)


def is_plainly_romanised(english: str) -> bool:
    """Whether a Slavic name is written as ``romanise`` writes it, but for i and y and ё: not Rachmaninoff, not Chevtchenko."""
    word = plain_latin(without_possessive(english))
    return _OTHER_HAND not in word and any(_levelled(romanise(base)) == _levelled(word) for base in cyrillic(english))


def _levelled(latin: str) -> str:
    return latin.replace("yo", "ye").replace("iy", "i").replace("y", "i")


@lru_cache(maxsize=5_000)
def cyrillic(english: str) -> tuple[str, ...]:
    """The folded Russian spellings that a Slavic, Chinese or Korean name was romanised from, likeliest first."""
    word = plain_latin(without_possessive(english))
    if is_slavic(word) and word.isalpha():
        return tuple(dict.fromkeys((_letters(word), _letters(word, vowel=True))))
    return cyrillise(english)[:3]


def _letters(word: str, *, vowel: bool = False) -> str:
    """A Slavic name in Russian letters; ``vowel`` says that an i behind a vowel is и (Троицкий) and not й (Зайцев)."""
    out: list[str] = []
    i = 0
    while i < len(word):
        latin, russian = next(((a, b) for a, b in _BACK if word.startswith(a, i)), (word[i], ""))
        if latin == "y" and out and out[-1][-1:] in _VOWELS:
            russian = "й"
        if (
            latin == "i"
            and not vowel
            and out
            and out[-1][-1:] in _VOWELS
            and not word.startswith(_AS_VOWEL, i + 1)
            and word[i + 1 :]
        ):
            russian = "й"
        if latin in ("ye", "yo") and out and out[-1][-1:] not in _VOWELS:
            russian = "ье"
        if word.startswith("yi", i) and out and out[-1][-1:] not in _VOWELS:
            russian = "ь"
        if latin == "e" and i == 0:
            russian = "э" if word[1:2] not in "lvf" else "е"
        out.append(russian)
        i += len(latin)
    return "".join(out)
