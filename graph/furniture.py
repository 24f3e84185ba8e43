"""Find page furniture: lines of a saved page that are no part of its text."""

from __future__ import annotations

from graph.records import Span


def find_furniture(text: str) -> list[Span]:
    """Return the spans of whole lines that are page furniture, sorted."""
    return []
