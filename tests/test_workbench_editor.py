"""The query editor's side of the server: completions, names, examples, what is shipped."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from starlette.testclient import TestClient

from graph.query import QUERY_PREFIXES, run_query
from graph.questions import Question, list_questions
from graph.serve import make_app
from graph.vocabulary import ID
from graph.workbench.completions import read_terms
from graph.workbench.examples import list_examples, read_form
from graph.workbench.rendering import STATIC
from tests.sample_graph import sample_store

SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
TORBAY = f"<{ID}organisation/ct-TAL>"


@pytest.fixture(scope="module")
def client(editor_folder: Path) -> Iterator[TestClient]:
    with TestClient(make_app(editor_folder), base_url="http://localhost") as opened:
        yield opened


@pytest.mark.parametrize(
    ("kind", "typed", "offered", "why"),
    [
        ("property", "poolsB", "cg:poolsBudgetWith", "local name, as it begins"),
        ("property", "budget", "cg:poolsBudgetWith", "a later part of the local name"),
        ("property", "pooled", "cg:poolsBudgetWith", "a word that the label has in another form"),
        ("property", "pools a b", "cg:poolsBudgetWith", "the label as it begins"),
        ("property", "cg:pool", "cg:poolsBudgetWith", "with the prefix"),
        ("property", "financing", "cg:poolsBudgetWith", "a word of the definition"),
        ("property", "prefl", "skos:prefLabel", "another vocabulary"),
        ("property", "was derived", "prov:wasDerivedFrom", "a name of another vocabulary, in words"),
        ("property", "oa:", "oa:exact", "all that the graph uses of a vocabulary"),
        ("class", "care trust", "cg:CareTrust", "two words of a label"),
        ("class", "caret", "cg:CareTrust", "a class, small letters"),
        ("term", "assert", "cg:Asserted", "a value"),
        ("any", "torb", TORBAY, "a name beside terms"),
        ("name", "Torbay C", TORBAY, "a name with a space"),
        ("name", "care tr", TORBAY, "a later word of a name"),
        ("name", "TAL", TORBAY, "a code"),
        ("name", "cgi:torb", TORBAY, "after the prefix of nodes"),
        ("name", "ada", f"<{ID}person/ada-rowe>", "a person"),
        ("name", "minutes of", f"<{ID}document/minutes/june.txt>", "a document by its title"),
        ("prefix", "", "cg: <https://w3id.org/caregraph/ontology#>", "all prefixes"),
        ("prefix", "fo", "foaf: <http://xmlns.com/foaf/0.1/>", "a prefix as it begins"),
        ("prefix", "foaf:", "foaf: <http://xmlns.com/foaf/0.1/>", "a prefix with its colon"),
    ],
)
def test_what_is_typed_is_offered(client: TestClient, kind: str, typed: str, offered: str, why: str) -> None:
    found = client.get("/editor/complete", params={"kind": kind, "q": typed}).json()["completions"]
    assert offered in [one["insert"] for one in found], why


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("class", "poolsBudgetWith"),
        ("property", "CareTrust"),
        ("property", "xyzzy"),
        ("term", "foaf:pools"),
        ("name", ""),
        ("name", '"*)'),
        ("prefix", "zz"),
        ("any", "\x00"),
        ("term", "((("),
    ],
)
def test_nothing_else_is_offered(client: TestClient, kind: str, typed: str) -> None:
    assert client.get("/editor/complete", params={"kind": kind, "q": typed}).json() == {"completions": []}


def test_nearest_term_comes_first(client: TestClient) -> None:
    for kind, typed, first in [
        ("property", "funds", "cg:funds"),
        ("property", "object", "cg:object"),
        ("class", "Trust", "cg:NHSTrust"),
        ("any", "pool", "cg:poolsBudgetWith"),
    ]:
        found = client.get("/editor/complete", params={"kind": kind, "q": typed}).json()["completions"]
        assert found[0]["insert"] == first


def test_completion_says_what_it_means(client: TestClient) -> None:
    term = client.get("/editor/complete?kind=property&q=poolsBudget").json()["completions"][0]
    assert term["label"] == "pools a budget with"
    assert term["note"].startswith("Pooled, shared or joint funds")
    assert term["prefix"] == "cg"
    name = client.get("/editor/complete?kind=name&q=TAL").json()["completions"][0]
    assert (name["label"], name["note"]) == ("Torbay Care Trust", "TAL · care trust")


def test_terms_have_declared_prefixes_and_kinds() -> None:
    terms = [term.completion for term in read_terms()]
    assert {term.kind for term in terms} == {"class", "property", "value"}
    assert {term.prefix for term in terms} <= set(QUERY_PREFIXES)
    assert len({term.insert for term in terms}) == len(terms) > 150


def test_unknown_kind_is_refused(client: TestClient) -> None:
    answer = client.get("/editor/complete?kind=magic&q=a", headers={"accept": "application/json"})
    assert answer.status_code == 400
    assert "class, property" in answer.json()["detail"]


def test_names_of_nodes(client: TestClient) -> None:
    trust = TORBAY.strip("<>")
    iris = [
        trust,
        "https://w3id.org/caregraph/ontology#funds",
        f"{ID}nothing",
        "no iri",
        "javascript:alert(1)",
    ]
    labels = client.post("/editor/labels", json=iris).json()
    assert labels == {trust: "Torbay Care Trust", "https://w3id.org/caregraph/ontology#funds": "funds"}


@pytest.mark.parametrize("body", ["", "{}", "[1]", json.dumps(["a"] * 2001), '"a"'])
def test_other_requests_for_names_are_refused(client: TestClient, body: str) -> None:
    assert client.post("/editor/labels", content=body).status_code == 400


@pytest.mark.parametrize("example", list_examples(), ids=lambda one: one.name)
def test_examples_run(example: Question) -> None:
    answer = run_query(sample_store(), example.query)
    assert answer.kind == ("triples" if read_form(example.query) == "construct" else "solutions")


def test_examples_hold_all_questions_and_some_that_draw(client: TestClient) -> None:
    sent = client.get("/editor/examples.json").json()
    assert {question.name for question in list_questions()} < {one["name"] for one in sent}
    assert [one["name"] for one in sent if one["form"] == "construct"] == ["draw-body", "draw-partners"]


def test_examples_as_rdf_are_the_same_queries(client: TestClient) -> None:
    """As SHACL and the examples of SIB have them: an executable with a query, a comment and a target."""
    parsed = rdflib.Graph().parse(data=client.get("/editor/examples.ttl").text, format="turtle")
    queries = {}
    for node in parsed.subjects(rdflib.RDF.type, SH.SPARQLExecutable):
        kinds = {str(kind) for kind in parsed.objects(node, rdflib.RDF.type)}
        form = "construct" if str(SH.SPARQLConstructExecutable) in kinds else "select"
        assert str(SH) + f"SPARQL{form.capitalize()}Executable" in kinds
        queries[str(parsed.value(node, SH[form]))] = str(parsed.value(node, rdflib.RDFS.comment))
        assert str(parsed.value(node, rdflib.SDO.target)) == "http://localhost/sparql"
    assert queries == {one.query: one.text for one in list_examples()}


def test_first_rows_of_a_long_answer_come_whole(client: TestClient) -> None:
    """More than the endpoint keeps in memory, written at once, compressed."""
    query = "SELECT ?a ?d { ?a a cg:CountyCouncil . ?d a ?e }"
    answer = client.post("/sparql", data={"query": query, "rows": "10000"})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["caregraph-more-rows"] == "yes"
    assert len(answer.json()["results"]["bindings"]) == 10_000


def test_page_has_a_plain_form_with_the_query_of_the_address(client: TestClient) -> None:
    page = client.get("/editor", params={"query": "ASK { ?a ?b '</textarea><script>' }"}).text
    assert 'action="/sparql" method="get"' in page
    assert "ASK { ?a ?b &#39;&lt;/textarea&gt;&lt;script&gt;&#39; }" in page


def test_editor_keeps_the_policy_of_all_pages(client: TestClient) -> None:
    policy = client.get("/editor").headers["content-security-policy"]
    assert "script-src 'self'; style-src 'self';" in policy
    assert "unsafe" not in policy


def test_scripts_that_draw_are_those_of_the_network_page(client: TestClient) -> None:
    answer = client.get("/editor/drawing/vis-network.min.js")
    assert answer.status_code == 200
    assert "charset=utf-8" in answer.headers["content-type"]
    for name in ("vendor.json", "..%2Fnetwork.css", "delaunator.min.js"):
        assert client.get(f"/editor/drawing/{name}").status_code == 404


def test_what_is_shipped_is_what_was_published(client: TestClient) -> None:
    vendor = STATIC / "vendor"
    entries = json.loads((vendor / "vendor.json").read_text("utf-8"))
    written = [file for entry in entries for file in [*entry["files"].values(), entry.get("bundled")] if file]
    kept = {file["as"]: file["sha256"] for file in written}
    assert {path.name for path in vendor.iterdir()} == {*kept, "vendor.json"}
    for name, digest in kept.items():
        assert hashlib.sha256((vendor / name).read_bytes()).hexdigest() == digest
    assert "charset=utf-8" in client.get("/static/vendor/yasgui.min.js").headers["content-type"]


@pytest.mark.parametrize("path", sorted((STATIC / "editor").iterdir()), ids=lambda path: path.name)
def test_scripts_are_small_and_write_no_markup(path: Path) -> None:
    text = path.read_text("utf-8")
    assert text.count("\n") <= 250
    assert not any(
        word in text for word in ("innerHTML", "outerHTML", "insertAdjacent", "eval(", "document.write")
    )


def test_scripts_have_no_mistake_that_can_be_seen(root: Path) -> None:
    """As ``scripts/lint_page.py`` looks at those of the network page; these are modules."""
    tool = shutil.which("oxlint", path=str(Path(sys.executable).parent)) or "oxlint"
    command = [tool, "--config", str(root / "scripts" / "oxlint.json"), str(STATIC / "editor")]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert checked.returncode == 0, checked.stdout
