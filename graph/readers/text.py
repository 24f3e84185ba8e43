"""Read plain text: the text is the decoded file, unchanged."""

from __future__ import annotations

from graph.readers.content import Content, merge_spans
from graph.readers.decoding import decode_text, hide_controls
from graph.readers.markup import find_entities, find_markup


def read_content(data: bytes, name: str) -> Content:
    """Decode a plain text file; markup in it (a saved page) is hidden.

    Raises:
        DocumentError: when it is empty or no text.
    """
    text = decode_text(data, name)
    return Content(text, merge_spans([*hide_controls(text), *find_markup(text), *find_entities(text)]))
