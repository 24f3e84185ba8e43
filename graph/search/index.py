"""The index of one store, opened for reading by any number of threads.

What searches is imported when it is first needed, since most processes that can search never do.
"""

from __future__ import annotations

import threading
import weakref
from collections.abc import Callable, Collection
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3

    from pyoxigraph import Store

    from graph.search.counts import Statistics
    from graph.search.files import Connect
    from graph.search.records import Completion, Hits, NameHit, SentenceHit


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
        self._opened: list[sqlite3.Connection] = []
        weakref.finalize(self, _close, self._opened)

    @property
    def connection(self) -> sqlite3.Connection:
        """The connection of this thread."""
        if not hasattr(self._own, "connection"):
            with self._lock:
                self._connect = self._connect or self._find()
                self._opened.append(self._connect())
                self._own.connection = self._opened[-1]
        connection: sqlite3.Connection = self._own.connection
        return connection

    @property
    def statistics(self) -> Statistics:
        """The counts of the store, as measured when the index was written."""
        from graph.search.counts import read_counts

        return read_counts(self.connection.execute("SELECT content FROM statistics").fetchone()[0])

    def search_sentences(self, text: str, *, limit: int = 20, offset: int = 0) -> Hits[SentenceHit]:
        """Search the sentences that claims rest on; no text is an error.

        Args:
            text: as ``graph.search.words`` reads it.
            limit: how many hits to give.
            offset: how many to leave out before them.
        """
        from graph.search.sentences import search_sentences

        return search_sentences(self.connection, text, limit, offset)

    def search_names(
        self, text: str, *, limit: int = 20, offset: int = 0, kinds: Collection[str] = ()
    ) -> Hits[NameHit]:
        """Search the names of bodies, people, publications, places and documents; no text is an error.

        Args:
            text: as ``graph.search.words`` reads it; one slip in a word is forgiven where no name has it.
            limit: how many hits to give.
            offset: how many to leave out before them.
            kinds: what to search, of ``graph.facts.nodes.KINDS``; all by default.
        """
        from graph.search.named import search_names

        return search_names(self.connection, text, kinds, limit, offset)

    def match_sentences(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Find the IRIs of sentences, with scores in 0..1, best first."""
        from graph.search.sentences import match_sentences

        return match_sentences(self.connection, text, limit)

    def match_names(self, text: str, limit: int) -> list[tuple[str, float]]:
        """Find the IRIs of what has a name with these words, with scores in 0..1, best first."""
        from graph.search.named import match_names

        return match_names(self.connection, text, limit)

    def find_called(self, name: str) -> list[tuple[str, int]]:
        """Find the IRIs of what has that very name, each with the standing of the name (``facts.nodes``)."""
        from graph.search.named import find_called

        return find_called(self.connection, name)

    def complete_names(
        self, prefix: str, *, limit: int = 20, kinds: Collection[str] = ()
    ) -> list[Completion]:
        """Complete a name of which the beginning, or that of a later word, is typed; no text is an error."""
        from graph.search.named import complete_names

        return complete_names(self.connection, prefix, kinds, limit)


def _close(opened: list[sqlite3.Connection]) -> None:
    for connection in opened:
        connection.close()


def make_index(store: Store) -> SearchIndex:
    """Give the index of a store that has none beside it; it is made, in memory, when it is first needed."""

    def find() -> Connect:
        from graph.search.files import fill_memory

        return fill_memory(store)

    return SearchIndex(find)
