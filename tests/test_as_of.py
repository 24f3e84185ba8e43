"""The graph as of a day: bodies by the register, documents by their dates."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, Quad, Store

from graph.as_of import (
    bodies_as_of,
    documents_until,
    existed,
    read_timeline,
    resolve_body,
    store_until,
)
from graph.errors import QueryError
from graph.lookup import find_body
from graph.query import run_query
from graph.store import load_store
from graph.terms import SKOS, write_date
from graph.vocabulary import CG, ID, REGISTER_GRAPH
from tests.sample_graph import sample_store

LINE = """
a Old Health Board | 1990 | 1999-03
b North Trust | 1999-04-01 | 2002-03-31 | a
c South Trust | 1999-04-01 | 2002-03-31 | a
d Joint Trust | 2002-04-01 | 2006 | b c
e Gap Trust | 2008 | | d
f Lone Board | | |
"""
"""Bodies of a register of our own: key and name, first day, last day, whom they took over from."""


def node(key: str) -> NamedNode:
    return NamedNode(f"{ID}organisation/{key}")


@pytest.fixture(scope="module")
def line() -> Store:
    quads = []
    for row in LINE.strip().splitlines():
        (key_name, start, end, *older), register = row.split("|"), NamedNode(REGISTER_GRAPH)
        key, name = key_name.strip().split(" ", 1)
        facts: list[tuple[str, NamedNode | Literal | None]] = [
            (SKOS + "prefLabel", Literal(name)),
            (CG + "factConfidence", Literal("verified")),
        ]
        facts += [(CG + "validFrom", write_date(start.strip())), (CG + "validUntil", write_date(end.strip()))]
        facts += [(CG + "successorOf", node(other)) for other in " ".join(older).split()]
        quads += [Quad(node(key), NamedNode(p), value, register) for p, value in facts if value is not None]
    return load_store(quads)


RESOLVED = [
    ("d", "2003", ["d"], "yes"),
    ("d", "2001", ["b", "c"], "not yet"),
    ("d", "1995", ["a"], "not yet"),
    ("a", "2003-06-30", ["d"], "no longer"),
    ("a", "2006", ["d"], "no longer"),
    ("a", "2007-05", [], "no longer"),
    ("a", "2020", ["e"], "no longer"),
    ("b", "1999-03-31", ["a"], "not yet"),
    ("e", "1980", [], "not yet"),
    ("d", "2006-12-31", ["d"], "perhaps"),
    ("f", "2000", ["f"], "perhaps"),
]


@pytest.mark.parametrize(("key", "date", "bodies", "answer"), RESOLVED)
def test_a_body_is_whoever_was_in_its_place(
    line: Store, key: str, date: str, bodies: list[str], answer: str
) -> None:
    standing = resolve_body(line, node(key), date)
    assert standing.existence.answer == answer
    assert [era.iri.rsplit("/", 1)[-1] for era in standing.bodies] == bodies


def test_timeline_goes_both_ways_and_each_body_stands_once(line: Store) -> None:
    eras = read_timeline(line, node("d"))
    assert [(era.step, era.name) for era in eras] == [
        (-2, "Old Health Board"),
        (-1, "North Trust"),
        (-1, "South Trust"),
        (0, "Joint Trust"),
        (1, "Gap Trust"),
    ]
    assert eras[0].valid_until == "1999-03"


def test_timeline_ends_where_a_register_runs_in_a_circle() -> None:
    succession = NamedNode(CG + "successorOf")
    circle = load_store(
        Quad(node(one), succession, node(two), NamedNode(REGISTER_GRAPH)) for one, two in ("ab", "bc", "ca")
    )
    assert {era.iri for era in read_timeline(circle, node("a"))} == {node(key).value for key in "abc"}


def test_bodies_of_a_day_are_those_that_may_have_existed(line: Store) -> None:
    found = bodies_as_of(line, "2006-12-31")
    assert {iri.rsplit("/", 1)[-1]: (e.answer, e.reason) for iri, e in found.items()} == {
        "d": ("perhaps", "last day not exactly known"),
        "f": ("perhaps", "first day not known"),
    }


def test_dates_that_rest_on_recall_are_not_sure() -> None:
    torbay = find_body(sample_store(), "TAL")
    assert existed(sample_store(), torbay, "2006").answer == "perhaps"
    assert existed(sample_store(), torbay, "2006").reason == "dates not verified"
    assert existed(sample_store(), torbay, "2005-11-30").answer == "not yet"
    assert existed(sample_store(), find_body(sample_store(), "Lowmoor Joint Forum"), "2006").reason == (
        "not in the register"
    )


DOCUMENTS = [
    ("2006", []),
    ("2007-04-30", []),
    ("2007-05-01", ["review.txt"]),
    ("2008-06-10", ["review.txt"]),
    ("2008-06-11", ["minutes/june.txt", "review.txt"]),
    ("2008", ["minutes/june.txt", "review.txt"]),
    ("2009-01-01", ["minutes/june.txt", "plan.txt", "review.txt"]),
]


@pytest.mark.parametrize(("date", "names"), DOCUMENTS)
def test_documents_of_a_day(date: str, names: list[str]) -> None:
    found = sorted(documents_until(sample_store(), date))
    assert [iri.removeprefix(ID + "document/") for iri in found] == names


def test_graph_of_a_day_has_what_follows_from_its_documents_alone() -> None:
    past, query = store_until(sample_store(), "2007"), "SELECT (COUNT(*) AS ?n) {{ {} }}"
    for pattern, now, then in (
        ("?claim a cg:Claim", 24, 8),
        ("?a cg:poolsBudgetWith ?b", 4, 2),
        ("?a cg:hasMember ?b", 1, 0),
    ):
        assert run_query(sample_store(), query.format(pattern)).rows[0].n == now, pattern
        assert run_query(past, query.format(pattern)).rows[0].n == then, pattern
    registered = query.format("GRAPH cgg:register { ?body skos:prefLabel ?name }")
    assert run_query(past, registered).rows == run_query(sample_store(), registered).rows


def test_refuses_what_is_no_date(line: Store) -> None:
    for call in (existed, resolve_body):
        with pytest.raises(QueryError, match="is no date"):
            call(line, node("unheard-of"), "soon")
    for ask in (bodies_as_of, documents_until, store_until):
        with pytest.raises(QueryError, match="is no date"):
            ask(line, "soon")
