"""A node's own statements as a table: for nodes that have no page of another kind."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode
from starlette.requests import Request
from starlette.responses import Response

from graph.query import QUERY_PREFIXES
from graph.terms import RDF, RDFS
from graph.workbench.naming import describe_unnamed
from graph.workbench.rdf import FORMS
from graph.workbench.rendering import render
from graph.workbench.view import KINDS, Named, View, kind_of

LIMIT = 200
"""Most statements shown; the formats for programs have them all."""


@dataclass(frozen=True, slots=True)
class Line:
    """One statement: its property in short and in words, and its value as a node or as text."""

    property: str
    iri: str
    words: str
    node: Named | None
    text: str


def show_plain(request: Request, view: View, iri: str) -> Response:
    """Show what the graph states of a node, and what it states of others by it."""
    own, used = read_lines(view, iri), read_uses(view, iri)
    return render(
        request,
        "plain.html.j2",
        kind=KINDS.get(kind_of(iri), "Node"),
        iri=iri,
        named=describe_unnamed(view, view.name(iri)),
        lines=own,
        uses=used,
        forms=FORMS,
    )


def read_lines(view: View, iri: str) -> list[Line]:
    """Read the statements of a node, but for the classes above its own; by property and value."""
    quads = view.store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph())
    lines = [_make_line(view, quad.predicate.value, quad.object) for quad in quads]
    kept = [line for line in lines if line.iri != RDF + "type"]
    kept += [
        _make_line(view, RDF + "type", NamedNode(QUERY_PREFIXES["cg"] + name)) for name in view.types(iri)
    ]
    return sorted(kept, key=lambda line: (line.words, line.text))[:LIMIT]


def read_uses(view: View, iri: str) -> list[Line]:
    """Read the statements whose value is the node; by property and subject."""
    quads = view.store.quads_for_pattern(None, None, NamedNode(iri), DefaultGraph())
    lines = []
    for quad in quads:
        lines.append(_make_line(view, quad.predicate.value, quad.subject))
        if len(lines) == LIMIT:
            break
    return sorted(lines, key=lambda line: (line.words, line.text))


def shorten(iri: str) -> str:
    """Write an IRI with a prefix that queries know, where it has one.

    >>> shorten("http://www.w3.org/ns/oa#exact")
    'oa:exact'
    """
    for prefix, namespace in QUERY_PREFIXES.items():
        if iri.startswith(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


def _make_line(view: View, predicate: str, value: object) -> Line:
    words = view.first(predicate, RDFS + "label") or shorten(predicate)
    if isinstance(value, Literal):
        return Line(shorten(predicate), predicate, words, None, value.value)
    iri = str(getattr(value, "value", ""))
    named = describe_unnamed(view, view.name(iri)) if kind_of(iri) else Named(iri, shorten(iri))
    return Line(shorten(predicate), predicate, words, named, named.name)
