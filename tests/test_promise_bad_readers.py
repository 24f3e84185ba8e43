"""Readers: whatever bytes they get, a sound text comes of it or one line."""

# ruff: noqa: E501, PT017 - cases a line each

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.errors import DocumentError
from graph.read import parse_document
from graph.readers import read_content
from graph.readers.content import FIELDS, Limits, check_text
from graph.readers.metadata import parse_metadata, split_front_matter
from graph.records import Document
from tests.effort import effort
from tests.make_documents import make_docx, make_pdf, paragraph
from tests.spoilt_files import spoil_bytes

pytestmark = pytest.mark.promise

SOUND = {
    ".txt": b"Kent works with Essex.\n", ".md": b"---\ntitle: T\n---\n# Kent\n*works* with [Essex](x).\n",
    ".html": b"<title>T</title><main><p>Kent <b>works</b> with Essex.</p></main>",
    ".pdf": make_pdf(["Kent works with Essex."] * 3, title="T"), ".docx": make_docx(paragraph("Kent works with Essex.")),
}  # fmt: skip


@pytest.mark.parametrize("suffix", SOUND)
def test_every_reader_gives_a_sound_text_or_one_line(suffix: str) -> None:
    """Spans are sorted and apart, the text can be written as UTF-8, XML and N-Quads, and twice gives the same."""
    for number in range(effort(60, 3000)):
        data = spoil_bytes(SOUND[suffix], Random(f"{suffix} {number}"))
        try:
            content = read_content(suffix, data, "a" + suffix)
            check_text(content, "a", Limits())
        except DocumentError as error:
            assert error.reason.isprintable(), number
            continue
        except MemoryError:
            raise
        except (
            Exception
        ) as error:  # what is left for the process that reads it apart, which makes a line of it
            assert suffix in (".pdf", ".docx"), (number, repr(error))
            continue
        content.text.encode()
        ends = [0]
        for start, end in content.hidden:
            assert ends[-1] <= start < end <= len(content.text), number
            ends.append(end)
        if suffix in (".html", ".pdf", ".docx"):
            assert not set(content.text) & set(map(chr, [*range(9), *range(14, 32), 0xFFFE, 0xFFFF])), number
        assert read_content(suffix, data, "a" + suffix) == content, number


@settings(max_examples=effort(60, 2000))
@given(st.binary(max_size=300))
def test_a_text_file_is_a_document_or_one_line(data: bytes) -> None:
    try:
        document = parse_document(data, "a.txt")
    except DocumentError as error:
        assert error.reason.isprintable()
        return
    assert isinstance(document, Document)
    assert document.text.encode()


@settings(max_examples=effort(80, 3000))
@given(st.text(st.sampled_from("-\n:{}[]&*!|>'\"%@`#, abt?=<\\x\t\U0001f3e5\ud800"), max_size=200))
def test_front_matter_of_any_kind_is_fields_of_text(block: str) -> None:
    fields, start = split_front_matter(f"---\n{block}\n---\nText")
    assert set(fields) <= set(FIELDS)
    assert all(value and value == str(value) for value in fields.values())
    assert 0 <= start <= len(block) + 9


@settings(max_examples=effort(80, 3000))
@given(st.text(st.sampled_from('name,title\n\r";\0 |=\x1b'), max_size=200))
def test_a_table_of_any_kind_is_fields_of_text_or_one_line(text: str) -> None:
    try:
        rows = parse_metadata("name,title\n" + text, "metadata.csv")
    except DocumentError as error:
        assert error.reason.isprintable()
        return
    assert all(isinstance(value, str) for row in rows.values() for value in row.values())
