"""JSON-LD, read back by rdflib's parser: the same quads, in short and even words."""

from __future__ import annotations

import io
import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad
from rdflib import OWL, RDF, XSD

from graph.export import write_export
from graph.export.jsonld import CONTEXT, read_context
from graph.paths import ONTOLOGY
from graph.vocabulary import CG, GRAPH, ID
from graph.write import write_nquads
from tests.export_sample import HOSTILE, export_quads, write_sample
from tests.rdf_reading import read_quads, write_quads

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph):DeprecationWarning"
)  # rdflib's own


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    return export(write_sample(tmp_path_factory.mktemp("built")))


def export(out: Path) -> bytes:
    stream = io.BytesIO()
    write_export(out, "jsonld", stream)
    return stream.getvalue()


@cache
def terms() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(CONTEXT.read_text(encoding="utf-8"))["@context"]
    return found


def test_rdflib_reads_the_same_quads(content: bytes) -> None:
    assert read_quads(content, "json-ld") == write_quads(export_quads())


def test_it_reads_as_plain_json(content: bytes) -> None:
    read = json.loads(content)
    assert read["@context"] == terms()
    named = {entry["id"]: entry["graph"] for entry in read["graph"]}
    nodes = {node["id"]: node for node in named[GRAPH + "document/review.txt"]}
    claim = next(node for node in nodes.values() if node.get("status") == "Negated")
    assert claim["type"] == "Claim"
    assert claim["predicate"] == "poolsBudgetWith"
    assert claim["confidence"] == "0.8"
    assert claim["subject"] == "cgi:collective/primary-care-trusts"
    assert nodes[claim["evidence"]]["exact"].startswith("Few primary care trusts")
    assert isinstance(nodes[claim["evidence"]]["start"], int)
    body = next(node for node in named[GRAPH + "register"] if node["id"] == "cgi:organisation/ct-TAL")
    assert {"type": "odsCode", "value": "TAL"} in body["notation"]


def test_nothing_that_is_typed_is_spelt_out_but_dates_and_codes(content: bytes) -> None:
    """What is a property of an object needs no braces, and neither do decimals and integers."""
    spelt = {
        value.get("type", "")
        for entry in json.loads(content)["graph"]
        for node in entry["graph"]
        for values in node.values()
        for value in (values if isinstance(values, list) else [values])
        if isinstance(value, dict) and "id" not in value
    }
    assert {name for name in spelt if not name.endswith("Code")} <= {"", "xsd:gYear", "xsd:gYearMonth"}


def test_the_context_has_every_property_of_the_ontology() -> None:
    ontology = rdflib.Graph().parse(ONTOLOGY / "caregraph.ttl")
    for iri in ontology.subjects(RDF.type, OWL.ObjectProperty):
        about = terms()[str(iri).removeprefix(CG)]
        assert about["@type"] in ("@id", "@vocab"), iri
    for kind in (OWL.DatatypeProperty, OWL.AnnotationProperty):
        for iri in ontology.subjects(RDF.type, kind):
            name = str(iri).removeprefix(CG)
            if name == str(iri):
                continue
            about = terms()[name]
            ranges = {str(found).removeprefix(str(XSD)) for found in ontology.objects(iri, rdflib.RDFS.range)}
            if ranges & {"decimal", "integer"}:
                assert about["@type"].removeprefix("xsd:") in ranges


@pytest.mark.parametrize("name", sorted(terms()))
def test_each_term_stands_for_what_it_says(name: str) -> None:
    value = terms()[name]
    if name.startswith("@") or str(value).startswith("@"):
        return
    expand = rdflib.Graph()
    expand.parse(
        data=json.dumps({"@context": terms(), "@id": "urn:x", name: [{"@id": "urn:y"}]}), format="json-ld"
    )
    if name in read_context().prefixes:
        assert value[-1] in "#/"
        return
    (predicate,) = expand.predicates()
    assert read_context().compact_name(str(predicate)) == name


iris = st.one_of(
    st.sampled_from(
        [
            CG,
            CG + "role",
            CG + "Claim",
            CG + "title",
            CG + "label",
            CG + "id",
            CG + "a/b",
            ID + "organisation/ct-TAL",
        ]
    ),
    st.sampled_from([ID, ID + "//x", ID + "a:b", "urn:x", "https://example.org/ö?q=%22#f", "mailto:a@b"]),
    st.sampled_from(list(read_context().prefixes.values())),
).map(NamedNode)
properties = st.sampled_from(
    [
        read_context().prefixes[prefix] + rest
        for value in terms().values()
        for prefix, _, rest in [str(value["@id"] if isinstance(value, dict) else value).partition(":")]
        if prefix in read_context().prefixes
    ]
).map(NamedNode)
texts = st.one_of(st.sampled_from([t for t in HOSTILE if "\ud800" not in t]), st.text(max_size=12))
literals = st.one_of(
    texts.map(Literal),
    st.builds(Literal, texts, language=st.sampled_from(["en", "en-gb", "cy"])),
    st.builds(
        Literal,
        st.sampled_from(["1", "-07", "0.50", "2007", "2007-04", "2007-04-01", "9" * 20, "true", "x"]),
        datatype=st.sampled_from(
            [str(XSD) + n for n in "integer decimal gYear date string token".split()]
        ).map(NamedNode),
    ),
)
quads = st.builds(Quad, iris, st.one_of(properties, iris), st.one_of(iris, literals), iris)


@pytest.mark.filterwarnings("ignore:Serializing weird numerical")  # rdflib, of a number that is none
@given(st.lists(quads, max_size=12))
def test_any_statement_survives(tmp_path_factory: pytest.TempPathFactory, statements: list[Quad]) -> None:
    out = tmp_path_factory.mktemp("any")
    write_nquads(statements, out / "graph.nq")
    assert read_quads(export(out), "json-ld") == write_quads(statements)
