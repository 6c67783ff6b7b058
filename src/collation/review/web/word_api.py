"""What the page asks of the word list: a place's words listed as right, and taken out again.

``POST /api/documents/{key}/word`` with ``place`` (the anchor of an entry) and ``scope`` ("document" or "everywhere"; "here"
is a ruling) answers ``word``, ``scope``, ``added`` (False: it was listed before, nothing to take back), ``still`` (whether
the place is doubted all the same, for more than its word) and ``state`` (as after a ruling). ``POST
/api/documents/{key}/word/undo`` with that ``word`` and ``scope`` takes it out and answers ``removed`` and ``state``. In both
cases the document was examined anew: entries have come or gone, so the page has to be fetched again. The other open
documents that may hold the word are examined in the background.
"""

from __future__ import annotations

from typing import Any

from collation.errors import BadRuling, Message
from collation.project.word_list import remove_word
from collation.review.listing import REACHES, Reach, list_word, may_hold
from collation.review.web.open_document import OpenDocument
from collation.review.web.requests import Asked, answering, language
from collation.review.web.views import document_view


@answering
def post_word(asked: Asked) -> dict[str, Any]:
    """List the words of a place."""
    opened, workspace = asked.opened, asked.workspace
    entry, reach = opened.item(asked.text("place")).entry, _reach(asked)
    with workspace.held():
        made = list_word(workspace.words, opened.path, entry, reach, editor=asked.editor, now=workspace.now())
    again = _examine_again(asked, opened, made.listed.word, reach)
    still = any(e.place == entry.place for e in again.entries)
    told = {"word": made.listed.word, "scope": reach, "added": made.added, "still": still}
    return {**told, "state": _state(asked, again)}


@answering
def post_word_back(asked: Asked) -> dict[str, Any]:
    """Take a word out of the list."""
    opened, reach, workspace = asked.opened, _reach(asked), asked.workspace
    path, listed = workspace.words.listed(opened.path, asked.text("word"), everywhere=reach == "everywhere")
    listed.line()  # refuses what is no word
    with workspace.held():
        removed = remove_word(path, listed)
    again = _examine_again(asked, opened, listed.word, reach)
    return {"word": listed.word, "scope": reach, "removed": removed, "state": _state(asked, again)}


def _examine_again(asked: Asked, opened: OpenDocument, word: str, reach: Reach) -> OpenDocument:
    """The document examined anew; everywhere, the others follow in the background."""
    workspace = asked.workspace
    again = workspace.add(opened.path, workspace.examined(opened.path))
    if reach == "everywhere":
        others = [
            d.path for d in list(workspace.documents.values()) if d is not again and may_hold(d.source.text, word)
        ]
        workspace.examine_again(others)
    return again


def _reach(asked: Asked) -> Reach:
    found = next((reach for reach in REACHES if reach == asked.text("scope")), None)
    if found is None:
        raise BadRuling(Message("word-scope"))
    return found


def _state(asked: Asked, opened: OpenDocument) -> dict[str, Any]:
    return document_view(asked.workspace, opened, asked.session.editor, language(asked.request))
