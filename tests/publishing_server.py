"""A SPARQL server that fails as it is told to, over real HTTP, and keeps an eye on the record."""

from __future__ import annotations

import hashlib
import re
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from graph.iris import document_graph_iri, document_iri
from graph.publish.manifest import PUBLISHED_GRAPH, read_manifest
from graph.store import write_store
from graph.vocabulary import CG, GRAPH
from graph.write import sort_quads, write_nquads

FAULTS = ("", "refuse", "cut", "half", "forget", "cut-after", "slow")
"""What may become of a request: done; 503; no answer, not done; half done and 500; done and 500; done, no
answer; done, with an answer that comes too late."""

LATE = 0.4
"""Seconds after which a late answer comes."""

THEIRS = NamedNode("http://example.org/theirs")


@dataclass(frozen=True)
class Manners:
    """How a server answers where the standard leaves it a choice: as Oxigraph does, if nothing else is said.

    Attributes:
        done: status when a graph was written.
        missing: status when a graph is asked for that is not there.
        media_type: of the graphs that it gives.
    """

    done: int = 204
    missing: int = 404
    media_type: str = "application/n-triples"


class FaultyServer(ThreadingHTTPServer):
    """Queries at ``/query``, whole graphs at ``/store``, updates at ``/update``.

    Attributes:
        store: what it holds.
        faults: of the requests that come next; none where there are no more.
        written: the graphs that were written to, by the way in which they were.
        lies: graphs whose hash in the record was not theirs after some request.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.lock = threading.Lock()
        self.reset()

    def reset(self) -> None:
        """Begin anew, with a graph of somebody else and a statement in the default graph."""
        self.store = Store()
        self.faults: list[str] = []
        self.written: list[tuple[str, str]] = []
        self.lies: set[str] = set()
        self.headers: list[dict[str, str]] = []
        self.manners = Manners()
        for name in (THEIRS, DefaultGraph()):
            self.store.add(Quad(THEIRS, THEIRS, Literal("kept"), name))
        # Whoever writes this into the record must not make us touch the graph.
        part = NamedNode("http://purl.org/dc/terms/hasPart")
        self.store.add(Quad(NamedNode(PUBLISHED_GRAPH), part, THEIRS, NamedNode(PUBLISHED_GRAPH)))

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"

    def list_graphs(self) -> dict[str, bytes]:
        """Return the lines of each graph but the record."""
        found = {}
        for name in self.store.named_graphs():
            if name.value not in {PUBLISHED_GRAPH, THEIRS.value}:
                found[name.value] = self.read_lines(name)  # type: ignore[arg-type] # no blank nodes here
        return {name: lines for name, lines in found.items() if lines}

    def read_lines(self, name: NamedNode | DefaultGraph) -> bytes:
        return sort_quads(self.store.quads_for_pattern(None, None, None, name))

    def read_hashes(self) -> dict[str, str]:
        """Return the hashes that the record has."""
        record = self.store.quads_for_pattern(None, None, None, NamedNode(PUBLISHED_GRAPH))
        marks = read_manifest(quad.triple for quad in record)
        return {name: mark.sha256 for name, mark in marks.items() if mark}

    def look(self) -> None:
        """See whether the record is true."""
        for name, sha256 in self.read_hashes().items():
            if hashlib.sha256(self.read_lines(NamedNode(name))).hexdigest() != sha256:
                self.lies.add(name)


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: FaultyServer
    server_version = "Faulty"
    wbufsize = -1  # an answer goes out in one piece, so that nobody waits for an acknowledgement
    disable_nagle_algorithm = True

    def handle_any(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        server = self.server
        with server.lock:
            server.headers.append(dict(self.headers))
            fault = server.faults.pop(0) if server.faults else ""
            if fault == "refuse":
                return self.answer(503)
            if fault == "cut":
                return self.cut()
            status, media_type, content = self.carry_out(body, half=fault == "half")
            server.look()
        if fault in {"half", "forget"}:
            return self.answer(500)
        if fault == "cut-after":
            return self.cut()
        if fault == "slow":
            time.sleep(LATE)
        return self.answer(status, media_type, content)

    do_GET = do_PUT = do_POST = do_DELETE = handle_any  # noqa: N815 - named by the standard library

    def carry_out(self, body: bytes, *, half: bool) -> tuple[int, str, bytes]:
        parts = urlsplit(self.path)
        given = parse_qs(parts.query)
        if parts.path == "/store":
            return self.serve_graph(NamedNode(given["graph"][0]), body, half=half)
        if parts.path == "/query" and self.command == "PUT":
            return 405, "text/plain", b"only queries"
        if parts.path == "/query" and "graph" in given:
            return 404, "text/plain", b"no such graph"
        if parts.path == "/query":
            return answer_query(self.server.store, (parse_qs(body.decode()) or given)["query"][0])
        if parts.path == "/update":
            text = body.decode()
            names = dict.fromkeys(re.findall(r"^(?:DROP SILENT|INSERT DATA {) GRAPH <(.*?)>", text, re.M))
            self.server.written += [("INSERT" if "INSERT" in text else "DROP", name) for name in names]
            operations = text.split(" ;\n")
            for operation in operations[:1] if half else operations:
                self.server.store.update(operation)
            return 204, "", b""
        return 404, "text/plain", b"no such address"

    def serve_graph(self, name: NamedNode, body: bytes, *, half: bool) -> tuple[int, str, bytes]:
        store, method, manners = self.server.store, self.command, self.server.manners
        there = store.contains_named_graph(name)
        if method == "GET" and there:
            triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
            form = RdfFormat.from_media_type(manners.media_type) or RdfFormat.N_TRIPLES
            prefixes = {"cg": CG} if form == RdfFormat.TURTLE else None
            return 200, manners.media_type, serialize(triples, format=form, prefixes=prefixes) or b""
        if method == "GET" and manners.missing == 200:
            return 200, manners.media_type, b""
        if method == "GET" or (method == "DELETE" and not there):
            return manners.missing, "text/plain", b"no such graph"
        self.server.written.append((method, name.value))
        if method in {"PUT", "DELETE"}:
            store.remove_graph(name)
        if method in {"PUT", "POST"}:
            lines = body.splitlines(keepends=True)
            content = b"".join(lines[: len(lines) // 2] if half else lines)
            store.load(content, format=RdfFormat.TURTLE, to_graph=name)
        return manners.done, "application/json", b"" if manners.done == 204 else b'{"status": "OK"}'

    def answer(self, status: int, media_type: str = "text/plain", content: bytes = b"") -> None:
        try:
            self.send_response(status)
            if media_type:
                self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
        except OSError:  # whoever asked has left
            self.close_connection = True

    def cut(self) -> None:
        self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        pass


def answer_query(store: Store, text: str) -> tuple[int, str, bytes]:
    results = store.query(text, use_default_graph_as_union=True)
    if isinstance(results, QueryTriples):
        return 200, "application/n-triples", serialize(results, format=RdfFormat.N_TRIPLES) or b""
    assert isinstance(results, QueryBoolean) or results is not None
    content = results.serialize(format=QueryResultsFormat.JSON) or b""
    return 200, "application/sparql-results+json", content


@contextmanager
def serve_faulty() -> Iterator[FaultyServer]:
    """Serve on a free port until the block ends."""
    with FaultyServer() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


HARD = (
    'a "quote", a back\\slash, } and ; DROP ALL',
    "two\nlines\r\n\tand a tab",
    "Zürich – “care” 😀",
    "' \u2028 \u0085 \x7f",
    "",
)
"""Texts that go wrong where they are put into a query by hand."""


def make_quads(documents: Iterable[tuple[str, int]], *, ontology: int = 3) -> list[Quad]:
    """Make a small graph: documents by name, each with a number that says what is in it."""
    label, kind = NamedNode(CG + "label"), NamedNode(CG + "Claim")
    quads = [
        Quad(kind, label, Literal(str(number)), NamedNode(GRAPH + "ontology")) for number in range(ontology)
    ]
    for name, version in documents:
        graph_name = NamedNode(document_graph_iri(name))
        quads += [
            Quad(kind, label, Literal(text, language="en-gb" if number % 2 else None), graph_name)
            for number, text in enumerate(HARD)
        ]
        quads += [
            Quad(kind, label, Literal(f"{name} {version} {number}"), graph_name) for number in range(version)
        ]
        document = NamedNode(document_iri(name))
        kind_of = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        quads.append(Quad(document, kind_of, NamedNode(CG + "Document"), graph_name))
    return quads


def make_out(out: Path, documents: Iterable[tuple[str, int]], *, ontology: int = 3) -> Path:
    """Make a built graph, store and all."""
    out.mkdir(parents=True, exist_ok=True)
    write_nquads(make_quads(documents, ontology=ontology), out / "graph.nq")
    write_store(out, out / "graph.nq")
    return out
