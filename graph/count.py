"""Count what a store says, once, when it is written: how often a body is named, and the like.

The counts are statements of the default graph alone (``docs/model.md``), so that a query reads them as it
reads anything else. They are no part of what is passed on: whoever loads ``graph.nq`` counts again.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from graph.terms import PROV, RDF, name_node, write_integer
from graph.vocabulary import CG, ID, SYMMETRIC

NAMES = (
    "documentCount entityCount claimCount sentenceCount bodyCount "
    "connectedBodyCount connectingClaimCount connectingDocumentCount"
).split()
"""The properties that hold a count."""

_BODIES = (ID + "organisation/", ID + "collective/")
_SYMMETRIC = frozenset(CG + name for name in SYMMETRIC)
Counts = Iterator[tuple[str, str, int]]
"""Node, property and number."""


def count_statements(store: Store) -> Iterator[Quad]:
    """Yield the counts of a store whose default graph is filled.

    Args:
        store: in which documents, claims and evidence are as ``docs/model.md`` has them.
    """
    claims = _Claims(store)
    about_claims = (claims.count_sources(), claims.count_sentences(), claims.connect())
    for counts in (_count_mentions(store), _count_served(store), *about_claims):
        for node, name, number in counts:
            yield Quad(NamedNode(node), name_node(CG + name), write_integer(number))


def replace_counts(store: Store) -> None:
    """Count a store again, and put the new counts in the place of the old."""
    for name in NAMES:
        for quad in list(store.quads_for_pattern(None, name_node(CG + name), None, DefaultGraph())):
            store.remove(quad)
    store.extend(list(count_statements(store)))


def _count_mentions(store: Store) -> Counts:
    documents: Counter[str] = Counter()
    entities = Counter(dict.fromkeys((node for node, _ in _read(store, RDF + "type", CG + "Document")), 0))
    for document, node in _read(store, CG + "mentions"):
        entities[document] += 1
        if node.startswith(_BODIES):
            documents[node] += 1
    yield from ((node, "entityCount", number) for node, number in entities.items())
    yield from ((node, "documentCount", number) for node, number in documents.items())


def _count_served(store: Store) -> Counts:
    bodies: dict[str, set[str]] = {place: set() for place, _ in _read(store, RDF + "type", CG + "Place")}
    for name in ("servesArea", "region", "nation"):
        for body, place in _read(store, CG + name):
            bodies.setdefault(place, set()).add(body)
    yield from ((place, "bodyCount", len(found)) for place, found in bodies.items())


def _read(store: Store, predicate: str, value: str | None = None) -> Iterator[tuple[str, str]]:
    """Yield subject and object of the statements with a predicate, each once."""
    wanted = None if value is None else name_node(value)
    for quad in store.quads_for_pattern(None, name_node(predicate), wanted, DefaultGraph()):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode | Literal):
            yield quad.subject.value, quad.object.value


class _Claims:
    """The claims of a store, in columns."""

    def __init__(self, store: Store) -> None:
        self.subjects = dict(_read(store, CG + "subject"))
        self.objects = dict(_read(store, CG + "object"))
        self.predicates = dict(_read(store, CG + "predicate"))
        self.statuses = dict(_read(store, CG + "status"))
        derived = _read(store, PROV + "wasDerivedFrom")
        self.documents = {node: document for node, document in derived if node in self.subjects}
        self.evidence = list(_read(store, CG + "evidence"))
        self.sources = [node for node, _ in _read(store, RDF + "type", CG + "Document")]

    def count_sources(self) -> Counts:
        """Yield how many claims a document makes; none is a count too."""
        counts = Counter(self.documents.values())
        for document in self.sources:
            yield document, "claimCount", counts[document]

    def count_sentences(self) -> Counts:
        """Yield on how many sentences, in all documents, what a claim says rests, with the same status."""
        quotes: dict[tuple[str, ...], set[str]] = defaultdict(set)
        for claim, quote in self.evidence:
            quotes[self._identify(claim)].add(quote)
        for claim in self.subjects:
            yield claim, "sentenceCount", len(quotes[self._identify(claim)])

    def _identify(self, claim: str) -> tuple[str, ...]:
        """Return what is equal for claims that say the same, either way round where that is the same."""
        ends = self.subjects.get(claim, ""), self.objects.get(claim, "")
        predicate = self.predicates.get(claim, "")
        ends = (min(ends), max(ends)) if predicate in _SYMMETRIC else ends
        return *ends, predicate, self.statuses.get(claim, "")

    def connect(self) -> Counts:
        """Yield of each body with how many others it is related by asserted claims, how many, and where."""
        others: dict[str, set[str]] = defaultdict(set)
        claims: Counter[str] = Counter()
        documents: dict[str, set[str]] = defaultdict(set)
        for claim, subject in self.subjects.items():
            other, document = self.objects.get(claim, ""), self.documents.get(claim, "")
            apart = subject != other and subject.startswith(_BODIES) and other.startswith(_BODIES)
            if apart and self.statuses.get(claim) == CG + "Asserted":
                for one, another in ((subject, other), (other, subject)):
                    others[one].add(another)
                    claims[one] += 1
                    documents[one].add(document)
        for body, connected in others.items():
            yield body, "connectedBodyCount", len(connected)
            yield body, "connectingClaimCount", claims[body]
            yield body, "connectingDocumentCount", len(documents[body])
