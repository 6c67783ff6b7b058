"""Copies of a clean text with faults planted in it, and with a pair of sentences that is right as a bait."""

from __future__ import annotations

import random
from dataclasses import dataclass

from translation_faults import Fault, Page

APART = 2  # sentence pairs between two faults

BAITS: tuple[tuple[str, str], ...] = (
    ("До станции оставалось около десяти вёрст.", "The station was still some seven miles away."),
    ("Из деревни вывезли триста пудов хлеба.", "About five tons of grain were taken out of the village."),
    ("Температура поднялась до сорока градусов.", "It grew as hot as 104 degrees Fahrenheit."),
    ("Он не раз говорил об этом в своих письмах.", "He spoke of this more than once in his letters."),
    ("Рабочие не могли не заметить этой перемены.", "The workers were bound to notice the change."),
    ("Он не молчал, когда другие боялись говорить.", "He spoke up when the others were afraid to speak."),
    (
        "Дождь шёл как из ведра, и мы промокли до нитки.",
        "It was raining cats and dogs, and we were soaked to the skin.",
    ),
    (
        "Собрание открылось в девять часов. Председатель зачитал доклад.",
        "The meeting opened at nine, and the chairman read out the report.",
    ),
    (
        "Посол приехал утром, и его сразу приняли в министерстве.",
        "The ambassador came in the morning. He was received at the ministry at once.",
    ),
    ("Без помощи соседей они бы не справились.", "But for the help of their neighbours they would have failed."),
    ("Пока не стемнело, солдаты продолжали работу.", "The soldiers went on working until dark."),
    ("Это предложение, разумеется, никого не удивило.", "Needless to say, the proposal came as a surprise to nobody."),
)


@dataclass(frozen=True)
class Copy:
    """A text with faults and a bait: where they came to stand, and the stretches of their sentences opposite."""

    text: str
    faults: tuple[tuple[Fault, tuple[int, int], tuple[int, int]], ...]
    bait: tuple[tuple[int, int], ...]


def copied(page: Page, faults: list[Fault], bait: tuple[str, str], rng: random.Random) -> Copy:
    """The text with the faults and the bait in it."""
    edits = [(f.start, f.stop, f.text) for f in faults]
    free = [n for n in page.pairs if all(abs(n - f.pair) > APART for f in faults)]
    points: list[int] = []
    if free:
        pair = page.context.pairs[rng.choice(free)]
        points = [pair.original[-1].stop, pair.translation[-1].stop]
        edits += [(at, at, " " + words) for at, words in zip(points, bait, strict=True)]
    edits.sort()
    text, last, parts = page.document.text, 0, []
    for start, stop, words in edits:
        parts += [text[last:start], words]
        last = stop
    moved = "".join((*parts, text[last:]))

    def there(offset: int, *, behind: bool = True) -> int:
        return offset + sum(len(w) - (b - a) for a, b, w in edits if (b <= offset if behind else b < offset))

    placed = []
    for f in faults:
        start = there(f.start, behind=False)
        placed.append((f, (start, start + len(f.text)), (there(f.opposite[0]), there(f.opposite[1], behind=False))))
    baits = tuple(
        (there(at, behind=False), there(at, behind=False) + len(w) + 1) for at, w in zip(points, bait, strict=False)
    )
    return Copy(moved, tuple(placed), baits)
