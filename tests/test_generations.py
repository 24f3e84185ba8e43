"""Generations: whole or not at all, one writer, crashes survived, nothing removed that is read."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import textwrap
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph import generations
from graph.errors import StoreError
from graph.knowledge import KnowledgeGraph
from graph.locks import lock_file
from graph.replace import remove_graph
from graph.store import change_store, open_store, read_quads, reading_store, write_store

ROOT = Path(__file__).parents[1]


def make_quads(*names: str) -> list[Quad]:
    return [
        Quad(NamedNode(f"urn:{name}"), NamedNode("urn:name"), Literal(name), NamedNode("urn:one"))
        for name in names
    ]


BOTH = make_quads("Kent", "Essex")


def names_in(store: Store) -> list[str]:
    return sorted(quad.object.value for quad in read_quads(store) if isinstance(quad.object, Literal))


def test_a_reader_keeps_its_generation_when_a_new_one_comes(tmp_path: Path) -> None:
    write_store(tmp_path, make_quads("Kent"))
    before = open_store(tmp_path)
    write_store(tmp_path, make_quads("Essex"))
    assert names_in(before) == ["Kent"]
    assert names_in(open_store(tmp_path)) == ["Essex"]


def test_removes_what_nobody_reads(tmp_path: Path) -> None:
    first = write_store(tmp_path, BOTH)
    second = write_store(tmp_path, BOTH)
    assert not first.exists()
    open_store(tmp_path)
    third = write_store(tmp_path, BOTH)
    assert second.exists(), "this process still reads it"
    assert third.exists()


def test_keeps_what_it_reads_of_a_folder_that_went_and_came_again(tmp_path: Path) -> None:
    write_store(tmp_path, make_quads("Kent"))
    open_store(tmp_path)
    shutil.rmtree(tmp_path / "store")
    again = write_store(tmp_path, make_quads("Essex"))
    store = open_store(tmp_path)
    write_store(tmp_path, make_quads("Devon"))
    assert again.exists(), "this process still reads it"
    assert names_in(store) == ["Essex"]


def test_where_open_files_cannot_be_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on Windows, where no lock is shared."""
    unlink = Path.unlink

    def refuse(path: Path, missing_ok: bool = False) -> None:
        if str(path) in {file.path for file in psutil.Process().open_files()}:
            raise PermissionError(f"{path} is open")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", refuse)
    monkeypatch.setattr(generations, "sys", SimpleNamespace(platform="win32"))
    first = write_store(tmp_path, BOTH)
    second = write_store(tmp_path, BOTH)
    assert not first.exists()
    with reading_store(tmp_path):
        third = write_store(tmp_path, BOTH)
        assert second.exists()
    write_store(tmp_path, BOTH)
    assert not second.exists()
    assert not third.exists()


def test_a_failed_change_leaves_the_last_good_one(tmp_path: Path) -> None:
    write_store(tmp_path, BOTH)

    def fail(store: Store) -> None:
        remove_graph(store, "urn:one")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        change_store(tmp_path, fail)
    assert names_in(open_store(tmp_path)) == ["Essex", "Kent"]


def test_sweeps_what_a_failed_writer_left(tmp_path: Path) -> None:
    left = tmp_path / "store" / "generation-000007"
    left.mkdir(parents=True)
    assert write_store(tmp_path, BOTH).name == "generation-000001"
    assert not left.exists()


@pytest.mark.parametrize("where", ["optimize", "publish"])
def test_a_killed_writer_leaves_the_last_good_one(tmp_path: Path, where: str) -> None:
    write_store(tmp_path, BOTH)
    script = textwrap.dedent(f"""
        import os, signal
        from pathlib import Path
        from pyoxigraph import NamedNode, Quad
        from graph import generations, store as store_module

        def die(*_):
            os.kill(os.getpid(), signal.SIGKILL)

        if {where!r} == "publish":
            generations._publish = die
        quad = Quad(NamedNode("urn:x"), NamedNode("urn:x"), NamedNode("urn:x"), NamedNode("urn:x"))

        def quads():
            yield quad
            if {where!r} == "optimize":
                die()

        store_module.write_store(Path({str(tmp_path)!r}), quads())
    """)
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
    assert done.returncode == -signal.SIGKILL
    assert names_in(open_store(tmp_path)) == ["Essex", "Kent"]
    write_store(tmp_path, make_quads("Kent"))
    assert names_in(open_store(tmp_path)) == ["Kent"]


def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    write_store(tmp_path, BOTH)
    lock = lock_file(tmp_path / "store" / "write.lock")
    assert lock is not None
    with lock, pytest.raises(StoreError, match="another process is writing"):
        write_store(tmp_path, BOTH)
    write_store(tmp_path, BOTH)


def test_readers_cannot_write(tmp_path: Path) -> None:
    write_store(tmp_path, BOTH)
    with pytest.raises(RuntimeError):
        open_store(tmp_path).add(BOTH[0])


def test_a_graph_that_is_opened_again_and_again_keeps_nothing(tmp_path: Path) -> None:
    """A program that lives long opens each build in turn: neither handles nor folders may add up."""
    process, handles, folders = psutil.Process(), list[int](), list[int]()
    for number in range(6):
        write_store(tmp_path, make_quads("Kent", str(number)))
        knowledge = KnowledgeGraph.open(tmp_path)
        assert str(number) in names_in(knowledge.store)
        assert knowledge.search("Kent") is not None
        handles.append(process.num_fds() if hasattr(process, "num_fds") else process.num_handles())
        folders.append(len(list((tmp_path / "store").glob("generation-??????"))))
    assert max(folders) <= 2, "the one that is read and the one before it"
    assert handles[-1] <= max(handles[1:3])


@pytest.mark.filterwarnings("ignore:Dataset.default_context")  # rdflib's own
def test_what_is_made_of_a_graph_keeps_its_files(tmp_path: Path) -> None:
    first = write_store(tmp_path, make_quads("Kent"))
    dataset = KnowledgeGraph.open(tmp_path).dataset()
    write_store(tmp_path, make_quads("Essex"))
    assert first.exists()
    assert {str(name) for _, _, name in dataset.triples((None, None, None))} >= {"Kent"}
    del dataset
    write_store(tmp_path, make_quads("Devon"))
    assert not first.exists()


def test_a_changed_store_lets_go_of_the_one_before(tmp_path: Path) -> None:
    first = write_store(tmp_path, BOTH)
    second = change_store(tmp_path, lambda store: remove_graph(store, "urn:one"))
    assert second.exists()
    assert not first.exists()
