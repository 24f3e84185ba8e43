"""The terms of the ontology as records: what each means, what stands above and below it, how it is used."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, Quad

from graph.query import QUERY_PREFIXES
from graph.questions import Question
from graph.statistics import Statistics
from graph.terms import OWL, RDF, RDFS, SKOS
from graph.vocabulary import CG

KINDS = {
    "Class": "Classes",
    "ObjectProperty": "Properties between nodes",
    "DatatypeProperty": "Properties with values",
    "AnnotationProperty": "Notes",
    "Datatype": "Types of values",
    "Status": "Statuses",
}
"""Kinds of terms, in the order of the page, with their headings."""
_CHARACTERISTICS = {
    "SymmetricProperty": "symmetric: what holds in one direction holds in the other",
    "FunctionalProperty": "functional: a node has one value at most",
    "TransitiveProperty": "transitive",
}


@dataclass(frozen=True, slots=True)
class Other:
    """A term that a term refers to: in short (``org:Organization``), and its IRI."""

    name: str
    iri: str


@dataclass(frozen=True, slots=True)
class Term:
    """A class, property or status.

    Attributes:
        name: local name, which is its anchor.
        kind: a key of ``KINDS``.
        above: direct super-classes or super-properties, ours and those of other vocabularies.
        below: our direct sub-classes or sub-properties.
        uses: how many nodes or statements of the graph use it, inferred ones among them; None where unknown.
        questions: named questions whose queries use it.
    """

    name: str
    iri: str
    kind: str
    label: str
    definition: str
    example: str
    above: tuple[Other, ...]
    below: tuple[Other, ...]
    domain: tuple[Other, ...]
    range: tuple[Other, ...]
    inverse: tuple[Other, ...]
    different: tuple[Other, ...]
    characteristics: tuple[str, ...]
    uses: int | None
    questions: tuple[Question, ...]

    def holds(self, text: str) -> bool:
        """Tell whether a term holds all the words of a text."""
        said = f"{self.name} {self.label} {self.definition} {self.example}".casefold()
        return all(word in said for word in text.casefold().split())


@dataclass(frozen=True, slots=True)
class Branch:
    """A term in the tree of its kind, with what stands under it; a term stands under the first above it."""

    term: Term
    branches: tuple[Branch, ...]


def read_terms(
    quads: Iterable[Quad], statistics: Statistics, questions: Iterable[Question]
) -> tuple[Term, ...]:
    """Read the terms of the ontology, by kind and name.

    Args:
        quads: of the graph of the ontology.
        statistics: of the graph, for how often each term is used.
        questions: the named questions.
    """
    facts: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    backward: defaultdict[str, defaultdict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        subject, predicate, value = _text(quad.subject), quad.predicate.value, _text(quad.object)
        facts[subject][predicate].append(value)
        backward[value][predicate].append(subject)
    uses = {count.type_iri: count.entities for count in statistics.classes}
    uses |= {count.property: count.triples for count in statistics.properties}
    asked = _find_questions(questions)
    terms = [
        _make_term(iri, kind, (facts[iri], backward[iri]), uses, asked)
        for iri in sorted(facts)
        if iri.startswith(CG) and (kind := _find_kind(facts[iri][RDF + "type"]))
    ]
    return tuple(sorted(terms, key=lambda term: (list(KINDS).index(term.kind), term.name.casefold())))


def grow_tree(terms: Iterable[Term], kind: str) -> tuple[Branch, ...]:
    """Put the terms of a kind into a tree, each once."""
    own = {term.iri: term for term in terms if term.kind == kind}
    under: defaultdict[str, list[Term]] = defaultdict(list)
    for term in own.values():
        parent = next((other.iri for other in term.above if other.iri in own), "")
        under[parent].append(term)

    def grow(parent: str) -> tuple[Branch, ...]:
        return tuple(Branch(term, grow(term.iri)) for term in under[parent])

    return grow("")


def shorten_term(iri: str) -> Other:
    """Write the IRI of a term with its prefix.

    >>> shorten_term("http://www.w3.org/ns/org#Organization").name
    'org:Organization'
    """
    for prefix, namespace in QUERY_PREFIXES.items():
        if iri.startswith(namespace):
            return Other(f"{prefix}:{iri.removeprefix(namespace)}", iri)
    return Other(iri, iri)


Facts = Mapping[str, list[str]]


def _make_term(
    iri: str,
    kind: str,
    facts: tuple[Facts, Facts],
    uses: Mapping[str, int],
    asked: Mapping[str, list[Question]],
) -> Term:
    own, backward = facts
    name = iri.removeprefix(CG)
    above, inverse = RDFS + "subPropertyOf", OWL + "inverseOf"
    if kind == "Class":
        above = RDFS + "subClassOf"

    def first(predicate: str) -> str:
        return min(own.get(predicate, ()), default="")

    def others(*lists: list[str]) -> tuple[Other, ...]:
        return tuple(map(shorten_term, sorted({found for values in lists for found in values})))

    return Term(
        name=name,
        iri=iri,
        kind=kind,
        label=first(RDFS + "label") or name,
        definition=first(SKOS + "definition"),
        example=first(SKOS + "example"),
        above=others(own.get(above, [])),
        below=others([found for found in backward.get(above, []) if found.startswith(CG)]),
        domain=others(own.get(RDFS + "domain", [])),
        range=others(own.get(RDFS + "range", [])),
        inverse=others(own.get(inverse, []), backward.get(inverse, [])),
        different=others(own.get(OWL + "disjointWith", []), backward.get(OWL + "disjointWith", [])),
        characteristics=tuple(
            words for key, words in _CHARACTERISTICS.items() if OWL + key in own.get(RDF + "type", ())
        ),
        uses=None if kind in ("Status", "Datatype") else uses.get(iri, 0),
        questions=tuple(asked.get(name, ())),
    )


def _find_kind(types: list[str]) -> str:
    namespaces = {"Status": CG, "Datatype": RDFS}
    return next((kind for kind in KINDS if namespaces.get(kind, OWL) + kind in types), "")


def _find_questions(questions: Iterable[Question]) -> dict[str, list[Question]]:
    found: defaultdict[str, list[Question]] = defaultdict(list)
    for question in questions:
        for name in sorted(set(re.findall(r"\bcg:(\w+)", question.query))):
            found[name].append(question)
    return found


def _text(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""
