"""Read what is in a graph: its bodies and documents, of all time or as of a day, and count their claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.as_of import bodies_as_of, documents_until
from graph.catalogue import Bodies, BodiesAsOf, Body, DocumentEntry, Documents
from graph.days import Date, Existence
from graph.entities import describe_documents, describe_entities
from graph.terms import PROV, RDFS, SKOS
from graph.vocabulary import CG, ID

_BODIES = (ID + "organisation/", ID + "collective/")


def list_bodies(store: Store, *, until: Date | None = None) -> Bodies:
    """List the organisations and collectives of a graph.

    Args:
        store: an opened graph.
        until: only those of the register that existed at this time or may have, and of the others those that
            documents dated by then name; claims are those of these documents.

    Raises:
        QueryError: ``until`` is no date.
    """
    documents = None if until is None else documents_until(store, until)
    counts = _count_claims(store, documents)
    named = (
        quad.subject for quad in store.quads_for_pattern(None, NamedNode(SKOS + "prefLabel"), None, None)
    )
    iris = sorted({iri for iri in map(_text, named) if iri.startswith(_BODIES)})
    types = _read_types(store)
    facts = describe_entities(store, iris)
    bodies = [_make_body(iri, about, types, counts[iri]) for iri, about in facts.items()]
    if until is None or documents is None:
        return Bodies(sorted(bodies, key=_by_claims))
    existing, mentioned = bodies_as_of(store, until), _read_mentioned(store, documents)
    chosen = (_date_body(body, existing, mentioned) for body in bodies)
    return BodiesAsOf(sorted((body for body in chosen if body is not None), key=_by_claims))


def list_documents(store: Store, *, until: Date | None = None) -> Documents:
    """List the documents of a graph, or those that are dated by a time or may be.

    Raises:
        QueryError: ``until`` is no date.
    """
    counts = Counter(paper for _, paper in _read_pairs(store, PROV + "wasDerivedFrom", "claim/"))
    chosen = None if until is None else documents_until(store, until)
    entries = [
        DocumentEntry(iri, about["title"], about["date"], about["link"], counts[iri])
        for iri, about in describe_documents(store).items()
        if chosen is None or iri in chosen
    ]
    return Documents(sorted(entries, key=lambda entry: (not entry.date, entry.date, entry.title, entry.iri)))


def _make_body(iri: str, about: Mapping[str, Any], types: Mapping[str, str], claims: int) -> Body:
    return Body(
        iri=iri,
        name=about["label"],
        type=types.get(about["type"], about["type"]),
        kind=about["kind"],
        register=about["register"] or "",
        valid_from=about["valid_from"],
        valid_until=about["valid_until"],
        claims=claims,
    )


def _date_body(body: Body, existing: Mapping[str, Existence], mentioned: frozenset[str]) -> Body | None:
    """Say how sure it is that a body existed; None where it did not, or no document had named it."""
    if body.register:
        found = existing.get(body.iri)
        return replace(body, existed=found.answer, reason=found.reason) if found else None
    known = replace(body, existed="perhaps", reason="not in the register")
    return known if body.iri in mentioned else None


def _count_claims(store: Store, documents: frozenset[str] | None) -> Counter[str]:
    """Count the claims that a node is a side of, of all documents or of some."""
    papers = dict(_read_pairs(store, PROV + "wasDerivedFrom", "claim/"))
    counts: Counter[str] = Counter()
    sides = {pair for side in ("subject", "object") for pair in _read_pairs(store, CG + side, "claim/")}
    counts.update(node for claim, node in sides if documents is None or papers.get(claim) in documents)
    return counts


def _read_mentioned(store: Store, documents: frozenset[str]) -> frozenset[str]:
    pairs = _read_pairs(store, CG + "mentions", "document/")
    return frozenset(node for paper, node in pairs if paper in documents)


def _read_types(store: Store) -> dict[str, str]:
    """Map the local names of the ontology's terms to their labels."""
    labels = store.quads_for_pattern(None, NamedNode(RDFS + "label"), None, None)
    return {_text(quad.subject).removeprefix(CG): _text(quad.object) for quad in labels}


def _read_pairs(store: Store, predicate: str, folder: str) -> Iterator[tuple[str, str]]:
    """Yield subject and object of a property, once each, for subjects in one folder of IRIs."""
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
        if _text(quad.subject).startswith(ID + folder):
            yield _text(quad.subject), _text(quad.object)


def _by_claims(body: Body) -> tuple[int, str, str]:
    return -body.claims, body.name, body.iri


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
