"""Check a build against the shapes part by part, in memory that does not grow with its documents.

Documents are checked some at a time, as ``graph.validate.DocumentChecker`` has it; then clusters, some at a
time, with what documents say of their members. What is held is the register, the lines of the graph of
clusters, and what is said of their members.
"""

from __future__ import annotations

import contextlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import StoreError
from graph.master import stream_master
from graph.publish.contents import Lines, Sorted, measure_graphs
from graph.validate import DocumentChecker, ShapesReport, Violation, validate_quads
from graph.vocabulary import CG, CLUSTERS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH

DOCUMENTS = 100
"""Documents that are checked at a time."""

CLUSTERS = 1000
"""Clusters that are checked at a time."""

_APART = {REGISTER_GRAPH, CLUSTERS_GRAPH, INFERRED_GRAPH, ONTOLOGY_GRAPH}
_MEMBER, _IN, _KIND, _LINKS = (
    NamedNode(CG + name) for name in ("clusterMember", "inCluster", "kind", "linksTo")
)


def validate_build(out: Path, *, documents: int = DOCUMENTS, clusters: int = CLUSTERS) -> ShapesReport:
    """Check what the documents, the register and the clusters of a build state.

    Args:
        out: the folder of a build, or an RDF file, which is checked whole.
        documents: how many are checked at a time.
        clusters: how many are checked at a time.

    Returns:
        What ``graph.validate.validate_quads`` finds in all of it.

    Raises:
        StoreError: there is no graph, or it cannot be read.
    """
    if out.is_file():
        return validate_quads(stream_master(out))
    lines = Lines(out, b"")
    try:
        states = measure_graphs(lines)
    except StoreError:  # no lines of ours: somebody's own statements
        return validate_quads(stream_master(out))
    wanted = [name for name in states if name not in {INFERRED_GRAPH, ONTOLOGY_GRAPH}]
    with contextlib.closing(Sorted(lines, states, wanted, out)) as contents:
        parts = _Parts(contents, [name for name in wanted if name not in _APART])
        register = parts.read(REGISTER_GRAPH if REGISTER_GRAPH in wanted else "")
        grouped = parts.read(CLUSTERS_GRAPH if CLUSTERS_GRAPH in wanted else "")
        found = {*validate_quads(register).violations}
        said: dict[object, set[Triple]] = {q.object: set() for q in grouped if q.predicate == _MEMBER}
        checker = DocumentChecker(register)
        for stated in parts.read_documents(documents):
            found.update(checker.check(stated).violations)
            _note_members(stated, said)
        found.update(_check_clusters(grouped, said, clusters))
    return ShapesReport(tuple(sorted(found)))


class _Parts:
    """Reads the graphs of a build one after another."""

    def __init__(self, contents: Sorted, documents: list[str]) -> None:
        self._contents = contents
        self._documents = documents

    def read(self, name: str) -> list[Quad]:
        """Return what a graph states; nothing for no name."""
        parts = self._contents.read_parts(name) if name else ()
        return [quad for part in parts for quad in parse(part, format=RdfFormat.N_TRIPLES)]

    def read_documents(self, together: int) -> Iterator[list[Quad]]:
        """Yield what documents state, some together."""
        for start in range(0, len(self._documents), together):
            names = self._documents[start : start + together]
            yield [quad for name in names for quad in self.read(name)]


def _note_members(stated: Iterable[Quad], said: dict[object, set[Triple]]) -> None:
    """Keep of what documents state what the shapes ask of the members of clusters."""
    for quad in stated:
        node = {_KIND: quad.subject, _LINKS: quad.object}.get(quad.predicate)
        if node in said:
            said[node].add(quad.triple)


def _check_clusters(
    quads: Iterable[Quad], said: dict[object, set[Triple]], together: int
) -> Iterator[Violation]:
    """Check clusters, some at a time; those that share a member, or a likeness, all at once."""
    home: dict[object, object] = {quad.subject: quad.object for quad in quads if quad.predicate == _IN}
    stated: dict[object, list[Quad]] = defaultdict(list)
    times = Counter(quad.object for quad in quads if quad.predicate == _MEMBER)
    homes = Counter(quad.subject for quad in quads if quad.predicate == _IN)
    odd: set[object] = set()
    for quad in quads:
        cluster = home.get(quad.subject, quad.subject)
        stated[cluster].append(quad)
        if times[quad.object] > 1 and quad.predicate == _MEMBER:
            odd.add(cluster)
        elif homes[quad.subject] > 1 and quad.predicate == _IN:
            odd.update((cluster, quad.object))
    order = [cluster for cluster in stated if cluster not in odd]
    groups = [sorted(odd, key=str), *(order[at : at + together] for at in range(0, len(order), together))]
    for group in groups:
        content = [quad for cluster in group for quad in stated[cluster]]
        members = {quad.object for quad in content if quad.predicate == _MEMBER}
        of_members = [Quad(*triple) for member in members for triple in said[member]]
        yield from validate_quads([*content, *of_members]).violations
