"""Make networks of any size to measure pages on: built graphs whose bodies and statements are made up.

Bodies live in communities of ``COMMUNITY``, with ``STATEMENTS`` statements a body, most of them within the
community. Each statement has a sentence of its own, of ``QUOTE`` characters, of words drawn one by one from
the notes in ``seeds/documents``: harder to pack than English, in which one word suggests the next.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

from environment import ROOT
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.store import load_store
from graph.terms import DCTERMS, OA, PROV, RDF, SKOS, XSD
from graph.vocabulary import CG, GRAPH, ID

COMMUNITY = 40
STATEMENTS = 1.6
QUOTE = 300
NEIGHBOURS = 0.9
"""Share of the statements beyond a body's first that stay within a community."""

PER_DOCUMENT = 20
TYPES = (
    "PrimaryCareTrust CountyCouncil NHSTrust GovernmentDepartment Charity Regulator University Person".split()
)
RELATIONS = "worksWith funds commissionsFrom accountableTo recommendsTo memberOf".split()
STATUSES = ("Asserted",) * 8 + ("Proposed", "Negated")

Fact = tuple[str, NamedNode | Literal]


def make_store(size: int) -> Store:
    """Return a built graph of that many bodies, the same each time."""
    draw = random.Random(size)
    words = read_words(ROOT / "seeds" / "documents")
    return load_store([*make_bodies(draw, words, size), *make_statements(draw, words, size)])


def read_words(folder: Path) -> list[str]:
    """Return the words of our own notes, as often as they stand there."""
    return " ".join(path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.md"))).split()


def make_bodies(draw: random.Random, words: list[str], size: int) -> Iterator[Quad]:
    """Yield type, name and kind of each body."""
    names = sorted({word.capitalize() for word in words if word.isalpha() and len(word) > 4})
    for number in range(size):
        label = f"{draw.choice(names)} {draw.choice(names)} {draw.choice(names)} {number}"
        yield from state(
            name_body(number),
            find_place(number // COMMUNITY),
            (RDF + "type", NamedNode(CG + TYPES[draw.randrange(len(TYPES))])),
            (SKOS + "prefLabel", Literal(label)),
            (CG + "kind", Literal("named")),
        )


def make_statements(draw: random.Random, words: list[str], size: int) -> Iterator[Quad]:
    """Yield the documents and their claims, each with its sentence."""
    pairs = list(choose_pairs(draw, size))
    for number, (one, other) in enumerate(pairs):
        document = number // PER_DOCUMENT
        place, iri = find_place(document), f"{ID}document/{document:05}"
        claim, evidence = f"{ID}claim/{number:06}", f"{ID}evidence/{number:06}"
        if number % PER_DOCUMENT == 0:
            title, date = " ".join(draw.choices(words, k=6)), Literal(str(draw.randint(1998, 2024)))
            yield from state(iri, place, (RDF + "type", NamedNode(CG + "Document")))
            yield from state(iri, place, (DCTERMS + "title", Literal(title)), (DCTERMS + "date", date))
        yield from state(
            claim,
            place,
            (CG + "subject", NamedNode(name_body(one))),
            (CG + "object", NamedNode(name_body(other))),
            (CG + "predicate", NamedNode(CG + draw.choice(RELATIONS))),
            (CG + "status", NamedNode(CG + draw.choice(STATUSES))),
            (CG + "confidence", Literal(f"{draw.uniform(0.3, 1):.2f}", datatype=NamedNode(XSD + "decimal"))),
            (CG + "evidence", NamedNode(evidence)),
        )
        yield from state(
            evidence,
            place,
            (OA + "exact", Literal(" ".join(draw.choices(words, k=QUOTE // 4))[:QUOTE])),
            (OA + "start", Literal(str(400 * (number % PER_DOCUMENT)), datatype=NamedNode(XSD + "integer"))),
            (PROV + "wasQuotedFrom", NamedNode(iri)),
        )


def choose_pairs(draw: random.Random, size: int) -> Iterator[tuple[int, int]]:
    """Yield who is said to be related to whom: within a community the first bodies are the best connected."""
    for number in range(size):
        first = number - number % COMMUNITY
        if number != first:
            yield number, first + int((number - first) * draw.random() ** 2)
    for _ in range(int(size * STATEMENTS) - size + size // COMMUNITY):
        one = draw.randrange(size)
        first = one - one % COMMUNITY
        near = draw.randrange(first, min(first + COMMUNITY, size))
        yield one, near if draw.random() < NEIGHBOURS else draw.randrange(size)


def state(subject: str, place: str, *facts: Fact) -> Iterator[Quad]:
    """Yield facts about a subject, as the graph ``place`` states them."""
    for predicate, value in facts:
        yield Quad(NamedNode(subject), NamedNode(predicate), value, NamedNode(place))


def find_place(document: int) -> str:
    """Return the name of the graph of a document."""
    return f"{GRAPH}document/{document:05}"


def name_body(number: int) -> str:
    """Return the IRI of a body."""
    return f"{ID}organisation/body-{number:05}"
