"""The network of the relation model: MiniLM with two levitated markers a pair of mentions, and a head.

The markers of a pair (Ye et al. 2022, "Packed levitated marker for entity and relation extraction") stand at
its mentions and look at the words and at each other, while the words do not look at them: so one pass of the
encoder reads a sentence for all its pairs. The head also looks at the words itself, knowing how far each
stands from the two mentions.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from graph.extractors.windows import GAPS
from graph.vocabulary import PREDICATES, STATUSES

WIDTH, HEADS, INNER, LAYERS, LONGEST = 384, 12, 1536, 6, 512
PAIR, HIDDEN, LOOKS, LOOK, SEEN, GAP = 128, 256, 4, 32, 64, 32
FAR = 10
"""Pieces from which all distances are one."""
DROPOUT, HEAD_DROPOUT = 0.1, 0.2


class Layer(nn.Module):
    """One layer of a BERT encoder (Devlin et al. 2019)."""

    def __init__(self) -> None:
        super().__init__()
        self.query, self.key, self.value, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.inner, self.outer = nn.Linear(WIDTH, INNER), nn.Linear(INNER, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)

    def forward(self, states: Tensor, padding: Tensor) -> Tensor:
        """Return new states, (batch, pieces, WIDTH); ``padding`` is 0 for a piece and -10,000 for none."""
        batch, length, _ = states.shape
        query, key, value = (
            part(states).view(batch, length, HEADS, -1).transpose(1, 2)
            for part in (self.query, self.key, self.value)
        )
        looks = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(WIDTH / HEADS) + padding, -1)
        looks = functional.dropout(looks, DROPOUT, self.training)
        seen = self.out((looks @ value).transpose(1, 2).reshape(batch, length, WIDTH))
        states = self.norm1(states + functional.dropout(seen, DROPOUT, self.training))
        grown = self.outer(functional.gelu(self.inner(states)))
        return self.norm2(states + functional.dropout(grown, DROPOUT, self.training))


class RelationNetwork(nn.Module):
    """Judges the relations between the mentions of a window.

    Args:
        known: how many word pieces the vocabulary has; they stay as MiniLM learnt them.
        marks: how many pieces for types follow them; they are learnt here.
    """

    def __init__(self, known: int, marks: int) -> None:
        super().__init__()
        self.known = known
        self.words = nn.Embedding(known, WIDTH)
        self.words.weight.requires_grad_(False)
        self.marks = nn.Embedding(marks, WIDTH)
        self.positions = nn.Embedding(LONGEST, WIDTH)
        self.segment = nn.Parameter(torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.sides = nn.Embedding(2, WIDTH)
        nn.init.normal_(self.sides.weight, 0.0, 0.02)
        self.mix = nn.Parameter(torch.zeros(LAYERS + 1))
        self.head = PairHead()

    def forward(self, pieces: Tensor, there: Tensor, places: Tensor, gaps: Tensor) -> Tensor:
        """Return the logits of pairs in both directions, (batch, pairs, 2, predicates + statuses).

        Args:
            pieces: numbers of pieces, (batch, pieces).
            there: 1 for a piece, 0 for padding, (batch, pieces).
            places: of both mentions of each pair, (batch, pairs, 2).
            gaps: of ``graph.extractors.windows.gap_between`` in both directions, (batch, pairs, 2).
        """
        batch, length = pieces.shape
        vectors = self._vectors(pieces)
        start = self.norm(vectors + self.positions(torch.arange(length)) + self.segment)
        ends = places.flatten(1)
        marks = vectors.gather(1, ends[..., None].expand(-1, -1, WIDTH)) + self.positions(ends) + self.segment
        sides = self.sides.weight.repeat(places.shape[1], 1)
        states = torch.cat([start, self.norm(marks + sides)], 1)
        states = functional.dropout(states, DROPOUT, self.training)
        padding = (self._sight(there, ends.shape[1]).to(states.dtype)[:, None] - 1) * 10_000
        weights = torch.softmax(self.mix, 0)
        mixed = weights[0] * states
        for number, layer in enumerate(self.layers):
            states = layer(states, padding)
            mixed = mixed + weights[number + 1] * states
        words = torch.cat([start, mixed[:, :length]], -1)
        pairs = mixed[:, length:].view(batch, -1, 2, WIDTH)
        logits: Tensor = self.head(pairs, words, there, places, gaps)
        return logits

    def _vectors(self, pieces: Tensor) -> Tensor:
        known = self.words(pieces.clamp(max=self.known - 1))
        learnt = self.marks((pieces - self.known).clamp(min=0))
        return torch.where((pieces < self.known)[..., None], known, learnt)

    def _sight(self, there: Tensor, ends: int) -> Tensor:
        """Say what sees what, (batch, all, all): all see the words, a marker also itself and its partner."""
        batch, length = there.shape
        words = there[:, None].expand(batch, length + ends, length)
        pair = torch.arange(ends) // 2
        markers = torch.cat(
            [torch.zeros(length, ends, dtype=there.dtype), (pair[:, None] == pair).to(there.dtype)]
        )
        return torch.cat([words, markers.expand(batch, length + ends, ends)], 2)


class PairHead(nn.Module):
    """Judges pairs of mentions: logits of the predicates, then of the statuses."""

    def __init__(self) -> None:
        super().__init__()
        self.one, self.two = nn.Linear(WIDTH, PAIR), nn.Linear(WIDTH, PAIR)
        self.keys, self.values = nn.Linear(2 * WIDTH, LOOKS * LOOK), nn.Linear(2 * WIDTH, LOOKS * SEEN)
        self.ask_one, self.ask_two = nn.Linear(WIDTH, LOOKS * LOOK), nn.Linear(WIDTH, LOOKS * LOOK)
        self.near_one, self.near_two = nn.Embedding(2 * FAR + 1, LOOKS), nn.Embedding(2 * FAR + 1, LOOKS)
        self.regions = nn.Embedding(6, LOOKS * SEEN)
        self.gaps = nn.Embedding(GAPS, GAP)
        self.join = nn.Linear(3 * PAIR + LOOKS * SEEN + GAP, HIDDEN)
        self.out = nn.Linear(HIDDEN, len(PREDICATES) + len(STATUSES))
        nn.init.constant_(self.out.bias[: len(PREDICATES)], -3.0)  # most pairs are unrelated
        for table, spread in ((self.near_one, 0.3), (self.near_two, 0.3), (self.regions, 0.1)):
            nn.init.normal_(table.weight, 0.0, spread)

    def forward(self, ends: Tensor, words: Tensor, there: Tensor, places: Tensor, gaps: Tensor) -> Tensor:
        """Return the logits of pairs in both directions, (batch, pairs, 2, predicates + statuses).

        Args:
            ends: states of the markers, (batch, pairs, 2, WIDTH).
            words: what the pieces are by themselves and beside one another, (batch, pieces, 2 * WIDTH).
            there: 1 for a piece, 0 for padding, (batch, pieces).
            places: of both mentions of each pair, (batch, pairs, 2).
            gaps: of ``graph.extractors.windows.gap_between`` in both directions, (batch, pairs, 2).
        """
        batch, length, _ = words.shape
        keys = self.keys(words).view(batch, length, LOOKS, LOOK)
        values = self.values(words).view(batch, length, LOOKS, SEEN)
        hidden = (there.to(words.dtype)[:, None, :, None] - 1) * 10_000
        steps = torch.arange(length)
        both = []
        for one, two in ((0, 1), (1, 0)):
            first, second = ends[:, :, one], ends[:, :, two]
            here, beyond = places[:, :, one, None], places[:, :, two, None]
            asked = (self.ask_one(first) + self.ask_two(second)).view(batch, -1, LOOKS, LOOK)
            marks = torch.einsum("bpld,btld->bptl", asked, keys) / math.sqrt(LOOK)
            marks = marks + self.near_one((steps - here).clamp(-FAR, FAR) + FAR)
            marks = marks + self.near_two((steps - beyond).clamp(-FAR, FAR) + FAR)
            looks = torch.softmax(marks + hidden, 2)
            region = (steps >= torch.minimum(here, beyond)).long() + (
                steps > torch.maximum(here, beyond)
            ).long()
            region = functional.one_hot(region + 3 * (here > beyond).long(), 6).to(looks.dtype)
            shares = torch.einsum("bptl,bptr->bplr", looks, region)
            seen = torch.einsum("bptl,btld->bpld", looks, values)
            seen = seen + torch.einsum("bplr,rld->bpld", shares, self.regions.weight.view(6, LOOKS, SEEN))
            left, right = functional.gelu(self.one(first)), functional.gelu(self.two(second))
            parts = [left, right, left * right, functional.gelu(seen.flatten(2)), self.gaps(gaps[:, :, one])]
            joined = functional.dropout(torch.cat(parts, -1), HEAD_DROPOUT, self.training)
            both.append(self.out(functional.gelu(self.join(joined))))
        return torch.stack(both, 2)


class OneWindow(nn.Module):
    """The network as it ships: one window and its pairs in, their chances out."""

    def __init__(self, network: RelationNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, places: Tensor, gaps: Tensor) -> tuple[Tensor, Tensor]:
        """Return the chances of predicates (pairs, 2, 23) and of statuses (pairs, 2, 3), all in 0..1."""
        logits = self.network(pieces[None], torch.ones_like(pieces)[None], places[None], gaps[None])[0]
        chances = torch.sigmoid(logits[..., : len(PREDICATES)])
        return chances, torch.softmax(logits[..., len(PREDICATES) :], -1)


def load_minilm(network: RelationNetwork, weights: Path, rows: Sequence[int], marks: Sequence[str]) -> None:
    """Start the network from MiniLM.

    Args:
        network: to fill.
        weights: the ``model.safetensors`` of all-MiniLM-L6-v2.
        rows: the rows of its vocabulary that are kept, in our order.
        marks: words for each mark ("care trust"), as rows of its vocabulary, joined by spaces.
    """
    table = load_file(weights)
    vectors = table["embeddings.word_embeddings.weight"]
    with torch.no_grad():
        network.words.weight.copy_(vectors[list(rows)])
        for number, words in enumerate(marks):
            spread = 0.02 * torch.randn(WIDTH)
            network.marks.weight[number] = vectors[[int(row) for row in words.split()]].mean(0) + spread
        network.positions.weight.copy_(table["embeddings.position_embeddings.weight"])
        network.segment.copy_(table["embeddings.token_type_embeddings.weight"][0])
        _copy(network.norm, table, "embeddings.LayerNorm")
        for number, layer in enumerate(network.layers):
            for part, name in _PARTS.items():
                _copy(getattr(layer, part), table, f"encoder.layer.{number}.{name}")


_PARTS = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "out": "attention.output.dense",
    "norm1": "attention.output.LayerNorm",
    "inner": "intermediate.dense",
    "outer": "output.dense",
    "norm2": "output.LayerNorm",
}


def _copy(part: nn.Module, table: dict[str, Tensor], name: str) -> None:
    part.weight.copy_(table[f"{name}.weight"])  # type: ignore[operator]
    part.bias.copy_(table[f"{name}.bias"])  # type: ignore[operator]


def words_of(type_: str) -> str:
    """Return the words of a type's name.

    >>> words_of("PrimaryCareTrust")
    'primary care trust'
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type_).lower()
