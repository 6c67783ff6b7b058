"""What the page asks and sends: JSON in, JSON out, one function for each request.

Every answer to a change carries the state of the document after it, so that the page never has to guess.
"""

from __future__ import annotations

import secrets
from typing import Any

from collation.decisions.in_force import Standing, subject_of
from collation.decisions.ruling import REASONS, SIDES, VERDICTS, Ruling, reader
from collation.errors import BadRuling, Message
from collation.model import Place
from collation.review.rulings_from_choices import Choice, Signature, make_finding, make_follow_up, proposed, stamp
from collation.review.web.open_document import Conflict, OpenDocument
from collation.review.web.requests import Asked, answering, language
from collation.review.web.views import document_view, group_view
from collation.review.web.workspace import Workspace
from collation.writers.wording import one_line


@answering
def get_document(asked: Asked) -> dict[str, Any]:
    """The state of a document; only the revision, when nothing has changed since the one that is named."""
    asked.workspace.state()
    known = asked.request.query_params.get("since", "")
    if known == str(asked.workspace.revision):
        return {"revision": asked.workspace.revision}
    return document_view(asked.workspace, asked.opened, asked.session.editor, language(asked.request))


@answering
def post_ruling(asked: Asked) -> dict[str, Any]:
    """A ruling on an entry, or on the place of somebody's ruling."""
    opened, editor = asked.opened, asked.editor
    if "on" in asked.data:
        made = _follow(asked)
    else:
        item = opened.item(asked.text("place"))
        wanted = proposed(item.entry) if asked.text("verdict") == "proposed" else _choice(asked)
        choice = _with_note(asked, wanted)
        made = asked.workspace.decide([(opened, item, choice)], editor, seen=asked.names("seen"))
    return _done(asked, opened, made)


@answering
def post_note(asked: Asked) -> dict[str, Any]:
    """One's own ruling once more, with another note."""
    opened, editor = asked.opened, asked.editor
    with asked.workspace.held():
        state = asked.workspace.state()
        last = next(
            (r for r in reversed(state.history) if r.id == asked.text("on") and r.reader == reader(editor)), None
        )
        if last is None:
            raise BadRuling(Message("no-ruling-for-note"))
        signature = Signature(editor, stamp(asked.workspace.now(), state.history), asked.workspace.version)
        again = make_follow_up(last, signature, choice=_with_note(asked, Choice(last.verdict)))
        return _done(asked, opened, asked.workspace.write([(opened, again)]))


@answering
def post_finding(asked: Asked) -> dict[str, Any]:
    """A finding of the editor's own, from words selected in the text."""
    opened, editor = asked.opened, asked.editor
    place = _selected(asked, opened)
    side = asked.text("side")
    if side not in SIDES:
        raise BadRuling(Message("words-on-no-side"))
    own = asked.data.get("own")
    choice = Choice("added", own=None if own is None else asked.text("own"))
    with asked.workspace.held():
        state = asked.workspace.state()
        signature = Signature(editor, stamp(asked.workspace.now(), state.history), asked.workspace.version)
        made = make_finding(opened.source, place, side, _with_note(asked, choice), signature)
        _check_seen(asked, opened, [s for s in state.on(opened.source) if s.subject == subject_of(made)])
        return _done(asked, opened, asked.workspace.write([(opened, made)]))


@answering
def post_group(asked: Asked) -> dict[str, Any]:
    """One decision on many places. Those that somebody has ruled on meanwhile are left out and named."""
    verdict = next((v for v in VERDICTS if v == asked.text("verdict") and v in ("accept", "reject")), None)
    if verdict is None:
        raise BadRuling(Message("group-verdict"))
    with asked.workspace.held():
        asked.workspace.state()
        wanted, late = [], []
        for name in dict.fromkeys(asked.names("places")):
            key, _, anchor = name.partition("/")
            opened = asked.workspace.document(key)
            if opened is None:
                raise LookupError("there is no such document here")
            item = opened.item(anchor)
            if not asked.workspace.is_open((opened, item)):
                late.append((opened, item))
            else:
                wanted.append((opened, item, _with_note(asked, Choice(verdict))))
        if not wanted:
            raise BadRuling(Message("places-closed"))
        made = asked.workspace.decide(wanted, asked.editor, seen=(), batch=secrets.token_hex(6))
    return {**_done(asked, asked.opened, made), "late": group_view(late)}


@answering
def get_alike(asked: Asked) -> dict[str, Any]:
    """The places that one decision would reach: the same fix anywhere, or the plain spellings of the document."""
    opened = asked.opened
    asked.workspace.state()
    if asked.request.query_params.get("of") == "plain":
        return {"places": group_view(asked.workspace.plain(opened))}
    item = opened.item(asked.request.query_params.get("place", ""))
    return {"places": group_view(asked.workspace.alike(opened, item))}


@answering
def post_undo(asked: Asked) -> dict[str, Any]:
    """Take back one's own last ruling, or those named."""
    undone = asked.workspace.take_back(asked.editor, asked.names("ids"))
    shown = [{"document": r.document, "lemma": one_line(r.replaced), "verdict": r.verdict} for r in undone]
    key = asked.request.query_params.get("document", "")
    opened = asked.workspace.document(key)
    state = document_view(asked.workspace, opened, asked.editor, language(asked.request)) if opened else None
    return {"undone": shown, "places": _anchors(asked.workspace, undone), "state": state}


@answering
def post_editor(asked: Asked) -> dict[str, Any]:
    """Who sits at this browser."""
    name = " ".join(asked.text("name").split())[:80]
    if not name or not name.isprintable():
        raise BadRuling(Message("name-wanted"))
    asked.session.editor = name
    return {"editor": name}


@answering
def post_invite(asked: Asked) -> dict[str, Any]:
    """An address for one more browser, to be used once."""
    return {"address": asked.access.invite("")}


# Parts.


def _choice(asked: Asked) -> Choice:
    own, reading = asked.data.get("own"), asked.data.get("reading", 0)
    verdict = next((v for v in VERDICTS if v == asked.text("verdict") and v != "undo"), None)
    side = next((s for s in SIDES if s == asked.text("side")), None)
    if verdict is None:
        raise BadRuling(Message("no-such-ruling"))
    if not isinstance(reading, int):
        raise BadRuling(Message("no-such-reading"))
    return Choice(verdict, reading=reading, own=None if own is None else asked.text("own"), side=side)


def _with_note(asked: Asked, choice: Choice) -> Choice:
    reasons = tuple(r for r in REASONS if r in asked.names("reasons"))
    checked = asked.data.get("checked") is True
    return Choice(
        choice.verdict, choice.reading, choice.own, choice.side, asked.text("note"), reasons, checked, choice.scope
    )


def _selected(asked: Asked, opened: OpenDocument) -> Place:
    """The selected words, if they are those that the page showed at that place."""
    start, stop = asked.data.get("start"), asked.data.get("stop")
    if not isinstance(start, int) or not isinstance(stop, int) or not 0 <= start < stop <= len(opened.source.text):
        raise BadRuling(Message("words-unselected"))
    if opened.source.text[start:stop] != asked.text("exact"):
        raise BadRuling(Message("words-changed"))
    return Place.at(start, stop)


def _follow(asked: Asked) -> list[Ruling]:
    """A ruling on the place of another one: the same as that one, or a rejection of it."""
    opened, verdict = asked.opened, asked.text("verdict")
    if verdict not in ("like", "reject", "needs-scan"):
        raise BadRuling(Message("no-such-ruling"))
    with asked.workspace.held():
        state = asked.workspace.state()
        first = next((r for r in state.history if r.id == asked.text("on")), None)
        if first is None or not opened.source.is_named(first.document, first.digest):
            raise BadRuling(Message("ruling-gone"))
        _check_seen(
            asked,
            opened,
            [
                s
                for s in state.on(opened.source)
                if s.subject.words == first.anchor.words and s.subject.side == first.side
            ],
        )
        signature = Signature(asked.editor, stamp(asked.workspace.now(), state.history), asked.workspace.version)
        choice = _with_note(asked, Choice(first.verdict))
        kind: Any = None if verdict == "like" else verdict
        return asked.workspace.write([(opened, make_follow_up(first, signature, verdict=kind, choice=choice))])


def _check_seen(asked: Asked, opened: OpenDocument, standings: list[Standing]) -> None:
    known = set(asked.names("seen"))
    if any(r.id not in known for s in standings for r in s.rulings):
        raise Conflict(opened, None, standings)


def _anchors(workspace: Workspace, rulings: tuple[Ruling, ...] | list[Ruling]) -> list[str]:
    """The places of rulings as the page names them, of those documents that are open."""
    found = []
    for ruling in rulings:
        opened = workspace.owner(ruling)
        place = ruling.anchor.place()
        if opened is not None:
            found += [
                f"{opened.key}/{i.anchor}" for i in opened.layout.items if place in (i.entry.place, *i.entry.places)
            ]
    return found


def _done(asked: Asked, opened: OpenDocument, made: list[Ruling]) -> dict[str, Any]:
    return {
        "made": [r.id for r in made],
        "places": _anchors(asked.workspace, made[:50]),
        "state": document_view(asked.workspace, opened, asked.session.editor, language(asked.request)),
    }
