"""What tables are made of: nodes with what documents and the register state of them, and sentences."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pyoxigraph import NamedNode, Quad, Store

from graph.entities import describe_entities
from graph.export.source import Source, group_subjects
from graph.terms import OA, PROV, RDF, read_integer
from graph.vocabulary import CG, ID, INFERRED_GRAPH, ONTOLOGY_GRAPH

FOLDERS = ("collective", "legislation", "organisation", "person", "place", "programme", "publication")
"""The first part of the IRI of each entity, after ``ID``."""

_ENTITY_OF = {CG + name for name in ("subject", "object", "mentions", "linksEntity")}
_NOT_STATED = {NamedNode(INFERRED_GRAPH), NamedNode(ONTOLOGY_GRAPH)}


@dataclass(frozen=True)
class Node:
    """What is stated of one node, without what is inferred.

    Attributes:
        iri: of the node.
        quads: the statements, in canonical order.
    """

    iri: str
    quads: list[Quad]

    @cached_property
    def values(self) -> dict[str, set[str]]:
        """The texts and IRIs of each property."""
        found: defaultdict[str, set[str]] = defaultdict(set)
        for quad in self.quads:
            found[quad.predicate.value].add(read_term(quad.object))
        return dict(found)

    def list_values(self, predicate: str) -> list[str]:
        """Return the texts and IRIs that a property has, each once, in order."""
        return sorted(self.values.get(predicate, ()))

    def read_value(self, predicate: str) -> str:
        """Return the first value of a property, or "" where there is none."""
        return min(self.values.get(predicate, ()), default="")

    def is_a(self, iri: str) -> bool:
        """Tell whether the node is stated to be of a class."""
        return iri in self.values.get(RDF + "type", ())


@dataclass(frozen=True, slots=True)
class Sentence:
    """A piece of evidence: ``document`` is its IRI, ``start`` and ``end`` are characters of its text."""

    iri: str
    document: str
    start: str
    end: str
    exact: str
    prefix: str
    suffix: str


@dataclass(frozen=True)
class Content:
    """A graph to make tables of: nodes one after another, and what has to be looked up."""

    source: Source

    @cached_property
    def store(self) -> Store:
        """The graph, to look things up in."""
        return self.source.open_store()

    @cached_property
    def entities(self) -> dict[str, dict[str, Any]]:
        """What ``describe_entities`` says of each entity of documents and register, by IRI, in order."""
        found = {iri for node in self.read_nodes() for iri in _find_entities(node)}
        return describe_entities(self.store, sorted(found))

    def read_nodes(self) -> Iterator[Node]:
        """Yield the nodes that documents and the register speak of, in order of IRI."""
        stated = (quad for quad in self.source.read_quads() if quad.graph_name not in _NOT_STATED)
        for quads in group_subjects(stated):
            subject = quads[0].subject
            if isinstance(subject, NamedNode):
                yield Node(subject.value, quads)

    def read_claims(self) -> Iterator[Node]:
        """Yield the claims, in order of IRI."""
        return (node for node in self.read_nodes() if node.is_a(CG + "Claim"))

    def name_entity(self, iri: str) -> str:
        """Return the name of an entity, or "" for what is none."""
        return str(self.entities[iri]["label"]) if iri in self.entities else ""

    def read_sentences(self, claim: Node) -> list[Sentence]:
        """Return the evidence of a claim, in the order of its documents and texts."""
        found = [self._read_sentence(iri) for iri in claim.list_values(CG + "evidence")]
        return sorted(
            found, key=lambda sentence: (sentence.document, read_integer(sentence.start), sentence.iri)
        )

    def read_node(self, iri: str) -> Node:
        """Look up what is stated of one node."""
        quads = self.store.quads_for_pattern(NamedNode(iri), None, None, None)
        return Node(iri, [quad for quad in quads if quad.graph_name not in _NOT_STATED])

    def _read_sentence(self, iri: str) -> Sentence:
        node = self.read_node(iri)
        parts = (node.read_value(OA + part) for part in ("start", "end", "exact", "prefix", "suffix"))
        return Sentence(iri, node.read_value(PROV + "wasQuotedFrom"), *parts)


def _find_entities(node: Node) -> Iterator[str]:
    """Yield the IRIs of entities that a node is, or speaks of."""
    if find_folder(node.iri):
        yield node.iri
    for quad in node.quads:
        if isinstance(quad.object, NamedNode) and (
            quad.predicate.value in _ENTITY_OF or find_folder(quad.object.value)
        ):
            yield quad.object.value


def find_folder(iri: str) -> str:
    """Return the folder of the IRI of an entity, "" for anything else.

    >>> find_folder("https://w3id.org/caregraph/id/organisation/ct-TAL")
    'organisation'
    """
    folder, slash, _ = iri.removeprefix(ID).partition("/")
    return folder if slash and iri.startswith(ID) and folder in FOLDERS else ""


def read_term(term: object) -> str:
    """Return the IRI or the text of a term; the model has no other kinds."""
    return str(getattr(term, "value", ""))


def read_local_name(iri: str) -> str:
    """Return the name of a term of the ontology without its namespace, any other IRI as it is."""
    return iri.removeprefix(CG)
