"""Find the relations between bodies: match the frames on each sentence, fill their slots, read the status."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from graph.extractors.chunks import Chunks, chunk_sentence
from graph.extractors.discourse import Discourse
from graph.extractors.expectations import expect_relations
from graph.extractors.fillers import IMPLICIT_DISCOUNT, Match, Pair, SlotFiller
from graph.extractors.frames import Frames
from graph.extractors.status import status_of
from graph.patterns import make_regex
from graph.records import Document, Mention, Relation, Sentence, quote_evidence
from graph.vocabulary import ORGANISATION_KINDS, SYMMETRIC

_JOINT = frozenset(("worksWith", "poolsBudgetWith", "jointlyCommissionsWith"))
_ARGUMENTS = frozenset(("Person", "Programme", "Legislation"))
"""Types other than bodies that some frames take as an argument."""
_GOVERNING = frozenset(
    ("Government", "GovernmentDepartment", "Parliament", "PoliticalParty", "HealthService", "ArmsLengthBody")
)
"""Types of bodies that a passive without an agent can mean."""
PAIR_SUPPORT = 2
"""Explicit joint relations that a document must state before a bare "joint working" means that pair."""


_WORD = make_regex(r"[a-z]+")


class RelationFinder:
    """Finds the relations of one document; made anew for each."""

    def __init__(self, document: Document, frames: Frames, discourse: Discourse) -> None:
        self._document = document
        self._frames = frames
        self._discourse = discourse
        self._filler = SlotFiller(discourse)
        types = {entity.type for entity in discourse.entities.values()}
        self._usable = frozenset(
            frame.id
            for frame in frames.frames
            if not (frame.subjects.isdisjoint(types) or frame.objects.isdisjoint(types))
        )

    def find(self, rows: Iterable[Chunks]) -> Iterator[Relation]:
        """Yield the relations of each sentence, then those whose arguments other sentences imply."""
        bare: list[Match] = []
        pairs: Counter[tuple[str, str]] = Counter()
        actors: dict[str, Counter[str]] = {}
        done: set[tuple[str, int, int]] = set()
        related: set[frozenset[str]] = set()
        seen: list[Chunks] = []
        for chunks in rows:
            found: list[Relation] = []
            for match in self._matches(chunks):
                relations = [self._relation(match, pair) for pair in self._filler.fill(match)]
                found += relations
                if relations:
                    done.add(_key(match))
                    governing = (r.subject for r in relations if self._governs(r.subject))
                    actors.setdefault(match.frame.predicate, Counter()).update(governing)
                    pairs.update((r.subject, r.object) for r in relations if r.predicate in _JOINT)
                elif match.frame.implicit:
                    bare.append(match)
            yield from settle_claims(found, self._frames.beats)
            related |= {frozenset((r.subject, r.object)) for r in found}
            seen.append(chunks)
        yield from self._imply([match for match in bare if _key(match) not in done], pairs)
        yield from self._supply_agents(actors, done)
        for chunks in seen:
            entities = self._discourse.entities
            for match, pair in expect_relations(chunks, self._frames.expected, entities, related):
                yield self._relation(match, pair)

    def _matches(self, chunks: Chunks) -> Iterator[Match]:
        """Yield each trigger found in a sentence, once per frame and place."""
        seen: set[tuple[str, int, int]] = set()
        for trigger in self._frames.triggers_of(chunks.words, self._usable):
            for found in trigger.wording.pattern.finditer(chunks.text):
                start, end = chunks.index_at(found.start() + 1), chunks.index_at(found.end())
                if (trigger.frame.id, start, end) in seen:
                    continue
                seen.add((trigger.frame.id, start, end))
                named = {name: chunks.index_at(found.start(name)) for name in found.groupdict()}
                yield Match(trigger.frame, chunks, start, end, named)

    def _governs(self, identifier: str) -> bool:
        return self._discourse.entities[identifier].type in _GOVERNING

    def _imply(self, bare: Sequence[Match], pairs: Counter[tuple[str, str]]) -> Iterator[Relation]:
        """Relate the pair that the document is about where it only says "pooled budgets"."""
        if not pairs:
            return
        (one, two), support = min(pairs.items(), key=lambda item: (-item[1], item[0]))
        if support >= PAIR_SUPPORT:
            for match in bare:
                yield self._relation(match, Pair(one, two, IMPLICIT_DISCOUNT))

    def _supply_agents(
        self, actors: Mapping[str, Counter[str]], done: set[tuple[str, int, int]]
    ) -> Iterator[Relation]:
        """Give a verb without a subject the body that does such things elsewhere in the document."""
        for match, objects in self._filler.agentless:
            known = actors.get(match.frame.predicate)
            fallback = self._discourse.government if match.frame.agentless == "government" else ""
            actor = min(known.items(), key=lambda item: (-item[1], item[0]))[0] if known else fallback
            if actor and _key(match) not in done:
                done.add(_key(match))
                for pair in self._filler.supply(match, actor, objects):
                    yield self._relation(match, pair)

    def _relation(self, match: Match, pair: Pair) -> Relation:
        chunks, frame = match.chunks, match.frame
        status = frame.status or status_of(
            chunks, match.start, match.end, self._frames.cues, event=frame.event
        )
        if status == "asserted" and self._discourse.promised[chunks.sentence.index]:
            status = "proposed"
        subject, target = pair.subject, pair.object
        if frame.predicate in SYMMETRIC and target < subject:
            subject, target = target, subject
        evidence = quote_evidence(self._document.text, chunks.sentence.start, chunks.sentence.end)
        confidence = round(frame.confidence * pair.weight, 3)
        found_by = frame.id + pair.how
        return Relation(subject, frame.predicate, target, status, (evidence,), "", confidence, found_by)


def settle_claims(relations: Sequence[Relation], beats: Mapping[str, frozenset[str]]) -> list[Relation]:
    """Choose between the readings of one sentence: the narrower predicate, and the surer status.

    Args:
        relations: of one sentence, in the order of the frames.
        beats: predicate to the predicates that give way to it between the same two bodies.
    """
    stated: dict[frozenset[str], set[str]] = {}
    surest: dict[tuple[str, str, str], Relation] = {}
    for relation in relations:
        stated.setdefault(frozenset((relation.subject, relation.object)), set()).add(relation.predicate)
        triple = (relation.subject, relation.predicate, relation.object)
        if triple not in surest or relation.confidence > surest[triple].confidence:
            surest[triple] = relation
    return [
        relation
        for relation in surest.values()
        if not any(
            relation.predicate in beats.get(other, ())
            for other in stated[frozenset((relation.subject, relation.object))]
        )
    ]


def _key(match: Match) -> tuple[str, int, int]:
    return match.frame.predicate, match.chunks.sentence.index, match.start


def find_relations(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    discourse: Discourse,
    frames: Frames,
) -> Iterator[Relation]:
    """Yield what the frames find in each sentence of how its bodies stand to one another.

    Args:
        document: the document.
        sentences: all of them, in order.
        mentions: resolved, in text order; organisations and people.
        discourse: of the document.
        frames: as loaded.

    Yields:
        Relations with one evidence each; the same claim once a sentence.
    """
    rows = _chunk_all(sentences, mentions, frames)
    yield from RelationFinder(document, frames, discourse).find(rows)


def _chunk_all(
    sentences: Sequence[Sentence], mentions: Sequence[Mention], frames: Frames
) -> Iterator[Chunks]:
    """Yield the chunks of each sentence that names a body or implies two; others hold no relation."""
    at = 0
    for sentence in sentences:
        inside: list[Mention] = []
        while at < len(mentions) and mentions[at].start < sentence.end:
            mention = mentions[at]
            if mention.start >= sentence.start and (
                mention.kind in ORGANISATION_KINDS or mention.type in _ARGUMENTS
            ):
                inside.append(mention)
            at += 1
        if sentence.kind in ("furniture", "reference"):
            continue
        if inside or not frames.bare_words.isdisjoint(_WORD.findall(sentence.view.lower())):
            yield chunk_sentence(sentence, inside)
