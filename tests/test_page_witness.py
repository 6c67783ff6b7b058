"""The image of the page as a witness: scores by enumeration, words found, pages found, what is wrong with images, a page end to end."""

from __future__ import annotations

import math
from base64 import b64encode
from dataclasses import replace
from io import BytesIO
from itertools import product
from pathlib import Path

import pytest
from PIL import Image
from typer.testing import CliRunner

import sample_apparatus
from collation.commands.app import app
from collation.evidence.other_texts import other_texts
from collation.evidence.page_witness import PageWitness
from collation.evidence.page_words import align_words, page_words
from collation.evidence.time_steps import UNNAMED, forward_scores
from collation.judge.other_readings import Stand, marked
from collation.judge.page import MOST_AGAINST, Opinion, ask, ratios_of
from collation.learning.rendered_pages import FACES, WEARS, page_pngs
from collation.learning.witness_training import with_witness
from collation.model import Document, Edit, OnImage, Place
from collation.model.seen_page import Step
from collation.pipeline import examine, trail
from collation.project.page_cache import PageCache, basis_of_pages
from collation.project.page_crops import LARGEST, line_crop
from collation.reading import page_images, read_text
from collation.reading.page_files import page_file
from collation.settings import Settings
from collation.system.untrusted import NotRead
from collation.writers.as_json import read_json, write_json
from made_pages import ENGLISH, RUSSIAN, no_engine, seen_page
from web_site import Site

TEXT = "\n".join(RUSSIAN).replace("ответ", "отчет") + "\n\n" + ENGLISH


def letter(text: str = TEXT, page: list[str] | None = None) -> Document:
    return replace(read_text(text, label="letter.txt"), pages=(seen_page(RUSSIAN if page is None else page),))


# Scores


def collapsed(path: tuple[str, ...]) -> str:
    kept = [sign for n, sign in enumerate(path) if n == 0 or sign != path[n - 1]]
    return "".join(kept)


def by_enumeration(steps: list[Step], reading: str) -> float:
    signs = sorted({"", *reading, *(sign for step in steps for sign, _ in step)})
    total = 0.0
    for path in product(signs, repeat=len(steps)):
        if collapsed(path) == reading:
            total += math.prod(dict(step).get(sign, UNNAMED) for step, sign in zip(steps, path, strict=True))
    return math.log(total) if total else -math.inf


STEPS: list[Step] = [
    (("а", 0.6), ("о", 0.3), ("", 0.1)),
    (("", 0.7), ("а", 0.3)),
    (("а", 0.5), ("б", 0.4)),
    (("б", 0.9), ("", 0.1)),
]


@pytest.mark.parametrize("reading", ["", "а", "аа", "аб", "ааб", "об", "ббб", "абаб", "ааа"])
def test_the_forward_score_is_the_sum_over_all_paths(reading: str) -> None:
    found = forward_scores(STEPS, [reading, "а", "абб"])[0]
    assert found == pytest.approx(by_enumeration(STEPS, reading), abs=1e-9)


def test_a_reading_with_more_signs_than_steps_has_no_score() -> None:
    assert forward_scores(STEPS, ["абабаб"])[0] == -math.inf


# Words


def test_words_that_the_engine_joined_parted_or_misread_are_found() -> None:
    found = align_words(
        "мы все так и не нашли теперь новые тетради".split(), "мы все таки не наш ли тепеоь но вые тетради".split()
    )
    assert found == [(0, 1), (1, 2), (2, 3), (2, 3), (3, 4), (4, 6), (6, 7), (7, 9), (9, 10)]


def test_a_word_broken_on_the_page_is_one_word() -> None:
    page = ["Он прислал вчера длин-", "ный ответ на наше письмо о переговорах", RUSSIAN[1]]
    witness = PageWitness(letter(page=page))
    start = TEXT.index("длинный")
    answer = witness.ask(Place.at(start, start + 7), ["длинные", "дивный"])
    assert answer is not None and answer.frame.broken and answer.frame.free == "длинный"
    assert answer.text > max(score for score in answer.readings if score is not None) + 2


def test_a_lost_word_is_asked_about_between_its_neighbours() -> None:
    page = [RUSSIAN[0].replace("вчера длинный", "вчера очень длинный"), RUSSIAN[1]]
    witness = PageWitness(letter(page=page))
    at = TEXT.index("длинный")
    answer = witness.ask(Place.at(at, at), ["очень "])
    assert answer is not None and answer.readings[0] is not None and answer.readings[0] > answer.text + 5


def test_words_with_latin_letters_are_not_asked_about() -> None:
    text = TEXT.replace("новые", "NEW")
    witness = PageWitness(letter(text))
    at = text.index("NEW")
    assert witness.ask(Place.at(at, at + 3), ["новые"]) is None


def test_a_page_of_another_text_is_told_and_not_used() -> None:
    other = [
        "Уважаемый товарищ Мао Цзэдун, поздравляем вас с праздником",
        "весны и желаем вам здоровья, сил и дальнейших успехов.",
    ]
    document = letter(page=other)
    assert not page_words(document, document.pages).words
    with_it, without = examine(document), examine(replace(document, pages=()))
    assert with_it.entries == without.entries
    assert [u.says for u in with_it.unexamined] == [*(u.says for u in without.unexamined), "page-strange"]


def test_a_page_on_which_nothing_is_read_is_told() -> None:
    blank = replace(seen_page([]), label="scans/letter-2.png", number=3)
    found = examine(replace(letter(), pages=(seen_page(RUSSIAN), blank)))
    (told,) = [u for u in found.unexamined if u.says.startswith("page")]
    assert (told.says, told.values) == ("page-blank", (("file", "letter-2.png, 3"),))


# The judge


def test_a_doubt_rises_where_the_page_reads_a_reading() -> None:
    entry = examine(letter())["отчет"]
    assert entry.readings[0].text == "ответ" and entry.tier == "emend"
    assert "page-reads" in [f.says for f in entry.features if not f.against]


def test_a_doubt_goes_where_the_page_reads_the_text() -> None:
    sure = letter(page=[line.replace("ответ", "отчет") for line in RUSSIAN])
    assert not examine(sure).find("отчет")


def test_a_text_that_is_misread_at_the_same_place_does_not_outdo_the_page() -> None:
    document = with_witness(letter(), "B", "\n".join(RUSSIAN).replace("ответ", "совет"))
    run = trail(document, settings=Settings())
    verdict = next(v for v in run.verdicts if v.place.of(document.text) == "отчет")
    assert verdict.page > 0 and verdict.readings[0].proposal.edits[0].text == "ответ"
    (compared,) = run.context.once(other_texts).used
    in_b = (Stand(compared, (1,), False, "what B has"),)
    assert marked(verdict, in_b)[0].witnesses == ()
    assert marked(replace(verdict, page=0.0), in_b)[0].witnesses == ("B",)


def test_an_unlikely_reading_needs_more_from_the_page() -> None:
    likely, unlikely = Opinion(10.0, 0.9, 10.0), Opinion(10.0, 0.01, 10.0)
    assert ratios_of([unlikely, likely])[:2] == (1, pytest.approx(10 + 2 * math.log(0.9)))
    assert ratios_of([unlikely])[1] == pytest.approx(10 + 2 * math.log(0.01))


def test_what_fits_neither_speaks_not_for_the_text() -> None:
    assert ratios_of([Opinion(-20.0, 0.5, 0.0)]) == (0, 0.0, -MOST_AGAINST)
    assert ratios_of([Opinion(-20.0, 0.5, 15.0)]) == (0, 0.0, 0.0)


# Images


def png(tmp_path: Path, size: tuple[int, int] = (400, 300)) -> bytes:
    path = tmp_path / "made.png"
    Image.new("L", size, 255).save(path)
    return path.read_bytes()


def refused(data: bytes) -> str:
    with pytest.raises(NotRead) as caught:
        list(page_images.page_images(data))
    return caught.value.key


def test_images_that_are_none_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = png(tmp_path)
    assert [i.size for i in page_images.page_images(whole)] == [(400, 300)]
    assert refused(whole[: len(whole) // 2]) == "image-broken"
    assert (
        refused(b"")
        == refused(b"\x89PNG\r\n\x1a\n")
        == refused(b"Dear sir")
        == refused(b"%PDF-1.4 x")
        == "image-broken"
    )
    nothing = whole[:16] + b"\0" * 8 + whole[24:]
    assert refused(nothing) == "image-broken"
    assert refused(png(tmp_path, (400, 10))) == "image-small"
    with monkeypatch.context() as few:
        few.setattr(page_images, "MOST_PAGES", 0)
        assert refused(whole) == "image-pages"
        printed = Path(__file__).with_name("files") / "libreoffice.pdf"
        assert refused(printed.read_bytes()) == "image-pages"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 10_000)
    assert refused(whole) == "image-huge"
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", None)
    monkeypatch.setattr(page_images, "MOST_PIXELS", 100_000)
    assert refused(whole) == "image-pixels"  # by what the header says, before anything is unpacked
    monkeypatch.setattr(page_images, "LARGEST", 100)
    assert refused(whole) == "image-large"


def test_an_image_that_cannot_be_read_is_told_and_hinders_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.png").write_bytes(b"Dear sir")
    pages, told = PageCache(tmp_path / "kept").seen([page_file(tmp_path / "a.png", label="a.png")])
    assert pages == ()
    assert [u.says for u in told] in (["page-unread"], ["page-no-engine"], ["page-no-model"])


@pytest.mark.parametrize(("key", "says"), [("extra-missing", "page-no-engine"), ("no-page-model", "page-no-model")])
def test_a_missing_engine_is_told_with_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, key: str, says: str
) -> None:
    error = NotRead(key, library="tesserocr", command="install it")
    monkeypatch.setattr("collation.project.page_cache.why_no_engine", lambda: error)
    (tmp_path / "a.png").write_bytes(png(tmp_path))
    pages, told = PageCache(None).seen([page_file(tmp_path / "a.png", label="a.png")] * 2)
    assert pages == () and [u.says for u in told] == [says] and ("command", "install it") in told[0].values


# With the engine


@no_engine
def test_a_page_is_read_once_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "\n".join(RUSSIAN)
    (tmp_path / "letter.png").write_bytes(page_pngs(text, face=FACES[0], wear=WEARS["light"], seed=1)[0])
    page = page_file(tmp_path / "letter.png", label="letter.png")
    cache = PageCache(tmp_path / "kept")
    pages, told = cache.seen([page])
    assert not told and basis_of_pages([page])[1] == page.digest
    assert " ".join(word.text for line in pages[0].lines for word in line.words).startswith("Он прислал вчера")
    monkeypatch.setattr("collation.project.page_cache.see_pages", None)
    assert cache.seen([page]) == (pages, ())
    apparatus = examine(replace(read_text(TEXT, label="letter.txt"), pages=pages))
    assert apparatus["отчет"].readings[0].text == "ответ"
    kept = next((tmp_path / "kept").iterdir())
    kept.write_bytes(kept.read_bytes()[:-9])
    monkeypatch.undo()
    assert cache.seen([page]) == (pages, ())


# What editors see


def test_a_crop_is_small_and_shows_the_box() -> None:
    page = Image.new("L", (1600, 900), 250)
    crop = Image.open(BytesIO(line_crop(page, (600, 300, 760, 330))))
    assert len(line_crop(page, (600, 300, 760, 330))) <= LARGEST
    darkest, lightest = crop.getextrema()
    assert darkest < 60 < 200 < lightest  # the box is drawn, the paper is there
    noise = Image.effect_noise((1600, 900), 100)
    assert len(line_crop(noise, (600, 300, 760, 330))) <= LARGEST


def test_the_web_review_shows_the_line_and_the_page_around_it(tmp_path: Path) -> None:
    Image.new("L", (1600, 900), 250).save(tmp_path / "page.png")
    found = sample_apparatus.make()
    image = OnImage(str(tmp_path / "page.png"), 1, (600.0, 300.0, 760.0, 330.0), "теперь", b64encode(b"JPEG").decode())
    entries = tuple(replace(e, image=image) if e.lemma == "топорь" else e for e in found.entries)
    assert read_json(write_json(replace(found, entries=entries))).entries == entries
    assert '"image"' not in write_json(found)
    site = Site(tmp_path, apparatus=replace(found, entries=entries))
    browser, place = site.browser(), site.place("топорь")
    shown = browser.get(f"/d/{site.opened.key}").text
    assert f'src="/d/{site.opened.key}/crop/{place}"' in shown and f'href="/d/{site.opened.key}/page/{place}"' in shown
    assert browser.get(f"/d/{site.opened.key}/crop/{place}").content == b"JPEG"
    page = browser.get(f"/d/{site.opened.key}/page/{place}")
    assert page.headers["content-type"] == "image/jpeg" and Image.open(BytesIO(page.content)).width == 1400
    assert browser.get(f"/d/{site.opened.key}/page/e0").status_code == 404
    assert site.stranger().get(f"/d/{site.opened.key}/crop/{place}").status_code in (401, 403)
    (tmp_path / "page.png").unlink()
    assert browser.get(f"/d/{site.opened.key}/page/{place}").status_code == 404


def test_the_page_is_asked_about_a_reading_of_ones_own() -> None:
    witness, at = PageWitness(letter()), TEXT.index("отчет")

    def said(reading: str, by: PageWitness = witness) -> list[str]:
        answer = ask(by, Edit(Place.at(at, at + 5), reading))
        assert answer.reading == reading and (answer.ratio is None or math.isfinite(answer.ratio))
        return [f.says for f in answer.reasons]

    right = ask(witness, Edit(Place.at(at, at + 5), "ответ"))
    assert [(f.says, f.against, f.value) for f in right.reasons] == [("page-reads", False, right.ratio)]
    assert right.ratio is not None and right.ratio > 8
    assert said("омлет") == ["page-better"] == said("ответ о переговорах и так далее, чего на странице нет" * 2)
    assert said("отчет") == said(" отчет") == ["page-same"]
    assert said("otchet") == said("‹…›") == said("報告") == ["page-unasked-letters"]
    assert said("") == ["page-better"]  # between its neighbours there is something, though not the text's word
    assert said("ответ", PageWitness(replace(letter(), pages=()))) == ["page-unasked"]
    assert ask(witness, Edit(Place.at(at, at + 5), "otchet")).ratio is None


def test_explain_asks_about_a_word_of_the_line_only(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(TEXT, encoding="utf-8")
    line = f"{tmp_path / 'letter.txt'}:1"
    asked = CliRunner().invoke(app, ["explain", line, "--ask", "отчет=ответ"])
    assert asked.exit_code == 0 and "cannot be asked about “отчет”" in asked.stdout
    wrong = CliRunner().invoke(app, ["explain", line, "--ask", "тетради=тетрадь"])
    assert wrong.exit_code == 2 and "--ask expects" in wrong.stderr
