"""Write the index of a store: one SQLite file, whole or not at all, the same bytes for the same store."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.iris import fold_name
from graph.names import is_acronym
from graph.search.counts import write_counts
from graph.search.gather import (
    OTHER,
    SHORT,
    ClaimRow,
    Named,
    find_end,
    find_kind,
    gather_claims,
    gather_names,
    gather_quotes,
    read_labels,
)
from graph.search.measure import measure_statistics
from graph.search.spelling import list_spellings

VERSION = 1
"""Of the tables; a file of another version is made again."""

_TABLES = """
CREATE TABLE things (id INTEGER PRIMARY KEY, iri TEXT NOT NULL UNIQUE, name TEXT NOT NULL, kind TEXT NOT NULL,
  type TEXT NOT NULL, type_iri TEXT NOT NULL, date TEXT NOT NULL, documents INTEGER NOT NULL,
  registered INTEGER NOT NULL);
CREATE TABLE names (id INTEGER PRIMARY KEY, thing INTEGER NOT NULL, name TEXT NOT NULL, folded TEXT NOT NULL,
  standing INTEGER NOT NULL);
CREATE TABLE quotes (id INTEGER PRIMARY KEY, document INTEGER NOT NULL, iri TEXT NOT NULL,
  sentence TEXT NOT NULL);
CREATE TABLE relations (id INTEGER PRIMARY KEY, iri TEXT NOT NULL, label TEXT NOT NULL);
CREATE TABLE claims (quote INTEGER NOT NULL, iri TEXT NOT NULL, subject INTEGER NOT NULL,
  relation INTEGER NOT NULL, object INTEGER NOT NULL, status TEXT NOT NULL, role TEXT NOT NULL,
  confidence REAL NOT NULL, PRIMARY KEY (quote, iri)) WITHOUT ROWID;
CREATE TABLE words (word TEXT PRIMARY KEY, names INTEGER NOT NULL, sentences INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE spellings (form TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (form, word)) WITHOUT ROWID;
CREATE TABLE statistics (content TEXT NOT NULL);
CREATE VIRTUAL TABLE name_words USING fts5(folded, content='names', content_rowid='id', prefix='1 2 3',
  tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE words_as_written USING fts5(sentence, content='quotes', content_rowid='id',
  tokenize='unicode61 remove_diacritics 2');
CREATE VIRTUAL TABLE words_in_any_form USING fts5(sentence, content='quotes', content_rowid='id',
  tokenize='porter unicode61 remove_diacritics 2');
"""
_INDEX = """
CREATE INDEX names_folded ON names (folded);
INSERT INTO name_words (name_words) VALUES ('rebuild');
INSERT INTO words_as_written (words_as_written) VALUES ('rebuild');
INSERT INTO words_in_any_form (words_in_any_form) VALUES ('rebuild');
CREATE VIRTUAL TABLE temp.in_names USING fts5vocab(main, name_words, row);
CREATE VIRTUAL TABLE temp.in_sentences USING fts5vocab(main, words_as_written, row);
INSERT INTO words
  SELECT term, SUM(names), SUM(sentences) FROM (
    SELECT term, doc AS names, 0 AS sentences FROM in_names UNION ALL SELECT term, 0, doc FROM in_sentences
  ) GROUP BY term;
"""


def write_index(store: Store, path: Path) -> None:
    """Write the index of a store to a file, which is there once it is whole.

    Args:
        store: as built.
        path: of the file; one that is there is replaced.

    Raises:
        StoreError: it cannot be written.
    """
    pending = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    try:
        with contextlib.closing(sqlite3.connect(pending, isolation_level=None)) as connection:
            connection.execute("PRAGMA journal_mode = OFF")  # an unfinished file is thrown away, not mended
            connection.execute("PRAGMA synchronous = OFF")
            fill_index(store, connection)
        with pending.open("rb+") as handle:
            os.fsync(handle.fileno())
        pending.replace(path)
    except (sqlite3.Error, OSError) as error:
        with contextlib.suppress(OSError):
            pending.unlink()
        raise StoreError(f"{path}: {error}; free some space or choose another folder") from error


def fill_index(store: Store, connection: sqlite3.Connection) -> None:
    """Fill an empty database with the tables of an index."""
    connection.execute("PRAGMA cache_size = -65536")
    connection.executescript(_TABLES)
    connection.execute("BEGIN")
    labels, named = read_labels(store), gather_names(store)
    quotes, claims = gather_quotes(store), gather_claims(store)
    nodes = {quote[0] for quote in quotes} | {end for row in claims for end in (row.subject, row.object)}
    named.update((iri, Named()) for iri in sorted(nodes - named.keys()))
    things = {iri: number for number, iri in enumerate(named, start=1)}
    _insert(connection, "things", _write_things(named, labels))
    _insert(connection, "names", _write_names(named))
    _insert(connection, "quotes", ((n, things[q[0]], *q[2:]) for n, q in enumerate(quotes, start=1)))
    relations = {iri: number for number, iri in enumerate(sorted({row.predicate for row in claims}), start=1)}
    _insert(
        connection, "relations", ((n, iri, labels.get(iri, find_end(iri))) for iri, n in relations.items())
    )
    numbers = {quote[2]: number for number, quote in enumerate(quotes, start=1)}
    said = (
        _write_claim(row, numbers[row.quote], things, relations) for row in claims if row.quote in numbers
    )
    _insert(connection, "claims", said)
    connection.execute("COMMIT")
    connection.executescript("BEGIN;" + _INDEX)
    words = [row[0] for row in connection.execute("SELECT word FROM words")]
    pairs = sorted((form, word) for word in words for form in list_spellings(word))
    connection.executemany("INSERT INTO spellings VALUES (?, ?)", pairs)
    statistics = measure_statistics(store, named, labels, claims)
    connection.execute("INSERT INTO statistics VALUES (?)", (write_counts(statistics),))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")


def _insert(connection: sqlite3.Connection, table: str, rows: Iterable[Sequence[object]]) -> None:
    rows = iter(rows)
    first = next(rows, None)
    if first is not None:
        places = ",".join("?" * len(first))
        connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({places})", chain([first], rows))


def _write_claim(
    row: ClaimRow, quote: int, things: dict[str, int], relations: dict[str, int]
) -> tuple[object, ...]:
    ends = things[row.subject], relations[row.predicate], things[row.object]
    return quote, row.claim, *ends, row.status, row.role, float(row.confidence or 0)


def _write_things(named: dict[str, Named], labels: dict[str, str]) -> Iterator[tuple[object, ...]]:
    for number, (iri, thing) in enumerate(named.items(), start=1):
        label = labels.get(thing.type, find_end(thing.type))
        known = (thing.date, thing.documents, thing.registered)
        yield number, iri, thing.find_name(iri), find_kind(iri), label, thing.type, *known


def _write_names(named: dict[str, Named]) -> Iterator[tuple[object, ...]]:
    """Yield names in the order in which they are found, so that the best come without sorting.

    Plain names before acronyms, shared names and codes; what documents name, and name most, before what only
    the register knows.
    """
    rows = []
    for number, (iri, thing) in enumerate(named.items(), start=1):
        for name, standing in thing.names.items():
            rank = SHORT if standing == OTHER and is_acronym(name) else standing
            rows.append((rank, -thing.documents, fold_name(name), iri, name, number))
    for place, (rank, _, folded, _, name, number) in enumerate(sorted(rows), start=1):
        yield place, number, name, folded, rank
