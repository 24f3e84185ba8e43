"""The command ``caregraph publish``: what it says, how it ends, and that no secret is shown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.cli import run_command
from graph.vocabulary import GRAPH
from tests.publishing_server import FaultyServer, make_out, serve_faulty
from tests.server_visits import serve_endpoint


@pytest.fixture(scope="module")
def server() -> Iterator[FaultyServer]:
    with serve_faulty() as server:
        yield server


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_out(tmp_path_factory.mktemp("build"), [("a.txt", 1), ("b.txt", 2)])


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("NETRC", str(tmp_path / "none"))
    for name in ("USER", "PASSWORD", "TOKEN"):
        monkeypatch.delenv(f"CAREGRAPH_PUBLISH_{name}", raising=False)


def say(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    code = run_command(["publish", *arguments])
    printed = capsys.readouterr()
    assert not printed.out
    return code, printed.err


def test_a_publication_from_first_to_last(
    server: FaultyServer, out: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    server.reset()
    store = ["--endpoint", f"{server.address}/query", "--graph-store", f"{server.address}/store"]
    code, text = say(capsys, str(out), *store, "--dry-run")
    assert (code, server.written) == (0, [])
    assert text.startswith("would send 4 graphs (")
    code, text = say(capsys, str(out), *store, "--check")
    assert code == 0
    assert text.startswith("sent 4 graphs (")
    assert "0 unchanged, dropped 0\nevery graph was read back" in text
    fewer = make_out(tmp_path / "fewer", [("b.txt", 2)])
    assert f"dropped 1\ndropped {GRAPH}document/a.txt" in say(capsys, str(fewer), *store)[1]
    assert say(capsys, str(fewer), *store, "-q") == (0, "")
    server.store.clear_graph(next(name for name in server.store.named_graphs() if "b.txt" in name.value))
    code, text = say(capsys, str(fewer), *store, "--check", "-q")
    assert code == 1
    assert text.startswith(f"differs: {GRAPH}document/b.txt: 0 statements instead of ")


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ([], "name the server: --endpoint URL"),
        (
            ["--endpoint", "http://127.0.0.1:9/query", "--update", "http://u:geheim@h/"],
            "must not hold a name",
        ),
        (["--endpoint", "http://example.org/query", "--user", "ada"], "unencrypted"),
        (["--endpoint", "SERVER/query"], "nothing tells where this server (Faulty"),
        (["--endpoint", "SERVER/nothing"], "there is nothing at this address"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    server: FaultyServer,
    out: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    problem: str,
) -> None:
    server.reset()
    monkeypatch.setenv("CAREGRAPH_PUBLISH_PASSWORD", "geheim")
    given = [argument.replace("SERVER", server.address) for argument in arguments]
    code, text = say(capsys, str(out), *given)
    assert code == 2
    assert text.startswith("caregraph: ")
    assert text.count("\n") == 1
    assert problem in text
    assert "geheim" not in text
    assert not server.written


def test_our_own_server_takes_nothing(out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with serve_endpoint(out) as (address, _):
        for to in (
            ["--graph-store", f"{address}/rdf-graph-store"],
            ["--endpoint", f"{address}/sparql", "--update", f"{address}/sparql"],
        ):
            code, text = say(capsys, str(out), *to)
            assert code == 2
            assert text.count("\n") == 1
            assert "read" in text
            assert "give --user" not in text


def test_credentials_come_from_the_environment(
    server: FaultyServer, out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.reset()
    monkeypatch.setenv("CAREGRAPH_PUBLISH_TOKEN", "t0ken")
    code, text = say(capsys, str(out), "--graph-store", f"{server.address}/store")
    assert code == 0
    assert {headers["Authorization"] for headers in server.headers} == {"Bearer t0ken"}
    assert "t0ken" not in text


def test_it_says_what_to_do_about_the_default_graph(
    server: FaultyServer, out: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.reset()
    monkeypatch.setattr("graph.publish.publishing.shows_all_graphs", lambda *_: False)
    to = ["--endpoint", f"{server.address}/query", "--update", f"{server.address}/update"]
    code, text = say(capsys, str(out), *to, "-q")
    assert code == 0
    assert "make its default graph the union of its named graphs" in text
