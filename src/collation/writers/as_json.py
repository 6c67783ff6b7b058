"""The apparatus as JSON, and back: the identity, with the entries' words added for those who read JSON
by eye.

A place is a list of [start, stop] pairs, named values are an object, everything else has the name of its
field in the model; one entry, one row, one sentence of trail a line, so that two runs can be compared
with diff. The fields ``where`` and ``words`` are derived and are ignored when read. The form is
described by ``apparatus.schema.json``.
"""

from __future__ import annotations

import json
from dataclasses import MISSING, fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from types import UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from collation.decisions.placing import Book
from collation.errors import Message, UnreadableInput
from collation.model import Apparatus, Place, Span
from collation.model.apparatus import IF_ANY
from collation.model.document import FROM_THE_LOG
from collation.writers.layout import Layout, lay_out
from collation.writers.marks import Numbered
from collation.writers.phrases import LANGS, Lang, in_quotes, without_marks
from collation.writers.wording import in_words

FORMAT = "collation-apparatus"
VERSION = 1
_NAMED = tuple[tuple[str, str], ...]


def write_json(apparatus: Apparatus, *, lang: Lang = "en", book: Book | None = None) -> str:
    """The apparatus as JSON. ``lang`` changes nothing: the words are there in both languages; nor does ``book``: the
    apparatus is what the program found, whatever was ruled on it.
    """
    layout = lay_out(apparatus)
    numbered = {id(item.entry): item for item in layout.items}
    data = {"format": FORMAT, "version": VERSION, **_encode(apparatus, Apparatus)}
    for entry, written in zip(apparatus.entries, data["entries"], strict=True):
        written |= _derived(numbered[id(entry)], layout)
    return _lines(data) + "\n"


def read_json(text: str, *, path: str | None = None) -> Apparatus:
    """The apparatus in a JSON text. Raises UnreadableInput when it is none, or of a later version."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT or data["version"] > VERSION:
            raise ValueError(f"version {data['version']} of {data['format']}")
        found = _decode(data, Apparatus)
    except (KeyError, TypeError, ValueError) as error:
        raise UnreadableInput(Message("apparatus-unreadable", reason=error), path=path) from error
    assert isinstance(found, Apparatus)
    return found


def schema() -> dict[str, Any]:
    """The published JSON Schema of the form."""
    found = json.loads((Path(__file__).parent / "apparatus.schema.json").read_text(encoding="utf-8"))
    assert isinstance(found, dict)
    return found


def _derived(item: Numbered, layout: Layout) -> dict[str, Any]:
    start = item.entry.place.start
    source = layout.source
    where = {"number": item.number, "line": source.line(start), "column": source.column(start)}
    return {"where": where, "words": {lang: _words(item, layout, lang) for lang in LANGS}}


def _words(item: Numbered, layout: Layout, lang: Lang) -> dict[str, Any]:
    said = in_words(item, layout, lang)
    return {
        "place": said.where,
        "proposal": without_marks(said.proposal),
        "certainty": said.certainty,
        "why": [in_quotes(a.sentence, lang) for a in said.why],
        "against": [in_quotes(a.sentence, lang) for a in said.against],
        "hand": said.hand,
        "ruling": said.ruling,
        "note": said.note,
    }


def _lines(data: dict[str, Any]) -> str:
    """JSON with a line for each item of the lists at the top."""
    parts = []
    for key, value in data.items():
        if isinstance(value, list) and value:
            items = ",\n".join("  " + _dump(item) for item in value)
            parts.append(f"{_dump(key)}: [\n{items}\n ]")
        else:
            parts.append(f"{_dump(key)}: {_dump(value)}")
    return "{\n " + ",\n ".join(parts) + "\n}"


def _dump(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    left_out = {f.name for f in fields(kind) if f.metadata == FROM_THE_LOG}
    return {
        name: hint for name, hint in get_type_hints(kind).items() if not name.startswith("_") and name not in left_out
    }


@lru_cache(maxsize=64)
def _if_any(kind: type) -> frozenset[str]:
    """The fields that are written only where they hold something."""
    return frozenset(f.name for f in fields(kind) if f.metadata == IF_ANY)


def _encode(value: Any, hint: Any) -> Any:
    if isinstance(value, Place):
        return [[span.start, span.stop] for span in value.spans]
    if hint == _NAMED and len(dict(value)) == len(value):
        return dict(value)
    if get_origin(hint) is UnionType:
        return _encode(value, next(h for h in get_args(hint) if h is not type(None)))
    kind: type = type(value)
    if is_dataclass(kind):
        own = {name: getattr(value, name) for name in _hints(kind)}
        return {
            name: _encode(own[name], h) for name, h in _hints(kind).items() if own[name] or name not in _if_any(kind)
        }
    if isinstance(value, tuple):
        args = get_args(hint)
        return [_encode(item, args[min(i, 0 if args[-1] is ... else i)]) for i, item in enumerate(value)]
    return value


def _decode(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    if get_origin(hint) is UnionType:
        return _decode(value, next(h for h in get_args(hint) if h is not type(None)))
    if hint is Place:
        return Place(tuple(Span(start, stop) for start, stop in value))
    if hint == _NAMED and isinstance(value, dict):
        return tuple(value.items())
    if is_dataclass(hint) and isinstance(hint, type):
        return _decode_fields(value, hint)
    if get_origin(hint) is tuple:
        args = get_args(hint)
        return tuple(_decode(item, args[0 if args[-1] is ... else i]) for i, item in enumerate(value))
    if get_origin(hint) is Literal and value not in get_args(hint):
        raise ValueError(f"“{value}” is none of {', '.join(get_args(hint))}")
    return _scalar(value, hint)


def _scalar(value: Any, hint: Any) -> Any:
    if hint is float and isinstance(value, int | float):
        return float(value)
    if isinstance(hint, type) and not isinstance(value, hint):
        raise TypeError(f"{value!r} is no {hint.__name__}")
    return value


def _decode_fields(value: dict[str, Any], kind: type) -> Any:
    given = {}
    for field in fields(kind):
        if field.name in value and field.name in _hints(kind):
            given[field.name] = _decode(value[field.name], _hints(kind)[field.name])
        elif field.default is MISSING and field.default_factory is MISSING:
            raise KeyError(f"{kind.__name__}.{field.name}")
    return kind(**given)
