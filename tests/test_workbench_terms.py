"""Classes and properties, as a tree."""

from __future__ import annotations

from pathlib import Path

from pyoxigraph import NamedNode

from graph.search_index import open_index
from graph.store import open_store
from graph.vocabulary import ONTOLOGY_GRAPH
from graph.workbench.terms import Branch, grow_tree, read_terms


def test_terms_stand_in_a_tree_once(built: Path) -> None:
    quads = open_store(built).quads_for_pattern(None, None, None, NamedNode(ONTOLOGY_GRAPH))
    terms = read_terms(quads, open_index(built).statistics, ())

    def count(branches: tuple[Branch, ...]) -> int:
        return sum(1 + count(branch.branches) for branch in branches)

    for kind in ("Class", "ObjectProperty"):
        assert count(grow_tree(terms, kind)) == sum(term.kind == kind for term in terms)
    trust = next(term for term in terms if term.name == "CareTrust")
    assert trust.uses
    assert {other.name for other in trust.above} == {"cg:HealthBody", "org:FormalOrganization"}
