"""The Python API on a store on disk, as a notebook would use it."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, serialize

from graph.draw import render_page
from graph.errors import StoreError
from graph.knowledge import KnowledgeGraph
from graph.store import load_store, write_store
from graph.vocabulary import CG
from tests.sample_graph import sample_quads


@pytest.fixture(scope="module")
def knowledge(tmp_path_factory: pytest.TempPathFactory) -> KnowledgeGraph:
    out = tmp_path_factory.mktemp("out")
    write_store(out, sample_quads())
    serialize(sample_quads(), str(out / "graph.nq"), RdfFormat.N_QUADS)
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


def test_lists_what_is_in_it(knowledge: KnowledgeGraph) -> None:
    bodies = knowledge.bodies()
    assert [body.name for body in bodies[:3]] == [
        "Lowmoor Joint Forum",
        "Torbay Care Trust",
        "primary care trusts",
    ]
    assert (bodies[0].kind, bodies[0].register, bodies[0].claims) == ("named", "", 7)
    assert (bodies[2].kind, bodies[2].type, bodies[2].claims) == ("collective", "primary care trust", 6)
    assert len(bodies) == len({body.iri for body in bodies}) > 2000
    torbay = next(body for body in bodies if body.name == "Torbay Care Trust")
    assert (torbay.register, torbay.valid_from, torbay.claims) == ("ct-TAL", "2005-12-01", 7)
    assert [(entry.title, entry.date, entry.claims) for entry in knowledge.documents()] == [
        ("A review of joint working", "2007-05", 8),
        ("Minutes of the June meeting", "2008-06-11", 12),
        ("A plan for next year", "2009", 4),
    ]
    assert repr(knowledge) == (
        "<KnowledgeGraph: 3 documents, 24 claims (21 asserted, 2 proposed, 1 negated), 12 bodies named>"
    )


def test_lists_are_frames(knowledge: KnowledgeGraph) -> None:
    pytest.importorskip("pandas")
    pl = pytest.importorskip("polars")
    frame = knowledge.bodies().to_polars()
    torbay = frame.filter(pl.col("name") == "Torbay Care Trust").row(0, named=True)
    assert (torbay["first_day"], torbay["last_day"]) == (dt.date(2005, 12, 1), dt.date(2013, 3, 31))
    assert knowledge.documents().to_pandas()["date"].tolist() == ["2007-05", "2008-06-11", "2009"]
    assert knowledge.questions().to_pandas()["name"].is_monotonic_increasing


def test_questions_tell_how_they_are_asked(knowledge: KnowledgeGraph) -> None:
    assert 'ask("partners", body=...[, limit=...])' in {
        cells[2] for cells in map(knowledge.questions().write_cells, knowledge.questions())
    }
    assert "<code>ask(&#34;as-of&#34;, body=..., date=..." in knowledge.questions()._repr_html_()


def test_as_of_a_day_all_look_at_the_same_documents(knowledge: KnowledgeGraph) -> None:
    past = knowledge.as_of("2007")
    assert len(past.claims()) == 8
    assert past.query("SELECT (COUNT(*) AS ?n) { ?claim a cg:Claim }").rows[0].n == 8
    assert sum(len(data["sentences"]) for _, _, data in past.network().edges(data=True)) == 8
    assert [entry.title for entry in past.documents()] == ["A review of joint working"]
    assert {row.partner for row in past.ask("partners", body="TAL")} == {"Torbay Council"}
    assert repr(past).startswith(
        "<KnowledgeGraph as of 2007: 1 document, 8 claims (7 asserted, 0 proposed, 1 negated)"
    )


def test_as_of_a_day_lists_who_may_have_existed(knowledge: KnowledgeGraph) -> None:
    found = {body.name: (body.existed, body.reason, body.claims) for body in knowledge.as_of("2007").bodies()}
    assert found["Torbay Care Trust"] == ("perhaps", "dates not verified", 3)
    assert found["primary care trusts"] == ("perhaps", "not in the register", 2)
    assert "Torbay Primary Care Trust" not in found
    assert "NHS South Devon and Torbay Clinical Commissioning Group" not in found
    assert "Lowmoor Joint Forum" not in found, "no document had named it"
    assert knowledge.as_of("2009").bodies()[0].claims == 7


def test_as_of_narrows_and_never_widens(knowledge: KnowledgeGraph) -> None:
    past = knowledge.as_of("2008")
    assert len(past.claims(until="2009")) == len(past.claims()) == 20
    assert len(past.claims(until="2007")) == len(past.as_of("2007").claims()) == 8
    assert len(past.as_of("2010").claims()) == 20


def test_statistics_are_those_of_the_build(knowledge: KnowledgeGraph) -> None:
    assert knowledge.statistics().claims == 24
    assert knowledge.as_of("2007").statistics().claims == 8


def test_exports_of_all_time_and_as_of_a_day(knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    written = knowledge.export(tmp_path / "graph.ttl")
    assert written.read_text(encoding="utf-8").count("Few primary care trusts pool any money") == 1
    past = knowledge.as_of("2006").export(str(tmp_path / "past.ttl"), "ttl12")
    assert "Few primary care trusts pool any money" not in past.read_text(encoding="utf-8")


def test_a_graph_in_memory_can_be_searched_and_exported(tmp_path: Path) -> None:
    in_memory = KnowledgeGraph(load_store(sample_quads()))
    assert in_memory.search("pool money").total == 2
    written = in_memory.export(tmp_path / "graph.nq")
    assert len(KnowledgeGraph.open(written).claims()) == 24


def test_says_which_endings_can_be_exported(knowledge: KnowledgeGraph, tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="the ending says no format"):
        knowledge.export(tmp_path / "graph.xyz")
    assert list(tmp_path.iterdir()) == []


def test_is_drawn_and_shown(knowledge: KnowledgeGraph) -> None:
    labels = {node["label"] for node in knowledge.draw().nodes}
    assert {"Torbay Care Trust", "primary care trusts"} <= labels
    assert knowledge.show(title="Ours").page == render_page(knowledge.draw(), title="Ours")


def test_says_what_to_do_when_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="caregraph build"):
        KnowledgeGraph.open(tmp_path)
