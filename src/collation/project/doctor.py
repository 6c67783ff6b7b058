"""`collation doctor`: whether everything the program needs is there and whole, one line a thing.

It looks at the files themselves, also at those that a project has chosen in place of the shipped ones: a dictionary of
which nothing is left, a truncated model or a kept text that is no longer the one that was ruled on would else be noticed
only by what is no longer found. It does not say whether a model is good; ``benchmarks/accuracy.py`` does.
"""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Callable, Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from collation.decisions.history import History
from collation.decisions.ruling import Ruling
from collation.errors import CollationError
from collation.project.configuration import Project
from collation.project.opening import cache_folder, open_baseline, open_project, own_version
from collation.project.rulings_folders import RulingsFolders, move_command, rulings_folders_below
from collation.project.word_list import WordLists, read_words

Line = tuple[bool | None, str]
"""Whether a thing is well, None for what needs attention and hinders nothing; and the words."""
_EXTRAS = {
    "cluster": (("dask", "distributed"), "documents examined on several computers"),
    "frame": (("pandas",), "tables of findings in Python"),
    "office": (("lxml", "python-docx", "openpyxl"), "documents of Word and LibreOffice, sheets"),
    "page": (("tesserocr", "pillow", "pypdfium2"), "images of pages as a witness"),
    "pdf": (("pypdfium2",), "PDF with a text layer"),
    "tei": (("lxml",), "editions in TEI XML"),
    "train": (("scikit-learn", "scipy", "threadpoolctl", "torch", "wordfreq"), "learning the shipped files anew"),
}
"""The extras of pyproject.toml, the packages of each and what it is for; ``tests/test_command_line.py`` compares."""
_LIBRARIES = ("pymorphy3", "collatex", "rapidfuzz", "pyspellchecker", "numpy")


def health(folder: Path, config: Path | None) -> Iterator[Line]:
    """Each thing with whether it is well, in words."""
    project = _opened(config)
    chosen = project if isinstance(project, Project) else Project(Path.cwd())
    parts: tuple[tuple[str, Callable[[], Iterator[Line]]], ...] = (
        ("program", _program),
        ("dictionaries", _dictionaries),
        ("weights", lambda: _weights(chosen)),
        ("language model", lambda: _language_model(chosen)),
        ("translation probabilities", lambda: _translation(chosen.settings.translations)),
        ("recalibration", lambda: _recalibration(chosen.settings.recalibration)),
        ("collection", lambda: _collection(chosen.settings.collection)),
        ("extras", _extras),
        ("settings", lambda: _settings(project)),
        ("word list", lambda: _words(folder, chosen) if project is chosen else iter(())),
        ("baseline", lambda: _baseline(chosen)),
        (
            "rulings",
            lambda: _rulings(
                folder, RulingsFolders(configured=chosen.decisions, named=(folder,)), chosen.second_reader
            ),
        ),
    )
    for name, part in parts:
        yield from _tried(name, part)


def _tried(name: str, part: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    try:
        yield from part()
    except CollationError as error:
        yield False, f"{name}: {error}"
    except Exception as error:  # what is damaged may fail in any way, and the other lines are wanted all the same
        yield False, f"{name}: cannot be read ({type(error).__name__}: {error})"


def _opened(config: Path | None) -> Project | CollationError:
    try:
        return open_project(config)
    except CollationError as error:
        return error


def _program() -> Iterator[Line]:
    yield True, f"collation {own_version()}, Python {platform.python_version()}, {platform.system()}"
    for name in _LIBRARIES:
        try:
            yield True, f"{name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"{name}: not installed"
    yield True, f"cache: {cache_folder()}"


def _extras() -> Iterator[Line]:
    """What may be installed beside the program, and what it is for."""
    for name, (packages, what) in _EXTRAS.items():
        missing = [package for package in packages if not _installed(package)]
        if missing:
            command = f'pip install "collation[{name}]"'
            yield True, f"extra {name} ({what}): not installed, {', '.join(missing)} missing; to have it: {command}"
        else:
            yield True, f"extra {name} ({what}): {', '.join(f'{p} {version(p)}' for p in packages)}"


def _installed(package: str) -> bool:
    try:
        version(package)
    except PackageNotFoundError:
        return False
    return True


def _words(folder: Path, project: Project) -> Iterator[Line]:
    lists = WordLists(project if project.path is not None else None)
    path = lists.path_for(folder / "document")
    listed = read_words(path) if path.is_file() and lists.is_list(path) else ()
    yield True, f"word list: {path}, words: {len(listed)}" if listed else "word list: none"


def _dictionaries() -> Iterator[Line]:
    from collation.knowledge import dictionaries
    from collation.knowledge.words import morphology

    base = dictionaries.folder()
    paths = sorted(base.rglob("*.tsv"))
    damaged = [text for path in paths if (text := _damage(path))]
    yield from ((False, f"dictionary: {text}") for text in damaged)
    whole = len(paths) - len(damaged)
    yield whole > 0, f"dictionaries: {whole} files, version {dictionaries.version()}, in {base}"
    yield True, f"morphology: {morphology.version()}"


def _damage(path: Path) -> str:
    """What is wrong with a dictionary, empty when nothing is: its header promises its columns, and it has rows."""
    from collation.knowledge import dictionaries

    try:
        text = path.read_text(encoding="utf-8")
        header = next((line for line in text.splitlines() if line.startswith("# columns:")), "")
        found = dictionaries.read_rows(path, columns=header.count(",") + 1)
    except (CollationError, OSError, UnicodeDecodeError) as error:
        return str(error) if isinstance(error, CollationError) else f"{path}: cannot be read ({error})"
    return "" if header and found else f"{path}: {'no rows' if header else 'its header is missing'}"


def _weights(project: Project) -> Iterator[Line]:
    from collation.judge.weights import load_weights as load_weights

    facts = load_weights(project.settings.weights).facts
    where = f", {project.settings.weights}" if project.settings.weights else ""
    yield True, f"weights: of {facts.get('date', 'an unknown day')}, from {facts.get('examples', '?')} examples{where}"


def _language_model(project: Project) -> Iterator[Line]:
    from collation.knowledge import dictionaries
    from collation.knowledge.words import language_model

    path = project.settings.language_model or dictionaries.data_file("period.counts")
    counts = language_model.load(project.settings.language_model)
    yield counts is not None, f"language model: {path if counts else f'{path} is missing'}"


def _translation(own: Path | None) -> Iterator[Line]:
    from collation.knowledge import dictionaries

    for path in (dictionaries.data_file("translation.tsv"), *(() if own is None else (own,))):
        rows = dictionaries.read_rows(path, columns=4) if path.is_file() else []
        yield bool(rows), f"translation probabilities: {path if rows else f'{path} is missing or empty'}"


def _recalibration(own: Path | None) -> Iterator[Line]:
    from collation.judge.recalibration import load_recalibration

    taught = load_recalibration(own)
    if taught is not None:
        yield True, f"recalibration: learned from {taught.rulings} rulings, {own}"


def _collection(own: Path | None) -> Iterator[Line]:
    from collation.knowledge.collection import load_collection

    known = load_collection(own)
    if known is not None:
        yield True, f"collection: {len(known.forms)} rare words of {len(known.texts)} documents, {own}"


def _settings(project: Project | CollationError) -> Iterator[Line]:
    if isinstance(project, CollationError):
        raise project
    yield True, f"settings: {project.path or 'none, the defaults hold'}"


def _baseline(project: Project) -> Iterator[Line]:
    path, known = open_baseline(project, None)
    yield True, f"baseline: {path}, findings: {len(known)}" if path.is_file() else "baseline: none"


def _rulings(folder: Path, folders: RulingsFolders, second_reader: bool) -> Iterator[Line]:
    """The logs of the folder, of those above it and of those at any depth below."""
    home = folders.of(folder / "document")
    below = rulings_folders_below(folder)
    known = {place.resolve() for place in home.filled}
    places = [*home.filled, *(place for place in below if place.resolve() not in known)]
    if not places:
        yield True, f"rulings: none in {home.folder}, nor in any folder above or below"
        return
    for place in places:
        yield from _logs(place, second_reader)
        proper = folders.of(place.parent / "document").folder if place in below else home.folder
        if place.resolve() != proper.resolve():
            command = move_command(place, proper)
            yield (
                None,
                f"rulings: those in {place} count; new ones are written to {proper}; to bring them together: {command}",
            )


def _logs(place: Path, second_reader: bool) -> Iterator[Line]:
    """The logs of one place."""
    history = History.read((place,), second_reader=second_reader)
    for log in history.logs:
        if log.damaged:
            more = f"; {len(log.damaged) - 1} more such lines" if len(log.damaged) > 1 else ""
            yield False, f"rulings: {log.damaged[0]}{more}"
        torn = "; its last line is unfinished and does not count" if log.torn else ""
        yield True, f"rulings: {log.path}: {len(log.rulings)}{torn}"
    yield from ((None, f"rulings: {missing}") for missing in history.missing)
    yield True, f"places on which editors disagree: {len(history.state.conflicts)}"
    yield from _texts(history)


def _texts(history: History) -> Iterator[Line]:
    """The texts that rulings were made on. Without one a place is still found by its words, less surely."""
    by_digest: dict[str, list[Ruling]] = {}
    for ruling in history.state.history:
        by_digest.setdefault(ruling.digest, []).append(ruling)
    texts = {digest: history.kept(digest) for digest in sorted(by_digest)}
    for digest, text in texts.items():
        if text is not None and not _is_of(text, digest, by_digest[digest]):
            yield False, f"reviewed text: {digest} is not the text that was ruled on"
    kept = sum(text is not None for text in texts.values())
    yield True, f"reviewed texts: {kept} of {len(texts)} kept"


def _is_of(text: str, digest: str, rulings: list[Ruling]) -> bool:
    """Whether a kept text is the one that was ruled on.

    The digest is that of the file, so for a file in another encoding than UTF-8 it is asked whether the ruled words
    are where they were.
    """
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() == digest:
        return True
    anchors = [r.anchor for r in rulings if r.verdict != "undo"]
    return all(text[: a.start].endswith(a.before) and text[a.start :].startswith(a.exact[:1]) for a in anchors)
