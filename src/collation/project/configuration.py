"""What a project has set: ``[tool.collation]`` of its pyproject.toml, or its collation.toml.

Read strictly, because a misspelt key would silently let through what it was written to stop: an unknown key, a value
of the wrong kind or a version that is not the required one is an error with the file's path. The nearest file above
the starting folder that speaks of collation is the project's. In collation.toml the table may be left out.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path, PurePosixPath
from typing import Any

from collation.errors import BadSettings, Message
from collation.gate.limits import EVERYTHING, Limits
from collation.knowledge.words import dictd
from collation.model.rule import FAMILIES
from collation.model.verdict import LEVELS
from collation.project.document_table import read_documents
from collation.project.named_paths import named_path
from collation.reading.part_files import DocumentFiles
from collation.settings import Settings
from collation.system.files import read_regular

FILES = ("collation.toml", "pyproject.toml")
BASELINE = ".collation-baseline.json"
_LARGEST = 1_000_000  # bytes of the settings
_CLAUSE = re.compile(r"(==|!=|>=|<=|>|<)?\s*(\d{1,9}(?:\.\d{1,9})*)")
_PIN = re.compile(r"\d{4}\.\d{1,2}")


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder, how its documents are examined and what the gate lets pass.

    ``decisions`` and ``baseline`` are where the rulings and the baseline are, None the usual places; ``exclude`` are
    patterns of paths that are no documents; ``second_reader`` wants two editors for each place; ``scan`` is the address
    of a scan with {id} and {sheet}; ``words`` is the word list, None at its usual place; ``documents`` are those put
    together from several files; ``path`` is the file in which all this is written, None when there is none.
    """

    root: Path
    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    decisions: Path | None = None
    baseline: Path | None = None
    exclude: tuple[str, ...] = ()
    second_reader: bool = False
    scan: str = ""
    required_version: str = ""
    words: Path | None = None
    documents: tuple[DocumentFiles, ...] = ()
    path: Path | None = None


def find_project(start: Path, *, named: Path | None = None) -> Project:
    """The project of a folder, or that of the named file. Raises BadSettings."""
    if named is not None:
        table = _table(named)
        return read_project({} if table is None else table, named)
    here = start.absolute()
    for folder in (here, *here.parents):
        for name in FILES:
            path = folder / name
            table = _table(path) if os.path.lexists(path) else None
            if table is not None:
                return read_project(table, path)
    return Project(here)


def _table(path: Path) -> Mapping[str, Any] | None:
    """What the file says of collation, None when that is nothing."""
    try:
        data = tomllib.loads(read_regular(path, most=_LARGEST).decode("utf-8").replace("\r\n", "\n"))
    except OSError as error:
        raise BadSettings(Message("settings-unreadable", reason=error.strerror or error), path=path) from error
    except (ValueError, RecursionError) as error:
        raise BadSettings(Message("settings-unreadable", reason=error), path=path) from error
    tool = data.get("tool", {})
    own = tool.get("collation") if isinstance(tool, dict) else None
    if own is None and path.name != "pyproject.toml":
        return {k: v for k, v in data.items() if k != "tool"}
    if own is not None and not isinstance(own, dict):
        raise BadSettings(Message("settings-no-table"), path=path)
    if own is not None and path.name != "pyproject.toml" and len(data) > 1:
        raise BadSettings(Message("settings-twice"), path=path)
    return own


def read_project(table: Mapping[str, Any], path: Path) -> Project:
    """The project that a table describes. Raises BadSettings for a key or a value that means nothing."""
    reader = _Reader(table, path)
    reader.refuse_unknown()
    root = path.absolute().parent
    second = reader.flag("second-reader", False)
    return Project(
        root=root,
        settings=_settings(reader, root),
        limits=_limits(reader),
        decisions=reader.below("decisions", root),
        baseline=reader.below("baseline", root),
        exclude=reader.patterns("exclude", reader.words("exclude")),
        second_reader=second,
        scan=_scan(reader),
        required_version=reader.text("required-version"),
        words=reader.below("words", root),
        documents=read_documents(table.get("documents", {}), root, path),
        path=path,
    )


def _settings(reader: _Reader, root: Path) -> Settings:
    given: dict[str, Any] = {}
    for f in fields(Settings):
        key = f.name.replace("_", "-")
        if key not in reader.table or key == "words":
            continue
        if f.name in ("emend", "query"):
            given[f.name] = reader.share(key)
        elif f.name == "readings":
            given[f.name] = reader.whole(key)
        elif f.name == "dictd":
            given[f.name] = reader.dictionary(key, root)
        elif f.name == "translation":
            given[f.name] = reader.flag(key, True)
        else:
            given[f.name] = reader.below(key, root)
    return replace(Settings(), **given)


def _scan(reader: _Reader) -> str:
    address = reader.text("scan")
    if address and not address.startswith(("https://", "http://")):
        raise reader.wrong("scan", Message("scan-address"))
    return address


def _limits(reader: _Reader) -> Limits:
    pin = reader.text("rules")
    if pin and not _PIN.fullmatch(pin):
        raise reader.wrong("rules", Message("rule-set"))
    levels = reader.mapping("levels", str, Message("a-level"))
    for key, level in levels:
        if level not in LEVELS:
            raise reader.wrong(f"levels.{key}", Message("a-level"))
    fail_on = reader.text("fail-on") or "error"
    if fail_on not in LEVELS:
        raise reader.wrong("fail-on", Message("a-level"))
    ceilings = reader.mapping("ceilings", (int, float), Message("a-probability"))
    if any(isinstance(p, bool) or not 0 <= p <= 1 for _, p in ceilings):
        raise reader.wrong("ceilings", Message("a-probability"))
    per_file = reader.mapping("per-file-ignores", list, Message("list-of-rules"))
    reader.patterns("per-file-ignores", tuple(pattern for pattern, _ in per_file))
    return Limits(
        fail_on=fail_on,
        min_confidence=reader.share("min-confidence"),
        select=_codes(reader.words("select")),
        ignore=_codes(reader.words("ignore")),
        levels=tuple((_code(k), level) for k, level in levels),
        ceilings=tuple((_code(k), float(p)) for k, p in ceilings),
        per_file=tuple((k, _codes(v)) for k, v in per_file),
        rules=pin,
    )


def _code(name: str) -> str:
    return EVERYTHING if name.lower() == EVERYTHING else name.upper()


def _codes(names: Collection[str]) -> tuple[str, ...]:
    return tuple(_code(str(name)) for name in names)


KEYS = (
    *(f.name.replace("_", "-") for f in fields(Settings)),
    "fail-on", "min-confidence", "select", "ignore", "levels", "ceilings", "per-file-ignores", "rules", "decisions",
    "baseline", "exclude", "second-reader", "required-version", "scan", "documents",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Reader:
    """A table being read; every refusal names the key, what is expected there and the file."""

    table: Mapping[str, Any]
    path: Path

    def refuse_unknown(self) -> None:
        for key in self.table:
            if key not in KEYS:
                raise BadSettings(Message("setting-unknown", name=key, meant=meant(key, KEYS)), path=self.path)

    def wrong(self, key: str, expected: Message) -> BadSettings:
        return BadSettings(Message("setting-wrong", name=key, expected=expected), path=self.path)

    def text(self, key: str) -> str:
        return str(self._of(key, str, "", Message("a-text")))

    def flag(self, key: str, usual: bool) -> bool:
        return bool(self._of(key, bool, usual, Message("true-or-false")))

    def whole(self, key: str) -> int:
        found = self._of(key, int, 1, Message("whole-number"))
        if isinstance(found, bool) or found < 1:
            raise self.wrong(key, Message("whole-number"))
        return int(found)

    def share(self, key: str) -> float:
        found = self._of(key, (int, float), 0.0, Message("share"))
        if isinstance(found, bool) or not 0 <= found <= 1:
            raise self.wrong(key, Message("share"))
        return float(found)

    def words(self, key: str) -> tuple[str, ...]:
        found = self._of(key, list, [], Message("list-of-texts"))
        if not all(isinstance(item, str) for item in found):
            raise self.wrong(key, Message("list-of-texts"))
        return tuple(found)

    def patterns(self, key: str, given: tuple[str, ...]) -> tuple[str, ...]:
        """Patterns of paths as they are; one without any part, such as "." would fit nothing."""
        for pattern in given:
            if not PurePosixPath(pattern).parts:
                raise self.wrong(key, Message("patterns-of-paths", pattern=pattern))
        return given

    def below(self, key: str, root: Path) -> Path | None:
        found = self.text(key)
        return named_path(key, root / found, root, self.path) if found else None

    def dictionary(self, key: str, root: Path) -> str:
        """A name of the usual places as it is; the path of a dictionary that lies in the project, or in those places."""
        found = self.text(key)
        near = root / found
        if not found or ("/" not in found and not dictd.files_of(near)):
            return found
        if near.parent not in dictd.FOLDERS:
            for path in dictd.files_of(near) or [near]:
                named_path(key, path, root, self.path)
        return str(near)

    def mapping(self, key: str, kind: Any, expected: Message) -> tuple[tuple[str, Any], ...]:
        found = self._of(key, dict, {}, Message("a-table"))
        for name, value in found.items():
            if not isinstance(value, kind):
                raise self.wrong(f"{key}.{name}", expected)
        return tuple(found.items())

    def _of(self, key: str, kind: Any, usual: Any, expected: Message) -> Any:
        found = self.table.get(key, usual)
        if not isinstance(found, kind):
            raise self.wrong(key, expected)
        return found


def meant(name: str, known: Collection[str]) -> Message | str:
    """ "; is … meant?" when something known is like the name, else nothing."""
    found = difflib.get_close_matches(name, list(known), 1, 0.6)
    return Message("is-meant", name=found[0]) if found else ""


def check_rules(limits: Limits, known: Collection[str], *, path: Path | None = None) -> None:
    """Raise BadSettings when a rule or family is named that does not exist."""
    named = [*limits.select, *limits.ignore, *(k for k, _ in limits.levels), *(k for k, _ in limits.ceilings)]
    for name in (*named, *(code for _, codes in limits.per_file for code in codes)):
        if name != EVERYTHING and name not in FAMILIES and not any(name and c.startswith(name) for c in known):
            raise BadSettings(Message("rule-unknown", name=name, meant=meant(name, [*known, *FAMILIES])), path=path)


def check_version(project: Project, version: str) -> None:
    """Raise BadSettings when the project requires another version of the program."""
    for clause in filter(None, (c.strip() for c in project.required_version.split(","))):
        found = _CLAUSE.fullmatch(clause)
        if found is None:
            raise BadSettings(Message("required-version-wrong", version=project.required_version), path=project.path)
        if not _satisfies(_numbers(version), found.group(1) or "==", _numbers(found.group(2))):
            raise BadSettings(Message("version-required", wanted=clause, version=version), path=project.path)


def _satisfies(own: tuple[int, ...], sign: str, wanted: tuple[int, ...]) -> bool:
    length = max(len(own), len(wanted))
    left, right = (v + (0,) * (length - len(v)) for v in (own, wanted))
    order = (left > right) - (left < right)
    return {"==": order == 0, "!=": order != 0, ">=": order >= 0, "<=": order <= 0, ">": order > 0, "<": order < 0}[
        sign
    ]


def _numbers(version: str) -> tuple[int, ...]:
    """The release numbers of a version; what follows them ("rc1") is left out."""
    found = re.match(r"\d+(?:\.\d+)*", version)
    return tuple(int(n) for n in found.group().split(".")) if found else ()
