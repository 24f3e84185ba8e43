from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.errors import DocumentError
from graph.readers.decoding import decode_text, hide_controls, recognise_signature

TEXT = "The trust’s £3m café budget\r\n"
ENCODED = [
    (TEXT.encode(), None, "UTF-8"),
    (codecs.BOM_UTF8 + TEXT.encode(), None, "a mark is no text"),
    (TEXT.encode("utf-16"), None, "marked UTF-16"),
    (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), None, "marked, big end first"),
    (TEXT.encode("utf-16-le"), None, "UTF-16 by its zero bytes"),
    (TEXT.encode("utf-16-be"), None, "UTF-16 by its zero bytes, big end first"),
    (TEXT.encode("utf-32"), None, "marked UTF-32, whose mark starts like that of UTF-16"),
    (TEXT.encode("cp1252"), None, "what Windows wrote"),
    (TEXT.encode("cp1252"), "iso-8859-1", "the label that browsers read as cp1252"),
    (TEXT.encode(), "ISO-8859-1", "UTF-8 wins over a wrong label"),
    (TEXT.encode("mac-roman"), "macintosh", "a declared set"),
    (TEXT.encode("cp1252"), "utf-8", "a wrong label the other way round"),
    (TEXT.encode("cp1252"), "punycode", "a codec that is no character set"),
    (TEXT.encode("cp1252"), "no-such-set", "an unknown label"),
]


@pytest.mark.parametrize(("data", "declared", "why"), ENCODED, ids=[why for _, _, why in ENCODED])
def test_text_is_decoded(data: bytes, declared: str | None, why: str) -> None:
    assert decode_text(data, "a.txt", declared=declared) == TEXT, why


def test_bytes_that_are_in_no_set_are_replaced_only_as_a_last_resort() -> None:
    assert decode_text(b"caf\xe9 \x81", "a.txt") == "café \ufffd"


@pytest.mark.parametrize("data", [b"", b" \r\n", b"\0\0\0\0"])
def test_nothing_is_told_as_empty(data: bytes) -> None:
    with pytest.raises(DocumentError, match=r"a\.txt: is empty"):
        decode_text(data, "a.txt")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n", b"PK\x03\x04abc", b"%PDF-1.4 text", b"\x1f\x8b\x08\x00"]
)
def test_other_formats_under_a_text_name_are_told(data: bytes) -> None:
    with pytest.raises(DocumentError, match="under a text name"):
        decode_text(data, "a.txt")


def test_a_stray_control_character_does_not_condemn_a_long_text() -> None:
    text = "The trust\x0b and the\x01 council met. " * 20
    assert decode_text(text.replace("\x01", "", 19).encode(), "a.txt")
    assert hide_controls("a\x01b\n") == [(1, 2)]


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"  <!DOCTYPE HTML>", "an HTML page"),
        (b"<!-- saved --><html lang=en>", "an HTML page"),
        (b"<p>a fragment", ""),
        (b"Plain words", ""),
    ],
)
def test_signatures(data: bytes, what: str) -> None:
    assert recognise_signature(data)[0] == what


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"])))
def test_any_text_survives_utf8(text: str) -> None:
    text = "a" + text
    assert decode_text(text.encode(), "a.txt") == text
