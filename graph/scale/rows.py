"""Rows that go into a task and come out of it; light to import, for the process that only hands them over."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Outcome = dict[str, Any]
"""What is made of one document, by the columns of ``graph.scale.tasks.OUTCOME``."""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One document as a table has it; one of ``text``, ``content`` and ``path`` says what it holds.

    Attributes:
        name: by which the graph will know it.
        text: its text, read as a plain text file is.
        content: the bytes of a file; the suffix of ``name`` tells the format.
        path: of a file that every machine of the cluster can open.
        stated: what the table states of it, by the names of ``graph.readers.content.FIELDS``.
        problem: why it cannot be read, where that is known already; else empty.
    """

    name: str
    text: str | None = None
    content: bytes | None = None
    path: str | None = None
    stated: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""


def measure_row(row: DocumentRow) -> int:
    """Return the size of a document in bytes (of a text in characters), 0 where it is not known."""
    if row.path is not None:
        with suppress(OSError):
            return Path(row.path).stat().st_size
    return len(row.text or row.content or "")


def cut_lines(content: bytes) -> list[str]:
    """Cut N-Quads into lines, without their breaks; nothing but a line feed ends a line."""
    return content.decode().split("\n")[:-1]


def skip_row(name: str, reason: str) -> Outcome:
    """Make the row of a document that was passed over."""
    empty: dict[str, list[Any]] = {"quads": [], "claims": [], "inferred": [], "stated": []}
    return {"name": name, "reason": reason, "line": None, **empty}
