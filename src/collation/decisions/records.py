"""Rulings as lines of a log and back: one JSON object a line, strict when read.

A field that this version does not know is left alone and still counts for the id, so that a newer version's
log can be read; a verdict or a scope that it does not know is refused, because to guess at a decision would
be worse than to stop.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from collation.decisions.ruling import Anchor, Change, Ruling, Shown, signed
from collation.errors import BadRuling

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


def sign(ruling: Ruling) -> Ruling:
    """The ruling with its id, made from all that it says."""
    return signed(ruling, lambda r: _identity(_body(r)))


def to_line(ruling: Ruling) -> str:
    """The ruling as one line, without its line end. Raises BadRuling when its id does not fit its content."""
    body = _body(ruling)
    if ruling.id != _identity(body):
        raise BadRuling("a ruling is signed before it is written")
    return _dump({"id": ruling.id, **body})


def from_line(line: str) -> Ruling:
    """The ruling in a line. Raises BadRuling when it is none, or when it was altered after it was written."""
    try:
        record = json.loads(line)
    except ValueError:
        raise BadRuling("this is no JSON") from None
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise BadRuling("this is no ruling, or a newer version of the program has written it")
    try:
        ruling = _ruling(record)
    except (KeyError, TypeError, ValueError) as error:
        raise BadRuling(f"a part of the ruling is missing or of the wrong kind ({error})") from None
    if ruling.id != _identity({k: v for k, v in record.items() if k != "id"}):
        raise BadRuling("the ruling was altered after it was written: its id no longer fits it")
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
    record = {name: getattr(shown, name) for name in Shown.__slots__}
    return {**record, "readings": list(shown.readings)}


def _ruling(record: dict[str, Any]) -> Ruling:
    shown = record["shown"]
    plain = {name: _of(record[name], bool if name == "checked" else str) for name in _PLAIN}
    return Ruling(
        id=_of(record["id"], str),
        anchor=_read_anchor(record["anchor"]),
        changes=tuple(
            Change(_read_anchor(c["anchor"]), _of(c["text"], str), float(c["rival"])) for c in record["changes"]
        ),
        exclusions=tuple(_read_anchor(a) for a in record["exclusions"]),
        reasons=tuple(_of(r, str) for r in record["reasons"]),
        undoes=tuple(_of(i, str) for i in record["undoes"]),
        shown=None if shown is None else Shown(**{**_known(shown), "readings": tuple(shown["readings"])}),
        **plain,
    )


def _known(shown: dict[str, Any]) -> dict[str, Any]:
    return {name: shown[name] for name in Shown.__slots__}


def _read_anchor(record: dict[str, Any]) -> Anchor:
    return Anchor(
        exact=_of(record["exact"], str),
        before=_of(record["before"], str),
        after=_of(record["after"], str),
        start=_of(record["start"], int),
        rival=float(record["rival"]),
        gaps=tuple((_of(at, int), _of(gap, str)) for at, gap in record["gaps"]),
    )


def _of(value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise TypeError(f"{value!r} is no {kind.__name__}")
    return value
