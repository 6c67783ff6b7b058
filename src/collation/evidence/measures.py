"""What the judge measures of every proposed reading of Russian words, whoever proposed it.

Differences between the reading and the text as it stands: shape (channel), usualness in its surroundings (words,
tags), the translation, the document's own habits. All are plain numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from collation.alignment.affinity import affinity, answer
from collation.evidence.agreement import disagrees
from collation.evidence.context import Context, is_attested
from collation.evidence.government import unfit_preposition, violates
from collation.evidence.measured_reading import NAMES
from collation.evidence.opposite import window
from collation.evidence.polarity import polarity_gain
from collation.evidence.recent import Recent
from collation.evidence.translated_places import translated_places
from collation.evidence.usualness import Usualness, clip
from collation.evidence.word_places import word_places
from collation.knowledge.letters import case_of, fold
from collation.knowledge.names import authority
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.confusions import EDIT, channel_cost
from collation.model import Edit, Place, Token

_NOTHING = dict.fromkeys(NAMES, 0.0)

_NEAR = 4  # tokens around a word whose answers are counted, and the most unanswered English words that count
_KEPT = 8  # stretches as they stand: the readings of one are measured one after the other
_MOST_CONTEXT = 20.0  # the most that the context may speak for a reading, natural log-odds
_ONE_LETTER = frozenset("авиксоуяжбэ")


@dataclass(frozen=True, slots=True)
class Stretch:
    """The tokens of one sentence pair that an edit replaces: ``start`` to ``stop`` of the pair's original tokens."""

    pair: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class _Standing:
    """A stretch as it stands, against which all its readings are set: its tokens and letters, how usual they are, where its
    counterpart is and how well it is answered (``Measurer._best``), how it fits its preposition and its neighbours where it is
    one word, and the measures that are the same for every reading."""

    at: Stretch
    observed: tuple[Token, ...]
    letters: str
    around: Usualness | None
    between: tuple[int, int] | None
    answers: tuple[float, float, float]
    fits: tuple[float, float, float] | None
    same: Mapping[str, float]


class Measurer:
    """Measures readings of one document."""

    def __init__(self, context: Context) -> None:
        self.context = context
        self.language = context.knowledge.language_model
        self._standing: Recent[Place, _Standing | None] = Recent(_KEPT)

    @cached_property
    def _nonwords(self) -> float:
        """The share of words in small letters that nothing attests."""
        words = [w for w in self.context.words if w.token.kind == "word" and len(w.text) > 2]
        odd = sum(1 for w in words if case_of(w.text) == "lower" and not is_attested(w.text))
        return odd / len(words) if words else 0.0

    def stretch(self, place: Place) -> Stretch | None:
        """The tokens at a place of the original, or None when it is not made of whole tokens."""
        word = self.context.word_at(place.start)
        if word is None:
            return None
        tokens = self.context.pairs[word.pair].original
        stop = word.index
        while stop < len(tokens) and tokens[stop].start < place.stop:
            stop += 1
        return Stretch(word.pair, word.index, stop) if tokens[stop - 1].stop == place.stop else None

    def expect(self, edits: Iterable[Edit]) -> None:
        """Say which readings will be measured: the nets compute many words at once for a tenth of what each costs alone."""
        words = [edit for edit in edits if edit.text.isalpha()]
        around = self.context.once(word_places) if words else None
        if around is None:
            return
        around.vectors([edit.text for edit in words])
        translated = self.context.once(translated_places)
        for edit in words:
            if translated is not None and (word := self.context.word_at(edit.place.start)) is not None:
                translated.expect(word.pair, edit.text)

    def measure(self, edit: Edit) -> dict[str, float] | None:
        """All measures of one edit, or None when its place is no stretch of the original's tokens."""
        own = self._standing.of(edit.place, self._stands)
        if own is None:
            return None
        reading = _units(edit.text)
        values = dict(own.same)
        self._shape(values, own, reading)
        if own.around is not None:
            values.update(own.around.fit(reading))
        self._translated(values, own, reading)
        self._document(values, reading)
        if own.fits is not None and len(reading) == 1:
            self._grammar(values, own, own.fits, reading[0])
            self._in_context(values, own.observed[0], reading[0])
        return values

    def _stands(self, place: Place) -> _Standing | None:
        at = self.stretch(place)
        if at is None:
            return None
        tokens = self.context.pairs[at.pair].original
        observed = tokens[at.start : at.stop]
        words = [t for t in observed if t.kind == "word"]
        letters = "".join(t.text for t in words) or "".join(t.text for t in observed)
        between = window(self.context, at.pair, at.start, at.stop)
        translated = bool(self.context.pairs[at.pair].translation)
        answers = (0.0, 0.0, 0.0)
        if translated:
            answers = self._best(at, tuple(t for t in observed if t.kind != "mark"), between)
        fits = None
        if len(words) == 1 and observed[0].kind == "word":
            text = observed[0].text
            fits = (
                unfit_preposition(tokens, at.start, text),
                violates(tokens, at.start, text),
                disagrees(tokens, at.start, text),
            )
        same = {
            **_NOTHING,
            **self._looks(observed, words, letters, place),
            **(self._answered(at, observed, answers, between) if translated else {}),
        }
        around = Usualness(self.language, tokens, at.start, at.stop) if self.language is not None else None
        return _Standing(at, observed, letters, around, between, answers, fits, same)

    def _looks(self, observed: tuple[Token, ...], words: list[Token], letters: str, place: Place) -> dict[str, float]:
        """The measures of a stretch by itself."""
        forms, small = self.context.forms, self.context.language.function_words
        return {
            "letters": float(len(letters)),
            "known": float(all(is_attested(t.text) for t in words)),
            "zipf": min((wordlist.zipf_of_parts(t.text) for t in words), default=0.0),
            "capital": float(observed[0].text[:1].isupper()),
            "upper": float(case_of(letters) == "upper"),
            "no_word": float(len(letters) == 1 and self._no_word(observed[0])),
            "one_letter": float(len(letters) == 1),
            "line_end": float(len(place.spans) > 1 or len(observed[0].place.spans) > 1),
            "seen": float(min((forms[fold(t.text)] for t in words), default=0) - 1),
            "nonwords": self._nonwords,
            "function": float(all(fold(t.text) in small for t in observed)),
            "name_like": float(all(authority.is_name_form(fold(t.text)) for t in observed)),
        }

    def _answered(
        self,
        at: Stretch,
        observed: tuple[Token, ...],
        answers: tuple[float, float, float],
        between: tuple[int, int] | None,
    ) -> dict[str, float]:
        """The measures of how the translation answers a stretch as it stands and what is around it."""
        lexicon = self.context.knowledge.lexicon
        near, left = self._neighbourhood(at, between)
        return {
            "english": 1.0,
            "literal": self.context.pairs[at.pair].literal,
            "answers": answers[0],
            "local_answer": answers[2] if between else 0.0,
            "near_answered": near,
            "left_unanswered": left,
            "listed": float(any(lexicon.lists(lemma) for t in observed for lemma in morphology.lemmas(t.text)[:2])),
        }

    def _shape(self, values: dict[str, float], own: _Standing, reading: list[str]) -> None:
        left, right = own.letters, "".join(reading)
        cost = channel_cost(left, right) / EDIT
        values["cost"] = cost
        values["cost_per_letter"] = cost / max(1, len(left))
        values["reading_known"] = float(all(is_attested(w) for w in reading))
        values["reading_zipf"] = min((wordlist.zipf_of_parts(w) for w in reading), default=0.0)
        values["words_changed"] = float(len(reading) - sum(t.kind == "word" for t in own.observed))
        values["prefix"], values["suffix"] = _shared(fold(left), fold(right))
        values["first_letter"] = float(left[:1].lower() == right[:1].lower())

    def _no_word(self, token: Token) -> bool:
        """Whether a letter stands alone that is no word, no initial and no letter of a list."""
        if token.kind != "word" or not token.text.islower() or fold(token.text) in _ONE_LETTER:
            return False
        return self.context.text[token.stop : token.stop + 1] not in {".", ")", "-"}

    def _translated(self, values: dict[str, float], own: _Standing, reading: list[str]) -> None:
        at = own.at
        if not self.context.pairs[at.pair].translation:
            return
        own_all, own_free, own_local = own.answers
        new_all, new_free, new_local = self._best(at, _as_tokens(reading, own.observed[0]), own.between)
        values["reading_answers"] = new_all
        values["translation_gain"] = new_all - own_all
        values["free_gain"] = new_free - own_free
        if own.between:
            values["local_gain"] = new_local - own_local
        if len(own.observed) == 1 and len(reading) == 1:
            values["polarity_gain"] = polarity_gain(self.context, at.pair, at.start, own.observed[0].text, reading[0])

    def _neighbourhood(self, at: Stretch, between: tuple[int, int] | None) -> tuple[float, float]:
        """The share of the content words around a word that the translation answers, and how many words of the
        translation opposite nothing answers: free translation and a lost word are told apart by them."""
        pair = self.context.pairs[at.pair]
        answered = self.context.answered[at.pair]
        small = self.context.language.function_words
        near = [
            i
            for i in range(max(0, at.start - _NEAR), min(len(pair.original), at.stop + _NEAR))
            if not at.start <= i < at.stop
            and pair.original[i].kind == "word"
            and fold(pair.original[i].text) not in small
        ]
        share = sum(i in answered for i in near) / len(near) if near else 0.5
        low, high = between or (0, len(pair.translation))
        free = [j for j in self.context.unanswered(at.pair) if low <= j < high]
        return share, float(min(len(free), _NEAR))

    def _best(
        self, at: Stretch, tokens: tuple[Token, ...], between: tuple[int, int] | None
    ) -> tuple[float, float, float]:
        """How well words answer the English opposite: the mean best affinity to any English word, to those that no
        other Russian word answers firmly, and the best affinity of any of the words to the English of a range."""
        claims, calls = self.context.firm_claims[at.pair], self.context.calls[at.pair]
        partners = self.context.partners(at.pair)
        low, high = between or (0, 0)
        total = free = local = 0.0
        for answered in answer(tokens, self.context.language):
            best = best_free = 0.0
            for j in partners.of(answered):
                value = affinity(answered, calls[j])
                if value > best:
                    best = value
                if value > local and low <= j < high:
                    local = value
                if value > best_free and ((claimed := claims.get(j)) is None or at.start <= claimed < at.stop):
                    best_free = value
            total += best
            free += best_free
        count = max(1, len(tokens))
        return total / count, free / count, local

    def _in_context(self, values: dict[str, float], observed: Token, reading: str) -> None:
        around, word = self.context.once(word_places), self.context.word_at(observed.start)
        if around is None or word is None or not around.knows(word.number):
            return
        own, new = around.scores(word.number, [observed.text, reading])
        own_tag = around.own(word.number).tag
        values["in_context"] = 1.0
        values["context_own"], values["context_tag"] = own, own_tag
        values["context_gain"] = clip(new - own, _MOST_CONTEXT)
        values["context_tag_gain"] = clip(around.tag(word.number, reading) - own_tag, _MOST_CONTEXT)
        translated = self.context.once(translated_places)
        said = translated.speaks(word.pair, word.number, reading) if translated is not None else None
        if said is not None:
            values["bilingual_own"], values["bilingual_sentence"] = said.own, said.sentence
            values["bilingual_gain"] = clip(said.reading - said.own, _MOST_CONTEXT)
            values["bilingual_answer"], values["bilingual_observed"] = said.answer, said.observed
            values["bilingual_elsewhere"], values["bilingual_here"] = said.elsewhere, said.here

    def _document(self, values: dict[str, float], reading: list[str]) -> None:
        forms, counts = self.context.forms, self.context.lemma_counts
        small = self.context.language.function_words
        values["reading_seen"] = float(min((forms[fold(w)] for w in reading), default=0))
        values["lemma_seen"] = float(
            min((max((counts[x] for x in morphology.lemmas(w)[:2]), default=0) for w in reading), default=0)
        )
        values["reading_function"] = float(all(fold(w) in small for w in reading))

    def _grammar(
        self, values: dict[str, float], own: _Standing, fits: tuple[float, float, float], reading: str
    ) -> None:
        tokens, index, observed = self.context.pairs[own.at.pair].original, own.at.start, own.observed[0].text
        unfit, bad, clash = fits
        values["preposition"] = unfit
        values["preposition_gain"] = unfit - unfit_preposition(tokens, index, reading)
        values["same_lemma"] = float(bool(set(morphology.lemmas(observed)) & set(morphology.lemmas(reading))))
        values["same_tag"] = float(bool(_tags(observed) & _tags(reading)))
        values["government"] = bad
        values["government_gain"] = bad - violates(tokens, index, reading)
        values["agreement_gain"] = clash - disagrees(tokens, index, reading)


def _shared(left: str, right: str) -> tuple[float, float]:
    """The shares of two words' length that their common beginning and their common ending take."""
    longest = max(len(left), len(right), 1)
    head = next((i for i, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), min(len(left), len(right)))
    tail = next(
        (i for i, (a, b) in enumerate(zip(left[::-1], right[::-1], strict=False)) if a != b), min(len(left), len(right))
    )
    return head / longest, min(tail, longest - head) / longest


def _units(text: str) -> list[str]:
    return [w.strip('.,:;!?«»"()') for w in text.split() if w.strip('.,:;!?«»"()-')]


def _as_tokens(words: list[str], model: Token) -> tuple[Token, ...]:
    return tuple(Token(w, model.place, "word") for w in words)


@lru_cache(maxsize=5_000)
def _tags(word: str) -> frozenset[tuple[str, str, str, str]]:
    return frozenset((p.pos, p.case, p.number, p.gender) for p in morphology.parses(word))
