"""The graph ``clusters`` of a build, kept up to date: only names that come or go are compared anew.

Names, keys and links are tables of the ledger. Two bodies are linked or not whatever other bodies there are;
so what a document brings or takes away touches the links of its own bodies, and then the clusters that
hang together with these by links. In a block too large for each to be compared with each this does not hold:
where one is touched, all is linked again. Equal to ``graph.clusters.assemble_clusters`` over all documents.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby

from pyoxigraph import Quad

from graph.clusters import close_clusters, describe_cluster, read_names
from graph.likeness.close import PairLink
from graph.likeness.compare import compare_nodes
from graph.likeness.keys import LARGEST, keys_of, pair_block
from graph.likeness.lore import load_lore
from graph.likeness.nodes import NameRecord, Node, gather_nodes
from graph.write import sort_quads

_TABLES = """
CREATE TABLE IF NOT EXISTS called
  (node TEXT, document TEXT, main INTEGER, name TEXT, type TEXT, candidates TEXT,
   PRIMARY KEY (node, document, main, name, type)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS name_keys (key TEXT, node TEXT, PRIMARY KEY (key, node)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS keys_of_node ON name_keys (node);
CREATE TABLE IF NOT EXISTS alike
  (one TEXT, other TEXT, score REAL, reason TEXT, PRIMARY KEY (one, other)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS alike_other ON alike (other);
"""
_PUT_IN = "INSERT OR IGNORE INTO called VALUES (?, ?, ?, ?, ?, ?)"
_TAKE_OUT = "DELETE FROM called WHERE node = ? AND document = ? AND main = ? AND name = ? AND type = ?"
_NAMES = "SELECT DISTINCT node, name, type, '', main, candidates FROM called"
"""Names as they are compared: by whom they were found does not count, so a name of many documents is one."""

_NEAR = 20_000  # bodies of which the names are held while blocks are compared


class Clustering:
    """Names, keys and links of one build, in tables of its ledger.

    Args:
        connection: to the ledger.
        anew: whether to begin without any document.
    """

    def __init__(self, connection: sqlite3.Connection, *, anew: bool) -> None:
        self._connection = connection
        self._touched: set[str] = set()
        for statement in filter(str.strip, _TABLES.split(";")):
            connection.execute(statement)
        if anew:
            for table in ("called", "name_keys", "alike"):
                connection.execute(f"DELETE FROM {table}")

    def count_source(self, quads: Iterable[Quad], number: int) -> None:
        """Take the names of a document in (1) or out (-1).

        Args:
            quads: all that it states.
            number: 1 or -1.
        """
        for record in read_names(quads):
            self._touched.add(record.node)
            row = (record.node, record.document, record.main, record.name, record.type)
            if number > 0:
                candidates = "\n".join(record.candidates)
                self._connection.execute(_PUT_IN, (*row, candidates))
            else:
                self._connection.execute(_TAKE_OUT, row)

    def list_lines(self) -> Iterator[bytes]:
        """Yield the lines of the graph ``clusters``, cluster by cluster, all names compared."""
        self._link_all()
        self._touched.clear()
        self._connection.execute(
            "CREATE TEMP TABLE IF NOT EXISTS closed (node TEXT PRIMARY KEY) WITHOUT ROWID"
        )
        self._connection.execute("DELETE FROM closed")
        closed = "SELECT 1 FROM closed WHERE node = ?"
        for found in self._connection.execute("SELECT DISTINCT one FROM alike ORDER BY one"):
            if self._connection.execute(closed, found).fetchone():
                continue
            links = self._list_links_around(found)
            nodes = sorted({node for link in links for node in (link.one, link.other)})
            self._connection.executemany("INSERT INTO closed VALUES (?)", ((node,) for node in nodes))
            yield from _write_lines(links)

    def list_changes(self) -> tuple[list[bytes], list[bytes]]:
        """Return the lines that have gone from the graph ``clusters``, and those that have come."""
        if not self._touched:
            return [], []
        before = self._list_links_around(self._touched)
        nodes = self._touched.union(*((link.one, link.other) for link in before))
        if self._link_again():
            after = self._list_links_around(nodes)
            before |= {link for link in after if not {link.one, link.other} & self._touched}
        else:
            before = set(self._list_links())
            self._link_all()
            after = set(self._list_links())
        self._touched.clear()
        old, new = _write_lines(before), _write_lines(after)
        return sorted(set(old) - set(new)), sorted(set(new) - set(old))

    def _link_all(self) -> None:
        """Compare all bodies that share a block: blocks and pairs are on disk, few bodies in memory."""
        for table in ("name_keys", "alike"):
            self._connection.execute(f"DELETE FROM {table}")
        rows = _read_records(self._connection.execute(f"{_NAMES} ORDER BY node"))
        for _, records in groupby(rows, key=lambda record: record.node):
            self._keep_keys(gather_nodes(records))
        self._connection.execute(
            "CREATE TEMP TABLE compared (one TEXT, other TEXT, PRIMARY KEY (one, other))"
        )
        read_node = lru_cache(_NEAR)(self._read_node)
        blocks = self._connection.execute("SELECT key, node FROM name_keys ORDER BY key, node")
        for _, rows_of_block in groupby(blocks, key=lambda row: row[0]):
            block = [node for _, iri in rows_of_block if (node := read_node(iri))]
            self._link_block(block if len(block) > 1 else [])
        self._connection.execute("DROP TABLE compared")

    def _link_block(self, block: Sequence[Node]) -> None:
        """Compare the bodies of a block, each two of them once in all blocks."""
        lore = load_lore()
        for one, other in pair_block(block, lore):
            new = self._connection.execute(
                "INSERT OR IGNORE INTO compared VALUES (?, ?)", (one.iri, other.iri)
            )
            verdict = compare_nodes(one, other, lore) if new.rowcount else None
            if verdict and verdict.alike:
                row = (one.iri, other.iri, verdict.score, verdict.reason)
                self._connection.execute("INSERT INTO alike VALUES (?, ?, ?, ?)", row)

    def _link_again(self) -> bool:
        """Link the bodies that were touched; do nothing and return False where a block is too large."""
        nodes = {iri: node for iri in self._touched if (node := self._read_node(iri))}
        keys = {key for node in nodes.values() for key in keys_of(node, load_lore())}
        keys |= {row[0] for iri in self._touched for row in self._ask("key", "node = ?", iri)}
        near = {key: {row[0] for row in self._ask("node", "key = ?", key)} for key in keys}
        coming = len(nodes)  # at most so many join a block
        if any(len(block) + coming > LARGEST for block in near.values()):
            return False
        for iri in self._touched:
            self._connection.execute("DELETE FROM name_keys WHERE node = ?", (iri,))
            self._connection.execute("DELETE FROM alike WHERE one = ? OR other = ?", (iri, iri))
        self._keep_keys(nodes.values())
        for iri, node in nodes.items():
            self._link_node(iri, node, nodes)
        return True

    def _link_node(self, iri: str, node: Node, touched: dict[str, Node]) -> None:
        """Compare a body with all of its blocks; of two that were touched, the smaller IRI does it."""
        blocks = (self._ask("node", "key = ?", key) for key in keys_of(node, load_lore()))
        for other in sorted({row[0] for block in blocks for row in block} - {iri}):
            if other in touched and other < iri:
                continue
            found = touched.get(other) or self._read_node(other)
            if found:
                first, second = sorted((node, found), key=lambda each: each.iri)
                verdict = compare_nodes(first, second, load_lore())
                if verdict.alike:
                    row = (first.iri, second.iri, verdict.score, verdict.reason)
                    self._connection.execute("INSERT INTO alike VALUES (?, ?, ?, ?)", row)

    def _keep_keys(self, nodes: Iterable[Node]) -> None:
        rows = ((key, node.iri) for node in nodes for key in keys_of(node, load_lore()))
        self._connection.executemany("INSERT INTO name_keys VALUES (?, ?)", rows)

    def _read_node(self, iri: str) -> Node | None:
        rows = self._connection.execute(f"{_NAMES} WHERE node = ?", (iri,))
        return next(iter(gather_nodes(_read_records(rows))), None)

    def _ask(self, column: str, where: str, value: str) -> list[tuple[str]]:
        found = self._connection.execute(f"SELECT {column} FROM name_keys WHERE {where}", (value,))
        return found.fetchall()

    def _list_links(self, where: str = "", *values: str) -> list[PairLink]:
        rows = self._connection.execute(f"SELECT one, other, score, reason FROM alike {where}", values)
        return [PairLink(*row) for row in rows]

    def _list_links_around(self, nodes: Iterable[str]) -> set[PairLink]:
        """List the links of some bodies, and all that hang together with these."""
        found: set[PairLink] = set()
        waiting = list(nodes)
        seen = set(waiting)
        while waiting:
            node = waiting.pop()
            for link in self._list_links("WHERE one = ? OR other = ?", node, node):
                found.add(link)
                further = {link.one, link.other} - seen
                seen |= further
                waiting += sorted(further)
        return found


def _read_records(rows: Iterable[tuple[str, str, str, str, int, str]]) -> Iterator[NameRecord]:
    for node, name, type_name, document, main, candidates in rows:
        yield NameRecord(node, name, type_name, document, bool(main), tuple(candidates.split()))


def _write_lines(links: Iterable[PairLink]) -> list[bytes]:
    quads = (quad for cluster in close_clusters(links) for quad in describe_cluster(cluster))
    return sort_quads(quads).splitlines(keepends=True)
