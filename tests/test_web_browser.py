"""The review page in a real browser: by keyboard on both layouts, by mouse, by several editors at once.

Needs Debian's chromium; without it these tests are skipped. The pages must not make the console complain, which it
does for every breach of the content security policy.
"""

from __future__ import annotations

import os
import re
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import sample_apparatus
from collation.evidence.page_witness import PageWitness
from collation.judge.page import PageAnswer, ask
from collation.model import Edit, OnImage, Source
from collation.reading import read_file
from collation.review.web.browser import open_browser
from machine import PATIENCE
from made_pages import seen_page
from test_web import rulings
from web_site import KEY, Site, served

playwright = pytest.importorskip("playwright.sync_api")
CHROMIUM = Path("/usr/bin/chromium")
pytestmark = [pytest.mark.system, pytest.mark.skipif(not CHROMIUM.exists(), reason="there is no chromium")]

ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
RUSSIAN = dict(zip("qwertyuiop[]asdfghjkl;'zxcvbnm,./", "йцукенгшщзхъфывапролджэячсмитьбю.", strict=True))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    playwright.expect.set_options(timeout=1000 * PATIENCE)
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS, timeout=1000 * PATIENCE)
        yield browser
        browser.close()


class Review:
    """A running site and the browsers at it."""

    def __init__(self, site: Site, home: str, chromium: Any) -> None:
        self.site, self.home, self.chromium = site, home, chromium
        self.complaints: list[str] = []

    def editor(self, name: str = "Petrova", *, width: int = 1400, lang: str = "en", dark: bool = False) -> Any:
        """The page of the document in a browser of its own."""
        scheme = "dark" if dark else "light"
        context = self.chromium.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
        context.set_default_timeout(1000 * PATIENCE)
        context.add_cookies([{"name": "collation-lang", "value": lang, "url": self.home}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" and "409" not in m.text else 0)
        page.goto(self.site.access.invite(name))
        self.open(page, f"/d/{self.site.opened.key}")
        return page

    def open(self, page: Any, address: str) -> None:
        page.goto(self.home + address)
        wanted = ".card.on" if address.startswith("/d/") else {"/places": "tbody tr"}.get(address, "main")
        page.wait_for_selector(wanted)


@pytest.fixture
def review(tmp_path: Path, chromium: Any) -> Iterator[Review]:
    yield from reviewing(tmp_path, chromium, copies=2)


def reviewing(folder: Path, chromium: Any, **what: Any) -> Iterator[Review]:
    """A running site; ``what`` is on it is said as for ``Site``."""
    bound = socket.create_server(("127.0.0.1", 0))
    site = Site(folder, port=bound.getsockname()[1], **what)
    with served(site, bound) as home:
        review = Review(site, home, chromium)
        yield review
        for context in chromium.contexts:
            context.close()
    assert not review.complaints


def settled(page: Any, *, ruled: int) -> None:
    """Wait until the page says so many places are ruled."""
    playwright.expect(page.locator("#progress progress")).to_have_js_property("value", ruled)


def at(page: Any, lemma: str) -> None:
    """The current card is the one about these words."""
    playwright.expect(page.locator(".card.on")).to_have_attribute("data-lemma", lemma)


def latin(page: Any, key: str) -> None:
    page.keyboard.press(key)


def russian(page: Any, key: str) -> None:
    """The key as it comes from a keyboard that is set to Russian: the same place, another letter."""
    shift = key.startswith("Shift+")
    name = key.removeprefix("Shift+")
    letter = RUSSIAN.get(name.removeprefix("Key").lower())
    if letter is None:
        page.keyboard.press(key)
        return
    letter = letter.upper() if shift else letter
    code = name if name.startswith("Key") else f"Key{name.upper()}"
    session = page.context.new_cdp_session(page)
    given = {"key": letter, "code": code, "text": letter, "windowsVirtualKeyCode": ord(code[-1])}
    session.send("Input.dispatchKeyEvent", {"type": "keyDown", "modifiers": 8 if shift else 0, **given})
    session.send("Input.dispatchKeyEvent", {"type": "keyUp", "modifiers": 8 if shift else 0, **given})
    session.detach()


def test_a_file_of_the_user_leads_a_browser_in(review: Review, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As the program opens it: the page, not a refusal, though a strict cookie is not sent where another page leads."""
    monkeypatch.setattr("webbrowser.open", lambda address: True)
    way = open_browser(review.site.access.invite("Petrova"), tmp_path / "state")
    assert way is not None
    page = review.chromium.new_context().new_page()
    page.goto(way.as_uri())
    page.wait_for_url(f"{review.home}/")
    page.wait_for_selector("main")


@pytest.mark.parametrize("press", [latin, russian], ids=["latin", "russian"])
def test_a_document_is_reviewed_by_keyboard_only(review: Review, press: Callable[[Any, str], None]) -> None:
    page = review.editor(lang="ru" if press is russian else "en")
    at(page, "но")
    press(page, "Enter")
    at(page, "топорь")
    press(page, "e")
    page.keyboard.insert_text("вот теперь")
    page.keyboard.press("Enter")
    at(page, "7 сентября")
    press(page, "s")
    assert "7 октября" in page.locator(".card.on textarea").input_value()
    page.keyboard.press("Enter")
    at(page, "дисемкиновской")
    press(page, "r")
    at(page, "милитаристической")
    press(page, "Shift+KeyA")  # the same word in the two copies, one of them left out
    page.wait_for_selector("#group[open]")
    assert page.locator("#group li").count() == 3
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    at(page, "received letter")
    settled(page, ruled=5)
    press(page, "u")
    at(page, "милитаристической")
    settled(page, ruled=4)
    page.reload()  # leave in the middle and come back
    at(page, "милитаристической")
    press(page, "Enter")
    at(page, "received letter")
    press(page, "a")
    at(page, "20.15")
    press(page, "2")  # the Russian is right, the translation is to follow
    at(page, "Ван Яй-ши")
    press(page, "n")
    page.keyboard.insert_text("Чан Кай-ши?")
    page.keyboard.press("Enter")
    press(page, "d")
    at(page, "‹…›")
    press(page, "Enter")
    at(page, "Shtytkov")
    press(page, "Enter")
    settled(page, ruled=10)
    playwright.expect(page.locator(".none")).to_contain_text(re.compile(r"\S"))
    found = [(r.verdict, r.reading) for r in rulings(review.site)]
    assert found == [
        ("accept", "не"),
        ("emend", "вот теперь"),
        ("stands", None),
        ("reject", None),
        ("accept", "милитаристской"),
        ("accept", "милитаристской"),
        ("undo", None),
        ("accept", "милитаристской"),
        ("accept", "received a letter"),
        ("other-side", "20:15"),
        ("needs-scan", None),
        ("needs-scan", None),
        ("accept", "Shtykov"),
    ]
    assert rulings(review.site)[2].note == ""  # the note that is offered is worded in either language later
    assert rulings(review.site)[10].note == "Чан Кай-ши?"
    for _ in range(9):
        press(page, "u")
    settled(page, ruled=1)
    at(page, "топорь")


@pytest.mark.parametrize("press", [latin, russian], ids=["latin", "russian"])
def test_the_corrected_text_is_saved_from_the_page(review: Review, press: Callable[[Any, str], None]) -> None:
    """By keyboard alone, and with a sentence where a form cannot be had."""
    page = review.editor(lang="ru" if press is russian else "en")
    at(page, "но")
    press(page, "Enter")
    settled(page, ruled=1)
    press(page, "Shift+KeyS")
    page.wait_for_selector("#edition[open]")
    playwright.expect(page.locator("#edition [name=form][value=text]")).to_be_focused()
    with page.expect_download() as coming:
        page.keyboard.press("Enter")
    name = review.site.document.name
    assert coming.value.suggested_filename == name
    assert "Конечно, не следует" in Path(coming.value.path()).read_text(encoding="utf-8")
    said = page.locator("#edition .told")
    playwright.expect(said).to_contain_text(name)
    with page.expect_download() as coming:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
    assert coming.value.suggested_filename == f"{Path(name).stem}.docx"
    review.site.workspace.make_edition = None
    page.keyboard.press("Enter")
    playwright.expect(said).to_have_class(re.compile("warn"))
    review.complaints = [c for c in review.complaints if "422" not in c]
    page.keyboard.press("Escape")
    assert not page.locator("#edition[open]").count()


def test_when_all_is_ruled_the_page_offers_to_save_the_text(tmp_path: Path, chromium: Any) -> None:
    made = sample_apparatus.make()
    few = replace(made, entries=tuple(e for e in made.entries if e.lemma in ("но", "топорь")))
    for review in reviewing(tmp_path, chromium, apparatus=few):
        page = review.editor()
        offered = page.locator(".finished button")
        playwright.expect(offered).to_be_hidden()
        page.keyboard.press("Enter")
        at(page, "топорь")
        page.keyboard.press("Enter")
        settled(page, ruled=2)
        offered.click()
        page.locator("#edition [name=form][value=note]").check()
        with page.expect_download() as coming:
            page.locator("#edition .chosen").click()
        assert "топорь" in Path(coming.value.path()).read_text(encoding="utf-8")


def test_the_card_of_plain_spellings_follows_what_is_ruled(tmp_path: Path, chromium: Any) -> None:
    """It counts what is open, and when nothing is left it says so and offers nothing."""
    made = sample_apparatus.make()
    others = ("дисемкиновской", "received letter")
    entries = tuple(replace(e, harm="spelling") if e.lemma in others else e for e in made.entries)
    for review in reviewing(tmp_path, chromium, apparatus=replace(made, entries=entries)):
        page = review.editor()
        fold = page.locator(".fold")
        playwright.expect(fold).to_have_text(re.compile(r"3 plain spelling\s+Accept all… \(3\)"), use_inner_text=True)
        page.locator(".card .row", has_text="дисемкиновской").click()
        page.keyboard.press("r")
        settled(page, ruled=1)
        playwright.expect(fold).to_have_text(re.compile(r"2 plain spelling\s+Accept all… \(2\)"), use_inner_text=True)
        page.keyboard.press("Shift+KeyP")
        page.wait_for_selector("#group[open]")
        page.keyboard.press("Enter")
        settled(page, ruled=3)
        playwright.expect(fold).to_have_text(re.compile("^Plain spelling: every place is ruled"), use_inner_text=True)
        playwright.expect(page.locator(".fold [data-do=plain]")).to_be_hidden()
        undone = page.locator("#undone button")
        playwright.expect(undone).to_contain_text(
            "2: милитаристической → милитаристской; received letter → received a letter"
        )
        page.keyboard.press("Shift+KeyP")
        playwright.expect(page.locator("#said")).to_contain_text("No plain spelling is left")
        assert not page.locator("#group[open]").count()


def test_the_status_line_names_the_words_of_the_side_that_is_wrong(review: Review) -> None:
    page = review.editor()
    page.locator(".card .row", has_text="20.15").click()
    page.keyboard.press("t")
    settled(page, ruled=1)
    for place in ("#said", "#undone button"):
        playwright.expect(page.locator(place)).to_contain_text("22:15 → 20:15")


def test_a_place_that_an_editor_adds_is_counted_in_the_panel(review: Review) -> None:
    page = review.editor()
    count = int(page.locator("#count").inner_text().split()[-1])
    page.evaluate("""() => {
      const word = document.querySelector('td.original span[data-o]').firstChild;
      getSelection().setBaseAndExtent(word, 0, word, 3);
    }""")
    page.keyboard.press("m")
    page.locator("#finding [name=own]").fill("иное")
    page.locator("#finding .chosen").click()
    playwright.expect(page.locator("#count")).to_contain_text(f" {count + 1}")
    review.open(page, "/places")
    page.locator("#sieve [name=status]").select_option("")
    playwright.expect(page.locator(".places tbody")).to_contain_text("added by an editor")


def test_a_document_is_reviewed_by_mouse_only(review: Review) -> None:
    page = review.editor()

    def click(name: str) -> None:
        page.locator(".card.on .acts button:visible", has_text=name).first.click()

    click("Accept")
    at(page, "топорь")
    page.locator(".card.on [data-pick]").nth(1).click()
    at(page, "7 сентября")
    click("Own reading")
    page.locator(".card.on [name=own]").fill("8 сентября")
    page.locator(".card.on form.own button[type=submit]").click()
    at(page, "дисемкиновской")
    page.locator(".card .row", has_text="20.15").click()
    page.locator(".card.on .two [data-verdict=accept]").click()
    settled(page, ruled=4)
    page.locator(".m.doubt", has_text="милитаристической").click()
    at(page, "милитаристической")
    click("Reject")
    settled(page, ruled=5)
    page.locator(".card .row", has_text="Ван Яй-ши").click()
    page.locator(".card.on [data-checked]").check()
    click("Note")
    page.locator(".card.on textarea").fill("Чан Кай-ши")
    page.locator(".card.on [name=reason][value=name-variant]").check()
    page.locator(".card.on form.note button[type=submit]").click()
    click("Sic (in the original)")
    page.locator(".card.on form.note button[type=submit]").click()
    settled(page, ruled=6)
    page.locator("#undone [data-do=undo]").click()
    settled(page, ruled=5)
    found = rulings(review.site)
    assert [(r.verdict, r.reading) for r in found] == [
        ("accept", "не"),
        ("accept", "тотчас"),
        ("emend", "8 сентября"),
        ("accept", "22.15"),
        ("reject", None),
        ("stands", None),
        ("undo", None),
    ]
    assert (found[5].note, found[5].reasons, found[5].checked) == ("Чан Кай-ши", ("name-variant",), True)
    page.locator("label", has_text="translation").locator("visible=true").first.click()
    assert page.locator(".card:visible").count() <= 2
    page.locator("#filter [name=open] + span").click()
    page.locator("#find").fill("Shtytkov")


def test_words_selected_in_the_text_become_a_finding(review: Review) -> None:
    page = review.editor()
    facing = page.locator(".facing").first.inner_text()
    page.evaluate(
        """() => {
          const piece = [...document.querySelectorAll('.facing [data-o]')].find(p => p.textContent.includes('дивизий, под'));
          const node = [...piece.childNodes].find(n => n.data?.includes('дивизий, под'));
          const at = node.data.indexOf('дивизий, под');
          const range = document.createRange(); range.setStart(node, at - 1); range.setEnd(node, at + 7);
          getSelection().removeAllRanges(); getSelection().addRange(range);
        }"""
    )
    page.wait_for_selector("#marking:visible")
    page.keyboard.press("m")
    page.wait_for_selector("#finding[open]")
    assert page.locator("#finding .exact").inner_text() == "дивизий"
    page.locator("#finding [name=own]").fill("дивизии")
    page.locator("#finding .chosen").click()
    page.wait_for_selector(".m.own")
    assert page.locator(".m.own del").inner_text() == "дивизий"
    assert page.locator(".m.own ins").inner_text() == "дивизии"
    (ruling,) = rulings(review.site)
    assert (ruling.verdict, ruling.reading) == ("added", "дивизии")
    text = review.site.opened.source.text
    assert ruling.anchor.place().of(text) == "дивизий"
    assert "дивизий, под" in text[ruling.anchor.start :][:20]
    page.keyboard.press("u")
    page.wait_for_selector(".m.own", state="detached")
    assert page.locator(".facing").first.inner_text() == facing


def test_a_conflict_is_shown_to_both_and_what_was_typed_is_kept(review: Review) -> None:
    anna, boris = review.editor("Anna"), review.editor("Boris")
    for page in (anna, boris):
        page.keyboard.press("j")
        at(page, "топорь")
    anna.keyboard.press("e")
    anna.keyboard.insert_text("тотчас же")
    boris.keyboard.press("r")
    settled(boris, ruled=1)
    anna.wait_for_selector(".card[data-lemma='топорь'][data-status=rejected]")  # it came while she was typing
    anna.keyboard.press("Enter")
    anna.wait_for_selector("#conflict[open]")
    assert "Boris" in anna.locator("#conflict .theirs").inner_text()
    assert "тотчас же" in anna.locator("#conflict .mine").inner_text()
    anna.locator("#conflict [value=leave]").click()
    assert anna.locator(".card.on [name=own]").input_value() == "тотчас же"
    assert len(rulings(review.site)) == 1
    anna.locator(".card.on [name=own]").press("Enter")  # now it is known, and said all the same
    for page in (anna, boris):
        page.wait_for_selector(".card[data-lemma='топорь'][data-status=conflict]")
    boris.locator(".card .row", has_text="топорь").click()
    assert "Anna" in boris.locator(".card.on .stood").inner_text()
    boris.locator(".card.on .stood [data-do=undo]").click()
    for page in (anna, boris):
        page.wait_for_selector(".card[data-lemma='топорь'][data-status=emended]")


COUNT_WHAT_IS_SAID = """() => {
  const said = document.querySelector('#said');
  let count = 0;
  new MutationObserver(() => { if (/[0-9] open/.test(said.textContent)) document.documentElement.dataset.ruled = ++count; })
    .observe(said, { childList: true, characterData: true, subtree: true });
}"""


class Hands:
    """An editor who rejects one place after the other, and says so again where somebody else was first."""

    def __init__(self, page: Any) -> None:
        self.page, self.pressed, self.saved = page, 0, 0
        page.evaluate(COUNT_WHAT_IS_SAID)
        page.on("response", self._answered)

    def _answered(self, response: Any) -> None:
        self.saved += response.request.method == "POST" and response.url.endswith("/rule") and response.status == 200

    def reject(self) -> None:
        """Press the key, and wait until the page says that it is saved."""
        self.page.keyboard.press("r")
        self.pressed += 1
        done = self.page.locator(f"html[data-ruled='{self.pressed}']")
        conflict = self.page.locator("#conflict[open]")
        while True:
            done.or_(conflict).first.wait_for(state="attached")
            if not conflict.count():
                return
            self.page.locator("#conflict [value=save]").click()


def test_two_browsers_and_another_program_lose_nothing(review: Review) -> None:
    anna, boris = review.editor("Anna"), review.editor("Boris")
    hands = {"Anna": Hands(anna), "Boris": Hands(boris)}
    other = Site(review.site.folder, copies=2)  # as a terminal in another window: its own workspace on the same logs
    places = [i.anchor for i in other.opened.layout.items]
    client = other.browser("Vera")
    done: list[int] = []

    def vera() -> None:
        for place in places:
            seen = client.get(f"/api/documents/{KEY}").json()["entries"][place]["seen"]
            answer = client.post(f"/api/documents/{KEY}/rule", json={"place": place, "verdict": "reject", "seen": seen})
            done.append(answer.status_code)

    thread = threading.Thread(target=vera)
    thread.start()
    for _ in range(5):
        for hand in hands.values():
            hand.reject()
    thread.join()
    found = rulings(review.site)
    by = {name: [r for r in found if r.editor == name] for name in ("Anna", "Boris", "Vera")}
    assert len(by["Vera"]) == done.count(200) >= 1 and len(done) == len(places)
    for name, hand in hands.items():
        assert len(by[name]) == hand.saved == 5
    assert len({r.id for r in found}) == len(found)
    ruled = len({r.anchor.words for r in found})
    for page in (anna, boris):
        settled(page, ruled=ruled)


def test_two_browsers_and_a_terminal_at_once_lose_nothing(review: Review) -> None:
    anna, boris = review.editor("Anna"), review.editor("Boris")
    hands = {"Anna": Hands(anna), "Boris": Hands(boris)}
    asked = [sys.executable, "-m", "collation", "review", str(review.site.document), "--editor", "Vera", "--plain"]
    terminal = subprocess.Popen(
        asked, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, cwd=review.site.folder
    )
    assert terminal.stdin is not None
    assert terminal.stdout is not None
    told = b""
    while b"for help" not in told:  # examining takes it some seconds
        line = os.read(terminal.stdout.fileno(), 4096)
        assert line, told.decode()
        told += line
    for _ in range(5):
        terminal.stdin.write("к\n".encode())  # the key of r, on the Russian layout
        terminal.stdin.flush()
        for hand in hands.values():
            hand.reject()
    told += terminal.communicate(b"q\n", timeout=PATIENCE)[0]
    found = rulings(review.site)
    by = {name: [r for r in found if r.editor == name] for name in ("Anna", "Boris", "Vera")}
    assert len(by["Vera"]) == told.count(b"Saved:") >= 1
    for name, hand in hands.items():
        assert len(by[name]) == hand.saved == 5
    for page in (anna, boris):
        page.reload()
        page.wait_for_selector(".card.on")
    state = anna.evaluate(f"fetch('/api/documents/{KEY}').then(answer => answer.json())")
    shown = [r["editor"] for e in (*state["entries"].values(), *state["added"]) for r in e["rulings"]]
    assert shown.count("Vera") == len({r.anchor.words for r in by["Vera"]})


PAGES = ("/", f"/d/{KEY}", "/places", "/scan?proposed=1", "/ruled", "/start")


@pytest.mark.parametrize("lang", ["en", "ru"])
def test_nothing_scrolls_sideways_at_320(review: Review, lang: str) -> None:
    page = review.editor(width=320, lang=lang)
    page.keyboard.press("a")
    settled(page, ruled=1)
    for address in PAGES:
        review.open(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") == 320, address
        assert page.evaluate("getComputedStyle(document.body).overflowX") == "visible"


def test_on_a_phone_three_buttons_do(review: Review) -> None:
    page = review.editor(width=360)
    assert page.locator(".card:visible").count() == 1
    assert page.locator(".card.on .ctx").count() == 2
    shown = page.locator(".card.on .buttons button:visible")
    assert shown.count() == 3
    assert min(shown.nth(i).bounding_box()["height"] for i in range(3)) >= 44
    page.locator(".card.on [data-do=later]").click()
    at(page, "топорь")
    page.locator(".card.on [data-do=other]:visible").click()
    page.locator(".card.on [data-do=reject]").click()
    at(page, "7 сентября")
    assert page.locator(".facing").is_hidden()
    page.locator("[data-do=text]").click()
    assert page.locator(".facing").is_visible()
    playwright.expect(page.locator(".m.on.doubt").first).to_be_in_viewport()  # the text opens at the place
    page.locator("[data-do=text]").click()
    playwright.expect(page.locator(".card.on .row")).to_be_in_viewport()


def test_on_a_phone_the_proposed_ruling_is_at_hand_however_long_the_reasons(review: Review) -> None:
    page = review.editor(width=360)
    page.set_viewport_size({"width": 360, "height": 480})
    button = page.locator(".card.on .buttons .chosen")
    page.evaluate("scrollTo(0, document.querySelector('#entries').offsetTop)")
    playwright.expect(button).to_be_in_viewport(ratio=1)
    box, ledge = button.bounding_box(), page.locator(".ledge").bounding_box()
    assert box["y"] + box["height"] <= ledge["y"]


def test_a_group_is_named_by_what_will_be_done_and_undo_by_its_document(review: Review) -> None:
    page = review.editor()
    page.keyboard.press("j")
    at(page, "топорь")
    page.keyboard.press("Shift+KeyR")
    page.wait_for_selector("#group[open]")
    assert page.locator("#group .chosen").inner_text() == "Reject: 3"
    page.keyboard.press("Enter")
    settled(page, ruled=1)
    undo = page.locator("#undone span").last
    playwright.expect(undo).to_have_text("3 × топорь: rejected")
    review.open(page, "/d/" + next(key for key in review.site.workspace.documents if key != KEY))
    settled(page, ruled=1)
    playwright.expect(undo).to_have_text("3 × топорь: rejected")  # a part of the group is here too
    page.keyboard.press("u")
    settled(page, ruled=0)
    page.keyboard.press("r")
    settled(page, ruled=1)
    review.open(page, f"/d/{KEY}")
    playwright.expect(undo).to_have_text(re.compile("rejected · Letter from Feng Xi"))


def test_the_list_for_the_reading_room_marks_its_words_in_print(review: Review) -> None:
    page = review.editor()
    review.open(page, "/scan?proposed=1")
    page.emulate_media(media="print")
    assert "underline" in page.locator(".ask mark").first.evaluate("e => getComputedStyle(e).textDecorationLine")


@pytest.fixture
def paged(tmp_path: Path, chromium: Any) -> Iterator[Review]:
    """A site whose document has pages, made from its text with one word as it should be."""
    document = read_file(sample_apparatus.FILE)
    lines = document.text[: document.text.index("PYONGYANG")].replace("топорь", "теперь").splitlines()
    witness = PageWitness(replace(document, pages=(seen_page([line for line in lines if line.strip()]),)))
    found = sample_apparatus.make()
    image = OnImage("page.png", 1, (600.0, 300.0, 760.0, 330.0), "теперь")
    entries = tuple(replace(e, image=image) if e.lemma == "топорь" else e for e in found.entries)

    def ask_page(path: Path, source: Source, edits: Sequence[Edit]) -> tuple[PageAnswer, ...]:
        return tuple(ask(witness, Edit(document.as_read(edit.place), edit.text)) for edit in edits)

    yield from reviewing(tmp_path, chromium, apparatus=replace(found, entries=entries), ask_page=ask_page)


@pytest.mark.parametrize("press", [latin, russian], ids=["latin", "russian"])
def test_the_page_is_asked_by_keyboard_and_rules_nothing(paged: Review, press: Callable[[Any, str], None]) -> None:
    page = paged.editor(lang="ru" if press is russian else "en")
    press(page, "j")
    at(page, "топорь")
    said = page.locator(".card.on .answers li")
    press(page, "p")
    playwright.expect(said).to_have_count(2)  # those proposed, by their numbers
    playwright.expect(said.first).to_contain_text(re.compile(r"^1 теперь .*\+\d+\.\d$"), use_inner_text=True)
    assert page.locator(".card.on [name=asked]").evaluate("e => e === document.activeElement")
    page.keyboard.insert_text("вот теперь; <b>топор</b>; p")
    page.keyboard.press("Enter")
    playwright.expect(said).to_have_count(5)
    wanted = (
        "подходит к странице лучше, чем «вот теперь»" if press is russian else "fits the page better than “вот теперь”"
    )
    playwright.expect(said.nth(2)).to_contain_text(wanted, use_inner_text=True)
    assert ("the page" in said.nth(2).inner_text()) == (press is latin)
    assert page.locator(".answers b").count() == 0  # a reading is text, whatever is typed
    assert page.locator(".card.on .answers").get_attribute("aria-live") == "polite"
    page.keyboard.press("Escape")
    at(page, "топорь")
    press(page, "e")
    page.keyboard.insert_text("топор")
    page.keyboard.press("Shift+Enter")
    playwright.expect(said).to_have_count(6)
    assert not rulings(paged.site)
    said.nth(2).locator("[data-do=take]").click()
    assert page.locator(".card.on [name=own]").input_value() == "вот теперь"
    page.keyboard.press("Enter")
    settled(page, ruled=1)
    assert [(r.verdict, r.reading) for r in rulings(paged.site)] == [("emend", "вот теперь")]


def test_what_the_page_cannot_be_asked_is_said(paged: Review) -> None:
    page = paged.editor()
    page.locator(".card .row", has_text="Ван Яй-ши").click()
    page.locator(".card.on .acts button", has_text="Ask the page").click()
    playwright.expect(page.locator(".card.on [name=asked]")).to_be_focused()
    page.locator(".card.on [name=asked]").fill("а" * 121)
    paged.complaints.clear()
    page.keyboard.press("Enter")
    playwright.expect(page.locator("#saved")).to_have_text("a reading may have 120 signs")
    page.locator(".card.on [name=asked]").fill("Чан Кай-ши")
    page.keyboard.press("Enter")
    playwright.expect(page.locator(".card.on .answers li").last).to_contain_text("Чан Кай-ши")
    assert all("422" in complaint for complaint in paged.complaints)
    paged.complaints.clear()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    playwright.expect(page.locator("#keys")).to_contain_text("ask the image of the page about readings")
    page.keyboard.press("Escape")
    page.locator(".card .row", has_text="received letter").click()  # of the translation, which is on no page
    assert page.locator(".card.on [data-do=ask]").count() == 0
    page.keyboard.press("p")
    assert page.locator(".card.on .answers").count() == 0 and not rulings(paged.site)


def test_without_pages_nothing_is_asked(review: Review) -> None:
    page = review.editor()
    page.keyboard.press("p")
    page.keyboard.press("?")
    assert "ask the image" not in page.locator("#keys").inner_text()
    assert page.locator(".answers, .question, [data-do=ask], [data-do=ask-own]").count() == 0


def axe() -> str | None:
    """The source of axe-core, where npm has put it: in the project, or where COLLATION_AXE says."""
    places = [os.environ.get("COLLATION_AXE", ""), "node_modules/axe-core/axe.min.js"]
    return next((Path(p).read_text(encoding="utf-8") for p in places if p and Path(p).is_file()), None)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_nothing_serious(review: Review, dark: bool) -> None:
    source = axe()
    if source is None:
        pytest.skip("axe-core is not here: npm install axe-core, or set COLLATION_AXE")
    page = review.editor(dark=dark)
    page.keyboard.press("a")
    page.keyboard.press("r")
    settled(page, ruled=2)
    page.keyboard.press("e")
    found = {}
    for address in ("", *PAGES):
        if address:
            review.open(page, address)
        page.evaluate(source)
        result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        for v in result["violations"]:
            if v["impact"] in ("serious", "critical", "moderate"):
                found[f"{address} {v['id']}"] = [
                    f"{n['html'][:140]} {n['failureSummary'][:200]}" for n in v["nodes"][:3]
                ]
    assert not found


def test_every_control_has_a_name_and_every_page_its_landmarks(review: Review) -> None:
    page = review.editor()
    for address in PAGES:
        review.open(page, address)
        nameless = page.evaluate(
            """[...document.querySelectorAll('button, a, input, textarea, select, meter:not([aria-hidden]), progress')]
               .filter(e => e.offsetParent && !(e.innerText?.trim() || e.textContent.trim() || e.labels?.length || e.ariaLabel)).map(e => e.outerHTML)"""
        )
        assert not nameless, address
        for landmark in ("header", "main", "footer", "nav", "h1", "[aria-live]"):
            assert page.locator(landmark).count() >= 1, (address, landmark)
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids)), address
        assert page.locator("html").get_attribute("lang") == "en"


def test_what_was_done_is_announced_and_focus_follows(review: Review) -> None:
    page = review.editor()
    page.keyboard.press("Enter")
    at(page, "топорь")
    playwright.expect(page.locator("#said")).to_contain_text("но → не")
    assert "9 open" in page.locator("#said").inner_text()
    assert page.evaluate("document.activeElement.dataset.lemma") == "топорь"


def test_the_language_changes_without_a_reload(review: Review) -> None:
    page = review.editor()
    page.keyboard.press("r")
    settled(page, ruled=1)
    page.locator("label", has_text="Русский").first.click()
    assert page.locator("html").get_attribute("lang") == "ru"
    assert "отклонено" in page.locator("#undone").inner_text()
    page.reload()
    page.wait_for_selector(".card.on")
    assert page.locator("html").get_attribute("lang") == "ru"


def test_a_historian_opens_a_file_without_a_shell(review: Review, tmp_path: Path) -> None:
    page = review.editor()
    review.open(page, "/start")
    review.site.workspace.documents.clear()
    page.locator("#files").set_input_files(str(review.site.document))
    page.wait_for_url(re.compile(r":\d+/$"))
    page.locator("table.index a").first.click()
    page.wait_for_selector(".card.on")
    review.open(page, "/start")
    assert page.locator(".recent button").count() >= 1
