"""Count what a store says, once, when it is written: how often a body is named, and the like.

The counts are statements of the default graph alone (``docs/model.md``), so that a query reads them as it
reads anything else. They are no part of what is passed on: whoever loads ``graph.nq`` counts again.
"""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from itertools import islice

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.facts.gather import Facts
from graph.facts.nodes import BODIES, COUNTS
from graph.terms import XSD, name_node, read_integer, write_integer
from graph.vocabulary import CG

_AT_ONCE = 10_000
_A_BODY = " OR ".join(f"substr(thing, 1, {len(folder)}) = '{folder}'" for folder in BODIES)
_QUERIES = {
    "entityCount": """SELECT document, SUM(number) FROM (
        SELECT iri AS document, 0 AS number FROM facts.documents UNION ALL
        SELECT document, COUNT(*) FROM facts.mentions GROUP BY document) GROUP BY document""",
    "documentCount": f"SELECT thing, COUNT(*) FROM facts.mentions WHERE {_A_BODY} GROUP BY thing",
    "bodyCount": """SELECT place, COUNT(DISTINCT body) FROM (
        SELECT iri AS place, NULL AS body FROM facts.places UNION ALL SELECT place, body FROM facts.served
        ) GROUP BY place""",
    "claimCount": """SELECT document, SUM(number) FROM (
        SELECT iri AS document, 0 AS number, 1 AS known FROM facts.documents UNION ALL
        SELECT document, COUNT(*), 0 FROM facts.claims GROUP BY document
        ) GROUP BY document HAVING MAX(known)""",
    "sentenceCount": """SELECT iri, IFNULL(number, 0) FROM facts.claims LEFT JOIN (
        SELECT same, COUNT(DISTINCT quote) AS number FROM facts.evidence GROUP BY same) USING (same)""",
}
CONNECTED = """
SELECT body, COUNT(DISTINCT other) AS others, COUNT(*) AS claims, COUNT(DISTINCT document) AS documents FROM (
  SELECT subject AS body, object AS other, document FROM facts.claims WHERE {condition} UNION ALL
  SELECT object, subject, document FROM facts.claims WHERE {condition}) GROUP BY body"""
"""Bodies, with how many others they are related by claims, how many, and in how many documents."""

_CONNECTED = ("connectedBodyCount", "connectingClaimCount", "connectingDocumentCount")
Counts = Iterator[tuple[str, str, int]]
"""Node, property and number."""


def count_facts(facts: Facts) -> Counts:
    """Yield the counts of what was gathered; the nodes are IRIs."""
    for name, query in _QUERIES.items():
        for node, number in facts.ask(query):
            yield node, name, number
    for node, *numbers in facts.ask(CONNECTED.format(condition="connects")):
        yield from ((node, name, number) for name, number in zip(_CONNECTED, numbers, strict=True))


def write_counts(facts: Facts) -> Iterator[bytes]:
    """Yield the counts as N-Triples, some lines at a time."""
    counts = count_facts(facts)
    while some := list(islice(counts, _AT_ONCE)):
        lines = (f'<{node}> <{CG}{name}> "{number}"^^<{XSD}integer> .\n' for node, name, number in some)
        yield "".join(lines).encode()


def count_statements(store: Store) -> Iterator[Quad]:
    """Yield the counts of a store.

    Args:
        store: in which documents, claims and evidence are as ``docs/model.md`` has them.
    """
    database = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.closing(database) as connection, contextlib.closing(Facts(connection)) as facts:
        facts.read_store(store)
        for count in count_facts(facts):
            yield _state(*count)


def replace_counts(store: Store, facts: Facts) -> None:
    """Bring the counts of a store to what its facts give; what stays the same is not touched.

    Args:
        store: a writable store.
        facts: gathered from what it states now.
    """
    facts.connection.execute("CREATE TABLE facts.counted (node TEXT, name TEXT, number INTEGER)")
    facts.connection.execute("CREATE TABLE facts.counted_before (node TEXT, name TEXT, number INTEGER)")
    for table, counts in (("counted", count_facts(facts)), ("counted_before", _read_counts(store))):
        facts.connection.executemany(f"INSERT INTO facts.{table} VALUES (?, ?, ?)", counts)
    for one, other, change in (
        ("counted_before", "counted", store.remove),
        ("counted", "counted_before", store.add),
    ):
        for row in facts.ask(f"SELECT * FROM facts.{one} EXCEPT SELECT * FROM facts.{other}"):
            change(_state(*row))


def _read_counts(store: Store) -> Counts:
    for name in COUNTS:
        for quad in store.quads_for_pattern(None, name_node(CG + name), None, DefaultGraph()):
            if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
                yield quad.subject.value, name, read_integer(quad.object.value)


def _state(node: str, name: str, number: int) -> Quad:
    return Quad(NamedNode(node), name_node(CG + name), write_integer(number))
