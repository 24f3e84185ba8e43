"""What the report tells of one document, as a record that can be kept: counts, names, possible misses."""

from __future__ import annotations

import dataclasses
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any, NamedTuple

from graph.iris import slug_name
from graph.misses import Miss, list_misses
from graph.records import Entity, Extraction


class FoundEntity(NamedTuple):
    """One that the graph has a node of.

    Attributes:
        key: the same for all documents that name the same one.
        kind: as in ``Entity.kind``.
        type: as in ``Entity.type``.
        linked: whether it is a body of the register.
    """

    key: str
    kind: str
    type: str
    linked: bool


class Stated(NamedTuple):
    """How many statements have a predicate and a status."""

    predicate: str
    status: str
    number: int


class Unsettled(NamedTuple):
    """A name that no register entry was chosen for, why, and the ids of those that were considered."""

    name: str
    type: str
    reason: str
    candidates: tuple[str, ...]
    slug: str


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found in one document.

    Attributes:
        name: of the document; ``title`` to ``url``, ``sha256`` and ``media_type`` are its own too.
        sentences: how many were read; 0 where nobody is named in any, so that those need not be cut.
        quotes: how many its statements rest on.
        entities: each once.
        stated: its statements by predicate and status.
        unsettled: names that the register does not settle.
        misses: sentences that may hide a statement.
    """

    name: str
    title: str | None
    date: str | None
    author: str | None
    publisher: str | None
    url: str | None
    sha256: str
    media_type: str
    sentences: int
    quotes: int
    entities: tuple[FoundEntity, ...]
    stated: tuple[Stated, ...]
    unsettled: tuple[Unsettled, ...]
    misses: tuple[Miss, ...]

    @property
    def claims(self) -> int:
        """Return how many statements there are."""
        return sum(stated.number for stated in self.stated)

    @property
    def address(self) -> str:
        """Return where a reader can open the document, or nothing."""
        return self.url if self.url and self.url.startswith(("http://", "https://")) else ""

    def write(self) -> str:
        """Return the record as one line of JSON."""
        fields = {field.name: getattr(self, field.name) for field in dataclasses.fields(self)}
        return json.dumps(fields, separators=(",", ":"))

    @classmethod
    def read(cls, line: str) -> Findings:
        """Make the record again of what ``write`` gave."""
        fields: dict[str, Any] = json.loads(line)
        fields["entities"] = tuple(FoundEntity(*item) for item in fields["entities"])
        fields["stated"] = tuple(Stated(*item) for item in fields["stated"])
        fields["unsettled"] = tuple(
            Unsettled(name, kind, reason, tuple(candidates), slug)
            for name, kind, reason, candidates, slug in fields["unsettled"]
        )
        fields["misses"] = tuple(
            Miss(likelihood, tuple((text, marked) for text, marked in pieces), reason)
            for likelihood, pieces, reason in fields["misses"]
        )
        return cls(**fields)


def describe_findings(extraction: Extraction) -> Findings:
    """Take from an extraction what the report tells of it."""
    document = extraction.document
    entities: dict[str, FoundEntity] = {}
    for entity in extraction.entities:
        key = _identify(entity, document.name)
        linked = entity.link.register is not None
        entities.setdefault(key, FoundEntity(key, entity.kind, entity.type, linked))
    stated = Counter((relation.predicate, relation.status) for relation in extraction.relations)
    return Findings(
        name=document.name,
        title=document.title,
        date=document.date,
        author=document.author,
        publisher=document.publisher,
        url=document.url,
        sha256=document.sha256,
        media_type=document.media_type,
        sentences=_count_sentences(extraction),
        quotes=sum(len(relation.evidence) for relation in extraction.relations),
        entities=tuple(entities.values()),
        stated=tuple(Stated(*key, number) for key, number in stated.items()),
        unsettled=tuple(
            Unsettled(e.name, e.type, e.link.reason, e.link.candidates, slug_name(e.name))
            for e in extraction.entities
            if e.kind == "named" and e.link.register is None
        ),
        misses=list_misses(extraction),
    )


def _count_sentences(extraction: Extraction) -> int:
    """Count what was read, if anybody is named in it."""
    if not (extraction.mentions or extraction.omissions):
        return 0
    return sum(sentence.kind != "furniture" for sentence in extraction.sentences)


def _identify(entity: Entity, document: str) -> str:
    """Return what is equal for entities that become one node of the graph."""
    if entity.link.register is not None:
        return entity.link.register
    if entity.kind == "unnamed":
        return "\n".join((entity.kind, document, entity.id))
    return "\n".join((entity.kind, entity.type, slug_name(entity.name)))
