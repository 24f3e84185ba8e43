"""The network as GraphML, read back by networkx: the claims of the graph between their ends."""

from __future__ import annotations

import io
from pathlib import Path

import networkx as nx

from graph.export import write_export
from graph.export.nodes import read_term
from graph.vocabulary import CG
from tests.export_sample import export_quads, write_sample


def test_networkx_reads_every_claim_between_its_ends(tmp_path: Path) -> None:
    stream = io.BytesIO()
    write_export(write_sample(tmp_path), "graphml", stream)
    network = nx.parse_graphml(stream.getvalue().decode(), force_multigraph=True)
    iris = {node: about["iri"] for node, about in network.nodes(data=True)}
    found = {
        (iris[source], about["predicate"], iris[target], about["status"])
        for source, target, about in network.edges(data=True)
    }
    claims: dict[str, dict[str, str]] = {}
    for quad in export_quads():
        if quad.predicate.value.startswith(CG):
            values = claims.setdefault(read_term(quad.subject), {})
            values[quad.predicate.value.removeprefix(CG)] = read_term(quad.object).removeprefix(CG)
    expected = {
        (claim["subject"], claim["predicate"], claim["object"], claim["status"].lower())
        for claim in claims.values()
        if "status" in claim
    }
    assert found == expected
    assert all(about["sentence"] for _, _, about in network.edges(data=True))
