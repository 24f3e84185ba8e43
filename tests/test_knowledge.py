"""The Python API on a store on disk, as a notebook would use it."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.draw import render_page
from graph.errors import StoreError
from graph.knowledge import KnowledgeGraph
from graph.store import write_store
from graph.vocabulary import CG
from tests.sample_graph import sample_quads


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    out = tmp_path_factory.mktemp("out")
    write_store(out, sample_quads())
    return KnowledgeGraph.open(str(out))


def test_answers_queries_and_questions(knowledge: KnowledgeGraph) -> None:
    (row,) = knowledge.query("SELECT (COUNT(*) AS ?n) { ?claim a cg:Claim }")
    assert row.n == 24
    partners = knowledge.ask("partners", body="Torbay Care Trust")
    assert {row.partner for row in partners} == {"Torbay Council"}
    assert partners.rows[0].sentence == "Torbay Care Trust shares one budget with Torbay Council."
    assert len(knowledge.ask("most-connected", least=4)) == 2


def test_lists_questions_and_describes_bodies(knowledge: KnowledgeGraph) -> None:
    assert "partners" in [question.name for question in knowledge.questions()]
    assert knowledge.body("TAL").name == "Torbay Care Trust"


def test_a_statement_of_two_documents_counts_once(knowledge: KnowledgeGraph) -> None:
    stated = "SELECT (COUNT(*) AS ?n) {{ {} }}"
    pattern = "?a cg:worksWith ?b . FILTER(STR(?a) < STR(?b)) FILTER(CONTAINS(STR(?a), 'ct-TAL'))"
    assert [row.n for row in knowledge.query(stated.format(pattern))] == [1]
    graphs = knowledge.query(
        stated.format("GRAPH ?g { ?a cg:worksWith ?b } FILTER(CONTAINS(STR(?a), 'ct-TAL'))")
    )
    assert [row.n for row in graphs] == [2], "each in the graph of its document"


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own call
def test_is_an_rdflib_dataset(knowledge: KnowledgeGraph) -> None:
    rows = knowledge.dataset().query(f"SELECT ?claim {{ ?claim a <{CG}Claim> }}")
    assert len(list(rows)) == 24


def test_is_a_network(knowledge: KnowledgeGraph) -> None:
    network = knowledge.network()
    labels = {attributes["label"] for _, attributes in network.nodes(data=True)}
    assert {"Torbay Care Trust", "primary care trusts"} <= labels
    types = {attributes["label"]: attributes["type"] for _, attributes in network.nodes(data=True)}
    assert types["Lowmoor Joint Forum"] == "Partnership"


def test_is_drawn_and_shown(knowledge: KnowledgeGraph) -> None:
    labels = {node["label"] for node in knowledge.draw().nodes}
    assert {"Torbay Care Trust", "primary care trusts"} <= labels
    assert knowledge.show(title="Ours").page == render_page(knowledge.draw(), title="Ours")


def test_says_what_to_do_when_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="caregraph build"):
        KnowledgeGraph.open(tmp_path)
