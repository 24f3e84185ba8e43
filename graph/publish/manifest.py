"""The record of what is published, kept on the server as a small graph, so that any machine can go on.

It names each graph that caregraph has begun to write there and, once that was written whole, its SHA-256 and
the number of its statements. A graph is named before it is written, and its hash is taken away before it is
changed: whatever breaks off, a hash in the record is that of what the server holds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from graph.publish.contents import State
from graph.terms import DCTERMS, write_integer
from graph.vocabulary import GRAPH

PUBLISHED_GRAPH = GRAPH + "published"
"""The named graph that holds the record."""

PART_OF = NamedNode(DCTERMS + "hasPart")
SHA256 = NamedNode("https://schema.org/sha256")
STATEMENTS = NamedNode("http://rdfs.org/ns/void#triples")


@dataclass(frozen=True, slots=True)
class Mark:
    """What the record says of a graph that is published whole: its SHA-256, and how many statements."""

    sha256: str
    statements: int


Manifest = Mapping[str, Mark | None]
"""By the IRI of the graph; None for one that may be there in part."""


def read_manifest(triples: Iterable[Triple]) -> dict[str, Mark | None]:
    """Read the record.

    Names that are not those of caregraph's own graphs are passed over, so that nothing that somebody
    else writes into the record makes us touch another graph. Where it says two things of a graph, it
    says nothing.
    """
    found: dict[str, dict[NamedNode, set[str]]] = {}
    for triple in triples:
        if triple.predicate == PART_OF and isinstance(triple.object, NamedNode):
            found.setdefault(triple.object.value, {})
        elif isinstance(triple.subject, NamedNode) and isinstance(triple.object, Literal):
            said = found.setdefault(triple.subject.value, {})
            said.setdefault(triple.predicate, set()).add(triple.object.value)
    ours = (name for name in found if name.startswith(GRAPH) and name != PUBLISHED_GRAPH)
    return {name: _read_mark(found[name]) for name in ours}


def write_begun(names: Iterable[str]) -> list[Triple]:
    """Make the statements that name graphs which may be there in part."""
    return [Triple(NamedNode(PUBLISHED_GRAPH), PART_OF, NamedNode(name)) for name in names]


def write_marks(states: Mapping[str, State | Mark]) -> list[Triple]:
    """Make the statements that tell what graphs hold that are published whole."""
    triples = []
    for name, state in states.items():
        triples.append(Triple(NamedNode(name), SHA256, Literal(state.sha256)))
        triples.append(Triple(NamedNode(name), STATEMENTS, write_integer(state.statements)))
    return triples


def write_manifest(manifest: Manifest) -> bytes:
    """Write the whole record as N-Triples."""
    marks = {name: mark for name, mark in manifest.items() if mark}
    return write_record([*write_begun(manifest), *write_marks(marks)])


def write_record(triples: Iterable[Triple]) -> bytes:
    """Write statements of the record as N-Triples."""
    return serialize(triples, format=RdfFormat.N_TRIPLES) or b""


def _read_mark(said: Mapping[NamedNode, set[str]]) -> Mark | None:
    hashes, numbers = said.get(SHA256, set()), said.get(STATEMENTS, set())
    if len(hashes) != 1 or len(numbers) != 1:
        return None
    number = min(numbers)
    return Mark(min(hashes), int(number)) if number.isascii() and number.isdecimal() else None
