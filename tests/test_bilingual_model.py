"""The bilingual model: what is read, what is computed, what it says of words beside their translation."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from collation.alignment.affinity import call
from collation.errors import CollationError
from collation.evidence.context import Context
from collation.evidence.measured_reading import OF_PLACES
from collation.evidence.measures import Measurer
from collation.evidence.translated_places import translated_places
from collation.evidence.word_places import word_places
from collation.judge.features import NAMES, OF_READINGS
from collation.knowledge.words import bilingual_model, context_model
from collation.knowledge.words.bilingual_model import (
    EQUIVALENTS,
    MOST,
    POSITIONS,
    BilingualModel,
    Opposite,
    Said,
    letter_buckets,
    quantised,
)
from collation.languages.en import ENGLISH
from collation.learning import manifest
from collation.model import Edit
from collation.reading import read_pair, read_text
from collation.reading.tokens import Flow, tokenise
from known import context_of

WIDTH = 96  # as the context model that is shipped
PLANTED = [
    ("Город заплатил ордену богатый день.", "The town paid a rich tribute to the order.", "день", "дань"),
    ("Лодку вытащили на берет до темноты.", "The boat was dragged to the shore before dark.", "берет", "берег"),
    ("Пришло письмо от брага.", "A letter came from his brother.", "брага", "брата"),
    ("Министры подписали контраст о зерне.", "The ministers signed a contract for grain.", "контраст", "контракт"),
]
OTHER = "The old mill behind the garden was painted green in the spring."


def document(russian: str, english: str) -> Context:
    return context_of(read_pair(russian, english))


def said_of(english: str, context: Context) -> list[Said]:
    tokens = tokenise(Flow(english, tuple(range(len(english)))), language=ENGLISH)
    calls = call(tokens, context.knowledge.lexicon)
    return [Said(c.lemma, c.token.text.lower(), c.lemmas, c.content) for c in calls if c.token.kind != "mark"]


def gain_beside(context: Context, english: str, word: str, reading: str) -> float:
    """How much more a translation speaks for a reading than for the word."""
    around, model = context.once(word_places), context.knowledge.bilingual_model
    assert around is not None
    assert model is not None
    found = next(w for w in context.words if w.text == word)
    places = around.of_pair(found.pair)
    opposite = Opposite(model, places.contexts, places.standing, places.at, said_of(english, context))
    own, new = opposite.scores([places.numbers.index(found.number)], around.vectors([word, reading]))[0]
    return float(new - own)


@pytest.mark.parametrize(("russian", "english", "word", "right"), PLANTED)
def test_the_translation_tells_a_planted_word_from_the_right_one(
    russian: str, english: str, word: str, right: str
) -> None:
    context = document(russian, english)
    found = next(w for w in context.words if w.text == word)
    places = context.once(translated_places)
    assert places is not None
    spoken = places.speaks(found.pair, found.number, right)
    assert spoken is not None
    assert spoken.reading - spoken.own > 2
    assert spoken.answer > spoken.here, "the reading answers a word that the word does not"
    assert gain_beside(context, english, word, right) == pytest.approx(spoken.reading - spoken.own, abs=1e-3)


@pytest.mark.parametrize(("russian", "english", "word", "right"), PLANTED)
def test_another_translation_does_not(russian: str, english: str, word: str, right: str) -> None:
    context = document(russian, english)
    assert gain_beside(context, OTHER, word, right) < gain_beside(context, english, word, right) / 2


@pytest.mark.parametrize(("russian", "english", "word", "right"), PLANTED)
def test_a_sound_word_gains_nothing_by_a_wrong_one(russian: str, english: str, word: str, right: str) -> None:
    context = document(russian.replace(word, right), english)
    assert gain_beside(context, english, right, word) < -2


def measured(context: Context, word: str, reading: str) -> dict[str, float]:
    found = next(w for w in context.words if w.text == word)
    values = Measurer(context).measure(Edit(found.place, reading))
    assert values is not None
    return values


def test_the_measures_are_those_of_the_places_and_nothing_without_a_translation() -> None:
    russian, english, word, right = PLANTED[0]
    with_it = measured(document(russian, english), word, right)
    assert all(with_it[name] for name in OF_PLACES)
    alone = measured(context_of(read_text(russian + "\n", label="alone")), word, right)
    assert not any(alone[name] for name in OF_PLACES)
    assert alone["context_gain"] == pytest.approx(with_it["context_gain"])


def test_readings_are_weighed_without_them() -> None:
    assert (*OF_READINGS, *OF_PLACES) == NAMES
    assert not set(OF_READINGS) & set(OF_PLACES)


def arrays(seed: int = 5) -> dict[str, Any]:
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> np.ndarray:
        return (chance.normal(size=shape) / 10).astype(np.float16)

    tables: dict[str, Any] = {}
    for name, rows in (("own", 3), ("first", 16), ("last", 8)):
        tables[name], tables[f"{name}_scale"] = quantised(drawn(rows, WIDTH))
    keys = [bilingual_model.word_hash(word) for word in ("house", "letter")]
    order = np.argsort(keys)
    return {
        "own_keys": np.array(keys, dtype=np.uint64)[order],
        "own_rows": (order + 1).astype(np.uint16),
        **tables,
        "mean": drawn(WIDTH, WIDTH), "content": drawn(WIDTH), "unlisted": drawn(WIDTH), "query": drawn(WIDTH, 4),
        "key": drawn(WIDTH, 4), "key_bias": drawn(WIDTH), "none_query": drawn(WIDTH), "none": drawn(1),
        "position": drawn(2 * POSITIONS + 1), "answer_word": drawn(WIDTH, 4), "answer_english": drawn(WIDTH, 4),
        "answer_bias": drawn(1), "sense": drawn(WIDTH, 3), "sense_power": drawn(1), "listed": drawn(4), "taken": drawn(1),
        "answered": drawn(1), "value": drawn(WIDTH, WIDTH), "inner": drawn(WIDTH, 5), "inner_context": drawn(WIDTH, 5),
        "inner_bias": drawn(5), "outer": drawn(5, WIDTH), "straight": drawn(WIDTH, WIDTH),
    }  # fmt: skip


@pytest.fixture
def model(tmp_path: Path) -> BilingualModel:
    path = tmp_path / "bilingual.npz"
    np.savez(path, **arrays())
    context = context_model.opened()
    assert context is not None
    return BilingualModel(path, context)


SAID = [Said("letter", "letters", {"письмо": 1.0, "буква": 0.6}, True), Said("xyz", "xyz", {}, False)]


def by_hand(
    model: BilingualModel, contexts: np.ndarray, standing: np.ndarray, at: np.ndarray, word: np.ndarray
) -> list[float]:
    """The scores of one word at each place, number by number from the description of the net."""
    data = {k: v.astype(np.float64) if v.dtype == np.float16 else v for k, v in arrays().items()}
    tables = {n: data[n].astype(np.float64) * data[f"{n}_scale"] for n in ("own", "first", "last")}
    words = context_model.opened()
    assert words is not None

    def unit(v: np.ndarray) -> np.ndarray:
        found = v @ data["sense"]
        return found / np.linalg.norm(found)

    english, senses = [], []
    for said in SAID:
        first, last = letter_buckets(said.text, 16, 8)
        row = list(data["own_rows"])[list(data["own_keys"]).index(bilingual_model.word_hash("letter"))]
        vector = tables["first"][first] + tables["last"][last] + tables["own"][row if said.lemma == "letter" else 0]
        vector = vector + said.content * data["content"]
        pairs = list(zip(words.vectors(list(said.equivalents)), said.equivalents.values(), strict=True))
        power = 1 / (1 + math.exp(-data["sense_power"][0]))
        senses.append([unit(v) * w**power for v, w in pairs])
        if pairs:
            vector = vector + sum(v * w**2 for v, w in pairs) / sum(w**2 for _, w in pairs) @ data["mean"]
        else:
            vector = vector + data["unlisted"]
        english.append(vector)

    def answer(v: np.ndarray, j: int) -> float:
        x = max([0.0, *(float(unit(v) @ s) for s in senses[j])])
        a, b, c, d = data["listed"]
        found = (v @ data["answer_word"]) @ (english[j] @ data["answer_english"]) + data["answer_bias"][0]
        found += a * x + b * x * x + c * max(x - 0.5, 0) * 2 + d * max(x - 0.8, 0) * 5
        return MOST * math.tanh(found / MOST)

    found = []
    for i, context in enumerate(contexts):
        logits = [float(data["none"][0] + context @ data["none_query"])]
        for j, e in enumerate(english):
            taken = math.log1p(sum(math.exp(answer(v, j)) for k, v in enumerate(standing) if k != i))
            step = round((at[i] - (j + 0.5) / len(english)) * POSITIONS) + POSITIONS
            near = (context @ data["query"]) @ (e @ data["key"]) / 2 + e @ data["key_bias"]
            logits.append(float(near + data["position"][step] - data["taken"][0] * taken))
        shares = np.exp(logits) / np.exp(logits).sum()
        seen = sum(s * (e @ data["value"]) for s, e in zip(shares[1:], english, strict=True))
        before = context @ data["inner_context"] + data["inner_bias"]
        moved = (np.maximum(seen @ data["inner"] + before, 0) - np.maximum(before, 0)) @ data["outer"] + seen @ data[
            "straight"
        ]
        mixed = shares[0] + sum(s * math.exp(answer(word, j)) for j, s in enumerate(shares[1:]))
        found.append(float(moved @ word + data["answered"][0] * math.log(mixed)))
    return found


def test_scores_are_what_the_description_says(model: BilingualModel) -> None:
    chance = np.random.default_rng(8)
    contexts, standing = (chance.normal(size=(3, WIDTH)).astype(np.float32) for _ in range(2))
    at = np.array([0.1, 0.5, 0.9], dtype=np.float32)
    word = chance.normal(size=WIDTH).astype(np.float32)
    opposite = Opposite(model, contexts, standing, at, SAID)
    expected = by_hand(model, contexts, standing, at, word)
    assert opposite.scores(range(3), word[None])[:, 0] == pytest.approx(expected, rel=2e-3, abs=2e-3)
    both = opposite.scores(range(3), standing)
    assert opposite.standing == pytest.approx(np.diag(both), abs=1e-4)
    spread = np.exp(both.astype(float)).mean(axis=1)
    assert opposite.mean_score(standing) == pytest.approx(np.log(spread), abs=1e-4)


def test_without_words_of_a_translation_nothing_is_said(model: BilingualModel) -> None:
    rows = np.random.default_rng(9).normal(size=(2, WIDTH)).astype(np.float32)
    opposite = Opposite(model, rows, rows, np.array([0.2, 0.7], dtype=np.float32), [])
    assert np.abs(opposite.scores([0, 1], rows)).max() < 1e-5


def test_no_more_equivalents_than_are_looked_at(model: BilingualModel) -> None:
    many = {f"слово{i}": 1 - i / 100 for i in range(20)}
    first = dict(list(many.items())[:EQUIVALENTS])
    one, _ = model.english([Said("x", "x", many, True)])
    other, _ = model.english([Said("x", "x", first, True)])
    assert np.array_equal(one, other)


def test_equivalents_of_like_weight_are_taken_in_any_order_alike() -> None:
    alike = {f"слово{i}": 0.5 for i in range(20)}
    backwards = dict(reversed(alike.items()))
    assert bilingual_model.best_equivalents(alike) == bilingual_model.best_equivalents(backwards)


@pytest.mark.parametrize("damage", ["no archive", "a layer missing", "layers that do not fit"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    path, data = tmp_path / "bilingual.npz", arrays()
    if damage == "a layer missing":
        del data["value"]
    elif damage == "layers that do not fit":
        data["mean"] = data["mean"][:-1]
    if damage == "no archive":
        path.write_bytes(b"PK no archive")
    else:
        np.savez(path, **data)
    context = context_model.opened()
    assert context is not None
    with pytest.raises(CollationError, match=r"bilingual\.npz"):
        BilingualModel(path, context)


def test_a_file_that_is_missing_is_none(tmp_path: Path) -> None:
    assert bilingual_model.opened(tmp_path / "bilingual.npz") is None


def test_training_learns_what_the_translation_calls_for(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from collation.learning.bilingual_training import main

    nouns = [
        ("стол", "table"),
        ("стул", "chair"),
        ("дом", "house"),
        ("сад", "garden"),
        ("лес", "wood"),
        ("мост", "bridge"),
    ]
    rows = [(f"Он видит {a} и {b}.", f"He sees a {c} and a {d}.") for a, c in nouns for b, d in nouns if a != b]
    (tmp_path / "texts" / "lined").mkdir(parents=True)
    for k, language in enumerate(("ru", "en")):
        lines = "\f".join("\n".join(row[k] for row in rows[n % 7 :]) for n in range(12))
        (tmp_path / "texts" / "lined" / f"news.{language}.txt").write_text(lines + "\n", "utf-8")
    (tmp_path / "texts" / "manifest.tsv").write_text(manifest.drafted(tmp_path / "texts"), "utf-8")
    out = tmp_path / "bilingual.npz"
    assert main([str(tmp_path / "texts"), "--out", str(out), "--steps", "30"]) == 0
    found = bilingual_model.opened(out)
    assert found is not None
    assert len(found.english([Said("table", "table", {"стол": 1.0}, True)])[0]) == 1
