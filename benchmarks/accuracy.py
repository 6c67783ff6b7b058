"""How well the tool finds and mends, on any folder laid out like the measuring set.

usage: python benchmarks/accuracy.py --set DIR [--gold FILE --manifest FILE] [--predictions OUT.jsonl] [--peers]
           [--weights FILE]
       python benchmarks/accuracy.py --set DIR --rules-out docs/rules/figures.json && make golden

Prints the emend tier with the English and without (English blanked out, catalogue kept) side by side. Rulings, learned
files, caches and configuration play no part: every document is examined from its bytes with the built-in dictionaries.
--weights names a judge in place of the shipped one. Where nothing must be found, the true faults of
the published texts that are noticed are counted. The documents with odd numbers in the manifest, which a developer may
read, and those with even numbers, which nobody should, are shown apart. A document in
which the program fails counts as one in which nothing was found; it is named with the reason, and the exit code is 1.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import sys
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

from collation.knowledge import dictionaries
from collation.learning.reliability import reliability, wilson
from collation.learning.scoring import (
    Score,
    gain,
    noticed,
    prediction,
    read_gold,
    read_word_counts,
    score_predictions,
)
from collation.system.collector import collect_seldom, freeze_loaded

sys.path.insert(0, str(Path(__file__).parent))  # for the peers

HERE = Path(__file__).parent


def predictions_of(path: Path, *, translation: bool, weights: Path | None, dictd: str = "") -> list[dict[str, Any]]:
    """One prediction an entry, suspected side first, in the scorer's form plus tier, suspected side, code and shares."""
    from collation.pipeline import examine
    from collation.reading import read_file
    from collation.settings import Settings

    document = read_file(path)
    settings = replace(Settings(), translation=translation, weights=weights, dictd=dictd)
    return [prediction(path.name, document.text, entry) for entry in examine(document, settings=settings)]


def _job(job: tuple[Path, bool, str, Path | None]) -> tuple[list[dict[str, Any]], str]:
    """The predictions of a document, and why there are none where the program failed."""
    path, translation, dictd, weights = job
    try:
        found = predictions_of(path, translation=translation, weights=weights, dictd=dictd)
        freeze_loaded()
        return found, ""
    except Exception as error:  # whatever it is: the other documents are measured, and this one is named
        where = traceback.extract_tb(error.__traceback__)[-1]
        fault = f"{type(error).__name__}: {error} ({Path(where.filename).name}:{where.lineno})"
        return [], f"{path.name} could not be examined {'with' if translation else 'without'} the English: {fault}"


def run(
    documents: list[Path],
    *,
    translation: bool,
    dictd: str = "",
    workers: int = 2,
    failures: list[str] | None = None,
    weights: Path | None = None,
) -> list[dict[str, Any]]:
    """The predictions of all documents; a sentence on each that could not be examined is added to ``failures``."""
    jobs = [(path, translation, dictd, weights) for path in documents]
    if workers < 2:
        results = [_job(job) for job in jobs]
    else:
        with ProcessPoolExecutor(workers, initializer=collect_seldom) as pool:
            results = list(pool.map(_job, jobs))
    if failures is not None:
        failures += [fault for _, fault in results if fault]
    return [p for found, _ in results for p in found]


def show(columns: list[tuple[str, Score]], queries: dict[str, str]) -> str:
    """The table, a column a system; ``queries`` are the false entries of the query tier, where a system has them."""
    rows: list[tuple[str, list[str]]] = []

    def row(label: str, cell: Any) -> None:
        rows.append((label, [cell(s) for _, s in columns]))

    row("F1", lambda s: f"{s.f1:.3f}")
    row("precision", lambda s: _share(s.hits, s.hits + s.false))
    row("recall", lambda s: _share(len(s.found), len(s.must)))
    for ranks, name in ((1, "first reading right"), (5, "one of five right")):
        row(f"{name}: of found / of all", lambda s, r=ranks: "{:.3f} / {:.3f}".format(*s.first_right(r)))
    row("false per 1,000 words", lambda s: f"{s.false_per_thousand():.2f}")
    for track in sorted({name[:2] for name in columns[0][1].words}):
        if track.startswith("T"):
            row(f"  {track}", lambda s, t=track: f"{s.false_per_thousand(t):.2f}")
    rows.append(("false queries per 1,000 words", [queries.get(name, "") for name, _ in columns]))
    row("blame", lambda s: _share(sum(s.blame), len(s.blame)))
    row("calibration error, wrong", lambda s: f"{reliability(s.outcomes)[0]:.3f}")
    row("calibration error, reading", lambda s: f"{reliability(s.ranked)[0]:.3f}")
    for key in ("track", "kind"):
        for value in columns[0][1].table(key):
            row(f"recall {key} {value}", lambda s, k=key, v=value: _cell(s.table(k).get(v, (0, 0, 0))))
    width = max(len(label) for label, _ in rows)
    lines = [" " * width + "  " + "".join(f"{name:>24}" for name, _ in columns)]
    lines += [f"{label:<{width}}  " + "".join(f"{cell:>24}" for cell in cells) for label, cells in rows]
    return "\n".join(lines)


def _share(k: int, n: int) -> str:
    low, high = wilson(k, n)
    return f"{k / n if n else 0:.3f} [{low:.2f}–{high:.2f}]"


def _cell(row: tuple[int, int, int]) -> str:
    n, found, first = row
    return f"{found}/{n} {found / n if n else 0:.2f} ({first / n if n else 0:.2f})"


def rules(result: Score) -> str:
    """Right and false flags of each rule, and in how many documents it fired rightly."""
    codes = sorted(set(result.hit_rules) | set(result.false_rules))
    lines = ["rule      right  false  documents"]
    lines += [
        f"{c:<9} {result.hit_rules[c]:>5}  {result.false_rules[c]:>5}  {len(result.rule_documents[c]):>9}"
        for c in codes
    ]
    return "\n".join(lines)


def weights_digest() -> str:
    """Which weights the judge had: the first digits of their SHA-256."""
    return hashlib.sha256(dictionaries.data_file("weights.json").read_bytes()).hexdigest()[:16]


def rule_figures(result: Score, name: str) -> str:
    """The same as JSON for the pages of the rules, a rule a line, with what each found of each kind of damage."""
    codes = sorted(set(result.hit_rules) | set(result.false_rules))
    listed = []
    for code in codes:
        kinds = {kind: n for (c, kind), n in sorted(result.rule_kinds.items()) if c == code}
        figures = {"right": result.hit_rules[code], "false": result.false_rules[code]}
        record = {**figures, "documents": len(result.rule_documents[code]), "kinds": kinds}
        listed.append(f'  "{code}": {json.dumps(record, ensure_ascii=False)}')
    kinds = {kind: [n, found] for kind, (n, found, _) in result.table("kind").items()}
    head = f' "set": {json.dumps(name)},\n "weights": "{weights_digest()}",\n "documents": {len(result.words)},\n "kinds": {json.dumps(kinds)},\n'
    return "{\n" + head + ' "rules": {\n' + ",\n".join(listed) + "\n }\n}\n"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    bench = os.environ.get("COLLATION_BENCH", "")
    parser.add_argument("--set", type=Path, default=Path(bench) / "dev" if bench else None, dest="folder")
    parser.add_argument("--gold", type=Path)
    parser.add_argument("--manifest", type=Path)
    parser.add_argument("--predictions", type=Path)
    parser.add_argument("--rules-out", type=Path, help="write the figures of each rule, for docs/rules, into this file")
    parser.add_argument(
        "--peers",
        action="store_true",
        help="also run spell checkers and a dictionary baseline, and say how fast all are",
    )
    parser.add_argument("--dictd", default="", help="an installed dictd dictionary for a second column")
    parser.add_argument("--weights", type=Path, help="weights in place of the shipped ones")
    parser.add_argument("--workers", type=int, default=2)
    args = parser.parse_args()
    if args.folder is None:
        parser.error("name a folder with --set, or set COLLATION_BENCH")
    gold = read_gold(args.gold or args.folder / "gold.jsonl")
    words = read_word_counts(args.manifest or args.folder / "manifest.tsv")
    documents = [args.folder / name for name in sorted(words)]
    texts = {p.name: p.read_bytes().decode("utf-8") for p in documents}
    failures: list[str] = []
    spent = {"with the English": -cpu_seconds()}
    found = run(documents, translation=True, workers=args.workers, failures=failures, weights=args.weights)
    spent["with the English"] += cpu_seconds()
    blind = run(documents, translation=False, workers=args.workers, failures=failures, weights=args.weights)
    if args.predictions:
        args.predictions.write_text("".join(json.dumps(p, ensure_ascii=False) + "\n" for p in found), encoding="utf-8")
    queries = {"with the English": _queries(gold, found, texts, words), "without": _queries(gold, blind, texts, words)}
    columns = [("with the English", _emend(gold, found, texts, words)), ("without", _emend(gold, blind, texts, words))]
    for half, names in (("odd numbers", list(words)[::2]), ("even numbers", list(words)[1::2])):
        own, predicted, counted = part(gold, found, words, names)
        columns.append((half, _emend(own, predicted, texts, counted)))
        queries[half] = _queries(own, predicted, texts, counted)
    if args.dictd:
        more = run(
            documents, translation=True, dictd=args.dictd, workers=args.workers, failures=failures, weights=args.weights
        )
        columns.insert(1, (f"with {args.dictd}", _emend(gold, more, texts, words)))
    if args.peers:
        from peers import PEERS

        for name, peer in PEERS.items():
            spent[name] = -cpu_seconds()
            columns.append((name, score_predictions(gold, peer(documents), texts, words)))
            spent[name] += cpu_seconds()
    print(show(columns, queries))
    if args.peers:
        print("Russian words a CPU second, loading included")
        print("\n".join(f"  {name:<24}{sum(words.values()) / seconds:>10.0f}" for name, seconds in spent.items()))
    print()
    if not any(g["must"] for g in gold):
        print("true faults of the published texts: emended, noticed at all, of how many")
        print("\n".join(f"  {key:<16}{a:>4}{b:>4}{n:>5}" for key, (n, a, b) in noticed(gold, found, texts).items()))
        print()
    print(rules(columns[0][1]))
    if args.rules_out:
        args.rules_out.write_text(rule_figures(columns[0][1], args.folder.name), encoding="utf-8")
    print()
    for label, outcomes in (
        ("something is wrong", columns[0][1].outcomes),
        ("this reading is right", columns[0][1].ranked),
    ):
        print(f"reliability of “{label}”: said, true, entries")
        print("\n".join(f"  {said:.2f}  {true:.2f}  {n}" for said, true, n in reliability(outcomes)[1]))
    points, low, high = (100 * x for x in gain(columns[0][1], next(s for name, s in columns if name == "without")))
    print(f"gain from the translation: {points:+.1f} points of F1 [{low:+.1f} to {high:+.1f}]")
    if failures:
        print("\n" + "\n".join(failures))
        print("Nothing of these documents counts as found; the figures above are lower for it.")
        sys.exit(1)


def cpu_seconds() -> float:
    """The CPU seconds of this process and of those that it has waited for."""
    used = os.times()
    return used.user + used.system + used.children_user + used.children_system


def _emend(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], texts: dict[str, str], words: dict[str, int]
) -> Score:
    return score_predictions(gold, [p for p in found if p["tier"] == "emend"], texts, words)


def _queries(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], texts: dict[str, str], words: dict[str, int]
) -> str:
    """False entries of the query tier per 1,000 words."""
    score = score_predictions(gold, [p for p in found if p["tier"] == "query"], texts, words)
    return f"{score.false_per_thousand():.2f}"


def part(
    gold: list[dict[str, Any]], found: list[dict[str, Any]], words: dict[str, int], names: list[str]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]], dict[str, int]]:
    """Gold, predictions and word counts of some of the documents; the gold is numbered anew."""
    own = [{**g, "_i": i} for i, g in enumerate(g for g in gold if g["doc"] in names)]
    return own, [p for p in found if p["doc"] in names], {name: words[name] for name in names}


if __name__ == "__main__":
    main()
