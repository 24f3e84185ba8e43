"""Write a dataset as canonical N-Quads, whole or not at all; ``graph.export`` has the other formats."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from graph.errors import StoreError


def sort_quads(quads: Iterable[Quad]) -> bytes:
    """Serialise quads as canonical N-Quads: each once, in the order of its bytes.

    The same set of quads always gives the same bytes (RDF 1.1 N-Quads, section 4; there are no
    blank nodes, so nothing needs renaming).
    """
    content = serialize(quads, format=RdfFormat.N_QUADS)
    if content is None:
        raise StoreError("the serialiser returned nothing where bytes were asked for; report this")
    return b"".join(sorted(set(content.splitlines(keepends=True))))


def write_nquads(quads: Iterable[Quad], path: Path) -> None:
    """Write canonical N-Quads; the file at ``path`` is the old one or the whole new one, never a part."""
    replace_file(path, sort_quads(quads))


def replace_file(path: Path, content: bytes) -> None:
    """Put ``content`` at ``path`` by one rename, so that a reader never sees half of it.

    What is no ordinary file (``/dev/null``) is written to, and not replaced.
    """
    if path.exists() and not path.is_file():
        path.write_bytes(content)
        return
    part = path.with_name(f".{path.name}.part")
    with part.open("wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())
    part.replace(path)
