"""Search, completion, questions, comparison, statistics, ontology and downloads, over HTTP."""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from graph.export import FORMATS
from graph.master import read_master
from graph.questions import list_questions
from graph.vocabulary import ONTOLOGY_GRAPH
from graph.workbench.rendering import NAVIGATION
from tests.page_visits import HOSTILE
from tests.workbench_site import PCTS, TRUST, find_links, read_text


@pytest.mark.parametrize("path", [address for address, _ in NAVIGATION])
def test_every_page_of_the_bar_is_there(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_first_page_shows_what_there_is(client: TestClient) -> None:
    page = client.get("/").text
    text = read_text(page)
    assert "6 documents" in text
    assert "A power that few use November 2009" in text
    assert len(set(find_links(page, "/questions/"))) >= len(list_questions())
    assert find_links(page, "/id/organisation/") or find_links(page, "/id/collective/")


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"q": "torbay care trust"}, ["Torbay Care Trust care trust"]),
        ({"q": "TAL"}, ["Torbay Care Trust care trust · also TAL"]),
        ({"q": "nhs torbay"}, ["Torbay Care Trust", "also NHS Torbay"]),
        ({"q": "torby care trsut"}, ["No name is spelt so", "Torbay Care Trust"]),
        ({"q": "pooled budgets"}, ["Sentences", "Stated as fact", "Denied"]),
        ({"q": "purssued efficienccy"}, ["Nothing holds these words"]),
        ({"q": "council", "kind": "collective"}, ["county councils"]),
        ({"q": "pool", "kind": "sentence", "as_of": "2006"}, ["left out", "later than 2006, or undated"]),
    ],
)
def test_search_finds(client: TestClient, query: dict[str, str], words: list[str]) -> None:
    text = read_text(client.get("/", params=query).text)
    for said in words:
        assert said in text


def test_search_marks_the_words_and_leads_to_the_place(client: TestClient) -> None:
    page = client.get("/?q=pooled").text
    assert "<mark>Pooled</mark> budgets are the form" in page
    place = next(link for link in find_links(page, "/id/document/") if "#claim-" in link)
    address, _, anchor = place.partition("#")
    assert f'id="{anchor}"' in client.get(address).text


def test_search_has_pages_and_kinds(client: TestClient) -> None:
    page = client.get("/?q=council&kind=organisation").text
    assert "Page 1 of" in page
    assert find_links(page, "/?page=2") == ["/?page=2&q=council&kind=organisation"]
    second = client.get("/?page=2&q=council&kind=organisation").text
    assert not set(find_links(page[page.index('id="names"') :], "/id/")) & set(
        find_links(second[second.index('id="names"') :], "/id/")
    )


@pytest.mark.parametrize(
    "text", [*HOSTILE, '"', "*", "AND", "a" * 5000, "NEAR(", "\\", "%", "x OR y", "-", "(:"]
)
def test_no_search_breaks_anything(client: TestClient, text: str) -> None:
    for address in ("/", "/complete", "/ontology"):
        answer = client.get(address, params={"q": text})
        assert answer.status_code == 200
        assert "<img" not in answer.text
        assert "<script>" not in answer.text or address == "/complete"


def test_names_are_completed(client: TestClient) -> None:
    answer = client.get("/complete?q=torbay+ca&for=organisation&as_of=2006")
    assert answer.headers["content-type"] == "application/json"
    assert answer.json()[0] == {
        "name": "Torbay Care Trust",
        "about": "care trust",
        "value": "Torbay Care Trust",
        "address": TRUST + "?as_of=2006",
    }
    assert {found["address"].split("/")[2] for found in client.get("/complete?q=t&for=place").json()} == {
        "place"
    }
    assert client.get("/complete?q=").json() == []
    hits = client.get("/complete?q=TAL").json()
    assert (hits[0]["name"], hits[0]["about"]) == ("Torbay Care Trust", "TAL · care trust")


def test_every_question_has_a_form_and_is_answered(client: TestClient) -> None:
    values = {
        "organisation": "primary care trusts",
        "place": "Torbay",
        "document": "A power that few use",
        "date": "2009",
        "text": "budgets",
        "sentences": "budgets",
        "integer": "1",
        "status": "asserted",
    }
    for question in list_questions():
        address = f"/questions/{question.name}"
        page = client.get(address).text
        assert question.text in page.replace("&#39;", "'")
        given = {p.name: values[p.type] for p in question.parameters if p.default is None}
        answer = client.get(address, params=given)
        assert answer.status_code == 200, question.name
        assert "row" in read_text(answer.text)
        assert "The query in SPARQL" in answer.text
        assert find_links(answer.text, "/editor?query=")


def test_answer_is_a_table_with_links_that_sorts_and_downloads(client: TestClient) -> None:
    address = "/questions/partners?body=primary+care+trusts"
    page = client.get(address).text
    table = page[page.index('class="answer"') : page.index("The query in SPARQL")]
    assert "/id/collective/local-authorities" in find_links(table, "/id/collective/")
    assert find_links(table, "/id/document/")
    assert find_links(table, "/id/claim/")  # where the sentence stands
    down = client.get(address + "&sort=partner&order=down").text
    assert 'aria-sort="descending"' in down
    rows = down[down.index("<tbody>") :]
    assert rows.index("unitary authorities") < rows.index("local authorities")
    sent = client.get(address + "&format=csv")
    assert sent.headers["content-type"].startswith("text/csv")
    assert 'filename="partners.csv"' in sent.headers["content-disposition"]
    lines = list(csv.DictReader(io.StringIO(sent.text)))
    assert lines[0].keys() == {"partner", "relation", "document", "sentence"}
    assert len(lines) == page.count("<tr>") - 1


def test_numbers_come_with_a_chart(client: TestClient) -> None:
    page = client.get("/questions/most-connected").text
    assert "Other bodies, as a chart" in page
    assert 'rect width="100.00"' in page
    assert "as a chart" not in client.get("/questions/partners?body=primary+care+trusts").text
    assert "as a chart" not in client.get("/questions/predecessors?body=Torbay+Care+Trust").text


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/questions/partners?body=Torbay", "'Torbay' may be ct-TAL (Torbay Care Trust)"),
        ("/questions/partners?body=Torby+Care+Trust", "did you mean Torbay Care Trust"),
        ("/questions/partners?body=", "needed: name, short name, acronym or code"),
        ("/questions/as-of?body=primary+care+trusts&date=soon", "'soon' is no date"),
        ("/questions/most-connected?least=many", "'many' is no whole number"),
        ("/compare?a=Torby+Care+Trust&b=", "did you mean Torbay Care Trust"),
    ],
)
def test_mistakes_are_told_at_the_field(client: TestClient, address: str, words: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 422
    assert words in read_text(answer.text)
    assert answer.text.count('aria-invalid="true"') == 1
    assert answer.text.count('role="alert"') == 1


def test_unknown_question_is_not_found(client: TestClient) -> None:
    answer = client.get("/questions/partner")
    assert answer.status_code == 404
    assert "did you mean partners" in read_text(answer.text)


def test_question_as_of_a_day_counts_what_was_said_by_then(client: TestClient) -> None:
    address = "/questions/said-of?body=primary+care+trusts"
    whole = read_text(client.get(address).text)
    then = read_text(client.get(address + "&as_of=2006").text)
    assert "A power that few use" in whole
    assert "A power that few use" not in then
    assert "New boundaries for primary care trusts" in then
    assert 'value="2006"' in client.get("/questions/as-of?as_of=2006").text


def test_two_bodies_are_compared(client: TestClient) -> None:
    page = client.get("/compare?a=Torbay+Care+Trust&b=la-tob").text
    text = read_text(page)
    for words in (
        "Torbay Care Trust and Torbay Council",
        "Existed 1 December 2005 to 31 March 2013",
        "What is said of the two together 1",
        "Torbay Care Trust pools budgets with Torbay Council",
        "Documents that name both",
    ):
        assert words in text
    pair = read_text(client.get("/compare?a=primary+care+trusts&b=local+authorities&as_of=2006").text)
    assert "Whom both have to do with" in pair
    assert "A power that few use" not in pair
    assert "Both are the same." in read_text(client.get("/compare?a=TAL&b=TAL").text)


def test_statistics_have_the_numbers_of_the_graph(built: Path, client: TestClient) -> None:
    text = read_text(client.get("/statistics").text)
    lines = (built / "extraction.jsonl").read_text(encoding="utf-8").splitlines()
    claims = sum(len(json.loads(line)["relations"]) for line in lines)
    assert f"{claims} statements of documents" in text
    assert "pools a budget with" in text
    assert "no date stated" in text or "no date" in text
    assert find_links(client.get("/statistics").text, PCTS)


def test_ontology_is_documented_whole(built: Path, client: TestClient) -> None:
    page = client.get("/ontology").text
    pattern = r"^<[^>]*caregraph/ontology#(\w+)> .* <\S+/graph/ontology> \.$"
    names = set(re.findall(pattern, (built / "graph.nq").read_text("utf-8"), re.MULTILINE))
    assert len(names) > 130
    for name in names:
        assert f'<article class="term" id="{name}"' in page, name
    text = read_text(page)
    for words in (
        "pools a budget with cg:poolsBudgetWith",
        "symmetric: what holds in one direction holds in the other",
        "Narrower than cg:worksWith",
        "Inverse of cg:fundedBy",
        "Who pools budgets with whom, and what says so?",
    ):
        assert words in text
    assert "http://www.w3.org/ns/org#FormalOrganization" in find_links(page, "http://www.w3.org/")
    few = client.get("/ontology?q=budget").text
    assert 'id="poolsBudgetWith"' in few
    assert 'id="Parliament"' not in few


def test_ontology_is_sent_as_rdf(built: Path, client: TestClient) -> None:
    sent = client.get("/ontology", headers={"accept": "text/turtle"})
    found = {quad.triple for quad in parse(sent.content, format=RdfFormat.TURTLE)}
    master = {quad.triple for quad in read_master(built) if quad.graph_name.value == ONTOLOGY_GRAPH}  # type: ignore[union-attr] # named
    assert found == master


def test_files_of_the_build_can_be_had_and_no_others(built: Path, client: TestClient) -> None:
    page = client.get("/downloads").text
    files = find_links(page, "/downloads/files/")
    assert len(files) == 5
    for address in files:
        assert client.get(address).content == (built / address.rsplit("/", 1)[-1]).read_bytes()
    (built / "secret.txt").write_text("secret", encoding="utf-8")
    for name in (
        "secret.txt",
        "../manifest.json",
        "..%2Fmanifest.json",
        "%2Fetc%2Fpasswd",
        "store/current",
        "",
    ):
        assert client.get(f"/downloads/files/{name}").status_code == 404
    assert client.get("/downloads/graph/exe").status_code == 404


def test_graph_can_be_had_in_every_format(built: Path, client: TestClient) -> None:
    assert {
        link.rsplit("/", 1)[-1] for link in find_links(client.get("/downloads").text, "/downloads/graph/")
    } == set(FORMATS)
    with client.stream("GET", "/downloads/graph/nq", headers={"accept-encoding": "identity"}) as sent:
        assert sent.headers["content-type"].startswith("application/n-quads")
        lines = b"".join(sent.iter_bytes()).splitlines()
    assert set(lines) == set((built / "graph.nq").read_bytes().splitlines())


def test_browser_is_told_what_has_not_changed(client: TestClient) -> None:
    for address in ("/", TRUST, TRUST + "?format=ttl", "/questions/bodies?format=csv", "/complete?q=tor"):
        first = client.get(address)
        tag = first.headers["etag"]
        again = client.get(address, headers={"if-none-match": f'"other", {tag}'})
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["etag"] == tag
        assert client.get(address, headers={"if-none-match": '"other"'}).status_code == 200
        assert "Accept" in first.headers["vary"]


def test_only_reading_is_possible(client: TestClient) -> None:
    for address in ("/", TRUST, "/questions/bodies", "/downloads"):
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert client.request(method, address).status_code == 405
        head = client.head(address)
        assert (head.status_code, head.content) == (200, b"")


def test_pages_are_compressed(client: TestClient) -> None:
    with client.stream("GET", "/ontology", headers={"accept-encoding": "gzip"}) as sent:
        assert sent.headers["content-encoding"] == "gzip"
        assert b"worksWith" in gzip.decompress(b"".join(sent.iter_raw()))
