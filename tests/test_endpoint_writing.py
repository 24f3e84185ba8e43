"""Answers as bytes: every format is read back by an independent reader, cut where asked, never too long."""

from __future__ import annotations

import csv
import gzip
import io
import itertools
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import Literal, NamedNode, Quad, Store
from rdflib import Graph
from rdflib.query import Result

from graph.endpoint.formats import ROWS, TRIPLES, Format
from graph.endpoint.frames import DATA, END, FrameReader, pack_frame, pack_message
from graph.endpoint.spool import IN_MEMORY, AnswerTooLong, Spool
from graph.endpoint.writing import MORE, write_results
from graph.errors import QueryError
from graph.query import evaluate_query

NAME = NamedNode("urn:name")
TEXTS = ["plain", "two\nlines", 'a "quote", a tab\t', "=1+1", "\u0001\ufffe", "\U0001f469\u200d\u2695 é", ""]


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.extend(Quad(NamedNode(f"urn:s{n}"), NAME, Literal(text)) for n, text in enumerate(TEXTS))
    return store


def write(
    store: Store, query: str, media_type: str, rows: int | None = None
) -> tuple[bytes, int | None, bool]:
    spool = Spool(Path("unused"), 1 << 20, xml="xml" in media_type)
    count, more = write_results(evaluate_query(store, query), media_type, spool, rows=rows)
    return spool.close()[0], count, more


def read_rows(data: bytes, name: str) -> list[str]:
    if name == "tsv":  # rdflib has the tab within a text wrong
        return [json.loads(line.split(b"\t")[1], strict=False) for line in data.splitlines()[1:]]
    result = Result.parse(io.BytesIO(data), format=name)
    return [str(row[1] or "") for row in result]  # type: ignore[index] # rows of a SELECT


ALL = "SELECT ?s ?text { ?s <urn:name> ?text } ORDER BY ?s"


@pytest.mark.parametrize("name", ["json", "xml", "csv", "tsv"])
@pytest.mark.parametrize("rows", [None, 0, 3, 7, 8])
def test_rows_come_back(store: Store, name: str, rows: int | None) -> None:
    form = next(form for form in ROWS if form.name == name)
    data, count, more = write(store, ALL, form.media_type, rows)
    texts = [
        text.replace("\u0001", "\ufffd").replace("\ufffe", "\ufffd") if name == "xml" else text
        for text in TEXTS
    ]
    assert read_rows(data, name) == texts[:rows]
    assert count == (None if rows is None else min(rows, len(TEXTS)))
    assert more == (rows is not None and rows < len(TEXTS))
    if name in ("json", "xml"):
        assert (MORE.encode() in data) == more


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # within rdflib
@pytest.mark.parametrize("form", TRIPLES, ids=lambda form: form.name)
@pytest.mark.parametrize("rows", [None, 0, 3, 8])
def test_triples_come_back(store: Store, form: Format, rows: int | None) -> None:
    media_type = form.media_type
    query = "CONSTRUCT { ?s ?p ?o } { ?s ?p ?o FILTER(!REGEX(?o, '[\\u0001\\ufffe]')) } ORDER BY ?s"
    data, count, more = write(store, query, media_type, rows)
    known = {"application/ld+json": "json-ld", "application/trig": "trig", "application/n-quads": "nquads"}
    found = Graph()
    parsed = Graph() if media_type not in known else None
    if parsed is not None:
        found = parsed.parse(data=data, format=media_type)
    else:
        from rdflib import Dataset

        found = Dataset().parse(data=data, format=known[media_type])
    assert len(found) == min(len(TEXTS) - 1, 99 if rows is None else rows)
    assert more == (rows is not None and rows < len(TEXTS) - 1)
    assert count == (None if rows is None else min(rows, len(TEXTS) - 1))


def test_the_same_question_gives_the_same_bytes(store: Store) -> None:
    """The engine writes prefixes in another order each time."""
    assert len({write(store, "CONSTRUCT WHERE { ?s ?p ?o }", "text/turtle")[0] for _ in range(5)}) == 1


def test_ask_has_no_rows_to_count(store: Store) -> None:
    assert write(store, "ASK {}", "text/csv", rows=0)[1:] == (None, False)


@pytest.mark.parametrize(
    ("query", "media_type"),
    [("ASK {}", "text/turtle"), ("CONSTRUCT WHERE { ?s ?p ?o }", "text/csv"), ("SELECT * {}", "text/turtle")],
)
def test_refuses_a_format_of_another_kind(store: Store, query: str, media_type: str) -> None:
    with pytest.raises(QueryError, match="cannot hold"):
        write(store, query, media_type)


def test_a_row_of_nothing_is_a_row(store: Store) -> None:
    data, count, more = write(store, "SELECT ?x { VALUES ?x { UNDEF UNDEF } }", ROWS[0].media_type, 1)
    assert (json.loads(data)["results"]["bindings"], count, more) == ([{}], 1, True)


@pytest.mark.parametrize("size", [0, 10, 5000, IN_MEMORY + 70_000])
@pytest.mark.parametrize("packed", [False, True])
def test_keeps_what_was_written(tmp_path: Path, size: int, packed: bool) -> None:
    spool = Spool(tmp_path / "answer", 1 << 24, gzip=packed)
    sent = bytes(n * n % 251 ^ n % 17 for n in range(size))
    for start in range(0, size, 8192):
        spool.write(sent[start : start + 8192])
    held, length = spool.close()
    data = held if len(held) == length else (tmp_path / "answer").read_bytes()
    assert len(data) == length
    assert spool.compressed == (packed and size > 1000)
    assert (gzip.decompress(data) if spool.compressed else data) == sent
    spool.drop()
    assert not (tmp_path / "answer").exists()


def test_stops_at_the_limit(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "answer", 100)
    spool.write(b"x" * 100)
    with pytest.raises(AnswerTooLong):
        spool.write(b"x")


@given(st.binary(max_size=40), st.lists(st.integers(0, 40), max_size=5))
def test_xml_loses_only_what_xml_cannot_hold(data: bytes, cuts: list[int]) -> None:
    data = data.replace(b"\xff", b"\xef\xbf\xbe")
    spool = Spool(Path("unused"), 1 << 20, xml=True)
    edges = sorted({0, *(min(cut, len(data)) for cut in cuts), len(data)})
    for start, end in itertools.pairwise(edges):
        spool.write(data[start:end])
    whole = Spool(Path("unused"), 1 << 20, xml=True)
    whole.write(data)
    written = spool.close()[0]
    assert written == whole.close()[0]
    assert b"\xef\xbf\xbe" not in written
    assert not set(written) & (set(range(32)) - {9, 10, 13})


@given(st.lists(st.tuples(st.sampled_from([DATA, END]), st.binary(max_size=30))), st.integers(1, 9))
def test_messages_arrive_however_they_are_split(messages: list[tuple[bytes, bytes]], step: int) -> None:
    stream = b"".join(pack_frame(kind, payload) for kind, payload in messages)
    reader = FrameReader()
    parts = [stream[start : start + step] for start in range(0, len(stream), step)]
    assert [message for part in parts for message in reader.feed(part)] == messages


def test_messages_hold_json() -> None:
    ((kind, payload),) = FrameReader().feed(pack_message(END, {"rows": None, "more": True}))
    assert (kind, json.loads(payload)) == (END, {"rows": None, "more": True})


def test_csv_is_as_the_standard_says(store: Store) -> None:
    data = write(store, ALL, "text/csv")[0].decode()
    assert [row[1] for row in csv.reader(io.StringIO(data, newline=""))][1:] == TEXTS
