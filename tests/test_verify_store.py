"""What queries and searches read is compared with the master copy, line by line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Store

from graph.generations import find_generation, name_index
from graph.master import MASTER
from graph.store import STORE, write_store
from graph.verify_store import check_store
from graph.write import sort_quads
from tests.sample_documents import sample_quads

NODE = NamedNode("urn:nobody")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    (tmp_path / MASTER).write_bytes(sort_quads(sample_quads()))
    write_store(tmp_path, tmp_path / MASTER)
    return tmp_path


def open_for_change(out: Path) -> Store:
    return Store(str(find_generation(out / STORE)))


def test_a_store_made_of_the_master_copy_holds(out: Path) -> None:
    assert list(check_store(out)) == []


def test_without_a_store_there_is_nothing_to_check(out: Path) -> None:
    shutil.rmtree(out / STORE)
    assert list(check_store(out)) == []


@pytest.mark.parametrize("home", [DefaultGraph(), NODE])
def test_a_statement_too_many_is_named(out: Path, home: NamedNode | DefaultGraph) -> None:
    store = open_for_change(out)
    store.add(Quad(NODE, NODE, NODE, home))
    store.flush()
    del store
    problems = list(check_store(out))
    assert {(problem.document, problem.node) for problem in problems} >= {("store", "urn:nobody")}
    assert all("the store says what graph.nq does not" in problem.message for problem in problems[:1])
    assert all("makes it again" in problem.message for problem in problems)


def test_a_statement_that_is_lost_is_named(out: Path) -> None:
    store = open_for_change(out)
    lost = min((quad for quad in store if quad.graph_name != DefaultGraph()), key=str)
    store.remove(lost)
    store.flush()
    del store
    (problem,) = check_store(out)
    assert problem.node == str(lost.subject).strip("<>")
    assert "the store lacks what graph.nq says" in problem.message


def test_a_store_that_cannot_be_read_is_told(out: Path) -> None:
    generation = find_generation(out / STORE)
    assert generation
    (generation / "CURRENT").write_text("no manifest")
    (problem,) = check_store(out)
    assert "the store cannot be read" in problem.message


def test_an_index_of_another_store_is_told(out: Path) -> None:
    generation = find_generation(out / STORE)
    assert generation
    with name_index(generation).open("ab") as file:
        file.write(b"\0")
    (problem,) = check_store(out)
    assert "the search index is not the one of this store" in problem.message


def test_a_master_copy_out_of_order_is_told(out: Path) -> None:
    lines = (out / MASTER).read_bytes().splitlines(keepends=True)
    (out / MASTER).write_bytes(b"".join(reversed(lines)))
    (problem,) = check_store(out)
    assert problem.document == MASTER
    assert "order" in problem.message


def test_a_master_copy_that_is_not_utf8_is_told(out: Path) -> None:
    content = (out / MASTER).read_bytes()
    (out / MASTER).write_bytes(content.replace(b"core#prefLabel>", b"core#prefLabe\xf4>"))
    problems = list(check_store(out))
    assert problems[-1].document == MASTER
    assert problems[-1].message == "it is not UTF-8; build it again"
