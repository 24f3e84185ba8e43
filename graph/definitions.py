"""What each class, relation and status means: the definitions of the ontology, as plain text."""

from __future__ import annotations

from functools import cache

from pyoxigraph import Literal, RdfFormat, parse

from graph.paths import ONTOLOGY
from graph.terms import SKOS
from graph.vocabulary import CG


@cache
def read_definitions() -> dict[str, str]:
    """Return the definition of each term of the ontology, by local name; not to be changed.

    >>> read_definitions()["University"]
    'A university or college of higher education.'
    """
    quads = parse(path=ONTOLOGY / "caregraph.ttl", format=RdfFormat.TURTLE)
    return {
        str(quad.subject.value).removeprefix(CG): quad.object.value
        for quad in quads
        if quad.predicate.value == SKOS + "definition" and isinstance(quad.object, Literal)
    }
