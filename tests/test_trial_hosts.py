"""Addresses in a catalogue header: hosts of trials are noted, words that only end like them are not."""

from __future__ import annotations

import pytest

from collation.pipeline import examine
from collation.reading import read_text

HEADER = """**May 4, 1938**

**Letter on the Harvest**

**Citation:**

"Letter on the Harvest", May 4, 1938, RGAE, f. 12, op. 3, d. 40, ll. 18-19. <https://{host}/item/7>

Contents:

Письмо от 4 мая 1938 г.
"""


def is_noted(host: str) -> bool:
    return any(e.code == "CAT805" for e in examine(read_text(HEADER.format(host=host), label="letter.txt")).entries)


@pytest.mark.parametrize(
    "host", ["staging.example.net", "test.example.net", "archivetest.com", "qa-letters.example.net"]
)
def test_a_host_for_trials_is_noted(host: str) -> None:
    assert is_noted(host)


@pytest.mark.parametrize(
    "host", ["contest.org", "www.protest-archive.org", "latest.archive.org", "attested.example.net"]
)
def test_a_word_that_ends_in_test_is_no_trial(host: str) -> None:
    assert not is_noted(host)
