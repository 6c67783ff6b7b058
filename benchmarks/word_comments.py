"""Comments answered and resolved as Word does it: names for their paragraphs, and a part that says what answers what."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from lxml import etree

from collation.writers.word.package import extended_comments_part
from collation.writers.word.word_elements import W14, W15, paragraph, q, run, to_xml, w

_PARTS = ("word/comments.xml", "word/commentsExtended.xml", "word/document.xml")
_HEAD = re.compile(r"\[(\d+)\]")
EDITOR = "Анна"


def act_on_comments(path: Path, acts: Sequence[tuple[str, str, str]]) -> None:
    """Name the comments of a file; then resolve those of some entries, or answer them: act, number of the entry, text."""
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    comments, document = (etree.fromstring(parts[name]) for name in (_PARTS[0], _PARTS[2]))
    states = _states(parts, comments)
    heads = {m[1]: c for c in comments if (m := _HEAD.match("".join(c.itertext(q("t")))))}
    for act, number, text in acts:
        if act == "resolve":
            states[_name(heads[number])].set(f"{{{W15}}}done", "1")
        else:
            _answer(heads[number], text, comments, document, states)
    extended = next(iter(states.values())).getparent()
    for name, root in zip(_PARTS, (comments, extended, document), strict=True):
        parts[name] = to_xml(root)
    _register(parts, extended)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in parts.items():
            file.writestr(name, data)


def _name(comment: etree._Element) -> str:
    return comment.findall(q("p"))[-1].get(f"{{{W14}}}paraId", "")


def _states(parts: dict[str, bytes], comments: etree._Element) -> dict[str, etree._Element]:
    """The state of each comment by its name; what has no name or no state gets one."""
    if _PARTS[1] in parts:
        extended = etree.fromstring(parts[_PARTS[1]])
    else:
        extended = etree.Element(f"{{{W15}}}commentsEx", nsmap={"w15": W15})
    states = {state.get(f"{{{W15}}}paraId", ""): state for state in extended}
    for number, comment in enumerate(comments, 0x100):
        if not _name(comment):
            comment.findall(q("p"))[-1].set(f"{{{W14}}}paraId", f"{number:08X}")
        if _name(comment) not in states:
            state = etree.SubElement(extended, f"{{{W15}}}commentEx")
            state.set(f"{{{W15}}}paraId", _name(comment))
            state.set(f"{{{W15}}}done", "0")
            states[_name(comment)] = state
    return states


def _answer(
    head: etree._Element,
    text: str,
    comments: etree._Element,
    document: etree._Element,
    states: dict[str, etree._Element],
) -> None:
    """Answer a comment: a comment of its own, anchored at the same words."""
    name, number = f"{0x5000 + len(comments):08X}", str(5000 + len(comments))
    made = w("comment", paragraph(run(text)), id=number, author=EDITOR, date="2026-03-04T05:07:00Z", initials="А")
    made[-1].set(f"{{{W14}}}paraId", name)
    comments.append(made)
    state = etree.SubElement(next(iter(states.values())).getparent(), f"{{{W15}}}commentEx")
    for key, value in (("paraId", name), ("paraIdParent", _name(head)), ("done", "0")):
        state.set(f"{{{W15}}}{key}", value)
    own = head.get(q("id"))
    for kind in ("commentRangeStart", "commentRangeEnd", "commentReference"):
        there = next(e for e in document.iter(q(kind)) if e.get(q("id")) == own)
        if kind == "commentReference":
            there.getparent().addnext(w("r", w(kind, id=number)))
        else:
            there.addnext(w(kind, id=number))


def _register(parts: dict[str, bytes], extended: etree._Element) -> None:
    """Give a new part its type and its relation."""
    made = extended_comments_part(extended)
    types, relations = "[Content_Types].xml", "word/_rels/document.xml.rels"
    if b"commentsExtended" not in parts[types]:
        own = f'<Override PartName="{made.name}" ContentType="{made.content_type}"/></Types>'
        parts[types] = parts[types].replace(b"</Types>", own.encode())
        own = f'<Relationship Id="rIdEx" Type="{made.relation}" Target="commentsExtended.xml"/></Relationships>'
        parts[relations] = parts[relations].replace(b"</Relationships>", own.encode())
