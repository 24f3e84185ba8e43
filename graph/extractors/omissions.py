"""List the sentences that gave no relation and may hide one, the likeliest first.

Such a sentence names two bodies, or a body and a person or a publication. How likely it hides a relation
is what the claims add up to that were seen in it and were too weak to be made.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from graph.extractors.judged import SILENT, find_places
from graph.records import Mention, Omission, Relation, Sentence

BODIES = frozenset(("named", "collective"))
PARTNERS = frozenset(("Person", "Publication"))
"""Types of what can be related to a body without being one; areas are named too often in passing."""


def list_omissions(
    sentences: Sequence[Sentence],
    mentions: Iterable[Mention],
    relations: Iterable[Relation],
    seen: Iterable[Relation],
) -> tuple[Omission, ...]:
    """List the sentences that name what could be related and are evidence of nothing.

    Args:
        sentences: of one document, in order.
        mentions: in text order, those too that no relation needs.
        relations: that were found.
        seen: all claims, as weighed by ``graph.extractors.opinions.weigh_claims``.

    Returns:
        The likeliest first, then in text order.
    """
    relations = list(relations)
    evidence = sorted((e.start, e.end) for relation in relations for e in relation.evidence)
    used = {place for start, end in evidence for place in find_places(sentences, start, end)}
    named: dict[int, list[Mention]] = {}
    for mention in mentions:
        if mention.kind in BODIES or mention.type in PARTNERS:
            for place in find_places(sentences, mention.start, mention.end)[:1]:
                named.setdefault(place, []).append(mention)
    likelihoods = _add_up(sentences, relations, seen)
    omissions = [
        Omission(place, likelihoods.get(place, 0.0), tuple(found))
        for place, found in named.items()
        if place not in used and sentences[place].kind not in SILENT and _can_relate(found)
    ]
    return tuple(sorted(omissions, key=lambda omission: (-omission.likelihood, omission.sentence)))


def _can_relate(named: Iterable[Mention]) -> bool:
    """Say whether a sentence names two bodies, or a body with a person or a publication."""
    kinds = {mention.entity: mention.kind for mention in named}
    return len(kinds) > 1 and any(kind in BODIES for kind in kinds.values())


def _add_up(
    sentences: Sequence[Sentence], relations: Iterable[Relation], seen: Iterable[Relation]
) -> Mapping[int, float]:
    """Return the chance that a sentence states at least one of the claims seen in it, by its place.

    Of two things only the surest claim counts, pairs are taken to be independent, and what the document is
    known to say elsewhere is no omission. A claim on two sentences belongs to the second.
    """
    known = {(r.subject, r.predicate, r.object) for r in relations}
    surest: dict[int, dict[frozenset[str], float]] = {}
    for claim in seen:
        if (claim.subject, claim.predicate, claim.object) in known:
            continue
        pair = frozenset((claim.subject, claim.object))
        for evidence in claim.evidence:
            for place in find_places(sentences, evidence.start, evidence.end)[-1:]:
                chances = surest.setdefault(place, {})
                chances[pair] = max(chances.get(pair, 0.0), claim.confidence)
    return {
        place: round(1 - prod(1 - chance for chance in chances.values()), 3)
        for place, chances in surest.items()
    }
