"""Files: the same statements give the same bytes, whole or not at all."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse

from graph import pages
from graph.terminal import open_output
from graph.write import replace_file, sort_quads, write_nquads
from tests.sample_documents import sample_quads

nodes = st.sampled_from([NamedNode(f"urn:{letter}") for letter in "abc"])
values = st.one_of(nodes, st.text(max_size=8).map(Literal))
quads = st.builds(Quad, nodes, nodes, values, nodes)


@given(st.lists(quads, max_size=12), st.randoms(use_true_random=False))
def test_order_and_repetition_do_not_show(statements: list[Quad], shuffler: random.Random) -> None:
    again = statements + statements[:3]
    shuffler.shuffle(again)
    written = sort_quads(statements)
    assert sort_quads(again) == written
    assert {*parse(written, format=RdfFormat.N_QUADS)} == set(statements)
    assert written.splitlines() == sorted(set(written.splitlines()))


def test_a_failure_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "graph.nq"
    write_nquads(sample_quads()[:1], path)
    before = path.read_bytes()
    with pytest.raises(TypeError):
        write_nquads([*sample_quads(), "no quad"], path)  # type: ignore[list-item]
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["graph.nq"]


def write_output(path: Path, content: bytes) -> None:
    with open_output(str(path)) as stream:
        stream.write(content.decode())


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
@pytest.mark.parametrize("write", [replace_file, pages.replace_file, write_output])
def test_a_pipe_or_a_device_is_written_to_and_never_replaced(
    write: Callable[[Path, bytes], None], tmp_path: Path
) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write(pipe, b"content")
        assert os.read(reader, 100) == b"content"
    finally:
        os.close(reader)
    assert pipe.is_fifo()
    assert list(tmp_path.iterdir()) == [pipe]
