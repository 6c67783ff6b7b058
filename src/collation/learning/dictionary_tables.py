"""Lay out what is asked of the large dictionaries: where the rows of a head begin, which Russian words the glossary has,
whose name a word is.

usage: python -m collation.learning.dictionary_tables [--out FOLDER]

The same dictionaries give the same files. Nothing is wrong where a dictionary was changed since: its table is left alone and what
it says is worked out in each run, which takes longer.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from collation.knowledge import dictionaries
from collation.knowledge.made_of import facts_of
from collation.knowledge.mapped import write_mapped
from collation.knowledge.names import authority_tables
from collation.knowledge.names.authority_files import NameRows
from collation.knowledge.rows_by_head import RowsByHead, index_of, text_of
from collation.knowledge.words import lexicon
from collation.system.console import say


def glossary(path: Path) -> None:
    """The glossary's heads, the words of its equivalents and the beginnings of its phrases."""
    files = lexicon.glossary_files()
    rows, text = RowsByHead(files, columns=lexicon.COLUMNS, key=lexicon.head_of), text_of(files)
    write_mapped(path, {**index_of(text, lexicon.head_of), **lexicon.tables_of(rows)}, facts_of(text))


def translations(path: Path) -> None:
    """The English words of the learned translations."""
    text = text_of([dictionaries.data_file(lexicon.LEARNED)])
    write_mapped(path, index_of(text, str.strip), facts_of(text))


def authority(path: Path) -> None:
    """The names of the authority files by what is asked for."""
    rows = NameRows()
    write_mapped(path, authority_tables.tables_of(rows), facts_of(rows.text))


MADE = {lexicon.GLOSSARY: glossary, lexicon.TRANSLATIONS: translations, authority_tables.FILE: authority}


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=dictionaries.data_file(""), metavar="FOLDER")
    args = parser.parse_args(given)
    for name, make in MADE.items():
        make(args.out / name)
        say(f"{args.out / name}: {(args.out / name).stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
