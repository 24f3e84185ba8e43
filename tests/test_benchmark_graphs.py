"""Graphs made to measure on: built as a real one is, to its shapes, and the same each time."""

from __future__ import annotations

from collections import Counter
from functools import cache

from benchmark_graphs import make_quads
from pyoxigraph import NamedNode, Quad

from graph.infer import infer_statements
from graph.validate import validate_quads
from graph.vocabulary import CG, INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH, STATUSES

SIZE = 90_000
MENTIONS = CG + "mentions"


@cache
def made() -> tuple[Quad, ...]:
    return tuple(make_quads(SIZE))


def values_of(name: str) -> Counter[str]:
    return Counter(quad.object.value for quad in made() if quad.predicate == NamedNode(CG + name))  # type: ignore[union-attr]


def test_conforms_to_the_shapes() -> None:
    assert [str(v) for v in validate_quads(made(), whole_register=False).violations] == []


def test_has_the_size_wanted_and_each_quad_once() -> None:
    assert SIZE <= len(made()) <= SIZE + 1000
    assert len(set(made())) == len(made())


def test_holds_what_follows_as_a_build_infers_it() -> None:
    stated = [quad for quad in made() if quad.graph_name != NamedNode(INFERRED_GRAPH)]
    inferred = {quad for quad in made() if quad.graph_name == NamedNode(INFERRED_GRAPH)}
    assert inferred == set(infer_statements(stated))


def test_is_the_same_each_time_and_another_with_another_seed() -> None:
    assert tuple(make_quads(SIZE)) == made()
    assert tuple(make_quads(SIZE, seed=1)) != made()


def test_has_register_ontology_and_documents() -> None:
    graphs = {quad.graph_name for quad in made()}
    assert {NamedNode(REGISTER_GRAPH), NamedNode(ONTOLOGY_GRAPH), NamedNode(INFERRED_GRAPH)} < graphs
    assert len(graphs) == 3 + len({quad.subject for quad in made() if quad.predicate.value == MENTIONS})


def test_mixes_statuses_and_names_a_few_bodies_much_more_than_most() -> None:
    statuses = values_of("status")
    assert set(statuses) == {CG + status.capitalize() for status in STATUSES}
    assert statuses[CG + "Asserted"] > statuses[CG + "Proposed"] > statuses[CG + "Negated"]
    claims = values_of("subject") + values_of("object")
    often = claims.most_common(1)[0][1]
    assert often > 10 * sorted(claims.values())[len(claims) // 2]
