"""RDF as N-Quads, TriG and Turtle, a statement at a time, and the same with claims as reifiers (RDF 1.2)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.export.reify import reify_claims
from graph.export.source import Source
from graph.terms import PREFIXES

_REIFIED = "12"
"""Ends the names of the formats of RDF 1.2."""


def write_rdf(source: Source, form: str, stream: IO[bytes]) -> None:
    """Write a graph in one of the formats of RDF, in canonical order.

    Args:
        source: what to write.
        form: ``nq``, ``trig`` or ``ttl``, or one of them with ``12`` behind it.
        stream: gets UTF-8.
    """
    reified = form.endswith(_REIFIED)
    syntax = form.removesuffix(_REIFIED)
    if syntax == "trig":
        by_graph = (quad for _, found in source.read_graphs() for quad in _choose(found, reified=reified))
        serialize(by_graph, stream, RdfFormat.TRIG, prefixes=PREFIXES)
        return
    quads = _choose(source.read_quads(), reified=reified)
    if syntax == "nq":
        serialize(quads, stream, RdfFormat.N_QUADS)
    else:
        serialize(_merge(quads), stream, RdfFormat.TURTLE, prefixes=PREFIXES)


def _choose(quads: Iterator[Quad], *, reified: bool) -> Iterator[Quad]:
    return reify_claims(quads) if reified else quads


def _merge(quads: Iterator[Quad]) -> Iterator[Triple]:
    """Yield each statement once: those that several graphs hold stand side by side."""
    last = None
    for quad in quads:
        if quad.triple != last:
            last = quad.triple
            yield last
