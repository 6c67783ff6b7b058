"""What holds for any text whatever: nothing is lost in reading, every pointer points, the run never stumbles."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import pytest
import regex
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from collation.alignment.align import align
from collation.errors import UnreadableInput
from collation.evidence.context import Context
from collation.knowledge.letters import case_of, fold, like
from collation.languages import RUSSIAN_ENGLISH
from collation.languages.knowledge import knowledge_for
from collation.model import Apparatus, Document, Edit, Feature, Hypothesis, Place, Token
from collation.model.rule import Rule
from collation.pipeline import examine
from collation.reading import read_bytes, read_text
from collation.reading.as_read import HYPHEN, read_visible
from collation.reading.lines import split_lines
from collation.reading.tokens import build_flow
from collation.writers import read_json, write_json

# Pieces of which archival files are made, and what tends to break readers of them.
PIECES = st.sampled_from(
    """Сталину получено письмо не но топорь войска в Корею и к пяти-шести дивизий укахзывали тов. г. 1950 26.1949
    7 сентября 23.50 № 600308/ш ЦК ВКП(б) М о с к в а капи- тал ¬ -'тал -.тал и`тем наступления.В © & « » — … й ё Ё
    received the letter of not 7 September [sic- October] [[illegible]] [реке] [stamp: seen] (неразборчиво) now together
    troops Korea 1940 Kim Il Sung don't can’t - 2 - Лист № 2 ** # [ ] ( ) _ * ' " ` ~ | 𝔐 ﬁ İ ß 中 é \u0301 \u200b
    \u00ad""".split()
)
JOINS = st.sampled_from([" ", " ", " ", "", "\n", "\n\n", "\r\n", "\r", "\f", "\t", "\u00a0", "\u2028", "-\n", "- \n"])
PAGES = st.lists(st.tuples(PIECES, JOINS), min_size=1, max_size=60).map(lambda found: "".join(a + b for a, b in found))
ANYTHING = st.text(st.characters(exclude_categories=["Cs"]), max_size=120)
TEXTS = st.one_of(PAGES, PAGES, ANYTHING.map(lambda text: "Так. " + text))
RUNS = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
READS = settings(max_examples=250, deadline=None)


def document_of(text: str) -> Document:
    """The document, when the text is one."""
    try:
        return read_text(text, label="any")
    except UnreadableInput:
        assume(False)
        raise


@lru_cache(maxsize=256)
def apparatus_of(text: str) -> Apparatus:
    return examine(document_of(text))


def all_tokens(document: Document) -> list[Token]:
    """Every token of the texts with its place in the file, in order of the file."""
    witnesses = [w for w in document.witnesses if w.role != "catalogue"]
    found = document.in_file(tuple(t for w in witnesses for s in (*w.segments, *w.furniture) for t in s.tokens))
    return sorted(found, key=lambda t: t.start)


def places_of(apparatus: Apparatus) -> Iterator[Place]:
    for row in apparatus.rows:
        yield from (*row.original, *row.translation)
    for entry in apparatus.entries:
        yield from (*entry.places, *entry.opposite)
        for reading in (*entry.readings, *entry.other_readings):
            yield from (edit.place for edit in reading.edits)
            yield from (place for feature in reading.features for place in feature.places)
        yield from (place for feature in entry.features for place in feature.places)
    yield from (found.place for found in apparatus.unexamined if found.place)


# Reading


@READS
@given(TEXTS)
@example("Они уехали в капи-\n'тал и к [реке] Дне-\n\n- 2 -\n\nпру.")
def test_tokens_and_the_gaps_between_them_are_the_text(text: str) -> None:
    document = document_of(text)
    joined, position = "", 0
    for span in sorted(span for token in all_tokens(document) for span in token.place.spans):
        assert span.start >= position, "tokens are disjoint"
        joined += document.file.text[position : span.start] + span.of(document.file.text)
        position = span.stop
    assert joined + document.file.text[position:] == text


@READS
@given(TEXTS)
def test_a_token_reads_what_stands_at_its_place(text: str) -> None:
    document = document_of(text)
    for token in all_tokens(document):
        shown = read_visible(regex.sub(r"\s", "", token.place.of(text)))[0]
        assert shown == token.text or (shown, token.text) == ("", HYPHEN)


@READS
@given(TEXTS)
def test_no_letter_is_lost(text: str) -> None:
    """Every letter and figure is in one token, unless an editorial bracket speaks there or it is left out."""
    document = document_of(text)
    assume(not document.source.catalogue.fields)
    covered = {i for t in all_tokens(document) for s in t.place.spans for i in range(s.start, s.stop)}
    told = (*(t.place for w in document.witnesses for t in w.testimony), *(p.place for p in document.passages))
    brackets = {i for place in document.in_file(told) for i in range(place.start, place.stop)}
    seen = {i for i, char in enumerate(text) if char.isalnum() and read_visible(char)[0]}
    lost = sorted(seen - covered - brackets)
    assert not lost, [text[max(0, i - 5) : i + 5] for i in lost]


@READS
@given(TEXTS)
def test_sentences_cover_their_segment(text: str) -> None:
    for witness in document_of(text).witnesses:
        for segment in witness.segments:
            assert sum(segment.sentence_tokens(), ()) == segment.tokens


@READS
@given(TEXTS)
def test_a_flow_leads_back_to_the_characters_it_came_from(text: str) -> None:
    flow = build_flow([line for line in split_lines(text) if not line.blank], frozenset(), RUSSIAN_ENGLISH)
    assert len(flow.text) == len(flow.offsets)
    for char, offset in zip(flow.text, flow.offsets, strict=True):
        assert char == " " if offset < 0 else char in (text[offset], " ")


@READS
@given(TEXTS)
def test_lines_and_columns_lead_back_to_the_offset(text: str) -> None:
    source = document_of(text).file
    for offset in range(len(text)):
        assert source.line_starts[source.line(offset) - 1] + source.column(offset) - 1 == offset


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text("абвёЖЩЪйa", min_size=1), st.sampled_from(["слово", "Слово", "СЛОВО"]))
def test_a_reading_takes_the_case_of_what_it_replaces(word: str, model: str) -> None:
    assert fold(like(word.lower(), model)) == fold(word)
    assert case_of(like("слово", model)) == case_of(model)


@READS
@given(st.binary(max_size=300))
def test_any_bytes_are_a_document_or_a_named_error(data: bytes) -> None:
    try:
        document = read_bytes(data, label="some/file.txt")
    except UnreadableInput as error:
        assert error.path == "some/file.txt"
    else:
        assert document.original is not None or document.passages


# Alignment and the whole run


@RUNS
@given(TEXTS)
def test_links_cover_each_segment_once(text: str) -> None:
    document = document_of(text)
    aligned = align(document, knowledge_for())
    if document.translation is None or document.original is None or not aligned.links:
        return
    left = sorted(i for link in aligned.links for i in link.original)
    right = sorted(j for link in aligned.links for j in link.translation)
    assert left == list(range(len(document.original.segments)))
    assert right == list(range(len(document.translation.segments)))


@RUNS
@given(TEXTS)
@example("Так. \U00017000 \u0378 \ue000")
@example("Так. " + "ъ" * 400)
@example("й\u0306 и\u0306 Ко\u0301рея́ [ [[ ] sic- ] © 1.1.1.1 00.00 99.99.9999")
@example("Сталину\n[[illegible]] ")
@example("Конечно, но следует.\n\nOf course, we should not.\n\nContents:\n\nOriginal Scan")
def test_any_text_gets_an_apparatus_whose_pointers_point(text: str) -> None:
    apparatus = apparatus_of(text)
    for place in places_of(apparatus):
        assert 0 <= place.start <= place.stop <= len(text)
    for entry in apparatus:
        assert entry.features, f"{entry.lemma}: an entry gives its reasons"
        assert all(0 <= r.probability <= 1 for r in entry.readings)
        assert 0 <= entry.probability <= 1
        assert entry.tier != "emend" or entry.readings


@RUNS
@given(TEXTS)
@example("Г-жа Орлова молчала. Н-да, сказал хозяин. Л-ский полк и Г-н Петров ушли.")
def test_no_reading_is_what_the_text_has(text: str) -> None:
    for entry in apparatus_of(text):
        for reading in entry.readings:
            assert any(edit.place.of(text) != edit.text for edit in reading.edits), (entry.code, entry.lemma)


def test_a_rule_that_reads_what_is_there_makes_no_entry() -> None:
    def same(context: Context) -> Iterator[Hypothesis]:
        for word in context.words:
            reading = word.text if word.text != "завод" else "заводы"
            yield Hypothesis("LEX999", (word.place,), (Edit(word.place, reading),), (Feature("strength", 5.0),))

    rule = Rule(code="LEX999", family="LEX", name="same", propose=same, harm="spelling", prior=5.0, since="")
    found = examine(document_of("Новый завод дал ток."), rules=(rule,))
    assert [(e.lemma, e.readings[0].text) for e in found] == [("завод", "заводы")]


@RUNS
@given(TEXTS)
def test_json_leads_back_to_the_apparatus(text: str) -> None:
    apparatus = apparatus_of(text)
    assert read_json(write_json(apparatus)) == apparatus


@RUNS
@given(PAGES)
def test_the_same_text_gives_the_same_bytes(text: str) -> None:
    assert write_json(examine(document_of(text))) == write_json(apparatus_of(text))


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_do_not_change_what_is_found(end: str) -> None:
    text = "Он прпбыл в Москву 5 мая.\nОни ждали его на вокзале.\n\nHe came to Moscow on 5 May.\nThey waited for him.\n"
    found = [[(e.code, e.lemma) for e in apparatus_of(t)] for t in (text, text.replace("\n", end))]
    assert found[0] == found[1] != []
