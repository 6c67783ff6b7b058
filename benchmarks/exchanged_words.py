"""What the rule of words of one kind (TRN958) finds of exchanged words, and what it doubts where nothing was planted.

usage: python benchmarks/exchanged_words.py FOLDER [--documents 25] [--faults 3] [--seed 1]

FOLDER holds parallel texts that come line by line (NAME.ru.txt.xz and NAME.en.txt.xz), as the trainer's TEXTS/lined. Of each
collection so many documents are drawn by the seed. In the English of each, words of the rule's classes are exchanged for the word of the same
form of another member, drawn by the seed (north for south, rose for fell); a number keeps its unit. The words are those that the rule
knows: how many slips of translators are of other kinds this does not say. What is doubted besides is counted as false and printed, though
published translations have slips of their own.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

from collation.knowledge.letters import like
from collation.learning.material import lined_documents
from collation.pipeline import examine
from collation.reading import read_text
from collation.rules import RULES
from collation.rules.translation.contraries import CODE, Member, members, members_in_english

TIERS = ("emend", "query")
WORD = re.compile(r"(?<![\w-])[A-Za-z-]{2,}(?![\w-])")
Planted = list[tuple[int, str, str]]
"""Where each exchanged word begins, the word as it was, and its class."""


def others(word: str) -> list[tuple[Member, str]]:
    """The words of the same form of the other members of its class."""
    found = []
    for member in members_in_english().get(word.lower(), ()):
        at = member.english.index(word.lower())
        found += [
            (o, o.english[at]) for o in members() if o.kind == member.kind and o != member and at < len(o.english)
        ]
    return found


def exchanged(text: str, faults: int, rng: random.Random) -> tuple[str, Planted]:
    """A text with so many words exchanged, where it has words enough."""
    words = [m for m in WORD.finditer(text) if others(m[0])]
    planted: Planted = []
    for match in sorted(rng.sample(words, min(faults, len(words))), key=lambda m: -m.start()):
        member, form = rng.choice(others(match[0]))
        form = like(form, match[0])
        text = text[: match.start()] + form + text[match.end() :]
        longer = len(form) - len(match[0])
        planted = [(at + longer, word, kind) for at, word, kind in planted] + [(match.start(), match[0], member.kind)]
    return text, planted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--documents", type=int, default=25, help="of each collection")
    parser.add_argument("--faults", type=int, default=3, help="in each document")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    rules = tuple(rule for rule in RULES if rule.code == CODE)
    rng = random.Random(args.seed)
    counts: Counter[str] = Counter()
    of_class: Counter[tuple[str, str]] = Counter()
    words = 0
    for original in sorted(args.folder.glob("*.ru.txt*")):
        translation = original.with_name(original.name.replace(".ru.", ".en."))
        documents = lined_documents(original, translation)
        for name in rng.sample(sorted(documents), min(args.documents, len(documents))):
            text, planted = exchanged(documents[name], args.faults, rng)
            words += len(documents[name].split()) // 2
            found = {e.place.start: e for e in examine(read_text(text, label=name), rules=rules) if e.tier in TIERS}
            for at, word, kind in planted:
                entry = found.pop(at, None)
                of_class[kind, "planted"] += 1
                of_class[kind, "noticed"] += entry is not None
                counts["right"] += entry is not None and any(r.text.lower() == word.lower() for r in entry.readings[:1])
            counts["false"] += len(found)
            for entry in found.values():
                print(f"{name}: {entry.lemma} {entry.probability:.2f} {entry.tier}")
    for kind in sorted({kind for kind, _ in of_class}):
        print(f"{kind:18}{of_class[kind, 'noticed']:4} of {of_class[kind, 'planted']}")
    noticed, planted_in_all = (sum(n for (_, what), n in of_class.items() if what == w) for w in ("noticed", "planted"))
    print(
        f"{words} words; {noticed} of {planted_in_all} noticed, {counts['right']} with the right word first; false {counts['false']}"
    )


if __name__ == "__main__":
    main()
