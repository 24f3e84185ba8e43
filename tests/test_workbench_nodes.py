"""Pages of nodes: what they say, as HTML and as RDF, as of a day, escaped, in parts."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import RdfFormat, parse
from starlette.testclient import TestClient

from graph.store import open_store
from graph.terms import OA, PROV
from graph.vocabulary import CG, ID
from graph.workbench.view import View
from tests.page_visits import HOSTILE
from tests.workbench_site import (
    HOSTILE_NAME,
    PAPER,
    PCTS,
    TRUST,
    find_links,
    node_path,
    open_client,
    read_text,
)

FORMATS = {
    "text/turtle": ("ttl", RdfFormat.TURTLE),
    "application/ld+json": ("jsonld", RdfFormat.JSON_LD),
    "application/rdf+xml": ("rdf", RdfFormat.RDF_XML),
    "application/n-triples": ("nt", RdfFormat.N_TRIPLES),
}
HOSTILE_PATH = "/id/document/" + quote(HOSTILE_NAME)


def test_every_node_of_the_graph_has_a_page(built: Path, client: TestClient) -> None:
    """One of each kind, and every document, claim and sentence."""
    store = open_store(built)
    iris = sorted({quad.subject.value for quad in store if quad.subject.value.startswith(ID)})
    kinds: dict[str, list[str]] = {}
    for iri in iris:
        kinds.setdefault(iri.removeprefix(ID).partition("/")[0], []).append(iri)
    assert set(kinds) >= {
        *("organisation", "collective", "person", "place", "document", "claim"),
        *("evidence", "linking", "membership", "role", "change", "publication"),
    }
    chosen = [iri for found in kinds.values() for iri in found[:3]] + kinds["document"]
    for iri in chosen:
        answer = client.get(node_path(iri))
        assert answer.status_code == 200, iri
        assert answer.text.count("<h1") == 1
        assert "<title>" in answer.text


@pytest.mark.parametrize(
    ("path", "words"),
    [
        (
            TRUST,
            ["Torbay Care Trust", "Care trust", "1 December 2005 to 31 March 2013", "ODS TAL", "NHS Torbay"],
        ),
        (TRUST, ["Verified: two separate public sources", "Not verified, from memory: first day"]),
        (TRUST, ["1 before Torbay Primary Care Trust until 30 November 2005", "1 after"]),
        (TRUST, ["Phil Green as chairman", "has as post holder", "until last week."]),
        (PCTS, ["Primary care trust: class of bodies", "Stated as fact", "Proposed", "Denied"]),
        (PCTS, ["The register has no entry for it", "A power that few use November 2009"]),
        (PAPER, ["Care trusts after a decade of Labour", "No date is stated", "An idea that comes back"]),
        (PAPER, ["What it mentions", "Where it says so", "It cites Nick Bostock"]),
        ("/id/place/torbay", ["Torbay", "Place", "Served by", "Torbay Care Trust", "What is said of it"]),
        ("/id/place/england", ["As a nation, holds", "more", "Which bodies of the register existed here"]),
        ("/id/person/phil-green", ["Phil Green", "holds a post at", "Torbay Care Trust"]),
    ],
)
def test_page_says(client: TestClient, path: str, words: list[str]) -> None:
    text = read_text(client.get(path).text)
    for said in words:
        assert said in text


def test_facts_stand_before_what_is_proposed_or_denied(client: TestClient) -> None:
    page = client.get(PCTS).text
    places = [page.index(f'class="said {status}"') for status in ("asserted", "proposed", "negated")]
    assert places == sorted(places)
    denied = client.get(PCTS + "?status=negated").text
    assert 'class="said asserted"' not in denied
    assert "PCTs and social services departments rarely pool their budgets" in denied
    one = read_text(client.get(PCTS + "?relation=studies").text)
    assert "is studied by" in one
    assert "Department of Health details" not in one


def test_picture_and_list_hold_the_same_neighbours(client: TestClient) -> None:
    page = client.get(PCTS).text
    picture = page[page.index('<svg class="neighbours"') : page.index("The same as a list")]
    listed = page[page.index("The same as a list") :]
    drawn = set(find_links(picture, "/id/"))
    assert len(drawn) > 8
    assert drawn <= set(find_links(listed, "/id/"))
    assert find_links(page, "/network") == ["/network", "/network#body=collective/primary-care-trusts"]


def test_questions_about_a_body_are_filled_in(client: TestClient) -> None:
    page = client.get(TRUST).text
    asks = [link for link in find_links(page, "/questions/") if "Torbay+Care+Trust" in link]
    assert "/questions/partners?body=Torbay+Care+Trust" in asks
    assert "Who works with Torbay Care Trust, and what says so?" in read_text(page)
    for address in (*asks[:3], "/compare?a=Torbay+Care+Trust"):
        assert client.get(address).status_code == 200


def test_claim_has_its_sentence_in_context_and_leads_into_the_text(built: Path, client: TestClient) -> None:
    store = open_store(built)
    iri = min(View(store).refer(CG + "status", CG + "Negated"))
    page = client.get(node_path(iri)).text
    text = read_text(page)
    assert "Denied" in text
    assert "of ten such statements about" in text
    evidence = View(store).first(iri, CG + "evidence")
    assert " ".join(View(store).first(evidence, OA + "exact").split()) in text
    back = next(link for link in find_links(page, "/id/document/") if "#" in link)
    address, _, anchor = back.partition("#")
    document = client.get(address).text
    assert f'id="{anchor}"' in document
    assert anchor == "claim-" + iri.rsplit("/", 1)[-1]


def test_claims_that_disagree_lead_to_one_another(client: TestClient) -> None:
    page = client.get("/compare?a=primary+care+trusts&b=local+authorities").text
    claim = next(link for link in find_links(page, "/id/claim/"))
    text = read_text(client.get(claim).text)
    assert "Who says otherwise" in text
    assert "What else is said of the two" in text


@pytest.mark.parametrize("path", [TRUST, PAPER, "/ontology"])
@pytest.mark.parametrize("accept", FORMATS)
def test_client_that_wants_rdf_gets_it(client: TestClient, path: str, accept: str) -> None:
    name, engine = FORMATS[accept]
    asked = client.get(path, headers={"accept": accept})
    assert asked.headers["content-type"].startswith(accept)
    assert "Accept" in asked.headers["vary"]
    found = set(parse(asked.content, format=engine, base_iri="http://localhost/"))
    assert len(found) > 10
    assert client.get(f"{path}?format={name}").content == asked.content
    links = client.get(path).headers["link"]
    assert f'<{path}?format={name}>; rel="alternate"; type="{accept}"' in links


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"),
        ("*/*", "text/html"),
        ("image/png", "text/html"),
        ("nonsense", "text/html"),
        ("text/turtle;q=0.9, text/html;q=0.1", "text/turtle"),
        ("application/rdf+xml, text/turtle;q=0.5", "application/rdf+xml"),
    ],
)
def test_best_format_is_chosen(client: TestClient, accept: str, kind: str) -> None:
    answer = client.get(TRUST, headers={"accept": accept})
    assert answer.headers["content-type"].startswith(kind)


def test_description_of_a_claim_holds_its_sentence(client: TestClient) -> None:
    claim = find_links(client.get(PAPER).text, "/id/claim/")[0]
    found = list(parse(client.get(claim + "?format=nt").content, format=RdfFormat.N_TRIPLES))
    assert {quad.predicate.value for quad in found} >= {CG + "status", OA + "exact", PROV + "wasQuotedFrom"}


@pytest.mark.parametrize(
    "path",
    [
        "/id/organisation/nobody",
        "/id/document/none.txt",
        "/id/",
        "/id/claim/<script>",
        "/id/organisation/%FF",
        "/id/organisation/ct-TAL/",
        "/id/../static/workbench.css%00",
    ],
)
def test_what_the_graph_does_not_hold_is_not_found(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "<script>" not in answer.text.replace("<script src=", "")
    problem = client.get(path, headers={"accept": "text/turtle"})
    assert problem.status_code == 404
    assert problem.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "path",
    [
        HOSTILE_PATH,
        HOSTILE_PATH.lower(),
        HOSTILE_PATH.replace("%26", "&"),
        HOSTILE_PATH.replace("%C3%A4", "ä"),
    ],
)
def test_document_is_found_however_its_path_is_encoded(client: TestClient, path: str) -> None:
    if path == HOSTILE_PATH.lower():
        path = path.replace("m%c3%a4rz", "M%c3%a4rz")
    assert client.get(path).status_code == 200


def test_markup_in_a_document_stays_text(client: TestClient) -> None:
    page = client.get(HOSTILE_PATH).text
    assert "<img" not in page
    assert "<script>" not in page
    assert "Torbay Council</bdi></a> &amp; others; &#34;quoted&#34; \u202ename." in page
    assert "<title>minutes/März &amp; " in page


@pytest.mark.parametrize(
    "path", ["/id/organisation/hub", "/id/document/one", "/id/claim/000001", "/id/evidence/000001-0"]
)
def test_hostile_names_and_quotes_stay_text(hostile_client: TestClient, path: str) -> None:
    page = hostile_client.get(path).text
    for sign in (
        "<img",
        "<script>",
        "<iframe",
        "<a href='javascript",
        "<base",
        "<style>",
        "onload=",
        "\x00",
        "\x9f",
    ):
        if sign == "onload=":
            assert "<svg onload=" not in page
        else:
            assert sign not in page
    assert "javascript:" not in "".join(find_links(page, "javascript"))


def test_long_lists_come_in_pages(hostile_client: TestClient) -> None:
    hub = "/id/organisation/hub"
    first = hostile_client.get(hub).text
    total = 300 + len(HOSTILE)
    pages = -(-total // 40)
    assert f"Page 1 of {pages}" in first
    assert first.count('class="details"') == 40
    assert first.count('class="dot') == 30
    assert "and 287 more" in read_text(first)
    seen: set[str] = set()
    for number in range(1, pages + 1):
        page = hostile_client.get(f"{hub}?page={number}").text
        seen |= set(find_links(page[page.index('id="said"') :], "/id/claim/"))
    assert len(seen) == total
    assert f"Page {pages} of {pages}" in hostile_client.get(f"{hub}?page=99999").text
    assert "Page 1 of" in hostile_client.get(f"{hub}?page=-1").text


def test_without_its_source_a_document_shows_what_is_quoted(built: Path, tmp_path: Path) -> None:
    """A copy of the folder elsewhere: the sources are not where the manifest says."""
    import shutil

    shutil.copytree(built, tmp_path / "deep" / "out")
    page = open_client(tmp_path / "deep" / "out").get(PAPER).text
    text = read_text(page)
    assert "The source of this document is not at hand" in text
    assert "Dr Phil Green was chairman" in text
    assert "Habits, he says, were harder to change" not in text
    anchor = find_links(page, "#claim-")[0].removeprefix("#")
    assert f'id="{anchor}"' in page
