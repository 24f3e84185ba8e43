"""A made-up build for tests of the endpoint: bodies, a chain of successors, and sentences."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from graph.store import write_store
from graph.terms import PROV, RDF, SKOS
from graph.vocabulary import CG, ID

GRAPHS = "https://w3id.org/caregraph/graph/"
BODIES = 10_000
DOCUMENTS = 50


def body(number: int) -> NamedNode:
    return NamedNode(f"{ID}organisation/b{number}")


def list_quads(bodies: int = BODIES) -> Iterator[Quad]:
    """Yield five statements for each body, in the graph of one of the documents."""
    for number in range(bodies):
        where = NamedNode(f"{GRAPHS}document/paper-{number % DOCUMENTS}.txt")
        this = body(number)
        yield Quad(this, NamedNode(RDF + "type"), NamedNode(CG + "NHSTrust"), where)
        yield Quad(
            this, NamedNode(SKOS + "prefLabel"), Literal(f"Trust {number} of the North & “West”"), where
        )
        yield Quad(this, NamedNode(CG + "successorOf"), body(number + 1), where)
        yield Quad(this, NamedNode(CG + "worksWith"), body(number * 7 % bodies), where)
        text = f"The trust number {number} says that it works with the board, =1+1, and with others."
        yield Quad(this, NamedNode(PROV + "value"), Literal(text), where)


def make_build(out: Path, bodies: int = BODIES) -> Path:
    """Make the store of a build; its default graph holds each statement once more."""
    write_store(out, list_quads(bodies))
    return out
