"""Clients of other make: SPARQLWrapper, rdflib's SPARQLStore, and curl."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from rdflib import Graph, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from graph.endpoint.limits import Limits
from graph.vocabulary import CG
from tests.endpoint_store import DOCUMENTS, body, make_build
from tests.server_visits import serve_endpoint

SELECT = f"SELECT ?body {{ ?body <{CG}successorOf> <{body(1).value}> }}"
CONSTRUCT = f"CONSTRUCT WHERE {{ ?body <{CG}successorOf> <{body(1).value}> }}"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serve_endpoint(make_build(tmp_path_factory.mktemp("build"), 3000), Limits(workers=2)) as (
        address,
        _,
    ):
        yield f"{address}/sparql"


def wrap(address: str, query: str, form: str) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(address)
    wrapper.setQuery(query)
    wrapper.setReturnFormat(form)
    return wrapper


@pytest.mark.parametrize(("method", "way"), [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_sparqlwrapper_reads_rows(address: str, form: str, method: str, way: str) -> None:
    wrapper = wrap(address, SELECT, form)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(way)
    found: Any = wrapper.queryAndConvert()
    text = found.toxml() if form == XML else found.decode() if isinstance(found, bytes) else json.dumps(found)
    assert body(0).value in text


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # within SPARQLWrapper and rdflib
@pytest.mark.parametrize("form", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_reads_triples(address: str, form: str) -> None:
    found: Any = wrap(address, CONSTRUCT, form).queryAndConvert()
    statements = found if isinstance(found, Graph) else Graph().parse(data=found, format=form)
    assert set(statements.subjects()) == {URIRef(body(0).value)}


def test_sparqlwrapper_is_told_what_is_wrong(address: str) -> None:
    with pytest.raises(QueryBadFormed, match="line 1, column"):
        wrap(address, "SELECT * {", JSON).query()


def test_rdflib_reads_through_its_store(address: str) -> None:
    statements = Graph(SPARQLStore(address))
    assert len(statements) == 15_000
    assert (URIRef(body(0).value), URIRef(CG + "successorOf"), URIRef(body(1).value)) in statements
    assert [row.body for row in statements.query(SELECT)] == [URIRef(body(0).value)]  # type: ignore[union-attr]
    assert statements.query(f"ASK {{ <{body(5).value}> ?p ?o }}").askAnswer
    assert len(list(statements.objects(URIRef(body(0).value)))) == 5


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
class TestCurl:
    """As the documentation shows it."""

    def curl(self, *arguments: str) -> str:
        command = ["curl", "--silent", "--show-error", "--max-time", "30", *arguments]
        return subprocess.run(command, check=True, capture_output=True, encoding="utf-8").stdout

    def test_a_query_on_the_command_line(self, address: str) -> None:
        found = self.curl("--get", address, "-H", "Accept: text/csv", "--data-urlencode", f"query={SELECT}")
        assert list(csv.reader(io.StringIO(found, newline=""))) == [["body"], [body(0).value]]

    def test_a_query_in_a_file(self, address: str, tmp_path: Path) -> None:
        file = tmp_path / "question.rq"
        file.write_text(CONSTRUCT, encoding="utf-8")
        header = "Content-Type: application/sparql-query"
        found = self.curl(address, "-H", header, "--data-binary", f"@{file}")
        assert set(Graph().parse(data=found, format="turtle").subjects()) == {URIRef(body(0).value)}

    def test_packed_and_plain_are_the_same(self, address: str) -> None:
        query = f"{address}?query=SELECT+*+%7B?s+?p+?o%7D&format=tsv"
        assert self.curl("--compressed", query) == self.curl(query)

    def test_it_knows_what_it_has(self, address: str, tmp_path: Path) -> None:
        tag = str(tmp_path / "tag")
        query = f"{address}?query=ASK+%7B%7D"
        status = ["-o", "/dev/null", "-w", "%{http_code}"]
        assert self.curl("--etag-save", tag, *status, query) == "200"
        assert self.curl("--etag-compare", tag, *status, query) == "304"

    def test_the_description(self, address: str) -> None:
        assert len(Graph().parse(data=self.curl(address), format="turtle")) > DOCUMENTS * 3

    def test_a_mistake(self, address: str) -> None:
        assert json.loads(self.curl("--get", address, "-d", "query=x"))["status"] == 400


def test_the_python_of_the_documentation_runs(address: str, root: Path) -> None:
    page = (root / "docs" / "endpoint.md").read_text(encoding="utf-8")
    (code,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    names: dict[str, Any] = {}
    exec(code.replace("http://127.0.0.1:8420/sparql", address), names)
    assert list(names["frame"].columns) == ["name", "type"]
    assert len(names["frame"]) == 3000


def test_a_slow_reader_gets_the_whole_answer(address: str) -> None:
    """The worker has long gone on to other queries; nothing is held in the memory of the server."""
    host, port = urlsplit(address).hostname, urlsplit(address).port
    assert host
    with socket.create_connection((host, port)) as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 17)
        query = "/sparql?query=SELECT+*+%7B?s+?p+?o%7D&format=xml"
        request = f"GET {query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        connection.sendall(request.encode())
        first = connection.recv(1000)
        assert wrap(address, SELECT, JSON).queryAndConvert()
        rest = b"".join(iter(lambda: connection.recv(1 << 16), b""))
    head, _, data = (first + rest).partition(b"\r\n\r\n")
    length = next(line for line in head.lower().splitlines() if line.startswith(b"content-length"))
    assert int(length.split()[1]) == len(data) > 1 << 20
    assert data.endswith(b"</sparql>")
