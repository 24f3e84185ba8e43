"""Write a dataset to a file: canonical N-Quads, TriG or Turtle, whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, Triple, serialize

from graph.errors import StoreError
from graph.terms import PREFIXES

FORMATS = {"nq": RdfFormat.N_QUADS, "trig": RdfFormat.TRIG, "ttl": RdfFormat.TURTLE}
"""File formats by the suffix of the file."""


def sort_quads(quads: Iterable[Quad]) -> bytes:
    """Serialise quads as canonical N-Quads: each once, in the order of its bytes.

    The same set of quads always gives the same bytes (RDF 1.1 N-Quads, section 4; there are no
    blank nodes, so nothing needs renaming).
    """
    lines = set(_serialise(quads, RdfFormat.N_QUADS).splitlines(keepends=True))
    return b"".join(sorted(lines))


def write_nquads(quads: Iterable[Quad], path: Path) -> None:
    """Write canonical N-Quads; the file at ``path`` is the old one or the whole new one, never a part."""
    replace_file(path, sort_quads(quads))


def write_dataset(quads: Iterable[Quad], path: Path, *, format_name: str = "nq") -> None:
    """Write a dataset in a format of ``FORMATS``, sorted, whole or not at all.

    Raises:
        StoreError: the format is unknown.
    """
    replace_file(path, serialise_dataset(quads, format_name=format_name))


def serialise_dataset(quads: Iterable[Quad], *, format_name: str = "nq") -> bytes:
    """Return a dataset in a format of ``FORMATS``, sorted, as UTF-8; Turtle drops the names of the graphs.

    Raises:
        StoreError: the format is unknown.
    """
    if format_name not in FORMATS:
        known = ", ".join(sorted(FORMATS))
        raise StoreError(f"cannot write the format {format_name!r}; choose one of {known}")
    if format_name == "nq":
        return sort_quads(quads)
    ordered: list[Quad] | list[Triple]
    if format_name == "ttl":
        ordered = sorted({quad.triple for quad in quads}, key=str)
    else:
        ordered = sorted(set(quads), key=lambda quad: (str(quad.graph_name), str(quad.triple)))
    return _serialise(ordered, FORMATS[format_name])


def _serialise(statements: Iterable[Quad] | Iterable[Triple], rdf_format: RdfFormat) -> bytes:
    prefixes = None if rdf_format == RdfFormat.N_QUADS else PREFIXES
    content = serialize(statements, format=rdf_format, prefixes=prefixes)
    if content is None:
        raise StoreError("the serialiser returned nothing where bytes were asked for")
    return content


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` by one rename, so that a reader never sees half of it."""
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
