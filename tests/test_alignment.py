"""Paragraphs, sentences and words opposite each other: nothing linked twice, nothing lost, long texts bounded."""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from collation.alignment.affinity import answer, call
from collation.alignment.align import align
from collation.alignment.corridor import _around, band
from collation.alignment.word_pairs import Matcher, date_parts
from collation.languages.knowledge import knowledge_for
from collation.languages.ru import RUSSIAN
from collation.model import Aligned, Place, Token
from collation.reading import read_file, read_pair
from counting import DOUBLED, counted

sys.path.insert(0, str(Path(__file__).parents[1] / "benchmarks"))
from alignment import count, figures, our_links, read_links

ROOT = Path(__file__).parents[1]
BENCH = os.environ.get("COLLATION_BENCH", "")
needs_bench = pytest.mark.skipif(not BENCH or not Path(BENCH).is_dir(), reason="COLLATION_BENCH names no folder")

PARAGRAPHS = (
    ("Противник высадил войска в районе Инчона.", "The enemy landed troops in the region of Incheon."),
    ("Мы просим военной помощи Советского Союза.", "We request the military assistance of the Soviet Union."),
    ("Япония не в состоянии оказать помощь американцам.", "Japan is not capable of helping the Americans."),
    ("Письмо получено 7 октября 1950 года в Москве.", "The letter was received in Moscow on 7 October 1950."),
    ("Китайская армия послала 9 дивизий в Корею.", "The Chinese army sent 9 divisions to Korea."),
    ("Рабочие требовали хлеба и мира.", "The workers demanded bread and peace."),
)


def aligned(russian: list[str], english: list[str]) -> Aligned:
    return align(read_pair("\n\n".join(russian), "\n\n".join(english)), knowledge_for())


def opposite(found: Aligned) -> list[tuple[tuple[int, ...], tuple[int, ...]]]:
    return [(link.original, link.translation) for link in found.links]


def pairs(indices: list[int]) -> tuple[list[str], list[str]]:
    return [PARAGRAPHS[i][0] for i in indices], [PARAGRAPHS[i][1] for i in indices]


def test_paragraphs_in_order() -> None:
    russian, english = pairs(list(range(6)))
    assert opposite(aligned(russian, english)) == [((i,), (i,)) for i in range(6)]


def test_a_paragraph_without_counterpart_stays_alone() -> None:
    russian, english = pairs([0, 1, 2, 3, 4])
    found = opposite(aligned(russian, [*english[:2], *english[3:]]))
    assert ((2,), ()) in found
    assert ((3,), (2,)) in found


def test_a_paragraph_parted_in_two_on_one_side() -> None:
    russian, english = pairs([0, 1, 2, 3, 4])
    joined = [russian[0], f"{russian[1]} {russian[2]}", *russian[3:]]
    assert ((1,), (1, 2)) in opposite(aligned(joined, english))


def test_short_lines_in_another_order_are_linked_across() -> None:
    russian = ["Приложение на 4 листах.", "№ 1351/ш от 30 сентября", *pairs([0, 1, 4])[0]]
    english = ["No. 1351/sh of 30 September", "Attachment on 4 sheets.", *pairs([0, 1, 4])[1]]
    found = opposite(aligned(russian, english))
    assert ((0,), (1,)) in found
    assert ((1,), (0,)) in found


def test_a_signature_between_links_is_linked_by_its_place() -> None:
    russian, english = pairs([0, 1, 4])
    found = opposite(aligned([*russian[:2], "ГУРЬБИЦКИЙ.", russian[2]], [*english[:2], "ALEXANDER", english[2]]))
    assert ((2,), (2,)) in found


def test_a_line_that_only_shares_a_common_word_does_not_join_a_bead() -> None:
    russian = ["Отпечатано в 12 экземплярах", *pairs([0, 1, 2])[0]]
    english = [
        "12 copies printed",
        "Copy No. 3 to Comrade Molotov, Moscow",
        "Copy No. 5 to Comrade Beria, Moscow",
        *pairs([0, 1, 2])[1],
    ]
    assert ((0,), (0,)) in opposite(aligned(russian, english))


def test_texts_that_do_not_translate_each_other_are_told() -> None:
    russian, _ = pairs([0, 1, 2])
    weather = ["A cold wind blew from the sea.", "Birds sang in the garden all morning.", "Nobody opened the window."]
    found = aligned(russian, weather)
    assert not found.parallel
    assert all(not pair.words for pair in found.pairs)


def test_a_date_in_figures_answers_the_parts_of_a_written_one() -> None:
    assert date_parts(Token("7.10.1950", Place.at(0, 9), "number")) == ("7", "10", "1950")
    assert date_parts(Token("30.9.50", Place.at(0, 7), "number")) == ("30", "9", "50", "1950")
    assert date_parts(Token("20.15", Place.at(0, 5), "number")) == ()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5), min_size=1, max_size=7), st.lists(st.integers(0, 5), min_size=1, max_size=7))
def test_each_segment_is_in_exactly_one_link(left: list[int], right: list[int]) -> None:
    found = aligned(pairs(left)[0], pairs(right)[1])
    assert sorted(i for link in found.links for i in link.original) == list(range(len(left)))
    assert sorted(j for link in found.links for j in link.translation) == list(range(len(right)))
    for pair in found.pairs:
        assert len({w.original for w in pair.words}) == len(pair.words) == len({w.translation for w in pair.words})


def test_the_sentence_pairs_hold_every_token_once() -> None:
    document = read_file(next(ROOT.glob("seeds/003*.txt")))
    found = align(document, knowledge_for())
    assert document.original is not None
    starts = [t.start for pair in found.pairs for t in pair.original]
    assert sorted(starts) == sorted(t.start for s in document.original.segments for t in s.tokens)


@given(
    st.lists(st.tuples(st.integers(1, 40), st.integers(0, 40)), min_size=1, max_size=8), st.integers(0, 20) | st.none()
)
def test_a_band_leads_from_the_first_state_to_the_last(steps: list[tuple[int, int]], width: int | None) -> None:
    chain = [(0, 0)]
    for i, j in steps:
        chain.append((chain[-1][0] + i, chain[-1][1] + j))
    n, m = chain[-1]
    found = _around(chain, m, width)
    assert len(found) == n + 1
    assert found[0][0] == 0
    assert found[-1][1] == m
    assert all(0 <= first <= last <= m for first, last in found)
    assert all(after[0] <= before[1] for before, after in zip(found, found[1:], strict=False))


def items(number: int) -> tuple[list[str], list[str]]:
    names = [("дивизия", "division"), ("полк", "regiment"), ("армия", "army"), ("бригада", "brigade")]
    russian = [f"В пункте {i} стояла {names[i % 4][0]} № {7000 + i}." for i in range(number)]
    english = [f"At point {i} stood {names[i % 4][1]} No. {7000 + i}." for i in range(number)]
    return russian, english


def test_many_paragraphs_are_aligned_within_a_narrow_band(monkeypatch: pytest.MonkeyPatch) -> None:
    russian, english = items(600)
    del english[200:230]
    inside = band(
        [answer(_tokens(t), RUSSIAN) for t in russian], [call(_tokens(t), knowledge_for().lexicon) for t in english]
    )
    assert sum(last - first + 1 for first, last in inside) < 60 * len(russian)
    asked = counted(monkeypatch, Matcher, "value")
    found = aligned(russian, english)
    assert asked.calls < 60 * 600  # word pairs; there are 342,000 pairs of paragraphs
    right = [link for link in found.links if link.original and link.translation]
    assert sum(k.original[0] == k.translation[0] + (30 if k.translation[0] >= 200 else 0) for k in right) >= 560


def _tokens(text: str) -> tuple[Token, ...]:
    document = read_pair(text, None) if any("а" <= c <= "я" for c in text) else read_pair("Слово.", text)
    witness = document.translation or document.original
    assert witness is not None
    return witness.segments[0].tokens


@pytest.mark.parametrize("stop", [".", ""])
def test_a_text_in_one_line_asks_twice_as_much_when_it_is_twice_as_long(
    stop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = []
    for number in (350, 700):
        russian, english = ([" ".join(t.rstrip(".") + stop for t in side)] for side in items(number))
        asked = counted(monkeypatch, Matcher, "value")
        found = aligned(russian, english)
        monkeypatch.undo()
        calls.append(asked.calls)
        assert found.parallel
        assert opposite(found) == [((0,), (0,))]
    assert 0 < calls[1] <= DOUBLED * calls[0]


@needs_bench
def test_the_seeds_reach_their_bars() -> None:
    gold = read_links(Path(BENCH) / "seeds" / "alignment.jsonl")
    for name, bar in (("003_d42d411745a7864a.txt", 0.95), ("002_847410b4cc360d6d.txt", 0.92)):
        links = our_links(read_file(ROOT / "seeds" / name))
        assert figures(count(links, gold[name]))[2] >= bar, name


@needs_bench
def test_our_scorer_is_that_of_the_measuring_set(tmp_path: Path) -> None:
    path = Path(BENCH) / "seeds" / "alignment.jsonl"
    gold = read_links(path)
    rng = random.Random(7)
    predicted = {
        name: [(_moved(ru, rng), _moved(en, rng)) for ru, en in rows if rng.random() < 0.8]
        for name, rows in gold.items()
    }
    guesses = tmp_path / "links.jsonl"
    guesses.write_text(
        "".join(json.dumps({"doc": d, "ru": ru, "en": en}) + "\n" for d, rows in predicted.items() for ru, en in rows),
        encoding="utf-8",
    )
    script = Path(BENCH) / "score_links.py"
    shown = subprocess.run(
        [sys.executable, str(script), "--gold", str(path), "--pred", str(guesses)],
        capture_output=True,
        encoding="utf-8",
        check=True,
    ).stdout.splitlines()
    for line, name in zip(shown, sorted(gold), strict=False):
        precision, recall, f1 = figures(count(predicted[name], gold[name]))
        assert line.endswith(f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}")


def _moved(stretch: tuple[int, int], rng: random.Random) -> tuple[int, int]:
    shift = rng.choice((0, 0, 5, 40, 300))
    return stretch[0] + shift, stretch[1] + shift
