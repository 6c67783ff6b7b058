"""Every error is a message with a key: each key has a sentence in both languages, each sentence a key that is used."""

from __future__ import annotations

import ast
import dataclasses
import pickle
import string
from collections.abc import Iterator
from pathlib import Path

import pytest

from collation import errors
from collation.errors import LANGS, BadRuling, CollationError, DamagedLog, Message, read_table
from collation.errors.extras import need_extra
from collation.languages import LANGUAGES
from collation.system import files
from collation.system.untrusted import KEYS

PACKAGE = Path(errors.__file__).parents[1]
TABLE = read_table(PACKAGE / "errors" / "messages.tsv")
ERRORS = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, CollationError)}
NAMES = {name for _, name in files._KINDS} | {"something else"} | {language.name for language in LANGUAGES} | KEYS
"""Keys that are not written where the message is made: what is no file, the names of languages, and refusals."""


def calls(of: set[str]) -> Iterator[tuple[str, ast.Call]]:
    """The calls of some names in the package, each with its place."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in of:
                yield f"{path.relative_to(PACKAGE)}:{node.lineno}", node


def made() -> Iterator[tuple[str, str, set[str]]]:
    """Every message made in the package: where, its key, the names of its values."""
    for where, call in calls({"Message"}):
        for key in ast.walk(call.args[0]):
            if isinstance(key, ast.Constant):
                yield where, str(key.value), {str(value.arg) for value in call.keywords}


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def test_every_error_that_is_raised_has_a_message() -> None:
    raised = list(calls(ERRORS))
    assert len(raised) > 140
    bare = [where for where, call in raised if isinstance(call.args[0], ast.Constant | ast.JoinedStr | ast.BinOp)]
    assert bare == [], "an error is made of a Message, whose key has a line in errors/messages.tsv"


def test_every_key_has_a_sentence_in_both_languages_with_the_same_values() -> None:
    wrong = [
        f"{where}: {key} {sorted(values)}"
        for where, key, values in made()
        if key not in TABLE or any(names_in(sentence) != values for sentence in TABLE[key])
    ]
    assert wrong == []


def test_every_sentence_has_a_key_that_is_used() -> None:
    assert set(TABLE) == {key for _, key, _ in made()} | NAMES


def test_the_table_is_in_order_and_its_russian_is_russian() -> None:
    assert list(TABLE) == sorted(TABLE)
    latin = [key for key, (_, russian) in TABLE.items() if not any("а" <= c <= "я" for c in russian.lower())]
    assert latin == ["git-failed", "language-known"]


def test_a_message_is_said_in_both_languages_and_its_values_too() -> None:
    message = Message("not-a-file", kind=Message("a pipe"))
    assert [message.text(lang) for lang in LANGS] == ["this is a pipe and no file", "это не файл, а канал"]
    damage = DamagedLog(Message("not-json"), path="a.jsonl", line=3)
    locked = BadRuling(Message("log-damaged", log=(damage, damage)))
    assert str(locked) == (
        "a log is damaged and must be mended first: a.jsonl:3: this is no JSON; a.jsonl:3: this is no JSON"
    )
    assert locked.text("ru").endswith(": a.jsonl:3: это не JSON; a.jsonl:3: это не JSON")


def test_a_key_without_a_sentence_is_said_as_it_is() -> None:
    assert BadRuling(Message("unheard of {x}"), path="a.txt").text("ru") == "a.txt: unheard of {x}"


def test_what_an_error_says_does_not_change() -> None:
    message = Message("no-such-number", number=7)
    with pytest.raises(dataclasses.FrozenInstanceError):
        message.key = "other"  # type: ignore[misc]
    assert message == Message("no-such-number", number="7") and hash(message)
    again = pickle.loads(pickle.dumps(BadRuling(message, path="a.txt", line=2)))
    assert str(again) == "a.txt:2: there is no place number 7 in the list"
    assert again.text("ru") == "a.txt:2: места под номером 7 в списке нет"


def test_a_missing_library_names_the_command_that_installs_it() -> None:
    need_extra("office", ("json",), form="docx")
    with pytest.raises(CollationError, match=r"docx needs .*\(no_such_library\).* pip install 'collation\[office\]'"):
        need_extra("office", ("json", "no_such_library"), form="docx")
