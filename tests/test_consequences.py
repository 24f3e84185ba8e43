"""What follows from many sources, counted as they come and go: what all of them together let follow."""

from __future__ import annotations

import random
import sqlite3
from pathlib import Path

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from graph.consequences import Consequences
from graph.infer import infer_statements
from graph.ledger_file import connect_ledger
from graph.terms import RDF
from graph.vocabulary import CG

NODES = [NamedNode(f"urn:{letter}") for letter in "abc"]
PROPERTIES = [
    NamedNode(CG + name)
    for name in ("worksWith", "poolsBudgetWith", "partOf", "funds", "successorOf", "mergesWith")
]
CLASSES = [NamedNode(CG + name) for name in ("CareTrust", "Organisation", "NHSBody", "Person", "Charity")]


def make_source(draw: random.Random, number: int) -> list[Quad]:
    name = NamedNode(f"urn:document:{number}")
    related = [(draw.choice(NODES), draw.choice(PROPERTIES), draw.choice(NODES)) for _ in range(3)]
    typed = [(draw.choice(NODES), NamedNode(RDF + "type"), draw.choice(CLASSES)) for _ in range(2)]
    return [Quad(*statement, name) for statement in related + typed]


@pytest.mark.parametrize("seed", range(30))
def test_counts_agree_with_inference_over_all_sources(seed: int, tmp_path: Path) -> None:
    draw = random.Random(seed)
    connection = connect_ledger(tmp_path / "ledger.sqlite")
    sources = {number: make_source(draw, number) for number in range(4)}
    counts = Consequences(connection, anew=True)
    for quads in sources.values():
        counts.count_source(quads, 1)
    held = list(counts.list_lines())
    assert read(held) == infer(sources)
    for step in range(6):
        changed = Consequences(connection, anew=False)
        for number in draw.sample(range(6), draw.randint(1, 3)):
            changed.count_source(sources.pop(number, []), -1)
            if draw.random() < 0.6:
                sources[number] = make_source(draw, 10 * step + number)
                changed.count_source(sources[number], 1)
        gone, new = changed.list_changes()
        assert set(gone) <= set(held)
        assert not set(new) & set(held)
        held = sorted((set(held) - set(gone)) | set(new))
        assert read(held) == infer(sources)
        assert list(Consequences(connection, anew=False).list_lines()) == held
    check_size(connection, sources)
    connection.close()


def check_size(connection: sqlite3.Connection, sources: dict[int, list[Quad]]) -> None:
    """Rows of what nobody states and nothing lets follow are gone."""
    changed = Consequences(connection, anew=False)
    for quads in sources.values():
        changed.count_source(quads, -1)
    changed.list_changes()
    assert connection.execute("SELECT COUNT(*) FROM follows").fetchone() == (0,)


def read(lines: list[bytes]) -> set[Quad]:
    return set(parse(b"".join(lines), format=RdfFormat.N_QUADS))


def infer(sources: dict[int, list[Quad]]) -> set[Quad]:
    return set(infer_statements([quad for quads in sources.values() for quad in quads]))
