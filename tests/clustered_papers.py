"""Three small papers that name some bodies in different ways, and the store of them with its clusters."""

from __future__ import annotations

import hashlib
from functools import cache

from pyoxigraph import Quad, Store

from graph.assemble import assemble_document
from graph.assemble_register import assemble_ontology
from graph.clusters import assemble_clusters
from graph.records import Document, Entity, Extraction, Link
from graph.register import load_register
from graph.store import load_store

# document: (name, type, ways to write it, id in the register, candidates)
PAPERS: dict[str, list[tuple[str, str, list[str], str, list[str]]]] = {
    "one.txt": [
        ("Lowmoor & Ashdale Community Health NHS Trust", "NHSTrust", [], "", []),
        ("Healthy Lowmoor Care Partnership", "Partnership", ["HLCP"], "", []),
        ("North Lowmoor Hospice", "Charity", [], "", []),
        ("Torbay Care Trust", "CareTrust", [], "ct:TAL", ["ct:TAL"]),
        ("Lowmoor Hospital", "Hospital", [], "", ["ct:TAL", "ct:TAD"]),
    ],
    "two.txt": [
        ("Lowmoor and Ashdale Community Health Trust", "NHSTrust", [], "", []),
        ("HLCP", "Organisation", [], "", []),
        ("South Lowmoor Hospice", "Charity", [], "", []),
        ("Lowmoor Hospitals", "Hospital", [], "", ["ct:TAL"]),
    ],
    "three.txt": [
        ("Lowmoor and Ashdale Comunity Health Trust", "NHSTrust", [], "", []),
        ("Torbay Care Trusts", "CareTrust", [], "", []),
    ],
}


@cache
def paper_quads() -> tuple[Quad, ...]:
    register = load_register()
    quads: list[Quad] = []
    for paper, bodies in PAPERS.items():
        entities = tuple(
            Entity(
                f"e{number}",
                "named",
                kind,
                name,
                (name, *ways),
                Link(identifier or None, 1.0 if identifier else 0.0, "", tuple(candidates)),
            )
            for number, (name, kind, ways, identifier, candidates) in enumerate(bodies)
        )
        text = "\n".join(entity.name for entity in entities)
        digest = hashlib.sha256(text.encode()).hexdigest()
        quads += assemble_document(Extraction(Document(paper, text, digest), (), (), entities, ()), register)
    return tuple(quads)


@cache
def clustered_store() -> Store:
    """Load the papers, the ontology and the clusters."""
    return load_store([*paper_quads(), *assemble_ontology(), *assemble_clusters(paper_quads())])
