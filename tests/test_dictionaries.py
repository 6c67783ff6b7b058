"""The dictionaries: headed, in order, without duplicates, each column in its script, every entry within reach."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from collation.alignment import affinity
from collation.errors import DamagedDictionary
from collation.knowledge import dictionaries
from collation.knowledge.letters import RUSSIAN_LETTERS, fold, one_letter_away, script
from collation.knowledge.names import authority
from collation.knowledge.words import families, lexicon, morphology
from collation.knowledge.words.confusions import EDIT, channel_cost, substitution_costs
from collation.knowledge.words.english import english_lemma, lemma_candidates
from collation.languages import RUSSIAN_ENGLISH
from collation.model import Token
from collation.reading.lines import split_lines
from collation.reading.tokens import build_flow, tokenise

FOLDER = dictionaries.folder()
FILES = sorted(FOLDER.rglob("*.tsv"))
GLOSSARY = [path for path in FILES if path.parent.name == "glossary"]
HEADER = ("what", "source", "date", "columns")
# Columns of a language, by their names in the headers; the others (notes, kinds, government) may mix.
RUSSIAN_COLUMNS = {
    "Russian equivalents", "abbreviation", "adjectives", "confused", "country", "expansion", "given", "imperfective", "kontsevich",
    "letter", "palladius", "perfective", "period", "russian", "seats", "stem", "variants",
}  # fmt: skip
ENGLISH_COLUMNS = {
    "adhoc", "base", "english", "far", "form", "free", "hangul_rr", "mccune_reischauer", "near", "part of speech", "pinyin", "sex", "variant",
    "wade_giles",
}  # fmt: skip
_ROMAN = re.compile(r"[IVX]+")
_WORD = re.compile(r"[^\W\d_]+")

each_file = pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(FOLDER).as_posix())
each_glossary = pytest.mark.parametrize("path", GLOSSARY, ids=lambda path: path.stem)


@cache
def header(path: Path) -> dict[str, str]:
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    return {key: value for key, _, value in (line.removeprefix("# ").partition(": ") for line in lines)}


@cache
def columns(path: Path) -> tuple[str, ...]:
    return tuple(name.strip() for name in header(path)["columns"].split(","))


def rows(path: Path) -> list[tuple[str, ...]]:
    return dictionaries.read_rows(path, columns=len(columns(path)))


@each_file
def test_the_header_says_what_whence_when(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").split("\n")
    assert tuple(header(path)) == HEADER
    assert all(line.startswith("# ") for line in lines[: len(HEADER)]), "the header stands at the head"
    assert re.fullmatch(r"20\d\d-\d\d", header(path)["date"])
    assert len(header(path)["source"]) > 10
    assert lines[-1] == "", "the last line is ended"


@each_file
def test_rows_have_the_cells_that_the_header_names(path: Path) -> None:
    body = path.read_text(encoding="utf-8").splitlines()[len(HEADER) :]
    assert body
    for number, line in enumerate(body, len(HEADER) + 1):
        cells = line.split("\t")
        assert len(cells) == len(columns(path)), f"line {number}"
        assert all(cell == " ".join(cell.split()) for cell in cells), f"line {number}: stray blanks"
        assert cells[0], f"line {number}: no head"


@each_file
def test_rows_are_in_order_and_single(path: Path) -> None:
    # glossary: by head and part of speech; elsewhere: by the cells as they are
    ranked = [(r[0].lower(), *r[1:2]) if path in GLOSSARY else r for r in rows(path)]
    for number, (one, next_one) in enumerate(pairwise(ranked), len(HEADER) + 2):
        assert one < next_one, f"line {number}: {next_one} after {one}"


@each_file
def test_cells_have_no_item_twice(path: Path) -> None:
    if path.name in {"government.tsv", "numerals.tsv"}:
        return
    for row in rows(path):
        for cell in row:
            items = dictionaries.cell_list(cell.replace("|", ";"))
            assert len(items) == len(set(items)), f"{row[0]}: {cell}"


@each_file
def test_each_column_is_in_its_script(path: Path) -> None:
    for row in rows(path):
        for name, cell in zip(columns(path), row, strict=True):
            words = [w for w in _WORD.findall(cell) if not _ROMAN.fullmatch(w)]
            assert not [w for w in words if script(w) == "mixed"], f"{row[0]}, {name}: {cell}"
            if name in RUSSIAN_COLUMNS:
                assert not [w for w in words if script(w) != "cyrillic"], f"{row[0]}, {name}: {cell}"
            if name in ENGLISH_COLUMNS:
                assert not [w for w in words if script(w) != "latin"], f"{row[0]}, {name}: {cell}"


def test_a_row_too_wide_is_named_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "odd.tsv"
    path.write_text("# what: odd\na\tb\na\tb\tc\n", encoding="utf-8")
    with pytest.raises(DamagedDictionary) as caught:
        dictionaries.read_rows(path, columns=2)
    assert (caught.value.path, caught.value.line) == (str(path), 3)


# The glossary


@each_glossary
def test_every_english_head_is_found_by_looking_it_up(path: Path) -> None:
    heads = lexicon.opened().heads
    lost = []
    for head, _, _ in rows(path):
        asked = [(word,) for word in lemma_candidates(head)] if " " not in head else [words_of(head)]
        if not heads & set(asked):
            lost.append(head)
    assert not lost


def words_of(head: str) -> tuple[str, ...]:
    """A head as its words are written in a text."""
    tokens = tokenise(build_flow(split_lines(head), frozenset(), RUSSIAN_ENGLISH), language=RUSSIAN_ENGLISH.translation)
    return tuple(token.text.lower() for token in tokens)


@pytest.mark.parametrize(
    ("form", "russian"), [("rose", "подниматься"), ("rose", "роза"), ("left", "уехать"), ("leaves", "лист")]
)
def test_a_form_is_looked_up_under_both_its_words(form: str, russian: str) -> None:
    assert lexicon.opened().weight(form, russian) >= 0.5


def test_listed_forms_are_needed() -> None:
    """A row is right where the lemmatiser alone would not find the word."""
    assert not [form for form, base in rows(FOLDER / "english_forms.tsv") if english_lemma(form) == base]


@each_glossary
def test_every_single_head_is_one_word_of_a_text(path: Path) -> None:
    assert not [row[0] for row in rows(path) if " " not in row[0] and len(words_of(row[0])) != 1]


@each_glossary
def test_parts_of_speech_are_the_known_ones(path: Path) -> None:
    assert {row[1] for row in rows(path)} <= {"n", "a", "v", "adv", "prep", "conj", "pron", "num", "part", "phr"}


@each_glossary
def test_russian_equivalents_are_russian_words(path: Path) -> None:
    """A misprint in the glossary would be proposed as a reading. Proper names and rare compounds may be unknown."""
    listed, unknown = _unknown(path)
    assert len(unknown) <= 0.012 * len(listed), sorted(unknown)


def test_hardly_a_word_of_the_glossary_is_unknown() -> None:
    """Of a thousand words three may be unknown to the dictionary of forms: abbreviations, compounds, newest loans."""
    counts = [(len(listed), len(unknown)) for listed, unknown in map(_unknown, GLOSSARY)]
    listed, unknown = (sum(column) for column in zip(*counts, strict=True))
    assert unknown <= 0.003 * listed, sorted(word for path in GLOSSARY for word in _unknown(path)[1])


@cache
def _unknown(path: Path) -> tuple[list[str], list[str]]:
    listed = [w for row in rows(path) for w in _WORD.findall(row[2])]
    return listed, [w for w in listed if not morphology.is_known(fold(w)) and not authority.is_name_form(fold(w))]


_PAIR = re.compile(r"([а-яё-]+)/([а-яё-]+)")  # a further perfective may follow: кашлять/кашлянуть/закашлять


def _aspects(verb: str) -> set[str]:
    return {g for p in morphology.parses(fold(verb)) if p.pos == "INFN" for g in p.grammemes if g in {"impf", "perf"}}


@each_glossary
def test_aspect_partners_stand_imperfective_first(path: Path) -> None:
    pairs = [pair for row in rows(path) for pair in _PAIR.findall(row[2])]
    odd = [
        f"{left}/{right}"
        for left, right in pairs
        if morphology.is_known(fold(left))
        and morphology.is_known(fold(right))
        and ("impf" not in _aspects(left) or "perf" not in _aspects(right))
    ]
    assert not odd


@each_glossary
def test_a_stroke_parts_verbs_only(path: Path) -> None:
    items = [item for row in rows(path) for item in dictionaries.cell_list(row[2].replace("|", ";")) if "/" in item]
    parted = [word.split("/") for item in items for word in item.split() if "/" in word]
    assert not [
        words for words in parted if not all(_aspects(word) for word in words if morphology.is_known(fold(word)))
    ]


@each_glossary
def test_aspect_partners_of_the_glossary_meet(path: Path) -> None:
    """Both must count as one verb, whichever of them the text has."""
    apart = [
        f"{left}/{right}"
        for row in rows(path)
        for left, right in _PAIR.findall(row[2])
        if families.kinship(fold(left), fold(right)) < 0.7 and fold(right) not in families.partners(fold(left))
    ]
    assert not apart


def test_pairs_of_the_table_of_aspects_have_both_aspects() -> None:
    table = [pair for pair in rows(FOLDER / "aspects.tsv") if all(map(morphology.is_known, pair))]
    assert len(table) >= 4_000
    odd = [pair for pair in table if "impf" not in _aspects(pair[0]) or "perf" not in _aspects(pair[1])]
    assert len(odd) <= 2, odd


@pytest.mark.parametrize(
    "pair", ["брать взять", "говорить сказать", "класть положить", "ловить поймать", "искать найти"]
)
def test_suppletive_partners_are_kin(pair: str) -> None:
    left, right = pair.split()
    assert families.kinship(left, right) >= (0.9 if right != "найти" else 0.0)
    assert families.kinship(left, "дом") == 0.0


def test_the_glossary_has_heads_enough() -> None:
    book = lexicon.opened()
    assert len(book) >= 20_000
    assert (
        sum(len(dictionaries.cell_list(row[2].replace("|", ";"))) for path in GLOSSARY for row in rows(path)) >= 100_000
    )


@pytest.mark.parametrize(
    ("english", "russian"),
    [("school", "школа"), ("together", "вместе"), ("troops", "войско"), ("harvest", "урожай"), ("not", "не")],
)
def test_common_words_have_their_common_equivalents(english: str, russian: str) -> None:
    assert lexicon.opened().weight(english, russian) >= 0.5


# English words in a phrase, Russian words of a text: every one of the second must be within reach of the first.
REACHED = """
to send a telegram | послал посылать телеграмму
he returned home | вернулся возвратился домой
the troops retreated | войска отступили
a courteous answer | вежливый учтивый ответ
in spite of the frost | несмотря мороз
the harvest was gathered | урожай собран
they crossed the river | переправились через реку
Minister of Foreign Affairs | министр иностранных дел
he went on speaking | продолжал говорить
better and cheaper | лучше дешевле
it is necessary to strengthen the party | необходимо укреплять партию
later they agreed | позже согласились
the betrayed people | преданный предали народ
a decision was made | решение принято
he has fallen ill | заболел
prices rose | цены поднялись выросли
to fulfil the plan | выполнить план
early in the morning | рано утром
quickly and noiselessly | быстро бесшумно
at the beginning of the war | начале войны
the enemy was crushed | враг разгромлен
"""


@pytest.mark.parametrize("drawn", REACHED.strip().splitlines())
def test_words_of_a_text_are_reached(drawn: str) -> None:
    english, _, russian = drawn.partition(" | ")
    left, right = (
        tokenise(build_flow(split_lines(t), frozenset(), RUSSIAN_ENGLISH), language=RUSSIAN_ENGLISH.of(g))
        for t, g in ((english, "en"), (russian, "ru"))
    )
    called = affinity.call(tuple(left), lexicon.opened())
    for answered in affinity.answer(tuple(right), RUSSIAN_ENGLISH.original):
        if answered.content:
            assert max(affinity.affinity(answered, c) for c in called) >= 0.5, answered.token.text


@pytest.mark.parametrize(
    "pair", ["horse собака", "water огонь", "win проиграть", "above ниже", "friend враг", "buy продать"]
)
def test_what_is_no_equivalent_is_not_reached(pair: str) -> None:
    english, russian = pair.split()
    assert lexicon.opened().weight(english, russian) < 0.3


# Names, abbreviations, letters


@pytest.mark.parametrize("name", ["persons.tsv", "places.tsv", "given_names.tsv"])
def test_every_name_is_known_as_a_form(name: str) -> None:
    lost = [
        row[0]
        for row in rows(FOLDER / name)
        if not all(
            authority.is_name_form(fold(part))
            for part in row[0].split()
            if not _ROMAN.fullmatch(part) and part[0].isupper()
        )
    ]
    assert not lost


@pytest.mark.parametrize("name", ["persons.tsv", "places.tsv", "given_names.tsv"])
def test_every_name_is_found_by_its_english_spelling(name: str) -> None:
    at = columns(FOLDER / name).index("english")
    lost = [
        spelling
        for row in rows(FOLDER / name)
        for spelling in dictionaries.cell_list(row[at])
        if not any(found.head == row[0] for word in spelling.split() for found in authority.by_english(word))
    ]
    assert not lost


def test_every_abbreviation_is_known() -> None:
    assert all(authority.is_abbreviation(fold(row[0])) for row in rows(FOLDER / "abbreviations.tsv"))


def test_confusions_are_of_russian_letters_and_counted() -> None:
    for a, b, count, kind in rows(FOLDER / "confusions.tsv"):
        assert a != b and len(a) == len(b) == 1 and {a, b} <= {*RUSSIAN_LETTERS, "ё"}
        assert int(count) > 0
        assert kind in {"measured", "shape", "both"}


def test_a_letter_often_confused_costs_less() -> None:
    costs = substitution_costs()
    likeliest = min(costs, key=lambda pair: costs[pair])
    assert costs[likeliest] < EDIT
    assert channel_cost("п" + likeliest[0], "п" + likeliest[1]) == costs[likeliest]


def test_government_names_known_cases_and_lemmas() -> None:
    cases = {"nomn", "gent", "datv", "accs", "ablt", "loct", "inf"}
    for _, governor, requires, _ in rows(FOLDER / "government.tsv"):
        named = {item.rpartition("+")[2] for item in dictionaries.cell_list(requires)}
        assert named <= cases, f"{governor}: {requires}"


@pytest.mark.parametrize(
    ("left", "right", "kin"),
    [
        ("франт", "фронт", False),
        ("репетиция", "репутация", False),
        ("мерный", "мирный", False),
        ("послать", "посылать", True),
        ("наследник", "наследие", True),
        ("мир", "мирный", True),
        ("город", "град", True),
        ("берег", "брег", True),
        ("голос", "глас", True),
        ("роман", "рамен", False),
        ("пакт", "пикт", False),
        ("полицейский", "получить", False),
        ("красный", "крушение", False),
        ("продать", "пародия", False),
        ("располагать", "расположение", True),
        ("слух", "слышать", True),
        ("отзыв", "отозвать", True),
        ("сбор", "собирать", True),
        ("поселок", "послать", True),
    ],
)
def test_stems_that_differ_in_what_does_not_alternate_are_no_family(left: str, right: str, kin: bool) -> None:
    assert families.only_looks_alike(left, right) != kin
    assert bool(families.kinship(left, right)) == kin


def test_a_misread_vowel_answers_nothing() -> None:
    def tokens(text: str, language: str) -> tuple[Token, ...]:
        own = RUSSIAN_ENGLISH.of(language)
        return tuple(tokenise(build_flow(split_lines(text), frozenset(), RUSSIAN_ENGLISH), language=own))

    (english,) = affinity.call(tokens("front", "en"), lexicon.opened())
    right, kin, misread = affinity.answer(tokens("фронт фронтовой франт", "ru"), RUSSIAN_ENGLISH.original)
    assert affinity.affinity(right, english) > affinity.affinity(kin, english)
    assert affinity.affinity(kin, english) > affinity.affinity(misread, english) == 0.0


@pytest.mark.parametrize(
    ("short", "full"), [("Capt", "капитан"), ("Lt", "лейтенант"), ("Govt", "правительство"), ("Oct", "октябрь")]
)
def test_an_english_abbreviation_calls_for_what_its_word_calls_for(short: str, full: str) -> None:
    assert lexicon.opened().equivalents(short)[full] == 1.0


def test_words_one_letter_away_are_those_and_no_others() -> None:
    near = one_letter_away("ab", "abc")
    assert set(near) == {"a", "b", "aa", "ac", "bb", "cb", "ba", "aab", "abb", "bab", "cab", "acb", "aba", "abc"}
    assert near == sorted(near)
