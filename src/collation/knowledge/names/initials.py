"""Which Latin initials may be a Russian one: Я is Ya, Ia or J (Яков, Jacob), Х is Kh, H, or J of a Spanish name.

A letter is written in several ways, by the system and by the language that the name is of; all of them are the same initial.
Only what no way of writing makes of one another differs.
"""

from __future__ import annotations

from collation.knowledge.letters import fold

# By the first letter; the first is how the initial is written where nothing else is known
_LATIN = {
    "а": "a", "б": "b", "в": "vw", "г": "gh", "д": "djg", "е": "eyj", "ж": "zjg", "з": "zsx", "и": "ijyeh", "й": "yji",
    "к": "kcqx", "л": "l", "м": "m", "н": "n", "о": "oa", "п": "p", "р": "r", "с": "scz", "т": "t", "у": "uwo", "ф": "fptv",
    "х": "khcjx", "ц": "tczq", "ч": "ctjz", "ш": "scx", "щ": "s", "э": "eaiho", "ю": "yijeu", "я": "yij",
}  # fmt: skip
_WRITTEN = {"х": "Kh", "ж": "Zh", "ц": "Ts", "ч": "Ch", "ш": "Sh", "щ": "Shch", "ю": "Yu", "я": "Ya"}
_DIGRAPHS = {"kh": "х", "zh": "ж", "ts": "ц", "ch": "ч", "sh": "ш", "yu": "ю", "iu": "ю", "ju": "ю", "ya": "я", "ia": "я",
             "ja": "я", "ye": "е", "je": "е", "yo": "е", "th": "ф", "ph": "ф"}  # fmt: skip
LATIN_INITIALS = frozenset(_DIGRAPHS) | {"shch", "dzh", "chr"}
RUSSIAN_INITIALS = frozenset({"дж", "хр"})


def may_be_one(russian: str, latin: str) -> bool:
    """Whether an initial, or the beginning of a name, in Russian and one in Latin letters may be the same."""
    ours, theirs = fold(russian), latin.lower()
    if not ours or not theirs:
        return True
    return theirs[0] in _LATIN.get(ours[0], theirs[0])


def latin_initial(russian: str) -> str:
    """How a Russian initial is written in English."""
    own = fold(russian)[:1]
    return "J" if fold(russian) == "дж" else _WRITTEN.get(own, _LATIN.get(own, "?")[0].upper())


def russian_initial(latin: str) -> str:
    """The Russian letter that an English initial is of first."""
    low = latin.lower()
    if low in _DIGRAPHS:
        return _DIGRAPHS[low].upper()
    if low[0] in "jhwyqx":
        return {"j": "Дж", "h": "Х", "w": "В", "y": "Ю", "q": "К", "x": "Кс"}[low[0]][:2]
    return next((own.upper() for own, letters in _LATIN.items() if letters[0] == low[0]), "К" if low[0] == "c" else "?")
