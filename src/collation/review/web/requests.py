"""A request of the page with what it needs, and how a function that answers it becomes a route.

A place on which somebody else has ruled since it was shown answers 409 with that ruling; the page keeps what was typed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from collation.decisions.strict_json import parse
from collation.errors import BadQuestion, BadRuling, CollationError, Message
from collation.review.web.guard import BrowserAccess, BrowserSession, log
from collation.review.web.open_document import Conflict, OpenDocument
from collation.review.web.views import document_view, standings_view
from collation.review.web.workspace import Workspace
from collation.writers.phrases import LANGS, Lang

_LONGEST = 20_000
_MOST = 5_000


@dataclass(frozen=True, slots=True)
class Asked:
    """A request with what it needs: the open documents, the tokens, who asks, and the body."""

    workspace: Workspace
    access: BrowserAccess
    session: BrowserSession
    data: dict[str, Any]
    request: Request

    @property
    def editor(self) -> str:
        """The name of the editor. Raises BadRuling when none was given."""
        if not self.session.editor:
            raise BadRuling(Message("say-who-you-are"))
        return self.session.editor

    @property
    def opened(self) -> OpenDocument:
        """The document that is asked for. Raises LookupError when it is not open."""
        found = self.workspace.document(self.request.path_params["key"])
        if found is None:
            raise LookupError("there is no such document here")
        return found

    def text(self, name: str, default: str = "") -> str:
        """A text of the body."""
        value = self.data.get(name, default)
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise BadRuling(Message("field-no-text", name=name))
        if any("\ud800" <= c <= "\udfff" for c in value):
            raise BadRuling(Message("field-half-character", name=name))
        return value

    def names(self, name: str) -> list[str]:
        """A list of texts of the body."""
        value = self.data.get(name, [])
        if not isinstance(value, list) or len(value) > _MOST or not all(isinstance(v, str) for v in value):
            raise BadRuling(Message("field-no-list", name=name))
        return value


def language(request: Request) -> Lang:
    """The language of the page from which a request comes."""
    kept, usual = request.cookies.get("collation-lang", ""), request.app.state.lang
    return next((x for x in LANGS if x == kept), usual)


def answering(work: Callable[[Asked], dict[str, Any] | Response]) -> Callable[[Request], Awaitable[Response]]:
    """The function as a route: it runs in a thread, and what goes wrong is answered in a sentence."""

    @wraps(work)
    async def route(request: Request) -> Response:
        try:
            data = parse(await request.body() or b"{}") if request.method == "POST" else {}
            if not isinstance(data, dict):
                raise ValueError("no object")
        except ValueError:
            return JSONResponse({"error": "the request is no JSON"}, 400)
        workspace, access = request.app.state.workspace, request.app.state.access
        asked = Asked(workspace, access, request.state.session, data, request)
        lang = language(request)
        try:
            made = await run_in_threadpool(work, asked)
            return made if isinstance(made, Response) else JSONResponse(made)
        except Conflict as conflict:
            return JSONResponse(await run_in_threadpool(_conflict, asked, conflict), 409)
        except LookupError as error:
            log.warning("refused: nothing under that name (%.200r)", request.url.path)
            return JSONResponse({"error": str(error)}, 404)
        except (BadRuling, BadQuestion) as error:
            return JSONResponse({"error": error.message.text(lang)}, 422)
        except CollationError as error:
            log.error("%s", error)
            return JSONResponse({"error": error.text(lang)}, 503)

    return route


def _conflict(asked: Asked, conflict: Conflict) -> dict[str, Any]:
    editor = asked.session.editor
    return {
        "error": Message("ruled-meanwhile").text(language(asked.request)),
        "document": conflict.opened.key,
        "place": conflict.item.anchor if conflict.item else None,
        "standing": standings_view(conflict.standings, editor),
        "state": document_view(asked.workspace, conflict.opened, editor, language(asked.request)),
    }
