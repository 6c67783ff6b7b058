"""Parallel texts line by line: what carries noise, what is counted, that no text does both, and what is drawn."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from collation.learning import gather, manifest, material, ngram_counts, parallel
from collation.reading import read_text
from parallel_texts import SENTENCES


def lined(folder: Path, documents: int = 24, *, collection: str = "tales") -> tuple[Path, Path]:
    """Two files of some documents of the sentences, each in an order of its own and with a number in every line."""
    paths = folder / f"{collection}.ru.txt.xz", folder / f"{collection}.en.txt.xz"
    for side, path in enumerate(paths):
        parts = [
            "# 1920 heading\n" + "\n".join(f"{d * 16 + k}. {SENTENCES[(d + k) % 16][side]}" for k in range(16))
            for d in range(documents)
        ]
        path.write_bytes(lzma.compress("\n\f\n".join(parts).encode()))
    return paths


def texts(folder: Path) -> tuple[manifest.Text, ...]:
    (folder / "lined").mkdir()
    (folder / "parallel").mkdir()
    lined(folder / "lined")
    for side, name in enumerate(("b.ru.txt", "b.en.txt")):
        rows = ["\n\n".join(f"{SENTENCES[(k + c) % 16][side]}" for k in range(16)) for c in range(4)]
        chapters = [f"\n{number}\n\n{row}\n" for number, row in zip(("I", "II", "III", "IV"), rows, strict=True)]
        (folder / "parallel" / name).write_text("".join(chapters), encoding="utf-8")
    (folder / manifest.NAME).write_text(manifest.drafted(folder), encoding="utf-8")
    return manifest.read_manifest(folder / manifest.NAME)


def whole(text: str) -> str:
    """The text in one line, words parted at line ends joined."""
    return " ".join(text.replace("-\n", "").split())


def test_a_piece_either_carries_noise_or_is_counted(tmp_path: Path) -> None:
    listed = texts(tmp_path)
    pieces = list(material.lined_texts(*manifest.sides(listed, tmp_path, "lined")[0]))
    assert len(pieces) == 24 and not any(line.startswith("#") for p in pieces for line in p.original)
    noisy = "\n".join(material.lined_documents(*manifest.sides(listed, tmp_path, "lined")[0]).values())
    counted = {line for p in material.counted_texts(listed, tmp_path) for line in p.original}
    both = [[line in whole(noisy), line in counted] for p in pieces for line in p.original]
    assert all(a != b for a, b in both) and len({a for a, _ in both}) == 2


def test_of_the_chapters_one_half_carries_noise_and_the_other_is_counted(tmp_path: Path) -> None:
    listed = texts(tmp_path)
    (pair,) = manifest.sides(listed, tmp_path, "parallel")
    assert list(gather.chapter_texts(*pair)) == ["chapter 01.01", "chapter 01.03"]
    counted = [p for p in material.counted_texts(listed, tmp_path) if p.name.startswith("chapter ")]
    assert [p.name for p in counted] == ["chapter 01.02", "chapter 01.04"]
    assert all(len(p.original) == len(p.translation) >= 12 for p in counted)


def test_the_six_grams_are_those_of_the_noisy_texts_only(tmp_path: Path) -> None:
    listed = texts(tmp_path)
    pieces = material.lined_texts(*manifest.sides(listed, tmp_path, "lined")[0])
    noisy = ["\n".join(p.original) for p in pieces if p.carries_noise()]
    (pair,) = manifest.sides(listed, tmp_path, "parallel")
    noisy += [russian for name, russian, _ in parallel.chapters(*pair) if name in {"01.01", "01.03"}]
    expected = {h for text in noisy for h in ngram_counts.six_grams(list(ngram_counts.units(text)))}
    assert material.noisy_six_grams(listed, tmp_path) == expected and len(expected) > 150


def test_documents_read_as_a_pair_and_have_unlike_names(tmp_path: Path) -> None:
    pair = lined(tmp_path, 400, collection="soviet")
    documents = material.lined_documents(*pair)
    pieces = [p for p in material.lined_texts(*pair) if p.carries_noise()]
    assert len(documents) > 5 and {material.collection_of(name) for name in documents} == {"soviet"}
    for name, text in documents.items():
        document = read_text(text, label=name)
        assert document.original is not None and document.translation is not None
    taken = whole("\n".join(documents.values()))
    assert all(line in taken for p in pieces for line in (*p.original, *p.translation))
    assert any(max(map(len, text.split("\n"))) < 70 for text in documents.values())


@pytest.mark.parametrize(
    ("name", "collection"),
    [("soviet 12.1", "soviet"), ("soviet 12.1-3", "soviet"), ("chapter 01.02", "chapter"), ("T0_a 1.txt", "clean")],
)
def test_a_name_says_its_collection(name: str, collection: str) -> None:
    assert material.collection_of(name) == collection


@pytest.mark.parametrize(
    ("name", "stem"), [("T1_a.txt", "a.txt"), ("soviet 12.10-3", "soviet 12.10"), ("tales 1.2-1", "tales 1.2")]
)
def test_what_is_of_one_text_has_one_stem(name: str, stem: str) -> None:
    assert gather.stem(name) == stem


def test_small_collections_are_drawn_whole_and_large_ones_by_their_share() -> None:
    sizes = {"soviet": (300, 1000), "books": (200, 1000), "tales": (20, 500)}
    documents = {
        f"{collection} {n}.1": f"{collection}{n} " * size
        for collection, (many, size) in sizes.items()
        for n in range(many)
    } | {"T0_a.txt": "слово " * 100}
    drawn = material.draw(documents, 105_050)
    words = {c: sum(len(t.split()) // 2 for n, t in drawn.items() if material.collection_of(n) == c) for c in sizes}
    assert words == {"soviet": 60_000, "books": 40_000, "tales": 5_000} and "T0_a.txt" in drawn
    assert material.draw(dict(reversed(documents.items())), 105_050).keys() == drawn.keys()
    assert material.draw(documents, 10**9) == documents
    few = material.draw(documents, 4_000)
    assert "T0_a.txt" in few and 3_000 < sum(len(t.split()) // 2 for t in few.values()) < 5_000
