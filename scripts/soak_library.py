"""Use the library as a long-lived program does: open, ask, search, extract, publish, over and over.

    .venv/bin/python scripts/soak_library.py OUT DOCUMENTS PAUSE [ENDPOINT]

Ends when standard input does, and prints how often each was done and what went wrong, as JSON.
"""

from __future__ import annotations

import json
import select
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from graph.errors import CaregraphError
from graph.extract import extract_document, load_resources
from graph.knowledge import KnowledgeGraph
from graph.publish import publish_graph
from graph.read import read_documents
from graph.records import Document

QUERY = "SELECT ?name { ?body a cg:CareTrust ; skos:prefLabel ?name }"
EVERY = 10
"""Rounds between two extractions; four times as many between two publications."""


def main(arguments: Sequence[str]) -> int:
    """Use the library until standard input ends."""
    out, documents, pause = Path(arguments[0]), Path(arguments[1]), float(arguments[2])
    endpoint = arguments[3] if len(arguments) > 3 else ""
    done: Counter[str] = Counter()
    wrong: list[str] = []
    number = 0
    while not select.select([sys.stdin], [], [], pause)[0]:
        try:
            use_graph(out, done)
            if number % EVERY == 0:
                extract_all(documents, done)
            if number % (4 * EVERY) == 0 and endpoint:
                publish_graph(out, endpoint)
                done["publications"] += 1
        except CaregraphError as error:
            wrong.append(str(error))
        number += 1
    print(json.dumps({"asked": done, "wrong": wrong[:100]}))
    return 0


def use_graph(out: Path, done: Counter[str]) -> None:
    """Open the graph and ask it."""
    knowledge = KnowledgeGraph.open(out)
    done["openings"] += 1
    assert len(knowledge.query(QUERY))
    assert len(knowledge.ask("recommendations", body="Audit Commission"))
    assert knowledge.search("pooled budgets")
    assert knowledge.search_names("Torbay")
    done["questions"] += 4
    if done["openings"] % EVERY == 0:
        knowledge.as_of("2007").ask("partners", body="Torbay Care Trust")
        knowledge.claims(body="Torbay Care Trust")
        knowledge.network()
        done["networks"] += 1


def extract_all(documents: Path, done: Counter[str]) -> None:
    """Read the documents of a folder and extract them."""
    resources = load_resources()
    for document in read_documents([documents]):
        if isinstance(document, Document):
            assert extract_document(document, resources).entities
            done["extractions"] += 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
