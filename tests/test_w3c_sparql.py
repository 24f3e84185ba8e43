"""The W3C's SPARQL 1.1 test suite, asked of our server over HTTP: queries, results formats and protocols."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator
from email import message_from_bytes
from functools import partial
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import httpx2
import pyoxigraph as ox
import pytest
from rdflib import RDF, Graph, Namespace, URIRef

from graph.store import change_store, write_store
from graph.vocabulary import GRAPH
from tests.server_visits import serve_endpoint
from tests.w3c_manifests import (
    QUERY_FOLDERS,
    Case,
    Conversation,
    Exchange,
    iri_of,
    list_cases,
    list_conversations,
)
from tests.w3c_results import read_answer, read_expected, read_graph, same_csv, same_graph, same_rows

SUITE = Path(__file__).resolve().parents[2] / "shared" / "w3c" / "sparql11"
KNOWN = tomllib.loads(Path(__file__).with_name("w3c_failures.toml").read_text(encoding="utf-8"))
FAILURES = KNOWN["engine"] | KNOWN["read-only"]
READERS = {".ttl": ox.RdfFormat.TURTLE, ".nt": ox.RdfFormat.N_TRIPLES, ".rdf": ox.RdfFormat.RDF_XML}
NOTHING = "urn:nothing"
NEW = "http://www.example/gsp/new.ttl"
STATUSES = {"OK": 200, "Created": 201, "NoContent": 204, "NotFound": 404}

CASES = list_cases(SUITE) if SUITE.is_dir() else []
PROTOCOL = list_conversations(SUITE, "protocol/manifest.ttl") if SUITE.is_dir() else []
GRAPH_STORE = (
    [
        conversation
        for name in ("direct", "indirect")
        for conversation in list_conversations(SUITE, f"graph-store-protocol/manifest-{name}.ttl")
    ]
    if SUITE.is_dir()
    else []
)
pytestmark = pytest.mark.skipif(not CASES, reason="needs the W3C's suite in ../shared")


def cases(items: list[Case] | list[Conversation]) -> list[object]:
    """Give the cases their names; those that are known to fail must fail."""
    return [
        pytest.param(item, id=item.id, marks=pytest.mark.xfail(reason=FAILURES[item.id], strict=True))
        if item.id in FAILURES
        else pytest.param(item, id=item.id)
        for item in items
    ]


def list_quads() -> Iterator[ox.Quad]:
    """Yield all data of the suite, each file in a graph of its own name, and that of the protocol tests."""
    files = {
        path for folder in QUERY_FOLDERS for path in (SUITE / folder).iterdir() if path.suffix in READERS
    }
    graphs = {(iri_of(path, SUITE), path) for path in files}
    graphs |= {named for conversation in PROTOCOL for named in conversation.graphs}
    for name, path in sorted(graphs):
        for triple in ox.parse(
            path=str(path), format=READERS[path.suffix], base_iri=name, rename_blank_nodes=True
        ):
            yield ox.Quad(triple.subject, triple.predicate, triple.object, ox.NamedNode(name))


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[httpx2.Client]:
    out = tmp_path_factory.mktemp("w3c")
    write_store(out, list_quads())
    with serve_endpoint(out) as (address, _), httpx2.Client(base_url=address, timeout=60) as client:
        yield client


def ask(client: httpx2.Client, case: Case, accept: str) -> httpx2.Response:
    text = case.query.read_text(encoding="utf-8")
    base = iri_of(case.query, SUITE)
    dataset = (
        {}
        if "FROM" in text
        else {
            "default-graph-uri": [iri_of(path, SUITE) for path in case.default] or [NOTHING],
            "named-graph-uri": [iri_of(path, SUITE) for path in case.named],
        }
    )
    query = f"BASE <{base}> {text}"
    return client.post("/sparql", data={"query": query, **dataset}, headers={"Accept": accept})


@pytest.mark.parametrize("case", cases(CASES))
def test_queries(endpoint: httpx2.Client, case: Case) -> None:
    CHECKS[case.kind](endpoint, case)


def check_positive_syntax(client: httpx2.Client, case: Case) -> None:
    response = ask(client, case, "*/*")
    assert response.status_code == 200, response.text


def check_negative_syntax(client: httpx2.Client, case: Case) -> None:
    response = ask(client, case, "*/*")
    assert response.status_code == 400
    assert response.headers["content-type"].startswith("application/problem+json")


def check_csv(client: httpx2.Client, case: Case) -> None:
    assert case.result
    response = ask(client, case, "text/csv")
    assert response.status_code == 200, response.text
    assert same_csv(response.content, case.result.read_bytes())


def check_evaluation(client: httpx2.Client, case: Case) -> None:
    """Ask for each format in turn; the answers must be what the suite expects, and so equal."""
    assert case.result
    expected = read_expected(case.result, iri_of(case.result, SUITE))
    if not isinstance(expected, bool | tuple):
        response = ask(client, case, "application/n-triples")
        assert response.status_code == 200, response.text
        assert same_graph(read_graph(response.content), expected)
        return
    for form in (ox.QueryResultsFormat.JSON, ox.QueryResultsFormat.XML):
        response = ask(client, case, form.media_type)
        assert response.status_code == 200, response.text
        answer = read_answer(response.content, form)
        if isinstance(expected, bool) or isinstance(answer, bool):
            assert answer == expected
        else:
            assert same_rows(answer, expected)


CHECKS: dict[str, Callable[[httpx2.Client, Case], None]] = {
    "PositiveSyntaxTest11": check_positive_syntax,
    "NegativeSyntaxTest11": check_negative_syntax,
    "CSVResultFormatTest": check_csv,
    "QueryEvaluationTest": check_evaluation,
}


@pytest.mark.parametrize("conversation", cases(PROTOCOL))
def test_protocol(endpoint: httpx2.Client, conversation: Conversation) -> None:
    for exchange in conversation.exchanges:
        response = endpoint.request(
            exchange.method,
            exchange.path.replace("/sparql/", "/sparql"),
            headers={"Accept": "*/*", **exchange.headers},
            content=exchange.body,
        )
        assert f"StatusCode{response.status_code // 100}xx" in exchange.statuses, response.text
        if exchange.boolean is not None:
            assert response.json()["boolean"] == exchange.boolean


@pytest.fixture(scope="module")
def graph_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[httpx2.Client, Path]]:
    out = tmp_path_factory.mktemp("graph-store")
    write_store(out, [])
    with serve_endpoint(out) as (address, _), httpx2.Client(base_url=address, timeout=60) as client:
        yield client, out


@pytest.mark.parametrize("conversation", cases(GRAPH_STORE))
def test_graph_store(graph_store: tuple[httpx2.Client, Path], conversation: Conversation) -> None:
    """What a test writes goes into the store beside the server, which refuses to write, and reads it."""
    client, out = graph_store
    write_store(out, [])
    for exchange in conversation.exchanges:
        direct = exchange.path.startswith("/gsp/")
        path = exchange.path.replace("/gsp", "/graph/document" if direct else "/rdf-graph-store", 1)
        path = path.replace("$LOCATION$", quote(NEW, safe=""))
        response = client.request(exchange.method, path, headers=exchange.headers, content=exchange.body)
        if exchange.method in ("GET", "HEAD"):
            assert response.status_code in {STATUSES[status] for status in exchange.statuses}
            if exchange.content is not None and exchange.method == "GET":
                expected = Graph().parse(
                    data=exchange.content, format="turtle", publicID=str(client.base_url)
                )
                assert same_graph(Graph().parse(data=response.content, format="turtle"), expected)
        else:
            assert response.status_code == 405
            assert "PUT" not in response.headers["allow"]
            change_store(out, partial(write_beside, exchange, name_graph(path)))


def name_graph(path: str) -> ox.NamedNode | ox.DefaultGraph:
    """Return the graph that an address means (SPARQL 1.1 Graph Store Protocol, section 4)."""
    address = urlsplit(path)
    if address.path.startswith("/graph/"):
        return ox.NamedNode(GRAPH + address.path.removeprefix("/graph/"))
    given = parse_qs(address.query, keep_blank_values=True)
    if "default" in given:
        return ox.DefaultGraph()
    return ox.NamedNode(given["graph"][0] if "graph" in given else NEW)


def write_beside(exchange: Exchange, name: ox.NamedNode | ox.DefaultGraph, store: ox.Store) -> None:
    """Do what a request asks for: put, add to, or delete a graph (section 5)."""
    if exchange.method in ("PUT", "DELETE") and isinstance(name, ox.NamedNode):
        store.remove_graph(name)
    if exchange.method in ("PUT", "POST"):
        store.add_graph(name)
        for part in list_parts(exchange):
            for triple in ox.parse(part, format=ox.RdfFormat.TURTLE, base_iri="http://www.example/gsp"):
                store.add(ox.Quad(triple.subject, triple.predicate, triple.object, name))


def list_parts(exchange: Exchange) -> list[bytes]:
    """Return the body, or the parts of one that has several (RFC 7578)."""
    kind = exchange.headers.get("content-type", "")
    if not kind.startswith("multipart/"):
        return [exchange.body]
    message = message_from_bytes(f"Content-Type: {kind}\r\n\r\n".encode() + exchange.body)
    return [bytes(part.get_payload(decode=True)) for part in message.walk() if not part.is_multipart()]


SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
SD_TERMS = (
    "endpoint feature defaultEntailmentRegime entailmentRegime defaultSupportedEntailmentProfile name graph "
    "supportedEntailmentProfile extensionFunction extensionAggregate languageExtension supportedLanguage "
    "propertyFeature defaultDataset availableGraphs resultFormat inputFormat defaultGraph namedGraph "
    "Service Language Function Aggregate EntailmentRegime EntailmentProfile GraphCollection Dataset Graph "
    "NamedGraph Feature SPARQL10Query SPARQL11Query SPARQL11Update DereferencesURIs UnionDefaultGraph "
    "RequiresDataset EmptyGraphs BasicFederatedQuery"
).split()
"""The vocabulary of SPARQL 1.1 Service Description, section 3."""


def test_service_description(endpoint: httpx2.Client) -> None:
    """The three tests of service-description/manifest.ttl, which are told in words there."""
    response = endpoint.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.headers["content-type"].startswith("text/turtle")
    content = Graph().parse(data=response.content, format="turtle")
    service = content.value(predicate=SD.endpoint, object=URIRef(str(endpoint.base_url.join("/sparql"))))
    assert (service, RDF.type, SD.Service) in content
    used = {str(term).removeprefix(SD) for triple in content for term in triple if str(term).startswith(SD)}
    assert used <= set(SD_TERMS)
