"""What documents say of one body, sentence by sentence, each relation worded from the body's side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode, Store

from graph.query import run_query
from graph.results import Row


@dataclass(frozen=True, slots=True)
class Statement:
    """What one sentence of a document says of the body.

    Attributes:
        relation: in words, from the body's side ("is audited by").
        status: ``asserted``, ``proposed`` or ``negated``.
        other: name of the other body, person, place or publication.
        role: the words of a post; else empty.
        document: title of the document.
        date: of the document, as stated; else empty.
        sentence: the quote.
        other_iri: of the other.
        document_iri: of the document.
        address: of the document on the web; else empty.
    """

    relation: str
    status: str
    other: str
    role: str
    document: str
    date: str
    sentence: str
    other_iri: str = ""
    document_iri: str = ""
    address: str = ""


def read_statements(store: Store, body: NamedNode) -> Iterator[Statement]:
    """Yield what documents say, each relation worded from the body's side."""
    query = f"""
    SELECT ?relation ?status ?other ?role ?title ?date ?sentence ?paper (MIN(?page) AS ?address)
      (MIN(?name) AS ?otherName) WHERE {{
      {{
        ?claim cg:subject {body} ; cg:predicate ?said ; cg:object ?other .
        ?said rdfs:label ?relation .
        ?other skos:prefLabel ?name .
      }} UNION {{
        ?claim cg:object {body} ; cg:predicate ?said ; cg:subject ?other .
        ?other skos:prefLabel ?name .
        OPTIONAL {{ ?said owl:inverseOf|^owl:inverseOf ?inverse . ?inverse rdfs:label ?turned }}
        ?said rdfs:label ?plain .
        BIND(COALESCE(?turned, ?plain) AS ?relation)
      }}
      ?claim cg:status/rdfs:label ?status ; prov:wasDerivedFrom ?paper ; cg:evidence ?quote .
      ?quote oa:exact ?sentence ; oa:start ?start .
      ?paper dcterms:title ?title .
      OPTIONAL {{ ?claim cg:role ?role }}
      OPTIONAL {{ ?paper dcterms:date ?date }}
      OPTIONAL {{ ?paper foaf:page ?page }}
    }}
    GROUP BY ?relation ?status ?other ?role ?title ?date ?sentence ?start ?paper
    ORDER BY ?relation ?status ?otherName ?role ?title ?start ?sentence ?other"""
    for row in run_query(store, query):
        yield _make_statement(row)


def _make_statement(row: Row) -> Statement:
    texts = {name: "" if value is None else str(value) for name, value in row.asdict().items()}
    return Statement(
        relation=texts["relation"],
        status=texts["status"],
        other=texts["otherName"],
        role=texts["role"],
        document=texts["title"],
        date=texts["date"],
        sentence=texts["sentence"],
        other_iri=texts["other"],
        document_iri=texts["paper"],
        address=texts["address"],
    )
