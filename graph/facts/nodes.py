"""What the statements of one node say, as rows: a body and its names, a claim, its evidence, a document."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from hashlib import blake2b

from graph.facts.lines import read_value
from graph.facts.tables import Value
from graph.iris import fold_name
from graph.names import is_acronym
from graph.terms import DCTERMS, OA, PROV, RDF, RDFS, SKOS, read_number
from graph.vocabulary import (
    CG,
    ID,
    INFERRED_GRAPH,
    ORGANISATION_TYPES,
    OTHER_TYPES,
    REGISTER_GRAPH,
    SYMMETRIC,
)

KINDS = (
    "organisation",
    "collective",
    "person",
    "publication",
    "legislation",
    "programme",
    "place",
    "document",
)
"""What names can name: the folders of their IRIs."""

PREFERRED, OTHER, SHORT, SHARED, CODE = range(5)
"""How a name names a body, the plainest first."""

LABELS = {
    SKOS + "prefLabel": PREFERRED,
    DCTERMS + "title": PREFERRED,
    SKOS + "altLabel": OTHER,
    CG + "ambiguousName": SHARED,
    SKOS + "hiddenLabel": SHARED,
    SKOS + "notation": CODE,
    DCTERMS + "identifier": CODE,
}
BODIES = (ID + "organisation/", ID + "collective/")
SERVES = tuple(CG + name for name in ("servesArea", "region", "nation"))
_TYPE, _TERM = RDF + "type", RDFS + "label"
_PARTS = tuple(CG + name for name in ("subject", "predicate", "object", "status"))
_MORE = (CG + "role", CG + "confidence", PROV + "wasDerivedFrom", CG + "foundBy")
_QUOTE = (OA + "exact", PROV + "wasQuotedFrom", OA + "start")
_READ = (
    *LABELS, *SERVES, _TYPE, _TERM, *_PARTS, *_MORE, *_QUOTE,
    CG + "evidence", CG + "mentions", CG + "membersAre", CG + "linksEntity", CG + "linksTo", DCTERMS + "date",
)  # fmt: skip
PREDICATES = {f"<{iri}>".encode(): iri for iri in _READ}
"""What is read of a node, as it is written in lines."""

COUNTS = tuple(
    "documentCount entityCount claimCount sentenceCount bodyCount "
    "connectedBodyCount connectingClaimCount connectingDocumentCount".split()
)
"""The properties that hold a count: made again wherever a graph is loaded, and so no facts."""

LEAVES = {
    CG + leaf: rank
    for rank, leaf in enumerate(("Organisation", *ORGANISATION_TYPES[:-1], *OTHER_TYPES, "Document"))
}
"""The classes that nodes are given, wider ones first."""

DEFAULT, DOCUMENTS, INFERRED, REGISTER = range(4)
"""Where a statement stands: in the default graph, a document's or another one, what follows, the register."""

_HOMES = {
    b"": DEFAULT,
    **{
        f"{name}> .\n".encode(): home
        for name, home in ((INFERRED_GRAPH, INFERRED), (REGISTER_GRAPH, REGISTER))
    },
}
_SYMMETRIC = frozenset(CG + name for name in SYMMETRIC)
_ASSERTED = CG + "Asserted"
_MOST = (1 << 63) - 1

Row = tuple[str, tuple[Value, ...]]
"""The name of a table, and a row of it."""
Statements = list[tuple[str, bytes, int]]
"""Property, object, and where it stands."""


def find_home(end: bytes) -> int:
    """Tell where a line stands by its end, from the name of its graph on."""
    return _HOMES.get(end, DOCUMENTS)


def find_kind(iri: str) -> str:
    """Find what an IRI names: the folder that it is in, or nothing if it is none of ours."""
    return iri[len(ID) :].split("/", 1)[0] if iri.startswith(ID) else ""


def find_end(iri: str) -> str:
    """Find the last part of an IRI, which stands in where it has no label."""
    return re.split("[#/]", iri)[-1]


def read_node(subject: bytes, statements: Statements) -> Iterator[Row]:
    """Yield the rows that the statements of a node give.

    Args:
        subject: as it is written in a line.
        statements: those with ``PREDICATES``, in the order of their lines.
    """
    iri = read_value(subject)
    terms: dict[str, list[bytes]] = defaultdict(list)
    for predicate, term, _ in statements:
        if not terms[predicate] or terms[predicate][-1] != term:
            terms[predicate].append(term)
    found = {predicate: [read_value(term) for term in given] for predicate, given in terms.items()}
    if CG + "evidence" in found or _PARTS[0] in found:
        yield from _read_claim(iri, found)
    if _QUOTE[0] in found and _QUOTE[1] in found:
        for sentence in found[_QUOTE[0]]:
            for document in found[_QUOTE[1]]:
                for start in found.get(_QUOTE[2], ("",)):
                    yield "quotes", (document, _read_start(start), iri, sentence)
    if CG + "linksEntity" in found:
        yield "links", (iri, int(CG + "linksTo" in found))
    if _TERM in found:
        yield "terms", (iri, min(found[_TERM]))
    if subject.startswith(b"<"):
        yield from _read_place(iri, found, terms)
        yield from _read_names(iri, found, statements)


def _read_claim(iri: str, found: dict[str, list[str]]) -> Iterator[Row]:
    subject, predicate, value, status = parts = [min(found.get(name, ("",))) for name in _PARTS]
    role, confidence, document, method = (min(found.get(name, ("",))) for name in _MORE)
    quotes = found.get(CG + "evidence", ())
    ends = (min(subject, value), max(subject, value)) if predicate in _SYMMETRIC else (subject, value)
    same = blake2b("\n".join((*ends, predicate, status)).encode(), digest_size=16).digest()
    for quote in quotes:
        yield "evidence", (iri, quote, same)
    if _PARTS[0] in found:
        of_bodies = subject != value and subject.startswith(BODIES) and value.startswith(BODIES)
        quoted = int(all(parts) and bool(quotes))
        connects = int(of_bodies and status == _ASSERTED)
        parts[3], chance = status.removeprefix(CG).lower(), read_number(confidence) if confidence else None
        yield "claims", (iri, *parts, role, chance, document, method, quoted, connects, same)


def _read_place(iri: str, found: dict[str, list[str]], terms: dict[str, list[bytes]]) -> Iterator[Row]:
    """Yield whether a node is a document or a place, what it mentions, and which areas it serves."""
    types = found.get(_TYPE, ())
    if CG + "Document" in types:
        yield "documents", (iri,)
    if CG + "Place" in types:
        yield "places", (iri,)
    for predicate, table in ((CG + "mentions", "mentions"), *((name, "served") for name in SERVES)):
        for term in terms.get(predicate, ()):
            if term.startswith(b"<"):
                value = read_value(term)
                yield table, (iri, value) if table == "mentions" else (value, iri)


def _read_names(iri: str, found: dict[str, list[str]], statements: Statements) -> Iterator[Row]:
    """Yield a node with its names, if it has any, or a date."""
    names: dict[str, int] = {}
    if find_kind(iri) in KINDS:
        for predicate, standing in LABELS.items():
            for name in found.get(predicate, ()):
                names[name] = min(standing, names.get(name, standing))
    types = found.get(_TYPE, ())
    date = min(found.get(DCTERMS + "date", ("",))) if CG + "Document" in types else ""
    if not names and not date:
        return
    known = [home == REGISTER for name, _, home in statements if name == SKOS + "prefLabel"]
    stated = [
        read_value(term)
        for name, term, home in statements
        if name == _TYPE and home not in (DEFAULT, INFERRED)
    ]
    chosen = (_choose_type(stated), _choose_type(types), max(found.get(CG + "membersAre", ("",))))
    preferred = (name for name, standing in names.items() if standing == PREFERRED)
    called = min(preferred, default=find_end(iri))
    yield "named", (iri, called, find_kind(iri), *(chosen if names else ("", "", "")), date, int(any(known)))
    for name, standing in names.items():
        rank = SHORT if standing == OTHER and is_acronym(name) else standing
        yield "labels", (iri, name, fold_name(name), rank)


def _choose_type(types: list[str] | tuple[str, ...]) -> str:
    """Return the narrowest of some classes."""
    return max((iri for iri in types if iri in LEAVES), key=LEAVES.__getitem__, default="")


def _read_start(start: str) -> int:
    return min(int(start), _MOST) if start.isdecimal() else 0
