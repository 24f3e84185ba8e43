"""Borders at which documents come in: every reader, decoding, front matter, tables beside them, names."""

from __future__ import annotations

import math
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

from fuzz_seeds import reshape_pdf, reshape_zip, seed_pages, seed_pdfs, seed_texts, seed_word_files
from fuzz_target import Target, answer_or_refuse, is_clear_line, require
from fuzz_words import HOSTILE, HTML_WORDS, PDF_WORDS, TEXT_WORDS, WORD_XML
from pyoxigraph import NamedNode

from graph.errors import DocumentError
from graph.iris import document_graph_iri, document_iri, fold_name, slug_name
from graph.readers import FORMATS, read_content
from graph.readers.content import FIELDS, Content, Limits, check_text
from graph.readers.decoding import decode_text
from graph.readers.input_list import name_path
from graph.readers.metadata import normalise_properties, parse_metadata, split_front_matter
from graph.terms import write_address, write_date, write_label

_UNPACKED = 40
"""Times as much text as bytes that a file can hold at most, with some room: nothing is multiplied."""


def read_file(suffix: str, data: bytes) -> Content | None:
    """Read a file as ``graph.read`` does, and check what comes of it."""
    content = answer_or_refuse(lambda: read_content(suffix, data, f"a{suffix}"))
    if content is None:
        return None
    check_content(content)
    answer_or_refuse(lambda: check_text(content, "a", Limits()))
    check_properties({name: str(content.properties.get(name, "")) for name in FIELDS})
    return content


def check_content(content: Content) -> None:
    """Require that hidden spans are sorted, apart, and within the text."""
    last = 0
    for start, end in content.hidden:
        require(last <= start < end <= len(content.text), f"hidden spans are in order: {start} {end}")
        last = end


def check_properties(stated: dict[str, str]) -> None:
    """Require that what a document states of itself becomes single lines and true RDF terms."""
    for name, value in normalise_properties(stated).items():
        if value is None:
            continue
        require(is_clear_line(value), f"{name} is one line: {value!r}")
        if name == "date":
            require(write_date(value) is not None, f"a date is one: {value!r}")
        elif name == "url":
            require(write_address(value) is not None, f"an address is one: {value!r}")
        else:
            require(len(write_label(value).value) <= 500, f"{name} is short")


def read_text_whole(suffix: str, data: bytes) -> None:
    """Read a text file: its text is the decoded file, character for character."""
    content = read_file(suffix, data)
    if content is not None:
        require(content.text == decode_text(data, "a"), "the text is the decoded file")


def read_word_file(data: bytes) -> None:
    """Read a Word file: it gives no more text than it can hold."""
    content = read_file(".docx", data)
    require(content is None or len(content.text) <= _UNPACKED * 1000 * len(data), "text in proportion")


def read_pdf(data: bytes) -> None:
    """Read a PDF; deep nesting may end pypdf's stack, which the reader's own process answers for."""
    try:
        read_file(".pdf", data)
    except RecursionError:
        return


def decode(data: bytes) -> None:
    """Decode bytes, the first of which choose what they are declared to be."""
    declared, _, rest = data.partition(b"\n")
    text = answer_or_refuse(lambda: decode_text(rest, "a", declared=declared.decode("latin-1")))
    require(text is None or len(text) <= len(rest), "a character is of one byte or more")


def read_front_matter(data: bytes) -> None:
    """Read the front matter of a text."""
    text = data.decode("utf-8", "surrogateescape")
    stated, start = split_front_matter(text)
    require(0 <= start <= len(text), "front matter ends within the text")
    require(start == 0 or text.startswith("---"), "front matter starts with its mark")
    require(set(stated) <= set(FIELDS), "known fields alone")
    check_properties({name: stated.get(name, "") for name in FIELDS})


def read_table(data: bytes) -> None:
    """Read a ``metadata.csv``."""
    text = answer_or_refuse(lambda: decode_text(data, "metadata.csv"))
    if text is None:
        return
    rows = answer_or_refuse(lambda: parse_metadata(text, "metadata.csv"), DocumentError)
    for stated in (rows or {}).values():
        check_properties({name: stated.get(name, "") for name in FIELDS})


def name_input(data: bytes) -> None:
    """Name a file: one line, an IRI, and back."""
    written = data.decode("utf-8", "surrogateescape").replace("\0", "")
    name = name_path(PurePosixPath(written))
    require(is_clear_line(name), f"a name is one line: {name!r}")
    for iri in (document_iri(name), document_graph_iri(name)):
        require(NamedNode(iri).value == iri, "a document has an IRI")
        require("/./" not in iri + "/" and "/../" not in iri + "/", f"no steps in an IRI: {iri}")
        require(unquote(iri, errors="strict").endswith(name), "the name can be read back")
    one, other = fold_name(written), fold_name(fold_name(written))
    require(one == other, f"folding twice folds no further: {one!r} {other!r}")
    slug = slug_name(written)
    require(len(slug) < 100 and math.isfinite(len(NamedNode(f"urn:x:{slug}").value)), "a slug is short")
    require(slug.isascii(), "a slug is plain")


def seed_tables() -> list[bytes]:
    """Make tables of metadata."""
    head = ",".join(("name", *FIELDS))
    row = 'a.txt,"Border, raid",2007-04-12,A Hill,HSJ,https://example.org/a,p. 4'
    return [f"{head}\r\n{row}\r\n".encode(), b"name;title\nx;y\n", b"\xff\xfen\0a\0m\0e\0\n\0a\0"]


def seed_names() -> list[bytes]:
    """Make names of files."""
    plain = ["minutes/March 2007.txt", "../a/./b.md", "a" * 300 + ".pdf", 'März & "x" <b>.txt']
    return [name.encode("utf-8", "surrogatepass") for name in (*plain, *HOSTILE)]


TARGETS = (
    Target("text", "plain text files", lambda data: read_text_whole(".txt", data), seed_texts, TEXT_WORDS),
    Target("markdown", "Markdown files", lambda data: read_text_whole(".md", data), seed_texts, TEXT_WORDS),
    Target("html", "saved web pages", lambda data: read_file(".html", data), seed_pages, HTML_WORDS),
    Target("pdf", "PDF files", read_pdf, seed_pdfs, PDF_WORDS, reshape_pdf, seconds=20),
    Target("docx", "Word files", read_word_file, seed_word_files, WORD_XML, reshape_zip),
    Target(
        "decoding", "bytes in any encoding", decode, lambda: [b"gbk\n" + t for t in seed_texts()], TEXT_WORDS
    ),
    Target("front-matter", "front matter of Markdown", read_front_matter, seed_texts, TEXT_WORDS),
    Target("metadata", "metadata.csv", read_table, seed_tables, (*TEXT_WORDS, *FIELDS, '"', ",")),
    Target("names", "names of files and of bodies", name_input, seed_names, (*HOSTILE, "/", "..", "%2E")),
)
assert {".txt", ".md", ".html", ".htm", ".pdf", ".docx"} == set(FORMATS), Path(__file__).name
