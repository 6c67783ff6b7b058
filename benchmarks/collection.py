"""What a collection knows: doubts weighed alone and beside the other documents, on collections made of one's own texts.

usage: python benchmarks/collection.py FOLDER [--documents N] [--copies N] [--scans N] [--russian] [--seed N]
       python benchmarks/collection.py --letters N [--damaged N] [--russian] [--seed N]

Each text of the folder is cut into passages of some sentence pairs, and the passages make the documents, so that the names and words
of a text are in several of them. Errors are planted anew in each passage, of every ``--copies`` copies (2) in the first only:
the others are clean. With ``--scans`` there are so many more scans of each damaged passage, with errors of their own. The words are counted in all documents (``knowledge/collection.py``). Then the damaged ones are examined without
the counts and with them. Printed are true and false flags and the errors found at the tier *emend* and at all, and the share of those found whose
first reading is right.

With ``--letters`` the documents are so many letters of an invented office (``office_letters.py``). Errors are planted in half of them, or
in so many as ``--damaged`` says; in every other one of these the date at the head is wrong too, in the Russian text or in both texts.
Counted apart are errors in formulae, in words and names that no list has, and in dates; and the flags in sound letters.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))
sys.path.insert(0, str(Path(__file__).parent))

from collation.alignment.align import align  # noqa: E402
from collation.knowledge.collection import merged, written  # noqa: E402
from collation.languages.knowledge import knowledge_for  # noqa: E402
from collation.learning.from_collection import of_document  # noqa: E402
from collation.learning.noise import Corruption, Noisy, corrupt  # noqa: E402
from collation.model import Entry, SentencePair  # noqa: E402
from collation.pipeline import examine  # noqa: E402
from collation.reading import read_file, read_text  # noqa: E402
from collation.settings import Settings  # noqa: E402
from office_letters import NAMES, TERMS, TITLES, Letter, letters, misdate  # noqa: E402

PAIRS = 6  # sentence pairs of a passage
RATE = 0.04  # errors a word of a damaged letter
LISTED = [russian for russian, _ in (*NAMES, *TERMS)]
ALIKE = {
    "и": "нк",
    "н": "ип",
    "о": "с",
    "е": "с",
    "с": "е",
    "л": "п",
    "п": "л",
    "т": "г",
    "а": "я",
    "в": "з",
    "р": "о",
    "к": "х",
    "ш": "щ",
}
SHORTEST = 4  # letters of a word that is taken for one of a name
FORMULAIC = [
    "поручению",
    "имею",
    "сообщить",
    "Просьба",
    "исполнении",
    "указания",
    "принять",
    "уважении",
    "уверени",
    "секретно",
]


@dataclass(slots=True)
class Tally:
    """What was counted at one tier."""

    true: int = 0
    false: int = 0
    found: int = 0
    right: int = 0


def passages(folder: Path, most: int, *, translation: bool = True) -> list[str]:
    """Passages of the texts of a folder, Russian and English, or the Russian alone."""
    found = []
    for path in sorted(folder.glob("*.txt")):
        document = read_file(path)
        pairs = [p for p in align(document, knowledge_for()).pairs if p.original and p.translation]
        for start in range(0, len(pairs) - PAIRS + 1, PAIRS):
            found.append(_text(document.text, pairs[start : start + PAIRS], translation))
    step = max(1, len(found) // most)
    return found[::step][:most]


def _text(text: str, pairs: list[SentencePair], translation: bool) -> str:
    sides = ([p.original for p in pairs], *([[p.translation for p in pairs]] if translation else []))
    return (
        "\n\n".join("\n".join(" ".join(text[s[0].start : s[-1].stop].split()) for s in side) for side in sides) + "\n"
    )


def count(entries: tuple[Entry, ...], noisy: Noisy, tallies: dict[str, Tally]) -> None:
    """Count the entries of one document."""
    for tier, tally in tallies.items():
        shown = [e for e in entries if tier == "all" or e.tier == "emend"]
        touched: dict[int, Entry] = {}
        for entry in shown:
            hits = [
                n
                for n, g in enumerate(noisy.gold)
                if any(p.start <= g.stop and g.start <= p.stop for p in entry.places)
            ]
            tally.true += bool(hits)
            tally.false += not hits
            for number in hits:
                touched.setdefault(number, entry)
        tally.found += len(touched)
        for number, entry in touched.items():
            gold = noisy.gold[number]
            reading = entry.readings[0].edits if entry.readings else ()
            tally.right += any(gold.clean in edit.text for edit in reading)


@dataclass(frozen=True, slots=True)
class Damaged:
    """A letter with errors: its text, the errors, and of what kind each is."""

    noisy: Noisy
    kinds: tuple[str, ...]


def damaged_letter(letter: Letter, number: int, seed: int, *, russian: bool) -> Damaged:
    """A letter with errors, every other one with a wrong date as well."""
    chance = random.Random(seed * 10_000 + number)
    misdated = misdate(letter, chance, both=number % 4 == 1) if number % 2 else None
    text = misdated.text if misdated else letter.text
    head = text.index("года") + len("года")
    body = (
        text[head : text.index(next(english for _, english in TITLES if f"\n{english}\n" in text))]
        if russian
        else text[head:]
    )
    planted = corrupt(read_text(body, label="d.txt"), seed=seed * 10_000 + number, rate=RATE)
    gold = [replace(g, start=g.start + head, stop=g.stop + head) for g in planted.gold]
    whole = text[:head] + planted.text
    gold += misread(whole, gold, chance)
    for own in gold[len(planted.gold) :]:
        whole = whole[: own.start] + own.noisy + whole[own.stop :]
    kinds = [_kind(g, whole) for g in gold]
    shift = sum(len(g.noisy) - len(g.clean) for g in planted.gold)
    for start, stop, right in misdated.wrong if misdated else ():
        moved = shift if start > head else 0  # the head of the translation is behind the errors
        gold.append(Corruption(start + moved, stop + moved, right, text[start:stop], "date"))
        kinds.append("date, both texts" if number % 4 == 1 else "date")
    return Damaged(Noisy(whole, tuple(gold)), tuple(kinds))


def misread(text: str, known: list[Corruption], chance: random.Random) -> list[Corruption]:
    """One letter misread in a name or term and one in the words of a formula, as scanners do it, where nothing else is wrong."""
    russian = _russian(text, True)
    found: list[Corruption] = []
    for words in (LISTED, FORMULAIC):
        places = [
            (match.start(), match.group())
            for word in words
            for match in re.finditer(rf"\b{word}\w*", russian)
            if all(match.end() < g.start or g.stop < match.start() for g in (*known, *found))
        ]
        if places:
            start, word = chance.choice(places)
            wrong = [(at, other) for at, letter in enumerate(word) for other in ALIKE.get(letter, "")]
            at, other = chance.choice(wrong)
            found.append(Corruption(start, start + len(word), word, word[:at] + other + word[at + 1 :], "glyph"))
    return found


def _kind(gold: Corruption, text: str) -> str:
    """Whether an error is in a formula, in a name or term, or in the other words."""
    clean = gold.clean
    if len(clean) >= SHORTEST and any(form in clean or clean in form for form in LISTED):
        return "name or term"
    line = text[text.rfind(". ", 0, gold.start) + 1 : text.find(".", gold.stop)]
    title = text[: gold.start].count("\n") == 0
    return "formula" if title or any(word in line for word in FORMULAIC) else "other word"


def of_letters(args: argparse.Namespace) -> None:
    """Print what is found in letters of an invented office, alone and beside the others."""
    made = letters(args.letters, args.seed)
    number = args.damaged or len(made) // 2
    chosen = sorted(random.Random(args.seed).sample(range(len(made)), number))
    damaged = {at: damaged_letter(made[at], n, args.seed, russian=args.russian) for n, at in enumerate(chosen)}
    texts = {
        f"{at}.txt": damaged[at].noisy.text if at in damaged else _russian(letter.text, args.russian)
        for at, letter in enumerate(made)
    }
    sound = [at for at in range(len(made)) if at not in damaged][:number]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "collection.json")
        known = merged(of_document(read_text(text, label=label)) for label, text in texts.items())
        path.write_text(written(known), encoding="utf-8")
        print(f"{len(texts)} letters, {len(damaged)} of them damaged, {path.stat().st_size // 1024} KB\n")
        for label, settings in (("alone", Settings()), ("with the collection", Settings(collection=path))):
            tallies = {"emend": Tally(), "all": Tally()}
            kinds: dict[str, dict[str, Tally]] = {}
            clean = dict.fromkeys(tallies, 0)
            for at, letter in damaged.items():
                entries = examine(read_text(texts[f"{at}.txt"], label=f"{at}.txt"), settings=settings).entries
                count(entries, letter.noisy, tallies)
                for kind in sorted(set(letter.kinds)):
                    own = kinds.setdefault(kind, {"emend": Tally(), "all": Tally(), "planted": Tally()})
                    gold = tuple(g for g, k in zip(letter.noisy.gold, letter.kinds, strict=True) if k == kind)
                    own["planted"].true += len(gold)
                    count(entries, Noisy(letter.noisy.text, gold), {tier: own[tier] for tier in tallies})
            for at in sound:
                entries = examine(read_text(texts[f"{at}.txt"], label=f"{at}.txt"), settings=settings).entries
                clean["all"] += len(entries)
                clean["emend"] += sum(entry.tier == "emend" for entry in entries)
            print(label)
            for tier, tally in tallies.items():
                print(f"  {tier:8} true {tally.true}, false {tally.false}, false in sound letters {clean[tier]}")
            for kind, own in sorted(kinds.items()):
                row = ", ".join(f"{tier} {own[tier].found} (first right {own[tier].right})" for tier in tallies)
                print(f"  {kind:18} of {own['planted'].true}: {row}")


def _russian(text: str, alone: bool) -> str:
    """The text, or the Russian of it."""
    below = next((f"\n{english}\n" for _, english in TITLES if f"\n{english}\n" in text), None)
    return text[: text.index(below)] if alone and below else text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument(
        "--letters", type=int, default=0, help="letters of an invented office in place of a folder's texts"
    )
    parser.add_argument("--damaged", type=int, default=0, help="letters with errors")
    parser.add_argument("--documents", type=int, default=60)
    parser.add_argument("--copies", type=int, default=2)
    parser.add_argument("--scans", type=int, default=0, help="other scans of each damaged passage")
    parser.add_argument("--russian", action="store_true", help="without the translation")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.letters:
        of_letters(args)
        return
    if args.folder is None:
        parser.error("name a folder of texts, or --letters")
    clean = passages(args.folder, args.documents, translation=not args.russian)
    damaged = [
        corrupt(read_text(text, label=f"{n}.txt"), seed=args.seed * 10_000 + n)
        for n, text in enumerate(clean)
        if n % args.copies == 0
    ]
    texts = [text for n, text in enumerate(clean) if n % args.copies] + [noisy.text for noisy in damaged]
    texts += [
        corrupt(read_text(text, label=f"{n}.txt"), seed=args.seed * 10_000 + n + 1000 * scan).text
        for scan in range(1, args.scans + 1)
        for n, text in enumerate(clean)
        if n % args.copies == 0
    ]
    with tempfile.TemporaryDirectory() as name:
        path = Path(name, "collection.json")
        known = merged(of_document(read_text(text, label=f"{n}.txt")) for n, text in enumerate(texts))
        path.write_text(written(known), encoding="utf-8")
        print(f"{len(texts)} documents, {len(damaged)} of them damaged, errors: {sum(len(d.gold) for d in damaged)}\n")
        print(f"{'':22}{'tier':7}{'true':>6}{'false':>7}{'found':>7}{'first right':>13}")
        alone = Settings()
        for label, settings in (("alone", alone), ("with the collection", replace(alone, collection=path))):
            tallies = {"emend": Tally(), "all": Tally()}
            for noisy in damaged:
                count(examine(read_text(noisy.text, label="d.txt"), settings=settings).entries, noisy, tallies)
            for tier, tally in tallies.items():
                share = tally.right / tally.found if tally.found else 0.0
                print(f"{label:22}{tier:7}{tally.true:6}{tally.false:7}{tally.found:7}{share:13.3f}")


if __name__ == "__main__":
    main()
