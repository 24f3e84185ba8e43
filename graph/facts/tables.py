"""The tables of facts: in a database of their own, beside the one that is made from them."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

_TABLES = """
CREATE TABLE facts.named (iri TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, stated TEXT NOT NULL,
  anyhow TEXT NOT NULL, members TEXT NOT NULL, date TEXT NOT NULL, registered INTEGER NOT NULL);
CREATE TABLE facts.labels (iri TEXT NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
  rank INTEGER NOT NULL);
CREATE TABLE facts.terms (iri TEXT NOT NULL, label TEXT NOT NULL);
CREATE TABLE facts.mentions (document TEXT NOT NULL, thing TEXT NOT NULL);
CREATE TABLE facts.documents (iri TEXT NOT NULL);
CREATE TABLE facts.places (iri TEXT NOT NULL);
CREATE TABLE facts.served (place TEXT NOT NULL, body TEXT NOT NULL);
CREATE TABLE facts.claims (iri TEXT NOT NULL, subject TEXT NOT NULL, predicate TEXT NOT NULL,
  object TEXT NOT NULL, status TEXT NOT NULL, role TEXT NOT NULL, confidence REAL,
  document TEXT NOT NULL, method TEXT NOT NULL, quoted INTEGER NOT NULL, connects INTEGER NOT NULL,
  same BLOB NOT NULL);
CREATE TABLE facts.evidence (claim TEXT NOT NULL, quote TEXT NOT NULL, same BLOB NOT NULL);
CREATE TABLE facts.links (iri TEXT NOT NULL, sure INTEGER NOT NULL);
CREATE TABLE facts.quotes (document TEXT NOT NULL, start INTEGER NOT NULL, iri TEXT NOT NULL,
  sentence TEXT NOT NULL);
"""
NAMES = tuple(line.split("facts.")[1].split()[0] for line in _TABLES.splitlines() if "facts." in line)
_HELD = 2000  # rows before they are written
Value = str | int | float | bytes | None


class Tables:
    """The tables, to which rows are added.

    Args:
        connection: outside a transaction; its main database is left alone.
        path: of the file that holds them; without one, the system chooses.
    """

    def __init__(self, connection: sqlite3.Connection, path: Path | None = None) -> None:
        self.connection = connection
        connection.execute("ATTACH DATABASE ? AS facts", (b"" if path is None else os.fsencode(path),))
        for setting in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -32768"):
            connection.execute(f"PRAGMA facts.{setting}")
        self._rows: dict[str, list[tuple[Value, ...]]] = {name: [] for name in NAMES}
        self._make()

    def add(self, table: str, row: tuple[Value, ...]) -> None:
        """Add a row to a table."""
        rows = self._rows[table]
        rows.append(row)
        if len(rows) >= _HELD:
            self._write(table)

    def finish(self) -> None:
        """Write what is not written yet, so that it can be asked for."""
        for name in NAMES:
            self._write(name)
        if self.connection.in_transaction:
            self.connection.execute("COMMIT")

    def begin_again(self) -> None:
        """Forget all rows."""
        self.finish()
        for name in NAMES:
            self.connection.execute(f"DROP TABLE facts.{name}")
        self._make()

    def close(self) -> None:
        """Let go of the tables."""
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")
        self.connection.execute("DETACH DATABASE facts")

    def _make(self) -> None:
        for statement in filter(str.strip, _TABLES.split(";")):
            self.connection.execute(statement)

    def _write(self, name: str) -> None:
        rows = self._rows[name]
        if rows:
            if not self.connection.in_transaction:
                self.connection.execute("BEGIN")
            places = ",".join("?" * len(rows[0]))
            self.connection.executemany(f"INSERT INTO facts.{name} VALUES ({places})", rows)
            rows.clear()
