"""What is counted once, when a store is written, so that no overview has to be worked out again."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, fields
from typing import Any


@dataclass(frozen=True, slots=True)
class StatusCount:
    """How many claims there are of something, by status; only the asserted ones are facts.

    Attributes:
        key: IRI of a relation, or a year ("" where the document states no date).
        label: the same in words.
        asserted: claims that a document asserts.
        proposed: claims about what may come.
        negated: claims that a document denies.
    """

    key: str
    label: str
    asserted: int
    proposed: int
    negated: int


@dataclass(frozen=True, slots=True)
class TypeCount:
    """How many bodies of a type documents name, and how many the register knows."""

    type_iri: str
    label: str
    in_documents: int
    in_register: int


@dataclass(frozen=True, slots=True)
class Connected:
    """A body, to how many others documents assert relations, in how many claims and documents."""

    entity: str
    name: str
    others: int
    claims: int
    documents: int


@dataclass(frozen=True, slots=True)
class DocumentCount:
    """A document and how many claims come from it."""

    document: str
    title: str
    date: str
    claims: int


@dataclass(frozen=True, slots=True)
class MethodCount:
    """How many claims a rule, a frame or a model found; ``family`` is one of ``FAMILIES``."""

    method: str
    family: str
    claims: int


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class and how many nodes are of it, those inferred among them (a ``void:classPartition``)."""

    type_iri: str
    label: str
    entities: int


@dataclass(frozen=True, slots=True)
class PropertyCount:
    """A property and its triples, distinct subjects and distinct objects (a ``void:propertyPartition``)."""

    property: str
    label: str
    triples: int
    subjects: int
    objects: int


@dataclass(frozen=True, slots=True, repr=False)
class Statistics:
    """The counts of one graph. Lists are in descending order of their first number, then by name.

    Attributes:
        quads: statements in named graphs, one for each graph that holds it.
        triples: statements, each once.
        graphs: named graphs.
        subjects: distinct subjects.
        objects: distinct objects.
        documents: documents read.
        sentences: sentences quoted as evidence.
        claims: claims of any status.
        links: names of bodies that were compared with the register.
        unsure_links: those of which no body of the register could be said for sure.
        relations: claims by relation.
        years: claims by year of the document, in order of year.
        types: bodies by type.
        connected: the twenty bodies with relations to the most others; classes of bodies among them.
        sources: the twenty documents with the most claims.
        confidence: claims in each tenth of the confidence, from 0 to 0.1 up to 0.9 to 1.
        methods: claims by what found them.
        classes: nodes by class.
        properties: triples by property.
    """

    quads: int
    triples: int
    graphs: int
    subjects: int
    objects: int
    documents: int
    sentences: int
    claims: int
    links: int
    unsure_links: int
    relations: tuple[StatusCount, ...]
    years: tuple[StatusCount, ...]
    types: tuple[TypeCount, ...]
    connected: tuple[Connected, ...]
    sources: tuple[DocumentCount, ...]
    confidence: tuple[int, ...]
    methods: tuple[MethodCount, ...]
    classes: tuple[ClassCount, ...]
    properties: tuple[PropertyCount, ...]

    def __repr__(self) -> str:
        """Give the numbers of the whole in one line; the lists are long."""
        numbers = ", ".join(f"{name.name}={getattr(self, name.name):,}" for name in fields(self)[:10])
        return f"<Statistics {numbers}>"


FAMILIES = ("frame or rule", "relation model", "language model")
"""What finds claims."""

_ROWS: dict[str, Any] = {
    "relations": StatusCount,
    "years": StatusCount,
    "types": TypeCount,
    "connected": Connected,
    "sources": DocumentCount,
    "confidence": int,
    "methods": MethodCount,
    "classes": ClassCount,
    "properties": PropertyCount,
}


def write_counts(statistics: Statistics) -> str:
    """Write statistics as JSON."""
    return json.dumps(asdict(statistics), ensure_ascii=False)


def read_counts(text: str) -> Statistics:
    """Read what ``write_counts`` wrote."""
    content = json.loads(text)
    values = {name.name: content[name.name] for name in fields(Statistics)}
    for name, row in _ROWS.items():
        values[name] = tuple(row(item) if row is int else row(**item) for item in values[name])
    return Statistics(**values)
