"""RDF files, read back by rdflib and, for RDF 1.2, which rdflib 7.6 cannot read, by Oxigraph's parser."""

from __future__ import annotations

import io
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
