"""The store: one behaviour in memory and on disk, whole generations, one writer, crashes survived."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Store, serialize

from graph import store as store_module
from graph.errors import StoreError
from graph.hand_over import open_dataset
from graph.replace import remove_graph, replace_graph
from graph.store import change_store, load_store, open_store, read_quads, write_store

LABEL = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
ROOT = Path(__file__).parents[1]


def make_quads(name_of_graph: str, *names: str) -> list[Quad]:
    return [
        Quad(NamedNode(f"urn:body:{name}"), LABEL, Literal(name), NamedNode(f"urn:{name_of_graph}"))
        for name in names
    ]


BOTH = make_quads("one", "Kent", "Essex") + make_quads("two", "Kent", "Surrey")


def names_in(store: Store, inside: str | None = None) -> list[str]:
    where = f"GRAPH <urn:{inside}> {{ ?s ?p ?o }}" if inside else "?s ?p ?o"
    rows = store.query(f"SELECT ?o {{ {where} }} ORDER BY ?o")
    return [row["o"].value for row in rows]  # type: ignore[union-attr]


Change = Callable[[Callable[[Store], None]], Store]


@pytest.fixture(params=["memory", "disk"])
def changed(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Change]:
    """A function that applies a change to a store of BOTH and gives the store that readers then see."""
    if request.param == "memory":
        memory = load_store(BOTH)

        def change_memory(change: Callable[[Store], None]) -> Store:
            change(memory)
            return memory

        yield change_memory
        return
    write_store(tmp_path, BOTH)

    def change_disk(change: Callable[[Store], None]) -> Store:
        change_store(tmp_path, change)
        return open_store(tmp_path)

    yield change_disk


class TestBehaviour:
    def test_holds_what_was_written(self, changed: Change) -> None:
        store = changed(lambda store: None)
        assert len(list(read_quads(store))) == 4
        assert names_in(store) == ["Essex", "Kent", "Surrey"]
        assert names_in(store, "two") == ["Kent", "Surrey"]

    def test_replaces_a_graph_and_leaves_the_others(self, changed: Change) -> None:
        store = changed(lambda store: replace_graph(store, "urn:one", make_quads("elsewhere", "Devon")))
        assert names_in(store, "one") == ["Devon"]
        assert names_in(store, "two") == ["Kent", "Surrey"]
        assert names_in(store, "elsewhere") == []

    def test_adds_a_graph(self, changed: Change) -> None:
        store = changed(lambda store: replace_graph(store, "urn:three", make_quads("three", "Devon")))
        assert names_in(store) == ["Devon", "Essex", "Kent", "Surrey"]

    def test_retracts_a_graph_whole(self, changed: Change) -> None:
        store = changed(lambda store: remove_graph(store, "urn:one"))
        assert names_in(store) == ["Kent", "Surrey"], "the other graph says Kent too"
        assert not store.contains_named_graph(NamedNode("urn:one"))

    def test_says_when_there_is_nothing_to_retract(self, changed: Change) -> None:
        with pytest.raises(StoreError, match="no graph urn:three"):
            changed(lambda store: remove_graph(store, "urn:three"))

    @pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own call
    def test_is_an_rdflib_dataset_too(self, changed: Change) -> None:
        dataset = open_dataset(changed(lambda store: None))
        rows = dataset.query("SELECT ?o WHERE { ?s ?p ?o } ORDER BY ?o")
        assert [str(row[0]) for row in rows] == ["Essex", "Kent", "Surrey"]  # type: ignore[index]
        assert len(list(dataset.triples((None, None, None)))) == 3


class TestMasterCopy:
    def write_master(self, folder: Path) -> None:
        (folder / "graph.nq").write_bytes(serialize(BOTH, format=RdfFormat.N_QUADS) or b"")

    def test_makes_a_missing_store_from_it(self, tmp_path: Path) -> None:
        self.write_master(tmp_path)
        assert len(list(read_quads(open_store(tmp_path)))) == 4
        assert (tmp_path / "store" / "current").is_file()

    @pytest.mark.parametrize("name", ["CURRENT", "MANIFEST-*"])
    def test_makes_a_broken_store_again(self, tmp_path: Path, name: str) -> None:
        self.write_master(tmp_path)
        generation = write_store(tmp_path, make_quads("old", "Rutland"))
        for path in generation.glob(name):
            path.write_bytes(b"of another version")
        assert names_in(open_store(tmp_path)) == ["Essex", "Kent", "Surrey"]
        assert not generation.exists(), "it would take room until the next build"

    def test_follows_no_pointer_out_of_the_store(self, tmp_path: Path) -> None:
        self.write_master(tmp_path)
        write_store(tmp_path, make_quads("old", "Rutland"))
        (tmp_path / "store" / "current").write_text("../../elsewhere\n")
        assert len(list(read_quads(open_store(tmp_path)))) == 4

    def test_reads_it_into_memory_where_the_folder_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.write_master(tmp_path)

        def refuse(*_: object) -> None:
            raise PermissionError("read-only file system")

        monkeypatch.setattr(store_module, "write_store", refuse)
        assert len(list(read_quads(open_store(tmp_path)))) == 4

    def test_opens_the_file_itself(self, tmp_path: Path) -> None:
        self.write_master(tmp_path)
        assert len(list(read_quads(open_store(tmp_path / "graph.nq")))) == 4
        assert not (tmp_path / "store").exists()


class TestRefusals:
    def test_names_the_command_when_nothing_was_built(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="caregraph build"):
            open_store(tmp_path)

    def test_names_the_command_when_a_store_without_master_is_broken(self, tmp_path: Path) -> None:
        shutil.rmtree(write_store(tmp_path, BOTH))
        with pytest.raises(StoreError, match="cannot be read"):
            open_store(tmp_path)

    @pytest.mark.parametrize(
        ("name", "text", "reason"),
        [("graph.nq", "<urn:a> <urn:b>\n", "graph.nq"), ("graph.docx", "", "not an RDF file")],
    )
    def test_says_which_file_is_wrong(self, tmp_path: Path, name: str, text: str, reason: str) -> None:
        (tmp_path / name).write_text(text)
        with pytest.raises(StoreError, match=reason):
            load_store(tmp_path / name)
