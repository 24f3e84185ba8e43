"""Clusters by map and reduce, whatever runs them, are those of a build."""

from __future__ import annotations

import pickle
import random
from collections import defaultdict
from functools import reduce

import pytest

from graph.clusters import assemble_clusters
from graph.likeness.nodes import Node, merge_nodes
from graph.scale.clusters import link_block, read_nodes, spread_node, write_links
from graph.scale.rows import cut_lines
from graph.write import sort_quads
from tests.clustered_papers import PAPERS, paper_quads
from tests.name_pairs import read_pairs
from tests.test_recluster import write_paper


@pytest.mark.parametrize("seed", range(3))
def test_mapped_and_reduced_in_any_order_they_are_those_of_a_build(seed: int) -> None:
    draw = random.Random(seed)
    names = [name for pair in read_pairs()[seed::9] for name in (pair.one, pair.other)]
    papers = [write_paper(f"{at}.txt", names[at : at + 12]) for at in range(0, len(names), 10)]
    papers += [[q for q in paper_quads() if str(q.graph_name).endswith(f"{name}>")] for name in PAPERS]
    draw.shuffle(papers)
    by_node: dict[str, list[Node]] = defaultdict(list)
    for paper in papers:
        for iri, node in read_nodes((cut_lines(sort_quads(paper)),)):
            by_node[iri].append(pickle.loads(pickle.dumps(node)))
    blocks: dict[str, list[Node]] = defaultdict(list)
    for nodes in by_node.values():
        draw.shuffle(nodes)
        for key, node in spread_node(reduce(merge_nodes, nodes)):
            blocks[key].append(node)
    links = {link for block in blocks.values() for link in link_block(block)}
    whole = assemble_clusters(quad for paper in papers for quad in paper)
    assert write_links(links) == cut_lines(sort_quads(whole)) != []


def test_a_body_without_a_main_name_is_in_no_block() -> None:
    assert not list(spread_node(Node("urn:x", (), ("Lowmoor Hospice",))))
