"""Say which entry of a file of data is wrong, and in what, wherever one is read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

WRONG = (KeyError, TypeError, ValueError, AttributeError, IndexError, RecursionError, re.error)
"""What reading raises where an entry is not what it should be."""


@contextmanager
def reading_entry(name: str) -> Iterator[None]:
    """Turn what goes wrong while an entry is read into one line that names it.

    Raises:
        ValueError: the entry is wrong.
    """
    try:
        yield
    except KeyError as error:
        raise ValueError(f"{name} lacks {error}") from error
    except RecursionError as error:
        raise ValueError(f"{name} goes round in a circle") from error
    except WRONG as error:
        raise ValueError(f"{name}: {error}") from error


def read_texts(entry: Mapping[str, Any], key: str) -> list[str]:
    """Return what has to be a list of texts; a text alone would be taken for its letters.

    Raises:
        ValueError: it is something else.
    """
    found = entry.get(key, [])
    if not isinstance(found, list) or not all(isinstance(text, str) for text in found):
        raise ValueError(f"{key} has to be a list of texts")
    return found


def check_kinds(entry: Mapping[str, Any], kinds: Mapping[type, str]) -> None:
    """Check that what an entry gives is of the right kind.

    Args:
        entry: by key.
        kinds: the keys of each kind, parted by spaces.

    Raises:
        ValueError: a key holds something else.
    """
    for kind, keys in kinds.items():
        for key in keys.split():
            given = entry.get(key)
            if given is not None and not (isinstance(given, kind) and (kind is bool or given is not True)):
                raise ValueError(f"{key} has to be {_SAID[kind]}, not {given!r}")


_SAID = {bool: "true or false", str: "a text", int: "a whole number", float: "a number with a point"}
