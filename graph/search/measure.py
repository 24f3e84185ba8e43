"""Count what is in a store, once, when it is written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Store

from graph.count import NAMES
from graph.search.counts import (
    FAMILIES,
    ClassCount,
    Connected,
    DocumentCount,
    MethodCount,
    PropertyCount,
    Statistics,
    StatusCount,
    TypeCount,
)
from graph.search.gather import (
    ClaimRow,
    Named,
    ask_store,
    find_end,
    find_kind,
    gather_claims,
    gather_names,
    read_labels,
)
from graph.vocabulary import CG, STATUSES

_MOST = 20
_BODIES = ("organisation", "collective")
_COUNTS = frozenset(CG + name for name in NAMES)
"""Made again wherever a graph is loaded, and so no part of what is counted here."""

_PROPERTIES = """
SELECT ?property (COUNT(*) AS ?triples) (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{ ?s ?property ?o } GROUP BY ?property"""
_CLASSES = "SELECT ?class (COUNT(*) AS ?nodes) { ?node a ?class } GROUP BY ?class"
_DISTINCT = f"""
SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects)
{{ ?s ?property ?o FILTER(?property NOT IN ({", ".join(f"<{iri}>" for iri in sorted(_COUNTS))})) }}"""
_DOCUMENTS = "SELECT (COUNT(*) AS ?documents) { ?document a cg:Document }"
_QUOTES = "SELECT (COUNT(DISTINCT ?quote) AS ?quotes) { ?quote oa:exact ?sentence }"
_LINKS = "SELECT (COUNT(DISTINCT ?link) AS ?links) { ?link cg:linksEntity ?entity }"
_UNSURE = _LINKS.replace("?entity }", "?entity MINUS { ?link cg:linksTo ?body } }")

Claims = Sequence[ClaimRow]


def measure_statistics(
    store: Store,
    named: Mapping[str, Named] | None = None,
    labels: Mapping[str, str] | None = None,
    rows: Iterable[ClaimRow] | None = None,
) -> Statistics:
    """Count what is in a store.

    Args:
        store: as built.
        named: what it names, if that is gathered already.
        labels: what it calls classes and relations, likewise.
        rows: its claims, likewise.
    """
    named = gather_names(store) if named is None else named
    labels = read_labels(store) if labels is None else labels
    rows = gather_claims(store) if rows is None else rows
    claims = list({row.claim: row for row in rows}.values())
    subjects, objects = map(int, next(ask_store(store, _DISTINCT)))
    found = _count_properties(store, labels)
    properties = tuple(row for row in found if row.property not in _COUNTS)
    triples = sum(row.triples for row in properties)
    return Statistics(
        quads=len(store) - sum(row.triples for row in found),
        triples=triples,
        graphs=sum(1 for _ in store.named_graphs()),
        subjects=subjects,
        objects=objects,
        documents=_count(store, _DOCUMENTS),
        sentences=_count(store, _QUOTES),
        claims=len(claims),
        links=_count(store, _LINKS),
        unsure_links=_count(store, _UNSURE),
        relations=_count_relations(claims, labels),
        years=_count_years(claims, named),
        types=_count_types(named, labels),
        connected=_count_connected(claims, named),
        sources=_count_sources(claims, named),
        confidence=_count_confidence(claims),
        methods=_count_methods(claims),
        classes=_count_classes(store, labels),
        properties=properties,
    )


def _count(store: Store, query: str) -> int:
    return int(next(ask_store(store, query))[0])


def _count_statuses(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[int, int, int]]:
    """Count (key, status), in the order of ``STATUSES``."""
    counts = Counter(pairs)
    asserted, proposed, negated = STATUSES
    keys = {key for key, _ in counts}
    return {key: (counts[key, asserted], counts[key, proposed], counts[key, negated]) for key in keys}


def _count_relations(claims: Claims, labels: Mapping[str, str]) -> tuple[StatusCount, ...]:
    counts = _count_statuses((row.predicate, row.status) for row in claims)
    ordered = sorted(counts.items(), key=lambda item: (-sum(item[1]), item[0]))
    return tuple(StatusCount(iri, labels.get(iri, find_end(iri)), *of) for iri, of in ordered)


def _count_years(claims: Claims, named: Mapping[str, Named]) -> tuple[StatusCount, ...]:
    dates = {iri: thing.date[:4] for iri, thing in named.items()}
    counts = _count_statuses((dates.get(row.document, ""), row.status) for row in claims)
    return tuple(StatusCount(year, year or "no date", *of) for year, of in sorted(counts.items()))


def _count_types(named: Mapping[str, Named], labels: Mapping[str, str]) -> tuple[TypeCount, ...]:
    in_documents: Counter[str] = Counter()
    in_register: Counter[str] = Counter()
    for iri, thing in named.items():
        if find_kind(iri) == "organisation":
            in_documents[thing.type] += thing.documents > 0
            in_register[thing.type] += thing.registered
    ordered = sorted(in_documents, key=lambda of: (-in_documents[of], -in_register[of], of))
    return tuple(
        TypeCount(of, labels.get(of, find_end(of)), in_documents[of], in_register[of]) for of in ordered
    )


def _count_connected(claims: Claims, named: Mapping[str, Named]) -> tuple[Connected, ...]:
    """Count as the question ``most-connected`` does: asserted claims between bodies, people left out."""
    others: dict[str, set[str]] = defaultdict(set)
    stated: dict[str, set[str]] = defaultdict(set)
    documents: dict[str, set[str]] = defaultdict(set)
    for row in claims:
        ends = (row.subject, row.object)
        if (
            row.status == STATUSES[0]
            and ends[0] != ends[1]
            and all(find_kind(end) in _BODIES for end in ends)
        ):
            for one, another in (ends, ends[::-1]):
                others[one].add(another)
                stated[one].add(row.claim)
                documents[one].add(row.document)
    names = {iri: named[iri].find_name(iri) if iri in named else find_end(iri) for iri in others}
    ordered = sorted(others, key=lambda iri: (-len(others[iri]), -len(stated[iri]), names[iri], iri))
    return tuple(
        Connected(iri, names[iri], len(others[iri]), len(stated[iri]), len(documents[iri]))
        for iri in ordered[:_MOST]
    )


def _count_sources(claims: Claims, named: Mapping[str, Named]) -> tuple[DocumentCount, ...]:
    counts = Counter(row.document for row in claims)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))[:_MOST]
    known = {iri: named.get(iri, Named()) for iri, _ in ordered}
    return tuple(DocumentCount(iri, known[iri].find_name(iri), known[iri].date, n) for iri, n in ordered)


def _count_confidence(claims: Claims) -> tuple[int, ...]:
    tenths = Counter(min(int(float(row.confidence) * 10), 9) for row in claims if row.confidence)
    return tuple(tenths[tenth] for tenth in range(10))


def _count_methods(claims: Claims) -> tuple[MethodCount, ...]:
    counts = Counter(row.method for row in claims)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(MethodCount(method, _find_family(method), number) for method, number in ordered)


def _find_family(method: str) -> str:
    first = method.split(" ", 1)[0]
    return FAMILIES[{"model": 1, "llm": 2}.get(first, 0)]


def _count_classes(store: Store, labels: Mapping[str, str]) -> tuple[ClassCount, ...]:
    rows = sorted((-int(number), iri) for iri, number in ask_store(store, _CLASSES))
    return tuple(ClassCount(iri, labels.get(iri, find_end(iri)), -number) for number, iri in rows)


def _count_properties(store: Store, labels: Mapping[str, str]) -> tuple[PropertyCount, ...]:
    rows = sorted(ask_store(store, _PROPERTIES), key=lambda row: (-int(row[1]), row[0]))
    return tuple(
        PropertyCount(row[0], labels.get(row[0], find_end(row[0])), *map(int, row[1:])) for row in rows
    )
