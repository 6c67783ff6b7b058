"""The context model: what is read, what is computed, what it is taught with."""

from __future__ import annotations

import gzip
import io
import tarfile
from pathlib import Path

import numpy as np
import pytest

from collation.errors import CollationError
from collation.knowledge.words.context_model import SIDE, ContextModel, length_of, list_of, suffix_bucket
from collation.knowledge.words.count_tables import word_hash
from collation.knowledge.words.language_model import START, tags
from collation.learning import manifest
from collation.learning.context_vocabulary import numbered, read_navec, reduced, vocabulary_of
from collation.learning.quantise import quantise, unpacked

WIDTH, HIDDEN, SUFFIXES, BYTES = 8, 6, 16, 4
WORDS = ["мост", "реке", "письмо"]
TAGS = sorted({tag for word in [*WORDS, "на", START] for tag, _ in tags(word)})


def arrays(seed: int = 3) -> dict[str, np.ndarray]:
    chance = np.random.default_rng(seed)

    def drawn(*shape: int) -> np.ndarray:
        return chance.normal(size=shape).astype(np.float16)

    keys = np.array([word_hash(w) for w in WORDS], dtype=np.uint64)
    order = np.argsort(keys)
    return {
        "keys": keys[order],
        "codes": chance.integers(256, size=(len(WORDS), BYTES)).astype(np.uint8)[order],
        "codebook": drawn(BYTES, 256, WIDTH // BYTES),
        "tag_names": np.array(TAGS),
        "in_vocabulary": drawn(WIDTH),
        "tag_vectors": drawn(len(TAGS), WIDTH),
        "suffix_vectors": drawn(SUFFIXES, WIDTH),
        "length_vector": drawn(WIDTH),
        "first": drawn(2 * SIDE * WIDTH, HIDDEN),
        "first_bias": drawn(HIDDEN),
        "second": drawn(HIDDEN, HIDDEN),
        "second_bias": drawn(HIDDEN),
        "out": drawn(HIDDEN, WIDTH),
        "out_bias": drawn(WIDTH),
        "tag_out": drawn(HIDDEN, len(TAGS)),
        "tag_out_bias": drawn(len(TAGS)),
        **list_of(WORDS, TAGS),
    }


@pytest.fixture
def model(tmp_path: Path) -> ContextModel:
    path = tmp_path / "context.npz"
    np.savez(path, **arrays())
    return ContextModel(path)


def vector_by_hand(word: str) -> np.ndarray:
    data = {name: value.astype(np.float32) for name, value in arrays().items() if value.dtype == np.float16}
    row = np.zeros(WIDTH, dtype=np.float32)
    found = np.flatnonzero(arrays()["keys"] == word_hash(word))
    if len(found):
        codes = arrays()["codes"][found[0]]
        row += np.concatenate([data["codebook"][k, codes[k]] for k in range(BYTES)]) + data["in_vocabulary"]
    row += data["suffix_vectors"][suffix_bucket(word, SUFFIXES)] + length_of(word) * data["length_vector"]
    for tag, share in tags(word):
        if tag in TAGS:
            row += share * data["tag_vectors"][TAGS.index(tag)]
    return row


def test_a_vector_is_the_sum_of_its_parts(model: ContextModel) -> None:
    for word in (*WORDS, "дощщ"):
        assert np.allclose(model.vectors([word])[0], vector_by_hand(word), atol=1e-4), word


def test_a_place_is_computed_from_its_neighbours_alone(model: ContextModel) -> None:
    before, after = ["мост", "на", "реке"], ["письмо"]
    one, chances = model.places([*before, "мост", *after], [3])
    other, _ = model.places([*before, "реке", *after], [3])
    assert np.array_equal(one, other), "the word itself is not seen"
    changed, _ = model.places([*before, "мост", "мост"], [3])
    assert not np.allclose(one, changed)
    assert np.exp(chances[0]).sum() == pytest.approx(1, abs=1e-4)


def test_many_places_are_as_one_by_one(model: ContextModel) -> None:
    units = (WORDS * 500)[:1300]
    together, _ = model.places(units, range(len(units)))
    for k in (0, 7, 1023, 1024, 1299):
        assert np.allclose(together[k], model.places(units, [k])[0][0], atol=1e-4)


def test_listed_words_have_the_vectors_they_have_elsewhere(model: ContextModel) -> None:
    rows = model.listed
    words = tuple(model.listed_word(number) for number in range(len(rows)))
    assert list(words) == WORDS
    assert np.allclose(rows, model.vectors(WORDS), atol=0.05), "shares are kept in 255ths"


def test_the_likeliest_word_is_the_nearest(model: ContextModel) -> None:
    context, _ = model.places(["мост", "на", "реке"], [1])
    scores = model.listed @ context[0]
    (best,) = model.likeliest(context, 2)
    assert best[0] == (WORDS[int(scores.argmax())], pytest.approx(float(scores.max()), abs=1e-3))
    assert [score for _, score in best] == sorted((score for _, score in best), reverse=True)
    # of three words the first alone is usual
    assert model.usual(context)[0] == pytest.approx(float(scores[0]), abs=1e-3)


def test_no_places_no_rows(model: ContextModel) -> None:
    context, chances = model.places(["мост"], [])
    assert context.shape == (0, WIDTH)
    assert chances.shape == (0, len(TAGS))


def test_more_words_than_are_kept_at_hand(model: ContextModel) -> None:
    words = [f"слово{i}" for i in range(40_000)]
    rows = model.vectors(words)
    assert rows.shape == (40_000, WIDTH)
    assert np.allclose(rows[17], model.vectors([words[17]])[0])


@pytest.mark.parametrize("damage", ["no archive", "a layer missing", "layers that do not fit"])
def test_a_damaged_file_is_named(tmp_path: Path, damage: str) -> None:
    path, data = tmp_path / "context.npz", arrays()
    if damage == "a layer missing":
        del data["second"]
    elif damage == "layers that do not fit":
        data["first"] = data["first"][:-1]
    if damage == "no archive":
        path.write_bytes(b"PK no archive")
    else:
        np.savez(path, **data)
    with pytest.raises(CollationError, match=r"context\.npz"):
        ContextModel(path)


def test_quantised_rows_come_near_and_are_the_same_each_time() -> None:
    rows = np.random.default_rng(1).normal(size=(2_000, 8)).astype(np.float32)
    codes, book = quantise(rows, 8, seed=5)
    assert np.abs(unpacked(codes, book) - rows).mean() < 0.05
    again, _ = quantise(rows, 8, seed=5)
    assert np.array_equal(codes, again)
    with pytest.raises(ValueError, match="do not divide"):
        quantise(rows, 3, seed=5)


def test_a_word_is_told_from_its_forms_and_neighbours() -> None:
    text = ["брата", "брат", "брага", "брага", "письмо", "письма", "письма", "в", "к", "в", "к"] * 2
    ids, words, counts = numbered(text)
    vocabulary = vocabulary_of(words, counts, seed=1)
    told = {w: {words[j] for j in vocabulary.negatives[i] if j} for i, w in enumerate(words)}
    assert [words[i] for i in ids] == text
    assert {"брат", "брага"} <= told["брата"]
    assert told["письмо"] == {"письма"}
    assert told["в"] == {"к"}
    assert not any(w in told[w] for w in words)


def navec_archive(path: Path, words: list[str], counts: list[int], pieces: np.ndarray, indexes: np.ndarray) -> None:
    vocabulary = np.array([len(words), *counts], dtype=np.uint32).tobytes() + "\n".join(words).encode()
    head = np.array([len(words), pieces.shape[0] * pieces.shape[2], pieces.shape[0], pieces.shape[1]], dtype=np.uint32)
    packed = head.tobytes() + indexes.astype(np.uint8).tobytes() + pieces.astype(np.float32).tobytes()
    with tarfile.open(path, "w") as archive:
        for name, data in (("vocab.bin", gzip.compress(vocabulary)), ("pq.bin", packed)):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


def test_vectors_of_navec_are_read_and_folded(tmp_path: Path) -> None:
    pieces = np.arange(2 * 3 * 2, dtype=np.float32).reshape(2, 3, 2)
    indexes = np.array([[0, 1], [2, 0], [1, 1], [0, 0]])
    navec_archive(tmp_path / "v.tar", ["елка", "ёлка", "мост", "<unk>"], [5, 50, 7, 0], pieces, indexes)
    found = read_navec(tmp_path / "v.tar")
    assert found.words == ["елка", "мост"], "ё is folded, the more frequent stays, signs are left out"
    assert found.rows.tolist() == [[4, 5, 6, 7], [2, 3, 8, 9]]


def test_components_are_those_of_most_variance() -> None:
    chance = np.random.default_rng(2)
    rows = (chance.normal(size=(500, 3)) * [0.1, 5, 0.1]).astype(np.float32)
    found = reduced(rows, 1)[:, 0]
    assert abs(np.corrcoef(found, rows[:, 1])[0, 1]) > 0.99


def test_training_learns_what_stands_where(tmp_path: Path) -> None:
    pytest.importorskip("torch")
    from collation.learning.context_training import main

    texts = tmp_path / "texts"
    (texts / "prose").mkdir(parents=True)
    prose = texts / "prose" / "prose.txt"
    prose.write_text("Он вышел из дома. Она вышла из дома. Мы писали письмо. Он писал письмо брату. " * 400, "utf-8")
    (texts / "manifest.tsv").write_text(manifest.drafted(texts), "utf-8")
    pieces = np.random.default_rng(4).normal(size=(4, 256, 40)).astype(np.float32)
    words = ["он", "она", "дома", "письмо", "брату"] + [f"с{i}" for i in range(300)]
    navec_archive(tmp_path / "v.tar", words, [9] * 305, pieces, np.random.default_rng(5).integers(256, size=(305, 4)))
    out = tmp_path / "context.npz"
    assert main([str(texts), "--vectors", str(tmp_path / "v.tar"), "--out", str(out), "--positions", "400000"]) == 0
    model = ContextModel(out)
    context, _ = model.places(["он", "писал", "письмо", "брату"], [1])
    good, bad = model.vectors(["писал", "писали"]) @ context[0]
    assert good > bad
