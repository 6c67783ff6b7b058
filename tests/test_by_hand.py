"""The measuring set of our own: its gold leads back to the sound documents."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"
SOUND = BENCHMARKS / "by_hand"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("by-hand")
    subprocess.run([sys.executable, BENCHMARKS / "by_hand.py", out], check=True, capture_output=True)
    return out


def test_gold_leads_back_to_the_sound_documents(made: Path) -> None:
    rows = [json.loads(line) for line in (made / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    for sound in sorted(SOUND.glob("*.txt")):
        text = (made / sound.name).read_bytes().decode("utf-8")
        for row in sorted((r for r in rows if r["doc"] == sound.name), key=lambda r: -r["start"]):
            assert text[row["start"] : row["end"]] == row["sic"]
            text = text[: row["start"]] + row["corr"][0] + text[row["end"] :]
        assert text == sound.read_bytes().decode("utf-8")


def test_every_document_is_there_misread_and_sound(made: Path) -> None:
    rows = [line.split("\t") for line in (made / "manifest.tsv").read_text(encoding="utf-8").splitlines()[1:]]
    tracks = {name: track for name, track, _ in rows}
    names = {path.name for path in SOUND.glob("*.txt")}
    assert tracks == dict.fromkeys(names, "T4") | {f"sound-{name}": "T0" for name in names}
    assert all(int(words) > 200 for _, _, words in rows)


def test_where_a_value_is_misread_the_other_side_says_what_it_was(made: Path) -> None:
    rows = [json.loads(line) for line in (made / "gold.jsonl").read_text(encoding="utf-8").splitlines()]
    opposite = [row for row in rows if "alt" in row]
    assert len(opposite) >= 15
    for row in opposite:
        text = (made / row["doc"]).read_bytes().decode("utf-8")
        assert text[row["alt"]["start"] : row["alt"]["end"]].strip()
        assert {row["side"], row["alt"]["side"]} == {"ru", "en"}
