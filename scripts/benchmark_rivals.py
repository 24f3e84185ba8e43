"""Start the servers that are measured side by side, all on the same graph, and watch their memory.

As a script of its own it is the server with rdflib: ``benchmark_rivals.py PORT FILE...``, which reads the
files into memory before it answers.
"""

from __future__ import annotations

import contextlib
import http.client
import shutil
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import psutil
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, serialize

from graph.generations import find_generation
from graph.store import STORE, open_store
from graph.vocabulary import INFERRED_GRAPH, REGISTER_GRAPH

OURS, OXIGRAPH, RDFLIB = "caregraph", "Oxigraph", "rdflib-endpoint"
PATHS = {OURS: "/sparql", OXIGRAPH: "/query", RDFLIB: "/"}
NAMED = (REGISTER_GRAPH, INFERRED_GRAPH)
"""The named graphs that questions name."""

PATIENCE = {OURS: 60.0, OXIGRAPH: 60.0, RDFLIB: 1800.0}
"""Seconds to wait until a server answers; rdflib reads the graph first."""

GRACE = 5
"""Seconds that a server has to end by itself."""


class Server:
    """A server on the loopback address.

    Attributes:
        name: ``OURS``, ``OXIGRAPH`` or ``RDFLIB``.
        port: where it listens.
        started: seconds until it answered.
    """

    def __init__(self, name: str, out: Path, folder: Path) -> None:
        """Take what it needs to start: which it is, the folder of a built graph, and one for files."""
        self.name = name
        self.port = find_port()
        self.started = 0.0
        self._log = folder / f"{name}.log"
        self._command = write_command(name, out, folder, self.port)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        with self._log.open("w", encoding="utf-8") as log:
            self.process = psutil.Popen(self._command, stdout=log, stderr=log)
        started = time.perf_counter()
        while not self.answers():
            if self.process.poll() is not None or time.perf_counter() - started > PATIENCE[self.name]:
                raise SystemExit(f"{self.name} does not answer: {self._log.read_text()[-500:]}")
            time.sleep(0.2)
        self.started = time.perf_counter() - started

    def stop(self) -> None:
        """End it; what still works on old queries after a while is killed."""
        self.process.terminate()
        try:
            self.process.wait(GRACE)
        except psutil.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def make_ready(self) -> bool:
        """Start it anew if it does not answer at once; return whether that was needed."""
        if self.answers():
            return False
        self.stop()
        self.start()
        return True

    def measure_memory(self) -> float:
        """Return the MiB of all its processes; what they share counts once for each."""
        total = 0
        for process in (self.process, *self.process.children(recursive=True)):
            with contextlib.suppress(psutil.Error):
                total += process.memory_info().rss
        return total / (1 << 20)

    def answers(self) -> bool:
        """Tell whether it answers."""
        return answers(self.port, PATHS[self.name])


@contextlib.contextmanager
def start_server(name: str, out: Path, folder: Path) -> Iterator[Server]:
    """Start a server, give it once it answers, and end it.

    Args:
        name: which.
        out: the folder of a built graph.
        folder: for files of this run.
    """
    server = Server(name, out, folder)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def write_command(name: str, out: Path, folder: Path, port: int) -> list[str]:
    """Write the command that starts a server."""
    if name == OURS:
        return [sys.executable, "-m", "graph", "serve", str(out), "--port", str(port)]
    if name == OXIGRAPH:
        program = shutil.which("oxigraph") or str(Path(sys.executable).with_name("oxigraph"))
        store = find_generation(out / STORE)
        return [program, "serve-read-only", "--location", str(store), "--bind", f"127.0.0.1:{port}"]
    return [sys.executable, __file__, str(port), *map(str, write_graphs(out, folder))]


def write_graphs(out: Path, folder: Path) -> list[Path]:
    """Write what the questions read: the default graph, then the named graphs that they name."""
    store = open_store(out)
    names: list[DefaultGraph | NamedNode] = [DefaultGraph(), *map(NamedNode, NAMED)]
    paths = [folder / f"graph-{number}.nt" for number in range(len(names))]
    for name, path in zip(names, paths, strict=True):
        triples = (quad.triple for quad in store.quads_for_pattern(None, None, None, name))
        serialize(triples, str(path), RdfFormat.N_TRIPLES)
    return paths


def find_port() -> int:
    """Find a port that is free."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def answers(port: int, path: str) -> bool:
    """Tell whether a server answers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Accept": "application/sparql-results+json",
    }
    try:
        connection.request("POST", path, urlencode({"query": "ASK {}"}), headers)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


def serve_rdflib(port: int, paths: list[str]) -> None:
    """Read files into an rdflib dataset in memory and serve them by rdflib-endpoint."""
    import uvicorn
    from rdflib import Dataset
    from rdflib_endpoint import SparqlEndpoint

    dataset = Dataset()
    parts = (dataset.default_graph, *(dataset.graph(name) for name in NAMED))
    for part, path in zip(parts, paths, strict=True):
        part.parse(path, format="nt")
    uvicorn.run(SparqlEndpoint(graph=dataset), host="127.0.0.1", port=port, log_level="warning")


if __name__ == "__main__":
    serve_rdflib(int(sys.argv[1]), sys.argv[2:])
