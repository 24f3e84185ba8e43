"""Two small documents of our own with all that a build can say of them, as records."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from functools import cache

from pyoxigraph import Quad

from graph.assemble import assemble_document
from graph.assemble_register import assemble_ontology, assemble_register
from graph.records import Document, Entity, Extraction, Link, Mention, Relation, quote_evidence
from graph.register import load_register

MINUTES = (
    "Ann Marsh, chief executive of Torbay Care Trust, opened the meeting.\n"
    "The trust works with Lowmoor Housing Forum and county councils.\n"
    "Torbay Care Trust should pool its budget with Lowmoor Housing Forum.\n"
    "“Its £5m – so far – isn’t audited”: the trust does not audit county councils – 🏥 é.\n"
    "One PCT was funded by the Forum.\n"
    "The Forum published Homes First, which Ann Marsh and Banks wrote. It serves Lowmoor.\n"
)
LETTER = (
    "Lowmoor Housing Forum works with Torbay Care Trust under the Lowmoor Act and its Warm Homes Fund.\n"
    "The ambulance trust did not work with Torbay Care Trust.\n"
)


def make_document(name: str, text: str) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    return Document(name, text, digest, title=f"On {name}", date="2007-04", url="https://example.org/a b")


def make_relation(text: str, triple: str, status: str, *quotes: str, role: str = "") -> Relation:
    subject, predicate, obj = triple.split()
    evidence = []
    for quote in quotes:
        start = text.index(quote)
        evidence.append(quote_evidence(text, start, start + len(quote)))
    return Relation(subject, predicate, obj, status, tuple(evidence), role, 0.75, "frame")


def make_mention(text: str, words: str, entity: str, *, definite: bool = False) -> Mention:
    start = text.index(words)
    return Mention(start, start + len(words), words, "named", "CareTrust", entity, definite=definite)


TRUST = Entity(
    "trust",
    "named",
    "CareTrust",
    "Torbay Care Trust",
    ("Torbay Care Trust", "trust"),
    Link("ct:TAL", 1.0, "exact preferred name", ("ct:TAL",)),
)
FORUM = Entity("forum", "named", "Partnership", "Lowmoor Housing Forum", ("Forum", "Lowmoor Housing Forum"))


def make_minutes() -> Extraction:
    """Say something of every kind: all statuses, a post, a collective, an unnamed body, a publication."""
    text = MINUTES
    entities = (
        TRUST,
        FORUM,
        Entity("councils", "collective", "CountyCouncil", "county councils", ("county councils",)),
        Entity("one-pct", "unnamed", "PrimaryCareTrust", "one PCT", ("One PCT",)),
        Entity("ann-marsh", "other", "Person", "Ann Marsh", ("Ann Marsh",)),
        Entity("banks", "other", "Person", "Banks", ("Banks",)),
        Entity("homes-first", "other", "Publication", "Homes First", ("Homes First",)),
        Entity("lowmoor", "other", "Place", "Lowmoor", ("Lowmoor",)),
    )
    mentions = (
        make_mention(text, "Torbay Care Trust", "trust"),
        make_mention(text, "trust works", "trust", definite=True),
        make_mention(text, "Lowmoor Housing Forum", "forum"),
        make_mention(text, "Forum published", "forum", definite=True),
    )
    works = "The trust works with Lowmoor Housing Forum and county councils."
    relations = (
        make_relation(
            text,
            "ann-marsh postHolderAt trust",
            "asserted",
            "Ann Marsh, chief executive of Torbay Care Trust",
            role="chief executive",
        ),
        make_relation(text, "trust worksWith forum", "asserted", works, "opened the meeting"),
        make_relation(text, "trust worksWith councils", "asserted", works),
        make_relation(
            text, "trust poolsBudgetWith forum", "proposed", "Torbay Care Trust should pool its budget"
        ),
        make_relation(text, "trust audits councils", "negated", "the trust does not audit county councils"),
        make_relation(text, "forum funds one-pct", "asserted", "One PCT was funded by the Forum."),
        make_relation(text, "forum published homes-first", "asserted", "The Forum published Homes First"),
        make_relation(text, "ann-marsh authorOf homes-first", "asserted", "Ann Marsh and Banks wrote"),
        make_relation(text, "banks authorOf homes-first", "asserted", "Ann Marsh and Banks wrote"),
        make_relation(text, "forum servesArea lowmoor", "asserted", "It serves Lowmoor."),
    )
    return Extraction(make_document("minutes/2007.txt", text), (), mentions, entities, relations)


def make_letter() -> Extraction:
    """State a symmetric relation in both directions, and name a body that is ambiguous."""
    text = LETTER
    ambulance = Entity(
        "ambulance-trust",
        "named",
        "NHSTrust",
        "ambulance trust",
        (),
        Link(None, 0.4, "2 bodies share this name", ("nhs:RX5", "nhs:RX6")),
    )
    entities = (
        TRUST,
        FORUM,
        ambulance,
        Entity("lowmoor-act", "other", "Legislation", "Lowmoor Act"),
        Entity("fund", "other", "Programme", "Warm Homes Fund"),
    )
    first = make_relation(text, "forum worksWith trust", "asserted", "Lowmoor Housing Forum works")
    relations = (
        first,
        replace(
            make_relation(text, "trust worksWith forum", "asserted", "works with Torbay Care Trust"),
            confidence=0.9,
        ),
        make_relation(text, "ambulance-trust worksWith trust", "negated", "The ambulance trust did not work"),
        make_relation(
            text, "lowmoor-act directs trust", "asserted", "Torbay Care Trust under the Lowmoor Act"
        ),
        make_relation(text, "forum funds fund", "asserted", "its Warm Homes Fund"),
    )
    return Extraction(make_document("letter.txt", text), (), (), entities, relations)


sample_register = cache(load_register)


@cache
def sample_quads() -> tuple[Quad, ...]:
    """Assemble both documents, the entries of the register that they need, and the ontology."""
    register = sample_register()
    said = [quad for make in (make_minutes, make_letter) for quad in assemble_document(make(), register)]
    used = {quad.object for quad in said}
    entries = assemble_register(register)
    bodies = [quad for quad in entries if quad.subject in used]
    places = {quad.object for quad in bodies}
    described = [q for q in entries if q.subject in places and "/id/place/" in str(q.subject)]
    return (*said, *bodies, *described, *assemble_ontology())
