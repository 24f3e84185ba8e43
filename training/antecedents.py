"""Learn what the body is that a sentence leaves unnamed: ``python -m training.antecedents``.

Learns from the miniatures: claims whose two bodies no one sentence names, and whose missing body has no part
in the text that tells it (``graph.extractors.implied``). The candidates of each are those that
``graph.extractors.antecedents`` proposes; the weights make the right ones likeliest (a conditional logit).
Writes ``models/antecedents.json``. Needs no more than caregraph itself.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from graph.extractors.antecedents import FEATURES, Antecedents, Gap, end_of
from graph.extractors.implied import CHANCES, find_implied
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from tests.relation_reading import Marked, read_marked
from training.passages import MINIATURES, Claim, number_passages

PENALTY, STEPS, PACE = 2.0, 1000, 0.002
RARE = 5.0
"""Claims that each type starts with, as common as everywhere."""
FOLDS = 5


@dataclass(frozen=True)
class Question:
    """A claim on an unnamed body: features of the candidates, (candidates, features), and which are right."""

    document: int
    features: np.ndarray
    right: np.ndarray


def count_types() -> dict[str, dict[str, float]]:
    """Return "predicate end" to the log of how much commoner each type is there than at all ends."""
    ends: Counter[tuple[str, str]] = Counter()
    for passage in number_passages():
        types = {m.entity: m.type for m in read_marked(passage.text).mentions}
        for subject, predicate, target, _ in passage.claims:
            for identifier, is_subject in ((subject, True), (target, False)):
                if identifier in types:
                    ends[end_of(predicate, subject=is_subject), types[identifier]] += 1
    everywhere: Counter[str] = Counter()
    totals: Counter[str] = Counter()
    for (end, type_), number in ends.items():
        everywhere[type_] += number
        totals[end] += number
    whole = sum(everywhere.values())
    tables: dict[str, dict[str, float]] = {}
    for end in sorted(totals):
        table = {
            type_: math.log((ends[end, type_] + RARE * share) / (totals[end] + RARE) / share)
            for type_, share in ((t, n / whole) for t, n in sorted(everywhere.items()))
        }
        tables[end] = {type_: round(value, 3) for type_, value in table.items()}
        tables[end][""] = 0.0
    return tables


def find_gaps(marked: Marked, claims: Sequence[Claim]) -> Iterator[tuple[Gap, frozenset[str]]]:
    """Yield the claims whose bodies stand in no common sentence, as gaps where the later is first named."""
    inside = {
        s.index: frozenset(m.entity for m in marked.mentions if s.start <= m.start < s.end)
        for s in marked.sentences
    }
    places: dict[str, list[int]] = {}
    for index, ids in inside.items():
        for identifier in ids:
            places.setdefault(identifier, []).append(index)
    found: dict[tuple[int, str, bool, str], set[str]] = {}
    for subject, predicate, target, _ in claims:
        if IMPLIED in (subject, target) or set(places[subject]) & set(places[target]):
            continue
        missing, other = subject, target
        if places[subject][0] > places[target][0]:
            missing, other = target, subject
        index = min(n for n in places[other] if n > places[missing][0])
        found.setdefault((index, predicate, missing == subject, other), set()).add(missing)
    for (index, predicate, is_subject, other), right in sorted(found.items()):
        gap = Gap(predicate, is_subject, other, inside[index], marked.sentences[index])
        yield gap, frozenset(right)


def ask(types: dict[str, dict[str, float]]) -> list[Question]:
    """Return the questions that the miniatures ask and that have a right candidate."""
    describer = Antecedents(dict.fromkeys(FEATURES, 0.0), types)
    questions = []
    miniatures = [p for p in number_passages() if p.name.startswith(MINIATURES)]
    for number, passage in enumerate(miniatures):
        marked = read_marked(passage.text)
        discourse = marked.discourse()
        for gap, right in find_gaps(marked, passage.claims):
            if find_implied(gap, discourse, describer)[1] in CHANCES:
                continue
            candidates = list(describer.describe(gap, discourse))
            hits = np.array([float(candidate in right) for candidate, _ in candidates])
            if hits.any():
                rows = np.array([[features[name] for name in FEATURES] for _, features in candidates])
                questions.append(Question(number, rows, hits))
    return questions


def fit(questions: Sequence[Question]) -> np.ndarray:
    """Return the weights under which the right candidates are likeliest, by gradient ascent."""
    weights = np.zeros(len(FEATURES))
    for _ in range(STEPS):
        slope = -PENALTY * weights
        for question in questions:
            chances = choose(question, weights)
            wanted = chances * question.right
            slope += question.features.T @ (wanted / wanted.sum() - chances)
        weights += PACE * slope
    return weights


def choose(question: Question, weights: np.ndarray) -> np.ndarray:
    """Return the chance of each candidate, in 0..1; they add up to 1."""
    scores = question.features @ weights
    powers = np.exp(scores - scores.max())
    chances: np.ndarray = powers / powers.sum()
    return chances


def main(folder: Path = MODELS) -> None:
    """Cross-validate, fit on all, print and write."""
    types = count_types()
    questions = ask(types)
    hits = 0.0
    for fold in range(FOLDS):
        weights = fit([q for q in questions if q.document % FOLDS != fold])
        held = [q for q in questions if q.document % FOLDS == fold]
        hits += sum(q.right[choose(q, weights).argmax()] for q in held)
    sys.stdout.write(f"{len(questions)} questions; {hits / len(questions):.2f} answered, cross-validated\n")
    fitted = dict(zip(FEATURES, (round(float(w), 3) for w in fit(questions)), strict=True))
    facts = {"weights": fitted, "types": types}
    (folder / "antecedents.json").write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
