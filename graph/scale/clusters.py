"""Cluster names on Spark as a build does here: reduced by body, spread over keys, compared within blocks.

Only the links come to the driver, one for each two names of one body, and are closed there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pyoxigraph import RdfFormat, parse

from graph.clusters import close_clusters, describe_cluster, read_names
from graph.likeness.close import PairLink
from graph.likeness.compare import compare_nodes
from graph.likeness.keys import keys_of, pair_block
from graph.likeness.lore import load_lore
from graph.likeness.nodes import Node, merge_nodes
from graph.scale.rows import cut_lines
from graph.write import sort_quads


def find_clusters(products: Any) -> list[str]:
    """Return the lines of the graph of clusters.

    Args:
        products: a table with a column ``quads``: the lines of a document's graph, without line breaks.
    """
    nodes = products.select("quads").rdd.flatMap(read_nodes).reduceByKey(merge_nodes).values()
    links = nodes.flatMap(spread_node).groupByKey().values().flatMap(link_block).distinct()
    return write_links(links.collect())


def read_nodes(row: tuple[list[str]]) -> Iterator[tuple[str, Node]]:
    """Yield what one document calls each body, by the IRI of the body; documents are not told apart."""
    for record in read_names(parse("\n".join(row[0]), format=RdfFormat.N_QUADS)):
        names, others = ((record.name,), ()) if record.main else ((), (record.name,))
        node = Node(record.node, names, others, (record.type,), (), frozenset(record.candidates))
        yield record.node, node


def spread_node(node: Node) -> Iterator[tuple[str, Node]]:
    """Yield a body under each of its keys; one that no document calls by a main name has none."""
    if node.names:
        for key in keys_of(node, load_lore()):
            yield key, node


def link_block(block: Iterable[Node]) -> Iterator[PairLink]:
    """Compare the bodies of a block, and yield those that are alike."""
    lore = load_lore()
    for one, other in pair_block(list(block), lore):
        verdict = compare_nodes(one, other, lore)
        if verdict.alike:
            yield PairLink(one.iri, other.iri, verdict.score, verdict.reason)


def write_links(links: Iterable[PairLink]) -> list[str]:
    """Close links, and write their clusters as lines without line breaks."""
    quads = (quad for cluster in close_clusters(links) for quad in describe_cluster(cluster))
    return cut_lines(sort_quads(quads))
