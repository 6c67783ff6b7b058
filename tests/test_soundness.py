"""What the soundness of a document and of its paragraphs takes from its doubts."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from collation.judge import weighing
from collation.judge.soundness import PSEUDO_DOUBTS, Soundness, expected_share
from collation.judge.weights import load_weights
from collation.model.doubt import WeighedDoubt
from collation.pipeline import trail
from collation.reading import read_text
from collation.settings import Settings

SOUND = """Вечером рабочие вернулись домой и сели ужинать за большой стол у окна. Мать рассказала детям о своей молодости,
о войне и о дороге в город. Утром отец поехал на станцию, купил газету и долго читал ее в пустом зале. Потом пришел поезд,
и все пассажиры вышли на перрон. Старый учитель встретил своих учеников и повел их через площадь к школе.
"""
DAMAGED = """Вечерой рабочне вернулисъ домой и сели уживать за болыной стол у окпа. Мать расскавала детям о своей молодостн,
о войие и о дорого в город. Утрем отец поехал на стапцию, кулил газету и долго читая ее в пустом вале. Потом пришел поевд,
и все пассажпры вышли на первон. Старый учитель встретнл своих ученпков и повел их через плошадь к школе.
"""


def verdicts(text: str) -> tuple[WeighedDoubt, ...]:
    return trail(read_text(text, label="any"), settings=Settings())[2]


def test_a_sound_paragraph_lowers_each_of_its_learned_doubts_alike() -> None:
    found = {v.sound for v in verdicts(SOUND) if any(r.measures for r in v.readings)}
    assert len(found) == 1
    assert found.pop() < -0.2


def test_a_sound_paragraph_loses_more_than_a_damaged_one_of_its_document() -> None:
    text = DAMAGED + "\n" + SOUND
    found = [v for v in verdicts(text) if any(r.measures for r in v.readings)]
    damaged, sound = ({v.sound for v in found if (v.place.start < len(DAMAGED)) is first} for first in (True, False))
    assert len(damaged) == len(sound) == 1
    assert sound.pop() < damaged.pop() <= 0.0


def test_a_damaged_document_is_left_as_it_is() -> None:
    assert {v.sound for v in verdicts(DAMAGED)} == {0.0}


def test_what_it_took_is_missing_from_the_probability(monkeypatch: pytest.MonkeyPatch) -> None:
    with_it = verdicts(SOUND)
    monkeypatch.setattr(weighing, "soundness", lambda *_: Soundness((), {}))
    without = {v.place: v for v in verdicts(SOUND)}
    compared = [(v, without[v.place]) for v in with_it if v.sound and v.place in without and v.probability > 1e-4]
    for one, other in compared:
        if one.explained == other.explained == 0.0:
            assert one.probability <= other.probability
    assert any(one.probability < other.probability for one, other in compared)


def test_the_english_of_a_paragraph_has_a_say_in_that_paragraph_only() -> None:
    again = SOUND.replace("Утром отец", "Зимой дед")
    english = "In the evening the workers came home and sat down to supper at the large table by the window.\n"
    russian = SOUND + "\n" + again

    def taken(text: str) -> set[float]:
        return {v.sound for v in verdicts(text) if v.place.start > len(SOUND) and any(r.measures for r in v.readings)}

    alone, beside = taken(russian), taken(russian + "\n" + english)
    assert len(alone) == len(beside) == 1
    assert alone.pop() == pytest.approx(beside.pop(), abs=0.15)  # that there is a translation at all, all doubts hear


def test_weights_that_do_not_name_their_share_move_nothing() -> None:
    weights = load_weights()
    assert weights.share is not None
    assert replace(weights, facts={}).share is None


def test_few_doubts_say_little_against_the_share_of_training() -> None:
    few, many = np.full(3, 0.001), np.full(3_000, 0.001)
    assert expected_share(few, 0.06, pseudo=PSEUDO_DOUBTS) > 0.04
    assert expected_share(many, 0.06, pseudo=PSEUDO_DOUBTS) < 0.01


def test_doubts_are_drawn_to_the_share_that_is_expected() -> None:
    few = np.full(3, 0.05)
    assert expected_share(few, 0.06, pseudo=PSEUDO_DOUBTS, drawn_to=0.02) < 0.03
    assert expected_share(few, 0.06, pseudo=PSEUDO_DOUBTS) > 0.04
