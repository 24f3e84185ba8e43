"""Claims as RDF 1.2 has them: the node of a claim is a reifier of what it says.

``claim rdf:reifies <<( subject predicate object )>>`` takes the place of ``cg:subject``, ``cg:predicate`` and
``cg:object``; status, confidence, role and evidence stay as they are. To reify is not to assert: a claim
that is proposed or denied is spoken about and nowhere stated, as before (RDF 1.2 Concepts, section 1.5).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from graph.export.source import group_subjects
from graph.terms import RDF
from graph.vocabulary import CG

REIFIES = NamedNode(RDF + "reifies")
PARTS = tuple(NamedNode(CG + part) for part in ("subject", "predicate", "object"))


def reify_claims(quads: Iterator[Quad]) -> Iterator[Quad]:
    """Yield the statements with each claim as a reifier; everything else passes as it is.

    Args:
        quads: statements, those on one subject side by side.
    """
    for found in group_subjects(quads):
        yield from _reify_node(found)


def _reify_node(quads: list[Quad]) -> Iterator[Quad]:
    """Yield what is said of one node; a claim without all three parts in one graph stays as it is."""
    written = {}
    for name in {quad.graph_name for quad in quads if quad.predicate in PARTS}:
        said = _find_triple(quad for quad in quads if quad.graph_name == name)
        if said is not None:
            written[name] = said
    for quad in quads:
        said = written.get(quad.graph_name)
        if said is None or quad.predicate not in PARTS:
            yield quad
        elif quad.predicate == PARTS[0]:
            yield Quad(quad.subject, REIFIES, said, quad.graph_name)


def _find_triple(quads: Iterable[Quad]) -> Triple | None:
    """Return what a claim says, or None where it does not say one thing."""
    found: dict[NamedNode, list[NamedNode | BlankNode | Literal | Triple]] = {part: [] for part in PARTS}
    for quad in quads:
        if quad.predicate in found:
            found[quad.predicate].append(quad.object)
    if any(len(values) != 1 for values in found.values()):
        return None
    subject, predicate, said = (found[part][0] for part in PARTS)
    if not isinstance(subject, NamedNode | BlankNode) or not isinstance(predicate, NamedNode):
        return None
    return Triple(subject, predicate, said)
