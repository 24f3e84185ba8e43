"""Tell cheaply which windows the relation model need not read, since it would claim nothing there.

A first stage of a cascade (Viola and Jones 2001, "Rapid object detection using a boosted cascade of simple
features"): a linear model over hashed features (Weinberger et al. 2009, "Feature hashing for large scale
multitask learning") of each pair of mentions. ``training/screener.py`` teaches it what the relation model says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from graph.extractors.model_files import reading
from graph.extractors.windows import Window
from graph.paths import MODELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FILE = "screener.npz"
BITS = 16
"""Binary digits of the number of a feature."""
NEAR = 3
"""Pieces on each side of a mention that are told apart by their distance from it."""
MOST = 8
"""Mentions between two, and mentions of a sentence, from which all numbers are one."""
_STEPS = (1, 2, 3, 4, 5, 7, 9, 13, 20, 30)
"""Pieces between two mentions from which the distance is another."""
_IMPLIED, _OWN, _ACROSS = range(3)
_MIX, _SPREAD = 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F


@dataclass(frozen=True, slots=True)
class Features:
    """The features of the pairs of a window.

    Attributes:
        numbers: of the features, each in 0..2**BITS - 1.
        owners: the pair that each belongs to, beside ``numbers``.
    """

    numbers: NDArray[np.int64]
    owners: NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt.

    Attributes:
        values: of each feature, times ``scale``.
        scale: of the values.
        threshold: score from which a pair may be related.
    """

    values: NDArray[np.int8]
    scale: float
    threshold: float


class Screener:
    """The weights, read from ``models/`` when the first window is screened."""

    def __init__(self, folder: Path = MODELS) -> None:
        self._folder = folder

    @cached_property
    def weights(self) -> Weights:
        """Return what was learnt.

        Raises:
            OntologyError: the file is absent or not what it should be.
        """
        import numpy as np

        path = self._folder / FILE
        with reading(path, EOFError, BadZipFile), np.load(path, allow_pickle=False) as stored:
            values = stored["values"]
            if values.dtype != np.int8 or values.shape != (1 << BITS,):
                raise ValueError("not one weight of 8 bits for each feature")
            return Weights(values, float(stored["scale"]), float(stored["threshold"]))

    def may_relate(self, window: Window) -> bool:
        """Say whether the relation model is worth asking about a window: one of its pairs may be related."""
        pairs = window.pairs()
        return bool(pairs) and bool(self.score(window, pairs).max() >= self.weights.threshold)

    def score(self, window: Window, pairs: Sequence[tuple[int, int]]) -> NDArray[np.float64]:
        """Return how likely the relation model claims something of each pair, as log odds.

        Args:
            window: as the relation model would read it.
            pairs: one or more of it.
        """
        import numpy as np

        features = list_features(window, pairs)
        weights = self.weights.values[features.numbers]
        return np.bincount(features.owners, weights, len(pairs)) * self.weights.scale


def list_features(window: Window, pairs: Sequence[tuple[int, int]]) -> Features:
    """List the features of pairs of mentions.

    They are the types of the two, how far apart they stand and with how many mentions between, the pieces
    beside each and between them, the number of mentions in the sentence, and all pieces of it; each
    apart for a pair within the sentence, across two sentences, and with the implied body.
    """
    import numpy as np

    chosen = np.asarray(pairs)
    one, two = chosen[:, 0], chosen[:, 1]
    pieces = np.asarray((0,) * NEAR + window.pieces + (0,) * NEAR)
    places = np.asarray(window.places) + NEAR
    first, second = places[one], places[two]
    sort = np.where(one == 0, _IMPLIED, np.where(one < window.own, _ACROSS, _OWN))
    begin = _own_start(window) + NEAR
    marks = pieces[first], pieces[second]
    count = min(len(window.places) - window.own, MOST)
    plain = [
        np.full(len(chosen), count),
        *marks,
        marks[0] << 16 | marks[1],
        np.minimum(two - one, MOST),
        np.searchsorted(_STEPS, second - first - 1, side="right"),
        *(pieces[place + step] for place in (first, second) for step in range(-NEAR, NEAR + 1) if step),
    ]
    after = np.where(sort == _IMPLIED, begin, first + 1)
    lengths = np.maximum(second - after, 0)
    holders = np.repeat(np.arange(len(chosen)), lengths)
    steps = np.arange(len(holders)) - np.repeat(lengths.cumsum() - lengths, lengths)
    between = pieces[steps + after[holders]]
    whole = pieces[begin : -NEAR - 1]
    kinds = np.arange(len(plain))[:, None] * 3 + sort
    keys = np.concatenate(
        (
            (kinds << 32 | np.stack(plain)).ravel(),
            (len(plain) * 3 + sort[holders]) << 32 | between,
            np.tile((len(plain) + 1) * 3 << 32 | whole, len(chosen)),
        )
    )
    every = np.arange(len(chosen))
    owners = np.concatenate((np.tile(every, len(plain)), holders, np.repeat(every, len(whole))))
    return Features(_number(keys), owners)


def _own_start(window: Window) -> int:
    """Return the index of the first piece of the sentence itself, behind the one before it."""
    earlier, closing = window.pieces[:-1], window.pieces[-1]
    return len(earlier) - earlier[::-1].index(closing) if closing in earlier else 1


def _number(keys: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the numbers of features: the first digits of a mixture of all digits of their keys."""
    import numpy as np

    mixed = keys.astype(np.uint64) * np.uint64(_MIX)
    mixed = (mixed ^ mixed >> np.uint64(29)) * np.uint64(_SPREAD)
    return (mixed >> np.uint64(64 - BITS)).astype(np.int64)
