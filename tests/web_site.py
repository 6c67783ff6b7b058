"""A review server for the tests: the hand-made apparatus of seeds/003 on a workspace, with its own clock and folders."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from starlette.testclient import TestClient

import sample_apparatus
from collation.model import Apparatus
from collation.project.configuration import Project
from collation.project.opening import open_run
from collation.project.page_questions import AskPage
from collation.review.applying import make_edition
from collation.review.web.guard import BrowserAccess
from collation.review.web.server import make_app
from collation.review.web.user_files import UserFiles
from collation.review.web.workspace import Workspace

PORT = 8765
HOME = f"http://127.0.0.1:{PORT}"
KEY = "112862"
SCAN = "https://scans.example/{id}/{sheet}"


class Clock:
    """A second passes whenever somebody looks at it."""

    def __init__(self) -> None:
        self.time = datetime(2025, 1, 31, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.time += timedelta(seconds=1)
        return self.time


def copy_of(apparatus: Apparatus, number: int) -> Apparatus:
    """The same document under another number."""
    source = replace(apparatus.source, id=f"9{number:05}", digest=f"{number:064x}", label=f"copy-{number}.txt")
    return replace(apparatus, source=source)


class Site:
    """The server's parts, and browsers that have come in."""

    def __init__(
        self,
        folder: Path,
        *,
        copies: int = 0,
        port: int = PORT,
        apparatus: Apparatus | None = None,
        ask_page: AskPage | None = None,
    ) -> None:
        found = apparatus or sample_apparatus.make()
        file = sample_apparatus.SEEDS / Path(found.source.label).name
        self.folder = folder
        self.document = folder / file.name
        if not self.document.exists():
            self.document.write_bytes(file.read_bytes())
        (folder / "collation.toml").touch()
        run = open_run(Project(folder), encoding=None, cache=False, names=[str(self.document)])
        edition = partial(make_edition, run)
        self.workspace = Workspace(
            lambda path: found, ask_page=ask_page, make_edition=edition, now=Clock(), version="0"
        )
        self.opened = self.workspace.add(self.document, found)
        for number in range(copies):
            self.workspace.add(folder / f"copy-{number}.txt", copy_of(sample_apparatus.make(), number + 1))
        self.access = BrowserAccess(port)
        self.user_files = UserFiles(folder / "state" / "recent.json", folder / "chosen")
        self.app = make_app(self.workspace, self.access, user_files=self.user_files, project=Project(folder, scan=SCAN))

    def stranger(self, **more: Any) -> TestClient:
        return TestClient(self.app, base_url=HOME, **more)

    def browser(self, editor: str = "Petrova") -> TestClient:
        client = TestClient(self.app, base_url=HOME, headers={"Origin": HOME})
        assert client.get(self.access.invite(editor).removeprefix(HOME)).status_code == 200
        return client

    def place(self, lemma: str) -> str:
        """The anchor of an entry by its words."""
        return next(i.anchor for i in self.opened.layout.items if i.entry.lemma == lemma)


@contextmanager
def served(site: Site, bound: socket.socket) -> Iterator[str]:
    """The site as a running server; gives its address."""
    server = uvicorn.Server(uvicorn.Config(site.app, log_level="error", access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(5)
