"""The edition differs from the witness inside accepted places only, in every encoding and every house style."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.decisions.in_force import fold_rulings
from collation.decisions.placing import Book, book_of, match
from collation.decisions.relocate import anchor_at, change_at
from collation.decisions.ruling import Ruling, Shown
from collation.edition.edit import Edition, edit
from collation.edition.errata_and_notes import LANGS, counts, write_lists
from collation.edition.fit import fit_reading
from collation.edition.patch import encoded, patch
from collation.edition.styles import STYLES, Style, bracketed
from collation.errors import BadRuling
from collation.model import Apparatus, Place, Source, Span
from made import at, entry, rule, source_of, undo

TEXT = (
    "Письмо товарища Сталина\r\n\r\nОна будет топорь, а не через  \r\nнесколько лет. Когд война неизбеж-\r\n"
    "ща, мы получили 7 сентября\r\nписьмо тов. Штякова.\r\n\r\nLet it be waged now. Done on 1 October 1940.\r\n"
)


def book(*rulings: Ruling, text: str = TEXT, **values: Any) -> Book:
    return book_of(source_of(text), fold_rulings(rulings, **values), {})


def edited(*rulings: Ruling, style: Style = "plain", text: str = TEXT) -> Edition:
    return edit(source_of(text), book(*rulings, text=text), style=style)


def shown(harm: str, *readings: str) -> Shown:
    return Shown("LEX101", "LEX", harm, "emend", "scanner", "x", 0.9, "emend", readings)


def test_without_rulings_the_edition_is_the_witness() -> None:
    assert edited().text == TEXT


def test_an_accepted_reading_stands_and_nothing_else_changes() -> None:
    edition = edited(rule(TEXT, at(TEXT, "топорь"), "теперь"))
    assert edition.text == TEXT.replace("топорь", "теперь")
    assert counts(edition)["emended"] == 1


@pytest.mark.parametrize("verdict", ["reject", "stands", "needs-scan"])
def test_other_verdicts_leave_the_plain_text_alone(verdict: str) -> None:
    assert edited(rule(TEXT, at(TEXT, "топорь"), verdict=verdict)).text == TEXT


def test_the_translation_is_mended_and_the_russian_left() -> None:
    ruling = rule(TEXT, at(TEXT, "1940"), "1950", verdict="other-side", side="original")
    edition = edited(ruling, style="notes")
    assert edition.text == TEXT.replace("1940", "1950[1]")
    ruling = rule(TEXT, at(TEXT, "1940"), "1950", side="translation")
    assert edited(ruling).text == TEXT.replace("1940", "[1950]")


def test_a_conflict_is_printed_by_nobody() -> None:
    one, two = rule(TEXT, at(TEXT, "топорь"), "теперь"), rule(TEXT, at(TEXT, "топорь"), "тогда", editor="boris")
    edition = edited(one, two)
    assert edition.text == TEXT and [left.why for left in edition.left] == ["conflict"]
    assert "anna, boris" in write_lists(edition, after="x", lang="en")


def test_what_waits_for_a_second_reader_and_orphans_are_not_printed() -> None:
    one = rule(TEXT, at(TEXT, "топорь"), "теперь")
    waiting = edit(source_of(TEXT), book(one, second_reader=True))
    assert (waiting.text, [left.why for left in waiting.left]) == (TEXT, ["second-reader"])
    other = TEXT.replace("топорь, а не через", "что-то совсем иное и новое")
    lost = edit(source_of(other), book(one, text=other))
    assert (lost.text, [left.why for left in lost.left]) == (other, ["no-place"])


def test_rulings_that_would_change_the_same_words_are_left() -> None:
    one, two = rule(TEXT, at(TEXT, "Она будет"), "Он был"), rule(TEXT, at(TEXT, "будет топорь"), "будет теперь")
    edition = edited(one, two)
    assert edition.text == TEXT and [left.why for left in edition.left] == ["overlap", "overlap"]


def test_applying_twice_is_applying_once() -> None:
    ruling = rule(TEXT, at(TEXT, "топорь"), "теперь")
    once = edited(ruling).text
    again = edit(source_of(once), book_of(source_of(once), fold_rulings([ruling]), {source_of(TEXT).digest: TEXT}))
    assert again.text == once and counts(again)["done"] == 1


def test_the_styles() -> None:
    rulings = [
        rule(TEXT, at(TEXT, "топорь"), "теперь", shown=shown("spelling", "теперь")),
        rule(TEXT, at(TEXT, "Когд"), "Когда", shown=shown("spelling", "Когда")),
        rule(TEXT, at(TEXT, "7 сентября"), verdict="stands", shown=shown("value", "7 октября")),
        rule(TEXT, at(TEXT, "Штякова"), "Штыкова", shown=shown("name", "Штыкова")),
        rule(TEXT, at(TEXT, "1940"), "1950", side="translation"),
    ]
    plain, brackets, notes = (edited(*rulings, style=style).text for style in STYLES)
    assert "будет теперь," in plain and "Когда война" in plain and "тов. [Штыкова]" in plain and "[1950]" in plain
    assert "7 сентября\r\n" in plain
    assert "[теперь]" in brackets and "Когд[а]" in brackets and "7 сентября [так в документе]" in brackets
    assert "теперь[1]" in notes and "Когда[2]" in notes and "7 сентября[3]" in notes and "1950[5]" in notes
    listed = write_lists(edited(*rulings, style="notes"), after="x", lang="ru")
    assert "Так в документе; по-видимому, следует: «7 октября»." in listed and re.search(
        r"\[4\] строка 6 \(…[^)]*Штякова[^)]*…\): Штякова \\\]", listed
    )


@pytest.mark.parametrize("verdict", ["stands", "needs-scan", "added", "other-side", "reject"])
def test_every_note_has_its_number_in_the_text(verdict: str) -> None:
    rulings = [
        rule(TEXT, at(TEXT, "топорь"), "теперь"),
        rule(TEXT, at(TEXT, "7 сентября"), verdict=verdict, n=1),
        rule(TEXT, at(TEXT, "война"), verdict=verdict, n=2),
        rule(TEXT, at(TEXT, "Штякова"), "Штыкова", n=3),
    ]
    texts, text = {source_of(TEXT).digest: TEXT}, TEXT
    for _ in range(3):  # what was done before has its note too, and one number is enough
        edition = edit(source_of(text), book_of(source_of(text), fold_rulings(rulings), texts), style="notes")
        text = edition.text
        listed = re.findall(r"^\[(\d)\]", write_lists(edition, after="x", lang="en"), re.MULTILINE)
        assert re.findall(r"\[(\d)\]", text) == listed == list("12" if verdict == "reject" else "1234")
    plain = edited(*rulings).text
    assert edit(source_of(plain), book_of(source_of(plain), fold_rulings(rulings), texts), style="plain").text == plain


@pytest.mark.parametrize("style", STYLES)
def test_names_numbers_and_dates_are_never_emended_silently(style: Style) -> None:
    rulings = [
        rule(TEXT, at(TEXT, "7 сентября"), "7 октября", shown=shown("spelling", "7 октября")),
        rule(TEXT, at(TEXT, "сентября"), "", n=9, editor="boris"),
        rule(TEXT, at(TEXT, "Штякова"), "Штыкова"),
        rule(TEXT, at(TEXT, "1940"), "1950", side="translation"),
    ]
    for item in edited(*rulings, style=style).printed:
        if item.kind == "emended" and item.lemma != "7 сентября":
            assert item.visible, item.lemma
    assert edited(rule(TEXT, at(TEXT, "1940"), ""), style=style).printed[0].visible


@pytest.mark.parametrize(
    ("lemma", "reading", "form"),
    [
        ("когд", "когда", "когд[а]"),
        ("ского", "японского", "[япон]ского"),
        ("топорь", "теперь", "[теперь]"),
        ("‹…›", "[япон]ского", "[япон]ского"),
        ("пяти", "пяти десяти", "[пяти десяти]"),
    ],
)
def test_brackets_hold_what_the_editors_put_in(lemma: str, reading: str, form: str) -> None:
    assert bracketed(lemma, reading) == form


BROKEN = [
    ("топ-\nорь", [(0, 3), (5, 8)], "теперь", "теп-\nерь"),
    ("неза-\nЛист № 7\nвисимость", [(0, 4), (15, 24)], "независимости", "неза-\nЛист № 7\nвисимости"),
    ("7  \r\nсентября", [(0, 13)], "7 октября", "7  \r\nоктября"),
    ("атаковала-\r\nфранцузов", [(0, 9), (12, 21)], "атаковала французов", "атаковала\r\nфранцузов"),
    ("но\nследует бояться", [(0, 18)], "не следует бояться", "не\nследует бояться"),
    ("н-\nо", [(0, 1), (3, 4)], "не", "н-\nе"),
]


@pytest.mark.parametrize(("text", "spans", "reading", "expected"), BROKEN)
def test_a_place_keeps_its_line_breaks(text: str, spans: list[tuple[int, int]], reading: str, expected: str) -> None:
    assert fit_reading(text, Place(tuple(Span(*s) for s in spans)), reading) == expected


def test_a_broken_word_is_mended_over_its_break() -> None:
    start = TEXT.index("неизбеж-")
    place = Place((Span(start, start + 7), Span(start + 10, start + 12)))
    assert place.of(TEXT) == "неизбежща"
    assert edited(rule(TEXT, place, "неизбежна")).text == TEXT.replace("ща,", "на,")


@given(st.text("аб е", max_size=12), st.integers(0, 6), st.sampled_from(["-\n", "-\r\n", "\n", "  \n"]))
def test_a_fitted_reading_reads_as_the_reading(reading: str, cut: int, gap: str) -> None:
    reading = " ".join(reading.split())
    old = "старое"
    text = old[:cut] + gap + old[cut:]
    place = Place((Span(0, cut), Span(cut + len(gap), len(text))))
    fitted = fit_reading(text, place, reading)
    assert fitted.count("\n") == 1
    flat = re.sub(r"-[ ]*\r?\n", "", fitted).replace("\r\n", " ").replace("\n", " ")
    assert " ".join(flat.split()) == reading


@pytest.mark.parametrize("encoding", ["utf-8", "cp1251", "koi8-r", "iso8859-5", "mac-cyrillic", "utf-16-le"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_bytes_outside_the_places_survive(encoding: str, end: str) -> None:
    text = TEXT.replace("\r\n", end)
    if encoding.startswith("utf"):
        text = "\ufeff" + text
    data = text.encode(encoding)
    source = Source("d1", "a.txt", text, hashlib.sha256(data).hexdigest(), encoding)
    ruling = replace(rule(text, at(text, "топорь"), "теперь"), digest=source.digest)
    edition = edit(source, book_of(source, fold_rulings([ruling]), {}))
    assert encoded(edition) == data.replace("топорь".encode(encoding), "теперь".encode(encoding))


def test_a_reading_the_encoding_cannot_hold_is_refused() -> None:
    data = TEXT.encode("koi8-r")
    source = Source(
        "d1", "a.txt", TEXT, hashlib.sha256(data).hexdigest(), "koi8-r", line_starts=source_of(TEXT).line_starts
    )
    ruling = replace(rule(TEXT, at(TEXT, "топорь"), "тепѣрь"), digest=source.digest)
    with pytest.raises(BadRuling, match="“ѣ”") as caught:
        encoded(edit(source, book_of(source, fold_rulings([ruling]), {})))
    assert caught.value.line == 3 and caught.value.path == "a.txt"


def test_a_file_that_cannot_be_written_back_is_refused() -> None:
    source = replace(source_of(TEXT), digest="0" * 64)
    with pytest.raises(BadRuling, match="byte for byte"):
        encoded(edit(source, book_of(source, fold_rulings([]), {})))


@pytest.mark.skipif(shutil.which("git") is None, reason="git applies the patch")
@pytest.mark.parametrize("last", ["\r\n", ""])
def test_the_patch_can_be_applied(tmp_path: Path, last: str) -> None:
    text = TEXT.removesuffix("\r\n") + last
    edition = edited(rule(text, at(text, "топорь"), "теперь"), rule(text, at(text, "1940"), "1950"), text=text)
    (tmp_path / "a.txt").write_bytes(text.encode())
    made = patch(edition, old="a/a.txt", new="b/a.txt")
    subprocess.run(["git", "apply", "-"], input=made, cwd=tmp_path, check=True)
    assert (tmp_path / "a.txt").read_bytes() == encoded(edition)
    assert patch(edited(), old="a", new="b") == b""


@pytest.mark.skipif(os.name == "nt" or shutil.which("git") is None, reason="Windows has no such names; git applies")
@pytest.mark.parametrize(
    "name",
    [
        "a\tb.txt",
        "a\nb.txt",
        'say "a".txt',
        '"a.txt',
        "a\\b.txt",
        "a\\tb.txt",
        'письмо\r "1".txt',
        "a\x01 \x7f.txt",
        "a b.txt",
    ],
)
def test_a_patch_names_any_file_as_git_does(tmp_path: Path, name: str) -> None:
    document = tmp_path / name
    edition = edited(rule(TEXT, at(TEXT, "топорь"), "теперь"))
    document.write_bytes(TEXT.encode())
    made = patch(edition, old=f"a/{name}", new=f"b/{name}")
    subprocess.run(["git", "init", "-q"], cwd=tmp_path, check=True)
    subprocess.run(["git", "apply", "-"], input=made, cwd=tmp_path, check=True)
    assert document.read_bytes() == encoded(edition) != TEXT.encode()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("lang", LANGS)
def test_nothing_in_the_lists_is_markdown_but_the_lists(style: Style, lang: Any) -> None:
    """Words of the text, readings, notes and names of editors may be anybody's."""
    live, safe = "<img src=x> [да](http://x) `*#_|~", r"\<img src=x\> \[да\](http://x) \`\*\#\_\|\~"
    text = f"Она {live} будет топорь и вот.\n\n# {live} Когд война.\n\nLet it be.\n"
    rulings = (
        rule(text, at(text, "топорь"), f"{live} теперь", editor=live),
        replace(rule(text, at(text, "Когд"), verdict="stands"), note=f"Так: {live}\n# {live}"),
        rule(text, at(text, "вот"), "тот", editor="anna"),
        rule(text, at(text, "вот"), "кот", editor=live),
    )
    edition = replace(edited(*rulings, text=text, style=style), witnesses=(("V", f"{live}.txt"),))
    written = write_lists(edition, after="x", lang=lang)
    assert safe in written and "".join(written.split(safe)).count("<") == 0
    assert live not in written
    assert all(re.match(r"#{1,2} \w|\[\d+\] |(?:  )?- |\w|$", line) for line in written.splitlines())


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_the_counts_agree_with_the_log(lang: Any) -> None:
    rulings = [
        rule(TEXT, at(TEXT, "топорь"), "теперь"),
        rule(TEXT, at(TEXT, "Когд"), "Когда", verdict="added"),
        rule(TEXT, at(TEXT, "7 сентября"), verdict="stands"),
        rule(TEXT, at(TEXT, "лет"), verdict="needs-scan"),
        rule(TEXT, at(TEXT, "Письмо")),
        rule(TEXT, at(TEXT, "Done"), side="translation"),
        rule(TEXT, at(TEXT, "waged"), n=1, verdict="accept", side="translation"),
        rule(TEXT, at(TEXT, "товарища"), "тов.", n=1),
        rule(TEXT, at(TEXT, "товарища"), n=2, editor="boris"),
    ]
    edition = edited(*rulings)
    assert dict(counts(edition)) == {
        "emended": 2,
        "done": 0,
        "stands": 1,
        "noted": 1,
        "scan": 1,
        "rejected": 2,
        "left": 1,
    }
    assert sum(counts(edition).values()) == len(fold_rulings(rulings).standings)
    text = write_lists(edition, after="f" * 64, lang=lang)
    assert f"{'Emended' if lang == 'en' else 'Исправлено'}: 2\n" in text
    wanted = (
        r"line 3 \(…[^)]*топорь[^)]*…\): “топорь” has been corrected to “теперь”\."
        if lang == "en"
        else r"строка 3 \(…[^)]*топорь[^)]*…\): «топорь» исправлено на «теперь»\."
    )
    assert re.search(wanted, text) and source_of(TEXT).digest in text


def test_a_note_that_nobody_changed_is_in_the_language_of_its_list() -> None:
    offered = "Thus in the document; apparently “7 октября” is meant."
    for note in ("", offered, "Так в документе; по-видимому, следует: «7 октября»."):
        ruling = rule(TEXT, at(TEXT, "7 сентября"), verdict="stands", shown=shown("value", "7 октября"), note=note)
        assert offered in write_lists(edited(ruling), after="x", lang="en")
        russian = write_lists(edited(ruling), after="x", lang="ru")
        assert "по-видимому, следует: «7 октября»" in russian and offered not in russian
    own = rule(TEXT, at(TEXT, "7 сентября"), verdict="stands", shown=shown("value", "7 октября"), note="Описка.")
    assert all("] Описка." in write_lists(edited(own), after="x", lang=lang) for lang in LANGS)


def test_a_wide_ruling_is_carried_out_at_entries_and_nowhere_else() -> None:
    other = "Пусть топорь будет. А топорь дровосека остаётся, и топорьев много.\n"
    wide = rule(
        TEXT,
        at(TEXT, "топорь"),
        "теперь",
        verdict="accept",
        scope="collection",
        shown=replace(shown("spelling", "теперь"), lemma="топорь"),
    )
    source = source_of(other, "d2")
    apparatus = Apparatus(source, (), (entry(other, at(other, "топорь"), "теперь"),), (), (), ())
    edition = edit(source, match(apparatus, fold_rulings([wide])))
    assert edition.text == other.replace("топорь", "теперь", 1)


def test_a_correction_that_touches_two_places_is_made_whole_or_not_at_all() -> None:
    two = (change_at(TEXT, at(TEXT, "будет"), "было"), change_at(TEXT, at(TEXT, "лет"), "годов"))
    ruling = rule(TEXT, at(TEXT, "будет"), verdict="emend", changes=two)
    assert edited(ruling).text == TEXT.replace("будет", "было").replace("лет", "годов")
    later = TEXT.replace("лет. Когд война", "много всего иного")
    state = fold_rulings([ruling])
    edition = edit(source_of(later), book_of(source_of(later), state, {source_of(TEXT).digest: TEXT}))
    assert edition.text == later and [left.why for left in edition.left] == ["no-place"]


def test_the_errata_of_what_was_done_name_the_words_of_each_change() -> None:
    """Of a ruling on one side that changes the other, and of one that changes two places."""
    pair = (change_at(TEXT, at(TEXT, "будет"), "было"), change_at(TEXT, at(TEXT, "лет"), "годов"))
    rulings = [
        rule(TEXT, at(TEXT, "7"), verdict="other-side", n=1, changes=(change_at(TEXT, at(TEXT, "1940"), "1950"),)),
        rule(TEXT, at(TEXT, "будет"), verdict="emend", n=2, changes=pair),
    ]
    texts, once = {source_of(TEXT).digest: TEXT}, edited(*rulings)
    again = edit(source_of(once.text), book_of(source_of(once.text), fold_rulings(rulings), texts))
    assert [(p.kind, p.lemma, p.reading) for p in again.printed] == [("done", p.lemma, p.reading) for p in once.printed]
    assert "“1940” has been corrected to “1950”." in write_lists(again, after="x", lang="en")


WORDS = [
    "Письмо",
    "топорь",
    "несколько",
    "Когд",
    "7 сентября\r\nписьмо",
    "тов. Штякова",
    "waged",
    "1940",
    "будет топорь",
]


@st.composite
def ruled(draw: st.DrawFn) -> list[Ruling]:
    made = []
    for n, words in enumerate(draw(st.lists(st.sampled_from(WORDS), unique=True))):
        reading = draw(st.sampled_from([None, "", "слово", "два слова", "[x]у"]))
        verdict = draw(st.sampled_from(["emend", "accept", "other-side"])) if reading is not None else "stands"
        made.append(rule(TEXT, at(TEXT, words), reading, n=n, verdict=verdict))
    return made


@given(ruled(), st.sampled_from(STYLES), st.randoms(use_true_random=False))
def test_only_accepted_places_change_whatever_the_order(rulings: list[Ruling], style: Style, chance: Any) -> None:
    edition = edited(*rulings, style=style)
    shuffled = list(rulings)
    chance.shuffle(shuffled)
    assert edited(*shuffled, style=style) == edition
    kept_old = kept_new = 0
    for item in edition.changed:
        assert TEXT[kept_old : item.old.start] == edition.text[kept_new : item.span.start]
        assert item.span.of(edition.text) == item.text
        kept_old, kept_new = item.old.stop, item.span.stop
    assert TEXT[kept_old:] == edition.text[kept_new:]
    assert edition.text.count("\n") >= TEXT.count("\n") - sum(r.reading == "" for r in rulings)
    changed = [item.old for item in edition.changed]
    for offset in range(0, len(TEXT), 7):
        if not any(s.start <= offset < s.stop for s in changed):
            assert edition.to_witness(edition.to_edition(offset)) == offset


def test_the_anchor_of_a_stands_ruling_survives_its_mark() -> None:
    ruling = rule(TEXT, at(TEXT, "7 сентября"), verdict="stands")
    for style in STYLES:
        text = edited(ruling, style=style).text
        assert not book_of(source_of(text), fold_rulings([ruling]), {}).orphans
    assert anchor_at(TEXT, at(TEXT, "7 сентября")) == ruling.anchor


LETTER = (
    "Начальнику управления.\r\n\r\nСреди рабочих были разговоры, но забастовки мы допустили, и порядок на\r\nстройке хороший. "
    "Вагоны поданы 12 мая, работы остано-\r\nвятся к осени. На место его назначен товарищ Лебедев, который знает дело.\r\n\r\n"
    "There was talk among the workers, but we did allow a strike, and order is good.\r\nThe cars came on 12 May.\r\n"
)
PLACES = [
    "рабочих",
    "были разговоры",
    "мы",
    "допустили",
    "порядок",
    "хороший",
    "12",
    "назначен",
    "Лебедев",
    "allow",
    "order",
]
READINGS = ["не {}", "{} лишь", "и {} уже", "{} и {}", "{}0", "слово", "все {} до одного, как один человек"]


@st.composite
def emended(draw: st.DrawFn) -> list[Ruling]:
    """Rulings near one another, most with readings that contain the old words, some that put words in at a point."""
    made = []
    for n, words in enumerate(draw(st.lists(st.sampled_from(PLACES), unique=True, min_size=1))):
        place, reading = at(LETTER, words), draw(st.sampled_from([*READINGS, None]))
        if reading is None:
            made.append(rule(LETTER, Place.at(place.start, place.start), "ни один ", n=n))
        else:
            made.append(rule(LETTER, place, reading.replace("{}", words), n=n))
    return made


@given(emended(), st.sampled_from(STYLES), st.booleans(), st.data())
def test_what_was_applied_is_not_applied_again(rulings: list[Ruling], style: Style, kept: bool, data: Any) -> None:
    """Neither all of it nor a part, with the text that was ruled on at hand or without it."""
    texts = {source_of(LETTER).digest: LETTER} if kept else {}

    def applied(text: str, own: list[Ruling]) -> Edition:
        return edit(source_of(text), book_of(source_of(text), fold_rulings(own), texts), style=style)

    once = applied(LETTER, rulings)
    assert counts(once)["emended"] == len(rulings)
    again = applied(once.text, rulings)
    assert counts(again)["emended"] == 0
    if style == "notes":  # where a place is not certain any more, the numbers move
        assert re.sub(r"\[\d+\]", "", again.text) == re.sub(r"\[\d+\]", "", once.text)
        return
    assert again.text == once.text
    part = data.draw(st.lists(st.sampled_from(rulings), unique=True))
    whole = applied(applied(LETTER, part).text, rulings)
    done = {p.ruling.id for p in whole.printed if p.kind == "emended"}
    assert not done & {r.id for r in part}
    assert whole.left or whole.text == once.text


def test_a_ruling_that_was_undone_after_it_was_applied_is_over() -> None:
    one, two = (
        rule(LETTER, at(LETTER, "допустили"), "не допустили"),
        rule(LETTER, at(LETTER, "порядок"), "порядок тоже", n=1),
    )
    once = edit(source_of(LETTER), book(one, two, text=LETTER)).text
    texts = {source_of(LETTER).digest: LETTER}
    after = book_of(source_of(once), fold_rulings([one, two, undo(one, n=2)]), texts)
    again = edit(source_of(once), after)
    assert again.text == once and counts(again) == {"done": 1} | dict.fromkeys(set(counts(again)) - {"done"}, 0)
    back = rule(once, at(once, "не допустили"), "допустили", n=3)
    texts[source_of(once).digest] = once
    mended = edit(source_of(once), book_of(source_of(once), fold_rulings([one, two, back]), texts)).text
    assert mended == once.replace("не допустили", "допустили")
    settled = edit(source_of(mended), book_of(source_of(mended), fold_rulings([one, two, back]), texts))
    assert settled.text == mended
