"""Describe one body: what the register knows of it, and what documents say of it, sentence by sentence."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode, Store

from graph.lookup import find_body, label_node
from graph.query import run_query
from graph.render import make_safe
from graph.results import Row
from graph.vocabulary import STATUSES

_UNFOLDED = 1_000_000  # columns
_OWN_SCHEME = "register"  # of keys that are no official codes


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
    """

    relation: str
    status: str
    other: str
    role: str
    document: str
    date: str
    sentence: str


@dataclass(frozen=True, slots=True)
class BodyDescription:
    """All that a graph knows of one body; what the register does not say is empty.

    Attributes:
        iri: of the body.
        name: preferred name.
        collective: whether it is a class of bodies, such as primary care trusts.
        types: in words, narrowest only; of a collective, what its members are.
        other_names: safe names, by alphabet.
        shared_names: names that other bodies have too.
        codes: (scheme, code), as ("ODS", "TAL").
        valid_from: first day, month or year.
        valid_until: last day, month or year.
        predecessors: names of the bodies before it.
        successors: names of the bodies after it.
        areas: names of the places that it serves.
        source: where the register has its facts from.
        confidence: ``verified``, ``single-source`` or ``from-memory``.
        unverified: fields of the register that rest on recall.
        statements: ordered by relation, status, other, document and place in it.
    """

    iri: str
    name: str
    collective: bool
    types: tuple[str, ...]
    other_names: tuple[str, ...]
    shared_names: tuple[str, ...]
    codes: tuple[tuple[str, str], ...]
    valid_from: str
    valid_until: str
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    areas: tuple[str, ...]
    source: str
    confidence: str
    unverified: tuple[str, ...]
    statements: tuple[Statement, ...]


def describe_body(store: Store, name: str) -> BodyDescription:
    """Describe the body of a name, short name, acronym or code.

    Raises:
        QueryError: no body is so named, or several are; the message lists names.
    """
    body = find_body(store, name)
    label = label_node(store, body)
    names = _ask(store, body, "skos:altLabel ?x")
    members = _ask(store, body, "cg:membersAre/rdfs:label ?x")
    return BodyDescription(
        iri=body.value,
        name=label,
        collective=bool(members),
        types=members or _ask_types(store, body),
        other_names=tuple(other for other in names if other != label),
        shared_names=_ask(store, body, "cg:ambiguousName ?x"),
        codes=_ask_codes(store, body),
        valid_from=_first(_ask(store, body, "cg:validFrom ?x")),
        valid_until=_first(_ask(store, body, "cg:validUntil ?x")),
        predecessors=_ask(store, body, "cg:successorOf/skos:prefLabel ?x"),
        successors=_ask(store, body, "^cg:successorOf/skos:prefLabel ?x"),
        areas=_ask(store, body, "cg:servesArea/skos:prefLabel ?x"),
        source=_first(_ask(store, body, "dcterms:source ?x")),
        confidence=_first(_ask(store, body, "cg:factConfidence ?x")),
        unverified=_ask(store, body, "cg:unverifiedField ?x"),
        statements=tuple(_read_statements(store, body)),
    )


def render_body(description: BodyDescription, *, width: int | None = None) -> str:
    """Write a description as text that is safe to print.

    Args:
        description: of the body.
        width: columns to fold sentences to; None for lines as long as they get.
    """
    types = "class of bodies: " * description.collective + ", ".join(description.types)
    lines = [make_safe(f"{description.name} ({types})" if types else description.name)]
    for fact in _write_facts(description):
        lines.append(_fold(fact, width, indent="  "))
    if not description.statements:
        lines += ["", "No document says anything of it."]
    for (relation, status), said in groupby(description.statements, key=lambda s: (s.relation, s.status)):
        lines += ["", f"{make_safe(relation)}{'' if status == STATUSES[0] else f' [{status}]'}"]
        lines += _write_statements(said, width)
    return "\n".join(lines) + "\n"


def _write_facts(description: BodyDescription) -> Iterator[str]:
    began, ended = description.valid_from, description.valid_until
    facts = {
        "IRI": [description.iri],
        "codes": [f"{scheme} {code}" for scheme, code in description.codes],
        "existed": [f"{began or '?'} to {ended or 'now or not known'}"] if began or ended else [],
        "also called": description.other_names,
        "names shared with others": description.shared_names,
        "before it": description.predecessors,
        "after it": description.successors,
        "serves": description.areas,
        "register": [description.confidence, description.source] if description.confidence else [],
        "not verified": description.unverified,
    }
    for label, values in facts.items():
        if values:
            yield f"{label}: {'; '.join(values)}"


def _write_statements(statements: Iterable[Statement], width: int | None) -> Iterator[str]:
    for (other, role), said in groupby(statements, key=lambda s: (s.other, s.role)):
        yield make_safe(f"  {other}" + (f", {role}" if role else ""))
        for statement in said:
            where = f"{statement.document}, {statement.date}" if statement.date else statement.document
            yield _fold(f"“{statement.sentence}” ({where})", width, indent="    ")


def _fold(text: str, width: int | None, *, indent: str) -> str:
    return textwrap.fill(
        make_safe(text),
        width or _UNFOLDED,
        initial_indent=indent,
        subsequent_indent=indent + "  ",
        break_on_hyphens=False,
        break_long_words=False,
    )


def _read_statements(store: Store, body: NamedNode) -> Iterator[Statement]:
    """Yield what documents say, each relation worded from the body's side."""
    query = f"""
    SELECT ?relation ?status ?other ?role ?title ?date ?sentence (MIN(?name) AS ?otherName) WHERE {{
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
    }}
    GROUP BY ?relation ?status ?other ?role ?title ?date ?sentence ?start
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
    )


def _ask(store: Store, body: NamedNode, pattern: str) -> tuple[str, ...]:
    """Read the distinct values of ``?x`` for a body, sorted."""
    return tuple(
        str(row[0]) for row in run_query(store, f"SELECT DISTINCT ?x {{ {body} {pattern} }} ORDER BY STR(?x)")
    )


def _ask_types(store: Store, body: NamedNode) -> tuple[str, ...]:
    query = f"""
    SELECT DISTINCT ?x {{
      GRAPH ?said {{ {body} a ?class }}
      FILTER(?said != cgg:inferred)
      ?class rdfs:label ?x
    }} ORDER BY ?x"""
    return tuple(str(row.x) for row in run_query(store, query))


def _ask_codes(store: Store, body: NamedNode) -> tuple[tuple[str, str], ...]:
    query = f"""
    SELECT DISTINCT ?scheme ?code {{
      {body} skos:notation ?notation
      BIND(STRBEFORE(STRAFTER(STR(DATATYPE(?notation)), "#"), "Code") AS ?scheme)
      BIND(STR(?notation) AS ?code)
      FILTER(?scheme != "{_OWN_SCHEME}")
    }} ORDER BY ?scheme ?code"""
    return tuple((str(row.scheme).upper(), str(row.code)) for row in run_query(store, query))


def _first(values: tuple[str, ...]) -> str:
    return values[0] if values else ""
