"""What comes over HTTP stays where it is put: in no header, redirect, query, line of a log or file."""

from __future__ import annotations

import csv
import io
import re
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from pyoxigraph import Literal, NamedNode
from starlette.testclient import TestClient

from graph.endpoint.graph_store import GRAPHS
from graph.errors import QueryError
from graph.questions import answer_question, list_questions
from graph.search_index import open_index
from graph.serve import Access, make_app
from graph.store import open_store
from graph.vocabulary import ID
from graph.workbench.security import HEADERS
from tests.effort import effort
from tests.injected_site import ROOT, keep_sound, list_payloads
from tests.workbench_site import open_client

pytestmark = pytest.mark.promise

KNOWN = {
    *("accept-ranges", "allow", "cache-control", "caregraph-more-rows", "caregraph-rows"),
    *("content-disposition", "content-encoding", "content-length", "content-type", "etag", "last-modified"),
    *("link", "location", "server-timing", "vary", "www-authenticate", *HEADERS),
}
"""The headers that an answer may have."""
SEGMENT = re.compile(r"[A-Za-z0-9_.~%!$&'()*+,;=:@/?-]*")
OURS = re.compile(r"(http://localhost)?/(?![/\\])")
ELSEWHERE = re.compile(r'(?:href|action|src)="(?://|/\\|javascript|data:text|vbscript)')
FORMULA = re.compile("[=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20]")
WELL_FORMED = {"organisation": "TAL", "date": "2006", "place": "Torbay", "sentences": "budget"}


@pytest.fixture(scope="module")
def client(injected: Path) -> Iterator[TestClient]:
    with open_client(injected / "out") as opened:
        opened.follow_redirects = False
        yield opened


def list_addresses(text: str) -> list[str]:
    """Put a text into each place of an address where our pages read something."""
    part, folders = (
        quote(text, safe=""),
        ("", "id/", "id/document/", "graph/document/", "static/", "questions/"),
    )
    found = [f"/{folder}{part}" for folder in (*folders, "downloads/files/", "downloads/graph/")]
    for name in ("q", "as_of", "page", "kind", "sort", "format", "x" + text):
        found.append(f"/?{urlencode({name: text})}")
        found.append(f"/questions/partners?{urlencode({'body': 'TAL', name: text})}")
    found.append(f"/complete?{urlencode({'q': text, 'for': text})}")
    return [*found, f"/compare?{urlencode({'a': text, 'b': text})}"]


def check_headers(headers: Mapping[str, str]) -> None:
    assert set(headers) <= KNOWN
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["content-security-policy"] == HEADERS["content-security-policy"]
    location = headers.get("location", "/")
    assert SEGMENT.fullmatch(location)
    assert OURS.match(location)
    for link in re.findall("<([^>]*)>", headers.get("link", "")):
        assert SEGMENT.fullmatch(link)
        assert link.startswith("/id/")
    disposition = headers.get("content-disposition", "attachment; filename=x")
    assert re.fullmatch(r'attachment; filename="?[\w.-]+"?', disposition)


def test_no_address_makes_a_header_a_redirect_or_a_file(client: TestClient) -> None:
    """All pages answer, and lead to no other server but by the address of a document."""
    addresses = [
        "//evil.example/?as_of=2006",
        "/\\evil.example/",
        "/%2f%2fevil.example/",
        "/.//evil.example/",
    ]
    for number, payload in enumerate(list_payloads()):
        found = list_addresses(payload.encode("utf-8", "replace").decode())
        addresses += found[number % (step := effort(6, 1)) :: step]  # each place, and each payload somewhere
    query = {"query": "SELECT ?document { ?document a cg:Document }", "format": "json"}
    rows = client.get("/sparql", params=query).json()["results"]["bindings"]
    addresses += [row["document"]["value"].replace(ID, "/id/") for row in rows[:: effort(5, 1)]]
    for address in addresses:
        answer = client.get(f"http://localhost{address}")
        assert answer.status_code < 500, address
        check_headers(answer.headers)
        assert "root:" not in answer.text
        assert not ELSEWHERE.search(answer.text), address


@pytest.mark.parametrize(
    "header",
    ["Referer", "Accept", "X-Forwarded-Host", "X-Forwarded-Proto", "Cookie", "If-None-Match", "Range"],
)
def test_no_header_comes_back_or_changes_a_page(client: TestClient, header: str) -> None:
    plain = client.get("/questions").text
    described = client.get("/sparql", headers={"accept": "text/turtle"}).text
    for payload in list_payloads("header", "markup", "path", "terminal"):
        value = re.sub("[\r\n\0]", " ", payload).encode("utf-8", "replace")
        answer = client.get("/questions", headers={header.encode(): value})
        check_headers(answer.headers)
        assert answer.text == plain
        if header != "Accept":
            wants = {b"accept": b"text/turtle", header.encode(): value}
            assert client.get("/sparql", headers=wants).text == described


@pytest.mark.parametrize(
    "host",
    ["localhost:x", 'localhost:80"><script>', "localhost:80@evil.example", "localhost:80/a", "[::1]evil"],
)
def test_a_host_that_is_none_is_refused(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"host": host}).status_code == 421


def test_a_graph_of_any_name_leads_to_our_own_pages(client: TestClient) -> None:
    for payload in list_payloads():
        text = payload.encode("utf-8", "replace")
        for name in (f"{GRAPHS}document/{quote(text)}", "//evil.example/", text.decode()):
            answer = client.get("/rdf-graph-store", params={"graph": name}, headers={"accept": "text/html"})
            assert answer.status_code in (303, 400, 404, 406)
            check_headers(answer.headers)


def test_no_value_of_a_parameter_is_a_part_of_a_query(injected: Path) -> None:
    """On the command line and on the pages the same code reads values; the store holds what it held."""
    store = open_store(injected / "out")
    index = open_index(injected / "out")
    before, told, found = len(store), set[str](), 0
    for question in list_questions():
        others = {p.name: WELL_FORMED[p.type] for p in question.parameters if p.type in WELL_FORMED}
        for name in map(attrgetter("name"), question.parameters):
            for payload in list_payloads("sparql", "words"):
                try:
                    answer = answer_question(store, question.name, {**others, name: payload}, index=index)
                except QueryError as error:
                    told.add(str(error).partition(" ")[0])
                    continue
                found += 1
                assert not any("urn:evil" in str(term) for row in answer for term in row.terms[:1])
    assert found
    assert told <= {f"{p.name}:" for question in list_questions() for p in question.parameters}
    assert len(store) == before


def test_words_of_a_query_are_found_and_change_nothing(client: TestClient) -> None:
    """The editor and all clients send queries as they are: whoever writes them escapes the text in them."""
    for payload in list_payloads():
        text = Literal(payload.encode("utf-8", "replace").decode())
        query = f"SELECT ?x {{ VALUES ?x {{ {text} }} OPTIONAL {{ ?q cg:sentenceMatches {text} }} }} LIMIT 1"
        (row,) = client.get("/sparql", params={"query": query, "format": "json"}).json()["results"][
            "bindings"
        ]
        assert row["x"]["value"] == text.value
        written = client.get("/sparql", params={"query": query, "format": "csv"}).text
        (_, *rows) = csv.reader(io.StringIO(written, newline=""), strict=True)
        assert rows == [[text.value]]  # the standard's, unguarded, as docs/endpoint.md says
        change = {"query": f"INSERT DATA {{ <urn:x> <urn:y> {text} }}"}
        assert client.get("/sparql", params=change, headers={"accept": "*/*"}).status_code == 403


def test_a_table_of_a_page_is_guarded_for_spreadsheets(client: TestClient) -> None:
    answer = client.get("/questions/documents?limit=0&format=csv")
    _, *rows = csv.reader(io.StringIO(answer.text, newline=""), strict=True)
    assert len(rows) > len(list_payloads())
    cells = [cell for row in rows for cell in row]
    assert [cell for cell in cells if FORMULA.match(cell)] == []
    assert "'@SUM(1+1)*cmd|' /C calc'!A0" in cells


def test_the_token_leads_to_the_same_server_and_is_kept_whole(injected: Path) -> None:
    token = "a;b,c\"d'e=f&g%h<i>"
    app = make_app(injected / "out", access=Access(loopback=False, token=token))
    guarded = TestClient(app, base_url="http://graph.example.org", follow_redirects=False)
    for payload in list_payloads("header", "path"):
        wanted = {"token": token, "q": payload, payload: "x"}
        answer = guarded.get(f"http://graph.example.org//evil.example/{quote(payload)}?{urlencode(wanted)}")
        assert answer.status_code == 303
        assert SEGMENT.fullmatch(answer.headers["location"])
        assert OURS.match(answer.headers["location"])
    assert guarded.get("/questions").status_code == 200  # by the cookie, which came back as it was set


def test_each_event_begins_one_line_of_the_log(injected: Path) -> None:
    command = [sys.executable, "-m", "graph", "serve", str(injected / "out"), "--port", "0", "--queries", "1"]
    process = subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True)
    assert process.stderr
    try:
        address = re.search(r"http://127\.0\.0\.1:(\d+)", process.stderr.readline())
        assert address
        for number in range(5):
            forged = b"GET /\x1b[31m\x9b HTTP/9\r\nWARNING: forged\x1b]0;owned\x07\r\n" + b"\x80" * number
            with socket.create_connection(("127.0.0.1", int(address[1])), timeout=30) as connection:
                connection.sendall(forged + b"\r\n\r\n")
                assert connection.recv(100).startswith(b"HTTP/1.1 400")
    finally:
        process.terminate()
    lines = process.stderr.read().splitlines()
    process.stderr.close()
    process.wait()
    assert lines == ["WARNING: Invalid HTTP request received."] * 5


def test_names_in_a_query_are_written_by_the_engine() -> None:
    for payload in list_payloads():
        with pytest.raises(ValueError, match="IRI"):
            NamedNode(f"urn:x:{keep_sound(payload)}> . <urn:evil> <urn:y> <urn:z")
