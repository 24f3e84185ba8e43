"""What Spark makes of one document: the product of a build, taken apart, and what may follow from it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from graph.errors import DocumentError
from graph.extract import extract_document, load_resources
from graph.infer import infer_statements
from graph.product import make_product
from graph.read import LIMITS, read_document
from graph.readers.worker import ReaderProcess
from graph.records import Skipped
from graph.register import load_register
from graph.scale.claim_rows import list_claims
from graph.scale.products import follow_quads, make_outcome, read_row
from graph.scale.rows import DocumentRow, cut_lines
from graph.write import sort_quads
from tests.make_documents import make_pdf
from tests.sample_documents import make_minutes, sample_quads

NOTE = (
    "Torbay Care Trust works with Torbay Council. It should not pool its budget with Kent County Council.\n"
)
SAMPLE = sample_quads()


@pytest.fixture(scope="module")
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess(LIMITS) as process:
        yield process


def test_a_row_of_text_is_read_as_the_file_is(reader: ReaderProcess, tmp_path: Path) -> None:
    path = tmp_path / "note.txt"
    path.write_text("A\r\n" + NOTE, encoding="utf-8", newline="")
    assert read_row(DocumentRow("note.txt", text="A\r\n" + NOTE), reader) == read_document(path)
    assert read_row(DocumentRow("note.txt", path=str(path)), reader) == read_document(path)


def test_a_row_of_bytes_is_read_by_its_suffix_and_what_is_stated_goes_first(reader: ReaderProcess) -> None:
    data = make_pdf([NOTE], title="Its own title")
    document = read_row(DocumentRow("a/b.pdf", content=data, stated={"date": "12 April 2007"}), reader)
    assert (document.name, document.title, document.date) == ("a/b.pdf", "Its own title", "2007-04-12")
    stated = {"title": "On Torbay", "url": "javascript:alert(1)"}
    document = read_row(DocumentRow("b.pdf", content=data, stated=stated), reader)
    assert (document.title, document.url, document.media_type) == ("On Torbay", None, "application/pdf")


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (DocumentRow("a.txt"), "neither text nor content"),
        (DocumentRow("a.txt", text=" \n"), "is empty"),
        (DocumentRow("a.txt", path="missing/a.txt"), "cannot be opened"),
        (DocumentRow("a.png", content=b"x"), "no known format"),
        (DocumentRow("a\nb.txt", text="x"), r"call it a\nb.txt"),
        (DocumentRow("a.txt", text="x", problem="is a line that is no JSON object"), "no JSON object"),
    ],
)
def test_a_row_that_cannot_be_read_says_why(row: DocumentRow, reason: str, reader: ReaderProcess) -> None:
    with pytest.raises(DocumentError) as caught:
        read_row(row, reader)
    assert reason in caught.value.reason
    outcome = make_outcome(row, reader)
    assert isinstance(outcome, Skipped)
    assert reason in outcome.reason


def test_an_outcome_holds_the_product_of_the_document(reader: ReaderProcess) -> None:
    resources = load_resources()
    row = DocumentRow("note.txt", text=NOTE)
    outcome = make_outcome(row, reader)
    assert not isinstance(outcome, Skipped)
    product = make_product(extract_document(read_row(row, reader), resources), resources.register)
    assert "".join(line + "\n" for line in outcome["quads"]).encode() == product.quads
    assert (outcome["line"], outcome["reason"]) == (product.line, None)
    assert len(outcome["claims"]) == product.claims > 0


def test_claims_are_rows_with_names_and_sentences() -> None:
    from graph.assemble import assemble_document

    minutes, register = make_minutes(), load_register()
    quads = assemble_document(minutes, register)
    rows = list_claims(minutes.document.name, quads, register)
    assert len(rows) == len(minutes.relations)
    starts = [row["evidence"][0]["start"] for row in rows]
    assert starts == sorted(starts)
    pooled = next(row for row in rows if row["predicate"] == "poolsBudgetWith")
    assert (pooled["subject"], pooled["status"]) == ("Torbay Care Trust", "proposed")
    assert (pooled["document"], pooled["date"]) == (minutes.document.name, "2007-04")
    for row in rows:
        for quote in row["evidence"]:
            assert minutes.document.text[quote["start"] : quote["end"]] == quote["quote"]


@settings(max_examples=20)
@given(st.lists(st.sampled_from(range(3)), min_size=len(SAMPLE), max_size=len(SAMPLE)))
def test_what_follows_is_the_same_however_statements_are_divided(places: list[int]) -> None:
    """Less by key what any part states, all parts together let follow what the whole does."""
    parts: list[list[Quad]] = [[], [], []]
    for quad, place in zip(SAMPLE, places, strict=True):
        parts[place].append(quad)
    followed = [follow_quads(part) for part in parts]
    inferred = {line for lines, _ in followed for line in lines}
    stated = {line for _, lines in followed for line in lines}
    assert sorted(inferred - stated) == cut_lines(sort_quads(infer_statements(SAMPLE)))


def test_only_a_line_feed_ends_a_line() -> None:
    assert cut_lines("a\u2028b\x85\n\u2029c\n".encode()) == ["a\u2028b\x85", "\u2029c"]
