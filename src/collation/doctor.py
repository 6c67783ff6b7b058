"""`collation doctor`: whether everything the program needs is there and whole, one line a thing."""

from __future__ import annotations

import platform
from collections.abc import Callable, Iterator
from pathlib import Path

from collation.decisions.fold import fold
from collation.decisions.log import find_folder, load
from collation.decisions.ruling import Ruling
from collation.errors import CollationError
from collation.workplace import cache_folder, open_baseline, open_project, own_version

Line = tuple[bool, str]


def health(folder: Path, config: Path | None) -> Iterator[Line]:
    """Each thing with whether it is well, in words."""
    for part in (_program, _dictionaries, _learned, lambda: _project(folder, config)):
        yield from _tried(part)


def _tried(part: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    try:
        yield from part()
    except CollationError as error:
        yield False, str(error)


def _program() -> Iterator[Line]:
    yield True, f"collation {own_version()}, Python {platform.python_version()}, {platform.system()}"
    yield True, f"cache: {cache_folder()}"


def _dictionaries() -> Iterator[Line]:
    from collation.knowledge import dictionaries, morphology

    count = len(list(dictionaries.folder().rglob("*.tsv")))
    yield count > 0, f"dictionaries: {count} files, version {dictionaries.version()}, in {dictionaries.folder()}"
    yield True, f"morphology: {morphology.version()}"


def _learned() -> Iterator[Line]:
    from collation.judge.model import load as load_weights
    from collation.knowledge import dictionaries, language_model

    facts = load_weights(None).facts
    yield True, f"weights: of {facts.get('date', 'an unknown day')}"
    counts = language_model.load()
    yield counts is not None, f"language model: {dictionaries.data_file('period.counts') if counts else 'missing'}"
    table = dictionaries.data_file("translation.tsv")
    yield table.is_file(), f"translation probabilities: {table if table.is_file() else 'missing'}"


def _project(folder: Path, config: Path | None) -> Iterator[Line]:
    project = open_project(config)
    yield True, f"settings: {project.path or 'none, the defaults hold'}"
    path, known = open_baseline(project, None)
    yield True, f"baseline: {path}, findings: {len(known)}" if path.is_file() else "baseline: none"
    yield from _logs(find_folder(folder / "document", configured=project.decisions), project.second_reader)


def _logs(folder: Path, second_reader: bool) -> Iterator[Line]:
    paths = sorted(folder.glob("*.jsonl")) if folder.is_dir() else []
    rulings: list[Ruling] = []
    for path in paths:
        try:
            log = load(path)
        except CollationError as error:
            yield False, str(error)
            continue
        rulings += log.rulings
        torn = "; its last line is unfinished and does not count" if log.torn else ""
        yield True, f"rulings: {path}: {len(log.rulings)}{torn}"
    if not paths:
        yield True, f"rulings: none in {folder}"
        return
    conflicts = len(fold(rulings, second_reader=second_reader).conflicts)
    yield True, f"places on which editors disagree: {conflicts}"
