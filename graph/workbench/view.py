"""What one page reads: the graph as one build left it, as of the day that the reader has set."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from starlette.requests import Request

from graph.as_of import existed
from graph.days import is_dated_by
from graph.lookup import label_node
from graph.query import run_query
from graph.results import Row
from graph.terms import DCTERMS, RDF, SKOS
from graph.vocabulary import CG, ID, INFERRED_GRAPH
from graph.workbench.dates import AsOf, read_as_of
from graph.workbench.site import opened_of

KINDS = {
    "organisation": "Body",
    "collective": "Class of bodies",
    "person": "Person",
    "publication": "Publication",
    "legislation": "Act or bill",
    "programme": "Programme",
    "place": "Place",
    "document": "Document",
    "claim": "Statement",
    "evidence": "Sentence",
    "linking": "Linking to the register",
    "membership": "Post held",
    "role": "Post",
    "change": "Change of bodies",
    "cluster": "Bodies that are probably one",
    "likeness": "Likeness of two names",
}
"""The folders of IRIs, in words."""
_GONE = {"not yet": "did not exist yet", "no longer": "no longer existed"}


@dataclass(frozen=True, slots=True)
class Named:
    """A node with its name.

    Attributes:
        iri: of the node.
        name: preferred name or title.
        kind: the folder of its IRI, a key of ``KINDS``; empty where it has none.
        gone: that it did not exist on the day that is set, in words; else empty.
    """

    iri: str
    name: str
    kind: str = ""
    gone: str = ""


class View:
    """The graph for one page.

    Attributes:
        store: of the build.
        as_of: the day that the reader has set, or none.
    """

    def __init__(self, store: Store, as_of: AsOf | None = None) -> None:
        self.store = store
        self.as_of = as_of or AsOf()
        self._names: dict[str, Named] = {}
        self._let_in: dict[str, bool] = {}

    def name(self, iri: str) -> Named:
        """Name a node; each is looked up once for a page, and what is not there has no name."""
        if iri and iri not in self._names:
            node = NamedNode(iri)
            kind = kind_of(iri)
            gone = ""
            if self.as_of and kind == "organisation":
                gone = _GONE.get(existed(self.store, node, self.as_of.text).answer, "")
            self._names[iri] = Named(iri, label_node(self.store, node), kind, gone)
        return self._names.get(iri, Named("", ""))

    def lets_in(self, paper: str) -> bool:
        """Tell whether a document counts on the day that is set; without a date it never does."""
        if not self.as_of:
            return True
        if paper not in self._let_in:
            date = self.first(paper, DCTERMS + "date")
            self._let_in[paper] = bool(date) and is_dated_by(date, self.as_of.text)
        return self._let_in[paper]

    def ask(self, query: str) -> tuple[Row, ...]:
        """Answer a query of our own; IRIs go into it as ``NamedNode``, which writes them safely."""
        return run_query(self.store, query).rows

    def read(self, iri: str, predicate: str) -> list[str]:
        """Read the values of a property, sorted."""
        if not iri:
            return []
        quads = self.store.quads_for_pattern(NamedNode(iri), NamedNode(predicate), None, DefaultGraph())
        return sorted(_text(quad.object) for quad in quads)

    def refer(self, predicate: str, iri: str) -> set[str]:
        """Read the IRIs of the nodes that have a node as the value of a property."""
        quads = self.store.quads_for_pattern(None, NamedNode(predicate), NamedNode(iri), DefaultGraph())
        return {_text(quad.subject) for quad in quads}

    def called(self, name: str) -> list[str]:
        """Read the IRIs of the nodes that have exactly that preferred name or title."""
        found: set[str] = set()
        for label in (SKOS + "prefLabel", DCTERMS + "title"):
            quads = self.store.quads_for_pattern(None, NamedNode(label), Literal(name), DefaultGraph())
            found.update(_text(quad.subject) for quad in quads)
        return sorted(found)

    def first(self, iri: str, predicate: str) -> str:
        """Read one value of a property; empty where there is none."""
        return next(iter(self.read(iri, predicate)), "")

    def holds(self, iri: str) -> bool:
        """Tell whether the graph says anything of a node."""
        try:
            node = NamedNode(iri)
        except ValueError:
            return False
        return next(iter(self.store.quads_for_pattern(node, None, None, DefaultGraph())), None) is not None

    def types(self, iri: str) -> list[str]:
        """Read the local names of the classes that are stated, not inferred; of a collective its members'."""
        members = self.read(iri, CG + "membersAre")
        quads = self.store.quads_for_pattern(NamedNode(iri), NamedNode(RDF + "type"), None, None)
        stated = {
            _text(quad.object)
            for quad in quads
            if quad.graph_name not in (DefaultGraph(), NamedNode(INFERRED_GRAPH))
        }
        return sorted(found.removeprefix(CG) for found in members or stated if found.startswith(CG))


def open_view(request: Request) -> View:
    """Open the graph for one page."""
    return View(opened_of(request).store, read_as_of(request))


def kind_of(iri: str) -> str:
    """Return the folder of a node's IRI, a key of ``KINDS``; empty for other IRIs.

    >>> kind_of("https://w3id.org/caregraph/id/organisation/ct-TAL")
    'organisation'
    """
    folder = iri.removeprefix(ID).partition("/")[0] if iri.startswith(ID) else ""
    return folder if folder in KINDS else ""


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
