"""What is in a graph, in numbers, and how to go on from there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup
from pyoxigraph import DefaultGraph, NamedNode, Store

from graph.as_of import documents_until
from graph.catalogue import Documents
from graph.days import Date, Period
from graph.html_tables import count_things, draw_html_table, join, mark_status, wrap
from graph.terms import DCTERMS, PROV
from graph.vocabulary import CG, ID, REGISTER_GRAPH, STATUSES

_DOCUMENTS = 10
_CALLS = {
    'knowledge.body("NAME")': "all that is known of one body, with sentences",
    'knowledge.claims("NAME", status="asserted")': "what documents say, claim by claim",
    "knowledge.questions()": "questions that are asked often; knowledge.ask(...) answers one",
    'knowledge.as_of("2006-10-01")': "the same as of a day",
    "knowledge.query(...)": "SPARQL",
    "knowledge.show()": "the network",
}


@dataclass(frozen=True, slots=True)
class Overview:
    """What is in a graph.

    Attributes:
        documents: how many.
        sentences: how many claims rest on.
        claims: how many, by status.
        bodies: how many the documents name, organisations and collectives.
        registered: how many bodies the register has.
    """

    documents: int
    sentences: int
    claims: Mapping[str, int]
    bodies: int
    registered: int

    def __str__(self) -> str:
        """Write the numbers on one line."""
        by_status = ", ".join(f"{number:,} {status}" for status, number in self.claims.items())
        return (
            f"{count_things(self.documents, 'document')}, "
            f"{count_things(sum(self.claims.values()), 'claim')} ({by_status}), "
            f"{count_things(self.bodies, 'body', 'bodies')} named"
        )

    def mark(self, documents: Documents, date: Period | None = None) -> str:
        """Write the numbers, the documents and how to go on as HTML.

        Args:
            documents: to list.
            date: the time that the graph is as of.
        """
        statuses = Markup(", ").join(
            Markup("{} {}").format(f"{number:,}", mark_status(status))
            for status, number in self.claims.items()
        )
        claims = Markup("<p>{}: {}</p>").format(count_things(sum(self.claims.values()), "claim"), statuses)
        head = Markup("<p>{}<strong>{}</strong>, {}, {} named; {} in the register</p>").format(
            f"As of {date}: " if date else "",
            count_things(self.documents, "document"),
            count_things(self.sentences, "sentence"),
            count_things(self.bodies, "body", "bodies"),
            count_things(self.registered, "body", "bodies"),
        )
        rest = len(documents) - _DOCUMENTS
        more = f"{count_things(rest, 'more document', 'more documents')}; knowledge.documents() lists all"
        table = draw_html_table(
            documents.shown,
            map(documents.mark_cells, documents[:_DOCUMENTS]),
            more=more if rest > 0 else "",
            numbers=documents.numbers,
        )
        calls = (Markup("<li><code>{}</code> {}</li>").format(*call) for call in _CALLS.items())
        how = "" if date else Markup("<p>How to go on:</p><ul>{}</ul>").format(join(calls))
        return wrap(head, claims, table, how)


def count_contents(store: Store, *, until: Date | None = None) -> Overview:
    """Count what is in a graph, or what documents had said that are dated by a time or may be.

    Raises:
        QueryError: ``until`` is no date.
    """
    papers = {paper for paper, _ in _find(store, DCTERMS + "identifier", "document/")}
    if until is not None:
        papers &= documents_until(store, until)
    claims = {claim for claim, paper in _find(store, PROV + "wasDerivedFrom", "claim/") if paper in papers}
    statuses = Counter(status for claim, status in _find(store, CG + "status", "claim/") if claim in claims)
    named = {node for paper, node in _find(store, CG + "mentions", "document/") if paper in papers}
    registered = store.quads_for_pattern(
        None, NamedNode(CG + "factConfidence"), None, NamedNode(REGISTER_GRAPH)
    )
    return Overview(
        documents=len(papers),
        sentences=len({quote for claim, quote in _find(store, CG + "evidence", "claim/") if claim in claims}),
        claims={status: statuses[CG + status.capitalize()] for status in STATUSES},
        bodies=sum(1 for iri in named if iri.startswith((ID + "organisation/", ID + "collective/"))),
        registered=sum(1 for _ in registered),
    )


def _find(store: Store, predicate: str, folder: str) -> Iterator[tuple[str, str]]:
    """Yield subject and object of a property, once each, for subjects in one folder of IRIs."""
    for quad in store.quads_for_pattern(None, NamedNode(predicate), None, DefaultGraph()):
        subject, value = (str(getattr(term, "value", "")) for term in (quad.subject, quad.object))
        if subject.startswith(ID + folder):
            yield subject, value
