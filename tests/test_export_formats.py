"""Exports as a whole: each format is the same each time, and is there whole or not at all."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from graph.errors import StoreError
from graph.export import FORMATS, choose_format, export_graph, write_export
from graph.write import write_nquads
from tests.export_sample import export_quads, write_sample


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built graph."""
    return write_sample(tmp_path_factory.mktemp("built"))


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_graph_gives_the_same_bytes_whole(name: str, out: Path, tmp_path: Path) -> None:
    known = FORMATS[name]
    first, second = tmp_path / f"a{known.ending}", io.BytesIO()
    export_graph(out, name, first)
    (tmp_path / "other").mkdir()
    write_nquads(reversed(export_quads()), tmp_path / "other" / "graph.nq")
    write_export(tmp_path / "other", name, second)
    assert first.read_bytes() == second.getvalue()
    assert len(second.getvalue()) > 1000
    assert {path.name for path in tmp_path.iterdir()} == {first.name, "other"}
    if known.folder:
        with zipfile.ZipFile(first) as packed:
            assert packed.testzip() is None
            assert {entry.date_time for entry in packed.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", FORMATS)
def test_an_rdf_file_is_exported_as_its_build_is(name: str, out: Path, tmp_path: Path) -> None:
    other = tmp_path / "shuffled.trig"
    serialize(export_quads(), other, RdfFormat.TRIG)
    exports = [io.BytesIO(), io.BytesIO()]
    write_export(out, name, exports[0])
    write_export(other, name, exports[1])
    assert exports[0].getvalue() == exports[1].getvalue()


@pytest.mark.parametrize("name", FORMATS)
def test_a_failure_leaves_what_was_there(name: str, out: Path, tmp_path: Path) -> None:
    target = tmp_path / f"kept{FORMATS[name].ending}"
    target.write_bytes(b"before")
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    lines = (out / "graph.nq").read_bytes().splitlines(keepends=True)
    (damaged / "graph.nq").write_bytes(b"".join([*lines[:2000], b"<https://w3id.org/x> nonsense .\n"]))
    with pytest.raises(StoreError, match="damaged"):
        export_graph(damaged, name, target)
    assert target.read_bytes() == b"before"
    assert {path.name for path in tmp_path.iterdir()} == {target.name, "damaged"}


def test_what_cannot_be_exported_says_why(out: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="'xls'; choose one of nq, trig, ttl"):
        export_graph(out, "xls", tmp_path / "graph.xls")
    with pytest.raises(StoreError, match=r"use one of \.nq, \.trig, \.ttl"):
        choose_format(tmp_path / "graph.xls")
    with pytest.raises(StoreError, match=r"no graph\.nq in .*; make one with"):
        export_graph(tmp_path, "nq", tmp_path / "graph.nq")
    with pytest.raises(StoreError, match=r"missing.* cannot be written"):
        export_graph(out, "nq", tmp_path / "missing" / "graph.nq")


@pytest.mark.parametrize(("name", "form"), [("a.nq", "nq"), ("a.TTL", "ttl"), ("b.trig", "trig")])
def test_the_ending_says_the_format(name: str, form: str) -> None:
    assert choose_format(Path(name)) == form


def test_every_format_has_a_name_a_line_and_an_ending() -> None:
    assert list(FORMATS) == [known.name for known in FORMATS.values()]
    assert all(len(known.about) < 80 and known.ending.startswith(".") for known in FORMATS.values())


@pytest.mark.parametrize("name", [name for name, known in FORMATS.items() if known.folder])
def test_a_folder_holds_what_its_zip_file_holds(name: str, out: Path, tmp_path: Path) -> None:
    target = tmp_path / "folder"
    for _ in range(2):  # the second time it takes the place of the first
        export_graph(out, name, target)
    export_graph(out, name, tmp_path / "packed.zip")
    with zipfile.ZipFile(tmp_path / "packed.zip") as packed:
        assert {path.name: path.read_bytes() for path in target.iterdir()} == {
            entry: packed.read(entry) for entry in packed.namelist()
        }
    assert {path.name for path in tmp_path.iterdir()} == {"folder", "packed.zip"}
