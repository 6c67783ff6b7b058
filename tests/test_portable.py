"""What runs on Windows too: no call that only POSIX has without its twin, and names of files that every system can bear."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from collation.system.file_names import is_reserved, portable_name

SOURCE = Path(__file__).parents[1] / "src" / "collation"
MODULES = {"fcntl", "termios", "tty", "pty", "resource", "pwd", "grp", "syslog", "crypt", "readline", "posix"}
CALLS = {
    "os": set(
        "fork forkpty getuid geteuid getgid getegid setuid setgid setsid getpgid killpg mkfifo mknod chown lchown fchown "
        "chmod fchmod symlink link readlink execv execve statvfs nice getloadavg uname umask wait waitpid openpty "
        "O_DIRECTORY O_NOFOLLOW O_NONBLOCK O_CLOEXEC O_NOCTTY O_SYNC O_DSYNC WNOHANG sched_getaffinity".split()
    ),
    "signal": set(
        "SIGALRM SIGKILL SIGHUP SIGQUIT SIGUSR1 SIGUSR2 SIGPIPE SIGCHLD SIGWINCH alarm setitimer pause".split()
    ),
    "select": {"poll", "epoll", "select"},
    "socket": {"AF_UNIX"},
}
METHODS = {"symlink_to", "hardlink_to", "chmod", "lchmod"}
TWINS = {
    ("review/terminal/input.py", "_read_key_posix"): "_read_key_windows",
    ("review/terminal/input.py", "_rest"): "_read_key_windows",
}
"""Functions that are called on POSIX only, each with that which does the same on Windows, in the same file."""
HARMLESS = {("__main__.py", "_leave_ascii_behind"): "names of files are UTF-16 on Windows, never ASCII"}


def uses(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """What only POSIX has, where it is used."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, a.name) for a in node.names if a.name.split(".")[0] in MODULES)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in MODULES:
            yield node, node.module or ""
        elif isinstance(node, ast.ImportFrom) and node.module in CALLS:
            yield from ((node, a.name) for a in node.names if a.name in CALLS[node.module])
        elif (
            isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and (node.attr in CALLS.get(node.value.id, ()) or (node.attr in METHODS and node.value.id not in CALLS))
        ):
            yield node, node.attr


def is_guarded(node: ast.AST, parents: dict[ast.AST, ast.AST]) -> bool:
    """Whether a use is asked about before: the system by name, or what happens when it is not there."""
    at = node
    while (at := parents.get(at)) is not None:  # type: ignore[assignment]
        if isinstance(at, ast.Try) and any(
            set(ast.unparse(h.type or ast.Constant("")).strip("()").split(", ")) & {"ImportError", "AttributeError"}
            for h in at.handlers
        ):
            return True
        if isinstance(at, ast.If) and _asks(at.test):
            return True
        if isinstance(at, ast.FunctionDef) and any(isinstance(s, ast.If) and _asks(s.test) for s in at.body):
            return True
    return False


def _asks(test: ast.expr) -> bool:
    said = ast.unparse(test)
    return "os.name" in said or "sys.platform" in said or "hasattr" in said


def unguarded(source: str, name: str) -> list[str]:
    tree = ast.parse(source)
    parents = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    functions = {n.name for n in ast.walk(tree) if isinstance(n, ast.FunctionDef)}
    found = []
    for node, what in uses(tree):
        at, function = node, ""
        while (at := parents.get(at)) is not None:  # type: ignore[assignment]
            if isinstance(at, ast.FunctionDef):
                function = at.name
                break
        twin = TWINS.get((name, function))
        if not (twin in functions or (name, function) in HARMLESS or is_guarded(node, parents)):
            found.append(f"{name}:{getattr(node, 'lineno', 0)}: {what}")
    return found


def test_no_call_of_posix_is_without_its_twin() -> None:
    found = [
        use
        for path in sorted(SOURCE.rglob("*.py"))
        for use in unguarded(path.read_text(encoding="utf-8"), path.relative_to(SOURCE).as_posix())
    ]
    assert not found, "Windows has no such call; put its twin beside it: " + "; ".join(found)


@pytest.mark.parametrize(
    "source",
    [
        "import fcntl",
        "import os\nos.fork()",
        "from signal import SIGALRM",
        "path.symlink_to(other)",
        "import os\nos.O_NOFOLLOW",
    ],
)
def test_the_walk_sees_such_a_call(source: str) -> None:
    assert unguarded(source, "any.py")
    guarded = "try:\n    " + source.replace("\n", "\n    ") + "\nexcept (ImportError, AttributeError):\n    pass"
    assert not unguarded(guarded, "any.py")


@pytest.mark.parametrize(
    ("name", "portable"),
    [
        ("CON", "_CON"), ("nul.txt", "_nul.txt"), ("lpt1", "_lpt1"), ("console", "console"), ("письмо. ", "письмо"),
        ("a:b?c", "a-b-c"), ("..", "file"), ("a\x00b", "a-b"), ("письмо 12", "письмо 12"),
    ],
)  # fmt: skip
def test_a_name_is_such_as_every_system_can_bear(name: str, portable: str) -> None:
    assert portable_name(name) == portable
    assert not is_reserved(portable_name(name))
