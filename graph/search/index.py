"""The index of one store, opened for reading by any number of threads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Collection
from pathlib import Path

from pyoxigraph import Store

from graph.search.counts import Statistics, read_counts
from graph.search.named import complete_names, match_names, search_names
from graph.search.records import Completion, Hits, NameHit, SentenceHit
from graph.search.sentences import match_sentences, search_sentences
from graph.search.write import VERSION, fill_index

Connect = Callable[[], sqlite3.Connection]


class SearchIndex:
    """An index to search, found when it is first needed; each thread reads by a connection of its own.

    Args:
        find: finds or makes the index, and gives what opens a connection to it.
    """

    def __init__(self, find: Callable[[], Connect]) -> None:
        self._find = find
        self._connect: Connect | None = None
        self._lock = threading.Lock()
        self._own = threading.local()

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        if not hasattr(self._own, "connection"):
            with self._lock:
                self._connect = self._connect or self._find()
            self._own.connection = self._connect()
        connection: sqlite3.Connection = self._own.connection
        return connection

    @property
    def statistics(self) -> Statistics:
        """The counts of the store, as measured when the index was written."""
        return read_counts(self.connection.execute("SELECT content FROM statistics").fetchone()[0])

    def search_sentences(self, text: str, *, limit: int = 20, offset: int = 0) -> Hits[SentenceHit]:
        """Search the sentences that claims rest on; no text is an error.

        Args:
            text: as ``graph.search.words`` reads it.
            limit: how many hits to give.
            offset: how many to leave out before them.
        """
        return search_sentences(self.connection, text, limit, offset)

    def search_names(
        self, text: str, *, limit: int = 20, offset: int = 0, kinds: Collection[str] = ()
    ) -> Hits[NameHit]:
        """Search the names of bodies, people, publications, places and documents; no text is an error.

        Args:
            text: as ``graph.search.words`` reads it; one slip in a word is forgiven where no name has it.
            limit: how many hits to give.
            offset: how many to leave out before them.
            kinds: what to search, of ``graph.search.gather.KINDS``; all by default.
        """
        return search_names(self.connection, text, kinds, limit, offset)

    def match_sentences(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Find the IRIs of sentences, with scores in 0..1, best first."""
        return match_sentences(self.connection, text, limit)

    def match_names(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Find the IRIs of what has a name with these words, with scores in 0..1, best first."""
        return match_names(self.connection, text, limit)

    def complete_names(
        self, prefix: str, *, limit: int = 20, kinds: Collection[str] = ()
    ) -> list[Completion]:
        """Complete a name of which the beginning, or that of a later word, is typed; no text is an error."""
        return complete_names(self.connection, prefix, kinds, limit)


def find_file(path: Path) -> Connect | None:
    """Find the file of an index; None where it is missing, damaged or of another version."""
    address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(address, uri=True)
        connection.execute("PRAGMA mmap_size = 1073741824")
        return connection

    try:
        connection = connect()
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        whole = connection.execute("SELECT COUNT(*) FROM statistics").fetchone()[0]
        connection.close()
    except sqlite3.Error:
        return None
    return connect if version == VERSION and whole else None


def fill_memory(store: Store) -> Connect:
    """Make the index of a store in memory, for as long as what is returned is kept."""
    keeper = sqlite3.connect(":memory:", isolation_level=None)
    fill_index(store, keeper)
    content = keeper.serialize()
    keeper.close()

    def connect() -> sqlite3.Connection:
        connection = sqlite3.connect(":memory:")
        connection.deserialize(content)
        return connection

    return connect


def make_index(store: Store) -> SearchIndex:
    """Give the index of a store that has none beside it; it is made, in memory, when it is first needed."""
    return SearchIndex(lambda: fill_memory(store))
