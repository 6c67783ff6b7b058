"""What the rule of misprints in the translation (TRN957) finds, and what it doubts where nothing was planted.

usage: python benchmarks/misprints.py FOLDER [--documents 25] [--faults 3] [--seed 1]

FOLDER holds parallel texts that come line by line (NAME.ru.txt.xz and NAME.en.txt.xz), as the trainer's TEXTS/lined. Of each
collection so many documents are drawn by the seed. In the English of each, words in small letters are misprinted by one letter:
by turns into a string that no list has and into another usual word. What is doubted besides is counted as false, though published
texts have misprints of their own; it is printed. The words are drawn over the whole text and not out of our dictionaries.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from pathlib import Path

from collation.knowledge.letters import one_letter_away
from collation.knowledge.words import wordlist
from collation.learning.material import lined_documents
from collation.pipeline import examine
from collation.reading import read_text
from collation.rules import RULES

CODE = "TRN957"
LETTERS = "abcdefghijklmnopqrstuvwxyz"
USUAL = 3.2  # Zipf frequency of a word that another is misprinted as
TIERS = ("emend", "query")
WORD = re.compile(r"(?<![\w-])[a-z]{4,}(?![\w-])")
Planted = list[tuple[int, str, str]]
"""Where each misprint begins, the word as it was, and its kind."""


def misprinted(text: str, faults: int, rng: random.Random) -> tuple[str, Planted]:
    """A text with so many words misprinted, where it has words enough."""
    words = list(WORD.finditer(text))
    planted: Planted = []
    for turn, match in enumerate(sorted(rng.sample(words, min(faults, len(words))), key=lambda m: -m.start())):
        kind = ("no word", "another word")[turn % 2]
        usual = kind == "another word"
        forms = [
            form
            for form in one_letter_away(match[0], LETTERS)
            if (wordlist.usual_english_zipf(form) >= USUAL if usual else wordlist.english_zipf(form) == 0)
        ]
        if forms:
            form = rng.choice(forms)
            text = text[: match.start()] + form + text[match.end() :]
            longer = len(form) - len(match[0])
            planted = [(at + longer, word, k) for at, word, k in planted] + [(match.start(), match[0], kind)]
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
    counts: Counter[tuple[str, ...]] = Counter()
    words = 0
    for original in sorted(args.folder.glob("*.ru.txt*")):
        translation = original.with_name(original.name.replace(".ru.", ".en."))
        documents = lined_documents(original, translation)
        for name in rng.sample(sorted(documents), min(args.documents, len(documents))):
            text, planted = misprinted(documents[name], args.faults, rng)
            words += len(documents[name].split()) // 2
            found = [e for e in examine(read_text(text, label=name), rules=rules) if e.tier in TIERS]
            counts.update(("planted", kind) for _, _, kind in planted)
            for entry in found:
                here = [(word, kind) for at, word, kind in planted if at == entry.place.start]
                counts[entry.tier, here[0][1] if here else "false"] += 1
                if here and entry.readings[0].text == here[0][0]:
                    counts["right", here[0][1]] += 1
                if not here:
                    print(f"{name}: {entry.lemma} > {entry.readings[0].text} {entry.probability:.2f} {entry.tier}")
    print(f"{words} words; planted, emended, asked about, first reading right")
    for kind in ("no word", "another word", "false"):
        print(f"{kind:14}", *(counts[column, kind] for column in ("planted", *TIERS, "right")))


if __name__ == "__main__":
    main()
