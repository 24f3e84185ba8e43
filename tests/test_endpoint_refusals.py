"""What a query may not reach: a witness listens on this machine, and nobody calls."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from graph.endpoint.limits import Limits
from graph.endpoint.pool import WorkerPool
from tests.endpoint_store import make_build
from tests.server_visits import serve_endpoint


class Witness:
    """Listens, and remembers every call."""

    def __init__(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.calls = 0
        self.thread = threading.Thread(target=self.listen)
        self.thread.start()

    def listen(self) -> None:
        while True:
            connection, _ = self.listener.accept()
            with connection:
                if connection.recv(100) == b"stop":
                    return
                self.calls += 1

    def close(self) -> None:
        with socket.create_connection(self.listener.getsockname()) as connection:
            connection.sendall(b"stop")
        self.thread.join()
        self.listener.close()


@pytest.fixture(scope="module")
def witness() -> Iterator[Witness]:
    made = Witness()
    yield made
    made.close()


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_build(tmp_path_factory.mktemp("build"), 50)


@pytest.fixture(scope="module")
def served(out: Path) -> Iterator[tuple[str, WorkerPool]]:
    with serve_endpoint(out, Limits(workers=2, seconds=10)) as server:
        yield server


REFUSED = [
    "SELECT * { SERVICE <@/> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <@/> { ?s ?p ?o } }",
    "SELECT * { BIND(<@/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "PREFIX x: <@/> ASK { sErViCe x:y { ?s ?p ?o } }",
    "LOAD <@/data.ttl>",
    "LOAD SILENT <file:///etc/hosts> INTO GRAPH <urn:x>",
    "SELECT * FROM <file:///etc/hosts> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/hosts> { GRAPH ?g { ?s ?p ?o } }",
    "INSERT DATA { <urn:a> <urn:b> <urn:c> }",
    "PREFIX x: <urn:x> DELETE WHERE { ?s ?p ?o }",
]
NOTHING_THERE = [
    "SELECT * FROM <@/data.ttl> { ?s ?p ?o }",
    "SELECT * FROM NAMED <@/data.ttl> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * { GRAPH <@/data.ttl> { ?s ?p ?o } }",
    "SELECT * { GRAPH <file:///etc/hosts> { ?s ?p ?o } }",
]
ACCEPTED = [
    "PREFIX ex: <urn:ex:> ASK { ?s ex:service ?o ; ex:load 'LOAD <file:///etc/hosts>' }",
    "ASK { ?service ?load 'SERVICE <@/> { ?s ?p ?o }' } # SERVICE <@/> {}",
    "PREFIX service: <@/> ASK { service:insert ?delete service:service }",
]


@pytest.mark.parametrize("query", REFUSED)
def test_refused_when_it_is_read(served: tuple[str, WorkerPool], witness: Witness, query: str) -> None:
    response = httpx.get(f"{served[0]}/sparql", params={"query": query.replace("@", witness.address)})
    assert (response.status_code, response.json()["reason"]) == (403, "refused-query")
    assert response.json()["line"] == 1
    assert witness.calls == 0


@pytest.mark.parametrize("query", NOTHING_THERE)
def test_names_of_graphs_are_never_fetched(
    served: tuple[str, WorkerPool], witness: Witness, query: str
) -> None:
    response = httpx.get(f"{served[0]}/sparql", params={"query": query.replace("@", witness.address)})
    assert response.json()["results"]["bindings"] == []
    assert witness.calls == 0


@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_nor_are_those_that_the_protocol_names(
    served: tuple[str, WorkerPool], witness: Witness, name: str
) -> None:
    for source in (witness.address, "file:///etc/hosts"):
        parameters = {"query": "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }", name: source}
        assert httpx.get(f"{served[0]}/sparql", params=parameters).json()["results"]["bindings"] == []
        assert httpx.get(f"{served[0]}/rdf-graph-store", params={"graph": source}).status_code == 404
    assert witness.calls == 0


@pytest.mark.parametrize("query", ACCEPTED)
def test_names_and_texts_may_hold_the_words(
    served: tuple[str, WorkerPool], witness: Witness, query: str
) -> None:
    response = httpx.get(f"{served[0]}/sparql", params={"query": query.replace("@", witness.address)})
    assert response.json()["boolean"] is False
    assert witness.calls == 0


def test_allowed_servers_are_called_and_no_others(
    served: tuple[str, WorkerPool], out: Path, witness: Witness
) -> None:
    address, pool = served
    host = address.removeprefix("http://")
    call = "SELECT (COUNT(*) AS ?n) { SERVICE <@/sparql> { ?s cg:worksWith ?o } }"
    with serve_endpoint(out, Limits(workers=1, seconds=10), services=(host,)) as (federated, other):
        assert other.alone is False
        answer = httpx.get(f"{federated}/sparql", params={"query": call.replace("@", address)}).json()
        assert answer["results"]["bindings"][0]["n"]["value"] == "50"
        refused = httpx.get(f"{federated}/sparql", params={"query": call.replace("@", witness.address)})
        assert (refused.status_code, refused.json()["reason"]) == (403, "refused-query")
        assert host in refused.json()["detail"]
        gone = httpx.get(
            f"{federated}/sparql", params={"query": call.replace("/sparql", "/nothing").replace("@", address)}
        )
        assert (gone.status_code, gone.json()["reason"]) == (502, "service-failed")
        assert "BasicFederatedQuery" in httpx.get(f"{federated}/sparql").text
    assert witness.calls == 0
    assert pool.alone is not None  # true wherever the system allows it
