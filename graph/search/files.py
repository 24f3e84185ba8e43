"""Open an index for reading: from its file, or made in memory."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable
from pathlib import Path

from pyoxigraph import Store

from graph.facts.gather import Facts
from graph.search.write import VERSION, count_graphs, fill_index

Connect = Callable[[], sqlite3.Connection]


def find_file(path: Path) -> Connect | None:
    """Find the file of an index; None where it is missing, damaged or of another version."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        connection.execute("PRAGMA mmap_size = 1073741824")
        return connection

    try:
        with contextlib.closing(connect()) as connection:
            version = connection.execute("PRAGMA user_version").fetchone()[0]
            whole = connection.execute("SELECT COUNT(*) FROM statistics").fetchone()[0]
    except (sqlite3.Error, UnicodeDecodeError):  # the second where what it quotes is damaged, too
        return None
    return connect if version == VERSION and whole else None


def fill_memory(store: Store) -> Connect:
    """Make the index of a store in memory, for as long as what is returned is kept."""
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as keeper:
        facts = Facts(keeper)
        facts.read_store(store)
        fill_index(facts, keeper, count_graphs(store))
        facts.close()
        content = keeper.serialize()

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:", check_same_thread=False)
        connection.deserialize(content)
        return connection

    return connect
