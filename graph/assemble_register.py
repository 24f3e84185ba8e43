"""Turn the register and the ontology into RDF, each in its own named graph."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph.errors import OntologyError
from graph.iris import entity_iri, fold_name, hashed_iri, register_iri
from graph.paths import ONTOLOGY
from graph.register import Organisation, Register
from graph.terms import (
    DCTERMS,
    ORG,
    OWL,
    RDF,
    SKOS,
    name_node,
    write_date,
    write_label,
)
from graph.vocabulary import CG, ONTOLOGY_GRAPH, REGISTER_GRAPH

WIKIDATA = "http://www.wikidata.org/entity/"
Values = Iterator[tuple[str, NamedNode | Literal | None]]


def assemble_ontology(path: Path = ONTOLOGY / "caregraph.ttl") -> list[Quad]:
    """Read the ontology's Turtle file as quads of the graph ``ontology``.

    Raises:
        OntologyError: the file is missing or is no Turtle.
    """
    try:
        triples = list(parse(path.read_bytes(), format=RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise OntologyError(str(path), f"cannot be read as Turtle: {error}") from error
    graph_name = name_node(ONTOLOGY_GRAPH)
    return [Quad(t.subject, t.predicate, t.object, graph_name) for t in triples]


def assemble_register(register: Register) -> list[Quad]:
    """Write every body of the register, its places and its successions as quads of the graph ``register``."""
    organisations = list(register)
    descriptions = [(register_iri(body.id), _describe_body(body)) for body in organisations]
    descriptions += _describe_places(organisations)
    descriptions += _describe_changes(organisations)
    graph_name = name_node(REGISTER_GRAPH)
    return [
        Quad(name_node(subject), name_node(predicate), value, graph_name)
        for subject, values in descriptions
        for predicate, value in values
        if value is not None
    ]


def _describe_body(body: Organisation) -> Values:
    yield RDF + "type", name_node(CG + body.type)
    yield from _name_body(body)
    yield CG + "validFrom", write_date(body.start)
    yield CG + "validUntil", write_date(body.end)
    yield from _connect_body(body)
    yield DCTERMS + "source", write_label(body.source)
    yield DCTERMS + "license", write_label(body.licence) if body.licence else None
    yield CG + "factConfidence", write_label(body.confidence)
    for field in body.unverified:
        yield CG + "unverifiedField", write_label(field)
    yield SKOS + "note", write_label(body.notes) if body.notes else None


def _name_body(body: Organisation) -> Values:
    """Yield names and codes; a Wikidata id that rests on recall is left out: ``owl:sameAs`` is strong."""
    yield SKOS + "prefLabel", write_label(body.name)
    for name in sorted({*body.names, *body.acronyms} - {body.name}):
        yield SKOS + "altLabel", write_label(name)
    for name in body.ambiguous:
        yield CG + "ambiguousName", write_label(name)
    for scheme, code in body.codes:
        if scheme != "wikidata":
            yield SKOS + "notation", Literal(code, datatype=name_node(f"{CG}{scheme}Code"))
        elif not {"all", "codes"} & set(body.unverified):
            yield OWL + "sameAs", name_node(WIKIDATA + code)


def _connect_body(body: Organisation) -> Values:
    links = {
        "successorOf": body.predecessors,
        "partOf": (body.parent,) if body.parent else (),
        "liesWithin": body.within,
        "coversCouncil": body.councils,
        "coterminousWith": body.councils if body.council_relation == "exact" else (),
    }
    for local_name, ids in links.items():
        for identifier in ids:
            yield CG + local_name, name_node(register_iri(identifier))
    for local_name, place in {"servesArea": body.area, "region": body.region, "nation": body.nation}.items():
        if place:
            yield CG + local_name, name_node(entity_iri("other", "Place", place))


def _describe_places(organisations: Iterable[Organisation]) -> list[tuple[str, Values]]:
    spellings: dict[str, str] = {}
    for body in organisations:
        for place in filter(None, (body.area, body.region, body.nation)):
            folded = fold_name(place)
            spellings[folded] = min(place, spellings.get(folded, place))
    return [(entity_iri("other", "Place", place), _describe_place(place)) for place in spellings.values()]


def _describe_place(place: str) -> Values:
    yield RDF + "type", name_node(CG + "Place")
    yield CG + "kind", Literal("other")
    yield SKOS + "prefLabel", write_label(place)


def _describe_changes(organisations: Iterable[Organisation]) -> list[tuple[str, Values]]:
    """Make one event of bodies that took over from the same bodies on the same day."""
    events: dict[tuple[tuple[str, ...], str], list[str]] = defaultdict(list)
    for body in organisations:
        if body.predecessors:
            events[tuple(sorted(body.predecessors)), body.start].append(body.id)
    return [
        (hashed_iri("change", *older, date, *newer), _describe_change(older, newer, date))
        for (older, date), newer in events.items()
    ]


def _describe_change(older: Iterable[str], newer: Iterable[str], date: str) -> Values:
    yield RDF + "type", name_node(ORG + "ChangeEvent")
    for identifier in older:
        yield ORG + "originalOrganization", name_node(register_iri(identifier))
    for identifier in newer:
        yield ORG + "resultingOrganization", name_node(register_iri(identifier))
    yield DCTERMS + "date", write_date(date)
