"""Publishing to real servers, and how to find where a server takes graphs."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, serialize

from graph.clusters import assemble_clusters
from graph.errors import PublishError
from graph.master import stream_master
from graph.matches import rewrite_matches
from graph.publish import Addresses, Credentials, Patience, Wishes, publish_graph
from graph.publish.contents import COUNTS_GRAPH
from graph.publish.sending import Connection
from graph.publish.servers import KINDS, derive_addresses, find_addresses, find_kind
from graph.publish.targets import choose_target, send_query
from graph.query import run_query
from graph.questions import Question, list_questions, write_question
from graph.search_index import open_index
from graph.store import open_store, write_store
from graph.terms import QUERY_PREFIXES
from graph.vocabulary import GRAPH
from graph.write import write_nquads
from tests.clustered_papers import paper_quads
from tests.publishing_rivals import SERVERS, by_update
from tests.publishing_server import THEIRS, make_quads
from tests.sample_graph import sample_quads

GIVEN = {
    "date": "2008",
    "place": "Torbay",
    "integer": "1",
    "sentences": "pool",
    "status": "asserted",
    "document": "review.txt",
    "rows": "0",
}
"""What questions are asked about."""

BODIES = (
    "Torbay Care Trust",
    "Lowmoor Joint Forum",
    "Department of Health",
    "Local Government Association",
    "Audit Commission",
)
"""The bodies that they are asked about."""

HURRIED = Patience(attempts=2, pause=0.1, seconds=120)
HARD_GRAPH = f"{GRAPH}document/hard"


@dataclass(frozen=True)
class Place:
    """A real server, where it answers queries, and who may write."""

    name: str
    address: str
    who: Credentials


@pytest.fixture(scope="module", params=list(SERVERS))
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    serve, who = SERVERS[request.param]
    with serve(tmp_path_factory.mktemp("server")) as address:
        yield Place(request.param, address, who)


@pytest.fixture(scope="module")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("build")
    papers = [*paper_quads(), *assemble_clusters(paper_quads())]
    write_nquads([*sample_quads(), *papers, *make_quads([("hard", 2)], ontology=0)], out / "graph.nq")
    write_store(out, out / "graph.nq")
    return out


@pytest.fixture(scope="module")
def published(place: Place, build: Path) -> Place:
    theirs = serialize([Quad(THEIRS, THEIRS, THEIRS).triple], format=RdfFormat.N_TRIPLES) or b""
    connection = Connection(place.who, HURRIED)
    addresses = find_addresses(Addresses(place.address), connection.ask_name, signed=bool(place.who))
    choose_target(connection, addresses).replace(THEIRS.value, [theirs])
    connection.close()
    report = publish_graph(
        build, place.address, credentials=place.who, patience=HURRIED, wishes=Wishes(check=True)
    )
    assert (report.failed, report.differing, report.shows_all) == ([], [], True)
    assert len(report.sent) == 12
    return place


def test_what_is_published_is_there_to_the_letter_and_not_sent_again(published: Place, build: Path) -> None:
    again = publish_graph(build, published.address, credentials=published.who, patience=HURRIED)
    assert (again.sent, again.dropped, len(again.unchanged)) == ([], [], 12)


def test_by_update_it_is_the_same(published: Place, build: Path, tmp_path: Path) -> None:
    """A document changes and another is gone; the graph with the hard texts goes by update, too."""
    quads = list(stream_master(build))
    graph_name = NamedNode(f"{GRAPH}document/plan.txt")
    changed = [quad for quad in quads if quad.graph_name != graph_name]
    changed.remove(next(quad for quad in changed if "june.txt" in str(quad.graph_name)))
    changed += make_quads([("hard", 3)], ontology=0)
    write_nquads(changed, tmp_path / "graph.nq")
    write_store(tmp_path, tmp_path / "graph.nq")
    to = by_update(published.address)
    wishes = Wishes(check=True)
    report = publish_graph(tmp_path, to, credentials=published.who, patience=HURRIED, wishes=wishes)
    assert (report.failed, report.differing) == ([], [])
    assert report.sent == [COUNTS_GRAPH, HARD_GRAPH, f"{GRAPH}document/minutes/june.txt"]
    assert report.dropped == [graph_name.value]
    assert ask(published, f"ASK {{ GRAPH {THEIRS} {{ ?s ?p ?o }} }}")["boolean"]
    assert not ask(published, f"ASK {{ GRAPH {graph_name} {{ ?s ?p ?o }} }}")["boolean"]
    back = publish_graph(build, to, credentials=published.who, patience=HURRIED, wishes=wishes)
    assert (back.failed, back.differing, len(back.sent)) == ([], [], 4)


@pytest.mark.parametrize("question", list_questions(), ids=lambda question: question.name)
def test_named_questions_give_the_same_rows(published: Place, build: Path, question: Question) -> None:
    store, index = open_store(build), open_index(build)
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in QUERY_PREFIXES.items())
    found = 0
    for given in list_givens(question):
        text, _ = write_question(store, question.name, given, index=index)
        expected = json.loads(run_query(store, text, index=index).payload)
        rewritten = rewrite_matches(text, index, base=None) if "matches" in text.lower() else None
        answer = ask(published, prologue + (rewritten.text if rewritten else text))
        assert count_rows(answer) == count_rows(expected)
        found += len(answer["results"]["bindings"])
    assert found


def list_givens(question: Question) -> Iterator[dict[str, str]]:
    """Yield what a question is asked about: all bodies, where that can be left open, and each of some."""
    given = {
        p.name: GIVEN[p.type]
        for p in question.parameters
        if p.type == "rows" or (p.default is None and p.type != "organisation")
    }
    bodies = [p for p in question.parameters if p.type == "organisation"]
    if all(p.default for p in bodies):
        yield given
    for number, _ in enumerate(BODIES if bodies else ()):
        names = (BODIES[number - place] for place in range(len(bodies)))
        yield given | {p.name: name for p, name in zip(bodies, names, strict=True)}


def count_rows(answer: dict[str, Any]) -> Counter[frozenset[tuple[str, str]]]:
    rows = answer["results"]["bindings"]
    return Counter(frozenset((name, cell["value"]) for name, cell in row.items()) for row in rows)


def ask(place: Place, text: str) -> dict[str, Any]:
    connection = Connection(Credentials(), HURRIED)
    try:
        answer = send_query(connection, place.address, text, "application/sparql-results+json")
        return dict(answer.json())
    finally:
        connection.close()


def test_a_wrong_password_is_told_in_one_line_without_it(place: Place, build: Path) -> None:
    if not place.who:
        pytest.skip("this server asks nobody who they are")
    with pytest.raises(PublishError, match=r"status 401 .*--user") as problem:
        publish_graph(build, place.address, credentials=Credentials("dba", "wrong-one"), patience=HURRIED)
    assert "wrong-one" not in str(problem.value)


@pytest.mark.parametrize(
    ("url", "said", "graph_store", "update"),
    [
        ("http://h:7878/query", "Oxigraph/0.5.13", "http://h:7878/store", "http://h:7878/update"),
        ("https://h/care/query", "Apache Jena Fuseki (5.1)", "https://h/care/data", "https://h/care/update"),
        (
            "https://h/care/sparql/",
            "Apache Jena Fuseki (5.1)",
            "https://h/care/data",
            "https://h/care/update",
        ),
        ("https://h/care", "Fuseki (4.2)", "https://h/care/data", "https://h/care/update"),
        ("http://h:8890/sparql", "Virtuoso/07.20", "http://h:8890/sparql-graph-crud", "http://h:8890/sparql"),
        (
            "http://h:7200/repositories/care",
            "",
            "http://h:7200/repositories/care/rdf-graphs/service",
            "http://h:7200/repositories/care/statements",
        ),
        (
            "http://h:9999/blazegraph/namespace/kb/sparql",
            "Jetty",
            "",
            "http://h:9999/blazegraph/namespace/kb/sparql",
        ),
        (
            "https://care.eu-west-2.neptune.amazonaws.com:8182/sparql",
            "",
            "https://care.eu-west-2.neptune.amazonaws.com:8182/sparql/gsp/",
            "https://care.eu-west-2.neptune.amazonaws.com:8182/sparql",
        ),
    ],
)
def test_the_addresses_of_well_known_servers(url: str, said: str, graph_store: str, update: str) -> None:
    found = find_addresses(Addresses(url), lambda _: said, signed=False)
    assert (found.query, found.graph_store, found.update) == (url, graph_store, update)
    assert found.atomic == said.startswith("Oxigraph")


def test_virtuoso_takes_passwords_elsewhere() -> None:
    kind = find_kind("http://h/sparql", "Virtuoso/07")
    assert kind in KINDS
    found = derive_addresses("http://h/sparql", kind, signed=True)
    assert (found.graph_store, found.update) == ("http://h/sparql-graph-crud-auth", "http://h/sparql-auth")


@pytest.mark.parametrize(
    ("given", "problem"),
    [
        (Addresses(), "name the server"),
        (Addresses(update="http://h/update"), "--endpoint"),
        (
            Addresses("http://h/unknown"),
            "nothing tells where this server .Some/1. takes graphs; .*--graph-store",
        ),
    ],
)
def test_an_address_that_cannot_be_found(given: Addresses, problem: str) -> None:
    with pytest.raises(PublishError, match=problem):
        find_addresses(given, lambda _: "Some/1", signed=False)


def test_what_is_given_is_taken_as_it_is() -> None:
    given = Addresses("http://h/a", "", "http://h/b")
    assert find_addresses(given, lambda _: pytest.fail("not to be asked"), signed=True) == given
