"""The archive that holds itself does so, and reading it ends."""

from __future__ import annotations

import io
import zipfile
import zlib

import pytest
from nasty_quine import make_quine, solve_checksum

from graph.errors import DocumentError
from graph.readers import read_content

NAMES = ("archive-that-holds-itself.docx", "word/document.xml", "r.zip", "x" * 26)


@pytest.mark.parametrize("name", NAMES)
def test_the_only_file_of_the_archive_is_the_archive(name: str) -> None:
    data = whole = make_quine(name)
    for _ in range(5):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            assert archive.namelist() == [name]
            assert archive.testzip() is None, "its checksum is right"
            data = archive.read(name)
        assert data == whole


def test_a_checksum_that_stands_in_what_it_is_of_is_found() -> None:
    made = solve_checksum(
        lambda number: b"before" + number.to_bytes(4, "little") + b"between" + number.to_bytes(4, "big")
    )
    assert zlib.crc32(made).to_bytes(4, "little") == made[6:10] == made[:-5:-1]


@pytest.mark.parametrize(("name", "reason"), [(NAMES[0], "no Word document"), (NAMES[1], "damaged")])
def test_reading_it_as_a_document_ends_at_once(name: str, reason: str) -> None:
    with pytest.raises(DocumentError, match=reason):
        read_content(".docx", make_quine(name), "a.docx")
