"""What fuzzing starts from: our own documents in every format, made small, and hostile strings."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from pathlib import Path

from environment import ROOT
from fuzz_target import Change
from fuzz_words import HOSTILE

DOCUMENTS = ROOT / "seeds" / "documents"

_PDF_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_MOST_UNPACKED = 1 << 20


def list_texts() -> list[str]:
    """Return our briefing notes, cut to what is quickly read, and a text of hostile strings."""
    notes = [path.read_text(encoding="utf-8")[:1500] for path in sorted(DOCUMENTS.glob("*.md"))]
    return [*notes, *(note[-700:] for note in notes), " ".join(HOSTILE)]


def seed_texts() -> list[bytes]:
    """Make text files in several encodings."""
    notes = list_texts()
    texts = [note.encode("utf-8", "replace") for note in notes]
    return [*texts, *(notes[0].encode(name, "replace") for name in ("utf-16", "utf-16-be", "cp1252"))]


def seed_pages() -> list[bytes]:
    """Make saved web pages of the notes."""
    pages = []
    for note in list_texts():
        title, _, rest = note.partition("\n")
        body = "".join(f"<p>{part}</p><ul><li>{part[:40]}</ul>" for part in rest.split("\n\n"))
        table = "<table><tr><th>Body<td>Pays</tr><tr><td>Kent<td>£5m</table>"
        head = f'<title>{title}</title><meta name="author" content="A Hill"><style>p{{}}</style>'
        pages.append(f"<!doctype html><html><head>{head}</head><body>{body}{table}</body></html>")
    return [page.encode("utf-8", "replace") for page in pages]


def seed_pdfs() -> list[bytes]:
    """Make PDFs of one and of three pages, packed and bare."""
    from fpdf import FPDF

    made = []
    for compress in (True, False):
        for pages in (1, 3):
            pdf = FPDF()
            pdf.set_compression(compress)
            pdf.set_title("Border raid")
            pdf.set_font("helvetica", size=12)
            for number in range(pages):
                pdf.add_page()
                pdf.multi_cell(0, 8, f"Care trusts\n\nTorbay Care Trust funds Torbay Council.\n{number + 1}")
            made.append(bytes(pdf.output()))
    return made


def seed_word_files() -> list[bytes]:
    """Make Word files with a list, a table, notes and properties."""
    space = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    lines = ["Care trusts", "Torbay Care Trust funds Torbay Council.", "Kent &amp; Medway"]
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t><w:tab/></w:r></w:p>" for line in lines)
    listed = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>an item</w:t></w:r></w:p>"
    table = f"<w:tbl><w:tr><w:tc>{paragraphs}</w:tc></w:tr></w:tbl>"
    relation = '<Relationship Type="x/officeDocument" Target="word/document.xml"/>'
    relations = f'<Relationships xmlns="r">{relation}</Relationships>'
    core = '<c:p xmlns:c="c" xmlns:d="d"><d:title>Border raid</d:title><d:creator>A Hill</d:creator></c:p>'
    made = []
    for body in (paragraphs, paragraphs + listed + table):
        document = f"<w:document {space}><w:body>{body}</w:body></w:document>"
        notes = f"<w:footnotes {space}><w:footnote>{paragraphs}</w:footnote></w:footnotes>"
        parts = {"_rels/.rels": relations, "word/document.xml": document, "word/footnotes.xml": notes}
        made.append(
            pack_zip(
                {**{name: text.encode() for name, text in parts.items()}, "docProps/core.xml": core.encode()}
            )
        )
    return made


def pack_zip(parts: dict[str, bytes]) -> bytes:
    """Pack parts as a zip archive, the same for the same parts."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def reshape_zip(data: bytes, change: Change, chance: random.Random) -> bytes:
    """Change one part of a zip archive, or its name, and pack it again."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = [info for info in archive.infolist() if info.file_size < _MOST_UNPACKED]
            parts = {info.filename: archive.read(info) for info in infos}
        name = chance.choice(sorted(parts))
        changed = change(parts[name])
        if chance.random() < 0.05:
            del parts[name]
            name = change(name.encode()).decode("utf-8", "replace")[:200]
        return pack_zip({**parts, name: changed})
    except Exception:  # no archive any more
        return change(data)


def reshape_pdf(data: bytes, change: Change, chance: random.Random) -> bytes:
    """Change what one stream of a PDF holds, below its packing."""
    streams = list(_PDF_STREAM.finditer(data))
    if not streams:
        return change(data)
    start, end = chance.choice(streams).span(1)
    try:
        content = zlib.decompressobj().decompress(data[start:end], _MOST_UNPACKED)
        changed = zlib.compress(change(content))
    except zlib.error:
        changed = change(data[start:end])
    return data[:start] + changed + data[end:]


def seed_files(*paths: str, most: int = 6000) -> list[bytes]:
    """Read data files of ours, cut at the end of a line so that they are quickly read."""
    found = []
    for path in paths:
        data = (ROOT / Path(path)).read_bytes()
        found.append(data[:most].rpartition(b"\n")[0] + b"\n" if len(data) > most else data)
    return found
