"""The endpoint of a small made-up build, served once for the tests of a process."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from graph.endpoint.limits import Limits
from tests.endpoint_store import GRAPHS, make_build
from tests.server_visits import serve_endpoint

SELECT = "SELECT ?body { ?body cg:successorOf cgi:organisation\\/b1 }"
CONSTRUCT = "CONSTRUCT WHERE { ?body cg:successorOf cgi:organisation\\/b1 }"
PAPER = f"{GRAPHS}document/paper-0.txt"

FORM = {"Content-Type": "application/x-www-form-urlencoded"}

QUERY = {"Content-Type": "application/sparql-query"}


@pytest.fixture(scope="session")
def endpoint_build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_build(tmp_path_factory.mktemp("build"), 200)


@pytest.fixture(scope="session")
def endpoint(endpoint_build: Path) -> Iterator[httpx.Client]:
    limits = Limits(workers=2, request=2000)
    with (
        serve_endpoint(endpoint_build, limits) as (address, _),
        httpx.Client(base_url=address, timeout=30) as client,
    ):
        yield client


def read_problem(response: httpx.Response) -> dict[str, object]:
    assert response.headers["content-type"] == "application/problem+json"
    problem: dict[str, object] = response.json()
    assert problem["status"] == response.status_code
    assert problem["detail"]
    assert problem["title"]
    return problem
