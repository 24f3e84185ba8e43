"""What a run that was broken off has left: its commit is finished, the ledger told who is in the graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from graph import outputs
from graph.cli import run_command
from graph.commit import READY, STAGING
from graph.errors import StoreError
from graph.extract import load_resources
from graph.knowledge import KnowledgeGraph
from graph.ledger import Ledger
from graph.pipeline import add_documents, build_graph, remove_documents
from tests.build_histories import TEXTS, CrashError, list_names, make_quick, read_build


@pytest.fixture(scope="module")
def every(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[str]]:
    with pytest.MonkeyPatch.context() as patch:
        yield make_quick(patch, tmp_path_factory.mktemp("register"))
    load_resources.cache_clear()


@pytest.fixture
def docs(tmp_path: Path, every: list[str]) -> Path:
    folder = tmp_path / "docs"
    folder.mkdir()
    for name, text in zip("abc", TEXTS, strict=False):
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    every.clear()
    return folder


def break_off(patch: pytest.MonkeyPatch, docs: Path, out: Path) -> None:
    """Add a document and drop a format; end when the ledger is about to be told."""

    def stop(self: Ledger) -> None:
        raise CrashError

    with patch.context() as patched:
        patched.setattr(Ledger, "publish", stop)
        with pytest.raises(CrashError):
            build_graph([docs / "a.txt", docs / "b.txt"], out)
    assert (out / READY).is_dir()


def test_commit_is_finished_with_what_the_ledger_was_to_be_told(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, every: list[str]
) -> None:
    out = tmp_path / "out"
    build_graph([docs / "a.txt"], out, formats=["ttl"])
    (out / "graph.trig").write_text("somebody's own")
    break_off(monkeypatch, docs, out)
    assert (out / "graph.ttl").exists()
    every.clear()
    add_documents(out, [docs / "c.txt"])
    assert every == ["c.txt"], "the other two are known"
    assert list_names(out) == ["a.txt", "b.txt", "c.txt"]
    build_graph([docs], tmp_path / "new")
    assert read_build(out) == read_build(tmp_path / "new")
    assert not (out / "graph.ttl").exists()
    assert (out / "graph.trig").read_text() == "somebody's own"
    assert not (out / READY).exists()


def test_commit_is_finished_without_the_ledger_that_made_it(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build_graph([docs / "a.txt"], out)
    break_off(monkeypatch, docs, out)
    (out / "ledger.sqlite").write_bytes(b"damaged" * 999)
    remove_documents(out, ["a.txt"])
    assert list_names(out) == ["b.txt"]
    build_graph([docs / "b.txt"], tmp_path / "new")
    assert read_build(out) == read_build(tmp_path / "new")


def test_what_was_not_committed_is_cleared_away_by_a_run_that_writes_nothing(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    build_graph([docs], out)
    (out / STAGING / "store").mkdir(parents=True)
    left = ("generation-000099.lock", "generation-000001.search.1-2.new", "current.new")
    for name in left:
        (out / "store" / name).touch()
    (out / "store" / "generation-000098").mkdir()

    def refuse(*given: object, **options: object) -> None:
        raise AssertionError("nothing is to be written")

    monkeypatch.setattr(outputs, "write_store", refuse)
    build_graph([docs], out)
    names = {path.name for path in (out / "store").iterdir()}
    assert not names & {*left, "generation-000098"}
    assert not (out / STAGING).exists()


def test_who_stops_a_run_amid_its_commit_is_not_told_that_nothing_has_changed(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    build_graph([docs / "a.txt"], out)

    def stop(out: Path) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(outputs, "place_files", stop)
    assert run_command(["build", str(docs), "-o", str(out)]) == 130
    said = "the graph is as it was, or as it was to be; run the command again to go on from here"
    assert capsys.readouterr().err == f"caregraph: stopped; {said}\n"
    assert len(KnowledgeGraph.open(out).documents()) == 3


def test_a_file_that_cannot_be_replaced_is_told_and_the_next_run_goes_on(
    docs: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, where a reader has it open."""
    out = tmp_path / "out"
    build_graph([docs / "a.txt"], out)
    replace = Path.replace

    def refuse(path: Path, target: Path) -> Path:
        if target == out / "manifest.json":
            raise PermissionError(13, "Access is denied")
        return replace(path, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", refuse)
        for _ in range(2):
            with pytest.raises(
                StoreError, match=r"manifest\.json: cannot be replaced .* the new graph counts"
            ):
                build_graph([docs], out)
            assert len(KnowledgeGraph.open(out).documents()) == 3
    build_graph([docs], out)
    build_graph([docs], tmp_path / "new")
    assert read_build(out) == read_build(tmp_path / "new")
    assert not (out / READY).exists()
