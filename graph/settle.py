"""Finish what a run that was broken off has left in the folder of a build, and leave none of its scratch.

A commit (``graph.commit``) has the new files in it, and what the ledger is to be told: who is in the graph.
"""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from graph.commit import READY, TOLD, end_commit, place_files, remove_staging
from graph.generations import hold_store, sweep_generations
from graph.ledger import Ledger
from graph.store import STORE

_TELL = """
CREATE TABLE members (name TEXT, path BLOB, folder BLOB, content INTEGER, reason TEXT);
CREATE TABLE noted (name TEXT, reason TEXT);
CREATE TABLE settings (name TEXT, value TEXT);
"""
_TAKE = """
DELETE FROM main.members;
INSERT INTO main.members SELECT name, path, folder,
  (SELECT id FROM contents WHERE id = content AND contents.name = told.members.name), reason
  FROM told.members;
DELETE FROM main.noted;
INSERT INTO main.noted SELECT * FROM told.noted;
INSERT OR REPLACE INTO main.settings SELECT * FROM told.settings;
"""


def tell_ledger(ledger: Ledger, path: Path, settings: dict[str, str]) -> None:
    """Write down what the ledger is to be told once the outputs of the run at hand count.

    Args:
        ledger: with what is wanted.
        path: of the file.
        settings: to be recorded, by name.
    """
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as told:
        told.execute("PRAGMA journal_mode = OFF")  # it counts once it is whole
        told.execute("PRAGMA synchronous = OFF")
        told.executescript(_TELL)
        told.execute("BEGIN")
        for table, run, places in (("members", "wanted", "?,?,?,?,?"), ("noted", "wanted_notes", "?,?")):
            rows = ledger.connection.execute(f"SELECT * FROM {run}")  # noqa: S608 - names are ours
            told.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
        told.executemany("INSERT INTO settings VALUES (?, ?)", settings.items())
        told.execute("COMMIT")


def settle_build(out: Path, ledger: Ledger) -> None:
    """Finish the commit of a run that was broken off, or clear away what it had not committed.

    Args:
        out: the folder of the build.
        ledger: of it, open: whoever has it open is the only one who builds here.

    Raises:
        StoreError: another process is writing the store.
    """
    if not (out / READY).is_dir() and not (out / STORE).is_dir():
        remove_staging(out)
        return
    with hold_store(out / STORE):
        if (out / READY).is_dir():
            place_files(out)
            _take_told(ledger, out / READY / TOLD)
            drop_files(out, ledger)
            end_commit(out)
        remove_staging(out)
        sweep_generations(out / STORE)


def drop_files(out: Path, ledger: Ledger) -> None:
    """Remove files that the outputs no longer have, as the ledger says: they would tell of what is gone."""
    for name in ledger.read_setting("dropped").split():
        (out / name).unlink(missing_ok=True)


def _take_told(ledger: Ledger, path: Path) -> None:
    """Tell the ledger who is in the graph; what follows was lost, so all is written again next time."""
    ledger.connection.execute("ATTACH DATABASE ? AS told", (str(path),))
    try:
        with ledger.transaction():
            for statement in filter(str.strip, _TAKE.split(";")):
                ledger.connection.execute(statement)
            ledger.record("written", "")
    finally:
        ledger.connection.execute("DETACH DATABASE told")
