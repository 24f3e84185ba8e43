"""The file of a ledger: a SQLite database that one process at a time has open."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph.errors import StoreError

LEDGER = "ledger.sqlite"
VERSION = 1
"""Of the tables; a ledger of another version is made anew."""

_TABLES = """
CREATE TABLE contents (id INTEGER PRIMARY KEY, name TEXT NOT NULL, key TEXT, claims INTEGER NOT NULL,
  findings TEXT NOT NULL, violations TEXT, line BLOB NOT NULL, quads BLOB NOT NULL, UNIQUE (name, key));
CREATE TABLE members (name TEXT PRIMARY KEY, path BLOB, folder BLOB, content INTEGER, reason TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE noted (name TEXT, reason TEXT, PRIMARY KEY (name, reason)) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE follows (line BLOB PRIMARY KEY, derived INTEGER NOT NULL, stated INTEGER NOT NULL) WITHOUT ROWID;
"""


def connect_ledger(path: Path) -> sqlite3.Connection:
    """Open a database with the tables of this version; a damaged one, or one of another, is thrown away.

    Raises:
        sqlite3.OperationalError: another process has it open, or it cannot be written.
    """
    connection = sqlite3.connect(path, isolation_level=None, timeout=0)
    try:
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")  # what the last moments gave can be extracted again
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in filter(str.strip, _TABLES.split(";")):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {VERSION}")
        connection.execute("COMMIT")
    except sqlite3.OperationalError:
        connection.close()
        raise
    except (sqlite3.DatabaseError, UnicodeDecodeError):  # the second where what it quotes is damaged, too
        version = -1
    if version in (0, VERSION):
        return connection
    connection.close()
    for name in (path, *(path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal"))):
        name.unlink(missing_ok=True)
    return connect_ledger(path)


@contextmanager
def explain_faults(path: Path) -> Iterator[None]:
    """Turn what goes wrong with an open database into one line.

    Raises:
        StoreError: it cannot be written, as on a full disk, or is damaged.
    """
    try:
        yield
    except sqlite3.OperationalError as error:
        raise StoreError(f"{path}: {error}; make room, then run it again: it goes on from here") from error
    except sqlite3.DatabaseError as error:
        raise StoreError(f"{path}: {error}; remove it and build again") from error
