"""The limits and weights of a rule, as ``collation rule CODE`` prints them: read from its source with their comments.

A number that decides something is a constant with a comment of what it is, beside the rule, in a file of its family that
the rule uses, or in what both ask of the document (``evidence/``). Reading them from the source keeps them in one place; nothing is declared twice.
"""

from __future__ import annotations

import ast
import importlib
import inspect
import io
import tokenize
from dataclasses import dataclass
from types import ModuleType

from collation.model.rule import Rule

_EVIDENCE = "collation.evidence."
_HEADING = "Its limits and weights, set by hand where no measurement is named:"


@dataclass(frozen=True, slots=True)
class Threshold:
    """A constant, or some set together: their names, values as written, what they are ("" unsaid), their module."""

    names: str
    values: str
    what: str
    module: str


def thresholds(rule: Rule) -> tuple[Threshold, ...]:
    """The numbers of a rule's module, then those of the files of its family and of the evidence that the module uses."""
    modules = _modules(importlib.import_module(rule.propose.__module__))
    return tuple(t for module in modules for t in of_source(inspect.getsource(module), module.__name__))


def of_source(source: str, module: str) -> tuple[Threshold, ...]:
    """The constants of a module that are numbers, or tuples or tables of numbers, in the order of the file."""
    comments = _comments(source)
    lines = source.splitlines()
    found = []
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None and _is_numeric(node.value):
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            above = comments.get(node.lineno - 1, "") if lines[node.lineno - 2].startswith("#") else ""
            what = comments.get(node.end_lineno or node.lineno, "") or above
            found.append(Threshold(ast.unparse(target).strip("()"), ast.unparse(node.value).strip("()"), what, module))
    return tuple(found)


def numbers_of(rule: Rule) -> str:
    """The paragraph on a rule's weight and its numbers, by file."""
    weighed = ["its readings are weighed by the learned trees"] if rule.learned else []
    if rule.prior is not None:
        weighed.append(f"its doubts are argued from a prior of {rule.prior} (log-odds)")
    lines = [f"How it is weighed: {'; '.join(weighed) or 'it is not calibrated'}.", "", _HEADING]
    found = thresholds(rule)
    for module in dict.fromkeys(t.module for t in found):
        lines.append(module.removeprefix("collation.").replace(".", "/") + ".py")
        lines += [f"  {t.names} = {t.values}{f'  # {t.what}' if t.what else ''}" for t in found if t.module == module]
    return "\n".join(lines if found else lines[:1]) + "\n"


def _modules(first: ModuleType) -> list[ModuleType]:
    """A module and those of its own family and of the evidence that it imports, directly or not."""
    found = [first]
    family = first.__name__.rpartition(".")[0] + "."
    for module in found:
        for node in ast.walk(ast.parse(inspect.getsource(module))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith((family, _EVIDENCE)):
                other = importlib.import_module(node.module or "")
                found += [other] if other not in found else []
    return found


def _is_numeric(value: ast.expr) -> bool:
    match value:
        case ast.Constant(value=bool()):
            return False
        case ast.Constant(value=int() | float()):
            return True
        case ast.UnaryOp(operand=operand):
            return _is_numeric(operand)
        case ast.BinOp(left=left, right=right):
            return all(_is_numeric(side) or isinstance(side, ast.Name) for side in (left, right))
        case ast.Tuple(elts=items) | ast.Dict(values=items):
            return bool(items) and all(_is_numeric(item) for item in items)
    return False


def _comments(source: str) -> dict[int, str]:
    """The comments of a file by their lines."""
    tokens = tokenize.generate_tokens(io.StringIO(source).readline)
    return {t.start[0]: t.string.lstrip("# ") for t in tokens if t.type == tokenize.COMMENT}
