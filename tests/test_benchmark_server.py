"""The parts of the measurement of servers that could mislead: what counts as an answer, and as the same."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from benchmark_load import read_answer, write_request
from benchmark_questions import list_cases, tell_time
from benchmark_server import make_queries, read_rows, summarise

from graph.questions import list_questions
from graph.store import write_store
from tests.sample_graph import sample_quads, sample_store

OK = b"HTTP/1.1 200 OK\r\n"


async def read(content: bytes) -> tuple[int, bytes]:
    reader = asyncio.StreamReader()
    reader.feed_data(content)
    reader.feed_eof()
    return await read_answer(reader)


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (OK + b"Content-Length: 4\r\n\r\nbody", (200, b"body")),
        (OK + b"transfer-encoding: chunked\r\n\r\n3\r\nbod\r\n1;x=1\r\ny\r\n0\r\n\r\n", (200, b"body")),
        (b"HTTP/1.1 503 Busy\r\ncontent-length: 0\r\n\r\n", (503, b"")),
    ],
)
def test_reads_an_answer_of_a_length_or_in_chunks(content: bytes, answer: tuple[int, bytes]) -> None:
    assert asyncio.run(read(content)) == answer


@pytest.mark.parametrize(
    "content",
    [
        OK + b"Content-Length: 9\r\n\r\nbody",
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nbod\r\n",
        b"HTTP/1.1 2",
    ],
)
def test_an_answer_that_is_cut_is_none(content: bytes) -> None:
    with pytest.raises(EOFError):
        asyncio.run(read(content))


def test_a_request_keeps_the_connection_and_asks_for_no_answer_of_before() -> None:
    head, _, body = write_request("/sparql", "ASK {}").partition(b"\r\n\r\n")
    assert body == b"query=ASK+%7B%7D"
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"If-None-Match" not in head
    assert b"Connection" not in head


def test_answers_are_the_same_when_their_rows_are_in_any_order() -> None:
    one = b'{"results": {"bindings": [{"a": {"value": "1"}}, {"a": {"value": "2"}}]}}'
    other = b'{"results": {"bindings": [{"a": {"value": "2"}}, {"a": {"value": "1"}}]}}'
    assert read_rows(200, one) == read_rows(200, other)
    assert read_rows(200, one) != read_rows(200, other.replace(b"2", b"3"))
    assert read_rows(200, one) != read_rows(503, one)


def test_only_good_answers_count_and_the_others_are_errors() -> None:
    samples = [("x", number / 1000, 200) for number in range(1, 101)] + [("x", 9.0, 503), ("x", 9.0, 0)]
    assert summarise(samples, 10) == ["10.0", "51 ms", "96 ms", "100 ms", "2"]
    assert summarise([("x", 1.0, 0)], 10) == ["0", "-", "-", "-", "1"]


def test_the_mix_has_every_question_and_varies_what_is_asked_about(tmp_path: Path) -> None:
    write_store(tmp_path, sample_quads())
    queries = make_queries(tmp_path)
    assert queries == make_queries(tmp_path)
    kinds = {kind.removesuffix(", all") for kind, _ in queries}
    assert {question.name for question in list_questions()} - kinds == {"search"}
    assert len({text for kind, text in queries if kind == "partners"}) > 3
    for _, text in queries[:40]:
        sample_store().query(text)


def test_every_question_is_measured_with_a_body_and_without() -> None:
    cases = [(question.name, about) for question, about, _ in list_cases(sample_store())]
    assert {name for name, _ in cases} == {question.name for question in list_questions()}
    assert ("funding", "all bodies") in cases
    assert ("partners", "an ordinary body") in cases
    assert (tell_time(0.0021), tell_time(1.25)) == ("2.1 ms", "1,250 ms")
