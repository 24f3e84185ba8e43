"""Compare one extraction with its gold file: align the entities, then count what agrees.

Entities are aligned by where their mentions stand, one to one, so no naming has to agree. Bodies of
kind ``unnamed`` in the gold, and relations with one, are neither demanded nor punished.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import NamedTuple

from graph.evaluate_figures import Figure
from graph.evaluate_gold import GoldDocument, GoldRelation
from graph.records import Extraction, Mention, Relation, Span
from graph.vocabulary import ORGANISATION_KINDS, SYMMETRIC

FAMILIES = {
    "joint": "worksWith jointlyCommissionsWith poolsBudgetWith",
    "oversight": "regulates audits directs",
    "membership": "partOf memberOf",
    "change": "successorOf mergesWith reorganises",
}
"""Predicates that the measure ``families`` takes for one another."""

_FAMILY_OF = {predicate: family for family, members in FAMILIES.items() for predicate in members.split()}
_SYMMETRIC_FAMILIES = frozenset({"joint"})


class Triple(NamedTuple):
    """A relation between gold entities; an entity that has none is written ``?`` and its own id."""

    subject: str
    predicate: str
    object: str
    status: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How an extraction stands to the gold of its document.

    Attributes:
        figures: by measure, one for each of ``graph.evaluate_figures.MEASURES``.
        by_predicate: relations only.
        aligned: gold entity of each system entity that has one.
        wanted: evidence of each triple that the gold asks for.
        found: evidence of each triple that the system states.
        grounded: how many triples in both have evidence that overlaps.
        denied: triples of the gold, without status, that are only proposed or negated.
        false_facts: how many of these the system asserts.
    """

    figures: Mapping[str, Figure]
    by_predicate: Mapping[str, Figure]
    aligned: Mapping[str, str]
    wanted: Mapping[Triple, list[Span]]
    found: Mapping[Triple, list[Span]]
    grounded: int
    denied: int
    false_facts: int


def compare_document(gold: GoldDocument, extraction: Extraction | None) -> Comparison:
    """Compare an extraction, or None where there is none, with the gold of its document."""
    mentions = extraction.mentions if extraction else ()
    relations = extraction.relations if extraction else ()
    aligned = align_entities(gold, mentions)
    unnamed = {i for i, entity in gold.entities.items() if entity.kind == "unnamed"}
    own = {entity: entity for entity in gold.entities}
    wanted = _collect(((align_relation(r, own), r.evidence) for r in gold.relations), unnamed)
    found = _collect(
        ((align_relation(r, aligned), ((e.start, e.end) for e in r.evidence)) for r in relations), unnamed
    )
    denied, false_facts = _count_false_facts(wanted, found)
    return Comparison(
        figures={
            **_compare_mentions(gold, mentions, unnamed),
            "entities": _compare_entities(gold, mentions, aligned, unnamed),
            **_compare_relations(wanted, found),
            "links": _compare_links(gold, extraction, aligned),
        },
        by_predicate=_compare_predicates(wanted, found),
        aligned=aligned,
        wanted=wanted,
        found=found,
        grounded=sum(_any_overlap(found[t], wanted[t]) for t in wanted.keys() & found.keys()),
        denied=denied,
        false_facts=false_facts,
    )


def overlaps(one: Span, other: Span) -> bool:
    """Whether two spans share a character."""
    return one[0] < other[1] and other[0] < one[1]


def align_entities(gold: GoldDocument, mentions: Iterable[Mention]) -> dict[str, str]:
    """Give each system entity the gold entity whose mentions it meets most, each gold entity once.

    A mention of the same span counts twice as much as one that overlaps; ties go by id.
    """
    spans = sorted((start, end, e.id) for e in gold.entities.values() for start, end in e.spans)
    votes: Counter[tuple[str, str]] = Counter()
    for mention in mentions:
        own = (mention.start, mention.end)
        for start, end, target in spans:
            if start >= mention.end:
                break
            if overlaps(own, (start, end)):
                votes[mention.entity, target] += 2 if own == (start, end) else 1
    aligned: dict[str, str] = {}
    for entity, target in sorted(votes, key=lambda pair: (-votes[pair], pair)):
        if entity not in aligned and target not in aligned.values():
            aligned[entity] = target
    return aligned


def align_relation(relation: GoldRelation | Relation, aligned: Mapping[str, str]) -> Triple:
    """Return what a relation states, between gold entities; symmetric ones are turned one way round.

    Args:
        relation: of the gold or of the system.
        aligned: gold entity of each entity of the relation's own that has one.
    """
    subject, obj = (aligned.get(entity, f"?{entity}") for entity in (relation.subject, relation.object))
    if relation.predicate in SYMMETRIC:
        subject, obj = sorted((subject, obj))
    return Triple(subject, relation.predicate, obj, relation.status)


def _collect(stated: Iterable[tuple[Triple, Iterable[Span]]], unnamed: set[str]) -> dict[Triple, list[Span]]:
    """Gather the evidence of each triple; those with an unnamed body are dropped."""
    triples: defaultdict[Triple, list[Span]] = defaultdict(list)
    for triple, evidence in stated:
        if not {triple.subject, triple.object} & unnamed:
            triples[triple] += evidence
    return dict(triples)


def _compare_mentions(
    gold: GoldDocument, mentions: Iterable[Mention], unnamed: set[str]
) -> dict[str, Figure]:
    bodies = [e for e in gold.entities.values() if e.kind in ORGANISATION_KINDS]
    types = {span: e.type for e in bodies for span in e.spans}
    # A span that a named and an unnamed body share belongs to the one that is annotated last.
    owner = {span: e.id for e in bodies for span in e.spans}
    wanted = {span for span, entity in owner.items() if entity not in unnamed}
    optional = owner.keys() - wanted
    stated = {(m.start, m.end): m.type for m in mentions if m.kind in ORGANISATION_KINDS}
    found = {span for span in stated if not any(overlaps(span, other) for other in optional)}
    exact = len(found & wanted)
    typed = sum(stated[span] == types[span] for span in found & wanted)
    return {
        "mentions": Figure(len(found), len(wanted), exact, exact),
        "overlap": Figure(
            len(found),
            len(wanted),
            sum(any(overlaps(span, other) for other in wanted) for span in found),
            sum(any(overlaps(span, other) for other in found) for span in wanted),
        ),
        "typed": Figure(len(found), len(wanted), typed, typed),
    }


def _compare_entities(
    gold: GoldDocument, mentions: Iterable[Mention], aligned: Mapping[str, str], unnamed: set[str]
) -> Figure:
    bodies = {i for i, entity in gold.entities.items() if entity.kind in ORGANISATION_KINDS}
    kinds = {mention.entity: mention.kind for mention in mentions}
    own = [i for i, kind in kinds.items() if kind in ORGANISATION_KINDS and aligned.get(i) not in unnamed]
    matched = sum(aligned.get(entity) in bodies for entity in own)
    return Figure(len(own), len(bodies - unnamed), matched, matched)


def _compare_links(gold: GoldDocument, extraction: Extraction | None, aligned: Mapping[str, str]) -> Figure:
    """Count register ids over aligned named bodies whose gold states one, or that there is none."""
    linked = {entity.id: entity.link.register for entity in extraction.entities} if extraction else {}
    total = Figure()
    for entity, target in aligned.items():
        truth = gold.entities[target]
        if truth.kind == "named" and truth.links:
            mine = linked.get(entity)
            right = mine is not None and mine == truth.register
            total += Figure(mine is not None, truth.register is not None, right, right)
    return total


def _compare_relations(wanted: Iterable[Triple], found: Iterable[Triple]) -> dict[str, Figure]:
    pairs = [{frozenset((t.subject, t.object)) for t in triples} for triples in (wanted, found)]
    families = [{_generalise(t) for t in triples} for triples in (wanted, found)]
    return {
        "relations": _count(set(wanted), set(found)),
        "pairs": _count(*pairs),
        "families": _count(*families),
    }


def _compare_predicates(wanted: Iterable[Triple], found: Iterable[Triple]) -> dict[str, Figure]:
    predicates = sorted({t.predicate for t in wanted} | {t.predicate for t in found})
    return {
        predicate: _count(*({t for t in triples if t.predicate == predicate} for triples in (wanted, found)))
        for predicate in predicates
    }


def _count(wanted: AbstractSet[object], found: AbstractSet[object]) -> Figure:
    matched = len(wanted & found)
    return Figure(len(found), len(wanted), matched, matched)


def _generalise(triple: Triple) -> tuple[str, str, str]:
    """Return the triple with its family for its predicate and without status."""
    family = _FAMILY_OF.get(triple.predicate, triple.predicate)
    subject, obj = triple.subject, triple.object
    if family in _SYMMETRIC_FAMILIES or family in SYMMETRIC:
        subject, obj = sorted((subject, obj))
    return subject, family, obj


def _count_false_facts(wanted: Iterable[Triple], found: Iterable[Triple]) -> tuple[int, int]:
    """Return how many triples of the gold are only proposed or negated, and how many of them are asserted."""
    facts = {t[:3] for t in wanted if t.status == "asserted"}
    denied = {t[:3] for t in wanted if t.status != "asserted"} - facts
    return len(denied), len(denied & {t[:3] for t in found if t.status == "asserted"})


def _any_overlap(spans: Iterable[Span], others: list[Span]) -> bool:
    return any(overlaps(span, other) for span in spans for other in others)
