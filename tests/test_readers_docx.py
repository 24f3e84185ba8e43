from __future__ import annotations

import io

import docx
import pytest

from graph.errors import DocumentError
from graph.readers.docx import read_content
from tests.make_documents import make_docx, make_zip, paragraph

CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Pooled funds</dc:title><dc:creator>A Hill</dc:creator>"
    "<dcterms:created>2007-04-12T10:00:00Z</dcterms:created></cp:coreProperties>"
)


def row(*cells: str) -> str:
    return "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in cells) + "</w:tr>"


BODIES = [
    ("paragraphs", paragraph("One & two") + paragraph("Three"), "One & two\n\nThree\n"),
    (
        "tables in place",
        paragraph("A") + f"<w:tbl>{row('b', 'c')}</w:tbl>" + paragraph("D"),
        "A\n\nb\n\nc\n\nD\n",
    ),
    ("list items", paragraph("One", "<w:numPr><w:ilvl/></w:numPr>"), "\u2022 One\n"),
    ("runs", "<w:p><w:r><w:t>Tor</w:t></w:r><w:r><w:t>bay</w:t></w:r></w:p>", "Torbay\n"),
    (
        "tabs and breaks",
        "<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
        "a b\nc\n",
    ),
    ("tab stops", paragraph("a", '<w:tabs><w:tab w:pos="720"/></w:tabs>'), "a\n"),
    (
        "what was taken out",
        "<w:p><w:del><w:r><w:t>old</w:t></w:r></w:del><w:r><w:t>new</w:t></w:r></w:p>",
        "new\n",
    ),
    ("field codes", "<w:p><w:r><w:instrText>PAGE</w:instrText><w:t>7</w:t></w:r></w:p>", "7\n"),
    ("empty ones", "<w:p/>" + paragraph("a") + "<w:p/>", "a\n"),
    (
        "text boxes, once",
        "<w:p><w:r><w:t>a</w:t></w:r><w:Choice>"
        + paragraph("box")
        + "</w:Choice><w:Fallback>"
        + paragraph("box")
        + "</w:Fallback></w:p>",
        "box\n\na\n",
    ),
]


@pytest.mark.parametrize(("why", "body", "text"), BODIES, ids=[why for why, _, _ in BODIES])
def test_text_is_in_reading_order(why: str, body: str, text: str) -> None:
    assert read_content(make_docx(body), "a.docx").text == text, why


def test_notes_follow_the_text_and_properties_are_read() -> None:
    notes = f'<w:footnotes xmlns:w="urn:x">{paragraph("A note")}</w:footnotes>'
    content = read_content(
        make_docx(paragraph("Text"), core=CORE, extra={"word/footnotes.xml": notes}), "a.docx"
    )
    assert content.text == "Text\n\nA note\n"
    assert content.properties == {"title": "Pooled funds", "author": "A Hill", "date": "2007-04-12T10:00:00Z"}


def test_a_real_word_file_is_read() -> None:
    document = docx.Document()
    document.add_heading("Findings", 1)
    document.add_paragraph("Kent works with Essex.")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Kent", "Essex"
    buffer = io.BytesIO()
    document.save(buffer)
    assert (
        read_content(buffer.getvalue(), "a.docx").text
        == "Findings\n\nKent works with Essex.\n\nKent\n\nEssex\n"
    )


WHOLE = make_docx(paragraph("Text " * 3000))
BROKEN = [
    (WHOLE[: len(WHOLE) // 2], "is a damaged Word document"),
    (WHOLE.replace(b"PK\x05\x06", b"PK\x00\x00"), "is a damaged Word document"),
    (make_docx("<w:p><w:r>"), "is a damaged Word document"),
    (make_docx(""), "holds no text"),
    (make_zip({"readme.txt": b"x"}), "is a zip archive but no Word document"),
    (make_docx(paragraph("x" * 2_000_000)), "unpacks to 2 MB or more"),
    (b"%PDF-1.4", "is no Word document but a PDF; rename it to end in .pdf"),
    (b"", "is empty"),
    (b"words", "is no .docx but something else"),
    (
        make_zip({"word/document.xml": b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}),
        "declares XML entities",
    ),
]


@pytest.mark.parametrize(("data", "reason"), BROKEN)
def test_what_cannot_be_read_is_told(data: bytes, reason: str) -> None:
    with pytest.raises(DocumentError) as caught:
        read_content(data, "a.docx")
    assert caught.value.reason.startswith(reason)


def test_a_size_that_is_declared_too_small_does_not_help_a_bomb() -> None:
    data = bytearray(make_docx(paragraph("x" * 5_000_000)))
    size = (5_000_000).to_bytes(4, "little")[2:]  # enough of the true size to find it by
    central = data.rindex(b"PK\x01\x02")
    assert size in data[central : central + 46]
    data[central + 24 : central + 28] = (1000).to_bytes(4, "little")
    with pytest.raises(DocumentError):
        read_content(bytes(data), "a.docx")
