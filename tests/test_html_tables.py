"""HTML for notebooks: hostile text stays text in everything that shows itself, read by a real parser."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from pyoxigraph import NamedNode, Quad

from graph.assemble import assemble_document
from graph.html_tables import clean_text, draw_html_table, make_link, mark_status, mark_text, wrap
from graph.infer import infer_statements
from graph.knowledge import KnowledgeGraph
from graph.records import Document, Entity, Extraction, Link, Relation, quote_evidence
from graph.register import load_register
from graph.store import load_store
from tests.sample_graph import sample_quads

HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</td></table><svg onload=alert(1)>",
    "' onmouseover='alert(1)",
    "</style><iframe src=//evil.example>",
    "&lt;b&gt; {0} {} %s {{7*7}}",
    "<!-- ",
    "\u202ereversed \x00\x1b[31m \ud800",
]
ALLOWED = {
    *("div", "p", "strong", "span", "bdi", "ul", "li", "code", "h4", "blockquote", "style", "a"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"class", "href", "title", "target", "rel", "scope"}


class Reader(HTMLParser):
    """Collects what a browser would make of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag in ALLOWED, tag
        assert {name for name, _ in attrs} <= ATTRIBUTES, attrs
        self.links += [value or "" for name, value in attrs if name == "href"]
        self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data if "style" not in self.open else ""


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    assert html.encode()  # no half characters are left
    return reader


def hostile_graph(evil: str) -> KnowledgeGraph:
    """Make a graph in which a document says the same hostile thing wherever it can."""
    text = f"{evil} pays {evil} Council. "
    evidence = (quote_evidence(text, 0, len(text) - 1),)
    entities = tuple(
        Entity(key, "named", "Charity", f"{evil} {key}", (f"{evil} {key}",), Link(reason="no such body"))
        for key in ("one", "two")
    )
    relations = (
        Relation("one", "funds", "two", "asserted", evidence, confidence=0.5, found_by=evil),
        Relation("one", "postHolderAt", "two", "negated", evidence, role=evil, confidence=0.5, found_by="x"),
    )
    document = Document(
        "evil.txt", text, "0" * 64, title=evil, date="2006", url="https://example.org/?q=<\"'>"
    )
    quads = list(assemble_document(Extraction(document, (), (), entities, relations), load_register()))
    return KnowledgeGraph(load_store([*quads, *infer_statements(quads)]))


@pytest.mark.parametrize("evil", HOSTILE)
def test_what_documents_say_stays_text(evil: str) -> None:
    knowledge = hostile_graph(evil)
    past, (body, _) = knowledge.as_of("2006-05"), knowledge.bodies()
    shown: list[Any] = [
        *(knowledge, past, knowledge.claims(), *knowledge.claims(), knowledge.bodies(), past.bodies()),
        *(knowledge.documents(), knowledge.body(body.iri), past.body(body.iri)),
        *(knowledge.search("pays"), past.search("pays"), knowledge.search_names("two")),
        knowledge.query("SELECT * { ?claim cg:status ?status ; cg:subject/skos:prefLabel ?name }"),
        knowledge.query(
            "CONSTRUCT { ?s ?p ?o } { ?s skos:prefLabel|cg:role|dcterms:title|foaf:page ?o ; ?p ?o }"
        ),
    ]
    for thing in shown:
        reader = read(thing._repr_html_())
        assert all(link.startswith(("https://", "http://")) for link in reader.links)
    visible = clean_text(evil.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))
    assert " ".join(visible.split()) in " ".join(read(knowledge.claims()._repr_html_()).text.split())
    for thing in shown:
        assert repr(thing).isprintable() or set("\n") >= {c for c in repr(thing) if not c.isprintable()}


ADDRESSES = [
    ("https://example.org/a?b=c&d", True),
    ("http://example.org/", True),
    ("javascript:alert(1)", False),
    ("JaVaScRiPt://example.org/%0aalert(1)", False),
    ("data:text/html,<script>", False),
    ("file:///etc/passwd", False),
    ("//example.org/", False),
    ("https:///nowhere", False),
    ("https://[", False),
    ("urn:x", False),
    ("", False),
]


@pytest.mark.parametrize(("address", "is_link"), ADDRESSES)
def test_only_the_web_is_linked(address: str, is_link: bool) -> None:
    reader = read(str(make_link(address, "<here>")))
    assert reader.links == ([address] if is_link else [])
    assert reader.text == "<here>"


def test_a_link_cannot_reach_the_notebook() -> None:
    assert 'rel="noopener noreferrer"' in make_link("https://example.org/", "here")


def test_answers_link_to_the_web_only() -> None:
    node = NamedNode("urn:s")
    quads = [
        Quad(node, NamedNode("urn:p"), NamedNode(o), NamedNode("urn:x"))
        for o in ("javascript:x", "http://x/")
    ]
    answer = KnowledgeGraph(load_store(quads)).query("SELECT ?o { ?s ?p ?o } ORDER BY ?o")
    assert read(answer._repr_html_()).links == ["http://x/"]


def test_statuses_are_words_in_frames() -> None:
    for status in ("asserted", "proposed", "negated"):
        assert read(str(mark_status(status))).text == status
        assert f"cg-{status}" in mark_status(status)
    assert mark_status("https://w3id.org/caregraph/ontology#Negated") == mark_status("negated")
    assert "cg-status" not in mark_status("<other>")


def test_tables_say_how_much_more_there_is() -> None:
    knowledge = KnowledgeGraph(load_store(sample_quads()))
    answer = knowledge.query("SELECT ?x { ?x skos:prefLabel ?name } LIMIT 53")
    html = answer._repr_html_()
    assert html.count("<tr>") == 51
    assert "3 more; to_pandas() has them all" in read(html).text
    assert "more" not in read(knowledge.query("SELECT ?x { ?x a cg:Claim } LIMIT 50")._repr_html_()).text


def test_columns_of_numbers_are_set_as_numbers() -> None:
    html = draw_html_table(("a", "b"), [("x", "1")], numbers=frozenset({"b"}))
    assert html.count('class="cg-number"') == 2


def test_dates_stay_whole() -> None:
    assert "cg-day" in mark_text("2009-11")
    assert "cg-day" not in mark_text("2009-11 and later")


def test_styles_ask_for_nothing_and_take_their_colour_from_the_notebook() -> None:
    style = wrap().split("</style>")[0]
    assert "url(" not in style
    assert "@import" not in style
    assert "#" not in style.replace("&#", "")
    assert "currentColor" in style


def test_literals_of_any_type_are_shown_as_written() -> None:
    knowledge = KnowledgeGraph(load_store([]))
    answer = knowledge.query("SELECT * { VALUES (?a ?b) { ('many'^^xsd:integer 'x'@en) (UNDEF 0.50) } }")
    assert read(answer._repr_html_()).text == "2 rowsabmanyx0.5"


@pytest.mark.parametrize(
    "address", ["\x1c\x1chttps://example.org/", "\x00javascript:alert(1)", "ht\x07tps://a/"]
)
def test_an_address_with_control_characters_is_no_link(address: str) -> None:
    assert read(str(make_link(address, "here"))).links == []
