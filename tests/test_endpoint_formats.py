"""Answers of the endpoint: every format that can be had, tags, packing, whole graphs, its description."""

from __future__ import annotations

import gzip

import httpx2 as httpx
import pytest
from pyoxigraph import RdfFormat, Store, parse

from graph.endpoint.formats import ROWS, TRIPLES, Format
from tests.endpoint_site import CONSTRUCT, PAPER, QUERY, SELECT
from tests.endpoint_store import DOCUMENTS, body, list_quads

SD = "http://www.w3.org/ns/sparql-service-description#"


@pytest.mark.parametrize("kind", ["media type", "alias", "parameter", "quality"])
@pytest.mark.parametrize("form", [*ROWS, *TRIPLES], ids=lambda form: form.name)
def test_every_format_can_be_had(endpoint: httpx.Client, form: Format, kind: str) -> None:
    media_type, others = form.media_type, form.others
    accept = {
        "media type": media_type,
        "alias": others[0] if others else media_type,
        "parameter": "image/png",
        "quality": f"image/png, */*;q=0.1, {media_type};q=0.8",
    }[kind]
    query = SELECT if form in ROWS else CONSTRUCT
    parameters = {"query": query} | ({"format": form.name} if kind == "parameter" else {})
    response = endpoint.get("/sparql", params=parameters, headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert body(0).value.rpartition("/")[2] in response.text
    if form in TRIPLES:
        rdf = RdfFormat.from_media_type(media_type)
        assert [quad.subject for quad in parse(response.content, format=rdf)] == [body(0)]


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        ("", "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("text/*", "text/csv"),
        ("text/csv;q=0.5, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        ("text/csv;q=0, */*", "application/sparql-results+json"),
        (
            "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
            "application/sparql-results+json",
        ),
    ],
)
def test_the_best_format_is_chosen(endpoint: httpx.Client, accept: str, media_type: str) -> None:
    response = endpoint.get("/sparql", params={"query": "ASK {}"}, headers={"Accept": accept})
    assert response.headers["content-type"].partition(";")[0] == media_type
    assert {"Accept", "Accept-Encoding"} <= set(response.headers["vary"].split(", "))


def test_a_client_that_knows_the_answer_gets_none(endpoint: httpx.Client) -> None:
    address = "/sparql?" + str(httpx.QueryParams({"query": SELECT}))
    tag = endpoint.get(address).headers["etag"]
    known = endpoint.get(address, headers={"If-None-Match": f'"x", {tag}'})
    assert (known.status_code, known.content, known.headers["etag"]) == (304, b"", tag)
    for other in (address + "&format=csv", address + "&rows=1", address.replace("b1", "b2")):
        assert endpoint.get(other, headers={"If-None-Match": tag}).status_code == 200
    post = endpoint.post("/sparql", content=SELECT, headers={**QUERY, "If-None-Match": tag})
    assert post.status_code == 200


def test_what_changes_by_itself_has_no_tag(endpoint: httpx.Client) -> None:
    response = endpoint.get(
        "/sparql", params={"query": "SELECT (RAND() AS ?x) {}"}, headers={"If-None-Match": "*"}
    )
    assert response.status_code == 200
    assert "etag" not in response.headers


def test_long_answers_come_packed(endpoint: httpx.Client) -> None:
    parameters = {"query": "SELECT * { ?s ?p ?o }"}
    with endpoint.stream(
        "GET", "/sparql", params=parameters, headers={"Accept-Encoding": "gzip"}
    ) as response:
        packed = b"".join(response.iter_raw())
    assert response.headers["content-encoding"] == "gzip"
    assert int(response.headers["content-length"]) == len(packed)
    plain = endpoint.get("/sparql", params=parameters, headers={"Accept-Encoding": "identity"})
    assert "content-encoding" not in plain.headers
    assert gzip.decompress(packed) == plain.content
    assert len(packed) * 3 < len(plain.content) == int(plain.headers["content-length"])
    short = endpoint.get("/sparql", params={"query": "ASK {}"}, headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in short.headers


def test_rows_end_where_asked_and_it_is_said(endpoint: httpx.Client) -> None:
    response = endpoint.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "rows": "7"})
    assert len(response.json()["results"]["bindings"]) == 7
    assert (response.headers["caregraph-rows"], response.headers["caregraph-more-rows"]) == ("7", "yes")
    assert "more-rows" in response.json()["head"]["link"][0]
    whole = endpoint.get("/sparql", params={"query": SELECT, "rows": "7"})
    assert (whole.headers["caregraph-rows"], whole.headers["caregraph-more-rows"]) == ("1", "no")


@pytest.mark.parametrize("address", [f"/rdf-graph-store?graph={PAPER}", "/graph/document/paper-0.txt"])
def test_a_graph_can_be_had_whole(endpoint: httpx.Client, address: str) -> None:
    for form in TRIPLES:
        response = endpoint.get(address, headers={"Accept": form.media_type})
        read = {
            quad.triple for quad in parse(response.content, format=RdfFormat.from_media_type(form.media_type))
        }
        assert read == {quad.triple for quad in list_quads(200) if str(quad.graph_name) == f"<{PAPER}>"}
    tag = response.headers["etag"]
    assert endpoint.get(address, headers={"Accept": form.media_type, "If-None-Match": tag}).status_code == 304


def test_the_default_graph_can_be_had_whole(endpoint: httpx.Client) -> None:
    quads = parse(endpoint.get("/rdf-graph-store?default").content, format=RdfFormat.TURTLE)
    assert {quad.triple for quad in quads} == {quad.triple for quad in list_quads(200)}


@pytest.mark.parametrize("form", TRIPLES, ids=lambda form: form.name)
def test_the_service_describes_itself(endpoint: httpx.Client, form: Format) -> None:
    media_type = form.media_type
    response = endpoint.get("/sparql", headers={"Accept": media_type})
    assert response.headers["content-type"].partition(";")[0] == media_type
    store = Store()
    store.bulk_load(response.content, format=RdfFormat.from_media_type(media_type))
    address = str(endpoint.base_url).rstrip("/") + "/sparql"
    ask = f"""PREFIX sd: <{SD}> ASK {{ ?service a sd:Service ; sd:endpoint <{address}> ;
        sd:supportedLanguage sd:SPARQL11Query ; sd:feature sd:UnionDefaultGraph ;
        sd:resultFormat <http://www.w3.org/ns/formats/SPARQL_Results_JSON> ;
        sd:resultFormat <http://www.w3.org/ns/formats/Turtle> ;
        sd:propertyFeature <https://w3id.org/caregraph/ontology#sentenceMatches> ;
        sd:defaultEntailmentRegime <http://www.w3.org/ns/entailment/Simple> ;
        sd:defaultDataset [ a sd:Dataset ; sd:defaultGraph [ a sd:Graph ] ;
            sd:namedGraph [ a sd:NamedGraph ; sd:name <{PAPER}> ] ]
        FILTER NOT EXISTS {{ ?service sd:feature sd:BasicFederatedQuery }} }}"""
    assert bool(store.query(ask)), response.text
    assert len(list(store.quads_for_pattern(None, type(body(0))(SD + "name"), None))) == DOCUMENTS
