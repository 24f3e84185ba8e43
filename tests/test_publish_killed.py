"""A publisher or the server is killed in the middle of it: what stands there then, and who goes on."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph.processes import prepare_workers
from graph.publish import Addresses, Credentials, Patience, publish_graph
from graph.publish.contents import Lines, write_counts
from graph.publish.manifest import PUBLISHED_GRAPH, read_manifest
from graph.publish.sending import Connection
from graph.publish.targets import GraphStore
from graph.store import open_store
from graph.write import sort_quads
from tests.effort import effort
from tests.publishing_rivals import find_port, serve_oxigraph
from tests.publishing_server import make_out
from tests.publishing_strikes import PHASES, StrikingServer, stand_before

pytestmark = pytest.mark.promise

DOCUMENTS = (
    [(f"{number}.txt", number) for number in range(6)],
    [*((f"{number}.txt", number % 3) for number in range(1, 7)), ("long.txt", 400)],
)
"""What two builds hold: some documents are the same, some change, some come and some go."""

WAYS = ("together", "graphs", "updates")
"""As Oxigraph is published to; each graph by PUT; all by update."""

KILLS = effort(8, 20)  # by each way
RESTARTS = effort(3, 10)
HURRIED = Patience(attempts=3, pause=0.05, seconds=60)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("builds")
    return [make_out(folder / str(number), documents) for number, documents in enumerate(DOCUMENTS)]


@pytest.fixture(scope="module")
def expected(builds: list[Path]) -> list[dict[str, bytes]]:
    return [read_build(out) for out in builds]


@pytest.fixture(scope="module")
def between(tmp_path_factory: pytest.TempPathFactory) -> Iterator[StrikingServer]:
    with serve_oxigraph(tmp_path_factory.mktemp("server")) as address, stand_before(address) as server:
        yield server


def read_build(out: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for name, line in Lines(out, write_counts(open_store(out))):
        found[name.decode()] = found.get(name.decode(), b"") + line
    return found


def list_addresses(server: StrikingServer, way: str) -> Addresses:
    url = server.address
    return {
        "together": Addresses(f"{url}/query"),
        "graphs": Addresses(f"{url}/query", f"{url}/store"),
        "updates": Addresses(f"{url}/query", "", f"{url}/update"),
    }[way]


def read_graphs(server: StrikingServer) -> tuple[dict[str, bytes], dict[str, str]]:
    """Return the lines of each graph that the record names, and the hashes that it has."""
    connection = Connection(Credentials(), HURRIED)
    target = GraphStore(connection, f"{server.address}/store")
    marks = read_manifest(target.read(PUBLISHED_GRAPH))
    found = {}
    for name in marks:
        triples = target.read(name)
        found[name] = sort_quads(Quad(t.subject, t.predicate, t.object, NamedNode(name)) for t in triples)
    connection.close()
    return found, {name: mark.sha256 for name, mark in marks.items() if mark}


def check_record(server: StrikingServer) -> None:
    """See that the record claims nothing that does not stand there."""
    graphs, hashes = read_graphs(server)
    assert {name: hashlib.sha256(graphs[name]).hexdigest() for name in hashes} == hashes


def check_all(server: StrikingServer, expected: dict[str, bytes]) -> None:
    """See that exactly the graphs of a build stand there, all of them recorded."""
    graphs, hashes = read_graphs(server)
    assert graphs == expected
    assert set(hashes) == set(expected)


@pytest.mark.parametrize("way", WAYS)
def test_a_publisher_is_killed_and_the_next_goes_on(
    between: StrikingServer, builds: list[Path], expected: list[dict[str, bytes]], way: str
) -> None:
    draw = random.Random(way)
    addresses = list_addresses(between, way)
    workers = prepare_workers("graph.publish.publishing")
    publish_graph(builds[0], addresses, patience=HURRIED)
    between.set_moment(None)
    publish_graph(builds[1], addresses, patience=HURRIED)
    requests = between.count
    for number in range(KILLS):
        build = number % 2
        process = workers.Process(target=publish_graph, args=(builds[build], addresses), daemon=True)
        between.set_moment((draw.randint(3, requests), draw.choice(PHASES)), process.kill)
        process.start()
        process.join(60)
        assert process.exitcode == -9
        check_record(between)
        publish_graph(builds[build], addresses, patience=HURRIED)
        check_all(between, expected[build])


@pytest.mark.parametrize("way", WAYS)
def test_the_server_is_killed_and_comes_back(
    builds: list[Path], expected: list[dict[str, bytes]], tmp_path: Path, way: str
) -> None:
    """The publisher tries again, and what the server had taken before it was killed is still there."""
    draw, port = random.Random(way), find_port()
    with ExitStack() as server:
        address = server.enter_context(serve_oxigraph(tmp_path, port))

        def restart() -> None:
            server.close()
            server.enter_context(serve_oxigraph(tmp_path, port))

        with stand_before(address) as between:
            addresses = list_addresses(between, way)
            for number in range(RESTARTS):
                between.set_moment((draw.randint(3, 6), draw.choice(PHASES)), restart)
                report = publish_graph(builds[number % 2], addresses, patience=HURRIED)
                assert not report.failed
                assert between.moment is None
                check_all(between, expected[number % 2])
