"""Load the word lists of people, posts and places once, ready for matching."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

from graph.errors import OntologyError
from graph.paths import ONTOLOGY


@cache
def load_words(name: str) -> dict[str, Any]:
    """Read ``ontology/NAME.toml``; a string of words becomes a frozenset of them.

    Raises:
        OntologyError: the file is absent or no TOML.
    """
    path = ONTOLOGY / f"{name}.toml"
    try:
        with path.open("rb") as lines:
            tables = tomllib.load(lines)
    except (OSError, ValueError, RecursionError) as problem:
        raise OntologyError(str(path), f"cannot be read ({problem})") from problem
    return {
        key: frozenset(value.split()) if isinstance(value, str) else value for key, value in tables.items()
    }
