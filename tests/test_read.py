from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from graph.errors import DocumentError
from graph.read import parse_document, read_document, read_documents
from graph.readers.content import Limits
from graph.records import Document, Skipped
from tests.make_documents import make_docx, make_pdf, make_zip, paragraph

TEXT = "Torbay Care Trust works with Torbay Council.\n"
BAD_FILES = {
    "binary.txt": (bytes(range(256)) * 20, "is no text but binary data"),
    "bomb.docx": (make_docx(paragraph("a" * 30_000_000)), "unpacks to 30 MB or more"),
    "cut.pdf": (make_pdf([TEXT] * 5)[:1500], "is cut off"),
    "empty.txt": (b"", "is empty"),
    "empty.pdf": (b"", "is empty"),
    "encrypted.pdf": (make_pdf([TEXT], password="secret"), "is encrypted"),
    "entities.docx": (
        make_zip({"word/document.xml": b'<!DOCTYPE x [<!ENTITY a "aa">]><x>&a;</x>'}),
        "declares XML entities",
    ),
    "image.md": (b"\x89PNG\r\n\x1a\n" + bytes(100), "is an image under a text name"),
    "long.txt": (b"x" * 50_000_001, "is over the limit of 50,000,000 bytes"),
    "nulls.txt": (b"a\0b\0\0c\0" * 50, "is no text but binary data"),
    "old.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is no .docx but an old Office file"),
    "one_line.txt": (b"trust " * 500_000, "line 1 holds 3,000,000 characters"),
    "page.pdf": (b"<!DOCTYPE html><p>A page</p>", "is no PDF but an HTML page; rename it to end in .html"),
    "scan.pdf": (make_pdf([""]), "holds pages but no text"),
    "script.html": (b"<html><script>document.write(1)</script></html>", "holds no text to read"),
    "space.txt": (b" \n\t\n", "is empty"),
    "surrogate.txt": (b"\xff\xfea\x00\x00\xd8b\x00", "is marked as UTF-16-LE but is not, from byte 4 on"),
    "table.docx": (make_zip({"xl/workbook.xml": b"<x/>"}), "is a zip archive but no Word document"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "b").mkdir()
    (tmp_path / "z.txt").write_text(TEXT)
    (tmp_path / "b" / "a.txt").write_text(TEXT)
    (tmp_path / "page.html").write_text(f"<h1>Heads</h1><p>{TEXT}</p>")
    return tmp_path


def names_of(items: list[Document | Skipped]) -> list[str]:
    return [item.name for item in items]


def test_a_folder_is_read_to_the_bottom_in_order_of_name(folder: Path) -> None:
    documents = list(read_documents([folder]))
    assert names_of(documents) == ["b/a.txt", "page.html", "z.txt"]
    assert all(isinstance(document, Document) and TEXT.strip() in document.text for document in documents)


def test_order_and_names_do_not_depend_on_the_order_of_arguments(folder: Path) -> None:
    paths = [folder / "z.txt", folder / "b", folder]
    assert list(read_documents(paths)) == list(read_documents(reversed(paths)))


def test_a_document_states_the_digest_of_its_text(folder: Path) -> None:
    document = read_document(folder / "z.txt")
    assert document.sha256 == hashlib.sha256(TEXT.encode()).hexdigest()
    assert document.media_type == "text/plain"


@pytest.mark.parametrize("name", sorted(BAD_FILES))
def test_each_bad_file_is_told_in_one_clear_line(tmp_path: Path, name: str) -> None:
    data, reason = BAD_FILES[name]
    (tmp_path / name).write_bytes(data)
    with pytest.raises(DocumentError) as caught:
        read_document(tmp_path / name)
    assert caught.value.reason.startswith(reason)
    assert str(caught.value).startswith(f"{name}: ")
    assert len(str(caught.value).splitlines()) == 1
    assert ";" in caught.value.reason, "says what to do next"


def test_the_batch_goes_on_after_bad_files(tmp_path: Path) -> None:
    for name, (data, _) in BAD_FILES.items():
        if len(data) < 5_000_000:
            (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.docx").write_bytes(make_docx(paragraph(TEXT)))
    *bad, good = read_documents([tmp_path])
    assert all(isinstance(item, Skipped) for item in bad)
    assert len(bad) == len(BAD_FILES) - 1
    assert isinstance(good, Document)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs a user who may not read everything")
def test_a_file_that_may_not_be_read_is_told(folder: Path) -> None:
    (folder / "z.txt").chmod(0)
    with pytest.raises(DocumentError, match="cannot be opened: Permission denied"):
        read_document(folder / "z.txt")


def test_standard_input_is_read_in_the_format_that_it_is() -> None:
    cases = {
        b"plain": "text/plain",
        b"---\ntitle: A\n---\nB": "text/markdown",
        make_pdf(["x"]): "application/pdf",
    }
    for data, media_type in cases.items():
        (document,) = read_documents(["-"], stdin=io.BytesIO(data))
        assert isinstance(document, Document), data
        assert (document.name, document.media_type) == ("stdin", media_type)


def test_metadata_beside_the_documents_wins_over_what_they_state(folder: Path) -> None:
    (folder / "metadata.csv").write_text(
        "name,title,date,url\nb/a.txt,Notes,April 2007,javascript:x\nn.md,,2006,https://example.org/n\n"
    )
    (folder / "n.md").write_text("---\ntitle: Own\ndate: 2005\nauthor: A Hill\n---\nText.")
    found = {item.name: item for item in read_documents([folder])}
    note, own = found["b/a.txt"], found["n.md"]
    assert isinstance(note, Document)
    assert isinstance(own, Document)
    assert (note.title, note.date, note.url) == ("Notes", "2007-04", None)
    assert (own.title, own.date, own.author, own.url) == ("Own", "2006", "A Hill", "https://example.org/n")


def test_a_wrong_metadata_table_is_told_once_and_the_documents_are_read(folder: Path) -> None:
    (folder / "metadata.csv").write_text("title,date\nA,2007\n")
    skipped = [item for item in read_documents([folder]) if isinstance(item, Skipped)]
    assert names_of([*skipped]) == ["metadata.csv"]
    assert "has no column called name" in skipped[0].reason


def test_a_file_that_takes_too_long_is_given_up_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<b></b>" * 7_000_000)
    (tmp_path / "b.html").write_text("<p>Short</p>")
    slow, good = read_documents([tmp_path], limits=Limits(seconds=2))
    assert isinstance(slow, Skipped)
    assert slow.reason.startswith("takes over 2 seconds to read")
    assert isinstance(good, Document)


def test_bytes_in_memory_are_read_like_files(folder: Path) -> None:
    assert parse_document(TEXT.encode(), "z.txt") == read_document(folder / "z.txt")
    with pytest.raises(DocumentError, match=r"a\.rtf: is in no known format"):
        parse_document(b"x", "a.rtf")


def test_a_folder_is_no_single_document(folder: Path) -> None:
    with pytest.raises(DocumentError, match="is a folder"):
        read_document(folder)


def test_a_table_that_is_a_link_out_of_the_folder_is_told_and_not_read(
    folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "titles.csv"
    outside.write_text("name,title\nb/a.txt,A secret\n", encoding="utf-8")
    (folder / "kept.csv").write_text("name,title\nb/a.txt,Ours\n", encoding="utf-8")
    told = "is a link out of its folder; put a copy of the file there; its documents go without"
    for target, title, reasons in ((outside, None, [told]), (folder / "kept.csv", "Ours", [])):
        (folder / "metadata.csv").unlink(missing_ok=True)
        (folder / "metadata.csv").symlink_to(target)
        found = list(read_documents([folder]))
        assert {item.name: getattr(item, "title", None) for item in found}["b/a.txt"] == title
        skipped = [item for item in found if isinstance(item, Skipped) and item.name == "metadata.csv"]
        assert [item.reason for item in skipped] == reasons


def test_a_table_of_metadata_is_no_document(folder: Path) -> None:
    (folder / "metadata.csv").write_text("file,title\n", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"metadata\.csv: is in no known format"):
        read_document(folder / "metadata.csv")


TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\n\r\t <>&;*_#[]()`-/")
).map(lambda text: text.removeprefix("\ufeff") + "end")


@pytest.mark.parametrize("suffix", [".txt", ".md"])
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_plain_text_is_the_file_unchanged_with_true_offsets(suffix: str, text: str) -> None:
    document = parse_document(text.encode(), f"a{suffix}")
    assert document.text == text
    assert_spans_are_sound(document)


@pytest.mark.parametrize("shape", ["<p>{}</p>", "<ul><li>{}</ul>", "<table><td>{}</table>", "<pre>{}</pre>"])
def test_rendered_text_has_one_digest_whatever_the_platform(shape: str) -> None:
    document = parse_document(shape.format("Kent\r\nand Essex").encode(), "a.html")
    assert "\r" not in document.text
    assert_spans_are_sound(document)


def assert_spans_are_sound(document: Document) -> None:
    end = 0
    for start, stop in document.hidden:
        assert end <= start < stop <= len(document.text)
        end = stop


def test_importing_it_brings_in_no_parser() -> None:
    heavy = "pypdf yaml html.parser zipfile xml.parsers.expat rdflib"
    program = f"import sys, graph.read; print([name for name in {heavy.split()} if name in sys.modules])"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[]"
