"""What a built graph knows about the bodies, people, places and texts of its claims.

Each property is read once for the whole graph: asking for one entity after another takes minutes
where there are tens of thousands.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from graph.terms import DCTERMS, FOAF, OWL, PROV, RDF, SKOS
from graph.vocabulary import CG, ID, INFERRED_GRAPH, REGISTER_GRAPH

GENERIC_TYPES = ("LocalAuthority", "Organisation")
"""Classes that a document gives when it does not say more; a narrower one is preferred."""

PROPERTIES = {
    "name": SKOS + "prefLabel",
    "other name": SKOS + "altLabel",
    "shared name": CG + "ambiguousName",
    "kind": CG + "kind",
    "members": CG + "membersAre",
    "code": SKOS + "notation",
    "from": CG + "validFrom",
    "until": CG + "validUntil",
    "same": OWL + "sameAs",
    "older": CG + "successorOf",
}

Fact = tuple[bool, Any]
"""Whether the register says it, and the term that it gives."""

Facts = Mapping[str, Mapping[Fact, int]]
"""The facts of one property, by the IRI of their subject, with how many graphs state each."""


def describe_entities(store: ox.Store, iris: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return the attributes of each entity, from the register and from every document.

    See ``project_network`` for what they are.
    """
    iris = list(iris)
    wanted = frozenset(iris)
    table = {name: _read_facts(store, iri, wanted) for name, iri in PROPERTIES.items()}
    newer: defaultdict[str, set[str]] = defaultdict(set)
    for iri, facts in table["older"].items():
        for older in _select(facts, official=True):
            newer[older].add(iri)
    return {iri: _describe_entity(store, table, newer, iri) for iri in iris}


def describe_documents(store: ox.Store, only: Iterable[str] | None = None) -> dict[str, dict[str, str]]:
    """Map the IRI of each document of the graph to ``{"title", "date", "link", "document"}``, in their order.

    Date and link are "" where there is none; ``document`` is the IRI.

    Args:
        store: a built graph.
        only: IRIs of the documents to describe; all by default.
    """
    if only is not None:
        return {iri: _describe_document(store, iri) for iri in sorted(only)}
    typed = (None, ox.NamedNode(RDF + "type"), ox.NamedNode(CG + "Document"), None)
    quoted = (None, ox.NamedNode(PROV + "wasQuotedFrom"), None, None)
    documents = {_value(quad.subject) for quad in store.quads_for_pattern(*typed)}
    documents |= {_value(quad.object) for quad in store.quads_for_pattern(*quoted)}
    return {iri: _describe_document(store, iri) for iri in sorted(documents)}


def _describe_document(store: ox.Store, iri: str) -> dict[str, str]:
    def read(predicate: str) -> str:
        found = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(predicate), None, None)
        return min((_value(quad.object) for quad in found), default="")

    return {
        "title": read(DCTERMS + "title") or read(DCTERMS + "identifier") or iri.rsplit("/", 1)[-1],
        "date": read(DCTERMS + "date"),
        "link": read(FOAF + "page"),
        "document": iri,
    }


def _describe_entity(
    store: ox.Store, table: Mapping[str, Facts], newer: Mapping[str, set[str]], iri: str
) -> dict[str, Any]:
    """Return the node attributes of an entity."""
    facts = {name: found.get(iri, {}) for name, found in table.items()}
    types = {_judge(quad) for quad in _find_types(store, iri)}
    in_register = any(official for found in (types, *facts.values()) for official, _ in found)
    label = _choose_label(facts["name"], iri)
    names = sorted(_select(facts["name"]) | _select(facts["other name"]))
    return {
        "label": label,
        "type": _choose_type(types, facts["members"]),
        "kind": min(_select(facts["kind"]), default="named" if in_register else "other"),
        "other_names": [name for name in names if name != label],
        "shared_names": sorted(_select(facts["shared name"], official=True)),
        "codes": _read_codes(facts["code"]),
        "valid_from": min(_select(facts["from"], official=True), default=""),
        "valid_until": min(_select(facts["until"], official=True), default=""),
        "register": iri.rsplit("/", 1)[-1] if in_register else None,
        "same_as": sorted(_select(facts["same"], official=True)),
        "predecessors": _name_bodies(table, _select(facts["older"], official=True)),
        "successors": _name_bodies(table, newer.get(iri, set())) if in_register else [],
    }


def _name_bodies(table: Mapping[str, Facts], iris: Iterable[str]) -> list[dict[str, str]]:
    """Return name, IRI and dates of operation of bodies of the register, by name."""
    bodies = [
        {
            "name": _choose_label(
                {fact: n for fact, n in table["name"].get(iri, {}).items() if fact[0]}, iri
            ),
            "id": iri,
            "from": min(_select(table["from"].get(iri, ()), official=True), default=""),
            "until": min(_select(table["until"].get(iri, ()), official=True), default=""),
        }
        for iri in iris
    ]
    return sorted(bodies, key=lambda body: (body["name"], body["id"]))


def _choose_label(names: Mapping[Fact, int], iri: str) -> str:
    """Return the register's name, else the commonest name of the documents, else the end of the IRI."""
    for wanted in (True, False):
        counted: Counter[str] = Counter()
        for (official, term), number in names.items():
            if official or not wanted:
                counted[_value(term)] += number
        if counted:
            return min(counted, key=lambda name: (-counted[name], name))
    return iri.removeprefix(ID).rsplit("/", 1)[-1].replace("-", " ")


def _choose_type(types: Iterable[Fact], members: Iterable[Fact]) -> str:
    """Return the class that the register gives, else the narrowest that a document gives."""
    for official in (True, False):
        found = _select(members, official=official) or _select(types, official=official)
        classes = {iri.rsplit("#", 1)[-1] for iri in found if iri.startswith(CG)}
        if classes:
            return min(classes, key=lambda name: (name in GENERIC_TYPES, name))
    return "Organisation"


def _read_codes(codes: Iterable[Fact]) -> list[dict[str, str]]:
    """Return the official codes, ``[{"scheme": "ODS", "code": "TAL"}]``; the register's own key is none."""
    literals = [term for official, term in codes if official and isinstance(term, ox.Literal)]
    schemes = {
        (term.datatype.value.rsplit("#", 1)[-1].removesuffix("Code").upper(), term.value) for term in literals
    }
    return [{"scheme": scheme, "code": code} for scheme, code in sorted(schemes) if scheme != "REGISTER"]


def _read_facts(store: ox.Store, predicate: str, wanted: frozenset[str]) -> Facts:
    """Read one property of some nodes and of the register, as it is stated, not as it is inferred."""
    facts: defaultdict[str, Counter[Fact]] = defaultdict(Counter)
    for quad in store.quads_for_pattern(None, ox.NamedNode(predicate), None, None):
        if _is_stated(quad):
            fact, subject = _judge(quad), _value(quad.subject)
            if fact[0] or subject in wanted:
                facts[subject][fact] += 1
    return facts


def _find_types(store: ox.Store, iri: str) -> Iterator[ox.Quad]:
    found = store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(RDF + "type"), None, None)
    return (quad for quad in found if _is_stated(quad))


def _is_stated(quad: ox.Quad) -> bool:
    """Tell whether a named graph states it; the default graph repeats them all, the inferred among them."""
    return isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value != INFERRED_GRAPH


def _judge(quad: ox.Quad) -> Fact:
    return quad.graph_name == ox.NamedNode(REGISTER_GRAPH), quad.object


def _select(facts: Iterable[Fact], *, official: bool = False) -> set[str]:
    """Return the values, or only those of the register."""
    return {_value(term) for of_register, term in facts if of_register or not official}


def _value(term: object) -> str:
    """Return the IRI or the text of a term; the model has no other kinds."""
    return str(getattr(term, "value", ""))
