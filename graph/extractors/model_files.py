"""Say which file in ``models/`` is spoilt, and what to do, wherever one is read."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import OntologyError

_SPOILT = (OSError, ValueError, KeyError, TypeError, AttributeError)
"""What reading raises where a file is absent, no JSON, or not what it should be."""


@contextmanager
def reading(path: Path, *also: type[Exception]) -> Iterator[None]:
    """Turn what goes wrong while a file of the models is read into one line that names it.

    Args:
        path: of the file.
        also: further exceptions that mean that it is spoilt.

    Raises:
        OntologyError: the file is absent or not what it should be.
    """
    spoilt: tuple[type[Exception], ...] = (*_SPOILT, *also)
    try:
        yield
    except spoilt as problem:
        raise OntologyError(
            str(path), f"cannot be read ({problem})", "restore it from the release"
        ) from problem
