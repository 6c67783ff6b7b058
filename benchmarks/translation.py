"""What is noticed of faults on the side of the translation, and of the same faults in the Russian.

usage: python benchmarks/translation.py --clean DIR [DIR…] [--draw N] [--copies N] [--faults N] [--seed N] [--odd] [--missed]
           [--families NAMES]

A DIR has ``manifest.tsv`` and clean texts, in ``clean/`` or beside it. N documents (--draw, 30) are drawn by the seed; each is
examined once as it is, and in N copies (--copies, 3) into which some faults (--faults, 5) are planted far apart, no two in
sentences that are neighbours, so that one fault is measured at a time and not one run a fault is paid. Kinds and sides go
round in turn (``collation.learning.side_faults``); what a text has nothing for is counted as not planted. In every copy one bait that
is right (a unit converted, a free rendering, two sentences merged) stands on both sides.

Noticed is a fault at whose place, or at its sentence opposite, an entry of any rule stands that the clean text does not have
there; query and emend count alike, notes do not. False are the entries of the rules of the translation in the clean
texts, and those of copies that meet no fault; those at a bait are counted for themselves. Beside them, on the same copies,
pofilter of the translate-toolkit (benchmark only), with our alignment of paragraphs as its units: a fault is noticed when
the unit has a complaint that it did not have before. Intervals are Wilson's, 95 %. --families names the rules that are
asked (TRN,VAL,NAM,LAC, say), which takes an eighth of the time; without it all are.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from collation.learning.faulty_copies import FaultyCopy, copied, faults_for
from collation.learning.reliability import wilson
from collation.learning.side_faults import KINDS, ONE_SIDED, Fault, Page, pool_of
from collation.model import Apparatus, Entry
from collation.model.rule import Rule
from collation.pipeline import examine
from collation.reading import read_file, read_text
from collation.rules import RULES
from translation_peer import complaints, has_peer, noticed_by_peer

TRANSLATION = {rule.code for rule in RULES if rule.family == "TRN"}
BAITS: tuple[tuple[str, str], ...] = (
    ("До станции оставалось около десяти вёрст.", "The station was still some seven miles away."),
    ("Из деревни вывезли триста пудов хлеба.", "About five tons of grain were taken out of the village."),
    ("Температура поднялась до сорока градусов.", "It grew as hot as 104 degrees Fahrenheit."),
    ("Он не раз говорил об этом в своих письмах.", "He spoke of this more than once in his letters."),
    ("Рабочие не могли не заметить этой перемены.", "The workers were bound to notice the change."),
    ("Он не молчал, когда другие боялись говорить.", "He spoke up when the others were afraid to speak."),
    (
        "Дождь шёл как из ведра, и мы промокли до нитки.",
        "It was raining cats and dogs, and we were soaked to the skin.",
    ),
    (
        "Собрание открылось в девять часов. Председатель зачитал доклад.",
        "The meeting opened at nine, and the chairman read out the report.",
    ),
    (
        "Посол приехал утром, и его сразу приняли в министерстве.",
        "The ambassador came in the morning. He was received at the ministry at once.",
    ),
    ("Без помощи соседей они бы не справились.", "But for the help of their neighbours they would have failed."),
    ("Пока не стемнело, солдаты продолжали работу.", "The soldiers went on working until dark."),
    ("Это предложение, разумеется, никого не удивило.", "Needless to say, the proposal came as a surprise to nobody."),
)
_TIERS = {"emend", "query"}


@dataclass
class Counts:
    """What was planted and noticed of each kind and side, and what was noticed where nothing is wrong."""

    planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    noticed: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_translation: Counter[tuple[str, str]] = field(default_factory=Counter)
    by_peer: Counter[tuple[str, str]] = field(default_factory=Counter)
    not_planted: Counter[tuple[str, str]] = field(default_factory=Counter)
    blame: Counter[tuple[str, bool]] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    false_in_copies: Counter[str] = field(default_factory=Counter)
    at_baits: Counter[str] = field(default_factory=Counter)
    baits: int = 0
    words: int = 0
    words_of_copies: int = 0
    peer_false: int = 0


def texts_of(folder: Path, odd: bool) -> list[Path]:
    """The clean texts of a set, in the order of its manifest."""
    rows = (folder / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]
    names = [row.split("\t")[0] for number, row in enumerate(rows, 1) if number % 2 or not odd]
    home = folder / "clean" if (folder / "clean").is_dir() else folder
    return [home / name for name in names]


def meets(entry: Entry, spans: Iterable[tuple[int, int]], reach: int = 0) -> bool:
    """Whether an entry marks one of the stretches, or touches it."""
    return any(p.start <= stop + reach and start - reach <= p.stop for p in entry.places for start, stop in spans)


def is_at(entry: Entry, fault: Fault, own: tuple[int, int], opposite: tuple[int, int]) -> bool:
    """Whether an entry says something of a fault: its place, or for lost text its sentence opposite."""
    wide = fault.kind in {"omission", "name dropped", "negation lost"}
    if meets(entry, [own], reach=2 if wide else 0):
        return True
    if not wide and fault.kind not in {"negation added", "addition"}:
        return False
    return entry.code in TRANSLATION and meets(entry, [opposite])


def key_of(text: str, entry: Entry) -> tuple[str, str, str]:
    """What an entry is, wherever it stands: its rule, its words, and those before it."""
    return entry.code, entry.lemma, text[max(0, entry.place.start - 20) : entry.place.start]


def shown(apparatus: Apparatus) -> list[Entry]:
    return [e for e in apparatus if e.tier in _TIERS]


def count_copy(
    copy: FaultyCopy, clean: set[tuple[str, str, str]], label: str, counts: Counts, rules: tuple[Rule, ...]
) -> Iterator[str]:
    """Count the entries of one copy; the faults that nothing noticed are handed back as lines."""
    document = read_text(copy.text, label=label)
    entries = [e for e in shown(examine(document, rules=rules)) if key_of(document.text, e) not in clean]
    used: set[str] = set()
    for fault, own, opposite in copy.faults:
        here = [e for e in entries if is_at(e, fault, own, opposite)]
        used |= {e.id for e in here}
        counts.planted[fault.kind, fault.side] += 1
        counts.noticed[fault.kind, fault.side] += bool(here)
        counts.by_translation[fault.kind, fault.side] += any(e.code in TRANSLATION for e in here)
        for entry in here:
            if entry.code in TRANSLATION and entry.hand != "undecided" and entry.side != "catalogue":
                right = (entry.side == "original") == (fault.side == "ru")
                counts.blame[entry.code, right] += 1
                if not right:
                    yield f"{label} BLAMED WRONGLY {entry.code} for {fault.kind} {fault.side}: {entry.lemma[:60]!r}"
        if not here:
            yield f"{label} {fault.kind} {fault.side}: {document.text[max(0, own[0] - 40) : own[1] + 40]!r}"
    faults = [span for _, own, opposite in copy.faults for span in (own, opposite)]
    for entry in entries:
        if entry.code not in TRANSLATION or entry.id in used:
            continue
        if meets(entry, copy.bait):
            counts.at_baits[entry.code] += 1
        elif not meets(entry, faults):
            counts.false_in_copies[entry.code] += 1
            yield f"{label} FALSE {entry.code} {entry.lemma[:60]!r} {entry.probability:.2f}"


def table(counts: Counts, peer: bool) -> str:
    """The figures of all kinds and sides."""
    head = f"{'fault':<18}{'side':<5}{'planted':>8}{'none':>6}  {'noticed by any rule':<24}{'by TRN':<24}{'pofilter' if peer else ''}"
    lines = [head]
    for kind in KINDS:
        for side in ("en", "ru"):
            key = kind, side
            n = counts.planted[key]
            if not n and not counts.not_planted[key]:
                continue
            cells = [
                _share(c[key], n) for c in (counts.noticed, counts.by_translation, *((counts.by_peer,) if peer else ()))
            ]
            lines.append(
                f"{kind:<18}{side:<5}{n:>8}{counts.not_planted[key]:>6}  " + "".join(f"{c:<24}" for c in cells)
            )
    per = 1000 / max(1, counts.words)
    low, high = (x * 1000 for x in wilson(sum(counts.false.values()), max(1, counts.words)))
    total = sum(counts.false.values())
    lines += [
        f"false of TRN in the clean texts: {total} in {counts.words} Russian words, {total * per:.2f} [{low:.2f}–{high:.2f}] per 1,000 "
        + _listed(counts.false),
        f"more in the copies: {sum(counts.false_in_copies.values())} in {counts.words_of_copies} words "
        + _listed(counts.false_in_copies),
        f"at {counts.baits} baits that are right: {sum(counts.at_baits.values())} " + _listed(counts.at_baits),
        f"blame of TRN, where said: {_share(sum(n for (_, right), n in counts.blame.items() if right), sum(counts.blame.values()))} "
        + _blamed(counts.blame),
    ]
    if peer:
        lines.append(
            f"complaints of pofilter in the clean texts: {counts.peer_false}, {counts.peer_false * per:.2f} per 1,000"
        )
    return "\n".join(lines)


def _listed(found: Counter[str]) -> str:
    return "(" + ", ".join(f"{code} {n}" for code, n in sorted(found.items())) + ")" if found else ""


def _blamed(found: Counter[tuple[str, bool]]) -> str:
    codes = sorted({code for code, _ in found})
    return "(" + ", ".join(f"{c} {found[c, True]}/{found[c, True] + found[c, False]}" for c in codes) + ")"


def _share(k: int, n: int) -> str:
    low, high = wilson(k, n)
    return f"{k}/{n} {k / n if n else 0:.2f} [{low:.2f}–{high:.2f}]"


def run(paths: list[Path], args: argparse.Namespace, peer: bool) -> tuple[Counts, list[str]]:
    """All documents and copies."""
    rng, counts, lines = random.Random(args.seed), Counts(), []
    families = set(args.families.split(",")) if args.families else {rule.family for rule in RULES}
    rules = tuple(rule for rule in RULES if rule.family in families)
    pages = [Page(read_file(path)) for path in paths]
    pool = pool_of(pages)
    turns = [(kind, side) for kind in KINDS for side in ("en", "ru") if side == "en" or kind not in ONE_SIDED]
    at = 0
    for page in (p for p in pages if len(p.pairs) > 6):
        label = page.document.source.label
        print(label, file=sys.stderr, flush=True)
        entries = shown(examine(page.document, rules=rules))
        false = [e for e in entries if e.code in TRANSLATION]
        counts.false.update(e.code for e in false)
        counts.words += page.words
        lines += [
            f"{label} FALSE in the clean text {e.code} {e.lemma[:60]!r} {e.probability:.2f} {e.tier}" for e in false
        ]
        clean = {key_of(page.document.text, e) for e in entries}
        before = complaints(page.document.text, label) if peer else []
        counts.peer_false += sum(len(failed) for _, failed in before) // 2
        for _ in range(args.copies):
            kinds = [turns[(at + k) % len(turns)] for k in range(args.faults)]
            at += args.faults
            faults, missing = faults_for(page, kinds, pool, rng)
            counts.not_planted.update(missing)
            copy = copied(page, faults, rng.choice(BAITS), rng)
            counts.baits += bool(copy.bait)
            counts.words_of_copies += page.words
            lines += count_copy(copy, clean, label, counts, rules)
            if peer:
                for (fault, *_), noticed in zip(copy.faults, noticed_by_peer(copy, before, label), strict=True):
                    counts.by_peer[fault.kind, fault.side] += noticed
    return counts, lines


def main(argv: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="How much of planted faults of the translation is noticed.")
    parser.add_argument(
        "--clean", type=Path, nargs="+", required=True, help="folders with manifest.tsv and clean texts"
    )
    parser.add_argument("--draw", type=int, default=30, help="documents")
    parser.add_argument("--copies", type=int, default=3, help="copies of each with faults")
    parser.add_argument("--faults", type=int, default=5, help="faults a copy")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--odd", action="store_true", help="the documents with odd numbers in the manifest only")
    parser.add_argument(
        "--families", default="", help="families of rules that are asked, such as TRN,VAL; all without it"
    )
    parser.add_argument("--missed", action="store_true", help="print what was missed and what is false")
    args = parser.parse_args(argv)
    paths = [path for folder in args.clean for path in texts_of(folder, args.odd)]
    chosen = sorted(random.Random(args.seed).sample(paths, min(args.draw, len(paths))))
    peer = has_peer()
    if not peer:
        print("pofilter is not measured: pip install translate-toolkit", file=sys.stderr)
    counts, lines = run(chosen, args, peer)
    if args.missed:
        print("\n".join(lines))
    print(table(counts, peer))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
