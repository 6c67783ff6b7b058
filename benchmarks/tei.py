"""Does a document come back from TEI as it was?

Each document is examined, written as TEI in both forms, validated, and read back. Asked is whether the text is the same
character for character, each place where it was, and each sentence that has an answer named by a link; and whether the
document read from its TEI file has the same witnesses and is examined to the same findings. Run from the project's root:

    python benchmarks/tei.py [--schemas FOLDER] [--readings-only] [FILE or FOLDER…]

FOLDER of ``--schemas`` holds the RELAX NG files of TEI (``tei_all-*.rng``); without it nothing is validated. With
``--readings-only`` documents are not examined a second time, which takes the most time.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from collation.model import Apparatus
from collation.pipeline import examine
from collation.reading import read_file
from collation.reading.tei_edition import read_edition
from collation.writers.tei.as_tei import write_tei, write_tei_choice

FORMS = {"app": write_tei, "choice": write_tei_choice}
_TARGETS = "//*[local-name()='linkGrp'][@type='sentences']/*/@target"
_IDS = "//*[local-name()='s' or local-name()='anchor']/@*[local-name()='id']"


def schemas_in(folder: Path | None) -> dict[str, etree.RelaxNG]:
    """The schemas of a folder by their names."""
    found = sorted(folder.glob("tei_all-*.rng")) if folder else []
    return {path.stem: etree.RelaxNG(etree.parse(path)) for path in found}


def faults_of(path: Path, schemas: dict[str, etree.RelaxNG], *, again: bool) -> Iterator[str]:
    """What does not come back of a document, in words."""
    apparatus = examine(read_file(path))
    for form, write in FORMS.items():
        text = write(apparatus)
        root = etree.fromstring(text.encode())
        yield from (f"{form}: not valid by {name}" for name, schema in schemas.items() if not schema.validate(root))
        edition = read_edition(text.encode())
        if edition.text != apparatus.source.text:
            yield f"{form}: another text"
        places = {unit.id: (unit.start, unit.stop) for unit in edition.units}
        if places != {name: unit.span for name, unit in edition.state.units.items()}:
            yield f"{form}: other places"
        linked = [name for target in root.xpath(_TARGETS) for name in target.replace("#", "").split()]
        if not set(linked) <= set(root.xpath(_IDS)) or len(root.xpath(_TARGETS)) != len(apparatus.sentences):
            yield f"{form}: sentences without their links"
    if again:
        yield from _read_again(apparatus, write_tei(apparatus), path)


def _read_again(apparatus: Apparatus, text: str, path: Path) -> Iterator[str]:
    """Whether the document read from its TEI file is the one that it was made of."""
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder, f"{path.stem}.xml")
        made.write_text(text, encoding="utf-8")
        document = read_file(made)
    original = read_file(path)
    if [w.segments for w in document.witnesses] != [w.segments for w in original.witnesses]:
        yield "another document"
    before, after = findings(apparatus), findings(examine(document))
    if before != after:
        yield f"other findings: {sum((before - after).values())} lost, {sum((after - before).values())} new"


def findings(apparatus: Apparatus) -> Counter[tuple[object, ...]]:
    """The entries: rule, places, readings, how certain."""
    return Counter(
        (e.code, e.places, e.lemma, e.tier, round(e.probability, 6), tuple(r.text for r in e.readings))
        for e in apparatus.entries
    )


def measure(paths: Sequence[Path], schemas: dict[str, etree.RelaxNG], *, again: bool = True) -> dict[str, list[str]]:
    """The faults of each document, none for one that comes back."""
    found = {}
    for path in paths:
        found[path.name] = list(faults_of(path, schemas, again=again))
        print(path.name, "; ".join(found[path.name]) or "the same", flush=True)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", type=Path, nargs="*", default=[Path("seeds")])
    parser.add_argument("--schemas", type=Path)
    parser.add_argument("--readings-only", action="store_true")
    args = parser.parse_args()
    paths = [p for given in args.paths for p in (sorted(given.glob("*.txt")) if given.is_dir() else [given])]
    found = measure(paths, schemas_in(args.schemas), again=not args.readings_only)
    whole = sum(not faults for faults in found.values())
    print(f"documents: {len(found)}; come back as they were: {whole}")
    sys.exit(whole < len(found))


if __name__ == "__main__":
    main()
