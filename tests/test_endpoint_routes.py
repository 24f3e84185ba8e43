"""The protocol, as a client sees it: what is asked in which way, and what is told when it is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import httpx2 as httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from graph.endpoint.jobs import JobError
from graph.endpoint.limits import Limits
from graph.endpoint.requests import interpret_parameters
from graph.store import write_store
from tests.endpoint_site import FORM, PAPER, QUERY, SELECT, read_problem
from tests.endpoint_store import GRAPHS, body, list_quads
from tests.server_visits import serve_endpoint

UTF16 = {"Content-Type": QUERY["Content-Type"] + "; charset=UTF-16"}


@pytest.mark.parametrize(
    ("method", "address", "content", "headers"),
    [
        ("GET", "/sparql?query={q}", None, {}),
        ("GET", "/sparql/?query={q}&format=json&unknown=1", None, {}),
        ("POST", "/sparql", "query={q}", FORM),
        ("POST", "/sparql", "query={q}", {"Content-Type": FORM["Content-Type"] + "; charset=UTF-8"}),
        ("POST", "/sparql", SELECT, QUERY),
        ("POST", "/sparql", SELECT, {"Content-Type": 'application/sparql-query; charset="utf-8"'}),
    ],
)
def test_queries_can_be_sent_in_three_ways(
    endpoint: httpx.Client, method: str, address: str, content: str | None, headers: dict[str, str]
) -> None:
    quoted = str(httpx.QueryParams({"q": SELECT})).removeprefix("q=")
    sent = content and content.replace("{q}", quoted)
    response = endpoint.request(method, address.replace("{q}", quoted), content=sent, headers=headers)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/sparql-results+json"
    assert [row["body"]["value"] for row in response.json()["results"]["bindings"]] == [body(0).value]


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({}, 1000),
        ({"default-graph-uri": PAPER}, 20),
        ({"default-graph-uri": [PAPER, PAPER.replace("0", "1")]}, 40),
        ({"named-graph-uri": PAPER}, 0),
        ({"default-graph-uri": f"{GRAPHS}nothing"}, 0),
    ],
)
def test_the_dataset_can_be_chosen(endpoint: httpx.Client, parameters: dict[str, str], count: int) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for response in (
        endpoint.get("/sparql", params={"query": query, **parameters}),
        endpoint.post("/sparql", data={"query": query, **parameters}),
        endpoint.post("/sparql", params=parameters, content=query, headers=QUERY),
    ):
        assert response.json()["results"]["bindings"][0]["n"]["value"] == str(count)


def test_the_protocol_outweighs_the_query_in_choosing(endpoint: httpx.Client) -> None:
    query = f"ASK FROM NAMED <{PAPER}> {{ GRAPH ?g {{ ?s ?p ?o }} }}"
    assert endpoint.get("/sparql", params={"query": query}).json()["boolean"] is True
    chosen = {"query": query, "default-graph-uri": PAPER}
    assert endpoint.get("/sparql", params=chosen).json()["boolean"] is False


@pytest.mark.parametrize(
    ("method", "address", "content", "headers", "status", "reason"),
    [
        ("GET", "/sparql?query=ASK%20%7B%7D&query=ASK%20%7B%7D", "", {}, 400, "malformed-request"),
        ("GET", "/sparql?query=ASK%20%7B", "", {}, 400, "malformed-query"),
        ("GET", "/sparql?query=", "", {}, 400, "malformed-query"),
        ("GET", "/sparql?query=%FF", "", {}, 400, "malformed-request"),
        ("GET", "/sparql?update=CLEAR%20ALL", "", {}, 403, "read-only"),
        ("GET", "/sparql?query=CLEAR%20ALL", "", {}, 403, "refused-query"),
        ("GET", "/sparql?query=ASK%20%7B%7D&default-graph-uri=x", "", {}, 400, "malformed-request"),
        ("GET", "/sparql?query=ASK%20%7B%7D&rows=-1", "", {}, 400, "malformed-request"),
        ("GET", "/sparql?query=ASK%20%7B%7D&format=png", "", {}, 406, "format"),
        ("GET", "/sparql?query=ASK%20%7B%7D", "", {"Accept": "image/png"}, 406, "format"),
        ("GET", "/sparql?query=ASK%20%7B%7D", "", {"Accept": "text/turtle"}, 406, "format"),
        ("GET", "/sparql?query=ASK%20%7B%7D", "", {"Accept": "nonsense"}, 400, "malformed-request"),
        ("POST", "/sparql", "", FORM, 400, "malformed-request"),
        ("POST", "/sparql", "query=ASK%20%7B%7D&query=ASK%20%7B%7D", FORM, 400, "malformed-request"),
        ("POST", "/sparql", "update=CLEAR%20ALL", FORM, 403, "read-only"),
        ("POST", "/sparql", "CLEAR ALL", {"Content-Type": "application/sparql-update"}, 403, "read-only"),
        ("POST", "/sparql", "ASK {}", {}, 415, "media-type"),
        ("POST", "/sparql", "ASK {}", {"Content-Type": "text/plain"}, 415, "media-type"),
        ("POST", "/sparql", "ASK {}", UTF16, 400, "malformed-request"),
        ("POST", "/sparql", "x" * 3000, QUERY, 413, "request-too-large"),
        ("POST", "/sparql", "query=" + "x" * 3000, FORM, 413, "request-too-large"),
        ("GET", "/sparql?query=" + "x" * 3000, "", {}, 413, "request-too-large"),
        ("PUT", "/sparql", "ASK {}", QUERY, 405, "method"),
        ("DELETE", "/rdf-graph-store?default", "", {}, 405, "method"),
        ("PUT", "/graph/document/paper-0.txt", "", {}, 405, "method"),
        ("POST", "/rdf-graph-store", "", {}, 405, "method"),
        ("PATCH", "/rdf-graph-store?default", "", {}, 405, "method"),
        ("GET", "/rdf-graph-store", "", {}, 400, "malformed-request"),
        ("GET", f"/rdf-graph-store?default&graph={PAPER}", "", {}, 400, "malformed-request"),
        ("GET", "/rdf-graph-store?graph=no+iri", "", {}, 400, "malformed-request"),
        ("GET", f"/rdf-graph-store?graph={GRAPHS}nothing", "", {}, 404, "no-such-graph"),
        ("GET", "/graph/nothing", "", {}, 404, "no-such-graph"),
        ("GET", "/rdf-graph-store?default", "", {"Accept": "image/png"}, 406, "format"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(
    endpoint: httpx.Client,
    method: str,
    address: str,
    content: str,
    headers: dict[str, str],
    status: int,
    reason: str,
) -> None:
    response = endpoint.request(method, address, content=content or None, headers=headers)
    assert (response.status_code, read_problem(response)["reason"]) == (status, reason)
    assert ("allow" in response.headers) == (status == 405)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [("SELECT *\n{ ?s ?p", 2, 8), ("ASK {\n\n ?s no:x ?o }", 3, 10), ("ASK {\n SERVICE <urn:x> {} }", 2, 2)],
)
def test_the_place_of_a_mistake_is_told(endpoint: httpx.Client, query: str, line: int, column: int) -> None:
    problem = read_problem(endpoint.get("/sparql", params={"query": query}))
    assert (problem["line"], problem["column"]) == (line, column)
    assert f"line {line}, column {column}" in str(problem["detail"])


def test_the_operator_can_limit_rows_for_all(endpoint_build: Path) -> None:
    with serve_endpoint(endpoint_build, Limits(workers=1, rows=3)) as (address, _):
        for asked, given in (("", 3), ("2", 2), ("9", 3)):
            parameters = {"query": "SELECT * { ?s ?p ?o }", "rows": asked}
            response = httpx.get(f"{address}/sparql", params=parameters)
            assert len(response.json()["results"]["bindings"]) == given
            assert response.headers["caregraph-more-rows"] == "yes"


@pytest.mark.parametrize(
    "address", ["/sparql?query=ASK+%7B%7D", "/sparql", "/rdf-graph-store?default", "/graph/nothing"]
)
def test_head_is_get_without_the_body(endpoint: httpx.Client, address: str) -> None:
    head, get = endpoint.head(address), endpoint.get(address)
    assert (head.status_code, head.content) == (get.status_code, b"")
    assert head.headers["content-type"] == get.headers["content-type"]
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.parametrize(
    ("address", "allowed"), [("/sparql", "GET, HEAD, POST, OPTIONS"), ("/graph/x", "GET, HEAD, OPTIONS")]
)
def test_options_lists_the_methods(endpoint: httpx.Client, address: str, allowed: str) -> None:
    response = endpoint.options(address)
    assert (response.status_code, response.headers["allow"]) == (204, allowed)


def test_names_of_graphs_stay_as_they_are_written(endpoint: httpx.Client, tmp_path: Path) -> None:
    name = f"{GRAPHS}document/minutes/M%C3%A4rz%20%2F1.txt"
    quads = [Quad(q.subject, q.predicate, q.object, type(body(0))(name)) for q in list_quads(2)]
    write_store(tmp_path, quads)
    with serve_endpoint(tmp_path, Limits(workers=1)) as (address, _):
        assert httpx.get(f"{address}/graph/document/minutes/M%C3%A4rz%20%2F1.txt").status_code == 200
        assert httpx.get(f"{address}/graph/document/minutes/M%C3%A4rz /1.txt").status_code == 404
        assert httpx.get(f"{address}/rdf-graph-store", params={"graph": name}).status_code == 200


def test_a_browser_is_led_to_the_editor(endpoint: httpx.Client) -> None:
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = endpoint.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.headers["location"]) == (303, "/editor")


def test_relative_names_are_resolved_against_the_address(endpoint: httpx.Client) -> None:
    response = endpoint.get("/sparql/", params={"query": "SELECT (STR(<x>) AS ?x) {}"})
    assert (
        response.json()["results"]["bindings"][0]["x"]["value"]
        == f"{str(endpoint.base_url).rstrip('/')}/sparql/x"
    )


NAMES = st.sampled_from(["query", "update", "default-graph-uri", "named-graph-uri", "rows", "format", "x"])
VALUES = st.one_of(st.text(max_size=12), st.sampled_from(["ASK {}", "urn:x", "10", "csv", "http://x/y"]))


@settings(max_examples=200)
@given(st.lists(st.tuples(NAMES, VALUES), max_size=6))
def test_parameters_are_understood_or_refused(pairs: list[tuple[str, str]]) -> None:
    queries = [value for name, value in pairs if name == "query"]
    try:
        asked = interpret_parameters(pairs)
    except JobError as error:
        refused = error.status
    else:
        refused = 0
    if refused:
        assert refused in (400, 403)
        return
    assert "update" not in dict(pairs)
    assert ([asked.query] if asked.query is not None else []) == queries
    assert asked.default_graphs == tuple(value for name, value in pairs if name == "default-graph-uri")


@settings(max_examples=60)
@given(
    st.sampled_from(["GET", "POST", "HEAD", "OPTIONS", "DELETE"]),
    st.text(
        st.characters(codec="ascii", categories=("L", "N", "P", "S"), exclude_characters="#"), max_size=20
    ),
    st.binary(max_size=40),
    st.sampled_from([*FORM.values(), *QUERY.values(), "application/sparql-update", "x", ""]),
    st.text(st.characters(codec="ascii", categories=("L", "N", "P", "S")), max_size=20),
)
def test_no_request_makes_it_stumble(
    endpoint: httpx.Client, method: str, address: str, content: bytes, kind: str, accept: str
) -> None:
    headers = {"Content-Type": kind, "Accept": accept, "If-None-Match": accept}
    response = endpoint.request(
        method, httpx.URL("/sparql", query=address.encode()), content=content, headers=headers
    )
    assert response.status_code < 500
    if response.status_code >= 400 and method != "HEAD":
        read_problem(response)


def test_json_of_a_problem_is_one_object(endpoint: httpx.Client) -> None:
    problem = json.loads(endpoint.get("/sparql?query=x").content)
    assert set(problem) == {"title", "status", "detail", "reason", "line", "column"}
