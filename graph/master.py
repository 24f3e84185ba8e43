"""The master copy of a build, ``graph.nq``: what is passed on, checked and exported, read as it stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from graph.errors import StoreError

MASTER = "graph.nq"


def read_master(out: Path) -> list[Quad]:
    """Read the master copy of a build, whole; see ``stream_master``."""
    return list(stream_master(out))


def stream_master(out: Path) -> Iterator[Quad]:
    """Yield the statements of the master copy of a build, in the order of the file.

    Args:
        out: the folder of a build, or an RDF file.

    Raises:
        StoreError: there is none, or it cannot be read.
    """
    master = out if out.is_file() else out / MASTER
    if not master.is_file():
        raise StoreError(f"no {MASTER} in {out}; make one with: caregraph build DOCUMENTS -o {out}")
    form = find_format(master)
    try:
        yield from parse(path=str(master), format=form)
    except (SyntaxError, OSError) as error:
        raise StoreError(f"{master}: {error}; build it again with caregraph build") from error


def find_format(path: Path) -> RdfFormat:
    """Tell the format of an RDF file by its ending.

    Raises:
        StoreError: it is none that we read.
    """
    form = RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None:
        raise StoreError(f"{path}: not an RDF file; give one that ends in .nq, .trig, .ttl or .nt")
    return form
