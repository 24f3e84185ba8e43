"""The ledger of a build, ``OUT/ledger.sqlite``: what each document gave, so that it need not be read again.

``members`` are the documents that the outputs were written from, ``wanted`` those that the run at hand is to
show, ``contents`` what each gave. A content that no member has yet was extracted by a run that did not come
to its end: the next one takes it up. Who has the ledger open holds its lock, so a folder has one writer.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from graph.errors import StoreError
from graph.ledger_file import LEDGER, connect_ledger, explain_faults
from graph.readers.inputs import Input
from graph.records import Skipped

_OF_THIS_RUN = """
CREATE TEMP TABLE wanted
  (name TEXT PRIMARY KEY, path BLOB, folder BLOB, content INTEGER, reason TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TEMP TABLE wanted_notes (name TEXT, reason TEXT, PRIMARY KEY (name, reason)) WITHOUT ROWID;
CREATE TEMP VIEW shown AS SELECT wanted.name AS name, content, claims, findings, violations
  FROM wanted JOIN contents ON contents.id = wanted.content;
"""
_DIFFERENT = "SELECT {columns} FROM {one} EXCEPT SELECT {columns} FROM {other}"


class Member(NamedTuple):
    """A document of the build, or a file that could not be read as one.

    Attributes:
        name: by which the graph knows it.
        path: absolute; None for standard input.
        folder: that was given and holds it, absolute; None for standard input.
        content: number of what it gave; None where it could not be read.
        reason: why it could not be read; else empty.
    """

    name: str
    path: Path | None
    folder: Path | None
    content: int | None
    reason: str


class Content(NamedTuple):
    """What a document gave, as ``graph.product`` has it."""

    name: str
    line: str
    quads: bytes
    claims: int
    findings: str


@contextlib.contextmanager
def open_ledger(out: Path) -> Iterator[Ledger]:
    """Open the ledger of a folder, made where there is none that can be read, and hold its lock.

    Raises:
        StoreError: another process is building in this folder, or the ledger cannot be read or written, also
            within the block.
    """
    try:
        connection = connect_ledger(out / LEDGER)
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            message = f"another process is building in {out}; wait until it has ended, then try again"
            raise StoreError(message) from error
        raise StoreError(f"{out / LEDGER}: {error}; choose another folder with -o") from error
    with contextlib.closing(connection), explain_faults(out / LEDGER):
        connection.executescript(_OF_THIS_RUN)
        yield Ledger(connection, out)


class Ledger:
    """An open ledger; see ``open_ledger``.

    Attributes:
        connection: to its database, for those who sum up what it holds.
    """

    def __init__(self, connection: sqlite3.Connection, out: Path) -> None:
        self.connection = connection
        self.folder = out
        self._out = out.resolve()  # the same, whichever links lead to it

    def list_members(self, *, wanted: bool = False) -> Iterator[Member]:
        """Yield the members in the order of their names: of the outputs, or those of the run at hand."""
        table = "wanted" if wanted else "members"
        rows = self.connection.execute(
            f"SELECT name, path, folder, content, reason FROM {table} ORDER BY name"
        )
        for name, path, folder, content, reason in rows:
            yield Member(name, self._resolve(path), self._resolve(folder), content, reason)

    def list_notes(self, *, wanted: bool = False) -> Iterator[Skipped]:
        """Yield what was passed over without being read."""
        rows = self.connection.execute(
            f"SELECT name, reason FROM {'wanted_notes' if wanted else 'noted'} ORDER BY 1, 2"
        )
        return (Skipped(*row) for row in rows)

    def find_content(self, name: str, key: str) -> int | None:
        """Return the number of what a document gave under a key, or None."""
        found = self.connection.execute("SELECT id FROM contents WHERE name = ? AND key = ?", (name, key))
        row = found.fetchone()
        return None if row is None else int(row[0])

    def keep(self, content: Content, key: str | None) -> int:
        """Keep what a document gave, at once and for good.

        Args:
            content: what it gave.
            key: under which it can be found again; None where it is to be extracted again next time.
        """
        done = self.connection.execute(
            "INSERT INTO contents (name, key, claims, findings, line, quads) VALUES (?, ?, ?, ?, ?, ?)",
            (
                *(content.name, key, content.claims, content.findings),
                *(zlib.compress(content.line.encode()), zlib.compress(content.quads)),
            ),
        )
        return int(done.lastrowid or 0)

    def want(self, item: Input, content: int | None, reason: str = "") -> None:
        """Let a document be among those that the outputs show."""
        folder = None if item.path is None else item.folder
        self.want_member(Member(item.name, item.path, folder, content, reason))

    def want_member(self, member: Member) -> None:
        """Let a member be among those that the outputs show, as it is."""
        places = self.relate(member.path), self.relate(member.folder)
        row = (member.name, *places, member.content, member.reason)
        self.connection.execute("INSERT OR REPLACE INTO wanted VALUES (?, ?, ?, ?, ?)", row)

    def note(self, skipped: Skipped) -> None:
        """Let the outputs tell of something that was passed over without being read."""
        row = (skipped.name, skipped.reason)
        self.connection.execute("INSERT OR IGNORE INTO wanted_notes VALUES (?, ?)", row)

    def list_skipped(self) -> list[Skipped]:
        """List what the run at hand could not read, with the reason, in the order of names."""
        unread = (Skipped(m.name, m.reason) for m in self.list_members(wanted=True) if m.content is None)
        return sorted([*unread, *self.list_notes(wanted=True)], key=lambda item: (item.name, item.reason))

    def count_shown(self) -> tuple[int, int]:
        """Return how many documents the run at hand shows, and how many claims they make."""
        documents, claims = self.connection.execute("SELECT COUNT(*), TOTAL(claims) FROM shown").fetchone()
        return int(documents), int(claims)

    def list_unchecked(self, most: int, after: int = 0) -> list[int]:
        """List contents that the shapes were not held against yet, some at a time."""
        query = "SELECT id FROM contents WHERE violations IS NULL AND id > ? ORDER BY id LIMIT ?"
        return [row[0] for row in self.connection.execute(query, (after, most))]

    def list_lost(self, most: int) -> list[int]:
        """List the first contents that the outputs show and that the run at hand does not."""
        return self._list_different("members", "wanted", most)

    def list_new(self, most: int) -> list[int]:
        """List the first contents that the run at hand shows and that the outputs do not."""
        return self._list_different("wanted", "members", most)

    def is_told(self) -> bool:
        """Say whether the outputs show just what the run at hand is to show, from the same places."""
        pairs = (("members", "wanted", "*"), ("noted", "wanted_notes", "*"))
        queries = (
            _DIFFERENT.format(columns=columns, one=one, other=other)
            for table, run, columns in pairs
            for one, other in ((table, run), (run, table))
        )
        return not any(self.connection.execute(query).fetchone() for query in queries)

    def read_content(self, number: int) -> tuple[str, bytes]:
        """Return the name of a document and the lines of its graph."""
        row = self.connection.execute("SELECT name, quads FROM contents WHERE id = ?", (number,)).fetchone()
        return row[0], zlib.decompress(row[1])

    def list_contents(self) -> Iterator[int]:
        """Yield the numbers of the contents that the run at hand shows, in the order of names."""
        rows = self.connection.execute("SELECT content FROM shown ORDER BY name")
        return (row[0] for row in rows)

    def list_lines(self) -> Iterator[bytes]:
        """Yield the lines of ``extraction.jsonl`` that the run at hand shows, in the order of names."""
        for number in self.list_contents():
            (line,) = self.connection.execute("SELECT line FROM contents WHERE id = ?", (number,)).fetchone()
            yield zlib.decompress(line)

    def relate(self, path: Path | None) -> bytes | None:
        """Write a path as seen from the folder of the build, so that both can move together."""
        if path is None:
            return None
        try:
            return os.fsencode(Path(os.path.relpath(path, self._out)).as_posix())
        except ValueError:  # on another drive
            return os.fsencode(path.as_posix())

    def _resolve(self, path: bytes | None) -> Path | None:
        return None if path is None else Path(os.path.normpath(self._out / os.fsdecode(path)))

    def read_setting(self, name: str) -> str:
        """Return what was recorded under a name, or nothing."""
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return "" if row is None else str(row[0])

    def record(self, name: str, value: str) -> None:
        """Record a value under a name."""
        self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def secure(self) -> None:
        """See that all that is kept is on the disk, also if the power fails; from now on it always is."""
        self.connection.execute("PRAGMA synchronous = FULL")
        self.record("secured", "")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Let all that is done in the block be done, or nothing."""
        self.connection.execute("BEGIN")
        try:
            yield
        except BaseException:
            if self.connection.in_transaction:  # a full disk ends it
                self.connection.execute("ROLLBACK")
            raise
        self.connection.execute("COMMIT")

    def publish(self) -> None:
        """Make what the run at hand wants the members, and let go of all other contents."""
        for table, run in (("members", "wanted"), ("noted", "wanted_notes")):
            self.connection.execute(f"DELETE FROM {table}")
            self.connection.execute(f"INSERT INTO {table} SELECT * FROM {run}")
        self.connection.execute(
            "DELETE FROM contents WHERE id NOT IN (SELECT content FROM members WHERE content IS NOT NULL)"
        )

    def _list_different(self, one: str, other: str, most: int) -> list[int]:
        query = _DIFFERENT.format(columns="content", one=one, other=other) + " LIMIT ?"
        rows: Sequence[tuple[int | None]] = self.connection.execute(query, (most + 1,)).fetchall()
        return [row[0] for row in rows if row[0] is not None]
