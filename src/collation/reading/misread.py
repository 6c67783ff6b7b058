"""Signs and figures that were read for letters: "отка3", "социалистическог®", "^изнь", "заво^ской".

What touches a word without a blank belongs to it when the word is none without it and a letter in its stead makes one
of the dictionary; then the whole is one token, so that a reading replaces all of it. Nothing is read here. Left alone
are marks behind words ("завод®", a footnote's figure), numbers, and signs that no letter explains.
"""

from __future__ import annotations

from collections.abc import Iterator

from collation.knowledge.letters import script
from collation.knowledge.words.blemishes import MOST_SIGNS
from collation.model.document import TokenKind
from collation.model.language import Blemishes, Language, Script
from collation.reading.breaks import stands_alone

Piece = tuple[str, int, int, TokenKind]
"""A token of a flow before it has its place: what it reads, where it starts and stops in the flow, its kind."""

_SIGNS = frozenset("®©^*§°{}<>=+$€£@&|~\\_•¤")
_LEAST = 4
_LETTERS_A_SIGN = 3


def join_misread(pieces: list[Piece], language: Language) -> list[Piece]:
    """The pieces, those that make one word with a sign or a figure in it or at its edge put together."""
    if language.blemishes is None:
        return pieces
    found: list[Piece] = []
    for cluster in _clusters(pieces, language.script):
        whole = cluster[0] if len(cluster) == 1 else _joined(cluster, language, language.blemishes)
        found.extend([whole] if whole else cluster)
    return found


def _clusters(pieces: list[Piece], written: Script) -> Iterator[list[Piece]]:
    """Runs of pieces that touch and are words or single signs and figures; every other piece alone."""
    cluster: list[Piece] = []
    for piece in pieces:
        fits = _is_word(piece, written) or _is_blemish(piece)
        if cluster and not (fits and cluster[-1][2] == piece[1]):
            yield cluster
            cluster = []
        if fits:
            cluster.append(piece)
        else:
            yield [piece]
    if cluster:
        yield cluster


def _is_word(piece: Piece, written: Script) -> bool:
    return (
        piece[3] == "word"
        and script(piece[0]) == written
        and piece[0].isalpha()
        and piece[2] - piece[1] == len(piece[0])
    )


def _is_blemish(piece: Piece) -> bool:
    return piece[0] in _SIGNS or (piece[3] == "number" and len(piece[0]) == 1)


def _joined(cluster: list[Piece], language: Language, blemishes: Blemishes) -> Piece | None:
    words = [text for text, _, _, kind in cluster if kind == "word"]
    signs = len(cluster) - len(words)
    text = "".join(piece[0] for piece in cluster)
    if not words or not signs or signs > MOST_SIGNS or len(text) < max(_LEAST, (_LETTERS_A_SIGN + 1) * signs):
        return None
    if all(stands_alone(word, language) for word in words) or not blemishes.explained(text):
        return None
    return text, cluster[0][1], cluster[-1][2], "word"
