"""What verification reads: the graph of each document whole, wherever its lines stand, and its source."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from graph.commit import READY, place_files
from graph.errors import StoreError
from graph.manifest import MANIFEST, list_inputs
from graph.master import MASTER, stream_master
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


@pytest.mark.parametrize("read", [stream_documents, stream_master])
def test_a_file_that_takes_its_place_meanwhile_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, read: Callable[[Path], Iterator[object]]
) -> None:
    """A writer moves it between the moment at which it is found and that at which it is opened."""
    (tmp_path / READY).mkdir()
    write_master(tmp_path / READY, list(sample_quads()))
    exists = Path.exists

    def find(path: Path) -> bool:
        found = exists(path)
        if path.parent == tmp_path / READY:
            place_files(tmp_path)
        return found

    monkeypatch.setattr(Path, "exists", find)
    assert len(list(read(tmp_path))) >= 2


@pytest.mark.parametrize("place", ["name", "path", "folder"])
@pytest.mark.parametrize("value", [5, [1], {"a": 1}, "a\0b"])
def test_a_manifest_that_no_build_writes_is_told(tmp_path: Path, place: str, value: object) -> None:
    item = {"name": "a.txt", "path": "../a.txt", "folder": "..", place: value}
    (tmp_path / MANIFEST).write_text(json.dumps({"inputs": [item]}), encoding="utf-8")
    with pytest.raises(StoreError, match=r"manifest\.json: cannot be read; build the graph again"):
        list_inputs(tmp_path)


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
