"""The engine's confidence as evidence: what it means for each engine, what it moves, and what is told of an engine that is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from collation.evidence.engine_confidence import Calibration, calibration_of, engine_says
from collation.judge.engine import CONSTANT, by_the_engine, shift_of
from collation.judge.log_odds import log_odds
from collation.learning.confidence_training import (
    EngineDoubt,
    ReadWord,
    bare,
    fit_engine,
    points_of,
    read_words,
    without_engine,
)
from collation.model import Document, Place
from collation.pipeline import examine, trail
from collation.reading import DocumentFiles, PartFile, read_files
from collation.settings import Settings
from made_pages import ENGLISH, RUSSIAN, seen_page

TEXT = "\n".join(RUSSIAN).replace("ответ", "отчет")
Read = Callable[[str], Document]
FILES = Path(__file__).with_name("files")


def hocr(text: str, *, unsure: str = "", confidence: int = 96, low: int = 20, engine: str = "tesseract 5.3.0") -> str:
    """An hOCR file of some lines, every word as sure, but one word less."""
    lines = []
    for n, line in enumerate(text.split("\n"), 1):
        words = "".join(
            f'<span class="ocrx_word" id="w{n}_{k}" title="bbox {k * 50} {n * 40} {k * 50 + 45} {n * 40 + 30}; '
            f'x_wconf {low if word == unsure else confidence}">{word}</span> '
            for k, word in enumerate(line.split())
        )
        lines.append(f'<span class="ocr_line" id="l{n}" title="bbox 0 {n * 40} 900 {n * 40 + 30}">{words}</span>')
    head = f'<head><meta name="ocr-system" content="{engine}"/></head>' if engine else "<head/>"
    body = "".join(lines)
    return f'<html xmlns="http://www.w3.org/1999/xhtml">{head}<body><div class="ocr_page" title="bbox 0 0 900 200">{body}</div></body></html>'


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def of(made: str) -> Document:
        (tmp_path / "letter.hocr").write_text(made, encoding="utf-8")
        (tmp_path / "english.txt").write_text(ENGLISH, encoding="utf-8")
        parts = (PartFile(tmp_path / "letter.hocr", "original"), PartFile(tmp_path / "english.txt", "translation"))
        return read_files(DocumentFiles(parts))

    return of


# What a confidence means


@pytest.mark.parametrize(
    ("engine", "known"),
    [("tesseract 5.3.0", True), ("Tesseract - 5.5.4", True), ("tesseract 3.04", False), ("ABBYY FineReader 15", False), ("", False)],
)  # fmt: skip
def test_an_engine_is_known_by_its_name_and_main_version(engine: str, known: bool) -> None:
    assert (calibration_of(engine) is not None) == known


def test_the_surer_an_engine_is_the_less_likely_is_a_word_wrong() -> None:
    points = calibration_of("tesseract 5")
    assert points is not None
    assert list(points.confidences) == sorted(set(points.confidences))
    assert list(points.odds) == sorted(points.odds, reverse=True)
    assert points.at(0.0) == points.odds[0] > 0 > points.odds[-1] == points.at(1.0)
    middle = (points.confidences[0] + points.confidences[1]) / 2
    assert points.odds[1] <= points.at(middle) <= points.odds[0]


@pytest.mark.parametrize("name", ["tesseract.hocr", "tesseract.alto", "tesseract-words.xml"])
def test_files_say_which_engine_wrote_them(name: str) -> None:
    part = read_files(DocumentFiles((PartFile(FILES / name),))).source.parts[0]
    assert part.engine.casefold().startswith("tesseract") and calibration_of(part.engine) is not None


def test_the_least_sure_word_of_a_place_counts(read: Read) -> None:
    document = read(hocr(TEXT, unsure="длинный", low=40))
    start = document.text.index("вчера длинный")
    said = engine_says(document, Place.at(start, start + 13))
    assert said is not None and said.confidence == 0.4 and said.odds > 1
    assert engine_says(document, Place.at(start, start + 5)).confidence == 0.96  # type: ignore[union-attr]
    assert engine_says(document, Place.at(document.text.index("Yesterday"), len(document.text))) is None
    assert engine_says(without_engine(document), Place.at(start, start + 5)) is None


# What it moves


def probability(document: Document, lemma: str = "отчет") -> float:
    return max(
        v.probability for v in trail(document, settings=Settings()).verdicts if v.place.of(document.text) == lemma
    )


def test_a_doubt_rises_where_the_engine_was_not_sure_and_falls_where_it_was(read: Read) -> None:
    low, high = (read(hocr(TEXT, unsure="отчет", low=c)) for c in (20, 96))
    without = probability(without_engine(low))
    assert probability(high) < without < probability(low)
    entry = examine(low)["отчет"]
    assert ("engine-unsure", (("confidence", "0.20"),)) in [(f.says, f.values) for f in entry.features]
    verdict = next(v for v in trail(high, settings=Settings()).verdicts if v.engine)
    assert verdict.engine == pytest.approx(shift_of(calibration_of("tesseract 5").at(0.96)))  # type: ignore[union-attr]
    assert [(f.says, f.against) for f in verdict.lessons if f.name == "engine"] == [("engine-sure", True)]


def test_an_image_that_was_asked_says_enough(read: Read) -> None:
    document = read(hocr(TEXT, unsure="отчет"))
    seen = replace(document, pages=(seen_page(RUSSIAN),))
    asked = [v for v in trail(seen, settings=Settings()).verdicts if v.page]
    assert asked and not any(v.engine for v in asked)


def test_a_sure_engine_makes_a_difference_of_two_sides_no_smaller(read: Read) -> None:
    document = read(hocr(TEXT))
    run = trail(without_engine(document), settings=Settings())
    (verdict,) = [v for v in run.verdicts if v.place.of(document.text) == "отчет" and v.readings][:1]
    context = trail(document, settings=Settings()).context
    (moved,) = by_the_engine(context, [verdict])
    assert log_odds(moved.probability) < log_odds(verdict.probability)
    far = Place.at(document.text.index("Yesterday"), len(document.text))
    best = verdict.readings[0]
    of_two = replace(best, proposal=replace(best.proposal, places=(verdict.place, far)))
    two = replace(verdict, readings=(of_two, *verdict.readings[1:]))
    assert list(by_the_engine(context, [two])) == [two]


# An engine that is not known


@pytest.mark.parametrize(("engine", "says"), [("ABBYY FineReader 15", "engine-uncalibrated"), ("", "engine-unnamed")])
def test_an_engine_that_is_not_known_is_told_and_not_used(read: Read, engine: str, says: str) -> None:
    document = read(hocr(TEXT, unsure="отчет", engine=engine))
    found = examine(document)
    assert says in [u.says for u in found.unexamined]
    assert found.entries == examine(without_engine(document)).entries
    known = examine(read(hocr(TEXT, unsure="отчет")))
    assert not [u.says for u in known.unexamined if u.says.startswith("engine")]


# How it is learned


def test_words_are_set_against_those_of_the_truth(read: Read) -> None:
    truth = " ".join(RUSSIAN)
    words = read_words(read(hocr(TEXT.replace("вчера", "вче ра"), unsure="отчет")), truth)
    wrong = {word.text: (word.confidence, word.truth) for word in words if word.wrong}
    assert wrong == {"отчет": (0.2, "ответ"), "вче": (0.96, "вчера"), "ра": (0.96, "вчера")}
    assert bare("«Ещё, раз!»") == "еще раз"


def test_points_fall_and_say_how_much_likelier_than_usual_a_word_is_wrong() -> None:
    def words(confidence: float, wrong: int, right: int) -> list[ReadWord]:
        return [ReadWord(Place.at(0, 1), "а" if n < wrong else "б", confidence, "б") for n in range(wrong + right)]

    points = points_of([*words(0.3, 100, 100), *words(0.5, 120, 80), *words(0.96, 10, 590)])
    assert points.confidences == (0.4, 0.96)  # the two that do not fall are one
    assert points.odds[0] > 1 and points.odds[1] < -1


def test_the_fit_finds_what_doubts_were_made_with() -> None:
    calibration = Calibration((0.0, 1.0), (2.0, -2.0))
    doubts = [
        EngineDoubt(0.0, confidence, n < wrong)
        for confidence, wrong in ((0.0, 73), (0.5, 27), (1.0, 12))  # of a hundred: log-odds 1, -1, -2
        for n in range(100)
    ]
    constant, above, below = fit_engine(doubts, calibration)
    assert (constant, above, below) == pytest.approx((-1.0, 1.0, 0.5), abs=0.05)
    assert CONSTANT < 0
