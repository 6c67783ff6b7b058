"""Train the bilingual model: a word told from words of like shape, ending or lemma by the translation of its sentence.

usage: python -m collation.learning.bilingual_training TEXTS --out bilingual.npz [--without FILE …] [--steps N] [--seed N]
       make bilingual TEXTS=DIR OUT=DIR

TEXTS is the trainer's folder with its manifest (``learning/train.py``): learned from are the lined pieces and the chapters that carry
no noise, sentence by sentence, without what shares runs of six words with what carries noise or with the files of --without.
The context model stays as it is: what is learned is what the translation adds to it. Of the sentences one in five has the translation
of another, so that a wrong or free one is not believed; a tenth of the words of the translations are hidden, and some words of
the original are exchanged, as in a damaged text. One piece in forty is held out; what is reached on it with the translation and with
another's is printed. PyTorch is needed for training only: pip install 'collation[train]'. Ten minutes of one processor.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from collation.knowledge.mapped_archive import write_archive
from collation.knowledge.words import context_model
from collation.knowledge.words.bilingual_model import EQUIVALENTS, MOST, POSITIONS, layers_of, quantised
from collation.knowledge.words.count_tables import word_hash
from collation.languages.knowledge import knowledge_for
from collation.learning.bilingual_lines import FIRST, LAST, LEAST, Line, contexts_of, lines_of, told_from
from collation.learning.manifest import manifest_of, read_manifest
from collation.system.console import say

KEYS, SENSES, HIDDEN = 64, 48, 192
NEGATIVES, FREQUENT = 6, 2  # words of like shape, and frequent ones, that each word is told from
RATE = 3e-3
EXCHANGED, HIDDEN_WORDS, DAMAGED = 0.2, 0.1, 0.08  # shares of sentences, of words of the translation, of the original
FREER = "soviet"  # the collection of the closest translations: its sentences are drawn half as often as others
_POWER = 0.7  # of the counts by which frequent words are drawn
_BATCH = 2_048  # units of the sentences of a step, the longest counted for all
_STEEPEST = 5.0  # norm to which gradients are cut
_NO_WORD = -30.0  # score of what is not offered
_REPORT = 200


@dataclass(frozen=True, slots=True)
class Lesson:
    """Sentences of a step side by side, padded: tensors by name."""

    tensors: dict[str, Any]

    def __getitem__(self, name: str) -> Any:
        return self.tensors[name]


class Teacher:
    """Draws what is learned from: sentences with their contexts, and the words that each word is told from."""

    def __init__(
        self,
        lines: Sequence[Line],
        contexts: Sequence[NDArray[np.float16]],
        own: NDArray[np.int64],
        counts: NDArray[np.int64],
        negatives: NDArray[np.int32],
    ) -> None:
        self.lines, self._contexts, self._own, self._negatives = lines, contexts, own, negatives
        self.sizes = np.array([len(line.units) for line in lines])
        powers = counts.astype(float) ** _POWER
        powers[0] = 0.0
        self._cumulative = np.cumsum(powers / powers.sum())

    def batches(self, chance: np.random.Generator) -> Iterator[NDArray[np.int64]]:
        """The numbers of the sentences of one step after another, sentences of like length together, without end."""
        shares = np.array([0.5 if line.collection == FREER else 1.0 for line in self.lines])
        while True:
            taken = np.flatnonzero(chance.random(len(shares)) < shares)
            order = taken[np.argsort(self.sizes[taken] + chance.integers(0, 6, len(taken)), kind="stable")]
            parts = list(self._cut(order))
            for k in chance.permutation(len(parts)):
                yield parts[k]

    def _cut(self, order: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
        start = longest = 0
        for stop, size in enumerate(self.sizes[order].tolist()):
            longest = max(longest, size)
            if stop > start and longest * (stop - start + 1) > _BATCH:
                yield order[start:stop]
                start, longest = stop, size
        if start < len(order):
            yield order[start:]

    def lesson(
        self, which: NDArray[np.int64], chance: np.random.Generator, *, exchanged: float, hidden: float, damaged: float
    ) -> Lesson:
        """Some sentences as tensors; a share of them with another's translation, words hidden and words exchanged."""
        import torch

        own = [self.lines[k] for k in which]
        said = list(own)
        moved = np.flatnonzero(chance.random(len(own)) < exchanged)
        for at, source in zip(moved, np.roll(moved, 1), strict=True):
            said[at] = own[source]
        n, m = max(len(line.units) for line in own), max(len(line.lemmas) for line in said)
        units, words = np.zeros((len(own), n), dtype=np.int64), np.zeros((len(own), n), dtype=bool)
        contexts = np.zeros((len(own), n, self._contexts[0].shape[1]), dtype=np.float32)
        lemmas, content = np.zeros((len(own), m), dtype=np.int64), np.zeros((len(own), m), dtype=np.float32)
        letters, there = np.zeros((len(own), m, 2), dtype=np.int64), np.zeros((len(own), m), dtype=bool)
        equivalents = np.zeros((len(own), m, EQUIVALENTS), dtype=np.int64)
        weights = np.zeros((len(own), m, EQUIVALENTS), dtype=np.float32)
        apart = np.zeros((len(own), n, m), dtype=np.float32)
        for b, (k, line, other) in enumerate(zip(which, own, said, strict=True)):
            size, length = len(line.units), len(other.lemmas)
            units[b, :size], words[b, :size], contexts[b, :size] = line.units, line.words, self._contexts[k]
            lemmas[b, :length], content[b, :length] = self._own[other.lemmas], other.content
            letters[b, :length], there[b, :length] = other.letters, True
            equivalents[b, :length], weights[b, :length] = other.equivalents, other.weights
            apart[b] = (np.arange(n)[:, None] + 0.5) / size - (np.arange(m)[None, :] + 0.5) / length
        there &= chance.random(there.shape) >= hidden
        steps = np.clip(np.round(apart * POSITIONS) + POSITIONS, 0, 2 * POSITIONS).astype(np.int64)
        offered, places = self._offered(units, words, chance, damaged)
        arrays = {
            "words": words, "places": places, "contexts": contexts, "lemmas": lemmas, "letters": letters, "content": content,
            "equivalents": equivalents, "weights": weights, "there": there, "steps": steps, "offered": offered,
        }  # fmt: skip
        return Lesson({name: torch.from_numpy(array) for name, array in arrays.items()})

    def _offered(
        self, units: NDArray[np.int64], words: NDArray[np.bool_], chance: np.random.Generator, damaged: float
    ) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """For each place the right word, those that it is told from, and the word as its neighbours see it; and the places."""
        alike = self._negatives[units]
        places = words & (alike[..., 0] > 0)
        columns = chance.integers(np.maximum((alike > 0).sum(-1), 1)[..., None], size=(*units.shape, NEGATIVES + 1))
        drawn = np.take_along_axis(alike, columns, axis=2)
        seen = np.where((chance.random(units.shape) < damaged) & (drawn[..., -1] > 0), drawn[..., -1], units)
        frequent = np.searchsorted(self._cumulative, chance.random((*units.shape, FREQUENT)))
        parts = (units[..., None], drawn[..., :NEGATIVES], frequent, seen[..., None])
        return np.concatenate(parts, axis=2).astype(np.int64), places


class Net:
    """The net in PyTorch, as ``Opposite`` evaluates it."""

    def __init__(self, vectors: NDArray[np.float32], equivalents: NDArray[np.float32], frequent: int) -> None:
        import torch

        def drawn(*shape: int, scale: float) -> Any:
            return torch.nn.Parameter(torch.randn(*shape) * scale)

        width = vectors.shape[1]
        self.vectors, self.equivalents = torch.from_numpy(vectors), torch.from_numpy(equivalents)
        self.layers = {
            "mean": torch.nn.Parameter(torch.eye(width) + torch.randn(width, width) * 0.02),
            "own": drawn(frequent + 1, width, scale=0.1),
            "last": drawn(LAST, width, scale=0.1),
            "first": drawn(FIRST, width, scale=0.1),
            "content": drawn(width, scale=0.1),
            "unlisted": drawn(width, scale=0.1),
            "query": drawn(width, KEYS, scale=0.1),
            "key": drawn(width, KEYS, scale=0.1),
            "key_bias": drawn(width, scale=0.05),
            "none_query": drawn(width, scale=0.05),
            "none": drawn(1, scale=0.0),
            "position": drawn(2 * POSITIONS + 1, scale=0.0),
            "answer_word": drawn(width, KEYS, scale=0.1),
            "answer_english": drawn(width, KEYS, scale=0.1),
            "answer_bias": drawn(1, scale=0.0),
            "sense": drawn(width, SENSES, scale=0.1),
            "sense_power": drawn(1, scale=0.0),
            "listed": torch.nn.Parameter(torch.tensor([1.0, 1.0, 1.0, 0.0])),
            "taken": torch.nn.Parameter(torch.tensor([0.5])),
            "answered": torch.nn.Parameter(torch.tensor([0.5])),
            "value": drawn(width, width, scale=0.1),
            "inner": drawn(width, HIDDEN, scale=0.1),
            "inner_context": drawn(width, HIDDEN, scale=0.05),
            "inner_bias": drawn(HIDDEN, scale=0.0),
            "outer": drawn(HIDDEN, width, scale=0.02),
            "straight": drawn(width, width, scale=0.02),
        }

    def english(self, lesson: Lesson) -> tuple[Any, Any]:
        """The vectors of the words of the translation, and those of their equivalents."""
        from torch.nn.functional import embedding

        layers = self.layers
        senses = self.equivalents[lesson["equivalents"]]
        weights = lesson["weights"] ** 2
        total = weights.sum(-1, keepdim=True)
        rows = (senses * weights[..., None]).sum(-2) / total.clamp(min=1e-6) @ layers["mean"]
        rows = rows + embedding(lesson["lemmas"], layers["own"]) + embedding(lesson["letters"][..., 0], layers["first"])
        rows = (
            rows
            + embedding(lesson["letters"][..., 1], layers["last"])
            + lesson["content"][..., None] * layers["content"]
        )
        return rows + (total == 0).float() * layers["unlisted"], senses

    def affinity(self, words: Any, english: Any, senses: Any, lesson: Lesson) -> Any:
        """How well words (sentence × place × offered) answer the words of the translation."""
        import torch
        from torch.nn.functional import normalize

        layers, (b, n, c, _), m = self.layers, words.shape, english.shape[1]
        found = torch.bmm(
            (words @ layers["answer_word"]).view(b, n * c, -1), (english @ layers["answer_english"]).transpose(1, 2)
        )
        own = normalize(words @ layers["sense"], dim=-1).view(b, n * c, -1)
        power = torch.sigmoid(layers["sense_power"])
        weights = (lesson["weights"].clamp(min=1e-6) ** power * (lesson["weights"] > 0))[..., None]
        listed = (normalize(senses @ layers["sense"], dim=-1) * weights).view(b, m * EQUIVALENTS, -1)
        x = torch.bmm(own, listed.transpose(1, 2)).view(b, n * c, m, EQUIVALENTS).amax(-1).clamp(min=0)
        k = layers["listed"]
        found = found + k[0] * x + k[1] * x * x + k[2] * torch.relu(x - 0.5) * 2 + k[3] * torch.relu(x - 0.8) * 5
        return (MOST * torch.tanh((found + layers["answer_bias"]) / MOST)).view(b, n, c, m)

    def scores(self, lesson: Lesson) -> Any:
        """For each place the scores of the right word and of those that it is told from, by context and translation."""
        import torch

        layers, offered, contexts = self.layers, lesson["offered"], lesson["contexts"]
        words = torch.nn.functional.embedding(offered, self.vectors)
        english, senses = self.english(lesson)
        answers = self.affinity(words, english, senses, lesson)
        standing = torch.exp(answers[:, :, -1]) * lesson["words"][..., None]
        taken = torch.log1p(standing.sum(1, keepdim=True) - standing)
        logits = torch.bmm(contexts @ layers["query"], (english @ layers["key"]).transpose(1, 2)) / KEYS**0.5
        logits = logits + (english @ layers["key_bias"])[:, None] + layers["position"][lesson["steps"]]
        logits = (logits - layers["taken"] * taken).masked_fill(~lesson["there"][:, None], -1e4)
        none = layers["none"] + contexts @ layers["none_query"]
        shares = torch.softmax(torch.cat([none[..., None], logits], -1), -1)
        none, shares = shares[..., 0], shares[..., 1:]
        seen = torch.bmm(shares, english @ layers["value"])
        before = contexts @ layers["inner_context"] + layers["inner_bias"]
        moved = (torch.relu(seen @ layers["inner"] + before) - torch.relu(before)) @ layers["outer"] + seen @ layers[
            "straight"
        ]
        mixed = (torch.exp(answers[:, :, :-1]) * shares[:, :, None]).sum(-1) + none[..., None]
        found = (words[:, :, :-1] * (contexts + moved)[:, :, None]).sum(-1) + layers["answered"] * torch.log(mixed)
        wrong = (offered[..., :-1] == 0) | (offered[..., :-1] == offered[..., :1])
        wrong[..., 0] = False
        return found.masked_fill(wrong, _NO_WORD)

    def arrays(self) -> dict[str, Any]:
        return {name: value.detach().numpy() for name, value in self.layers.items()}


def train(net: Net, teacher: Teacher, held: Teacher, *, steps: int, seed: int) -> None:
    """Teach the net: cross-entropy of the right word among those that it is told from."""
    import torch

    chance = np.random.default_rng(seed)
    parameters = list(net.layers.values())
    optimiser = torch.optim.Adam(parameters, lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1.0, (n + 1) / 100) * max(0.02, 1 - n / steps)
    )
    began, batches, right, seen = time.process_time(), teacher.batches(chance), 0, 0
    for step in range(steps):
        lesson = teacher.lesson(next(batches), chance, exchanged=EXCHANGED, hidden=HIDDEN_WORDS, damaged=DAMAGED)
        scores, places = net.scores(lesson), lesson["places"]
        loss = -(torch.log_softmax(scores, -1)[..., 0] * places).sum() / places.sum()
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, _STEEPEST)
        optimiser.step()
        schedule.step()
        right, seen = right + int(((scores.argmax(-1) == 0) & places).sum()), seen + int(places.sum())
        if step % _REPORT == _REPORT - 1 or step == steps - 1:
            say(f"{step + 1}/{steps}: right {right / max(1, seen):.3f}; {time.process_time() - began:.0f} CPU s")
            right = seen = 0
    if held.lines:
        say(
            f"held out: {reached(net, held, 0.0):.3f} with the translation, {reached(net, held, 1.0):.3f} with another's"
        )


def reached(net: Net, held: Teacher, exchanged: float) -> float:
    """The share of the places of held-out sentences at which the right word scores best."""
    import torch

    chance, right, seen = np.random.default_rng(1), 0, 0
    with torch.no_grad():
        for which in np.array_split(chance.permutation(len(held.lines)), max(1, len(held.lines) // 40)):
            lesson = held.lesson(which, chance, exchanged=exchanged, hidden=0.0, damaged=0.0)
            hits = (net.scores(lesson).argmax(-1) == 0) & lesson["places"]
            right, seen = right + int(hits.sum()), seen + int(lesson["places"].sum())
    return right / max(1, seen)


def write_bilingual_model(net: Net, frequent: Sequence[str], out: Path, *, facts: str) -> None:
    """Write the net as ``BilingualModel`` reads it; ``frequent`` are the lemmas that have a vector of their own."""
    arrays = net.arrays()
    keys = np.array([word_hash(word) for word in frequent], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    tables: dict[str, Any] = {}
    for name in ("own", "first", "last"):
        tables[name], tables[f"{name}_scale"] = quantised(arrays[name])
    laid = {
        "own_keys": keys[order],
        "own_rows": (order + 1).astype(np.uint16),
        "facts": np.array(facts),
        **tables,
        **layers_of(arrays),
    }
    write_archive(out, laid)


def main(given: Sequence[str] | None = None) -> int:
    import torch

    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--steps", type=int, default=3_500)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(given)
    torch.manual_seed(args.seed)
    torch.set_num_threads(1)
    context = context_model.opened()
    assert context is not None, "the context model is shipped"
    found = lines_of(read_manifest(manifest_of(args.texts)), args.texts, args.without, knowledge_for().lexicon)
    say(f"{len(found.lines)} sentences, {found.left_out} left out")
    contexts = contexts_of(found.lines, found.original.words, context)
    counts, negatives = told_from(found.original.words, found.lines, seed=args.seed)
    said = np.bincount(np.concatenate([line.lemmas for line in found.lines]))
    own, frequent = np.zeros(len(said), dtype=np.int64), np.flatnonzero(said >= LEAST)
    own[frequent] = np.arange(1, len(frequent) + 1)
    teachers = [
        Teacher([line for line in found.lines if line.held == held],
                [rows for rows, line in zip(contexts, found.lines, strict=True) if line.held == held], own, counts, negatives)
        for held in (False, True)
    ]  # fmt: skip
    net = Net(context.vectors(found.original.words), context.vectors(found.equivalents.words), len(frequent))
    train(net, *teachers, steps=args.steps, seed=args.seed)
    lemmas = found.translation.words
    facts = f"{len(found.lines)} sentences, {found.left_out} left out, {args.steps} steps, seed {args.seed}"
    write_bilingual_model(net, [lemmas[k] for k in frequent], args.out, facts=facts)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
