"""Do rulings find their place again, and never another one?

Every trial takes a place of a document at random, changes the document, and asks where the ruling belongs
now. The place itself is followed through the changes, so the true answer is known. Run from the project's
root:

    python benchmarks/anchoring.py [--trials N] [--seed N] [FOLDER…]

Kinds of trial (1 to 20 edits each): *scattered* edits anywhere; *neighbours*, edits of the words next to the
place; *copied*, the passage occurs a second time elsewhere; *copied behind*, right behind itself, where
nobody can tell the two apart; *pasted twice*, the whole file is in itself a second time, before or behind, each
copy edited for itself; *retyped*, the paragraph is typed anew around the place and its old state is kept
elsewhere in the file; *deleted*, the place is taken out; *copied, then deleted*; *mended*, the readings of
other rulings and perhaps its own are in the text; *words kept*, the same where every reading contains the words that it
mends, so that only what is around them says whether it was carried out; *re-OCR*, eight words in a hundred misread anew and the
lines broken anew; *rows*, a made list of rows that are much alike, in which rows are deleted, moved, copied and put in,
and *row deleted*, the same with the row of the place deleted and none put in, which would pass for the row mended. Lists that
have the very row of the place twice are left out: nobody can tell such rows apart. Two ways are measured: ``relocate`` with the anchor alone, ``trace`` with the
reviewed text as well, which is what the program does whenever it has that text. A trial counts as found only
if the answer is the very place.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from collation.decisions.relocate import (
    Ambiguous,
    Applied,
    Found,
    Gone,
    Location,
    change_at,
    relocate,
)
from collation.decisions.ruling import Change
from collation.decisions.trace import trace
from collation.model import Place
from collation.reading import read_file

KINDS = (
    "scattered",
    "neighbours",
    "copied",
    "copied behind",
    "pasted twice",
    "retyped",
    "deleted",
    "copied, then deleted",
    "mended",
    "words kept",
    "re-OCR",
    "rows",
    "row deleted",
)
DELETED = ("deleted", "copied, then deleted", "row deleted")
SHARES = {"copied behind": 0.2, "copied, then deleted": 0.2, "mended": 0.5, "words kept": 0.5}
WORD_ERROR = 0.08
_WORD = re.compile(r"\w+(?:-\w+)*|[^\w\s]")
ROW_NAMES = ("Ким", "Ли", "Пак", "Орлов", "Петров", "Иванов")
ROW_INITIALS = "АБВГИ"
ROW_END = "Рабочие выехали на станцию вчера вечером."
_LETTERS = "абвгдежзийклмнопрстуфхцчшщъыьэюяетоаинсabcdefghiklmnoprstuvwy"


@dataclass(frozen=True)
class Edit:
    start: int
    stop: int
    text: str


@dataclass(frozen=True)
class Trial:
    """A changed text and the truth: where the place is now (None: nowhere), and whether its reading is
    there (None: the place alone is asked for).
    """

    kind: str
    before: str
    after: str
    change: Change
    truth: int | None
    masked: tuple[Change, ...] = ()
    made: bool | None = None


def apply(text: str, edits: Iterable[Edit], point: int) -> tuple[str, int]:
    """The text after the edits, and where the point has gone; an edit that would touch another is left out."""
    pieces, at, shift, end = [], 0, 0, -1
    for edit in sorted(edits, key=lambda e: (e.start, e.stop)):
        if edit.start < max(at, end):
            continue
        pieces += [text[at : edit.start], edit.text]
        if edit.stop <= point:
            shift += len(edit.text) - (edit.stop - edit.start)
        at = end = edit.stop
    return "".join([*pieces, text[at:]]), point + shift


class Maker:
    """Makes the trials of one document from one seed."""

    def __init__(self, text: str, seed: str) -> None:
        self.text = text
        self.chance = random.Random(seed)
        self.words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        self.letters = [w for w in self.words if text[w[0]].isalnum()]

    def place(self) -> Place:
        """A word mostly, sometimes two or three of them, seldom a mark."""
        kind = self.chance.random()
        if kind < 0.05:
            return Place.at(*self.chance.choice(self.words))
        i = self.chance.randrange(len(self.letters) - 3)
        last = i + (0 if kind < 0.8 else self.chance.choice((1, 1, 2)))
        return Place.at(self.letters[i][0], self.letters[last][1])

    def misread(self, word: str) -> str:
        """The word with a letter or two wrong, lost or put in; no blank at its ends, where nobody could see it."""
        letters = list(word)
        for _ in range(self.chance.choice((1, 1, 2))):
            at = self.chance.randrange(len(letters)) if letters else 0
            new = self.chance.choice(_LETTERS)
            letters[at : at + self.chance.choice((0, 1, 1, 1, 1))] = self.chance.choice(([new], [new], [new], []))
        return "".join(letters).strip()

    def edit(self, near: tuple[int, int] | None = None) -> Edit:
        """A word misread, replaced, left out, put in, or a line broken or put in."""
        start, stop = near or self.chance.choice(self.words)
        word = self.text[start:stop]
        other = self.text[slice(*self.chance.choice(self.letters))]
        match self.chance.randrange(6):
            case 0 | 1:
                return Edit(start, stop, self.misread(word))
            case 2:
                return Edit(start, stop, other)
            case 3:
                return Edit(start, stop + (self.text[stop : stop + 1] == " "), "")
            case 4:
                return Edit(start, start, f"{other} ")
            case _:
                return Edit(start, start, self.chance.choice(("\n", "\n\n", "- ", "A line of its own.\n")))

    def beside(self, place: Place, edits: Iterable[Edit]) -> list[Edit]:
        """The edits that leave the place alone: they neither touch it nor glue letters to it."""
        kept = []
        for e in edits:
            glued_left = e.stop == place.start and (e.text or self.text[: e.start])[-1:].isalnum()
            rest = e.text or self.text[e.stop : e.stop + 1]
            glued_right = e.start == place.stop and rest[:1].isalnum()
            if (e.stop <= place.start and not glued_left) or (e.start >= place.stop and not glued_right):
                kept.append(e)
        return kept

    def scattered(self, place: Place, number: int) -> list[Edit]:
        return self.beside(place, (self.edit() for _ in range(number)))

    def neighbours(self, place: Place, number: int) -> list[Edit]:
        at = next(i for i, w in enumerate(self.words) if w[1] > place.start)
        near = [w for w in self.words[max(0, at - 5) : at + 8] if not place.overlaps(Place.at(*w))]
        self.chance.shuffle(near)
        return self.beside(place, (self.edit(w) for w in near[:number]))

    def copied(self, place: Place, *, behind: bool) -> Edit:
        """The passage once more: from a few words to several lines on either side of the place."""
        reach = self.chance.choice((40, 80, 160, 400, 800))
        start = max(0, place.start - self.chance.randrange(reach))
        stop = min(len(self.text), place.stop + self.chance.randrange(reach))
        passage = self.text[start:stop]
        if behind:
            return Edit(stop, stop, f"\n{passage}\n")
        lines = [m.end() for m in re.finditer(r"\n", self.text)]
        far = [at for at in lines if at < start - 60 or at > stop + 60]
        at = self.chance.choice(far or [0])
        return Edit(at, at, f"{passage}\n")

    def trial(self, kind: str) -> Trial:
        if kind in ("rows", "row deleted"):
            return self._rows(kind)
        place = self.place()
        words = place.of(self.text)
        change = change_at(self.text, place, f"{self.misread(words)}ъ" if words[-1].isalnum() else "†")
        number = self.chance.randint(1, 20)
        if kind == "pasted twice":
            return self._pasted_twice(place, change)
        if kind == "retyped":
            return self._retyped(place, change)
        if kind == "re-OCR":
            return self._reread(place, change)
        if kind == "mended":
            return self._mended(place, change)
        if kind == "words kept":
            return self._words_kept(place)
        if kind == "neighbours":
            return self._made(
                kind,
                change,
                place,
                self.neighbours(place, min(number, 5)) + self.scattered(place, number // 2),
            )
        edits = self.scattered(place, number)
        if kind.startswith("copied"):
            edits.insert(0, self.copied(place, behind="behind" in kind))
        if kind in DELETED:
            cut = place.stop + (self.text[place.stop : place.stop + 1] == " ")
            edits = [e for e in edits if e.stop <= place.start or e.start >= cut]
            edits.append(Edit(place.start, cut, ""))
        return self._made(kind, change, place, edits)

    def _made(self, kind: str, change: Change, place: Place, edits: list[Edit]) -> Trial:
        after, now = apply(self.text, edits, place.start)
        return Trial(kind, self.text, after, change, None if kind in DELETED else now)

    def _pasted_twice(self, place: Place, change: Change) -> Trial:
        """The file once more, before itself or behind; the one or the other, or both, edited since."""
        own, now = apply(self.text, self.scattered(place, self.chance.choice((0, 0, 1, 5, 20))), place.start)
        copy, _ = apply(self.text, [self.edit() for _ in range(self.chance.choice((0, 0, 1, 5, 20)))], 0)
        between = self.chance.choice(("\n", "\n\n", ""))
        if self.chance.random() < 0.5:
            return Trial("pasted twice", self.text, own + between + copy, change, now)
        return Trial("pasted twice", self.text, copy + between + own, change, now + len(copy) + len(between))

    def _retyped(self, place: Place, change: Change) -> Trial:
        """The paragraph typed anew around the place, four to nine words in ten others, its old state kept elsewhere."""
        start = self.text.rfind("\n", 0, place.start) + 1
        stop = self.text.find("\n", place.stop)
        stop = len(self.text) if stop < 0 else stop
        share = self.chance.choice((0.4, 0.6, 0.9))
        words = [w for w in self.words if start <= w[0] and w[1] <= stop and not place.overlaps(Place.at(*w))]
        edits = [self.edit(w) for w in words if self.chance.random() < share]
        edits = self.beside(place, (e for e in edits if "\n" not in e.text))
        paragraph = self.text[start:stop]
        lines = [m.end() for m in re.finditer(r"\n", self.text) if not start - 1 <= m.start() <= stop]
        at = self.chance.choice((len(self.text), len(self.text), 0, *(self.chance.sample(lines, 1) if lines else ())))
        kept = Edit(at, at, f"\n{paragraph}\n")
        return self._made(
            "retyped", change, place, [kept, *edits, *self.scattered(place, self.chance.choice((0, 0, 3)))]
        )

    def _mended(self, place: Place, change: Change) -> Trial:
        """Other rulings next to the place and elsewhere, all known, some of them carried out."""
        at = next(i for i, w in enumerate(self.words) if w[1] > place.start)
        near = [w for w in self.words[max(0, at - 4) : at + 6] if w in self.letters][:3]
        others = [Place.at(*w) for w in near + self.chance.sample(self.letters, 4)]
        others = [p for p in dict.fromkeys(others) if not p.overlaps(place)]
        changes = [change_at(self.text, p, self.misread(p.of(self.text)) + "ъ") for p in others]
        edits = [
            Edit(p.start, p.stop, c.text) for p, c in zip(others, changes, strict=True) if self.chance.random() < 0.7
        ]
        own = [Edit(place.start, place.stop, change.text)] if self.chance.random() < 0.5 else []
        after, now = apply(self.text, edits + own, place.start)
        return Trial("mended", self.text, after, change, now, tuple(changes))

    def _words_kept(self, place: Place) -> Trial:
        """Rulings next to the place and elsewhere that put words before, behind or around what is there."""
        at = next(i for i, w in enumerate(self.words) if w[1] > place.start)
        near = [w for w in self.words[max(0, at - 4) : at + 6] if w in self.letters][:2]
        places = [place, *(Place.at(*w) for w in near + self.chance.sample(self.letters, 2))]
        places = [p for p in dict.fromkeys(places) if p is place or not p.overlaps(place)]
        changes = [change_at(self.text, p, self._with_words(p)) for p in places]
        own, *others = (self.chance.random() < 0.6 for _ in places)
        done = [own, *others]
        edits = [Edit(p.start, p.stop, c.text) for p, c, made in zip(places, changes, done, strict=True) if made]
        after, now = apply(self.text, edits, place.start)
        return Trial("words kept", self.text, after, changes[0], now, tuple(changes[1:]), own)

    def _with_words(self, place: Place) -> str:
        words, (first, last) = place.of(self.text), (self.text[slice(*self.chance.choice(self.letters))] for _ in "ab")
        return self.chance.choice(
            (f"{first} {words}", f"{words} {last}", f"{first} {words} {last}", f"{words} и {words}")
        )

    def _reread(self, place: Place, change: Change) -> Trial:
        """The whole text misread anew, word by word, the place as likely as any; lines broken at other
        blanks.
        """
        edits, lost = [], False
        for start, stop in self.letters:
            if self.chance.random() < WORD_ERROR:
                word = self.text[start:stop]
                kind = self.chance.random()
                read = self.misread(word) if kind < 0.8 else "" if kind < 0.87 else f"{word[:2]} {word[2:]}"
                edits.append(Edit(start, stop, read))
                lost = lost or (start < place.stop and stop > place.start and read != word)
            if self.text[stop : stop + 1] in (" ", "\n") and self.chance.random() < 0.1:
                edits.append(Edit(stop, stop + 1, self.chance.choice(" \n")))
        after, now = apply(self.text, edits, place.start)
        return Trial("re-OCR", self.text, after, change, now)

    def _rows(self, kind: str) -> Trial:
        """A list in which rows are deleted, moved, copied and put in, the row of the place as likely as any to be moved."""
        while True:
            before = [self._row() for _ in range(self.chance.randint(4, 14))]
            ruled = self.chance.choice(before)
            after = list(before)
            for _ in range(self.chance.randint(1, 4)):
                self._change_rows(after, ruled, new=kind == "rows")
            if kind == "row deleted":
                after = [row for row in after if row is not ruled]
            if not any("".join(row) == "".join(ruled) for row in (*before, *after) if row is not ruled):
                break
        end = self.chance.choice(("", f"\n{ROW_END}\n"))
        part = self.chance.choice((0, 0, 0, 2, 4))
        start = sum(len("".join(row)) for row in before[: _index(before, ruled)]) + len("".join(ruled[:part]))
        text, later = ("".join("".join(row) for row in rows) + end for rows in (before, after))
        change = change_at(text, Place.at(start, start + len(ruled[part])), f"{self.misread(ruled[part])}ъ")
        if kind == "row deleted":
            return Trial(kind, text, later, change, None)
        now = sum(len("".join(row)) for row in after[: _index(after, ruled)]) + len("".join(ruled[:part]))
        return Trial(kind, text, later, change, now)

    def _row(self) -> list[str]:
        """The parts of a row: a name, an initial and a sum, with what is between them."""
        name, initial = self.chance.choice(ROW_NAMES), self.chance.choice(ROW_INITIALS)
        return [name, " ", initial, ". — ", str(self.chance.randint(1, 12)), " руб.\n"]

    def _change_rows(self, rows: list[list[str]], ruled: list[str], *, new: bool) -> None:
        """One row deleted, which is not the one ruled on, moved, copied or put in."""
        at, to = self.chance.randrange(len(rows)), self.chance.randrange(len(rows))
        match self.chance.randrange(3 + new):
            case 0:
                rows[:] = [row for row in rows if row is not rows[at] or row is ruled]
            case 1:
                rows.insert(to, rows.pop(at))
            case 2:
                rows.insert(to, list(rows[at]))
            case _:
                rows.insert(to, self._row())


def _index(rows: list[list[str]], ruled: list[str]) -> int:
    return next(i for i, row in enumerate(rows) if row is ruled)


def verdict(trial: Trial, location: Location) -> str:
    """found, wrong, ambiguous or gone."""
    match location:
        case Found() | Applied() if trial.made is not None and trial.made != isinstance(location, Applied):
            return "wrong"
        case Found(place) | Applied(place):
            return "found" if place.start == trial.truth else "wrong"
        case Ambiguous():
            return "ambiguous"
        case Gone():
            return "gone"


WAYS: dict[str, Callable[[Trial], Location]] = {
    "relocate": lambda t: relocate(t.change.anchor, t.after, masked=t.masked, change=t.change),
    "trace": lambda t: trace(t.change.anchor, t.after, reviewed=t.before, masked=t.masked, change=t.change),
}


def run(
    texts: dict[str, str], trials: int, seed: int
) -> tuple[dict[str, Counter[tuple[str, str]]], list[Trial], float]:
    """How often each way answered what for each kind, the trials that went wrong, and the seconds it took."""
    counts: dict[str, Counter[tuple[str, str]]] = {way: Counter() for way in WAYS}
    wrong, began = [], time.perf_counter()
    for kind in KINDS:
        names = sorted(texts)
        for number in range(int(trials * SHARES.get(kind, 1.0))):
            name = names[number % len(names)]
            trial = Maker(texts[name], f"{seed}/{kind}/{number}/{name}").trial(kind)
            for way, locate in WAYS.items():
                said = verdict(trial, locate(trial))
                counts[way][kind, said] += 1
                if said == "wrong":
                    wrong.append(replace(trial, kind=f"{way}: {kind}: {name} {number}"))
    return counts, wrong, time.perf_counter() - began


def table(counts: dict[str, Counter[tuple[str, str]]]) -> str:
    rows = [f"{'':10}{'kind of trial':22}{'trials':>7}{'found':>8}{'ambiguous':>11}{'gone':>7}{'WRONG':>7}"]
    for way, count in counts.items():
        for kind in KINDS:
            number = sum(n for (k, _), n in count.items() if k == kind)
            found, unclear, gone, wrong = (count[kind, said] for said in ("found", "ambiguous", "gone", "wrong"))
            share = f"{found / number:8.1%}" if kind not in DELETED else f"{'–':>8}"
            rows.append(f"{way:10}{kind:22}{number:7}{share}{unclear:11}{gone:7}{wrong:7}")
    return "\n".join(rows)


def bars(count: Counter[tuple[str, str]]) -> list[tuple[str, bool]]:
    """The bars and whether they are reached, for the way that the program goes."""

    def share(kinds: tuple[str, ...]) -> float:
        number = sum(n for (k, _), n in count.items() if k in kinds)
        return sum(count[k, "found"] for k in kinds) / number

    wrong = sum(n for (_, said), n in count.items() if said == "wrong")
    edits, reread = share(("scattered", "neighbours", "copied", "mended")), share(("re-OCR",))
    return [
        (f"on a wrong place: {wrong}, bar 0", wrong == 0),
        (f"found after edits, the place being there: {edits:.1%}, bar 97 %", edits >= 0.97),
        (f"found after re-OCR at {WORD_ERROR:.0%} word error: {reread:.1%}, bar 85 %", reread >= 0.85),
        ("deleted places reported gone or ambiguous: all", not any(count[k, "wrong"] for k in DELETED)),
    ]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--trials", type=int, default=500, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    folders = chosen.folders or [Path("seeds"), *_bench()]
    files = [path for folder in folders for path in sorted(folder.glob("*.txt"))]
    texts = {path.stem: read_file(path).text for path in files}
    counts, wrong, seconds = run(texts, chosen.trials, chosen.seed)
    total = sum(counts["trace"].values())
    print(f"{total} trials on {len(texts)} documents, seed {chosen.seed}, {seconds:.0f} s\n\n{table(counts)}\n")
    for trial in wrong[:20]:
        anchor = trial.change.anchor
        print(f"WRONG {trial.kind}: {anchor.before!r} [{anchor.exact}] {anchor.after!r}")
    reached = bars(counts["trace"])
    for sentence, good in reached:
        print(("reached  " if good else "MISSED   ") + sentence)
    return 0 if all(good for _, good in reached) else 1


def _bench() -> list[Path]:
    """The development set, where there is one."""
    folder = os.environ.get("COLLATION_BENCH")
    return [Path(folder) / "dev"] if folder and (Path(folder) / "dev").is_dir() else []


if __name__ == "__main__":
    sys.exit(main())
