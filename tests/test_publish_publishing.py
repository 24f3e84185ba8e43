"""Publishing to a server that fails in every way: what it holds in the end, and what was sent for that."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, RdfFormat

from graph.errors import PublishError, StoreError
from graph.publish import Addresses, PublishReport, Wishes, publish_graph
from graph.publish.contents import COUNTS_GRAPH, State, measure_graphs
from graph.publish.manifest import PUBLISHED_GRAPH
from graph.publish.publishing import group_graphs
from graph.publish.targets import Updates
from graph.vocabulary import GRAPH
from tests.publishing_runs import DOCUMENTS, HASTY, WAYS, Graphs, read_graphs, run
from tests.publishing_server import FAULTS, THEIRS, FaultyServer, Manners, make_out, serve_faulty


@pytest.fixture(scope="module")
def server() -> Iterator[FaultyServer]:
    with serve_faulty() as server:
        yield server


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("builds")
    return [make_out(folder / str(number), documents) for number, documents in enumerate(DOCUMENTS)]


@pytest.fixture(scope="module")
def expected(builds: list[Path]) -> list[Graphs]:
    return [read_graphs(out) for out in builds]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Updates, "part", 700)


faults = st.one_of(
    *[st.just("")] * 8, st.sampled_from(FAULTS)
)  # a request that is late costs the test its time
steps = st.tuples(st.integers(0, 3), st.lists(faults, max_size=24))


@settings(max_examples=40)
@given(way=st.sampled_from(WAYS), history=st.lists(steps, min_size=1, max_size=4), last=st.integers(0, 3))
def test_whatever_fails_the_server_ends_with_the_graphs_of_the_build(
    server: FaultyServer,
    builds: list[Path],
    expected: list[Graphs],
    way: str,
    history: list[tuple[int, list[str]]],
    last: int,
) -> None:
    server.reset()
    for number, faults in history:
        publish_and_watch(server, builds[number], expected[number], way, faults)
    report = publish_and_watch(server, builds[last], expected[last], way, [])
    assert report is not None
    assert not report.failed
    assert server.list_graphs() == expected[last]
    assert set(server.read_hashes()) == set(expected[last])
    assert server.read_lines(THEIRS).count(b"kept") == 1
    assert not server.lies
    server.written.clear()
    again = run(server, builds[last], way)
    assert (server.written, again.sent, again.dropped) == ([], [], [])


def publish_and_watch(
    server: FaultyServer, out: Path, graphs: Graphs, way: str, faults: list[str]
) -> PublishReport | None:
    """Publish, and see that nothing is written which the server is known to have."""
    known = server.read_hashes()
    server.written.clear()
    server.faults = list(faults)
    try:
        report = run(server, out, way)
    except PublishError:
        report = None
    server.faults = []
    states = measure_graphs(
        (name.encode(), line) for name in graphs for line in graphs[name].splitlines(True)
    )
    same = {name for name, state in states.items() if known.get(name) == state.sha256}
    assert not same & {name for _, name in server.written}
    return report


@pytest.mark.parametrize("way", WAYS)
class TestOneRun:
    def test_everything_is_sent_then_only_what_changed(
        self, server: FaultyServer, builds: list[Path], expected: list[Graphs], way: str
    ) -> None:
        server.reset()
        first = run(server, builds[0], way)
        assert first.sent == sorted(expected[0])
        assert first.statements == sum(lines.count(b"\n") for lines in expected[0].values())
        assert first.shows_all
        second = run(server, builds[1], way)
        changed = [f"{GRAPH}counts", f"{GRAPH}document/a.txt", f"{GRAPH}document/e.txt"]
        assert (second.sent, second.dropped) == (changed, [])
        assert second.unchanged == [f"{GRAPH}document/b/c%20d.txt", f"{GRAPH}ontology"]
        third = run(server, builds[2], way)
        assert len(third.dropped) == 2
        assert server.list_graphs() == expected[2]

    def test_after_a_bulk_load_only_the_rest_is_sent(
        self, server: FaultyServer, builds: list[Path], expected: list[Graphs], way: str
    ) -> None:
        server.reset()
        server.store.load(path=str(builds[0] / "graph.nq"), format=RdfFormat.N_QUADS)
        changed = NamedNode(f"{GRAPH}document/a.txt")
        server.store.remove(next(server.store.quads_for_pattern(None, None, None, changed)))
        report = run(server, builds[0], way, Wishes(look=True))
        assert report.sent == [COUNTS_GRAPH, changed.value]
        assert len(report.found) == len(expected[0]) - 2
        assert server.list_graphs() == expected[0]
        assert not server.lies
        assert not run(server, builds[0], way).sent

    def test_nothing_is_changed_by_a_dry_run(
        self, server: FaultyServer, builds: list[Path], way: str
    ) -> None:
        server.reset()
        run(server, builds[0], way)
        before = server.list_graphs()
        server.written.clear()
        report = run(server, builds[2], way, Wishes(dry=True))
        assert report.sent
        assert len(report.dropped) == 2
        assert (server.written, server.list_graphs()) == ([], before)

    def test_what_is_gone_is_kept_if_wanted(self, server: FaultyServer, builds: list[Path], way: str) -> None:
        server.reset()
        run(server, builds[0], way)
        report = run(server, builds[2], way, Wishes(keep=True))
        assert not report.dropped
        assert f"{GRAPH}document/a.txt" in server.list_graphs()
        assert len(run(server, builds[2], way).dropped) == 2, "it is still known to be ours"

    def test_a_check_finds_what_somebody_changed(
        self, server: FaultyServer, builds: list[Path], expected: list[Graphs], way: str
    ) -> None:
        server.reset()
        assert not run(server, builds[0], way, Wishes(check=True)).differing
        name = NamedNode(f"{GRAPH}document/a.txt")
        server.store.remove(next(server.store.quads_for_pattern(None, None, None, name)))
        (found,) = run(server, builds[0], way, Wishes(check=True)).differing
        assert (found.name, found.expected - found.found) == (name.value, 1)
        assert not run(server, builds[0], way, Wishes(again=True, check=True)).differing
        assert server.list_graphs() == expected[0]

    def test_a_graph_that_is_not_taken_holds_up_no_other(
        self, server: FaultyServer, builds: list[Path], expected: list[Graphs], way: str
    ) -> None:
        server.reset()
        # reading and beginning the record; twice all together, by update; then twice the first
        server.faults = ["", "", *["refuse"] * (2 if way == "store" else 4)]
        report = run(server, builds[0], way)
        assert [name for name, _ in report.failed] == [COUNTS_GRAPH]
        assert "503" in report.failed[0][1]
        assert len(server.list_graphs()) == len(expected[0]) - 1
        assert run(server, builds[0], way).sent == [COUNTS_GRAPH]


@pytest.mark.parametrize(
    "manners",
    [
        Manners(201, 404, "text/turtle"),  # Fuseki, Virtuoso, Stardog
        Manners(200, 200),  # QLever, where a graph that is not there is an empty one
        Manners(200, 404, "text/turtle;charset=utf-8"),  # GraphDB
    ],
)
def test_servers_of_other_manners(
    server: FaultyServer, builds: list[Path], expected: list[Graphs], manners: Manners
) -> None:
    server.reset()
    server.manners = manners
    for number in (0, 1, 2):
        report = run(server, builds[number], wishes=Wishes(check=True))
        assert (report.failed, report.differing) == ([], [])
        assert server.list_graphs() == expected[number]


def test_a_server_without_the_graph_store_protocol_is_told_and_taken_by_update(
    server: FaultyServer, builds: list[Path], expected: list[Graphs]
) -> None:
    server.reset()
    addresses = Addresses(f"{server.address}/query", f"{server.address}/query")  # answers 405 to PUT
    with pytest.raises(PublishError, match=r"status 405 .*give --update"):
        publish_graph(builds[0], addresses, patience=HASTY)
    assert not run(server, builds[0], "update").failed
    assert server.list_graphs() == expected[0]


def test_graphs_go_together_up_to_a_size_and_a_larger_one_goes_alone() -> None:
    states = {name: State(1, "", size) for name, size in zip("abcdef", (3, 4, 9, 2, 2, 1), strict=True)}
    assert list(group_graphs(states, states, 7)) == [["a", "b"], ["c"], ["d", "e", "f"]]
    assert list(group_graphs(states, states, 0)) == [[name] for name in states]
    assert list(group_graphs([], states, 7)) == []


def test_what_is_refused_together_is_sent_one_by_one(
    server: FaultyServer, builds: list[Path], expected: list[Graphs]
) -> None:
    server.reset()
    url = server.address
    server.faults = ["", "", *["refuse"] * 2]  # reading and beginning the record, then twice all together
    addresses = Addresses(f"{url}/query", f"{url}/store", f"{url}/update", atomic=True)
    report = publish_graph(builds[1], addresses, patience=HASTY)
    assert not report.failed
    assert server.list_graphs() == expected[1]
    assert {way for way, _ in server.written} == {"PUT", "POST"}
    server.reset()
    assert not publish_graph(builds[1], addresses, patience=HASTY).failed
    assert server.list_graphs() == expected[1]
    assert {way for way, _ in server.written} == {"PUT", "INSERT", "POST"}


def test_it_ends_when_nothing_is_taken_any_more(server: FaultyServer, builds: list[Path]) -> None:
    server.reset()
    server.faults = ["", "", "", "", *["refuse"] * 40]
    with pytest.raises(PublishError, match=r"status 503 .*tried 2 times"):
        run(server, builds[1])
    assert len(server.faults) > 20
    server.faults = []
    assert set(server.read_hashes()) == set()
    assert len(run(server, builds[1]).sent) == 5


def test_what_was_sent_before_ctrl_c_is_recorded(
    server: FaultyServer, builds: list[Path], expected: list[Graphs]
) -> None:
    def stop(count: int, name: str) -> None:
        if count == 2:
            raise KeyboardInterrupt

    server.reset()
    addresses = Addresses("", f"{server.address}/store")
    with pytest.raises(KeyboardInterrupt):
        publish_graph(builds[0], addresses, patience=HASTY, progress=stop)
    assert len(server.read_hashes()) == 2
    assert len(publish_graph(builds[0], addresses, patience=HASTY).sent) == len(expected[0]) - 2


def test_an_empty_record_leaves_nothing_behind(server: FaultyServer, tmp_path: Path) -> None:
    server.reset()
    run(server, make_out(tmp_path / "one", [("a.txt", 1)]))
    (tmp_path / "one" / "graph.nq").write_bytes(b"")
    empty = make_out(tmp_path / "none", [], ontology=0)
    assert not run(server, empty).sent
    assert not server.list_graphs()
    assert not server.read_lines(NamedNode(PUBLISHED_GRAPH))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("<http://a> <http://b> <http://c> .\n", "no line of a named graph of caregraph"),
        ("<http://a> <http://b> <http://c> <http://example.org/theirs> .\n", "no line of a named graph"),
        (f"<http://a> <http://b> <not an iri> <{GRAPH}x> .\n", "build it again"),
        (f"<http://a> <http://b> <http://c> <{GRAPH}\udca1> .\n", "is not UTF-8; build it again"),
    ],
)
def test_what_a_build_would_not_write_is_not_sent(
    server: FaultyServer, tmp_path: Path, line: str, problem: str
) -> None:
    server.reset()
    out = make_out(tmp_path, [("a.txt", 1)])
    (out / "graph.nq").write_text(line, encoding="utf-8", errors="surrogateescape")
    with pytest.raises(StoreError, match=problem):
        run(server, out)


def test_there_has_to_be_a_build(server: FaultyServer, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="caregraph build"):
        run(server, tmp_path)
