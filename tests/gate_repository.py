"""A small repository for the tests of the gate: documents of two paragraphs, rulings, and the commands."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from collation.commands.app import app
from collation.decisions.reviewed_texts import keep_text
from collation.decisions.ruling import Ruling
from collation.decisions.ruling_log import append, log_path
from machine import named
from made import at, rule

HEAD = (
    '**Citation:**\n\n"Letter", October 8, 1950, Wilson Center Digital Archive, APRF, f. 45, op. 1, d. 347, listy 65-67. '
    "<https://digitalarchive.wilsoncenter.org/document/{number}>\n\n**Contents:**\n\n"
    "Original Scan  \nTranslation - English\n\n"
)
RUSSIAN = "Если война неизбежна, то пусть она будет {word}, а не через несколько лет.\n\n{more}"
ENGLISH = "If a war is inevitable, then let it be waged now, and not in a few years.\n"
WRONG, RIGHT = "топорь", "теперь"


def letter(
    word: str = WRONG, number: int = 112233, above: str = "", more: str = "", above_en: str = "", more_en: str = ""
) -> str:
    """A letter whose one doubtful word is given, with more text in front or behind and what translates that."""
    russian = above + RUSSIAN.format(word=word, more=more)
    return HEAD.format(number=number) + russian + above_en + ENGLISH + more_en


def write(path: Path, text: str | bytes) -> Path:
    path = Path(named(str(path)))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
    return path


def ruled(root: Path, text: str, reading: str | None = None, *, number: int = 112233, **more: Any) -> Ruling:
    """A ruling on the doubtful word, written to the log of the repository with the text it was made on."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    values = {"document": str(number), "digest": digest, **more}
    made = rule(text, at(text, values.pop("word", WRONG)), reading, **values)
    append(log_path(root / "decisions", made.editor), [made])
    keep_text(root / "decisions", digest, text)
    return made


def run(*args: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(app, list(args))
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


def run_on_names(*args: str) -> tuple[int, str, str]:
    """As ``run``, on files with Russian names: where this process cannot name them, by one that begins anew."""
    if sys.getfilesystemencoding() != "ascii":
        return run(*args)
    command = [sys.executable, "-m", "collation", *(named(word) for word in args)]
    done = subprocess.run(command, capture_output=True, check=False)
    return done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")


def found(*args: str) -> list[tuple[str, str, str, str]]:
    """File, words, status and fingerprint of each finding."""
    data = json.loads(run("check", *args, "--format", "json")[1])
    return [(f["file"], f["lemma"], f["status"], f["fingerprint"]) for f in data["findings"]]
