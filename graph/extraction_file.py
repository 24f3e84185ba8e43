"""Write ``extraction.jsonl``: one JSON object per document, all that was found in it.

The format is what the evaluation reads (``mentions``, ``entities``, ``relations`` with character
offsets, end exclusive) plus names, links, confidence, quotes and possible omissions (sentences that may
hide a relation, likeliest first) for people and other tools.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from graph.records import Entity, Extraction, Mention, Omission, Relation
from graph.register import Register

_ENCODER = json.JSONEncoder(ensure_ascii=False)


@dataclass(frozen=True, slots=True)
class Line:
    """One document's line of the file.

    Attributes:
        name: of the document.
        text: the line, without its break.
    """

    name: str
    text: str


def make_line(extraction: Extraction, register: Register) -> Line:
    """Make the line of a document; for ``graph.workers``, which also passes the register."""
    return Line(extraction.document.name, extraction_line(extraction))


def extraction_line(extraction: Extraction) -> str:
    """Return one document's findings as one line of JSON, keys in a fixed order, without the line break."""
    document = extraction.document
    content = {
        "doc": document.name,
        "text_sha256": document.sha256,
        "title": document.title,
        "date": document.date,
        "mentions": [_mention(mention) for mention in extraction.mentions],
        "entities": [_entity(entity) for entity in extraction.entities],
        "relations": [_relation(relation) for relation in extraction.relations],
        "omissions": [_omission(extraction, omission) for omission in extraction.omissions],
    }
    return _ENCODER.encode(content)


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "entity": mention.entity,
        "type": mention.type,
        "kind": mention.kind,
        "found_by": mention.found_by,
    }


def _entity(entity: Entity) -> dict[str, Any]:
    return {
        "id": entity.id,
        "name": entity.name,
        "type": entity.type,
        "kind": entity.kind,
        "surfaces": list(entity.surfaces),
        "register": entity.link.register,
        "link_score": entity.link.score,
        "link_reason": entity.link.reason,
        "candidates": list(entity.link.candidates),
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "subject": relation.subject,
        "predicate": relation.predicate,
        "object": relation.object,
        "status": relation.status,
        "role": relation.role,
        "confidence": relation.confidence,
        "found_by": relation.found_by,
        "evidence": [[evidence.start, evidence.end] for evidence in relation.evidence],
        "quotes": [evidence.quote for evidence in relation.evidence],
    }


def _omission(extraction: Extraction, omission: Omission) -> dict[str, Any]:
    sentence = extraction.sentences[omission.sentence]
    return {
        "start": sentence.start,
        "end": sentence.end,
        "likelihood": omission.likelihood,
        "quote": extraction.document.text[sentence.start : sentence.end],
    }
