"""The images of pages that the page asks for: the line of an entry, and the page around it with its words boxed.

``GET /d/{key}/crop/{anchor}`` answers the crop that was made when the document was examined, ``GET /d/{key}/page/{anchor}``
a picture made from the file as it is now. Both are JPEG; what is not there is 404. Which file is opened follows from the entry
alone, never from the address.
"""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from collation.errors import CollationError
from collation.model import OnImage
from collation.project.page_crops import around
from collation.reading.page_files import page_bytes
from collation.review.web.guard import log
from collation.review.web.workspace import Workspace
from collation.system.untrusted import NotRead

_KIND = "image/jpeg"


async def get_crop(request: Request) -> Response:
    """The line of an entry."""
    image = _image(request)
    if not image.crop:
        raise HTTPException(404)
    return Response(b64decode(image.crop), media_type=_KIND)


async def get_page(request: Request) -> Response:
    """The page around an entry."""
    image = _image(request)
    try:
        data = await run_in_threadpool(page_bytes, Path(image.label))
        made = await run_in_threadpool(around, data, image.number, image.box)
    except (CollationError, NotRead) as error:
        log.error("%s: %s", image.label, error)
        raise HTTPException(404) from error
    return Response(made, media_type=_KIND)


def _image(request: Request) -> OnImage:
    workspace: Workspace = request.app.state.workspace
    opened = workspace.document(request.path_params["key"])
    item = opened.by_anchor.get(request.path_params["anchor"]) if opened else None
    if item is None or item.entry.image is None:
        raise HTTPException(404)
    return item.entry.image
