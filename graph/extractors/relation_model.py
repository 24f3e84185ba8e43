"""Judge the relations in a window of text with the trained model that ships with caregraph.

The model is a small transformer (MiniLM, Wang et al. 2020), tuned by ``training/`` on passages written for
this project and run by ONNX Runtime on one thread, one window at a time: so what it says of a window depends
on nothing else.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from graph.extractors.model_files import reading
from graph.extractors.windows import IMPLIED, Window, WindowReader, gap_between
from graph.extractors.wordpieces import WordPieces
from graph.paths import MODELS
from graph.vocabulary import OTHER_TYPES, SYMMETRIC

FOUND_BY = "model"
ACROSS = "model (sentence before)"
"""Marks a claim on a body that the sentence before names."""
SUPPORT = "model (unresolved)"
"""Marks a claim whose implied body stays ``IMPLIED``: it can bear a frame out, and is none by itself."""
LEAST = 0.05
"""Probability under which a claim is not worth a look."""
_OTHER_SUBJECTS = frozenset(
    (
        ("Legislation", "directs"),
        ("Legislation", "reorganises"),
        ("Person", "memberOf"),
        ("Person", "recommendsTo"),
    )
)
"""What is no body and can be the subject of a relation between bodies."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """One claim that the model sees in a window.

    Attributes:
        subject: entity id, or ``IMPLIED``.
        predicate: as in ``graph.vocabulary.PREDICATES``.
        object: entity id, or ``IMPLIED``.
        status: the likeliest of ``graph.vocabulary.STATUSES``.
        probability: that the window states it, in 0..1.
        across: whether one of the two is named in the sentence before only.
    """

    subject: str
    predicate: str
    object: str
    status: str
    probability: float
    across: bool = False


class RelationModel:
    """The model, read from ``models/`` when it first judges something."""

    def __init__(self, folder: Path = MODELS) -> None:
        self._folder = folder

    @cached_property
    def _facts(self) -> dict[str, Any]:
        path = self._folder / "relations.json"
        with reading(path):
            facts: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return facts

    @cached_property
    def reader(self) -> WindowReader:
        """Return what makes windows for this model."""
        return WindowReader(WordPieces(self._facts["pieces"]))

    @cached_property
    def _session(self) -> Any:
        os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # else it tells its maker of each run, over the network
        import onnxruntime  # 0.2 s, which nobody pays who extracts nothing

        onnxruntime.disable_telemetry_events()  # the same on Windows, which knows no such variable
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = self._folder / "relations.onnx"
        with reading(path, Exception):  # the library has no common class for a file that it cannot read
            return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])

    def judge(self, window: Window) -> Iterator[Judgement]:
        """Yield the claims that a window may make, each pair and predicate once."""
        import numpy as np

        pairs = window.pairs()
        if not pairs:
            return
        places = [[window.places[one], window.places[two]] for one, two in pairs]
        gaps = [[gap_between(one, two), gap_between(two, one)] for one, two in pairs]
        chances, statuses = self._session.run(
            None,
            {
                "pieces": np.asarray(window.pieces),
                "places": np.asarray(places),
                "gaps": np.asarray(gaps),
            },
        )
        best: dict[tuple[str, str, str], tuple[float, Any]] = {}
        for pair, back, number in zip(*(chances > LEAST).nonzero(), strict=True):
            one, two = pairs[pair][back], pairs[pair][1 - back]
            predicate: str = self._facts["predicates"][number]
            key = (window.entities[one], predicate, window.entities[two])
            chance = float(chances[pair, back, number])
            better = chance > best.get(key, (0.0, None))[0]
            if better and fits(predicate, window.types[one], window.types[two]):
                best[key] = (chance, statuses[pair, back])
        named = {IMPLIED, *window.entities[window.own :]}
        for (subject, predicate, target), (chance, status) in _join_directions(best).items():
            likeliest = self._facts["statuses"][int(status.argmax())]
            across = not named.issuperset((subject, target))
            yield Judgement(subject, predicate, target, likeliest, round(chance, 3), across)


def fits(predicate: str, subject: str, target: str) -> bool:
    """Say whether entities of two types can stand in a relation, by its definition in the guidelines."""
    if predicate == "authorOf":
        return subject in ("Person", IMPLIED) and target == "Publication"
    if predicate == "postHolderAt":
        return subject == "Person" and target not in OTHER_TYPES
    if predicate == "published":
        return subject not in OTHER_TYPES and target == "Publication"
    if predicate == "servesArea":
        return subject not in OTHER_TYPES and target == "Place"
    return target not in OTHER_TYPES and (
        subject not in OTHER_TYPES or (subject, predicate) in _OTHER_SUBJECTS
    )


def _join_directions(
    found: Mapping[tuple[str, str, str], tuple[float, Any]],
) -> dict[tuple[str, str, str], tuple[float, Any]]:
    """Give a symmetric relation the mean of what was seen from its two ends."""
    joined: dict[tuple[str, str, str], tuple[float, Any]] = {}
    for (subject, predicate, target), (chance, status) in found.items():
        if predicate not in SYMMETRIC:
            joined[subject, predicate, target] = chance, status
            continue
        first, last = sorted((subject, target))
        back, back_status = found.get((target, predicate, subject), (0.0, 0.0))
        joined[first, predicate, last] = (chance + back) / 2, status + back_status
    return joined
