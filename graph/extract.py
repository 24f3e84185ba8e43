"""Extract one document: the order of the extractors, a pure function of the document.

segment -> titles -> organisations -> resolve -> people, publications, Acts, programmes, places -> relations.
Nothing here reads a file, so the same function runs in a loop, a pool or a cluster.
"""

from __future__ import annotations

import gc
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from graph.extractors.areas import find_service_areas
from graph.extractors.authorship import find_publication_relations
from graph.extractors.discourse import Discourse, follow_discourse
from graph.extractors.folded import Folded
from graph.extractors.frames import Frames, load_frames
from graph.extractors.gate import Gate
from graph.extractors.joining import join_opinions, weigh_claims
from graph.extractors.judged import Judges, find_judged_relations, load_judges
from graph.extractors.legislation import find_legislation
from graph.extractors.lexicon import Lexicon, load_lexicon
from graph.extractors.memberships import find_memberships
from graph.extractors.omissions import list_omissions
from graph.extractors.opinions import Opinions, load_opinions
from graph.extractors.organisations import find_organisations
from graph.extractors.overlaps import Spans
from graph.extractors.people import find_people
from graph.extractors.places import find_places
from graph.extractors.posts import find_posts
from graph.extractors.programmes import find_programmes
from graph.extractors.publications import find_publications, find_title_spans
from graph.extractors.relations import find_relations
from graph.extractors.units import find_units
from graph.patterns import make_regex
from graph.records import Document, Entity, Extraction, Mention, Relation, Sentence, Span, merge_relations
from graph.register import Register, ship_register
from graph.resolve import resolve_mentions
from graph.segment import LaterSentences, segment_document
from graph.vocabulary import ORGANISATION_KINDS

FindFurther = Callable[[Extraction], Iterable[Relation]]
"""Finds claims beyond those that are found by wordings, as ``graph.llm.extractor`` does."""


def find_ruled_relations(
    document: Document, sentences: Sequence[Sentence], mentions: Sequence[Mention], entities: Sequence[Entity]
) -> list[Relation]:
    """Find what has rules of its own and no frames: posts, publications, memberships, areas, units."""
    return [
        *find_posts(document, sentences, mentions),
        *find_publication_relations(document, sentences, mentions),
        *find_memberships(document, sentences, mentions),
        *find_service_areas(document, sentences, mentions),
        *find_units(document, sentences, mentions, entities),
    ]


@dataclass(frozen=True, slots=True)
class Steps:
    """Steps of extraction that have no table to empty: another may stand in, to see what one is worth.

    Attributes:
        bodies: finds the mentions of organisations.
        ruled: finds what has rules of its own and no frames.
        discourse: follows who is being talked about.
    """

    bodies: Callable[..., list[Mention]] = find_organisations
    ruled: Callable[..., list[Relation]] = find_ruled_relations
    discourse: Callable[..., Discourse] = follow_discourse


@dataclass(frozen=True, slots=True)
class Resources:
    """What extraction needs besides the document: loaded once, never changed.

    Attributes:
        register: the bodies that exist.
        lexicon: how organisations are named.
        frames: how relations are worded.
        areas: names of the areas of councils.
        judges: what read each sentence for relations beside the frames.
        opinions: how far to believe the frames and the model.
        steps: in the order in which they are taken.
        gate: passes over texts that can hold nothing; without one every text is read, with the same result.
    """

    register: Register
    lexicon: Lexicon
    frames: Frames
    areas: frozenset[str]
    judges: Judges
    opinions: Opinions
    steps: Steps = Steps()
    gate: Gate | None = None


@cache
def load_resources() -> Resources:
    """Load the register, the names of organisations and the frames that ship with caregraph.

    Raises:
        RegisterError: if a register file is wrong.
        OntologyError: if an organisations or frames file is wrong.
    """
    collecting = gc.isenabled()
    gc.disable()  # half a million objects that stay: to look for garbage among them is a tenth of the start
    try:
        register = ship_register()
        areas = frozenset(body.area for body in register if body.id.startswith("la:") and body.area)
        lexicon = load_lexicon(register)
        judges, opinions = load_judges(), load_opinions()
        return Resources(register, lexicon, load_frames(), areas, judges, opinions, gate=Gate(lexicon))
    finally:
        if collecting:
            gc.freeze()  # nor is it looked for among them later
            gc.enable()


def extract_document(
    document: Document, resources: Resources, *, find_further: FindFurther | None = None
) -> Extraction:
    """Find the entities of a document and how they stand to one another.

    Args:
        document: as read.
        resources: as loaded.
        find_further: adds claims; it is shown all entities, those that take part in no relation too.

    Returns:
        Mentions in text order, every one with its entity; entities in order of first mention;
        relations in order of first evidence. Each relation's arguments are entities with a mention.
        Omissions with the likeliest first.
    """
    gate = None if find_further else resources.gate
    if gate and gate.is_ready() and cannot_relate(document, gate):
        return Extraction(document, LaterSentences(document), (), (), ())
    sentences = segment_document(document)
    titles = find_title_spans(document, sentences)
    steps = resources.steps
    found = steps.bodies(document, sentences, resources.lexicon, titles=titles)
    if not found and not find_further and not find_publications(document, sentences, ()):
        return Extraction(document, tuple(sentences), (), (), ())
    organisations, entities = resolve_mentions(document, sentences, found, resources.register)
    others = _find_others(document, sentences, organisations, resources.areas)
    mentions = _in_order([*organisations, *others])
    entities = [*entities, *_describe_others(others)]
    ruled = steps.ruled(document, sentences, mentions, entities)
    discourse = steps.discourse(sentences, mentions, entities, _speak_for(ruled))
    framed = find_relations(document, sentences, mentions, discourse, resources.frames)
    worded = [*ruled, *framed]
    judges = resources.judges.beside(worded)
    judged = list(find_judged_relations(document, sentences, mentions, discourse, judges))
    opinions = resources.opinions
    joined = join_opinions(worded, judged, opinions, resources.frames.beats)
    relations = merge_relations(map(opinions.tell, joined))
    if find_further:
        found_all = Extraction(document, tuple(sentences), tuple(mentions), tuple(entities), relations)
        relations = (*relations, *find_further(found_all))
    kept = _keep_related(document, sentences, mentions, entities, relations)
    seen = weigh_claims(worded, judged, opinions)
    return replace(kept, omissions=list_omissions(sentences, mentions, kept.relations, seen))


def cannot_relate(document: Document, gate: Gate) -> bool:
    """Say whether a document names neither a body nor an author with a work, so that nothing can be found."""
    text = Folded(document.text, document.hidden)
    if gate.may_name_bodies(text):
        return False
    return not gate.may_name_people(text) or not find_publications(document, segment_document(document), ())


def _find_others(
    document: Document, sentences: Sequence[Sentence], organisations: Sequence[Mention], areas: frozenset[str]
) -> list[Mention]:
    """Find what is no organisation: titles, Acts, programmes, people, places; the first wins an overlap."""
    taken: list[Span] = [(m.start, m.end) for m in organisations]
    others: list[Mention] = []
    finders = (find_publications, find_legislation, find_programmes, find_people)
    for find in (*finders, partial(find_places, areas=areas)):
        known = Spans(taken)
        fresh = [m for m in find(document, sentences, organisations) if not known.meet(m.start, m.end)]
        others += fresh
        taken += ((m.start, m.end) for m in fresh)
    return others


def _in_order(mentions: Iterable[Mention]) -> list[Mention]:
    return sorted(mentions, key=lambda m: (m.start, -m.end))


def _describe_others(mentions: Sequence[Mention]) -> list[Entity]:
    """Make the entities of mentions that are no organisations: named by their longest mention."""
    by_entity: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_entity.setdefault(mention.entity, []).append(mention)
    entities = []
    for identifier, named in by_entity.items():
        name = max((m.name or " ".join(m.text.split()) for m in named), key=len)
        surfaces = tuple(sorted({m.text for m in named}))
        entities.append(Entity(identifier, "other", named[0].type, name, surfaces))
    return entities


_LEADS = make_regex(
    r"chief exec|chair|president|director|spokes|leader|secretary|head of|convenor|minister", re.IGNORECASE
)
_FORMER = make_regex(r"\b(?:former|ex-?)\b", re.IGNORECASE)


def _speak_for(relations: Iterable[Relation]) -> dict[str, str]:
    """Return the body that each person speaks for: where they hold a leading post now."""
    bodies: dict[str, str] = {}
    for post in relations:
        quoted = " ".join(evidence.quote for evidence in post.evidence)
        if _LEADS.search(post.role) and not _FORMER.search(quoted):
            bodies.setdefault(post.subject, post.object)
    return bodies


def _keep_related(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    relations: Sequence[Relation],
) -> Extraction:
    """Drop people, publications and other entities that take part in no relation."""
    used = {i for r in relations for i in (r.subject, r.object)}
    kept = tuple(e for e in entities if e.kind in ORGANISATION_KINDS or e.id in used)
    known = {e.id for e in kept}
    ordered = sorted(
        relations, key=lambda r: (r.evidence[0].start, r.predicate, r.subject, r.object, r.status)
    )
    return Extraction(
        document=document,
        sentences=tuple(sentences),
        mentions=tuple(m for m in mentions if m.entity in known),
        entities=kept,
        relations=tuple(r for r in ordered if r.subject in known and r.object in known),
    )
