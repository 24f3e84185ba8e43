"""Expect a relation from what two bodies are, where a sentence names both and no wording relates them.

A regulator and a hospital in one sentence are nearly always regulator and regulated. Each expectation
is data (``[[expect]]`` of ``ontology/frames.toml``) with the share of such pairs that held in annotated
text as its confidence.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from graph.extractors.chunks import Chunks
from graph.extractors.fillers import Match, Pair
from graph.extractors.frames import Frame
from graph.records import Entity

MOST_BODIES = 6
"""Bodies in a sentence above which it is a list, where standing together says little."""


def expect_relations(
    chunks: Chunks, expected: Sequence[Frame], entities: Mapping[str, Entity], related: Set[frozenset[str]]
) -> Iterator[tuple[Match, Pair]]:
    """Yield the expected pairs of a sentence that nothing has related.

    Args:
        chunks: the sentence.
        expected: frames without triggers.
        entities: of the document, by id.
        related: pairs of entity ids that the document relates already.
    """
    places = [(at, i) for at, group in enumerate(chunks.groups) if group for i in group.entities]
    bodies = len({i for _, i in places})
    if not 2 <= bodies <= MOST_BODIES:
        return
    for frame in expected:
        if frame.most and (bodies > frame.most or frame.words.isdisjoint(chunks.words)):
            continue
        subjects = [(at, i) for at, i in places if entities[i].type in frame.subjects]
        objects = [(at, i) for at, i in places if entities[i].type in frame.objects]
        for at, subject in subjects:
            for other, target in objects:
                coordinated = bool(frame.most) and at == other
                if subject != target and not coordinated and frozenset((subject, target)) not in related:
                    first, last = sorted((at, other))
                    yield (
                        Match(frame, chunks, last if last > first else first, last + 1, {}),
                        Pair(subject, target, 1.0),
                    )
