"""Does the review stay quick with 2,000 places in one collection?

Documents are made from the seeds: the same texts under other numbers, with words doubted at random. Then it is timed
how long an editor waits: for the lists, for a document, for a filter, for a ruling (which is on the disk when it is
acknowledged), for a group, for an undo; first with empty logs, then with everything ruled. The server is asked in
this very process, so the time of the net is not in it, but that of the disk is. With Debian's chromium installed
(and playwright) the list and its filters are timed in the browser too. Run from the project's root:

    python benchmarks/review.py [--documents N] [--entries N]
"""

from __future__ import annotations

import argparse
import random
import re
import socket
import statistics
import tempfile
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import uvicorn

from collation.model import Apparatus, Edit, Entry, Feature, Place, Reading, Row
from collation.project.configuration import Project
from collation.reading import read_file
from collation.review.session import Filters, filtered, open_session, step
from collation.review.web.guard import BrowserAccess
from collation.review.web.server import make_app
from collation.review.web.user_files import UserFiles
from collation.review.web.workspace import Workspace

warnings.simplefilter("ignore")
from starlette.testclient import TestClient  # noqa: E402

SEEDS = Path(__file__).parents[1] / "seeds"
KINDS: tuple[tuple[Any, str, Any], ...] = (
    ("CTX", "CTX201", "sense"),
    ("VAL", "VAL501", "value"),
    ("NAM", "NAM401", "name"),
    ("GRA", "GRA301", "grammar"),
    ("LEX", "LEX101", "spelling"),
)
CHROMIUM = Path("/usr/bin/chromium")


def make(number: int, entries: int, chance: random.Random) -> Apparatus:
    """A document with words doubted at random; the fifteenth letter of the alphabet takes the place of another."""
    files = sorted(SEEDS.glob("*.txt"))
    source = read_file(files[number % len(files)]).file
    source = replace(source, id=f"{700000 + number}", digest=f"{number:064x}", label=f"made-{number}.txt")
    words = [Place.at(m.start(), m.end()) for m in re.finditer(r"[а-я]{5,}", source.text)]
    chosen = sorted(chance.sample(words, min(entries, len(words))))
    made = tuple(_entry(f"e{n}", place, source.text, chance) for n, place in enumerate(chosen))
    rows = tuple(Row((Place.at(m.start(), m.end()),), ()) for m in re.finditer(r"\S.*", source.text))
    return Apparatus(source, rows, made, (), (), ())


def _entry(name: str, place: Place, text: str, chance: random.Random) -> Entry:
    family, code, harm = chance.choice(KINDS)
    word = place.of(text)
    at = chance.randrange(len(word))
    reading = Reading((Edit(place, word[:at] + "о" + word[at + 1 :] + "и"),), "conjecture", 0.8)
    reason = Feature("nonword", 1.0, says="no-word", values=(("word", word),))
    p = round(chance.uniform(0.3, 0.99), 2)
    return Entry(
        name, code, family, "original", (place,), word, p, "emend", harm, "scanner", "emend", (reading,), (reason,)
    )


def show(what: str, seconds: list[float]) -> None:
    """A row of the table: median and slowest, in milliseconds."""
    ordered = sorted(1000 * s for s in seconds)
    print(f"{what:58} {statistics.median(ordered):9.1f} {ordered[-1]:9.1f} {len(ordered):5}")


def timed(work: Callable[[], Any], times: int = 1) -> list[float]:
    """How long the work takes."""
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(time.perf_counter() - began)
    return found


def deciding(client: TestClient, keys: list[str], count: int) -> list[float]:
    """Rulings one by one, each on the first open place of some document."""
    found = []
    for number in range(count):
        key = keys[number % len(keys)]
        entries = client.get(f"/api/documents/{key}").json()["entries"]
        place, now = next(((a, e) for a, e in entries.items() if e["status"] == "open"), next(iter(entries.items())))
        data = {"place": place, "verdict": "accept", "seen": now["seen"]}
        found += timed(
            lambda key=key, data=data: client.post(f"/api/documents/{key}/rule", json=data).raise_for_status()
        )
    return found


def rule_all(client: TestClient, keys: list[str]) -> list[float]:
    """One group action for each document, on all that is open in it."""
    found = []
    for key in keys:
        entries = client.get(f"/api/documents/{key}").json()["entries"]
        names = [f"{key}/{a}" for a, e in entries.items() if e["status"] == "open"]
        data = {"verdict": "accept", "places": names}
        found += timed(
            lambda key=key, data=data: client.post(f"/api/documents/{key}/group", json=data).raise_for_status()
        )
    return found


def ask(client: TestClient, address: str) -> Callable[[], Any]:
    return lambda: client.get(address).raise_for_status()


def measure(client: TestClient, workspace: Workspace, keys: list[str]) -> None:
    """The table."""
    show("list of the documents", timed(ask(client, "/"), 5))
    show("all places of all documents", timed(ask(client, "/api/places"), 5))
    show("page of a document, first time", [t for k in keys[:20] for t in timed(ask(client, f"/d/{k}"))])
    show("page of a document, again", [t for k in keys[:20] for t in timed(ask(client, f"/d/{k}"))])
    show("how a document stands", [t for k in keys[:20] for t in timed(ask(client, f"/api/documents/{k}"))])
    show("has anything changed? (asked every two seconds)", timed(ask(client, "/api/collection"), 50))
    show("a ruling, logs empty", deciding(client, keys, 100))
    show("undo", timed(lambda: client.post("/api/undo", json={}).raise_for_status(), 20))
    documents = [d.layout.apparatus for d in workspace.documents.values()]
    opened = [open_session(documents, workspace.state(), "Petrova")]
    show(
        "terminal: open the queue",
        timed(lambda: opened.append(open_session(documents, workspace.state(), "Petrova")), 3),
    )
    show("terminal: filter the queue", timed(lambda: filtered(opened[0], Filters(harms=("sense",))), 5))
    show("terminal: next place", timed(lambda: step(opened[0], 1), 50))
    show("a group: all open places of a document", rule_all(client, keys))
    show("a ruling, everything ruled", deciding(client, keys, 50))
    show("list of the documents, everything ruled", timed(ask(client, "/"), 5))
    show("what was ruled, by rule and by time", timed(ask(client, "/ruled"), 3))
    show(
        "how a document stands, everything ruled",
        [t for k in keys[:20] for t in timed(ask(client, f"/api/documents/{k}"))],
    )


@contextmanager
def served(app: Any, bound: socket.socket) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", access_log=False))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    yield
    server.should_exit = True
    thread.join(5)


def in_the_browser(access: BrowserAccess, home: str) -> None:
    """The list of all places in a browser: until it is there, and for each filter."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return
    if not CHROMIUM.exists():
        return
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page()
        page.goto(access.invite("Petrova"))

        def listed() -> None:
            page.goto(home + "/places")
            page.wait_for_selector("table.places tbody tr")

        show("browser: the list of all places stands there", timed(listed, 5))
        script = """() => { const began = performance.now(); const s = document.querySelector('#sieve [name=harm]');
          s.selectedIndex = (s.selectedIndex + 1) % s.options.length; s.dispatchEvent(new Event('input', {bubbles: true}));
          document.body.offsetHeight; return (performance.now() - began) / 1000; }"""
        show("browser: another filter", [page.evaluate(script) for _ in range(12)])
        browser.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--entries", type=int, default=20)
    given = parser.parse_args()
    chance = random.Random(1)
    with tempfile.TemporaryDirectory() as name, socket.create_server(("127.0.0.1", 0)) as bound:
        folder, port = Path(name), bound.getsockname()[1]
        (folder / "collation.toml").touch()
        workspace = Workspace(lambda path: make(0, 1, chance))
        made = [make(number, given.entries, chance) for number in range(given.documents)]
        print(f"{sum(len(a.entries) for a in made)} places in {len(made)} documents; milliseconds\n")
        print(f"{'':58} {'median':>9} {'slowest':>9} {'n':>5}")
        show(
            "put a document on the workspace",
            [t for a in made for t in timed(lambda a=a: workspace.add(folder / a.source.label, a))],
        )
        access = BrowserAccess(port)
        app = make_app(
            workspace, access, user_files=UserFiles(folder / "recent.json", folder / "chosen"), project=Project(folder)
        )
        home = f"http://127.0.0.1:{port}"
        client = TestClient(app, base_url=home, headers={"Origin": home})
        client.get(access.invite("Petrova").removeprefix(home))
        with served(app, bound):
            in_the_browser(access, home)
        measure(client, workspace, list(workspace.documents))


if __name__ == "__main__":
    main()
