"""``collation review --web``: a page in the browser, served by this computer to this computer alone.

One plain server, no build step, no request to anywhere else. ``make_app`` puts the parts together and can be tested
without a socket; ``serve`` finds a free port, prints the address and opens the browser. What may come in is decided
in ``guard``; what a page shows in ``pages`` and ``lists``; what is written in ``workspace``.
"""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import uvicorn
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from collation.errors import CollationError, Message
from collation.project.configuration import Project, find_project
from collation.project.page_questions import AskPage
from collation.project.rulings_folders import RulingsFolders
from collation.project.word_list import WordLists
from collation.reading.kinds import SUFFIXES
from collation.review.web import api as web_api
from collation.review.web import edition_api as web_editions
from collation.review.web import image_api as web_images
from collation.review.web import lists as web_lists
from collation.review.web import page_api as web_questions
from collation.review.web import pages as web_pages
from collation.review.web import word_api as web_words
from collation.review.web.browser import open_browser
from collation.review.web.guard import BrowserAccess, Guard, log
from collation.review.web.open_document import OpenDocument
from collation.review.web.requests import language
from collation.review.web.user_files import UserFiles
from collation.review.web.workspace import Examine, MakeEdition, Workspace
from collation.writers.phrases import Lang

_MOST_PAGES = 200
_THEMES = ("auto", "light", "dark")
_TYPES = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}


def make_app(
    workspace: Workspace,
    access: BrowserAccess,
    *,
    user_files: UserFiles,
    lang: Lang = "en",
    project: Project | None = None,
) -> ASGIApp:
    """The application behind its guard. ``project`` None looks for the settings above each document."""
    app = Starlette(
        routes=[
            Route("/", _collection),
            Route("/start", _start),
            Route("/places", _places),
            Route("/scan", _scan),
            Route("/ruled", _ruled),
            Route("/d/{key}", _document),
            Route("/d/{key}/crop/{anchor}", web_images.get_crop),
            Route("/d/{key}/page/{anchor}", web_images.get_page),
            Route("/static/{name}", _static),
            Route("/api/collection", _progress),
            Route("/api/places", _all_places),
            Route("/api/documents", _take, methods=["POST"]),
            Route("/api/recent/{id}", _recent, methods=["POST"]),
            Route("/api/documents/{key}", web_api.get_document),
            Route("/api/documents/{key}/alike", web_api.get_alike),
            Route("/api/documents/{key}/rule", web_api.post_ruling, methods=["POST"]),
            Route("/api/documents/{key}/note", web_api.post_note, methods=["POST"]),
            Route("/api/documents/{key}/add", web_api.post_finding, methods=["POST"]),
            Route("/api/documents/{key}/word", web_words.post_word, methods=["POST"]),
            Route("/api/documents/{key}/word/undo", web_words.post_word_back, methods=["POST"]),
            Route("/api/documents/{key}/ask", web_questions.post_question, methods=["POST"]),
            Route("/api/documents/{key}/edition", web_editions.post_edition, methods=["POST"]),
            Route("/api/documents/{key}/group", web_api.post_group, methods=["POST"]),
            Route("/api/undo", web_api.post_undo, methods=["POST"]),
            Route("/api/editor", web_api.post_editor, methods=["POST"]),
            Route("/api/invite", web_api.post_invite, methods=["POST"]),
        ],
        exception_handlers={404: _absent, 405: _absent},
    )
    app.state.workspace, app.state.access, app.state.user_files = workspace, access, user_files
    app.state.lang, app.state.project, app.state.pages = lang, project, {}
    return Guard(app, access)  # outermost, so that even an answer to a fault has its headers


def serve(
    paths: Sequence[Path],
    *,
    examine: Examine,
    editor: str = "",
    lang: Lang = "en",
    port: int = 0,
    folders: RulingsFolders | None = None,
    words: WordLists | None = None,
    ask_page: AskPage | None = None,
    make_edition: MakeEdition | None = None,
    version: str = "",
    second_reader: bool = False,
    browse: bool = True,
    say: Callable[[str], None] = print,
) -> None:
    """Serve the review page until interrupted. Without paths it opens the start page."""
    project = find_project(paths[0]) if paths else Project(Path())
    folders = folders or RulingsFolders()
    words = words or WordLists(folders=folders)
    second_reader = second_reader or project.second_reader
    workspace = Workspace(examine, folders, words, ask_page, make_edition, second_reader=second_reader, version=version)
    try:
        bound = socket.create_server(("127.0.0.1", port))
    except OSError as error:
        raise CollationError(Message("port-unusable", port=port, reason=error.strerror or error)) from error
    number: int = bound.getsockname()[1]
    access = BrowserAccess(number)
    user_files = UserFiles.of_user()
    app = make_app(workspace, access, user_files=user_files, lang=lang)
    workspace.open_documents(paths)
    user_files.remember(paths, _stamp())
    address = access.invite(editor)
    say(
        f"The review page is open at {address}\nThe address holds until the program ends, on this computer only; give it to nobody. Ctrl-C ends."
    )
    way = open_browser(address, user_files.memory.parent) if browse else None
    logging.getLogger("collation.review").setLevel(logging.WARNING)
    server = uvicorn.Server(uvicorn.Config(app, log_level="warning", access_log=False, server_header=False))
    try:
        server.run(sockets=[bound])
    finally:
        if way is not None:
            way.unlink(missing_ok=True)


def _stamp() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


# Pages.


@dataclass(frozen=True, slots=True)
class _Asked:
    """Who asks for a page, and in what language and colours it is wanted."""

    workspace: Workspace
    editor: str
    lang: Lang
    theme: str

    @classmethod
    def of(cls, request: Request) -> _Asked:
        theme, session = request.cookies.get("collation-theme", ""), request.state.session
        lang = language(request)
        return cls(request.app.state.workspace, session.editor, lang, theme if theme in _THEMES else "auto")

    def page(self, name: str, **values: Any) -> HTMLResponse:
        made = web_pages.render(name, self.workspace, lang=self.lang, theme=self.theme, editor=self.editor, **values)
        return HTMLResponse(made)


async def _collection(request: Request) -> Response:
    asked = _Asked.of(request)
    if not asked.workspace.documents and not asked.workspace.waiting and not asked.workspace.failures:
        return await _start(request)
    values = await run_in_threadpool(web_pages.collection_page, asked.workspace)
    return asked.page("collection", here="collection", **values)


async def _start(request: Request) -> Response:
    asked, user_files = _Asked.of(request), request.app.state.user_files
    recent = await run_in_threadpool(user_files.recent)
    accept = ",".join([*SUFFIXES, "text/plain"])
    return asked.page("start", here="start", recent=recent, folder=user_files.folder, accept=accept)


async def _places(request: Request) -> Response:
    asked = _Asked.of(request)
    return asked.page("places", here="everywhere", **web_lists.places_page(asked.workspace))


async def _scan(request: Request) -> Response:
    asked = _Asked.of(request)
    wanted = request.query_params.get("proposed") == "1"
    pattern = lambda opened: _project(request, opened).scan  # noqa: E731
    values = await run_in_threadpool(web_lists.scan_page, asked.workspace, pattern, with_proposed=wanted)
    return asked.page("scan", here="scan-list", **values)


async def _ruled(request: Request) -> Response:
    asked = _Asked.of(request)
    return asked.page(
        "ruled", here="ruled", **await run_in_threadpool(web_lists.ruled_page, asked.workspace, asked.editor)
    )


async def _document(request: Request) -> Response:
    asked = _Asked.of(request)
    opened = asked.workspace.document(request.path_params["key"])
    if opened is None:
        return await _absent(request, LookupError())
    made = await run_in_threadpool(_made, request, opened, asked)
    return HTMLResponse(made)


def _made(request: Request, opened: OpenDocument, asked: _Asked) -> str:
    """The page of a document, made once for each language, editor and colours."""
    pages: dict[Any, tuple[OpenDocument, str]] = request.app.state.pages
    name = (opened.key, asked.lang, asked.theme, asked.editor)
    found = pages.get(name)
    if found is None or found[0] is not opened:
        asks = asked.workspace.ask_page is not None and opened.on_pages
        values = web_pages.document_page(opened, _project(request, opened).scan, asks=asks)
        made = web_pages.render(
            "document", asked.workspace, lang=asked.lang, theme=asked.theme, editor=asked.editor, **values
        )
        if len(pages) >= _MOST_PAGES:
            pages.clear()
        pages[name] = found = opened, made
    return found[1]


def _project(request: Request, opened: OpenDocument) -> Project:
    given: Project | None = request.app.state.project
    if given is not None:
        return given
    try:
        return find_project(opened.path.parent)
    except CollationError as error:
        log.error("%s", error)
        return Project(opened.path.parent)


async def _static(request: Request) -> Response:
    """The script, the style and the icon, by name; there is nothing else in that folder to be asked for."""
    name = request.path_params["name"]
    if name == "page.css":
        return Response(web_pages.page_style(), media_type="text/css")
    files = {p.name: p for p in (web_pages.HERE / "static").iterdir()}
    if name not in files:
        return Response("", 404)
    return Response(files[name].read_bytes(), media_type=_TYPES.get(files[name].suffix, "text/plain"))


async def _absent(request: Request, error: Exception) -> Response:
    log.warning("refused: nothing under that name (%.200r)", request.url.path)
    session = getattr(request.state, "session", None)
    if request.url.path.startswith("/api/") or session is None:
        return JSONResponse({"error": "there is nothing under that name"}, 404)
    made = _Asked.of(request).page("absent")
    made.status_code = 404
    return made


# What concerns no single document.


async def _progress(request: Request) -> Response:
    workspace: Workspace = request.app.state.workspace
    await run_in_threadpool(workspace.state)
    waiting = [path.name for path in workspace.waiting]
    return JSONResponse({"revision": workspace.revision, "waiting": waiting, "documents": len(workspace.documents)})


async def _all_places(request: Request) -> Response:
    workspace: Workspace = request.app.state.workspace
    rows = await run_in_threadpool(web_lists.place_rows, workspace)
    return JSONResponse({"rows": rows, "titles": web_lists.document_titles(workspace), "revision": workspace.revision})


async def _take(request: Request) -> Response:
    """A chosen file, or an original with its translation behind it: copied, examined, remembered."""
    name = unquote(request.headers.get("x-name", ""))
    data = await request.body()
    user_files: UserFiles = request.app.state.user_files
    second, length = unquote(request.headers.get("x-second", "")), request.headers.get("x-first-length", "")
    try:
        if second and length.isascii() and length.isdecimal():
            size = int(length)
            path = await run_in_threadpool(user_files.take_pair, (name, data[:size]), (second, data[size:]))
        else:
            path = await run_in_threadpool(user_files.take, name, data)
    except CollationError as error:
        return JSONResponse({"error": error.message.text(language(request))}, 422)
    request.app.state.workspace.open_documents([path])
    user_files.remember([path], _stamp())
    return JSONResponse({"name": path.name})


async def _recent(request: Request) -> Response:
    """A work opened before, opened again."""
    user_files: UserFiles = request.app.state.user_files
    try:
        paths = await run_in_threadpool(user_files.paths, request.path_params["id"])
    except LookupError as error:
        return JSONResponse({"error": str(error)}, 404)
    request.app.state.workspace.open_documents(paths)
    user_files.remember(paths, _stamp())
    return JSONResponse({"count": len(paths)})
