"""Count what each frame, rule and reading of the model contributes: its claims, right and wrong.

A claim is a triple with its status, as the measure ``relations`` counts them, and counts for the one that was
surest of it. Claims with an unnamed body are left out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.evaluate import align_columns, pair_gold
from graph.evaluate_document import Triple, align_relation, compare_document
from graph.evaluate_figures import share
from graph.records import Extraction, Relation


@dataclass(frozen=True, slots=True)
class RuleCount:
    """The claims on one predicate by one frame or rule (``Relation.found_by``)."""

    predicate: str
    found_by: str
    right: int
    wrong: int

    @property
    def precision(self) -> float:
        """The share that is right, in 0..1."""
        return share(self.right, self.right + self.wrong)


def count_rules(extractions: Iterable[Extraction], gold: Path) -> list[RuleCount]:
    """Count the claims of the documents of the gold by predicate and by what found them, most right first.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    counts: defaultdict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
    for document, extraction in pair_gold(extractions, gold):
        if extraction is None:
            continue
        compared = compare_document(document, extraction)
        surest: dict[Triple, Relation] = {}
        for relation in extraction.relations:
            triple = align_relation(relation, compared.aligned)
            known = surest.get(triple)
            if triple in compared.found and (known is None or relation.confidence > known.confidence):
                surest[triple] = relation
        for triple, relation in surest.items():
            counts[relation.predicate, relation.found_by][triple not in compared.wanted] += 1
    rows = [RuleCount(*names, right, wrong) for names, (right, wrong) in counts.items()]
    return sorted(rows, key=lambda row: (-row.right, row.wrong, row.predicate, row.found_by))


def render_rules(rules: Sequence[RuleCount], f1: float) -> str:
    """Return the counts as lines of text.

    Args:
        rules: as counted.
        f1: of all relations, in 0..1. Claims that are right less often than half of it lower it, and are
            marked (Lipton, Elkan and Naryanaswamy 2014, "Optimal thresholding of classifiers to maximize F1
            measure").
    """
    rows = [("found by", "predicate", "right", "wrong", "precision", "")]
    for rule in rules:
        mark = "lowers F1" if rule.precision < f1 / 2 else ""
        counts = (str(rule.right), str(rule.wrong), f"{rule.precision:.3f}")
        rows.append((rule.found_by, rule.predicate, *counts, mark))
    return "".join(f"{line.rstrip()}\n" for line in align_columns(rows))
