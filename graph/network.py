"""The claims of a built graph as a network: bodies as nodes, claims as edges with their sentences.

A node is anything that takes part in a claim: a body, a collective, a person, a publication, a
place. An edge is one claim (subject, predicate, object, status, role), joined over all documents
that make it, with every sentence that says so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import networkx as nx
import pyoxigraph as ox

from graph.layout import simplify_network
from graph.terms import DCTERMS, FOAF, OA, OWL, PROV, RDF, SKOS
from graph.vocabulary import CG, ID, INFERRED_GRAPH, REGISTER_GRAPH

Values = dict[str, list[str]]


NO_GRAPH = ""

GENERIC_TYPES = ("LocalAuthority", "Organisation")
"""Classes that a document gives when it does not say more; a narrower one is preferred."""

BETWEENNESS_LIMIT = 500
"""Nodes up to which betweenness is computed; it grows with nodes times edges."""


def project_network(store: ox.Store) -> nx.MultiDiGraph:
    """Read the claims of a built graph into a network.

    Nodes are keyed by IRI and carry ``label``, ``type`` (local name of the class; for a collective
    that of its members), ``kind``, ``other_names``, ``shared_names`` (names that it shares with other
    bodies), ``codes`` (``{"scheme", "code"}``), ``valid_from``, ``valid_until``, ``register`` (key
    of the register entry or None), ``same_as``, ``predecessors`` and ``successors`` (names).
    Edges carry ``predicate``, ``status``, ``role``, ``confidence`` (0..1, the best of the claims)
    and ``sentences`` (see ``read_sentences``). Order is by IRI: the same graph, the same network.
    """
    network = nx.MultiDiGraph()
    claims = _read_claims(store)
    ends = {claim[side] for claim in claims.values() for side in ("subject", "object")}
    for iri in sorted(ends):
        network.add_node(iri, **_describe_entity(store, iri))
    sentences = read_sentences(store)
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
    exact, prefix, suffix, start, source = (
        _read_values(store, iri)
        for iri in (OA + "exact", OA + "prefix", OA + "suffix", OA + "start", PROV + "wasQuotedFrom")
    )
    documents = {
        iri: _describe_document(store, iri) for iri in sorted({v for vs in source.values() for v in vs})
    }
    return {
        iri: {
            "quote": quotes[0],
            "prefix": _first(prefix, iri),
            "suffix": _first(suffix, iri),
            "start": int(_first(start, iri) or 0),
            **documents[source[iri][0]],
        }
        for iri, quotes in sorted(exact.items())
        if iri in source
    }


def measure_network(network: nx.MultiDiGraph) -> None:
    """Add ``degree`` (distinct neighbours), ``community`` (from 0, largest first) and ``betweenness``.

    Communities are those of the Louvain method (Blondel et al. 2008) with a fixed seed.
    ``betweenness`` (0..1) is absent where the network has more than ``BETWEENNESS_LIMIT`` nodes.
    """
    simple = simplify_network(network)
    for node in network:
        network.nodes[node]["degree"] = simple.degree(node)
    groups = nx.community.louvain_communities(simple, weight="weight", seed=1)
    ordered = sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))
    for number, group in enumerate(ordered):
        for node in group:
            network.nodes[node]["community"] = number
    if len(network) <= BETWEENNESS_LIMIT:
        nx.set_node_attributes(network, nx.betweenness_centrality(simple), "betweenness")


def _read_claims(store: ox.Store) -> dict[str, dict[str, Any]]:
    """Map the IRI of each complete claim to its parts, in the order of the IRIs."""
    parts = {
        name: _read_values(store, CG + name)
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
            "confidence": float(_first(parts["confidence"], iri) or 0),
            "role": _first(parts["role"], iri),
            "evidence": parts["evidence"].get(iri, []),
        }
        for iri in sorted(complete)
    }


def _describe_entity(store: ox.Store, iri: str) -> dict[str, Any]:
    """Return the node attributes of an entity, from the register and from every document."""
    quads = list(store.quads_for_pattern(ox.NamedNode(iri), None, None, None))
    # the default graph repeats what all named graphs hold, inferred statements among them
    stated = [quad for quad in quads if _graph(quad) not in ("", INFERRED_GRAPH)]
    official = [quad for quad in stated if _graph(quad) == REGISTER_GRAPH]
    label = _choose_label(stated, official, iri)
    names = sorted(_objects(stated, SKOS + "altLabel") | _objects(stated, SKOS + "prefLabel"))
    return {
        "label": label,
        "type": _choose_type(stated, official),
        "kind": min(_objects(stated, CG + "kind"), default="named" if official else "other"),
        "other_names": [name for name in names if name != label],
        "shared_names": sorted(_objects(official, CG + "ambiguousName")),
        "codes": _read_codes(official),
        "valid_from": min(_objects(official, CG + "validFrom"), default=""),
        "valid_until": min(_objects(official, CG + "validUntil"), default=""),
        "register": iri.rsplit("/", 1)[-1] if official else None,
        "same_as": sorted(_objects(official, OWL + "sameAs")),
        "predecessors": _name_all(store, _objects(official, CG + "successorOf")),
        "successors": _name_all(store, _read_successors(store, iri)) if official else [],
    }


def _describe_document(store: ox.Store, iri: str) -> dict[str, str]:
    quads = list(store.quads_for_pattern(ox.NamedNode(iri), None, None, None))
    name = min(_objects(quads, DCTERMS + "identifier"), default=iri.rsplit("/", 1)[-1])
    return {
        "title": min(_objects(quads, DCTERMS + "title"), default=name),
        "date": min(_objects(quads, DCTERMS + "date"), default=""),
        "link": min(_objects(quads, FOAF + "page"), default=""),
        "document": iri,
    }


def _choose_label(stated: Iterable[ox.Quad], official: Iterable[ox.Quad], iri: str) -> str:
    """Return the register's name, else the commonest name of the documents, else the end of the IRI."""
    for quads in (official, stated):
        names = Counter(_value(quad.object) for quad in quads if quad.predicate.value == SKOS + "prefLabel")
        if names:
            return min(names, key=lambda name: (-names[name], name))
    return iri.removeprefix(ID).rsplit("/", 1)[-1].replace("-", " ")


def _choose_type(stated: Iterable[ox.Quad], official: Iterable[ox.Quad]) -> str:
    """Return the class that the register gives, else the narrowest that a document gives."""
    for quads in (official, stated):
        members = _objects(quads, CG + "membersAre")
        types = {_local(t) for t in members or _objects(quads, RDF + "type") if t.startswith(CG)}
        if types:
            return min(types, key=lambda name: (name in GENERIC_TYPES, name))
    return "Organisation"


def _read_codes(official: Iterable[ox.Quad]) -> list[dict[str, str]]:
    """Return the official codes, ``[{"scheme": "ODS", "code": "TAL"}]``; the register's own key is none."""
    literals = [quad.object for quad in official if quad.predicate.value == SKOS + "notation"]
    codes = {
        (_local(literal.datatype.value).removesuffix("Code").upper(), literal.value)
        for literal in literals
        if isinstance(literal, ox.Literal)
    }
    return [{"scheme": scheme, "code": code} for scheme, code in sorted(codes) if scheme != "REGISTER"]


def _read_successors(store: ox.Store, iri: str) -> set[str]:
    pattern = (None, ox.NamedNode(CG + "successorOf"), ox.NamedNode(iri), ox.NamedNode(REGISTER_GRAPH))
    return {_value(quad.subject) for quad in store.quads_for_pattern(*pattern)}


def _name_all(store: ox.Store, iris: Iterable[str]) -> list[str]:
    names = []
    for iri in iris:
        quads = list(store.quads_for_pattern(ox.NamedNode(iri), None, None, ox.NamedNode(REGISTER_GRAPH)))
        names.append(_choose_label([], quads, iri))
    return sorted(names)


def _read_values(store: ox.Store, predicate: str) -> Values:
    """Map each subject of the predicate to its distinct values, sorted."""
    values: defaultdict[str, set[str]] = defaultdict(set)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        values[_value(quad.subject)].add(_value(quad.object))
    return {subject: sorted(found) for subject, found in values.items()}


def _objects(quads: Iterable[ox.Quad], predicate: str) -> set[str]:
    return {_value(quad.object) for quad in quads if quad.predicate.value == predicate}


def _first(values: Values, key: str) -> str:
    return values.get(key, [""])[0]


def _graph(quad: ox.Quad) -> str:
    """Return the name of the graph; that of the default graph, which repeats the others, is NO_GRAPH."""
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else NO_GRAPH


def _value(term: object) -> str:
    """Return the IRI or the text of a term; the model has no other kinds."""
    return str(getattr(term, "value", ""))


def _local(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]


def _place(sentence: dict[str, Any]) -> tuple[str, str, int]:
    return sentence["date"], sentence["document"], sentence["start"]
