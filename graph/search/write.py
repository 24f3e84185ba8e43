"""Write the index of a store: one SQLite file, whole or not at all, the same bytes for the same store.

Everything is put in order and joined by SQLite, so that memory does not grow with the store.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import Store

from graph.errors import StoreError
from graph.facts.gather import Facts
from graph.facts.nodes import find_end, find_kind
from graph.search.counts import write_counts
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


_FILL = """
CREATE UNIQUE INDEX facts.named_iri ON named (iri);
CREATE INDEX facts.claims_iri ON claims (iri);
CREATE TABLE facts.mentioned (thing TEXT PRIMARY KEY, documents INTEGER) WITHOUT ROWID;
INSERT INTO mentioned SELECT thing, COUNT(*) FROM mentions GROUP BY thing;
INSERT INTO things (iri, name, kind, type, type_iri, date, documents, registered)
  SELECT iri, name, kind, find_label(type), type, date, documents, registered FROM (
    SELECT iri, name, kind,
      IIF(members != '', members, IIF((SELECT MAX(stated) FROM named) != '', stated, anyhow)) AS type,
      date, IFNULL(documents, 0) AS documents, registered
    FROM named LEFT JOIN mentioned ON thing = iri
    UNION ALL SELECT thing, find_end(thing), find_kind(thing), '', '', documents, 0
    FROM mentioned WHERE NOT EXISTS (SELECT 1 FROM named WHERE iri = thing)) ORDER BY iri;
INSERT INTO things (iri, name, kind, type, type_iri, date, documents, registered)
  SELECT iri, find_end(iri), find_kind(iri), '', '', '', 0, 0 FROM (
    SELECT document AS iri FROM facts.quotes UNION SELECT subject FROM facts.claims WHERE quoted
    UNION SELECT object FROM facts.claims WHERE quoted) AS other
  WHERE NOT EXISTS (SELECT 1 FROM things WHERE things.iri = other.iri) ORDER BY iri;
INSERT INTO main.names (thing, name, folded, standing)
  SELECT things.id, labels.name, folded, rank FROM labels CROSS JOIN things ON things.iri = labels.iri
  ORDER BY rank, -documents, folded, labels.iri, labels.name;
INSERT INTO main.quotes (document, iri, sentence)
  SELECT things.id, quotes.iri, sentence FROM facts.quotes CROSS JOIN things ON things.iri = document
  ORDER BY document, start, quotes.iri, sentence;
INSERT INTO relations (iri, label)
  SELECT predicate, find_label(predicate) FROM facts.claims WHERE quoted
  GROUP BY predicate ORDER BY predicate;
CREATE TABLE facts.numbered (iri TEXT PRIMARY KEY, quote INTEGER) WITHOUT ROWID;
INSERT INTO numbered SELECT iri, MAX(id) FROM main.quotes GROUP BY iri;
INSERT OR IGNORE INTO main.claims
  SELECT numbered.quote, said.iri, s.id, relations.id, o.id, status, role, IFNULL(confidence, 0)
  FROM evidence CROSS JOIN numbered ON numbered.iri = evidence.quote
  CROSS JOIN facts.claims AS said ON said.iri = claim AND quoted
  CROSS JOIN things AS s ON s.iri = said.subject CROSS JOIN things AS o ON o.iri = said.object
  CROSS JOIN relations ON relations.iri = predicate ORDER BY 1, 2;
"""


class IndexFile:
    """An index that is being written, to a file beside its own, where facts can be gathered for it.

    Args:
        path: of the index.

    Raises:
        StoreError: it cannot be written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pending = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
        with self._explain():
            self._connection = sqlite3.connect(self._pending, isolation_level=None, check_same_thread=False)
            self._connection.execute("PRAGMA journal_mode = OFF")  # thrown away if unfinished, not mended
            self._connection.execute("PRAGMA synchronous = OFF")
            self._scratch = self._pending.with_name(f"{self._pending.name}.facts")
            self.facts = Facts(self._connection, self._scratch)

    def finish(self, graphs: int) -> None:
        """Make the index of the facts and put it in its place.

        Args:
            graphs: how many named graphs the store has.
        """
        with self._explain():
            fill_index(self.facts, self._connection, graphs)
            self.facts.tally.close()
            self._connection.close()
            with self._pending.open("rb+") as handle:
                os.fsync(handle.fileno())
            self._pending.replace(self._path)

    def close(self) -> None:
        """Give up what is not finished."""
        self.facts.tally.close()
        self._connection.close()
        for path in (self._pending, self._scratch):
            with contextlib.suppress(OSError):
                path.unlink()

    @contextlib.contextmanager
    def _explain(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            message = f"{self._path}: {error}; free some space or choose another folder"
            raise StoreError(message) from error


def write_index(store: Store, path: Path) -> None:
    """Write the index of a store to a file, which is there once it is whole.

    Args:
        store: as built.
        path: of the file; one that is there is replaced.

    Raises:
        StoreError: it cannot be written.
    """
    with contextlib.closing(IndexFile(path)) as index:
        index.facts.read_store(store)
        index.finish(count_graphs(store))


def count_graphs(store: Store) -> int:
    """Count the named graphs of a store."""
    return sum(1 for _ in store.named_graphs())


def fill_index(facts: Facts, connection: sqlite3.Connection, graphs: int) -> None:
    """Fill an empty database with the tables of an index.

    Args:
        facts: gathered over the same connection.
        connection: to the database.
        graphs: how many named graphs there are.
    """
    labels = {str(iri): str(label) for iri, label in facts.ask("SELECT iri, label FROM facts.terms")}
    functions = {
        "find_end": find_end,
        "find_kind": find_kind,
        "find_label": lambda iri: labels.get(iri, find_end(iri)),
    }
    for name, function in functions.items():
        connection.create_function(name, 1, function, deterministic=True)
    connection.execute("PRAGMA main.cache_size = -65536")
    connection.executescript(_TABLES)
    connection.executescript(f"BEGIN;{_FILL}COMMIT;BEGIN;{_INDEX}")
    words = connection.execute("SELECT word FROM words")
    pairs = ((form, word) for (word,) in words for form in list_spellings(word))
    connection.execute("CREATE TABLE facts.forms (form TEXT, word TEXT)")
    connection.executemany("INSERT INTO facts.forms VALUES (?, ?)", pairs)
    connection.execute("INSERT INTO spellings SELECT form, word FROM facts.forms ORDER BY form, word")
    statistics = measure_statistics(facts, labels, graphs)
    connection.execute("INSERT INTO statistics VALUES (?)", (write_counts(statistics),))
    connection.execute(f"PRAGMA user_version = {VERSION}")
    connection.execute("COMMIT")
