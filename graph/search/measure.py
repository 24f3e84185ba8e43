"""Count what is in a store, once, when it is written, out of its facts and the tables of its index."""

from __future__ import annotations

from collections.abc import Mapping

from graph.count import CONNECTED
from graph.facts.gather import Facts
from graph.facts.lines import read_value
from graph.facts.nodes import find_end
from graph.search.counts import (
    FAMILIES,
    ClassCount,
    Connected,
    DocumentCount,
    MethodCount,
    PropertyCount,
    Statistics,
    StatusCount,
    TypeCount,
)
from graph.terms import OA
from graph.vocabulary import CG, STATUSES

_MOST = 20
_SAID = ", ".join(f"SUM(status = '{status}')" for status in STATUSES)
_RELATIONS = f"SELECT predicate, {_SAID} FROM facts.claims WHERE quoted GROUP BY predicate"
_YEARS = f"""
SELECT IFNULL(substr(date, 1, 4), '') AS year, {_SAID}
FROM facts.claims LEFT JOIN things ON things.iri = document WHERE quoted GROUP BY year ORDER BY year"""
_TYPES = """
SELECT type_iri, SUM(documents > 0) AS named, SUM(registered) AS known FROM things WHERE kind = 'organisation'
GROUP BY type_iri ORDER BY named DESC, known DESC, type_iri"""
_CONNECTED = f"""
SELECT body, IFNULL(name, find_end(body)) AS called, others, claims, found.documents
FROM ({CONNECTED.format(condition="connects AND quoted")}) AS found LEFT JOIN things ON things.iri = body
ORDER BY others DESC, claims DESC, called, body LIMIT {_MOST}"""
_SOURCES = f"""
SELECT document, IFNULL(name, find_end(document)), IFNULL(date, ''), number FROM (
  SELECT document, COUNT(*) AS number FROM facts.claims WHERE quoted GROUP BY document
  ORDER BY number DESC, document LIMIT {_MOST}) LEFT JOIN things ON things.iri = document
ORDER BY number DESC, document"""
_TENTHS = """
SELECT MIN(CAST(confidence * 10 AS INTEGER), 9) AS tenth, COUNT(*) FROM facts.claims
WHERE quoted AND confidence IS NOT NULL GROUP BY tenth"""
_METHODS = """
SELECT method, COUNT(*) AS number FROM facts.claims WHERE quoted
GROUP BY method ORDER BY number DESC, method"""


def measure_statistics(facts: Facts, labels: Mapping[str, str], graphs: int) -> Statistics:
    """Count what is in a store.

    Args:
        facts: what it says, in the database in which the table ``things`` of its index is.
        labels: what it calls classes and relations.
        graphs: how many named graphs it has.
    """
    objects = facts.tally.count_objects()
    properties = _count_properties(facts, labels)
    subjects = {row.property: row.subjects for row in properties}
    classes = _count_classes(facts, labels)
    ((claims,),) = facts.ask("SELECT COUNT(*) FROM facts.claims WHERE quoted")
    ((unsure,),) = facts.ask("SELECT COUNT(*) FROM facts.links WHERE NOT sure")
    tenths = dict(facts.ask(_TENTHS))
    return Statistics(
        quads=facts.tally.quads,
        triples=sum(row.triples for row in properties),
        graphs=graphs,
        subjects=facts.tally.subjects,
        objects=objects,
        documents=sum(row.entities for row in classes if row.type_iri == CG + "Document"),
        sentences=subjects.get(OA + "exact", 0),
        claims=claims,
        links=subjects.get(CG + "linksEntity", 0),
        unsure_links=unsure,
        relations=_count_relations(facts, labels),
        years=tuple(StatusCount(year, year or "no date", *of) for year, *of in facts.ask(_YEARS)),
        types=tuple(TypeCount(of, labels.get(of, find_end(of)), *n) for of, *n in facts.ask(_TYPES)),
        connected=tuple(Connected(*row) for row in facts.ask(_CONNECTED)),
        sources=tuple(DocumentCount(*row) for row in facts.ask(_SOURCES)),
        confidence=tuple(tenths.get(tenth, 0) for tenth in range(10)),
        methods=tuple(MethodCount(of, _find_family(of), number) for of, number in facts.ask(_METHODS)),
        classes=classes,
        properties=properties,
    )


def _count_relations(facts: Facts, labels: Mapping[str, str]) -> tuple[StatusCount, ...]:
    ordered = sorted(facts.ask(_RELATIONS), key=lambda row: (-sum(row[1:]), row[0]))
    return tuple(StatusCount(iri, labels.get(iri, find_end(iri)), *of) for iri, *of in ordered)


def _find_family(method: str) -> str:
    first = method.split(" ", 1)[0]
    return FAMILIES[{"model": 1, "llm": 2}.get(first, 0)]


def _count_classes(facts: Facts, labels: Mapping[str, str]) -> tuple[ClassCount, ...]:
    rows = sorted((-number, read_value(term)) for term, number in facts.tally.classes.items())
    return tuple(ClassCount(iri, labels.get(iri, find_end(iri)), -number) for number, iri in rows)


def _count_properties(facts: Facts, labels: Mapping[str, str]) -> tuple[PropertyCount, ...]:
    rows = sorted(
        ((read_value(term), tally) for term, tally in facts.tally.properties.items()),
        key=lambda row: (-row[1].triples, row[0]),
    )
    return tuple(
        PropertyCount(iri, labels.get(iri, find_end(iri)), tally.triples, tally.subjects, tally.objects)
        for iri, tally in rows
    )
