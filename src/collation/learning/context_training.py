"""Train the context model: a word told from words of like shape, ending or lemma by what stands on either side of it.

usage: python -m collation.learning.context_training TEXTS --vectors NAVEC.tar --out context.npz
           [--without FILE …] [--positions N] [--seed N]
       make context TEXTS=DIR VECTORS=NAVEC.tar OUT=DIR

TEXTS is the trainer's folder with its manifest (``learning/train.py``): learned from are its ``prose`` and the lined pieces that
carry no noise. Whatever shares runs of six words with what carries noise, or with the files of --without, the texts one
measures on, is left out. --vectors is an archive of navec. PyTorch is needed for training only: pip install 'collation[train]'.
One pass over seven million words takes some seven minutes of one processor; the shipped file saw twenty million.
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

from collation.knowledge.letters import fold
from collation.knowledge.mapped_archive import write_archive
from collation.knowledge.words import morphology, wordlist
from collation.knowledge.words.context_model import SIDE, layers_of, list_of
from collation.knowledge.words.count_tables import word_hash
from collation.learning.context_vocabulary import SUFFIXES, Vocabulary, numbered, read_navec, reduced, vocabulary_of
from collation.learning.manifest import Text, manifest_of, paths, read_manifest, sides
from collation.learning.material import lined_texts, noisy_six_grams
from collation.learning.ngram_counts import read_prose, six_grams_of, units, without_excluded
from collation.learning.quantise import quantise
from collation.system.console import say

WIDTH, HIDDEN, COMPONENTS = 96, 256, 128
BATCH = 3_072
NEGATIVES = 6  # words of like shape that each word is told from, and
FREQUENT = 2  # words drawn by their frequency
RATE, TAG_WEIGHT = 3e-3, 0.3
BYTES = 32  # of a quantised vector
USUAL = 1e-6  # the least share of all words of one that is offered for a place
_POWER = 0.7  # of the counts by which frequent words are drawn
_DROPPED = 0.1  # of the neighbours are hidden while it learns, for a damaged text has damaged neighbours
_REPORT = 200


@dataclass(frozen=True, slots=True)
class Options:
    """How long to train, and from which seed."""

    positions: int
    seed: int = 7


def sequence_of(texts: Sequence[Text], folder: Path, without: Sequence[Path]) -> tuple[list[str], int]:
    """The units to learn from, documents one after another, and how many were left out. Raises CollationError for a lined text
    of one side."""
    excluded = noisy_six_grams(texts, folder) | six_grams_of(without)
    kept: list[str] = []
    skipped = 0
    for text in _documents(texts, folder):
        found = list(units(text))
        own = without_excluded(found, excluded) if excluded else found
        skipped += len(found) - len(own)
        kept += own
    return kept, skipped


def _documents(texts: Sequence[Text], folder: Path) -> Iterator[str]:
    for path in paths(texts, folder, "prose"):
        yield from read_prose(path).split("\f")
    for pair in sides(texts, folder, "lined"):
        yield from ("\n".join(t.original) for t in lined_texts(*pair) if not t.carries_noise())


def train(ids: NDArray[np.int32], vocabulary: Vocabulary, vectors: NDArray[np.float32], options: Options) -> Any:
    """The net, trained; ``vectors`` has a row for each word of the vocabulary, zeros where none is known.

    Cross-entropy of the true word among ``NEGATIVES`` words of like shape and ``FREQUENT`` frequent ones, and of the tag.
    """
    import torch

    torch.manual_seed(options.seed)
    torch.set_num_threads(1)
    chance = np.random.default_rng(options.seed)
    net = _Net(vocabulary, vectors)
    steps = max(1, options.positions // BATCH)
    optimiser = torch.optim.Adam(net.parameters(), lr=RATE)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1.0, (n + 1) / 100) * max(0.02, 1 - n / steps)
    )
    powers = vocabulary.counts.astype(float) ** _POWER
    powers[0] = 0.0
    cumulative = np.cumsum(powers / powers.sum())
    places = np.flatnonzero(vocabulary.negatives[ids][:, 0] > 0)
    padded = np.concatenate([np.zeros(SIDE, ids.dtype), ids, np.zeros(SIDE, ids.dtype)])
    around = np.array([*range(SIDE), *range(SIDE + 1, 2 * SIDE + 1)])
    order: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    began, right, seen = time.process_time(), 0.0, 0
    for step in range(steps):
        if len(order) < BATCH:
            order = chance.permutation(places)
        at, order = order[:BATCH], order[BATCH:]
        contexts = padded[at[:, None] + around]
        contexts[chance.random(contexts.shape) < _DROPPED] = 0
        own = ids[at]
        negatives = vocabulary.negatives[own]
        columns = chance.integers(np.maximum((negatives > 0).sum(axis=1), 1)[:, None], size=(len(at), NEGATIVES))
        alike = np.take_along_axis(negatives, columns, axis=1)
        frequent = np.searchsorted(cumulative, chance.random((len(at), FREQUENT)))
        offered = np.concatenate([own[:, None], alike, frequent], axis=1)
        loss, hits = net.loss(contexts, offered, vocabulary.tags[own], vocabulary.shares[own])
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        right, seen = right + hits, seen + len(at)
        if step % _REPORT == _REPORT - 1 or step == steps - 1:
            say(
                f"{step + 1}/{steps}: right among {offered.shape[1]}: {right / seen:.3f}; loss {loss.item():.3f}; {time.process_time() - began:.0f} CPU s"
            )
            right, seen = 0.0, 0
    return net


class _Net:
    """The net in PyTorch: as ``ContextModel`` evaluates it, with the pretrained part not yet quantised."""

    def __init__(self, vocabulary: Vocabulary, vectors: NDArray[np.float32]) -> None:
        import torch

        def parameter(*shape: int, scale: float) -> Any:
            return torch.nn.Parameter(torch.randn(*shape) * scale)

        self.vectors = torch.from_numpy(vectors)
        self.known = torch.from_numpy((np.abs(vectors).sum(axis=1) > 0).astype(np.float32))
        self.tags, self.shares = torch.from_numpy(vocabulary.tags), torch.from_numpy(vocabulary.shares)
        self.suffixes, self.lengths = torch.from_numpy(vocabulary.suffixes), torch.from_numpy(vocabulary.lengths)
        inner = 2 * SIDE * WIDTH
        self.layers = {
            "projection": parameter(vectors.shape[1], WIDTH, scale=vectors.shape[1] ** -0.5),
            "in_vocabulary": parameter(WIDTH, scale=0.1),
            "tag_vectors": parameter(len(vocabulary.tag_names), WIDTH, scale=0.3),
            "suffix_vectors": parameter(SUFFIXES, WIDTH, scale=0.1),
            "length_vector": parameter(WIDTH, scale=0.1),
            "first": parameter(inner, HIDDEN, scale=(2 / inner) ** 0.5),
            "first_bias": parameter(HIDDEN, scale=0.0),
            "second": parameter(HIDDEN, HIDDEN, scale=(2 / HIDDEN) ** 0.5),
            "second_bias": parameter(HIDDEN, scale=0.0),
            "out": parameter(HIDDEN, WIDTH, scale=HIDDEN**-0.5),
            "out_bias": parameter(WIDTH, scale=0.0),
            "tag_out": parameter(HIDDEN, len(vocabulary.tag_names), scale=HIDDEN**-0.5),
            "tag_out_bias": parameter(len(vocabulary.tag_names), scale=0.0),
        }

    def parameters(self) -> list[Any]:
        return list(self.layers.values())

    def words(self, which: Any) -> Any:
        """The vectors of words by their numbers."""
        import torch

        layers = self.layers
        rows = self.vectors[which] @ layers["projection"] + self.known[which, None] * layers["in_vocabulary"]
        embedding = torch.nn.functional.embedding
        tags = embedding(self.tags[which], layers["tag_vectors"])
        rows = (
            rows
            + (tags * self.shares[which, :, None]).sum(dim=1)
            + embedding(self.suffixes[which], layers["suffix_vectors"])
        )
        return rows + self.lengths[which, None] * layers["length_vector"]

    def loss(
        self,
        contexts: NDArray[np.int32],
        offered: NDArray[np.int64],
        tags: NDArray[np.int64],
        shares: NDArray[np.float32],
    ) -> tuple[Any, float]:
        """The loss of a batch, and for how many places the right word scored best. The first word offered is the right one."""
        import torch

        both = torch.from_numpy(np.concatenate([contexts.ravel(), offered.ravel()]).astype(np.int64))
        which, inverse = torch.unique(both, return_inverse=True)
        embedding = torch.nn.functional.embedding
        vectors = self.words(which)
        around = embedding(inverse[: contexts.size], vectors).view(len(contexts), -1)
        candidates = embedding(inverse[contexts.size :], vectors).view(*offered.shape, WIDTH)
        layers = self.layers
        hidden = torch.relu(around @ layers["first"] + layers["first_bias"])
        hidden = torch.relu(hidden @ layers["second"] + layers["second_bias"])
        context = hidden @ layers["out"] + layers["out_bias"]
        scores = torch.einsum("ncd,nd->nc", candidates, context)
        wrong = torch.from_numpy((offered == 0) | (offered == offered[:, :1]))
        wrong[:, 0] = False
        scores = scores.masked_fill(wrong, -30.0)
        chances = torch.log_softmax(hidden @ layers["tag_out"] + layers["tag_out_bias"], dim=1)
        own = (chances.gather(1, torch.from_numpy(tags)) + torch.from_numpy(np.log(shares + 1e-9))).logsumexp(dim=1)
        loss = -torch.log_softmax(scores, dim=1)[:, 0].mean() - TAG_WEIGHT * own.mean()
        return loss, float((scores.argmax(dim=1) == 0).sum())

    def arrays(self) -> dict[str, Any]:
        return {name: value.detach().numpy() for name, value in self.layers.items()}


def write_context_model(
    net: Any,
    tag_names: Sequence[str],
    words: Sequence[str],
    rows: NDArray[np.float32],
    out: Path,
    *,
    facts: str,
    seed: int = 7,
) -> None:
    """Write the net and the quantised vectors of all pretrained words as ``ContextModel`` reads them."""
    arrays = net.arrays()
    codes, book = quantise(rows @ arrays["projection"], BYTES, seed=seed)
    keys = np.array([word_hash(w) for w in words], dtype=np.uint64)
    order = np.argsort(keys, kind="stable")
    laid = {
        "keys": keys[order],
        "codes": codes[order],
        "codebook": book.astype(np.float16),
        "tag_names": np.array(tag_names),
        "facts": np.array(facts),
        **list_of(usual_words(), tag_names),
        **layers_of(arrays),
    }
    write_archive(out, laid)


def usual_words() -> list[str]:
    """The forms of the dictionary that are usual enough to be offered for a place, the most frequent first."""
    listed = dict.fromkeys(fold(form) for form, _ in wordlist.frequent_words(least=USUAL))
    return [form for form in listed if morphology.is_known(form)]


def main(given: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("texts", type=Path)
    parser.add_argument("--without", type=Path, nargs="*", default=[])
    parser.add_argument("--vectors", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--positions", type=int, default=30_000_000)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args(given)
    began = time.process_time()
    sequence, skipped = sequence_of(read_manifest(manifest_of(args.texts)), args.texts, args.without)
    ids, words, counts = numbered(sequence)
    vocabulary = vocabulary_of(words, counts, seed=args.seed)
    say(f"{len(ids)} units, {len(words)} words, {skipped} units left out; {time.process_time() - began:.0f} CPU s")
    pretrained = read_navec(args.vectors)
    rows = reduced(pretrained.rows, COMPONENTS)
    index = {word: i for i, word in enumerate(pretrained.words)}
    vectors = np.zeros((len(words), COMPONENTS), dtype=np.float32)
    for i, word in enumerate(words):
        if (k := index.get(word)) is not None:
            vectors[i] = rows[k]
    say(
        f"{int((np.abs(vectors).sum(axis=1) > 0).sum())} words have a pretrained vector; {time.process_time() - began:.0f} CPU s"
    )
    net = train(ids, vocabulary, vectors, Options(args.positions, args.seed))
    facts = f"{len(ids)} units, {skipped} left out, {args.positions} positions, seed {args.seed}, vectors {args.vectors.name}"
    write_context_model(net, vocabulary.tag_names, pretrained.words, rows, args.out, facts=facts, seed=args.seed)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
