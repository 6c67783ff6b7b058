"""What an editor does in a TEI file comes back as rulings, once, and what is not certain is only told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import match
from collation.errors import BadRuling
from collation.model import Apparatus, Place, Row
from collation.reading.tei_edition import read_edition
from collation.review.rulings_from_choices import Signature
from collation.review.tei_rulings import TeiRulings, rulings_of_edition
from collation.writers.tei.as_tei import write_tei, write_tei_choice
from made import at, entry, rule, source_of

TEXT = "Пусть она будет топорь, а не через несколько лет.\nМы вместо будем сильнее.\n"
SIGNED = Signature("Anna", "2026-02-03T10:00:00Z", "0.1.0", "tei-1")


def apparatus() -> Apparatus:
    found = (
        entry(TEXT, at(TEXT, "топорь"), "теперь", "топор", number=1),
        entry(TEXT, at(TEXT, "вместо"), "вместе", number=2),
    )
    return Apparatus(source_of(TEXT), (Row((Place.at(0, len(TEXT) - 1),), ()),), found, (), (), ())


def back(text: str, app: Apparatus | None = None, book: Any = None) -> TeiRulings:
    app = app or apparatus()
    return rulings_of_edition(read_edition(text.encode()), app, book, SIGNED)


def outcomes(found: TeiRulings) -> list[tuple[str, str, str | None]]:
    return [(r.verdict, r.anchor.exact, r.reading) for r in found.made]


def keys(found: TeiRulings) -> list[str]:
    return [told.message.key for told in found.told]


APP, CHOICE = write_tei(apparatus()), write_tei_choice(apparatus())


@pytest.mark.parametrize("text", [APP, CHOICE])
def test_a_file_that_nobody_touched_makes_nothing(text: str) -> None:
    found = back(text)
    assert (found.made, found.told, found.open) == ((), (), 2)


def test_a_proposal_that_became_the_lemma_is_accepted() -> None:
    edited = re.sub(r'<rdg (xml:id="[^"]*r1"[^>]*)>теперь</rdg>', r"<lem \1>теперь</lem>", APP)
    assert edited != APP
    found = back(edited.replace('cert="medium">теперь</lem>', 'cert="high">теперь</lem>'))
    assert outcomes(found) == [("accept", "топорь", "теперь")]
    assert (found.made[0].editor, found.made[0].batch) == ("Anna", "tei-1")


def test_a_lemma_of_one_s_own_is_an_own_reading() -> None:
    edited = APP.replace('<rdg xml:id="e1-17.w" wit="#R">', '<lem>сейчас</lem><rdg xml:id="e1-17.w" wit="#R">')
    assert outcomes(back(edited)) == [("emend", "топорь", "сейчас")]


def test_the_document_s_own_reading_as_the_lemma_rejects_the_doubt() -> None:
    edited = APP.replace('<rdg xml:id="e1-17.w" wit="#R">топорь</rdg>', '<lem xml:id="e1-17.w" wit="#R">топорь</lem>')
    assert outcomes(back(edited)) == [("reject", "топорь", None)]


def test_proposals_that_were_taken_out_are_rejected() -> None:
    edited = re.sub(r'<rdg xml:id="e2-4\.r1".*?</rdg>', "", APP)
    assert outcomes(back(edited)) == [("reject", "вместо", None)]
    one_of_two = re.sub(r'<rdg xml:id="e1-17\.r2".*?</rdg>', "", APP)
    assert keys(back(one_of_two)) == ["tei-readings-gone"]
    whole = re.sub(r'<app xml:id="e2-4".*?</app>', "вместо", APP)
    assert outcomes(back(whole)) == [("reject", "вместо", None)]


def test_a_corr_that_was_typed_is_a_reading() -> None:
    edited = CHOICE.replace(
        '<seg xml:id="e1-17" type="undecided">топорь</seg>',
        '<choice xml:id="e1-17"><sic>топорь</sic><corr>сейчас</corr></choice>',
    )
    assert outcomes(back(edited)) == [("emend", "топорь", "сейчас")]
    stays = CHOICE.replace('<seg xml:id="e1-17" type="undecided">топорь</seg>', '<sic xml:id="e1-17">топорь</sic>')
    assert outcomes(back(stays)) == [("stands", "топорь", None)]


def test_a_correction_where_nothing_was_doubted_is_a_finding() -> None:
    edited = APP.replace("сильнее", "<choice><sic>сильнее</sic><corr>слабее</corr></choice>")
    assert outcomes(back(edited)) == [("added", "сильнее", "слабее")]


@pytest.mark.parametrize(
    ("old", "new", "words"), [("сильнее", "сильней", "сильнее."), ("через несколько", "через много", "несколько")]
)
def test_words_typed_into_the_text_are_a_finding(old: str, new: str, words: str) -> None:
    found = back(APP.replace(old, new))
    assert [(r.verdict, r.anchor.exact) for r in found.made] == [("added", words)]
    assert found.made[0].reading == words.replace(old.split()[-1], new.split()[-1])


def test_a_place_that_was_typed_over_is_an_own_reading() -> None:
    edited = re.sub(r'<app xml:id="e2-4".*?</app>', "вместе", APP)
    assert outcomes(back(edited)) == [("accept", "вместо", "вместе")]


def test_what_is_not_certain_is_told() -> None:
    two = APP.replace('<rdg xml:id="e1-17.w"', '<lem>а</lem><lem>б</lem><rdg xml:id="e1-17.w"')
    assert (keys(back(two)), back(two).made) == (["tei-lemmas"], ())
    cert = re.sub(r'(xml:id="e1-17\.r2"[^>]*cert=")\w+"', r'\1high"', APP)
    assert keys(back(cert)) == (["tei-certainty-alone"] if cert != APP else [])


def test_the_certainty_of_a_lemma_and_a_note_go_with_the_ruling() -> None:
    edited = APP.replace(
        '<rdg xml:id="e1-17.w" wit="#R">',
        '<lem cert="medium">теперь</lem><note>по смыслу</note><rdg xml:id="e1-17.w" wit="#R">',
    )
    (ruling,) = back(edited).made
    assert (ruling.verdict, ruling.note) == ("accept", "по смыслу (cert: medium)")


def test_laid_anew_by_an_editor_program_it_says_the_same() -> None:
    edited = APP.replace('<rdg xml:id="e1-17.w" wit="#R">', '<lem>сейчас</lem>\n      <rdg xml:id="e1-17.w" wit="#R">')
    edited = edited.replace("а не через", "а не\n        через").replace("<p ", "\n    <p ")
    assert outcomes(back(edited)) == [("emend", "топорь", "сейчас")]


def test_read_twice_it_writes_once_and_a_decided_place_is_left() -> None:
    edited = APP.replace('<rdg xml:id="e1-17.w" wit="#R">', '<lem>сейчас</lem><rdg xml:id="e1-17.w" wit="#R">')
    book = match(apparatus(), fold_rulings(back(edited).made))
    again = back(edited, book=book)
    assert (again.made, again.known) == ((), 1)
    for write in (write_tei, write_tei_choice):
        written = write(apparatus(), book=book)
        assert back(written, book=book).made == ()
        assert back(written, book=book).told == ()


def test_another_document_is_refused() -> None:
    app = apparatus()
    other = Apparatus(source_of(TEXT + "Ещё.\n"), app.rows, app.entries, (), (), ())
    with pytest.raises(BadRuling):
        back(APP, other)


@pytest.mark.parametrize("write", [write_tei, write_tei_choice])
def test_a_ruling_that_was_carried_out_already_makes_nothing(write: Any) -> None:
    ruled = rule(TEXT, at(TEXT, "топорь"), "теперь")
    done = TEXT.replace("топорь", "теперь")
    app = Apparatus(source_of(done), (Row((Place.at(0, len(done) - 1),), ()),), (), (), (), ())
    book = match(app, fold_rulings([ruled]), {ruled.digest: TEXT})
    text = write(app, book=book)
    assert "former" in text
    found = rulings_of_edition(read_edition(text.encode()), app, book, SIGNED)
    assert (found.made, found.told) == ((), ())
