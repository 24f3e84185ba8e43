"""Clusters of a build, kept up to date: after any history what all documents give when clustered at once."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph.assemble import assemble_document
from graph.clusters import assemble_clusters
from graph.extract import load_resources
from graph.likeness.keys import LARGEST
from graph.pipeline import add_documents, build_graph, remove_documents
from graph.recluster import Clustering
from graph.records import Document, Entity, Extraction, Link
from graph.register import load_register
from graph.store import open_store
from graph.vocabulary import CLUSTERS_GRAPH
from graph.write import sort_quads
from tests.build_histories import make_quick
from tests.name_pairs import read_pairs

NAMES = [name for pair in read_pairs()[::3] for name in (pair.one, pair.other)]


def write_paper(name: str, names: Iterable[str]) -> list[Quad]:
    link = Link(reason="no body of the register has this name")
    entities = tuple(
        Entity(f"e{number}", "named", "Organisation", called, (called, *others), link)
        for number, (called, *others) in enumerate(each.split("|") for each in names)
    )
    return assemble_document(Extraction(Document(name, "", "0" * 64), (), (), entities, ()), load_register())


def write_lines(papers: Iterable[Sequence[Quad]]) -> list[bytes]:
    return sort_quads(assemble_clusters(quad for paper in papers for quad in paper)).splitlines(keepends=True)


class History:
    """A build whose papers come and go."""

    def __init__(self) -> None:
        self.connection = sqlite3.connect(":memory:")
        self.papers: dict[str, list[Quad]] = {}
        self.lines: set[bytes] = set(Clustering(self.connection, anew=True).list_lines())

    def change(self, changes: dict[str, list[str]]) -> None:
        """Replace papers by others; one without names goes."""
        clustering = Clustering(self.connection, anew=False)
        for name in changes:
            if name in self.papers:
                clustering.count_source(self.papers.pop(name), -1)
        for name, names in changes.items():
            if names:
                self.papers[name] = write_paper(name, names)
                clustering.count_source(self.papers[name], 1)
        gone, new = clustering.list_changes()
        assert set(gone) <= self.lines
        assert not set(new) & self.lines
        self.lines = (self.lines - set(gone)) | set(new)

    def check(self) -> None:
        assert sorted(self.lines) == write_lines(self.papers.values())


@pytest.mark.parametrize("seed", range(4))
def test_after_any_history_clusters_are_those_of_the_documents_that_are_there(seed: int) -> None:
    draw = random.Random(seed)
    history = History()
    some = draw.sample(NAMES, 60)
    for _ in range(7):
        papers = draw.sample([f"{number}.txt" for number in range(5)], draw.randint(1, 3))
        history.change({paper: draw.sample(some, draw.choice((0, 6, 20))) for paper in papers})
        history.check()


def test_a_body_that_joins_two_clusters_and_goes_again_leaves_them_as_they_were() -> None:
    history = History()
    history.change(
        {"1": ["Lowmoor Carers Centre Ltd", "Lowmoor Carers Centre NHS"], "2": ["Lowmoor Hospice"]}
    )
    before = history.lines
    history.check()
    history.change({"3": ["Lowmoor Carers Centre", "The Lowmoor Hospice Ltd"]})
    history.check()
    assert history.lines != before
    history.change({"3": []})
    history.check()
    assert history.lines == before


def test_a_block_that_is_too_large_is_linked_as_a_whole() -> None:
    history = History()
    many = [f"Lowmoor {a}{b}zzen Carers" for a in "bcdfghjk" for b in "bcdfghjklm"]
    history.change({"many": many})
    history.check()
    assert len(many) > LARGEST
    history.change({"one": ["Lowmoor bbzzen Carers Ltd", "Lowmoor ddzzen Carers NHS"]})
    history.check()
    assert history.lines
    history.change({"many": many[:5]})
    history.check()


@pytest.fixture
def quick(tmp_path: Path) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        (tmp_path / "register").mkdir()
        make_quick(patch, tmp_path / "register")
        yield
    load_resources.cache_clear()  # what was loaded is of the small register


@pytest.mark.usefixtures("quick")
def test_a_build_keeps_its_clusters_up_to_date(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.mkdir()
    for number, name in enumerate(("and Ashdale Community NHS Trust", "& Ashdale Community Trust")):
        (notes / f"{number}.txt").write_text(f"The Lowmoor {name} works closely with Torbay Council.\n")
    build_graph([notes / "0.txt"], tmp_path / "grown")
    assert read_clusters(tmp_path / "grown") == []
    add_documents(tmp_path / "grown", [notes / "1.txt"])
    build_graph([notes / "0.txt", notes / "1.txt"], tmp_path / "whole")
    assert len(read_clusters(tmp_path / "whole")) == 9
    assert read_clusters(tmp_path / "grown") == read_clusters(tmp_path / "whole")
    clusters = NamedNode(CLUSTERS_GRAPH)
    assert len(list(open_store(tmp_path / "grown").quads_for_pattern(None, None, None, clusters))) == 9
    remove_documents(tmp_path / "grown", ["1.txt"])
    assert read_clusters(tmp_path / "grown") == []
    assert not open_store(tmp_path / "grown").contains_named_graph(clusters)


def read_clusters(out: Path) -> list[bytes]:
    lines = (out / "graph.nq").read_bytes().splitlines(keepends=True)
    return [line for line in lines if line.endswith(f"<{CLUSTERS_GRAPH}> .\n".encode())]


def test_what_names_nobody_anew_compares_nothing() -> None:
    connection = sqlite3.connect(":memory:")
    Clustering(connection, anew=True)
    clustering = Clustering(connection, anew=False)
    clustering.count_source(write_paper("1", []), 1)
    assert clustering.list_changes() == ([], [])
