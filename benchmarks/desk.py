"""How many keys and clicks does an editor need to rule on every place of the seeds?

Each seed is examined and opened in a browser twice: every place is ruled first by keyboard alone, then, with empty logs, by
mouse alone. The editor takes the proposed ruling at half of the places; at the others rejects, takes another reading, types
an own one, lets the error stand, or asks for the scan, so that each way is walked. Counted are keys and
clicks, without the letters of an own reading; how often the window or the list had to be scrolled before the button could
be clicked; and whether each ruling is in the log as it was meant. In the end the rulings are carried out with ``collation
apply``. Needs Debian's chromium and playwright. Run from the project's root:

    python benchmarks/desk.py [--size 1366x768] [--pictures FOLDER] [SEED…]
"""

from __future__ import annotations

import argparse
import socket
import subprocess
import sys
import tempfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import sync_playwright

from collation.decisions.ruling_log import load_folder
from collation.model import Apparatus
from collation.pipeline import examine
from collation.project.configuration import Project
from collation.reading import read_file
from collation.review.web.guard import BrowserAccess
from collation.review.web.server import make_app
from collation.review.web.user_files import UserFiles
from collation.review.web.workspace import Workspace

SEEDS = Path(__file__).parents[1] / "seeds"
CHROMIUM = "/usr/bin/chromium"
WAYS = {
    3: "reject",
    5: "pick",
    6: "own",
    8: "stands",
    9: "scan",
}  # by the last figure of the place's rank; else proposed
PATIENCE = 120_000
IN_VIEW = """button => { const box = button.getBoundingClientRect(), foot = document.querySelector('.ledge').getBoundingClientRect();
  const seen = document.elementFromPoint(box.left + box.width / 2, box.top + box.height / 2);
  return box.top >= 0 && box.bottom <= foot.top && button.contains(seen); }"""


@contextmanager
def opened(folder: Path, apparatus: Apparatus, path: Path) -> Iterator[tuple[str, BrowserAccess]]:
    """A running review of one document in a folder of its own."""
    (folder / "collation.toml").touch()
    document = folder / path.name
    document.write_bytes(path.read_bytes())
    workspace = Workspace(lambda _: apparatus, version="0")
    key = workspace.add(document, apparatus).key
    bound = socket.create_server(("127.0.0.1", 0))
    access = BrowserAccess(bound.getsockname()[1])
    files = UserFiles(folder / "state" / "recent.json", folder / "chosen")
    app = make_app(workspace, access, user_files=files, project=Project(folder))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        yield key, access
    finally:
        server.should_exit = True
        thread.join(5)


class Walk:
    """An editor's way through the places of a document."""

    def __init__(self, page: Any, *, mouse: bool) -> None:
        self.page, self.mouse = page, mouse
        self.acts: Counter[str] = Counter()
        self.meant: list[str] = []

    def rule(self, rank: int) -> None:
        """One ruling on the open place, by the way that its rank asks for."""
        card = self.page.locator(".card.on")
        way = WAYS.get(rank % 10, "proposed")
        if way == "pick" and card.locator("[data-pick]").count() < 2:
            way = "proposed"
        name = card.get_attribute("id")
        (self._click if self.mouse else self._press)(card, way)
        self.meant.append(way)
        self.page.wait_for_function(
            "id => document.getElementById(id).dataset.status !== 'open'", arg=name, timeout=PATIENCE
        )

    def _press(self, card: Any, way: str) -> None:
        self._key({"proposed": "Enter", "reject": "r", "pick": "2", "own": "e", "stands": "s", "scan": "d"}[way])
        if way == "own":
            self.page.keyboard.insert_text("иное")
        if way in ("own", "stands"):
            self._key("Enter")

    def _click(self, card: Any, way: str) -> None:
        buttons = {"proposed": ".buttons .chosen", "pick": "[data-pick] >> nth=1", "scan": "[data-do=scan]"}
        self._hit(card.locator(buttons.get(way, f"[data-do={way}]")).first)
        if way == "own":
            card.locator("[name=own]").fill("иное")
        open_form = card.locator("form:not([hidden]) button[type=submit]")
        if way in ("own", "stands") or open_form.count():
            self._hit(open_form.first)

    def _key(self, key: str) -> None:
        self.acts["keys"] += 1
        self.page.keyboard.press(key)

    def _hit(self, button: Any) -> None:
        self.acts["clicks"] += 1
        self.acts["scrolls"] += not button.evaluate(IN_VIEW)
        button.click()


def walk(
    browser: Any, apparatus: Apparatus, path: Path, size: dict[str, int], *, mouse: bool, pictures: Path | None
) -> Counter[str]:
    """Rule on every place of a document; the acts, the rulings, and those that are not in the log as they were meant."""
    with tempfile.TemporaryDirectory() as name, opened(Path(name), apparatus, path) as (key, access):
        context = browser.new_context(viewport=size)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(access.invite("Editor"))
        page.goto(f"{page.url.rstrip('/')}/d/{key}")
        page.wait_for_selector(".card.on")
        page.wait_for_selector("#progress .figures:not(:empty)")
        if page.locator("[data-do=unfold][aria-expanded=false]").count():
            page.locator("[data-do=unfold]").click()
        walked = Walk(page, mouse=mouse)
        for rank in range(len(apparatus)):
            walked.rule(rank)
            if pictures and rank == len(apparatus) // 2:
                page.screenshot(path=pictures / f"{path.stem[:3]}-{'mouse' if mouse else 'keys'}.png")
        context.close()
        made = [r for log in load_folder(Path(name) / "decisions") for r in log.rulings]
        wanted = {
            "reject": "reject",
            "own": "emend",
            "stands": "stands",
            "scan": "needs-scan",
            "pick": "accept other-side",
        }
        wrong = sum(
            r.verdict not in wanted.get(way, r.verdict)
            for r, way in zip(made, walked.meant, strict=len(made) == len(walked.meant))
        )
        asked = [
            sys.executable,
            "-m",
            "collation",
            "apply",
            str(Path(name) / path.name),
            "--out",
            str(Path(name) / "out"),
        ]
        applied = subprocess.run(asked, capture_output=True, text=True, check=True, cwd=name).stdout
        emended, left = (
            int(applied.rsplit(f"{words}: ", 1)[1].split(",")[0]) for words in ("emended", "not carried out")
        )
        return Counter({**walked.acts, "rulings": len(made), "wrong": wrong, "emended": emended, "left": left})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("seeds", nargs="*", default=["000", "001", "002", "003", "004"], help="numbers of seeds")
    parser.add_argument("--size", default="1366x768", help="the size of the window")
    parser.add_argument("--pictures", type=Path, help="a folder for a picture in the middle of each walk")
    asked = parser.parse_args()
    width, height = (int(n) for n in asked.size.split("x"))
    total = {False: Counter[str](), True: Counter[str]()}
    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"], timeout=PATIENCE
        )
        for number in asked.seeds:
            path = next(SEEDS.glob(f"{number}_*.txt"))
            apparatus = examine(read_file(path))
            for mouse in (False, True):
                size = {"width": width, "height": height}
                found = walk(browser, apparatus, path, size, mouse=mouse, pictures=asked.pictures)
                total[mouse] += found
                print(number, "mouse" if mouse else "keys ", dict(found), flush=True)
        browser.close()
    for mouse, name in ((False, "keys"), (True, "clicks")):
        found = total[mouse]
        print(
            f"{name} a ruling: {found[name] / max(1, found['rulings']):.2f} ({found['rulings']} rulings, "
            f"{found['scrolls']} scrolls, {found['wrong']} not as meant, {found['emended']} emended, {found['left']} left)"
        )


if __name__ == "__main__":
    main()
