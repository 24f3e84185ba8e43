"""The master copy as lines without graphs: the store is the same as when statements are copied."""

from __future__ import annotations

import contextlib
import io
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.facts.gather import Facts
from graph.master import MASTER, PieceStream, merge_master
from graph.store import load_store
from graph.vocabulary import GRAPH
from graph.write import sort_quads
from tests.publishing_server import make_quads
from tests.sample_graph import sample_quads

SHARED = b"<urn:a> <urn:b> <urn:c>"
FOREIGN = {
    "a default graph": SHARED + b" .\n",
    "a graph of others": SHARED + b" <http://example.org/x> .\n",
    "a blank node": f"_:x <urn:b> <urn:c> <{GRAPH}x> .\n".encode(),
    "a blank node at the end": f"<urn:a> <urn:b> _:x <{GRAPH}x> .\n".encode(),
    "a comment": b"# who wrote this?\n" + f"<urn:a> <urn:b> <urn:c> <{GRAPH}x> .\n".encode(),
    "a name of ours in a text": f'<urn:a> <urn:b> "see <{GRAPH}x> .\\n" .\n'.encode(),
}


def test_a_store_is_the_same_whichever_way_it_is_filled(tmp_path: Path) -> None:
    quads = {*sample_quads(), *make_quads([("a.txt", 3), ("b.txt", 3)])}
    path = tmp_path / MASTER
    path.write_bytes(sort_quads(quads))
    assert set(load_store(path)) == set(load_store(quads))


@pytest.fixture
def facts() -> Iterator[Facts]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.closing(database) as connection, contextlib.closing(Facts(connection)) as made:
        yield made


def test_every_statement_comes_once_without_its_graph(facts: Facts) -> None:
    lines = b"".join(SHARED + f" <{GRAPH}{name}> .\n".encode() for name in "abc")
    assert b"".join(merge_master(io.BytesIO(lines), facts)) == lines + SHARED + b" .\n"


def test_it_is_read_in_pieces_of_any_size() -> None:
    pieces = [b"", b"a" * 9, b"b", b"", b"cd"]
    stream = io.BufferedReader(PieceStream(iter(pieces)), 16)
    assert b"".join(iter(lambda: stream.read(4) or b"", b"")) == b"".join(pieces)


def test_what_is_not_sorted_is_read_as_any_other(tmp_path: Path) -> None:
    quads = sort_quads({*sample_quads(), *make_quads([("a.txt", 3)])})
    path, other = tmp_path / MASTER, tmp_path / "other.nq"
    path.write_bytes(quads)
    other.write_bytes(b"".join(reversed(quads.splitlines(keepends=True))))
    unsorted = tmp_path / "more" / MASTER
    unsorted.parent.mkdir()
    unsorted.write_bytes(other.read_bytes())
    assert set(load_store(unsorted)) == set(load_store(path)) == set(load_store(other))


@pytest.mark.parametrize("content", FOREIGN.values(), ids=FOREIGN)
def test_a_file_of_that_name_by_other_hands_is_read_as_any_other(tmp_path: Path, content: bytes) -> None:
    path, other = tmp_path / MASTER, tmp_path / "other.nq"
    path.write_bytes(content)
    other.write_bytes(content)
    assert shape(load_store(path)) == shape(load_store(other))


def shape(store: Store) -> list[str]:
    """Write what a store holds, blank nodes alike."""
    return sorted(" ".join(write(term) for term in quad) for quad in store)


def write(term: object) -> str:
    text = str(term)
    return "_:" if text.startswith("_:") else text
