"""Facts of lines: taken apart as the engine does, gathered in memory that does not grow with their number."""

from __future__ import annotations

import contextlib
import sqlite3
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from graph.count import count_facts
from graph.facts import tally
from graph.facts.gather import Facts
from graph.facts.lines import cut_rest, read_value
from graph.search.write import IndexFile
from graph.terms import OA, PROV, RDF, SKOS
from graph.vocabulary import CG, GRAPH, ID
from graph.write import sort_quads

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
LITERALS = st.one_of(
    TEXTS.map(Literal),
    TEXTS.map(lambda text: Literal(text, language="en")),
    TEXTS.map(lambda text: Literal(text, datatype=NamedNode("urn:type"))),
    st.sampled_from(['a <urn:x> .\n"', " <urn:g", " _:b .", '\\"', "\\u0041"]).map(Literal),
    st.just(NamedNode("urn:o")),
)


@given(value=LITERALS, home=st.sampled_from([NamedNode(GRAPH + "x"), DefaultGraph()]))
def test_lines_are_taken_apart_as_they_were_put_together(
    value: Literal | NamedNode, home: NamedNode | DefaultGraph
) -> None:
    line = sort_quads([Quad(NamedNode("urn:s"), NamedNode("urn:p"), value, home)])
    term, end = cut_rest(line.split(b" ", 2)[2])
    assert read_value(term) == value.value
    assert end == (b"" if isinstance(home, DefaultGraph) else f"{home.value}> .\n".encode())


@pytest.fixture
def facts() -> Iterator[Facts]:
    database = sqlite3.connect(":memory:", isolation_level=None)
    with contextlib.closing(database) as connection, contextlib.closing(Facts(connection)) as made:
        yield made


@pytest.mark.parametrize("lines", [(b"<b> <p> <o> .\n", b"<a> <p> <o> .\n"), (b"# a comment\n",), (b"a\n",)])
def test_what_is_not_in_order_or_no_line_is_refused(facts: Facts, lines: tuple[bytes, ...]) -> None:
    with pytest.raises(ValueError, match=r"not a line|not enough values"):
        facts.take_lines(lines)


def test_objects_are_counted_alike_in_one_share_or_many(
    facts: Facts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tally, "_OFTEN", 1)
    monkeypatch.setattr(tally, "_HELD", 10)
    lines = [b"<s%04d> <p%d> <o%d> .\n" % (n, p, n % (7 + p)) for n in range(300) for p in range(3)]
    facts.take_lines(lines)
    facts.finish()
    assert facts.tally.count_objects() == 9
    assert [each.objects for each in facts.tally.properties.values()] == [7, 8, 9]
    monkeypatch.setattr(tally, "_AT_ONCE", 50)
    assert facts.tally.count_objects() == 9
    assert [each.objects for each in facts.tally.properties.values()] == [7, 8, 9]
    assert (facts.tally.subjects, facts.tally.quads) == (300, 0)


def make_lines(documents: int) -> Iterator[list[bytes]]:
    """Yield the lines of documents that each quote one sentence, claim one thing, and name the same body."""
    body, other = ID + "organisation/one", ID + "organisation/two"
    for prefix in ("claim", "document", "evidence"):
        for number in range(documents):
            iri, name = f"{ID}{prefix}/{number:06}", f"{number:06}"
            if prefix == "claim":
                ends = [
                    ("subject", body),
                    ("object", other),
                    ("predicate", CG + "funds"),
                    ("status", CG + "Asserted"),
                ]
                said = [(CG + key, f"<{value}>") for key, value in ends]
                said += [
                    (CG + "evidence", f"<{ID}evidence/{name}>"),
                    (PROV + "wasDerivedFrom", f"<{ID}document/{name}>"),
                ]
            elif prefix == "document":
                said = [
                    (RDF + "type", f"<{CG}Document>"),
                    (CG + "mentions", f"<{body}>"),
                    (SKOS + "prefLabel", f'"Paper {name}"'),
                ]
            else:
                said = [
                    (OA + "exact", f'"What {name} says."'),
                    (PROV + "wasQuotedFrom", f"<{ID}document/{name}>"),
                ]
            home = f"<{GRAPH}document/{name}>"
            yield sorted(f"<{iri}> <{key}> {value} {home} .\n".encode() for key, value in said)
    for number in range(documents):
        yield [f'<{body}> <{SKOS}prefLabel> "One" <{GRAPH}document/{number:06}> .\n'.encode()]


def measure_index(folder: Path, documents: int) -> int:
    """Return the most bytes that Python held while the index of some documents was made."""
    folder.mkdir()
    tracemalloc.start()
    try:
        with contextlib.closing(IndexFile(folder / "index")) as index:
            for lines in make_lines(documents):
                index.facts.take_lines(lines)
            index.facts.finish()
            assert sum(1 for _ in count_facts(index.facts)) == 3 * documents + 1 + 6
            index.finish(documents)
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


def test_index_and_counts_take_no_more_memory_for_more_documents(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("_OFTEN", "_HELD"):
        monkeypatch.setattr(tally, name, 100)
    measure_index(tmp_path / "first", 10)  # what is loaded once
    few, many = (measure_index(tmp_path / str(n), n) for n in (1500, 6000))
    assert many < few * 1.2
