"""A text of three sentences, what a person finds in it as a gold file, and extractions of it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from graph.records import Document, Entity, Extraction, Link, Mention, Relation, Sentence, quote_evidence

TEXT = (
    "Lowmoor Trust works with Ashby Council. Borley Board audits one firm. Ashby Council pays Borley Board."
)
SENTENCES = ((0, 39), (40, 69), (70, 103))
BODIES = {
    "trust": ("named", "CareTrust", "Lowmoor Trust"),
    "council": ("named", "CountyCouncil", "Ashby Council"),
    "board": ("named", "AuditBody", "Borley Board"),
    "firm": ("unnamed", "Company", "one firm"),
}
REGISTER = {"trust": "ct:1", "council": "la:1", "board": None}
SAID = ("trust worksWith council asserted 0", "council funds board asserted 2")


def find_spans(words: str) -> list[tuple[int, int]]:
    starts = [at for at in range(len(TEXT)) if TEXT.startswith(words, at)]
    return [(at, at + len(words)) for at in starts]


def make_relation(line: str) -> Relation:
    subject, predicate, obj, status, sentence, *confidence = line.split()
    evidence = quote_evidence(TEXT, *SENTENCES[int(sentence)])
    relation = Relation(subject, predicate, obj, status, (evidence,))
    return replace(relation, confidence=float(confidence[0])) if confidence else relation


def make_extraction(
    *relations: str, name: str = "folder/a.txt", bodies: str = "trust council board firm"
) -> Extraction:
    chosen = {body: BODIES[body] for body in bodies.split()}
    mentions = [
        Mention(start, end, words, kind, type_name, body)
        for body, (kind, type_name, words) in chosen.items()
        for start, end in find_spans(words)
    ]
    entities = tuple(
        Entity(body, kind, type_name, words, link=Link(REGISTER.get(body)))
        for body, (kind, type_name, words) in chosen.items()
    )
    return Extraction(
        Document(name, TEXT, "0" * 64),
        tuple(Sentence(start, end, TEXT[start:end], index=i) for i, (start, end) in enumerate(SENTENCES)),
        tuple(sorted(mentions, key=lambda mention: mention.start)),
        entities,
        tuple(make_relation(line) for line in relations),
    )


def make_gold(*relations: str, name: str = "a.txt") -> dict[str, Any]:
    entities = []
    for body, (kind, type_name, words) in BODIES.items():
        entity = {
            "id": "gold-" + body,
            "kind": kind,
            "type": type_name,
            "name": words,
            "mentions": find_spans(words),
        }
        entities.append({**entity, "register": REGISTER[body]} if body in REGISTER else entity)
    stated = [make_relation(line) for line in relations]
    return {
        "doc": name,
        "entities": entities,
        "relations": [
            {
                "subject": "gold-" + r.subject,
                "predicate": r.predicate,
                "object": "gold-" + r.object,
                "status": r.status,
                "evidence": [[e.start, e.end] for e in r.evidence],
            }
            for r in stated
        ],
    }


def write_gold(folder: Path, *files: dict[str, Any]) -> Path:
    for content in files:
        (folder / f"{content['doc']}.json").write_text(json.dumps(content), encoding="utf-8")
    return folder
