"""The file of the search index: beside its store, made again, read by many, never half a file."""

from __future__ import annotations

import shutil
import signal
import sqlite3
import subprocess
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from graph.errors import StoreError
from graph.generations import find_generation, name_index
from graph.replace import remove_graph
from graph.search_index import needs_index, open_index
from graph.store import change_store, write_store
from graph.vocabulary import GRAPH
from tests.sample_graph import sample_quads

ROOT = Path(__file__).parents[1]
PAPERS = [quad for quad in sample_quads() if str(quad.graph_name).startswith(f"<{GRAPH}document/")]
RETRACTED = f"{GRAPH}document/plan.txt"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store and its index, which no test may change."""
    out = tmp_path_factory.mktemp("built")
    write_store(out, PAPERS)
    return out


class TestFile:
    def test_lies_beside_its_store_and_goes_with_it(self, tmp_path: Path) -> None:
        first = write_store(tmp_path, PAPERS)
        assert name_index(first).is_file()
        second = change_store(tmp_path, lambda store: remove_graph(store, RETRACTED))
        index = open_index(tmp_path)
        assert index.search_sentences("pool").total == 2, "one sentence was retracted"
        third = write_store(tmp_path, PAPERS)
        assert not name_index(first).exists() or first.exists()
        assert name_index(third).is_file()
        assert not list((tmp_path / "store").glob("*.new"))
        assert second.exists(), "the index still reads it"
        del index
        fourth = write_store(tmp_path, PAPERS)
        assert sorted((tmp_path / "store").glob("generation-??????")) == [fourth]

    def test_has_the_same_bytes_for_the_same_graph(self, built: Path, tmp_path: Path) -> None:
        again = write_store(tmp_path, reversed(PAPERS))
        generation = find_generation(built / "store")
        assert generation
        assert name_index(again).read_bytes() == name_index(generation).read_bytes()

    @pytest.mark.parametrize("harm", ["gone", "cut", "other", "empty", "no text"])
    def test_is_made_again_from_the_store(self, built: Path, tmp_path: Path, harm: str) -> None:
        out = tmp_path / "out"
        shutil.copytree(built, out)
        generation = find_generation(out / "store")
        assert generation
        path = name_index(generation)
        content = path.read_bytes()
        spoilt = {"cut": content[:5000], "other": b"of another program", "empty": b""}
        spoilt["no text"] = content.replace(b"CREATE TABLE statistics", b"CREATE \xb2ABLE statistics")
        assert content != spoilt["no text"]
        path.unlink() if harm == "gone" else path.write_bytes(spoilt[harm])
        assert open_index(out).search_sentences("pool").total == 3
        assert path.read_bytes() == content

    def test_is_made_in_memory_where_the_folder_cannot_be_written(
        self, built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        out = tmp_path / "out"
        shutil.copytree(built, out)
        generation = find_generation(out / "store")
        assert generation
        name_index(generation).unlink()

        def refuse(*_: object) -> None:
            raise StoreError("read-only file system")

        monkeypatch.setattr("graph.search.write.write_index", refuse)
        assert open_index(out).search_sentences("pool").total == 3
        assert not name_index(generation).exists()

    def test_is_made_in_memory_for_an_rdf_file(self, tmp_path: Path) -> None:
        (tmp_path / "graph.nq").write_bytes(serialize(PAPERS, format=RdfFormat.N_QUADS) or b"")
        assert open_index(tmp_path / "graph.nq").search_sentences("pool").total == 3
        assert sorted(path.name for path in tmp_path.iterdir()) == ["graph.nq"]

    def test_says_when_nothing_was_built(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="caregraph build"):
            open_index(tmp_path).search_names("torbay")

    def test_a_writer_killed_before_it_published_leaves_the_last_good_one(self, tmp_path: Path) -> None:
        write_store(tmp_path, PAPERS)
        script = textwrap.dedent(f"""
            import os, signal
            from pathlib import Path
            from graph import generations, store

            generations._publish = lambda *_: os.kill(os.getpid(), signal.SIGKILL)
            store.write_store(Path({str(tmp_path)!r}), [])
        """)
        done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, check=False)
        assert done.returncode == -signal.SIGKILL
        assert len(list((tmp_path / "store").glob("*.search"))) == 2, "that of the dead writer is left"
        assert open_index(tmp_path).search_sentences("pool").total == 3
        write_store(tmp_path, PAPERS)
        left = {path.stem for path in (tmp_path / "store").glob("*.search")}
        assert left == {path.name for path in (tmp_path / "store").iterdir() if path.is_dir()}

    def test_a_full_disk_is_told_and_leaves_nothing(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_store(tmp_path, PAPERS)

        def refuse(*_: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        monkeypatch.setattr("graph.search.write.fill_index", refuse)
        with pytest.raises(StoreError, match="disk is full; free some space"):
            write_store(tmp_path, [])
        assert not list((tmp_path / "store").glob("*.new"))
        assert open_index(tmp_path).search_sentences("pool").total == 3

    def test_many_threads_read_at_once(self, built: Path) -> None:
        index = open_index(built)
        with ThreadPoolExecutor(8) as pool:
            found = list(pool.map(lambda _: index.search_sentences("pool"), range(64)))
        assert len(set(found)) == 1
        assert found[0].total == 3

    def test_a_reader_keeps_its_index_when_a_new_build_comes(self, tmp_path: Path) -> None:
        write_store(tmp_path, PAPERS)
        before = open_index(tmp_path)
        write_store(tmp_path, [])
        assert before.search_sentences("pool").total == 3
        assert open_index(tmp_path).search_sentences("pool").total == 0


def test_tells_whether_an_index_has_to_be_made(tmp_path: Path) -> None:
    assert not needs_index(tmp_path)  # nothing to index
    write_store(tmp_path, PAPERS)
    assert not needs_index(tmp_path)
    (index,) = (tmp_path / "store").glob("*.search")
    index.unlink()
    assert needs_index(tmp_path)
