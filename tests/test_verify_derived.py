"""What a build adds to its documents is derived again, and compared line by line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad

from graph.assemble_register import assemble_ontology, assemble_register
from graph.clusters import assemble_clusters
from graph.infer import infer_statements
from graph.master import MASTER
from graph.register import load_register
from graph.verify import Problem
from graph.verify_derived import watch_derived
from graph.verify_files import stream_documents
from graph.vocabulary import CG, GRAPH, INFERRED_GRAPH
from graph.write import sort_quads
from tests.sample_documents import sample_quads

NOBODY = NamedNode("urn:nobody")


@pytest.fixture(scope="module")
def quads() -> list[Quad]:
    """Return all that a build of two documents states, with the whole register."""
    said = [quad for quad in sample_quads() if f"{GRAPH}document/" in str(quad.graph_name)]
    stated = [*said, *assemble_ontology(), *assemble_register(load_register())]
    return [*stated, *infer_statements(stated), *assemble_clusters(said)]


def check(folder: Path, quads: list[Quad]) -> list[Problem]:
    (folder / MASTER).write_bytes(sort_quads(quads))
    with watch_derived() as derived:
        for _ in derived.watch(stream_documents(folder)):
            pass
        return list(derived.compare(folder))


def test_what_a_build_derives_holds(tmp_path: Path, quads: list[Quad]) -> None:
    assert check(tmp_path, quads) == []


@pytest.mark.parametrize("home", [INFERRED_GRAPH, f"{GRAPH}register", "urn:elsewhere"])
def test_what_nothing_supports_is_named(tmp_path: Path, quads: list[Quad], home: str) -> None:
    added = Quad(NOBODY, NamedNode(CG + "worksWith"), NOBODY, NamedNode(home))
    (problem,) = check(tmp_path, [*quads, added])
    assert (problem.document, problem.node) == (home.removeprefix(GRAPH), "urn:nobody")
    assert problem.message.startswith("nothing that the documents say supports: <")
    assert problem.message.endswith("worksWith> <urn:nobody>")


def test_what_should_follow_is_named(tmp_path: Path, quads: list[Quad]) -> None:
    lost = next(quad for quad in quads if quad.graph_name == NamedNode(INFERRED_GRAPH))
    (problem,) = check(tmp_path, [quad for quad in quads if quad != lost])
    assert problem.document == "inferred"
    assert problem.message.startswith("it follows, but is not there: ")


def test_a_document_that_goes_takes_what_followed_with_it(tmp_path: Path, quads: list[Quad]) -> None:
    left = [quad for quad in quads if "letter.txt" not in str(quad.graph_name)]
    assert check(tmp_path, left)


def test_very_many_lines_are_counted(tmp_path: Path, quads: list[Quad]) -> None:
    lost = {quad for quad in quads if quad.graph_name == NamedNode(INFERRED_GRAPH)}
    problems = check(tmp_path, [quad for quad in quads if quad not in lost])
    assert len(problems) == 101
    assert problems[-1].message == f"{len(lost) - 100} further lines of what follows are wrong"
