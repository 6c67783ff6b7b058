"""Rulings as lines of a log and back: one JSON object a line, strict when read.

A field that this version does not know is left alone and still counts for the id, so that a newer version's
log can be read; a verdict or a scope that it does not know is refused, because to guess at a decision would
be worse than to stop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from collation.decisions.ruling import Anchor, Change, Ruling, Shown, signed
from collation.decisions.strict_json import parse
from collation.errors import BadRuling, DamagedLog, Message

FORMAT = 1
_PLAIN = (
    "document",
    "digest",
    "side",
    "verdict",
    "editor",
    "time",
    "scope",
    "note",
    "checked",
    "batch",
    "version",
)


@dataclass(frozen=True, slots=True)
class Log:
    """What a log holds; ``torn`` is the unfinished last line of a write that was never acknowledged.

    ``damaged`` are the lines that are no rulings and do not count, each an error with its line and the reason; one
    without a line says that the whole log could not be read. ``named`` are the ids that damaged lines still bear.
    """

    path: Path
    rulings: tuple[Ruling, ...]
    torn: bytes = b""
    damaged: tuple[DamagedLog, ...] = ()
    named: frozenset[str] = frozenset()

    @property
    def unreadable(self) -> bool:
        """Whether nothing is known of what is in it."""
        return any(error.line is None for error in self.damaged)


def with_id(ruling: Ruling) -> Ruling:
    """The ruling with its id, made from all that it says."""
    return signed(ruling, lambda r: _identity(_body(r)))


def content_id(ruling: Ruling) -> str:
    """The id that the ruling would have if it followed none: the same for one decision wherever it is written."""
    return _identity(_body(replace(ruling, after=()))) if ruling.after else ruling.id


def to_line(ruling: Ruling) -> str:
    """The ruling as one line, without its line end. Raises BadRuling when its id does not fit its content, and when
    it has half a character in it, because no line with one is ever read again.
    """
    body = _body(ruling)
    if ruling.id != _identity(body):
        raise BadRuling(Message("ruling-unsigned"))
    line = _dump({"id": ruling.id, **body})
    from_line(line)
    return line


def from_line(line: str) -> Ruling:
    """The ruling in a line. Raises BadRuling when it is none, or when it was altered after it was written."""
    try:
        record = parse(line)
        json.dumps(record, ensure_ascii=False).encode("utf-8")
    except json.JSONDecodeError:
        raise BadRuling(Message("not-json")) from None
    except UnicodeEncodeError:
        raise BadRuling(Message("ruling-half-character")) from None
    except ValueError as error:
        raise BadRuling(Message("not-a-ruling", reason=error)) from None
    if not isinstance(record, dict) or record.get("format") != FORMAT or isinstance(record["format"], bool | float):
        raise BadRuling(Message("ruling-unknown"))
    try:
        ruling = _ruling(record)
    except (KeyError, TypeError, ValueError, OverflowError) as error:
        raise BadRuling(Message("ruling-part-wrong", reason=error)) from None
    if ruling.id != _identity({k: v for k, v in record.items() if k != "id"}):
        raise BadRuling(Message("ruling-altered"))
    return ruling


def _identity(body: Mapping[str, Any]) -> str:
    return hashlib.sha256(_dump(body).encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _dump(value: Mapping[str, Any]) -> str:
    """Compact JSON in one line; a lone surrogate, which no encoding can hold, is escaped."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    if any("\ud800" <= c <= "\udfff" or c in "\u0085\u2028\u2029" for c in text):
        return json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text


def _body(ruling: Ruling) -> dict[str, Any]:
    body: dict[str, Any] = {"format": FORMAT, "anchor": _anchor(ruling.anchor)}
    body.update({name: getattr(ruling, name) for name in _PLAIN})
    body["changes"] = [{"anchor": _anchor(c.anchor), "text": c.text, "rival": c.rival} for c in ruling.changes]
    body["exclusions"] = [_anchor(a) for a in ruling.exclusions]
    body["reasons"], body["undoes"] = list(ruling.reasons), list(ruling.undoes)
    body["shown"] = _shown(ruling.shown)
    if ruling.after:  # a record of 0.1 has no such field, and its id is of what it has
        body["after"] = list(ruling.after)
    return body


def _anchor(anchor: Anchor) -> dict[str, Any]:
    return {
        "exact": anchor.exact,
        "before": anchor.before,
        "after": anchor.after,
        "start": anchor.start,
        "rival": anchor.rival,
        "gaps": [list(gap) for gap in anchor.gaps],
    }


def _shown(shown: Shown | None) -> dict[str, Any] | None:
    if shown is None:
        return None
    record = {name: getattr(shown, name) for name in Shown.__slots__ if name != "witnesses"}
    sigla = {"witnesses": list(shown.witnesses)} if shown.witnesses else {}
    return {**record, "readings": list(shown.readings), **sigla}


def _ruling(record: dict[str, Any]) -> Ruling:
    shown = record["shown"]
    plain = {name: _of(record[name], bool if name == "checked" else str) for name in _PLAIN}
    return Ruling(
        id=_of(record["id"], str),
        anchor=_read_anchor(record["anchor"]),
        changes=tuple(_change(_of(c, dict)) for c in _of(record["changes"], list)),
        exclusions=tuple(_read_anchor(a) for a in _of(record["exclusions"], list)),
        reasons=_texts(record["reasons"]),
        undoes=_texts(record["undoes"]),
        after=_texts(record.get("after", [])),
        shown=None if shown is None else _read_shown(_of(shown, dict)),
        **plain,
    )


def _change(record: dict[str, Any]) -> Change:
    return Change(_read_anchor(record["anchor"]), _of(record["text"], str), _number(record["rival"]))


def _read_shown(record: dict[str, Any]) -> Shown:
    others = ("probability", "readings", "witnesses")
    plain = {name: _text(record[name]) for name in Shown.__slots__ if name not in others}
    return Shown(
        **plain,
        probability=_number(record["probability"]),
        readings=_texts(record["readings"]),
        witnesses=_texts(record.get("witnesses", [])),
    )


def _read_anchor(record: dict[str, Any]) -> Anchor:
    return Anchor(
        exact=_of(record["exact"], str),
        before=_of(record["before"], str),
        after=_of(record["after"], str),
        start=_of(record["start"], int),
        rival=_number(record["rival"]),
        gaps=tuple((_of(at, int), _of(gap, str)) for at, gap in record["gaps"]),
    )


def _text(value: Any) -> Any:
    return _of(value, str)


def _texts(value: Any) -> tuple[str, ...]:
    return tuple(_text(item) for item in _of(value, list))


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError(f"{str(value)[:40]!r} is no number")
    return float(value)


def _of(value: Any, kind: type) -> Any:
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise TypeError(f"{str(value)[:40]!r} is no {kind.__name__}")
    return value
