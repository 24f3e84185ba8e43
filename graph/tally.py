"""Sum up what was found in many documents, without holding them: SQLite goes through their findings.

A body that several documents name is counted once, as the first of them in the order of names has it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from graph.findings import Findings
from graph.misses import Miss
from graph.pages import label_type, read_legend
from graph.vocabulary import ORGANISATION_KINDS, STATUSES

Row = tuple[str, tuple[int, ...], int]
"""A line of a table: what it counts, the counts by column, and their sum."""

_KINDS = """
SELECT kind, type, SUM(linked), COUNT(*) FROM (
  SELECT json_extract(entity.value, '$[1]') AS kind, json_extract(entity.value, '$[2]') AS type,
    json_extract(entity.value, '$[3]') AS linked, MIN(shown.name)
  FROM shown, json_each(shown.findings, '$.entities') AS entity GROUP BY json_extract(entity.value, '$[0]')
) GROUP BY kind, type
"""
_STATED = """
SELECT json_extract(stated.value, '$[0]') AS predicate, json_extract(stated.value, '$[1]') AS status,
  SUM(json_extract(stated.value, '$[2]'))
FROM shown, json_each(shown.findings, '$.stated') AS stated GROUP BY predicate, status
"""
_MISSES = """
SELECT shown.name, miss.value FROM shown, json_each(shown.findings, '$.misses') AS miss
ORDER BY json_extract(miss.value, '$[0]') DESC, shown.name, miss.key LIMIT ?
"""
_UNSETTLED = """
SELECT json_extract(item.value, '$[0]') AS name, json_extract(item.value, '$[1]') AS type,
  json_extract(item.value, '$[2]') AS reason, json_extract(item.value, '$[3]') AS candidates,
  json_group_array(shown.name)
FROM shown, json_each(shown.findings, '$.unsettled') AS item
GROUP BY json_extract(item.value, '$[0]'), type, reason, candidates
ORDER BY candidates = '[]', json_extract(item.value, '$[4]'), 1, type, reason, rtrim(candidates, ']') LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Group:
    """Lines of a table under one heading."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """What was found: entities by family, type and kind; statements by relation and status."""

    bodies: int
    linked: int
    things: int
    statements: tuple[int, ...]
    types: tuple[Group, ...]
    others: tuple[Row, ...]
    relations: tuple[Row, ...]
    quotes: int


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A name that no register entry was chosen for, why, and which were considered."""

    name: str
    type: str
    reason: str
    candidates: tuple[str, ...]
    documents: tuple[str, ...]


class Tally:
    """Sums over the findings of many documents.

    Args:
        connection: to a database with ``shown (name, findings)``, a table or a view with a row a document:
            its findings as ``Findings.write`` gives them.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def of(cls, findings: Iterable[Findings]) -> Tally:
        """Make the tally of documents in memory."""
        connection = sqlite3.connect(":memory:")
        connection.execute("CREATE TABLE shown (name TEXT, findings TEXT)")
        rows = ((found.name, found.write()) for found in findings)
        connection.executemany("INSERT INTO shown VALUES (?, ?)", rows)
        return cls(connection)

    def count_all(self) -> Counts:
        """Count entities, each once however many documents name it, and statements, each once a document."""
        kinds, linked = dict[tuple[str, str], int](), 0
        for kind, type_name, in_register, number in self._connection.execute(_KINDS):
            kinds[type_name, kind] = number
            linked += in_register if kind in ORGANISATION_KINDS else 0
        stated = {(predicate, status): n for predicate, status, n in self._connection.execute(_STATED)}
        return _make_counts(kinds, linked, stated, self._sum("json_extract(findings, '$.quotes')"))

    def count_documents(self) -> int:
        """Return how many documents there are."""
        return self._sum("1")

    def count_misses(self) -> int:
        """Return how many sentences may hide a statement."""
        return self._sum("json_array_length(findings, '$.misses')")

    def list_documents(self, most: int) -> Iterator[Findings]:
        """Yield the findings of the first documents in the order of their names."""
        rows = self._connection.execute("SELECT findings FROM shown ORDER BY name LIMIT ?", (most,))
        return (Findings.read(findings) for (findings,) in rows)

    def list_misses(self, most: int) -> Iterator[tuple[str, Miss]]:
        """Yield the likeliest misses of all documents, each with the name of its document."""
        for name, miss in self._connection.execute(_MISSES, (most,)):
            likelihood, pieces, reason = json.loads(miss)
            yield name, Miss(likelihood, tuple((text, marked) for text, marked in pieces), reason)

    def count_unresolved(self) -> int:
        """Return how many names the register does not settle."""
        counted = self._connection.execute(f"SELECT COUNT(*) FROM ({_UNSETTLED})", (-1,))
        return int(counted.fetchone()[0])

    def list_unresolved(self, names: Mapping[str, str], most: int) -> Iterator[Unresolved]:
        """Yield named bodies without a register entry, those with candidates first, then by name.

        Args:
            names: of the bodies of the register by id.
            most: how many to yield.
        """
        rows = self._connection.execute(_UNSETTLED, (most,))
        for name, type_name, reason, candidates, documents in rows:
            listed = tuple(f"{names[c]} ({c})" if c in names else c for c in json.loads(candidates))
            yield Unresolved(
                name, label_type(type_name), reason, listed, tuple(sorted(json.loads(documents)))
            )

    def _sum(self, expression: str) -> int:
        return int(self._connection.execute(f"SELECT TOTAL({expression}) FROM shown").fetchone()[0])


def count_document(findings: Findings) -> Counts:
    """Count what was found in one document."""
    kinds = dict[tuple[str, str], int]()
    for entity in findings.entities:
        kinds[entity.type, entity.kind] = kinds.get((entity.type, entity.kind), 0) + 1
    linked = sum(entity.linked for entity in findings.entities if entity.kind in ORGANISATION_KINDS)
    stated = {(row.predicate, row.status): row.number for row in findings.stated}
    return _make_counts(kinds, linked, stated, findings.quotes)


def _make_counts(
    kinds: Mapping[tuple[str, str], int], linked: int, stated: Mapping[tuple[str, str], int], quotes: int
) -> Counts:
    """Lay the counts out in tables: entities by type and kind, statements by predicate and status."""
    bodies = sum(number for (_, kind), number in kinds.items() if kind in ORGANISATION_KINDS)
    families = [
        Group(family["name"], _count_rows(family["types"], kinds, ORGANISATION_KINDS))
        for family in read_legend()["families"]
    ]
    labels = dict(chain.from_iterable(family["types"].items() for family in read_legend()["families"]))
    phrases = {name: words["forward"] for name, words in read_legend()["relations"].items()}
    by_status = {s: sum(n for (_, said), n in stated.items() if said == s) for s in STATUSES}
    return Counts(
        bodies=bodies,
        linked=linked,
        things=sum(kinds.values()) - bodies,
        statements=tuple(by_status.values()),
        types=tuple(group for group in families if group.rows),
        others=_count_rows(labels, kinds, ("other",)),
        relations=tuple(sorted(_count_rows(phrases, stated, STATUSES), key=lambda row: -row[2])),
        quotes=quotes,
    )


def _count_rows(
    labels: Mapping[str, str], counts: Mapping[tuple[str, str], int], columns: Iterable[str]
) -> tuple[Row, ...]:
    """Make a row for each label that anything was counted under."""
    rows = []
    for name, label in labels.items():
        cells = tuple(counts.get((name, column), 0) for column in columns)
        if any(cells):
            rows.append((label, cells, sum(cells)))
    return tuple(rows)
