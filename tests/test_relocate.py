"""A ruling finds its place again, or says that it cannot; it never takes another place."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collation.decisions.relocate import Ambiguous, Applied, Found, Gone, anchor_at, change_at, relocate
from collation.decisions.smoothed_text import page_of
from collation.decisions.trace import trace
from collation.model import Place, Span
from collation.reading import read_file
from made import at
from test_benchmark import BENCHMARKS, load

TEXT = """Товарищ Ким Ир Сен!

Мой ответ запаздывал ввиду консультации с китайскими товарищами, которая потребовала несколько дней.
Если война неизбежна, то пусть она будет топорь, а не через несколько лет, когда японский милитаризм
будет восстановлен как союзник США. Конечно, но следует бояться, так как мы вместо будем сильнее.

Лист № 2

В ответ на это я получил от Мао 7 сентября письмо, где он заявляет о посылке девяти дивизий.
"""
TOPOR = at(TEXT, "топорь")


def found(text: str, words: str, nth: int = 0) -> Found:
    return Found(at(text, words, nth))


def test_nothing_changed() -> None:
    assert relocate(anchor_at(TEXT, TOPOR), TEXT) == Found(TOPOR)


@pytest.mark.parametrize(
    "change",
    [
        lambda t: "Дело № 5\n\n" + t,
        lambda t: t.replace("неизбежна", "неизбѣжна"),
        lambda t: t.replace("\n", "\r\n"),
        lambda t: t.replace("\n\n", "\n\n\n\n"),
        lambda t: unicodedata.normalize("NFD", t),
        lambda t: "\ufeff" + t,
        lambda t: t.replace("она будет", "она\nбудет"),
        lambda t: t.replace("через несколько", "через нѣ-\nсколько"),
    ],
)
def test_changes_around_the_place_do_not_matter(change: object) -> None:
    later = change(TEXT)  # type: ignore[operator]
    assert relocate(anchor_at(TEXT, TOPOR), later) == found(later, "топорь")


def test_a_word_that_is_broken_anew_is_found_in_two_spans() -> None:
    later = TEXT.replace("топорь", "то-\nпорь")
    start = later.index("то-\nпорь")
    expected = Place((Span(start, start + 2), Span(start + 4, start + 8)))
    assert relocate(anchor_at(TEXT, TOPOR), later) == Found(expected)
    assert relocate(anchor_at(later, expected), TEXT) == Found(TOPOR)


def test_a_place_that_runs_over_a_heading_is_found_as_it_is() -> None:
    text = "Мы стояли за неза-\nЛист № 7\nвисимость нашей страны."
    place = Place((Span(text.index("неза"), text.index("неза") + 4), Span(text.index("висим"), text.index(" нашей"))))
    later = "Заголовок.\n" + text
    moved = Place(tuple(Span(s.start + 11, s.stop + 11) for s in place.spans))
    assert relocate(anchor_at(text, place), later) == Found(moved)


def test_a_deleted_place_is_gone_though_the_word_stands_elsewhere() -> None:
    text = TEXT + "Дровосек взял топорь и ушёл в лес.\n"
    later = text.replace("топорь, а не", "а не")
    assert isinstance(relocate(anchor_at(text, TOPOR), later), Gone)


def test_the_longer_word_is_another_word() -> None:
    later = TEXT.replace("топорь", "топорьями")
    assert isinstance(relocate(anchor_at(TEXT, TOPOR), later), Gone)


def test_two_equal_passages_are_ambiguous_for_the_anchor_alone() -> None:
    later = TEXT + "\n" + TEXT
    located = relocate(anchor_at(TEXT, TOPOR), later)
    assert located == Ambiguous((at(later, "топорь"), at(later, "топорь", 1)))


def test_with_the_reviewed_text_a_copy_is_told_from_the_passage() -> None:
    passage = TEXT[TEXT.index("Если война") : TEXT.index("союзник США.")]
    later = TEXT.replace("Товарищ Ким Ир Сен!\n", f"Товарищ Ким Ир Сен!\n{passage}\n")
    anchor = anchor_at(TEXT, TOPOR)
    assert isinstance(relocate(anchor, later), Ambiguous)
    assert trace(anchor, later, reviewed=TEXT) == found(later, "топорь", 1)


def test_a_passage_copied_right_behind_itself_is_nobodys() -> None:
    passage = TEXT[TEXT.index("Если война") : TEXT.index("Конечно")]
    later = TEXT.replace(passage, passage + passage)
    assert isinstance(trace(anchor_at(TEXT, TOPOR), later, reviewed=TEXT), Ambiguous)


def test_a_copy_is_not_taken_for_the_place_that_was_deleted() -> None:
    passage = TEXT[TEXT.index("Если война") : TEXT.index("Конечно")]
    later = TEXT.replace("топорь, ", "") + passage
    anchor = anchor_at(TEXT, TOPOR)
    for located in (relocate(anchor, later), trace(anchor, later, reviewed=TEXT)):
        assert isinstance(located, Ambiguous | Gone)


def test_the_twin_is_not_taken_for_a_deleted_place() -> None:
    twice = "Экз. № 1 тов. Сталину, разослать сегодня же всем.\n" * 2
    second = at(twice, "разослать", 1)
    anchor = anchor_at(twice, second)
    assert anchor.rival > 0.7
    later = "Экз. № 1 тов. Сталину, разослать сегодня же всем.\n"
    assert not isinstance(relocate(anchor, later), Found)


def test_a_copy_is_not_taken_for_a_place_deleted_among_other_edits() -> None:
    emptied = TEXT.replace("то пусть она будет топорь, а не через", "то пустъ оня будет, а нѣ через")
    later = emptied + TEXT
    assert isinstance(relocate(anchor_at(TEXT, TOPOR), later), Ambiguous)


def test_a_near_equal_word_does_not_move_up_when_the_place_is_deleted() -> None:
    text = "Bring in your financial advisor: Your advisor can also help you to pay less."
    anchor = anchor_at(text, at(text, "advisor"))
    later = text.replace("financial advisor", "financial")
    assert not isinstance(relocate(anchor, later), Found | Applied)


ROWS = [("Орлов А.", 5), ("Ким Б.", 9), ("Петров В.", 7), ("Ким А.", 1), ("Орлов А.", 3)]
FORMS = {
    "lines": "{name} — {sum} руб.\n",
    "numbered": "{number}. {name} — {sum} руб.\n",
    "table": "{number}\t{name}\t{sum}\n",
    "wrapped": "{name}, рабочий,\n   получил {sum} руб.\n",
    "in a row": "{name} — {sum} руб.; ",
}


def listed(form: str, rows: Iterable[tuple[str, int]]) -> str:
    return "".join(FORMS[form].format(number=n, name=name, sum=sum) for n, (name, sum) in enumerate(rows, 1))


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("end", ["", "\nРабочие выехали на станцыю вчера вечером.\n"])
def test_a_row_like_the_one_that_was_taken_out_is_not_taken_for_it(form: str, end: str) -> None:
    before = listed(form, ROWS) + end
    anchor = anchor_at(before, at(before, "Ким", 1))
    for order in permutations([0, 1, 2, 4]):
        later = listed(form, [ROWS[i] for i in order]) + end
        assert not isinstance(trace(anchor, later, reviewed=before), Found | Applied), later


@pytest.mark.parametrize("form", ["lines", "numbered", "table", "in a row"])
def test_a_row_that_was_mended_elsewhere_keeps_its_ruling(form: str) -> None:
    before, later = listed(form, ROWS), listed(form, [*ROWS[:3], ("Ким А.", 7), ROWS[4]])
    anchor = anchor_at(before, at(before, "Ким", 1))
    assert trace(anchor, later, reviewed=before) == found(later, "Ким", 1)


def test_a_change_that_was_made_is_seen() -> None:
    change = change_at(TEXT, TOPOR, "теперь")
    later = TEXT.replace("топорь", "теперь")
    assert relocate(change.anchor, later, change=change) == Applied(at(later, "теперь"))
    assert trace(change.anchor, later, reviewed=TEXT, change=change) == Applied(at(later, "теперь"))


def test_a_made_change_does_not_jump_to_another_equal_word() -> None:
    text = TEXT + "Дровосек взял топорь и ушёл в лес.\n"
    change = change_at(text, TOPOR, "теперь")
    later = text.replace("топорь, а не", "теперь, а не")
    assert relocate(change.anchor, later, change=change) == Applied(at(later, "теперь"))


def test_a_made_deletion_is_seen() -> None:
    place = Place.at(TOPOR.start, TOPOR.stop + 2)
    change = change_at(TEXT, place, "")
    later = TEXT.replace("топорь, ", "")
    point = later.index("а не через")
    assert relocate(change.anchor, later, change=change) == Applied(Place.at(point, point))


def test_neighbours_mended_by_other_rulings_are_masked() -> None:
    words = {
        "неизбежна": "НЕИЗБЕЖНАЯ",
        "пусть она": "пускай же она и",
        "а не через": "но никак не через",
        "несколько лет": "годы",
    }
    others = [change_at(TEXT, at(TEXT, old), new) for old, new in words.items()]
    later = TEXT
    for old, new in words.items():
        later = later.replace(old, new)
    anchor = anchor_at(TEXT, TOPOR)
    assert relocate(anchor, later, masked=others) == found(later, "топорь")
    assert not isinstance(relocate(anchor, later), Found)


def test_a_point_between_characters_is_found_again() -> None:
    at_point = TEXT.index("Лист № 2")
    anchor = anchor_at(TEXT, Place.at(at_point, at_point))
    later = "Строка.\n" + TEXT
    assert relocate(anchor, later) == Found(Place.at(at_point + 8, at_point + 8))
    assert trace(anchor, later, reviewed=TEXT) == Found(Place.at(at_point + 8, at_point + 8))


def test_a_retyped_text_is_traced_though_the_neighbours_were_rewritten() -> None:
    later = TEXT.replace("то пусть она будет топорь, а не через", "пускай б#дет топорь , a нe чорез")
    assert trace(anchor_at(TEXT, TOPOR), later, reviewed=TEXT) == found(later, "топорь")


def test_where_the_words_would_be_is_told() -> None:
    later = TEXT.replace("топорь", "тюпярь")
    located = trace(anchor_at(TEXT, TOPOR), later, reviewed=TEXT)
    assert isinstance(located, Gone) and located.near is not None
    assert located.near.of(later).strip() == "тюпярь"


def test_a_passage_that_moved_as_a_whole_takes_its_rulings_along() -> None:
    russian = TEXT
    english = "Comrade Kim Il Sung! My answer was delayed because of consultations with the Chinese comrades. "
    english += "If a war is inevitable, then let it be waged now, and not in a few years when Japanese militarism is restored. "
    english += (
        "In response to this I received a letter from Mao dated 7 September in which he speaks of nine divisions."
    )
    before, later = f"{russian}\n{english}\n", f"{english}\n{russian}\n"
    for text, words in ((before, "топорь"), (before, "waged")):
        located = trace(anchor_at(text, at(text, words)), later, reviewed=before)
        assert located == found(later, words)


@given(st.text(alphabet="абв-\u0306\r\n \u00a0xИ1", max_size=40))
def test_every_place_of_a_page_leads_back_to_its_characters(text: str) -> None:
    page = page_of(text)
    for i in range(len(page.smooth)):
        words = page.place(i, i + 1).of(text)
        assert page.smooth[i] in unicodedata.normalize("NFC", words) or (words.isspace() and page.smooth[i] == " ")
    if page.smooth:
        whole = page.place(0, len(page.smooth))
        assert (whole.start, whole.stop) == (page.starts[0], page.stops[-1])


@given(st.integers(0, len(TEXT) - 1), st.integers(0, 12), st.text(alphabet="абв 1\n", min_size=1, max_size=12))
def test_what_is_put_in_elsewhere_never_moves_a_ruling_to_a_wrong_place(start: int, length: int, put: str) -> None:
    place = Place.at(start, min(len(TEXT), start + length))
    anchor = anchor_at(TEXT, place)
    for point in (0, len(TEXT) // 2, len(TEXT)):
        if place.start <= point <= place.stop:
            continue
        later = TEXT[:point] + put + TEXT[point:]
        shift = len(put) if point <= place.start else 0
        located = trace(anchor, later, reviewed=TEXT)
        if isinstance(located, Found):
            assert located.place.start == place.start + shift
            assert located.place.of(later).split() == place.of(TEXT).split()


PARAGRAPHS = TEXT.split("\n\n")


@pytest.mark.parametrize("between", ["\n", "\n\n\n", ""])
def test_in_a_file_that_was_pasted_twice_nobody_can_tell_the_copy(between: str) -> None:
    for words in ("топорь", "Товарищ", "дивизий", "Конечно, но"):
        located = trace(anchor_at(TEXT, at(TEXT, words)), TEXT + between + TEXT, reviewed=TEXT)
        assert isinstance(located, Ambiguous) and len(located.places) == 2


@pytest.mark.parametrize("kept_at", range(len(PARAGRAPHS) + 1))
def test_a_paragraph_typed_anew_is_not_looked_for_in_its_old_state(kept_at: int) -> None:
    retyped = (
        "Ответ мой запаздывал ввиду совещания с товарищами из Китая, которое потребовало нескольких дней.\nЕсли война "
        "неизбежна, пусть же она будет топорь, а не через десять лет, когда японский милитаризм\nстанет опорой США. "
        "Конечно, но следует опасаться, так как мы вместо окажемся сильнее."
    )
    anew = [PARAGRAPHS[0], retyped, *PARAGRAPHS[2:]]
    later = "\n\n".join([*anew[:kept_at], PARAGRAPHS[1], *anew[kept_at:]])
    located = trace(anchor_at(TEXT, TOPOR), later, reviewed=TEXT)
    assert not isinstance(located, Found) or located.place.start == later.index("топорь", later.index(retyped))


def test_a_paragraph_that_was_moved_takes_its_places_with_it() -> None:
    long = TEXT.replace(
        "Лист № 2", "Лист № 2\n\nПросим подтвердить получение и сообщить ваше мнение обо всём этом подробно."
    )
    parts = long.split("\n\n")
    later = "\n\n".join([parts[0], *parts[2:], parts[1]])
    assert trace(anchor_at(long, at(long, "топорь")), later, reviewed=long) == found(later, "топорь")


SEEDS = Path(__file__).parents[1] / "seeds"
MISLED = (  # trials of the benchmark in which a copy was taken for the place
    ("relocate", "000", "1/copied/220"),
    ("relocate", "000", "1/copied/340"),
    ("relocate", "000", "7/copied behind/0"),
    ("trace", "000", "x/copied, then deleted/39"),
    ("trace", "000", "x/copied, then deleted/591"),
    ("trace", "000", "x/copied, then deleted/718"),
    ("trace", "000", "x/copied behind/523"),
    ("trace", "004", "x/copied behind/345"),
    ("trace", "002", "x/copied behind/629"),
    ("trace", "003", "x/pasted twice/28"),
    ("trace", "003", "x/pasted twice/38"),
    ("trace", "003", "x/pasted twice/48"),
    ("trace", "000", "x/retyped/15"),
    ("trace", "000", "x/retyped/30"),
    ("trace", "000", "x/retyped/40"),
)


@pytest.mark.parametrize(("way", "document", "trial"), MISLED)
def test_a_copy_is_not_taken_for_a_place_that_is_hard_to_see(way: str, document: str, trial: str) -> None:
    benchmark = load(BENCHMARKS / "anchoring.py")
    file = next(SEEDS.glob(f"{document}_*.txt"))
    made = benchmark.Maker(read_file(file).text, f"{trial}/{file.stem}").trial(trial.split("/")[1])
    located = benchmark.WAYS[way](made)
    assert benchmark.verdict(made, located) in ("ambiguous", "gone")


FIRST = "Письмо было получено в министерстве двадцатого октября и передано в тот же день.\n\n"
LAST = "Ответ на него был послан через неделю с курьером, который ехал морем.\n"
PASSAGE = "Если война неизбежна, то пусть она будет топорь, а не через несколько лет.\n\n"
PUT_IN = (
    "Снег лежал на улицах города до самого утра.\n\n",
    "Snow lay on the streets of the city until the very morning.\n\n",
    "В порту стояли три парохода, и никто не знал, когда они уйдут в море и куда повезут груз.\n\n",
)


@pytest.mark.parametrize("other", PUT_IN)
@pytest.mark.parametrize("first", [True, False])
def test_lines_put_in_above_and_below_leave_a_passage_at_home(other: str, first: bool) -> None:
    """As far as the thirty words of one side are for the most part what they were."""
    above, below = (PUT_IN[0], other) if first else (other, PUT_IN[0])
    before, after = FIRST + PASSAGE + LAST, FIRST + above + PASSAGE + below + LAST
    anchor = anchor_at(before, at(before, "топорь"))
    assert trace(anchor, after, reviewed=before) == Found(at(after, "топорь"))


@pytest.mark.parametrize("kept_above", [True, False])
def test_an_old_state_kept_beside_the_new_one_is_not_taken_for_it(kept_above: bool) -> None:
    """The paragraph was typed anew and the old one is left standing next to it: nobody can tell which is meant."""
    new = "Если война всё же неизбежна, то пусть она начнётся топорь, а не через несколько долгих лет.\n\n"
    before = FIRST + PASSAGE + LAST
    after = FIRST + (PASSAGE + new if kept_above else new + PASSAGE) + LAST
    assert not isinstance(trace(anchor_at(before, at(before, "топорь")), after, reviewed=before), Found)


ORDER = "Среди рабочих были разговоры, но забастовки мы допустили, и порядок на стройке хороший.\n"
KEPT = (  # what was, how it is ruled to read, and how an edition may print that
    ("допустили", "не допустили", "не допустили"),
    ("допустили", "не допустили", "[не допустили]"),
    ("допустили", "не допустили", "не допустили[12]"),
    ("порядок", "порядок и дисциплина", "порядок и дисциплина"),
    ("мы", "и мы с вами", "и мы с вами"),
    ("были", "были и были", "были и были"),
    ("были", "большие разговоры были всегда и везде, не", "большие разговоры были всегда и везде, не"),
    ("на", "на0", "на[0]"),
)


@pytest.mark.parametrize(("words", "reading", "shown"), KEPT)
@pytest.mark.parametrize(
    ("above", "below"), [("", ""), (ORDER, ""), ("", ORDER.replace("Среди", "Между")), (PASSAGE, LAST)]
)
def test_what_was_done_is_seen_where_the_reading_has_the_old_words(
    words: str, reading: str, shown: str, above: str, below: str
) -> None:
    """Though the same sentence is left as it is elsewhere."""
    start = len(above) + len(TEXT) + ORDER.index(words)
    text, place = above + TEXT + ORDER + FIRST + below, Place.at(start, start + len(words))
    change = change_at(text, place, reading)
    later = text[:start] + shown + text[place.stop :]
    located = trace(change.anchor, later, reviewed=text, change=change)
    assert isinstance(located, Applied)
    assert start <= located.place.start and located.place.stop <= start + len(shown)
    alone = relocate(change.anchor, later, change=change)
    assert alone == located or isinstance(alone, Ambiguous)
    undone = "Дело № 5\n" + text
    assert trace(change.anchor, undone, reviewed=text, change=change) == Found(Place.at(start + 9, place.stop + 9))


@pytest.mark.parametrize("put", ["не ", "и так далее ", "не [x] "])
def test_words_that_were_put_in_are_not_put_in_again(put: str) -> None:
    text = FIRST + ORDER + LAST
    point = text.index("допустили")
    change = change_at(text, Place.at(point, point), put)
    later = text[:point] + put + text[point:]
    assert not isinstance(relocate(change.anchor, later, change=change), Found)
    assert trace(change.anchor, later, reviewed=text, change=change) == Applied(Place.at(point, point + len(put)))


def test_brackets_that_are_ruled_are_no_signs_of_an_edition() -> None:
    text = FIRST + ORDER + LAST
    change = change_at(text, at(text, "порядок"), "[порядок]")
    for above in ("", "Дело № 5\n"):
        later = above + text.replace("рабочих", "рабочего")
        assert trace(change.anchor, later, reviewed=text, change=change) == found(later, "порядок")
        later = later.replace("порядок", "[порядок]")
        assert trace(change.anchor, later, reviewed=text, change=change) == Applied(at(later, "[порядок]"))


def test_a_text_of_many_brackets_takes_no_time() -> None:
    text = FIRST + ORDER + LAST
    for reading in ("не допустили", "не [x] допустили"):
        change = change_at(text, at(text, "допустили"), reading)
        later = text.replace("мы допустили", f"мы {'[' * 4000} допустили {']' * 4000}")
        assert not isinstance(trace(change.anchor, later, reviewed=text, change=change), Applied)


def test_a_reading_that_was_there_before_is_decided_by_what_is_around() -> None:
    text = FIRST + "Он был очень очень рад этому письму и отвечал на него подробно.\n" + LAST
    change = change_at(text, at(text, "очень", 1), "очень очень")
    assert trace(change.anchor, "Дело.\n" + text, reviewed=text, change=change) == found("Дело.\n" + text, "очень", 1)
    later = text.replace("очень очень", "очень очень очень")
    assert not isinstance(trace(change.anchor, later, reviewed=text, change=change), Found)


def test_what_was_done_is_seen_between_neighbours_mended_too() -> None:
    text = FIRST + ORDER + LAST
    words = {"мы": "мы все", "допустили": "не допустили", "порядок": "полный порядок", "рабочих": ""}
    changes = [change_at(text, at(text, old), new) for old, new in words.items()]
    later = text
    for old, new in words.items():
        later = later.replace(old, new, 1)
    for change in changes:
        others = [c for c in changes if c is not change]
        located = trace(change.anchor, later, reviewed=text, masked=others, change=change)
        assert isinstance(located, Applied)
        assert located.place.of(later) == change.text
