"""RDF files, read back by rdflib and, for RDF 1.2, which rdflib 7.6 cannot read, by Oxigraph's parser."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import pytest
import rdflib
from pyoxigraph import Quad, RdfFormat, Triple, parse

from graph.export import write_export
from graph.export.reify import PARTS, REIFIES
from graph.vocabulary import CG
from tests.export_sample import export_quads, write_sample
from tests.rdf_reading import read_quads, write_quads, write_term

pytestmark = pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph):DeprecationWarning"
)  # rdflib's own


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a built graph."""
    return write_sample(tmp_path_factory.mktemp("built"))


def export(out: Path, name: str) -> bytes:
    stream = io.BytesIO()
    write_export(out, name, stream)
    return stream.getvalue()


@pytest.mark.parametrize(("name", "form"), [("nq", "nquads"), ("trig", "trig")])
def test_rdflib_reads_the_same_quads(name: str, form: str, out: Path) -> None:
    assert read_quads(export(out, name), form) == write_quads(export_quads())


def test_rdflib_reads_the_same_triples_from_turtle(out: Path) -> None:
    read = rdflib.Graph().parse(data=export(out, "ttl"), format="turtle")
    found = {tuple(term.n3() for term in triple) for triple in read}
    assert found == {tuple(map(write_term, (q.subject, q.predicate, q.object))) for q in export_quads()}


def restore(quads: set[Quad]) -> set[Quad]:
    """Turn reifiers back into claims with three parts."""
    plain = set()
    for quad in quads:
        if isinstance(quad.object, Triple):
            assert quad.predicate == REIFIES
            said = (quad.object.subject, quad.object.predicate, quad.object.object)
            plain |= {
                Quad(quad.subject, part, term, quad.graph_name)
                for part, term in zip(PARTS, said, strict=True)
            }
        else:
            plain.add(quad)
    return plain


@pytest.mark.parametrize(("name", "form"), [("nq12", RdfFormat.N_QUADS), ("trig12", RdfFormat.TRIG)])
def test_rdf_12_loses_nothing_and_leaves_no_claim_in_parts(name: str, form: RdfFormat, out: Path) -> None:
    read = set(parse(export(out, name), format=form))
    assert restore(read) == set(export_quads())
    assert not [quad for quad in read if quad.predicate in PARTS]


def test_turtle_12_asserts_only_what_is_asserted(out: Path) -> None:
    read = {quad.triple for quad in parse(export(out, "ttl12"), format=RdfFormat.TURTLE)}
    status = {t.subject: t.object.value.removeprefix(CG) for t in read if t.predicate.value == CG + "status"}
    said: dict[str, set[Triple]] = {"Asserted": set(), "Proposed": set(), "Negated": set()}
    for triple in read:
        if triple.predicate == REIFIES:
            said[status[triple.subject]].add(triple.object)
    assert said["Asserted"] <= read
    assert not (said["Proposed"] | said["Negated"]) - said["Asserted"] & read
    assert min(map(len, said.values())) >= 2


COUNT = """
const { Parser } = require("n3");
const quads = new Parser({ format: process.argv[1] }).parse(require("fs").readFileSync(0, "utf8"));
const said = quads.filter((quad) => quad.predicate.value.endsWith("#reifies"));
const spoken = said.filter((quad) => quad.object.predicate.value.startsWith("https://w3id.org/caregraph/"));
console.log(quads.length, said.length, spoken.length);
"""


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("nq12", "application/n-quads"), ("trig12", "application/trig"), ("ttl12", "text/turtle")],
)
def test_n3js_reads_rdf_12_where_it_is_installed(name: str, media_type: str, out: Path) -> None:
    """A reader of another make, for those who have it (``npm install n3``, found by ``NODE_PATH``)."""
    node = shutil.which("node")
    if node is None or subprocess.run([node, "-e", 'require("n3")'], capture_output=True).returncode:
        pytest.skip("needs node and its package n3")
    run = subprocess.run(
        [node, "-e", COUNT, media_type], input=export(out, name), capture_output=True, check=True
    )
    claims = sum(quad.predicate == PARTS[0] for quad in export_quads())
    whole = {quad.triple for quad in export_quads()} if name == "ttl12" else set(export_quads())
    assert list(map(int, run.stdout.split())) == [len(whole) - 2 * claims, claims, claims]
