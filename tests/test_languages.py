"""An original in a language of which only letters, small words, abbreviations and months are known.

The pack is made here and not shipped. It is read, aligned by its names and numbers, and examined by the rules that
need nothing more; what it lacks is off and reported, and nothing Russian is asked on its account.
"""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator
from dataclasses import fields, replace
from pathlib import Path
from typing import get_args

import pytest

from collation.alignment.affinity import same_letters
from collation.knowledge.names import authority
from collation.knowledge.values.finding import find_values
from collation.knowledge.words import confusions, language_model, lexicon, morphology, search, wordlist
from collation.languages import LANGUAGES, RUSSIAN_ENGLISH, pair_named, pair_of
from collation.languages.knowledge import knowledge_for
from collation.model import Apparatus, Document
from collation.model.language import Language, LanguagePair, Need
from collation.model.rule import Rule
from collation.pipeline import examine, trail
from collation.reading import read_pair, read_text
from collation.rules import RULES
from collation.settings import Settings
from collation.writers import WRITERS
from collation.writers.phrases import sentence

SOURCE = Path(__file__).parents[1] / "src" / "collation"
POLISH = Language(
    code="pl",
    name="Polish",
    siglum="P",
    role="original",
    script="latin",
    letters="aąbcćdeęfghijklłmnńoóprsśtuwyzźż",
    tokens=RUSSIAN_ENGLISH.original.tokens,
    months=tuple(
        "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia".split()
    ),
    function_words=frozenset("w z na do i o od po za dla przez przed nie się że był była to jest są oraz".split()),
    abbreviations=lambda: frozenset({"tow", "im", "nr", "r"}),
    ending=frozenset({"r"}),
)
PAIR = LanguagePair(POLISH, RUSSIAN_ENGLISH.translation)
PARAGRAPHS = (
    (
        "Dnia 12 października 1950 r. tow. Bierut przyjął Mao Zedonga i Stalina w Warszawie.",
        "On 12 October 1950 Comrade Bierut received Mao Zedong and Stalin in Warsaw.",
    ),
    (
        "Ambasador Lebiediew wręczył notę nr 417/205 z 3 listopada 1950 r. Marszałek Rokossowski zażądał 340 wagonów.",
        "Ambassador Lebedev handed over note No. 417/205 of 3 November 1950. Marshal Rokossovsky demanded 340 wagons.",
    ),
    (
        "Gomułka przybył do Moskwy przed 25 grudnia, ale Chruszczow go nie przyjął.",
        "Gomulka arrived in Moscow before 25 December, but Khrushchev did not receive him.",
    ),
)


def document(*, wrong: str = "", right: str = "", repeated: str = "") -> Document:
    original = "\n\n".join(p for p, _ in PARAGRAPHS).replace(right, wrong) + repeated
    return read_pair(original, "\n\n".join(e for _, e in PARAGRAPHS), PAIR)


@pytest.fixture
def nothing_russian(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is known of Russian cannot be asked."""

    def refuse(*asked: object, **named: object) -> None:
        raise AssertionError(f"Russian was asked for {asked}")

    for module, names in (
        (morphology, ("is_known", "parses", "lemmas", "forms", "inflect", "analyses")),
        (wordlist, ("_frequencies", "frequent_words", "is_usual", "usual_forms")),
        (search, ("graph", "similar", "usual_tree", "usual_similar")),
        (confusions, ("channel_cost", "substitution_costs")),
        (authority, ("is_name_form", "is_abbreviation", "same_name", "borne_by")),
        (language_model, ("load", "_model", "opened")),
        (lexicon, ("opened", "_glossary")),
    ):
        for name in names:
            monkeypatch.setattr(module, name, refuse)


def apparatus(of: Document) -> Apparatus:
    return examine(of, languages=PAIR)


def test_it_is_read_into_two_witnesses_of_one_script(nothing_russian: None) -> None:
    read = document()
    assert [(w.siglum, w.role, w.language) for w in read.witnesses] == [
        ("P", "original", "pl"),
        ("E", "translation", "en"),
    ]
    assert read.original is not None and len(read.original.segments) == len(PARAGRAPHS)
    assert [len(s.sentences) for s in read.original.segments] == [1, 2, 1], (
        "tow. ends no sentence, r. before Marszałek does"
    )


def test_lines_that_alternate_are_told_apart() -> None:
    read = read_text("\n\n".join(side for both in PARAGRAPHS for side in both), label="x", languages=PAIR)
    assert read.original is not None and read.translation is not None
    assert len(read.original.segments) == len(read.translation.segments) == len(PARAGRAPHS)


def test_names_and_numbers_align_it(nothing_russian: None) -> None:
    aligned, context, *_ = trail(document(), settings=Settings(), languages=PAIR)
    assert aligned.parallel
    assert [(k.original, k.translation) for k in aligned.links] == [((i,), (i,)) for i in range(len(PARAGRAPHS))]
    answered = {
        (pair.original[w.original].text, pair.translation[w.translation].text)
        for pair in context.pairs
        for w in pair.words
    }
    assert {("Bierut", "Bierut"), ("Zedonga", "Zedong"), ("340", "340"), ("Gomułka", "Gomulka")} <= answered


def test_its_months_make_dates() -> None:
    original = document().original
    assert original is not None
    dates = [v for s in original.segments for v in find_values(s.tokens, POLISH) if v.kind == "date"]
    assert [(v.known("day"), v.known("month"), v.known("year")) for v in dates] == [
        (12, 10, 1950),
        (3, 11, 1950),
        (25, 12, None),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "code", "reading"),
    [
        ("340", "310", "VAL501", "340"),
        ("12 października", "12 listopada", "VAL502", "października"),
        ("3 listopada 1950", "3 listopada 1930", "VAL502", "1950"),
        ("3 listopada", "43 listopada", "VAL502", "3"),
    ],
)
def test_a_value_that_differs_is_found(nothing_russian: None, right: str, wrong: str, code: str, reading: str) -> None:
    found = [e for e in apparatus(document(right=right, wrong=wrong)) if e.code == code]
    assert any(reading in r.text for e in found for r in (*e.readings, *e.other_readings))


def test_a_repeated_paragraph_is_found(nothing_russian: None) -> None:
    found = apparatus(document(repeated="\n\n" + PARAGRAPHS[2][0]))
    assert "LAC" in {e.family for e in found}


def test_clean_text_has_no_entries_and_what_is_off_is_told(nothing_russian: None) -> None:
    found = apparatus(document())
    assert [e.code for e in found] == []
    told = [u for u in found.unexamined if u.says == "rules-off"]
    off = {rule.code for rule in RULES if rule.needs and not rule.needs_collection}
    assert [set(dict(u.values)["codes"].split(", ")) for u in told] == [off]
    assert not off & {"VAL501", "VAL502", "VAL505", "SIG601", "LAC703"}


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_what_is_off_is_said_in_the_report(lang: str) -> None:
    found = apparatus(document())
    told = next(u for u in found.unexamined if u.says == "rules-off")
    said = sentence(told.says, told.values, "en" if lang == "en" else "ru")
    assert "LEX101" in str(said)
    assert "LEX101" in WRITERS["md"].write(found, lang="en" if lang == "en" else "ru")


def test_nothing_of_russian_is_off() -> None:
    assert all(not RUSSIAN_ENGLISH.original.lacks(need) for rule in RULES for need in rule.needs)
    found = examine(read_pair("Дом стоит.", "The house stands."))
    assert "rules-off" not in {u.says for u in found.unexamined}


DICTIONARIES: dict[str, Need] = {
    "words.morphology": "morphology",
    "words.wordlist": "frequencies",
    "words.search": "search",
    "words.confusions.channel_cost": "confusions",
    "words.confusions.substitution_costs": "confusions",
    "names.authority": "names",
}


@pytest.mark.parametrize("rule", [r for r in RULES if r.family != "CAT"], ids=lambda r: r.code)
def test_a_rule_needs_the_dictionaries_that_its_file_imports(rule: Rule) -> None:
    """The rules of the catalogue ask for English names only."""
    asked = {
        need
        for node in ast.walk(ast.parse(Path(inspect.getfile(rule.propose)).read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        for name, need in DICTIONARIES.items()
        if f"{node.module}.{alias.name}".startswith(f"collation.knowledge.{name}")
    }
    assert asked <= set(rule.needs), f"{rule.code} needs {sorted(asked - set(rule.needs))}"


def test_a_capability_more_switches_its_rules_on() -> None:
    known = replace(POLISH, negations=frozenset({"nie"}))
    assert POLISH.lacks("negations") and not known.lacks("negations")
    assert set(get_args(Need)) <= {f.name for f in fields(Language)}


def test_the_table_tells_the_language_of_a_text() -> None:
    table = (*LANGUAGES, POLISH)
    assert pair_of(PARAGRAPHS[0][0], table).original.code == "pl"
    assert pair_of("Дом стоит на горе и не падает.", table).original is RUSSIAN_ENGLISH.original
    assert pair_named("pl", "en", table).original.code == "pl"
    english = "I do not go to the town, and a letter to you is not to be sent.\n\nДом стоит на горе."
    assert pair_of(english, table).original is RUSSIAN_ENGLISH.original, "small words of both speak for neither"
    with pytest.raises(KeyError, match="tlh"):
        pair_named("tlh", "en")


def test_knowledge_is_of_what_the_languages_have() -> None:
    known = knowledge_for(languages=PAIR)
    assert len(known.lexicon) == 0 and known.language_model is None
    assert len(knowledge_for().lexicon) > 0


@pytest.mark.parametrize(
    ("name", "other", "least", "most"),
    [
        ("Stalina", "Stalin", 0.8, 1.0),
        ("Gomułka", "Gomulka", 0.8, 1.0),
        ("Bierut", "Warsaw", 0.0, 0.4),
        ("-", "Mao", 0.0, 0.0),
    ],
)
def test_names_of_one_alphabet_are_compared_by_their_letters(name: str, other: str, least: float, most: float) -> None:
    assert least <= same_letters(name, other) <= most


ASKING = ("reading", "alignment", "evidence", "rules", "judge", "pipeline.py", "notebook.py")


def _codes() -> Iterator[str]:
    """The places above the table that name a language by its code; of messages the language is ``Lang``."""
    for path in sorted(SOURCE.rglob("*.py")):
        if path.relative_to(SOURCE).parts[0] not in ASKING:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        spoken = {
            id(default)
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef)
            for argument, default in zip(node.args.args[::-1], node.args.defaults[::-1], strict=False)
            if argument.annotation is not None and ast.unparse(argument.annotation) == "Lang"
        }
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and node.value in ("ru", "en") and id(node) not in spoken:
                yield f"{path.relative_to(SOURCE).as_posix()}:{node.lineno}"


def test_no_language_is_named_where_the_table_is_asked() -> None:
    assert list(_codes()) == []
