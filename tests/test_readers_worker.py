from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.errors import DocumentError
from graph.readers import FORMATS, read_content
from graph.readers.content import Limits
from graph.readers.worker import ReaderProcess
from tests.make_documents import make_docx, make_pdf, paragraph

LIMITS = Limits(seconds=30)


@pytest.fixture
def reader() -> Iterator[ReaderProcess]:
    with ReaderProcess(LIMITS) as process:
        yield process


@pytest.mark.parametrize(
    ("suffix", "data"),
    [
        (".html", b"<title>T</title><p>Kent \xf0\x9f\x8f\xa5"),
        (".docx", make_docx(paragraph("Kent"))),
        (".pdf", make_pdf(["Kent"] * 4)),
        (".md", b"---\ntitle: T\n---\n*Kent*"),
    ],
)
def test_it_gives_what_reading_in_this_process_gives(reader: ReaderProcess, suffix: str, data: bytes) -> None:
    assert reader.read_content(suffix, data, "a") == read_content(suffix, data, "a")


def test_what_is_wrong_with_a_file_is_told_and_the_next_one_read(reader: ReaderProcess) -> None:
    with pytest.raises(DocumentError, match=r"^a\.pdf: is cut off"):
        reader.read_content(".pdf", b"%PDF-1.7", "a.pdf")
    assert reader.read_content(".html", b"<p>Kent", "b.html").text == "Kent\n"


def test_a_folder_with_modules_of_the_same_names_does_not_mislead_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "graph.py").write_text("raise SystemExit")
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    with ReaderProcess(LIMITS) as process:
        assert process.read_content(".html", b"<p>Kent", "a.html").text == "Kent\n"


@pytest.mark.skipif(sys.platform != "linux", reason="only there is address space limited")
def test_a_file_that_takes_too_much_memory_is_given_up_and_the_next_one_read() -> None:
    with ReaderProcess(Limits(seconds=60, memory=80_000_000)) as process:
        with pytest.raises(DocumentError, match="memory"):
            process.read_content(".txt", b"word " * 6_000_000, "a.txt")
        assert process.read_content(".html", b"<p>Kent", "b.html").text == "Kent\n"


def test_it_leaves_no_process_behind(reader: ReaderProcess) -> None:
    reader.read_content(".html", b"<p>Kent", "a.html")
    process = reader._process
    assert process is not None
    reader.stop()
    assert process.returncode is not None
    if os.name != "nt":
        with pytest.raises(ProcessLookupError):
            os.kill(process.pid, 0)


def test_an_unknown_format_lists_the_known_ones() -> None:
    with pytest.raises(DocumentError, match=r"known are \.txt \.md \.html \.htm \.pdf \.docx"):
        read_content(".rtf", b"x", "a.rtf")
    assert [suffix for suffix, form in FORMATS.items() if not form.guarded] == [".txt", ".md"]
