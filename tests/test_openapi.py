"""The description of the server: every address, no other, and what is said of each is so."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from schemathesis.openapi import from_dict
from soak_clients import REQUESTS
from starlette.testclient import TestClient

from graph.export.formats import FORMATS
from graph.questions import list_questions
from graph.serve import make_app
from graph.terms import RDFS
from graph.workbench.openapi import describe_api, list_paths
from graph.workbench.operations import OPERATIONS
from tests.export_sample import write_sample

pytestmark = pytest.mark.promise

EVERY = ("get", "head", "post", "put", "delete", "patch", "options", "trace")
SAMPLES = {"name": "register", "path": "organisation/ct-TAL"}
DOCS = Path(__file__).resolve().parents[1] / "docs"


@pytest.fixture(scope="module")
def visitor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    out = tmp_path_factory.mktemp("described") / "out"
    out.mkdir()
    write_sample(out)
    with TestClient(make_app(out), base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


@pytest.fixture(scope="module")
def described(visitor: TestClient) -> dict[str, Any]:
    answer = visitor.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    assert visitor.get("/openapi.json", headers={"If-None-Match": answer.headers["etag"]}).status_code == 304
    content: dict[str, Any] = answer.json()
    return content


def fill(path: str) -> str:
    kept = {"/editor/drawing/{name}": "vis-data.min.js", "/downloads/files/{name}": "graph.nq"}
    kept |= {"/downloads/graph/{name}": "nq", "/static/{path}": "workbench.css"}
    return re.sub(r"\{(\w+)\}", lambda found: kept.get(path) or SAMPLES[found[1]], path)


def test_the_soak_asks_by_names_that_are_described(described: dict[str, Any]) -> None:
    """Unknown parameters are passed over, so that a request that misspells one asks for little."""
    for path, _, query in (request.path.partition("?") for request in REQUESTS if not request.sparql):
        known = {
            given["name"] for given in described["paths"].get(path, {}).get("get", {}).get("parameters", ())
        }
        assert set(parse_qs(query, keep_blank_values=True)) <= known, path


def test_every_route_is_described_and_nothing_else(visitor: TestClient, described: dict[str, Any]) -> None:
    app: Any = visitor.app
    routes = {path for path, _ in list_paths(app.routes)}
    assert routes == set(OPERATIONS)
    questions = {f"/questions/{question.name}" for question in list_questions()}
    assert set(described["paths"]) == routes - {"/questions/{name}"} | questions


def test_a_route_without_an_entry_is_noticed(visitor: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    app: Any = visitor.app
    monkeypatch.delitem(OPERATIONS, "/compare")
    with pytest.raises(KeyError, match="compare"):
        describe_api(app.routes, "http://localhost/")


def test_methods_are_those_that_are_answered(visitor: TestClient, described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method in EVERY:
            answer = visitor.request(method.upper(), fill(path), follow_redirects=False)
            assert (answer.status_code != 405) == (method in methods), (method, path)
            if answer.status_code == 405:
                allowed = {name.strip().lower() for name in answer.headers["allow"].split(",")}
                assert allowed == set(methods), (method, path)


def test_any_address_may_refuse_before_it_is_looked_at(described: dict[str, Any]) -> None:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            assert {"401", "408", "414", "421", "431", "503"} <= set(operation["responses"]), (method, path)


def test_whole_answers_have_a_media_type_that_is_described(
    visitor: TestClient, described: dict[str, Any]
) -> None:
    for path, methods in described["paths"].items():
        if "get" not in methods or path in ("/rdf-graph-store",):
            continue
        answer = visitor.get(fill(path), headers={"accept": "*/*"}, follow_redirects=False)
        assert answer.status_code == (404 if path == "/network" else 200), path
        kinds = methods["get"]["responses"][str(answer.status_code)].get("content", {"text/html": {}})
        kind = answer.headers["content-type"].partition(";")[0]
        assert kind in kinds or "*/*" in kinds or kind == "application/problem+json", path


def test_questions_are_described_with_their_parameters(described: dict[str, Any]) -> None:
    for question in list_questions():
        operation = described["paths"][f"/questions/{question.name}"]["get"]
        assert operation["summary"] == question.text
        names = [parameter["name"] for parameter in operation["parameters"]]
        own = [parameter.name for parameter in question.parameters]
        assert names[: len(own)] == own
        assert names[len(own) :] == ["format", "sort", "order", "page", "as_of"]


def test_choices_are_those_that_there_are(visitor: TestClient, described: dict[str, Any]) -> None:
    (name,) = described["paths"]["/downloads/graph/{name}"]["get"]["parameters"]
    assert name["schema"]["enum"] == list(FORMATS)
    for path in ("/downloads/graph/{name}", "/downloads/files/{name}", "/editor/drawing/{name}"):
        (name,) = described["paths"][path]["get"]["parameters"]
        for choice in name["schema"]["enum"]:
            missing = choice in ("network.html", "report.html", "extraction.jsonl", "manifest.json")
            answer = visitor.get(path.replace("{name}", choice))
            assert answer.status_code == (404 if missing else 200), choice
            kind = answer.headers["content-type"].partition(";")[0]
            kinds = described["paths"][path]["get"]["responses"]["200"]["content"]
            assert missing or kind in kinds, choice


def test_the_description_is_valid(described: dict[str, Any]) -> None:
    from_dict(described).validate()
    operations = [one for methods in described["paths"].values() for one in methods.values()]
    names = [operation["operationId"] for operation in operations]
    assert len(names) == len(set(names)) > 100
    broken = {**described, "paths": {"/": {"get": {"responses": {"200": {}}}}}}
    with pytest.raises(Exception, match="description"):
        from_dict(broken).validate()


def test_the_description_is_found(visitor: TestClient) -> None:
    page = visitor.get("/", headers={"accept": "text/html"}).text
    assert '<link rel="service-desc" href="/openapi.json"' in page
    assert '<a href="/openapi.json">' in page
    service = visitor.get("/sparql", headers={"accept": "application/n-triples"}).text
    assert f"<{RDFS}seeAlso> <http://localhost/openapi.json>" in service
    assert "/openapi.json" in (DOCS / "endpoint.md").read_text(encoding="utf-8")
