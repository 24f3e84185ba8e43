"""Check a dataset against the shapes: what a build may write, and nothing else.

The engine is rudof (Rust), which reads ``ontology/shapes.ttl`` as it stands; the tests hold it to the
verdicts of pySHACL. Shapes: W3C SHACL, core part.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pyrudof
from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from graph.errors import OntologyError
from graph.paths import ONTOLOGY
from graph.terms import RDF, SH
from graph.vocabulary import CG, INFERRED_GRAPH, ONTOLOGY_GRAPH, REGISTER_GRAPH

SHAPES = ONTOLOGY / "shapes.ttl"
_LEFT_OUT = {NamedNode(INFERRED_GRAPH), NamedNode(ONTOLOGY_GRAPH)}
_REGISTER = NamedNode(REGISTER_GRAPH)
_TYPE = NamedNode(RDF + "type")
_PLACE = NamedNode(CG + "Place")


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One thing that the shapes forbid.

    Attributes:
        focus: IRI of the node that is wrong.
        path: IRI of the property at fault; empty where the node itself is.
        message: what should be, in words.
        value: the value at fault as text; empty where one is missing.
    """

    focus: str
    path: str
    message: str
    value: str = ""

    def __str__(self) -> str:
        """Tell it in one line."""
        at = f" at <{self.path}>" if self.path else ""
        found = f" (found: {self.value})" if self.value else ""
        return f"<{self.focus}>{at}: {self.message}{found}"


@dataclass(frozen=True, slots=True)
class ShapesReport:
    """What validation found, sorted."""

    violations: tuple[Violation, ...]

    @property
    def conforms(self) -> bool:
        """Whether there is no violation."""
        return not self.violations


def validate_quads(
    quads: Iterable[Quad], *, whole_register: bool = True, shapes: Path = SHAPES
) -> ShapesReport:
    """Check what the documents and the register state; the ontology and what is inferred are left out.

    Args:
        quads: of any graphs; the shapes see their union.
        whole_register: whether to check every body of the register, or only those that documents
            refer to, which takes half the time.
        shapes: SHACL shapes in Turtle, every property shape with a name and an ``sh:message``.

    Raises:
        OntologyError: the shapes cannot be read.
    """
    return _check_triples(_select_triples(quads, whole_register=whole_register), shapes)


class DocumentChecker:
    """Checks documents one by one, or some together, each with what it names of the register.

    What is wrong with a dataset is what is wrong with its documents, each checked alone. Claims, evidence,
    linkings and local nodes belong to one document. What documents share has an address that tells what it is
    (a body, a collective, a person, a work, a place), hence its kind and the shapes that it falls under, and
    these forbid nothing of such a node that it takes two documents to say.

    Args:
        register: quads of the register.
        shapes: as for ``validate_quads``.
    """

    def __init__(self, register: Iterable[Quad], *, shapes: Path = SHAPES) -> None:
        self._shapes = shapes
        self._register = defaultdict[object, list[Triple]](list)
        for quad in register:
            self._register[quad.subject].append(quad.triple)

    def check(self, quads: Iterable[Quad]) -> ShapesReport:
        """Check what documents state, and the bodies of the register that they refer to."""
        said = {quad.triple for quad in quads}
        used = {triple.subject for triple in said} | {triple.object for triple in said}
        bodies = [triple for node in used & self._register.keys() for triple in self._register[node]]
        further = {triple.object for triple in bodies} & self._register.keys()
        places = [t for node in further if self._is_place(node) for t in self._register[node]]
        return _check_triples(said.union(bodies, places), self._shapes)

    def _is_place(self, node: object) -> bool:
        return any(t.predicate == _TYPE and t.object == _PLACE for t in self._register[node])


def _check_triples(triples: set[Triple], shapes: Path) -> ShapesReport:
    text, messages = _read_shapes(shapes)
    if not triples:
        return ShapesReport(())
    engine = pyrudof.Rudof(pyrudof.RudofConfig())
    engine.read_shacl(text, pyrudof.ShaclFormat.Turtle)
    engine.read_data(_write_triples(triples), pyrudof.RDFFormat.NTriples)
    found = engine.validate_shacl(pyrudof.ShaclValidationMode.Native)
    return ShapesReport(tuple(sorted({_tell_violation(entry, messages) for entry in found})))


def _select_triples(quads: Iterable[Quad], *, whole_register: bool) -> set[Triple]:
    """Take what is to be checked: a body that documents refer to comes with the places it names."""
    said: set[Triple] = set()
    register: set[Triple] = set()
    for quad in quads:
        graph_name = quad.graph_name
        if graph_name == _REGISTER:
            register.add(quad.triple)
        elif graph_name not in _LEFT_OUT:
            said.add(quad.triple)
    if whole_register:
        return said | register
    used = {triple.subject for triple in said} | {triple.object for triple in said}
    bodies = {triple for triple in register if triple.subject in used}
    places = {t.subject for t in register if t.predicate == _TYPE and t.object == _PLACE}
    places &= {triple.object for triple in bodies}
    return said | bodies | {triple for triple in register if triple.subject in places}


@lru_cache(maxsize=4)
def _read_shapes(path: Path) -> tuple[str, dict[str, str]]:
    """Read the shapes and the message of each named shape."""
    try:
        text = path.read_text(encoding="utf-8")
        triples = list(parse(text, format=RdfFormat.TURTLE))
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        raise OntologyError(str(path), f"cannot be read as Turtle: {error}") from error
    message = NamedNode(SH + "message")
    return text, {
        triple.subject.value: triple.object.value
        for triple in triples
        if triple.predicate == message
        and isinstance(triple.subject, NamedNode)
        and isinstance(triple.object, Literal)
    }


def _write_triples(triples: Iterable[Triple]) -> str:
    content = serialize(triples, format=RdfFormat.N_TRIPLES)
    return content.decode() if content else ""


def _tell_violation(entry: pyrudof.ShaclValidationEntry, messages: dict[str, str]) -> Violation:
    path = entry.path or ""
    message = messages.get(entry.source_shape or "", entry.message)
    return Violation(str(entry.focus_node), path, message, str(entry.value or ""))
