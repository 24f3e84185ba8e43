"""The claims of a built graph as a network: bodies as nodes, claims as edges with their sentences.

A node is anything that takes part in a claim: a body, a collective, a person, a publication, a
place. An edge is one claim (subject, predicate, object, status, role), joined over all documents
that make it, with every sentence that says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

import networkx as nx
import pyoxigraph as ox

from graph.entities import describe_documents, describe_entities
from graph.layout import simplify_network
from graph.structure import find_bridges, find_brokers, find_communities, measure_betweenness
from graph.terms import OA, PROV, read_integer, read_number
from graph.vocabulary import CG

Values = dict[str, list[str]]


class Part(NamedTuple):
    """A part of a large graph: the claims to read, and what is left out for it.

    Attributes:
        claims: their IRIs.
        left_out: how many ``bodies``, ``statements`` and ``documents`` the rest has.
    """

    claims: frozenset[str]
    left_out: dict[str, int]


def project_network(store: ox.Store, part: Part | None = None) -> nx.MultiDiGraph:
    """Read the claims of a built graph into a network.

    Nodes are keyed by IRI and carry ``label``, ``type`` (local name of the class; for a collective
    that of its members), ``kind``, ``other_names``, ``shared_names`` (names that it shares with other
    bodies), ``codes`` (``{"scheme", "code"}``), ``valid_from``, ``valid_until``, ``register`` (key
    of the register entry or None), ``same_as``, ``predecessors`` and ``successors`` (``{"name", "id",
    "from", "until"}``: name, IRI and dates of operation of a body of the register).
    Edges carry ``predicate``, ``status``, ``role``, ``confidence`` (0..1, the best of the claims)
    and ``sentences`` (see ``read_sentences``). ``network.graph["documents"]`` lists every document
    (``{"title", "date", "link", "document"}``), also those that gave no claim. Order is by IRI: the same
    graph, the same network.

    Args:
        store: a built graph.
        part: to read alone; then ``network.graph`` also has ``left_out``, and only the documents of the part.
    """
    claims = _read_claims(store, part.claims if part else None)
    quotes = {quote for claim in claims.values() for quote in claim["evidence"]} if part else None
    sentences, documents = _read_sentences(store, quotes)
    network = nx.MultiDiGraph(
        documents=list(documents.values()), **({"left_out": part.left_out} if part else {})
    )
    ends = {claim[side] for claim in claims.values() for side in ("subject", "object")}
    network.add_nodes_from(describe_entities(store, sorted(ends)).items())
    merged: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    for iri, claim in claims.items():
        key = tuple(claim[part] for part in ("subject", "object", "predicate", "status", "role"))
        merged[key].append(iri)
    for key in sorted(merged):
        subject, target, predicate, status, role = key
        members = [claims[iri] for iri in merged[key]]
        quotes = {quote for claim in members for quote in claim["evidence"]}
        network.add_edge(
            subject,
            target,
            key="|".join((predicate, status, role)),
            predicate=predicate,
            status=status,
            role=role,
            confidence=max(claim["confidence"] for claim in members),
            sentences=sorted((sentences[quote] for quote in sorted(quotes & sentences.keys())), key=_place),
        )
    return network


def read_sentences(store: ox.Store) -> dict[str, dict[str, Any]]:
    """Map the IRI of each evidence node to its sentence.

    A sentence is ``{"quote", "prefix", "suffix", "start", "title", "date", "link", "document"}``:
    the exact words and a little of what stands around them, the character offset in the text of the
    document, and the document's title, date (or ""), address (or "") and IRI.
    """
    return _read_sentences(store, None)[0]


def _read_sentences(
    store: ox.Store, only: Iterable[str] | None
) -> tuple[dict[str, dict[str, Any]], dict[str, dict[str, str]]]:
    """Read sentences by the IRI of their evidence, and the documents: all, or those of some evidence."""
    exact, prefix, suffix, start, source = (
        _read_values(store, iri, only)
        for iri in (OA + "exact", OA + "prefix", OA + "suffix", OA + "start", PROV + "wasQuotedFrom")
    )
    quoted = None if only is None else {document for found in source.values() for document in found}
    documents = describe_documents(store, quoted)
    sentences = {
        iri: {
            "quote": quotes[0],
            "prefix": _first(prefix, iri),
            "suffix": _first(suffix, iri),
            "start": read_integer(_first(start, iri)),
            **documents[source[iri][0]],
        }
        for iri, quotes in sorted(exact.items())
        if iri in source
    }
    return sentences, documents


def measure_network(network: nx.MultiDiGraph) -> None:
    """Add the measures of ``graph.structure`` to nodes and edges.

    Nodes get ``degree`` (distinct neighbours), ``community`` (from 0, largest first), ``broker`` and, where
    the network is not too large for it, ``betweenness`` (0..1); edges get ``bridge``.
    """
    simple = simplify_network(network)
    communities, brokers, bridges = find_communities(simple), find_brokers(simple), find_bridges(simple)
    for node, about in network.nodes(data=True):
        about.update(degree=simple.degree(node), community=communities[node], broker=node in brokers)
    nx.set_node_attributes(network, measure_betweenness(simple), "betweenness")
    for source, target, claim in network.edges(data=True):
        claim["bridge"] = frozenset((source, target)) in bridges


def _read_claims(store: ox.Store, only: Iterable[str] | None) -> dict[str, dict[str, Any]]:
    """Map the IRI of each complete claim to its parts, in the order of the IRIs."""
    parts = {
        name: _read_values(store, CG + name, only)
        for name in ("subject", "object", "predicate", "status", "confidence", "role", "evidence")
    }
    needed = ("subject", "object", "predicate", "status")
    complete = set(parts["subject"]).intersection(*(parts[name] for name in needed))
    return {
        iri: {
            "subject": parts["subject"][iri][0],
            "object": parts["object"][iri][0],
            "predicate": _local(parts["predicate"][iri][0]),
            "status": _local(parts["status"][iri][0]).lower(),
            "confidence": read_number(_first(parts["confidence"], iri)),
            "role": _first(parts["role"], iri),
            "evidence": parts["evidence"].get(iri, []),
        }
        for iri in sorted(complete)
    }


def _read_values(store: ox.Store, predicate: str, only: Iterable[str] | None) -> Values:
    """Map each subject of the predicate, or each of some, to its distinct values, sorted."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    subjects = (None,) if only is None else map(ox.NamedNode, only)
    name = ox.NamedNode(predicate)
    for quad in chain.from_iterable(store.quads_for_pattern(one, name, None, None) for one in subjects):
        values[_value(quad.subject)].add(_value(quad.object))
    return {subject: sorted(found) if len(found) > 1 else list(found) for subject, found in values.items()}


def _first(values: Values, key: str) -> str:
    return values.get(key, [""])[0]


def _value(term: object) -> str:
    """Return the IRI or the text of a term; the model has no other kinds."""
    return str(getattr(term, "value", ""))


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]


def _place(sentence: dict[str, Any]) -> tuple[str, str, int]:
    return sentence["date"], sentence["document"], sentence["start"]
