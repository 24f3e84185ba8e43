"""Measure the SPARQL endpoint beside Oxigraph's own server and rdflib-endpoint, in one run, on one graph.

    .venv/bin/python scripts/benchmark_server.py FOLDER [--seconds 60] [--clients 1 4 16 64]

``FOLDER`` is a built graph, such as ``benchmark_graphs.py`` makes. The queries are the named questions, about
bodies drawn by lot, and small look-ups; no query comes with the tag of an answer of before. Two tables come
out: the times of each kind of query, asked of the servers in turn by one client, and whether they gave the
same rows; throughput and times under load, a minute for each server and number of clients.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

from benchmark_load import PATIENCE, Client, Sample, write_request
from benchmark_rivals import OURS, OXIGRAPH, PATHS, RDFLIB, Server, start_server
from pyoxigraph import NamedNode

from graph.query import run_query
from graph.questions import list_questions, write_question
from graph.store import open_store
from graph.terms import QUERY_PREFIXES

BODIES = 60
"""Bodies that are asked about."""

SEED = 5
ROUNDS = 40
"""How often each kind is asked of each server by one client."""

BUDGET = 4.0
"""Seconds after which a server is not asked about a kind again."""

SLOW = 0.005
"""Seconds from which a kind of query counts for the ratio to Oxigraph."""

GIVEN = {"date": "2006", "place": "Torbay", "integer": "2", "status": "asserted"}
LOOKUPS = {
    "look-up: name": "SELECT ?name {{ {node} skos:prefLabel ?name }}",
    "look-up: classes": "SELECT ?class {{ {node} a ?class }}",
    "look-up: claims": "SELECT ?claim ?with {{ ?claim cg:subject {node} ; cg:object ?with }} LIMIT 20",
    "look-up: documents": "SELECT ?paper {{ ?paper cg:mentions {node} }} LIMIT 20",
}
Queries = list[tuple[str, str]]
"""Kind and text of each."""


def main(arguments: list[str]) -> int:
    """Measure and print the tables."""
    parser = argparse.ArgumentParser(description="Measure the endpoint beside other servers.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seconds", type=float, default=60, help="for each server and number of clients")
    parser.add_argument("--clients", type=int, nargs="*", default=[1, 4, 16, 64])
    parser.add_argument("--without-rdflib", action="store_true", help="leave out rdflib-endpoint")
    options = parser.parse_args(arguments)
    queries = make_queries(options.folder)
    names = [OURS, OXIGRAPH] if options.without_rdflib else [OURS, OXIGRAPH, RDFLIB]
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        started = (start_server(name, options.folder, Path(folder)) for name in names)
        servers = [stack.enter_context(server) for server in started]
        for server in servers:
            print(f"{server.name}: answers after {server.started:.1f} s, {server.measure_memory():,.0f} MiB")
        print_kinds(servers, queries)
        print_load(servers, queries, options.clients, options.seconds)
    return 0


def make_queries(folder: Path) -> Queries:
    """Write the mix of queries: each question about each of some bodies, and as many look-ups, shuffled."""
    store, draw = open_store(folder), random.Random(SEED)
    rows = run_query(store, "SELECT DISTINCT ?body { ?claim cg:subject ?body ; cg:status cg:Asserted }")
    known = sorted(str(row[0]) for row in rows if "/organisation/" in str(row[0]))
    bodies = draw.sample(known, min(BODIES, len(known)))
    documents = [
        str(row[0]) for row in run_query(store, "SELECT ?d { ?d a cg:Document } ORDER BY ?d LIMIT 60")
    ]
    queries = []
    for number, body in enumerate(bodies):
        given = {**GIVEN, "organisation": body, "document": documents[number % len(documents)]}
        for question in list_questions():
            if question.name == "search":  # the words are looked up beside the store
                continue
            parameters = {p.name: given[p.type] for p in question.parameters if p.type in given}
            if "other" in parameters:
                parameters["other"] = bodies[number - 1]
            queries.append((question.name, write_question(store, question.name, parameters)[0]))
            needed = {p.name: parameters[p.name] for p in question.parameters if p.default is None}
            if number % 4 == 0 and needed != parameters:
                queries.append((f"{question.name}, all", write_question(store, question.name, needed)[0]))
        queries += [(kind, text.format(node=NamedNode(body))) for kind, text in LOOKUPS.items()]
    draw.shuffle(queries)
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in QUERY_PREFIXES.items())
    return [(kind, text if text.startswith("#") else prologue + text) for kind, text in queries]


def print_kinds(servers: Sequence[Server], queries: Queries) -> None:
    """Ask each kind of every server in turn, by one client, and print times, ratios and differences."""
    by_kind: dict[str, list[str]] = defaultdict(list)
    for kind, text in queries:
        if len(by_kind[kind]) < ROUNDS:
            by_kind[kind].append(text)
    names, left = [server.name for server in servers], list(servers)
    print(f"\n| query | {' | '.join(names)} | to {OXIGRAPH} | same rows |\n|{' --- |' * (len(names) + 3)}")
    ratios = []
    for kind, texts in sorted(by_kind.items()):
        times, same, left = asyncio.run(compare_kind(left, texts))
        ratio = times[OURS] / times[OXIGRAPH]
        if times[OXIGRAPH] >= SLOW:
            ratios.append(ratio)
        cells = [f"{times[name] * 1000:.1f} ms" if name in times else "-" for name in names]
        print(f"| {kind} | {' | '.join(cells)} | {ratio:.2f} | {same} |", flush=True)
    if ratios:
        print(
            f"\n{len(ratios)} kinds take {SLOW * 1000:.0f} ms and more: "
            f"median ratio {statistics.median(ratios):.2f}, greatest {max(ratios):.2f}"
        )


async def compare_kind(
    servers: Sequence[Server], texts: Iterable[str]
) -> tuple[dict[str, float], str, list[Server]]:
    """Ask servers in turn.

    Returns:
        The median times by name, whether they gave the same rows, and the servers without those that failed:
        they may be busy with what nobody waits for any more.
    """
    clients = {server.name: Client(server.port) for server in servers}
    times: dict[str, list[float]] = {server.name: [] for server in servers}
    differing, failed = Counter[str](), set[str]()
    for text in texts:
        given: dict[str, object] = {}
        for name, client in clients.items():
            if sum(times[name]) < BUDGET and name not in failed:
                started = time.perf_counter()
                status, body = await client.ask(write_request(PATHS[name], text))
                times[name].append(time.perf_counter() - started)
                given[name] = read_rows(status, body)
                failed |= {name} if not status else set()
        whole = "LIMIT" not in text
        ours = given.get(OURS)
        differing.update(
            name for name, rows in given.items() if differ(ours, rows, whole=whole or name == OXIGRAPH)
        )
    for client in clients.values():
        client.close()
    told = [f"{name}: {number} differ" for name, number in differing.items()]
    told += [f"{name}: none in {PATIENCE:.0f} s" for name in failed]
    medians = {name: statistics.median(taken) for name, taken in times.items()}
    return medians, ", ".join(told) or "yes", [server for server in servers if server.name not in failed]


def differ(one: object, other: object, *, whole: bool) -> bool:
    """Compare two answers: row by row, or by their number where a limit leaves open which rows they are."""
    if whole or not (isinstance(one, list) and isinstance(other, list)):
        return one != other
    return len(one) != len(other)


def read_rows(status: int, body: bytes) -> object:
    """Return the rows of an answer in an order of their own; of a failure, its status.

    An empty row is none: rdflib gives one where nothing is there to be grouped.
    """
    if status != 200:
        return status
    rows = json.loads(body)["results"]["bindings"]
    return sorted(json.dumps(row, sort_keys=True) for row in rows if row)


def print_load(servers: Sequence[Server], queries: Queries, clients: Iterable[int], seconds: float) -> None:
    """Drive one server after the other with more and more clients, and print the table."""
    columns = ("server", "clients", "answers/s", "p50", "p95", "p99", "errors", "memory before, most, after")
    print(f"\n| {' | '.join(columns)} |\n|{' --- |' * len(columns)}")
    for number in clients:
        for server in servers:
            restarted = server.make_ready()  # it may still work for clients that have gone
            samples, memory = drive_server(server, queries, number, seconds)
            name = f"{server.name} (started anew)" if restarted else server.name
            cells = [name, str(number), *summarise(samples, seconds), memory]
            print(f"| {' | '.join(cells)} |", flush=True)


def drive_server(server: Server, queries: Queries, clients: int, seconds: float) -> tuple[list[Sample], str]:
    """Load a server from a process of its own; return what was measured, and its memory in MiB."""
    script = Path(__file__).with_name("benchmark_load.py")
    command = [sys.executable, str(script), str(server.port), PATHS[server.name], str(clients), str(seconds)]
    memory, done = [server.measure_memory()], threading.Event()

    def watch() -> None:
        while not done.wait(1):
            memory.append(server.measure_memory())

    watcher = threading.Thread(target=watch)
    watcher.start()
    driven = subprocess.run(command, input=json.dumps(queries), capture_output=True, text=True, check=True)
    done.set()
    watcher.join()
    told = f"{memory[0]:,.0f}, {max(memory):,.0f}, {memory[-1]:,.0f} MiB"
    return [(kind, taken, status) for kind, taken, status in json.loads(driven.stdout)], told


def summarise(samples: Sequence[Sample], seconds: float) -> list[str]:
    """Return throughput, the middle and the slowest times, and the number of errors, as cells."""
    good = sorted(taken for _, taken, status in samples if status == 200)
    if not good:
        return ["0", "-", "-", "-", str(len(samples))]
    quantiles = [good[min(len(good) - 1, int(len(good) * share))] for share in (0.5, 0.95, 0.99)]
    cells = [f"{taken * 1000:,.0f} ms" for taken in quantiles]
    return [f"{len(good) / seconds:,.1f}", *cells, str(len(samples) - len(good))]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
