"""Make confidence the share of claims that are right: ``python -m training.calibrate``.

``training.weigh`` takes mentions as given. Here documents are read from end to end, as those of users are:
miniatures and passages that the model has not learnt from and, where they are at hand, annotated articles
(``--articles FOLDERS --gold FOLDER``). For frames and for the model a line is fitted that leads from the log
odds of a claim's weight to those of its being right (Platt 1999, "Probabilistic outputs for support vector
machines"). Which claims are made does not change.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from graph.evaluate_document import Triple, align_relation, compare_document
from graph.evaluate_gold import GoldDocument, GoldEntity, GoldRelation, read_gold
from graph.extract import Resources, extract_document, load_resources
from graph.extractors.opinions import WHOSE, log_odds, whose_word
from graph.extractors.windows import IMPLIED
from graph.paths import MODELS
from graph.read import read_documents
from graph.records import Extraction, Relation, Skipped
from tests.relation_reading import Marked, read_marked
from training.passages import HELD, MINIATURES, Claim, number_passages

PENALTY = 1.0
"""On the square of how far a slope is from 1, against fitting noise."""
ARTICLES = 0.5
"""How much all articles count beside all passages."""
_ENDS = 0.001
AS_WEIGHED = 0.0, 1.0


@dataclass(frozen=True)
class Outcome:
    """A claim as it was found: by whom (one of ``WHOSE``), its weight in 0..1, and whether it is right."""

    whose: str
    weight: float
    right: bool


def read_passages_whole(resources: Resources) -> Iterator[Outcome]:
    """Yield what is found in passages that the model has not seen, by their text alone.

    The miniatures, and single passages made after real texts; a claim on a body that the passage leaves
    unnamed is right whoever is taken for it.
    """
    for passage in number_passages():
        if passage.unseen and passage.name.startswith((MINIATURES, HELD)):
            marked = read_marked(passage.text)
            found = extract_document(marked.document, resources)
            yield from judge(found, annotate(marked, passage.claims), passage.claims)


def read_articles(articles: Sequence[str], gold: Path, resources: Resources) -> Iterator[Outcome]:
    """Yield what is found in annotated documents."""
    known = {document.name: document for document in read_gold(gold)}
    for document in read_documents(articles):
        if isinstance(document, Skipped) or Path(document.name).name not in known:
            continue
        yield from judge(extract_document(document, resources), known[Path(document.name).name])


def annotate(marked: Marked, claims: Sequence[Claim]) -> GoldDocument:
    """Return a passage as an annotated document; the evidence of each claim is all of it."""
    entities = {
        e.id: GoldEntity(
            e.id,
            e.kind,
            e.type,
            e.name,
            tuple((m.start, m.end) for m in marked.mentions if m.entity == e.id),
            links=False,
            register=None,
        )
        for e in marked.entities
    }
    whole = ((0, len(marked.document.text)),)
    stated = tuple(GoldRelation(*claim, whole) for claim in claims if {claim[0], claim[2]} <= entities.keys())
    return GoldDocument(marked.document.name, entities, stated)


def judge(found: Extraction, gold: GoldDocument, claims: Sequence[Claim] = ()) -> Iterator[Outcome]:
    """Yield each claim of a document once, by who was surest of it.

    Args:
        found: with weights for confidence.
        gold: of the document.
        claims: all that it makes; those with ``IMPLIED`` at one end count for any body.
    """
    compared = compare_document(gold, found)
    surest: dict[Triple, Relation] = {}
    for relation in found.relations:
        triple = align_relation(relation, compared.aligned)
        if triple in compared.found and relation.confidence > getattr(surest.get(triple), "confidence", 0.0):
            surest[triple] = relation
    for triple, relation in surest.items():
        subject, predicate, target, status = triple
        readings = {(IMPLIED, predicate, target, status), (subject, predicate, IMPLIED, status)}
        right = triple in compared.wanted or not readings.isdisjoint(claims)
        yield Outcome(whose_word(relation.found_by), relation.confidence, right)


def fit_line(outcomes: Sequence[tuple[Outcome, float]]) -> tuple[float, float]:
    """Fit constant and slope by Newton's method.

    Args:
        outcomes: each with how much it counts.
    """
    features = np.array([(1.0, log_odds(outcome.weight, _ENDS)) for outcome, _ in outcomes])
    truth = np.array([float(outcome.right) for outcome, _ in outcomes])
    counts = np.array([count for _, count in outcomes])
    penalty, line = np.array([0.0, PENALTY]), np.array(AS_WEIGHED)
    for _ in range(25):
        chance = 1 / (1 + np.exp(-features @ line))
        slope = features.T @ (counts * (truth - chance)) - penalty * (line - AS_WEIGHED)
        curve = (features * (counts * chance * (1 - chance))[:, None]).T @ features + np.diag(penalty)
        line = line + np.linalg.solve(curve, slope)
    return round(float(line[0]), 3), round(float(line[1]), 3)


def measure(passages: Sequence[Outcome], articles: Sequence[Outcome]) -> dict[str, tuple[float, float]]:
    """Fit the line of frames and that of the model; articles, if any, count half as much as passages.

    In passages less is right than in articles, and in articles that frames were written on, more than
    elsewhere: other texts are between the two. How far between was chosen on articles of a third sort.
    """
    each = ARTICLES * len(passages) / len(articles) if articles else 0.0
    counted = [*((p, 1.0) for p in passages), *((a, each) for a in articles)]
    return {whose: fit_line([c for c in counted if c[0].whose == whose]) for whose in WHOSE}


def main() -> None:
    """Read, fit, print and write."""
    parser = argparse.ArgumentParser(description="Calibrate the confidence of claims.")
    parser.add_argument("--articles", nargs="+", default=(), help="annotated documents")
    parser.add_argument("--gold", type=Path, help="folder of their gold files")
    options = parser.parse_args()
    shipped = load_resources()
    weighed = replace(shipped.opinions, measured=dict.fromkeys(WHOSE, AS_WEIGHED))
    resources = replace(shipped, opinions=weighed)
    passages = list(read_passages_whole(resources))
    articles = list(read_articles(options.articles, options.gold, resources)) if options.articles else []
    measured = measure(passages, articles)
    for name, outcomes in (("passages", passages), ("articles", articles)):
        right = sum(outcome.right for outcome in outcomes)
        print(f"{name}: {len(outcomes)} claims, {right / max(len(outcomes), 1):.2f} right")
    print(measured)
    path = MODELS / "opinions.json"
    facts = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**facts, "measured": measured}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
