"""Read test cases of relations: ``{id|Type|words}``, ``Type+`` for a class, ``Type?`` for an unnamed body."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from graph.extract import find_ruled_relations
from graph.extractors.chunks import Chunks, chunk_sentence
from graph.extractors.discourse import Discourse, follow_discourse
from graph.extractors.frames import Frames, load_frames
from graph.extractors.relations import find_relations
from graph.records import Document, Entity, Mention, Relation, Sentence, merge_relations
from graph.segment import segment_document
from graph.vocabulary import OTHER_TYPES, SYMMETRIC

CASES = Path(__file__).parent / "cases"
_MARK = re.compile(
    r"\{(?P<id>[^|{}]+)\|(?P<type>\w+)(?P<kind>[+?]?)\|(?P<article>(?:[Tt]he|[Aa]n?) )?(?P<words>[^{}]+)\}"
)
_KINDS = {"+": "collective", "?": "unnamed", "": "named"}
Claim = tuple[str, str, str, str]
"""Subject, predicate, object, status."""


@dataclass(frozen=True)
class Marked:
    """A text with its mentions and entities."""

    document: Document
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    entities: tuple[Entity, ...]

    def chunks(self) -> list[Chunks]:
        """Return the chunks of each sentence."""
        return [
            chunk_sentence(s, [m for m in self.mentions if s.start <= m.start < s.end])
            for s in self.sentences
        ]

    def discourse(self, **posts: str) -> Discourse:
        """Return the discourse state, with people who speak for a body."""
        return follow_discourse(self.sentences, self.mentions, self.entities, posts)

    def relations(self, frames: Frames | None = None, **posts: str) -> tuple[Relation, ...]:
        """Return what the extractor finds."""
        discourse = self.discourse(**posts)
        found = find_relations(
            self.document, self.sentences, self.mentions, discourse, frames or shipped_frames()
        )
        return merge_relations(found)

    def ruled(self) -> tuple[Relation, ...]:
        """Return what the rules without frames find: posts, publications, memberships, areas, units."""
        named = [replace(mention, name=mention.text) for mention in self.mentions]
        return merge_relations(find_ruled_relations(self.document, self.sentences, named, self.entities))


@dataclass(frozen=True)
class RelationCase:
    marked: str
    expected: frozenset[Claim]
    failing: str = ""


@dataclass(frozen=True)
class FrameCase:
    frame: str
    marked: str
    expected: frozenset[Claim]


@cache
def shipped_frames() -> Frames:
    """Load the frames that ship with caregraph, once."""
    return load_frames()


def read_marked(marked: str) -> Marked:
    """Return the text without its marks, with what they mark; ``\\n`` stands for a line break."""
    marked = marked.replace("\\n", "\n")
    parts: list[str] = []
    mentions: list[Mention] = []
    surfaces: dict[str, list[Mention]] = {}
    length = at = 0
    for mark in _MARK.finditer(marked):
        before = marked[at : mark.start()] + (mark["article"] or "")
        start = length + len(before)
        parts += [before, mark["words"]]
        length, at = start + len(mark["words"]), mark.end()
        kind = "other" if mark["type"] in OTHER_TYPES else _KINDS[mark["kind"]]
        mention = Mention(start, length, mark["words"], kind, mark["type"], mark["id"], mark["kind"] == "+")
        mentions.append(mention)
        surfaces.setdefault(mention.entity, []).append(mention)
    text = "".join([*parts, marked[at:]])
    document = Document("case.txt", text, sha256(text.encode()).hexdigest())
    entities = tuple(
        Entity(i, found[0].kind, found[0].type, found[0].text, tuple(sorted({m.text for m in found})))
        for i, found in surfaces.items()
    )
    return Marked(document, tuple(segment_document(document)), tuple(mentions), entities)


def claims_of(relations: Sequence[Relation]) -> frozenset[Claim]:
    """Return what the relations claim."""
    return frozenset((r.subject, r.predicate, r.object, r.status) for r in relations)


def load_relation_cases() -> list[RelationCase]:
    """Read ``tests/cases/relations.tsv``: text, claims, and why the extractor does not reach them yet."""
    return [
        RelationCase(marked, _read_claims(claims), *failing)
        for marked, claims, *failing in _read_rows("relations.tsv")
    ]


def load_frame_cases() -> list[FrameCase]:
    """Read ``tests/cases/frames.tsv``: a frame, a text, and the claims that this frame alone finds."""
    return [
        FrameCase(frame, marked, _read_claims(claims)) for frame, marked, claims in _read_rows("frames.tsv")
    ]


def _read_rows(name: str) -> list[list[str]]:
    lines = (CASES / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")]


def _read_claims(text: str) -> frozenset[Claim]:
    return frozenset() if text == "-" else frozenset(map(_read_claim, text.split(";")))


def _read_claim(text: str) -> Claim:
    subject, predicate, target, status = text.split()
    if predicate in SYMMETRIC:
        subject, target = sorted((subject, target))
    return subject, predicate, target, status


def chunk(marked: str) -> Chunks:
    """Return the chunks of the one sentence that marked text holds."""
    [chunks] = read_marked(marked).chunks()
    return chunks


def named(chunks: Chunks, at: int) -> str:
    """Return the entity at a token, or its word; empty for none."""
    if at < 0:
        return ""
    group = chunks.groups[at]
    return "+".join(group.entities) if group else chunks.words[at]
