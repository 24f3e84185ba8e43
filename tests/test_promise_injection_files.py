"""Hostile text in documents, names of files and a register stays text in every file that a build gives."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import rdflib
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, Store, Triple, parse, serialize

from graph.export import export_graph
from graph.publish.targets import write_insert, write_replacement
from graph.terms import DCTERMS, FOAF
from graph.vocabulary import GRAPH, ID
from tests.injected_site import ROOT, list_payloads, run_caregraph
from tests.rdf_reading import read_quads, write_quads

pytestmark = pytest.mark.promise

FORMULA = re.compile("(?:[\t\r\n]|[\\s\x00-\x1f\ufeff]*[=+\\-@\uff1d\uff0b\uff0d\uff20])")
NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
TITLES = "SELECT ?title { ?document a cg:Document ; dcterms:title ?title } ORDER BY ?document"


@pytest.fixture(scope="module")
def quads(injected: Path) -> list[Quad]:
    return list(parse(path=str(injected / "out" / "graph.nq"), format=RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def titles(quads: list[Quad]) -> list[str]:
    """The titles of all documents, in the order of their IRIs."""
    named = [
        q for q in quads if q.predicate.value == DCTERMS + "title" and ID + "document/" in str(q.subject)
    ]
    found = {(q.subject.value, q.object.value) for q in named}  # type: ignore[union-attr]
    return [title for _, title in sorted(found)]


def read_lines(injected: Path) -> Iterator[dict[str, str]]:
    lines = (injected / "out" / "extraction.jsonl").read_bytes().split(b"\n")
    assert lines.pop() == b""
    return map(json.loads, lines)


def test_a_build_writes_its_files_and_no_others(injected: Path) -> None:
    names = {path.name for path in (injected / "out").iterdir()} - {"store"}
    assert names == {
        *("graph.nq", "extraction.jsonl", "ledger.sqlite", "manifest.json", "network.html", "report.html"),
        *(name for name in names if name.startswith("ledger.sqlite-")),
    }
    found = {path.name for folder in (injected, ROOT, ROOT.parent) for path in folder.iterdir()}
    assert found & {"owned", "evil", "evil.txt"} == set()
    assert {path.name for path in injected.iterdir()} == {"documents", "register", "out", "said"}


def test_json_has_one_line_a_document_and_its_words(injected: Path, titles: list[str]) -> None:
    lines = list(read_lines(injected))
    assert sorted(line.get("title") or line["doc"] for line in lines) == sorted(titles)
    read = {" ".join(title.split()) for title in titles}
    for payload in list_payloads("markup", "formula", "rdf", "sparql", "template", "path", "shell"):
        plain = " ".join(payload.split())
        if plain.isprintable() and "\\ud" not in repr(plain):
            assert plain in read
    names = [line["doc"] for line in lines]
    assert len(set(names)) == len(names)
    assert all(name.isprintable() and not name.startswith(("/", "../")) for name in names)
    assert json.loads((injected / "out" / "manifest.json").read_text("utf-8"))


@pytest.mark.filterwarnings("ignore:Dataset.default_context:DeprecationWarning")  # rdflib's own
def test_rdf_has_as_many_statements_as_lines_for_two_readers(injected: Path, quads: list[Quad]) -> None:
    lines = (injected / "out" / "graph.nq").read_bytes().splitlines()
    assert len(quads) == len(lines) == len(set(lines))
    assert not any(b"urn:evil" in line.partition(b'"')[0] for line in lines)
    assert not any("urn:evil" in str(term) for quad in quads for term in (quad.subject, quad.predicate))
    documents = [line for line in lines if line.endswith(b"> .") and f"<{GRAPH}document/".encode() in line]
    chosen = documents[:: max(1, len(documents) // 3000)]
    content = b"\n".join(chosen)
    assert read_quads(content, "nquads") == write_quads(parse(content, format=RdfFormat.N_QUADS))


def test_addresses_of_documents_are_of_the_web(quads: list[Quad]) -> None:
    pages = {str(q.object) for q in quads if q.predicate.value == FOAF + "page"}
    assert all(page.startswith(("<https://", "<http://")) for page in pages)


def test_updates_hold_what_is_published_and_no_more(quads: list[Quad]) -> None:
    store = Store()
    wanted: dict[str, set[Triple]] = {}
    for quad in quads:
        name = str(getattr(quad.graph_name, "value", ""))
        if name.startswith(GRAPH + "document/"):
            wanted.setdefault(name, set()).add(quad.triple)
    for name, triples in wanted.items():
        lines = "".join(f"{triple} .\n" for triple in triples).encode()
        store.update(write_replacement(name, lines).decode())
        store.update(write_insert(name, lines).decode())
    assert {name.value for name in store.named_graphs()} == wanted.keys()
    for name, triples in wanted.items():
        held = store.quads_for_pattern(None, None, None, NamedNode(name))
        assert {quad.triple for quad in held} == triples
    assert not list(store.quads_for_pattern(None, None, None, DefaultGraph()))


def test_an_answer_for_programs_is_exact_and_one_for_spreadsheets_guarded(
    injected: Path, titles: list[str], tmp_path: Path
) -> None:
    """A pipe gets what the standard says, unguarded; ``export`` guards, and gives the same back."""
    out = str(injected / "out")
    written = run_caregraph("query", out, TITLES, "--format", "csv")
    rows = list(csv.reader(io.StringIO(written.stdout.decode(), newline=""), strict=True))
    assert [row[0] for row in rows[1:]] == titles
    assert any(FORMULA.match(title) for title in titles)
    export_graph(injected / "out", "csv", tmp_path / "tables")
    cells = set()
    for path in sorted((tmp_path / "tables").glob("*.csv")):
        with path.open(encoding="utf-8-sig", newline="") as stream:
            header, *table = csv.reader(stream, strict=True)
        assert {len(row) for row in table} <= {len(header)}
        cells |= {cell for row in table for cell in row}
    assert [cell for cell in cells if FORMULA.match(cell) and not NUMBER.fullmatch(cell)] == []
    plain = {cell[1:] if cell.startswith("'") and FORMULA.match(cell.lstrip("'")) else cell for cell in cells}
    assert set(titles) <= plain
    names = {path.name for path in (tmp_path / "tables").iterdir()}
    assert all(re.fullmatch(r"[a-z_]+\.(csv|json)", name) for name in names)


def test_xml_of_an_answer_is_read_and_has_a_result_a_row(injected: Path, titles: list[str]) -> None:
    written = run_caregraph("query", str(injected / "out"), TITLES, "--format", "xml")
    root = ET.fromstring(written.stdout)
    literals = [node.text for node in root.iter("{http://www.w3.org/2005/sparql-results#}literal")]
    assert len(literals) == len(titles)
    assert {node.tag.rpartition("}")[2] for node in root.iter()} == {
        *("sparql", "head", "variable", "results", "result", "binding", "literal"),
    }


@pytest.mark.parametrize(("form", "name"), [(RdfFormat.TURTLE, "turtle"), (RdfFormat.RDF_XML, "xml")])
def test_each_literal_comes_back_from_another_reader(form: RdfFormat, name: str, titles: list[str]) -> None:
    texts = {t for t in titles if form == RdfFormat.TURTLE or not NOT_XML.search(t)}
    triples = [Triple(NamedNode("urn:x"), NamedNode("urn:p"), Literal(text)) for text in texts]
    read = rdflib.Graph().parse(data=(serialize(triples, format=form) or b"").decode(), format=name)
    assert {str(value) for value in read.objects()} == texts
    assert len(read) == len(texts)
