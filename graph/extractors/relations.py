"""Find the relations between bodies: match the frames on each sentence and fill their slots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.extractors.arguments import (
    find_close_subject,
    find_distant_pair,
    find_nearest_left,
    find_nearest_right,
    finder_named,
    is_passive,
    is_slot,
)
from graph.extractors.chunks import Chunks, chunk_sentence
from graph.extractors.discourse import Discourse, follow_discourse
from graph.extractors.frames import Frame, Frames
from graph.extractors.status import status_of
from graph.records import Document, Entity, Mention, Relation, Sentence, merge_relations, quote_evidence
from graph.vocabulary import ORGANISATION_KINDS, SYMMETRIC

PRONOUN_DISCOUNT = 0.8
IMPLICIT_DISCOUNT = 0.7
_JOINT = frozenset(("worksWith", "poolsBudgetWith", "jointlyCommissionsWith"))
_ARGUMENTS = frozenset(("Person", "Programme", "Legislation"))
"""Types other than bodies that some frames take as an argument."""
LOOSE_DISCOUNT = 0.6
_GOVERNED = frozenset(("reorganises", "funds", "directs", "delegatesTo"))
"""What governments do: where a text names no agent, the government that it names is meant."""
PAIR_SUPPORT = 2
"""Explicit joint relations that a document must state before a bare "joint working" means that pair."""


@dataclass(frozen=True, slots=True)
class _Match:
    """One trigger found in a sentence: tokens ``start`` to ``end``, end exclusive."""

    frame: Frame
    chunks: Chunks
    start: int
    end: int
    named: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _Filler:
    """What fills a slot: entities that have the right types, and how directly they were named."""

    entities: tuple[str, ...]
    weight: float = 1.0


class RelationFinder:
    """Finds the relations of one document; made anew for each."""

    def __init__(self, document: Document, frames: Frames, discourse: Discourse) -> None:
        self._document = document
        self._frames = frames
        self._discourse = discourse
        self._agentless: list[tuple[_Match, _Filler]] = []

    def find(self, rows: Iterable[Chunks]) -> Iterator[Relation]:
        """Yield the relations of each sentence, explicit ones first, then those with implied arguments."""
        bare: list[_Match] = []
        pairs: Counter[tuple[str, str]] = Counter()
        actors: dict[str, Counter[str]] = {}
        done: set[tuple[str, int, int]] = set()
        for chunks in rows:
            taken: set[tuple[str, int]] = set()
            for match in self._matches(chunks):
                relations = list(self._fill(match))
                yield from relations
                pairs.update((r.subject, r.object) for r in relations if r.predicate in _JOINT)
                if relations:
                    taken.add((match.frame.predicate, match.start))
                    done.add((match.frame.predicate, chunks.sentence.index, match.start))
                    actors.setdefault(match.frame.predicate, Counter()).update(r.subject for r in relations)
                elif match.frame.implicit:
                    bare.append(match)
            bare = [m for m in bare if m.chunks is not chunks or (m.frame.predicate, m.start) not in taken]
        yield from self._imply(bare, pairs)
        yield from self._supply_agents(actors, done)

    def _supply_agents(
        self, actors: Mapping[str, Counter[str]], done: set[tuple[str, int, int]]
    ) -> Iterator[Relation]:
        """Give a verb without a subject the body that does such things elsewhere in the document."""
        for match, objects in self._agentless:
            key = (match.frame.predicate, match.chunks.sentence.index, match.start)
            known = actors.get(match.frame.predicate, Counter())
            fallback = self._discourse.government if match.frame.agentless == "government" else ""
            actor = min(known.items(), key=lambda item: (-item[1], item[0]))[0] if known else fallback
            if key in done or not actor:
                continue
            done.add(key)
            subjects = self._typed((actor,), match.frame.subjects, IMPLICIT_DISCOUNT)
            for relation in self._relate(match, subjects, objects):
                yield replace(relation, found_by=relation.found_by + " (agent)")

    def _matches(self, chunks: Chunks) -> Iterator[_Match]:
        seen: set[tuple[str, int, int]] = set()
        for trigger in self._frames.triggers_of(chunks.words):
            for found in trigger.wording.pattern.finditer(chunks.text):
                start, end = chunks.index_at(found.start() + 1), chunks.index_at(found.end())
                if (trigger.frame.id, start, end) in seen:
                    continue
                seen.add((trigger.frame.id, start, end))
                named = {name: chunks.index_at(found.start(name)) for name in found.groupdict()}
                yield _Match(trigger.frame, chunks, start, end, named)

    def _fill(self, match: _Match) -> Iterator[Relation]:
        """Yield the relations of a match: the first place whose two slots can be filled wins."""
        places = match.frame.places
        if (
            places
            and places[0][0] == "left"
            and match.frame.predicate not in SYMMETRIC
            and is_passive(match.chunks, match.start)
        ):
            return
        if match.named:
            yield from self._fill_named(match)
            return
        for subject_place, object_place in match.frame.places:
            if object_place == "&":
                relations = list(self._joint(match, subject_place))
            else:
                subjects = self._slot(match, subject_place, match.frame.subjects)
                objects = self._slot(match, object_place, match.frame.objects)
                relations = list(self._relate(match, subjects, objects))
            if relations:
                yield from relations
                return
        yield from self._fill_loosely(match)

    def _fill_loosely(self, match: _Match) -> Iterator[Relation]:
        """Take the nearest fitting groups of the clause where no place fits, or the government as the agent."""
        frame = match.frame
        if not frame.loose:
            return
        passive = frame.places[0][0] not in ("left", "possessor", "government")
        before = self._at(
            match, find_nearest_left(match.chunks, match.start), frame.objects if passive else frame.subjects
        )
        after = self._at(
            match, find_nearest_right(match.chunks, match.end), frame.subjects if passive else frame.objects
        )
        subjects, objects = (after, before) if passive else (before, after)
        if subjects is None and objects is not None and frame.predicate in _GOVERNED:
            subjects = self._slot(match, "government", frame.subjects)
        for relation in self._relate(match, subjects, objects):
            yield replace(
                relation,
                confidence=round(relation.confidence * LOOSE_DISCOUNT, 3),
                found_by=relation.found_by + " (near)",
            )

    def _fill_named(self, match: _Match) -> Iterator[Relation]:
        """Fill the slots that stand in the trigger itself."""
        if "J" in match.named:
            yield from self._pair_up(match, self._at(match, match.named["J"], match.frame.subjects))
            return
        for sides in match.frame.places or (("left", "right"),):
            fillers = []
            for name, place, types in (
                ("S", sides[0], match.frame.subjects),
                ("O", sides[1], match.frame.objects),
            ):
                at = match.named.get(name, -1)
                fillers.append(self._at(match, at, types) if at >= 0 else self._slot(match, place, types))
            relations = list(self._relate(match, *fillers))
            if relations:
                yield from relations
                return

    def _slot(self, match: _Match, place: str, types: frozenset[str]) -> _Filler | None:
        if place in ("government", "author"):
            implied = self._discourse.government if place == "government" else self._discourse.author
            return self._typed((implied,), types, IMPLICIT_DISCOUNT)
        if place == "speaker":
            quoted = '"' in match.chunks.text
            return (
                self._typed((self._discourse.we[match.chunks.sentence.index],), types, IMPLICIT_DISCOUNT)
                if quoted
                else None
            )
        carried = self._discourse.carried[match.chunks.sentence.index] if place == "left" else ()
        finder = find_close_subject if carried else finder_named(place)
        at = finder(match.chunks, match.start, match.end)
        if at < 0 and carried:
            return self._typed(carried, types, PRONOUN_DISCOUNT)
        return self._at(match, at, types) if at >= 0 else None

    def _at(self, match: _Match, at: int, types: frozenset[str]) -> _Filler | None:
        """Return the entities at a token that may fill a slot of these types."""
        if at < 0 or not is_slot(match.chunks, at):
            return None
        group = match.chunks.groups[at]
        ids = group.entities if group else self._discourse.resolve_pronoun(match.chunks, at)
        return self._typed(ids, types, 1.0 if group else PRONOUN_DISCOUNT)

    def _typed(self, ids: Sequence[str], types: frozenset[str], weight: float) -> _Filler | None:
        known = self._discourse.entities
        # a person who speaks for a body stands for it where the slot takes no person
        bodies = [
            i if i in known and known[i].type in types else self._discourse.posts.get(i, "") for i in ids
        ]
        fitting = tuple(dict.fromkeys(i for i in bodies if i in known and known[i].type in types))
        return _Filler(fitting, weight) if fitting else None

    def _joint(self, match: _Match, place: str) -> Iterator[Relation]:
        """Relate the members of one group that do something jointly."""
        if place == "between":
            one, two = find_distant_pair(match.chunks, match.start, match.end)
            if one >= 0 and two >= 0:
                left, right = (self._at(match, at, match.frame.subjects) for at in (one, two))
                yield from self._relate(match, left, right)
                return
        yield from self._pair_up(match, self._slot(match, place, match.frame.subjects))

    def _pair_up(self, match: _Match, filler: _Filler | None) -> Iterator[Relation]:
        if filler is None:
            return
        ids = filler.entities
        if len(ids) == 1 and match.frame.reflexive and self._discourse.entities[ids[0]].kind == "collective":
            yield self._relation(match, ids[0], ids[0], filler.weight)
        for number, one in enumerate(ids):
            for two in ids[number + 1 :]:
                yield self._relation(match, one, two, filler.weight)

    def _relate(self, match: _Match, subjects: _Filler | None, objects: _Filler | None) -> Iterator[Relation]:
        if subjects is None and objects is not None and match.frame.agentless and objects.weight == 1.0:
            self._agentless.append((match, objects))
        if subjects is None or objects is None:
            return
        for subject in subjects.entities:
            for target in objects.entities:
                if subject != target:
                    yield self._relation(match, subject, target, subjects.weight * objects.weight)

    def _relation(self, match: _Match, subject: str, target: str, weight: float) -> Relation:
        chunks, frame = match.chunks, match.frame
        status = frame.status or status_of(
            chunks, match.start, match.end, self._frames.cues, event=frame.event
        )
        if status == "asserted" and self._discourse.promised[chunks.sentence.index]:
            status = "proposed"
        if frame.predicate in SYMMETRIC and target < subject:
            subject, target = target, subject
        sentence = chunks.sentence
        evidence = quote_evidence(self._document.text, sentence.start, sentence.end)
        confidence = round(frame.confidence * weight, 3)
        return Relation(subject, frame.predicate, target, status, (evidence,), "", confidence, frame.id)

    def _imply(self, bare: Sequence[_Match], pairs: Counter[tuple[str, str]]) -> Iterator[Relation]:
        """Relate the pair that the document is about where it only says "pooled budgets"."""
        if not pairs:
            return
        (one, two), support = min(pairs.items(), key=lambda item: (-item[1], item[0]))
        if support < PAIR_SUPPORT:
            return
        for match in bare:
            yield self._relation(match, one, two, IMPLICIT_DISCOUNT)


def find_relations(
    document: Document,
    sentences: Sequence[Sentence],
    mentions: Sequence[Mention],
    entities: Sequence[Entity],
    frames: Frames,
    *,
    posts: Mapping[str, str] | None = None,
) -> tuple[Relation, ...]:
    """Find what a document says of how its bodies stand to one another.

    Args:
        document: the document.
        sentences: all of them, in order.
        mentions: resolved, in text order; organisations and people.
        entities: of the document.
        frames: as loaded.
        posts: person entity id to the id of the body that they speak for.

    Returns:
        Relations in order of first appearance, each triple and status once with all its evidence.
    """
    discourse = follow_discourse(sentences, mentions, entities, posts or {})
    rows = _chunk_all(sentences, mentions)
    return merge_relations(RelationFinder(document, frames, discourse).find(rows))


def _chunk_all(sentences: Sequence[Sentence], mentions: Sequence[Mention]) -> Iterator[Chunks]:
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
        if sentence.kind not in ("furniture", "reference"):
            yield chunk_sentence(sentence, inside)
