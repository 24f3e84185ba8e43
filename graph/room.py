"""Tell a full disk from whatever else goes wrong: the system, SQLite and the engine each say it their way."""

from __future__ import annotations

import contextlib
import errno
import tempfile
from collections.abc import Iterator
from pathlib import Path

from graph.errors import CaregraphError, StoreError

FULL = "the disk is full; make room, then run it again"
"""What is said to people, after the place."""

_NUMBERS = {errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)}
_WORDS = ("no space left", "disk is full", "disk quota", "file too large", "not enough space")


def is_full(error: BaseException | None) -> bool:
    """Tell whether an error, or what led to it, says that a disk is full, or a quota used up."""
    while error is not None:
        if _says_full(error):
            return True
        error = error.__cause__ or error.__context__
    return False


def explain_full(error: BaseException, place: Path | str | None = None) -> str:
    """Say in one line that a disk is full, and which.

    Args:
        error: what went wrong.
        place: what was being written, and with it perhaps the folder for temporary files; by default the file
            that the error names, else that folder, which alone is written to without a name.
    """
    named = getattr(error, "filename", None)
    if named:
        return f"{named}: {FULL}"
    try:
        other = Path(tempfile.gettempdir())
    except OSError:  # it looks for room, too
        return f"{place or 'the folder for temporary files'}: {FULL}"
    if place is None:
        return f"{other}: {FULL}"
    apart = Path(place).exists() and Path(place).stat().st_dev != other.stat().st_dev
    return f"{place}{f' or {other}' if apart else ''}: {FULL}"


@contextlib.contextmanager
def tell_full(place: Path, after: str = "") -> Iterator[None]:
    """Turn whatever a full disk leads to within the block into one line; all else passes.

    Args:
        place: what is being written.
        after: what is to be said besides.

    Raises:
        StoreError: the disk is full.
    """
    try:
        yield
    except Exception as error:
        if not is_full(error):
            raise
        raise StoreError(f"{explain_full(error, place)}{after}") from error


def _says_full(error: BaseException) -> bool:
    """Tell whether an error says it by its number, or in words where it has none."""
    number = getattr(error, "errno", None)
    if number is not None or isinstance(error, CaregraphError):  # whose words may be the name of a document
        return number in _NUMBERS
    said = str(error).lower()
    return any(words in said for words in _WORDS)
