"""Read a Word document: paragraphs, list items and table cells in order, then its notes.

The zip and the XML inside are read by the standard library under guards of our own, since a few
kilobytes of either can unpack to gigabytes. Source: ECMA-376, parts 1 and 2.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from xml.parsers import expat

from graph.errors import DocumentError
from graph.readers.blocks import clean_characters, collapse_space, join_blocks
from graph.readers.content import Content
from graph.readers.decoding import recognise_signature

MAX_UNPACKED = 64 << 20
"""Bytes that one part of the file may unpack to."""
MAX_RATIO = 200
"""Times its packed size that a part may unpack to, once it is over a megabyte."""
_MAIN = "word/document.xml"
_NOTES = ("word/footnotes.xml", "word/endnotes.xml")
_CORE = "docProps/core.xml"
_TEXT = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "\u2011"}
_CORE_FIELDS = {"title": "title", "creator": "author", "created": "date"}
# Fallback repeats what Choice holds; del and moveFrom hold what its author took out.
_SKIPPED = frozenset(("Fallback", "del", "moveFrom"))
# What zipfile and expat raise on one damaged file or another.
_DAMAGE = (
    zipfile.BadZipFile, zlib.error, expat.ExpatError, EOFError, NotImplementedError, RuntimeError,
    OSError, ValueError, LookupError
)  # fmt: skip


def read_content(data: bytes, name: str) -> Content:
    """Extract the text of a Word document, with its core properties.

    Raises:
        DocumentError: when it is no Word document, damaged, unpacks too large or holds no text.
    """
    if not data.startswith(b"PK"):
        raise DocumentError(name, _why_no_zip(data))
    try:
        with zipfile.ZipFile(BytesIO(data)) as parts:
            names = set(parts.namelist())
            main = _main_part(parts, names, name)
            found = [_Body(parts, part, name) for part in (main, *_NOTES) if part in names]
            properties = _core_properties(parts, name) if _CORE in names else {}
    except _DAMAGE as error:
        raise DocumentError(name, "is a damaged Word document; save it anew") from error
    text = clean_characters(join_blocks(block for body in found for block in body.blocks))
    if not text:
        raise DocumentError(name, "holds no text; it may hold pictures of text: save it as text instead")
    return Content(text, properties=properties)


class _Body:
    """Collects the paragraphs of one part of the document; ``blocks`` holds them in order."""

    def __init__(self, parts: zipfile.ZipFile, part: str, name: str) -> None:
        self.blocks: list[str] = []
        self._pieces: list[list[str]] = []  # one list for each open paragraph: text boxes nest
        self._in_text = self._skipped = 0
        _parse_part(parts, part, name, self._start, end=self._end, text=self._text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._skipped += tag in _SKIPPED
        if self._skipped:
            return
        if tag == "p":
            self._pieces.append([])
        elif tag == "t":
            self._in_text += 1
        elif not self._pieces:
            return
        elif tag == "numPr":
            self._pieces[-1].append("\u2022 ")
        elif tag in _TEXT and not attributes.get("pos"):  # a tab stop is no tab
            self._pieces[-1].append(_TEXT[tag])

    def _end(self, tag: str) -> None:
        if tag in _SKIPPED:
            self._skipped -= 1
        elif self._skipped:
            return
        elif tag == "t":
            self._in_text -= 1
        elif tag == "p" and self._pieces:
            block = collapse_space("".join(self._pieces.pop()))
            if block != "\u2022":
                self.blocks.append(block)

    def _text(self, text: str) -> None:
        if self._in_text and self._pieces and not self._skipped:
            self._pieces[-1].append(text)


def _why_no_zip(data: bytes) -> str:
    if not data.strip():
        return "is empty; fetch it again"
    what, suffix = recognise_signature(data)
    if suffix:
        return f"is no Word document but {what}; rename it to end in {suffix}"
    return f"is no .docx but {what or 'something else'}; save it as .docx, without a password"


def _main_part(parts: zipfile.ZipFile, names: set[str], name: str) -> str:
    """Return the name of the part that holds the text, which the package's relations state."""
    found: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("Type", "").endswith("/officeDocument"):
            found.append(attributes.get("Target", "").lstrip("/"))

    if "_rels/.rels" in names:
        _parse_part(parts, "_rels/.rels", name, start)
    for part in (*found, _MAIN):
        if part in names and part.startswith("word/"):
            return part
    raise DocumentError(name, "is a zip archive but no Word document; unpack it and add what is in it")


def _core_properties(parts: zipfile.ZipFile, name: str) -> dict[str, str]:
    found: dict[str, str] = {}
    open_tags: list[str] = []

    def text(text: str) -> None:
        field = _CORE_FIELDS.get(open_tags[-1]) if open_tags else None
        if field:
            found[field] = found.get(field, "") + text

    _parse_part(
        parts, _CORE, name, lambda tag, _: open_tags.append(tag), end=lambda _: open_tags.pop(), text=text
    )
    return {field: clean_characters(value) for field, value in found.items() if value.strip()}


def _parse_part(
    parts: zipfile.ZipFile,
    part: str,
    name: str,
    start: Callable[[str, dict[str, str]], object],
    *,
    end: Callable[[str], object] | None = None,
    text: Callable[[str], object] | None = None,
) -> None:
    """Parse one XML part; element names are told without their namespaces."""
    parser = expat.ParserCreate(namespace_separator=" ")

    def refuse(*_: object) -> None:
        raise DocumentError(name, "declares XML entities, which no Word document does; save it anew in Word")

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(
        tag.rpartition(" ")[2], {key.rpartition(" ")[2]: value for key, value in attributes.items()}
    )
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition(" ")[2])
    if text:
        parser.CharacterDataHandler = text
    parser.Parse(_unpack(parts, part, name), True)


def _unpack(parts: zipfile.ZipFile, part: str, name: str) -> bytes:
    """Return the bytes of a part, refusing one that declares or proves to be too large."""
    info = parts.getinfo(part)
    limit = min(MAX_UNPACKED, max(1 << 20, MAX_RATIO * info.compress_size))
    with parts.open(info) as stream:
        unpacked = stream.read(limit + 1) if info.file_size <= limit else b""
    if info.file_size > limit or len(unpacked) > limit:
        size = max(info.file_size, len(unpacked)) // 1_000_000
        raise DocumentError(name, f"unpacks to {size} MB or more, out of proportion; save it anew in Word")
    return unpacked
