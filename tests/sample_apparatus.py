"""An apparatus of seeds/003 made by hand, with an entry of every shape that a writer has to show."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import regex

from collation.model import Apparatus, Edit, Entry, Feature, Place, Reading, Row, Unexamined
from collation.reading import read_file

SEEDS = Path(__file__).parents[1] / "seeds"
FILE = SEEDS / "003_d42d411745a7864a.txt"
# Paragraphs of the original and of the translation, counted from the first after the catalogue.
# Paragraph 14, a page number, is left out, so that writers have text between the rows.
PAIRS: tuple[tuple[int, tuple[int, ...]], ...] = (
    (0, ()),
    (1, ()),
    (2, ()),
    (3, (0,)),
    (4, ()),
    (5, (1,)),
    (6, (2,)),
    (7, (3,)),
    (8, (4,)),
    (9, (5, 6, 7)),
    (10, (8,)),
    (11, (9,)),
    (12, (10, 11)),
    (13, (12,)),
    (15, (13,)),
    (16, (14,)),
    (17, (15,)),
    (18, (16,)),
    (19, (17,)),
    (20, (18,)),
    (21, (19,)),
)


def says(name: str, key: str, *, places: Sequence[Place] = (), against: bool = False, **values: str) -> Feature:
    return Feature(name, 1.0, tuple(places), "hand", key, tuple(values.items()), against)


class Sample:
    """Finds places by their words."""

    def __init__(self) -> None:
        self.source = read_file(FILE, label="seeds/003_d42d411745a7864a.txt").source

    def at(self, words: str, after: str = "", within: str = "") -> Place:
        """The place of some words after some others; of a part of them when ``within`` names the whole."""
        text = self.source.text
        start = text.index(after) + len(after) if after else 0
        if within:
            start = text.index(within, start)
        start = text.index(words, start)
        return Place.at(start, start + len(words))

    def entry(self, number: int, code: str, place: Place, readings: dict[str, float], **more: Any) -> Entry:
        given: dict[str, Any] = {
            "side": "original",
            "probability": 0.97,
            "tier": "emend",
            "harm": "sense",
            "hand": "scanner",
            "ruling": "emend",
            "features": (says("nonword", "no-word", word=place.of(self.source.text)),),
        }
        given |= more
        made = tuple(Reading((Edit(place, text),), "retroversion", p) for text, p in readings.items())
        family: Any = code.rstrip("0123456789")
        lemma = place.of(self.source.text)
        return Entry(
            id=f"e{number}",
            code=code,
            family=family,
            places=(place, *given.pop("also", ())),
            lemma=lemma,
            readings=made,
            **given,
        )

    def rows(self) -> tuple[Row, ...]:
        text = self.source.text
        body = text.index("N 120, II")
        blocks = [
            Place.at(body + m.start(), body + m.end())
            for m in regex.finditer(r"\S(?:.|\n(?![ \xa0]*\n))*", text[body:])
        ]
        first_english = next(i for i, b in enumerate(blocks) if b.of(text).startswith("PYONGYANG"))
        left, right = blocks[:first_english], blocks[first_english:]
        return tuple(
            Row((left[i],), tuple(right[j] for j in js), "furniture" if i < 3 else "paragraph") for i, js in PAIRS
        )


def make() -> Apparatus:
    """The apparatus."""
    s = Sample()
    now, topor = s.at("now", within="waged now"), s.at("топорь")
    not_ = s.at("not", within="we should not")
    loss = Place.at(s.at("сепаратного мира с").stop, s.at("сепаратного мира с").stop)
    hour, their_hour = s.at("20.15"), s.at("22:15")
    entries = (
        s.entry(
            1,
            "CAT801",
            s.at("Shtytkov"),
            {"Shtykov": 0.98},
            side="catalogue",
            harm="catalogue",
            hand="cataloguer",
            ruling="other-side",
            tier="note",
            features=(),
        ),
        s.entry(
            2,
            "LAC701",
            loss,
            {},
            harm="loss",
            ruling="needs-scan",
            tier="query",
            probability=0.93,
            opposite=(s.at("the Japanese reactionaries, as well as to abandon their plans of revitalizing Japan"),),
        ),
        s.entry(
            3,
            "NAM401",
            s.at("Ван Яй-ши"),
            {},
            harm="name",
            ruling="needs-scan",
            tier="query",
            probability=0.81,
            opposite=(s.at("Jiang Jieshi"),),
        ),
        s.entry(
            4,
            "LEX101",
            s.at("милитаристической"),
            {"милитаристской": 0.94},
            harm="spelling",
            probability=0.72,
            features=(says("seen", "an-unknown-key", against=True, word="милитаристической", where="¶4 <b>"),),
        ),
        s.entry(
            5,
            "CTX202",
            s.at("но", within="но следует"),
            {"не": 0.99},
            opposite=(not_,),
            probability=0.96,
            features=(says("polarity", "polarity-of-the-sample", english="not", reading="не"),),
        ),
        s.entry(
            6,
            "CTX201",
            topor,
            {"теперь": 0.9, "тотчас": 0.06},
            opposite=(now,),
            features=(
                says("wanted", "unanswered", places=(now,), english="now", reading="теперь"),
                says("nonword", "no-word", word="топорь"),
                says("seen", "stands-elsewhere", places=(s.at("8 октября"),), reading="теперь", count="2"),
            ),
        ),
        s.entry(
            7,
            "VAL501",
            s.at("7 сентября"),
            {"7 октября": 0.95},
            harm="value",
            hand="author",
            ruling="stands",
            probability=0.9,
            opposite=(s.at("7 September [sic- October]"),),
        ),
        s.entry(
            8,
            "VAL502",
            hour,
            {"22.15": 0.55},
            harm="value",
            hand="undecided",
            ruling="needs-scan",
            tier="query",
            probability=0.88,
            also=(their_hour,),
            opposite=(their_hour,),
            other_readings=(Reading((Edit(their_hour, "20:15"),), "retroversion", 0.45),),
        ),
        s.entry(
            9,
            "GRA302",
            s.at("received letter"),
            {"received a letter": 0.9},
            side="translation",
            harm="grammar",
            hand="translator",
            ruling="other-side",
            probability=0.6,
        ),
        s.entry(
            10,
            "LEX103",
            Place((s.at("дисемкинов").spans[0], s.at("ской", after="дисемкинов").spans[0])),
            {"лисынмановской": 0.7},
            harm="name",
            probability=0.86,
        ),
    )
    unexamined = (
        Unexamined("no-word", (("word", "ш.ш.ш."),), s.at("ш.ш.ш.")),
        Unexamined("another-unknown-key"),
    )
    return Apparatus(s.source, s.rows(), entries, unexamined, (("collation", "0"),), (("emend", "0.5"),))
