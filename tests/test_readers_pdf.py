from __future__ import annotations

import re
import zlib

import pytest

from graph.errors import DocumentError
from graph.readers.pdf import read_content
from tests.make_documents import make_pdf

SENTENCE = "Kent and Essex pool their budgets."


def test_pages_are_joined_and_properties_read() -> None:
    content = read_content(make_pdf([SENTENCE, "They began in 2007."], title="Pooled funds"), "a.pdf")
    assert content.text.split() == f"{SENTENCE} They began in 2007.".split()
    assert content.properties["title"] == "Pooled funds"
    assert content.properties["date"].startswith("D:20070412")


def test_a_sentence_that_goes_on_over_the_page_is_not_broken_by_a_blank_line() -> None:
    text = read_content(make_pdf(["Kent and", "Essex pool their budgets.", "They do."]), "a.pdf").text
    assert "Kent and\nEssex" in text
    assert "budgets.\n\nThey" in text


def test_running_heads_and_page_numbers_are_hidden() -> None:
    words = "one two three four five six".split()
    pages = [
        f"Annual report\nText {word} of the report\nand a {word} line\nmore {word}\nPage {n}"
        for n, word in enumerate(words)
    ]
    content = read_content(make_pdf(pages), "a.pdf")
    hidden = {re.sub(r"\d", "#", content.text[start:end]) for start, end in content.hidden}
    assert hidden == {"Annual report", "Page #"}


@pytest.mark.parametrize("title", ["Microsoft Word - draft.doc", "Untitled", "final_v2.docx"])
def test_the_name_of_a_file_is_no_title(title: str) -> None:
    assert "title" not in read_content(make_pdf([SENTENCE], title=title), "a.pdf").properties


def test_a_pdf_that_anyone_may_open_is_read_though_encrypted() -> None:
    assert SENTENCE in read_content(make_pdf([SENTENCE], password=""), "a.pdf").text


def make_bomb() -> bytes:
    """Write a PDF of a few hundred kilobytes whose one page unpacks to 300 MB."""
    return make_stream(b" " * 300_000_000)


def make_stream(content: bytes, packing: bytes = b"/FlateDecode") -> bytes:
    """Write a PDF whose one page has this content, packed under that name of the packing."""
    stream = zlib.compress(content, 1)
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Resources<</Font<<>>>>/Contents 4 0 R>>",
        b"<</Filter%s/Length %d>>stream\n%s\nendstream" % (packing, len(stream), stream),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, part) for n, part in enumerate(parts, start=1))
    return b"%PDF-1.7\n" + body + b"trailer\n<</Root 1 0 R/Size 5>>\nstartxref\n0\n%%EOF"


WHOLE = make_pdf([SENTENCE] * 3)
BROKEN = [
    (make_pdf([SENTENCE], password="x"), "is encrypted"),
    (WHOLE[: len(WHOLE) // 2], "is cut off"),
    (b"%PDF-1.7\n" + b"junk " * 100 + b"%%EOF", "is a damaged PDF"),
    (b"%PDF-1.7\ntrailer << /Root 1 0 R >>\n%%EOF", "is a damaged PDF"),
    (make_stream(b"BT [1 0 R] TJ ET"), "is a damaged PDF"),
    (make_stream(b"BT ET", b"/Fl"), "is a damaged PDF"),
    (make_bomb(), "unpacks out of all proportion"),
    (make_pdf(["", ""]), "holds pages but no text"),
    (b"<html>", "is no PDF but an HTML page"),
    (b"words", "is no PDF whatever its name says"),
    (b"", "is empty"),
]


@pytest.mark.parametrize(("data", "reason"), BROKEN)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_content(data, "a.pdf")
    assert caught.value.reason.startswith(reason)
