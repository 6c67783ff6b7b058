"""A measuring set of our own: documents written for it, and misreadings made in them one by one by hand.

usage: python benchmarks/by_hand.py OUT
       python benchmarks/accuracy.py --set OUT

``by_hand/`` has the sound documents, a header, the Russian and its translation, all written for this set, and
``misreadings.jsonl``: what a reader who knew nothing of the program made of them, a line each. Nothing is learned from
them, so anybody may read all of their errors. OUT gets what ``accuracy.py`` measures: the misread documents, ``gold.jsonl``
and ``manifest.tsv``, which names the sound documents too (track T0), where every flag is a false alarm.

A misreading names its document, a stretch of it that stands there once (``find``), that stretch as it was misread (``sic``),
the kind and the side. ``opposite`` is the place of the other side that says the same, where a difference of values or names
may be seen there as well.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).parent / "by_hand"
MISREADINGS = FOLDER / "misreadings.jsonl"
SOUND, MISREAD = "T0", "T4"  # tracks of the manifest
_RUSSIAN_WORD = re.compile(r"[а-яё]+(?:-[а-яё]+)*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Misreading:
    """A stretch of a sound document and what it was misread as: offsets of the sound text, what differs alone."""

    start: int
    stop: int
    sic: str
    kind: str
    side: str
    opposite: tuple[int, int] | None


def misreadings(texts: dict[str, str], lines: Sequence[str]) -> dict[str, list[Misreading]]:
    """The misreadings of each document, in order. Raises ValueError for one that does not fit its document."""
    found: dict[str, list[Misreading]] = defaultdict(list)
    for number, line in enumerate(lines, 1):
        row = json.loads(line)
        text = texts[row["doc"]]
        start, stop = _once(text, row["find"], number)
        before, after = _common(row["find"], row["sic"])
        sic = row["sic"][before : len(row["sic"]) - after]
        opposite = _once(text, row["opposite"], number) if row.get("opposite") else None
        found[row["doc"]].append(Misreading(start + before, stop - after, sic, row["kind"], row["side"], opposite))
    for name, own in found.items():
        own.sort(key=lambda m: (m.start, m.stop))
        if any(one.stop > other.start for one, other in zip(own, own[1:], strict=False)):
            raise ValueError(f"two misreadings of {name} are at one place")
    return dict(found)


def misread(name: str, text: str, own: Sequence[Misreading]) -> tuple[str, list[dict[str, object]]]:
    """The document as it was misread, and its gold at offsets of that text."""
    parts, gold, position, shift = [], [], 0, 0
    for m in own:
        parts += [text[position : m.start], m.sic]
        gold.append({"doc": name, "track": MISREAD, "start": m.start + shift, "end": m.start + shift + len(m.sic), "sic": m.sic,
                     "corr": [text[m.start : m.stop]], "kind": m.kind, "side": m.side, "must": True})  # fmt: skip
        position = m.stop
        shift += len(m.sic) - (m.stop - m.start)
    for m, row in zip(own, gold, strict=True):
        if m.opposite is not None:
            start, stop = (at + sum(len(o.sic) - (o.stop - o.start) for o in own if o.stop <= at) for at in m.opposite)
            other = "en" if m.side == "ru" else "ru"
            row["alt"] = {"side": other, "start": start, "end": stop, "text": m.sic}
    return "".join([*parts, text[position:]]), gold


def _once(text: str, snippet: str, number: int) -> tuple[int, int]:
    if text.count(snippet) != 1:
        raise ValueError(f"line {number}: {snippet!r} is there {text.count(snippet)} times")
    start = text.index(snippet)
    return start, start + len(snippet)


def _common(one: str, other: str) -> tuple[int, int]:
    """How many whole words two stretches share at their beginnings and at their ends, in characters."""
    most = min(len(one), len(other))
    before = next((i for i in range(most) if one[i] != other[i]), most)
    while before and any(_within(text, before) for text in (one, other)):
        before -= 1
    after = next((i for i in range(most - before) if one[-1 - i] != other[-1 - i]), most - before)
    while after and any(_within(text, len(text) - after) for text in (one, other)):
        after -= 1
    return before, after


def _within(text: str, at: int) -> bool:
    """Whether an offset is inside a word."""
    return 0 < at < len(text) and text[at - 1].isalnum() and text[at].isalnum()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    args = parser.parse_args()
    texts = {path.name: path.read_bytes().decode("utf-8") for path in sorted(FOLDER.glob("*.txt"))}
    found = misreadings(texts, MISREADINGS.read_text(encoding="utf-8").splitlines())
    args.out.mkdir(parents=True, exist_ok=True)
    rows, gold = ["doc\ttrack\tru_words"], []
    for name, text in texts.items():
        noisy, own = misread(name, text, found.get(name, []))
        gold += own
        for track, content, label in ((MISREAD, noisy, name), (SOUND, text, f"sound-{name}")):
            (args.out / label).write_bytes(content.encode("utf-8"))
            rows.append(f"{label}\t{track}\t{len(_RUSSIAN_WORD.findall(content))}")
    lines = [json.dumps(row, ensure_ascii=False) for row in gold]
    (args.out / "gold.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (args.out / "manifest.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    print(f"{len(texts)} documents, {len(gold)} misreadings")


if __name__ == "__main__":
    main()
