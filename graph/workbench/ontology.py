"""The documentation of the ontology, made from the ontology itself; or the ontology as RDF."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from pyoxigraph import NamedNode
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from graph.questions import list_questions
from graph.terms import DCTERMS, OWL
from graph.vocabulary import ONTOLOGY_GRAPH
from graph.workbench.home import LONGEST
from graph.workbench.rdf import FORMS, choose_form, link_forms, send_triples
from graph.workbench.rendering import render, tag_response
from graph.workbench.site import Opened, opened_of
from graph.workbench.terms import KINDS, Term, grow_tree, read_terms
from graph.workbench.view import View

ONTOLOGY = ONTOLOGY_GRAPH.replace("/graph/", "/")

_kept: WeakKeyDictionary[Opened, tuple[Term, ...]] = WeakKeyDictionary()
"""The terms of a graph, for as long as that is used: a store that is kept takes memory and handles."""


def show_ontology(request: Request) -> Response:
    """Show what classes, properties and statuses mean, or those that hold some words; or send RDF."""
    opened = opened_of(request)
    store = opened.store
    form = choose_form(request)
    if form is not None:
        quads = store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))
        return tag_response(request, send_triples((quad.triple for quad in quads), form))
    text = request.query_params.get("q", "").strip()[:LONGEST]
    every = _read(opened)
    terms = [term for term in every if term.holds(text)]
    view = View(store)
    response = render(
        request,
        "ontology.html.j2",
        text=text,
        terms=terms,
        total=len(every),
        sections=[(kind, words, [t for t in terms if t.kind == kind]) for kind, words in KINDS.items()],
        trees=[(words, grow_tree(terms, kind)) for kind, words in KINDS.items()],
        title=view.first(ONTOLOGY, DCTERMS + "title"),
        description=view.first(ONTOLOGY, DCTERMS + "description"),
        version=view.first(ONTOLOGY, OWL + "versionInfo"),
        licence=view.first(ONTOLOGY, DCTERMS + "license"),
        forms=FORMS,
    )
    response.headers["link"] = link_forms("/ontology")
    return response


def _read(opened: Opened) -> tuple[Term, ...]:
    """Read the terms, once for each graph."""
    terms = _kept.get(opened)
    if terms is None:
        quads = opened.store.quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))
        terms = _kept[opened] = read_terms(quads, opened.index.statistics, list_questions())
    return terms


ROUTES = [Route("/ontology", show_ontology)]
