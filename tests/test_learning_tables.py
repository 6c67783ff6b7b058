"""What is counted: parallel books cut into chapters, translation probabilities, the units of the language model."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from collation.knowledge.words import lexicon
from collation.knowledge.words.count_tables import Counts
from collation.knowledge.words.language_model import NUMBER, START
from collation.learning import ngram_counts, parallel, translation
from collation.learning.gather import beginning, chapter_texts
from parallel_texts import SENTENCES

# --- chapters ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XL", 40), ("XCIX", 99)])
def test_roman_numbers_are_read(text: str, value: int) -> None:
    assert parallel.chapter_number(text) == value


def book(heads: list[str], body: str = "слово " * 100) -> str:
    return "Предисловие\n" + "".join(f"\n{head}\n\n{body}{i}.\n" for i, head in enumerate(heads))


@pytest.mark.parametrize(
    ("heads", "sizes"),
    [
        (["I", "II", "III", "I", "II"], [3, 2]),
        (["CHAPTER I", "CHAPTER II"], [2]),
        (["ГЛАВА I.", "ГЛАВА II."], [2]),
        (["I", "II", "V", "III"], [3]),  # a number out of its order is a heading of something else
        (["I", "I", "II"], [2]),  # a part of one chapter is none
        (["II", "III"], []),
    ],
)
def test_a_book_falls_into_parts_and_chapters(heads: list[str], sizes: list[int]) -> None:
    assert [len(part) for part in parallel.parts(book(heads))] == sizes


def test_a_table_of_contents_is_no_chapter() -> None:
    assert parallel.parts("I\n\nII\n\nIII\n\n") == []


def test_chapters_are_paired_where_both_books_divide_alike(tmp_path: Path) -> None:
    (tmp_path / "b.ru.txt").write_text(book(["I", "II", "I", "II", "III"]), encoding="utf-8")
    (tmp_path / "b.en.txt.xz").write_bytes(
        lzma.compress(book(["I", "II", "III", "IV", "I", "II", "III"], "word " * 100).encode())
    )
    found = list(parallel.chapters(tmp_path / "b.ru.txt", tmp_path / "b.en.txt.xz"))
    assert [name for name, _, _ in found] == ["02.01", "02.02", "02.03"]
    assert [(ru.split()[-1], en.split()[-1]) for _, ru, en in found] == [("2.", "4."), ("3.", "5."), ("4.", "6.")]


def books(folder: Path, *, english: tuple[tuple[int, ...], ...]) -> tuple[Path, Path]:
    """A book of two chapters of all sentences; the English chapters are of the sentences of these numbers."""
    sides = []
    for side, orders in ((0, (tuple(range(16)),) * 2), (1, english)):
        chapters = ["\n\n".join(SENTENCES[i][side] for i in order) for order in orders]
        sides.append(f"\nI\n\n{chapters[0]}\n\nII\n\n{chapters[1]}\n")
    paths = folder / "b.ru.txt", folder / "b.en.txt"
    for path, text in zip(paths, sides, strict=True):
        path.write_text(text, encoding="utf-8")
    return paths


def test_chapters_that_do_not_translate_each_other_are_left_out(tmp_path: Path) -> None:
    pair = books(tmp_path, english=(tuple(range(16)), (5,) * 16))
    aligned = dict(parallel.aligned_chapters(*pair))
    assert list(aligned) == ["01.01"]
    assert chapter_texts(*pair) == {"chapter 01.01": beginning(aligned["01.01"])}


def test_the_beginning_of_a_chapter_has_both_sides_of_what_it_takes(tmp_path: Path) -> None:
    (aligned,) = [
        a for n, a in parallel.aligned_chapters(*books(tmp_path, english=(tuple(range(16)),) * 2)) if n == "01.01"
    ]
    found = beginning(aligned)
    taken = [(ru in found, en in found) for ru, en in SENTENCES]
    assert all(ru == en for ru, en in taken) and sum(ru for ru, _ in taken) >= 12


# --- translation -------------------------------------------------------------------------------------------------


def test_probabilities_are_learned_and_the_glossary_keeps_its_say() -> None:
    bags = [
        (["бакен", "гореть"], ["grumbet", "burn"]),
        (["бакен", "стоять"], ["grumbet", "stand"]),
        (["дом", "гореть"], ["house", "burn"]),
    ] * 4
    table = translation.induce(bags, lexicon.opened())
    best = {e: max(row, key=lambda r: row[r][0]) for e, row in table.items()}
    assert best == {"grumbet": "бакен", "burn": "гореть", "stand": "стоять", "house": "дом"}
    assert all(sum(p for p, _ in row.values()) <= 1.0 + 1e-9 for row in table.values())
    assert 4.0 < table["grumbet"]["бакен"][1] <= 8.0  # of eight sights
    assert sum(n for row in table.values() for _, n in row.values()) <= sum(len(russian) for russian, _ in bags)


def test_one_sight_of_a_pair_is_too_little() -> None:
    assert translation.induce([(["бакен"], ["grumbet"])], lexicon.opened()) == {"grumbet": {}}


def test_the_table_is_written_with_its_columns(tmp_path: Path) -> None:
    count = translation.write_translations(
        {"house": {"дом": (0.75, 12.0), "здание": (0.25, 4.0)}}, tmp_path / "t.tsv", description="two books"
    )
    lines = (tmp_path / "t.tsv").read_text(encoding="utf-8").splitlines()
    assert count == 2 and lines[1] == "# source: two books"
    assert lines[3:] == ["house\tдом\t0.750\t12.0", "house\tздание\t0.250\t4.0"]


# --- language model ----------------------------------------------------------------------------------------------


def test_a_text_is_cut_into_units() -> None:
    text = "Он при-\nбыл, 5 мая 1.951 г.! Ёлка\fКонец"
    assert list(ngram_counts.units(text)) == [
        START,
        "он",
        "прибыл",
        ",",
        NUMBER,
        "мая",
        NUMBER,
        "г",
        START,
        "елка",
        START,
        "конец",
    ]


WORDS = [f"слово{'абвгдежзик'[i % 10]}{'лмнопрстуф'[i // 10]}" for i in range(60)]


def test_a_stretch_that_is_measured_on_is_left_out() -> None:
    own = ["чужое", START, *WORDS[:30], ",", *WORDS[30:], "конец"]
    measured = frozenset(ngram_counts.six_grams(WORDS[10:40]))
    kept = ngram_counts.without_excluded(own, measured)
    assert [w for w in kept if w in WORDS] == WORDS[:10] + WORDS[40:]
    assert kept[0] == "чужое" and kept[-1] == "конец"


def test_what_chance_shares_is_kept() -> None:
    measured = frozenset(ngram_counts.six_grams(WORDS[10:24]))  # nine six-grams running
    assert ngram_counts.without_excluded(WORDS, measured) == WORDS


def test_counts_are_learned_without_what_is_excluded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(" ".join(WORDS) + ". Синий бакен горел. Синий бакен горел.", encoding="utf-8")
    (tmp_path / "b.txt.xz").write_bytes(lzma.compress("Синий бакен горел.".encode()))
    paths = [tmp_path / "a.txt", tmp_path / "b.txt.xz"]
    facts = ngram_counts.learn_language_model(paths, tmp_path / "all.counts", description="d")
    less = ngram_counts.learn_language_model(
        paths, tmp_path / "less.counts", description="d", exclude=frozenset(ngram_counts.six_grams(WORDS))
    )
    assert (facts["left_out"], less["left_out"]) == (0, 60)
    assert less["words"] == int(str(facts["words"])) - 60
    counted = [Counts(tmp_path / name).tables for name in ("all.counts", "less.counts")]
    assert [t["w1"].count("бакен") for t in counted] == pytest.approx([3.0, 3.0], rel=0.1)
    assert [t["w2"].count(WORDS[4], WORDS[5]) for t in counted] == [1.0, 0.0]
    assert counted[0]["w3"].count("синий", "бакен", "горел") == pytest.approx(3.0, rel=0.1)
    ngram_counts.learn_language_model(paths, tmp_path / "again.counts", description="d")
    assert (tmp_path / "again.counts").read_bytes() == (tmp_path / "all.counts").read_bytes()
