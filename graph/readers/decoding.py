"""Turn the bytes of a text file into text, and tell text from what only bears its name."""

from __future__ import annotations

import codecs
import re

from graph.errors import DocumentError
from graph.patterns import make_regex

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it starts with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zip archive or a Word document", ".docx"),
    (b"\xd0\xcf\x11\xe0", "an old Office file or one with a password", ""),
    (b"{\\rtf", "a rich text file", ""),
    (b"\x89PNG", "an image", ""),
    (b"\xff\xd8\xff", "an image", ""),
    (b"GIF8", "an image", ""),
    (b"\x1f\x8b", "a compressed file", ""),
)
# Character sets that extend ASCII; Python has codecs beyond them that are none ("punycode", "zip").
_LABEL = make_regex(
    r"(?:windows-\d{3,4}|cp125\d|iso-?8859-\d{1,2}|latin-?\d|us-ascii|ascii|koi8-[ru]|"
    r"macintosh|gbk|gb2312|gb18030|big5(?:-hkscs)?|shift[_-]jis|euc-(?:jp|kr))$"
)
_LATIN = make_regex(r"(?:iso-?8859-1|latin-?1|us-ascii|ascii)$")  # which browsers read as cp1252
_CONTROL = make_regex(r"[\x00-\x08\x0e-\x1f\x7f\ufffe\uffff]")
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_HTML = make_regex(
    rb"(?:\xef\xbb\xbf)?(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype html|html)\b",
    re.IGNORECASE | re.DOTALL,
)
MAX_CONTROLS = 0.005
"""Share of control characters above which a text is taken for something else; a stray few are let pass."""


def recognise_signature(data: bytes) -> tuple[str, str]:
    """Say what well-known format the bytes start like, and its suffix; both empty when none.

    >>> recognise_signature(b"%PDF-1.7")
    ('a PDF', '.pdf')
    """
    head = data[:1024].lstrip()
    for signature, what, suffix in _SIGNATURES:
        if head.startswith(signature):
            return what, suffix
    if _HTML.match(head):
        return "an HTML page", ".html"
    return "", ""


def decode_text(data: bytes, name: str, *, declared: str | None = None) -> str:
    """Decode a text file: byte order mark, declared character set, UTF-8, UTF-16, cp1252.

    Line ends and all else stay as they are; only a byte order mark, which is no text, goes.
    Bytes that are UTF-8 win over a declaration of another set: pages that declare
    ISO-8859-1 and hold UTF-8 are common, the reverse is next to impossible.

    Args:
        data: the whole file.
        name: what messages call it.
        declared: the character set that the file or its sender states.

    Raises:
        DocumentError: when it is empty, broken or no text.
    """
    if not data.strip(b"\0 \t\r\n"):
        raise DocumentError(name, "is empty; remove it or save it again")
    what, _ = recognise_signature(data)
    if what and what != "an HTML page":
        raise DocumentError(name, f"is {what} under a text name; rename it or remove it")
    text = _decode_marked(data, name)
    if text is None:
        text = _decode_unmarked(data, (declared or "").strip().lower())
    controls = len(hide_controls(text))
    if controls > max(4, MAX_CONTROLS * len(text)):
        raise DocumentError(name, "is no text but binary data; rename it or remove it")
    return text


def _decode_marked(data: bytes, name: str) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                where = error.start + len(mark)
                reason = f"is marked as {encoding.upper()} but is not, from byte {where} on; save it as UTF-8"
                raise DocumentError(name, reason) from error
    return None


def _decode_unmarked(data: bytes, declared: str) -> str:
    encodings = ["utf-8", "cp1252"]
    if b"\0" in data:
        encodings = [_wide_encoding(data), *encodings]
    elif _LABEL.match(declared) and not _LATIN.match(declared):
        encodings.insert(1, declared)
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("cp1252", errors="replace")


def _wide_encoding(data: bytes) -> str:
    """Tell UTF-16 without a mark by where the zero bytes of its Latin letters stand."""
    sample = data[:4096]
    half = len(sample) / 2
    even, odd = sample[::2].count(0) / half, sample[1::2].count(0) / half
    if odd > 0.4 and even < 0.05:
        return "utf-16-le"
    if even > 0.4 and odd < 0.05:
        return "utf-16-be"
    return "utf-8"


def hide_controls(text: str) -> list[tuple[int, int]]:
    """Return the spans of the stray control characters that a text holds."""
    if text.isascii() and (data := text.encode()) and len(data.translate(None, _CONTROLS)) == len(data):
        return []  # as most texts have none, and this is told ten times as fast
    return [match.span() for match in _CONTROL.finditer(text)]
