"""What verification reads: the graph of each document whole, wherever its lines stand, and its source."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Quad

from graph.errors import StoreError
from graph.master import MASTER
from graph.read import read_documents
from graph.readers.inputs import find_inputs
from graph.records import Document
from graph.verify import verify_dataset, verify_graphs
from graph.verify_files import Sources, stream_documents
from graph.vocabulary import GRAPH
from graph.write import sort_quads
from tests.make_documents import make_pdf
from tests.sample_documents import LETTER, sample_quads

LINE = f"<urn:a> <urn:b> <urn:c> <{GRAPH}document/a.txt> .\n".encode()


def write_master(folder: Path, quads: list[Quad]) -> Path:
    (folder / MASTER).write_bytes(sort_quads(quads))
    return folder


@pytest.mark.parametrize("run", [1, 3000, 1 << 25])
def test_each_graph_of_a_document_comes_once_and_whole(tmp_path: Path, run: int) -> None:
    out = write_master(tmp_path, list(sample_quads()))
    graphs = list(stream_documents(out, run=run))
    assert [{str(quad.graph_name) for quad in quads} for quads in graphs] == [
        {f"<{GRAPH}document/letter.txt>"},
        {f"<{GRAPH}document/minutes/2007.txt>"},
    ]
    wanted = {quad for quad in sample_quads() if f"{GRAPH}document/" in str(quad.graph_name)}
    assert {quad for quads in graphs for quad in quads} == wanted


@pytest.mark.parametrize(
    "line",
    [
        LINE.removesuffix(b"\n"),
        b"# " + LINE,
        b"\n",
        LINE.replace(b"> .", b"> . # old"),
    ],
)
def test_a_line_that_no_build_writes_is_told(tmp_path: Path, line: bytes) -> None:
    (tmp_path / MASTER).write_bytes(LINE + line)
    with pytest.raises(StoreError, match=r"graph\.nq: .* build"):
        list(stream_documents(tmp_path))


def test_a_line_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    (tmp_path / MASTER).write_bytes(LINE.replace(b"<urn:c>", b"<urn:c"))
    with pytest.raises(StoreError, match=r"graph\.nq: .*; build it again"):
        list(stream_documents(tmp_path))


def test_a_folder_without_a_build_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"no graph\.nq in .*; make one with"):
        list(stream_documents(tmp_path))


def test_sources_are_read_when_they_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text(LETTER, encoding="utf-8")
    (tmp_path / "scan.pdf").write_bytes(b"%PDF-1.7 nothing")
    (tmp_path / "minutes.pdf").write_bytes(make_pdf(["Ann Marsh opened the meeting."]))
    with Sources(find_inputs([tmp_path])) as sources:
        assert sorted(sources) == ["letter.txt", "minutes.pdf", "scan.pdf"]
        assert len(sources) == 3
        read = {item.name: item for item in read_documents([tmp_path]) if isinstance(item, Document)}
        assert {name: sources.get(name) for name in sources} == {**read, "scan.pdf": None}
        assert sources.get("nowhere.txt") is None
        (tmp_path / "letter.txt").unlink()
        assert sources.get("letter.txt") is None


def test_a_document_of_which_the_graph_holds_nothing_is_told() -> None:
    report = verify_graphs([], {}, ["gone.txt"])
    assert [str(problem) for problem in report.problems] == [
        "gone.txt: the graph has nothing of the document; build it again"
        " <https://w3id.org/caregraph/id/document/gone.txt>"
    ]


def test_from_the_file_as_from_memory(tmp_path: Path) -> None:
    out = write_master(tmp_path, list(sample_quads()))
    assert verify_graphs(stream_documents(out), {}) == verify_dataset(sample_quads(), {})
