"""Make small documents of every format, sound and broken, for the tests of the readers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from xml.sax.saxutils import escape

from fpdf import FPDF

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"


def make_pdf(pages: Sequence[str], *, password: str | None = None, title: str = "") -> bytes:
    """Write a PDF with these pages; encrypted if there is a password, be it empty."""
    pdf = FPDF()
    pdf.set_creation_date(datetime(2007, 4, 12, tzinfo=UTC))
    if title:
        pdf.set_title(title)
    if password is not None:
        pdf.set_encryption(owner_password="owner", user_password=password)
    pdf.set_font("helvetica", size=12)
    for page in pages:
        pdf.add_page()
        pdf.multi_cell(0, 8, page)
    return bytes(pdf.output())


def make_docx(body: str, *, core: str = "", extra: dict[str, str] | None = None) -> bytes:
    """Write a Word file whose body is this WordprocessingML, with prefix ``w``."""
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{_OFFICE}" Target="word/document.xml"/></Relationships>'
    )
    parts = {"_rels/.rels": relations, "word/document.xml": document, **(extra or {})}
    if core:
        parts["docProps/core.xml"] = core
    return make_zip({name: text.encode() for name, text in parts.items()})


def make_zip(parts: dict[str, bytes]) -> bytes:
    """Write a zip archive of these parts, well packed."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED, 9)
    return buffer.getvalue()


def paragraph(text: str, properties: str = "") -> str:
    """Write one paragraph of a Word file."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"
