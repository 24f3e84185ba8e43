"""Write the report of a build: what was found, per document and in all, and what may need a look.

Counts of entities and statements, names that the register does not settle, possible misses (sentences
that gave no statement and may hide one, the likeliest first), files that were passed over, and what the
shapes forbid. One page that needs nothing else and runs no script; the same input gives the same bytes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from graph.iris import slug_name
from graph.misses import rank_misses
from graph.pages import PAGE, label_type, read_legend, render_template, replace_page, show_controls
from graph.records import Document, Entity, Extraction, Skipped
from graph.vocabulary import CG, ID, ORGANISATION_KINDS, STATUSES

Row = tuple[str, tuple[int, ...], int]
"""A line of a table: what it counts, the counts by column, and their sum."""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a table under one heading."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found: entities by family, type and kind; statements by relation and status."""

    bodies: int
    linked: int
    things: int
    statements: tuple[int, ...]
    types: tuple[Group, ...]
    others: tuple[Row, ...]
    relations: tuple[Row, ...]
    quotes: int


@dataclass(frozen=True, slots=True)
class Findings:
    """One document, what was found in it, and how many sentences may hide a miss."""

    document: Document
    address: str
    sentences: int
    counts: Counts
    misses: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that no register entry was chosen for, why, and which were considered."""

    name: str
    type: str
    reason: str
    candidates: tuple[str, ...]
    documents: tuple[str, ...]


def write_report(
    *,
    extractions: Sequence[Extraction],
    skipped: Sequence[Skipped],
    violations: Sequence[str],
    path: Path,
    names: Mapping[str, str] | None = None,
) -> None:
    """Write the report as one HTML file, whole or not at all.

    Args:
        extractions: of every document that was read.
        skipped: the files that were not, with the reason.
        violations: what the shapes forbid, a line each.
        path: file to write.
        names: of the bodies of the register by id, to show candidates by name.

    Raises:
        StoreError: the file cannot be written.
    """
    page = render_template(
        "report.html.j2",
        style=(PAGE / "report.css").read_text(encoding="utf-8"),
        statuses={status: read_legend()["statuses"][status] for status in STATUSES},
        total=count_found(extractions),
        findings=[_describe_document(extraction) for extraction in extractions],
        misses=rank_misses(extractions),
        unresolved=list_unresolved(extractions, names or {}),
        skipped=skipped,
        violations=[shorten_iris(violation) for violation in violations],
    )
    replace_page(path, show_controls(page))


def count_found(extractions: Iterable[Extraction]) -> Counts:
    """Count entities, each once however many documents name it, and statements, each once a document."""
    extractions = list(extractions)
    entities = _merge_entities(extractions)
    bodies = [entity for entity in entities if entity.kind in ORGANISATION_KINDS]
    relations = [relation for extraction in extractions for relation in extraction.relations]
    kinds = Counter((entity.type, entity.kind) for entity in entities)
    families = [
        Group(family["name"], _count_rows(family["types"], kinds, ORGANISATION_KINDS))
        for family in read_legend()["families"]
    ]
    labels = dict(chain.from_iterable(family["types"].items() for family in read_legend()["families"]))
    phrases = {name: words["forward"] for name, words in read_legend()["relations"].items()}
    stated = Counter((relation.predicate, relation.status) for relation in relations)
    return Counts(
        bodies=len(bodies),
        linked=sum(entity.link.register is not None for entity in bodies),
        things=len(entities) - len(bodies),
        statements=tuple(sum(r.status == status for r in relations) for status in STATUSES),
        types=tuple(group for group in families if group.rows),
        others=_count_rows(labels, kinds, ("other",)),
        relations=tuple(sorted(_count_rows(phrases, stated, STATUSES), key=lambda row: -row[2])),
        quotes=sum(len(relation.evidence) for relation in relations),
    )


def list_unresolved(extractions: Iterable[Extraction], names: Mapping[str, str]) -> list[Unresolved]:
    """List named bodies without a register entry, those with candidates first, then by name.

    Args:
        extractions: of any documents.
        names: of the bodies of the register by id.
    """
    found: dict[tuple[str, str, str, tuple[str, ...]], list[str]] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            if entity.kind == "named" and entity.link.register is None:
                key = (entity.name, entity.type, entity.link.reason, entity.link.candidates)
                found.setdefault(key, []).append(extraction.document.name)
    ordered = sorted(found.items(), key=lambda item: (not item[0][3], slug_name(item[0][0]), item[0]))
    return [
        Unresolved(
            name=name,
            type=label_type(type_name),
            reason=reason,
            candidates=tuple(f"{names[c]} ({c})" if c in names else c for c in candidates),
            documents=tuple(documents),
        )
        for (name, type_name, reason, candidates), documents in ordered
    ]


def shorten_iris(line: str) -> str:
    """Write the addresses of our own terms and nodes short, as a person would say them.

    >>> shorten_iris("<https://w3id.org/caregraph/id/claim/1> at <https://w3id.org/caregraph/ontology#status>")
    'claim/1 at status'
    """
    return re.sub(rf"<(?:{re.escape(ID)}|{re.escape(CG)})([^>]*)>", r"\1", line)


def _merge_entities(extractions: Iterable[Extraction]) -> list[Entity]:
    """Return entities, one for each that the graph will have a node of."""
    merged: dict[tuple[str, ...], Entity] = {}
    for extraction in extractions:
        for entity in extraction.entities:
            key: tuple[str, ...] = (entity.kind, entity.type, slug_name(entity.name))
            if entity.link.register is not None:
                key = (entity.link.register,)
            elif entity.kind == "unnamed":
                key = (entity.kind, extraction.document.name, entity.id)
            merged.setdefault(key, entity)
    return list(merged.values())


def _count_rows(
    labels: Mapping[str, str], counts: Mapping[tuple[str, str], int], columns: Iterable[str]
) -> tuple[Row, ...]:
    """Make a row for each label that anything was counted under."""
    rows = []
    for name, label in labels.items():
        cells = tuple(counts.get((name, column), 0) for column in columns)
        if any(cells):
            rows.append((label, cells, sum(cells)))
    return tuple(rows)


def _describe_document(extraction: Extraction) -> Findings:
    address = extraction.document.url or ""
    return Findings(
        document=extraction.document,
        address=address if address.startswith(("http://", "https://")) else "",
        sentences=sum(sentence.kind != "furniture" for sentence in extraction.sentences),
        counts=count_found([extraction]),
        misses=len(extraction.omissions),
    )
