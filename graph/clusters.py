"""Find bodies that documents name in different ways and that are probably one, without merging them.

Only bodies that the register does not know are looked at. What is found goes into a named graph of its own,
which says nothing of any body: leave it out, and the dataset is as it was. ``docs/clusters.md`` has the
method and how often it is right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.iris import hashed_iri
from graph.likeness.close import PairLink, close_links
from graph.likeness.compare import compare_nodes
from graph.likeness.keys import pair_nodes
from graph.likeness.lore import Lore, load_lore
from graph.likeness.nodes import NameRecord, Node, gather_nodes
from graph.terms import RDF, SKOS, name_node, write_label, write_score
from graph.vocabulary import CG, CLUSTERS_GRAPH, GRAPH, ID, ORGANISATION_TYPES

__all__ = ["Cluster", "NameRecord", "assemble_clusters", "cluster_names", "read_names"]

_DOCUMENTS = GRAPH + "document/"
_BODIES = ID + "organisation/"
_TYPES = {CG + name: name for name in ORGANISATION_TYPES}
_READ = {
    RDF + "type": "type",
    SKOS + "prefLabel": "main",
    SKOS + "altLabel": "other",
}


@dataclass(frozen=True, slots=True, order=True)
class Cluster:
    """Bodies that are probably one.

    Attributes:
        members: IRIs, sorted; two or more.
        links: one for each two members, sorted: how alike they are, and why.
    """

    members: tuple[str, ...]
    links: tuple[PairLink, ...]

    @property
    def iri(self) -> str:
        """Return the name of the cluster, which its members alone make."""
        return hashed_iri("cluster", *self.members)


def cluster_names(names: Iterable[NameRecord], lore: Lore | None = None) -> list[Cluster]:
    """Cluster the bodies that are named: the same clusters whatever the order of the names.

    Args:
        names: of bodies that are not in the register, from any number of documents.
        lore: what the register teaches; that which ships by default.

    Returns:
        Clusters, sorted. Each member is linked with each, and no two are kept apart by the register.
    """
    nodes = gather_nodes(names)
    return close_clusters(link_nodes(nodes, lore or load_lore())) if len(nodes) > 1 else []


def link_nodes(nodes: Iterable[Node], lore: Lore) -> Iterator[PairLink]:
    """Compare the bodies that share a block, and yield those that are alike."""
    for one, other in pair_nodes(nodes, lore):
        verdict = compare_nodes(one, other, lore)
        if verdict.alike:
            yield PairLink(one.iri, other.iri, verdict.score, verdict.reason)


def close_clusters(links: Iterable[PairLink]) -> list[Cluster]:
    """Close links to clusters, each with the links within it."""
    given = sorted(links)
    clusters = close_links(given)
    home = {member: number for number, members in enumerate(clusters) for member in members}
    within: dict[int, list[PairLink]] = defaultdict(list)
    for link in given:
        if link.one in home and home[link.one] == home.get(link.other):
            within[home[link.one]].append(link)
    return [Cluster(members, tuple(within[number])) for number, members in enumerate(clusters)]


def assemble_clusters(quads: Iterable[Quad], lore: Lore | None = None) -> list[Quad]:
    """Find the clusters in a dataset and describe them, in their own graph.

    Args:
        quads: the graphs of the documents; of other graphs nothing is read.
        lore: what the register teaches; that which ships by default.

    Returns:
        Quads of the graph of clusters, each once; none where there is no cluster.
    """
    clusters = cluster_names(read_names(quads), lore)
    return [quad for cluster in clusters for quad in describe_cluster(cluster)]


def read_names(quads: Iterable[Quad]) -> list[NameRecord]:
    """Read the names of bodies that the register does not know, and that not only one document can mean.

    A body whose name several bodies of the register share has an IRI of its own in each document; it is left
    out, as are those that a text leaves without a name.
    """
    said: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    candidates: dict[str, set[str]] = defaultdict(set)
    linkings: dict[str, list[str]] = defaultdict(list)
    linked: set[str] = set()
    for quad in quads:
        subject, value = _text(quad.subject), _text(quad.object)
        document = _text(quad.graph_name)
        if not document.startswith(_DOCUMENTS):
            continue
        predicate = quad.predicate.value
        if predicate in _READ and subject.startswith(_BODIES):
            said[subject, document][_READ[predicate]].append(value)
        elif predicate == CG + "linksTo":
            linked.add(value)
        elif predicate == CG + "linksEntity":
            linkings[subject].append(value)
        elif predicate == CG + "candidate":
            candidates[subject].add(value)
    considered: dict[str, set[str]] = defaultdict(set)
    for linking, nodes in linkings.items():
        for node in nodes:
            considered[node] |= candidates[linking]
    return [
        record
        for (node, document), texts in said.items()
        if node not in linked and "/" not in node.removeprefix(_BODIES) and node in considered
        for record in _make_records(node, document, texts, tuple(sorted(considered[node])))
    ]


def _make_records(
    node: str, document: str, texts: dict[str, list[str]], candidates: tuple[str, ...]
) -> Iterator[NameRecord]:
    types = sorted(_TYPES[iri] for iri in texts["type"] if iri in _TYPES)
    for main in (True, False):
        for name in texts["main" if main else "other"]:
            for type_name in types:
                yield NameRecord(node, name, type_name, document, main, candidates)


def describe_cluster(cluster: Cluster) -> Iterator[Quad]:
    """Yield what is written of a cluster: its members, and why each two are taken for one."""
    yield _state(cluster.iri, RDF + "type", name_node(CG + "Cluster"))
    for member in cluster.members:
        yield _state(cluster.iri, CG + "clusterMember", name_node(member))
    for link in cluster.links:
        likeness = hashed_iri("likeness", link.one, link.other)
        yield _state(likeness, RDF + "type", name_node(CG + "Likeness"))
        yield _state(likeness, CG + "inCluster", name_node(cluster.iri))
        yield _state(likeness, CG + "compares", name_node(link.one))
        yield _state(likeness, CG + "compares", name_node(link.other))
        yield _state(likeness, CG + "similarity", write_score(link.score))
        yield _state(likeness, CG + "similarityReason", write_label(link.reason))


def _state(subject: str, predicate: str, value: NamedNode | Literal) -> Quad:
    return Quad(name_node(subject), name_node(predicate), value, name_node(CLUSTERS_GRAPH))


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
