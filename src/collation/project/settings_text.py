"""The settings that hold in a project, written as they would be in collation.toml."""

from __future__ import annotations

from dataclasses import fields

from collation.project.configuration import Project


def settings_text(project: Project) -> str:
    """All settings of a project, defaults included."""
    limits, settings = project.limits, project.settings
    lines = [f"# {project.path or 'no file of settings; these are the defaults'}"]
    plain: dict[str, object] = {
        "required-version": project.required_version,
        "rules": limits.rules,
        "fail-on": limits.fail_on,
        "min-confidence": limits.min_confidence,
        "select": list(limits.select),
        "ignore": list(limits.ignore),
        "exclude": list(project.exclude),
        "decisions": project.decisions,
        "baseline": project.baseline,
        "second-reader": project.second_reader,
        "scan": project.scan,
        **{f.name.replace("_", "-"): getattr(settings, f.name) for f in fields(settings) if f.name != "words"},
        "words": project.words,
    }
    lines += [f"{key} = {_toml(value)}" for key, value in plain.items() if value is not None]
    tables = {"levels": limits.levels, "ceilings": limits.ceilings, "per-file-ignores": limits.per_file}
    for name, pairs in tables.items():
        lines += ["", f"[{name}]", *(f"{_toml(key)} = {_toml(value)}" for key, value in pairs)]
    return "\n".join(lines) + "\n"


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(item) for item in value) + "]"
    text = str(value).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'
