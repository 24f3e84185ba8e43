"""Work out what follows from the plain statements: wider classes, wider, symmetric and inverse properties.

The rules are those of RDFS and OWL 2 RL that the ontology needs (cax-sco, prp-spo1, prp-symp, prp-inv1
and prp-inv2), taken to their end once for the ontology and then looked up for each statement. What a
claim says is never taken as a premise: a proposed or negated claim has no plain statement to start from.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, Triple, parse

from graph.errors import OntologyError
from graph.paths import ONTOLOGY
from graph.terms import OWL, RDF, RDFS, name_node
from graph.vocabulary import CG, INFERRED_GRAPH

_TYPE = NamedNode(RDF + "type")
_RECORD_CLASSES = {NamedNode(CG + "Claim"), NamedNode(CG + "Linking")}
Step = tuple[NamedNode, bool]
"""A property, and whether subject and object change places on the way to it."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What the ontology lets follow, taken to the end.

    Attributes:
        classes: all super-classes of a class.
        properties: all that follows from a property; those that describe claims and linkings,
            which record what was said and not what is so, are left out, as annotation properties are.
    """

    classes: dict[NamedNode, tuple[NamedNode, ...]]
    properties: dict[NamedNode, tuple[Step, ...]]


@lru_cache(maxsize=4)
def load_rules(path: Path = ONTOLOGY / "caregraph.ttl") -> Rules:
    """Read the rules off an ontology in Turtle.

    Raises:
        OntologyError: the file is missing or is no Turtle.
    """
    try:
        triples = list(parse(path.read_bytes(), format=RdfFormat.TURTLE))
    except (OSError, SyntaxError) as error:
        raise OntologyError(str(path), f"cannot be read as Turtle: {error}") from error
    links: dict[str, dict[NamedNode, list[NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode):
            links[triple.predicate.value][triple.subject].append(triple.object)
    return Rules(_close_classes(links[RDFS + "subClassOf"]), _close_properties(links))


def infer_statements(quads: Iterable[Quad], rules: Rules | None = None) -> list[Quad]:
    """Infer what follows from quads of any graphs.

    Args:
        quads: what the documents, the register and the ontology state.
        rules: of the ontology; those of caregraph's own where None.

    Returns:
        Quads of the graph ``inferred``, each once, and none that ``quads`` states in some graph.
    """
    rules = rules or load_rules()
    stated = {quad.triple for quad in quads}
    inferred = {triple for statement in stated for triple in _follow(statement, rules)} - stated
    graph_name = name_node(INFERRED_GRAPH)
    return [Quad(t.subject, t.predicate, t.object, graph_name) for t in inferred]


def derive_statements(quads: Iterable[Quad], rules: Rules | None = None) -> tuple[set[Triple], set[Triple]]:
    """Return what follows from some quads, and which of their statements could follow from others.

    A rule has one premise, so what follows from many documents is what follows from each: it is in the graph
    ``inferred`` where one of them at least lets it follow and none states it (``infer_statements``).

    Args:
        quads: what a document, or register and ontology, state.
        rules: of the ontology; those of caregraph's own where None.
    """
    rules = rules or load_rules()
    wider = {name for names in rules.classes.values() for name in names}
    properties = {step[0] for steps in rules.properties.values() for step in steps}
    stated = {quad.triple for quad in quads}
    could_follow = {
        t for t in stated if (t.object in wider if t.predicate == _TYPE else t.predicate in properties)
    }
    return {triple for statement in stated for triple in _follow(statement, rules)}, could_follow


def _follow(statement: Triple, rules: Rules) -> Iterator[Triple]:
    """Yield all that follows from one statement; the rules need no second premise but the ontology."""
    subject, predicate, value = statement.subject, statement.predicate, statement.object
    if predicate == _TYPE:
        for wider in rules.classes.get(value, ()) if isinstance(value, NamedNode) else ():
            yield Triple(subject, predicate, wider)
        return
    for wider, swapped in rules.properties.get(predicate, ()):
        if not swapped:
            yield Triple(subject, wider, value)
        elif isinstance(value, NamedNode):
            yield Triple(value, wider, subject)


def _close_classes(wider: dict[NamedNode, list[NamedNode]]) -> dict[NamedNode, tuple[NamedNode, ...]]:
    steps = {name: [(other, False) for other in others] for name, others in wider.items()}
    return {name: tuple(step[0] for step in _reach(name, steps)) for name in steps}


def _close_properties(
    links: dict[str, dict[NamedNode, list[NamedNode]]],
) -> dict[NamedNode, tuple[Step, ...]]:
    steps: dict[NamedNode, list[Step]] = defaultdict(list)
    for name, others in links[RDFS + "subPropertyOf"].items():
        steps[name] += [(other, False) for other in others]
    for name, others in links[OWL + "inverseOf"].items():
        for other in others:
            steps[name].append((other, True))
            steps[other].append((name, True))
    for name, kinds in links[_TYPE.value].items():
        if NamedNode(OWL + "SymmetricProperty") in kinds:
            steps[name].append((name, True))
    left_out = {
        name
        for name in steps
        if _RECORD_CLASSES & set(links[RDFS + "domain"].get(name, ()))
        or NamedNode(OWL + "AnnotationProperty") in links[_TYPE.value].get(name, ())
    }
    return {name: tuple(_reach(name, steps)) for name in list(steps) if name not in left_out}


def _reach(start: NamedNode, steps: dict[NamedNode, list[Step]]) -> list[Step]:
    """List all that can be reached from ``start``, in the order in which it is found."""
    seen: dict[Step, None] = {(start, False): None}
    waiting = [(start, False)]
    while waiting:
        name, swapped = waiting.pop()
        for other, swaps in steps.get(name, ()):
            step = (other, swapped != swaps)
            if step not in seen:
                seen[step] = None
                waiting.append(step)
    return [step for step in seen if step != (start, False)]
