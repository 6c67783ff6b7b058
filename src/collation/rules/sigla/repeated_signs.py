"""The odd one out among the signs a document repeats: cipher numbers ("600308/ш" three times, "600308/в" once), running
heads, and the series of its sheets.

A sign that is printed on every sheet is the same on every sheet; where most agree and one differs by little, the one
was misread. The translation's siglum ("3561/shs") is another witness of its letters. Sheet numbers that leave one out
are asked about and not mended. Blind to a sign that occurs once, and to one that is misread alike everywhere.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from rapidfuzz.distance import Levenshtein

from collation.evidence.context import Context
from collation.knowledge.letters import fold
from collation.knowledge.values.atoms import whole_number
from collation.model import Edit, Feature, Hypothesis, Place, Segment, Token, Witness
from collation.model.rule import Rule
from collation.rules.base import without_reading

ODD, SERIES = "SIG601", "SIG602"
_LEAST_FIGURES = 4  # signs from which a number is too long to differ by one on purpose
_MOST_SIGNS = 48  # of a word in such a line: the longest of the 97 texts the program is measured on
_LINE = 12  # tokens of the longest line that repeats as headings do
_ALIKE = 0.8  # likeness of two lines, 0 to 1 by Levenshtein
# What moves the log-odds of the doubt
_AGAINST_LETTERS = -0.6  # the translation has other letters
_EACH_OTHER, _MOST_OTHERS = 0.5, 1.5  # each further sign that reads otherwise, and the most that counts
Texts = tuple[str, ...]
_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh",
    "щ": "shch", "э": "e", "ю": "yu", "я": "ya",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Siglum:
    """A number and the letters behind its stroke."""

    number: Token
    letters: Token

    @property
    def place(self) -> Place:
        return Place.cover([self.number.place, self.letters.place])


def odd(context: Context) -> Iterator[Hypothesis]:
    """Sigla and repeated lines that differ from their fellows, and sigla that the translation writes otherwise."""
    original, translation = context.document.original, context.document.translation
    if original is None:
        return
    own = sigla(original)
    theirs = sigla(translation) if translation else []
    doubted: set[Place] = set()
    for found in (*_among_letters(own, theirs), *_among_numbers(own), *_against(own, theirs), *_lines(original)):
        if found.places[0] not in doubted:
            doubted.add(found.places[0])
            yield found


def _segments(witness: Witness) -> list[Segment]:
    return sorted((*witness.segments, *witness.furniture), key=lambda s: s.place.start)


def sigla(witness: Witness) -> list[Siglum]:
    """The numbers with letters behind a stroke, in order of the text."""
    found = []
    for segment in _segments(witness):
        tokens = segment.tokens
        for number, stroke, letters in zip(tokens, tokens[1:], tokens[2:], strict=False):
            joined = number.stop == stroke.start and stroke.stop == letters.start and stroke.text == "/"
            lettered = letters.kind == "word" and len(letters.text) <= 4
            if joined and lettered and number.text.isdigit() and len(number.text) >= _LEAST_FIGURES:
                found.append(Siglum(number, letters))
    return found


def _grouped(listed: list[Siglum], key: Callable[[Siglum], str]) -> dict[str, list[Siglum]]:
    """Sigla that have a part in common, in the order in which each group begins."""
    found: dict[str, list[Siglum]] = {}
    for siglum in listed:
        found.setdefault(key(siglum), []).append(siglum)
    return found


def _majority(values: list[str]) -> str | None:
    """The value that at least two have and that is opposed by single ones only."""
    counts = Counter(values).most_common()
    if len(counts) != 2 or counts[0][1] < 2 or counts[1][1] > 1:
        return None
    return counts[0][0]


def _among_letters(own: list[Siglum], theirs: list[Siglum]) -> Iterator[Hypothesis]:
    witnesses = _grouped(theirs, lambda s: s.number.text)
    for number, group in _grouped(own, lambda s: s.number.text).items():
        usual = _majority([fold(s.letters.text) for s in group])
        for siglum in group if usual else ():
            if usual is not None and fold(siglum.letters.text) != usual:
                others = tuple(s.place for s in group if s is not siglum)
                agreeing = [t for t in witnesses.get(number, ()) if fold(t.letters.text) == transliterate(usual)]
                features = _repeated(siglum.letters.text, f"{number}/{usual}", others)
                if agreeing:
                    features += (_testifies(agreeing[0]),)
                yield _mended(siglum.letters, usual, features)


def _among_numbers(own: list[Siglum]) -> Iterator[Hypothesis]:
    for letters, group in _grouped(own, lambda s: fold(s.letters.text)).items():
        usual = _majority([s.number.text for s in group])
        for siglum in group if usual else ():
            text = siglum.number.text
            if (
                usual is not None
                and text != usual
                and len(text) == len(usual)
                and Levenshtein.distance(text, usual) == 1
            ):
                others = tuple(s.place for s in group if s is not siglum)
                yield _mended(siglum.number, usual, _repeated(text, f"{usual}/{letters}", others))


def _against(own: list[Siglum], theirs: list[Siglum]) -> Iterator[Hypothesis]:
    """A siglum whose letters the translation transliterates otherwise."""
    witnesses, fellows = _grouped(theirs, lambda s: s.number.text), _grouped(own, lambda s: s.number.text)
    for siglum in own:
        opposite = witnesses.get(siglum.number.text, [])
        written = {fold(t.letters.text) for t in opposite}
        if len(written) != 1 or transliterate(siglum.letters.text) in written:
            continue
        reading = _cyrillic(written.pop(), fold(siglum.letters.text))
        alike = [s for s in fellows[siglum.number.text] if s is not siglum]
        if reading is None or any(fold(s.letters.text) == fold(siglum.letters.text) for s in alike):
            continue
        features = (_testifies(opposite[0]), Feature("strength", _AGAINST_LETTERS))
        yield _mended(siglum.letters, reading, features, (opposite[0].letters.place,))


def transliterate(letters: str) -> str:
    """Russian letters in the Latin ones of a translation."""
    return "".join(_LATIN.get(c, c) for c in fold(letters))


def _cyrillic(latin: str, like: str) -> str | None:
    """Russian letters that a translation would write so, one letter from those in the text; None if there are none."""
    for i in range(len(like)):
        for letter in _LATIN:
            reading = like[:i] + letter + like[i + 1 :]
            if transliterate(reading) == latin:
                return reading
    return None


def _lines(original: Witness) -> Iterator[Hypothesis]:
    """Short lines that are alike but for one word, which most of them agree on."""
    lines = [s for s in _segments(original) if len(s.tokens) <= _LINE and len(s.tokens) >= 3]
    same: dict[Texts, list[Segment]] = {}
    for line in lines:
        same.setdefault(_texts(line), []).append(line)
    near = _alike(list(same))
    for own, (line, *copies) in same.items():
        alike = near.get(own, set())
        if copies or len(alike) != 1 or len(fellows := same[next(iter(alike))]) < 2:
            continue
        for here, usual in zip(line.tokens, fellows[0].tokens, strict=True):
            if here.text != usual.text:
                features = _repeated(here.text, _text(fellows[0]), tuple(s.place for s in fellows))
                yield _mended(here, usual.text, features)


def _text(segment: Segment) -> str:
    return " ".join(t.text for t in segment.tokens)


def _texts(segment: Segment) -> Texts:
    return tuple(t.text for t in segment.tokens)


def _alike(lines: list[Texts]) -> dict[Texts, set[Texts]]:
    """For each line those that differ from it in one sign of one word.

    Two numbers of a line may well differ from sheet to sheet; what is long and differs by one sign may not. Lines
    are not compared with all others, but with those that are the same when the word and one of its signs are left out.
    """
    but_one: dict[tuple[int, Texts], list[Texts]] = {}
    for line in lines:
        for i, word in enumerate(line):
            if _LEAST_FIGURES <= len(word) <= _MOST_SIGNS:
                but_one.setdefault((i, line[:i] + line[i + 1 :]), []).append(line)
    found: dict[Texts, set[Texts]] = {}
    for (i, _), group in but_one.items():
        for left, right in _one_sign_apart(group, i):
            if Levenshtein.normalized_similarity(" ".join(left), " ".join(right)) >= _ALIKE:
                found.setdefault(left, set()).add(right)
                found.setdefault(right, set()).add(left)
    return found


def _one_sign_apart(lines: list[Texts], i: int) -> Iterator[tuple[Texts, Texts]]:
    """The pairs of lines, alike but for their word i, of which that word differs in one sign."""
    if len(lines) < 2:
        return
    shorter: dict[str, list[Texts]] = {}
    for line in lines:
        word = line[i]
        for key in {word, *(word[:k] + word[k + 1 :] for k in range(len(word)))}:
            shorter.setdefault(key, []).append(line)
    for fellows in shorter.values():
        for left, right in combinations(fellows, 2):
            if Levenshtein.distance(left[i], right[i], score_cutoff=1) == 1:
                yield left, right


def _repeated(text: str, usual: str, others: tuple[Place, ...]) -> tuple[Feature, ...]:
    said = (("value", text), ("usual", usual), ("count", str(len(others))))
    strength = min(_MOST_OTHERS, _EACH_OTHER * (len(others) - 1))
    return (
        Feature("odd_one_out", float(len(others)), others, says="odd-one-out", values=said),
        Feature("strength", strength),
    )


def _testifies(siglum: Siglum) -> Feature:
    said = (("value", f"{siglum.number.text}/{siglum.letters.text}"),)
    return Feature("translation_reads", 1.0, (siglum.place,), says="siglum-translated", values=said)


def _mended(token: Token, reading: str, features: tuple[Feature, ...], also: tuple[Place, ...] = ()) -> Hypothesis:
    return Hypothesis(ODD, (token.place, *also), (Edit(token.place, reading),), features, "original", "attested")


def series(context: Context) -> Iterator[Hypothesis]:
    """A sheet left out between two that are marked."""
    sheets = [s for s in context.document.source.sheets if s.witness == "R" and whole_number(s.number) is not None]
    numbers = [int(s.number) for s in sheets]
    if len(numbers) < 3 or numbers != sorted(set(numbers)):
        return
    for before, after in pairwise(sheets):
        lost = int(after.number) - int(before.number) - 1
        if lost == 1:
            said = (("before", before.number), ("after", after.number), ("missing", str(int(before.number) + 1)))
            reason = Feature("broken_series", 1.0, (before.place, after.place), says="sheet-missing", values=said)
            yield without_reading(SERIES, (after.place, before.place), (reason,))


ODD_ONE = Rule(
    code=ODD,
    family="SIG",
    name="variant siglum",
    propose=odd,
    harm="value",
    prior=1.4,
    since="2026.11",
    says=("odd-one-out", "siglum-translated"),
)
SHEETS = Rule(
    code=SERIES,
    family="SIG",
    name="gap in the foliation",
    propose=series,
    harm="value",
    prior=-1.2,
    since="2026.11",
    says=("sheet-missing",),
)
