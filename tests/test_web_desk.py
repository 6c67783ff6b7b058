"""The desk in a real browser, on a document of the seeds: what an editor sees of a place, and what the text shows.

Needs Debian's chromium, as ``test_web_browser.py`` does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from collation.model import Apparatus
from test_web import rulings
from test_web_browser import CHROMIUM, Review, reviewing
from test_web_browser import chromium as chromium  # a fixture

playwright = pytest.importorskip("playwright.sync_api")
pytestmark = [pytest.mark.system, pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no chromium")]

SIZES = [(1280, 900), (1366, 768), (1440, 900), (1920, 1080)]
SEEN = """() => {
  const card = document.querySelector('.card.on'), foot = document.querySelector('.ledge').getBoundingClientRect().top;
  const list = document.querySelector('#entries').getBoundingClientRect();
  const head = document.querySelector('#entries .head').getBoundingClientRect().bottom;
  const acts = card.querySelector('.acts').getBoundingClientRect();
  const inside = (box, low) => box.top >= Math.max(0, head) - 1 && box.bottom <= low + 1 && box.height > 0;
  const of = query => card.querySelector(query).getBoundingClientRect();
  const whole = card.getBoundingClientRect();
  const mark = document.getElementById(`t${card.dataset.n}`).getBoundingClientRect();
  return {
    lemma: card.dataset.lemma,
    fits: whole.height <= foot - (head - list.top),
    whole: inside(whole, foot),
    button: inside(of('.buttons .chosen'), foot) && list.bottom <= foot + 1,
    evidence: inside(of('.sure'), acts.top) && inside(of('.why li, .against dd'), acts.top),
    text: mark.top >= 0 && mark.bottom <= foot,
    sideways: document.documentElement.scrollWidth > innerWidth,
  };
}"""


@pytest.fixture
def letter(tmp_path: Path, chromium: Any, examined: Callable[[str], Apparatus]) -> Iterator[Review]:
    yield from reviewing(tmp_path, chromium, apparatus=examined("002"))


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_the_open_place_is_seen_with_its_reasons_its_button_and_its_line(
    letter: Review, width: int, height: int
) -> None:
    """Through all places: nothing that is needed to rule lies below the fold, and text and list follow each other."""
    page = letter.editor(width=width)
    page.set_viewport_size({"width": width, "height": height})
    page.reload()
    page.wait_for_selector(".card.on")
    seen = []
    for _ in letter.site.opened.layout.items:
        seen.append(page.evaluate(SEEN))
        page.keyboard.press("j")
        playwright.expect(page.locator(".card.on")).not_to_have_attribute("data-lemma", seen[-1]["lemma"] + "\0")
    assert len({place["lemma"] for place in seen}) >= len(seen) - 2
    for place in seen:
        assert place["button"] and place["evidence"] and place["text"] and not place["sideways"], place
        assert place["whole"] or not place["fits"], place


def test_a_place_reached_from_the_text_is_whole_and_the_text_stays(letter: Review) -> None:
    page = letter.editor(width=1280)
    mark = page.locator(".m.doubt", has_text="ПУХЕНЬНА")
    mark.scroll_into_view_if_needed()
    before = mark.bounding_box()
    mark.click()
    playwright.expect(page.locator(".card.on")).to_have_attribute("data-lemma", "ПУХЕНЬНА")
    seen = page.evaluate(SEEN)
    assert seen["button"] and seen["evidence"] and seen["whole"]
    assert abs(mark.bounding_box()["y"] - before["y"]) < 1


SELECT = """words => {
  const node = [...document.querySelectorAll('.facing [data-o]')].flatMap(p => [...p.childNodes]).find(n => n.data?.includes(words));
  const at = node.data.indexOf(words), range = document.createRange();
  range.setStart(node, at); range.setEnd(node, at + words.length);
  getSelection().removeAllRanges(); getSelection().addRange(range);
}"""


def find_place(page: Any, words: str, reading: str) -> None:
    """Mark words of the text as a finding, with a reading."""
    page.evaluate(SELECT, words)
    page.wait_for_selector("#marking:visible")
    page.keyboard.press("m")
    page.wait_for_selector("#finding[open]")
    assert page.locator("#finding .exact").inner_text() == words
    page.locator("#finding [name=own]").fill(reading)
    page.locator("#finding .chosen").click()
    page.wait_for_selector(".m.own")


def test_the_text_is_read_as_scanned_as_emended_or_both(letter: Review) -> None:
    page = letter.editor(width=1400)
    page.locator(".card .row", has_text="ШТЯКОВ").first.click()
    page.keyboard.press("a")
    mark = page.locator(".original .m.doubt", has_text="ШТЯКОВ").first
    playwright.expect(mark.locator("ins")).to_have_text("ШТЫКОВ")
    for shows, scanned, emended in (("scanned", True, False), ("emended", False, True), ("both", True, True)):
        page.locator(f"#filter [name=shows][value={shows}] + span").click()
        assert (mark.locator("del").is_visible(), mark.locator("ins").is_visible()) == (scanned, emended)
    page.locator(".card .row", has_text="ШТЯКОВ").first.click()
    page.locator(".card.on .stood [data-do=undo]").click()
    playwright.expect(page.locator(".facing ins")).to_have_count(0)
    assert not page.locator("#filter .shows").is_visible()


def test_what_an_editor_found_is_numbered_and_counted_and_the_offsets_hold(letter: Review) -> None:
    """Words marked behind an emended one lead to their own place: what is put in is no text of the file."""
    page = letter.editor(width=1400)
    places = len(letter.site.opened.layout.items)
    page.locator(".card .row", has_text="ШТЯКОВ").first.click()
    page.keyboard.press("a")
    page.wait_for_selector(".facing ins")
    find_place(page, "освободительной", "освободительную")
    number = str(places + 1)
    mark = page.locator(".m.own")
    assert mark.locator("del").inner_text() == "освободительной" and mark.get_attribute("data-n") == number
    text = letter.site.opened.source.text
    ruling = next(r for r in rulings(letter.site) if r.verdict == "added")
    assert ruling.anchor.place().of(text) == "освободительной"
    playwright.expect(page.locator("#progress .figures")).to_have_text(
        f"ruled: 2 · open: {places - 1} · of these added by editors: 1"
    )
    mark.click()
    playwright.expect(page.locator(f"#a{number}")).to_be_focused()
    letter.open(page, "/")
    assert f"ruled: 2 · open: {places - 1}" in page.locator("table.index").inner_text()
    letter.open(page, f"/d/{letter.site.opened.key}")
    page.keyboard.press("u")
    playwright.expect(page.locator(".m.own")).to_have_count(0)
    playwright.expect(page.locator(".facing ins")).to_have_text("ШТЫКОВ")


def test_a_word_is_right_here_in_the_document_or_everywhere_and_taken_back(letter: Review) -> None:
    page = letter.editor(width=1280)
    listed = letter.site.folder / "words.txt"
    page.locator(".card .row", has_text="ПУХЕНЬНА").first.click()
    page.keyboard.press("Shift+KeyW")
    page.wait_for_selector("#word[open]")
    page.keyboard.press("Escape")
    assert not listed.exists() and not rulings(letter.site)
    for key, line in (("2", ": ПУХЕНЬНА"), ("3", "ПУХЕНЬНА")):
        page.keyboard.press("Shift+KeyW")
        page.wait_for_selector("#word[open]")
        page.keyboard.press(key)
        playwright.expect(page.locator("#saved")).to_contain_text("ПУХЕНЬНА")
        written = [text.partition("#")[0].strip() for text in listed.read_text(encoding="utf-8").splitlines()]
        assert any(text.endswith(line) for text in written if text)
        page.locator("#saved button").click()
        playwright.expect(page.locator("#saved")).not_to_contain_text("ПУХЕНЬНА")
        page.wait_for_selector(".card.on")  # the page was fetched again, and goes to its first open place
        page.locator(".card .row", has_text="ПУХЕНЬНА").first.click()
        assert "ПУХЕНЬНА" not in listed.read_text(encoding="utf-8")
    page.keyboard.press("Shift+KeyW")
    page.wait_for_selector("#word[open]")
    page.locator("#word [value=here]").click()
    playwright.expect(page.locator(".card", has_text="ПУХЕНЬНА").first).to_have_attribute("data-status", "rejected")
