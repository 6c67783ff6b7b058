"""The page in a browser, where there is one: no sideways scroll, no request, and everything works without script."""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from collation.writers import summarise, write_html
from collation.writers.as_html import write_index
from collation.writers.decided import Tally
from machine import PATIENCE
from sample_apparatus import make

playwright = pytest.importorskip("playwright.sync_api")
BROWSER = next(
    (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
)
pytestmark = [pytest.mark.system, pytest.mark.skipif(BROWSER is None, reason="no Chromium on this machine")]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    (folder / "sample.html").write_text(write_html(make()), encoding="utf-8")
    (folder / "index.html").write_text(write_index([summarise("sample", make())]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with playwright.sync_playwright() as started:
        opened = started.chromium.launch(executable_path=BROWSER, args=["--no-sandbox"], timeout=1000 * PATIENCE)
        yield opened
        opened.close()


def show(browser: Any, path: Path, *, width: int = 1400, script: bool = True, **more: Any) -> Any:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, java_script_enabled=script, reduced_motion="reduce", **more
    )
    context.set_default_timeout(1000 * PATIENCE)
    page = context.new_page()
    page.asked = []
    page.on("request", lambda request: page.asked.append(request.url))
    page.on("pageerror", lambda error: page.asked.append(f"error: {error}"))
    page.goto(path.as_uri())
    return page


@pytest.mark.parametrize("name", ["sample.html", "index.html"])
@pytest.mark.parametrize("width", [320, 360, 700, 1000, 1400])
def test_nothing_scrolls_sideways_and_nothing_is_asked_for(browser: Any, site: Path, name: str, width: int) -> None:
    page = show(browser, site / name, width=width)
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room
    assert page.asked == [(site / name).as_uri()]


@pytest.mark.parametrize("script", [True, False])
def test_language_filters_and_order_need_no_script(browser: Any, site: Path, script: bool) -> None:
    page = show(browser, site / "sample.html", script=script)
    assert page.locator("h2", has_text="Doubtful places").first.is_visible()
    page.locator("label", has=page.locator("#lang-ru")).click()
    assert page.locator("h2", has_text="Сомнительных мест").first.is_visible()
    assert not page.locator("h2 .en").first.is_visible()
    page.locator("label", has=page.locator("#k-name")).click()
    assert not page.locator(".card.h-name").first.is_visible()
    page.locator("label", has=page.locator("#s-translation")).click()
    assert page.locator(".card:visible").count() == 1
    page.locator("label", has=page.locator("#s-all")).click()
    page.locator("label", has=page.locator("#by-line")).click()
    tops = [(int(c.get_attribute("data-n")), c.bounding_box()["y"]) for c in page.locator(".card:visible").all()]
    assert [n for n, _ in sorted(tops, key=lambda t: t[1])] == sorted(n for n, _ in tops)


def test_touching_one_side_lights_the_other_without_script(browser: Any, site: Path) -> None:
    page = show(browser, site / "sample.html", script=False)
    pair = page.locator("td.translation a.m.opposite", has_text="now")
    colour = "e => getComputedStyle(e).backgroundColor"
    before = pair.evaluate(colour)
    page.locator("td.original a.m", has_text="топорь").hover()
    assert pair.evaluate(colour) != before


def test_a_number_leads_to_its_entry_and_back(browser: Any, site: Path) -> None:
    page = show(browser, site / "sample.html")
    page.locator("td.original a.m", has_text="топорь").click()
    card = page.locator(".card.on")
    assert card.count() == 1 and "теперь" in card.inner_text()
    card.locator("a.no").click()
    assert page.locator("td.original a.m.on").bounding_box()["y"] >= 0
    page.keyboard.press("j")
    assert "теперь" not in page.locator(".card.on").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_colours_follow_the_system_and_the_reader(browser: Any, site: Path, scheme: str) -> None:
    page = show(browser, site / "sample.html", color_scheme=scheme)
    ground = "getComputedStyle(document.body).backgroundColor"
    own = page.evaluate(ground)
    page.locator("label", has=page.locator("#theme-light")).click()
    light = page.evaluate(ground)
    page.locator("label", has=page.locator("#theme-dark")).click()
    dark = page.evaluate(ground)
    assert light != dark and own == (light if scheme == "light" else dark)


def test_a_printed_page_has_the_entries_and_no_controls(browser: Any, site: Path) -> None:
    page = show(browser, site / "sample.html")
    page.emulate_media(media="print")
    assert page.locator(".card:visible").count() == page.locator(".card").count()
    assert not page.locator(".controls").is_visible()


def test_an_index_is_filtered_and_turned_over(browser: Any, tmp_path: Path) -> None:
    """By name, kind, rule, state and year, a hundred documents at a time; without a script all are there."""
    first = summarise("d", make())
    rows = [
        replace(first, stem=f"d{n}", title=f"Letter {n}", date=f"May {n % 28 + 1}, {1945 + n % 10}") for n in range(250)
    ]
    rows[7] = replace(rows[7], codes=("XYZ999",), counts=Counter(value=1), tally=Tally(total=1, ruled=1))
    path = tmp_path / "index.html"
    path.write_text(write_index(rows), encoding="utf-8")
    page = show(browser, path)
    seen = page.locator("tbody tr:visible")
    assert seen.count() == 100 and page.locator("output").inner_text() == "1–100 / 250"
    page.locator("[data-turn='1']").click()
    page.locator("[data-turn='1']").click()
    assert seen.count() == 50 and page.locator("[data-turn='1']").is_disabled()
    page.locator("[data-by=codes]").select_option("XYZ999")
    assert [cell.split("\n")[0] for cell in page.locator("tbody tr:visible td:first-child").all_inner_texts()] == [
        "Letter 7"
    ]
    page.locator("[data-by=codes]").select_option("")
    page.locator("[data-by=states]").select_option("ruled")
    assert seen.count() == 1
    page.locator("[data-by=states]").select_option("")
    page.locator("#from").fill("1954")
    assert page.locator("output").inner_text() == "1–25 / 25"
    page.locator("#find").fill("letter 249")
    assert seen.count() == 1
    assert show(browser, path, script=False).locator("tbody tr:visible").count() == 250
