"""Damage of the structural kinds: signs, dates, hours, copies, capitals, the catalogue, text that belongs elsewhere.

Letter noise (``noise``) never makes what these rules look for, and real documents have it seldom. Each recipe here does
to a clean page what a scanner, a typist or a cataloguer does, without asking what the rule for it can see: a misread
figure is any figure, a stray capital any word. All choices come from one seeded generator. Blind to damage that several
hands did in one place: what one recipe has touched no other touches.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from functools import lru_cache

from collation.knowledge import dictionaries
from collation.knowledge.letters import is_latin
from collation.learning.clean_pages import (
    LETTERS,
    WORDS,
    Damaged,
    Excerpt,
    MadePage,
    compose,
    draw,
    is_marked,
    mark,
    misread,
    some_pairs,
)
from collation.learning.clerical import (
    broken_date,
    catalogue_date,
    catalogue_host,
    catalogue_language,
    catalogue_leaves,
    catalogue_name,
    early_step,
    late_year,
    wrong_hour,
)
from collation.rules.lacunae import dittography
from collation.rules.lexical import alphabet, capitals
from collation.rules.pairing import misplaced_translation
from collation.rules.sigla import repeated_signs

Recipe = Callable[[MadePage, random.Random, Excerpt], bool]
_SHARE = 0.4
_SELDOM = 0.9  # of what finds its place in few pages only
_LONG = 450
_WORD = re.compile(r"[А-Яа-яЁё]{4,}")


def plant(document: Excerpt, other: Excerpt, *, seed: int) -> Damaged:
    """A page of the document with damage drawn by the seed; ``other`` lends text that belongs elsewhere."""
    chance = random.Random(seed)
    long, elsewhere = chance.random() < 0.4, chance.random() < 0.25
    taken, foreign = some_pairs(document, chance, _LONG if long else WORDS), some_pairs(other, chance, _LONG)
    page = draw(taken, chance)
    touched: set[str] = set()
    recipes = list(RECIPES)
    chance.shuffle(recipes)
    if elsewhere:
        recipes.insert(0, (astray, frozenset({"english", "russian", "steps"})))
    for recipe, touches in recipes:
        drawn = recipe is astray or chance.random() < (_SELDOM if recipe in {wrong_hour, lost_sheet} else _SHARE)
        if drawn and not touches & touched and recipe(page, chance, foreign):
            touched |= touches
    return compose(page)


def siglum(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """One sign of the siglum in one running head."""
    if len(page.sheets) < 3:
        return False
    k = chance.randrange(len(page.sheets))
    heading, whole, paragraphs = page.sheets[k]
    number, letters = whole.split("/")
    n = page.plant(repeated_signs.ODD, kind := chance.choice(("figure", "letter")))
    if kind == "figure":
        wrong = mark(n, misread(number, chance)) + "/" + letters
    else:
        others = [c for c in LETTERS if len(c) == 1 and c != letters[-1]]
        wrong = f"{number}/" + mark(n, letters[:-1] + chance.choice(others))
    page.sheets[k] = (heading, wrong, paragraphs)
    return True


def lost_sheet(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """The heading of one sheet lost, where three others are left."""
    if len(page.sheets) < 5:
        return False
    k = chance.randrange(2, len(page.sheets) - 1)
    n = page.plant(repeated_signs.SERIES, "heading")
    before, lost, after = page.sheets[k - 1 : k + 2]
    page.sheets[k - 1 : k + 2] = [
        (before[0], before[1], before[2] + lost[2]),
        (mark(n, f"Лист № {after[0]}"), after[1], after[2]),
    ]
    return True


def twice(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """A line, some words running, or the last words of a sheet, copied a second time."""
    kind = chance.choice(("line", "words", "page"))
    k = chance.randrange(len(page.sheets) - 1 if kind == "page" and len(page.sheets) > 1 else len(page.sheets))
    paragraphs = page.sheets[k][2]
    i = len(paragraphs) - 1 if kind == "page" else chance.randrange(len(paragraphs))
    lines, words = paragraphs[i].split("\n"), paragraphs[i].split(" ")
    if kind == "line":
        j = chance.randrange(len(lines))
        if len(lines) < 3 or len(_WORD.findall(lines[j])) < 3:
            return False
        n = page.plant(dittography.CODE, kind)
        paragraphs[i] = "\n".join([*lines[:j], mark(n, lines[j]), mark(n, lines[j]), *lines[j + 1 :]])
        return True
    length = chance.randrange(6, 16)
    if len(words) < length or (kind == "page" and k + 1 == len(page.sheets)):
        return False
    n = page.plant(dittography.CODE, kind)
    j = len(words) - length if kind == "page" else chance.randrange(len(words) - length + 1)
    copied = mark(n, " ".join(words[j : j + length]))
    if kind == "page":
        following = page.sheets[k + 1][2]
        paragraphs[i] = " ".join([*words[:j], copied])
        following[0] = copied + " " + following[0]
    else:
        paragraphs[i] = " ".join([*words[:j], copied, copied, *words[j + length :]])
    return True


def astray(page: MadePage, chance: random.Random, other: Excerpt) -> bool:
    """A translation of another text, a run of its paragraphs among our own, or three of ours untranslated."""
    foreign = [en for _, en in other.pairs if len(en.split()) >= 8]
    kind = chance.choice(("whole", "foreign", "untranslated"))
    if kind == "whole":
        n = page.plant(misplaced_translation.CODE, kind)
        page.english, page.siglum, page.steps = (
            [mark(n, en) for _, en in other.pairs[: len(page.english)]],
            "",
            (page.steps[0], ""),
        )
        page.sheets = [(h, s, [mark(n, p) for p in ps]) for h, s, ps in page.sheets]
    elif kind == "foreign" and len(foreign) >= 3:
        n = page.plant(misplaced_translation.CODE, kind)
        i = chance.randrange(1, len(page.english))
        page.english[i:i] = [mark(n, en) for en in foreign[:3]]
    else:
        return kind == "untranslated" and _untranslated(page, chance)
    return True


def _untranslated(page: MadePage, chance: random.Random) -> bool:
    """The English of three paragraphs running left out."""
    if len(page.english) < 5 or len(page.english) != sum(len(ps) for _, _, ps in page.sheets):
        return False
    i = chance.randrange(1, len(page.english) - 3)
    n = page.plant(misplaced_translation.CODE, "untranslated")
    k = 0
    for _, _, paragraphs in page.sheets:
        for j, text in enumerate(paragraphs):
            paragraphs[j] = mark(n, text) if i <= k < i + 3 else text
            k += 1
    del page.english[i : i + 3]
    return True


def foreign_letters(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """One or two letters of a word replaced by Latin ones of the same outline, in two words."""
    done = [_in_word(page, chance, alphabet.CODE, lambda word: ("outline", _latinised(word, chance))) for _ in range(2)]
    return any(done)


def _latinised(word: str, chance: random.Random) -> str:
    spots = [i for i, c in enumerate(word) if c in _outlines()]
    for i in chance.sample(spots, min(len(spots), chance.choice((1, 1, 2)))):
        word = word[:i] + _outlines()[word[i]] + word[i + 1 :]
    return word


@lru_cache(maxsize=1)
def _outlines() -> dict[str, str]:
    rows = dictionaries.rows("lookalikes.tsv", columns=3)
    return {c: latin for latin, c, kind in rows if kind == "homoglyph" and len(latin) == 1 and is_latin(latin)}


def letter_case(page: MadePage, chance: random.Random, _: Excerpt) -> bool:
    """Two words with a second capital, without the capital of a name, or with a capital in mid-sentence."""
    done = [_in_word(page, chance, capitals.CODE, lambda word: _recased(word, chance)) for _ in range(2)]
    return any(done)


def _recased(word: str, chance: random.Random) -> tuple[str, str]:
    if word[1:].islower() and word[0].isupper():
        return chance.choice((("second capital", word[:2].upper() + word[2:]), ("small name", word.lower())))
    return ("stray capital", word.capitalize()) if word.islower() else ("", word)


def _in_word(page: MadePage, chance: random.Random, code: str, change: Callable[[str], tuple[str, str]]) -> bool:
    """Change one word of the text; words with capitals are drawn as often as others."""
    places = [
        (ps, i, m)
        for _, _, ps in page.sheets
        for i, text in enumerate(ps)
        if not is_marked(text)
        for m in _WORD.finditer(text, 1)
        if text[m.start() - 1] == " " and text[m.start() - 2].islower()
    ]
    titled = [p for p in places if p[2].group()[0].isupper()]
    chosen = titled if titled and chance.random() < 0.5 else places
    if not chosen:
        return False
    paragraphs, i, found = chance.choice(chosen)
    kind, wrong = change(found.group())
    if wrong == found.group():
        return False
    n = page.plant(code, kind)
    text = paragraphs[i]
    paragraphs[i] = text[: found.start()] + mark(n, wrong) + text[found.end() :]
    return True


RECIPES: tuple[tuple[Recipe, frozenset[str]], ...] = (
    (siglum, frozenset({"siglum"})),
    (lost_sheet, frozenset({"sheets"})),
    (twice, frozenset({"russian"})),
    (broken_date, frozenset({"date", "stamp"})),
    (late_year, frozenset({"date", "stamp"})),
    (early_step, frozenset({"date", "steps"})),
    (wrong_hour, frozenset({"steps"})),
    (foreign_letters, frozenset({"foreign letters"})),
    (letter_case, frozenset({"letter case"})),
    (catalogue_name, frozenset({"title", "english"})),
    (catalogue_leaves, frozenset({"leaves"})),
    (catalogue_date, frozenset({"date", "steps"})),
    (catalogue_language, frozenset({"language"})),
    (catalogue_host, frozenset({"host"})),
)
