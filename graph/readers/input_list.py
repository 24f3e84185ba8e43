"""The inputs of a run, in the order of their names; kept on disk, so that millions take no memory."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import unicodedata
import weakref
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from graph.records import Skipped

STANDARD_INPUT = "-"
SAME_NAME = "has a name that another file has in other characters; rename one of them"
_STRAYS = "surrogateescape" if os.name == "posix" else "surrogatepass"
_TABLES = """
CREATE TABLE files (path BLOB PRIMARY KEY, folder BLOB NOT NULL, depth INTEGER NOT NULL, name TEXT NOT NULL)
  WITHOUT ROWID;
CREATE TABLE others (name TEXT PRIMARY KEY, reason TEXT) WITHOUT ROWID;
"""
_ADD = """
INSERT INTO files VALUES (?, ?, ?, ?)
ON CONFLICT (path) DO UPDATE SET folder = excluded.folder, depth = excluded.depth, name = excluded.name
WHERE excluded.depth > depth
"""
_SHARED = (
    "SELECT path, depth FROM files WHERE name IN (SELECT name FROM files GROUP BY name HAVING COUNT(*) > 1)"
)
_SAME = "SELECT path, name FROM files WHERE path NOT IN (SELECT MIN(path) FROM files GROUP BY name)"
_ALL = """
SELECT name, path, folder, NULL AS reason, 0 AS place FROM files
UNION ALL SELECT name, NULL, NULL, reason, 1 FROM others ORDER BY name, place
"""


@dataclass(frozen=True, slots=True)
class Input:
    """A file to read.

    Attributes:
        name: unique among the inputs.
        path: absolute; None for standard input.
        folder: the folder that was given and holds it, else that in which it is.
        stated: what a table beside it states of it, by name (``graph.readers.content.FIELDS``).
    """

    name: str
    path: Path | None
    folder: Path = field(default=Path())
    stated: Mapping[str, str] = field(default_factory=dict)


def name_path(path: PurePath) -> str:
    r"""Write a path as a name: with ``/``, composed characters, and none that would break a line.

    >>> name_path(PurePath("minutes", "a\nb.txt"))
    'minutes/a\\nb.txt'
    """
    return _make_name(path.as_posix())


def decode_path(path: bytes) -> str:
    """Decode what the system calls a file as UTF-8, whatever the locale is; strays become surrogates."""
    return path.decode("utf-8", _STRAYS)


def encode_path(written: str) -> bytes:
    """Return what the system calls a file that ``decode_path`` has decoded."""
    return written.encode("utf-8", _STRAYS)


def _make_name(written: str) -> str:
    if written.isascii() and written.isprintable():
        return written
    with contextlib.suppress(UnicodeEncodeError):  # of no file here: the locale cannot write it
        written = decode_path(os.fsencode(written))
    name = unicodedata.normalize("NFC", written).encode("utf-8", "backslashreplace").decode()
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in name)


class InputList(Collection["Input | Skipped"]):
    """Files to read, each under a name of its own, and what is passed over, with the reason."""

    def __init__(self) -> None:
        # A file of SQLite's own, gone when closed, which the thread does that happens to let go of this last.
        self._database = sqlite3.connect("", isolation_level=None, check_same_thread=False)
        weakref.finalize(self, self._database.close)
        self._database.execute("PRAGMA journal_mode = OFF")
        self._database.executescript(_TABLES + "BEGIN;")

    def __len__(self) -> int:
        """Return how many there are."""
        (number,) = self._database.execute(f"SELECT COUNT(*) FROM ({_ALL})").fetchone()
        return int(number)

    def __iter__(self) -> Iterator[Input | Skipped]:
        """Yield them in the order of their names."""
        last, shared = b"", Path()
        for name, path, folder, reason, _ in self._database.execute(_ALL):
            if reason is not None:
                yield Skipped(name, reason)
            elif path is None:
                yield Input(name, None)
            else:
                if folder != last:
                    last, shared = folder, Path(os.fsdecode(folder))
                yield Input(name, Path(os.fsdecode(path)), shared)

    def __contains__(self, item: object) -> bool:
        """Say whether an input, or something that is passed over, is among them."""
        return any(item == other for other in self)

    def add_file(self, path: Path | str, folder: Path | str) -> None:
        """Add a file; one that is there already has the longer of its names.

        Args:
            path: absolute.
            folder: that was given and holds it.
        """
        inside = str(path).removeprefix(str(folder).rstrip(os.sep) + os.sep)
        depth = inside.count(os.sep) + 1
        name = _make_name(inside.replace(os.sep, "/"))
        row = (os.fsencode(path), os.fsencode(folder), depth, name)
        self._database.execute(_ADD, row)

    def add_standard_input(self) -> None:
        """Add standard input."""
        self._database.execute("INSERT OR REPLACE INTO others VALUES ('stdin', NULL)")

    def pass_over(self, skipped: Skipped) -> None:
        """Add what is passed over."""
        row = (skipped.name, skipped.reason)
        self._database.execute("INSERT OR REPLACE INTO others VALUES (?, ?)", row)

    def tell_apart(self) -> None:
        """Lengthen names that two files share until each is its own.

        Paths may differ and be the same name in full: a letter and its accent may be one character or two.
        The first of such files stays, the others are passed over.
        """
        self._database.execute("CREATE INDEX IF NOT EXISTS by_name ON files (name)")
        longer = True
        while longer:
            longer = False
            for encoded, depth in self._database.execute(_SHARED).fetchall():
                path = Path(os.fsdecode(encoded))
                if depth < len(path.parts):
                    longer = True
                    row = (depth + 1, _name_end(path, depth + 1), encoded)
                    self._database.execute("UPDATE files SET depth = ?, name = ? WHERE path = ?", row)
        for path, name in self._database.execute(_SAME).fetchall():
            self._database.execute("DELETE FROM files WHERE path = ?", (path,))
            self.pass_over(Skipped(name, SAME_NAME))


def _name_end(path: Path, depth: int) -> str:
    """Write the last parts of a path as a name."""
    return name_path(PurePath(*path.parts[-depth:]))
