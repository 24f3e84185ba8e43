"""Replace and remove graphs of a store; its default graph, which holds each statement once, follows."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from pyoxigraph import DefaultGraph, NamedNode, Quad, Store, Triple

from graph.errors import StoreError


def replace_graph(store: Store, iri: str, quads: Iterable[Quad]) -> None:
    """Make ``quads`` all that the named graph ``iri`` holds.

    Args:
        store: a writable store, from ``change_store`` or in memory.
        iri: of the named graph.
        quads: statements, whose own graph name is put aside.
    """
    name = NamedNode(iri)
    triples = {quad.triple for quad in quads}
    _retract(store, name)
    _put_in(store, name, triples)


def change_graph(store: Store, iri: str, gone: Iterable[Quad], new: Iterable[Quad]) -> None:
    """Take some statements out of the named graph ``iri`` and put others in.

    Args:
        store: a writable store, from ``change_store`` or in memory.
        iri: of the named graph.
        gone: statements to take out, whose own graph name is put aside.
        new: statements to put in, likewise.
    """
    name = NamedNode(iri)
    for quad in gone:
        store.remove(Quad(quad.subject, quad.predicate, quad.object, name))
        _forget(store, quad.triple)
    _put_in(store, name, {quad.triple for quad in new})


def remove_graph(store: Store, iri: str) -> None:
    """Retract the named graph ``iri``, whole.

    Raises:
        StoreError: the store has no such graph.
    """
    if not store.contains_named_graph(NamedNode(iri)):
        raise StoreError(
            f"no graph {iri} in this store, so nothing to retract; give the IRI of one that it has"
        )
    _retract(store, NamedNode(iri))


def _put_in(store: Store, name: NamedNode, triples: Collection[Triple]) -> None:
    for graph_name in (name, DefaultGraph()):
        store.extend(Quad(t.subject, t.predicate, t.object, graph_name) for t in triples)


def _retract(store: Store, name: NamedNode) -> None:
    """Remove a graph, and from the default graph what no other graph holds."""
    triples = [quad.triple for quad in store.quads_for_pattern(None, None, None, name)]
    store.remove_graph(name)
    for triple in triples:
        _forget(store, triple)


def _forget(store: Store, t: Triple) -> None:
    """Take a statement out of the default graph unless another graph holds it."""
    holders = store.quads_for_pattern(t.subject, t.predicate, t.object, None)
    if all(quad.graph_name == DefaultGraph() for quad in holders):
        store.remove(Quad(t.subject, t.predicate, t.object))
