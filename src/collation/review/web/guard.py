"""Who may speak to the review page: nothing gets past this file without a right Host, Origin and cookie.

The server listens on this computer only, but any page open in the same browser can send it requests, and any
name on the net can be made to point at 127.0.0.1. So the Host must be our own address, a request that changes
something must come from our own page, and the reader must hold a cookie that was exchanged, once, for the token
in the address that the program opened. Bodies are read whole before anything acts on them, up to one megabyte, chosen files up to 32.
Whatever is refused is logged. Pure ASGI, so that it comes before the routes and sees every answer.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from urllib.parse import parse_qs

from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

log = logging.getLogger("collation.review")

LARGEST_BODY = 1_000_000
LARGEST_UPLOAD = 32_000_000
"""Bytes of a chosen file, or of two: as many as two documents may have."""
ENTER = "/enter"
OPEN_TO_ALL = "/static/"
UPLOAD = "/api/documents"
_ONWARD = '<!DOCTYPE html><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/"><a href="/">collation</a>'
_SAFE = ("GET", "HEAD")
_MOST_SESSIONS = 200
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
    "img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(slots=True)
class BrowserSession:
    """One browser that has come in, and the name of the editor who sits at it."""

    editor: str


class Refused(Exception):
    """A request that does not get in: the status, and what is answered to whoever sent it."""

    def __init__(self, status: int, message: str, why: str) -> None:
        super().__init__(message)
        self.status, self.message, self.why = status, message, why


class BrowserAccess:
    """The tokens that were given out, and the browsers that came in with one.

    A token holds as long as the program runs: were it good for one browser only, whoever came first could lock its
    owner out. So it is shown to nobody but the owner: on the terminal and in a file that only the owner reads.
    """

    def __init__(self, port: int) -> None:
        names = [f"{host}:{port}" for host in ("127.0.0.1", "localhost")]
        self.hosts = frozenset([*names, "127.0.0.1", "localhost"] if port == 80 else names)
        self.origins = frozenset(f"http://{host}" for host in self.hosts)
        self.cookie = f"collation-{port}"  # browsers ignore the port when they send cookies
        self._address = f"http://127.0.0.1:{port}{ENTER}?token="
        self._invited: dict[str, str] = {}
        self._inside: dict[str, BrowserSession] = {}

    def invite(self, editor: str) -> str:
        """An address that lets its owner in, from any browser of this computer."""
        token = secrets.token_urlsafe(32)
        self._invited[_digest(token)] = editor
        return self._address + token

    def enter(self, token: str) -> str | None:
        """The cookie for a token, or None when it is not known."""
        editor = self._invited.get(_digest(token))
        if editor is None:
            return None
        key = secrets.token_urlsafe(32)
        self._inside[_digest(key)] = BrowserSession(editor)
        while len(self._inside) > _MOST_SESSIONS:
            self._inside.pop(next(iter(self._inside)))
        return key

    def session(self, key: str) -> BrowserSession | None:
        """The session of a cookie."""
        return self._inside.get(_digest(key))


def _digest(value: str) -> str:
    """Secrets are looked up by digest, so that the time of a look-up says nothing about them."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


class Guard:
    """The middleware."""

    def __init__(self, app: ASGIApp, access: BrowserAccess) -> None:
        self.app, self.access = app, access

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":
            await send({"type": "websocket.close", "code": 1008})
            return
        answer = _with_headers(send)
        try:
            response = await self._admit(scope, receive)
        except Refused as refused:
            log.warning("refused: %s (%s %.200r)", refused.why, scope["method"], scope["path"])
            await _answer_to(refused, scope)(scope, receive, answer)
            return
        if isinstance(response, Response):
            await response(scope, receive, answer)
        else:
            await self.app(scope, _replay(response, receive), answer)

    async def _admit(self, scope: Scope, receive: Receive) -> Response | bytes:
        """The body of a request that may pass, or the answer to one that ends here."""
        headers = _headers(scope)
        self._check_sender(scope, headers)
        if scope["path"] == ENTER:
            return self._enter(scope, headers)
        if not scope["path"].startswith(OPEN_TO_ALL):
            session = self._session(headers)
            if session is None:
                raise Refused(403, "Open the page with the address that the program printed.", "no cookie")
            scope.setdefault("state", {})["session"] = session
        if scope["method"] in _SAFE:
            return b""
        return await _body(scope, headers, receive)

    def _check_sender(self, scope: Scope, headers: dict[str, str]) -> None:
        if headers.get("host", "") not in self.access.hosts:
            raise Refused(421, "This is not the address of the review page.", f"foreign Host {_shown(headers, 'host')}")
        if scope["method"] not in (*_SAFE, "POST"):
            raise Refused(405, "The review page does not know this method.", "method")
        origin, site = headers.get("origin"), headers.get("sec-fetch-site", "none")
        if origin is not None and origin not in self.access.origins:
            raise Refused(403, "The request comes from another page.", f"foreign Origin {_shown(headers, 'origin')}")
        if site not in ("same-origin", "none") and scope["path"] != ENTER:
            raise Refused(403, "The request comes from another page.", f"fetched from a page that is {site[:20]}")
        if scope["method"] == "POST" and origin is None:
            raise Refused(403, "The request does not say where it comes from.", "no Origin")

    def _enter(self, scope: Scope, headers: dict[str, str]) -> Response:
        if scope["method"] == "HEAD":
            return Response("")  # a preview of the address; nobody comes in, and nothing is said of the token
        token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[0]
        key = self.access.enter(token)
        if key is None:
            if self._session(headers) is not None:
                return RedirectResponse("/", 303)
            raise Refused(
                403, "This address is of another time; open the one that the program printed.", "unknown token"
            )
        # A browser sends a strict cookie to where it is led from another page only when our own page leads there.
        own = headers.get("sec-fetch-site", "none") in ("same-origin", "none")
        response: Response = RedirectResponse("/", 303) if own else HTMLResponse(_ONWARD)
        response.set_cookie(self.access.cookie, key, httponly=True, samesite="strict", path="/")
        return response

    def _session(self, headers: dict[str, str]) -> BrowserSession | None:
        try:
            found = SimpleCookie(headers.get("cookie", "")).get(self.access.cookie)
        except CookieError:
            return None
        return self.access.session(found.value) if found else None


def _headers(scope: Scope) -> dict[str, str]:
    """The headers by name. One that comes twice is joined, and then fits nothing that is asked of it."""
    found: dict[str, str] = {}
    for name, value in scope["headers"]:
        key = name.decode("latin-1").lower()
        text = value.decode("latin-1")
        found[key] = f"{found[key]}; {text}" if key in found else text
    return found


def _shown(headers: dict[str, str], name: str) -> str:
    return repr(headers.get(name, "")[:100])


async def _body(scope: Scope, headers: dict[str, str], receive: Receive) -> bytes:
    """The whole body. Raises Refused when it is too large or of a kind that a foreign form could send."""
    wanted = "application/octet-stream" if scope["path"] == UPLOAD else "application/json"
    if headers.get("content-type", "").split(";")[0].strip().lower() != wanted:
        raise Refused(415, "The request is of a kind that is not taken.", "content type")
    most = LARGEST_UPLOAD if scope["path"] == UPLOAD else LARGEST_BODY
    length = headers.get("content-length", "0")
    parts: list[bytes] = []
    size = int(length) if length.isdecimal() else 0
    while size <= most:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refused(400, "The request broke off.", "broken off")
        parts.append(message.get("body", b""))
        size = sum(map(len, parts))
        if not message.get("more_body"):
            break
    if size > most:
        raise Refused(413, f"That is more than {most // 1_000_000} MB; it was not taken.", f"a body of {size} bytes")
    return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    """The body given once more to the routes; afterwards what the connection sends."""
    given: Iterable[Message] = [{"type": "http.request", "body": body, "more_body": False}]
    rest = iter(given)

    async def again() -> Message:
        return next(rest, None) or await receive()

    return again


def _with_headers(send: Send) -> Send:
    """Sends with the headers that every answer has."""
    extra = [(name.lower().encode(), value.encode()) for name, value in HEADERS.items()]

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in extra}
            kept = [(n, v) for n, v in message.get("headers", ()) if n.lower() not in own]
            message = {**message, "headers": [*kept, *extra]}
        await send(message)

    return sending


def _answer_to(refused: Refused, scope: Scope) -> Response:
    close = {"Connection": "close"} if refused.status == 413 else None
    if scope["path"].startswith("/api/"):
        return JSONResponse({"error": refused.message}, refused.status, headers=close)
    return PlainTextResponse(refused.message + "\n", refused.status, headers=close)
