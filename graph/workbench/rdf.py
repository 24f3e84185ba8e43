"""A node as RDF: which format a client wants, and what belongs to the description of a node."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import mimeparse
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store, Triple, serialize
from starlette.requests import Request
from starlette.responses import Response

from graph.query import QUERY_PREFIXES
from graph.terms import OA, ORG
from graph.vocabulary import CG
from graph.workbench.view import kind_of

HTML = "text/html"


@dataclass(frozen=True, slots=True)
class Form:
    """A format of RDF: its name in addresses, its name for readers, and the engine's."""

    name: str
    words: str
    engine: RdfFormat

    @property
    def media_type(self) -> str:
        """Return its media type."""
        return str(self.engine.media_type)


FORMS = (
    Form("ttl", "Turtle", RdfFormat.TURTLE),
    Form("jsonld", "JSON-LD", RdfFormat.JSON_LD),
    Form("rdf", "RDF/XML", RdfFormat.RDF_XML),
    Form("nt", "N-Triples", RdfFormat.N_TRIPLES),
)
"""What a page can be had as, beside HTML."""
_ALIASES = {"application/x-turtle": "ttl", "application/xml": "rdf", "text/plain": "nt", "text/n3": "ttl"}
_REVERSED = ("organisation", "collective", "person", "publication", "legislation", "programme", "place")


def choose_form(request: Request) -> Form | None:
    """Return the format that a request wants: ``?format=``, else the best of Accept; None for HTML.

    A client that takes anything gets HTML, as does one that takes nothing that there is.
    """
    wanted = request.query_params.get("format", "")
    for form in FORMS:
        if wanted == form.name:
            return form
    accept = request.headers.get("accept", "") or HTML
    by_type = {form.media_type: form for form in FORMS}
    offered = [*by_type, HTML]
    try:
        best = mimeparse.best_match([*_ALIASES, *offered], accept)
    except (mimeparse.MimeTypeParseException, ValueError):
        return None
    named = {form.name: form for form in FORMS}
    return by_type.get(best) or named.get(_ALIASES.get(best, ""))


def send_triples(triples: Iterable[Triple], form: Form) -> Response:
    """Send triples, each once, sorted, so that the same graph gives the same bytes."""
    ordered = sorted(set(triples), key=str)
    body = serialize(ordered, format=form.engine, prefixes=dict(QUERY_PREFIXES)) or b""
    return Response(body, media_type=form.media_type, headers={"vary": "Accept"})


def link_forms(path: str) -> str:
    """Return the ``Link`` header that tells programs of the other formats of a page (RFC 8288).

    Args:
        path: of the node's own IRI, which holds no character that ends a link.
    """
    links = (f'<{path}?format={form.name}>; rel="alternate"; type="{form.media_type}"' for form in FORMS)
    return ", ".join(links)


def describe_node(store: Store, iri: str) -> Iterator[Triple]:
    """Yield the concise description of a node.

    Its own statements; what other nodes are related to it; for a body or whatever else takes part in claims
    the claims on it; for a claim its evidence; for a sentence the claims that rest on it.
    """
    yield from _read(store, iri)
    kind = kind_of(iri)
    if kind == "claim":
        for triple in list(_read(store, iri)):
            if triple.predicate.value == CG + "evidence":
                yield from _read(store, str(triple.object.value))  # type: ignore[union-attr] # an IRI
    elif kind == "evidence":
        yield from _reverse(store, iri, CG + "evidence")
    elif kind in _REVERSED:
        yield from _describe_body(store, iri)


def _describe_body(store: Store, iri: str) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(None, None, NamedNode(iri), DefaultGraph()):
        predicate, subject = quad.predicate.value, str(getattr(quad.subject, "value", ""))
        if predicate in (CG + "subject", CG + "object"):
            yield from _read(store, subject)
        elif kind_of(subject) in _REVERSED or predicate.startswith((ORG, OA)):
            yield quad.triple


def _reverse(store: Store, iri: str, predicate: str) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), DefaultGraph()):
        yield from _read(store, str(getattr(quad.subject, "value", "")))


def _read(store: Store, iri: str) -> Iterator[Triple]:
    for quad in store.quads_for_pattern(NamedNode(iri), None, None, DefaultGraph()):
        yield quad.triple
