"""The server as a process: it starts, answers, follows a new build and ends when it is told to."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest
from pyoxigraph import Literal, NamedNode, Quad
from starlette.testclient import TestClient

from graph.errors import StoreError
from graph.generations import find_generation
from graph.serve import make_app
from graph.store import change_store, write_store
from graph.terms import SKOS
from graph.vocabulary import ID, REGISTER_GRAPH
from graph.workbench.security import HEADERS
from tests.network_store import make_store

BODY = "/id/organisation/ct-TBX"
PAGES = (BODY, "/statistics", "/ontology", "/?q=trust", "/editor")


@pytest.fixture
def small(tmp_path: Path) -> Path:
    write_store(tmp_path / "out", list(make_store()))
    return tmp_path / "out"


@contextmanager
def serve(
    out: Path, *options: str, start: tuple[str, ...] = ("-m", "graph")
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run the command and give the process and the address that it prints."""
    command = [sys.executable, *start, "serve", str(out), "--port", "0", "--queries", "1", *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    assert process.stdout
    try:
        line = process.stdout.readline()
        address = re.search(r"http://\S+", line)
        assert address, line + process.stdout.read()
        yield process, address[0]
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


@pytest.mark.parametrize("told", [signal.SIGINT, signal.SIGTERM])
def test_command_serves_until_it_is_told_to_end(small: Path, told: signal.Signals) -> None:
    with serve(small) as (process, address):
        assert address.startswith("http://127.0.0.1:")
        assert "Torbridge Care Trust" in httpx2.get(address.rstrip("/") + BODY).text
        query = {"query": "ASK { ?claim a ?any }"}
        asked = httpx2.get(
            address + "sparql", params=query, headers={"accept": "application/sparql-results+json"}
        )
        assert asked.json()["boolean"] in (True, False)
        process.send_signal(told)
        assert process.wait(20) in (0, -told, 128 + told)
        assert process.stdout
        assert "Traceback" not in process.stdout.read()
    with pytest.raises(httpx2.TransportError):
        httpx2.get(address)


def test_a_client_that_takes_no_answer_does_not_keep_the_server(small: Path) -> None:
    program = "import graph.serve, graph.cli; graph.serve.STOPPING = 1; graph.cli.main()"
    with serve(small, start=("-c", program)) as (process, address), socket.socket() as client:
        client.connect(("127.0.0.1", int(address.rstrip("/").rpartition(":")[2])))
        client.sendall(b"GET /static/vendor/yasgui.min.js HTTP/1.1\r\nHost: localhost\r\n\r\n" * 20)
        assert client.recv(12) == b"HTTP/1.1 200"
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == -signal.SIGTERM


def test_open_host_needs_the_token_that_is_printed(small: Path) -> None:
    with serve(small, "--host", "0.0.0.0") as (_, address):
        base, _, token = address.replace("0.0.0.0", "127.0.0.1").partition("?token=")
        assert len(token) >= 32
        assert httpx2.get(base).status_code == 401
        assert httpx2.get(base, headers={"authorization": f"Bearer {token}"}).status_code == 200
        with httpx2.Client(follow_redirects=True) as browser:
            assert browser.get(f"{base}?token={token}").status_code == 200
            assert browser.get(base + "statistics").status_code == 200


def test_port_that_is_taken_is_told(small: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "graph", "serve", str(small), "--port", port]
        done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "nothing can listen at 127.0.0.1" in done.stderr
    assert "Traceback" not in done.stderr


def test_folder_without_a_graph_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="no built graph"):
        make_app(tmp_path)


def test_new_build_is_shown_without_a_new_start(small: Path) -> None:
    client = TestClient(make_app(small), base_url="http://localhost")
    first = client.get(BODY)
    assert "Renamed" not in first.text

    def rename(store: object) -> None:
        quad = Quad(
            NamedNode(ID + "organisation/ct-TBX"),
            NamedNode(SKOS + "altLabel"),
            Literal("Renamed Trust"),
            NamedNode(REGISTER_GRAPH),
        )
        store.add(quad)  # type: ignore[attr-defined] # a store
        store.add(Quad(quad.subject, quad.predicate, quad.object))  # type: ignore[attr-defined]

    change_store(small, rename)
    second = client.get(BODY)
    assert "Renamed Trust" in second.text
    assert second.headers["etag"] != first.headers["etag"]
    assert "<mark>Renamed</mark> Trust" in client.get("/?q=renamed").text
    assert client.get("/complete?q=renamed").json()
    generations = [path for path in (small / "store").iterdir() if path.is_dir()]
    change_store(small, lambda store: None)
    client.get(BODY)
    change_store(small, lambda store: None)
    assert len([path for path in (small / "store").iterdir() if path.is_dir()]) <= len(generations)


@pytest.mark.skipif(sys.platform != "linux", reason="reads what is open in /proc")
def test_of_earlier_builds_nothing_stays_open(small: Path) -> None:
    """A store that is kept costs its cache, some 30 MB, and a handle for each of its files."""
    client = TestClient(make_app(small), base_url="http://localhost")
    for page in (*PAGES, "/"):
        assert client.get(page).status_code == 200, page
        change_store(small, lambda store: None)
    client.get("/")
    handles = Path("/proc/self/fd").iterdir()
    opened = {match[0] for file in handles if (match := re.search(rf"{small}.*generation-\d+", link(file)))}
    assert opened == {str(find_generation(small / "store"))}


def link(file: Path) -> str:
    try:
        return str(file.readlink())
    except OSError:  # the handle with which the folder is listed
        return ""


def test_mistake_of_the_server_is_told_with_all_headers(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object, **__: object) -> None:
        raise RuntimeError("a secret detail")

    monkeypatch.setattr("graph.workbench.home.render", fail)
    client = TestClient(make_app(small), base_url="http://localhost", raise_server_exceptions=False)
    response = client.get("/", headers={"accept": "text/html"})
    assert response.status_code == 500
    assert "RuntimeError" in response.text
    assert "secret detail" not in response.text
    assert HEADERS.items() <= dict(response.headers).items()


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("/graph/document/plan.txt", "/id/document/plan.txt"),
        ("/graph/ontology", "/ontology"),
        ("/graph/register", ""),
    ],
)
def test_browser_is_led_from_a_graph_to_its_page(small: Path, path: str, page: str) -> None:
    with TestClient(make_app(small), base_url="http://localhost") as client:
        accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
        response = client.get(path, headers={"accept": accept}, follow_redirects=False)
        assert response.headers.get("location", "") == page


def test_static_files_are_sent_and_nothing_beside_them(small: Path) -> None:
    client = TestClient(make_app(small), base_url="http://localhost")
    page = client.get("/", headers={"accept": "text/html"}).text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) >= 4
    for address in addresses:
        assert "immutable" in client.get(address).headers["cache-control"]
        assert client.get(address.partition("?")[0]).headers["cache-control"] == "no-cache"
        assert "?" in address  # a digest, so that browsers ask again when it changes
    for path in (
        "/static/",
        "/static/../rendering.py",
        "/static/..%2Frendering.py",
        "/static/%2e%2e/rendering.py",
    ):
        assert client.get(path).status_code == 404
