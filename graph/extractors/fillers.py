"""Fill the slots of a matched frame: which entities stand as its subject and its object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graph.extractors.arguments import find_distant_pair, find_nearest_left, find_nearest_right, finder_named
from graph.extractors.chunks import Chunks
from graph.extractors.clauses import find_close_subject, is_passive, is_slot
from graph.extractors.discourse import Discourse
from graph.extractors.frames import Frame
from graph.vocabulary import SYMMETRIC

PRONOUN_DISCOUNT = 0.8
IMPLICIT_DISCOUNT = 0.7
LOOSE_DISCOUNT = 0.6
MOST_JOINT = 3
"""Bodies of one group up to which a joint doing relates each two of them. A longer list does it all together:
of 34 such pairs in articles and miniatures held out one was right, of 18 between three bodies ten.
"""
_GOVERNED = frozenset(("reorganises", "funds", "directs", "delegatesTo"))
"""What governments do: where a text names no agent, the government that it names is meant."""


@dataclass(frozen=True, slots=True)
class Match:
    """One trigger found in a sentence: tokens ``start`` to ``end``, end exclusive; slots named in it."""

    frame: Frame
    chunks: Chunks
    start: int
    end: int
    named: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Filler:
    """What fills a slot: entities of the right types, and how directly they were named, in 0..1."""

    entities: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Pair:
    """A subject and an object, how sure they are in 0..1, and how they were found beyond the frame."""

    subject: str
    object: str
    weight: float
    how: str = ""


class SlotFiller:
    """Fills the slots of the matches of one document.

    Attributes:
        agentless: matches that have an object but no subject, for who does such things elsewhere.
    """

    def __init__(self, discourse: Discourse) -> None:
        self._discourse = discourse
        self.agentless: list[tuple[Match, Filler]] = []

    def fill(self, match: Match) -> list[Pair]:
        """Return the pairs of a match: the first of its places whose two slots can be filled wins."""
        frame = match.frame
        active = bool(frame.places) and frame.places[0][0] == "left" and frame.predicate not in SYMMETRIC
        if active and is_passive(match.chunks, match.start):
            return []
        if "J" in match.named:
            return list(self._pair_up(match, self._at(match, match.named["J"], frame.subjects)))
        for places in frame.places or (("left", "right"),):
            pairs = list(self._fill_places(match, *places))
            if pairs:
                return pairs
        return list(self._fill_loosely(match)) if frame.loose and not match.named else []

    def supply(self, match: Match, actor: str, objects: Filler) -> Iterator[Pair]:
        """Yield the pairs of a match whose subject is the actor of other sentences."""
        for pair in self._relate(
            match, self._typed((actor,), match.frame.subjects, IMPLICIT_DISCOUNT), objects
        ):
            yield Pair(pair.subject, pair.object, pair.weight, " (agent)")

    def _fill_places(self, match: Match, subject_place: str, object_place: str) -> Iterator[Pair]:
        if object_place == "&":
            yield from self._joint(match, subject_place)
            return
        fillers = []
        for name, place, types in (
            ("S", subject_place, match.frame.subjects),
            ("O", object_place, match.frame.objects),
        ):
            named = match.named.get(name, -1)
            fillers.append(self._at(match, named, types) if named >= 0 else self._slot(match, place, types))
        yield from self._relate(match, *fillers)

    def _fill_loosely(self, match: Match) -> Iterator[Pair]:
        """Take the nearest fitting groups of the clause; the government where it is what governments do."""
        frame, chunks = match.frame, match.chunks
        passive = frame.places[0][0] not in ("left", "possessor", "government")
        before_types, after_types = (
            (frame.objects, frame.subjects) if passive else (frame.subjects, frame.objects)
        )
        before = self._at(match, find_nearest_left(chunks, match.start), before_types)
        after = self._at(match, find_nearest_right(chunks, match.end), after_types)
        subjects, objects = (after, before) if passive else (before, after)
        if subjects is None and objects is not None and frame.predicate in _GOVERNED:
            subjects = self._typed((self._discourse.government,), frame.subjects, IMPLICIT_DISCOUNT)
        for pair in self._relate(match, subjects, objects):
            yield Pair(pair.subject, pair.object, pair.weight * LOOSE_DISCOUNT, " (near)")

    def _slot(self, match: Match, place: str, types: frozenset[str]) -> Filler | None:
        """Return what stands at a place of ``frames.toml``."""
        index = match.chunks.sentence.index
        implied = {"government": self._discourse.government, "author": self._discourse.author}.get(place)
        if place == "speaker":
            implied = self._discourse.we[index] if '"' in match.chunks.text else ""
        if implied is not None:
            return self._typed((implied,), types, IMPLICIT_DISCOUNT)
        carried = self._discourse.carried[index] if place == "left" else ()
        finder = find_close_subject if carried else finder_named(place)
        at = finder(match.chunks, match.start, match.end)
        return (
            self._typed(carried, types, PRONOUN_DISCOUNT)
            if at < 0 and carried
            else self._at(match, at, types)
        )

    def _at(self, match: Match, at: int, types: frozenset[str]) -> Filler | None:
        """Return the entities at a token that may fill a slot of these types."""
        if at < 0 or not is_slot(match.chunks, at):
            return None
        group = match.chunks.groups[at]
        ids = group.entities if group else self._discourse.resolve_pronoun(match.chunks, at)
        return self._typed(ids, types, 1.0 if group else PRONOUN_DISCOUNT)

    def _typed(self, ids: Sequence[str], types: frozenset[str], weight: float) -> Filler | None:
        """Keep the entities of these types; a person who speaks for a body stands for it."""
        known, posts = self._discourse.entities, self._discourse.posts
        bodies = (i if i in known and known[i].type in types else posts.get(i, "") for i in ids)
        fitting = tuple(dict.fromkeys(i for i in bodies if i in known and known[i].type in types))
        return Filler(fitting, weight) if fitting else None

    def _joint(self, match: Match, place: str) -> Iterator[Pair]:
        """Relate the members of one group that do something jointly."""
        if place == "between":
            one, two = find_distant_pair(match.chunks, match.start, match.end)
            if one >= 0 and two >= 0:
                types = match.frame.subjects
                yield from self._relate(match, self._at(match, one, types), self._at(match, two, types))
                return
        yield from self._pair_up(match, self._slot(match, place, match.frame.subjects))

    def _pair_up(self, match: Match, filler: Filler | None) -> Iterator[Pair]:
        ids = filler.entities if filler else ()
        weight = filler.weight if filler else 0.0
        if len(ids) > MOST_JOINT:
            return
        if len(ids) == 1 and match.frame.reflexive and self._discourse.entities[ids[0]].kind == "collective":
            yield Pair(ids[0], ids[0], weight)
        for number, one in enumerate(ids):
            for two in ids[number + 1 :]:
                yield Pair(one, two, weight)

    def _relate(self, match: Match, subjects: Filler | None, objects: Filler | None) -> Iterator[Pair]:
        if subjects is None and objects is not None and match.frame.agentless and objects.weight == 1.0:
            self.agentless.append((match, objects))
        if subjects is None or objects is None:
            return
        for subject in subjects.entities:
            if match.frame.predicate == "recommendsTo":  # who speaks for a body makes its call, not their own
                subject = self._discourse.posts.get(subject, subject)
            for target in objects.entities:
                if subject != target:
                    yield Pair(subject, target, subjects.weight * objects.weight)
