"""Rulings as a notebook makes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from collation.decisions.log_lines import content_id
from collation.decisions.ruling_log import load_folder
from collation.errors import BadRuling
from collation.model import Apparatus, Document
from collation.reading import read_pair
from collation.review import notebook_rulings as nb
from made import at, entry, source_of

RUSSIAN = "Пусть она будет топорь, а не через несколько лет. Мы вместо будем сильнее. Письмо от 7 сентября получено."
ENGLISH = "Let it be waged now, and not in a few years. Together we will be stronger. The letter of 7 October came."


def both() -> tuple[Document, Apparatus]:
    document = read_pair(RUSSIAN, ENGLISH)
    text = document.text
    entries = (
        entry(text, at(text, "топорь"), "теперь", number=1),
        entry(text, at(text, "вместо"), "вместе", number=2),
        entry(text, at(text, "7 сентября"), "7 октября", number=3, opposite=(at(text, "7 October"),)),
    )
    return document, Apparatus(document.source, (), entries, (), (), ())


def test_decide_and_apply() -> None:
    document, app = both()
    log = nb.decide(app, {"топорь": nb.ACCEPT, "7 сентября": nb.stands("Так в документе.")}, editor="C")
    emended = nb.apply(document, app, log)
    assert emended.original == RUSSIAN.replace("топорь", "теперь") and emended.translation == ENGLISH
    assert [r.note for r in log] == ["", "Так в документе."]


def test_each_side_can_be_mended() -> None:
    document, app = both()
    log = nb.decide(app, {"7 сентября": nb.other_side("7 September")}, editor="C")
    emended = nb.apply(document, app, log, style="brackets")
    assert emended.original == RUSSIAN and "[7 September] came" in emended.translation


def test_a_log_grows_and_is_kept_in_order(tmp_path: Path) -> None:
    _, app = both()
    log = nb.decide(app, {"топорь": nb.emend("тотчас"), "вместо": nb.REJECT}, editor="C")
    log = nb.decide(app, {"топорь": nb.ACCEPT}, editor="C", log=log)
    assert [r.time for r in log] == sorted(r.time for r in log) and len({r.id for r in log}) == 3
    (tmp_path / "collation.toml").touch()
    folder = nb.save(app, log, tmp_path / "letter.txt")
    assert folder == tmp_path / "decisions" and [content_id(r) for r in load_folder(folder)[0].rulings] == [
        r.id for r in log
    ]


def test_words_without_an_entry_and_words_with_two_are_refused() -> None:
    _, app = both()
    with pytest.raises(KeyError):
        nb.decide(app, {"нигде": nb.ACCEPT}, editor="C")
    text = "Тут топорь и там топорь.\n"
    twice = Apparatus(
        source_of(text), (), tuple(entry(text, at(text, "топорь", n), "теперь", number=n) for n in (0, 1)), (), (), ()
    )
    with pytest.raises(BadRuling, match="2 entries"):
        nb.decide(twice, {"топорь": nb.ACCEPT}, editor="C")
    (ruling,) = nb.decide(twice, {"там топорь": nb.ACCEPT}, editor="C")
    assert ruling.anchor.start == text.rindex("топорь")
