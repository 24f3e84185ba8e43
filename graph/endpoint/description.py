"""The description of the service, in RDF (https://www.w3.org/TR/sparql11-service-description/)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import NamedNode, RdfFormat, Triple, serialize

from graph.endpoint.formats import ROWS, TRIPLES
from graph.terms import RDF, RDFS

SD = "http://www.w3.org/ns/sparql-service-description#"
_SIMPLE = "http://www.w3.org/ns/entailment/Simple"
_PREFIXES = {"sd": SD, "formats": "http://www.w3.org/ns/formats/"}


def describe_service(
    endpoint: str, named_graphs: Iterable[str], *, federated: bool = False, properties: Iterable[str] = ()
) -> list[Triple]:
    """Describe an endpoint: what it understands, what it answers with, and the graphs that it holds.

    Args:
        endpoint: its address.
        named_graphs: IRIs of the graphs.
        federated: whether a query may call other servers.
        properties: IRIs of predicates that the engine works out rather than looks up.
    """
    return list(_list_triples(endpoint, named_graphs, federated, properties))


def write_triples(triples: list[Triple], media_type: str) -> bytes:
    """Write triples in a format of ``graph.endpoint.formats.TRIPLES``."""
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    if form != RdfFormat.TURTLE:
        return serialize(triples, format=form) or b""
    lines = (serialize(triples, format=form, prefixes=_PREFIXES) or b"").splitlines(keepends=True)
    return b"".join(sorted(lines[: len(_PREFIXES)]) + lines[len(_PREFIXES) :])


def _list_triples(
    endpoint: str, named_graphs: Iterable[str], federated: bool, properties: Iterable[str]
) -> Iterator[Triple]:
    service, dataset, default = (
        NamedNode(f"{endpoint}#{name}") for name in ("service", "dataset", "default")
    )
    yield _triple(service, RDF + "type", SD + "Service")
    yield _triple(service, SD + "endpoint", endpoint)
    yield _triple(service, RDFS + "seeAlso", endpoint.removesuffix("/sparql") + "/openapi.json")
    yield _triple(service, SD + "supportedLanguage", SD + "SPARQL11Query")
    yield _triple(service, SD + "defaultEntailmentRegime", _SIMPLE)
    yield _triple(service, SD + "feature", SD + "UnionDefaultGraph")
    if federated:
        yield _triple(service, SD + "feature", SD + "BasicFederatedQuery")
    for form in (*ROWS, *TRIPLES):
        yield _triple(service, SD + "resultFormat", form.iri)
    for iri in properties:
        yield _triple(service, SD + "propertyFeature", iri)
        yield _triple(NamedNode(iri), RDF + "type", SD + "Feature")
    yield _triple(service, SD + "defaultDataset", dataset.value)
    yield _triple(dataset, RDF + "type", SD + "Dataset")
    yield _triple(dataset, SD + "defaultGraph", default.value)
    yield _triple(default, RDF + "type", SD + "Graph")
    for number, iri in enumerate(named_graphs, 1):
        named = NamedNode(f"{endpoint}#graph-{number}")
        yield _triple(dataset, SD + "namedGraph", named.value)
        yield _triple(named, RDF + "type", SD + "NamedGraph")
        yield _triple(named, SD + "name", iri)


def _triple(subject: NamedNode, predicate: str, value: str) -> Triple:
    return Triple(subject, NamedNode(predicate), NamedNode(value))
