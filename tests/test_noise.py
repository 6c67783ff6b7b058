"""Planted noise: its gold leads back to the clean text, and the doubts of a noisy text are labelled by it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from collation.errors import CollationError
from collation.knowledge.names.authority import is_name_form
from collation.knowledge.words import morphology, wordlist
from collation.learning import examples as noise_examples
from collation.learning.clean_words import CleanWords
from collation.learning.examples import Example, examples, from_document
from collation.learning.noise import MIXTURE, RATES, RECIPES, Corruption, Noisy, corrupt, plant
from collation.learning.noise_in_names import NAME_MAKERS
from collation.learning.noise_in_stretches import STRETCH_MAKERS
from collation.learning.noise_in_words import WORD_MAKERS, of_one_theme, shapes_of
from collation.learning.noise_that_fits import FITTING_MAKERS
from collation.model import Document, Edit, Feature, Hypothesis, Place
from collation.reading import read_text
from collation.rules.context import confusion_sets
from parallel_texts import text

SEEDS = range(16)


@pytest.fixture(scope="module")
def document() -> Document:
    return read_text(text(1), label="any")


@pytest.fixture(scope="module")
def drawn(document: Document) -> list[Noisy]:
    return [corrupt(document, seed=seed, rate=0.3) for seed in SEEDS]


def restored(noisy: Noisy) -> str:
    """The text with every planted error taken back at the offsets of the gold."""
    found = noisy.text
    for g in sorted(noisy.gold, key=lambda g: -g.start):
        found = found[: g.start] + g.clean + found[g.stop :]
    return found


def test_the_gold_restores_the_clean_text(document: Document, drawn: list[Noisy]) -> None:
    assert sum(len(noisy.gold) for noisy in drawn) > 150
    assert {restored(noisy) for noisy in drawn} == {document.text}


def test_the_gold_names_what_is_there_now_and_does_not_overlap(drawn: list[Noisy]) -> None:
    for noisy in drawn:
        assert all(noisy.text[g.start : g.stop] == g.noisy != g.clean for g in noisy.gold)
        assert all(a.stop <= b.start for a, b in zip(noisy.gold, noisy.gold[1:], strict=False))


def test_the_translation_stays_as_it_was(document: Document, drawn: list[Noisy]) -> None:
    assert document.translation is not None
    english = document.text[document.translation.segments[0].place.start :]
    assert all(noisy.text.endswith(english) for noisy in drawn)


def test_the_seed_decides(document: Document, drawn: list[Noisy]) -> None:
    assert corrupt(document, seed=5, rate=0.3) == drawn[5]
    assert len({noisy.text for noisy in drawn}) == len(drawn)


def test_errors_are_named_for_what_they_are(drawn: list[Noisy]) -> None:
    planted = [g for noisy in drawn for g in noisy.gold]
    assert {g.kind for g in planted} >= {"spelling", "real-word", "grammar", "merge", "split", "lost"}
    for g in planted:
        if g.kind == "real-word":
            assert morphology.is_known(g.noisy), g
        if g.kind == "grammar":
            assert set(morphology.lemmas(g.noisy)) & set(morphology.lemmas(g.clean)), g
        if g.kind == "merge":
            assert " " in g.clean and " " not in g.noisy


# --- each maker --------------------------------------------------------------------------------------------------

RUSSIAN = """Посол Вышинский не был в Москве и не передал письмо министру Молотову. По словам Громыко, брата Жданова
не видели у Ворошилова. Правительство приняло решение о помощи народу. Газета «Правда» напечатала речь Калинина, и об этом
сообщил Литвинов. Вот что он не сказал: мы не хотим войны, а они ее хотят. Комитет обсудил вопрос о положении крестьян."""
ENGLISH = """Ambassador Vyshinsky was not in Moscow and did not hand the letter to Minister Molotov. According to Gromyko,
Zhdanov's brother was not seen at Voroshilov's."""
ONE_WORD = {
    "glyph", "habit", "slip", "ending", "function", "letter", "sign", "latin", "lookalike", "beginning", "tail", "same_affix",
    "capital", "fitting_word", "fitting_ending", "name", "other_name", "near_name", "name_as_word", "word_as_name",
}  # fmt: skip


@pytest.fixture(scope="module")
def with_names() -> Document:
    return read_text(f"{RUSSIAN}\n\n{ENGLISH}\n", label="names")


def made(document: Document, maker: str) -> list[Corruption]:
    """What a maker plants alone, by some seeds; each text is restored by its gold."""
    found: list[Corruption] = []
    for seed in range(8):
        noisy = plant(CleanWords(document, seed), {maker: 1.0}, 0.2)
        assert restored(noisy) == document.text
        assert all(noisy.text[g.start : g.stop] == g.noisy != g.clean for g in noisy.gold)
        found += noisy.gold
    return found


@pytest.mark.parametrize("maker", [*WORD_MAKERS, *FITTING_MAKERS, *NAME_MAKERS, *STRETCH_MAKERS])
def test_every_maker_makes_errors_and_its_gold_restores_the_text(with_names: Document, maker: str) -> None:
    found = made(with_names, maker)
    assert len(found) >= 3, maker
    assert {" " in g.clean for g in found} == {False} if maker in ONE_WORD else True


def test_every_maker_is_in_a_recipe_and_every_share_has_its_maker() -> None:
    assert {m for recipe in RECIPES.values() for m in recipe} == {
        *WORD_MAKERS,
        *FITTING_MAKERS,
        *NAME_MAKERS,
        *STRETCH_MAKERS,
    }
    assert RECIPES.keys() == RATES.keys() == MIXTURE.keys()


@pytest.mark.parametrize(
    ("maker", "holds"),
    [
        ("ending", lambda g: set(morphology.lemmas(g.noisy)) & set(morphology.lemmas(g.clean))),
        ("beginning", lambda g: g.noisy.lower()[:2] == g.clean.lower()[:2] and abs(len(g.noisy) - len(g.clean)) < 2),
        ("tail", lambda g: g.noisy[-2:] == g.clean[-2:] and abs(len(g.noisy) - len(g.clean)) < 2),
        ("same_form", lambda g: shapes_of(g.noisy) & shapes_of(g.clean) and morphology.is_known(g.noisy)),
        ("theme", lambda g: shapes_of(g.noisy) & shapes_of(g.clean) and not set(morphology.lemmas(g.noisy)) & set(morphology.lemmas(g.clean))),
        ("latin", lambda g: not any("а" <= c <= "я" for c in g.noisy.lower()) and len(g.clean) <= 4),
        ("letter", lambda g: len(g.clean) == 1 and g.noisy != g.clean),
        ("capital", lambda g: g.noisy.lower() == g.clean.lower()),
        ("capitals", lambda g: g.noisy == g.clean.upper() and " " in g.clean),
        ("other_name", lambda g: g.noisy[0].isupper() and g.noisy[:3] != g.clean[:3]),
        ("near_name", lambda g: g.noisy[0].isupper()),
        ("name_as_word", lambda g: morphology.is_known(g.noisy)),
        ("word_as_name", lambda g: is_name_form(g.noisy.lower()) and not is_name_form(g.clean.lower())),
        ("double", lambda g: g.noisy.lower().split() == [g.clean.lower()] * 2),
        ("lose", lambda g: g.noisy == "" and g.start == g.stop and len(g.clean.split()) == 1),
        ("insert", lambda g: (g.clean, g.noisy) == ("", "не ")),
        ("stray", lambda g: g.clean == " " and g.noisy.strip() and len(g.noisy) in {2, 3}),
        ("speck", lambda g: " " in g.clean and " " not in g.noisy and len(g.noisy) == len(g.clean)),
        ("shift", lambda g: g.noisy.replace(" ", "") == g.clean.replace(" ", "")),
        ("cut", lambda g: g.noisy.count("\n") == 1 and g.noisy.startswith(g.clean[:2]) and g.noisy.endswith(g.clean[-2:])),
        ("tear", lambda g: " " not in g.clean and len(g.noisy.split()) in {2, 3}),
        ("lacuna", lambda g: g.noisy == "" and len(g.clean.split()) >= 5),
    ],
)  # fmt: skip
def test_a_maker_makes_what_it_says(with_names: Document, maker: str, holds: Callable[[Corruption], object]) -> None:
    assert [g for g in made(with_names, maker) if not holds(g)] == []


def test_words_of_one_theme_are_near_in_meaning_and_not_in_letters() -> None:
    assert {"вечером", "ночью"} <= set(of_one_theme("утром"))
    assert "меньше" in of_one_theme("больше")
    assert of_one_theme("ъъъъ") == ()


def test_readers_know_rare_words_too(with_names: Document) -> None:
    assert min(wordlist.zipf(g.noisy.lower()) for g in made(with_names, "same_form")) < 2.8


def test_what_is_lost_is_mostly_a_negation(with_names: Document) -> None:
    lost = [g.clean.strip() for g in made(with_names, "lose")]
    assert lost.count("не") > len(lost) / 2


def test_a_mixture_says_which_readers_are_drawn(with_names: Document) -> None:
    only = [corrupt(with_names, seed=s, rate=0.3, mixture={"classic": 1.0}) for s in SEEDS]
    kinds = {g.kind for noisy in only for g in noisy.gold}
    assert "spelling" in kinds and not kinds & {"name", "doubled", "lost", "lacuna"}
    with pytest.raises(CollationError, match="“ghost” is no mixture"):
        corrupt(with_names, seed=1, mixture={"ghost": 1.0})


def test_a_share_of_the_documents_is_left_sound(document: Document) -> None:
    sound = sum(corrupt(document, seed=s, mixture={"classic": 1.0}).gold == () for s in range(80))
    assert 12 <= sound <= 50  # a quarter, and those short ones in which a low rate makes nothing


def test_no_noise_gives_the_text_itself(document: Document) -> None:
    assert corrupt(document, seed=1, rate=0.0) == Noisy(document.text, ())


@pytest.fixture(scope="module")
def labelled() -> list[Example]:
    """The doubts of a text in which one word is wrong."""
    clean = text(0)
    at = clean.index("народу")
    gold = Corruption(at, at + 6, "народу", "народк", "spelling")
    noisy = Noisy(clean.replace("народу", "народк", 1), (gold,))
    return examples(noisy, label="one")[0]


def test_the_planted_error_is_labelled_wrong_and_nothing_else(labelled: list[Example]) -> None:
    (wrong,) = [e for e in labelled if e.wrong]
    assert "народк" in wrong.observed and wrong.kind == "spelling" and wrong.document == "one"
    assert all(not e.kind and not any(e.right) for e in labelled if not e.wrong)


def test_the_reading_that_restores_the_text_is_right_and_no_other(labelled: list[Example]) -> None:
    (wrong,) = [e for e in labelled if e.wrong]
    assert [words for words, right in zip(wrong.texts, wrong.right, strict=True) if right] == ["народу"]
    assert len(wrong.texts) > 1 and len(wrong.rows) == len(wrong.texts)


def test_errors_on_the_other_side_make_no_russian_word_wrong() -> None:
    noisy = text(0).replace("народу", "народк", 1)
    at = noisy.index("народк")
    gold = (Corruption(at, at + 6, "народу", "народк", "spelling", side="en"),)
    assert not any(e.wrong for e in from_document(read_text(noisy, label="one"), gold, label="one"))


# --- labels beside what is lost ----------------------------------------------------------------------------------


class _Proposed:
    """A rule that proposes one reading for a word, or the word before another."""

    def __init__(self, place: Place, reading: str) -> None:
        self.hypothesis = Hypothesis(
            "CTX203", (place,), (Edit(place, reading),), (Feature("real_word", 1.0, (place,)),), "original"
        )

    def propose(self, _: object) -> list[Hypothesis]:
        return [self.hypothesis]


LOST = "Министр не сказал об этом народу."


def labels(monkeypatch: pytest.MonkeyPatch, word: str, reading: str, gold: Corruption, russian: str) -> list[Example]:
    """The examples of one text when a rule proposes a reading for a word of it."""
    full = f"{russian}\n\nThe minister did not tell the people about it.\n"
    at = full.index(word)
    rule = replace(confusion_sets.RULE, propose=_Proposed(Place.at(at, at + len(word)), reading).propose)
    monkeypatch.setattr(noise_examples, "RULES", (rule,))
    return list(from_document(read_text(full, label="one"), (gold,), label="one"))


def lost_not(kind: str = "lost") -> tuple[str, Corruption]:
    at = LOST.index("не ")
    return LOST.replace("не ", ""), Corruption(at, at, "не ", "", kind)


@pytest.mark.parametrize("word", ["сказал", "Министр"])
def test_a_reading_that_restores_a_lost_word_is_right(monkeypatch: pytest.MonkeyPatch, word: str) -> None:
    russian, gold = lost_not()
    reading = "не сказал" if word == "сказал" else "Министр не"
    (example,) = labels(monkeypatch, word, reading, gold, russian)
    assert (example.wrong, example.right, example.kind) == (True, (True,), "lost")


@pytest.mark.parametrize(("word", "reading"), [("сказал", "сказала"), ("Министр", "Министра"), ("сказал", "но сказал")])
def test_another_doubt_beside_a_lost_word_teaches_nothing(
    monkeypatch: pytest.MonkeyPatch, word: str, reading: str
) -> None:
    russian, gold = lost_not()
    assert labels(monkeypatch, word, reading, gold, russian) == []


def test_a_doubt_further_off_is_sound(monkeypatch: pytest.MonkeyPatch) -> None:
    russian, gold = lost_not("lacuna")
    (example,) = labels(monkeypatch, "народу", "народа", gold, russian)
    assert (example.wrong, example.right, example.kind) == (False, (False,), "")


def test_a_wrong_capital_is_found_by_the_reading_that_mends_it_only(monkeypatch: pytest.MonkeyPatch) -> None:
    at = LOST.index("сказал")
    gold = Corruption(at, at + 6, "сказал", "Сказал", "capital")
    russian = LOST.replace("сказал", "Сказал")
    assert labels(monkeypatch, "Сказал", "Сказала", gold, russian) == []
    (example,) = labels(monkeypatch, "Сказал", "сказал", gold, russian)
    assert example.wrong and example.right == (True,)


def test_a_doubled_word_is_one_error_of_both_copies(monkeypatch: pytest.MonkeyPatch) -> None:
    russian = LOST.replace("об", "об об")
    at = russian.index("об об")
    (example,) = labels(monkeypatch, "об об", "об", Corruption(at, at + 5, "об", "об об", "doubled"), russian)
    assert example.wrong and example.right == (True,)
