"""Score extractions against gold files, with the floor beside them.

The measures, each as precision, recall and F1 over all documents of the gold: ``mentions`` (of bodies,
exact span), ``overlap`` (any overlap), ``typed`` (exact span and type), ``entities`` (aligned one to one),
``relations`` (subject, predicate, object and status), ``pairs`` (any predicate and status), ``families``
(like predicates taken for one another, any status), ``links`` (register ids); and of the relations that are
right the share whose evidence overlaps the gold's (``grounded``), and of those that are only proposed or
negated the share that is asserted (``false_facts``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import combinations
from operator import add
from pathlib import Path, PurePosixPath

from graph.evaluate_document import Comparison, compare_document
from graph.evaluate_figures import DIGITS, MEASURES, Figure, share
from graph.evaluate_gold import GoldDocument, read_gold
from graph.records import Extraction, Relation, Sentence, merge_relations, quote_evidence
from graph.vocabulary import ORGANISATION_KINDS


@dataclass(frozen=True, slots=True)
class Scores:
    """How extractions stand to the gold.

    Attributes:
        figures: one for each of ``MEASURES``, over all documents.
        by_predicate: relations only.
        by_document: by the document's file name, then as ``figures``.
        grounded: share of the matched relations whose evidence overlaps the gold's, in 0..1.
        false_facts: share of the ``denied`` that came back as asserted, in 0..1.
        denied: relations of the gold that are only proposed or negated.
        missing: documents of the gold that were not among the extractions; they count as empty.
    """

    figures: Mapping[str, Figure]
    by_predicate: Mapping[str, Figure]
    by_document: Mapping[str, Mapping[str, Figure]]
    grounded: float
    false_facts: float
    denied: int
    missing: tuple[str, ...]


def evaluate_extractions(extractions: Iterable[Extraction], gold: Path) -> Scores:
    """Compare extractions with the gold files of a folder.

    Args:
        extractions: of any documents; those without a gold file are passed over.
        gold: a folder of gold files; documents are matched by file name.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    pairs = list(pair_gold(extractions, gold))
    compared = {document.name: compare_document(document, found) for document, found in pairs}
    missing = tuple(document.name for document, found in pairs if found is None)
    return _sum_up(compared, missing)


def pair_gold(
    extractions: Iterable[Extraction], gold: Path
) -> Iterator[tuple[GoldDocument, Extraction | None]]:
    """Yield each gold document with the extraction of the same file name, or None.

    Raises:
        GoldError: the folder or a file of it cannot be used.
    """
    documents = read_gold(gold)
    found = {PurePosixPath(extraction.document.name).name: extraction for extraction in extractions}
    return ((document, found.get(document.name)) for document in documents)


def floor_extraction(extraction: Extraction) -> Extraction:
    """Return what needs no reading: every two bodies named in one sentence work together, asserted."""
    bodies = {e.id for e in extraction.entities if e.kind in ORGANISATION_KINDS}
    text = extraction.document.text
    relations = []
    for sentence in extraction.sentences:
        evidence = (quote_evidence(text, sentence.start, sentence.end),)
        for first, second in combinations(_list_bodies(extraction, sentence, bodies), 2):
            subject, obj = sorted((first, second))
            relations.append(Relation(subject, "worksWith", obj, "asserted", evidence, found_by="floor"))
    return replace(extraction, relations=merge_relations(relations))


def render_scores(scores: Scores, floor: Scores, *, details: Collection[str] = ()) -> str:
    """Return the scores as lines of text, the F1 of the floor beside each.

    Args:
        scores: of the extractions.
        floor: of the same extractions with the relations of ``floor_extraction``.
        details: ``predicate`` and ``document`` add a line for each of them.
    """
    head = ("", "precision", "recall", "F1", "right", "found", "gold", "floor F1")
    rows = [_row(name, scores.figures[name], floor.figures[name]) for name in MEASURES]
    if "predicate" in details:
        rows += [_row(name, own, floor.by_predicate.get(name)) for name, own in scores.by_predicate.items()]
    if "document" in details:
        for document, figures in scores.by_document.items():
            other = floor.by_document[document]
            rows += [
                _row(f"{document} {n}", figures[n], other[n]) for n in ("mentions", "entities", "relations")
            ]
    lines = align_columns([head, *rows])
    lines += [
        f"grounded {scores.grounded:.3f} of {scores.figures['relations'].matched} right relations"
        f" (floor {floor.grounded:.3f})",
        f"false facts {scores.false_facts:.3f} of {scores.denied} that are only proposed or negated"
        f" (floor {floor.false_facts:.3f})",
        f"documents {len(scores.by_document)}",
        *(f"not among the documents read: {name}" for name in scores.missing),
    ]
    return "".join(f"{line}\n" for line in lines)


def align_columns(rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines: the first column to the left, the others to the right."""
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    return [
        "  ".join(
            [row[0].ljust(widths[0]), *(cell.rjust(w) for cell, w in zip(row[1:], widths[1:], strict=True))]
        )
        for row in rows
    ]


def _sum_up(compared: Mapping[str, Comparison], missing: tuple[str, ...]) -> Scores:
    every = compared.values()
    figures = {name: reduce(add, (c.figures[name] for c in every), Figure()) for name in MEASURES}
    predicates = sorted({predicate for c in every for predicate in c.by_predicate})
    denied = sum(c.denied for c in every)
    return Scores(
        figures=figures,
        by_predicate={
            predicate: reduce(add, (c.by_predicate.get(predicate, Figure()) for c in every), Figure())
            for predicate in predicates
        },
        by_document={name: c.figures for name, c in compared.items()},
        grounded=round(share(sum(c.grounded for c in every), figures["relations"].matched), DIGITS),
        false_facts=round(share(sum(c.false_facts for c in every), denied), DIGITS),
        denied=denied,
        missing=missing,
    )


def _list_bodies(extraction: Extraction, sentence: Sentence, bodies: set[str]) -> list[str]:
    """Return the bodies that a sentence names, each once, in order."""
    named = [
        mention.entity
        for mention in extraction.mentions
        if sentence.start <= mention.start and mention.end <= sentence.end
    ]
    return [entity for entity in dict.fromkeys(named) if entity in bodies]


def _row(name: str, own: Figure, floor: Figure | None) -> tuple[str, ...]:
    shares = (f"{share:.3f}" for share in (own.precision, own.recall, own.f1))
    counts = (str(count) for count in (own.matched, own.system, own.gold))
    return (name, *shares, *counts, f"{floor.f1:.3f}" if floor else "-")
