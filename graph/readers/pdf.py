"""Read the text of a PDF, page by page."""

from __future__ import annotations

import logging
import re
from collections import Counter
from itertools import pairwise

from graph.errors import DocumentError
from graph.readers.blocks import clean_characters
from graph.readers.content import Content, merge_spans
from graph.readers.decoding import recognise_signature
from graph.records import Span

_SCAN = "holds pages but no text, so it is probably a scan; run text recognition on it and add the result"
_ENCRYPTED = "is encrypted; save a copy without a password and add that"
_DAMAGED = "is a damaged PDF; fetch it again or save it anew"
_BOMB = "unpacks out of all proportion; save it anew"
# Titles that word processors write of themselves: the name of the file, not of the document.
_FILE_TITLE = re.compile(
    r"microsoft (?:word|powerpoint) - |untitled|.*\.(?:docx?|pptx?|pdf|indd|qxd|rtf|pub)$", re.I
)
_SENTENCE_END = re.compile(r"[.!?:;][\"')\]\u201d\u2019]*\s*$")
EDGE_LINES = 2
"""Lines at the top and at the bottom of a page that may be running heads and page numbers."""
MIN_PAGES = 3
"""Pages on which a line must recur to be a running head."""


def read_content(data: bytes, name: str) -> Content:
    """Extract the text of a PDF; running heads and page numbers are hidden.

    Words that are hyphenated at a line end stay so: offsets are those of the extracted text.

    Raises:
        DocumentError: when it is no PDF, damaged, encrypted, or holds no text.
    """
    check_file(data, name)
    pages, properties = _extract(data, name)
    text, starts = _join_pages(pages)
    if not text.strip():
        raise DocumentError(name, _SCAN)
    return Content(text, _running_lines(pages, starts), properties)


def check_file(data: bytes, name: str) -> None:
    """Refuse what is no whole PDF before a parser sees it.

    Raises:
        DocumentError: when it is something else, or cut off.
    """
    if not data.strip():
        raise DocumentError(name, "is empty; fetch it again")
    if b"%PDF-" not in data[:1024]:
        what, suffix = recognise_signature(data)
        instead = f"but {what}" if what else "whatever its name says"
        todo = f"; rename it to end in {suffix}" if suffix else "; fetch it again or remove it"
        raise DocumentError(name, f"is no PDF {instead}{todo}")
    if b"%%EOF" not in data[-4096:]:
        raise DocumentError(name, "is cut off: a PDF ends with a mark that it lacks; fetch it again")


def _extract(data: bytes, name: str) -> tuple[list[str], dict[str, str]]:
    """Return the text of each page and the properties of the file."""
    from io import BytesIO

    from pypdf import PdfReader
    from pypdf.errors import DependencyError, LimitReachedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(BytesIO(data))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError(name, _ENCRYPTED)
        pages = [clean_characters(page.extract_text()).strip("\n") for page in reader.pages]
        return pages, _properties({str(key): str(value) for key, value in (reader.metadata or {}).items()})
    except DependencyError as error:
        raise DocumentError(name, _ENCRYPTED) from error
    except LimitReachedError as error:
        raise DocumentError(name, _BOMB) from error
    except (DocumentError, MemoryError):
        raise
    except Exception as error:  # over damaged files pypdf lets through errors of every kind, assertions too
        raise DocumentError(name, _DAMAGED) from error


def _properties(stated: dict[str, str]) -> dict[str, str]:
    title = stated.get("/Title", "").strip()
    found = {
        "title": "" if _FILE_TITLE.match(title) else title,
        "author": stated.get("/Author", "").strip(),
        "date": stated.get("/CreationDate", ""),
    }
    return {field: clean_characters(value) for field, value in found.items() if value}


def _join_pages(pages: list[str]) -> tuple[str, list[int]]:
    """Join pages, by a blank line where one ends a sentence; return the offset of each page as well."""
    starts = [0]
    parts: list[str] = []
    for page, following in pairwise([*pages, ""]):
        ended = not page or not following or _SENTENCE_END.search(_body_end(page))
        parts.append(page + ("\n\n" if ended else "\n"))
        starts.append(starts[-1] + len(parts[-1]))
    return "".join(parts), starts


def _body_end(page: str) -> str:
    """Return the last line of a page that is more than its number."""
    return next((line for line in reversed(page.split("\n")) if re.search(r"[^\W\d_]", line)), "")


def _running_lines(pages: list[str], starts: list[int]) -> tuple[Span, ...]:
    """Return the spans of lines that recur at the edges of most pages, whatever number they bear."""
    edges = [_edge_lines(page) for page in pages]
    seen = Counter(pattern for lines in edges for pattern in {pattern for pattern, _ in lines})
    least = max(MIN_PAGES, len(pages) // 2)
    return merge_spans(
        (offset + start, offset + end)
        for offset, lines in zip(starts, edges, strict=False)
        for pattern, (start, end) in lines
        if seen[pattern] >= least
    )


def _edge_lines(page: str) -> list[tuple[str, Span]]:
    """Return the first and last lines of a page: with digits as ``#``, and their spans in it."""
    lines = [match for match in re.finditer(r"[^\n]+", page) if match[0].strip()]
    chosen = lines if len(lines) <= 2 * EDGE_LINES else lines[:EDGE_LINES] + lines[-EDGE_LINES:]
    return [(re.sub(r"\d+", "#", match[0].strip()), match.span()) for match in chosen]
